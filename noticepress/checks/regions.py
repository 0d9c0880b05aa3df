"""Regions: a partition of the world, each part with someone who answers for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from noticepress.compose import draft_day
from noticepress.errors import Problem
from noticepress.model import AsOf, Library
from noticepress.territories import check_regions


def find_region_problems(library: Library, as_of: AsOf) -> Iterator[Problem]:
    """Overlaps, gaps and unclear answers on the day of the run and on the day of each version being prepared."""
    today = as_of.astimezone(UTC).date() if isinstance(as_of, datetime) else as_of
    days: dict[date, None] = dict.fromkeys(
        [today, *(draft_day(library, notice, as_of) for notice in library.next_versions)]
    )
    for day in days:
        yield from check_regions(library.regions, library.entities, day)
