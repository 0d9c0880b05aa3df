"""The project's own site as a visitor, a machine and a court find it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import jsonschema
import lxml.etree
import lxml.html
import pytest
from playwright.sync_api import Browser, Page

from noticepress.cli import open_press
from noticepress.publish import publish_site
from tests.test_publish import ROOT, copy_site, run

HOST = "https://www.userzoom.com/privacy-notices/"
LOCALES = ("en", "es", "de", "ja")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built") / "site"
    publish_site(ROOT, out, open_press(ROOT, datetime(2026, 11, 23, tzinfo=UTC)))
    return out


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, lxml.html.HtmlElement]:
    """Every page, parsed, by its path from the root of the site."""
    found = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*.html"))}
    return {name: lxml.html.document_fromstring(path.read_bytes().decode()) for name, path in found.items()}


# ---- what is in force


@pytest.mark.parametrize(
    ("day", "in_force", "names", "absent"),
    [
        (date(2012, 3, 1), "2005-01-01", ["UserZoom Limited", "Xperience Consulting"], ["UserZoom GmbH"]),
        (date(2014, 6, 1), "2012-03-09", ["UserZoom Limited", "Xperience Consulting"], ["UserZoom GmbH"]),
        (
            date(2016, 1, 1),
            "2015-01-14",
            ["UserZoom Limited", "UserZoom GmbH", "UserZoom Technologies SL"],
            ["Xperience"],
        ),
    ],
)
def test_a_day_has_its_version_and_its_companies(day: date, in_force: str, names: list[str], absent: list[str]) -> None:
    press = open_press(ROOT, day)
    line = press.site.view.lines["website-visitors"]["elsewhere"]
    assert line.in_force is not None
    assert line.in_force.version.id == in_force
    assert [facts.legal_name for facts in line.in_force.sealed_region.entities] == sorted(names)
    page = next(page for page in press.site.pages if page.path == "de/website-visitors/elsewhere/")
    body = press.site.render(page).body
    assert all(name in body for name in names)
    # What changed lately may name a company that no longer answers.
    before, _, rest = body.partition('<div class="np-fact np-key__latest">')
    assert not any(name in before + rest.partition("</div>")[2] for name in absent)


def test_a_version_whose_announcement_is_not_recorded_is_not_shown_before_it_applies() -> None:
    press = open_press(ROOT, date(2012, 3, 1))
    paths = {page.path for page in press.site.pages}
    assert "en/website-visitors/us-asia/2005-01-01/" in paths
    assert "en/website-visitors/us-asia/2012-03-09/" not in paths


def test_the_notice_that_applied_somewhere_once_is_answered_from_what_was_sealed() -> None:
    words = ("site_build.py", "show", "website-visitors", "--on", "2013-01-01", "--format", "json")
    japan = json.loads(run(*words, "--territory", "JP", "--locale", "ja").stdout)
    assert (japan["version"], japan["entities"], japan["locale"]) == ("2012-03-09", ["UserZoom Inc"], "ja")
    assert "2012年3月9日" in japan["text"]
    spain = json.loads(run(*words, "--territory", "ES", "--locale", "es").stdout)
    assert (spain["region"], spain["entities"]) == ("elsewhere", ["UserZoom Limited", "Xperience Consulting"])
    assert "9 de marzo de 2012" in spain["text"]
    nowhere = run(*words, "--territory", "XX", "--locale", "es")
    assert nowhere.returncode == 2
    assert "XX" in nowhere.stderr
    assert not nowhere.stdout


# ---- pages


def test_every_address_of_the_design_is_there(site: Path) -> None:
    expected = ["index.html", "404.html", "changes.atom", "changes.json", "notices.json", "manifest.json", "robots.txt"]
    expected += ["sitemap.xml", "_headers", "schemas/notices.json", "schemas/entity.json"]
    for locale in LOCALES:
        line = f"{locale}/website-visitors/elsewhere"
        expected += [f"{locale}/index.html", f"{line}/index.html", f"{line}/history/index.html"]
        expected += [f"{line}/changes.atom", f"{line}/changes.json", f"{locale}/entities/userzoom-ltd/index.html"]
        for version in ("2005-01-01", "2012-03-09", "2015-01-14"):
            expected += [f"{line}/{version}/index.html", f"{line}/{version}/notice.md"]
        pairs = [("2005-01-01", "2012-03-09"), ("2012-03-09", "2015-01-14"), ("2005-01-01", "2015-01-14")]
        expected += [f"{line}/compare/{older}/{newer}/index.html" for older, newer in pairs]
        expected += [f"{line}/compare/index.html", f"{line}/compare/regions/us-asia/index.html"]
        expected += [f"{line}/compare/languages/en/index.html"] if locale != "en" else []
    assert [path for path in expected if not (site / path).is_file()] == []


def test_every_page_is_valid_html(site: Path) -> None:
    for path in sorted(site.rglob("*.html")):
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(path.read_bytes().decode())
        assert parser.errors == [], f"{path.relative_to(site)}: {parser.errors[:3]}"


def test_every_page_states_its_language(pages: dict[str, lxml.html.HtmlElement]) -> None:
    for name, page in pages.items():
        locale = name.split("/")[0] if "/" in name else "en"
        assert (page.get("lang"), page.get("dir")) == (locale, "ltr"), name


def test_titles_are_unique_in_a_language(pages: dict[str, lxml.html.HtmlElement]) -> None:
    titles: dict[tuple[str, str], str] = {}
    for name, page in pages.items():
        key = (str(page.get("lang")), str(page.findtext(".//title")))
        assert key not in titles, f"{name} and {titles[key]} are both called {key[1]!r}"
        titles[key] = name


def find_references(page: lxml.html.HtmlElement) -> Iterator[tuple[str, str]]:
    """What a page points to: ("load", …) for what a browser fetches by itself, ("link", …) for the rest."""
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        for name in ("href", "src", "action", "data", "poster", "srcset"):
            value = element.get(name)
            if value is None:
                continue
            passive = element.tag == "a" or (
                element.tag == "link"
                and not {"stylesheet", "icon", "preload"} & set((element.get("rel") or "").split())
            )
            yield "link" if passive else "load", value


def test_no_page_asks_another_host_for_anything(pages: dict[str, lxml.html.HtmlElement], site: Path) -> None:
    for name, page in pages.items():
        for kind, value in find_references(page):
            if kind == "load":
                assert not urlsplit(value).netloc, f"{name} loads {value}"
                assert urlsplit(value).scheme in {"", "data"}, f"{name} loads {value}"
        assert not page.xpath("//script[not(@src)][not(@type='application/ld+json')] | //style | //*[@style]"), name
    for path in site.rglob("assets/stylesheets/*.css"):
        assert not re.search(r"url\(\s*['\"]?(https?:)?//", path.read_text(encoding="utf-8")), path


def resolve(name: str, value: str) -> tuple[str, str] | None:
    """The file and fragment that a reference on a page leads to; None where it leaves the site."""
    base = HOST + (name.removesuffix("index.html") if name.endswith("index.html") else name)
    full = urlsplit(urljoin(base, value))
    address = full._replace(fragment="", query="").geturl()
    if full.scheme in {"mailto", "tel", "data"} or not address.startswith(HOST):
        return None
    path = unquote(address.removeprefix(HOST))
    return (path + "index.html" if path.endswith("/") or not path else path), unquote(full.fragment)


def test_every_link_and_anchor_within_the_site_leads_somewhere(
    pages: dict[str, lxml.html.HtmlElement], site: Path
) -> None:
    ids = {name: {str(value) for value in page.xpath("//@id")} for name, page in pages.items()}
    broken = []
    for name, page in pages.items():
        if name == "404.html":
            continue
        for _, value in find_references(page):
            target = resolve(name, value)
            if target is None:
                continue
            path, fragment = target
            if not (site / path).is_file() or (fragment and fragment not in ids.get(path, {fragment})):
                broken.append((name, value))
    assert broken == []


def test_ids_are_unique_on_a_page(pages: dict[str, lxml.html.HtmlElement]) -> None:
    for name, page in pages.items():
        found = [str(value) for value in page.xpath("//@id")]
        assert len(found) == len(set(found)), name


def test_alternates_are_absolute_and_reciprocal(pages: dict[str, lxml.html.HtmlElement]) -> None:
    def alternates(name: str) -> dict[str, str]:
        links = pages[name].xpath("//link[@rel='alternate'][@hreflang]")
        return {str(link.get("hreflang")): str(link.get("href")) for link in links}

    for name in pages:
        found = alternates(name)
        if name in {"index.html", "404.html"}:
            continue
        assert found.pop("x-default") == HOST, name
        expected = set(LOCALES) - (
            {"en"} if "/compare/languages/en/" in name else set()
        )  # nothing stands beside itself
        assert set(found) == expected, name
        for locale, address in found.items():
            target = resolve(name, address)
            assert target, address
            assert address.startswith(HOST), name
            assert alternates(target[0])[name.split("/")[0]] == HOST + name.removesuffix("index.html"), (name, locale)


def test_archive_pages_are_not_indexed_and_live_pages_are(pages: dict[str, lxml.html.HtmlElement]) -> None:
    for name, page in pages.items():
        robots = " ".join(str(value) for value in page.xpath("//meta[@name='robots']/@content"))
        parts = PurePosixPath(name).parts
        is_superseded = (
            "compare" in parts or "since" in parts or any(part in {"2005-01-01", "2012-03-09"} for part in parts)
        )
        if is_superseded or name == "404.html":
            assert "noindex" in robots, name
        elif "history" in parts or len(parts) == 4:
            assert "noindex" not in robots, name


def test_versions_are_linked_to_their_neighbours(pages: dict[str, lxml.html.HtmlElement]) -> None:
    line = "ja/website-visitors/us-asia/"
    page = pages[f"{line}2012-03-09/index.html"]
    links = {str(link.get("rel")): str(link.get("href")) for link in page.xpath("//link[@rel][not(@hreflang)]")}
    relations = ("predecessor-version", "successor-version", "latest-version", "version-history")
    targets = [resolve(f"{line}2012-03-09/index.html", links[relation]) for relation in relations]
    expected = ["2005-01-01/", "2015-01-14/", "", "history/"]
    assert [target[0] if target else None for target in targets] == [f"{line}{path}index.html" for path in expected]


def test_an_edition_tells_who_speaks_since_when_and_where_to_go(pages: dict[str, lxml.html.HtmlElement]) -> None:
    text = " ".join(pages["en/website-visitors/us-asia/index.html"].text_content().split())
    for words in ("UserZoom Inc", "January 14, 2015", "the United States and Asia", "2015-01-14"):
        assert words.casefold() in text.casefold(), words
    superseded = " ".join(pages["de/website-visitors/elsewhere/2012-03-09/index.html"].text_content().split())
    assert "9. März 2012" in superseded
    assert "14. Januar 2015" in superseded


# ---- data


def test_the_site_describes_itself_as_its_schemas_say(site: Path) -> None:
    for name in ("notices", "manifest"):
        schema = json.loads((site / "schemas" / f"{name}.json").read_text(encoding="utf-8"))
        jsonschema.validate(json.loads((site / f"{name}.json").read_text(encoding="utf-8")), schema)
    schema = json.loads((site / "schemas" / "feed.json").read_text(encoding="utf-8"))
    feeds = sorted(site.rglob("changes*.json"))
    assert len(feeds) == 1 + 2 * 2 * 4
    for path in feeds:
        jsonschema.validate(json.loads(path.read_text(encoding="utf-8")), schema)


def test_every_atom_feed_is_atom(site: Path) -> None:
    grammar = lxml.etree.RelaxNG(lxml.etree.parse(ROOT / "tests" / "data" / "atom.rng"))
    feeds = sorted(site.rglob("*.atom"))
    assert len(feeds) == 1 + 2 * 2 * 4
    for path in feeds:
        grammar.assertValid(lxml.etree.parse(path))


def test_the_feed_of_everything_has_an_entry_for_each_edition_that_changed(site: Path) -> None:
    feed = json.loads((site / "changes.json").read_text(encoding="utf-8"))
    found = [(item["_noticepress"]["notice"], item["_noticepress"]["version"]) for item in feed["items"]]
    assert found.count(("website-visitors", "2012-03-09")) == len(LOCALES) * 2
    assert found.count(("children", "2017-02-02")) == len(LOCALES) * 2
    assert all(item["_noticepress"]["announced"] is None for item in feed["items"])


def test_the_sealed_text_stands_beside_its_page(site: Path) -> None:
    sealed = ROOT / "content/website-visitors/versions/2012-03-09/us-asia/ja.md"
    assert (site / "ja/website-visitors/us-asia/2012-03-09/notice.md").read_bytes() == sealed.read_bytes()


def test_a_built_site_verifies_and_an_edited_one_does_not(site: Path, tmp_path: Path) -> None:
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    assert run("site_build.py", "verify", "--built", str(copy)).returncode == 0
    text = copy / "en/website-visitors/us-asia/2012-03-09/notice.md"
    text.write_bytes(text.read_bytes().replace(b"may", b"can", 1))
    found = run("site_build.py", "verify", "--built", str(copy))
    assert found.returncode == 1
    assert "en/website-visitors/us-asia/2012-03-09/notice.md" in found.stdout


@pytest.mark.parametrize(
    "name", ["us-asia/ja.md", "version.yml", "facts.yml"], ids=["an edition", "version.yml", "facts.yml"]
)
def test_one_edited_character_in_what_is_sealed_stops_everything(name: str, tmp_path: Path) -> None:
    site = copy_site(tmp_path / "edited")
    path = f"content/website-visitors/versions/2015-01-14/{name}"
    text = (site / path).read_bytes()
    place = text.index(b"2015") if name.endswith(".yml") and b"2015" in text else len(text) // 2 // 3 * 3
    edited = bytearray(text)
    edited[place : place + 1] = b"7" if text[place : place + 1] != b"7" else b"8"
    (site / path).write_bytes(bytes(edited))
    for command in ("check", "verify", "build"):
        found = run("site_build.py", command, "--site", str(site))
        assert found.returncode == 1, command
        assert path in found.stdout + found.stderr, command
    assert not (site / "site").exists()


# ---- in a browser


@pytest.fixture
def served(site: Path, browser: Browser) -> Iterator[Page]:
    """A page of the site in a real browser; whatever it asks of another host, or complains of, is a failure."""
    context = browser.new_context()
    page = context.new_page()
    faults: list[str] = []

    def answer(route: object) -> None:
        address = route.request.url  # type: ignore[attr-defined]
        if not address.startswith(HOST):
            faults.append(f"asked {address}")
            route.abort()  # type: ignore[attr-defined]
            return
        path = unquote(urlsplit(address).path).removeprefix(urlsplit(HOST).path)
        file = site / (path + "index.html" if path.endswith("/") or not path else path)
        route.fulfill(path=file) if file.is_file() else route.fulfill(status=404)  # type: ignore[attr-defined]

    context.route("**/*", answer)
    page.on("console", lambda message: faults.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


KINDS = (
    "",
    "ja/",
    "de/website-visitors/elsewhere/",
    "es/website-visitors/us-asia/2012-03-09/",
    "en/website-visitors/elsewhere/compare/2005-01-01/2012-03-09/",
    "es/website-visitors/elsewhere/compare/",
    "de/website-visitors/us-asia/compare/regions/elsewhere/",
    "ja/website-visitors/us-asia/compare/languages/en/",
    "ja/website-visitors/elsewhere/history/",
    "de/entities/userzoom-ltd/",
    "en/children/elsewhere/",
    "404.html",
)


@pytest.mark.browser
@pytest.mark.parametrize("path", KINDS)
@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_asks_nobody_and_fits_its_window(served: Page, path: str, width: int) -> None:
    served.set_viewport_size({"width": width, "height": 800})
    served.goto(HOST + path)
    assert served.evaluate("document.documentElement.scrollWidth") <= width
    assert served.locator("h1").count() == 1
    assert served.evaluate("document.cookie") == ""
    assert served.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.browser
def test_the_language_switch_stays_on_the_same_notice_and_section(served: Page) -> None:
    served.goto(HOST + "en/website-visitors/elsewhere/#cookies")
    served.locator("a[hreflang=ja]").first.evaluate("link => link.click()")
    served.wait_for_url("**/ja/website-visitors/elsewhere/**")
    assert served.url.endswith("/ja/website-visitors/elsewhere/#cookies")
    assert served.locator("#cookies").is_visible()


@pytest.mark.browser
def test_the_chooser_leads_from_a_country_to_its_notice_without_script(site: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    place = page.locator("li, tr, dt, dd, p").filter(has_text=re.compile(r"\bJapan\b")).last
    assert "UserZoom Inc" in place.inner_text() or "United States and Asia" in page.content()
    context.close()
