"""Translations: texts that are missing, sections that are out of date or do not correspond, words left as they were."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from noticepress.blocks import Block, BlockKind, join_spans, walk_blocks
from noticepress.checks.check import check
from noticepress.checks.correspondence import (
    Contents,
    Translation,
    find_missing_addresses,
    list_translations,
    name_section,
    read_contents,
    read_words,
)
from noticepress.checks.desk import Desk
from noticepress.checks.fallbacks import find_unlabelled, find_unnamed
from noticepress.checks.layers import find_other_summaries
from noticepress.checks.numerals import find_unsaid, has_digits, read_numbers
from noticepress.checks.tongues import is_prose, looks_foreign, may_say_not, says_not
from noticepress.compose import Composed, Draft
from noticepress.errors import Problem, Severity, Source
from noticepress.localize import correct_tag
from noticepress.markdown import Section, parse, read_sections
from noticepress.pins import OUTDATED, is_optional, list_required

_PARTS: Mapping[BlockKind, str] = MappingProxyType({"item": "list items", "row": "table rows"})
_SHOWN = "; readers are shown the source's words"


@check(
    "TR01",
    "error",
    why="People must be told in a language that they understand.",
    wrong="required_locales: [es] without content/website/es.md",
    right="content/website/es.md, a section for each of the source text's",
    jurisdictions=("ca-qc", "us-ca", "us-mn", "eu"),
)
def find_missing_texts(desk: Desk) -> Iterator[Problem]:
    """A text that is missing in the source language, a required or another one of the site; a name that it lacks."""
    library = desk.library
    yield from find_unnamed(desk)
    yield from find_unlabelled(desk)
    for notice in library.notices.values():
        required = list_required(library, notice)
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


@check(
    "TR02",
    "error",
    why="An old translation that is shown as current tells its readers what no longer holds.",
    wrong="es.md still says two months, en.md was changed to three",
    right="es.md mended, then: noticepress translations update website es data",
    by_notice=True,
)
def find_stale_sections(desk: Desk) -> Iterator[Problem]:
    """A section that was translated from an older source text."""
    for translation in list_translations(desk):
        severity = _judge(desk, translation)
        notice, locale = translation.notice.id, translation.working.locale
        ours = translation.list_sections()
        for name, state in translation.states.items():
            if state != "stale":
                continue
            told = f"{name_section(name)} was translated from an older source text"
            if translation.is_optional:
                told += _SHOWN
            hint = f"mend it, then run: noticepress translations update {notice} {locale} {name or '--all'}"
            yield Problem("TR02", translation.find_place(ours[name]), told, hint, severity)


def _judge(desk: Desk, translation: Translation) -> Severity:
    """How bad it is that a section is not up to date: only a warning where readers are shown the source's instead."""
    return "warning" if translation.is_optional else desk.words_severity(translation.notice.id)


@check(
    "TR03",
    "error",
    why="Links, language switches and redlines go from section to section.",
    wrong="## Ihre Rechte {#rechte}",
    right="## Ihre Rechte {#rights}",
    by_notice=True,
)
def find_unlike_sections(desk: Desk) -> Iterator[Problem]:
    """Sections whose id, tags, lists, placeholders or short version differ from the source's, and ids used twice."""
    source_locale = desk.library.settings.source_locale
    for draft, region, locale, translation in desk.composed_texts():
        source = draft.composed.get((region, source_locale))
        if source is None or not source.is_whole or locale == source_locale:
            continue
        theirs, ours = _list_sections(source), _list_sections(translation)
        yield from _find_added(theirs, ours, source, translation)
        optional = is_optional(desk.library, desk.library.notices[draft.version.notice], locale)
        yield from _find_missing(theirs, ours, source, translation, is_optional=optional)
        yield from _find_moved(theirs, ours, translation)
        yield from _find_other_levels(theirs, ours, translation)
        yield from _find_other_tags(theirs, ours, translation, _list_outdated(draft, locale))
        yield from _find_other_lists(theirs, ours, translation, _list_outdated(draft, locale))
        yield from find_other_summaries(theirs, ours, translation, _list_outdated(draft, locale))
    for pair in list_translations(desk):
        yield from _find_other_contents(pair)


Sections = dict[str, Section]


def _list_sections(composed: Composed) -> Sections:
    return {section.id: section for section in read_sections(composed.text) if section.id}


