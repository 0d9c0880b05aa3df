"""Accessibility: headings, languages, redlines and the theme, for everyone and every program that reads aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator

from noticepress.checks.check import check
from noticepress.checks.desk import Desk
from noticepress.compose import Composed
from noticepress.errors import Problem
from noticepress.markdown import Block, Section, parse, sections, walk_blocks

_GOOD_ID = re.compile(r"(?!np-)[A-Za-z0-9_.-]+")


@check(
    "AX01",
    "error",
    why="Readers find their way by headings and cite sections by their ids, screen readers first of all.",
    wrong="**Your rights**",
    right="## Your rights {#rights}",
)
def find_heading_faults(desk: Desk) -> Iterator[Problem]:
    """A text or heading without words, a heading without an id of its own or of a skipped level, raw HTML."""
    for _, _, _, composed in desk.composed_texts():
        document = parse(composed.text)
        headed = [section for section in sections(document) if section.heading]
        if not document.children:
            yield Problem("AX01", composed.source(1), "the text is empty", "write the notice")
        yield from _judge_headings(composed, headed)
        yield from _judge_ids(composed, headed)
        yield from _judge_markup(composed, document)


def _judge_headings(composed: Composed, headed: list[Section]) -> Iterator[Problem]:
    level = 1
    for section in headed:
        place = composed.source(section.line, section.column)
        if not section.title:
            yield Problem("AX01", place, "a heading without words", "write the heading")
        if section.level > level + 1:
            told = f"a heading of level {section.level} follows one of level {level}"
            yield Problem("AX01", place, told, f"use {'#' * (level + 1)}", "warning")
        level = section.level


def _judge_ids(composed: Composed, headed: list[Section]) -> Iterator[Problem]:
    lines: dict[str, int] = {}
    for section in headed:
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


def _judge_markup(composed: Composed, document: Block) -> Iterator[Problem]:
    for block in walk_blocks(document):
        if block.kind == "html" or any(span.html for span in block.spans):
            place = composed.source(block.line, block.column)
            yield Problem("AX01", place, "raw HTML is shown as text", "write Markdown", "warning")
