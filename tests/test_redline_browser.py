"""A redline page in a real browser: with and without script, in every window, scheme and direction, and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from noticepress.cli import open_press
from noticepress.colours import measure_contrast
from noticepress.publish import publish_site
from tests.redlined import make_redlined

HOST = "https://privacy.acme.example/"
LINE = "website/americas/compare/2024-01-10/2024-05-20/"
EN, AR = HOST + "en/" + LINE, HOST + "ar/" + LINE
VIEWS = ("all", "changed", "new", "sides")

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_redlined(tmp_path_factory.mktemp("redlined"))
    publish_site(folder, folder / "site", open_press(folder, datetime(2024, 6, 1, tzinfo=UTC)))
    return folder / "site"


@pytest.fixture
def open_page(site: Path, browser: Browser) -> Iterator[Open]:
    """Opens pages in contexts of their own; whatever one asks of another host, or complains of, is a failure."""
    contexts = []
    faults: list[str] = []

    def visit(address: str = EN, *, width: int = 1280, change: Callable[[str], str] = str, **settings: Any) -> Page:  # noqa: ANN401
        context = browser.new_context(viewport={"width": width, "height": 800}, **settings)
        contexts.append(context)

        def answer(route: Route) -> None:
            path = unquote(urlsplit(route.request.url).path).lstrip("/")
            file = site / (path + "index.html" if path.endswith("/") else path)
            if not route.request.url.startswith(HOST) or not file.is_file():
                faults.append(f"asked {route.request.url}")
                route.abort()
            elif file.suffix == ".css":
                route.fulfill(body=change(file.read_text(encoding="utf-8")), content_type="text/css")
            else:
                route.fulfill(path=file)

        context.route("**/*", answer)
        page = context.new_page()
        page.on("console", lambda said: faults.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(address)
        if settings.get("java_script_enabled", True):
            expect(page.locator("[data-np-steps]")).to_be_visible()
        return page

    yield visit
    for context in contexts:
        context.close()
    assert faults == []


def read(element: Locator) -> str:
    return " ".join((element.text_content() or "").split())


def choose(page: Page, view: str) -> None:
    page.locator(f'label[for="np-view-{view}"]').click()


# ---- views


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("address", [EN, AR])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_view_fits_its_window(open_page: Open, address: str, width: int, script: bool) -> None:  # noqa: FBT001
    page = open_page(address, width=width, java_script_enabled=script)
    for view in VIEWS if width == 1280 else VIEWS[:3]:
        choose(page, view)
        expect(page.locator(f"#np-view-{view}")).to_be_checked()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator("#np-view-sides")).to_be_visible(visible=width == 1280)


def test_views_are_a_named_group_that_works_by_keyboard_without_script(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    group = page.get_by_role("group", name="View")
    expect(group.get_by_role("radio")).to_have_count(4)
    group.get_by_role("radio", name="All text").focus()
    fold = page.locator(".np-fold", has_text="What it covers")
    expect(fold).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(group.get_by_role("radio", name="Changed sections only")).to_be_checked()
    expect(fold).to_have_text("2 sections unchanged: Introduction and What it covers")
    expect(page.locator("#scope")).to_be_hidden()
    expect(page.locator("#data")).to_be_visible()
    fold.get_by_role("link", name="What it covers").click()
    expect(page.locator("#scope")).to_be_visible()
    expect(page.locator("#scope")).to_be_in_viewport()
    expect(page.locator("[data-np-steps]")).to_be_hidden()


def test_the_view_of_the_new_text_is_free_of_marks(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    choose(page, "new")
    told = page.locator(".np-redline").inner_text()
    assert "We keep server logs for 90 days" in told
    assert "We may not share it" in told
    assert not re.search(r"\[|30|one month|Testimonials|moved|level|split", told)
    look = page.locator(".np-redline ins").first.evaluate("e => getComputedStyle(e).textDecorationLine")
    assert look == "none"


def test_side_by_side_stands_old_left_and_new_right(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    choose(page, "sides")
    row = page.locator(".np-edit", has_text="server logs")
    old, new = row.locator(".np-old > p"), row.locator(":scope > p")
    assert read(old).startswith("We keep server logs for[deleted: 30 end of deletion] days")
    assert "30" not in new.inner_text()
    assert "90" in new.inner_text()
    left, right = old.bounding_box(), new.bounding_box()
    assert left is not None
    assert right is not None
    assert left["x"] + left["width"] <= right["x"]
    assert abs(left["y"] - right["y"]) < 2
    expect(page.locator(".np-sides")).to_contain_text("Old text: version 2024-01-10")


def test_a_screen_reader_is_given_each_text_once(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    tree = page.locator(".np-redline").aria_snapshot()
    assert tree.count("We never sell your data.") == 1
    assert tree.count("Nobody else receives them") == 1, "what moved away is folded"
    assert tree.count("deletion") > 0
    assert tree.count("insertion") > 0
    assert "sections unchanged" not in tree


def test_without_has_there_is_the_whole_text_and_no_choice(open_page: Open) -> None:
    page = open_page(EN + "?view=changed", change=lambda css: css.replace(":has(", ":never("))
    expect(page.locator(".np-views")).to_be_hidden()
    expect(page.locator("#scope")).to_be_visible()
    expect(page.locator(".np-old").first).to_be_hidden()
    expect(page.locator(".np-fold").first).to_be_hidden()


def test_a_moved_section_leads_to_its_other_end_and_back(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    page.locator("#moved-1 a").click()
    there = page.locator("#moved-1-from")
    expect(there).to_be_in_viewport()
    folded = page.locator(".np-away p").first
    expect(folded).to_be_hidden()
    page.locator(".np-away summary").click()
    expect(folded).to_contain_text("as far as their work for us needs it")
    there.locator("a").click()
    expect(page.locator("#moved-1")).to_be_in_viewport()


@pytest.mark.parametrize("width", [360, 1280])
def test_every_line_of_the_summary_leads_to_its_change(open_page: Open, width: int) -> None:
    page = open_page(width=width)
    links = page.locator(".np-changes li a")
    expect(links).to_have_count(7)
    for link in links.all():
        link.click()
        target = page.locator(str(link.get_attribute("href")))
        expect(target).to_be_in_viewport()
        top = target.evaluate("e => e.getBoundingClientRect().top")
        bar = page.locator("[data-np-steps]").evaluate("e => e.getBoundingClientRect().bottom")
        assert top >= min(bar, 200) - 40, "the bar does not hide it"


# ---- from change to change


def test_buttons_and_keys_lead_from_change_to_change(open_page: Open) -> None:
    page = open_page()
    place = page.locator("[data-np-place]")
    page.get_by_role("button", name="Next change").click()
    expect(place).to_have_text(re.compile(r"change 1 of \d+"))
    expect(page.locator(".np-here")).to_be_in_viewport()
    count = int(place.inner_text().split()[-1])
    assert count > 8
    page.locator("h1").click()
    for key, told in (("n", 2), ("j", 3), ("k", 2), ("p", 1), ("p", count), ("n", 1)):
        page.keyboard.press(key)
        expect(place).to_have_text(f"change {told} of {count}")
        assert page.evaluate("document.activeElement === document.querySelector('.np-here')")
    seen = []
    for _ in range(count):
        page.keyboard.press("n")
        seen.append(read(page.locator(".np-here")))
    assert len(set(seen)) == count
    assert any(text.startswith("Storage (heading level") for text in seen), "another level is a change too"
    assert any("Nobody else receives them" in text for text in seen), "a section that moved is one change"
    assert any("Paragraph split here." in text for text in seen)
    assert place.get_attribute("aria-live") == "polite"


def test_keys_can_be_turned_off_and_leave_others_alone(open_page: Open) -> None:
    page = open_page()
    place = page.locator("[data-np-place]")
    for key in ("Control+n", "Alt+n", "Shift+N", "Meta+p"):
        page.locator(".np-redline").dispatch_event("keydown", {"key": "n", "bubbles": True, "ctrlKey": True})
        page.keyboard.press(key)
    page.locator("#np-view-all").focus()
    page.keyboard.press("n")
    expect(place).to_have_text("")
    page.locator("[data-np-keys]").uncheck()
    page.locator("h1").click()
    page.keyboard.press("n")
    expect(place).to_have_text("")
    assert page.url.endswith("?keys=off")
    page.reload()
    expect(page.locator("[data-np-steps]")).to_be_visible()
    expect(page.locator("[data-np-keys]")).not_to_be_checked()


def test_the_view_is_kept_in_the_address_and_nowhere_else(open_page: Open) -> None:
    page = open_page(EN + "#change-2")
    choose(page, "changed")
    assert page.url == EN + "?view=changed#change-2"
    page.reload()
    expect(page.locator("#np-view-changed")).to_be_checked()
    choose(page, "all")
    assert page.url == EN + "#change-2"
    assert page.evaluate("document.cookie + localStorage.length + sessionStorage.length") == "00"


def test_a_narrow_window_falls_back_from_side_by_side(open_page: Open) -> None:
    page = open_page(EN + "?view=sides", width=360)
    expect(page.locator("#np-view-all")).to_be_checked()
    expect(page.locator(".np-old").first).to_be_hidden()


def test_hidden_text_is_no_change_to_walk_to(open_page: Open) -> None:
    page = open_page(EN + "?view=new")
    page.locator("h1").click()
    place = page.locator("[data-np-place]")
    page.keyboard.press("n")
    count = int(place.inner_text().split()[-1])
    for _ in range(count):
        page.keyboard.press("n")
        assert page.evaluate("document.activeElement.getClientRects().length") > 0
    choose(page, "all")
    expect(place).to_have_text("")
    page.locator("h1").click()
    page.keyboard.press("n")
    assert int(place.inner_text().split()[-1]) > count


# ---- marks


def find_look(page: Page, selector: str) -> dict[str, str]:
    told: dict[str, str] = page.locator(selector).first.evaluate(
        """e => {
            const s = getComputedStyle(e);
            let under = e;
            while (under && ["rgba(0, 0, 0, 0)", "transparent"].includes(getComputedStyle(under).backgroundColor)) under = under.parentElement;
            return {line: s.textDecorationLine, style: s.textDecorationStyle, color: s.color,
                    under: getComputedStyle(under || document.documentElement).backgroundColor};
        }"""  # noqa: E501
    )
    return told


def to_hex(colour: str) -> str:
    return "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", colour)[:3])


MARKS = {
    ".np-redline > .np-edit > p > ins": ("underline", "solid"),
    ".np-redline > .np-edit > p > del": ("line-through", "solid"),
    "ins.np-moved-here": ("underline", "double"),
    ".np-legend .np-moved-away": ("line-through", "wavy"),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_have_a_line_each_and_enough_contrast(open_page: Open, scheme: str) -> None:
    page = open_page(color_scheme=scheme)
    for selector, (line, style) in MARKS.items():
        look = find_look(page, selector)
        assert (look["line"], look["style"]) == (line, style), selector
        assert measure_contrast(to_hex(look["color"]), to_hex(look["under"])) >= 4.5, (selector, look)
    for selector in (".np-remark", ".np-move", ".np-change__counts", ".np-steps__place", ".np-away summary"):
        look = find_look(page, selector)
        assert measure_contrast(to_hex(look["color"]), to_hex(look["under"])) >= 4.5, (selector, look)


def test_a_sign_in_the_margin_says_what_a_colour_says(open_page: Open) -> None:
    page = open_page()
    signs = page.evaluate(
        "[...document.querySelectorAll('.np-edit')].map(e => [e.className, getComputedStyle(e, '::before').content])"
    )
    wanted = {"both": "±", "come": "+", "gone": "\u2212", "moved": "⇅"}
    assert {name.rpartition("-")[2] for name, _ in signs} == set(wanted)
    assert all(wanted[name.rpartition("-")[2]] in content for name, content in signs)


def test_the_reader_s_own_colours_keep_the_marks(open_page: Open) -> None:
    page = open_page(forced_colors="active")
    for selector, look in MARKS.items():
        found = find_look(page, selector)
        assert (found["line"], found["style"]) == look
    assert "±" in page.evaluate("getComputedStyle(document.querySelector('.np-edit--both'), '::before').content")


def test_paper_keeps_the_marks_in_black_and_drops_what_one_clicks(open_page: Open) -> None:
    page = open_page()
    page.emulate_media(media="print")
    for selector in (".np-views", ".np-steps", ".np-away summary", ".np-old"):
        expect(page.locator(selector).first).to_be_hidden()
    for selector, (line, style) in MARKS.items():
        look = find_look(page, selector)
        assert (look["line"], look["style"], look["color"]) == (line, style, "rgb(0, 0, 0)"), selector
    expect(page.locator(".np-legend")).to_be_visible()


# ---- right to left


def test_arabic_stands_on_the_right_with_its_signs(open_page: Open) -> None:
    page = open_page(AR)
    edit = page.locator(".np-edit--both").first
    box = edit.bounding_box()
    assert box is not None
    sign = edit.evaluate("e => parseFloat(getComputedStyle(e, '::before').right)")
    assert sign < 0, "the sign stands in the right margin"
    expect(page.locator(".np-changes__all")).to_contain_text("أقسام")
    choose(page, "sides")
    old, new = page.locator(".np-old").first.bounding_box(), page.locator(".np-old + *").first.bounding_box()
    assert old is not None
    assert new is not None
    assert old["x"] > new["x"], "the old text is where one begins to read"
