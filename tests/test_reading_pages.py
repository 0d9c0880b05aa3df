"""An edition as a visitor reads it, in a browser: first screen, contents, terms, citations, lost sections."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, expect

from noticepress.cli import open_press
from noticepress.publish import publish_site
from tests import acme
from tests.everyone.hosting import Host, open_host
from tests.everyone.sites import Built
from tests.layered import SUMMARIES, THIRD, build_layered

pytestmark = pytest.mark.browser
ADDRESS = "https://privacy.acme.example/"
LINE = f"{acme.NOTICE}/americas/"
PHONE = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built("layered", build_layered(tmp_path_factory.mktemp("layered")), ADDRESS, ())


@pytest.fixture(scope="module")
def announced(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site of two versions in the days before the second applies."""
    folder = tmp_path_factory.mktemp("announced")
    site = acme.make_history(folder / "site")
    publish_site(site, folder / "out", open_press(site, date(2024, 5, 10)))
    return Built("announced", folder / "out", ADDRESS, ())


def open_phone(browser: Browser, built: Built, **settings: object) -> Host:
    return Host(built, browser.new_context(**PHONE, **settings))  # type: ignore[arg-type]


@pytest.fixture
def phone(browser: Browser, built: Built) -> Iterator[Host]:
    host = open_phone(browser, built)
    yield host
    host.context.close()
    assert host.faults == []


# ---- the first screen

FIRST = ("h1", ".np-key__who dd", ".np-key__whom dd", ".np-key__region", ".np-key__since strong", ".np-key__latest dd")


@pytest.mark.parametrize("locale", ["en", "ja", "ar"])
@pytest.mark.parametrize("region", acme.REGIONS)
def test_the_first_screen_of_a_phone_says_who_speaks_for_whom_since_when_and_what_changed(
    phone: Host, locale: str, region: str
) -> None:
    page = phone.open_page(f"{locale}/{acme.NOTICE}/{region}/")
    for name in FIRST:
        box = page.locator(name).bounding_box()
        assert box, name
        assert box["height"] > 0, name
        assert box["y"] + box["height"] <= 640, name
        assert box["x"] >= 0, name
        assert box["x"] + box["width"] <= 360, name
    link = page.locator(".np-key__latest a")
    assert (link.get_attribute("href") or "").startswith("compare/")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_first_screen_tells_of_the_next_version_too(browser: Browser, announced: Built) -> None:
    host = open_phone(browser, announced)
    page = host.open_page(f"en/{LINE}")
    box = page.locator(".np-key__next dd").bounding_box()
    assert box
    assert box["y"] + box["height"] <= 640
    expect(page.locator(".np-key__next dd")).to_contain_text("May 20, 2024")
    expect(page.locator(".np-key__next a")).to_have_text("What will change")
    host.context.close()


# ---- layers


