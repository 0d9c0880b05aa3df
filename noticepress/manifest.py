"""What is published, for programs: every edition's address and hash, the chain of versions, and one hash over it all.

Whoever keeps the root hash (in a signed tag, with a time-stamping service) can later prove every word of the site.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from noticepress.errors import Problem, Source, sort_problems
from noticepress.history import Line, Standing, local_day, order_of
from noticepress.model import AsOf, Edition, Effective, Library, Notice, Settings, Version
from noticepress.schemas import ManifestEdition, ManifestOutput, ManifestVersion
from noticepress.territories import answering_entities, claim, shorten_territories

Lines = Mapping[str, Mapping[str, Line]]
"""Every line of a site, by notice and region."""

FORMAT = 1
"""Goes up when a key of manifest.json or notices.json changes its meaning."""


# ---- addresses and instants


def line_path(locale: str, notice: str, region: str) -> str:
    """Where the edition in force stands, relative to the site: `en/website-visitors/eu/`."""
    return f"{locale}/{notice}/{region}/"


def edition_path(edition: Edition) -> str:
    """An edition's permanent address, relative to the site: `en/website-visitors/eu/2012-03-09/`."""
    return f"{line_path(edition.locale, edition.notice, edition.region)}{edition.version}/"


def text_path(edition: Edition) -> str:
    """Where the sealed text stands, beside its page."""
    return f"{edition_path(edition)}notice.md"


def format_utc(instant: datetime) -> str:
    """An instant as RFC 3339 in UTC: `2012-03-09T08:00:00Z`."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def format_effective(effective: Effective) -> str:
    """The first instant as RFC 3339 with its zone's offset, so that its date is the effective date."""
    return effective.instant.astimezone(ZoneInfo(effective.zone)).isoformat()


# ---- what is public


def find_published(lines: Lines) -> tuple[Standing, ...]:
    """Each version in each of its regions that a visitor may see, once, by notice, region and age.

    A region's line goes on under its successor's name too; what counts is the line of the region's own name.
    """
    found: dict[tuple[str, str, tuple[str, int]], Standing] = {}
    for notice, by_region in lines.items():
        for line in by_region.values():
            for standing in line.visible:
                key = (notice, standing.region, order_of(standing.version.id))
                if key not in found or standing.region == line.region:
                    found[key] = standing
    return tuple(found[key] for key in sorted(found))


def list_editions(standing: Standing, settings: Settings) -> list[Edition]:
    """The editions of a version in one region that have pages: those in the site's languages, in their order."""
    return [edition for locale in settings.locales if (edition := standing.edition(locale))]


# ---- manifest.json


def build_manifest(lines: Lines, versions: Mapping[str, Sequence[Version]], settings: Settings) -> dict[str, Any]:
    """/manifest.json: the hash of every published edition, and the chain of public versions; nothing else.

    Addresses are relative to the site, so that the root hash does not depend on where the site stands.
    """
    published = find_published(lines)
    public = {(standing.version.notice, standing.version.id) for standing in published}
    cancelled = {(s.version.notice, s.version.id) for s in published if s.state == "withdrawn"}
    body = {
        "versions": [
            {
                "notice": version.notice,
                "version": version.id,
                "sha256": version.sha256,
                "previous": version.previous or None,
                "facts": version.facts_sha256,
                **(
                    {"withdrawn": format_utc(version.withdrawn.instant)}
                    if version.withdrawn and (version.notice, version.id) in cancelled
                    else {}
                ),
            }
            for notice in sorted(versions)
            for version in versions[notice]
            if (version.notice, version.id) in public
        ],
        "editions": [
            {
                "notice": edition.notice,
                "version": edition.version,
                "region": edition.region,
                "locale": edition.locale,
                "page": edition_path(edition),
                "text": text_path(edition),
                "sha256": edition.sha256,
                **(
                    {"removed": format_utc(removal.instant)}
                    if (removal := standing.version.removals.get((edition.region, edition.locale)))
                    else {}
                ),
            }
            for standing in published
            for edition in list_editions(standing, settings)
        ],
    }
    return {"$schema": f"{settings.site_url}schemas/manifest.json", "format": FORMAT, "root": _hash_root(body), **body}


def _hash_root(body: Mapping[str, Any]) -> str:
    plain = {"editions": body["editions"], "versions": body["versions"]}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


# ---- verification

_RESTORE = "publish the site again from its sealed versions"


def verify_editions(
    manifest: Mapping[str, Any], read: Callable[[str], bytes | None], expected_root: str = ""
) -> tuple[Problem, ...]:
    """Whether a site holds the words that its manifest states (DV05).

    `read` gives a file of the site by its path (`en/…/notice.md`), None where there is none; what it raises is passed
    on. `expected_root` is a root hash kept elsewhere: without it a manifest can only be compared with itself.
    """
    try:
        found = ManifestOutput.model_validate(manifest)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        return (_report("manifest.json", f"is no manifest: {where or 'it'} is missing or wrong"),)
    problems = [*_verify_root(manifest, found.root, expected_root), *_verify_chain(found.versions)]
    known = {(version.notice, version.version) for version in found.versions}
    for edition in found.editions:
        if (edition.notice, edition.version) not in known:
            problems.append(_report(edition.text, f"belongs to version {edition.version}, which the chain lacks"))
        problems.extend(_verify_edition(edition, read))
    return sort_problems(problems)


def _verify_root(manifest: Mapping[str, Any], stated: str, expected: str) -> Iterator[Problem]:
    root = _hash_root(manifest)
    if root != stated:
        yield _report("manifest.json", f"states the root hash {stated[:12]}…, but its entries make {root[:12]}…")
    if expected not in {"", root}:
        yield _report("manifest.json", f"makes the root hash {root[:12]}…; {expected[:12]}… was expected")


