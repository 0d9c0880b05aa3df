"""What a reader takes in as one stretch of words: paragraphs, items, cells, headings, each word with its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from noticepress.blocks import Block, Section, Span, title_heading
from noticepress.checks.desk import Desk
from noticepress.compose import Composed, Draft
from noticepress.errors import Source
from noticepress.markdown import parse, read_sections

OMITTED = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands, as often as it is long, for what is shown but is no prose: code, raw HTML."""

UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
"""A character of a script that is written without spaces."""

_WORD = re.compile(r"[^\W_]\S*")
"""What is left of a word from its first letter or digit on: one for each word that has any."""

_PROSE = frozenset({"paragraph", "heading", "cell"})


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of one leaf of a text.

    `text` is what is read: a soft break is a space, a hard one a line feed, footnote numbers are left out.
    `pieces` say at which offset each span begins and where that is. `section` is what it stands in, with its parents,
    innermost first; none before the first heading. `within` are the kinds of the blocks around it, outermost first.
    """

    block: Block
    text: str
    pieces: tuple[tuple[int, Span], ...]
    section: tuple[Section, ...] = ()
    within: tuple[str, ...] = ()

    @property
    def is_prose(self) -> bool:
        """Whether it is a paragraph of the text itself: in no list, table or quotation."""
        return self.block.kind == "paragraph" and not self.within

    def find_span(self, offset: int) -> Span:
        """The span that the character at an offset belongs to."""
        return self.pieces[max(bisect_right(self.pieces, offset, key=lambda piece: piece[0]) - 1, 0)][1]

    def locate(self, composed: Composed, offset: int, words: str) -> Source:
        """The place in the working text of words that begin at an offset."""
        start, span = self.pieces[max(bisect_right(self.pieces, offset, key=lambda piece: piece[0]) - 1, 0)]
        line = span.line + span.text.count("\n", 0, offset - start)
        feed = span.text.rfind("\n", 0, offset - start)
        column = offset - start - feed if line != span.line else offset - start + span.column
        written = _read_line(composed.text, line)
        found = written.find(words.split("\n", maxsplit=1)[0], max(column - 1, 0))
        return composed.source(line, found + 1 if found >= 0 else column)


def count_words(text: str) -> int:
    """How many words a reader counts; in scripts without spaces, what says as much."""
    bare, unspaced = (text, 0) if text.isascii() else UNSPACED.subn(" ", text)
    return len(_WORD.findall(bare)) + round(unspaced / 2.5)


@lru_cache(maxsize=8)
def _split_lines(text: str) -> list[str]:
    return text.split("\n")


def _read_line(text: str, line: int) -> str:
    return "".join(_split_lines(text)[line - 1 : line])


@lru_cache(maxsize=1024)
def list_passages(text: str) -> tuple[Passage, ...]:
    """Every passage of a text, in reading order, its headings and its title too."""
    document = parse(text)
    found: list[Passage] = []
    named = title_heading(document)
    above: dict[str, Section] = {}
    for section in read_sections(text):
        around = [section]
        while parent := above.get(around[-1].parent):
            around.append(parent)
        if section.heading:
            above[section.id] = section
        place = tuple(around) if section.heading else ()
        for block in (section.heading, *section.blocks):
            if block:
                found.extend(_read_passages(block, place, ()))
    if named:
        found.extend(_read_passages(named, (), ()))
    return tuple(sorted(found, key=lambda passage: (passage.block.line, passage.block.column)))


def _read_passages(block: Block, section: tuple[Section, ...], within: tuple[str, ...]) -> Iterator[Passage]:
    if block.kind in _PROSE and block.spans:
        text: list[str] = []
        pieces: list[tuple[int, Span]] = []
        offset = 0
        for span in block.spans:
            words = _read_span(span)
            pieces.append((offset, span))
            text.append(words)
            offset += len(words)
        yield Passage(block, "".join(text), tuple(pieces), section, within)
    for child in block.children:
        yield from _read_passages(child, section, (*within, block.kind))


def _read_span(span: Span) -> str:
    if span.footnote:
        return ""
    if span.hard_break:
        return "\n"
    if span.code or span.html:
        return OMITTED * len(span.text)
    return span.text.replace("\n", " ")


def read_texts(desk: Desk) -> Iterator[tuple[Draft, Composed, tuple[Passage, ...]]]:
    """The passages of every text, edition after edition; not those with a gap, of which FE05 tells."""
    for draft, _, _, composed in desk.composed_texts():
        passages = list_passages(composed.text)
        if composed.problems:
            passages = tuple(passage for passage in passages if not _has_gap(passage, composed))
        yield draft, composed, passages


def _has_gap(passage: Passage, composed: Composed) -> bool:
    """Whether a placeholder in a passage could not be filled in."""
    gaps = {problem.source.line for problem in composed.problems}
    lines = range(passage.block.line, max(passage.block.end_line, passage.block.line + 1))
    return any(composed.source(line).line in gaps for line in lines)


def find_language(composed: Composed) -> str:
    """The language of a text, without script and country."""
    return composed.working.locale.partition("-")[0]