def _list_outdated(draft: Draft, locale: str) -> set[str]:
    return {name for name, state in draft.states.get(locale, {}).items() if state in OUTDATED}


def _find_added(theirs: Sections, ours: Sections, source: Composed, translation: Composed) -> Iterator[Problem]:
    for name, section in ours.items():
        if name not in theirs:
            place = translation.source(section.line, section.column)
            hint = f"give it the id of the section it translates, as in {source.working.path}"
            yield Problem("TR03", place, f"section #{name} is not in the source text", hint)


def _find_missing(
    theirs: Sections, ours: Sections, source: Composed, translation: Composed, *, is_optional: bool
) -> Iterator[Problem]:
    names = list(theirs)
    for index, name in enumerate(names):
        if name not in ours:
            place = _find_place_after(names[:index], ours, translation)
            hint = f"translate the section at {source.source(theirs[name].line)}"
            told = f"section #{name} is missing{_SHOWN if is_optional else ''}"
            yield Problem("TR03", place, told, hint, "warning" if is_optional else "error")


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


def _find_other_tags(theirs: Sections, ours: Sections, translation: Composed, outdated: set[str]) -> Iterator[Problem]:
    for name, section in ours.items():
        if name not in theirs or name in outdated:
            continue
        for tag in sorted(set(section.tags) ^ set(theirs[name].tags)):
            place = translation.source(section.line, section.column)
            where = "in the source only" if tag in theirs[name].tags else "here only"
            yield Problem("TR03", place, f"section #{name} covers {tag!r} {where}", 'give both the same covers="…"')


def _find_other_lists(theirs: Sections, ours: Sections, translation: Composed, outdated: set[str]) -> Iterator[Problem]:
    """Items and rows that a section has more or fewer of; before another heading they may belong to that one."""
    following = dict(zip(theirs, [*list(theirs)[1:], ""], strict=False))
    for (name, section), after in zip(ours.items(), [*list(ours)[1:], ""], strict=False):
        if name in outdated or following.get(name) != after:
            continue
        found = [_list_kinds(each) for each in (theirs[name], section)]
        for kind, told in _PARTS.items():
            first, second = (kinds.count(kind) for kinds in found)
            if first != second:
                place = translation.source(section.line, section.column)
                message = f"section #{name} has {second} {told}, the source {first}"
                yield Problem("TR03", place, message, "say the same in each language", "warning")


def _list_kinds(section: Section) -> list[BlockKind]:
    return [block.kind for top in section.blocks for block in walk_blocks(top)]


def _find_other_contents(pair: Translation) -> Iterator[Problem]:
    """Placeholders and conditions that a section does not share with its source; what has a gap, FE05 tells of."""
    for source, section in pair.pair_sections():
        if pair.has_gap(source, section):
            continue
        theirs, ours = read_contents(source.text), read_contents(section.text)
        place, where = pair.find_place(section), name_section(section.id)
        hint = f"compare it with {pair.source.path}:{source.line}"
        for value in (theirs.values - ours.values).keys() | (ours.values - theirs.values).keys():
            told, severity = _tell_value(value, theirs, ours)
            yield Problem("TR03", place, f"{where}: {{{{ {value} }}}} {told}", hint, severity)
        for condition in sorted(theirs.conditions.keys() ^ ours.conditions.keys()):
            told = "is missing" if condition in theirs.conditions else "is not in the source"
            yield Problem("TR03", place, f"{where}: {{% {condition} %}} {told}", hint, "warning")


def _tell_value(value: str, theirs: Contents, ours: Contents) -> tuple[str, Severity]:
    if value not in ours.values:
        return "is missing", "error"
    if value not in theirs.values:
        return "is not in the source", "warning"
    return f"stands there {ours.values[value]} times, in the source {theirs.values[value]} times", "warning"


@check(
    "TR04",
    "error",
    why="A number, a date or an address that differs is another promise.",
    wrong="en.md: within 30 days; fr.md: dans les meilleurs délais",
    right="en.md: within 30 days; fr.md: dans un délai de 30 jours",
    by_notice=True,
)
def find_other_figures(desk: Desk) -> Iterator[Problem]:
    """Numbers, dates, web and mail addresses and links that differ from the source's, and a "not" that is lost."""
    for pair in list_translations(desk):
        severity = desk.words_severity(pair.notice.id)
        for source, section in pair.pair_sections():
            place, where = pair.find_place(section), name_section(section.id)
            hint = f"compare it with {pair.source.path}:{source.line}"
            for told, is_certain in _find_figures(pair, read_contents(source.text), read_contents(section.text)):
                yield Problem("TR04", place, f"{told} {where}", hint, severity if is_certain else "warning")


