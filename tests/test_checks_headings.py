"""Headings: too few, of a skipped level, without words, and paragraphs that only look like headings."""

from __future__ import annotations

from pathlib import Path

import pytest

from noticepress.checks.headings import find_look_alikes
from noticepress.markdown import parse
from tests.findings import ARCHIVED, EN, ES, JA, Case, Edit, assert_case, in_every_text

PROSE = "We collect what you type into our forms, and the pages that you read on our website."
"""Words enough for a heading to stand over."""

LONG = "\n\n".join([PROSE] * 20)
"""More than three hundred words."""


def insert(text: str) -> list[Edit]:
    """Words of the English text from line 7 on."""
    return [(EN, "It covers our website, and", f"{text}\n\nIt covers our website, and")]


def write(text: str) -> dict[str, str]:
    return {ES: f"{text}\n"}


FOUND = [
    Case("AX01", files=write(LONG), told=[f"{ES}:1:1: no heading in a text of 340 words"]),
    Case("AX01", files=write(f"# Notice\n\n{LONG}"), told=[f"{ES}:1:1: one heading in a text of 341 words"]),
    Case("AX01", [ARCHIVED], [f"{ES}:1:1: w no heading in a text of 340 words"], files=write(LONG)),
    Case(
        "AX01",
        files={JA: "当社は情報を収集します。" * 80 + "\n"},
        told=[f"{JA}:1:1: no heading in a text of 352 words"],
    ),
    Case("AX01", [(EN, "## Changes", "#### Changes")], [f"{EN}:34:1: a heading of level 4 follows one of level 2"]),
    Case(
        "AX01",
        [(EN, "## Changes", "#### Changes"), ARCHIVED],
        [f"{EN}:34:1: w a heading of level 4 follows one of level 2"],
    ),
    Case("AX01", [(EN, "## What it covers {#scope}", "## {#scope}")], [f"{EN}:5:1: a heading without words"]),
    Case("AX01", [(EN, "## Changes", "# Changes")], [f"{EN}:34:1: a second title; the first is on line 1"]),
    Case("AX01", [(EN, " {#scope}", "")], [f"{EN}:5:1: w section 'What it covers' has no id of its own"]),
    Case(
        "AX01", insert(f"**Your rights**\n\n{PROSE}"), [f"{EN}:7:1: w 'Your rights' is bold and looks like a heading"]
    ),
    Case("AX01", insert(f"Newsletters\n\n{PROSE}"), [f"{EN}:7:1: w 'Newsletters' looks like a heading"]),
    Case(
        "AX01",
        insert(f"Messages\n\nNewsletters\n\n{PROSE}"),
        [f"{EN}:7:1: w 'Messages' looks like a heading", f"{EN}:9:1: w 'Newsletters' looks like a heading"],
    ),
    Case(
        "AX01",
        insert(f"{PROSE}  \nLinks to others\n\n{PROSE}"),
        [f"{EN}:8:1: w 'Links to others' looks like a heading, glued to a paragraph by a line break"],
    ),
    Case("AX01", insert(f"**Links**\\\n{PROSE}"), [f"{EN}:7:1: w 'Links' looks like a heading, glued to"]),
    Case(
        "AX01",
        files={JA: f"# 通知\n\n権利\n\n{'当社は情報を収集します。' * 4}\n"},
        told=[f"{JA}:3:1: w '権利' looks like"],
    ),
]

NEAR = [
    Case("AX01", files=write(f"# Notice\n\n{PROSE}")),
    Case("AX01", files=write(f"# Notice\n\n## Data {{#data}}\n\n{LONG}")),
    Case("AX01", in_every_text(" {#changes}", " {#changes-1.a}")),
    # what introduces, what states a fact, what closes, what leads elsewhere, what names a company
    Case("AX01", insert(f"What we collect:\n\n{PROSE}")),
    Case("AX01", insert(f"Version 3\n\n{PROSE}")),
    Case("AX01", insert(f"{PROSE}\n\nYour privacy team")),
    Case("AX01", insert(f"[What we collect](#data)\n\n{PROSE}")),
    Case("AX01", insert(f"Acme Europe GmbH\n\n{PROSE}")),
    # bold words within a paragraph, an address over several lines
    Case("AX01", insert(f"**Email.** {PROSE}")),
    Case("AX01", insert(f"Acme Research\\\nHarbor Street\\\nBoston\n\n{PROSE}")),
    Case("AX01", insert(f"{PROSE}\\\n{PROSE}\n\n{PROSE}")),
    Case("AX01", insert(f"> Newsletters\n\n- Newsletters\n\n{PROSE}")),
]


@pytest.mark.parametrize("case", FOUND, ids=str)
def test_a_mistake_is_found_at_its_place(tmp_path: Path, case: Case) -> None:
    assert_case(tmp_path, case)


@pytest.mark.parametrize("case", NEAR, ids=str)
def test_what_only_resembles_a_mistake_is_left_alone(tmp_path: Path, case: Case) -> None:
    assert_case(tmp_path, case)


def test_a_text_of_look_alikes_is_read_in_one_go() -> None:
    found = list(find_look_alikes(parse(f"Newsletters\n\n{PROSE}\n\n" * 2_000)))
    assert [look.line for look in found] == list(range(1, 8_000, 4))
