"""notices.json: what a program needs to find the words for a reader, and to know whether they changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from noticepress.history import Line, Standing, local_day
from noticepress.manifest.published import (
    FORMAT,
    Lines,
    edition_path,
    format_effective,
    format_utc,
    line_path,
    list_editions,
    text_path,
)
from noticepress.model import AsOf, Library, Notice, Settings
from noticepress.territories import answering_entities, claim, shorten_territories


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