def _find_figures(pair: Translation, theirs: Contents, ours: Contents) -> Iterator[tuple[str, bool]]:
    """What a section says otherwise than its source, and whether that is certain to be wrong."""
    if has_digits(theirs.words) or has_digits(ours.words):
        first, second = read_numbers(theirs.words, pair.source.locale), read_numbers(ours.words, pair.working.locale)
        for number, is_certain in find_unsaid(first, second):
            yield f'"{number}" of the source is absent in', is_certain
        for number, _ in find_unsaid(second, first):
            yield f'"{number}" is not in the source of', False
    for mail in sorted(theirs.mails - ours.mails):
        yield f"{mail} of the source is absent in", True
    for mail in sorted(ours.mails - theirs.mails):
        yield f"{mail} is not in the source of", True
    links, own_links = pair.compare_links(theirs, ours)
    for address in [*find_missing_addresses(theirs, ours), *links]:
        yield f"a link to {address} is absent in", True
    for address in [*find_missing_addresses(ours, theirs), *own_links]:
        yield f"a link to {address} is not in the source of", False
    if says_not(theirs.words, pair.source.locale) and not may_say_not(ours.words, pair.working.locale):
        yield 'the source says "not", and no word for it is in', False


@check(
    "TR05",
    "warning",
    why="Words in another language, or that nobody has read, tell their readers nothing.",
    wrong="a paragraph of de.md that is still in English",
    right="the paragraph in German, read by a person and recorded with 'translations update'",
    jurisdictions=("eu",),
    decides=False,
    by_notice=True,
)
def find_untranslated_words(desk: Desk) -> Iterator[Problem]:
    """Paragraphs that are as in the source, or look like another language, and machine translations nobody reviewed."""
    for pair in list_translations(desk):
        ours = pair.list_sections()
        notice, locale = pair.notice.id, pair.working.locale
        for name, state in pair.states.items():
            if state == "machine":
                told = f"{name_section(name)} was translated by a machine, and nobody has reviewed it"
                hint = f"review it, then run: noticepress translations update {notice} {locale} {name or '--all'}"
                yield Problem("TR05", pair.find_place(ours[name]), told, hint, "warning")
        yield from _find_foreign_paragraphs(pair)


def _find_foreign_paragraphs(pair: Translation) -> Iterator[Problem]:
    known = {words for _, words in _list_paragraphs(pair.source.text)}
    locale, source_locale = pair.working.locale, pair.source.locale
    for block, words in _list_paragraphs(pair.working.text):
        if words in known:
            place = Source(pair.working.path, block.line, block.column)
            told = f"these words are those of the {source_locale!r} text"
            yield Problem("TR05", place, told, f"translate them into {locale!r}", "warning")
        elif looks_foreign(words, locale, source_locale):
            place = Source(pair.working.path, block.line, block.column)
            told = f"this does not look like {locale!r}, but like {source_locale!r}"
            yield Problem("TR05", place, told, f"translate it into {locale!r}", "warning")


@lru_cache(maxsize=64)
def _list_paragraphs(text: str) -> tuple[tuple[Block, str], ...]:
    """Each paragraph, item and cell that is more than names, with its own words."""
    found: list[tuple[Block, str]] = []
    for block in walk_blocks(parse(text)):
        if block.kind in {"paragraph", "cell"} and "lang" not in block.attributes:
            words = " ".join(read_words(join_spans(s for s in block.spans if not s.code)).split())
            if is_prose(words):
                found.append((block, words))
    return tuple(found)


@check(
    "TR06",
    "error",
    why="Browsers, search engines and screen readers go by the tag of a language.",
    wrong="locales: [en-UK]",
    right="locales: [en-GB]",
)
def find_wrong_tags(desk: Desk) -> Iterator[Problem]:
    """A tag of a language that is wrong, or that is not one of the site's."""
    settings = desk.library.settings
    for index, locale in enumerate(settings.locales):
        right = correct_tag(locale)
        if right != locale:
            place = settings.find_place(f"locales.{index}")
            yield Problem("TR06", place, f'"{locale}": use {right}', f"write {right}, and name the files so too")
