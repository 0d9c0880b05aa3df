"""How long versions applied and who answered meanwhile; what pages say of it: banners, a day looked up, a picture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from noticepress.history import find_periods, find_transitions, list_periods, list_rosters
from noticepress.model import AsOf, SealedRegion, Version, Withdrawal
from noticepress.pages import Page, View, make_environment, plan_pages, render_page
from noticepress.pages.plan import draft_page, edition_page, history_page, permanent_page, since_page
from tests.factories import chain_versions, make_facts, make_library, make_line, make_lines, make_settings, make_version
from tests.test_pages import read

ROOT = Path(__file__).parent.parent
TEMPLATES = make_environment([ROOT / "templates" / "pages"])
ZONE, ZONE_NAME = "America/New_York", "New York Time"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def write(day: str, words: str = "", *, locales: Sequence[str] = ("en", "de"), **settings: object) -> Version:
    """A version of one region that says something of its own, in a zone of its own."""
    texts = {"world": {locale: f"# A\n\n{locale}: {words or day}\n" for locale in locales}}
    return make_version(day, texts, **{"zone": ZONE, **settings})  # type: ignore[arg-type]


def look(
    versions: Sequence[Version], as_of: AsOf, *, drafts: bool = False, locales: Sequence[str] = ("en", "de")
) -> View:
    library = make_library(versions, make_settings(locales=locales, zone=ZONE))
    return View(library, make_lines(versions, as_of), as_of, TEMPLATES, drafts=drafts)


def show(page: Page, view: View) -> str:
    assert page in plan_pages(view)
    return render_page(page, view).body


OLD = write("2020-01-01")
MIDDLE = write("2022-03-01", announced=at("2022-01-10"), change_class="minor")
REVISED = write("2022-03-01.1", "corrected", announced=at("2022-06-01 14:30"), change_class="editorial")
CANCELLED = replace(
    write("2023-01-01", announced=at("2022-11-01")), withdrawn=Withdrawal(at("2022-12-01"), {"en": "A mistake."})
)
NEW = write("2024-05-01", announced=at("2024-03-01"))
NEXT = write("2025-02-01", announced=at("2024-12-01"))
ALL = chain_versions([OLD, MIDDLE, REVISED, CANCELLED, NEW, NEXT])
TODAY = date(2024, 12, 24)
LINE = make_line(ALL, as_of=TODAY)

EDITION = edition_page("en", "visitors", "world")
HISTORY = history_page("en", "visitors", "world")
SINCE = since_page("en", "visitors", "world")


def permanent(version: str) -> Page:
    return permanent_page("en", "visitors", "world", version)


# ---- periods


def test_a_period_lasts_until_the_next_version_begins_and_withdrawn_ones_have_none() -> None:
    found = [(p.standing.version.id, p.first.isoformat(), str(p.last)) for p in list_periods(LINE)]
    assert found == [
        ("2020-01-01", "2020-01-01", "2022-02-28"),
        ("2022-03-01", "2022-03-01", "2022-06-01"),
        ("2022-03-01.1", "2022-06-01", "2024-04-30"),
        ("2024-05-01", "2024-05-01", "2025-01-31"),
        ("2025-02-01", "2025-02-01", "None"),
    ]


@pytest.mark.parametrize(
    ("day", "versions"),
    [
        ("2019-12-31", []),
        ("2020-01-01", ["2020-01-01"]),
        ("2022-02-28", ["2020-01-01"]),
        ("2022-03-01", ["2022-03-01"]),
        ("2022-06-01", ["2022-03-01", "2022-03-01.1"]),
        ("2023-01-01", ["2022-03-01.1"]),
        ("2024-05-01", ["2024-05-01"]),
    ],
)
def test_on_a_day_applied_what_was_in_force_at_any_hour_of_it(day: str, versions: list[str]) -> None:
    found = find_periods(LINE, date.fromisoformat(day))
    assert [period.standing.version.id for period in found] == versions


def test_a_day_without_midnight_belongs_to_the_version_that_begins_on_it() -> None:
    line = make_line([write("2020-01-01", zone="Africa/Cairo"), write("2026-04-24", zone="Africa/Cairo")])
    assert [str(period.last) for period in list_periods(line)] == ["2026-04-23", "None"]


def test_a_version_that_was_corrected_before_it_applied_has_no_period() -> None:
    early = write("2022-03-01.1", "corrected", announced=at("2022-02-01"))
    line = make_line([OLD, MIDDLE, early])
    assert [period.standing.version.id for period in list_periods(line)] == ["2020-01-01", "2022-03-01.1"]


# ---- who answered


def answer(version: Version, *entities: str, name: str = "", region: str = "world") -> Version:
    """The same version, sealed with these entities; `name` is what all of them are called."""
    facts = [make_facts(entity, [region]) for entity in entities]
    told = tuple(replace(item, legal_name=name or item.legal_name) for item in facts)
    regions: dict[str, SealedRegion] = {
        key: replace(value, entities=told) if key == region else value for key, value in version.regions.items()
    }
    return replace(version, regions=regions)


def test_a_roster_lasts_through_versions_until_others_answer_or_one_has_another_name() -> None:
    versions = [
        answer(OLD, "inc"),
        answer(MIDDLE, "inc"),
        answer(NEW, "inc", "gmbh"),
        answer(NEXT, "inc", "gmbh", name="Acme"),
    ]
    rosters = list_rosters(make_line(versions))
    assert [(len(r.entities), r.begin.day.isoformat(), r.end and r.end.day.isoformat()) for r in rosters] == [
        (1, "2020-01-01", "2024-05-01"), (2, "2024-05-01", "2025-02-01"), (2, "2025-02-01", None),
    ]  # fmt: skip


def test_a_roster_of_a_withdrawn_version_never_answered() -> None:
    versions = [answer(OLD, "inc"), answer(CANCELLED, "gmbh"), answer(NEW, "inc")]
    assert [[facts.entity for facts in r.entities] for r in list_rosters(make_line(versions))] == [["inc"]]


def test_a_history_tells_who_answered_from_when_until_when() -> None:
    told = read(show(HISTORY, look([answer(OLD, "inc"), answer(NEW, "inc", "gmbh")], TODAY)))
    assert "1 January 1, 2020 May 1, 2024 The inc company" in told
    assert "2 May 1, 2024 — The gmbh company and The inc company, jointly" in told or (
        "2 May 1, 2024 — The inc company and The gmbh company, jointly" in told
    )


# ---- banners

ENDING = make_version("2025-06-01", {"other": {"en": "# A\n\nOther.\n"}}, announced=at("2025-01-01"), zone=ZONE)
HEIR = replace(
    make_version(
        "2025-06-01", {"heir": {"en": "# A\n\nHeir.\n"}}, announced=at("2025-01-01"), zone=ZONE,
        succeeds={"heir": ["world"]},
    )
)  # fmt: skip
DRAFT = write("2026-01-01", "draft", sealed=False)


@pytest.mark.parametrize(
    ("versions", "as_of", "page", "told"),
    [
        (ALL, TODAY, permanent("2025-02-01"), ["Not yet in force: applies from February 1, 2025"]),
        (ALL, TODAY, EDITION, ["A new version applies from February 1, 2025", "Applies until February 1, 2025"]),
        (ALL, date(2024, 5, 10), EDITION, ["Changed on May 1, 2024"]),
        (ALL, TODAY, permanent("2020-01-01"), ["This version applied from January 1, 2020 until March 1, 2022"]),
        (ALL, TODAY, permanent("2022-03-01"), ["Corrected on June 1, 2022, 10:30", "The version in force"]),
        (
            [OLD, MIDDLE, write("2022-03-01.1", "corrected", announced=at("2022-02-01"))],
            TODAY,
            permanent("2022-03-01"),
            ["Corrected on", "It was corrected before it began to apply."],
        ),
        (
            ALL,
            TODAY,
            permanent("2023-01-01"),
            ["Withdrawn: this version never applied", "withdrawn on November 30, 2022", "A mistake."],
        ),
        (
            ALL,
            date(2023, 1, 30),
            EDITION,
            ["The change announced for January 1, 2023 was withdrawn", "It was withdrawn on November 30, 2022"],
        ),
        ([OLD, ENDING], date(2025, 7, 1), EDITION, ["This notice has ended for this region", "since June 1, 2025"]),
        ([OLD, ENDING], date(2025, 2, 1), EDITION, ["This notice ends for this region on June 1, 2025"]),
        ([OLD, HEIR], date(2025, 2, 1), EDITION, ["From then on it is continued for: the heir region"]),
        (
            [*ALL, write("2025-09-01", announced=at("2024-12-02"))],
            TODAY,
            EDITION,
            ["Announced for later", "Version 2025-09-01 applies from September 1, 2025."],
        ),
        (
            [OLD, write("2024-05-01", locales=["en"])],
            TODAY,
            edition_page("de", "visitors", "world"),
            ["Noch nicht übersetzt: Deutsch"],
        ),
        ([OLD, DRAFT], TODAY, draft_page("en", "visitors", "world", "2026-01-01"), ["Draft: not published"]),
    ],
    ids=[
        "announced", "with a successor", "recent", "superseded", "corrected", "corrected early", "withdrawn",
        "cancelled", "retired", "ending", "ending with an heir", "two successors", "untranslated", "draft",
    ],
)  # fmt: skip
def test_every_state_is_told_in_absolute_dates_with_the_zone_said_once(
    versions: Sequence[Version], as_of: AsOf, page: Page, told: list[str]
) -> None:
    body = show(page, look(versions, as_of, drafts=page.kind == "draft"))
    text = read(body)
    for words in told:
        assert words in text
    assert text.count(ZONE_NAME if page.locale == "en" else "New York (Ortszeit)") == 1
    assert not re.search(r"\b(today|yesterday|tomorrow|ago|soon)\b", text)


@pytest.mark.parametrize("page", [EDITION, permanent("2026-04-24"), permanent("2020-01-01"), HISTORY, SINCE])
def test_a_day_that_begins_at_one_is_told_with_its_hour_wherever_it_is_told(page: Page) -> None:
    versions = [
        write("2020-01-01", zone="Africa/Cairo"),
        write("2026-04-24", zone="Africa/Cairo", announced=at("2026-04-01")),
    ]
    text = read(show(page, look(versions, date(2026, 4, 10))))
    assert "April 24, 2026, 01:00" in text
    assert "April 24, 2026 00:00" not in text
    assert text.count("Cairo Time") == 1


@pytest.mark.parametrize(
    ("as_of", "is_told"),
    [("2022-12-15", True), ("2023-01-30", True), ("2023-01-31", False)],
)
def test_a_change_that_was_cancelled_is_told_while_people_expect_it(as_of: str, *, is_told: bool) -> None:
    told = read(show(EDITION, look(ALL[:4], date.fromisoformat(as_of))))
    assert ("The change announced for January 1, 2023 was withdrawn" in told) is is_told
    instants = {t.instant for t in find_transitions({"visitors": ALL}, [], "UTC") if t.version == CANCELLED.id}
    assert at("2023-01-31 05:00") in instants


def test_a_change_that_was_cancelled_is_forgotten_when_another_came_instead() -> None:
    soon = write("2023-01-10", announced=at("2022-12-10"))
    assert "withdrawn" not in read(show(EDITION, look([*ALL[:4], soon], date(2023, 1, 12))))


def test_where_a_notice_ends_no_next_version_is_promised() -> None:
    promise = "From that day on the next version applies."
    assert promise in read(show(EDITION, look(ALL, TODAY)))
    assert promise not in read(show(EDITION, look([OLD, ENDING], date(2025, 2, 1))))


def test_another_zone_is_named_where_it_counts() -> None:
    versions = [write("2020-01-01", zone="Europe/Madrid"), NEW, NEXT]
    for page in (EDITION, HISTORY, SINCE):
        text = read(show(page, look(versions[:2], TODAY)))
        assert text.count("Madrid Time") == (0 if page is EDITION else 2), page.kind
    told = read(show(permanent("2020-01-01"), look(versions, TODAY)))
    assert "until May 1, 2024 (New York Time)" in told


# ---- a day looked up


def find_rows(body: str) -> list[tuple[str, str, str]]:
    return re.findall(r'data-np-first="([^"]*)" data-np-last="([^"]*)" data-np-version="([^"]*)"', body)


def test_the_page_of_a_day_has_a_row_for_every_version_that_applied_newest_first() -> None:
    rows = find_rows(show(SINCE, look(ALL, TODAY)))
    assert rows == [
        ("2025-02-01", "", "2025-02-01"),
        ("2024-05-01", "2025-01-31", "2024-05-01"),
        ("2022-06-01", "2024-04-30", "2022-03-01.1"),
        ("2022-03-01", "2022-06-01", "2022-03-01"),
        ("2020-01-01", "2022-02-28", "2020-01-01"),
    ]


def test_every_row_leads_to_the_redline_to_the_version_in_force() -> None:
    view = look(ALL, TODAY)
    body = show(SINCE, view)
    paths = {page.path for page in plan_pages(view)}
    for version in ("2020-01-01", "2022-03-01", "2022-03-01.1"):
        assert f'<a href="../compare/{version}/2024-05-01/">Redline to version' in body
        assert f"en/visitors/world/compare/{version}/2024-05-01/" in paths
    assert "Nothing yet: it is in force until February 1, 2025." in read(body)


def test_steps_on_the_way_are_told_with_class_and_summary() -> None:
    told = read(show(SINCE, look(ALL, TODAY)))
    for step in ("material change: What is new on 2024-05-01.", "minor change: What is new on 2022-03-01.",
                 "editorial change: What is new on 2022-03-01.1."):  # fmt: skip
        assert step in told
    assert "2023-01-01" not in told


def test_a_version_that_says_the_same_is_not_told_as_a_change() -> None:
    told = read(show(SINCE, look([write("2020-01-01", "same"), write("2024-05-01", "same")], TODAY)))
    assert "No word: version 2024-05-01 says the same." in told
    assert "Nothing changed for this region." in told


def test_one_version_has_not_changed_since_and_an_ended_one_says_so() -> None:
    assert "Nothing: it is still in force." in read(show(SINCE, look([OLD], TODAY)))
    told = read(show(SINCE, look([OLD, ENDING], date(2025, 7, 1))))
    assert "No version is in force any more." in told


def test_what_was_only_announced_and_withdrawn_has_no_page_of_a_day() -> None:
    pages = plan_pages(look([CANCELLED], date(2022, 12, 24)))
    assert "history" in {page.kind for page in pages}
    assert "since" not in {page.kind for page in pages}


def test_editions_and_histories_lead_to_the_page_of_a_day_by_a_plain_form() -> None:
    view = look(ALL, TODAY)
    for page, address in ((EDITION, "since/"), (HISTORY, "../since/")):
        body = show(page, view)
        assert f'action="{address}" method="get">' in body
        assert '<input type="date" id="np-day" name="date" required>' in body
    assert '<a href="since/">What changed since I signed up?</a>' in show(EDITION, view)
    assert '<a href="../since/">What changed since I signed up?</a>' in show(permanent("2020-01-01"), view)


def test_the_page_of_a_day_is_for_readers_and_not_for_search_engines() -> None:
    fragment = render_page(SINCE, look(ALL, TODAY))
    assert 'content="noindex"' in fragment.head
    assert 'rel="canonical" href="https://privacy.acme.example/en/visitors/world/since/"' in fragment.head


# ---- the picture


def find_bars(body: str) -> list[tuple[str, float, float]]:
    found = re.findall(r'<rect class="np-bar np-bar--(\w+)" x="([\d.]+)%" y="\d+" width="([\d.]+)%"', body)
    return [(kind, float(x), float(width)) for kind, x, width in found]


def test_a_history_is_drawn_bar_by_bar_in_order_of_time() -> None:
    body = show(HISTORY, look(ALL, TODAY))
    bars = find_bars(body)
    assert [kind for kind, *_ in bars] == ["first", "minor", "editorial", "material", "announced"]
    for (_, x, width), (_, following, _) in pairwise(bars):
        assert x + width == pytest.approx(following, abs=0.02)
    assert body.count('<path class="np-time__cross"') == 2  # in the row, and in the legend
    assert "withdrawn, never applied" in body


def test_the_picture_has_a_name_and_nothing_that_can_be_reached_in_it() -> None:
    picture = re.search(
        r"<svg class=\"np-time__picture\".*?</svg>\s*<figcaption", show(HISTORY, look(ALL, TODAY)), re.DOTALL
    )
    assert picture
    assert 'role="img" aria-labelledby="np-time-title np-time-told"' in picture[0]
    assert "<a " not in picture[0]
    assert "style=" not in picture[0]
    assert '<title id="np-time-title">Versions over time</title>' in picture[0]


def test_the_picture_is_the_same_on_every_day_of_a_year() -> None:
    def draw(day: date) -> str:
        return show(HISTORY, look([OLD, MIDDLE], day)).partition("<figure")[2].partition("</figure>")[0]

    assert draw(date(2024, 1, 2)) == draw(date(2024, 12, 30)) != draw(date(2025, 1, 2))


def test_time_runs_as_the_language_does() -> None:
    versions = [write(day, locales=["ar"]) for day in ("2020-01-01", "2022-03-01", "2024-05-01")]
    places = {}
    for locale in ("ar", "en"):
        page = history_page(locale, "visitors", "world")
        places[locale] = find_bars(show(page, look(versions, TODAY, locales=["ar", "en"])))
    for (kind, x, width), (other_kind, other, _) in zip(places["ar"], places["en"], strict=True):
        assert kind == other_kind
        assert x + width == pytest.approx(100 - other, abs=0.02)


def test_one_version_of_one_region_is_no_picture() -> None:
    assert "<figure" not in show(HISTORY, look([OLD], TODAY))


def test_a_region_in_which_nothing_changed_is_drawn_so() -> None:
    texts = {"east": {"en": "# A\n\nOne.\n"}, "west": {"en": "# A\n\nOne.\n"}}
    later = {"east": {"en": "# A\n\nTwo.\n"}, "west": {"en": "# A\n\nOne.\n"}}
    versions = [make_version("2020-01-01", texts), make_version("2024-05-01", later)]
    body = show(history_page("en", "visitors", "west"), look(versions, TODAY))
    assert [kind for kind, *_ in find_bars(body)] == ["first", "material", "first", "same"]
    assert re.findall(r"np-time__region--here[^>]*>([^<]*)<", body) == ["The west region"]


def make_many(number: int) -> list[Version]:
    days = [date(2004, 3, 1) + timedelta(days=150 * place + place * 37 % 60) for place in range(number)]
    return [write(str(day), announced=datetime.combine(day - timedelta(days=40), time(), UTC)) for day in days]


@pytest.mark.parametrize(("hidden", "room"), [("np-time__wide", 21.0), ("", 10.0)])
def test_fifty_versions_are_named_only_where_there_is_room(hidden: str, room: float) -> None:
    body = show(HISTORY, look(make_many(50), date(2026, 1, 1)))
    assert len(find_bars(body)) == 50
    found = re.findall(
        r'<text class="np-time__version( np-time__\w+)?" x="([\d.]+)%" y="\d+"( text-anchor="end")?>', body
    )
    shown = [(float(x), anchor) for kind, x, anchor in found if not hidden or hidden not in kind]
    places = sorted(x - room if anchor else x for x, anchor in shown)
    assert len(places) >= 3
    assert all(later - earlier >= room for earlier, later in pairwise(places))
    assert max(places) + room <= 100
    assert len(body.partition("<figure")[2].partition("</figure>")[0]) < 20_000


def test_years_below_the_picture_are_few() -> None:
    body = show(HISTORY, look(make_many(50), date(2026, 1, 1)))
    years = [int(year) for year in re.findall(r'class="np-time__year"[^>]*>(\d+)<', body)]
    assert years == [2005, 2010, 2015, 2020, 2025]
