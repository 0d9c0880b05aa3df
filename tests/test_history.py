"""What is in force, announced or superseded: around every instant, in odd zones, and for any set of versions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticepress.history import (
    RECENT_DAYS,
    Line,
    Transition,
    find_transitions,
    first_instant,
    is_reached,
    order_of,
    start_of,
    trace_line,
    trace_notice,
)
from noticepress.model import AsOf, Effective, Entity, Version
from tests.factories import make_facts, make_version

SECOND = timedelta(seconds=1)
ZONES = ["Europe/Madrid", "America/Los_Angeles", "Africa/Cairo", "Pacific/Pago_Pago", "Pacific/Kiritimati"]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def as_of(text: str) -> AsOf:
    return at(text) if "T" in text else date.fromisoformat(text)


def states_of(line: Line) -> dict[str, str]:
    return {standing.version.id: standing.state for standing in line.standings}


def make_regional(day: str, *regions: str, zone: str = "UTC", **succeeds: str) -> Version:
    """A version with one text for each region; `succeeds` names, by region, the one it continues."""
    texts = {region: {"en": f"# Privacy in {region}\n\nAs of {day}.\n"} for region in regions}
    continued = {region: [older] for region, older in succeeds.items()}
    return make_version(day, texts, succeeds=continued, zone=zone)


# ---- days


@pytest.mark.parametrize(
    ("zone", "day", "local", "utc"),
    [
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00", "2018-11-04T03:00:00+00:00"),
        ("Africa/Cairo", "2026-04-24", "2026-04-24T01:00:00+03:00", "2026-04-23T22:00:00+00:00"),
        ("Asia/Beirut", "2026-03-29", "2026-03-29T01:00:00+03:00", "2026-03-28T22:00:00+00:00"),
        ("America/Santiago", "2026-09-06", "2026-09-06T01:00:00-03:00", "2026-09-06T04:00:00+00:00"),
        ("Europe/Madrid", "2026-03-01", "2026-03-01T00:00:00+01:00", "2026-02-28T23:00:00+00:00"),
        # Samoa crossed the date line: its 30 December never was, and the day after begins at what would be its start.
        ("Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00", "2011-12-30T10:00:00+00:00"),
        # Midnight came twice, or the first minute of the day did: it begins the first time.
        ("America/Havana", "2025-11-02", "2025-11-02T00:00:00-04:00", "2025-11-02T04:00:00+00:00"),
        ("America/St_Johns", "2006-10-29", "2006-10-29T00:00:00-02:30", "2006-10-29T02:30:00+00:00"),
    ],
)
def test_a_day_begins_at_its_first_existing_instant(zone: str, day: str, local: str, utc: str) -> None:
    found = first_instant(date.fromisoformat(day), zone)
    assert found.isoformat() == utc
    assert found.astimezone(ZoneInfo(zone)).isoformat() == local


def test_the_same_day_begins_earlier_in_madrid_than_in_los_angeles() -> None:
    found = first_instant(date(2026, 3, 1), "Europe/Madrid").astimezone(ZoneInfo("America/Los_Angeles"))
    assert found.isoformat() == "2026-02-28T15:00:00-08:00"


@given(st.dates(date(1970, 1, 2), date(2037, 12, 30)), st.sampled_from([*ZONES, "Asia/Beirut", "America/Santiago"]))
def test_a_second_before_a_day_begins_it_is_an_earlier_day(day: date, zone: str) -> None:
    found = first_instant(day, zone)
    assert found.astimezone(ZoneInfo(zone)).date() >= day
    assert (found - SECOND).astimezone(ZoneInfo(zone)).date() < day


@pytest.mark.parametrize("zone", ZONES)
def test_a_version_applies_from_its_first_instant_and_on_its_whole_day(zone: str) -> None:
    start = first_instant(date(2026, 4, 24), zone)
    effective = Effective(date(2026, 4, 24), zone, start)
    assert [is_reached(effective, moment) for moment in (start - SECOND, start, start + SECOND)] == [False, True, True]
    assert [is_reached(effective, date(2026, 4, day)) for day in (23, 24, 25)] == [False, True, True]


def test_revisions_are_ordered_by_number() -> None:
    names = ["2012-03-09.10", "2012-03-09", "2013-01-01", "2012-03-09.2"]
    assert sorted(names, key=order_of) == ["2012-03-09", "2012-03-09.2", "2012-03-09.10", "2013-01-01"]


# ---- states

OLD = make_version("2024-01-01", zone="Europe/Madrid")
NEW = make_version("2024-06-01", zone="Europe/Madrid", announced=at("2024-05-01T10:00:00+02:00"))


@pytest.mark.parametrize(
    ("moment", "old", "new"),
    [
        ("2023-12-31", "adopted", "adopted"),
        ("2023-12-31T23:59:59+01:00", "adopted", "adopted"),
        ("2024-01-01", "in-force", "adopted"),
        ("2024-01-01T00:00:00+01:00", "in-force", "adopted"),
        ("2024-04-30", "in-force", "adopted"),
        ("2024-05-01T09:59:59+02:00", "in-force", "adopted"),
        ("2024-05-01", "in-force", "announced"),
        ("2024-05-01T10:00:00+02:00", "in-force", "announced"),
        ("2024-05-31", "in-force", "announced"),
        ("2024-05-31T23:59:59+02:00", "in-force", "announced"),
        ("2024-06-01", "superseded", "in-force"),
        ("2024-06-01T00:00:00+02:00", "superseded", "in-force"),
        ("2099-01-01", "superseded", "in-force"),
    ],
)
def test_states_follow_from_the_dates_and_the_moment(moment: str, old: str, new: str) -> None:
    line = trace_line("visitors", "world", [OLD, NEW], as_of(moment))
    assert states_of(line) == {"2024-01-01": old, "2024-06-01": new}


def test_a_version_whose_announcement_is_unknown_is_adopted_and_invisible_before_it_applies() -> None:
    silent = make_version("2024-06-01")
    line = trace_line("visitors", "world", [OLD, silent], date(2024, 5, 31))
    assert states_of(line) == {"2024-01-01": "in-force", "2024-06-01": "adopted"}
    assert [standing.version.id for standing in line.visible] == ["2024-01-01"]
    assert line.standings[0].until is None
    assert line.standings[0].successor is None


def test_who_looks_at_an_announced_version_sees_until_when_the_old_one_applies() -> None:
    old, new = trace_line("visitors", "world", [OLD, NEW], date(2024, 5, 2)).standings
    assert old.until == new.effective
    assert old.successor == (NEW, "world")
    assert new.predecessor == (OLD, "world")
    assert new.until is None


def test_an_unannounced_version_in_between_is_nobodys_neighbour() -> None:
    silent = make_version("2024-04-01", zone="Europe/Madrid")
    early = replace(NEW, announced=at("2024-02-01T10:00:00+02:00"))
    old, hidden, new = trace_line("visitors", "world", [OLD, silent, early], date(2024, 2, 2)).standings
    assert (old.state, hidden.state, new.state) == ("in-force", "adopted", "announced")
    assert old.successor == (early, "world")
    assert hidden.predecessor == (OLD, "world")
    assert new.predecessor == (OLD, "world")


def test_a_revision_takes_the_place_of_what_it_corrects_from_its_announcement_on() -> None:
    revision = make_version("2024-01-01.1", zone="Europe/Madrid", announced=at("2024-02-01T10:00:00+01:00"))
    before = trace_line("visitors", "world", [OLD, revision], at("2024-02-01T09:59:59+01:00"))
    after = trace_line("visitors", "world", [OLD, revision], at("2024-02-01T10:00:00+01:00"))
    assert states_of(before) == {"2024-01-01": "in-force", "2024-01-01.1": "adopted"}
    assert states_of(after) == {"2024-01-01": "corrected", "2024-01-01.1": "in-force"}
    assert after.standings[0].until == after.standings[1].since
    assert after.standings[1].since.day == date(2024, 2, 1)
    assert after.standings[1].effective == after.standings[0].effective


def test_a_late_revision_does_not_bring_a_superseded_version_back() -> None:
    late = make_version("2024-01-01.1", zone="Europe/Madrid", announced=at("2024-09-01T10:00:00+02:00"))
    line = trace_line("visitors", "world", [OLD, late, NEW], date(2024, 9, 2))
    assert states_of(line) == {
        "2024-01-01": "superseded",
        "2024-01-01.1": "superseded",
        "2024-06-01": "in-force",
    }
    assert line.standings[0].until == line.standings[2].effective
    assert [standing.has_applied for standing in line.standings] == [True, False, True]


def test_a_version_says_that_it_is_new_for_thirty_days() -> None:
    def is_recent(moment: AsOf) -> bool:
        return trace_line("visitors", "world", [OLD, NEW], moment).standings[1].is_recent(moment)

    last = date(2024, 6, 1) + timedelta(days=RECENT_DAYS - 1)
    moments: list[AsOf] = [date(2024, 5, 31), date(2024, 6, 1), last, last + timedelta(days=1)]
    assert [is_recent(moment) for moment in moments] == [False, True, True, False]
    end = first_instant(last + timedelta(days=1), "Europe/Madrid")
    assert [is_recent(moment) for moment in (end - SECOND, end)] == [True, False]


def test_the_first_version_is_not_news() -> None:
    line = trace_line("visitors", "world", [OLD], date(2024, 1, 2))
    assert not line.standings[0].is_recent(date(2024, 1, 2))


# ---- drafts


@pytest.mark.parametrize("moment", ["2024-02-01", "2099-01-01"])
def test_a_draft_ends_nothing(moment: str) -> None:
    draft = make_version("2024-07-01", sealed=False)
    old, found = trace_line("visitors", "world", [OLD, draft], as_of(moment)).standings
    assert (old.state, old.until, old.successor) == ("in-force", None, None)
    assert (found.state, found.is_visible, found.predecessor) == ("draft", False, (OLD, "world"))


def test_a_draft_that_renames_a_region_stands_against_what_it_continues() -> None:
    sealed = make_regional("2024-01-01", "asia")
    draft = replace(make_regional("2024-07-01", "apac", apac="asia"), sealed=False)
    lines = trace_notice("visitors", [sealed, draft], date(2024, 2, 1))
    assert states_of(lines["asia"]) == {"2024-01-01": "in-force"}
    assert states_of(lines["apac"]) == {"2024-07-01": "draft"}
    assert lines["apac"].standings[0].predecessor == (sealed, "asia")
    assert lines["apac"].in_force is None


# ---- regions that come and go


def test_a_renamed_region_keeps_its_line_and_the_old_name_ends() -> None:
    first, second = make_regional("2024-01-01", "asia"), make_regional("2024-06-01", "apac", apac="asia")
    lines = trace_notice("visitors", [first, second], date(2024, 6, 1))
    assert [(s.version.id, s.region, s.state) for s in lines["apac"].standings] == [
        ("2024-01-01", "asia", "superseded"),
        ("2024-06-01", "apac", "in-force"),
    ]
    ended = lines["asia"].standings[0]
    assert (ended.state, ended.successor) == ("retired", (second, "apac"))
    assert ended.until == start_of(second, "apac")
    before = trace_notice("visitors", [first, second], date(2024, 5, 31))
    assert states_of(before["asia"]) == {"2024-01-01": "in-force"}
    assert before["asia"].standings[0].until is None


def test_an_announced_renaming_says_until_when_the_old_name_applies() -> None:
    first = make_regional("2024-01-01", "asia")
    second = replace(make_regional("2024-06-01", "apac", apac="asia"), announced=at("2024-05-01T00:00:00+00:00"))
    found = trace_notice("visitors", [first, second], date(2024, 5, 2))["asia"].standings[0]
    assert (found.state, found.until, found.successor) == ("in-force", start_of(second, "apac"), (second, "apac"))


def test_a_split_region_goes_on_in_each_of_its_parts() -> None:
    first = make_regional("2024-01-01", "world")
    second = make_regional("2024-06-01", "world", "eu", "uk", eu="world", uk="world")
    lines = trace_notice("visitors", [first, second], date(2024, 7, 1))
    for region in ("world", "eu", "uk"):
        assert [(s.version.id, s.region) for s in lines[region].standings] == [
            ("2024-01-01", "world"),
            ("2024-06-01", region),
        ]
        assert states_of(lines[region]) == {"2024-01-01": "superseded", "2024-06-01": "in-force"}


def test_a_region_that_ends_in_several_lasts_until_the_last_of_them_begins() -> None:
    first = make_regional("2024-01-01", "pacific")
    east, west = (
        Effective(date(2024, 6, 1), "Pacific/Kiritimati", first_instant(date(2024, 6, 1), "Pacific/Kiritimati")),
        (Effective(date(2024, 6, 1), "Pacific/Pago_Pago", first_instant(date(2024, 6, 1), "Pacific/Pago_Pago"))),
    )
    second = make_regional("2024-06-01", "east", "west", east="pacific", west="pacific")
    regions = {name: replace(second.regions[name], effective=e) for name, e in (("east", east), ("west", west))}
    second = replace(second, regions=regions)
    between = trace_notice("visitors", [first, second], east.instant)
    assert {name: line.in_force and line.in_force.region for name, line in between.items()} == {
        "east": "east",
        "west": "pacific",
        "pacific": "pacific",
    }
    assert trace_notice("visitors", [first, second], west.instant)["pacific"].standings[0].state == "retired"


def test_two_regions_that_become_one_both_end_and_one_line_goes_on() -> None:
    first = make_regional("2024-01-01", "asia", "europe")
    second = make_version("2024-06-01", {"east": {"en": "# East\n"}}, succeeds={"east": ["europe", "asia"]})
    lines = trace_notice("visitors", [first, second], date(2024, 7, 1))
    assert {name: line.standings[0].state for name, line in lines.items()} == {
        "east": "superseded",
        "asia": "retired",
        "europe": "retired",
    }
    assert lines["east"].standings[0].region == "europe"


def test_a_region_that_is_left_out_is_retired_without_a_successor() -> None:
    first, second = make_regional("2024-01-01", "world", "cuba"), make_regional("2024-06-01", "world")
    found = trace_notice("visitors", [first, second], date(2024, 6, 1))["cuba"]
    assert found.in_force is None
    assert (found.standings[0].state, found.standings[0].successor) == ("retired", None)
    assert found.standings[0].until == start_of(second, "world")


def test_a_region_that_was_left_out_for_a_while_is_not_in_force_meanwhile() -> None:
    versions = [
        make_regional("2024-01-01", "world", "cuba"),
        make_regional("2024-06-01", "world"),
        make_regional("2024-09-01", "world", "cuba"),
    ]
    assert trace_notice("visitors", versions, date(2024, 7, 1))["cuba"].in_force is None
    line = trace_notice("visitors", versions, date(2024, 9, 1))["cuba"]
    assert states_of(line) == {"2024-01-01": "retired", "2024-09-01": "in-force"}
    assert line.standings[0].until == start_of(versions[1], "world")


def test_regions_that_were_joined_and_parted_again_each_find_their_own_past() -> None:
    versions = [
        make_regional("2024-01-01", "asia", "europe"),
        make_version("2024-06-01", {"east": {"en": "# East\n"}}, succeeds={"east": ["asia", "europe"]}),
        make_version(
            "2024-09-01",
            {"asia": {"en": "# Asia\n"}, "europe": {"en": "# Europe\n"}},
            succeeds={"asia": ["east"], "europe": ["east"]},
        ),
    ]
    lines = trace_notice("visitors", versions, date(2025, 1, 1))
    assert [s.region for s in lines["europe"].standings] == ["europe", "east", "europe"]
    assert [s.region for s in lines["asia"].standings] == ["asia", "east", "asia"]


# ---- laws


@st.composite
def sealed_versions(draw: st.DrawFn) -> list[Version]:
    """Up to six versions of up to three regions: days in order, zones, announcements and names as it comes."""
    days = sorted(draw(st.sets(st.dates(date(2024, 1, 1), date(2024, 1, 20)), min_size=1, max_size=6)))
    names = ["a", "b", "c"]
    versions = []
    for day in days:
        regions = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))
        succeeds = {region: draw(st.lists(st.sampled_from(names), max_size=2, unique=True)) for region in regions}
        hours = draw(st.none() | st.integers(0, 400))
        version = make_version(
            day.isoformat(),
            {region: {"en": f"# {region}\n"} for region in regions},
            succeeds=succeeds,
            announced=None if hours is None else at(f"{day}T00:00:00+00:00") - timedelta(hours=hours),
        )
        starts = {region: draw(st.sampled_from(ZONES)) for region in regions}
        sealed = {
            region: replace(found, effective=Effective(day, starts[region], first_instant(day, starts[region])))
            for region, found in version.regions.items()
        }
        versions.append(replace(version, regions=sealed))
    return versions


FIRST, LAST = (at(f"2024-{month}-01T00:00:00+00:00").replace(tzinfo=None) for month in ("01", "02"))
INSTANTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
MOMENTS = st.dates(FIRST.date(), LAST.date()) | INSTANTS


@given(sealed_versions(), MOMENTS)
def test_at_every_moment_at_most_one_version_of_a_line_is_in_force(versions: list[Version], moment: AsOf) -> None:
    for line in trace_notice("visitors", versions, moment).values():
        assert [s.state for s in line.standings].count("in-force") <= 1


@given(sealed_versions(), MOMENTS)
def test_from_its_first_day_on_a_region_that_stays_has_exactly_one_version_in_force(
    versions: list[Version], moment: AsOf
) -> None:
    whole = [version for version in versions if "a" in version.regions]
    if whole:
        line = trace_notice("visitors", whole, moment)["a"]
        begun = any(is_reached(start_of(version, "a"), moment) for version in whole)
        assert [s.state for s in line.standings].count("in-force") == begun


@given(sealed_versions(), MOMENTS)
def test_neighbours_agree_and_an_ended_version_says_when(versions: list[Version], moment: AsOf) -> None:
    for line in trace_notice("visitors", versions, moment).values():
        for older, newer in zip(line.visible, line.visible[1:], strict=False):
            assert newer.predecessor == (older.version, older.region)
        for standing in line.standings:
            if standing.state in {"superseded", "corrected", "retired"}:
                assert standing.until is not None


@given(sealed_versions(), MOMENTS, MOMENTS)
def test_a_version_that_has_ended_never_comes_back(versions: list[Version], first: AsOf, second: AsOf) -> None:
    if isinstance(first, datetime) != isinstance(second, datetime):
        return
    earlier, later = sorted([first, second])
    ended = {"superseded", "corrected", "retired"}
    after = trace_notice("visitors", versions, later)
    for region, line in trace_notice("visitors", versions, earlier).items():
        for standing in line.standings:
            if standing.state in ended:
                found = after[region].find(standing.version.id)
                assert found is not None
                assert found.state in ended


@given(sealed_versions(), INSTANTS)
def test_nothing_changes_between_two_transitions(versions: list[Version], moment: datetime) -> None:
    instants = [t.instant for t in find_transitions({"visitors": versions}, [], "UTC") if t.instant <= moment]

    def tell(instant: datetime) -> list[tuple[str, str, str, bool]]:
        lines = trace_notice("visitors", versions, instant).values()
        return [(x.region, s.version.id, s.state, s.is_recent(instant)) for x in lines for s in x.standings]

    if instants:
        assert tell(instants[-1]) == tell(moment)


# ---- transitions


def test_transitions_name_every_instant_and_its_reason() -> None:
    entity = Entity("acme", (replace(make_facts("acme"), since=date(2024, 3, 1)),))
    found = find_transitions({"visitors": [OLD, NEW]}, [entity], "America/Los_Angeles")
    assert [(t.instant.isoformat(), t.kind, t.version or t.entity, t.region, t.zone) for t in found] == [
        ("2023-12-31T23:00:00+00:00", "effective", "2024-01-01", "world", "Europe/Madrid"),
        ("2024-03-01T08:00:00+00:00", "facts", "acme", "", "America/Los_Angeles"),
        ("2024-05-01T08:00:00+00:00", "announced", "2024-06-01", "world", "Europe/Madrid"),
        ("2024-05-31T22:00:00+00:00", "effective", "2024-06-01", "world", "Europe/Madrid"),
        ("2024-06-30T22:00:00+00:00", "recent-ends", "2024-06-01", "world", "Europe/Madrid"),
    ]


@pytest.mark.parametrize(
    ("moment", "is_ahead"),
    [
        ("2024-05-31", True),
        ("2024-06-01", False),
        ("2024-05-31T23:59:59+02:00", True),
        ("2024-06-01T00:00:00+02:00", False),
    ],
)
def test_a_transition_is_ahead_until_its_instant_or_its_own_day(moment: str, *, is_ahead: bool) -> None:
    found = Transition(at("2024-06-01T00:00:00+02:00"), "effective", zone="Europe/Madrid")
    assert found.is_ahead(as_of(moment)) is is_ahead
