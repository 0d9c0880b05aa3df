"""Who answers for whom: settings, regions and entities, from mkdocs.yml and entities/."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from noticepress import documents as doc
from noticepress.conversions import make_facts, name_locales
from noticepress.errors import NoticeError, Source
from noticepress.files import Collector
from noticepress.library.folders import check_file_name, list_files, refuse
from noticepress.looks import read_look
from noticepress.model import Entity, Facts, Look, Region, Settings
from noticepress.reading import RepeatedKeys, YamlFile, fit, fit_each, read_yaml

_LEAD_DAYS = {"material": 30, "minor": 7, "editorial": 0}

UNKNOWN = Settings("", "en", (), "UTC", _LEAD_DAYS)
"""Stands for settings that cannot be read, so that the other files can be."""


def read_settings(site: Path) -> Settings:
    """The site's settings, from mkdocs.yml. Raises NoticeError, with the settings where only their look is wrong."""
    file = read_yaml(site, "mkdocs.yml", tagged=True)
    data: Any = file.data
    extra = data.get("extra") if isinstance(data, dict) else None
    if not isinstance(extra, dict) or not isinstance(extra.get("noticepress"), dict):
        hint = "add 'noticepress:' under 'extra:', with organisation, locales and zone"
        raise refuse(file.source("extra"), "extra.noticepress is missing", hint)
    found = fit(file, doc.SettingsDocument, "extra", "noticepress")
    if found.source_locale not in found.locales:
        place = file.source("extra", "noticepress", "source_locale")
        raise refuse(place, f"source_locale {found.source_locale!r} is not one of locales", "add it to locales")
    for index, locale in enumerate(found.locales):
        if locale in found.locales[:index]:
            place = file.source("extra", "noticepress", "locales", index)
            raise refuse(place, f"locale {locale!r} is listed twice", "keep one")
    url = _read_plain(file, data, "site_url")
    collector = Collector()
    look = collector.attempt(read_look, site, found.look, lambda *keys: _find_place(file, *keys)) or Look()
    settings = Settings(
        organisation=found.organisation,
        source_locale=found.source_locale,
        locales=tuple(found.locales),
        zone=found.zone,
        lead_days=_LEAD_DAYS | found.lead_days,
        site_name=_read_plain(file, data, "site_name") or found.organisation,
        site_url=url if not url or url.endswith("/") else url + "/",
        packs=None if found.packs is None else tuple(found.packs),
        severities=dict(found.severities),
        pdf=found.pdf,
        synonyms={locale: tuple(map(tuple, sets)) for locale, sets in found.synonyms.items()},
        source=file.source("extra", "noticepress"),
        places={
            ".".join(map(str, keys[2:])): place.key
            for keys, place in file.places.items()
            if keys[:2] == ("extra", "noticepress") and keys[2:]
        },
        look=look,
    )
    if collector.problems:
        raise NoticeError(collector.problems, settings)
    return settings


def _find_place(file: YamlFile, *keys: str) -> Source:
    """Where a part of the look stands: the words that it puts in place of others, else its value."""
    find = file.key_source if keys[0] == "words" else file.source
    return find("extra", "noticepress", "look", *keys)


def _read_plain(file: YamlFile, data: dict[str, Any], key: str) -> str:
    """One of MkDocs's own settings, which is a text or not there."""
    value = data.get(key) or ""
    if not isinstance(value, str):
        raise refuse(file.source(key), f"{key!r}: expected a text", "correct the value here")
    return value


def read_regions(site: Path, settings: Settings) -> dict[str, Region]:
    """The regions by id, in the order of entities/regions.yml. Raises NoticeError."""
    file = read_yaml(site, "entities/regions.yml")
    found = fit_each(file, doc.REGIONS)
    if not found:
        raise refuse(Source(file.path), "no region is described", "add a region with name and territories")
    return {
        name: Region(
            id=name,
            names=name_locales(region.name, settings.source_locale),
            rule=tuple(region.territories),
            required_locales=tuple(region.required_locales),
            succeeds=tuple(region.succeeds),
            lead_days={str(name): days for name, days in region.lead_days.items()},
            source=file.key_source(name),
        )
        for name, region in found.items()
    }


def list_entities(site: Path, collector: Collector) -> list[str]:
    """The names of the entities that have a file; that there is none is told."""
    files = list_files(site, "entities", collector)
    names = [name.removesuffix(".yml") for name in files if name.endswith(".yml") and name != "regions.yml"]
    if not names:
        collector.report("YAML", Source("entities"), "no entity is described", "add entities/<entity>.yml")
    return names


def read_entity(site: Path, name: str, settings: Settings) -> Entity:
    """An entity with its facts through time. Raises NoticeError, with the entity where it can be told all the same."""
    path = f"entities/{name}.yml"
    check_file_name(name, path)
    collector = Collector()
    try:
        file = read_yaml(site, path)
    except RepeatedKeys as error:  # who answers is known all the same, and the texts can be looked at
        collector.problems.extend(error.problems)
        file = error.file
    found = collector.attempt(fit, file, doc.EntityDocument)
    if found is None:
        raise NoticeError(collector.problems)
    is_readable = True
    slices: list[Facts] = []
    values: dict[str, Any] = {}
    days = [piece.from_ for piece in found.facts]
    for index, (day, piece) in enumerate(zip(days, found.facts, strict=True)):
        source = file.source("facts", index)
        if index and day <= days[index - 1]:
            hint = "order the slices by date, oldest first, one for a day"
            place = file.source("facts", index, "from")
            collector.report("YAML", place, f"{day} does not follow {days[index - 1]}", hint)
            is_readable = False
        values |= {key: getattr(piece, key) for key in piece.model_fields_set}
        if values.get("legal_name"):
            slices.append(make_facts(name, day, values, settings.source_locale, source))
        else:
            collector.report("FE03", source, f"entity {name!r} has no legal_name on {day}", "add 'legal_name:'")
            is_readable = False
    entity = Entity(name, tuple(slices), Source(path))
    if collector.problems:
        raise NoticeError(collector.problems, entity if is_readable else None)
    return entity
