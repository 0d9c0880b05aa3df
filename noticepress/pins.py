"""What translations were made from: each section of a text as it is written, its hash, and which are out of date.

A pin is the hash of the source section that a translated section translates. Without a pin the newest sealed version
tells: a section whose source says something else now, while the translation still says what it said then, is stale.
A slip of the pen that was mended, such as a comma or a letter, says nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import OSA

from noticepress.classes.parties import map_names
from noticepress.classes.wording import find_text_reasons
from noticepress.filling import compose_text, gather_facts
from noticepress.model import Library, Notice, Pin, Version, WorkingText
from noticepress.written import WrittenSection, find_words_line, hash_sections, split_sections

__all__ = [
    "OUTDATED",
    "SectionState",
    "WrittenSection",
    "find_section_states",
    "find_words_line",
    "hash_sections",
    "is_optional",
    "list_required",
    "split_sections",
]

SectionState = Literal["current", "stale", "missing", "machine", "added"]
"""How a translated section stands to its source: made from it as it is now, from an older one, not there, made by a
machine and not reviewed, or without a source."""

Filled = dict[tuple[str, str], str | None]
"""A source text with the facts of each version and region that it was compared with, by their ids."""

OUTDATED: frozenset[SectionState] = frozenset({"stale", "missing"})
"""The states in which the source's words are shown instead, or a release is stopped."""

LEAST_MISSPELT = 3
"""Letters of the shortest word that is known again with one of them wrong."""

_WORD = re.compile(r"\w+")
_LETTERS = re.compile("[a-z\u00df-\u024f]+")


def list_required(library: Library, notice: Notice) -> dict[str, str]:
    """Each language that a region of a notice requires or that decides there, and that region."""
    regions = [library.regions[name] for name in notice.regions or library.regions if name in library.regions]
    required = {locale: region.id for region in regions for locale in region.required_locales}
    default = notice.authoritative.get("")
    deciding = {region.id: notice.authoritative.get(region.id, default) for region in regions}
    return required | {locale: region for region, locale in deciding.items() if locale}


def is_optional(library: Library, notice: Notice, locale: str) -> bool:
    """Whether readers of a language may be given the source's words for a section that is not translated."""
    return locale != library.settings.source_locale and locale not in list_required(library, notice)


def find_section_states(
    library: Library, notice: str, locale: str, filled: Filled | None = None
) -> dict[str, SectionState]:
    """How each section of a translation stands to its source: those of the source in its order, then added ones.

    Where there is no working text in the source language there is nothing to compare; the source is always current.
    Whoever asks for several languages of a notice gives each the same `filled`: it keeps what they share.
    """
    source = library.texts.get((notice, library.settings.source_locale))
    if source is None:
        return {}
    theirs = hash_sections(source.text)
    if locale == source.locale:
        return dict.fromkeys(theirs, "current")
    translation = library.texts.get((notice, locale))
    written = split_sections(translation.text) if translation else ()
    ours = dict.fromkeys(section.id for section in written if section.text and section.is_in(locale))
    pins = library.pins.get((notice, locale), {})
    loose = frozenset(name for name in ours if name in theirs and name not in pins)
    filled = {} if filled is None else filled
    stale = _find_left_behind(library, source, translation, loose, filled) if translation else frozenset()
    states: dict[str, SectionState] = {}
    for name, sha256 in theirs.items():
        if name not in ours:
            states[name] = "missing"
        elif name in pins:
            states[name] = _judge_pin(pins[name], sha256)
        else:
            states[name] = "stale" if name in stale else "current"
    return states | {name: "added" for name in ours if name not in theirs}


def _judge_pin(pin: Pin, sha256: str) -> SectionState:
    if pin.source_sha256 != sha256:
        return "stale"
    return "machine" if pin.state == "machine" else "current"


def _find_left_behind(
    library: Library, source: WorkingText, translation: WorkingText, names: Iterable[str], filled: Filled
) -> frozenset[str]:
    """The sections whose source was changed since they were last sealed, while they were not."""
    versions = library.list_living(source.notice)
    found: set[str] = set()
    wanted = frozenset(names)
    for region in versions[-1].regions if versions else ():
        judged: dict[str, date] = {}
        stale: set[str] = set()
        for version in reversed(versions):
            if wanted <= judged.keys() and version.day not in judged.values():
                break
            for name, is_stale in _compare_sealed(library, version, region, source, translation, filled=filled):
                if name in wanted and name not in judged:
                    judged[name] = version.day
                    stale.update({name} if is_stale else ())
                elif judged.get(name) == version.day and not is_stale:
                    stale.discard(name)  # a revision mended the source's words, and its text still has the old ones
        found |= stale
    return frozenset(found)


def _compare_sealed(
    library: Library, version: Version, region: str, source: WorkingText, translation: WorkingText, *, filled: Filled
) -> Iterator[tuple[str, bool]]:
    """Each section that a version has in translation, and whether only its source says something else now.

    Both are filled with the facts of that version, so that words are compared and not facts. What was shown in the
    source's words then says nothing: an older version may.
    """
    before = [version.editions.get((region, locale)) for locale in (source.locale, translation.locale)]
    if before[0] is None or before[1] is None:
        return
    if (version.id, region) not in filled:
        filled[version.id, region] = _fill_as_sealed(library, version, region, source)
    now = filled[version.id, region], _fill_as_sealed(library, version, region, translation)
    if now[0] is None or now[1] is None:
        return
    names = frozenset(map_names(version.regions[region]))
    changed = _find_changed(before[0].text, now[0], names)
    ours = hash_sections(now[1])
    for section in split_sections(before[1].text):
        if section.text and section.is_in(translation.locale):
            yield section.id, section.id in changed and ours.get(section.id) == section.sha256


@lru_cache(maxsize=64)
def _find_changed(old: str, new: str, names: frozenset[str]) -> frozenset[str]:
    """The sections of a source that say something else now: where more than a slip of the pen was mended."""
    if old == new:
        return frozenset()
    before, after = ({section.id: section for section in split_sections(text)} for text in (old, new))
    touched = {reason.section for reason in find_text_reasons(old, new, names)}
    return frozenset(
        name
        for name, section in before.items()
        if name not in after
        or (section.sha256 != after[name].sha256 and (name in touched or not _is_slip(section.text, after[name].text)))
    )


def _is_slip(old: str, new: str) -> bool:
    """Whether two texts have the same words but for signs, spaces, capitals, or a letter of a word."""
    before, after = (_WORD.findall(text.casefold()) for text in (old, new))
    return all(
        op == "equal" or _is_misspelt("".join(before[start:end]), "".join(after[new_start:new_end]))
        for op, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    )


def _is_misspelt(old: str, new: str) -> bool:
    """Whether one word is the other, taken apart or with a letter wrong. Elsewhere a single sign is a word."""
    is_spelled = all(len(word) >= LEAST_MISSPELT and _LETTERS.fullmatch(word) for word in (old, new))
    return old == new or (is_spelled and OSA.distance(old, new, score_cutoff=1) <= 1)


def _fill_as_sealed(library: Library, version: Version, region: str, working: WorkingText) -> str | None:
    """A working text with the facts that a version was sealed with; None where it names others."""
    notice = library.notices[version.notice]
    facts = gather_facts(library, notice, version.regions[region], working.locale, version.day)
    composed = compose_text(working, facts)
    return None if composed.problems else composed.text
