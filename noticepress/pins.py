"""What translations were made from: each section of a text as it is written, its hash, and which are out of date.

A pin is the hash of the source section that a translated section translates. Without a pin the newest sealed version
tells: a section whose source says something else now, while the translation still says what it said then, is stale.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from noticepress.blocks import Block, sections, title_heading
from noticepress.filling import compose_text, gather_facts
from noticepress.localize import list_fallbacks
from noticepress.markdown import parse
from noticepress.model import Library, Notice, Pin, Version, WorkingText

SectionState = Literal["current", "stale", "missing", "machine", "added"]
"""How a translated section stands to its source: made from it as it is now, from an older one, not there, made by a
machine and not reviewed, or without a source."""

OUTDATED: frozenset[SectionState] = frozenset({"stale", "missing"})
"""The states in which the source's words are shown instead, or a release is stopped."""

# What stands behind the words of a heading: `{#id covers="…"}`; a tag of a placeholder is none.
_ATTRIBUTES = re.compile(r"(?<![ \t])[ \t]*(\{(?!%)[^{}\n]*\})[ \t]*$")


@dataclass(frozen=True, slots=True)
class WrittenSection:
    """A section as it stands in a Markdown text, up to the next heading: `raw`, of which all others are parts.

    `text` is what is translated: without the attributes of the heading and the blank lines around it. The section
    before the first heading has the empty id; the title is its heading. `line` is its first line, counted from 1.
    """

    id: str
    raw: str
    text: str
    attributes: str
    line: int
    heading: Block | None

    @property
    def tail(self) -> str:
        """The blank lines behind it."""
        return self.raw[len(self.raw.rstrip()) :]

    @property
    def sha256(self) -> str:
        """The hash that a pin holds."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def is_in(self, locale: str) -> bool:
        """Whether it is written in the language of its text; a heading with another `lang` says that it is not."""
        written = self.heading.attributes.get("lang", "") if self.heading else ""
        return not written or written in list_fallbacks(locale)


def split_sections(text: str) -> tuple[WrittenSection, ...]:
    """The sections of a text as they are written; put together again, their `raw` is the text."""
    document = parse(text)
    lines = [line for line in re.split(r"(?<=\n)", text) if line]
    found = [section for section in sections(document) if section.heading]
    starts = [1, *(section.line for section in found), len(lines) + 1]
    names = ["", *(section.id for section in found)]
    headings = [title_heading(document), *(section.heading for section in found)]
    return tuple(
        _read_section(name, lines[start - 1 : end - 1], start, heading)
        for name, heading, start, end in zip(names, headings, starts, starts[1:], strict=False)
        if start < end
    )


def _read_section(name: str, lines: list[str], start: int, heading: Block | None) -> WrittenSection:
    raw = "".join(lines)
    if heading is None or not start <= heading.line < start + len(lines):
        return WrittenSection(name, raw, raw.strip(), "", start, None)
    place = find_words_line(heading) - start
    written = _ATTRIBUTES.search(lines[place].rstrip("\n")) if heading.attributes else None
    if written:
        lines = [*lines[:place], lines[place][: written.start()] + "\n", *lines[place + 1 :]]
    return WrittenSection(name, raw, "".join(lines).strip(), written[1] if written else "", start, heading)


def find_words_line(heading: Block) -> int:
    """The line that the words and attributes of a heading end on: it may be underlined rather than marked with #."""
    return max(heading.line, heading.end_line - 1)


def hash_sections(text: str) -> dict[str, str]:
    """The sha256 of each section's Markdown, by id: its heading's words and what stands under it.

    Attributes and blank lines around it are left out, so that no other tag makes a translation stale.
    """
    return {section.id: section.sha256 for section in split_sections(text) if section.text}


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


def find_section_states(library: Library, notice: str, locale: str) -> dict[str, SectionState]:
    """How each section of a translation stands to its source: those of the source in its order, then added ones.

    Where there is no working text in the source language there is nothing to compare; the source is always current.
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
    stale = _find_left_behind(library, source, translation, loose) if translation else frozenset()
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
    library: Library, source: WorkingText, translation: WorkingText, names: Iterable[str]
) -> frozenset[str]:
    """The sections whose source was changed since they were last sealed, while they were not."""
    versions = [version for version in library.versions.get(source.notice, ()) if not version.withdrawn]
    found: set[str] = set()
    for region in versions[-1].regions if versions else ():
        waiting = set(names)
        for version in reversed(versions):
            if not waiting:
                break
            for name, is_stale in _compare_sealed(library, version, region, source, translation):
                if name in waiting:
                    waiting.remove(name)
                    found.update({name} if is_stale else ())
    return frozenset(found)


def _compare_sealed(
    library: Library, version: Version, region: str, source: WorkingText, translation: WorkingText
) -> Iterator[tuple[str, bool]]:
    """Each section that a version has in translation, and whether only its source says something else now.

    Both are filled with the facts of that version, so that words are compared and not facts. What was shown in the
    source's words then says nothing: an older version may.
    """
    before = [version.editions.get((region, locale)) for locale in (source.locale, translation.locale)]
    if before[0] is None or before[1] is None:
        return
    now = [_fill_as_sealed(library, version, region, working) for working in (source, translation)]
    if now[0] is None or now[1] is None:
        return
    if now[0] == before[0].text:
        source_before, source_now = {}, {}
    else:
        source_before, source_now = hash_sections(before[0].text), hash_sections(now[0])
    ours = hash_sections(now[1])
    for section in split_sections(before[1].text):
        if section.text and section.is_in(translation.locale):
            is_same = ours.get(section.id) == section.sha256
            yield section.id, is_same and source_now.get(section.id) != source_before.get(section.id)


def _fill_as_sealed(library: Library, version: Version, region: str, working: WorkingText) -> str | None:
    """A working text with the facts that a version was sealed with; None where it names others."""
    notice = library.notices[version.notice]
    facts = gather_facts(library, notice, version.regions[region], working.locale, version.day)
    composed = compose_text(working, facts)
    return None if composed.problems else composed.text
