"""CommonMark with tables, footnotes, strikethrough and heading attributes, read into blocks or straight into safe HTML.

The only importer of the Markdown parser (decision 0002).
"""

from __future__ import annotations

from noticepress.blocks import Block, Mark, Section, Span, headings, plain_text, sections, title, walk_blocks
from noticepress.markdown.native import render_html
from noticepress.markdown.reader import drop_front_matter, links, parse, read_sections

__all__ = [
    "Block",
    "Mark",
    "Section",
    "Span",
    "drop_front_matter",
    "headings",
    "links",
    "parse",
    "plain_text",
    "read_sections",
    "render_html",
    "sections",
    "title",
    "walk_blocks",
]
