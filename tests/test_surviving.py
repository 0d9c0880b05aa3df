"""Sections that a version lacks: where a link to one arrives, and what the reader is told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from noticepress.model import Version, Withdrawal
from noticepress.pages.surviving import describe_sections, section_files
from noticepress.schemas import output_schemas
from tests.factories import make_version
from tests.test_pages import make_view

KEPT = "We keep your letters for {years} in our house, and nobody else reads them."


def write(*sections: str) -> str:
    """A text: `id`, or `id: words`, or `sub-id` for a section of level 3."""
    parts = ["# T"]
    for section in sections:
        name, _, words = section.partition(": ")
        level = "###" if name.startswith("sub-") else "##"
        parts.append(f"{level} {name.title()} {{#{name}}}\n\n{words or f'All about {name} and only {name}.'}")
    return "\n\n".join(parts) + "\n"


def make(*texts: str) -> list[Version]:
    """A version a year."""
    return [make_version(f"{2020 + year}-01-01", {"east": {"en": text}}) for year, text in enumerate(texts)]


def describe(versions: list[Version], locale: str = "en") -> Any:  # noqa: ANN401
    view = make_view(versions)
    return describe_sections(view, locale, view.lines["visitors"]["east"])


def find(versions: list[Version], version: int, name: str) -> tuple[str, str, str]:
    """Where one is led in a version, how, and which version has the section."""
    found = describe(versions)["missing"][f"{version}-01-01"][name]
    return found["to"], found["how"], found["version"][:4]


@pytest.mark.parametrize(
    ("texts", "version", "name", "led"),
    [
        # a section that is gone: to the one before it, whichever of them is left
        ([write("a", "b", "c"), write("a", "c")], 2021, "b", ("a", "gone", "2020")),
        ([write("a", "b", "c"), write("c")], 2021, "b", ("c", "gone", "2020")),
        ([write("a", "b", "c"), write("a", "b", "c"), write("c")], 2022, "a", ("c", "gone", "2021")),
        ([write("a", "b", "sub-x"), write("a", "b")], 2021, "sub-x", ("b", "gone", "2020")),
        ([write("b"), "# T\n\nNothing else.\n"], 2021, "b", ("", "gone", "2020")),
        # a section that goes on under another id, by its words
        (
            [write("a", f"b: {KEPT.format(years='a year')}"), write("a", f"z: {KEPT.format(years='two years')}")],
            2021,
            "b",
            ("z", "continues", "2020"),
        ),
        (
            [write("a", f"b: {KEPT}"), write("a", f"m: {KEPT} Always."), write("a", f"z: {KEPT} Always, we say.")],
            2022,
            "b",
            ("z", "continues", "2020"),
        ),
        # one that shares a word or two with what is gone does not continue it
        ([write("a", "b: We are here."), write("a", "z: We sell none to others.")], 2021, "b", ("a", "gone", "2020")),
        # a section that comes later
        ([write("a", "c"), write("a", "b", "c")], 2020, "b", ("a", "later", "2021")),
        (
            [write("a", f"b: {KEPT}"), write("a", f"z: {KEPT} Always.")],
            2020,
            "z",
            ("b", "continues", "2021"),
        ),
        # one that came back is named by the version before
        ([write("a", "b"), write("a"), write("a", "b")], 2021, "b", ("a", "gone", "2020")),
    ],
)  # fmt: skip
def test_a_reader_is_led_to_what_continues_a_section_or_stands_nearest(
    texts: list[str], version: int, name: str, led: tuple[str, str, str]
) -> None:
    assert find(make(*texts), version, name) == led


def test_nothing_is_told_of_sections_that_a_version_has_or_that_never_were() -> None:
    data = describe(make(write("a", "b"), write("a")))
    assert data["missing"] == {
        "2020-01-01": {},
        "2021-01-01": {"b": {"title": "B", "version": "2020-01-01", "to": "a", "how": "gone"}},
    }


def test_titles_are_told_for_each_version_that_changes_them() -> None:
    older, same, newer = write("a", "b"), write("a", "b"), write("a", "b").replace("## B", "## Bee")
    titles = describe(make(older, same, newer))["titles"]
    assert titles == {"a": {"2020-01-01": "A"}, "b": {"2020-01-01": "B", "2022-01-01": "Bee"}}


def test_a_version_that_never_applied_is_named_only_where_no_other_has_the_section() -> None:
    versions = make(write("a", "b"), write("a", "b"), write("a"))
    told = Withdrawal(datetime(2020, 12, 1, tzinfo=UTC), {"en": "A mistake."})
    versions[1] = replace(versions[1], withdrawn=told, announced=datetime(2020, 11, 1, tzinfo=UTC))
    assert find(versions, 2022, "b") == ("a", "gone", "2020")


def test_a_text_that_was_taken_away_leads_nowhere() -> None:
    versions = make(write("a", "b"), write("a"))
    told = Withdrawal(datetime(2022, 1, 1, tzinfo=UTC), {"en": "A court said so."})
    versions[0] = replace(versions[0], removals={("east", "en"): told})
    data = describe(versions)
    assert list(data["versions"]) == ["2021-01-01"]
    assert data["missing"] == {"2021-01-01": {}}


def test_a_region_that_was_renamed_is_found_under_its_old_name() -> None:
    old = make_version("2020-01-01", {"west": {"en": write("a", "b")}})
    new = make_version("2021-01-01", {"east": {"en": write("a")}}, succeeds={"east": ["west"]})
    data = describe([old, new])
    assert data["versions"]["2020-01-01"]["address"] == "../west/2020-01-01/"
    assert data["missing"]["2021-01-01"]["b"]["version"] == "2020-01-01"


def test_the_files_are_the_same_each_time_and_as_their_schema_says() -> None:
    versions = make(write("a", "b"), write("a"), write("a", "c"))
    first, second = (dict(section_files(make_view(versions))) for _ in range(2))
    assert first == second
    assert set(first) == {f"{locale}/visitors/east/sections.json" for locale in ("en", "de")}
    validator = Draft202012Validator(output_schemas()["sections.json"])
    for content in first.values():
        validator.validate(json.loads(content))
