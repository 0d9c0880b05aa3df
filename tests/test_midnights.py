"""Days that do not begin at midnight: states turn at their first instant; no page tells of a time that never was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from noticepress.feeds import feed_files
from noticepress.history import Line, first_instant, trace_line
from noticepress.localize import words
from noticepress.model import AsOf, ChangeRecord, Version, Withdrawal
from noticepress.pages import View, make_environment, plan_pages, render_page
from tests.factories import chain_versions, make_library, make_lines, make_settings, make_version

ROOT = Path(__file__).parent.parent
TEMPLATES = make_environment([ROOT / "templates" / "pages"])
SECOND = timedelta(seconds=1)
LOCALES = ("en", "es", "de", "ja")

MIDNIGHTS = [
    ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"),
    ("Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z"),
    ("Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00Z"),
    ("America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z"),
    ("Europe/Madrid", "2026-03-01", "2026-02-28T23:00:00Z"),
]
"""A zone, a day, and its first instant: 01:00 on the clocks of all but the last."""

on_odd_days = pytest.mark.parametrize(("zone", "day", "utc"), MIDNIGHTS, ids=[zone for zone, _, _ in MIDNIGHTS])


def make_pair(zone: str, day: str, *, days_ahead: int = 10) -> tuple[Version, Version]:
    """A version of long ago, and one that applies from a day and is announced some days ahead."""
    announced = first_instant(date.fromisoformat(day) - timedelta(days=days_ahead), zone)
    old, new = make_version("2015-01-01", zone=zone), make_version(day, zone=zone, announced=announced)
    old, new = chain_versions([old, new])
    return old, new


def trace(versions: tuple[Version, ...], as_of: AsOf) -> Line:
    return trace_line("visitors", "world", versions, as_of)


def tell(versions: tuple[Version, ...], instant: datetime) -> list[list[str]]:
    """The states a second before an instant, at it, and a second after it."""
    moments = (instant - SECOND, instant, instant + SECOND)
    return [[standing.state for standing in trace(versions, moment).standings] for moment in moments]


@on_odd_days
def test_a_version_is_in_force_from_the_first_instant_of_its_day(zone: str, day: str, utc: str) -> None:
    versions = make_pair(zone, day)
    start = datetime.fromisoformat(utc)
    assert tell(versions, start) == [["in-force", "announced"], ["superseded", "in-force"], ["superseded", "in-force"]]
    own = date.fromisoformat(day)
    assert [standing.state for standing in trace(versions, own).standings] == ["superseded", "in-force"]
    eve = own - timedelta(days=1)
    assert [standing.state for standing in trace(versions, eve).standings] == ["in-force", "announced"]


@on_odd_days
def test_an_announcement_begins_with_the_first_instant_of_its_day(zone: str, day: str, utc: str) -> None:
    later = (date.fromisoformat(day) + timedelta(days=30)).isoformat()
    versions = make_pair(zone, later, days_ahead=30)
    assert versions[1].announced == datetime.fromisoformat(utc)
    assert tell(versions, datetime.fromisoformat(utc)) == [
        ["in-force", "adopted"],
        ["in-force", "announced"],
        ["in-force", "announced"],
    ]


@on_odd_days
def test_a_version_can_be_withdrawn_until_the_last_second_before_its_day(zone: str, day: str, utc: str) -> None:
    old, new = make_pair(zone, day)
    start = datetime.fromisoformat(utc)
    cancelled = replace(new, withdrawn=Withdrawal(start - SECOND, {"en": "No."}))
    assert tell((old, cancelled), start) == [["in-force", "withdrawn"]] * 3
    assert tell((old, cancelled), start - SECOND)[0] == ["in-force", "announced"]


@on_odd_days
def test_a_revision_takes_the_place_at_its_instant_and_not_before(zone: str, day: str, utc: str) -> None:
    old = make_version("2015-01-01", zone=zone)
    start = datetime.fromisoformat(utc)
    revision = make_version("2015-01-01.1", zone=zone, announced=first_instant(date.fromisoformat(day), zone))
    assert tell((old, revision), start) == [
        ["in-force", "adopted"],
        ["corrected", "in-force"],
        ["corrected", "in-force"],
    ]


@on_odd_days
def test_no_page_and_no_feed_speaks_of_a_midnight_that_never_was(zone: str, day: str, utc: str) -> None:
    texts = {"world": {locale: f"# {locale}\n" for locale in LOCALES}}
    first = make_version("2015-01-01", {"world": dict.fromkeys(LOCALES, "# Old\n")}, zone=zone)
    second = make_version(day, texts, zone=zone, announced=datetime.fromisoformat(utc) - timedelta(days=3))
    versions = chain_versions([first, second])
    for as_of in (datetime.fromisoformat(utc) - SECOND, datetime.fromisoformat(utc)):
        settings = make_settings(locales=LOCALES)
        lines = make_lines(versions, as_of)
        view = View(make_library(versions, settings), lines, as_of, TEMPLATES)
        pages = [
            render_page(page, view).body for page in plan_pages(view) if day in page.path and "compare" not in page.path
        ]
        told = "\n".join(
            [*pages, *(content.decode() for _, content in feed_files({k: dict(v) for k, v in lines.items()}, settings))]
        )
        assert pages
        expected = "00:00" if zone == "Europe/Madrid" else "01:00"
        clock = first_instant(date.fromisoformat(day), zone).isoformat()
        assert expected in told
        assert f"{day}T{expected}:00" in told
        assert clock in told or clock.replace("+00:00", "Z") in told
        if zone != "Europe/Madrid":
            assert f"{day}T00:00" not in told
            assert all("00:00, " not in page for page in pages)


# ---- a roll-back


def test_a_roll_back_is_a_new_version_and_the_old_one_never_comes_back() -> None:
    words_before, words_after = (
        {"world": {"en": f"# Privacy\n\nWe keep it {time}.\n"}} for time in ("a year", "a day")
    )
    first, second, third = chain_versions(
        [
            make_version("2024-01-01", words_before),
            make_version("2024-06-01", words_after),
            make_version("2024-09-01", words_before),
        ]
    )
    line = trace((first, second, third), date(2024, 10, 1))
    assert [standing.state for standing in line.standings] == ["superseded", "superseded", "in-force"]
    assert line.standings[2].predecessor == (second, "world")
    assert line.standings[2].is_changed("en")
    view = View(make_library([first, second, third]), make_lines([first, second, third]), date(2024, 10, 1), TEMPLATES)
    pages = {page.path: page for page in plan_pages(view)}
    redline = render_page(pages["en/visitors/world/compare/2024-06-01/2024-09-01/"], view).body
    assert "<del" in redline
    assert "<ins" in redline
    same = render_page(pages["en/visitors/world/compare/2024-01-01/2024-09-01/"], view).body
    assert "word for word" in same


# ---- what holds for older data


@pytest.mark.parametrize(
    ("applies_to", "consent", "told"),
    [
        ("new-data", "", "For data we collected before {date}, version {version} continues to apply unless you agree."),
        ("existing-data", "", "It applies to data we collected before {date} too."),
        ("existing-data", "a form", "It applies to data we collected before {date} too, if you consent."),
    ],
)
@pytest.mark.parametrize("locale", [*LOCALES, "ar"])
def test_a_page_says_what_holds_for_older_data(locale: str, applies_to: str, consent: str, told: str) -> None:
    locales = ("en", locale) if locale != "en" else ("en", "de")
    record = ChangeRecord("material", applies_to=applies_to, consent=consent)
    old, new = (
        make_version(day, {"world": dict.fromkeys(locales, f"# {day}\n")}) for day in ("2024-01-01", "2024-06-01")
    )
    versions = chain_versions([old, replace(new, record=record)])
    as_of = datetime(2025, 6, 1, tzinfo=UTC)
    view = View(make_library(versions, make_settings(locales=locales)), make_lines(versions, as_of), as_of, TEMPLATES)
    page = next(page for page in plan_pages(view) if page.path == f"{locale}/visitors/world/")
    found = words(locale).gettext(told, date="\ue000", version="\ue000")
    body = render_page(page, view).body
    assert all(part.strip(" .") in body for part in found.split("\ue000")), found
    assert locale == "en" or found != told
