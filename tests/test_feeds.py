"""Feeds: who is told what, under which name, and what never changes once it was told."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from noticepress.feeds import Entry, Feed, feed_files, find_entries, plan_feeds, split_pages
from noticepress.feeds.entries import NO_AUTHORITY, make_tag
from noticepress.feeds.paging import PAGE_SIZE
from noticepress.model import AsOf, Version
from tests.factories import LATER, make_line, make_lines, make_settings, make_version
from tests.feeds import BOTH, KNOWN, NAMES, ONE_CHANGED, SITE, make_history, read_feeds

XML = "http://www.w3.org/XML/1998/namespace"


def find_named(versions: Sequence[Version], as_of: AsOf = LATER) -> list[str]:
    """The entries, newest first, as `version/region/locale`."""
    entries = find_entries(make_lines(versions, as_of), make_settings())
    return [f"{entry.version}/{entry.region}/{entry.locale}" for entry in entries]


def make_entry(announced: datetime | None = None) -> Entry:
    version = make_version("2012-03-09", announced=announced, zone="America/Los_Angeles")
    [entry] = find_entries(make_lines([version]), make_settings())
    return entry


# ---- what makes an entry


def test_an_edition_that_says_what_its_predecessor_said_makes_no_entry() -> None:
    assert find_named([make_version("2012-03-09", BOTH), make_version("2015-01-14", ONE_CHANGED)]) == [
        "2015-01-14/us/en",
        "2012-03-09/us/en",
        "2012-03-09/us/de",
        "2012-03-09/eu/en",
        "2012-03-09/eu/de",
    ]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (datetime(2012, 2, 8, 9, 59, 59, tzinfo=UTC), []),
        (KNOWN, ["2012-03-09/world/en"]),
        (datetime(2012, 3, 9, tzinfo=UTC), ["2012-03-09/world/en"]),
        (date(2012, 2, 7), []),
        (date(2012, 2, 8), ["2012-03-09/world/en"]),
    ],
)
def test_an_entry_appears_with_the_announcement(as_of: date | datetime, expected: list[str]) -> None:
    assert find_named([make_version("2012-03-09", announced=KNOWN)], as_of=as_of) == expected


def test_what_was_never_announced_appears_when_it_takes_effect() -> None:
    version = make_version("2012-03-09")
    assert find_named([version], as_of=date(2012, 3, 8)) == []
    assert find_named([version], as_of=date(2012, 3, 9)) == ["2012-03-09/world/en"]


def test_a_draft_makes_no_entry() -> None:
    assert find_named([make_version("2012-03-09"), make_version("2015-01-14", sealed=False)]) == ["2012-03-09/world/en"]


def test_a_language_without_pages_makes_no_entry() -> None:
    assert find_named([make_version("2012-03-09", {"world": {"en": "one\n", "fr": "un\n"}})]) == ["2012-03-09/world/en"]


def test_an_edition_belongs_to_the_region_that_its_version_names() -> None:
    renamed = make_version("2015-01-14", {"emea": {"en": "EMEA 2\n"}}, succeeds={"emea": ["eu"]})
    versions = [make_version("2012-03-09", {"eu": {"en": "EU 1\n"}}), renamed]
    assert find_named(versions) == ["2015-01-14/emea/en", "2012-03-09/eu/en"]
    files = read_feeds(versions)
    items = json.loads(files["en/visitors/emea/changes.json"])["items"]
    assert [item["url"] for item in items] == [
        f"{SITE}en/visitors/emea/2015-01-14/",
        f"{SITE}en/visitors/eu/2012-03-09/",
    ]
    assert items[0]["_noticepress"]["compare"] == f"{SITE}en/visitors/emea/compare/2012-03-09/2015-01-14/"
    assert [item["id"] for item in json.loads(files["en/visitors/eu/changes.json"])["items"]] == [items[1]["id"]]


def test_a_region_renamed_without_new_words_makes_no_entry() -> None:
    renamed = make_version("2015-01-14", {"emea": {"en": "the same\n"}}, succeeds={"emea": ["eu"]})
    assert find_named([make_version("2012-03-09", {"eu": {"en": "the same\n"}}), renamed]) == ["2012-03-09/eu/en"]


def test_a_revision_makes_an_entry_of_its_own() -> None:
    revised = make_version("2012-03-09.1", announced=datetime(2012, 6, 1, 12, tzinfo=UTC), change_class="editorial")
    newer, older = find_entries(make_lines([make_version("2012-03-09"), revised]), make_settings())
    assert newer.id != older.id
    assert newer.title.endswith("March 9, 2012 (2012-03-09.1)")
    assert newer.effective.day == date(2012, 3, 9)
    assert newer.updated == datetime(2012, 6, 1, 12, tzinfo=UTC)
    assert (newer.change_class, newer.kind) == ("editorial", "correction")


# ---- what an entry says


def test_an_entry_says_when_and_where() -> None:
    entry = make_entry(announced=KNOWN)
    assert (entry.updated, entry.announced) == (KNOWN, KNOWN)
    assert entry.url == "en/visitors/world/2012-03-09/"
    assert entry.compare == ""
    assert entry.title == "Notice for visitors · the world region · March 9, 2012"
    assert entry.effective.instant == datetime(2012, 3, 9, 8, tzinfo=UTC)


def test_an_unknown_announcement_is_not_invented() -> None:
    entry = make_entry()
    assert entry.announced is None
    assert entry.updated == datetime(2012, 3, 9, 8, tzinfo=UTC)
    files = read_feeds([make_version("2012-03-09")])
    [item] = json.loads(files["changes.json"])["items"]
    assert "date_published" not in item
    assert item["_noticepress"]["announced"] is None
    atom = etree.fromstring(files["changes.atom"])
    assert atom.findall(".//atom:published", NAMES) == []
    assert atom.findall(".//np:announced", NAMES) == []


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ({"en": "New words.", "de": "Neue Worte."}, ("Neue Worte.", "de")),
        ({"en": "New words."}, ("New words.", "en")),
        ({}, ("", "de")),
    ],
)
def test_a_summary_that_nobody_translated_says_its_language(
    summary: Mapping[str, str], expected: tuple[str, str]
) -> None:
    version = make_version("2012-03-09", {"world": {"de": "Text\n"}}, summary=summary)
    [entry] = find_entries(make_lines([version]), make_settings())
    assert (entry.summary, entry.summary_locale) == expected
    atom = etree.fromstring(read_feeds([version])["changes.atom"])
    found = [(element.text, element.get(f"{{{XML}}}lang")) for element in atom.findall(".//atom:summary", NAMES)]
    assert found == ([expected] if expected[0] else [])


def test_a_zone_that_was_assumed_is_not_told_as_a_fact() -> None:
    stated = read_feeds([make_version("2012-03-09", zone="Europe/Madrid")])["changes.atom"].decode()
    assumed = read_feeds([make_version("2012-03-09", zone="Europe/Madrid", assumed=True)])["changes.atom"].decode()
    assert "March 9, 2012, 00:00 (Madrid Time)" in stated
    assert "Madrid Time" not in assumed
    assert "March 9, 2012" in assumed
    assert 'date="2012-03-09" zone="Europe/Madrid" assumed="true">2012-03-09T00:00:00+01:00<' in assumed


def test_the_effective_instant_carries_its_own_offset() -> None:
    [item] = json.loads(read_feeds([make_version("2026-03-01", zone="Europe/Madrid")])["changes.json"])["items"]
    assert item["_noticepress"]["effective"] == "2026-03-01T00:00:00+01:00"
    assert item["date_modified"] == "2026-02-28T23:00:00Z"


def test_a_json_item_holds_what_mail_is_made_of() -> None:
    versions = [make_version("2005-01-01"), make_version("2012-03-09", announced=KNOWN)]
    item = json.loads(read_feeds(versions)["changes.json"])["items"][0]
    text = versions[1].editions["world", "en"]
    assert item["_noticepress"] == {
        "notice": "visitors",
        "version": "2012-03-09",
        "region": "world",
        "locale": "en",
        "class": "material",
        "announced": "2012-02-08T10:00:00Z",
        "effective": "2012-03-09T00:00:00+00:00",
        "effective_date": "2012-03-09",
        "summary": "What is new on 2012-03-09.",
        "summary_locale": "en",
        "compare": f"{SITE}en/visitors/world/compare/2005-01-01/2012-03-09/",
        "sha256": text.sha256,
    }


# ---- names for ever


@pytest.mark.parametrize(
    ("site_url", "expected"),
    [
        ("https://privacy.acme.example/", "tag:privacy.acme.example,2012:visitors/2012-03-09/world/en"),
        ("https://Privacy.Acme.example:8443/legal/", "tag:privacy.acme.example,2012:visitors/2012-03-09/world/en"),
        ("https://bücher.example/", "tag:xn--bcher-kva.example,2012:visitors/2012-03-09/world/en"),
        ("http://[::1]:8000/", f"tag:{NO_AUTHORITY},2012:visitors/2012-03-09/world/en"),
        ("", f"tag:{NO_AUTHORITY},2012:visitors/2012-03-09/world/en"),
    ],
)
def test_an_id_is_a_tag_of_the_host_and_the_effective_year(site_url: str, expected: str) -> None:
    lines = make_lines([make_version("2012-03-09")])
    [entry] = find_entries(lines, make_settings(site_url=site_url))
    assert entry.id == expected


@given(st.lists(st.text(min_size=1), min_size=1), st.text(max_size=30))
def test_a_tag_is_always_valid(names: list[str], host: str) -> None:
    authority = re.sub(r"[\[\]]", "", host)
    tag = make_tag(names, 2012, make_settings(site_url=f"https://{authority}/"))
    name = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?"
    specific = r"([A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-F]{2})*"
    assert re.fullmatch(rf"tag:{name}(\.{name})*,2012:{specific}", tag)


def test_no_two_entries_share_an_id() -> None:
    versions = [
        make_version(day, {r: {loc: f"{day} {r} {loc}\n" for loc in ("en", "de")} for r in ("eu", "us")}, notice=notice)
        for notice in ("visitors", "children")
        for day in ("2012-03-09", "2012-03-09.1", "2015-01-14")
    ]
    entries = find_entries(make_lines(versions), make_settings())
    assert len({entry.id for entry in entries}) == len(entries) == 24


# ---- the laws


@st.composite
def histories(draw: st.DrawFn) -> list[Version]:
    """Versions that become public one after another, some announced before they apply, some without new words."""
    day, versions = date(2010, 1, 1), []
    for _ in range(draw(st.integers(1, 8))):
        announced = day + timedelta(days=draw(st.integers(1, 400)))
        lead = draw(st.integers(0, 40))
        known = draw(st.booleans())
        day = announced + timedelta(days=lead if known else 0)
        words = {loc: draw(st.sampled_from(["old\n", "new\n", "other\n"])) for loc in ("en", "de")}
        versions.append(
            make_version(
                day.isoformat(),
                {"world": words},
                announced=datetime(announced.year, announced.month, announced.day, 0, tzinfo=UTC) if known else None,
            )
        )
    return versions


@given(histories(), st.integers(0, 3000), st.integers(0, 3000))
def test_what_was_told_stays_as_it_was_told(versions: list[Version], first: int, second: int) -> None:
    earlier, later = sorted(date(2010, 1, 1) + timedelta(days=days) for days in (first, second))
    settings = make_settings()
    then = find_entries(make_lines(versions, earlier), settings)
    now = find_entries(make_lines(versions, later), settings)
    assert now[len(now) - len(then) :] == then


@given(histories(), st.integers(1, 8))
def test_a_version_more_changes_no_entry_before_it(versions: list[Version], count: int) -> None:
    settings = make_settings()
    before = find_entries(make_lines(versions[:count]), settings)
    after = find_entries(make_lines(versions), settings)
    assert after[len(after) - len(before) :] == before


def test_archives_never_change_as_versions_are_added() -> None:
    history = make_history(2 * PAGE_SIZE + 30)
    seen: dict[str, bytes] = {}
    for count in (PAGE_SIZE, 2 * PAGE_SIZE - 1, 2 * PAGE_SIZE, 2 * PAGE_SIZE + 1, len(history)):
        files = read_feeds(history[:count])
        assert seen.items() <= files.items()
        seen |= {path: content for path, content in files.items() if "changes-" in path}
    assert sorted(seen) == [
        "changes-1.atom",
        "changes-1.json",
        "en/visitors/world/changes-1.atom",
        "en/visitors/world/changes-1.json",
    ]


@pytest.mark.parametrize(
    ("count", "sizes"),
    [
        (0, [0]),
        (1, [1]),
        (99, [99]),
        (100, [100]),
        (199, [199]),
        (200, [100, 100]),
        (201, [101, 100]),
        (299, [199, 100]),
        (300, [100, 100, 100]),
        (1050, [150, *[100] * 9]),
    ],
)
def test_every_entry_is_on_one_page_and_the_newest_hundred_on_the_first(count: int, sizes: list[int]) -> None:
    entry = make_entry()
    entries = tuple(replace(entry, id=str(number)) for number in range(count))
    pages = split_pages(Feed("", "", "en", entries))
    assert [len(page.entries) for page in pages] == sizes
    assert tuple(entry for page in pages for entry in page.entries) == entries
    assert [page.number for page in pages] == [0, *range(len(sizes) - 1, 0, -1)]
    assert [page.older for page in pages] == [*range(len(sizes) - 1, 0, -1), 0]


def test_no_clock_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Stopped:  # noqa: ARG003 - it is never to be reached
            raise AssertionError("a feed asked the clock")

    versions = [make_version("2005-01-01"), make_version("2012-03-09", announced=KNOWN)]
    expected = read_feeds(versions)
    monkeypatch.setattr("noticepress.feeds.render.datetime", Stopped)
    monkeypatch.setattr("noticepress.feeds.entries.datetime", Stopped)
    monkeypatch.setattr("noticepress.manifest.published.datetime", Stopped)
    monkeypatch.setattr("time.time", lambda: pytest.fail("a feed asked the clock"))
    assert read_feeds(versions) == expected
    dates = set(re.findall(rb"20\d\d-\d\d-\d\dT[\d:]+(?:Z|[+-]\d\d:\d\d)", b"".join(expected.values())))
    assert dates == {
        b"2005-01-01T00:00:00Z",
        b"2005-01-01T00:00:00+00:00",
        b"2012-02-08T10:00:00Z",
        b"2012-03-09T00:00:00+00:00",
    }


def test_the_order_of_the_lines_does_not_matter() -> None:
    versions = [make_version("2012-03-09", BOTH, notice=notice) for notice in ("visitors", "children")]
    lines = make_lines(versions)
    turned = {notice: dict(reversed(lines[notice].items())) for notice in reversed(lines)}
    assert find_entries(turned, make_settings()) == find_entries(lines, make_settings())
    assert dict(feed_files(turned, make_settings())) == dict(feed_files(lines, make_settings()))


# ---- which feeds there are


def test_every_line_and_language_that_visitors_see_has_feeds() -> None:
    versions = [
        make_version("2012-03-09", BOTH),
        make_version("2099-01-01", {"mars": {"en": "x\n"}}, notice="children"),
    ]
    feeds = {
        feed.folder: len(feed.entries) for feed in plan_feeds(make_lines(versions, date(2020, 1, 1)), make_settings())
    }
    assert feeds == {
        "": 4,
        "en/visitors/us/": 1,
        "de/visitors/us/": 1,
        "en/visitors/eu/": 1,
        "de/visitors/eu/": 1,
    }


def test_a_line_feed_holds_only_its_own_language() -> None:
    files = read_feeds([make_version("2012-03-09", BOTH)])
    items = json.loads(files["de/visitors/eu/changes.json"])["items"]
    assert [item["_noticepress"]["locale"] for item in items] == ["de"]
    assert items[0]["title"] == "Hinweise für visitors · Region eu · 9. März 2012"


def test_a_line_is_one_region_through_time() -> None:
    line = make_line([make_version("2012-03-09", BOTH), make_version("2015-01-14", ONE_CHANGED)], "us")
    [_, feed] = plan_feeds({"visitors": {"us": line}}, make_settings(locales=("en",)))
    assert [entry.version for entry in feed.entries] == ["2015-01-14", "2012-03-09"]
