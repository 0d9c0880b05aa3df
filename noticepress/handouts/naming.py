"""What a handout says of two sides of a notice."""

from __future__ import annotations

from noticepress.handouts.handout import AUTHOR, Handout
from noticepress.history import effective_of
from noticepress.localize import language_name, pick
from noticepress.model import Settings
from noticepress.pages.plan import edition_page, permanent_page
from noticepress.sides import Side


def describe_sides(settings: Settings, old: Side | None, new: Side, in_locale: str = "") -> Handout:
    """The handout of a comparison: named by what differs, and dated as the newer side.

    What is said of the sides is said in a locale, that of the newer one where none is given.
    """
    version, told_in = new.version, in_locale or new.locale
    title, _ = pick(version.titles, told_in, settings.source_locale)
    parts = _list_parts(new, told_in, settings.source_locale)
    before = _list_parts(old, told_in, settings.source_locale) if old else ("", *parts[1:])
    differing = [place for place, part in enumerate(parts) if part != before[place]] or [0]
    common = tuple(part for place, part in enumerate(parts) if place not in differing)
    page = edition_page(new.locale, version.notice, new.region)
    if version.sealed:
        page = permanent_page(new.locale, version.notice, new.region, version.id)
    return Handout(
        title or version.notice,
        ", ".join(before[place] for place in differing) if old else "",
        ", ".join(parts[place] for place in differing),
        new.locale,
        common,
        settings.site_name or settings.organisation or AUTHOR,
        effective_of(version, new.region).instant if version.sealed else None,
        settings.site_url,
        page.path,
    )


def _list_parts(side: Side, locale: str, source_locale: str) -> tuple[str, str, str]:
    """Version, region and language, as a reader of a locale calls them."""
    name, _ = pick(side.version.regions[side.region].names, locale, source_locale)
    return side.version.id, name or side.region, language_name(side.locale, locale)