def _verify_chain(versions: Iterable[ManifestVersion]) -> Iterator[Problem]:
    """One beginning for each notice, and no version named twice as the one before."""
    by_notice: dict[str, list[ManifestVersion]] = {}
    for version in versions:
        by_notice.setdefault(version.notice, []).append(version)
    for notice, chain in by_notice.items():
        public = {version.sha256 for version in chain}
        named = Counter(version.previous for version in chain)
        for version in chain:
            told = f"{notice} {version.version}"
            if named[version.previous] > 1:
                yield _report("manifest.json", f"{told}: another version names the same version before it")
            elif version.previous == version.sha256:
                yield _report("manifest.json", f"{told}: names itself as the version before")
            elif version.previous and version.previous not in public:
                hint = "this is so while that version is adopted, or when it was withdrawn before it was announced"
                text = f"{told}: the version before, {version.previous[:12]}…, is not public"
                yield Problem("DV05", Source("manifest.json"), text, hint, severity="warning")


def _verify_edition(edition: ManifestEdition, read: Callable[[str], bytes | None]) -> Iterator[Problem]:
    own = Edition(edition.notice, edition.version, edition.region, edition.locale, "", edition.sha256)
    if edition.text != text_path(own):
        yield _report("manifest.json", f"says that {edition.text} is the text of {edition_path(own)}")
        return
    content = read(edition.text)
    if content is None:
        yield _report(edition.text, "is missing")
    elif edition.removed:
        return  # what stands there says that the text was taken away
    elif (digest := hashlib.sha256(content).hexdigest()) != edition.sha256:
        yield _report(edition.text, f"differs from the manifest: sha256 is {digest[:12]}…, not {edition.sha256[:12]}…")


def _report(path: str, message: str) -> Problem:
    return Problem("DV05", Source(path), message, _RESTORE)


# ---- notices.json


def build_notices(lines: Lines, library: Library, as_of: AsOf) -> dict[str, Any]:
    """/notices.json: what a program needs to find the words for a reader, and to know whether they changed.

    Versions are as sealed; entities and regions are as they are at `as_of`, which itself is not stated: the same facts
    give the same file.
    """
    settings = library.settings
    day = local_day(as_of, settings.zone)
    territories = claim(library.regions.values(), day)
    roster = [facts for entity in library.entities.values() if (facts := entity.facts_on(day))]
    return {
        "$schema": f"{settings.site_url}schemas/notices.json",
        "format": FORMAT,
        "organisation": settings.organisation,
        "locales": list(settings.locales),
        "feeds": _list_feeds("", settings),
        "notices": [
            _describe_notice(notice, lines.get(notice.id, {}), settings) for notice in library.notices.values()
        ],
        "entities": [
            {
                "entity": facts.entity,
                "legal_name": facts.legal_name,
                "aliases": list(facts.aliases),
                "answers_for": list(facts.answers_for),
                "urls": {loc: f"{settings.site_url}{loc}/entities/{facts.entity}/" for loc in settings.locales},
            }
            for facts in roster
        ],
        "regions": [
            {
                "region": region.id,
                "names": dict(region.names),
                "territories": list(shorten_territories(territories[region.id])),
                "entities": [facts.entity for facts in answering_entities(library.entities.values(), region.id, day)],
            }
            for region in library.regions.values()
        ],
    }


def _list_feeds(folder: str, settings: Settings) -> dict[str, str]:
    return {kind: f"{settings.site_url}{folder}changes.{kind}" for kind in ("atom", "json")}


def _describe_notice(notice: Notice, by_region: Mapping[str, Line], settings: Settings) -> dict[str, Any]:
    return {
        "notice": notice.id,
        "titles": dict(notice.titles),
        "audiences": dict(notice.audiences),
        "supplements": notice.supplements or None,
        "lines": [_describe_line(line, settings) for line in by_region.values() if line.visible],
    }


def _describe_line(line: Line, settings: Settings) -> dict[str, Any]:
    folders = {locale: line_path(locale, line.notice, line.region) for locale in settings.locales}
    return {
        "region": line.region,
        "names": dict(line.visible[-1].sealed_region.names),
        "in_force": line.in_force.version.id if line.in_force else None,
        "urls": {locale: settings.site_url + folder for locale, folder in folders.items()},
        "feeds": {locale: _list_feeds(folder, settings) for locale, folder in folders.items()},
        "versions": [_describe_version(standing, settings) for standing in line.visible],
    }


def _describe_version(standing: Standing, settings: Settings) -> dict[str, Any]:
    version, effective = standing.version, standing.effective
    is_cancelled = standing.state == "withdrawn"
    return {
        "version": version.id,
        "region": standing.region,
        "state": standing.state,
        "class": version.record.change_class,
        "date": effective.day.isoformat(),
        "zone": effective.zone,
        "zone_assumed": effective.assumed,
        "effective": format_effective(effective),
        "announced": format_utc(version.announced) if version.announced else None,
        "superseded": format_effective(standing.until) if standing.until else None,
        "withdrawn": format_utc(version.withdrawn.instant) if is_cancelled and version.withdrawn else None,
        "entities": [facts.entity for facts in standing.sealed_region.entities],
        "editions": {
            edition.locale: {
                "url": settings.site_url + edition_path(edition),
                "text": settings.site_url + text_path(edition),
                "sha256": edition.sha256,
                "changed": standing.is_changed(edition.locale),
            }
            for edition in list_editions(standing, settings)
        },
    }
