from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticepress.changes import Change, find_changes
from noticepress.localize import words
from noticepress.marking.summary import summarize
from noticepress.protected import Protected
from noticepress.redline import compare
from noticepress.redlines import tell_redline
from tests.editing import make_pair

USE = "## Use {#use}\n\nWe keep server logs in a safe place and look at them when something breaks.\n"
RIGHTS = "## Rights {#rights}\n\nWrite to us about the data that we hold about you, and we answer soon.\n"
CONTACT = "## Contact {#contact}\n\nOur office is in a quiet street.\n"


def list_kinds(old: str, new: str) -> list[tuple[str, str]]:
    return [(change.kind, change.section) for change in find_changes(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (USE + RIGHTS, USE + RIGHTS, []),
        (USE + RIGHTS, USE + RIGHTS + CONTACT, [("added", "contact")]),
        (USE + RIGHTS + CONTACT, USE + CONTACT, [("removed", "rights")]),
        (USE + RIGHTS, USE.replace("## Use", "## Usage") + RIGHTS, [("renamed", "use"), ("modified", "use")]),
        (USE + RIGHTS + CONTACT, CONTACT + USE + RIGHTS, [("moved", "contact")]),
        (USE + RIGHTS, USE.replace("safe", "very safe") + RIGHTS, [("modified", "use")]),
        ("Hello there.\n\n" + USE, "Hello you.\n\n" + USE, [("modified", "")]),
        (USE + RIGHTS, RIGHTS, [("removed", "use")]),
        ("", USE, [("added", "use")]),
        (USE.replace(" {#use}", ""), USE.replace("## Use {#use}", "## Our use"), [("renamed", "our-use")]),
        (USE + RIGHTS, USE.replace("{#use}", '{#use covers="eu:13.1.c"}') + RIGHTS, [("modified", "use")]),
        (USE.replace("logs", "[logs](/a)"), USE.replace("logs", "[logs](/b)"), [("modified", "use")]),
    ],
    ids=[
        *("nothing", "added", "removed", "renamed", "moved", "modified", "before the first heading", "first removed"),
        *("from nothing", "renamed without ids", "re-tagged", "link target"),
    ],
)
def test_each_section_tells_what_happened_to_it(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    found = list_kinds(old, new)
    assert [item for item in found if item[0] != "modified" or item in expected] == expected


def test_words_are_counted_and_those_that_only_moved_are_not() -> None:
    change = next(c for c in find_changes(USE + RIGHTS, RIGHTS + USE.replace("a safe place", "one big, safe room")))
    assert change.kind == "moved"
    modified = next(c for c in find_changes(USE, USE.replace("a safe place", "one big, safe room")))
    assert (modified.words_added, modified.words_removed) == (4, 3)


@pytest.mark.parametrize(
    ("old", "new", "token"),
    [
        ("We keep it 30 days.", "We keep it 90 days.", Protected("number", "90 days")),
        ("We may share it.", "We may not share it.", Protected("negation", "not")),
        ("We will share it.", "We may share it.", Protected("obligation", "may")),
        ("We share some data.", "We share all data.", Protected("quantifier", "all")),
        ("Mail a@example.com now.", "Mail b@example.com now.", Protected("mail", "b@example.com")),
        ("See [it](https://a.example).", "See [it](https://b.example).", Protected("address", "https://b.example")),
        ("No compartimos sus datos.", "Compartimos sus datos.", Protected("negation", "no")),
        ("Wir geben Daten weiter.", "Wir geben keine Daten weiter.", Protected("negation", "keine")),
        ("Wir können das tun.", "Wir müssen das tun.", Protected("obligation", "müssen")),
        ("第三者に提供します。", "第三者に提供しません。", Protected("negation", "ません")),
        ("We don't share it.", "We share it.", Protected("negation", "don't")),
    ],
)
def test_a_protected_token_never_changes_unnoticed(old: str, new: str, token: Protected) -> None:
    (change,) = find_changes(old, new)
    assert token in change.tokens
    assert token in {*change.tokens_added, *change.tokens_removed}


@pytest.mark.parametrize(
    ("old", "new", "added", "removed"),
    [
        ("We may share it.", "We will share it.", ["will"], ["may"]),
        ("We do not share it.", "We share it.", [], ["not"]),
        ("We share it.", "We share it, except at night.", ["except"], []),
        ("We keep it for 30 days here.", "We keep it for 30 days there.", [], []),
        ("We keep it 30 days here.", "We keep it 60 days here.", ["60 days"], ["30 days"]),
    ],
)
def test_a_change_tells_which_tokens_came_and_which_went(
    old: str, new: str, added: list[str], removed: list[str]
) -> None:
    (change,) = find_changes(old, new)
    assert ([str(token) for token in change.tokens_added], [str(token) for token in change.tokens_removed]) == (
        added,
        removed,
    )
    assert set(change.tokens) == {*change.tokens_added, *change.tokens_removed}


ROWS = "| Data | Kept |\n|---|---|\n| mail | a year |\n| visits | a month |\n"


@pytest.mark.parametrize(
    ("old", "new", "added", "removed"),
    [
        (USE, USE + "\nA paragraph about another thing.\n", ["paragraph"], []),
        (USE + "\n- one thing\n- other things\n", USE + "\n- one thing\n", [], ["item"]),
        (USE, USE + "\n- one thing\n\n  told at length\n- other things\n", ["item", "item"], []),
        (USE + "\n" + ROWS, USE + "\n" + ROWS + "| logs | a day |\n", ["row"], []),
        (USE, USE.replace("safe", "very safe"), [], []),
        (USE + "\nOne.\n\nTwo.\n", USE + "\nTwo.\n\nOne.\n", [], []),
    ],
    ids=["paragraph", "item removed", "items", "row", "words alone", "another order"],
)
def test_blocks_that_came_or_went_whole_are_named(old: str, new: str, added: list[str], removed: list[str]) -> None:
    (change,) = find_changes(old, new)
    assert (list(change.blocks_added), list(change.blocks_removed)) == (added, removed)


def test_a_short_section_that_moved_is_not_modified() -> None:
    a, b = "## A {#a}\n\nNot one word more.\n\n", "## B {#b}\n\nSome.\n\n"
    assert [kind for kind, _ in list_kinds(a + b, b + a)] == ["moved"]


def test_a_title_that_says_something_else_is_a_change() -> None:
    assert list_kinds("# Old title\n\n" + USE, "# New title\n\n" + USE) == [("modified", "")]
    assert list_kinds("# Title\n\n" + USE, "# Title\n\n" + USE) == []


@given(st.permutations([USE, RIGHTS, CONTACT]))
def test_an_order_is_all_that_a_shuffle_changes(order: list[str]) -> None:
    changes = find_changes(USE + RIGHTS + CONTACT, "".join(order))
    assert {change.kind for change in changes} <= {"moved"}


@given(st.lists(st.sampled_from([USE, RIGHTS, CONTACT]), unique=True), st.lists(st.sampled_from([USE, CONTACT])))
def test_ids_of_changes_are_unique(old: list[str], new: list[str]) -> None:
    ids = [change.id for change in find_changes("".join(old), "".join(new))]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("long", [{"a"}, {"b"}, {"c"}, {"a", "c"}])
def test_which_sections_moved_does_not_hang_on_how_long_they_are(long: set[str]) -> None:
    parts = {
        name: f"## {name} {{#{name}}}\n\n{name} is short.\n\n" + f"{name} goes on. " * (40 * (name in long)) + "\n\n"
        for name in "abc"
    }
    found = list_kinds(parts["a"] + parts["b"] + parts["c"], parts["c"] + parts["b"] + parts["a"])
    assert [item for item in found if item[0] == "moved"] == [("moved", "b"), ("moved", "a")]


def read_one(old: str, new: str) -> Change:
    (change,) = find_changes(old, new)
    return change


def test_a_heading_set_lower_is_a_change_without_words() -> None:
    change = read_one(USE, USE.replace("##", "###"))
    assert (change.kind, change.old_level, change.level) == ("modified", 2, 3)
    assert (change.words_added, change.words_removed, change.tokens) == (0, 0, ())


@pytest.mark.parametrize(
    ("old", "new", "words", "marks"),
    [
        ("You must not go.", "You must **not** go.", 1, ("strong",)),
        ("You *must* not go.", "You **must** not go.", 1, ("emphasis", "strong")),
        ("See [our page](/a).", "See [our page](/b).", 2, ("link",)),
        ("See our page.", "See [our page](/b).", 2, ("link",)),
        ("Use `this` now.", "Use this now.", 1, ("code",)),
    ],
)
def test_words_whose_links_or_emphasis_changed_stay(old: str, new: str, words: int, marks: tuple[str, ...]) -> None:
    change = read_one(old, new)
    assert (change.kind, change.words_restyled, change.marks) == ("modified", words, marks)
    assert (change.words_added, change.words_removed) == (0, 0)
    assert {token.kind for token in change.tokens} <= {"address"}


def test_where_a_link_leads_is_a_protected_token() -> None:
    change = read_one("See [our page](/a).", "See [our page](/b).")
    assert change.tokens_removed == (Protected("address", "/a"),)
    assert change.tokens_added == (Protected("address", "/b"),)


FIRST = "The pump at the fuel pier keeps every receipt until the end of the season."
SECOND = "Nobody opens the gate of the winter yard without a key from the harbour office."


def test_a_paragraph_cut_in_two_is_no_new_one() -> None:
    for old, new, counts in (
        (f"{USE}\n{FIRST} {SECOND}", f"{USE}\n{FIRST}\n\n{SECOND}", (1, 0)),
        (f"{USE}\n{FIRST}\n\n{SECOND}", f"{USE}\n{FIRST} {SECOND}", (0, 1)),
    ):
        change = read_one(old, new)
        assert (change.splits, change.merges) == counts
        assert (change.words_added, change.words_removed, change.blocks_added, change.blocks_removed) == (0, 0, (), ())


def test_a_passage_that_went_to_another_section_is_told_at_both_ends() -> None:
    left, here = find_changes(f"{USE}\n{FIRST}\n\n{RIGHTS}", f"{USE}\n{RIGHTS}\n{FIRST}\n")
    assert (left.section, left.moved_to, left.words_moved_out, left.words_removed) == ("use", ("rights",), 15, 0)
    assert (here.section, here.moved_from, here.words_moved_in, here.words_added) == ("rights", ("use",), 15, 0)


def test_a_heading_put_over_words_that_were_there_adds_nothing_but_itself() -> None:
    changes = find_changes(f"{USE}\n{FIRST}\n", f"{USE}\n## Fuel {{#fuel}}\n\n{FIRST}\n")
    assert [(change.section, change.words_added, change.words_removed) for change in changes][-1] == ("fuel", 1, 0)


def test_a_section_that_moved_takes_its_words_along() -> None:
    moved = read_one(USE + RIGHTS + CONTACT, CONTACT + USE + RIGHTS)
    assert (moved.kind, moved.words_added, moved.words_removed) == ("moved", 0, 0)
    assert moved.words_moved_in == moved.words_moved_out == 8


@pytest.mark.parametrize(
    ("old", "new", "reformed"),
    [
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |", ("table",)),
        (f"- {FIRST}\n- {SECOND}\n", f"1. {FIRST}\n2. {SECOND}\n", ("list",)),
    ],
)
def test_what_took_another_form_is_named(old: str, new: str, reformed: tuple[str, ...]) -> None:
    change = read_one(old, new)
    assert (change.blocks_reformed, change.words_removed) == (reformed, 0)


@pytest.mark.parametrize(("old", "new"), [("# Title", ""), ("", "# Title"), ("# One", "# Two"), ("# One", "Two")])
def test_a_title_never_changes_unnoticed(old: str, new: str) -> None:
    changes = find_changes(old, new)
    assert {change.section for change in changes} == {""}
    words = [word for text in (old, new) for word in text.split() if word != "#"]
    assert sum(change.words_added + change.words_removed for change in changes) == len(words)


def test_a_script_without_spaces_is_counted_by_character() -> None:
    change = read_one("データを提供します。", "データを開示します。")
    assert (change.words_added, change.words_removed, change.characters) == (2, 2, 4)
    assert read_one("We tow boats.", "We tow rafts.").characters == 0


PARTS = (USE, RIGHTS, CONTACT)


@given(st.lists(st.booleans(), min_size=3, max_size=3), st.lists(st.booleans(), min_size=3, max_size=3))
def test_the_id_of_a_change_does_not_hang_on_other_sections(edited: list[bool], also: list[bool]) -> None:
    def write(flags: list[bool]) -> str:
        return "".join(
            part.replace(".\n", ", and 3 more.\n") if flag else part for part, flag in zip(PARTS, flags, strict=True)
        )

    alone = {change.id for change in find_changes("".join(PARTS), write(edited))}
    together = [first or second for first, second in zip(edited, also, strict=True)]
    assert alone <= {change.id for change in find_changes("".join(PARTS), write(together))}
    assert len(alone) == sum(edited)


def read_counts(told: str, come: str, gone: str) -> tuple[int, int]:
    """The numbers in `3 sections changed, 1 added; 42 words added, 17 removed`."""
    found = {word: int(n) for n, word in re.findall(rf"(\d+)(?: words?| characters?)? ({come}|{gone})", told)}
    return found.get(come, 0), found.get(gone, 0)


def test_whoever_tells_of_a_redline_counts_as_the_record_does() -> None:
    chance = Random(7)  # noqa: S311  nothing to guess here
    for _ in range(60):
        redline = compare(*make_pair(chance))
        counted = tuple(sum(getattr(c, name) for c in redline.changes) for name in ("words_added", "words_removed"))
        terminal = tell_redline(redline).partition("\n")[0].partition(";")[2]
        page = summarize(redline, words("en")).headline.partition(";")[2]
        assert read_counts(terminal, "inserted", "deleted") == counted
        assert read_counts(page, "added", "removed") == counted
