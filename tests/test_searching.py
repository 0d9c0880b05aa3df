"""The search: which words it is given, what the page says without a script, and what a browser finds."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from noticepress.indexes import index_files
from noticepress.library import load_library
from noticepress.model import Withdrawal
from noticepress.pages import View, plan_pages
from noticepress.pages.plan import edition_page, search_page, start_page
from noticepress.schemas import output_schemas
from noticepress.searching import index_sections, read_wordings, search_files
from tests import acme
from tests.everyone.axe import TAGS, read_axe
from tests.everyone.hosting import Host, open_host
from tests.everyone.sites import Built, build
from tests.factories import make_version
from tests.test_any_two import make_four, make_years
from tests.test_pages import ROOT, make_view, read, show

FOLDER = ROOT / "templates" / "theme" / "assets" / "javascripts" / "searching"
TODAY = date(2024, 6, 1)
ANNOUNCED = replace(make_years([2025])[0], announced=datetime(2024, 5, 1, tzinfo=UTC))
EVENTFUL = make_view([*make_years([2020, 2021, 2022]), ANNOUNCED], TODAY)


def list_places(data: dict[str, Any], words: str = "") -> list[tuple[str, str, str]]:
    """Region, version and state of every edition that holds a section with these words."""
    places = data["places"]
    return [
        (place["region"], place["version"], place["state"])
        for section in data["sections"]
        if words in section["words"]
        for first, last in section["places"]
        for place in places[first : last + 1]
    ]


def index(view: View, locale: str = "en", *, archive: bool = False) -> dict[str, Any]:
    return index_sections(view, locale, archive=archive)


# ---- what is searched


def test_what_is_in_force_is_one_file_and_every_other_public_version_another() -> None:
    assert list_places(index(EVENTFUL)) == [
        ("east", "2022-01-01", "in-force"),
        ("west", "2022-01-01", "in-force"),
    ]
    assert list_places(index(EVENTFUL, archive=True)) == [
        (region, version, state)
        for region in ("east", "west")
        for version, state in (
            ("2020-01-01", "superseded"),
            ("2021-01-01", "superseded"),
            ("2025-01-01", "announced"),
        )
    ]


def test_a_language_has_only_its_own_words() -> None:
    german = json.dumps(index(EVENTFUL, "de", archive=True))
    assert "seit" in german
    assert "since" not in german


def test_what_is_being_prepared_is_never_searched() -> None:
    draft = make_version("2026-01-01", {"east": {"en": "# A\n\nSecret.\n"}}, sealed=False)
    for drafts in (False, True):
        view = make_view([*make_years([2020]), draft], TODAY, drafts=drafts)
        assert [path for path, content in search_files(view) if b"Secret" in content] == []


def test_a_text_that_was_taken_away_is_not_searched() -> None:
    versions = make_years([2020, 2021])
    gone = Withdrawal(datetime(2022, 1, 1, tzinfo=UTC), {"en": "A court said so."})
    versions[0] = replace(versions[0], removals={("east", "en"): gone})
    found = list_places(index(make_view(versions, TODAY), archive=True))
    assert found == [("west", "2020-01-01", "superseded")]


STAYS = "# A\n\n## Same {#same}\n\nStays.\n\n"


def test_a_wording_is_written_once_with_all_that_hold_it() -> None:
    versions = [
        make_version(f"{year}-01-01", {region: {"en": f"{STAYS}## Year {{#year}}\n\nOf {year}.\n"} for region in "ab"})
        for year in (2020, 2021, 2022)
    ]
    data = index(make_view(versions, TODAY), archive=True)
    assert [section["id"] for section in data["sections"]] == ["", "same", "year", "year"]
    assert [section["places"] for section in data["sections"] if section["id"] == "same"] == [[[0, 1], [2, 3]]]


def test_a_run_of_versions_has_no_gap() -> None:
    """Between the first and the last there is none that said something else, be it in force or not."""
    texts = (STAYS, STAYS.replace("Stays", "Went"), STAYS, STAYS)
    versions = [
        make_version(f"202{number}-01-01", {"a": {"en": text}}, announced=datetime(2019, 1, 1, tzinfo=UTC))
        for number, text in enumerate(texts)
    ]
    data = index(make_view(versions, date(2021, 6, 1)), archive=True)
    assert [place["version"][:4] for place in data["places"]] == ["2020", "2022", "2023"]
    assert [section["places"] for section in data["sections"] if section["id"] == "same"] == [[[0, 0], [1, 2]]]


def test_a_section_that_is_not_translated_yet_is_not_in_the_language() -> None:
    text = '# A\n\n## Eins {#one}\n\nWort.\n\n## Two {#two lang="en" dir="ltr"}\n\nWord.\n\n## Drei {#three}\n\nEnde.\n'
    assert [name for name, _, _ in read_wordings(text)] == ["", "one", "three"]


def test_what_stands_before_the_first_heading_is_found_by_the_title_of_the_text() -> None:
    assert list(read_wordings("# Title\n\nFirst.\n\n| a | b |\n|---|---|\n| c | d |\n")) == [
        ("", "Title", "First.\na\nb\nc\nd")
    ]
    assert next(read_wordings("# Title\n\n## B {#b}\n\nText.\n")) == ("", "Title", "")


def test_the_same_site_gives_the_same_bytes_and_they_are_what_the_schema_says() -> None:
    files = dict(search_files(EVENTFUL))
    assert files == dict(search_files(EVENTFUL))
    assert sorted(files) == [f"{loc}/search{name}.json" for loc in ("de", "en") for name in ("-archive", "")]
    validator = Draft202012Validator(output_schemas()["search.json"])
    for content in files.values():
        validator.validate(json.loads(content))


def test_a_period_is_told_in_words() -> None:
    told = {place["version"]: place["period"] for place in index(EVENTFUL, archive=True)["places"]}
    assert told["2020-01-01"] == "applied from January 1, 2020 until January 1, 2021"
    assert told["2025-01-01"] == "applies from January 1, 2025"


# ---- what the page says


def test_without_a_script_every_section_in_force_is_a_link() -> None:
    body = show(search_page("en"), make_view([make_version("2020-01-01", {"a": {"en": STAYS}})], TODAY)).body
    assert '<a href="../visitors/a/#same">Same</a>' in body
    assert "The search needs a script, and none runs here." in body
    assert re.search(r"<form[^>]* data-np-search=[^>]* hidden>", body)


def test_a_notice_that_is_not_in_the_language_says_which_it_is_in() -> None:
    view = make_view([make_version("2020-01-01", {"a": {"en": STAYS}})], TODAY)
    told = read(show(search_page("de"), view).body)
    assert "Same" not in told
    assert "Englisch" in told


def test_a_site_with_nothing_in_force_says_so() -> None:
    view = make_view([make_version("2030-01-01", announced=datetime(2024, 1, 1, tzinfo=UTC))], TODAY)
    assert "No notice is in force." in read(show(search_page("en"), view).body)


def test_every_page_leads_to_the_search_of_its_language_and_no_other_loads_it() -> None:
    for page in plan_pages(EVENTFUL):
        fragment = show(page, EVENTFUL)
        assert re.search(r'class="np-menu__link np-menu__search" href="[^"]*"', fragment.menu), page.path
        assert ("search.css" in fragment.head) is (page.kind == "search")
        assert ("data-np-search=" in fragment.body) is (page.kind == "search")
    assert 'href="search/"' in show(start_page("de"), EVENTFUL).body
    assert 'href="../../search/"' in show(edition_page("de", "visitors", "east"), EVENTFUL).menu


def test_the_search_is_in_every_language_and_no_search_engine_keeps_it() -> None:
    page = search_page("en")
    head = show(page, EVENTFUL).head
    assert 'content="noindex"' in head
    assert re.search(r'hreflang="de" href="[^"]*/de/search/"|href="[^"]*/de/search/" hreflang="de"', head)
    assert b"/search/" not in dict(index_files(plan_pages(EVENTFUL), EVENTFUL))["sitemap.xml"]


def test_no_notice_can_take_the_address(tmp_path: Path) -> None:
    site = acme.make_site(tmp_path / "acme")
    (site / "content" / "website").rename(site / "content" / "search")
    with pytest.raises(Exception, match="search"):
        load_library(site)


# ---- what stands in the files


def test_the_library_is_the_one_that_its_note_names() -> None:
    note = (FOLDER / "SOURCES.txt").read_text(encoding="utf-8")
    assert hashlib.sha256((FOLDER / "minisearch.js").read_bytes()).hexdigest() in note
    assert "Permission is hereby granted, free of charge" in (FOLDER / "minisearch.LICENSE.txt").read_text("utf-8")


def test_no_script_makes_markup_of_words_or_keeps_anything() -> None:
    for path in FOLDER.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text), (
            path
        )
        assert not re.search(r"localStorage|sessionStorage|document\.cookie|indexedDB|sendBeacon", text), path


# ---- in a browser

DAY = date(2025, 1, 20)
"""Three versions have begun, the fourth is announced: it adds a section on security."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("searching")
    return build("acme", make_four(folder / "acme"), folder / "site", DAY)


