"""Translations: texts that are missing, and sections that do not correspond."""

from __future__ import annotations

from collections.abc import Iterator

from noticepress.checks.desk import Desk
from noticepress.compose import Composed
from noticepress.errors import Problem, Source
from noticepress.markdown import Section, parse, sections


def find_missing_texts(desk: Desk) -> Iterator[Problem]:
    """Working texts that a region requires, or that the site's languages let readers expect."""
    library = desk.library
    source_locale = library.settings.source_locale
    for notice in library.notices.values():
        names = notice.regions or tuple(library.regions)
        required = {loc: name for name in names if name in library.regions for loc in library.regions[name].required_locales}
        written = [locale for locale in library.settings.locales if (notice.id, locale) in library.texts]
        for locale in library.settings.locales:
            if locale in written:
                continue
            source = Source(f"content/{notice.id}/{locale}.md")
            if locale == source_locale:
                yield Problem("TR01", source, "the text in the source language is missing", f"write {source.path}")
            elif locale in required:
                yield Problem("TR01", source, f"region {required[locale]!r} requires {locale!r}: missing", f"write {source.path}")
            else:
                told = f"not translated into {locale!r}: readers are shown the source text, marked as such"
                yield Problem("TR01", source, told, f"write {source.path}", "warning")


def find_unlike_sections(desk: Desk) -> Iterator[Problem]:
    """Sections of a translation that the source does not have, or lacks, or orders otherwise."""
    source_locale = desk.library.settings.source_locale
    seen: set[Problem] = set()
    for draft, region, locale, composed in desk.composed_texts():
        source = draft.composed.get((region, source_locale))
        if locale == source_locale or source is None:
            continue
        for problem in _compare(source, composed):
            if problem not in seen:
                seen.add(problem)
                yield problem


def _compare(source: Composed, translation: Composed) -> Iterator[Problem]:
    theirs, ours = sections(parse(source.text)), sections(parse(translation.text))
    wanted, found = [s.id for s in theirs if s.id], [s.id for s in ours if s.id]
    for section in ours:
        if section.id and section.id not in wanted:
            place = translation.source(section.line, section.column)
            hint = f"give it the id of the section it translates, as in {source.working.path}"
            yield Problem("TR03", place, f"section #{section.id} is not in the source text", hint)
    for index, section in enumerate(theirs):
        if section.id and section.id not in found:
            place = _place_after(theirs[:index], ours, translation)
            hint = f"translate the section at {source.source(section.line)}"
            yield Problem("TR03", place, f"section #{section.id} is missing", hint)
    common = [name for name in found if name in wanted]
    order = [name for name in wanted if name in found]
    for ours_name, theirs_name in zip(common, order, strict=True):
        if ours_name != theirs_name:
            section = next(s for s in ours if s.id == ours_name)
            place = translation.source(section.line, section.column)
            yield Problem("TR03", place, f"section #{ours_name} stands where the source has #{theirs_name}", "put them in the same order")
            return
    levels = {s.id: s.level for s in theirs}
    for section in ours:
        if section.id and section.id in levels and section.level != levels[section.id]:
            place = translation.source(section.line, section.column)
            told = f"section #{section.id} has a heading of level {section.level}, the source of level {levels[section.id]}"
            yield Problem("TR03", place, told, "use the same number of # signs")


def _place_after(before: tuple[Section, ...], ours: tuple[Section, ...], translation: Composed) -> Source:
    """Where a missing section would follow: the last one before it that is there."""
    for section in reversed(before):
        for candidate in ours:
            if section.id and candidate.id == section.id:
                return translation.source(candidate.line, candidate.column)
    return translation.source(1)
