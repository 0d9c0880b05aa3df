"""What changed since a day, as a reader asks it: in a browser with a script and without; and the picture on screens."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from playwright.sync_api import Browser, Page, expect

from noticepress.pages import Kind
from noticepress.publish.shells import invent_pages
from tests import acme
from tests.everyone.hosting import Host, open_host
from tests.everyone.sites import Built, build
from tests.factories import make_settings
from tests.test_any_two import THIRD, make_four

LINE = f"en/{acme.NOTICE}/americas/"
NOW = "2025-01-25T12:00:00"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Acme Research with four versions, the last of them announced and not yet in force."""
    folder = tmp_path_factory.mktemp("since")
    return build("since", make_four(folder / "site"), folder / "out", date(2025, 1, 20))


def ask(host: Host, asked: str, line: str = LINE) -> Page:
    """The page of a day, on a day of January 2025."""
    page = host.open_page()
    page.clock.set_fixed_time(NOW)
    page.goto(f"{host.built.address}{line}since/{asked}")
    return page


@pytest.mark.browser
def test_a_date_in_the_address_is_answered_with_the_version_the_redline_and_the_steps(
    browser: Browser, built: Built
) -> None:
    with open_host(browser, built) as host:
        page = ask(host, "?date=2024-02-01")
        said = page.locator("[data-np-said]")
        expect(said).to_contain_text(f"On February 1, 2024 version {acme.FIRST} was in force.")
        links = [link.get_attribute("href") for link in said.locator("a:visible").all()]
        assert links[:2] == [f"../{acme.FIRST}/", f"../compare/{acme.FIRST}/{THIRD}/"]
        steps = said.locator("[data-np-list] li").all_inner_texts()
        assert [step.partition(" \N{EN DASH} ")[0] for step in steps] == [
            "February 1, 2025",
            "September 1, 2024",
            "May 20, 2024",
        ]
        assert "minor change: Apps and security. not yet in force" in steps[0]
        assert "minor change: We keep page views longer." in steps[2]
        expect(page.locator(".np-periods__found th")).to_contain_text(acme.FIRST)
        said.get_by_role("link", name=f"Redline to version {THIRD}").click()
        page.wait_for_url(f"**/compare/{acme.FIRST}/{THIRD}/")
        expect(page.locator(".np-redline ins").first).to_be_visible()
        assert host.faults == []
        assert host.list_traces(page) == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("asked", "told", "found"),
    [
        ("?date=2024-01-09", "The first version on record applies from January 10, 2024.", 0),
        ("?date=2024-01-10", f"On January 10, 2024 version {acme.FIRST} was in force.", 1),
        ("?date=2024-05-19", f"On May 19, 2024 version {acme.FIRST} was in force.", 1),
        ("?date=2024-05-20", f"On May 20, 2024 version {acme.SECOND} was in force.", 1),
        ("?date=2024-12-24", "Nothing yet: it is in force until February 1, 2025.", 1),
        ("?date=2025-02-01", "That day is still to come", 0),
        ("?date=9999-12-31", "That day is still to come", 0),
        ("?date=2024-02-30", "That is no day of the calendar", 0),
        ("?date=0000-00-00", "That is no day of the calendar", 0),
        ("?date=", "That is no day of the calendar", 0),
        ('?date="><b>', "That is no day of the calendar", 0),
    ],
)
def test_every_day_has_an_answer(browser: Browser, built: Built, *, asked: str, told: str, found: int) -> None:
    with open_host(browser, built, width=360) as host:
        page = ask(host, asked)
        expect(page.locator("[data-np-said]")).to_contain_text(told)
        expect(page.locator("[data-np-said] .np-banner:visible")).to_have_count(1)
        expect(page.locator(".np-periods__found")).to_have_count(found)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert host.faults == []


@pytest.mark.browser
def test_nothing_is_said_before_a_day_is_asked(browser: Browser, built: Built) -> None:
    with open_host(browser, built) as host:
        page = ask(host, "")
        page.wait_for_load_state("networkidle")
        assert page.locator("[data-np-said] :visible").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize(("start", "kind"), [("", "edition"), ("history/", "history")])
def test_a_day_asked_on_another_page_is_answered_on_its_own(
    browser: Browser, built: Built, start: str, kind: str
) -> None:
    with open_host(browser, built) as host:
        page = host.open_page(LINE + start)
        page.get_by_label("Day, for example the one on which you signed up").fill("2024-06-01")
        page.get_by_role("button", name="Show what changed").click()
        page.wait_for_url(f"**/{LINE}since/?date=2024-06-01")
        expect(page.locator("[data-np-said]"), kind).to_contain_text(f"version {acme.SECOND} was in force")
        assert host.faults == []


@pytest.mark.browser
def test_another_day_is_answered_in_place_and_the_way_back_leads_to_the_first(browser: Browser, built: Built) -> None:
    with open_host(browser, built) as host:
        page = ask(host, "?date=2024-02-01")
        field = page.get_by_label("Day, for example the one on which you signed up")
        expect(field).to_have_value("2024-02-01")
        field.fill("2024-10-01")
        field.press("Enter")
        expect(page.locator("[data-np-said]")).to_contain_text(f"On October 1, 2024 version {THIRD} was in force.")
        assert page.url.endswith("since/?date=2024-10-01")
        page.go_back()
        expect(page.locator("[data-np-said]")).to_contain_text(f"version {acme.FIRST} was in force")
        expect(field).to_have_value("2024-02-01")


