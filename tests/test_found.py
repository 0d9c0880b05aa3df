"""What machines find on the whole of the built sites: languages, canonical addresses, sitemap, feeds, schema.org."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import etree
from lxml.html import HtmlElement
from lxml.html import parse as parse_page
from playwright.sync_api import Browser

from noticepress.model import Withdrawal
from noticepress.pages import Page, View, render_page
from noticepress.pages.plan import edition_page, entity_page, permanent_page
from tests.everyone.hosting import find_headers, open_host, read_rules
from tests.everyone.sites import Built, Shown, build
from tests.factories import make_version
from tests.test_pages import make_view
from tests.vocabulary import find_faults, read_vocabulary

NAMESPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
VOCABULARY = read_vocabulary()
ARCHIVE = re.compile(r"\d{4}-\d{2}-\d{2}(\.\d+)?/|compare/")


class Read:
    """A built page: what its head says to machines."""

    def __init__(self, built: Built, shown: Shown) -> None:
        self.shown, self.address = shown, built.address + shown.path
        self.tree: HtmlElement = parse_page(str(built.folder / shown.file)).getroot()
        self.canonical = [str(link.get("href")) for link in self.tree.xpath("//link[@rel='canonical']")]
        self.is_hidden = bool(self.tree.xpath("//meta[@name='robots'][contains(@content, 'noindex')]"))
        self.tongues: dict[str, str] = {
            str(link.get("hreflang")): str(link.get("href")) for link in self.tree.xpath("//link[@hreflang]")
        }
        self.feeds: dict[str, str] = {
            str(link.get("href")): str(link.get("type")) for link in self.tree.xpath("//link[@rel='alternate'][@type]")
        }
        self.schema: list[dict[str, Any]] = [
            json.loads(script.text) for script in self.tree.xpath("//script[@type='application/ld+json']")
        ]


Sites = dict[str, tuple[Built, dict[str, Read]]]


@pytest.fixture(scope="module")
def sites(built_sites: tuple[Built, ...]) -> Sites:
    """Every page of every site, by the site's name and the page's address."""
    found = {}
    for built in built_sites:
        pages = [Read(built, shown) for shown in built.pages]
        found[built.name] = (built, {page.address: page for page in pages})
    return found


@pytest.fixture(params=["ours", "announced", "recent"])
def site(request: pytest.FixtureRequest, sites: Sites) -> tuple[Built, dict[str, Read]]:
    return sites[request.param]


def is_page(page: Read) -> bool:
    """Whether a page is one of the site, and not what a server gives for an address that is none."""
    return page.shown.kind != "not-found"


# ---- addresses


def test_every_page_is_its_own_canonical_address(site: tuple[Built, dict[str, Read]]) -> None:
    _, pages = site
    for address, page in pages.items():
        assert page.canonical == ([address] if is_page(page) else []), address
        assert urlsplit(address).scheme == "https"


def test_languages_are_absolute_and_point_at_each_other(site: tuple[Built, dict[str, Read]]) -> None:
    built, pages = site
    for address, page in pages.items():
        if not is_page(page):
            assert page.tongues == {}
            continue
        assert page.tongues["x-default"] == built.address, address
        others = {tag: there for tag, there in page.tongues.items() if tag != "x-default"}
        assert len(set(others.values())) == len(others)
        if page.shown.kind != "chooser":
            assert others[page.shown.locale] == address
        for tag, there in others.items():
            assert pages[there].tongues == page.tongues, f"{address} names {there}, which names others"
            assert pages[there].shown.locale == tag
            assert pages[there].is_hidden == page.is_hidden


def test_pages_in_one_language_are_pages_in_all_that_the_site_speaks(site: tuple[Built, dict[str, Read]]) -> None:
    built, pages = site
    spoken = {shown.locale for shown in built.pages}
    for address, page in pages.items():
        if is_page(page) and page.shown.kind != "languages":
            assert page.tongues.keys() == {*spoken, "x-default"}, address


# ---- what is kept out of search


def test_archives_are_kept_out_of_search_by_page_and_by_header(site: tuple[Built, dict[str, Read]]) -> None:
    built, pages = site
    rules = read_rules(built.folder)
    hidden = 0
    for page in pages.values():
        is_archive = bool(ARCHIVE.search(page.shown.path))
        sent = find_headers(rules, f"/{page.shown.path}").get("X-Robots-Tag", "")
        assert sent == ("noindex" if is_archive else ""), page.address
        assert page.is_hidden or not is_archive, page.address
        hidden += page.is_hidden
    assert hidden


def test_saved_texts_are_kept_out_of_search(site: tuple[Built, dict[str, Read]]) -> None:
    built, _ = site
    rules = read_rules(built.folder)
    texts = [path for path in built.folder.rglob("notice.*") if path.suffix in {".md", ".pdf"}]
    assert texts
    for path in texts:
        address = f"/{path.relative_to(built.folder).as_posix()}"
        assert find_headers(rules, address).get("X-Robots-Tag") == "noindex", address


def test_rules_of_headers_grow_with_versions_and_not_with_pages(site: tuple[Built, dict[str, Read]]) -> None:
    built, pages = site
    versions = {path.parent.name for path in built.folder.rglob("notice.md")}
    assert len(read_rules(built.folder)) - len(versions) < 20
    assert len(pages) > 80


# ---- sitemap, robots.txt, feeds


def read_sitemap(built: Built) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Address, last change and languages of each page that is listed."""
    for url in etree.parse(str(built.folder / "sitemap.xml")).getroot():
        assert etree.QName(url) == etree.QName(NAMESPACES["s"], "url")
        tongues = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", NAMESPACES)}
        yield str(url.findtext("s:loc", "", NAMESPACES)), str(url.findtext("s:lastmod", "", NAMESPACES)), tongues


