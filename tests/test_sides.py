"""The two texts that a comparison is about: any two versions, regions and languages of a notice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from noticepress.errors import NoticeError, UsageError
from noticepress.model import Library, Version
from noticepress.sides import Choice, find_sides
from tests.factories import make_library, make_version


def write(day: str) -> dict[str, dict[str, str]]:
    return {
        "asia": {"en": f"# asia {day}\n", "de": f"# Asien {day}\n"},
        "rest": {"en": f"# rest {day}\n"},
    }


FIRST, SECOND = (make_version(day, write(day)) for day in ("2024-01-01", "2024-06-01"))
DRAFT = replace(
    make_version("2024-09-01", {"asia": {"en": "# the draft\n"}, "rest": {"en": "# other\n"}}), sealed=False
)
NOW = date(2024, 7, 1)


def find_texts(
    library: Library, draft: Version | None, choice: Mapping[str, str] | None = None, as_of: date = NOW
) -> tuple[str, str]:
    old, new = find_sides(library, "visitors", draft, as_of, Choice(**(choice or {})))
    return old.edition.text if old else "", new.edition.text


LIBRARY = make_library([FIRST, SECOND])


@pytest.mark.parametrize(
    ("choice", "has_draft", "expected"),
    [
        ({}, True, ("# asia 2024-06-01\n", "# the draft\n")),
        ({}, False, ("# asia 2024-01-01\n", "# asia 2024-06-01\n")),
        ({"newer": "draft"}, True, ("# asia 2024-06-01\n", "# the draft\n")),
        ({"newer": "2024-09-01"}, True, ("# asia 2024-06-01\n", "# the draft\n")),
        ({"older": "2024-01-01", "newer": "draft"}, True, ("# asia 2024-01-01\n", "# the draft\n")),
        ({"newer": "2024-01-01"}, True, ("", "# asia 2024-01-01\n")),
        ({"older": "2024-06-01", "newer": "2024-01-01"}, True, ("# asia 2024-06-01\n", "# asia 2024-01-01\n")),
        ({"region": "rest"}, True, ("# rest 2024-06-01\n", "# other\n")),
        ({"region": "rest"}, False, ("# rest 2024-01-01\n", "# rest 2024-06-01\n")),
        ({"newer": "in-force"}, True, ("# asia 2024-01-01\n", "# asia 2024-06-01\n")),
        ({"older": "draft", "newer": "in-force"}, True, ("# the draft\n", "# asia 2024-06-01\n")),
        ({"older": "in-force", "newer": "2024-01-01"}, False, ("# asia 2024-06-01\n", "# asia 2024-01-01\n")),
    ],
)
def test_any_two_versions_are_found(choice: dict[str, str], *, has_draft: bool, expected: tuple[str, str]) -> None:
    assert find_texts(LIBRARY, DRAFT if has_draft else None, choice) == expected


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({"against_region": "rest"}, ("# rest 2024-06-01\n", "# asia 2024-06-01\n")),
        ({"region": "rest", "against_region": "asia"}, ("# asia 2024-06-01\n", "# rest 2024-06-01\n")),
        ({"against_region": "rest", "newer": "2024-01-01"}, ("# rest 2024-01-01\n", "# asia 2024-01-01\n")),
        ({"against_region": "rest", "older": "2024-01-01"}, ("# rest 2024-01-01\n", "# asia 2024-06-01\n")),
        ({"locale": "de", "against_locale": "en"}, ("# asia 2024-06-01\n", "# Asien 2024-06-01\n")),
        ({"against_locale": "de", "newer": "in-force"}, ("# Asien 2024-06-01\n", "# asia 2024-06-01\n")),
        (
            {"locale": "de", "against_region": "rest", "against_locale": "en"},
            ("# rest 2024-06-01\n", "# Asien 2024-06-01\n"),
        ),
    ],
)
def test_regions_and_languages_are_compared_in_one_version(choice: dict[str, str], expected: tuple[str, str]) -> None:
    assert find_texts(LIBRARY, None, choice) == expected


def test_a_draft_is_compared_with_what_is_in_force_not_with_what_is_announced() -> None:
    announced = replace(SECOND, announced=datetime(2024, 5, 1, tzinfo=UTC))
    found = find_texts(make_library([FIRST, announced]), DRAFT, as_of=date(2024, 5, 2))
    assert found == ("# asia 2024-01-01\n", "# the draft\n")


VERSIONS = "there are: 2024-01-01, 2024-06-01"


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        ({"region": "mars"}, "there is no region 'mars' in visitors; it has: asia, rest"),
        ({"region": "asai"}, "there is no region 'asai' in visitors; did you mean 'asia'? It has: asia, rest"),
        ({"against_region": "mars"}, "there is no region 'mars' in visitors; it has: asia, rest"),
        ({"newer": "draft"}, "nothing is being prepared for visitors; change its text, or write its next.yml"),
        (
            {"newer": "2024-06-10"},
            f"there is no version '2024-06-10' of visitors in asia; did you mean '2024-06-01'? {VERSIONS.capitalize()}",
        ),
        ({"older": "x"}, f"there is no version 'x' of visitors in asia; {VERSIONS}"),
        ({"locale": "ja"}, "visitors 2024-06-01 has no text in 'ja' for asia; choose with --locale: en, de"),
        (
            {"against_locale": "ja"},
            "visitors 2024-06-01 has no text in 'ja' for asia; choose with --against-locale: en, de",
        ),
        ({"locale": "de", "against_region": "rest"}, "visitors 2024-06-01 has no text in 'de' for rest; "),
    ],
)
def test_what_does_not_exist_is_told_with_what_does(choice: Mapping[str, str], told: str) -> None:
    with pytest.raises(UsageError) as caught:
        find_texts(LIBRARY, None, choice)
    assert str(caught.value).startswith(told)


def test_before_the_first_day_nothing_is_in_force() -> None:
    with pytest.raises(UsageError, match="nothing of visitors is in force in asia"):
        find_texts(LIBRARY, None, {"newer": "in-force"}, date(2023, 7, 1))


def test_a_notice_that_says_nothing_yet_is_told_how_to_begin() -> None:
    with pytest.raises(NoticeError, match=r"content/visitors/en\.md"):
        find_texts(replace(LIBRARY, versions={}), None)