@pytest.mark.browser
def test_the_day_is_kept_where_the_reader_turns_to_another_region_or_language(browser: Browser, built: Built) -> None:
    with open_host(browser, built) as host:
        page = ask(host, "?date=2024-02-01")
        page.get_by_role("link", name="The rest of the world", exact=True).click()
        page.wait_for_url("**/elsewhere/since/?date=2024-02-01")
        page.locator(".np-languages summary").click()
        page.locator(".np-languages a[hreflang=ar]").click()
        page.wait_for_url("**/ar/website/elsewhere/since/?date=2024-02-01")
        banner = page.locator("[data-np-answers] .np-banner__title")
        expect(banner).to_contain_text("1 فبراير 2024")
        order = """(name) => [0, 9].map((place) => {
          const range = document.createRange();
          range.setStart(name.firstChild, place);
          range.setEnd(name.firstChild, place + 1);
          return range.getBoundingClientRect().x;
        })"""
        first, last = banner.locator(".np-version").evaluate(order)
        assert first < last  # 2024-01-10, and not 10-01-2024
        assert host.faults == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_without_script_the_row_can_be_looked_up(browser: Browser, built: Built, width: int) -> None:
    with open_host(browser, built, width=width, java_script_enabled=False) as host:
        page = host.open_page(LINE)
        page.locator("#np-day").fill("2024-02-01")
        page.get_by_role("button", name="Show what changed").click()
        page.wait_for_url(f"**/{LINE}since/?date=2024-02-01")
        expect(page.locator("noscript p")).to_be_visible()
        assert page.locator("[data-np-said] :visible").count() == 0
        row = page.locator(f"#v{acme.FIRST}")
        for words in ("January 10, 2024", "May 20, 2024", f"Redline to version {THIRD}"):
            expect(row).to_contain_text(words)
        row.get_by_role("link", name="Redline").click()
        page.wait_for_url(f"**/compare/{acme.FIRST}/{THIRD}/")


# ---- the picture


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("locale", ["en", "ar"])
def test_the_picture_fits_its_window_and_its_words_do_not_collide(
    browser: Browser, built: Built, width: int, locale: str
) -> None:
    with open_host(browser, built, width=width) as host:
        page = host.open_page(LINE.replace("en/", f"{locale}/") + "history/")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        boxes = page.evaluate(
            "[...document.querySelectorAll('.np-time__picture text')].map((text) => text.getBoundingClientRect())"
            ".filter(({ width }) => width).map(({ left, right, top, bottom }) => [left, right, top, bottom])"
        )
        assert len(boxes) >= 8
        assert all(left >= 0 and right <= width for left, right, *_ in boxes)
        for place, (left, right, top, bottom) in enumerate(boxes):
            for other in boxes[place + 1 :]:
                assert right <= other[0] or other[1] <= left or bottom <= other[2] + 3 or other[3] <= top + 3
        first, *_, last = page.locator(".np-bar").all()[: 4 + 1]
        starts = [bar.bounding_box() for bar in (first, last)]
        assert starts[0]
        assert starts[1]
        assert (starts[0]["x"] < starts[1]["x"]) is (locale == "en")
        assert host.faults == []


@pytest.mark.browser
@pytest.mark.parametrize("settings", [{"color_scheme": "dark"}, {"forced_colors": "active"}, {"color_scheme": "light"}])
def test_kinds_of_changes_are_told_apart_without_colour(
    browser: Browser, built: Built, settings: dict[str, Any]
) -> None:
    with open_host(browser, built, **settings) as host:
        page = host.open_page(LINE + "history/")
        look = """(kind) => {
          const bar = document.querySelector(`.np-bar--${kind}`);
          const { fill, stroke, strokeDasharray } = getComputedStyle(bar);
          return [bar.getBoundingClientRect().height, fill === stroke ? "" : fill, strokeDasharray];
        }"""
        seen = [page.evaluate(look, kind) for kind in ("first", "minor", "announced")]
        heights = [round(height) for height, *_ in seen]
        assert heights[1] < heights[0]
        assert seen[2][2] != "none"
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert seen[1][1] != paper


@pytest.mark.browser
def test_every_version_in_the_table_is_read_whole_on_a_telephone(browser: Browser, built: Built) -> None:
    with open_host(browser, built, width=320) as host:
        page = host.open_page(LINE + "history/")
        row = page.locator(f"#v{THIRD}")
        expect(row).to_contain_text(re.compile(r"September 1, 2024.*February 1, 2025.*minor change", re.DOTALL))
        for cell in row.locator("td:visible, th:visible").all():
            box = cell.bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 320


def test_the_script_keeps_nothing_and_makes_no_markup_of_words() -> None:
    folder = Path(__file__).parent.parent / "templates" / "theme" / "assets" / "javascripts"
    text = (folder / "since.js").read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text)
    assert not re.search(r"localStorage|sessionStorage|document\.cookie|indexedDB|sendBeacon|fetch\(", text)


def test_previews_have_a_shell_for_every_kind_of_page() -> None:
    assert {page.kind for page in invent_pages(make_settings())} == set(get_args(Kind))
