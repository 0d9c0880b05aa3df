"""Every kind of page walked through by keyboard, as a reader without a mouse does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.everyone.hosting import open_host
from tests.everyone.sites import Built, Shown, list_shown
from tests.everyone.walking import WATCH, judge, list_stops, walk

pytestmark = pytest.mark.browser

WIDTHS = (360, 1280)
LONG = 60
"""Keys that a long page is given in `make test`; the slow test walks to its end."""


def open_walk(
    browser: Browser, built: Built, pages: list[Shown], width: int, **settings: str
) -> Iterator[tuple[Shown, Page]]:
    with open_host(browser, built, width=width, **settings) as host:
        page = host.open_blank()
        page.add_init_script(WATCH)
        for shown in pages:
            page.goto(built.address + shown.path)
            if page.locator("main [hidden]").count():  # scripts of some pages only are still to come
                page.wait_for_load_state("networkidle")
            yield shown, page


def find_faults(page: Page, most: int) -> Iterator[str]:
    """There and back: every place that can be used, in the document's order, each seen, and out at the end."""
    wanted = list_stops(page)
    count = min(len(wanted), most)
    there = walk(page, count)
    if [stop.place for stop in there] != wanted[:count]:
        yield f"the order is {[stop.told for stop in there if stop.place not in wanted]}, not that of the document"
    for stop in there:
        yield from judge(stop)
    before = wanted[:count][::-1][1:]
    if count == len(wanted):
        before = wanted[::-1]
        (after,) = walk(page, 1)
        if after.place not in (-1, wanted[0]):
            yield f"no way out at the end: {after.told}"
    back = [stop for stop in walk(page, min(count, 9), "Shift+Tab") if stop.place != -1]
    if [stop.place for stop in back] != before[: len(back)]:
        yield f"the way back is another: {[stop.told for stop in back]}"
    for stop in back:
        yield from judge(stop)


def choose(built: Built) -> list[Shown]:
    """Each kind once from left to right and once from right to left."""
    found: dict[tuple[str, bool], Shown] = {}
    for shown in list_shown(built):
        found.setdefault((shown.kind, shown.locale == "ar"), shown)
    return list(found.values())


@pytest.mark.parametrize("width", [WIDTHS[0], *(pytest.param(width, marks=pytest.mark.slow) for width in WIDTHS[1:])])
def test_a_walk_shows_every_place_and_leads_out(width: int, browser: Browser, built_sites: tuple[Built, ...]) -> None:
    found = [
        f"{built.name} /{shown.path} at {width}: {told}"
        for built in built_sites[:2]
        for shown, page in open_walk(browser, built, choose(built), width)
        for told in find_faults(page, LONG)
    ]
    assert not found, "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_walk_to_the_very_end(width: int, scheme: str, browser: Browser, built_sites: tuple[Built, ...]) -> None:
    found = [
        f"{built.name} /{shown.path} at {width}: {told}"
        for built in built_sites
        for shown, page in open_walk(browser, built, list_shown(built), width, color_scheme=scheme)
        for told in find_faults(page, 10_000)
    ]
    assert not found, "\n".join(found)


def test_the_first_key_offers_the_way_past_the_head(browser: Browser, built_sites: tuple[Built, ...]) -> None:
    for built in built_sites[1:2]:
        for shown, page in open_walk(browser, built, choose(built), 360):
            page.keyboard.press("Tab")
            skip = page.locator(":focus")
            assert skip.get_attribute("class") == "np-skip", shown
            box = skip.bounding_box()
            assert box, shown
            assert box["y"] >= 0, shown
            assert box["height"] >= 24, shown
            page.keyboard.press("Enter")
            assert page.evaluate("location.hash") == "#np-title", shown
            heading = page.locator("#np-title").bounding_box()
            assert heading, shown
            assert 0 <= heading["y"] < 400, shown
            assert page.evaluate("document.activeElement.closest('header.md-header')") is None
            page.keyboard.press("Tab")
            assert page.evaluate("Boolean(document.activeElement.closest('main'))"), shown
            assert not page.evaluate("Boolean(document.activeElement.closest('.np-header'))"), shown


def test_the_menu_of_languages_opens_and_closes_by_keyboard(browser: Browser, built_sites: tuple[Built, ...]) -> None:
    for _, page in open_walk(browser, built_sites[1], [Shown("", "en", "en/website/elsewhere/")], 360):
        page.locator(".np-languages summary").focus()
        page.keyboard.press("Enter")
        assert page.locator(".np-languages[open]").count() == 1
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.lang") == "en"
        page.keyboard.press("Escape")
        assert page.locator(".np-languages[open]").count() == 0
        assert page.evaluate("document.activeElement.localName") == "summary"
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/es/website/elsewhere/")


@pytest.mark.parametrize(
    ("style", "told"),
    [
        (":focus-visible { outline: none !important }", "outline of 0"),
        (":focus-visible { outline-color: #f5f5f5 !important }", "to 1"),
        (".np-header { height: 90vh; z-index: 9999 }", "covered"),
        (".np-actions a { position: absolute; left: -999px }", "out of view"),
    ],
)
def test_a_walk_sees_what_is_broken(style: str, told: str, browser: Browser, built_sites: tuple[Built, ...]) -> None:
    built, path = built_sites[1], "en/website/elsewhere/"
    sheet = "assets/stylesheets/noticepress.css"
    with open_host(browser, built) as host:
        host.changed[sheet] = (built.folder / sheet).read_bytes() + style.encode()
        page = host.open_blank()
        page.add_init_script(WATCH)
        page.goto(built.address + path)
        assert any(told in fault for fault in find_faults(page, LONG))


def test_a_walk_sees_a_trap(browser: Browser, built_sites: tuple[Built, ...]) -> None:
    built, path = built_sites[1], "en/website/elsewhere/"
    script = "assets/javascripts/noticepress.js"
    trap = b'\naddEventListener("keydown", (event) => { if (scrollY > 200) event.preventDefault(); });'
    with open_host(browser, built) as host:
        host.changed[script] = (built.folder / script).read_bytes() + trap
        page = host.open_blank()
        page.add_init_script(WATCH)
        page.goto(built.address + path)
        assert any("order" in fault for fault in find_faults(page, LONG))
