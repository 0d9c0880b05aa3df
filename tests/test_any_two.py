"""Any two versions, regions and languages held against each other: what is planned, said, and done in a browser."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Route, expect
from playwright.sync_api import Page as Tab

from noticepress.cli import open_press
from noticepress.model import Version, Withdrawal
from noticepress.pages import Page, View, plan_pages, render_page
from noticepress.pages.languages import pair_sections, split_sections
from noticepress.pages.plan import (
    choice_page,
    compare_page,
    edition_page,
    history_page,
    languages_page,
    list_comparisons,
    regions_page,
)
from noticepress.publish import publish_site
from tests import acme
from tests.factories import make_version
from tests.test_pages import ROOT, find_links, make_view, read, read_links, show

THIRD = "2024-09-01"
FOURTH = "2025-02-01"

_NEXT = """\
effective: {day}
class: minor
summary: {{en: {en}, es: Un cambio., ja: 変更です。, ar: تغيير.}}
announced: {announced}T09:00:00+00:00
"""

_THIRD_WORDS = {
    "en": ("To count *visits*.", "To count *visits* and to make our website easier to read."),
    "es": ("Para contar *visitas*.", "Para contar *visitas* y hacer nuestro sitio más fácil de leer."),
    "ja": ("*訪問*を数えるため。", "*訪問*を数え、当社のウェブサイトを読みやすくするため。"),
    "ar": ("لعد *الزيارات*.", "لعد *الزيارات* ولتسهيل قراءة موقعنا."),
}
_FOURTH_WORDS = {
    "en": ("It covers our website, and applies", "It covers our website and our mobile apps, and applies"),
    "es": ("Abarca nuestro sitio web y se aplica", "Abarca nuestro sitio web y nuestras aplicaciones, y se aplica"),
    "ja": ("この通知は当社のウェブサイトに、", "この通知は当社のウェブサイトとモバイルアプリに、"),
    "ar": ("يشمل موقعنا، ويسري", "يشمل موقعنا وتطبيقاتنا، ويسري"),
}
_SECURITY = {
    "en": "## Security {#security}\n\nWe protect your data with keys that only two people have.\n\n",
    "es": "## Seguridad {#security}\n\nProtegemos sus datos con llaves que solo tienen dos personas.\n\n",
    "ja": "## 安全管理 {#security}\n\n二名だけが持つ鍵でお客様のデータを守ります。\n\n",
    "ar": "## الأمان {#security}\n\nنحمي بياناتك بمفاتيح لا يملكها إلا شخصان.\n\n",
}
_CHANGES = {"en": "## Changes {", "es": "## Cambios {", "ja": "## 変更 {", "ar": "## التغييرات {"}


def make_four(folder: Path) -> Path:
    """Acme Research with four versions: first and third have no redline made beforehand."""
    site = acme.make_history(folder)
    for day, announced, told, words in (
        (THIRD, "2024-08-01", "Why we use data.", _THIRD_WORDS),
        (FOURTH, "2025-01-10", "Apps and security.", _FOURTH_WORDS),
    ):
        for locale, (old, new) in words.items():
            path = f"content/{acme.NOTICE}/{locale}.md"
            acme.replace_text(site, path, old, new)
            if day == FOURTH:
                acme.replace_text(site, path, _CHANGES[locale], _SECURITY[locale] + _CHANGES[locale])
        record = _NEXT.format(day=day, announced=announced, en=told)
        acme.write_file(site, f"content/{acme.NOTICE}/next.yml", record)
        acme.release(site, as_of=date.fromisoformat(announced))
    return site


# ---- what is planned


def make_years(years: Sequence[int], regions: Sequence[str] = ("east", "west")) -> list[Version]:
    """A version a year, with words of its own in each region, in English, which decides, and in German."""
    return [
        replace(
            make_version(
                f"{year}-01-01",
                {
                    region: {"en": f"# A\n\nIn {region} since {year}.\n", "de": f"# A\n\nIn {region} seit {year}.\n"}
                    for region in regions
                },
                announced=datetime(year - 1, 12, 1, tzinfo=UTC),
            ),
            authoritative=dict.fromkeys(regions, "en"),
        )
        for year in years
    ]


def count_kinds(view: View) -> Counter[str]:
    return Counter(page.kind for page in plan_pages(view))


def test_pages_over_regions_and_languages_do_not_grow_with_versions() -> None:
    few, many = (count_kinds(make_view(make_years(range(2010, last)))) for last in (2012, 2020))
    for kind, number in (("regions", 2 * 2), ("languages", 2), ("choice", 2 * 2)):
        assert few[kind] == many[kind] == number, kind


def test_there_is_nothing_to_choose_where_there_is_one_version() -> None:
    kinds = count_kinds(make_view(make_years([2020])))
    assert not kinds["choice"]
    history = show(history_page("en", "visitors", "east"), make_view(make_years([2020]))).body
    assert "Compare two versions" not in history


def test_a_region_that_ended_is_held_against_none() -> None:
    versions = [*make_years([2020]), *make_years([2021], ["east"])]
    view = make_view(versions)
    assert not count_kinds(view)["regions"]
    assert "Differences between regions" not in show(history_page("en", "visitors", "east"), view).body


# ---- versions: what was compared beforehand, and the texts of all


WITHDRAWN = replace(
    make_years([2024])[0], withdrawn=Withdrawal(datetime(2023, 12, 20, tzinfo=UTC), {"en": "A mistake."})
)
ANNOUNCED = replace(make_years([2025])[0], announced=datetime(2024, 5, 1, tzinfo=UTC))
EVENTFUL = make_view([*make_years([2020, 2021, 2022]), WITHDRAWN, ANNOUNCED], date(2024, 6, 1))
HISTORY = history_page("en", "visitors", "east")


def test_announced_and_withdrawn_versions_are_compared_with_their_predecessor_and_with_the_one_in_force() -> None:
    states = {s.version.id[:4]: s.state for s in EVENTFUL.lines["visitors"]["east"].visible}
    assert states == {
        "2020": "superseded", "2021": "superseded", "2022": "in-force", "2024": "withdrawn", "2025": "announced",
    }  # fmt: skip
    pairs = {(older[:4], newer[:4]) for older, newer in list_comparisons(EVENTFUL.lines["visitors"]["east"])}
    assert pairs == {("2020", "2021"), ("2021", "2022"), ("2020", "2022"), ("2022", "2024"), ("2022", "2025")}


@pytest.mark.parametrize("page", [HISTORY, choice_page("en", "visitors", "east")], ids=lambda page: page.kind)
def test_without_script_every_ready_comparison_and_every_text_can_be_reached(page: Page) -> None:
    assert page in plan_pages(EVENTFUL)
    body = render_page(page, EVENTFUL).body
    found = {tuple(pair.split()) for pair in re.findall(r'data-np-pair="([^"]*)"', body)}
    line = EVENTFUL.lines["visitors"]["east"]
    assert found == set(list_comparisons(line))
    texts = re.findall(r'href="([^"]*)" hreflang="(\w+)" data-np-text="([\d-]+)"[^>]* data-np-sha256="(\w+)"', body)
    expected = [(s.version.id, edition.sha256) for s in line.visible if (edition := s.edition("en"))]
    assert [(version, sha256) for *_, version, sha256 in texts] == expected[::-1]
    assert all(address.endswith(f"{version}/notice.md") for address, _, version, _ in texts)


def test_a_history_names_the_comparisons_of_every_version() -> None:
    body = show(HISTORY, EVENTFUL).body
    for older, newer in list_comparisons(EVENTFUL.lines["visitors"]["east"]):
        assert f'href="../compare/{older}/{newer}/"' in body


def test_the_redlines_of_withdrawn_and_announced_versions_say_what_they_are() -> None:
    told = read(show(compare_page("en", "visitors", "east", "2022-01-01", "2024-01-01"), EVENTFUL).body)
    assert "withdrawn" in told
    assert "never applied" in told
    told = read(show(compare_page("en", "visitors", "east", "2022-01-01", "2025-01-01"), EVENTFUL).body)
    assert "not yet in force" in told


def test_texts_are_offered_in_every_language_where_one_version_lacks_the_readers() -> None:
    versions = make_years([2020, 2021])
    newest = make_version("2022-01-01", {"east": {"en": "# A\n\nNew.\n"}})
    body = show(choice_page("de", "visitors", "east"), make_view([*versions, newest])).body
    found = re.findall(r'hreflang="(\w+)" data-np-text="(\d+)', body)
    assert found == [("en", "2022"), ("de", "2021"), ("en", "2021"), ("de", "2020"), ("en", "2020")]
    body = show(choice_page("de", "visitors", "east"), make_view(versions)).body
    assert set(re.findall(r'hreflang="(\w+)" data-np-text', body)) == {"de"}


def test_a_text_that_was_removed_is_not_offered() -> None:
    versions = make_years([2020, 2021])
    gone = Withdrawal(datetime(2022, 1, 1, tzinfo=UTC), {"en": "A court said so."})
    versions[0] = replace(versions[0], removals={("east", locale): gone for locale in ("en", "de")})
    body = show(choice_page("en", "visitors", "east"), make_view(versions)).body
    assert set(re.findall(r'data-np-text="(\d+)', body)) == {"2021"}


def test_what_is_chosen_at_first_is_the_version_in_force_and_the_one_before() -> None:
    body = show(HISTORY, EVENTFUL).body
    assert re.findall(r'<option value="([\d-]+)" selected', body) == ["2021-01-01", "2022-01-01"]


# ---- regions


def make_regions(east: str, west: str) -> View:
    return make_view([make_version("2020-01-01", {"east": {"en": east, "de": east}, "west": {"en": west}})])


def test_a_region_shows_what_only_it_says_and_what_only_the_other_does() -> None:
    view = make_regions("# A\n\n## B {#b}\n\nWe tell you.\n", "# A\n\n## B {#b}\n\nWe tell nobody.\n")
    body = show(regions_page("en", "visitors", "east", "west"), view).body
    assert re.search(r"<ins>.*\[only in this region:.*you.*</ins>", body)
    assert re.search(r"<del>.*\[only in the other region:.*nobody.*</del>", body)
    told = read(body)
    assert "Differences from the notice for: The west region" in told
    assert "1 section differs other words B" in told
    assert 'href="../../../../west/compare/regions/east/"' in body


def test_a_difference_between_regions_without_the_readers_language_is_shown_in_another() -> None:
    view = make_regions("# A\n\nOne.\n", "# A\n\nTwo.\n")
    told = read(show(regions_page("de", "visitors", "east", "west"), view).body)
    assert "Der Vergleich steht hier auf Englisch." in told


def test_equal_regions_are_said_to_be_equal() -> None:
    view = make_regions("# A\n\nOne.\n", "# A\n\nOne.\n")
    body = show(regions_page("en", "visitors", "east", "west"), view).body
    assert "Both regions have the same notice, word for word." in read(body)
    assert "np-redline" not in body


@pytest.mark.parametrize(("regions", "told"), [(2, "Differences from the notice for"), (3, "Differences between")])
def test_an_edition_leads_to_the_other_regions(regions: int, told: str) -> None:
    view = make_view(make_years([2020], ["east", "north", "west"][:regions]))
    assert told in read(show(edition_page("en", "visitors", "east"), view).body)


def test_the_switch_of_regions_stays_among_differences() -> None:
    view = make_view(make_years([2020], ["east", "north", "west"]))
    links = set(find_links(regions_page("en", "visitors", "east", "north"), view))
    assert {"../../../../north/compare/regions/east/", "../../../../west/compare/regions/north/"} <= links


# ---- languages

BOTH = [
    replace(
        make_version(
            "2020-01-01",
            {
                "east": {
                    "en": "# A\n\nHi.\n\n## One {#one}\n\nSee [two](#two) and [top](#a).\n\n## Two {#two}\n\nx\n",
                    "de": "# A\n\nHallo.\n\n## Drei {#three}\n\ny\n\n## Eins {#one}\n\nz\n",
                }
            },
        ),
        authoritative={"east": "en"},
    )
]
BESIDE = languages_page("de", "visitors", "east", "en")


def test_a_translation_stands_beside_the_text_that_decides_section_by_section() -> None:
    body = show(BESIDE, make_view(BOTH)).body
    assert re.findall(r'id="np-row-(\w*)"', body) == ["", "three", "one", "two"]
    assert len(re.findall(r'lang="de" dir="ltr"', body)) == 1 + 3 + 1
    told = read(body)
    assert "Deutsch neben Englisch" in told
    assert "Nur auf Englisch: Two" in told
    assert "Nur auf Deutsch: Drei" in told
    assert "Diesen Abschnitt gibt es im Text auf Englisch nicht." in told
    assert 'href="#decisive-two"' in body
    assert 'id="decisive-two"' in body
    assert "<ins" not in body


def test_only_a_language_that_does_not_decide_has_such_a_page() -> None:
    view = make_view(BOTH)
    assert [page.path for page in plan_pages(view) if page.kind == "languages"] == [BESIDE.path]
    assert 'href="compare/languages/en/"' in show(edition_page("de", "visitors", "east"), view).body
    assert "compare/languages" not in show(edition_page("en", "visitors", "east"), view).body


def test_a_page_names_as_alternates_only_the_languages_that_have_it() -> None:
    view = make_view(BOTH, site_url="https://acme.example/")
    found = {link["hreflang"] for link in read_links(BESIDE, view) if "hreflang" in link}
    assert found == {"de", "x-default"}
    fragment = show(BESIDE, view)
    assert 'href="../../../../../../en/visitors/east/"' in fragment.menu


def test_a_section_that_only_the_other_text_has_comes_where_that_has_it() -> None:
    own = split_sections('<p>0</p><h2 id="a">A</h2><p>1</p><h2 id="d">D</h2>')
    other = split_sections('<h2 id="a">A</h2><h2 id="b">B</h2><h2 id="c">C</h2><h2 id="d">D</h2><h2 id="e">E</h2>')
    rows = [(row.id, row.own is not None, row.other is not None) for row in pair_sections(own, other)]
    assert rows == [
        ("", True, False), ("a", True, True), ("b", False, True), ("c", False, True), ("d", True, True),
        ("e", False, True),
    ]  # fmt: skip


# ---- what stands in the files

LIBRARY = ROOT / "templates" / "theme" / "assets" / "javascripts" / "comparing"


def test_the_library_is_the_one_that_its_note_names() -> None:
    note = (LIBRARY / "SOURCES.txt").read_text(encoding="utf-8")
    assert hashlib.sha256((LIBRARY / "diff.min.js").read_bytes()).hexdigest() in note
    assert "BSD 3-Clause" in (LIBRARY / "diff.LICENSE.txt").read_text(encoding="utf-8")


def test_no_script_makes_markup_of_words_or_keeps_anything() -> None:
    for path in LIBRARY.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text), (
            path
        )
        assert not re.search(r"localStorage|sessionStorage|document\.cookie|indexedDB|sendBeacon", text), path


# ---- in a browser

HOST = "https://privacy.acme.example/"
LINE = f"en/{acme.NOTICE}/americas/"
PAIR = f"compare/?from={acme.FIRST}&to={THIRD}"
TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("four")
    site = make_four(folder / "site")
    publish_site(site, folder / "out", open_press(site, date(2025, 6, 1)))
    return folder / "out"


@dataclass
class Reader:
    """A page in a browser; what it asked for, and what it complained of. `lost` and `other` are answers that fail."""

    page: Tab
    built: Path
    host: str
    lost: str = ""
    other: str = ""

    def __post_init__(self) -> None:
        self.asked: list[str] = []
        self.faults: list[str] = []
        headers = (self.built / "_headers").read_text(encoding="utf-8")
        self.policy = headers.partition("Content-Security-Policy: ")[2].partition("\n")[0]
        self.page.context.route("**/*", self.answer)
        self.page.on("console", lambda told: self.faults.append(told.text) if told.type == "error" else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def answer(self, route: Route) -> None:
        """What a server of the built site would, with its headers."""
        address = route.request.url
        if not address.startswith(self.host):
            self.faults.append(f"asked {address}")
            route.abort()
            return
        path = unquote(urlsplit(address).path).removeprefix(urlsplit(self.host).path)
        self.asked.append(path)
        file = self.built / (path + "index.html" if path.endswith("/") or not path else path)
        if self.lost and path.endswith(self.lost):
            route.abort()
        elif not file.is_file():
            route.fulfill(status=404, body="nothing")
        else:
            content = file.read_bytes() + (b"!" if self.other and path.endswith(self.other) else b"")
            kind = TYPES.get(file.suffix, "text/plain") + "; charset=utf-8"
            route.fulfill(body=content, headers={"Content-Type": kind, "Content-Security-Policy": self.policy})

    def read(self, path: str) -> Tab:
        """Go to an address of the site."""
        self.page.goto(self.host + path)
        return self.page


@contextmanager
def read_site(
    browser: Browser, built: Path, *, width: int = 1280, script: bool = True, host: str = HOST
) -> Iterator[Reader]:
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    yield Reader(context.new_page(), built, host)
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    ("locale", "heading", "deleted", "inserted"),
    [
        ("en", f"Changes from version {acme.FIRST} to version {THIRD}", "one month", "two months"),
        ("ja", f"{acme.FIRST}版から{THIRD}版への変更点", "一", "二"),
        ("ar", f"التغييرات من النسخة {acme.FIRST} إلى النسخة {THIRD}", "شهر", "شهران"),
    ],
)
def test_two_versions_without_a_redline_are_compared_in_the_browser(
    browser: Browser, built: Path, *, width: int, locale: str, heading: str, deleted: str, inserted: str
) -> None:
    with read_site(browser, built, width=width) as reader:
        page = reader.read(LINE.replace("en/", f"{locale}/") + PAIR)
        expect(page.locator("h1")).to_have_text(heading)
        assert page.title().startswith(heading)
        text = page.locator("[data-np-redline]")
        expect(text).to_be_visible()
        assert (text.get_attribute("lang"), text.get_attribute("dir")) == (locale, "rtl" if locale == "ar" else "ltr")
        marks = [told.strip() for told in text.locator("del, ins").all_inner_texts()]
        legend = page.locator(".np-legend del")
        begin, end = legend.get_attribute("data-np-begin"), legend.get_attribute("data-np-end")
        assert begin
        assert end
        gone = [told.partition(begin.strip())[2].rpartition(end.strip())[0].strip() for told in marks]
        assert deleted in gone
        assert any(inserted in told for told in marks)
        for name in ("inserted", "deleted", "sections"):
            assert re.fullmatch(r"[1-9]\d*|[\u0661-\u0669]+", page.locator(f"[data-np-count={name}]").inner_text())
        assert text.locator(".np-edit--both").count() == 4
        links = page.locator("[data-np-sections] a")
        assert links.count() == 4
        for link in links.all():
            assert page.locator(str(link.get_attribute("href"))).count() == 1
        expect(page.locator("[data-np-when=checked]")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.cookie + localStorage.length + sessionStorage.length") == "00"
        assert reader.faults == []


@pytest.mark.browser
def test_the_script_that_compares_is_loaded_only_then(browser: Browser, built: Path) -> None:
    with read_site(browser, built) as reader:
        reader.read(LINE)
        assert not [path for path in reader.asked if "comparing/" in path]
        page = reader.read(LINE + "history/")
        expect(page.locator("[data-np-choice]")).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert not [path for path in reader.asked if path.endswith(("diff.min.js", "redline.js", "notice.md"))]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("older", "newer", "address"),
    [
        (acme.SECOND, THIRD, f"compare/{acme.SECOND}/{THIRD}/"),
        (acme.FIRST, FOURTH, f"compare/{acme.FIRST}/{FOURTH}/"),
        (FOURTH, acme.SECOND, f"compare/{acme.SECOND}/{FOURTH}/"),
        (acme.FIRST, THIRD, PAIR),
    ],
)
@pytest.mark.parametrize("folder", ["", "legal/notices/"])
def test_a_choice_goes_to_the_redline_that_is_ready_else_compares(
    browser: Browser, built: Path, *, older: str, newer: str, address: str, folder: str
) -> None:
    with read_site(browser, built, host=HOST + folder) as reader:
        page = reader.read(LINE + "history/")
        page.get_by_label("From version", exact=True).select_option(older)
        page.get_by_label("To version", exact=True).select_option(newer)
        page.get_by_role("button", name="Compare").click()
        page.wait_for_url(HOST + folder + LINE + address)
        expect(page.locator(".np-redline ins").first).to_be_visible()
        assert reader.faults == []


@pytest.mark.browser
def test_a_deep_link_to_a_pair_that_is_ready_leads_to_its_redline(browser: Browser, built: Path) -> None:
    with read_site(browser, built) as reader:
        page = reader.read(f"{LINE}compare/?from={FOURTH}&to={THIRD}")
        page.wait_for_url(f"{HOST}{LINE}compare/{THIRD}/{FOURTH}/")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (f"?from={acme.FIRST}&to=1999-01-01", "There is no such version here."),
        (f"?from={acme.FIRST}", "There is no such version here."),
        ('?from="]<b>&to=%00', "There is no such version here."),
        (f"?from={THIRD}&to={THIRD}", "These are not two versions but one."),
    ],
)
def test_what_cannot_be_compared_is_said_in_words(browser: Browser, built: Path, asked: str, told: str) -> None:
    with read_site(browser, built) as reader:
        page = reader.read(f"{LINE}compare/{asked}")
        expect(page.locator("[data-np-said]")).to_contain_text(told)
        expect(page.locator("[data-np-outcome]")).to_be_hidden()
        assert reader.faults == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("lost", "other", "told"),
    [
        (f"{acme.FIRST}/notice.md", "", "A text could not be fetched"),
        ("", f"{THIRD}/notice.md", "A text arrived that is not the one that was published"),
        ("diff.min.js", "", "This browser could not compare the two texts."),
    ],
)
def test_a_comparison_that_fails_says_why_and_links_both_texts(
    browser: Browser, built: Path, lost: str, other: str, told: str
) -> None:
    with read_site(browser, built, width=360) as reader:
        reader.lost, reader.other = lost, other
        page = reader.read(LINE + PAIR)
        said = page.locator("[data-np-said] :visible").filter(has_text=told)
        expect(said.first).to_be_visible()
        links = [str(link.get_attribute("href")) for link in page.locator("[data-np-links] a").all()]
        assert links == [f"{HOST}{LINE}{version}/notice.md" for version in (acme.FIRST, THIRD)]
        expect(page.locator("[data-np-outcome]")).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_without_script_there_are_links_and_no_dead_form(browser: Browser, built: Path, width: int) -> None:
    with read_site(browser, built, width=width, script=False) as reader:
        page = reader.read(LINE + "compare/")
        expect(page.locator("form")).to_be_hidden()
        expect(page.locator("noscript p")).to_be_visible()
        page.locator(f'[data-np-pair="{acme.SECOND} {THIRD}"]').click()
        page.wait_for_url(f"{HOST}{LINE}compare/{acme.SECOND}/{THIRD}/")
        page = reader.read(LINE + "history/")
        page.locator(".np-more summary").click()
        expect(page.locator(f'[data-np-text="{acme.FIRST}"]')).to_be_visible()
        assert reader.faults == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("locale", ["es", "ja", "ar"])
def test_regions_and_languages_fit_their_window(browser: Browser, built: Path, width: int, locale: str) -> None:
    line = LINE.replace("en/", f"{locale}/")
    with read_site(browser, built, width=width) as reader:
        page = reader.read(f"{line}compare/languages/en/")
        row = page.locator("#np-row-data > div")
        boxes = [box for cell in row.all() if (box := cell.bounding_box())]
        assert (boxes[0]["y"] == boxes[1]["y"]) is (width == 1280)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page = reader.read(f"{line}compare/regions/elsewhere/")
        expect(page.locator(".np-redline ins").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert reader.faults == []


SCRIPTS = f"{HOST}assets/javascripts/comparing/"
COMPARE = """async ([folder, locale, older, newer]) => {
  const { readBlocks } = await import(folder + "blocks.js");
  const { compareBlocks } = await import(folder + "redline.js");
  const pairs = compareBlocks(readBlocks(older), readBlocks(newer), locale);
  const write = (words) => words.map(({ text }) => text).join("");
  return pairs.map((pair) => pair.pieces.map(([operation, words]) => [operation, write(words)]));
}"""


def compare_in(page: Tab, locale: str, older: str, newer: str) -> list[list[list[str]]]:
    found: list[list[list[str]]] = page.evaluate(COMPARE, [SCRIPTS, locale, older, newer])
    return found


@pytest.mark.browser
@pytest.mark.parametrize(
    ("locale", "older", "newer", "expected"),
    [
        ("en", "We keep it.", "We keep it.", [["=", "We keep it."]]),
        ("en", "We keep it for one year here.", "We keep it for two years here.",
         [["=", "We keep it for"], ["-", " one year"], ["+", " two years"], ["=", " here."]]),
        ("ja", "この通知は一年間保存されます。", "この通知は二年間保存されます。",
         [["=", "この通知は"], ["-", "一"], ["+", "二"], ["=", "年間保存されます。"]]),
        ("th", "เราเก็บข้อมูลของคุณไว้หนึ่งปี", "เราเก็บข้อมูลของคุณไว้สองปี",
         [["=", "เราเก็บข้อมูลของคุณไว้"], ["-", "หนึ่ง"], ["+", "สอง"], ["=", "ปี"]]),
        ("en", "Read [this](/a) *now*, `x_y`.", "Read **this** now, x_y.", [["=", "Read this now, x_y."]]),
        ("en", "All of these words will go away.", "Nothing here is as it was before, ever.",
         [["-", "All of these words will go away."], ["+", "Nothing here is as it was before, ever."]]),
    ],
)  # fmt: skip
def test_words_are_compared_whole_in_every_script(
    browser: Browser, built: Path, *, locale: str, older: str, newer: str, expected: list[list[str]]
) -> None:
    with read_site(browser, built) as reader:
        found = compare_in(reader.read(LINE + "history/"), locale, older, newer)
        assert [piece for pair in found for piece in pair] == expected


@pytest.mark.browser
@pytest.mark.parametrize("locale", acme.LOCALES)
def test_accepting_gives_the_new_text_and_rejecting_the_old(browser: Browser, built: Path, locale: str) -> None:
    folder = built / LINE.replace("en/", f"{locale}/")
    older, newer = ((folder / name / "notice.md").read_text(encoding="utf-8") for name in (acme.FIRST, THIRD))
    with read_site(browser, built) as reader:
        page = reader.read(LINE + "history/")
        both = compare_in(page, locale, older, newer)
        for text, left_out in ((older, "+"), (newer, "-")):
            alone = "".join(part for pair in compare_in(page, locale, text, text) for _, part in pair)
            side = "".join(part for pair in both for operation, part in pair if operation != left_out)
            assert re.sub(r"[\s|]", "", side) == re.sub(r"[\s|]", "", alone)


@pytest.mark.browser
def test_blocks_are_read_as_a_reader_sees_them(browser: Browser, built: Path) -> None:
    text = (
        "# Title\n\nWords\nthat go on.\n\nUnder\n---\n\n- one\n  two\n- three\n  1. four\n\n> quoted\n\n"
        '| A | B |\n|---|:-:|\n| `c` d | <x@y.example> |\n\n```\n* raw *\n```\n\n## Name {#id covers="x"}\n\n'
        "Ten \\* 2 &amp; [this][r] and ![pic](a.png) snake_case.[^1]\n\n[r]: https://x.example\n[^1]: A *note*.\n\n"
        'A <b title="b">bold</b><br>line, `<b>` and <blink>x</blink>.<!-- y -->\n\n'
        "<table><tr><td>cell<ul><li>a</li>\n<li>b</li></ul></td></tr></table>\n\n"
        '## Keys {#keys covers="y" summary="Said *in short*."}\n\nIn full.\n'
    )
    with read_site(browser, built) as reader:
        page = reader.read(LINE + "history/")
        code = """async ([folder, text]) => {
          const { readBlocks } = await import(folder + "blocks.js");
          return readBlocks(text).map((block) => [block.kind, block.text]);
        }"""
        assert page.evaluate(code, [SCRIPTS, text]) == [
            ["heading", "Title"], ["paragraph", "Words that go on."], ["heading", "Under"], ["item", "one two"],
            ["item", "three"], ["item", "four"], ["quote", "quoted"], ["row", "A | B"], ["row", "c d | x@y.example"],
            ["code", "* raw *"], ["heading", "Name"], ["paragraph", "Ten * 2 & this and pic snake_case.[1]"],
            ["paragraph", "[1] A note."], ["paragraph", "A bold line, <b> and <blink>x</blink>."],
            ["paragraph", "cell"], ["item", "a"], ["item", "b"],
            ["heading", "Keys"], ["quote", "Said in short."], ["paragraph", "In full."],
        ]  # fmt: skip


@pytest.mark.browser
def test_words_that_look_like_markup_stay_words(browser: Browser, built: Path) -> None:
    code = """async ([folder, words]) => {
      const { compareBlocks } = await import(folder + "redline.js");
      const { showRedline } = await import(folder + "picture.js");
      const mark = { begin: words, end: words };
      const target = document.createElement("div");
      document.body.append(target);
      const block = { kind: "paragraph", text: words };
      const sections = showRedline(compareBlocks([], [block], "en"), target, { "+": mark, "-": mark }, words);
      return [target.querySelectorAll("img, script, b").length, target.textContent.includes(words), sections[0].title];
    }"""
    words = "<img src=x onerror=alert(1)><script>alert(1)</script><b>"
    with read_site(browser, built) as reader:
        page = reader.read(LINE + "history/")
        assert page.evaluate(code, [SCRIPTS, words]) == [0, True, words]
        assert reader.faults == []
