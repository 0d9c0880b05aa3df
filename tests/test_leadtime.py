"""From when on a version may apply: whole local days, region by region, and what was promised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticepress.history import first_instant
from noticepress.leadtime import (
    Lead,
    count_whole_days,
    find_leads,
    group_leads,
    list_promises,
    promises_to_tell_before,
    read_days,
)
from noticepress.model import AsOf, ChangeClass, Commitment, Library, Origin, Region, Version
from tests.factories import make_library, make_settings, make_version

TODAY = date(2026, 2, 20)
OLD = "2025-01-01"


def prepare(
    announced: datetime | None = None,
    day: str = "2026-04-01",
    zone: str = "Europe/Madrid",
    texts: Mapping[str, Mapping[str, str]] | None = None,
) -> Version:
    return make_version(day, texts, announced=announced, zone=zone, sealed=False)


def shelve(*promises: Commitment, region: Region | None = None, is_first: bool = False) -> Library:
    """A library with one sealed version that made these promises."""
    sealed = replace(make_version(OLD), commitments=promises)
    library = make_library([sealed], make_settings(locales=("en", "es")))
    found = replace(library, regions={"world": region or library.regions["world"]})
    return replace(found, versions={}) if is_first else found


def find(library: Library, draft: Version, change_class: ChangeClass = "material", as_of: AsOf = TODAY) -> Lead:
    [lead] = find_leads(library, draft, change_class, as_of)
    return lead


# ---- counting


@pytest.mark.parametrize(
    ("announced", "effective", "days"),
    [
        ("2026-03-01", "2026-04-01", 30),
        ("2026-03-01", "2026-03-02", 0),
        ("2026-03-01", "2026-03-01", -1),
        ("2028-02-28", "2028-03-01", 1),
        ("2025-12-31", "2026-01-02", 1),
    ],
)
def test_neither_the_day_of_the_announcement_nor_that_of_effect_is_counted(
    announced: str, effective: str, days: int
) -> None:
    assert count_whole_days(date.fromisoformat(announced), date.fromisoformat(effective)) == days


@given(st.dates(date(1900, 1, 1), date(2900, 1, 1)), st.integers(0, 9999))
def test_the_earliest_date_is_the_first_with_enough_whole_days(day: date, policy: int) -> None:
    earliest = day + timedelta(policy + 1)
    assert count_whole_days(day, earliest) == policy
    region = Region("world", {"en": "the world"}, ("rest",), lead_days={"material": policy})
    draft = prepare(datetime(day.year, day.month, day.day, 12, tzinfo=UTC), "2999-12-31", "UTC")
    lead = find(shelve(region=region), draft)
    assert lead.earliest == (earliest if policy else day)


def test_the_reason_says_what_was_counted_and_where() -> None:
    lead = find(shelve(), prepare(datetime(2026, 3, 1, 10, tzinfo=UTC)))
    told = "material, world: 30 whole days after 2026-03-01 (Europe/Madrid), so 2026-04-01 at the earliest"
    assert lead == Lead("world", 30, date(2026, 3, 1), date(2026, 3, 1), date(2026, 4, 1), (told,))


@pytest.mark.parametrize(
    ("change_class", "earliest"), [("material", "2026-04-01"), ("minor", "2026-03-09"), ("editorial", "2026-03-01")]
)
def test_each_class_has_its_days(change_class: ChangeClass, earliest: str) -> None:
    lead = find(shelve(), prepare(datetime(2026, 3, 1, 10, tzinfo=UTC)), change_class)
    assert lead.earliest.isoformat() == earliest


def test_a_region_may_need_other_days() -> None:
    region = Region("world", {"en": "the world"}, ("rest",), lead_days={"minor": 14})
    draft = prepare(datetime(2026, 3, 1, 10, tzinfo=UTC))
    assert find(shelve(region=region), draft, "minor").policy_days == 14
    assert find(shelve(region=region), draft, "material").policy_days == 30


def test_regions_with_the_same_days_and_dates_are_told_together() -> None:
    lead = find(shelve(), prepare(datetime(2026, 3, 1, 10, tzinfo=UTC)))
    other, longer = replace(lead, region="moon", reasons=()), replace(lead, region="mars", policy_days=31)
    assert group_leads([lead, longer, other]) == [[lead, other], [longer]]
    assert group_leads([]) == []


# ---- on whose calendar


ODD_MIDNIGHTS = [
    ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00+00:00"),
    ("Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00+00:00"),
    ("Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00+00:00"),
    ("America/Santiago", "2026-09-06", "2026-09-06T04:00:00+00:00"),
    ("Europe/Madrid", "2026-03-01", "2026-02-28T23:00:00+00:00"),
]


@pytest.mark.parametrize(("zone", "day", "first"), ODD_MIDNIGHTS)
def test_a_day_begins_where_its_clock_begins_it(zone: str, day: str, first: str) -> None:
    """Announced at the first instant of a day it is that day's; a second earlier, that of the day before."""
    begins, local = datetime.fromisoformat(first), date.fromisoformat(day)
    assert first_instant(local, zone) == begins
    for announced, counted_from in ((begins, local), (begins - timedelta(seconds=1), local - timedelta(1))):
        lead = find(shelve(), prepare(announced, "2027-01-01", zone))
        assert lead.announced == counted_from
        assert lead.earliest == counted_from + timedelta(31)


