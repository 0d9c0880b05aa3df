"""Finding the right notice: why a place belongs to its region, what the chooser says, and what its field does."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from noticepress.belonging import Belonging, find_belonging
from noticepress.bynames import list_bynames
from noticepress.localize import territory_name
from noticepress.model import Facts, Region, Version
from noticepress.pages import View
from noticepress.pages.answers import find_answers, tell_answer
from noticepress.pages.finding import PLACES_PATH, describe_names
from noticepress.pages.head import is_indexed
from noticepress.pages.places import list_places
from noticepress.pages.plan import chooser_page, link_page, plan_pages, start_page
from noticepress.pages.scene import Scene
from noticepress.territories import UnknownTerritory, all_territories, claim, countries
from tests import acme
from tests.everyone.hosting import Host, open_host
from tests.everyone.sites import Built, build
from tests.factories import make_library, make_lines, make_settings, make_version
from tests.test_pages import TEMPLATES, TODAY, find_links, read, show

DAY = date(2024, 1, 1)


def make_regions(**rules: Sequence[str]) -> dict[str, Region]:
    return {name: Region(name, {"en": f"the {name} part"}, tuple(rule)) for name, rule in rules.items()}


ASIAN = make_regions(east=["JP", "142"], west=["rest"])
LEGAL = make_regions(eu=["eu-gdpr"], uk=["uk"], world=["rest"])
STATES = make_regions(golden=["US-CA"], home=["US", "-US-CA"], world=["rest"])
CLOSED = make_regions(europe=["150 - AT FR"], world=["rest"])


# ---- why: in data


@pytest.mark.parametrize(
    ("territory", "region", "regions", "expected"),
    [
        ("JP", "east", ASIAN, Belonging("geographic", "142")),  # of several entries the last one decides
        ("KR", "east", ASIAN, Belonging("geographic", "142")),
        ("FR", "west", ASIAN, Belonging("rest")),
        ("JP", "east", make_regions(east=["142", "JP"], west=["rest"]), Belonging("itself")),
        ("CY", "eu", LEGAL, Belonging("legal", "eu-gdpr")),
        ("RE", "eu", LEGAL, Belonging("legal", "eu-gdpr")),
        ("GB", "uk", LEGAL, Belonging("legal", "uk")),
        ("US-CA", "golden", STATES, Belonging("itself")),
        ("US-NY", "home", STATES, Belonging("country", "US")),
        ("US", "home", STATES, Belonging("itself")),
        ("CA-QC", "world", STATES, Belonging("rest")),
        ("AT", "world", CLOSED, Belonging("left-out", "150", "europe")),
        ("DE", "europe", CLOSED, Belonging("geographic", "150")),
        ("US-TX", "world", make_regions(world=["001"]), Belonging("geographic", "001")),
        ("JP", "west", ASIAN, Belonging("published")),  # the rule of today gives it to another region
        ("FR", "east", ASIAN, Belonging("published")),
        ("FR", "gone", ASIAN, Belonging("published")),
        ("FR", "east", make_regions(east=["Frankreich"]), Belonging("published")),
    ],
)
def test_what_decides_where_a_territory_belongs(
    territory: str, region: str, regions: Mapping[str, Region], expected: Belonging
) -> None:
    assert find_belonging(territory, region, regions, DAY, DAY) == expected


def test_a_legal_group_is_that_of_the_day_and_says_when_it_has_changed_since() -> None:
    regions = make_regions(eu=["eu-gdpr"], world=["rest"])
    then = date(2015, 1, 14)
    assert find_belonging("GB", "eu", regions, then, DAY) == Belonging("legal-then", "eu-gdpr")
    assert find_belonging("DE", "eu", regions, then, DAY) == Belonging("legal", "eu-gdpr")
    assert find_belonging("GB", "world", regions, DAY, DAY) == Belonging("rest")


@pytest.mark.parametrize("regions", [ASIAN, LEGAL, STATES, CLOSED], ids=["asian", "legal", "states", "closed"])
def test_every_territory_has_a_reason_in_the_region_that_claims_it_and_in_no_other(
    regions: Mapping[str, Region],
) -> None:
    claims = claim(regions.values(), DAY)
    for territory in all_territories():
        kinds = {name: find_belonging(territory, name, regions, DAY, DAY).kind for name in regions}
        assert {name for name, kind in kinds.items() if kind != "published"} == {
            name for name, held in claims.items() if territory in held
        }


def test_no_reason_is_made_up_for_a_code_that_is_none() -> None:
    with pytest.raises(UnknownTerritory):
        find_belonging("XX", "west", ASIAN, DAY, DAY)


# ---- why: in words


def make_view(
    regions: Mapping[str, Region],
    *,
    locales: Sequence[str] = ("en", "de"),
    versions: Sequence[Version] = (),
    entities: Mapping[str, Sequence[str]] | None = None,
) -> View:
    """A site whose one notice was sealed by these rules."""
    claims = claim(regions.values(), date(2024, 1, 1))
    made = make_version("2024-01-01", {name: {"en": f"# A\n\nFor {name}.\n"} for name in regions})
    names = entities or {}
    sealed = {
        name: replace(
            region,
            names={"en": f"the {name} part"},
            territories=tuple(sorted(claims[name])),
            entities=tuple(
                Facts(legal.lower(), date(2000, 1, 1), legal, jointly=True)
                for legal in names.get(name, [f"{name} Inc"])
            ),
        )
        for name, region in made.regions.items()
    }
    made = replace(made, regions=sealed, audiences={"en": "people who visit us", "de": "wer uns besucht"})
    listed = [made, *versions]
    library = replace(make_library(listed, make_settings(locales=locales, site_url="")), regions=dict(regions))
    return View(library, make_lines(listed, TODAY), TODAY, TEMPLATES)


def tell(view: View, territory: str, locale: str = "en") -> str:
    scene = Scene(start_page(locale), view)
    answers = find_answers(scene, list_places(scene), sorted(all_territories()))
    (name,) = answers.ids[territory]
    return tell_answer(scene, answers.by_id[name], territory_name(territory, locale))


@pytest.mark.parametrize(
    ("regions", "territory", "told"),
    [
        (ASIAN, "KR", "South Korea: east Inc answers for your data, because this place is part of “Asia”, as the "),
        (ASIAN, "FR", "France: west Inc answers for your data, because no other region names this place."),
        (LEGAL, "NO", "Norway: world Inc answers for your data, because no other region names this place."),
        (LEGAL, "IE", "Ireland: eu Inc answers for your data, because this place is in this legal area: the European"),
        (STATES, "US-CA", "California: golden Inc answers for your data, because the region “the golden part” names"),
        (STATES, "US-NY", "New York: home Inc answers for your data, because the region “the home part” names its cou"),
        (CLOSED, "FR", "France: world Inc answers for your data, because the region “the europe part” leaves this pl"),
    ],
)
def test_the_answer_tells_its_reason_in_a_sentence(regions: Mapping[str, Region], territory: str, told: str) -> None:
    assert tell(make_view(regions), territory).startswith(told)


def test_several_answer_jointly() -> None:
    view = make_view(ASIAN, entities={"west": ["One Ltd", "Two SL"]})
    assert tell(view, "FR").startswith("France: One Ltd and Two SL answer jointly for your data, because ")


def test_what_is_sealed_answers_and_not_the_rule_of_today() -> None:
    view = make_view(ASIAN)
    moved = replace(view, library=replace(view.library, regions=make_regions(east=["JP"], west=["rest"])))
    assert tell(moved, "KR") == (
        "South Korea: east Inc answers for your data, because the notice in force was published for this place."
    )


def test_a_subdivision_is_listed_only_where_it_leaves_its_country() -> None:
    view = make_view(STATES)
    markup = show(start_page("en"), view).body
    assert "California" in read(markup)
    assert "Texas" not in read(markup)
    assert re.findall(r'<li id="(why-home[^"]*)"', markup) == ["why-home-itself"]
    places = {place[0]: place[1] for place in describe_names(view)["places"]}
    assert places["US-TX"] != places["US-CA"]
    assert places["US-TX"]


@pytest.mark.parametrize("regions", [ASIAN, LEGAL, STATES, CLOSED], ids=["asian", "legal", "states", "closed"])
@pytest.mark.parametrize("locale", ["en", "de"])
def test_every_place_of_a_list_leads_to_who_answers_there_and_why(regions: Mapping[str, Region], locale: str) -> None:
    view = make_view(regions)
    claims = claim(regions.values(), DAY)
    markup = show(start_page(locale), view).body
    anchors = dict(re.findall(r'<li id="(why-[^"]+)">(.*?)</li>', markup))
    listed = markup.partition('id="places"')[2]
    for code in countries():
        name = html.escape(territory_name(code, locale), quote=False).replace("'", "&#39;")
        (anchor,) = re.findall(rf'<a href="#([^"]+)">{re.escape(name)}&nbsp;', listed)
        (region,) = [name for name, held in claims.items() if code in held]
        assert f"{region} Inc" in read(anchors[anchor]), code


# ---- the chooser


@cache
def make_wide() -> View:
    return make_view(ASIAN, locales=("en", "de", "es", "ja", "ar"))


def test_the_chooser_has_every_place_by_its_name_in_every_language_and_each_leads_there() -> None:
    markup = show(chooser_page("en"), make_wide()).body
    for locale in ("en", "de", "es", "ja", "ar"):
        part = re.search(rf'<details class="np-atlas" lang="{locale}".*?</details>', markup, re.DOTALL)
        assert part
        links = re.findall(rf'<a href="{locale}/#(why-[^"]+)">([^<]+)</a>', part[0])
        assert {html.unescape(name) for _, name in links} == {territory_name(code, locale) for code in countries()}
        theirs = show(start_page(locale), make_wide()).body
        assert {anchor for anchor, _ in links} == set(re.findall(r'<li id="(why-[^"]+)"', theirs))


@pytest.mark.parametrize("page", [chooser_page("en"), start_page("de")], ids=lambda page: page.kind)
def test_three_questions_stand_on_top(page: Any) -> None:  # noqa: ANN401
    markup = show(page, make_wide()).body
    asked = re.search(r'<ol class="np-questions">(.*?)</ol>', markup, re.DOTALL)
    assert asked
    anchors = re.findall(r'href="#([^"]+)"', asked[1])
    assert anchors == ["places", "languages", "audiences"]
    assert all(f'id="{anchor}"' in markup for anchor in anchors)


def test_a_notice_is_found_by_whom_it_is_for_and_a_supplement_says_what_it_adds_to() -> None:
    supplement = replace(
        make_version("2024-02-01", {"east": {"en": "# B\n\nMore.\n"}}, notice="children"),
        supplements="visitors",
        audiences={"en": "children in Asia"},
    )
    view = make_view(ASIAN, versions=[supplement])
    told = read(show(start_page("en"), view).body.partition('id="audiences"')[2])
    assert "People who visit us Notice for visitors" in told
    assert "Children in Asia Notice for children It adds to: Notice for visitors" in told


def test_who_is_not_sure_learns_what_differs() -> None:
    view = make_view(ASIAN)
    part = show(start_page("en"), view).body.partition('id="unsure"')[2]
    assert 'href="visitors/east/compare/regions/west/"' in part
    assert "The east part: east Inc" in read(part)


@pytest.mark.parametrize("page", [chooser_page("en"), start_page("en")], ids=lambda page: page.kind)
def test_nothing_that_needs_a_script_is_seen_without_one(page: Any) -> None:  # noqa: ANN401
    markup = show(page, make_wide()).body
    for part in re.findall(r"<form[^>]*>|<div class=\"np-answers\"[^>]*>", markup):
        assert part.endswith(" hidden>")


def test_the_names_for_the_script_are_complete_and_lead_to_pages() -> None:
    view = make_wide()
    data = describe_names(view)
    assert json.dumps(data) == json.dumps(describe_names(view))
    assert {place[0] for place in data["places"]} == all_territories()
    paths = {page.path for page in plan_pages(view)}
    for by_locale in data["answers"].values():
        assert list(by_locale) == ["en", "de", "es", "ja", "ar"]
        for locale, answer in by_locale.items():
            assert answer["told"].count("{place}") == 1
            assert answer["region"][1].startswith(f"{locale}/#")
            assert {notice["link"] for notice in answer["notices"]} <= paths


def test_a_notice_in_which_others_answer_says_who() -> None:
    supplement = make_version("2024-02-01", {"east": {"en": "# B\n\nMore.\n"}}, notice="children")
    region = replace(supplement.regions["east"], territories=("JP", "KR"))
    supplement = replace(supplement, supplements="visitors", regions={"east": region})
    data = describe_names(make_view(ASIAN, versions=[supplement]))
    answers = {place[0]: [data["answers"][name]["en"] for name in place[1]] for place in data["places"]}
    (korean,), (indian,) = answers["KR"], answers["IN"]
    assert korean["told"].startswith("{place}: east Inc answers")
    assert [notice["who"] for notice in korean["notices"]] == ["", "Who answers to you: The acme-inc company"]
    assert [notice["title"] for notice in indian["notices"]] == ["Notice for visitors"]


def test_other_names_are_those_of_places_that_there_are_and_no_names_of_others() -> None:
    view = make_view(ASIAN, locales=("en", "es", "de", "ja", "ar"))
    places = describe_names(view)["places"]
    own = {name.casefold(): code for code, _, names, *_ in places for name in names}
    others = [(code, name) for code, _, _, *found in places for names in found for name in names]
    assert len(others) > 80
    assert len({name for _, name in others}) == len(others)
    assert [(code, name) for code, name in others if own.get(name.casefold(), code) != code] == []
    assert all(list_bynames(code) for code, _ in others)


# ---- links for other sites


def test_links_for_other_sites_are_html_that_can_be_taken_as_it_is() -> None:
    view = make_view(ASIAN, locales=("en", "ja"))
    settings = replace(view.library.settings, site_url="https://privacy.acme.example/", organisation="A & <B>")
    view = replace(view, library=replace(view.library, settings=settings))
    shown = re.findall(r"<code>(.*?)</code>", show(link_page("ja"), view).body, re.DOTALL)
    codes = [html.unescape(re.sub(r"</?span[^>]*>", "", code)) for code in shown]
    start = 'rel="privacy-policy" href="https://privacy.acme.example/'
    assert codes[0] == f'<a {start}ja/" hreflang="ja" lang="ja">A &amp; &lt;B&gt;のプライバシー通知</a>'
    assert re.match(rf'<a {start}ja/\?territory=[A-Z]{{2}}" ', codes[2])
    assert [line[: line.index('" ', 30)] for line in codes[3].splitlines()] == [f"<a {start}en/", f"<a {start}ja/"]
    assert f"<a {start}ja/visitors/east/" in codes[4]


def test_the_page_for_other_sites_is_there_in_every_language_and_not_for_search_engines() -> None:
    pages = [page for page in plan_pages(make_wide()) if page.kind == "link"]
    assert [page.path for page in pages] == ["en/link/", "de/link/", "es/link/", "ja/link/", "ar/link/"]
    assert not any(is_indexed(page) for page in pages)
    for page in pages:
        assert "../" in set(find_links(page, make_wide()))


# ---- in a browser


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, history: Path) -> Built:
    return build("finding", history, tmp_path_factory.mktemp("finding") / "site", date(2024, 6, 1))


@pytest.fixture
def host(browser: Browser, built: Built) -> Iterator[Host]:
    with open_host(browser, built, width=360) as opened:
        yield opened
        assert opened.faults == []


def answer_of(tab: Tab) -> str:
    shown = tab.locator("[data-np-answers]")
    expect(shown).to_be_visible()
    return " ".join(shown.inner_text().replace("\u2068", "").replace("\u2069", "").split())


def results_of(tab: Tab) -> list[str]:
    expect(tab.locator("[data-np-said]")).not_to_be_empty()
    return [" ".join(name.split()) for name in tab.locator("[data-np-results] a").all_inner_texts()]


TYPED = {
    "jap": ["Japan"],
    "JAPÓN": ["Japan Japón"],
    "日本": ["Japan 日本"],
    "あめりか": ["United States アメリカ合衆国"],
    "اليابان": ["Japan اليابان"],
    "cote d'ivoire": ["Côte d\u2019Ivoire"],
    "turkey": ["Türkiye Turkey"],
    "uk": ["United Kingdom UK", "Ukraine"],
    "衆国": ["United States アメリカ合衆国"],
    "usa": ["United States USA"],
    "jp": ["Japan"],
    "us-ca": ["California"],
    "californ": ["California"],
    "guinea": ["Guinea", "Guinea-Bissau", "Equatorial Guinea", "Papua New Guinea"],
    "atlantis": [],
}
"""What is typed, and what a reader of English finds first."""


@pytest.mark.browser
def test_typing_finds_a_place_by_any_of_its_names(host: Host) -> None:
    tab = host.open_page("en/")
    for typed, expected in TYPED.items():
        tab.locator("#np-place").fill("")
        expect(tab.locator("[data-np-said]")).to_be_empty()
        tab.locator("#np-place").fill(typed)
        found = results_of(tab)
        assert found[: len(expected) or None] == expected, typed
        said = tab.locator("[data-np-said]").inner_text()
        assert said == f"Places found: {len(found)}" if found else said.startswith("No place of that name"), typed
    tab.locator("#np-place").fill("s")
    expect(tab.locator("[data-np-said]")).to_contain_text("; the first 12 are below")
    assert len(results_of(tab)) == 12


@pytest.mark.browser
def test_the_keyboard_leads_from_the_field_to_the_answer_and_back(host: Host) -> None:
    tab = host.open_page("en/")
    tab.locator("#np-place").focus()
    tab.keyboard.type("guinea")
    expect(tab.locator("[data-np-said]")).to_have_text("Places found: 4")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowUp")
    assert tab.evaluate("document.activeElement.dataset.npCode") == "GN"
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.id") == "np-place"
    assert tab.locator("#np-place").input_value() == ""
    tab.keyboard.type("spain")
    expect(tab.locator("[data-np-said]")).to_have_text("Places found: 1")
    tab.keyboard.press("Enter")
    assert "Spain: Acme Europe GmbH and Acme Iberia SL answer jointly for your data" in answer_of(tab)
    assert tab.url.endswith("/en/?territory=ES")
    assert tab.evaluate("document.activeElement.matches('[data-np-answers]')")
    tab.go_back()
    expect(tab.locator("[data-np-answers]")).to_be_hidden()


@pytest.mark.browser
@pytest.mark.parametrize("code", ["JP", "jp"])
def test_a_link_with_a_place_gives_its_answer_at_once(host: Host, code: str) -> None:
    tab = host.open_page(f"es/?territory={code}")
    assert "Japón: Acme Europe GmbH y Acme Iberia SL" in answer_of(tab)
    assert tab.evaluate("document.activeElement.matches('[data-np-answers]')")
    expect(tab.locator("[data-np-answers] a").first).to_have_attribute(
        "href", f"{host.built.address}es/website/elsewhere/"
    )
    ways = tab.locator(".np-languages a[hreflang=ja]")
    assert str(ways.get_attribute("href")).endswith("?territory=JP" if code == "JP" else "?territory=jp")


@pytest.mark.browser
def test_the_root_answers_in_every_language_as_nobody_knows_the_readers(host: Host) -> None:
    tab = host.open_page("?territory=us-ca")
    told = answer_of(tab)
    for name in ("California", "カリフォルニア州"):
        assert name in told
    parts = tab.locator("[data-np-answers] section")
    assert [part.get_attribute("lang") for part in parts.all()] == list(acme.LOCALES)
    assert [part.get_attribute("dir") for part in parts.all()] == ["ltr", "ltr", "ltr", "rtl"]
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    assert host.list_traces(tab) == []


@pytest.mark.browser
def test_arabic_answers_from_right_to_left(host: Host) -> None:
    tab = host.open_page("ar/?territory=US")
    told = answer_of(tab)
    assert "الولايات المتحدة" in told
    assert "Acme Research Inc." in told
    assert tab.evaluate("getComputedStyle(document.querySelector('.np-answer__told')).direction") == "rtl"


@pytest.mark.browser
def test_an_unknown_place_is_named_and_leads_to_what_differs(host: Host) -> None:
    tab = host.open_page("en/?territory=%3Cb%3EXX")
    assert "There is no place with the code “<b>XX” on this list." in answer_of(tab)
    tab.locator("[data-np-answers] a").click()
    expect(tab.locator("#unsure")).to_be_in_viewport()
    assert tab.locator("#unsure a[href*='compare/regions/']").count() == 1


@pytest.mark.browser
def test_a_code_that_is_not_iso_is_no_answer_but_what_may_be_meant_is_offered(host: Host) -> None:
    tab = host.open_page("en/?territory=UK")
    assert "There is no place with the code “UK” on this list." in answer_of(tab)
    assert tab.locator("#np-place").input_value() == "UK"
    assert results_of(tab)[0] == "United Kingdom UK"
    tab.locator("[data-np-results] a").first.click()
    expect(tab.locator(".np-answer__told strong")).to_have_text("United Kingdom")


@pytest.mark.browser
def test_names_that_do_not_arrive_are_reported(browser: Browser, built: Built) -> None:
    with open_host(browser, built) as host:
        host.changed[PLACES_PATH] = b"<html>"
        tab = host.open_page("en/")
        tab.locator("#np-place").fill("japan")
        expect(tab.locator("[data-np-said]")).to_contain_text("could not be loaded")


@pytest.mark.browser
def test_nothing_is_asked_for_until_the_field_is_used(host: Host) -> None:
    tab = host.open_page("en/")
    expect(tab.locator("#np-place")).to_be_visible()
    assert PLACES_PATH not in host.asked
    tab.locator("#np-place").focus()
    tab.wait_for_function("performance.getEntriesByName(new URL('../assets/places.json', location).href).length")
    assert PLACES_PATH in host.asked


@pytest.mark.browser
def test_without_a_script_a_place_leads_to_its_answer(browser: Browser, built: Built) -> None:
    with open_host(browser, built, width=360, java_script_enabled=False) as host:
        tab = host.open_page("?territory=JP")
        expect(tab.locator("form")).to_be_hidden()
        tab.locator("details[lang=es] summary").click()
        tab.get_by_role("link", name="Japón", exact=True).click()
        expect(tab.locator("li:target")).to_contain_text("Acme Europe GmbH y Acme Iberia SL")
        expect(tab.locator("li:target")).to_be_in_viewport()
        expect(tab.locator("form")).to_be_hidden()


@pytest.mark.browser
def test_a_link_for_another_site_is_chosen_and_copied(browser: Browser, built: Built) -> None:
    permissions = ["clipboard-read", "clipboard-write"]
    with open_host(browser, built, width=360, permissions=permissions) as host:
        tab = host.open_page("en/link/")
        tab.locator("#np-snippet-place").select_option("JP")
        tab.locator("[data-np-copy]:visible button").nth(2).click()
        expect(tab.locator("[data-np-copy] [role=status]").nth(2)).to_have_text("Copied")
        assert tab.evaluate("navigator.clipboard.readText()").startswith(
            '<a rel="privacy-policy" href="https://privacy.acme.example/en/?territory=JP" hreflang="en"'
        )
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360
        assert host.faults == []
