"""Type made for long legal text, measured where it is set, in a browser: characters a line, hierarchy, numerals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from statistics import median

import pytest
from playwright.sync_api import Browser, Page

from tests.everyone.hosting import open_host
from tests.everyone.sites import Built, build_ours

pytestmark = pytest.mark.browser

EDITION = "website-visitors/elsewhere/"

Visit = Callable[[str, int], Page]
"""Opens the edition in a language, in a window so wide."""

# The characters of each line of every paragraph but its last, which is short by nature.
_LINES = """() => {
  const counts = [];
  for (const paragraph of document.querySelectorAll(".np-text > p")) {
    const tops = new Map();
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (let at = 0; at < node.length; at++) {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getBoundingClientRect();
        if (box.width) {
          const line = Math.round(box.bottom / 12);
          tops.set(line, (tops.get(line) ?? 0) + 1);
        }
      }
    }
    counts.push(...[...tops.entries()].sort((one, other) => one[0] - other[0]).slice(0, -1).map((line) => line[1]));
  }
  return counts;
}"""
_STYLES = """() => Object.fromEntries(["h1", ".np-text h2", ".np-text h3", ".np-text > p"].map((name) => {
  const style = getComputedStyle(document.querySelector(name));
  const size = parseFloat(style.fontSize);
  return [name, { size, leading: parseFloat(style.lineHeight) / size, weight: Number(style.fontWeight),
                  numerals: style.fontVariantNumeric }];
}))"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_ours(tmp_path_factory.mktemp("typography"))


@pytest.fixture
def visit(browser: Browser, built: Built) -> Iterator[Visit]:
    with open_host(browser, built) as host:

        def open_at(locale: str, width: int) -> Page:
            page = host.open_page(f"{locale}/{EDITION}")
            page.set_viewport_size({"width": width, "height": 800})
            return page

        yield open_at
        assert host.faults == []


@pytest.mark.parametrize("width", [768, 1280, 1920])
@pytest.mark.parametrize(("locale", "least", "most"), [("en", 60, 75), ("es", 60, 75), ("de", 60, 75), ("ja", 30, 42)])
def test_a_line_has_as_many_characters_as_are_read_with_ease(
    visit: Visit, locale: str, least: int, most: int, width: int
) -> None:
    counts = visit(locale, width).evaluate(_LINES)
    assert len(counts) > 20
    assert least <= median(counts) <= most


def test_a_phone_s_lines_are_short_and_its_words_no_smaller(visit: Visit) -> None:
    page = visit("en", 360)
    assert 30 <= median(page.evaluate(_LINES)) <= 50
    assert page.evaluate(_STYLES)[".np-text > p"]["size"] >= 16


@pytest.mark.parametrize(("width", "ratio"), [(360, 1.3), (1280, 1.5)])
def test_ranks_of_headings_can_be_told_apart_by_size(visit: Visit, width: int, ratio: float) -> None:
    styles = visit("en", width).evaluate(_STYLES)
    sizes = [styles[name]["size"] for name in ("h1", ".np-text h2", ".np-text h3", ".np-text > p")]
    assert all(upper >= lower * 1.05 for upper, lower in pairwise(sizes)), sizes
    assert sizes[0] >= ratio * sizes[-1]
    assert min(styles[name]["weight"] for name in ("h1", ".np-text h2", ".np-text h3")) >= 600
    assert 1.5 <= styles[".np-text > p"]["leading"] <= 1.8


def test_figures_are_those_of_running_text(visit: Visit) -> None:
    assert "oldstyle-nums" in visit("en", 1280).evaluate(_STYLES)[".np-text > p"]["numerals"]
