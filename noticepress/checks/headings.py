"""Headings of a text: their levels and ids, and paragraphs that only look like headings."""

# ruff: noqa: RUF001 - signs that resemble others are what readers of many languages write

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from noticepress.blocks import Block, Section, Span, join_spans
from noticepress.checks.passages import count_words, list_passages
from noticepress.compose import Composed
from noticepress.errors import Problem, Severity
from noticepress.markdown import parse, read_sections

_GOOD_ID = re.compile(r"(?!np-)[A-Za-z0-9_.-]+")

LONG = 300
"""Words that are too many for one heading."""

_FINAL = frozenset(".!?:;,…。！？：；、،؟؛۔।")
_MOST_WORDS = 8
_MOST_CHARACTERS = 60
_LEAST_PROSE = 12
"""Words that make prose of what follows a heading."""


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Words that look like a heading and are none: where they begin, and how they are dressed up."""

    words: str
    line: int
    column: int
    is_bold: bool = False
    is_glued: bool = False


def judge_outline(composed: Composed, severity: Severity) -> Iterator[Problem]:
    """Faults of the outline: no or one heading over a long text, several titles, skipped levels, no words."""
    document = parse(composed.text)
    found = [block for block in document.children if block.kind == "heading"]
    words = 0 if found[1:] else sum(count_words(passage.text) for passage in list_passages(composed.text))
    if words > LONG:
        place = composed.source(found[0].line, found[0].column) if found else composed.source(1)
        told = f"{'one heading' if found else 'no heading'} in a text of {words:,} words"
        yield Problem("AX01", place, told, "give each matter a heading: ## What we collect {#data}", severity)
    level, titled = 1, 0
    for block in found:
        if not join_spans(block.spans):
            place = composed.source(block.line, block.column)
            yield Problem("AX01", place, "a heading without words", "write the heading", severity)
        if block.level > level + 1:
            place = composed.source(block.line, block.column)
            told = f"a heading of level {block.level} follows one of level {level}"
            yield Problem("AX01", place, told, f"use {'#' * (level + 1)}", severity)
        if block.level == 1 and titled:
            place = composed.source(block.line, block.column)
            told = f"a second title; the first is on line {composed.source(titled).line}"
            yield Problem("AX01", place, told, "use ## for sections", severity)
        if block.level == 1:
            titled = titled or block.line
        level = block.level


def judge_ids(composed: Composed) -> Iterator[Problem]:
    """Sections without an id of their own, ids that no address can hold, ids that are used twice."""
    lines: dict[str, int] = {}
    for section in _list_headed(composed):
        place = composed.source(section.line, section.column)
        written = section.heading.explicit_id if section.heading else ""
        if not written:
            hint = f"add {{#{section.id}}} after the heading, the same in every language"
            yield Problem("AX01", place, f"section {section.title!r} has no id of its own", hint, "warning")
        elif not _GOOD_ID.fullmatch(written):
            told = f"id {written!r} cannot stand in an address"
            yield Problem("AX01", place, told, "use small letters, digits and hyphens")
        elif written in lines:
            told = f"id #{written} is already used on line {lines[written]}"
            yield Problem("TR03", place, told, "give each section an id of its own")
        lines.setdefault(written, place.line)


def _list_headed(composed: Composed) -> list[Section]:
    return [section for section in read_sections(composed.text) if section.heading]


def judge_look_alikes(composed: Composed, names: frozenset[str]) -> Iterator[Problem]:
    """Paragraphs that look like headings; `names` are those of companies, which stand alone in addresses."""
    for found in find_look_alikes(parse(composed.text)):
        if found.words in names:
            continue
        place = composed.source(found.line, found.column)
        if found.is_glued:
            told = f"{found.words!r} looks like a heading, glued to a paragraph by a line break"
        elif found.is_bold:
            told = f"{found.words!r} is bold and looks like a heading"
        else:
            told = f"{found.words!r} looks like a heading"
        yield Problem("AX01", place, told, f"write it as one: ## {found.words} {{#…}}", "warning")


def find_look_alikes(document: Block) -> Iterator[LookAlike]:
    """Short lines that stand over prose, in reading order. Only whole paragraphs of the text itself are looked at."""
    heads: list[LookAlike] = []
    is_over_prose = False  # whether what comes next is prose, or something that looks like a heading over prose
    for block in reversed(document.children):
        found = _read_glued(block, is_over_prose=is_over_prose) or (_read_label(block) if is_over_prose else None)
        if found:
            heads.append(found)
        if not found or found.is_glued:
            is_over_prose = block.kind in {"list", "table"} or _is_prose(block.spans, block)
    yield from reversed(heads)


def _is_prose(spans: tuple[Span, ...], block: Block) -> bool:
    return block.kind == "paragraph" and count_words(join_spans(spans)) >= _LEAST_PROSE


def _read_label(block: Block) -> LookAlike | None:
    """A paragraph of a few words that all look like a heading."""
    if block.kind != "paragraph" or any(span.link or span.hard_break for span in block.spans):
        return None
    words, is_bold = join_spans(block.spans), _are_strong(block.spans)
    return LookAlike(words, block.line, block.column, is_bold=is_bold) if _is_label(words, is_bold=is_bold) else None


def _read_glued(block: Block, *, is_over_prose: bool) -> LookAlike | None:
    """The heading that a hard break glues to the prose before it, or in bold to its own."""
    breaks = [place for place, span in enumerate(block.spans) if span.hard_break]
    if not breaks or block.kind != "paragraph":
        return None
    first, rest = block.spans[: breaks[0]], block.spans[breaks[0] + 1 :]
    words = join_spans(first)
    if _is_prose(rest, block) and _are_strong(first) and _is_label(words, is_bold=True):
        return LookAlike(words, block.line, block.column, is_bold=True, is_glued=True)
    prose, last = block.spans[: breaks[-1]], block.spans[breaks[-1] + 1 :]
    words = join_spans(last)
    is_label = _is_label(words) and not any(span.link for span in last)
    if is_over_prose and is_label and _is_prose(prose, block) and join_spans(prose)[-1:] in _FINAL:
        line, column = _find_start(last[0])
        return LookAlike(words, line, column, is_glued=True)
    return None


def _find_start(span: Span) -> tuple[int, int]:
    """Where the words of a span begin: the line feed of a hard break can be part of it."""
    lead = span.text[: len(span.text) - len(span.text.lstrip())]
    feeds = lead.count("\n")
    return span.line + feeds, 1 if feeds else span.column + len(lead)


def _are_strong(spans: tuple[Span, ...]) -> bool:
    shown = [span.marks for span in spans if span.text.strip()]
    return bool(shown) and all(any(mark.kind == "strong" for mark in marks) for marks in shown)


def _is_label(words: str, *, is_bold: bool = False) -> bool:
    """Whether words are short enough for a heading, and end like one. Plain ones hold no figures: those are facts."""
    if not words or words[-1] in _FINAL or words[0].islower() or not any(map(str.isalpha, words)):
        return False
    is_short = count_words(words) <= _MOST_WORDS and len(words) <= _MOST_CHARACTERS
    return is_short and (is_bold or not re.search(r"[\d@:/]", words))
