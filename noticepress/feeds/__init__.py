"""Feeds of changes: who subscribes learns of each edition that says something new, once.

docs/feeds.md tells the rules to those who subscribe.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from noticepress.feeds.entries import Entry, find_entries
from noticepress.feeds.paging import Feed, FeedPage, name_page, plan_feeds, split_pages
from noticepress.feeds.render import render_atom, render_json_feed
from noticepress.manifest import Lines
from noticepress.model import Settings

__all__ = [
    "Entry",
    "Feed",
    "FeedPage",
    "feed_files",
    "find_entries",
    "plan_feeds",
    "render_atom",
    "render_json_feed",
    "split_pages",
]


def feed_files(lines: Lines, settings: Settings) -> Iterator[tuple[str, bytes]]:
    """Every feed file of a site: its path and what it holds."""
    for feed in plan_feeds(lines, settings):
        for page in split_pages(feed):
            data = json.dumps(render_json_feed(page, settings), ensure_ascii=False)
            yield feed.folder + name_page(page.number, "atom"), render_atom(page, settings).encode()
            yield feed.folder + name_page(page.number, "json"), f"{data}\n".encode()
