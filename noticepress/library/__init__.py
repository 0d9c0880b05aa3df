"""A site's folder to a `Library`: every file read, every mistake reported, nothing guessed.

`read_library` gives what could be read together with all problems, so that `check` can go on; `load_library` gives a
whole library or raises. What people write is read here, what was sealed in `sealed`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from noticepress.errors import NoticeError, Problem, Source, UsageError, errors_of, sort_problems
from noticepress.files import Collector
from noticepress.library.folders import list_files, list_notices
from noticepress.library.names import check_names
from noticepress.library.notices import read_next, read_notice, read_texts
from noticepress.library.roster import UNKNOWN, list_entities, read_entity, read_regions, read_settings
from noticepress.model import Correction, Library, NextVersion, Notice, Pin, Version, WorkingText
from noticepress.paperwork import PINS, read_correction, read_pins, read_processing, read_waivers
from noticepress.processing import Processing
from noticepress.sealed import SEAL_PREFIX, read_versions, seal_of

__all__ = ["SEAL_PREFIX", "Reading", "load_library", "read_library", "seal_of"]

ReadSealed = Callable[[Path, str, Collector], tuple[Version, ...]]
"""Gives a notice's sealed versions, as `read_versions` does."""


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
    settings = collector.attempt(read_settings, site) or UNKNOWN
    regions = collector.attempt(read_regions, site, settings) or {}
    is_roster_whole = not collector.problems
    names = list_entities(site, collector)
    found = [entity for name in names if (entity := collector.attempt(read_entity, site, name, settings))]
    entities = {entity.id: entity for entity in found}
    is_roster_whole = is_roster_whole and bool(names) and len(found) == len(names)
    notices: dict[str, Notice] = {}
    texts: dict[tuple[str, str], WorkingText] = {}
    next_versions: dict[str, NextVersion] = {}
    versions: dict[str, tuple[Version, ...]] = {}
    processing: dict[str, Processing] = {}
    corrections: dict[str, Correction] = {}
    pins: dict[tuple[str, str], Mapping[str, Pin]] = {}
    for name in list_notices(site, collector):
        # A notice that cannot be described is one all the same: its texts are looked at, and others may link to it.
        nameless = Notice(name, {settings.source_locale: name}, source=Source(f"content/{name}/notice.yml"))
        notices[name] = collector.attempt(read_notice, site, name, settings) or nameless
        files = list_files(site, f"content/{name}", collector)
        texts |= {(name, text.locale): text for text in read_texts(site, name, files, settings, collector)}
        if "next.yml" in files and (following := collector.attempt(read_next, site, name, settings)):
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
        collector.problems.extend(check_names(library))
    return Reading(library, sort_problems(collector.problems), is_roster_whole)
