"""The short versions that authors write of their sections: found, and put where they stand for every reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

from noticepress.blocks import Block, Span

SHORT_KINDS = frozenset({"quote", "paragraph", "list"})
"""What a short version may be, where it is a block of its own."""


def mark_summaries(document: Block, parse: Callable[[str], Block]) -> Block:
    """The document with the short version of each section marked as such, by the attribute `summary` of its block.

    A heading says `{#security summary}` where the block under it is the short version, or `{#security summary="…"}`
    where it holds the words itself: they become a quotation under it, so that whoever reads blocks reads them too.
    """
    if not any("summary" in block.attributes for block in document.children):
        return document
    children: list[Block] = []
    waits = False
    for block in document.children:
        if waits and block.kind in SHORT_KINDS:
            children.append(replace(block, attributes=MappingProxyType({**block.attributes, "summary": "true"})))
        else:
            children.append(block)
        written = block.attributes.get("summary") if block.kind == "heading" else None
        waits = written == ""
        if written and written.strip():
            children.append(_write_summary(block, parse(written)))
    return replace(document, children=tuple(children))


def _write_summary(heading: Block, words: Block) -> Block:
    """A heading's own words as the block that they become; what would be more than a paragraph is taken as written."""
    is_plain = len(words.children) == 1 and words.children[0].kind == "paragraph"
    spans = words.children[0].spans if is_plain else (Span(heading.attributes["summary"]),)
    line, column, end = heading.line, heading.column, heading.end_line
    told = tuple(replace(span, line=line, column=column) for span in spans)
    paragraph = Block("paragraph", spans=told, line=line, column=column, end_line=end)
    attributes = MappingProxyType({"summary": "true"})
    return Block("quote", attributes=attributes, children=(paragraph,), line=line, column=column, end_line=end)
