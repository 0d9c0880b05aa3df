"""What readers have set: less motion, colours of their own, dark, a script from right to left; and their fonts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from tests.everyone.hosting import open_host
from tests.everyone.measures import find_motion
from tests.everyone.sites import Built
from tests.everyone.walking import WATCH, judge, list_stops, walk

pytestmark = pytest.mark.browser

REDLINE = "ar/website/elsewhere/compare/2024-01-10/2024-05-20/"
EDITION = "ar/website/elsewhere/"


def test_nothing_moves_where_a_reader_wants_it_still(browser: Browser, built_sites: tuple[Built, ...]) -> None:
    built = built_sites[1]
    kinds = {shown.kind: shown for shown in built.kinds.values()}
    with open_host(browser, built, reduced_motion="reduce") as host:
        page = host.open_blank()
        for shown in kinds.values():
            page.goto(built.address + shown.path)
            assert find_motion(page) == [], shown
        sheet = "assets/stylesheets/noticepress.css"
        style = b"@media screen { a#np-fades { transition: color 1s !important } }"
        host.changed[sheet] = (built.folder / sheet).read_bytes() + style
        text = (built.folder / EDITION / "index.html").read_text("utf-8")
        host.changed[EDITION] = text.replace("<footer", '<a id="np-fades" href="/">x</a><footer', 1).encode()
        assert find_motion(host.open_page(EDITION))


STYLES = """() => Object.fromEntries(Object.entries({
  inserted: ".np-redline ins", deleted: ".np-redline del", state: ".np-state", banner: ".np-banner",
}).map(([name, selector]) => {
  const element = document.querySelector(selector);
  if (!element) return [name, null];
  const style = getComputedStyle(element);
  return [name, [style.textDecorationLine, parseFloat(style.borderInlineStartWidth), style.borderInlineStartStyle]];
}))"""


def test_marks_and_focus_stay_told_apart_in_a_reader_s_own_colours(
    browser: Browser, built_sites: tuple[Built, ...]
) -> None:
    built = built_sites[1]
    with open_host(browser, built, forced_colors="active") as host:
        page = host.open_blank()
        page.add_init_script(WATCH)
        page.goto(built.address + REDLINE, wait_until="networkidle")
        found = page.evaluate(STYLES)
        assert found["inserted"][0] == "underline"
        assert found["deleted"][0] == "line-through"
        assert found["state"][1] >= 1
        wanted = list_stops(page)
        faults = [fault for stop in walk(page, len(wanted)) for fault in judge(stop)]
        assert not faults
        page.goto(built.address + EDITION)
        assert page.evaluate(STYLES)["banner"][1] >= 3
        states = page.evaluate(
            "() => { const style = getComputedStyle(document.querySelector('.np-state--in-force'));"
            " return [style.color, style.backgroundColor, style.borderInlineStartWidth]; }"
        )
        assert states[0] != states[1]
        assert states[2] == "2px"


# ---- from right to left


MIRRORED = """() => {
  const box = (selector) => document.querySelector(selector)?.getBoundingClientRect();
  const middle = (selector) => { const found = box(selector); return found && (found.left + found.right) / 2; };
  return {
    direction: getComputedStyle(document.documentElement).direction,
    home: middle(".np-header__home"), menu: middle(".np-menu"),
    contents: middle(".np-contents--side"), text: middle(".np-text"),
    align: [...document.querySelectorAll("h1, h2, p, li, td, th, dd")]
      .filter((one) => !["start", "right", "-webkit-auto", "center"].includes(getComputedStyle(one).textAlign))
      .filter((one) => !one.closest("[dir=ltr]")).map((one) => one.outerHTML.slice(0, 80)),
    arrow: getComputedStyle(document.querySelector(".np-banner--future .np-banner__mark") || document.body).transform,
    edge: getComputedStyle(document.querySelector(".np-banner") || document.body).borderRightWidth,
    isolated: [...document.querySelectorAll("time, .np-version")]
      .filter((one) => !getComputedStyle(one).unicodeBidi.startsWith("isolate")).map((one) => one.outerHTML),
    spaced: [...document.querySelectorAll("h1, h2, p, a")]
      .filter((one) => one.closest("[lang]").lang === "ar" && getComputedStyle(one).letterSpacing !== "normal"
        && getComputedStyle(one).letterSpacing !== "0px").map((one) => one.outerHTML.slice(0, 80)),
  };
}"""


def test_a_page_from_right_to_left_is_a_mirror_of_the_other(browser: Browser, built_sites: tuple[Built, ...]) -> None:
    built = built_sites[1]
    with open_host(browser, built) as host:
        here, there = (host.open_page(path).evaluate(MIRRORED) for path in (EDITION, "en/website/elsewhere/"))
        assert (here["direction"], there["direction"]) == ("rtl", "ltr")
        for name in ("home", "menu", "contents", "text"):
            assert (here[name] > 640) != (there[name] > 640), name
            assert abs(here[name] + there[name] - 1280) < 200, name
        assert here["arrow"].startswith("matrix(-1")
        assert there["arrow"] == "none"
        assert here["edge"] == "5px"


def test_dates_versions_and_joined_letters_keep_their_form(browser: Browser, built_sites: tuple[Built, ...]) -> None:
    for built in built_sites[1:]:
        with open_host(browser, built, width=360) as host:
            for shown in built.kinds.values():
                if shown.locale == "ar":
                    found = host.open_page(shown.path).evaluate(MIRRORED)
                    assert found["align"] == [], shown
                    assert found["isolated"] == [], shown
                    assert found["spaced"] == [], shown


ORDER = """() => [...document.querySelectorAll("main *")].flatMap((parent) => [...parent.childNodes])
  .filter((node) => node.nodeType === 3 && /\\d{4}-\\d\\d-\\d\\d/.test(node.data)
    && node.parentElement.checkVisibility() && !node.parentElement.closest("option, .np-hidden"))
  .map((node) => {
    const start = node.data.search(/\\d{4}-\\d\\d-\\d\\d/), box = (from) => {
      const range = document.createRange();
      range.setStart(node, start + from);
      range.setEnd(node, start + from + 1);
      return range.getBoundingClientRect();
    };
    return [node.data.trim(), box(0).top === box(9).top ? box(0).left < box(9).left : true];
  })"""


def test_a_version_reads_from_year_to_day_in_arabic_too(browser: Browser, built_sites: tuple[Built, ...]) -> None:
    built, count = built_sites[1], 0
    with open_host(browser, built) as host:
        for shown in built.kinds.values():
            if shown.locale == "ar":
                for text, is_right in host.open_page(shown.path).evaluate(ORDER):
                    count += 1
                    assert is_right, (shown, text)
    assert count > 10


# ---- fonts


def test_each_script_has_letters_of_the_device_and_none_are_fetched(
    browser: Browser, built_sites: tuple[Built, ...]
) -> None:
    """Named by language, so that one code point is drawn as this language writes it; and nothing is downloaded."""
    built = built_sites[1]
    sheet = (built.folder / "assets/stylesheets/noticepress.css").read_text("utf-8")
    assert not re.search(r"@font-face|@import", sheet)
    families = "element => getComputedStyle(element).fontFamily"
    with open_host(browser, built) as host:
        page = host.open_page("ja/website/elsewhere/")
        for selector in ("h1", ".np-text p", ".np-facts dd", ".np-header__home"):
            assert re.search(r"Noto (Sans|Serif) CJK JP", page.locator(selector).first.evaluate(families)), selector
        text = page.locator(".np-text p").first
        assert text.evaluate("element => getComputedStyle(element).lineBreak") == "strict"
        page = host.open_page(EDITION)
        for selector in ("h1", ".np-text p", ".np-facts dd"):
            assert "Arabic" in page.locator(selector).first.evaluate(families), selector
        page = host.open_page("ar/website/elsewhere/compare/languages/en/")
        assert "Arabic" not in page.locator(".np-text[lang=en] p").first.evaluate(families)
        page = host.open_page("ja/website/elsewhere/")
        slanted = (
            "() => [...document.querySelectorAll('em, i, cite, address')].map((one) => getComputedStyle(one).fontStyle)"
        )
        assert set(page.evaluate(slanted)) <= {"normal"}
        assert not [path for path in host.asked if path.endswith((".woff", ".woff2", ".ttf", ".otf"))]
