"""Feeds as programs read them, and versions that make their entries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from noticepress.feeds import feed_files
from noticepress.feeds.render import HISTORY_NAMESPACE, NAMESPACE
from noticepress.model import Settings, Version
from tests.factories import make_lines, make_settings, make_version

NAMES = {"atom": "http://www.w3.org/2005/Atom", "np": NAMESPACE, "fh": HISTORY_NAMESPACE}
SITE = "https://privacy.acme.example/"
KNOWN = datetime(2012, 2, 8, 10, tzinfo=UTC)

BOTH = {"us": {"en": "US 1\n", "de": "US eins\n"}, "eu": {"en": "EU 1\n", "de": "EU eins\n"}}
ONE_CHANGED = {"us": {"en": "US 2\n", "de": "US eins\n"}, "eu": {"en": "EU 1\n", "de": "EU eins\n"}}


def read_feeds(versions: Sequence[Version], settings: Settings | None = None) -> dict[str, bytes]:
    return dict(feed_files(make_lines(versions), settings or make_settings()))


def make_history(count: int, *, announced: bool = False) -> list[Version]:
    """So many versions, a day apart, each with other words."""
    days = [date(2012, 1, 1) + timedelta(days=number) for number in range(count)]
    return [
        make_version(
            day.isoformat(), announced=datetime(day.year, day.month, day.day, tzinfo=UTC) if announced else None
        )
        for day in days
    ]
