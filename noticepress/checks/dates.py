"""Dates and versions: the order of dates, and dates written out in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache

from noticepress.checks.check import check
from noticepress.checks.desk import Desk
from noticepress.errors import Problem, Source
from noticepress.history import local_day
from noticepress.localize import month_names
from noticepress.model import NextVersion

_NO_PROSE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#[^}\n]*\}|\]\([^)\n]*\)", re.DOTALL)


@check(
    "DV02",
    "error",
    why="People are told before a notice applies, and one version applies at a time.",
    wrong="effective: 2026-03-01 with announced: 2026-03-05",
    right="effective: 2026-04-10 with announced: 2026-03-05",
)
def find_disordered_dates(desk: Desk) -> Iterator[Problem]:
    """An announcement after the effective date, or versions that do not follow one another."""
    for notice, following in desk.library.next_versions.items():
        day = _find_announced_day(desk, following)
        if day and day > following.effective:
            told = f"effective {following.effective} is before announced {day}"
            yield Problem("DV02", following.source, told, "announce first: choose a later effective date")
        sealed = desk.library.versions.get(notice, ())
        if sealed and sealed[-1].day >= following.effective:
            told = f"effective {following.effective} is not after {sealed[-1].day}, the newest version"
            yield Problem("DV02", following.source, told, "choose a later date: versions follow one another")


def _find_announced_day(desk: Desk, following: NextVersion) -> date | None:
    """The day of an announcement as the calendars of its regions have it: the latest of them."""
    if not isinstance(following.announced, datetime):
        return following.announced
    draft = desk.drafts.get(following.notice)
    regions = draft.version.regions.values() if draft else ()
    zones = [region.effective.zone for region in regions if region.effective] or [desk.library.settings.zone]
    return max(local_day(following.announced, zone) for zone in zones)


@check(
    "DV01",
    "error",
    why="It goes stale, and is not written as the other languages write dates.",
    wrong="Effective 9th March 2012",
    right="Effective {{ version.effective | date }}",
)
def find_literal_dates(desk: Desk) -> Iterator[Problem]:
    """A date that is written out in a working text."""
    for working in desk.working_texts():
        pattern = _make_date_pattern(working.locale)
        bare = _NO_PROSE.sub(lambda found: re.sub(r"[^\n]", "\0", found[0]), working.text)
        for number, line in enumerate(bare.split("\n"), 1):
            for found in pattern.finditer(line):
                source = Source(working.path, number, found.start() + 1)
                hint = "set the date in next.yml and use {{ version.effective | date }}"
                yield Problem("DV01", source, f"a date is written out: {found[0]!r}", hint, "warning")


@cache
def _make_date_pattern(locale: str) -> re.Pattern[str]:
    """Dates as the locale and English write them, and as programs do."""
    names = sorted({*month_names(locale), *month_names("en")}, key=len, reverse=True)
    months = "|".join(re.escape(name) for name in names)
    return re.compile(
        r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)|(?<!\d)\d{4}年\s?\d{1,2}月\s?\d{1,2}日"
        rf"|(?<!\d)\d{{1,2}}(?:st|nd|rd|th|\.)?\s(?:of\s|de\s)?(?:{months})\.?,?\s(?:de\s|del\s)?\d{{4}}(?!\d)"
        rf"|\b(?:{months})\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}(?!\d)",
        re.IGNORECASE,
    )
