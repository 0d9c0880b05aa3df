"""A comparison that leaves the house: a Word file with tracked changes, a page that stands alone, plain data."""

from __future__ import annotations

from noticepress.handouts.handout import Handout
from noticepress.handouts.naming import describe_sides
from noticepress.handouts.page import write_page, write_parallel_page
from noticepress.handouts.parallel import describe_parallel
from noticepress.handouts.word import write_docx

__all__ = [
    "Handout",
    "describe_parallel",
    "describe_sides",
    "write_docx",
    "write_page",
    "write_parallel_page",
]
