from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticepress.changes import find_changes
from noticepress.protected import Protected

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
