"""Translations: texts that are missing, and sections that do not correspond."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from noticepress.checks.check import check
from noticepress.checks.desk import Desk
from noticepress.compose import Composed
from noticepress.errors import Problem, Source
from noticepress.markdown import Section, parse, sections
from noticepress.model import Library, Notice


@check(
    "TR01",
    "error",
    why="People must be told in a language that they understand.",
    wrong="required_locales: [es] without content/website/es.md",
    right="content/website/es.md, a section for each of the source text's",
    jurisdictions=("ca-qc", "us-ca", "us-mn", "eu"),
)
def find_missing_texts(desk: Desk) -> Iterator[Problem]:
    """A text that is missing in the source language, in a required language, or in another one of the site."""
    library = desk.library
    for notice in library.notices.values():
        required = _list_required(library, notice)
        for locale in library.settings.locales:
            if (notice.id, locale) in library.texts:
                continue
            source = Source(f"content/{notice.id}/{locale}.md")
            hint = f"write {source.path}"
            if locale == library.settings.source_locale:
                yield Problem("TR01", source, "the text in the source language is missing", hint)
            elif locale in required:
                yield Problem("TR01", source, f"region {required[locale]!r} requires {locale!r}: missing", hint)
            else:
                told = f"not translated into {locale!r}: readers are shown the source text, marked as such"
                yield Problem("TR01", source, told, hint, "warning")


def _list_required(library: Library, notice: Notice) -> dict[str, str]:
    """Each language that a region requires or that decides there, and that region."""
    regions = [library.regions[name] for name in notice.regions or library.regions if name in library.regions]
    required = {locale: region.id for region in regions for locale in region.required_locales}
    default = notice.authoritative.get("")
    deciding = {region.id: notice.authoritative.get(region.id, default) for region in regions}
    return required | {locale: region for region, locale in deciding.items() if locale}


@check(
    "TR03",
    "error",
    why="Links, language switches and redlines go from section to section.",
    wrong="## Ihre Rechte {#rechte}",
    right="## Ihre Rechte {#rights}",
)
def find_unlike_sections(desk: Desk) -> Iterator[Problem]:
    """Sections that differ from those of the source text, and ids that are used twice."""
    source_locale = desk.library.settings.source_locale
    for draft, region, locale, translation in desk.composed_texts():
        source = draft.composed.get((region, source_locale))
        if source is None or not source.is_whole or locale == source_locale:
            continue
        theirs, ours = _list_sections(source), _list_sections(translation)
        yield from _find_added(theirs, ours, source, translation)
        yield from _find_missing(theirs, ours, source, translation)
        yield from _find_moved(theirs, ours, translation)
        yield from _find_other_levels(theirs, ours, translation)


Sections = dict[str, Section]


def _list_sections(composed: Composed) -> Sections:
    return {section.id: section for section in sections(parse(composed.text)) if section.id}


def _find_added(theirs: Sections, ours: Sections, source: Composed, translation: Composed) -> Iterator[Problem]:
    for name, section in ours.items():
        if name not in theirs:
            place = translation.source(section.line, section.column)
            hint = f"give it the id of the section it translates, as in {source.working.path}"
            yield Problem("TR03", place, f"section #{name} is not in the source text", hint)


def _find_missing(theirs: Sections, ours: Sections, source: Composed, translation: Composed) -> Iterator[Problem]:
    names = list(theirs)
    for index, name in enumerate(names):
        if name not in ours:
            place = _find_place_after(names[:index], ours, translation)
            hint = f"translate the section at {source.source(theirs[name].line)}"
            yield Problem("TR03", place, f"section #{name} is missing", hint)


def _find_place_after(before: Sequence[str], ours: Sections, translation: Composed) -> Source:
    """Where a missing section would follow: the last one before it that is there."""
    for name in reversed(before):
        if name in ours:
            return translation.source(ours[name].line, ours[name].column)
    return translation.source(1)


def _find_moved(theirs: Sections, ours: Sections, translation: Composed) -> Iterator[Problem]:
    """The first section that stands elsewhere; those after it follow from that."""
    order = [name for name in theirs if name in ours]
    for ours_name, theirs_name in zip((name for name in ours if name in theirs), order, strict=True):
        if ours_name != theirs_name:
            place = translation.source(ours[ours_name].line, ours[ours_name].column)
            told = f"section #{ours_name} stands where the source has #{theirs_name}"
            yield Problem("TR03", place, told, "put them in the same order")
            return


def _find_other_levels(theirs: Sections, ours: Sections, translation: Composed) -> Iterator[Problem]:
    for name, section in ours.items():
        if name in theirs and section.level != theirs[name].level:
            place = translation.source(section.line, section.column)
            told = f"section #{name} has a heading of level {section.level}, the source of level {theirs[name].level}"
            yield Problem("TR03", place, told, "use the same number of # signs")