@pytest.fixture
def host(browser: Browser, built: Built) -> Iterator[Host]:
    with open_host(browser, built) as opened:
        yield opened
        assert opened.faults == []


def find(host: Host, locale: str, query: str, *, archive: bool = False) -> Tab:
    """Open the search, look for something, and wait until there is an answer."""
    page = host.open_page(f"{locale}/search/")
    if archive:
        page.locator("[data-np-also]").check()
    page.get_by_role("searchbox").fill(query)
    expect(page.locator("[data-np-said]")).not_to_be_empty()
    page.wait_for_function("!document.querySelector('[data-np-said]').textContent.includes('…')")
    return page


def read_hits(page: Tab, part: str = "in-force") -> list[tuple[str, str]]:
    """Title and address, below the site's, of each result."""
    links = page.locator(f'[data-np-list="{part}"] .np-hit__title a')
    return [
        (link.inner_text(), re.sub(r"^https://[^/]*/", "", str(link.evaluate("link => link.href"))))
        for link in links.all()
    ]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("locale", "query", "titles", "marked"),
    [
        ("en", "email", ["What we collect"], "email"),
        ("es", "correo electronico", ["Qué recogemos"], "correo"),
        ("ja", "閲覧", ["収集するもの"], "閲覧"),
        ("ar", "الإلكترونى", ["ما نجمعه"], "الإلكتروني"),
    ],
)
def test_a_language_finds_what_is_in_force_in_its_own_words(
    host: Host, locale: str, query: str, titles: list[str], marked: str
) -> None:
    page = find(host, locale, query)
    hits = read_hits(page)
    assert [title for title, _ in hits] == titles
    assert hits[0][1] == f"{locale}/website/americas/#data"
    assert marked in page.locator(".np-hit__words mark").all_inner_texts()
    assert page.locator(".np-hit .np-state--in-force").count() == 1
    # The other region says the same: it is named, and not a result of its own.
    also = page.locator('[data-np-slot="also"] a')
    assert str(also.evaluate("link => link.href")).endswith(f"/{locale}/website/elsewhere/#data")
    assert "search-archive" not in " ".join(host.asked)


