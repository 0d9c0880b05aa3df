"""A redline told in words: for a terminal or a mail, and in Markdown for a review."""

from __future__ import annotations

from noticepress.redlines.marked import mark_redline
from noticepress.redlines.parallel import Row, list_paragraphs, pair_sections, tell_parallel
from noticepress.redlines.passages import gather_sections
from noticepress.redlines.terminal import count_sections, tell_redline
from noticepress.redlines.widths import fill

__all__ = [
    "Row",
    "count_sections",
    "fill",
    "gather_sections",
    "list_paragraphs",
    "mark_redline",
    "pair_sections",
    "tell_parallel",
    "tell_redline",
]
