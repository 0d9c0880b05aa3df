"""The schemas of everything printed or published as JSON: they accept what was promised, and nothing less."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from noticepress.changes import Change
from noticepress.documents import input_schemas
from noticepress.schemas import DRAFT, output_schemas

SCHEMAS = output_schemas()
HASH = "0" * 64
PROBLEM = {
    "id": "FE05",
    "severity": "error",
    "path": "content/visitors/es.md",
    "line": 12,
    "column": 5,
    "message": "unknown value 'contact.dpo'",
    "hint": "add 'dpo' under contacts",
    "jurisdiction": "all",
}
TRANSLATION_STATUS = {
    "notice": "visitors",
    "locale": "de",
    "required": True,
    "sections": 3,
    "current": 1,
    "stale": 1,
    "missing": 1,
    "machine": 0,
    "added": 0,
    "outdated": ["data", "rights"],
}

TRANSITION = {
    "instant": "2012-03-09T08:00:00Z",
    "kind": "effective",
    "notice": "visitors",
    "version": "2012-03-09",
    "region": "us",
    "entity": "",
    "zone": "America/Los_Angeles",
}
STATUS = {
    "version": "2012-03-09",
    "region": "us",
    "state": "in-force",
    "class": "material",
    "effective": "2012-03-09",
    "instant": "2012-03-09T08:00:00Z",
    "zone": "America/Los_Angeles",
    "until": None,
    "announced": None,
    "locales": ["en"],
    "missing": ["de"],
}
DRAFT_STATUS = {
    "notice": "visitors",
    "version": "2013-01-01",
    "class": "minor",
    "prepared": True,
    "effective": "2013-01-01",
    "announced": None,
    "locales": ["en"],
    "missing": ["de"],
    "impact": None,
}
IMPACT = {
    "notice": "visitors",
    "version": "2013-01-01",
    "effective": "2013-01-01",
    "declared": "minor",
    "minimum": "material",
    "too_low": True,
    "editions": [
        {
            "region": "us",
            "locale": "en",
            "replaces": "2012-03-09",
            "changed": True,
            "redated": False,
            "minimum": "material",
            "reasons": [{"class": "material", "section": "cookies", "text": '"not" removed', "token": True}],
            "sections": [{"section": "cookies", "title": "Cookies", "kinds": ["modified"], "language": None}],
        }
    ],
    "translations": [{"locale": "de", "section": "cookies", "state": "stale"}],
    "feeds": ["changes.atom", "changes.json"],
    "mail": {"class": "material", "announced": False, "subscriber_lists": 1, "account_lists": 1},
    "leads": [
        {
            "region": "us",
            "policy_days": 30,
            "announced": None,
            "counted_from": "2012-12-01",
            "earliest": "2013-01-01",
            "reasons": ["material, us: 30 whole days"],
        }
    ],
    "earliest": "2013-01-01",
}
SEALED = {
    "notice": "visitors",
    "version": "2012-03-09",
    "written": True,
    "files": ["version.yml"],
    "contents": {},
}
CHANGE = {
    "id": "modified-retention",
    "kind": "modified",
    "section": "retention",
    "title": "Retention",
    "old_title": "Retention",
    "level": 2,
    "old_level": 3,
    "words_added": 1,
    "words_removed": 1,
    "words_moved_in": 0,
    "words_moved_out": 0,
    "words_restyled": 1,
    "characters": 0,
    "marks": ["strong"],
    "blocks": 0,
    "blocks_added": ["item"],
    "blocks_removed": [],
    "blocks_reformed": ["table"],
    "splits": 0,
    "merges": 0,
    "moved_from": ["contact"],
    "moved_to": [],
    "tokens": [{"kind": "negation", "text": "not"}],
    "tokens_added": [{"kind": "negation", "text": "not"}],
    "tokens_removed": [],
}
KEPT = {
    "notice": "visitors",
    "version": "2012-03-09",
    "region": "us",
    "locale": "en",
    "state": "superseded",
    "has_applied": True,
    "zone": "America/Los_Angeles",
    "since": "2012-03-09T00:00:00-08:00",
    "until": None,
    "page": "en/visitors/us/2012-03-09/",
    "text": "en/visitors/us/2012-03-09/notice.md",
    "sha256": HASH,
    "version_sha256": HASH,
    "removed": None,
}
COPY = {
    "file": "notice.md",
    "sha256": HASH,
    "result": "resaved",
    "resaved": ["line-ends"],
    "editions": [KEPT],
    "nearest": None,
    "differing_lines": None,
}
SAMPLES: dict[str, dict[str, Any]] = {
    "impact.json": IMPACT,
    "check.json": {"problems": [PROBLEM]},
    "parallel.json": {
        "kind": "parallel",
        "title": "Privacy",
        "old": {"name": "English", "locale": "en"},
        "new": {"name": "German", "locale": "de"},
        "sections": [
            {"id": "scope", "old": {"title": "Scope", "paragraphs": ["Our website."]}, "new": None},
            {"id": "rechte", "old": None, "new": {"title": "Rechte", "paragraphs": []}},
        ],
    },
    "show.json": {
        "notice": "visitors",
        "version": "2012-03-09",
        "state": "in-force",
        "region": "us",
        "entities": ["Acme Inc"],
        "locale": "en",
        "sha256": HASH,
        "effective": "2012-03-09",
        "text": "# Privacy\n",
        "entity_ids": ["acme-inc"],
        "asked_locale": "de",
        "instant": "2012-03-09T08:00:00Z",
        "zone": "America/Los_Angeles",
        "zone_assumed": False,
        "until": None,
        "announced": None,
        "territory": "US-CA",
        "why": ["US-CA", "US", "us"],
        "path": "content/visitors/versions/2012-03-09/us/en.md",
    },
    "diff.json": {
        "kind": "rendered",
        "ops": [["=", "We keep "], ["-", "it"], ["+", "nothing"], ["<", "a"], [">", "a"], ["m-", "b"]],
        "html": "<p>We keep <del>it</del><ins>nothing</ins></p>",
        "changes": [CHANGE],
    },
    "status.json": {
        "notices": [{"notice": "visitors", "versions": [STATUS]}],
        "drafts": [DRAFT_STATUS],
        "transitions": [TRANSITION],
        "translations": [TRANSLATION_STATUS],
    },
    "release.json": SEALED | {"minimum": None, "reasons": [], "leads": IMPACT["leads"]},
    "correct.json": SEALED
    | {
        "corrects": "2012-03-09",
        "class": "minor",
        "minimum": "editorial",
        "reasons": [],
        "errata": [{"old": "a", "new": "b", "region": None, "locale": "en"}],
        "hints": [],
    },
    "withdraw.json": SEALED,
    "translations-status.json": {"translations": [TRANSLATION_STATUS]},
    "transitions.json": {"transitions": [TRANSITION]},
    "copies.json": {"copies": [COPY]},
    "verify.json": {"versions": 1, "editions": 3, "root": HASH, "problems": [PROBLEM]},
    "manifest.json": {"format": 1, "root": HASH, "versions": [], "editions": []},
    "sections.json": {
        "words": {"gone": "This version no longer has it."},
        "versions": {"2012-03-09": {"date": "March 9, 2012", "address": "2012-03-09/"}},
        "titles": {"seal": {"2012-03-09": "Privacy seal"}},
        "missing": {
            "2015-01-14": {"seal": {"title": "Privacy seal", "version": "2012-03-09", "to": "scope", "how": "gone"}}
        },
    },
    "notices.json": {
        "format": 1,
        "organisation": "Acme Research",
        "locales": ["en"],
        "feeds": {"atom": "changes.atom", "json": "changes.json"},
        "notices": [],
        "entities": [],
        "regions": [],
    },
    "search.json": {
        "format": 1,
        "locale": "en",
        "scope": "in-force",
        "places": [
            {
                "notice": "visitors",
                "region": "us",
                "version": "2012-03-09",
                "state": "in-force",
                "title": "Privacy notice",
                "place": "The United States",
                "period": "applies from March 9, 2012",
                "page": "en/visitors/us/",
            }
        ],
        "sections": [{"id": "data", "title": "Data", "words": "We keep none.", "places": [[0, 0]]}],
    },
    "feed.json": {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Changes",
        "language": "en",
        "authors": [{"name": "Acme Research"}],
        "items": [],
    },
}


def is_valid(name: str, value: object) -> bool:
    return bool(Draft202012Validator(SCHEMAS[name], format_checker=FormatChecker()).is_valid(value))


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_a_schema_and_says_what_it_is_of(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$schema"] == DRAFT
    assert SCHEMAS[name]["description"]


def test_no_output_takes_the_name_of_an_input() -> None:
    assert not SCHEMAS.keys() & input_schemas().keys()


def test_every_output_has_a_sample_here() -> None:
    assert SAMPLES.keys() == SCHEMAS.keys()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_accepted(name: str) -> None:
    Draft202012Validator(SCHEMAS[name], format_checker=FormatChecker()).validate(SAMPLES[name])


@pytest.mark.parametrize(("name", "key"), [(name, key) for name, sample in SAMPLES.items() for key in sample])
def test_no_promised_key_may_be_missing(name: str, key: str) -> None:
    assert not is_valid(name, {kept: value for kept, value in SAMPLES[name].items() if kept != key})


@pytest.mark.parametrize("key", PROBLEM)
def test_no_key_of_a_finding_may_be_missing(key: str) -> None:
    assert not is_valid("check.json", {"problems": [{kept: v for kept, v in PROBLEM.items() if kept != key}]})


@pytest.mark.parametrize("key", CHANGE)
def test_no_key_of_a_change_may_be_missing(key: str) -> None:
    change = {kept: value for kept, value in CHANGE.items() if kept != key}
    assert not is_valid("diff.json", SAMPLES["diff.json"] | {"changes": [change]})


def test_a_change_has_a_key_for_each_thing_that_is_known_of_it() -> None:
    assert CHANGE.keys() == {known.name for known in fields(Change)}


@pytest.mark.parametrize("name", SAMPLES)
def test_further_keys_may_join_everywhere_but_in_what_check_prints(name: str) -> None:
    assert is_valid(name, SAMPLES[name] | {"more": 1}) == (name != "check.json")


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("check.json", {"problems": [PROBLEM | {"severity": "fatal"}]}),
        ("check.json", {"problems": [PROBLEM | {"line": 0}]}),
        ("show.json", {"sha256": "abc"}),
        ("show.json", {"state": "cancelled"}),
        ("show.json", {"effective": "soon"}),
        ("diff.json", {"ops": [["?", "x"]]}),
        ("diff.json", {"ops": [["="]]}),
        ("transitions.json", {"transitions": [TRANSITION | {"kind": "later"}]}),
        ("manifest.json", {"format": 2}),
        ("feed.json", {"version": "https://jsonfeed.org/version/1"}),
        ("feed.json", {"items": [{"id": "https://acme.example/1"}]}),
    ],
)
def test_what_was_not_promised_is_refused(name: str, change: dict[str, Any]) -> None:
    assert not is_valid(name, SAMPLES[name] | change)
