"""Dates and versions: order, lead times, back-dating, timelines, and what is due; each found, and its near miss."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from noticepress.checks import Built, Desk
from noticepress.checks.dates import find_disordered_dates, find_timeline_faults
from noticepress.checks.timeline import add_year
from noticepress.checks.written_dates import find_written_dates
from noticepress.library import load_library
from noticepress.manifest import build_manifest, build_notices
from noticepress.model import AsOf, Library, Version, Withdrawal
from tests import acme, factories
from tests.findings import (
    AR,
    EN,
    ES,
    JA,
    LATER,
    NEXT,
    NOTICE,
    ORIGIN,
    REGIONS,
    SCOPE,
    Case,
    Edit,
    assert_case,
    choose,
    find,
    tell,
)

SEALED = f"content/website/versions/{acme.FIRST}"
MAY = date(2024, 5, 1)


def write_next(effective: str, change_class: str = "minor", more: str = "", announced: str = "") -> Mapping[str, str]:
    """A next.yml: line 1 effective, 2 class, 3 summary, 4 announced."""
    told = f"announced: {announced}\n" if announced else ""
    summary = "summary: {en: More., es: Más.}\n"
    return {NEXT: f"effective: {effective}\nclass: {change_class}\n{summary}{told}{more}"}


def set_reviewed(day: str) -> Edit:
    return (NOTICE, "audience:", f"reviewed: {day}\naudience:")


def tell_lead(kind: str, days: tuple[int, int], begin: str, end: str, regions: str) -> str:
    told = f"{days[0]} whole days between {begin} and effect ({end}) in {regions}; {days[1]} are needed"
    return f"{NEXT}:1:1: a {kind} change: {told}"


UNANNOUNCED = f"{NEXT}:1:1: w announced is missing: readers learn of the version only on the day that it applies"

FOUND = [
    # DV01: the notice's own day, or said of the notice itself
    Case("DV01", [(EN, SCOPE, "On 2024-01-10 it")], [f"{EN}:7:4: a date is written out: '2024-01-10'"]),
    Case("DV01", [(EN, SCOPE, "Effective Date: 9th March 2012.\n\nIt")], [f"{EN}:7:17: a date is written out: '9th M"]),
    Case(
        "DV01", [(EN, SCOPE, "Last updated on Feb 2, 2017.\n\nIt")], [f"{EN}:7:17: a date is written out: 'Feb 2, 2017"]
    ),
    Case(
        "DV01",
        [(EN, SCOPE, "The foregoing policies are effective\nas of January 1, 2005. It")],
        [f"{EN}:8:7: a date is written out: 'January 1, 2005'"],
    ),
    Case(
        "DV01", [(ES, "Abarca", "Este aviso está vigente desde el 9 de marzo de 2012. Abarca")], [f"{ES}:7:34: a date"]
    ),
    Case("DV01", [(ES, "Abarca", "Stand: 09.03.2012\n\nAbarca")], [f"{ES}:7:8: a date is written out: '09.03.2012'"]),
    Case(
        "DV01",
        [(JA, "この通知は当社", "最終更新日 2012年3月9日。この通知は当社")],
        [f"{JA}:7:7: a date is written out"],
    ),
    Case("DV01", [(AR, "يشمل", "آخر تحديث 9 مارس 2012. يشمل")], [f"{AR}:7:11: a date is written out"]),
    Case(
        "DV01", [(EN, SCOPE, "Under the Data Act of 9 March 2012 it")], [f"{EN}:7:23: w a date is written out: '9 Mar"]
    ),
    Case(
        "DV01",
        [(EN, SCOPE, "Effective 9 March 2012"), (NEXT, "approved_by", f"{ORIGIN}approved_by")],
        [f"{EN}:7:11: w a"],
    ),
    # DV02
    Case(
        "DV02",
        [(NEXT, "2023-12-06T10:00:00+00:00", "2024-01-11")],
        [f"{NEXT}:5:1: effective 2024-01-10 is before announced 2024-01-11"],
    ),
    Case(
        "DV02",
        told=[f"{NEXT}:1:1: effective 2024-05-20 is not after 2024-05-20, the newest version"],
        files=write_next("2024-05-20"),
        has_history=True,
    ),
    # DV03: 7 days for a minor change, 30 for a material one, and what a region or a promise adds
    Case(
        "DV03",
        told=[tell_lead("minor", (6, 7), "announcement (2024-06-06)", "2024-06-13", "americas and elsewhere")],
        files=write_next("2024-06-13", announced="2024-06-06T10:00:00+00:00"),
        has_history=True,
        as_of=LATER,
    ),
    Case(
        "DV03",
        told=[
            tell_lead("material", (29, 30), "today (2024-06-01)", "2024-07-01", "americas and elsewhere"),
            UNANNOUNCED,
        ],
        files=write_next("2024-07-01", "material"),  # not announced yet: today at the earliest
        has_history=True,
        as_of=LATER,
    ),
    Case(
        "DV03",
        [(REGIONS, "  required_locales: [es]", "  required_locales: [es]\n  lead_days: {minor: 10}")],
        [tell_lead("minor", (9, 10), "announcement (2024-06-06)", "2024-06-16", "elsewhere")],
        write_next("2024-06-16", announced="2024-06-06T10:00:00+00:00"),
        LATER,
        has_history=True,
    ),
    Case(  # at 23:30 in London it is the next day in Madrid already
        "DV03",
        told=[tell_lead("minor", (6, 7), "announcement (2024-06-07)", "2024-06-14", "elsewhere")],
        files=write_next("2024-06-14", announced="2024-06-06T22:30:00+00:00"),
        has_history=True,
        as_of=LATER,
    ),
    Case(  # soon enough if it is told today; nobody said that it is
        "DV03",
        told=[UNANNOUNCED],
        files=write_next("2024-07-02", "material"),
        has_history=True,
        as_of=LATER,
    ),
    Case(  # nothing is needed for the class but in one region
        "DV03",
        [(REGIONS, "  required_locales: [es]", "  required_locales: [es]\n  lead_days: {editorial: 2}")],
        [UNANNOUNCED],
        write_next("2024-06-20", "editorial"),
        LATER,
        has_history=True,
    ),
    # DV04
    Case(
        "DV04",
        told=[
            f"{NEXT}:1:1: effective 2024-01-10 is past: it cannot apply before it is published",
            f"{NEXT}:5:1: announced 2023-12-06 10:00:00+00:00 is past, and nothing was published then",
        ],
        as_of=date(2024, 1, 11),
    ),
    Case(
        "DV04",
        [(NEXT, "announced: 2023-12-06T10:00:00+00:00", "")],
        [f"{NEXT}:1:1: effective 2024-01-10 is past"],
        as_of=datetime(2024, 1, 10, 23, 30, tzinfo=UTC),  # in Madrid the day is over
    ),
    Case("DV04", told=[f"{NEXT}:5:1: announced 2023-12-06 10:00:00+00:00 is past"], as_of=date(2023, 12, 7)),
    # DV05
    Case(
        "DV05", told=[f"{SEALED}/facts.yml:1:1: differs from"], files={f"{SEALED}/facts.yml": "x\n"}, has_history=True
    ),
    # DV06
    Case(
        "DV06",
        [(NOTICE, "audience:", "regions: [americas]\naudience:")],
        [f"{NOTICE}:6:1: 200 territories of 2024-05-20 left out (AC, AD, AE, AF, …): from 2024-07-20 no version"],
        write_next("2024-07-20"),
        LATER,
        has_history=True,
    ),
    # DV07
    Case(
        "DV07",
        [choose("us-ca")],
        [f"{NOTICE}:1:1: last updated 2024-05-20: 366 days ago"],
        as_of=date(2025, 5, 21),
        has_history=True,
    ),
    Case(
        "DV07",
        [choose("uk"), set_reviewed("2024-06-01")],
        [f"{NOTICE}:6:1: w last reviewed 2024-06-01: 366 days ago"],
        as_of=date(2025, 6, 2),
        has_history=True,
    ),
    # DV08
    Case(
        "DV08",
        told=[f"content/website/versions/{acme.SECOND}/version.yml:1:1: w website 2024-05-20 is effective at"],
        has_history=True,
        as_of=date(2024, 5, 17),
    ),
    Case(
        "DV08",
        told=[
            f"content/website/versions/{acme.SECOND}/version.yml:1:1: w website 2024-05-20 is announced at 2024-05-06T"
        ],
        has_history=True,
        as_of=datetime(2024, 5, 5, 12, tzinfo=UTC),
    ),
]

NEAR = [
    Case("DV01", [(EN, SCOPE, "Effective in March, in May 2024, on 10 January or 1/2 or in 2024-01, it")]),
    Case("DV01", [(EN, "https://authorities.example/list", "https://authorities.example/a_(2024-01-10)")]),
    Case("DV01", [(EN, SCOPE, "Effective {{ version.effective | date }}, it")]),
    Case("DV02", [(NEXT, "2023-12-06T10:00:00+00:00", "2024-01-10")]),
    Case("DV02", files=write_next("2024-05-21"), has_history=True),
    Case("DV03", files=write_next("2024-06-14", announced="2024-06-06T10:00:00+00:00"), has_history=True, as_of=LATER),
    Case("DV03", files=write_next("2024-07-02", "material", announced="2024-06-01"), has_history=True, as_of=LATER),
    Case("DV03", files=write_next("2024-06-20", "editorial"), has_history=True, as_of=LATER),  # no day is needed
    Case("DV03", [(NEXT, "announced: 2023-12-06T10:00:00+00:00\n", "")]),  # a first version
    Case("DV03", files=write_next("2024-06-06", "editorial", announced="2024-06-06"), has_history=True, as_of=LATER),
    Case("DV03", files=write_next("2024-06-06", "material", ORIGIN), has_history=True, as_of=LATER),
    Case("DV03", files=write_next("2024-05-25", "material"), has_history=True, as_of=LATER),  # past: DV04 tells
    Case("DV03", [(NEXT, "2023-12-06T10:00:00+00:00", "2024-01-09")]),  # a first version
    Case("DV04", as_of=date(2023, 12, 6)),
    Case("DV04", [(NEXT, "announced: 2023-12-06T10:00:00+00:00", "")], as_of=date(2024, 1, 10)),
    Case("DV04", [(NEXT, "approved_by", f"{ORIGIN}approved_by")], as_of=LATER),
    Case("DV04", files=write_next("2001-01-01"), has_history=True, as_of=LATER),  # DV02 tells
    Case("DV05", has_history=True),
    Case("DV06", files=write_next("2024-07-20"), has_history=True, as_of=LATER),
    Case("DV07", [choose("us-ca")], as_of=date(2025, 5, 20), has_history=True),
    Case("DV07", [choose("us-ca"), set_reviewed("2025-01-01")], as_of=date(2025, 12, 31), has_history=True),
    Case("DV07", as_of=date(2035, 1, 1), has_history=True),  # nobody has chosen a pack
    Case("DV07", [choose("us-ca")], as_of=date(2035, 1, 1)),  # nothing is in force
    Case("DV08", has_history=True, as_of=date(2024, 5, 16)),
    Case("DV08", has_history=True, as_of=date(2024, 5, 20)),
    Case("DV08", has_history=True, as_of=date(2024, 6, 18)),  # that a change is no longer recent is no news
]


@pytest.mark.parametrize("case", FOUND, ids=str)
def test_a_mistake_about_dates_is_found_at_its_place(tmp_path: Path, case: Case) -> None:
    assert_case(tmp_path, case)


@pytest.mark.parametrize("case", NEAR, ids=str)
def test_dates_in_order_are_left_alone(tmp_path: Path, case: Case) -> None:
    assert_case(tmp_path, case)


# ---- DV01: which dates are read


@pytest.mark.parametrize(
    ("locale", "words", "day"),
    [
        ("en", "9th March 2012", date(2012, 3, 9)),
        ("en", "March 9th, 2012", date(2012, 3, 9)),
        ("en", "Sept. 9, 2012", date(2012, 9, 9)),
        ("de", "9. März 2012", date(2012, 3, 9)),
        ("de", "09.03.2012", date(2012, 3, 9)),
        ("es", "9 de mayo de 2012", date(2012, 5, 9)),
        ("ja", "2012年3月9日", date(2012, 3, 9)),
        ("ja", "2012-03-09", date(2012, 3, 9)),
        ("ar", "9 مارس 2012", date(2012, 3, 9)),
        ("en", "09/03/2012", None),  # September or March
        ("en", "2012-02-30", None),
    ],
)
def test_a_written_date_is_read(locale: str, words: str, day: date | None) -> None:
    [found] = find_written_dates(f"# A\n\nSee {words}.\n", locale)
    assert (found.words, found.day, found.line, found.column) == (words, day, 3, 5)


def test_a_date_is_judged_by_its_own_sentence() -> None:
    text = "It is effective at once. The law of 1 May 2000 stands. This policy is effective as of 2 May 2000!\n"
    assert [found.is_own([]) for found in find_written_dates(text, "en")] == [False, True]


def test_texts_full_of_brackets_are_read_in_time() -> None:
    for piece in ("{{", "{%", "{#", "](", "](()", "1.1", "Effective 1 May 2000 "):
        text = piece * (200_000 // len(piece))
        assert len(list(find_written_dates(text, "en"))) == text.count("2000 ")


# ---- DV02, DV06: what is sealed


def find_in(library: Library, as_of: AsOf = LATER) -> list[str]:
    desk = Desk(library, {}, as_of)
    return [tell(problem) for check in (find_disordered_dates, find_timeline_faults) for problem in check(desk)]


def seal(
    day: str, regions: Mapping[str, Sequence[str]], announced: datetime | None = None, zone: str = "UTC"
) -> Version:
    """A sealed version whose regions hold these territories."""
    texts = {region: {"en": f"# {region}\n"} for region in regions}
    version = factories.make_version(day, texts, announced=announced, zone=zone)
    held = {name: replace(version.regions[name], territories=tuple(regions[name])) for name in regions}
    return replace(version, regions=held, path=f"content/visitors/versions/{day}")


def shelve(*versions: Version) -> Library:
    return factories.make_library(versions)


BOTH = {"here": ["DE", "FR"], "there": ["JP"]}


def test_a_sealed_version_announced_after_it_applied_is_told() -> None:
    late = datetime(2020, 1, 2, tzinfo=UTC)
    told = "content/visitors/versions/2020-01-01/version.yml:1:1: w version 2020-01-01 was announced at 2020-01-02T00"
    [line] = find_in(shelve(seal("2020-01-01", BOTH, late)))
    assert line.startswith(told)
    assert find_in(shelve(seal("2020-01-01", BOTH), seal("2020-01-01.1", BOTH, late))) == []
    assert find_in(shelve(seal("2020-01-01", BOTH, datetime(2019, 12, 1, tzinfo=UTC)))) == []


def test_a_gap_is_an_error_until_a_later_version_closes_it() -> None:
    first, narrow = seal("2020-01-01", BOTH), seal("2021-01-01", {"here": ["DE"]})
    told = "content/visitors/versions/2021-01-01/version.yml:1:1: 2 territories of 2020-01-01 left out (FR, JP): no"
    [line] = find_in(shelve(first, narrow))
    assert line.startswith(told)
    [line] = find_in(shelve(first, narrow, seal("2022-01-01", BOTH)))
    assert line.startswith(told.replace(": 2 territories", ": w 2 territories"))


def test_a_region_that_begins_or_gives_its_territories_to_another_leaves_no_gap() -> None:
    assert find_in(shelve(seal("2020-01-01", {"here": ["DE"]}), seal("2021-01-01", BOTH))) == []
    assert find_in(shelve(seal("2020-01-01", BOTH), seal("2021-01-01", {"all": ["DE", "FR", "JP"]}))) == []


def test_a_version_that_begins_before_the_one_it_follows_is_told() -> None:
    first = seal("2020-01-01", {"here": ["DE"]}, zone="Pacific/Midway")
    line, *more = find_in(shelve(first, seal("2020-01-02", {"here": ["DE"]}, zone="Pacific/Kiritimati")))
    assert line.startswith("content/visitors/versions/2020-01-02/version.yml:1:1: w 2020-01-02 begins in here no later")
    assert not more
    assert find_in(shelve(first, seal("2020-01-03", {"here": ["DE"]}, zone="Pacific/Kiritimati"))) == []


def test_a_revision_begins_with_its_version() -> None:
    assert find_in(shelve(seal("2020-01-01", BOTH), seal("2020-01-01.1", BOTH))) == []


def test_a_version_that_was_withdrawn_leaves_no_gap() -> None:
    cancelled = Withdrawal(datetime(2020, 12, 31, tzinfo=UTC), {"en": "No."})
    second = replace(seal("2021-01-01", {"here": ["DE"]}), withdrawn=cancelled)
    assert find_in(shelve(seal("2020-01-01", BOTH), second, seal("2022-01-01", BOTH))) == []


@pytest.mark.parametrize(("day", "later"), [("2024-02-29", "2025-02-28"), ("2023-03-01", "2024-03-01")])
def test_a_year_later_is_the_same_day(day: str, later: str) -> None:
    assert add_year(date.fromisoformat(day)) == date.fromisoformat(later)


# ---- DV05, DV08: what was built before


def publish(site: Path, as_of: AsOf, changed: Mapping[str, Any] | None = None) -> Built:
    """The data that a site built on a day tells, with keys of its manifest changed."""
    library = load_library(site)
    lines = factories.make_lines(library.versions[acme.NOTICE], as_of)
    manifest = {**build_manifest(lines, library.versions, library.settings), **(changed or {})}
    notices = build_notices(lines, library, as_of)
    return Built(published={"manifest.json": json.dumps(manifest), "notices.json": json.dumps(notices)})


def test_a_site_built_before_a_transition_is_stale_after_it(tmp_path: Path) -> None:
    site = acme.make_history(tmp_path)
    place = f"content/website/versions/{acme.SECOND}/version.yml:1:1: w"
    told = [
        f"{place} website 2024-05-20 is in force in americas; the built site says 2024-01-10",
        f"{place} website 2024-05-20 is in force in elsewhere; the built site says 2024-01-10",
    ]
    assert find(site, "DV08", LATER, publish(site, date(2024, 5, 10))) == told
    lacks = f"{place} website 2024-05-20 is public, and the built site lacks it or a part of it"
    assert find(site, "DV08", LATER, publish(site, MAY)) == sorted([*told, lacks])
    assert find(site, "DV08", LATER, publish(site, LATER)) == []
    assert find(site, "DV08", LATER, Built(published={"manifest.json": "{", "notices.json": "[]"})) == []


def test_a_published_version_that_is_gone_or_another_one_is_told(tmp_path: Path) -> None:
    site = acme.make_history(tmp_path)
    versions = json.loads(publish(site, LATER).published["manifest.json"])["versions"]
    assert find(site, "DV05", LATER, publish(site, LATER)) == []
    other = [{**versions[0], "sha256": "0" * 64}, versions[1]]
    [line] = find(site, "DV05", LATER, publish(site, LATER, {"versions": other}))
    assert line.startswith(f"{SEALED}/version.yml:1:1: website 2024-01-10 differs from the manifest: sha256 ")
    more = [*versions, {**versions[1], "version": "2024-05-21"}]
    assert find(site, "DV05", LATER, publish(site, LATER, {"versions": more})) == [
        "manifest.json:1:1: website 2024-05-21 was published, and is not among the sealed versions"
    ]
