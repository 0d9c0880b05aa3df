"""A site's folder to a `Library`: every file read, every mistake reported, nothing guessed.

`read_library` gives what could be read together with all problems, so that `check` can go on; `load_library` gives a
whole library or raises. What people write is read here, what was sealed in `sealed`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from noticepress import documents as doc
from noticepress.conversions import make_commitment, make_facts, make_origin, make_record, name_locales
from noticepress.errors import NoticeError, Problem, Source, UsageError, errors_of, sort_problems
from noticepress.files import Collector, list_entries, read_text
from noticepress.localize import is_locale
from noticepress.model import (
    Correction,
    Entity,
    Facts,
    Library,
    NextVersion,
    Notice,
    Pin,
    Region,
    Settings,
    Version,
    WorkingText,
)
from noticepress.paperwork import (
    PINS,
    list_places,
    read_correction,
    read_pins,
    read_processing,
    read_waivers,
)
from noticepress.processing import Processing
from noticepress.reading import RepeatedKeys, YamlFile, fit, fit_each, read_yaml
from noticepress.sealed import SEAL_PREFIX, read_versions, seal_of
from noticepress.values import check_id

__all__ = ["SEAL_PREFIX", "Reading", "load_library", "read_library", "seal_of"]

ReadSealed = Callable[[Path, str, Collector], tuple[Version, ...]]
"""Gives a notice's sealed versions, as `read_versions` does."""

_LEAD_DAYS = {"material": 30, "minor": 7, "editorial": 0}
_UNKNOWN = Settings("", "en", (), "UTC", _LEAD_DAYS)
"""Stands for settings that cannot be read, so that the other files can be."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What could be read of a site. `is_roster_whole` tells whether settings, entities and regions all could."""

    library: Library
    problems: tuple[Problem, ...]
    is_roster_whole: bool


def load_library(site: Path) -> Library:
    """The whole library of a site. Raises NoticeError with every problem, UsageError where there is no site."""
    reading = read_library(site)
    if errors := errors_of(reading.problems):
        raise NoticeError(errors)
    return reading.library


def read_library(site: Path, read_sealed: ReadSealed = read_versions) -> Reading:
    """Everything that can be read of a site, and every problem met. Raises UsageError where there is no site.

    Only previews give another `read_sealed`, which remembers what it has verified.
    """
    if not any(os.path.lexists(site / name) for name in ("mkdocs.yml", "content", "entities")):
        told = f"{site} is not a site: it has no mkdocs.yml, content/ or entities/"
        raise UsageError(f"{told}; name another folder with --site")
    collector = Collector()
    settings = collector.attempt(_read_settings, site) or _UNKNOWN
    regions = collector.attempt(_read_regions, site, settings) or {}
    is_roster_whole = not collector.problems
    names = _list_entities(site, collector)
    found = [entity for name in names if (entity := collector.attempt(_read_entity, site, name, settings))]
    entities = {entity.id: entity for entity in found}
    is_roster_whole = is_roster_whole and bool(names) and len(found) == len(names)
    notices: dict[str, Notice] = {}
    texts: dict[tuple[str, str], WorkingText] = {}
    next_versions: dict[str, NextVersion] = {}
    versions: dict[str, tuple[Version, ...]] = {}
    processing: dict[str, Processing] = {}
    corrections: dict[str, Correction] = {}
    pins: dict[tuple[str, str], Mapping[str, Pin]] = {}
    for name in _list_notices(site, collector):
        # A notice that cannot be described is one all the same: its texts are looked at, and others may link to it.
        nameless = Notice(name, {settings.source_locale: name}, source=Source(f"content/{name}/notice.yml"))
        notices[name] = collector.attempt(_read_notice, site, name, settings) or nameless
        files = _list_files(site, f"content/{name}", collector)
        texts |= {(name, text.locale): text for text in _read_texts(site, name, files, settings, collector)}
        if "next.yml" in files and (following := collector.attempt(_read_next, site, name, settings)):
            next_versions[name] = following
        if "processing.yml" in files and (record := collector.attempt(read_processing, site, name)):
            processing[name] = record
        if "correction.yml" in files and (correction := collector.attempt(read_correction, site, name, settings)):
            corrections[name] = correction
        if PINS in files:
            pinned = collector.attempt(read_pins, site, name) or {}
            pins |= {(name, locale): found_pins for locale, found_pins in pinned.items()}
        versions[name] = read_sealed(site, name, collector)
    waivers = collector.attempt(read_waivers, site) or ()
    library = Library(
        settings,
        entities,
        regions,
        notices,
        texts,
        next_versions,
        versions,
        processing=processing,
        corrections=corrections,
        pins=pins,
        waivers=waivers,
    )
    if is_roster_whole:
        collector.problems.extend(_check_names(library))
    return Reading(library, sort_problems(collector.problems), is_roster_whole)


