"""Redlines told in words: for a terminal or a mail, and in Markdown."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticepress.redline import compare
from noticepress.redlines import fill, mark_redline, pair_sections, tell_parallel, tell_redline
from noticepress.redlines.widths import WIDTH, measure
from tests.editing import make_pair
from tests.tongues import TONGUES

OLD_TEXT = """\
# Notice

We keep little.

## Security {#security}

We keep logs for 30 days.

## Cookies {#cookies}

A cookie remembers
your language and theme.

## Contact {#contact}

Write to us.
"""
NEW_TEXT = """\
# Notice

We keep little.

## Safety {#security}

We keep logs for 60 days.

## Rights {#rights}

Write to us or call us whenever you object!

## Contact {#contact}

Write to us.
"""
TOLD = """\
1 section changed, 1 added, 1 removed; 12 words inserted, 10 deleted
[-deleted-] {+inserted+}

Safety
------
renamed, before "Security"; modified; 2 words inserted, 2 deleted; touches "30
  days", "60 days"

    We keep logs for [-30-]{+60+} days.

Rights
------
added; 10 words inserted

    {+Write to us or call us whenever you object!+}

Cookies
-------
removed; 8 words deleted

    [-A cookie remembers your language and theme.-]"""


def tell(old: str, new: str) -> str:
    """What a terminal shows, its lines joined."""
    return " ".join(tell_redline(compare(old, new)).split())


def test_a_redline_is_told_section_by_section() -> None:
    assert tell_redline(compare(OLD_TEXT, NEW_TEXT)) == TOLD


def test_the_same_text_has_no_changes() -> None:
    assert tell_redline(compare(OLD_TEXT, OLD_TEXT)) == "no changes."
    assert mark_redline(compare(OLD_TEXT, OLD_TEXT)) == "No changes."


# ---- moves

PIER = "Cameras watch the outer pier at night, and their pictures are wiped after two weeks unless there was a theft."
FUEL = "Whoever fuels here leaves a card number, which our bank keeps and which we never see in the office at all."
LOGS = "The harbour master may read your log book where the coast guard asks for it in writing, and tells you so."
FEES = "Fees are paid at the gate on any weekday before noon, in coins, by card or with a letter from your bank."


def write(title: str, text: str) -> str:
    return f"## {title} {{#{title[:2].lower()}}}\n\n{text}\n"


def test_a_moved_paragraph_is_shown_in_full_only_where_it_went() -> None:
    told = tell(
        f"## Cameras {{#c}}\n\n{PIER}\n\n{LOGS}\n\n## Fuel {{#f}}\n\n{FUEL}\n\n{FEES}\n",
        f"## Cameras {{#c}}\n\n{LOGS}\n\n## Fuel {{#f}}\n\n{FUEL}\n\n{FEES}\n\n{PIER}\n",
    )
    assert f'{{>{PIER}>}} -> moved here from "Cameras"' in told
    assert '[<Cameras watch the outer pier at night…<] -> moved to "Fuel"' in re.sub(r"night,[^…]*…", "night…", told)
    assert told.count("a theft") == 1
    assert "[<moved away<] {>moved here>}" in told


def test_a_moved_section_is_told_once_and_not_read_again() -> None:
    sections = [
        f"## Cameras {{#c}}\n\n{PIER}\n",
        f"## Fuel {{#f}}\n\n{FUEL}\n\n{LOGS}\n",
        f"## Fees {{#p}}\n\n{FEES}\n",
    ]
    told = tell_redline(compare("\n".join(sections), "\n".join(sections[i] for i in (1, 2, 0))))
    assert told == (
        "1 section changed\n\nCameras\n-------\n"
        'moved: now after "Fees", before that at the beginning'
    )  # fmt: skip


def test_what_was_edited_in_a_moved_section_is_told() -> None:
    sections = [
        f"## Cameras {{#c}}\n\n{PIER}\n\n{LOGS}\n",
        f"## Fuel {{#f}}\n\n{FUEL}\n",
        f"## Fees {{#p}}\n\n{FEES}\n",
    ]
    moved = [*sections[1:], sections[0].replace("two weeks", "a month")]
    told = tell("\n".join(sections), "\n".join(moved))
    assert "moved: now after" in told
    assert "pictures are wiped after [-two weeks-]{+a month+} unless there was a theft." in told
    assert "log book" not in told


# ---- what is no word


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "See [the list](https://a.example/1) now.",
            "See [the list](https://a.example/2) now.",
            'See {~the list~} now. -> "the list": link now to https://a.example/2, before to https://a.example/1',
        ),
        (
            "See the list now.",
            "See [the list](/b) now.",
            '{~the list~} now. -> "the list": link now to /b, before none',
        ),
        ("See [the list](/b) now.", "See the list now.", '{~the list~} now. -> "the list": no link now, before to /b'),
        ("We *never* sell.", "We never sell.", 'We {~never~} sell. -> "never": no longer emphasized'),
        ("We never sell.", "We **never** sell.", 'We {~never~} sell. -> "never": now bold'),
        ("## Cameras {#c}", "### Cameras {#c}", "-> now a heading of level 3, before a heading of level 2"),
        (
            "- one thing\n- two things",
            "1. one thing\n2. two things",
            "-> now a numbered list, before a list with bullets",
        ),
    ],
)
def test_changes_of_form_are_said_in_words(old: str, new: str, expected: str) -> None:
    told = tell(f"{old}\n\n{PIER}\n", f"{new}\n\n{PIER}\n")
    assert expected in told
    assert "[-" not in told
    assert PIER not in told


def test_what_has_no_words_is_said_in_words() -> None:
    assert "-> a line across the page is new" in tell(f"{PIER}\n\n{FUEL}\n", f"{PIER}\n\n---\n\n{FUEL}\n")
    assert "-> a line across the page is gone" in tell(f"{PIER}\n\n---\n\n{FUEL}\n", f"{PIER}\n\n{FUEL}\n")


def test_a_paragraph_that_was_split_is_not_told_as_new() -> None:
    told = tell(f"{PIER} {LOGS} {FUEL}\n\n{FEES}\n", f"{PIER} {LOGS}\n\n{FUEL}\n\n{FEES}\n")
    assert "1 paragraph split" in told
    assert "{+" not in told
    assert "[-" not in told


def test_scripts_without_spaces_are_counted_in_characters() -> None:
    told = tell("私たちは、個人情報を収集します。\n", "私たちは、個人情報を販売します。\n")
    assert told.startswith("1 section changed; 2 characters inserted, 2 deleted")


def test_the_old_title_of_a_section_is_told_once() -> None:
    told = tell(f"## Cameras {{#c}}\n\n{PIER}\n", f"## What we film {{#c}}\n\n{PIER}\n")
    assert 'renamed, before "Cameras"' in told
    assert told.count("Cameras watch") == 0
    assert told.count("Cameras") == 1


def test_a_row_stands_on_a_line_and_an_item_behind_a_star() -> None:
    old = "| Boat | Fee |\n|---|---|\n| Row boat | 3 |\n| Yacht | 9 |\n\n- one thing\n- two things\n"
    new = "| Boat | Fee |\n|---|---|\n| Row boat | 4 |\n| Yacht | 9 |\n\n- one thing\n- two more things\n- last\n"
    told = tell_redline(compare(old, new))
    assert "    Row boat | [-3-]{+4+}\n" in told
    assert "    * two{+ more+} things\n    * {+last+}" in told
    assert "Yacht" not in told


# ---- widths


def test_what_is_far_from_a_change_is_left_out() -> None:
    before, after = f"{FUEL} {LOGS} {PIER}", f"{FEES} {FUEL} {LOGS}"
    told = tell(f"{before} Old words end. {after}\n", f"{before} New words end. {after}\n")
    assert "… Cameras watch" in told
    assert f"{PIER} [-Old-]{{+New+}} words end. {FEES} …" in told
    assert FUEL not in told


@given(st.randoms(use_true_random=False))
def test_no_line_is_wider_than_a_terminal(chance: Random) -> None:
    old, new = make_pair(chance)
    for line in tell_redline(compare(old, new)).split("\n"):
        # A line cannot be cut within a word with what hangs on it, and addresses are never cut.
        assert measure(line) <= WIDTH or max(map(measure, line.split())) > WIDTH / 2


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("日本", 4), ("e\u0301", 1), ("ｱ", 1), ("한", 2), ("ที่", 1), ("\u200f", 0), ("—", 1)],
)
def test_columns_are_counted_as_a_terminal_shows_them(text: str, width: int) -> None:
    assert measure(text) == width


def test_lines_of_scripts_without_spaces_end_where_they_may() -> None:
    told = fill([("私たちは、個人情報を収集します。" * 5, "")], "", "")
    assert [measure(line) for line in told.split("\n")] == [78, 78, 4]
    assert not any(line.startswith(("、", "。")) for line in told.split("\n"))


def test_marks_stay_with_their_words() -> None:
    for length in range(60, 80):
        told = tell_redline(compare(f"{'x' * length} one.\n\n{PIER}\n", f"{'x' * length} two three.\n\n{PIER}\n"))
        assert re.search(r"(\[-|\{\+)$|^ *(-\]|\+\})", told, re.MULTILINE) is None


def test_colour_is_never_the_only_sign() -> None:
    for tongue in TONGUES:
        found = compare(*make_pair(Random(5), tongue))  # noqa: S311  nothing to guess here
        coloured = tell_redline(found, coloured=True)
        assert "\x1b[" in coloured
        assert re.sub(r"\x1b\[\d*m", "", coloured) == tell_redline(found)
        for line in coloured.split("\n"):  # a line that is quoted alone does not colour what follows
            assert line.count("\x1b[0m") * 2 == line.count("\x1b[")


# ---- Markdown


def test_a_redline_in_markdown_quotes_what_changed_under_each_section() -> None:
    assert mark_redline(compare(OLD_TEXT, NEW_TEXT)).split("\n")[:6] == [
        f"{TOLD.partition(chr(10))[0]}: ~~deleted~~, **inserted**, *moved here*.",
        "",
        '- **Safety**: renamed, before "Security"; modified; 2 words inserted, 2 deleted; touches "30 days", "60 days"',
        "",
        "  > We keep logs for ~~30~~**60** days.",
        "- **Rights**: added; 10 words inserted",
    ]


def test_a_redline_in_markdown_takes_no_word_for_markup() -> None:
    told = mark_redline(compare("Use `a` here now.\n", "Use `a` and \\*this\\* \\<b> here now.\n"))
    assert "  > Use a **and \\*this\\* \\<b\\>** here now." in told.split("\n")


# ---- any text

TEXTS = st.lists(
    st.sampled_from(
        ["## A {#a}", "## B {#b}", "## A {#c}", "Some words.", "Other words here.", "- an item", "日本語です。"]
    ),
    max_size=7,
).map(lambda blocks: "\n\n".join(["# Title", *blocks]) + "\n")


@given(TEXTS, TEXTS)
def test_every_changed_section_is_told_once(old: str, new: str) -> None:
    found = compare(old, new)
    told = tell_redline(found)
    headings = re.findall(r"^\S.*\n-+$", told, re.MULTILINE)
    assert len(headings) == len({(change.section, change.kind == "removed") for change in found.changes})


@given(st.randoms(use_true_random=False))
def test_every_inserted_word_is_told(chance: Random) -> None:
    old, new = make_pair(chance)
    found = compare(old, new)
    told = "".join(re.findall(r"\w", tell_redline(found)))
    for op, text in found.ops:
        if op == "+":
            for word in re.findall(r"\w+", text):
                assert word in told


# ---- side by side


def test_two_languages_stand_side_by_side_by_section() -> None:
    own = "# Hinweise\n\nVorab.\n\n## Kameras {#c}\n\n- Nachts.\n\n## Neu {#n}\n\nNur hier.\n"
    other = "# Notice\n\n## Cameras {#c}\n\n- At night.\n\n## Fees {#f}\n\n| a | b |\n|---|---|\n"
    rows = pair_sections(other, own)
    assert [(row.id, row.old is None, row.new is None) for row in rows] == [
        ("", True, False),
        ("c", False, False),
        ("f", False, True),
        ("n", True, False),
    ]
    lines = [" ".join(line.split()) for line in tell_parallel(rows, "English", "Deutsch").split("\n")]
    assert lines == [
        "Deutsch | English",
        f"{'-' * 37}-+-{'-' * 37}",
        "Vorab. | (not in this text)",
        "",
        "## Kameras | ## Cameras",
        "|",
        "* Nachts. | * At night.",
        "",
        "(not in this text) | ## Fees",
        "|",
        "| a | b",
        "",
        "## Neu | (not in this text)",
        "|",
        "Nur hier. |",
    ]