def test_the_sitemap_lists_what_may_be_found_and_nothing_else(site: tuple[Built, dict[str, Read]]) -> None:
    built, pages = site
    listed = [address for address, _, _ in read_sitemap(built)]
    assert len(listed) == len(set(listed))
    assert set(listed) == {address for address, page in pages.items() if not page.is_hidden and is_page(page)}
    for address, _, tongues in read_sitemap(built):
        assert tongues == pages[address].tongues


def test_the_sitemap_keeps_to_the_rules_of_sitemaps(site: tuple[Built, dict[str, Read]]) -> None:
    built, _ = site
    raw = (built.folder / "sitemap.xml").read_bytes()
    root = etree.fromstring(raw)
    assert etree.QName(root) == etree.QName(NAMESPACES["s"], "urlset")
    assert len(root) <= 50_000
    assert len(raw) <= 50 * 1024 * 1024
    for url in root:
        names = [etree.QName(child).localname for child in url]
        assert names == ["loc", "lastmod", *["link"] * (len(names) - 2)]
        assert all(child.get("rel") == "alternate" for child in url.findall("x:link", NAMESPACES))
    assert all(address.startswith(built.address) and len(address) < 2048 for address, _, _ in read_sitemap(built))


LAST_CHANGES = {
    "announced": {"": "2024-05-06T08:30:00Z", "es/website/elsewhere/": "2024-05-06T08:30:00Z"},
    "recent": {"en/website/americas/": "2024-05-20T04:00:00Z", "en/website/elsewhere/": "2024-05-19T22:00:00Z"},
    "ours": {},
}