@pytest.mark.browser
def test_the_words_of_another_language_are_not_found(host: Host) -> None:
    page = find(host, "es", "visits")
    assert "visits" not in page.locator(".np-hits__list").first.inner_text()
    assert all("es/" in address for _, address in read_hits(page))


@pytest.mark.browser
def test_other_versions_are_fetched_and_found_only_when_asked_for(host: Host) -> None:
    page = find(host, "en", "security keys")
    assert read_hits(page) == []
    expect(page.get_by_text("Earlier and announced versions were not searched.")).to_be_visible()
    assert "en/search-archive.json" not in host.asked
    page.get_by_label("Search earlier and announced versions too").check()
    expect(page.locator('[data-np-list="archive"] .np-hit')).to_have_count(1)
    assert "en/search-archive.json" in host.asked
    assert read_hits(page, "archive") == [("Security", "en/website/americas/2025-02-01/#security")]
    told = page.locator('[data-np-list="archive"] .np-hit').inner_text()
    assert "not yet in force" in told
    assert "applies from February 1, 2025" in told
    assert "Sections found in force: 0; in other versions: 1" in page.locator("[data-np-said]").inner_text()


@pytest.mark.browser
def test_an_older_wording_tells_when_it_applied_and_the_same_wording_is_one_result(host: Host) -> None:
    page = find(host, "en", "month", archive=True)
    assert [title for title, _ in read_hits(page)] == ["What we collect"]
    assert "2024-05-20" in page.locator('[data-np-list="in-force"] [data-np-slot="runs"]').inner_text()
    older = page.locator('[data-np-list="archive"] .np-hit')
    expect(older).to_have_count(1)
    assert "one month" in older.inner_text()
    assert "no longer in force" in older.inner_text()
    assert "applied from January 10, 2024 until May 20, 2024" in older.inner_text()


