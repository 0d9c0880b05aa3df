"""A translation that lacks sections, made whole with the source's: in its words, marked with its language."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from noticepress.blocks import Block, title_heading
from noticepress.markdown import parse
from noticepress.model import WorkingText
from noticepress.placeholders import Composed
from noticepress.written import WrittenSection, find_words_line, split_sections

_CLOSING_MARKS = re.compile(r"(?<![ \t])[ \t]+#+[ \t]*$")


def borrow_sections(translation: Composed, source: Composed, outdated: Collection[str]) -> Composed | None:
    """The translation in the source's order, its outdated sections in the source's words under a heading with `lang`.

    None where that would say something else than the two texts do, such as where one needs a footnote of the other,
    and where nothing of the translation is left: then the source's text as a whole is what readers are given.
    """
    locale = source.working.locale
    ours = {section.id: section for section in split_sections(translation.text) if section.text}
    kept = {
        name for name, section in ours.items() if name not in outdated and section.is_in(translation.working.locale)
    }
    rows: list[tuple[str, int, bool]] = []
    for theirs in split_sections(source.text):
        own = theirs.id in kept
        section, origin = (ours[theirs.id], translation) if own else (theirs, source)
        text = section.raw.rstrip() if own else mark_language(section, locale)
        lines = [*text.split("\n"), ""] if text else []
        last = len(origin.lines)
        rows += [(line, origin.lines[min(section.line + at, last) - 1], not own) for at, line in enumerate(lines)]
    while rows and not rows[-1][0]:
        rows.pop()
    mixed = Composed(
        "\n".join(line for line, _, _ in rows) + "\n",
        tuple(origin for _, origin, _ in rows) or (1,),
        translation.problems,
        translation.working,
        borrowed=_list_borrowed(rows, source.working),
    )
    return mixed if kept and _says_the_same(mixed, translation, source, kept) else None


def _list_borrowed(rows: list[tuple[str, int, bool]], working: WorkingText) -> dict[int, WorkingText]:
    return {number: working for number, (_, _, is_borrowed) in enumerate(rows, start=1) if is_borrowed}


def mark_language(section: WrittenSection, locale: str) -> str:
    """A section as it is written, its heading saying which language it is in; as it is where it has no heading."""
    text = section.raw.rstrip()
    if section.heading is None or "lang" in section.heading.attributes:
        return text
    lines = text.split("\n")
    place = find_words_line(section.heading) - section.line
    line = lines[place].rstrip()
    if section.attributes:
        lines[place] = f'{line.removesuffix("}").rstrip()} lang="{locale}"}}'
    else:
        lines[place] = f'{_CLOSING_MARKS.sub("", line)} {{lang="{locale}"}}'
    return "\n".join(lines)


def _says_the_same(mixed: Composed, translation: Composed, source: Composed, kept: Collection[str]) -> bool:
    """Whether each section reads as in the text it was taken from, and the borrowed ones tell their language."""
    now, ours, theirs = (_group_blocks(parse(text.text)) for text in (mixed, translation, source))
    if list(now) != list(theirs):
        return False
    notes = [block.attributes["label"].casefold() for blocks in now.values() for block in _find_footnotes(blocks)]
    if len(notes) != len(set(notes)):
        return False
    for name, blocks in now.items():
        before = (ours if name in kept else theirs)[name]
        if list(map(_describe, blocks)) != list(map(_describe, before)):
            return False
        if name not in kept and not all(block.attributes.get("lang") for block in blocks):
            return False
    return True


def _group_blocks(document: Block) -> dict[str, list[Block]]:
    """The blocks of each section with its heading; the title is among those of the first."""
    title = title_heading(document)
    groups: dict[str, list[Block]] = {}
    name = ""
    for block in document.children:
        if block.kind == "heading" and block is not title:
            name = block.id
        groups.setdefault(name, []).append(block)
    return groups


def _find_footnotes(blocks: list[Block]) -> Iterator[Block]:
    return (block for block in blocks if block.kind == "footnote")


def _describe(block: Block) -> Any:  # noqa: ANN401 - whatever two blocks that say the same have in common
    """What a block says, wherever it stands: footnotes by their labels, which outlive their numbers."""
    attributes = {key: value for key, value in block.attributes.items() if key not in {"lang", "dir", "number"}}
    spans = [("" if s.footnote else s.text, s.marks, s.footnote, s.image, s.html, s.hard_break) for s in block.spans]
    return block.kind, block.level, block.id, attributes, spans, list(map(_describe, block.children))