def _list_notices(site: Path, collector: Collector) -> list[str]:
    folders, _ = collector.attempt(list_entries, site, "content") or ([], [])
    return [name for name in folders if not name.startswith("_")]


def _list_files(site: Path, folder: str, collector: Collector) -> list[str]:
    """What is in a folder, and is or may be meant as a file; a suffix that nobody reads is told."""
    folders, files = collector.attempt(list_entries, site, folder) or ([], [])
    for name in files:
        stem, dot, suffix = name.rpartition(".")
        wanted = {"yaml": "yml", "markdown": "md"}.get(suffix.lower(), suffix.lower())
        if dot and wanted in {"yml", "md"} and wanted != suffix:
            collector.report("YAML", Source(f"{folder}/{name}"), "is not read", f"rename it to {stem}.{wanted}")
    return sorted([*files, *(name for name in folders if name.endswith((".yml", ".md")))])


def _problem(source: Source, message: str, hint: str) -> NoticeError:
    return NoticeError([Problem("YAML", source, message, hint)])


# ---- settings, regions, entities


def _read_settings(site: Path) -> Settings:
    file = read_yaml(site, "mkdocs.yml", tagged=True)
    data: Any = file.data
    extra = data.get("extra") if isinstance(data, dict) else None
    if not isinstance(extra, dict) or not isinstance(extra.get("noticepress"), dict):
        hint = "add 'noticepress:' under 'extra:', with organisation, locales and zone"
        raise _problem(file.source("extra"), "extra.noticepress is missing", hint)
    found = fit(file, doc.SettingsDocument, "extra", "noticepress")
    if found.source_locale not in found.locales:
        place = file.source("extra", "noticepress", "source_locale")
        raise _problem(place, f"source_locale {found.source_locale!r} is not one of locales", "add it to locales")
    for index, locale in enumerate(found.locales):
        if locale in found.locales[:index]:
            place = file.source("extra", "noticepress", "locales", index)
            raise _problem(place, f"locale {locale!r} is listed twice", "keep one")
    url = _read_plain(file, data, "site_url")
    return Settings(
        organisation=found.organisation,
        source_locale=found.source_locale,
        locales=tuple(found.locales),
        zone=found.zone,
        lead_days=_LEAD_DAYS | found.lead_days,
        site_name=_read_plain(file, data, "site_name") or found.organisation,
        site_url=url if not url or url.endswith("/") else url + "/",
        packs=None if found.packs is None else tuple(found.packs),
        severities=dict(found.severities),
        synonyms={locale: tuple(map(tuple, sets)) for locale, sets in found.synonyms.items()},
        source=file.source("extra", "noticepress"),
        places={
            ".".join(map(str, keys[2:])): place.key
            for keys, place in file.places.items()
            if keys[:2] == ("extra", "noticepress") and keys[2:]
        },
    )


def _read_plain(file: YamlFile, data: dict[str, Any], key: str) -> str:
    """One of MkDocs's own settings, which is a text or not there."""
    value = data.get(key) or ""
    if not isinstance(value, str):
        raise _problem(file.source(key), f"{key!r}: expected a text", "correct the value here")
    return value


def _read_regions(site: Path, settings: Settings) -> dict[str, Region]:
    file = read_yaml(site, "entities/regions.yml")
    found = fit_each(file, doc.REGIONS)
    if not found:
        raise _problem(Source(file.path), "no region is described", "add a region with name and territories")
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


def _list_entities(site: Path, collector: Collector) -> list[str]:
    files = _list_files(site, "entities", collector)
    names = [name.removesuffix(".yml") for name in files if name.endswith(".yml") and name != "regions.yml"]
    if not names:
        collector.report("YAML", Source("entities"), "no entity is described", "add entities/<entity>.yml")
    return names


