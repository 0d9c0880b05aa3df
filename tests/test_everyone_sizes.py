"""Targets, magnified pages and readers' own spacing, measured on every kind of page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.everyone.hosting import open_host
from tests.everyone.measures import (
    LARGE_TEXT,
    SPACING,
    add_style,
    find_lost_text,
    find_sideways,
    find_small_targets,
    find_unmarked_languages,
)
from tests.everyone.sites import Built, Shown, list_shown

pytestmark = pytest.mark.browser

ZOOMED = {"width": 320, "height": 256}
"""1280 by 1024 pixels at 400 %."""

WIDE = {"width": 1280, "height": 800}
Measure = Callable[[Page], list[str]]


@pytest.fixture(params=[slice(1, 2), pytest.param(slice(None), marks=pytest.mark.slow)], ids=("acme", "all"))
def sites(request: pytest.FixtureRequest, built_sites: tuple[Built, ...]) -> tuple[Built, ...]:
    """The site with the most languages in `make test`; the slow tests look at all."""
    chosen: slice = request.param
    return built_sites[chosen]


def look(
    browser: Browser,
    sites: tuple[Built, ...],
    windows: tuple[dict[str, int], ...],
    measures: tuple[Measure, ...],
    style: str = "",
) -> Iterator[str]:
    """What the measures find on each kind of page in each window, with a reader's own style."""
    for built in sites:
        with open_host(browser, built) as host:
            page = host.open_blank()
            for shown in list_shown(built):
                page.set_viewport_size(windows[0])  # type: ignore[arg-type]
                page.goto(built.address + shown.path)
                if style:
                    add_style(page, style)
                for window in windows:
                    page.set_viewport_size(window)  # type: ignore[arg-type]
                    for measure in measures:
                        yield from (
                            f"{built.name} /{shown.path} at {window['width']}: {told}" for told in measure(page)
                        )


def test_targets_are_large_or_far_apart(browser: Browser, sites: tuple[Built, ...]) -> None:
    windows = (ZOOMED, {"width": 360, "height": 740}, WIDE)
    found = list(look(browser, sites, windows, (find_small_targets,)))
    assert not found, "\n".join(found)


def test_at_400_percent_nothing_scrolls_sideways_or_is_lost(browser: Browser, sites: tuple[Built, ...]) -> None:
    found = list(look(browser, sites, (ZOOMED, WIDE), (find_sideways, find_lost_text)))
    assert not found, "\n".join(found)


def test_a_reader_s_own_spacing_loses_no_word(browser: Browser, sites: tuple[Built, ...]) -> None:
    found = list(look(browser, sites, (ZOOMED, WIDE), (find_sideways, find_lost_text), SPACING))
    assert not found, "\n".join(found)


def test_text_of_twice_the_size_loses_no_word(browser: Browser, sites: tuple[Built, ...]) -> None:
    windows = ({"width": 768, "height": 800}, WIDE)
    found = list(look(browser, sites, windows, (find_sideways, find_lost_text), LARGE_TEXT))
    assert not found, "\n".join(found)


def test_words_in_another_language_are_marked(browser: Browser, sites: tuple[Built, ...]) -> None:
    found = list(look(browser, sites, (WIDE,), (find_unmarked_languages,)))
    assert not found, "\n".join(found)


BROKEN = [
    (find_small_targets, '<ul><li><a href="/">a</a></li><li><a href="/">b</a></li></ul>', "li { line-height: 12px }"),
    (find_sideways, "<p class='x'>wide</p>", ".x { width: 2000px }"),
    (find_sideways, "<div class='x'><p class='y'>wide</p></div>", ".x { overflow-x: auto } .y { width: 2000px }"),
    (
        find_lost_text,
        "<p class='x'>cut off in its frame</p>",
        ".x { width: 4em; overflow: hidden; white-space: nowrap }",
    ),
    (find_lost_text, "<p class='x'>one line</p><p>another line</p>", ".x { margin-bottom: -2em !important }"),
    (find_unmarked_languages, "<p>これは日本語の文です。</p>", ""),
    (find_unmarked_languages, "<p>هذه جملة بالعربية.</p>", ""),
    (find_unmarked_languages, '<p lang="ar" dir="ltr">هذه جملة بالعربية.</p>', ""),
]


@pytest.mark.parametrize(("measure", "markup", "style"), BROKEN)
def test_a_measure_finds_what_is_broken(
    measure: Measure, markup: str, style: str, browser: Browser, built_sites: tuple[Built, ...]
) -> None:
    built, shown = built_sites[1], Shown("edition", "en", "en/website/elsewhere/")
    before = (built.folder / shown.path / "index.html").read_text("utf-8")
    with open_host(browser, built) as host:
        assert measure(host.open_page(shown.path)) == []
        host.changed[shown.path] = before.replace("<footer", f"{markup}<footer", 1).encode()
        page = host.open_page(shown.path)
        add_style(page, style)
        assert measure(page)