@pytest.mark.browser
def test_a_query_is_part_of_the_address_and_leads_to_the_section_and_back(host: Host) -> None:
    page = host.open_page("en/search/#q=count+visits")
    link = page.locator(".np-hit__title a")
    expect(link).to_have_text("Why we use it")
    assert page.get_by_role("searchbox").input_value() == "count visits"
    link.click()
    page.wait_for_url("**/en/website/americas/#purposes")
    page.go_back()
    expect(page.locator(".np-hit__title a")).to_have_text("Why we use it")
    # What was looked for is in no request, and the same is asked in another language by its link.
    assert not [path for path in host.asked if "visits" in path]
    spanish = page.locator('.np-languages a[hreflang="es"]').evaluate("link => link.hash")
    assert spanish == "#q=count+visits"
    assert host.list_traces(page) == []


@pytest.mark.browser
def test_an_edition_loads_nothing_of_the_search(host: Host) -> None:
    host.open_page("en/website/americas/").wait_for_load_state("networkidle")
    assert [path for path in host.asked if "search" in path] == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "said", "titles"),
    [
        ("COLLECT", "Sections found: 3", ["What we collect", "Your rights"]),
        ("colect", "Nothing has exactly these words.", ["What we collect", "Your rights"]),
        ("email zebra", "No section has all of these words.", ["What we collect"]),
        ("zebra", "Nothing found for “\u2068zebra\u2069”.", []),
        ("  . ! ", "Nothing found for", []),
        ("<img src=x onerror=alert(1)>", "Nothing found for", []),
        ("Straße " * 400, "Nothing found for", []),
    ],
    ids=["case", "typo", "some", "none", "signs", "markup", "huge"],
)
def test_what_was_found_is_told_to_those_who_hear_it(host: Host, query: str, said: str, titles: list[str]) -> None:
    page = find(host, "en", query)
    status = page.get_by_role("status")
    expect(status).to_contain_text(said)
    assert set(titles) == {title for title, _ in read_hits(page)}
    assert page.evaluate("document.activeElement.id") == "np-query"
    assert page.locator("img").count() == 0


@pytest.mark.browser
def test_an_empty_query_shows_no_results(host: Host) -> None:
    page = find(host, "en", "email")
    page.get_by_role("searchbox").fill("")
    expect(page.locator("[data-np-results]")).to_be_hidden()
    assert page.evaluate("location.hash") == ""


@pytest.mark.browser
def test_words_of_the_data_are_words_and_never_markup(host: Host, built: Built) -> None:
    data = json.loads((built.folder / "en/search.json").read_bytes())
    evil = "<img src=x onerror=alert(1)> zebra </li><script>alert(1)</script>"
    data["sections"][0] |= {"title": evil, "words": evil}
    data["places"][0] |= {"title": evil, "place": evil}
    host.changed["en/search.json"] = json.dumps(data).encode()
    page = find(host, "en", "zebra")
    assert page.locator(".np-hit__title").inner_text() == evil
    assert page.locator(".np-hits :is(img, script)").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize("lost", ["en/search.json", "en/search-archive.json"])
