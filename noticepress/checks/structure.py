"""Structure: headings, ids, and markup that has no place in a notice."""

from __future__ import annotations

from collections.abc import Iterator

from noticepress.checks.desk import Desk
from noticepress.compose import Composed
from noticepress.errors import Problem
from noticepress.markdown import parse, sections, walk_blocks


def find_structure_faults(desk: Desk) -> Iterator[Problem]:
    """Sections without an id of their own or with another's, skipped heading levels, raw HTML, no text at all."""
    seen: set[Problem] = set()
    for _, _, _, composed in desk.composed_texts():
        for problem in _judge_structure(composed):
            if problem not in seen:
                seen.add(problem)
                yield problem


def _judge_structure(composed: Composed) -> Iterator[Problem]:
    document = parse(composed.text)
    if not document.children:
        yield Problem("AX01", composed.source(1), "the text is empty", "write the notice")
        return
    written: dict[str, int] = {}
    level = 1
    for section in sections(document):
        if not section.level or section.heading is None:
            continue
        place = composed.source(section.line, section.column)
        if not section.title:
            yield Problem("AX01", place, "a heading without words", "write the heading")
        explicit = section.heading.explicit_id
        if not explicit:
            hint = f"add {{#{section.id}}} after the heading, the same in every language"
            yield Problem("AX01", place, f"section {section.title!r} has no id of its own", hint, "warning")
        elif explicit in written:
            told = f"id #{explicit} is already used on line {composed.source(written[explicit]).line}"
            yield Problem("TR03", place, told, "give each section an id of its own")
        elif not explicit.isascii() or explicit.startswith("np-") or any(not (c.isalnum() or c in "-_.") for c in explicit):
            yield Problem("AX01", place, f"id {explicit!r} cannot stand in an address", "use small letters, digits and hyphens")
        else:
            written[explicit] = section.line
        if section.level > level + 1:
            told = f"a heading of level {section.level} follows one of level {level}"
            yield Problem("AX01", place, told, f"use {'#' * (level + 1)}", "warning")
        level = section.level
    for block in walk_blocks(document):
        if block.kind == "html" or any(span.html for span in block.spans):
            yield Problem("AX01", composed.source(block.line, block.column), "raw HTML is shown as text", "write Markdown", "warning")
        for span in block.spans:
            if span.image:
                told = f"an image from {span.image!r} is not loaded: a notice page asks no other host"
                yield Problem("LC05", composed.source(span.line, span.column), told, "describe it in words", "warning")