def test_short_versions_and_full_text_are_all_there_without_a_script_and_on_paper(
    browser: Browser, built: Built
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    host = Host(built, context)
    page = host.context.new_page()
    page.goto(f"{ADDRESS}en/{LINE}")
    first, second = SUMMARIES["en"]
    overview = page.locator(".np-shorts")
    for words in (first, second.replace("*", "")):
        expect(overview).to_contain_text(words)
        expect(page.locator(".np-text")).to_contain_text(words)
    for section in page.locator(".np-text h2, .np-text p, .np-text li").all():
        assert section.is_visible()
    page.emulate_media(media="print")
    expect(page.locator(".np-text .np-short").first).to_be_visible()
    expect(overview).to_be_visible()
    expect(page.locator(".np-key")).to_be_visible()
    assert not page.locator(".np-cite").first.is_visible()
    contact = page.locator(".np-wishes dd a").first
    assert contact.evaluate("link => link.checkVisibility({ contentVisibilityAuto: true })")
    assert page.locator(".np-key__summary").evaluate("text => getComputedStyle(text).display") == "block"
    context.close()


def test_the_overview_leads_to_the_sections(phone: Host) -> None:
    page = phone.open_page(f"ar/{LINE}")
    page.locator(".np-shorts a").nth(1).click()
    assert page.url.endswith("#rights")
    expect(page.locator("#rights")).to_be_in_viewport()


def test_contacts_are_printed_although_they_are_folded(phone: Host) -> None:
    page = phone.open_page(f"en/{LINE}")
    wishes = page.locator(".np-wishes")
    assert wishes.get_attribute("open") is None
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert wishes.get_attribute("open") is not None
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert wishes.get_attribute("open") is None
    wishes.locator("summary").click()
    link = wishes.get_by_role("link", name="privacy@acme.example").first
    expect(link).to_be_visible()
    assert (link.get_attribute("href") or "").startswith("mailto:privacy@acme.example?subject=See%2C%20correct")


# ---- contents


def test_contents_stay_at_hand_on_a_phone_and_say_where_the_reader_is(phone: Host) -> None:
    page = phone.open_page(f"en/{LINE}")
    contents = page.locator(".np-contents--inline")
    page.locator("#rights").evaluate("heading => heading.scrollIntoView()")
    page.mouse.wheel(0, 1)
    expect(contents).to_be_in_viewport()
    box = contents.bounding_box()
    assert box
    assert box["y"] < 1
    expect(page.locator("[data-np-here]")).to_have_text("Your rights")
    heading = page.locator("#rights").bounding_box()
    assert heading
    assert heading["y"] >= box["y"] + box["height"]  # the bar covers no heading
    page.touchscreen.tap(box["x"] + 40, box["y"] + 20)  # a click of Playwright scrolls what sticks out of the way
    assert page.locator(".np-contents--inline a[aria-current=location]").inner_text() == "Your rights"
    contents.get_by_role("link", name="Security").click()
    assert contents.get_attribute("open") is None
    expect(page.locator("#security")).to_be_in_viewport()


def test_contents_beside_the_text_follow_the_reader(browser: Browser, built: Built) -> None:
    with open_host(browser, built) as host:
        page = host.open_page(f"en/{LINE}#rights")
        expect(page.locator(".np-contents--side a[aria-current=location]")).to_have_text("Your rights")
        expect(page.locator(".np-contents--inline")).to_be_hidden()
        assert host.faults == []


# ---- citing

CITATION = (
    "Website privacy notice, “Your rights”, version 2024-09-01, applies from September 1, 2024, "
    "https://privacy.acme.example/en/website/americas/2024-09-01/#rights"
)


def test_a_citation_is_copied_with_the_permanent_address(browser: Browser, built: Built) -> None:
    with open_host(browser, built, permissions=["clipboard-read", "clipboard-write"]) as host:
        page = host.open_page(f"en/{LINE}")
        link = page.locator("#rights .np-cite")
        link.focus()
        expect(link).to_have_css("opacity", "1")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == CITATION
        assert page.url == f"{ADDRESS}en/{LINE}"
        assert host.faults == []


def test_without_a_script_the_citation_is_a_link_to_the_permanent_edition(browser: Browser, built: Built) -> None:
    with open_host(browser, built, java_script_enabled=False) as host:
        page = host.context.new_page()
        page.goto(f"{ADDRESS}en/{LINE}")
        page.locator("#rights").hover()
        page.locator("#rights .np-cite").click()
        assert page.url == f"{ADDRESS}en/{LINE}{THIRD}/#rights"


# ---- terms


@pytest.mark.parametrize(
    ("locale", "term", "definition"),
    [
        ("en", "account data", "Account data means what you tell us"),
        ("ja", "会員データ", "会員データとは、登録の際に"),
        ("ar", "بيانات الحساب", "بيانات الحساب هي ما تخبرنا"),
    ],
)
def test_a_term_shows_its_definition_in_place(
    browser: Browser, built: Built, locale: str, term: str, definition: str
) -> None:
    with open_host(browser, built) as host:
        page = host.open_page(f"{locale}/{LINE}#security")
        links = page.locator(".np-term", has_text=term)
        assert links.count() == 1
        link = links.first
        assert link.evaluate(
            "link => document.getElementById(link.getAttribute('aria-describedby')).textContent"
        ).startswith(definition)
        link.hover()
        shown = page.locator(".np-definition")
        expect(shown).to_contain_text(definition)
        box, spot = shown.bounding_box(), link.bounding_box()
        assert box
        assert spot
        assert abs(box["y"] - spot["y"]) < 200
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 1280
        page.keyboard.press("Escape")
        expect(shown).to_have_count(0)
        page.mouse.move(0, 0)
        link.focus()
        expect(shown).to_be_visible()
        page.keyboard.press("Enter")
        assert page.url.endswith("#np-def-1")
        assert host.faults == []


def test_a_tap_shows_the_definition_and_a_second_one_goes_to_it(phone: Host) -> None:
    page = phone.open_page(f"en/{LINE}#security")
    link = page.locator(".np-term").first
    link.tap()
    shown = page.locator(".np-definition")
    expect(shown).to_contain_text("means what you tell us")
    box = shown.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert page.url.endswith("#security")
    link.tap()
    page.wait_for_url("**/#np-def-1")


# ---- sections that are gone, or not there yet


def test_a_section_that_is_gone_leads_to_the_nearest_one_and_to_the_last_version_with_it(phone: Host) -> None:
    page = phone.open_page(f"en/{LINE}#purposes")
    note = page.locator(".np-lost")
    expect(note).to_contain_text(
        "This version no longer has the section “Why we use it”. "
        "Version 2024-05-20 (May 20, 2024) was the last to have it."
    )
    expect(note).to_be_focused()
    expect(page.locator("#collected")).to_be_in_viewport()
    assert page.locator("#collected + .np-lost").count() == 1
    assert page.url.endswith("#purposes")
    note.get_by_role("link", name="Read it in version 2024-05-20").click()
    assert page.url == f"{ADDRESS}en/{LINE}{acme.SECOND}/#purposes"
    expect(page.locator("#purposes")).to_be_in_viewport()
    assert page.locator(".np-lost").count() == 0


@pytest.mark.parametrize(
    ("address", "how", "target", "words"),
    [
        (f"en/{LINE}#data", "continues", "collected", "“What we collect”"),
        (f"ar/{LINE}#purposes", "gone", "collected", "الأغراض"),
        (f"ja/{LINE}{THIRD}/#purposes", "gone", "collected", "目的"),
        (f"en/{LINE}{acme.FIRST}/#security", "later", "rights", "2024-09-01 (September 1, 2024)"),
        (f"en/{LINE}{acme.FIRST}/#collected", "continues", "data", "2024-09-01"),
    ],
)
def test_a_link_from_another_version_or_language_arrives(
    phone: Host, address: str, how: str, target: str, words: str
) -> None:
    page = phone.open_page(address)
    note = page.locator(f"#{target} + .np-lost")
    expect(note).to_contain_text(words)
    assert note.get_attribute("data-np-lost") == how
    expect(page.locator(f"#{target}")).to_be_in_viewport()


def test_moving_on_takes_the_explanation_away(phone: Host) -> None:
    page = phone.open_page(f"en/{LINE}")
    assert [path for path in phone.asked if path.endswith("sections.json")] == []
    page.evaluate("location.hash = '#purposes'")
    expect(page.locator(".np-lost")).to_be_visible()
    page.evaluate("location.hash = '#rights'")
    expect(page.locator(".np-lost")).to_have_count(0)
    page.evaluate("location.hash = '#data'")
    expect(page.locator(".np-lost")).to_be_visible()
    assert [path for path in phone.asked if path.endswith("sections.json")] == [f"en/{LINE}sections.json"]


def test_a_section_that_never_was_is_not_explained(phone: Host) -> None:
    page = phone.open_page(f"en/{LINE}#nowhere")
    page.wait_for_load_state("networkidle")
    assert page.locator(".np-lost").count() == 0