def test_data_that_does_not_come_is_told_and_asked_for_again(browser: Browser, built: Built, lost: str) -> None:
    with open_host(browser, built) as host:
        host.changed[lost] = b"{"
        page = host.open_page("en/search/")
        page.locator("[data-np-also]").check()
        page.get_by_role("searchbox").fill("email")
        told = page.get_by_text("The search could not be loaded")
        expect(told).to_be_visible()
        page.locator("[data-np-failed] a").click()
        expect(page.locator("#np-sections")).to_be_in_viewport()
        host.changed.clear()
        page.get_by_role("button", name="Search", exact=True).click()
        expect(page.locator('[data-np-list="in-force"] .np-hit')).to_have_count(1)
        expect(told).to_be_hidden()
        assert host.faults == []


@pytest.mark.browser
@pytest.mark.parametrize("refused", [True, False], ids=["refused", "off"])
def test_without_a_script_the_page_says_so_and_lists_every_section(
    browser: Browser, built: Built, *, refused: bool
) -> None:
    with open_host(browser, built, java_script_enabled=refused) as host:
        host.blocks_scripts = refused
        page = host.open_page("en/search/")
        expect(page.get_by_text("The search needs a script, and none runs here.")).to_be_visible()
        expect(page.get_by_role("searchbox")).to_be_hidden()
        page.get_by_role("link", name="What we collect").last.click()
        assert page.url.endswith("/en/website/elsewhere/#data")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Émilie", "emilie"), ("STRASSE", "straße"), ("ΛΌΓΟΣ", "λογος"), ("أحمد", "احمد"), ("مكتبة", "مكتبه"),
        ("مُحَمَّد", "محمد"), ("تـــطويل", "تطويل"), ("١٢٣", "123"), ("ｱﾄﾞﾚｽ", "アドレス"), ("\uff12\uff10", "20"),
        ("İzmir", "izmir"),
    ],
)  # fmt: skip
def test_letters_that_readers_take_for_the_same_are_the_same(host: Host, one: str, other: str) -> None:
    page = host.open_page("en/search/")
    folded = page.evaluate(
        "async (words) => { const { fold } = await import('/assets/javascripts/searching/words.js');"
        " return words.map(fold); }",
        [one, other],
    )
    assert folded[0] == folded[1]


@pytest.mark.browser
@pytest.mark.parametrize(("one", "other"), [("が", "か"), ("हि", "ह"), ("ö", "p")])
def test_letters_that_readers_tell_apart_stay_apart(host: Host, one: str, other: str) -> None:
    page = host.open_page("en/search/")
    script = "async (words) => (await import('/assets/javascripts/searching/words.js')).fold(words)"
    assert page.evaluate(script, one) != page.evaluate(script, other)


@pytest.mark.browser
@pytest.mark.parametrize(("locale", "query"), [("en", "collect"), ("ar", "بيانات")])
@pytest.mark.parametrize("window", [(360, "light"), (1280, "dark")])
def test_results_shut_nobody_out(
    browser: Browser, built: Built, locale: str, query: str, window: tuple[int, str]
) -> None:
    width, scheme = window
    with open_host(browser, built, width=width, color_scheme=scheme) as host:
        page = find(host, locale, query, archive=True)
        expect(page.locator('[data-np-list="archive"] .np-hit').first).to_be_visible()
        page.evaluate(read_axe())
        found = page.evaluate("options => axe.run(document, options)", {"runOnly": {"type": "tag", "values": TAGS}})
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]] == []


@pytest.mark.browser
@pytest.mark.parametrize("locale", ["en", "ja", "ar"])
def test_nothing_is_wider_than_the_narrowest_window(browser: Browser, built: Built, locale: str) -> None:
    with open_host(browser, built, width=320) as host:
        page = find(host, locale, {"en": "visits", "ja": "収集", "ar": "بيانات"}[locale], archive=True)
        assert page.evaluate("document.documentElement.scrollWidth") == 320
