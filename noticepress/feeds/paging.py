"""Which feeds a site has, and how long ones are cut into pages that stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from noticepress.feeds.entries import Entry, find_entries, order_of_entry
from noticepress.history import Line
from noticepress.localize import pick, words
from noticepress.manifest import Lines, line_path
from noticepress.model import Settings

PAGE_SIZE = 100
"""Entries on an archive page. The newest 100 to 199 are on the page that readers poll."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What one can subscribe to: `changes.atom` and `changes.json` in a folder of the site; entries newest first."""

    folder: str
    title: str
    language: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class FeedPage:
    """One file of a feed, in either format. Number 0 is what readers poll; archives count from 1, the oldest.

    `older` is the number of the archive that follows, 0 where there is none.
    """

    feed: Feed
    number: int
    entries: tuple[Entry, ...]
    older: int


def plan_feeds(lines: Lines, settings: Settings) -> Iterator[Feed]:
    """The feed of all changes, then one for each line and language that visitors can see."""
    entries = find_entries(lines, settings)
    language = settings.source_locale
    name = settings.site_name or settings.organisation
    yield Feed("", words(language).gettext("{name}: changes", name=name), language, entries)
    by_edition: dict[tuple[str, str, str, str], list[Entry]] = {}
    for entry in entries:
        by_edition.setdefault((entry.notice, entry.version, entry.region, entry.locale), []).append(entry)
    for notice in sorted(lines):
        for line in lines[notice].values():
            for locale in settings.locales if line.visible else ():
                keys = ((notice, s.version.id, s.region, locale) for s in line.visible)
                found = (entry for key in keys for entry in by_edition.get(key, ()))
                own = sorted(found, key=order_of_entry, reverse=True)
                yield Feed(
                    line_path(locale, notice, line.region), _title_feed(line, locale, settings), locale, tuple(own)
                )


def _title_feed(line: Line, locale: str, settings: Settings) -> str:
    newest = line.visible[-1]
    title, _ = pick(newest.version.titles, locale, settings.source_locale)
    region, _ = pick(newest.sealed_region.names, locale, settings.source_locale)
    return words(locale).gettext("{name}: changes", name=f"{title or line.notice} · {region or line.region}")


def split_pages(feed: Feed) -> tuple[FeedPage, ...]:
    """The page that readers poll, then the archives from newest to oldest: every entry once.

    Archives are filled from the oldest entry, and only when 100 more stand before them: once written they stay.
    """
    oldest_first = feed.entries[::-1]
    count = max(0, len(oldest_first) // PAGE_SIZE - 1)
    archives = [
        FeedPage(feed, number, oldest_first[(number - 1) * PAGE_SIZE : number * PAGE_SIZE][::-1], number - 1)
        for number in range(count, 0, -1)
    ]
    return (FeedPage(feed, 0, oldest_first[count * PAGE_SIZE :][::-1], count), *archives)


def name_page(number: int, kind: str) -> str:
    """The file name of a page: `changes.json`, `changes-2.json`."""
    return f"changes-{number}.{kind}" if number else f"changes.{kind}"
