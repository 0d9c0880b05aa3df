"""What a first visit weighs: counted, without a clock. `benchmarks/pages.py` takes the time."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser

from benchmarks.pages import LIMIT
from tests.everyone.hosting import open_host
from tests.everyone.sites import Built, Shown

USUAL = 30_000
"""Bytes of an edition with all it loads, compressed: far below the limit, so that growth is noticed."""


def weigh(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


def weigh_visit(built: Built, shown: Shown) -> int:
    """HTML, style, script and icon, compressed, of a page opened for the first time."""
    page = built.folder / shown.path / "index.html"
    tree = html.parse(str(page)).getroot()
    loaded = {
        *tree.xpath("//link[@rel='stylesheet' or @rel='icon']/@href"),
        *tree.xpath("//script/@src | //img/@src"),
    }
    return weigh(page) + sum(weigh((page.parent / name).resolve()) for name in sorted(loaded))


def test_a_first_visit_of_an_edition_is_light(built_sites: tuple[Built, ...]) -> None:
    for built in built_sites:
        weights = {
            shown.path: weigh_visit(built, shown) for shown in built.pages if shown.kind in {"edition", "permanent"}
        }
        heaviest = max(weights, key=lambda path: weights[path])
        assert len(weights) > 8
        assert weights[heaviest] < USUAL < LIMIT, f"{heaviest}: {weights[heaviest]}"


def test_no_page_is_heavier_than_an_edition_may_be(built_sites: tuple[Built, ...]) -> None:
    for built in built_sites:
        for shown in built.pages:
            if shown.kind != "not-found":
                assert weigh_visit(built, shown) < LIMIT, shown


@pytest.mark.browser
def test_what_an_edition_loads_in_the_end_is_light(browser: Browser, built_sites: tuple[Built, ...]) -> None:
    """With the scripts that its parts ask for: what a reader may want on the page, and nothing of other pages."""
    built = built_sites[0]
    for shown in (page for page in built.kinds.values() if page.kind == "edition"):
        with open_host(browser, built) as host:
            host.open_page(shown.path).wait_for_load_state("networkidle")
            asked = sorted(set(host.asked) - {shown.path})
        assert {path for path in asked if "javascripts" in path} == {
            f"assets/javascripts/{name}.js" for name in ("noticepress", "reading/citing")
        }
        assert (
            weigh(built.folder / shown.path / "index.html") + sum(weigh(built.folder / path) for path in asked) < USUAL
        )


WAITING = """() => [...document.querySelectorAll(".np-full > .np-text > p")]
  .filter((block) => getComputedStyle(block).contentVisibility === "auto").length"""


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_what_is_further_down_is_laid_out_later_and_found_at_once(
    browser: Browser,
    built_sites: tuple[Built, ...],
    script: bool,  # noqa: FBT001
) -> None:
    """A link to the last section leads to it, and with a script the whole text is laid out before anybody asks."""
    built = built_sites[0]
    path = "en/website-visitors/elsewhere/"
    with open_host(browser, built, width=360, java_script_enabled=script) as host:
        page = host.open_page(path)
        if script:
            page.wait_for_timeout(1500)
        assert (page.evaluate(WAITING) == 0) is script
        page.goto(f"{built.address}{path}#contact")
        page.wait_for_timeout(300)
        top = page.locator("#contact").evaluate("heading => heading.getBoundingClientRect().top")
        assert 0 <= top < 200