def test_the_sitemap_tells_when_a_page_last_changed_by_what_is_written_down(
    site: tuple[Built, dict[str, Read]],
) -> None:
    built, _ = site
    told = {address.removeprefix(built.address): changed for address, changed, _ in read_sitemap(built)}
    for path, changed in LAST_CHANGES[built.name].items():
        assert told[path] == changed
    assert all(re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", changed) for changed in told.values())


def test_robots_txt_allows_all_and_names_the_sitemap(site: tuple[Built, dict[str, Read]]) -> None:
    built, _ = site
    told = (built.folder / "robots.txt").read_text(encoding="utf-8")
    assert told == f"User-agent: *\nDisallow:\nSitemap: {built.address}sitemap.xml\n"


def test_feeds_are_found_from_every_page(site: tuple[Built, dict[str, Read]]) -> None:
    built, pages = site
    kinds = {"changes.atom": "application/atom+xml", "changes.json": "application/feed+json"}
    for address, page in pages.items():
        own = re.match(r"(?:draft/)?\w+/[\w-]+/[\w-]+/", page.shown.path) if "/entities/" not in address else None
        folders = [*([built.address + own[0]] if own else []), built.address]
        assert list(page.feeds.items()) == [(f + name, kind) for f in folders for name, kind in kinds.items()], address
        assert all((built.folder / feed.removeprefix(built.address)).is_file() for feed in page.feeds)


# ---- schema.org


def test_all_that_pages_tell_is_defined_by_schema_org(site: tuple[Built, dict[str, Read]]) -> None:
    _, pages = site
    faults = [f"{a}: {fault}" for a, page in pages.items() for node in page.schema for fault in judge(node)]
    assert faults == []
    assert {page.shown.kind for page in pages.values() if page.schema} >= {
        "chooser", "start", "edition", "permanent", "history", "entity",
    }  # fmt: skip


def judge(node: dict[str, Any]) -> list[str]:
    assert node["@context"] == "https://schema.org"
    return list(find_faults({key: value for key, value in node.items() if key != "@context"}, VOCABULARY))


def test_addresses_in_json_ld_are_of_pages_and_files_that_are_there(site: tuple[Built, dict[str, Read]]) -> None:
    built, pages = site
    count = 0
    for page in pages.values():
        for address in (found for node in page.schema for found in list_addresses(node)):
            path, _, anchor = address.partition("#")
            count += 1
            if path in pages:
                assert not anchor or pages[path].tree.xpath("//*[@id=$id]", id=anchor), address
            else:
                assert (built.folder / path.removeprefix(built.address)).is_file(), address
    assert count > 500


def list_addresses(node: Any, key: str = "") -> Iterator[str]:  # noqa: ANN401 - plain data
    if isinstance(node, dict):
        for name, value in node.items():
            yield from list_addresses(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from list_addresses(value, key)
    elif key in {"url", "@id", "contentUrl"}:
        yield str(node)


def test_an_edition_says_what_it_is_since_when_where_and_whose(sites: Sites) -> None:
    built, pages = sites["announced"]
    [told] = pages[f"{built.address}es/website/elsewhere/"].schema
    work = told["mainEntity"]
    assert (told["@type"], work["@type"]) == ("WebPage", "CreativeWork")
    assert work["additionalType"] == "https://www.wikidata.org/wiki/Q1999831"
    assert work["name"] == "Aviso de privacidad del sitio web"
    assert (work["version"], work["inLanguage"], work["creativeWorkStatus"]) == ("2024-01-10", "es", "in-force")
    assert work["datePublished"] == "2023-12-06T10:00:00Z"
    assert (told["dateModified"], work["dateModified"]) == ("2024-01-10", "2024-01-10")
    assert (work["expires"], work["temporalCoverage"]) == ("2024-05-19T22:00:00Z", "2024-01-10/2024-05-20")
    assert work["translationOfWork"]["url"] == f"{built.address}en/website/elsewhere/2024-01-10/"
    assert work["spatialCoverage"] == {"@type": "Place", "name": "El resto del mundo"}
    europe, iberia = told["publisher"]
    assert [europe["legalName"], iberia["legalName"]] == ["Acme Europe GmbH", "Acme Iberia SL"]
    assert europe["address"]["postalCode"] == "10115"
    assert europe["identifier"]["value"] == "HRB 1"
    [text] = [one for one in work["encoding"] if one["encodingFormat"] == "text/markdown"]
    manifest = json.loads((built.folder / "manifest.json").read_bytes())
    stated = {edition["text"]: edition["sha256"] for edition in manifest["editions"]}
    assert stated[text["contentUrl"].removeprefix(built.address)] == text["sha256"] == work["identifier"]["value"]


def test_translations_name_the_text_that_decides_and_it_names_them(sites: Sites) -> None:
    for _, pages in sites.values():
        for page in pages.values():
            for node in page.schema if page.shown.kind == "permanent" else ():
                work = node["mainEntity"]
                if "translationOfWork" in work:
                    [source] = pages[work["translationOfWork"]["url"]].schema
                    assert work["url"] in {one["url"] for one in source["mainEntity"]["workTranslation"]}


def test_lists_and_people_are_told_where_pages_list_them(sites: Sites) -> None:
    built, pages = sites["recent"]
    [chooser] = pages[built.address].schema
    assert (chooser["@type"], chooser["isPartOf"]["@type"]) == ("CollectionPage", "WebSite")
    assert chooser["mainEntity"]["numberOfItems"] == 2
    [history] = pages[f"{built.address}ja/website/americas/history/"].schema
    assert [one["url"] for one in history["mainEntity"]["itemListElement"]] == [
        f"{built.address}ja/website/americas/2024-05-20/", f"{built.address}ja/website/americas/2024-01-10/",
    ]  # fmt: skip
    [entity] = pages[f"{built.address}en/entities/acme-europe/"].schema
    assert entity["mainEntity"]["@type"] == "Organization"
    assert entity["mainEntity"]["alternateName"] == ["Acme Europe"]
    [privacy] = entity["mainEntity"]["contactPoint"]
    assert privacy == {"@type": "ContactPoint", "contactType": "privacy", "email": "datenschutz@acme.example"}


def read_schema(page: Page, view: View) -> dict[str, Any]:
    """What a page that is not built tells."""
    [told] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', render_page(page, view).head, re.DOTALL)
    found: dict[str, Any] = json.loads(told)
    assert judge(found) == []
    return found


def test_a_cancelled_version_never_covered_any_time() -> None:
    moment = datetime(2026, 4, 1, 12, tzinfo=UTC)
    cancelled = replace(
        make_version("2026-05-01", announced=datetime(2026, 3, 2, tzinfo=UTC)),
        withdrawn=Withdrawal(moment, {"en": "No."}),
    )
    view = make_view((make_version("2024-01-01"), cancelled), date(2026, 6, 1), site_url="https://acme.example/")
    told = read_schema(permanent_page("en", "visitors", "world", "2026-05-01"), view)
    work = told["mainEntity"]
    assert (work["creativeWorkStatus"], work["dateModified"]) == ("withdrawn", "2026-04-01T12:00:00Z")
    assert work.keys().isdisjoint({"expires", "temporalCoverage"})


def test_what_is_announced_changed_when_it_was_announced_and_not_in_the_future() -> None:
    announced = make_version("2026-05-01", announced=datetime(2026, 3, 2, tzinfo=UTC))
    view = make_view((make_version("2024-01-01"), announced), date(2026, 4, 1), site_url="https://acme.example/")
    told = read_schema(permanent_page("en", "visitors", "world", "2026-05-01"), view)
    assert told["dateModified"] == "2026-03-02T00:00:00Z"
    assert told["mainEntity"]["temporalCoverage"] == "2026-05-01/.."


def test_what_nobody_knows_is_left_out() -> None:
    version = replace(make_version("2024-01-01"), audiences={})
    view = make_view((version,), site_url="https://acme.example/")
    work = read_schema(edition_page("en", "visitors", "world"), view)["mainEntity"]
    assert work.keys().isdisjoint({"datePublished", "expires", "audience"})
    assert read_schema(entity_page("en", "acme-inc"), view)["mainEntity"]["name"]


def test_no_text_ends_the_script_that_holds_it() -> None:
    evil = "</script><script>alert(1)</script><!--"
    version = replace(make_version("2024-01-01"), titles={"en": evil})
    view = make_view((version,), site_url="https://acme.example/")
    head = render_page(edition_page("en", "visitors", "world"), view).head
    assert head.count("</script>") == 1
    assert "<!--" not in head
    assert read_schema(edition_page("en", "visitors", "world"), view)["mainEntity"]["name"] == evil


@pytest.mark.parametrize(
    ("node", "fault"),
    [
        ({"@type": "PrivacyPolicy"}, "type 'PrivacyPolicy'"),
        ({"@type": "WebPage", "legalName": "Acme"}, "WebPage.legalName: no such property"),
        ({"@type": "CreativeWork", "spatialCoverage": "Earth"}, "'Earth' is not one of ['Place']"),
        ({"@type": "CreativeWork", "publisher": {"@type": "Place", "name": "x"}}, "Place is not one of"),
        ({"@type": "CreativeWork", "expires": "soon"}, "'soon' is not one of ['Date', 'DateTime']"),
        ({"@type": "ListItem", "item": "https://acme.example/"}, "is not one of ['Thing']"),
        ({"@type": "ItemList", "numberOfItems": True}, "True is not one of ['Integer']"),
    ],
)
def test_what_schema_org_does_not_define_is_a_fault(node: dict[str, Any], fault: str) -> None:
    [found] = find_faults(node, VOCABULARY)
    assert fault in found


@pytest.mark.browser
def test_a_browser_takes_json_ld_for_data_and_breaks_no_policy(browser: Browser, sites: Sites) -> None:
    built, pages = sites["recent"]
    shown = {page.shown.kind: page for page in pages.values() if page.schema}
    with open_host(browser, built) as host:
        for page in shown.values():
            opened = host.open_page(page.shown.path)
            text = opened.locator("script[type='application/ld+json']").text_content()
            assert text
            assert [json.loads(text)] == page.schema
            opened.close()
    assert host.faults == []


def test_what_is_drafted_is_told_to_no_machine(preparing: Path, tmp_path: Path) -> None:
    built = build("drafts", preparing, tmp_path / "out", date(2024, 3, 1), drafts=True)
    drafts = [Read(built, shown) for shown in built.pages if shown.kind == "draft"]
    assert drafts
    for page in drafts:
        assert page.is_hidden
        assert (page.canonical, page.tongues, page.schema) == ([], {}, [])
        assert page.address not in (built.folder / "sitemap.xml").read_text(encoding="utf-8")
