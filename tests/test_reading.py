"""YAML is read strictly, and every mistake in it is told at its place."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import BaseModel

from noticepress.documents import (
    EntityDocument,
    NextDocument,
    NoticeDocument,
    SettingsDocument,
    input_schemas,
)
from noticepress.errors import NoticeError
from noticepress.files import MAX_BYTES, UNPRINTABLE
from noticepress.reading import MAX_YAML_CHARACTERS, FlowList, fit, parse_yaml, read_text, read_yaml, write_yaml
from tests import acme


def tell(error: NoticeError) -> list[str]:
    return [f"{problem.source}: {problem.id} {problem.message}" for problem in error.problems]


def tell_yaml(error: NoticeError) -> list[str]:
    """The same for problems that are all of one file, x.yml."""
    return [line.removeprefix("x.yml:").replace(": YAML ", " ", 1) for line in tell(error)]


def find_faults(read: Callable[[], object]) -> list[str]:
    with pytest.raises(NoticeError) as caught:
        read()
    return tell(caught.value)


# ---- text


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"one\ntw\xc3\xa9 \xe9", "a.md:2:5: TEXT is not UTF-8 here"),
        (b"\xef\xbb\xbfone \xff", "a.md:1:5: TEXT is not UTF-8 here"),
        (b"one\r\n two\x07", "a.md:2:5: TEXT holds the control character U+0007"),
        ("one\u2028two".encode(), "a.md:1:4: TEXT holds the control character U+2028"),
        ("\ue000".encode(), "a.md:1:1: TEXT holds the control character U+E000"),
        (b"one\0", "a.md:1:4: TEXT holds the control character U+0000"),
        (b"x" * (MAX_BYTES + 1), "a.md:1:1: TEXT is larger than 4,000,000 bytes"),
    ],
)
def test_a_text_that_others_read_otherwise_is_refused(tmp_path: Path, raw: bytes, told: str) -> None:
    (tmp_path / "a.md").write_bytes(raw)
    assert find_faults(lambda: read_text(tmp_path, "a.md")) == [told]


def test_a_text_is_utf_8_with_line_feeds(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbfa\r\nb\rc\td\xc3\xa9\n")
    assert read_text(tmp_path, "a.md") == "a\nb\nc\tdé\n"


def test_a_file_lies_in_its_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    acme.write_file(tmp_path, "outside.md", "secret")
    (site / "link.md").symlink_to(tmp_path / "outside.md")
    (site / "loop.md").symlink_to(site / "loop.md")
    (site / "gone.md").symlink_to(site / "nowhere.md")
    (site / "folder.md").mkdir()
    os.mkfifo(site / "pipe.md")
    told = {path.name: find_faults(lambda path=path: read_text(site, path.name))[0] for path in site.iterdir()}  # type: ignore[misc]
    assert told.pop("loop.md").startswith("loop.md:1:1: TEXT cannot be read: ")
    assert told == {
        "link.md": "link.md:1:1: TEXT leads out of the site",
        "gone.md": "gone.md:1:1: TEXT the file is missing",
        "folder.md": "folder.md:1:1: TEXT is no file",
        "pipe.md": "pipe.md:1:1: TEXT is no file",
    }
    assert find_faults(lambda: read_text(site, "none.md")) == ["none.md:1:1: TEXT the file is missing"]


# ---- YAML


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\nb: 2\na: 3\n", ["3:1 key 'a' is already set on line 1"]),
        ("a: {b: 1, b: 2}\n", ["1:11 key 'b' is already set on line 1"]),
        ("a: &x [1]\nb: *x\n", ["2:4 the alias *x repeats another part of the file"]),
        ("a: &x 1\nb: *x\n", ["2:4 the alias *x repeats another part of the file"]),
        ("a: &x\n  b: *x\n", ["2:6 the alias *x repeats another part of the file"]),
        ("*x : 1\n", ["1:1 the alias *x repeats another part of the file"]),
        ("a: !!int 3\n", ["1:4 tag 'tag:yaml.org,2002:int' is not allowed"]),
        (
            "a: !!python/object/apply:os.system [x]\n",
            ["1:4 tag 'tag:yaml.org,2002:python/object/apply:os.system' is not allowed"],
        ),
        ("a: !secret b\n!x c: d\n", ["1:4 tag '!secret' is not allowed", "2:1 tag '!x' is not allowed"]),
        ("a:\n\tb: 1\n", ["2:1 while scanning for the next token found character '\\t' that cannot start any token"]),
        ("<<: {a: 1}\n", ["1:1 merge keys (<<) are not supported"]),
        ("[a]: 1\n? {b: c}\n: 2\n", ["1:1 a key is a list or a mapping", "2:3 a key is a list or a mapping"]),
        ("a: b: c\n", ["1:5 mapping values are not allowed here"]),
        ("a: [1, 2\nb: 3\n", ["2:2 while parsing a flow sequence expected ',' or ']', but got ':'"]),
        ("a: 'b\n", ["2:1 while scanning a quoted scalar found unexpected end of stream"]),
        ("a: 1\n---\nb: 2\n", ["2:1 expected a single document in the stream but found another document"]),
        ('a: "\\ud800"\n', ["1:4 the value holds the control character U+D800"]),
        (
            '"\\0": "\\ue000"\n',
            ["1:1 the value holds the control character U+0000", "1:7 the value holds the control character U+E000"],
        ),
        ('a: "\\U00110000"\n', ["1:1 cannot be read: chr() arg not in range(0x110000)"]),
        ("[" * 60 + "]" * 60, ["1:42 is nested too deeply"]),
        ("[" * 100_000, ["1:1 is nested too deeply"]),
        ("x" * (MAX_YAML_CHARACTERS + 1), ["1:1 is longer than 1,000,000 characters"]),
        ("%YAML 9.9\n--- a\n", ["1:1 found incompatible YAML document (version 1.* is required)"]),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_yaml_without_surprises_only(text: str, told: list[str]) -> None:
    with pytest.raises(NoticeError) as caught:
        parse_yaml(text, "x.yml")
    assert tell_yaml(caught.value) == told


@pytest.mark.parametrize(
    "text", ["NO", "1.10", "010", "yes", "true", "2012-03-09", "0x1F", "1_000", ".5", "Null", "=", "12:30:45", ".inf"]
)
def test_a_plain_scalar_stays_text(text: str) -> None:
    file = parse_yaml(f"a: {text}\n{text}: b\n", "x.yml")
    assert file.data == {"a": text, text: "b"}


@pytest.mark.parametrize("text", ["", "a:", "~", "null", "# nothing"])
def test_nothing_is_nothing(text: str) -> None:
    assert parse_yaml(text, "x.yml").data in (None, {"a": None})


def test_a_value_knows_its_place() -> None:
    file = parse_yaml("a:\n  - b: 1\n    c: [x,  y]\n", "x.yml")
    assert str(file.source("a", 0, "c", 1)) == "x.yml:3:13"
    assert str(file.key_source("a", 0, "c")) == "x.yml:3:5"
    assert str(file.source("a", 0, "none")) == "x.yml:2:5"


def test_settings_of_others_may_use_tags_and_aliases(tmp_path: Path) -> None:
    acme.write_file(tmp_path, "m.yml", "a: !ENV [X, 1]\nb: &b !!python/name:x.y\nc: {<<: *b}\n")
    assert read_yaml(tmp_path, "m.yml", tagged=True).data == {"a": ["X", "1"], "b": None, "c": {"<<": "*b"}}


# ---- shapes


@pytest.mark.parametrize(
    ("shape", "text", "told"),
    [
        (
            EntityDocument,
            "facts:\n  - from: 2012-03-09\n    legal_nam: A\n    adress: {}\n",
            [
                "3:5 unknown key 'legal_nam' (did you mean 'legal_name'?)",
                "4:5 unknown key 'adress' (did you mean 'address'?)",
            ],
        ),
        (EntityDocument, "facts: []\n", ["1:8 'facts': expected at least one"]),
        (EntityDocument, "facts: {}\n", ["1:8 'facts': expected a list"]),
        (EntityDocument, "facts:\n", ["1:7 'facts': expected a list"]),
        (EntityDocument, "- a\n", ["1:1 'the file': expected a mapping (keys and values)"]),
        (EntityDocument, "", ["1:1 'facts' is missing (add 'facts:' here)"]),
        (EntityDocument, "facts: [{legal_name: A}]\n", ["1:9 'from' is missing (add 'from:' here)"]),
        (
            EntityDocument,
            "facts:\n- {from: 2012-02-30, jointly: yes, zone: Europe/Nowhere}\n",
            [
                "2:10 'from': there is no such day: '2012-02-30'",
                "2:31 'jointly': expected true or false, found 'yes'",
                "2:42 'zone': expected a time zone such as Europe/Madrid, found 'Europe/Nowhere'",
            ],
        ),
        (
            EntityDocument,
            "facts: [{from: 0012-03-09}]",
            ["1:16 'from': expected a year from 1800 to 2999, found '0012-03-09'"],
        ),
        (
            EntityDocument,
            "facts: [{from: 9/3/2012}]",
            ["1:16 'from': expected a date such as 2012-03-09, found '9/3/2012'"],
        ),
        (
            EntityDocument,
            "facts: [{from: 2012-03-09, address: {country: Spain}, contacts: {post: {town: x}, phone: [1]}}]",
            [
                "1:47 'country': expected an ISO 3166-1 code such as ES, found 'Spain'",
                "1:73 unknown key 'town' (see the schema of this file for the keys it may have)",
                "1:90 'phone': expected a text",
            ],
        ),
        (
            EntityDocument,
            "facts: [{from: 2012-03-09, answers_for: [The World]}]",
            ["1:42 'answers_for': expected a name of small letters, digits and hyphens, found 'The World'"],
        ),
        (
            EntityDocument,
            "facts: [{from: 2012-03-09, answers_for: [rest]}]",
            ["1:42 'answers_for': 'rest' is a word that the site's addresses use; choose another name"],
        ),
        (
            EntityDocument,
            'facts: [{from: 2012-03-09, legal_name: "A\\nB"}]',
            ["1:40 'legal_name': expected one line of text"],
        ),
        (
            EntityDocument,
            "facts: [{from: 2012-03-09, legal_name: ' '}]",
            ["1:40 'legal_name': expected some text, found nothing"],
        ),
        (
            EntityDocument,
            "facts: [{from: 2012-03-09, seals: [{issuer: T, verify_url: 'javascript:x'}]}]",
            ["1:60 'verify_url': expected an address that begins with https://, found 'javascript:x'"],
        ),
        (
            NoticeDocument,
            "title: {english: A}\n",
            ["1:9 key 'english': expected a language tag such as en or pt-BR, found 'english'"],
        ),
        (NoticeDocument, "title: {'': A}\n", ["1:8 'title': expected a language tag such as en before the colon"]),
        (NoticeDocument, "title: [A]\n", ["1:8 'title': expected a mapping (keys and values)"]),
        (
            NextDocument,
            "effective: 2012-03-09\nclass: big\n",
            ["2:8 'class': expected 'material', 'minor' or 'editorial', found 'big'"],
        ),
        (
            NextDocument,
            "effective: 2012-03-09\nclass: minor\nannounced: 2012-03-01T10:00\n",
            ["3:12 'announced': expected an instant with its offset from UTC, such as 2012-03-01T10:00+00:00"],
        ),
        (
            NextDocument,
            "effective: 2012-03-09\nclass: minor\nannounced: 2012-03-01T25:00Z\n",
            ["3:12 'announced': there is no such time: '2012-03-01T25:00Z'"],
        ),
        (
            NextDocument,
            "effective: 2012-03-09\nclass: minor\nannounced: 0001-01-01T00:00+14:00\n",
            ["3:12 'announced': expected a year from 1800 to 2999, found '0001-01-01'"],
        ),
        (
            NextDocument,
            "effective: 2012-03-09\nclass: minor\nannounced: soon\n",
            ["3:12 'announced': expected an instant such as 2012-02-08T10:00:00+00:00, found 'soon'"],
        ),
        (
            SettingsDocument,
            "organisation: A\nlocales: [en, EN]\nlead_days: {minor: seven, big: 1}\n",
            [
                "2:15 'locales': expected a language tag such as en or pt-BR, found 'EN'",
                "3:20 'minor': expected a whole number of days, found 'seven'",
                "3:27 key 'big': expected 'material', 'minor' or 'editorial', found 'big'",
            ],
        ),
    ],
)
def test_what_does_not_fit_is_told_at_its_place(shape: type[BaseModel], text: str, told: list[str]) -> None:
    with pytest.raises(NoticeError) as caught:
        fit(parse_yaml(text, "x.yml"), shape)
    hinted = {"unknown key", "is missing"}
    found = [
        f"{line} ({problem.hint})" if any(part in line for part in hinted) else line
        for line, problem in zip(tell_yaml(caught.value), caught.value.problems, strict=True)
    ]
    assert found == told
    assert all(problem.hint for problem in caught.value.problems)


# ---- writing

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), min_size=1).filter(
    lambda text: not UNPRINTABLE.search(text)
)
TREES = st.recursive(
    WORDS | st.lists(WORDS).map(FlowList),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, min_size=1, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(WORDS.filter(lambda key: key != "<<"), TREES, min_size=1))
def test_what_is_written_is_read_back(data: dict[str, Any]) -> None:
    text = write_yaml(data)
    assert parse_yaml(text, "x.yml").data == data
    assert write_yaml(data) == text


@pytest.mark.parametrize(
    "word", ["NO", "08008", "0777", "1.10", "1e5", "12:30", "~", "", "null", "y", "0x1F", "=", "-.inf"]
)
def test_other_readers_take_a_written_word_for_a_text_too(word: str) -> None:
    assert yaml.safe_load(write_yaml({"a": word})) == {"a": word}


# ---- schemas


class _EditorLoader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: numbers and true or false, but no dates."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012 - PyYAML reads it from the class


_EditorLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))
_EditorLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^[0-9]+$"), list("0123456789"))
_EditorLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^$"), [""])


def validate(schema: str, text: str) -> list[str]:
    data = yaml.load(text, Loader=_EditorLoader)  # noqa: S506 - a safe loader
    if schema == "settings.json":
        data = data["extra"]["noticepress"]
    validator = Draft202012Validator(input_schemas()[schema], format_checker=FormatChecker())
    return sorted(error.json_path for error in validator.iter_errors(data))


FILES = [
    ("entity.json", "entities/acme-inc.yml"),
    ("entity.json", "entities/acme-europe.yml"),
    ("regions.json", "entities/regions.yml"),
    ("notice.json", "content/website/notice.yml"),
    ("next.json", "content/website/next.yml"),
    ("settings.json", "mkdocs.yml"),
]


@pytest.mark.parametrize(("schema", "path"), FILES)
def test_a_schema_accepts_what_the_engine_accepts(schema: str, path: str) -> None:
    assert validate(schema, acme.FILES[path]) == []


def test_the_schemas_of_sealed_files_accept_what_is_sealed(tmp_path: Path) -> None:
    folder = acme.release(acme.make_site(tmp_path))
    for name in ("version", "facts"):
        assert validate(f"{name}.json", (folder / f"{name}.yml").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("schema", "path", "old", "new", "told"),
    [
        ("entity.json", "entities/acme-inc.yml", "legal_name", "legal_nam", "$.facts[0]"),
        ("entity.json", "entities/acme-inc.yml", "2015-06-01", "1 June 2015", "$.facts[0].from"),
        ("entity.json", "entities/acme-inc.yml", "country: US", "country: USA", "$.facts[0].address"),
        ("entity.json", "entities/acme-inc.yml", "[americas]", "[The Americas]", "$.facts[0].answers_for"),
        ("entity.json", "entities/acme-europe.yml", "jointly: true", "jointly: 3", "$.facts[0].jointly"),
        ("regions.json", "entities/regions.yml", "territories", "territory", "$.americas"),
        ("regions.json", "entities/regions.yml", "americas:", "The Americas:", "$"),
        ("notice.json", "content/website/notice.yml", "title:", "titel:", "$"),
        ("next.json", "content/website/next.yml", "material", "big", "$.class"),
        ("settings.json", "mkdocs.yml", "minor: 7", "minor: soon", "$.lead_days.minor"),
    ],
)
def test_a_schema_refuses_what_is_broken(schema: str, path: str, old: str, new: str, told: str) -> None:
    assert old in acme.FILES[path]
    assert any(place.startswith(told) for place in validate(schema, acme.FILES[path].replace(old, new)))


@pytest.mark.parametrize("name", input_schemas())
def test_a_schema_helps_an_editor(name: str) -> None:
    schema = input_schemas()[name]
    Draft202012Validator.check_schema(schema)
    parts = [schema, *schema.get("$defs", {}).values()]
    assert all(part["title"] and part["description"] for part in parts)
    if name not in {"version.json", "facts.json", "withdrawn.json", "removed.json"}:  # nobody writes those
        keys = {f"{part['title']}.{key}": told for part in parts for key, told in part.get("properties", {}).items()}
        assert [key for key, told in keys.items() if "description" not in told] == []


def test_a_short_form_is_in_the_schema_too() -> None:
    assert validate("regions.json", "world: {name: the world, territories: rest, succeeds: americas}") == []
    notice = "{title: Privacy, authoritative: en, commitments: [{id: change, channels: [email]}]}"
    assert validate("notice.json", notice) == []
    assert fit(parse_yaml(notice, "x.yml"), NoticeDocument).commitments[0].channels is not None