def _read_entity(site: Path, name: str, settings: Settings) -> Entity:
    path = f"entities/{name}.yml"
    _check_file_name(name, path)
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


def _check_file_name(name: str, path: str) -> None:
    """File and folder names become ids in addresses."""
    try:
        check_id(name)
    except ValueError as error:
        raise _problem(Source(path), f"the name of the file or folder: {error}", "rename it") from None


# ---- notices and working texts


def _read_notice(site: Path, name: str, settings: Settings) -> Notice:
    path = f"content/{name}/notice.yml"
    _check_file_name(name, path)
    file = read_yaml(site, path)
    found = fit(file, doc.NoticeDocument)
    return Notice(
        id=name,
        titles=name_locales(found.title, settings.source_locale),
        audiences=name_locales(found.audience, settings.source_locale),
        supplements=found.supplements or "",
        regions=tuple(found.regions or ()),
        authoritative=dict(found.authoritative),
        commitments=tuple(make_commitment(item) for item in found.commitments),
        packs=None if found.packs is None else tuple(found.packs),
        reviewed=found.reviewed,
        source=Source(path),
        places=list_places(file),
    )


def _read_texts(
    site: Path, notice: str, files: list[str], settings: Settings, collector: Collector
) -> Iterator[WorkingText]:
    for name in files:
        locale, path = name.removesuffix(".md"), f"content/{notice}/{name}"
        if not name.endswith(".md"):
            continue
        if settings.locales and locale not in settings.locales:
            told = f"{locale!r} is not a language {'of this site' if is_locale(locale) else 'tag'}"
            hint = f"rename it, or add the language to locales in mkdocs.yml ({', '.join(settings.locales)})"
            collector.report("TR06", Source(path), told, hint)
        elif (text := collector.attempt(read_text, site, path)) is not None:
            yield WorkingText(notice, locale, text, path)


def _read_next(site: Path, notice: str, settings: Settings) -> NextVersion:
    path = f"content/{notice}/next.yml"
    file = read_yaml(site, path)
    found = fit(file, doc.NextDocument)
    return NextVersion(
        notice=notice,
        effective=found.effective,
        record=make_record(found, settings.source_locale),
        announced=found.announced,
        origin=make_origin(found.origin),
        source=Source(path),
        places=list_places(file),
    )


# ---- names that must exist


def _check_names(library: Library) -> Iterator[Problem]:
    """Names in one file that another must have."""
    for notice in library.notices.values():
        yield from _check_notice(library, notice)
    locales = library.settings.locales
    versions = [version for found in library.versions.values() for version in found]
    sealed = {name for version in versions for name in version.regions}
    for region in library.regions.values():
        for locale in region.required_locales:
            if locale not in locales:
                told = f"required locale {locale!r} is not a language of this site"
                yield Problem("TR06", region.source, told, "add it to locales in mkdocs.yml")
        for name in region.succeeds:
            if versions and name not in sealed:
                told = f"region {region.id!r} succeeds {name!r}, which no version was sealed for"
                yield Problem("RG03", region.source, told, f"use one of {', '.join(sorted(sealed))}")


def _check_notice(library: Library, notice: Notice) -> Iterator[Problem]:
    if notice.supplements and notice.supplements not in library.notices:
        told = f"supplements {notice.supplements!r}, which is no notice here"
        yield Problem("CE07", notice.source, told, "name a folder of content/")
    elif notice.id in _follow_supplements(library, notice):
        yield Problem("CE07", notice.source, f"{notice.id!r} supplements itself", "remove 'supplements:'")
    for name in dict.fromkeys((*notice.regions, *(name for name in notice.authoritative if name))):
        if name not in library.regions:
            yield Problem("RG03", notice.source, f"unknown region {name!r}", f"use one of {', '.join(library.regions)}")
    for locale in notice.authoritative.values():
        if locale not in library.settings.locales:
            told = f"authoritative locale {locale!r} is not a language of this site"
            yield Problem("TR06", notice.source, told, "add it to locales in mkdocs.yml")


def _follow_supplements(library: Library, notice: Notice) -> list[str]:
    """The notices that a notice supplements, one after the other, until one supplements none or comes again."""
    found: list[str] = []
    name = notice.supplements
    while name and name not in found:
        found.append(name)
        name = library.notices[name].supplements if name in library.notices else ""
    return found
