"""The redline for readers: the text with its changes marked, and what the page says about them."""

from __future__ import annotations

from noticepress.marking.facts import ChangedFact, list_changed_facts
from noticepress.marking.page import render_flat, render_page
from noticepress.marking.summary import Line, Summary, summarize
from noticepress.marking.words import Words, find_words

__all__ = [
    "ChangedFact",
    "Line",
    "Summary",
    "Words",
    "find_words",
    "list_changed_facts",
    "render_flat",
    "render_page",
    "summarize",
]
