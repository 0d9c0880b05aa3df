"""What changed: an entry for each edition that says something new, or was cancelled; of sealed words and dates alone.

No clock, theme or engine can make an entry, move one or take one away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from urllib.parse import quote, urlsplit

from noticepress.history import Standing, order_of
from noticepress.localize import format_date, pick, words
from noticepress.manifest import Lines, edition_path, find_published, line_path
from noticepress.model import ChangeClass, Edition, Effective, Settings

EntryKind = Literal["version", "correction", "translation-added", "withdrawn"]

NO_AUTHORITY = "noticepress.invalid"
"""Who names the entries of a site without an address; RFC 2606 keeps `.invalid` from ever being anybody's."""

_AUTHORITY = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
_TAG_SAFE = "/?:@-._~!$&'()*+,;="


@dataclass(frozen=True, slots=True)
class Entry:
    """An edition that changed, or whose version was withdrawn: then the summary is the reason for that.

    `id` is a tag URI (RFC 4151) that is never used again. `title` and `summary` are in `locale`; where nobody wrote the
    summary in it, `summary_locale` says what it is in. `url` and `compare` (empty for a first edition) are relative to
    the site. `announced` is that of what `kind` tells; `updated` is the same, or the effective instant where the
    announcement is not known.
    """

    id: str
    notice: str
    version: str
    region: str
    locale: str
    change_class: ChangeClass
    announced: datetime | None
    effective: Effective
    updated: datetime
    title: str
    summary: str
    summary_locale: str
    url: str
    compare: str
    sha256: str
    kind: EntryKind = "version"


def find_entries(lines: Lines, settings: Settings) -> tuple[Entry, ...]:
    """Every edition that visitors may see and that differs from its predecessor, newest first.

    An edition belongs to the region that its version names: where another region succeeds that one, there is no second
    entry.
    """
    found: list[Entry] = []
    for standing in find_published(lines):
        for locale in settings.locales:
            if (edition := standing.edition(locale)) and standing.is_changed(locale):
                entry = _make_entry(standing, edition, settings)
                found.append(entry)
                if standing.state == "withdrawn":
                    found.append(_make_cancellation(entry, standing, settings))
    return tuple(sorted(found, key=order_of_entry, reverse=True))


def order_of_entry(entry: Entry) -> tuple[object, ...]:
    """Sort key, oldest first: when it became public, then whatever keeps two apart."""
    when = (entry.updated, entry.effective.instant)
    return (*when, entry.notice, order_of(entry.version), entry.region, entry.locale, entry.kind == "withdrawn")


def _make_entry(standing: Standing, edition: Edition, settings: Settings) -> Entry:
    version, locale = standing.version, edition.locale
    summary, summary_locale = pick(version.record.summary, locale, settings.source_locale)
    before = standing.predecessor[0] if standing.predecessor else None
    is_added = before is not None and before.day == version.day and standing.previous_edition(locale) is None
    kind: EntryKind = "version"
    if order_of(version.id)[1]:
        kind = "translation-added" if is_added else "correction"
    older = standing.predecessor[0].id if standing.predecessor and standing.previous_edition(locale) else ""
    folder = line_path(locale, edition.notice, edition.region)
    return Entry(
        id=make_tag((edition.notice, edition.version, edition.region, locale), version.day.year, settings),
        notice=edition.notice,
        version=edition.version,
        region=edition.region,
        locale=locale,
        change_class="editorial" if is_added else version.record.change_class,
        announced=version.announced,
        effective=standing.effective,
        updated=version.announced or standing.effective.instant,
        title=_title_entry(standing, locale, settings),
        summary=summary,
        summary_locale=summary_locale,
        url=edition_path(edition),
        compare=f"{folder}compare/{older}/{edition.version}/" if older else "",
        sha256=edition.sha256,
        kind=kind,
    )


def _make_cancellation(entry: Entry, standing: Standing, settings: Settings) -> Entry:
    """That what an entry announced will not happen: an entry of its own, beside the first one."""
    withdrawal = standing.version.withdrawn
    if withdrawal is None:
        return entry
    names = (entry.notice, entry.version, entry.region, entry.locale, "withdrawn")
    reason, locale = pick(withdrawal.reason, entry.locale, settings.source_locale)
    title = words(entry.locale).gettext("{name}: withdrawn", name=entry.title)
    return replace(
        entry,
        id=make_tag(names, standing.version.day.year, settings),
        announced=withdrawal.instant,
        updated=withdrawal.instant,
        title=title,
        summary=reason,
        summary_locale=locale,
        kind="withdrawn",
    )


def _title_entry(standing: Standing, locale: str, settings: Settings) -> str:
    """Notice, region and day; a revision adds its name, for it may share the day."""
    title, _ = pick(standing.version.titles, locale, settings.source_locale)
    region, _ = pick(standing.sealed_region.names, locale, settings.source_locale)
    day = format_date(standing.effective.day, locale)
    revision = f" ({standing.version.id})" if order_of(standing.version.id)[1] else ""
    return f"{title or standing.version.notice} · {region or standing.region} · {day}{revision}"


def make_tag(names: Iterable[str], year: int, settings: Settings) -> str:
    """A tag URI (RFC 4151) from the host of the site's address, a year, and names that say what it is of."""
    specific = quote("/".join(names), safe=_TAG_SAFE)
    return f"tag:{_find_authority(settings.site_url)},{year:04}:{specific}"


def _find_authority(site_url: str) -> str:
    try:
        name = (urlsplit(site_url).hostname or "").encode("idna").decode()
    except ValueError:  # no host, or none that has a name in ASCII
        return NO_AUTHORITY
    return name if _AUTHORITY.fullmatch(name) else NO_AUTHORITY
