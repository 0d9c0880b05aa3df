"""The manifest proves the words of a site; notices.json tells programs where they are."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from noticepress.feeds import feed_files
from noticepress.manifest import build_manifest, build_notices, find_published, verify_editions
from noticepress.model import Settings, Version
from noticepress.schemas import output_schemas
from tests.factories import (
    LATER,
    chain_versions,
    group_versions,
    make_facts,
    make_hash,
    make_library,
    make_lines,
    make_settings,
    make_version,
)

Json = dict[str, Any]
TEXTS = {"us": {"en": "US\n", "de": "USA\n"}, "eu": {"en": "EU\n"}}
MORE = {"us": {"en": "US 2\n", "de": "USA\n"}, "eu": {"en": "EU\n"}}
HISTORY = chain_versions(
    [
        make_version("2005-01-01", TEXTS),
        make_version("2012-03-09", MORE, announced=datetime(2012, 2, 8, tzinfo=UTC), zone="America/Los_Angeles"),
        make_version("2017-02-02", {"us": {"en": "Kids\n"}}, notice="children"),
    ]
)


def build(
    versions: Sequence[Version] = HISTORY, as_of: date | datetime = LATER, settings: Settings | None = None
) -> Json:
    """The manifest as a stranger gets it: through JSON."""
    found = build_manifest(make_lines(versions, as_of), group_versions(versions), settings or make_settings())
    return dict(json.loads(json.dumps(found)))


def make_site(versions: Sequence[Version] = HISTORY) -> dict[str, bytes]:
    """The sealed texts as a built site holds them."""
    return {
        f"{edition.locale}/{edition.notice}/{edition.region}/{edition.version}/notice.md": edition.text.encode()
        for version in versions
        for edition in version.editions.values()
    }


def verify(manifest: Json, site: dict[str, bytes] | None = None, root: str = "") -> list[tuple[str, str, str]]:
    problems = verify_editions(manifest, (make_site() if site is None else site).get, root)
    assert {problem.id for problem in problems} <= {"DV05"}
    return [(problem.severity, problem.source.path, problem.message) for problem in problems]


# ---- manifest.json


def test_the_manifest_has_every_published_edition() -> None:
    manifest = build()
    assert {edition["text"]: edition["sha256"] for edition in manifest["editions"]} == {
        path: make_hash(text.decode()) for path, text in make_site().items()
    }
    assert manifest["editions"][0] == {
        "notice": "children",
        "version": "2017-02-02",
        "region": "us",
        "locale": "en",
        "page": "en/children/us/2017-02-02/",
        "text": "en/children/us/2017-02-02/notice.md",
        "sha256": make_hash("Kids\n"),
    }


def test_the_manifest_has_the_chain_of_every_notice() -> None:
    assert [(v["notice"], v["version"], v["sha256"], v["previous"]) for v in build()["versions"]] == [
        ("children", "2017-02-02", HISTORY[2].sha256, None),
        ("visitors", "2005-01-01", HISTORY[0].sha256, None),
        ("visitors", "2012-03-09", HISTORY[1].sha256, HISTORY[0].sha256),
    ]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2004, 12, 31), []),
        (date(2005, 1, 1), ["2005-01-01"]),
        (datetime(2012, 2, 7, 23, tzinfo=UTC), ["2005-01-01"]),
        (datetime(2012, 2, 8, tzinfo=UTC), ["2005-01-01", "2012-03-09"]),
        (date(2017, 2, 2), ["2017-02-02", "2005-01-01", "2012-03-09"]),
    ],
)
def test_nothing_is_told_of_versions_that_are_not_public(as_of: date | datetime, expected: list[str]) -> None:
    manifest = build(as_of=as_of)
    assert [version["version"] for version in manifest["versions"]] == expected
    assert {edition["version"] for edition in manifest["editions"]} == set(expected)
    for version in HISTORY:
        assert (version.sha256 in json.dumps(manifest)) == (version.id in expected)


def test_a_renamed_region_is_published_once() -> None:
    renamed = make_version("2015-01-14", {"emea": {"en": "EMEA\n"}}, succeeds={"emea": ["eu"]})
    lines = make_lines([make_version("2012-03-09", {"eu": {"en": "EU\n"}}), renamed])
    assert {region: len(line.visible) for region, line in lines["visitors"].items()} == {"emea": 2, "eu": 1}
    assert [(s.version.id, s.region) for s in find_published(lines)] == [("2015-01-14", "emea"), ("2012-03-09", "eu")]
    assert [s.state for s in find_published(lines)] == ["in-force", "retired"]


def test_the_root_hash_does_not_depend_on_where_the_site_stands() -> None:
    elsewhere = build(settings=make_settings(site_url="http://127.0.0.1:8000/privacy/"))
    assert elsewhere["root"] == build()["root"]


def test_anyone_can_make_the_root_hash_again() -> None:
    manifest = build()
    body = {key: manifest[key] for key in ("editions", "versions")}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert make_hash(text) == manifest["root"]


def test_any_word_moves_the_root_hash() -> None:
    other = chain_versions([make_version("2005-01-01", {**TEXTS, "eu": {"en": "E.U.\n"}}), *HISTORY[1:]])
    assert build(other)["root"] != build()["root"]


# ---- verification


def test_a_whole_site_is_found_whole() -> None:
    assert verify(build()) == []
    assert verify(build(), root=build()["root"]) == []


def test_an_empty_site_is_whole_too() -> None:
    assert verify(build(as_of=date(2000, 1, 1)), {}) == []


def test_each_text_that_was_changed_or_lost_is_named() -> None:
    site = make_site()
    site["en/visitors/eu/2005-01-01/notice.md"] = b"EU, edited"
    edited, sealed = make_hash("EU, edited")[:12], make_hash("EU\n")[:12]
    del site["de/visitors/us/2012-03-09/notice.md"]
    assert verify(build(), site) == [
        ("error", "de/visitors/us/2012-03-09/notice.md", "is missing"),
        (
            "error",
            "en/visitors/eu/2005-01-01/notice.md",
            f"differs from the manifest: sha256 is {edited}…, not {sealed}…",
        ),
    ]


def point_elsewhere(manifest: Json) -> None:
    manifest["editions"][0]["text"] = "../../etc/passwd"


def forge_edition(manifest: Json) -> None:
    manifest["editions"][0]["sha256"] = make_hash("forged")


def drop_version(manifest: Json) -> None:
    del manifest["versions"][1]


def fork_chain(manifest: Json) -> None:
    manifest["versions"][2]["previous"] = None


def close_circle(manifest: Json) -> None:
    manifest["versions"][1]["previous"] = manifest["versions"][1]["sha256"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (point_elsewhere, "says that ../../etc/passwd is the text of en/children/us/2017-02-02/"),
        (forge_edition, "differs from the manifest"),
        (drop_version, "belongs to version 2005-01-01, which the chain lacks"),
        (fork_chain, "visitors 2012-03-09: another version names the same version before it"),
        (close_circle, "visitors 2005-01-01: another version names the same version before it"),
        (lambda manifest: manifest.update(root="0" * 64), "states the root hash 000000000000…"),
        (lambda manifest: manifest.pop("editions"), "is no manifest: editions is missing or wrong"),
        (lambda manifest: manifest.update(format=2), "is no manifest: format is missing or wrong"),
        (lambda manifest: manifest["versions"].append("x"), "is no manifest: versions.3 is missing or wrong"),
    ],
)
def test_a_manifest_that_was_tampered_with_is_seen(change: Callable[[Json], object], expected: str) -> None:
    manifest = build()
    change(manifest)
    assert any(severity == "error" and expected in message for severity, _, message in verify(manifest))


def test_no_file_is_read_outside_the_addresses_of_editions() -> None:
    manifest, read = build(), list[str]()
    point_elsewhere(manifest)

    def remember(path: str) -> bytes:
        read.append(path)
        return b""

    verify_editions(manifest, remember)
    assert len(read) == len(manifest["editions"]) - 1
    assert not any(".." in path for path in read)


def test_a_forger_who_mends_the_root_is_seen_by_who_kept_it() -> None:
    forged = chain_versions([make_version("2005-01-01", {**TEXTS, "eu": {"en": "Forged\n"}}), *HISTORY[1:]])
    kept = build()["root"]
    assert verify(build(forged), make_site(forged)) == []
    [(severity, path, message)] = verify(build(forged), make_site(forged), kept)
    assert (severity, path) == ("error", "manifest.json")
    assert message.endswith(f"{kept[:12]}… was expected")


def test_a_version_before_that_is_not_public_yet_is_a_warning() -> None:
    versions = chain_versions(
        [
            make_version("2012-03-09"),
            make_version("2015-01-14"),
            make_version("2016-01-01", announced=datetime(2014, 1, 1, tzinfo=UTC)),
        ]
    )
    found = verify(build(versions, date(2014, 6, 1)), make_site(versions))
    assert [(severity, path) for severity, path, _ in found] == [("warning", "manifest.json")]


def test_what_reading_raises_is_passed_on() -> None:
    def fail(path: str) -> bytes:
        raise OSError(path)

    with pytest.raises(OSError, match=r"notice\.md"):
        verify_editions(build(), fail)


def test_the_manifest_given_is_left_as_it_was() -> None:
    manifest = build()
    before = copy.deepcopy(manifest)
    verify(manifest)
    assert manifest == before


# ---- notices.json


def tell(as_of: date | datetime = LATER, settings: Settings | None = None) -> Json:
    facts = (make_facts("acme-inc", ["world"]), make_facts("acme-ltd", []))
    library = make_library(HISTORY, settings, facts)
    return dict(json.loads(json.dumps(build_notices(make_lines(HISTORY, as_of), library, as_of))))


def test_a_program_finds_the_version_in_force_its_dates_and_its_words() -> None:
    notices = {notice["notice"]: notice for notice in tell(date(2012, 3, 1))["notices"]}
    assert notices["children"]["lines"] == []
    line = next(line for line in notices["visitors"]["lines"] if line["region"] == "us")
    assert line["in_force"] == "2005-01-01"
    assert line["urls"]["de"] == "https://privacy.acme.example/de/visitors/us/"
    assert line["feeds"]["de"]["json"] == "https://privacy.acme.example/de/visitors/us/changes.json"
    older, newer = line["versions"]
    assert (older["state"], newer["state"]) == ("in-force", "announced")
    assert older["announced"] is None
    assert newer["announced"] == "2012-02-08T00:00:00Z"
    assert older["superseded"] == newer["effective"] == "2012-03-09T00:00:00-08:00"
    assert (newer["date"], newer["zone"], newer["superseded"]) == ("2012-03-09", "America/Los_Angeles", None)
    assert newer["editions"]["en"]["changed"]
    assert not newer["editions"]["de"]["changed"]
    assert newer["editions"]["en"]["sha256"] == make_hash("US 2\n")


def test_the_world_and_who_answers_for_it_are_told_as_of_now() -> None:
    found = tell()
    [region] = found["regions"]
    assert region["region"] == "world"
    assert {"US", "JP", "ES"} <= set(region["territories"])
    assert region["entities"] == ["acme-inc"]
    assert [entity["entity"] for entity in found["entities"]] == ["acme-inc", "acme-ltd"]
    assert tell(date(1999, 1, 1))["entities"] == []


def test_the_same_facts_give_the_same_file_on_another_day() -> None:
    assert tell(date(2018, 1, 1)) == tell(date(2019, 1, 1))


def test_feeds_that_are_named_exist() -> None:
    settings = make_settings(site_url="")
    named = [
        feeds
        for notice in tell(settings=settings)["notices"]
        for line in notice["lines"]
        for feeds in line["feeds"].values()
    ]
    files = set(dict(feed_files(make_lines(HISTORY), settings)))
    assert {path for feeds in (*named, tell(settings=settings)["feeds"]) for path in feeds.values()} == files


@pytest.mark.parametrize("site_url", ["https://privacy.acme.example/", ""])
@pytest.mark.parametrize("as_of", [date(2000, 1, 1), date(2012, 3, 1), LATER])
def test_both_files_are_as_their_schemas_say(as_of: date | datetime, site_url: str) -> None:
    settings, schemas = make_settings(site_url=site_url), output_schemas()
    for name, found in (
        ("manifest.json", build(as_of=as_of, settings=settings)),
        ("notices.json", tell(as_of, settings)),
    ):
        Draft202012Validator(schemas[name], format_checker=FormatChecker()).validate(found)
        assert found["$schema"] == f"{site_url}schemas/{name}"


def test_nothing_of_an_adopted_version_is_told() -> None:
    versions = [HISTORY[0], replace(make_version("2030-05-06"), audiences={"en": "secret plans"})]
    as_of = date(2026, 1, 1)
    found = build_notices(make_lines(versions, as_of), make_library(versions), as_of)
    assert "2030-05-06" not in json.dumps(found)