@pytest.mark.parametrize(("zone", "day", "first"), ODD_MIDNIGHTS)
def test_a_day_with_an_odd_midnight_is_a_whole_day(zone: str, day: str, first: str) -> None:
    announced = datetime.fromisoformat(first) - timedelta(days=2)
    lead = find(shelve(), prepare(announced, "2027-01-01", zone), "minor")
    local = date.fromisoformat(day)
    assert lead.earliest == lead.counted_from + timedelta(8)
    assert lead.counted_from in {local - timedelta(2), local - timedelta(3)}  # the clock went forward in between


def test_one_announcement_falls_on_the_day_that_each_region_has() -> None:
    announced = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    assert find(shelve(), prepare(announced, zone="Asia/Tokyo")).earliest == date(2026, 4, 2)
    assert find(shelve(), prepare(announced, zone="America/Los_Angeles")).earliest == date(2026, 4, 1)


# ---- what is not known, or not needed


def test_an_unknown_announcement_is_possible_today_at_the_earliest() -> None:
    lead = find(shelve(), prepare())
    assert (lead.announced, lead.counted_from, lead.earliest) == (None, TODAY, date(2026, 3, 23))
    assert "announced is not set: days are counted as if it were announced today" in lead.reasons
    late = datetime(2026, 2, 20, 23, 30, tzinfo=UTC)
    assert find(shelve(), prepare(), as_of=late).counted_from == date(2026, 2, 21)  # in Madrid


def test_no_day_counts_until_the_required_languages_are_there() -> None:
    region = Region("world", {"en": "the world"}, ("rest",), required_locales=("en", "es"))
    draft = prepare(datetime(2026, 1, 10, 10, tzinfo=UTC))
    lead = find(shelve(region=region), draft)
    assert (lead.announced, lead.counted_from, lead.earliest) == (date(2026, 1, 10), TODAY, date(2026, 3, 23))
    assert "world: no day counts until es is there" in lead.reasons
    whole = prepare(datetime(2026, 1, 10, 10, tzinfo=UTC), texts={"world": {"en": "# A\n", "es": "# A\n"}})
    assert find(shelve(region=region), whole).counted_from == date(2026, 1, 10)


def test_a_first_version_replaces_nothing_and_needs_no_days() -> None:
    lead = find(shelve(is_first=True), prepare())
    assert (lead.policy_days, lead.earliest) == (0, TODAY)
    assert "world: no version is replaced, so no days are needed" in lead.reasons


def test_a_version_taken_over_from_an_archive_needs_none() -> None:
    assert find_leads(shelve(), replace(prepare(), origin=Origin("https://archive.example/")), "material", TODAY) == ()


# ---- promises


@pytest.mark.parametrize(
    ("timing", "days", "is_before"),
    [
        ("30-days", 30, True),
        ("30 days before effect", 30, True),
        ("P30D", 30, True),
        ("p2w", 14, True),
        ("1 day", 1, True),
        ("before-effect", 0, True),
        ("before_effect", 0, True),
        ("prior", 0, True),
        ("", 0, False),
        ("unstated", 0, False),
        ("30 days after the change", 0, False),
        ("at once", 0, False),
        ("30 data points", 0, False),
    ],
)
def test_a_promise_gives_days_or_only_an_order(timing: str, days: int, *, is_before: bool) -> None:
    promise = Commitment("p", timing=timing)
    assert (read_days(promise), promises_to_tell_before(promise)) == (days, is_before)


@pytest.mark.parametrize(
    ("covers", "change_class", "is_about"),
    [
        ("material", "material", True),
        ("Material", "material", True),
        ("", "editorial", True),
        ("any", "minor", True),
        ("all", "material", True),
        ("minor", "material", False),
        ("ownership", "material", False),
    ],
)
def test_a_promise_is_about_a_class_or_about_all(covers: str, change_class: ChangeClass, *, is_about: bool) -> None:
    version = replace(make_version(OLD), commitments=(Commitment("p", covers),))
    assert bool(list(list_promises(version, change_class))) is is_about


def test_a_promise_of_more_days_holds_and_one_of_fewer_changes_nothing() -> None:
    draft = prepare(datetime(2026, 3, 1, 10, tzinfo=UTC))
    lead = find(shelve(Commitment("long", "material", timing="45-days")), draft)
    assert (lead.policy_days, lead.earliest) == (45, date(2026, 4, 16))
    assert f"{OLD} promises 45 days (long)" in lead.reasons
    assert find(shelve(Commitment("short", timing="10-days")), draft).policy_days == 30


def test_a_promise_to_tell_before_leaves_the_day_of_the_announcement_out() -> None:
    draft = prepare(datetime(2026, 3, 1, 10, tzinfo=UTC))
    promised = find(shelve(Commitment("word", "editorial", timing="before-effect")), draft, "editorial")
    assert (promised.policy_days, promised.earliest) == (0, date(2026, 3, 2))
    assert find(shelve(Commitment("word", "material", timing="before-effect")), draft, "editorial").earliest == date(
        2026, 3, 1
    )
