"""The files of feeds: valid for strangers, the same in both formats, and found from one another."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin

import feedparser
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from lxml import etree

from noticepress.schemas import output_schemas
from tests.factories import make_settings, make_version
from tests.feeds import BOTH, KNOWN, NAMES, ONE_CHANGED, SITE, make_history, read_feeds

ATOM = etree.RelaxNG(etree.parse(Path(__file__).parent / "data" / "atom.rng"))
JSON_FEED = Draft202012Validator(output_schemas()["feed.json"], format_checker=FormatChecker())


SAMPLES = {
    "one version": [make_version("2012-03-09")],
    "nothing public": [make_version("2012-03-09", sealed=False)],
    "two regions, two languages": [
        make_version("2012-03-09", BOTH),
        make_version("2015-01-14", ONE_CHANGED, announced=datetime(2014, 12, 1, tzinfo=UTC), zone="Asia/Tokyo"),
    ],
    "no summary": [make_version("2012-03-09", summary={})],
    "awkward words": [
        make_version("2012-03-09", summary={"en": "<b>A & B</b> ]]> \x07\x0b\uffff \"quoted\" 'so' \N{GRINNING FACE}"})
    ],
    "long": make_history(230),
}


@pytest.mark.parametrize("site_url", [SITE, "https://acme.example/legal/privacy/", ""])
@pytest.mark.parametrize("name", SAMPLES)
def test_every_file_is_valid(name: str, site_url: str) -> None:
    files = read_feeds(SAMPLES[name], make_settings(site_url=site_url))
    assert {"changes.atom", "changes.json"} <= set(files)
    for path, content in files.items():
        if path.endswith(".json"):
            JSON_FEED.validate(json.loads(content))
            continue
        document = etree.fromstring(content)
        ATOM.assertValid(document)
        assert document.findall("atom:author/atom:name", NAMES)
        for entry in document.findall("atom:entry", NAMES):
            assert len(entry.findall("atom:link[@rel='alternate']", NAMES)) == 1
            assert entry.findall("atom:content", NAMES)
        parsed = feedparser.parse(content)
        assert not parsed.bozo
        assert len(parsed.entries) == len(json.loads(files[path.replace(".atom", ".json")])["items"])


@pytest.mark.parametrize(
    "broken",
    [
        lambda root: root.remove(root.find("atom:id", NAMES)),
        lambda root: root.remove(root.find("atom:updated", NAMES)),
        lambda root: root.find("atom:entry", NAMES).append(etree.Element(f"{{{NAMES['atom']}}}unknown")),
        lambda root: setattr(root.find("atom:entry/atom:updated", NAMES), "text", "yesterday"),
        lambda root: root.find("atom:link", NAMES).attrib.pop("href"),
        lambda root: root.set("kind", "x"),
    ],
)
def test_the_atom_schema_sees_what_is_wrong(broken: Callable[[etree._Element], object]) -> None:
    root = etree.fromstring(read_feeds([make_version("2012-03-09")])["changes.atom"])
    broken(root)
    assert not ATOM.validate(root)


def test_a_stranger_reads_the_same_in_both_formats() -> None:
    versions = [make_version("2005-01-01"), make_version("2012-03-09", announced=KNOWN, change_class="minor")]
    files = read_feeds(versions)
    atom = feedparser.parse(files["en/visitors/world/changes.atom"])
    data = json.loads(files["en/visitors/world/changes.json"])
    assert atom.feed.title == data["title"] == "Notice for visitors · the world region: changes"
    assert atom.feed.language == data["language"] == "en"
    assert [entry.id for entry in atom.entries] == [item["id"] for item in data["items"]]
    assert [entry.link for entry in atom.entries] == [item["url"] for item in data["items"]]
    assert [entry.updated for entry in atom.entries] == [item["date_modified"] for item in data["items"]]
    assert atom.entries[0].published == data["items"][0]["date_published"]
    assert atom.entries[0].np_effective == {"date": "2012-03-09", "zone": "UTC"}
    assert atom.entries[0].tags[0].term == "minor"
    assert "What is new on 2012-03-09." in atom.entries[0].content[0].value


def test_words_are_escaped_once_for_html_and_once_for_xml() -> None:
    version = make_version("2012-03-09", summary={"en": "<script>alert(1)</script> & so on"})
    files = read_feeds([version])
    html = json.loads(files["changes.json"])["items"][0]["content_html"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; so on" in html
    content = etree.fromstring(files["changes.atom"]).find(".//atom:content", NAMES)
    assert content.text == html


def test_a_language_written_from_right_to_left_says_so() -> None:
    version = make_version("2012-03-09", {"world": {"ar": "نص\n"}}, summary={"en": "New words."})
    files = read_feeds([version], make_settings(locales=("en", "ar")))
    html = json.loads(files["changes.json"])["items"][0]["content_html"]
    assert html.startswith('<div lang="ar" dir="rtl"><p lang="en" dir="ltr">New words.</p>')


def test_older_pages_are_found_from_the_first() -> None:
    files = read_feeds(make_history(330))
    for kind in ("json", "atom"):
        path, found, seen = f"changes.{kind}", list[str](), list[str]()
        while path:
            seen.append(path)
            if kind == "json":
                data = json.loads(files[path])
                found += [item["id"] for item in data["items"]]
                following = data.get("next_url")
            else:
                root = etree.fromstring(files[path])
                found += [element.text for element in root.findall("atom:entry/atom:id", NAMES)]
                following = next(
                    (link.get("href") for link in root.findall("atom:link[@rel='prev-archive']", NAMES)), None
                )
                assert bool(root.findall("fh:archive", NAMES)) == (path != "changes.atom")
            path = following.removeprefix(SITE) if following else ""
        assert seen == [f"changes.{kind}", f"changes-2.{kind}", f"changes-1.{kind}"]
        assert len(found) == len(set(found)) == 330


def test_an_archive_belongs_to_the_feed_it_was_cut_from() -> None:
    files = read_feeds(make_history(200))
    head, archive = (etree.fromstring(files[f"changes{number}.atom"]) for number in ("", "-1"))
    assert head.findtext("atom:id", namespaces=NAMES) == archive.findtext("atom:id", namespaces=NAMES)
    [current] = archive.findall("atom:link[@rel='current']", NAMES)
    assert current.get("href") == f"{SITE}changes.atom"
    assert archive.findall("atom:link[@rel='next-archive']", NAMES) == []


def test_without_a_site_address_links_are_relative_to_the_feed() -> None:
    versions = [make_version("2005-01-01"), make_version("2012-03-09")]
    files = read_feeds(versions, make_settings(site_url=""))
    for path in ("changes.json", "en/visitors/world/changes.json"):
        data = json.loads(files[path])
        assert "feed_url" not in data
        item = data["items"][0]
        for base in ("https://acme.example/", "https://acme.example/deep/down/"):
            assert urljoin(base + path, item["url"]) == f"{base}en/visitors/world/2012-03-09/"
            compare = urljoin(base + path, item["_noticepress"]["compare"])
            assert compare == f"{base}en/visitors/world/compare/2005-01-01/2012-03-09/"
