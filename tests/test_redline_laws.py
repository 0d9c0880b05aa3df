"""Laws of every redline, held against generated documents; tests/redlines.py reads what the engine wrote."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from noticepress.alignment import walk_leaves
from noticepress.changes import compare_texts
from noticepress.markdown import render_html
from noticepress.redline import compare, to_json
from noticepress.schemas import output_schemas
from noticepress.wording import count_words
from tests.documents import Document, Prose, Run, make_document
from tests.editing import edit_marks, edit_prose, make_pair, make_strangers
from tests.layouts import Layout, make_layout, write_document
from tests.redlines import (
    NEW,
    OLD,
    count_islands,
    count_tokens,
    find_cut_unspaced,
    find_cut_words,
    find_faults,
    is_shown,
    outline,
    parse,
    read_lines,
    read_side,
    read_tokens,
)
from tests.tongues import CHINESE, JAPANESE, THAI, TONGUES, Tongue

CHANCE = st.randoms(use_true_random=False)
RELATED = CHANCE.map(make_pair)
PAIRS = st.one_of(RELATED, RELATED, RELATED, CHANCE.map(make_strangers))

SCHEMA = Draft202012Validator(output_schemas()["diff.json"])

MOST_ISLANDS = 0.03
"""The share of one-word islands among all unchanged stretches between changes that a reader may meet."""


# ---- either text is there


@given(PAIRS)
def test_the_operations_join_to_either_text(pair: tuple[str, str]) -> None:
    redline = compare(*pair)
    for side, text in zip((OLD, NEW), pair, strict=True):
        assert read_side(redline, side).split() == " ".join(read_lines(render_html(text))).split()


@given(PAIRS)
def test_dropping_one_mark_leaves_either_document(pair: tuple[str, str]) -> None:
    html = compare(*pair).html
    for dropped, text in zip(("ins", "del"), pair, strict=True):
        rendered = render_html(text)
        assert read_lines(html, dropped) == read_lines(rendered)
        assert outline(html, dropped) == outline(rendered)


@given(PAIRS)
def test_the_html_is_valid(pair: tuple[str, str]) -> None:
    assert find_faults(compare(*pair).html) == []


@given(PAIRS)
def test_operations_and_html_tell_the_same_story(pair: tuple[str, str]) -> None:
    redline = compare(*pair)
    root = parse(redline.html)
    for tag, ops in (("ins", "+>"), ("del", "-<")):
        marked = sum(len(read_tokens(_read_marked(element))) for element in root.iter(tag))
        # What took another form stands in the HTML twice, and in the operations once.
        assert marked >= count_tokens(redline, ops).total()


def _read_marked(element: object) -> str:
    return str(element.text_content())  # type: ignore[attr-defined]


# ---- nothing else is


@given(CHANCE.map(make_document))
def test_a_document_against_itself_shows_nothing(document: Document) -> None:
    text = write_document(document)
    redline = compare(text, text)
    assert {op for op, _ in redline.ops} <= {"="}
    assert redline.html == render_html(text)
    assert redline.changes == ()


@given(CHANCE.map(make_document), CHANCE.map(make_layout))
def test_what_no_reader_sees_is_no_change(document: Document, layout: Layout) -> None:
    redline = compare(write_document(document), write_document(document, layout))
    assert not is_shown(redline)
    assert redline.changes == ()


@given(CHANCE)
def test_a_change_of_links_or_emphasis_alone_is_shown(chance: Random) -> None:
    document = make_document(chance)
    edited = copy.deepcopy(document)
    edit_marks(edited, chance)
    old, new = write_document(document), write_document(edited)
    assume(outline(render_html(old)) != outline(render_html(new)))
    redline = compare(old, new)
    assert is_shown(redline)
    assert redline.changes
    assert {change.kind for change in redline.changes} == {"modified"}


# ---- it does not hang on anything else


@given(PAIRS)
def test_the_same_pair_gives_the_same_redline(pair: tuple[str, str]) -> None:
    first = json.dumps(to_json(compare(*pair)))
    compare_texts.cache_clear()
    assert json.dumps(to_json(compare(*pair))) == first


HASHING = """
import hashlib, json, random
from noticepress.redline import diff
from tests.editing import make_pair
chance = random.Random(11)
found = [diff(*make_pair(chance)) for _ in range(25)]
print(hashlib.sha256(json.dumps(found).encode()).hexdigest())
"""


def test_another_process_gives_the_same_redlines() -> None:
    hashes = {
        subprocess.run(
            [sys.executable, "-c", HASHING],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "4711")
    }
    assert len(hashes) == 1


@given(PAIRS)
def test_there_and_back_change_equally_much(pair: tuple[str, str]) -> None:
    there, back = (count_tokens(compare(*texts), "-+<>").total() for texts in (pair, pair[::-1]))
    assert abs(there - back) <= 0.02 * max(there, back) + 1


# ---- it reads well


@given(PAIRS)
def test_no_change_begins_or_ends_inside_a_word(pair: tuple[str, str]) -> None:
    assert find_cut_words(compare(*pair)) == []


def make_reworded(chance: Random, tongue: Tongue) -> tuple[str, str]:
    """Two paragraphs before and after several changes of their words."""
    document = Document(tongue, None, [Prose([Run([])]), Prose([Run([])])])
    for prose in document.list_prose():
        for _ in range(chance.randint(1, 3)):
            prose.runs[0].words += chance.choice(tongue.sentences)
    edited = copy.deepcopy(document)
    for prose in edited.list_prose():
        for _ in range(chance.randint(1, 3)):
            edit_prose(prose, tongue, chance)
    return write_document(document), write_document(edited)


@pytest.mark.parametrize("tongue", [JAPANESE, CHINESE, THAI], ids=lambda tongue: tongue.name)
@given(CHANCE)
def test_no_change_cuts_a_word_of_a_script_without_spaces(tongue: Tongue, chance: Random) -> None:
    assert find_cut_unspaced(compare(*make_reworded(chance, tongue))) == []


def test_words_between_two_changes_are_rarely_left_alone() -> None:
    chance = Random(2012)  # noqa: S311  nothing to guess here
    pairs = [make_reworded(chance, tongue) for tongue in TONGUES for _ in range(25)]
    islands, stretches = (
        sum(counts) for counts in zip(*(count_islands(compare(*pair)) for pair in pairs), strict=True)
    )
    assert stretches > 200
    assert islands <= MOST_ISLANDS * stretches


# ---- changes are the same story


@given(PAIRS)
def test_all_that_left_arrived(pair: tuple[str, str]) -> None:
    redline = compare(*pair)
    assert count_tokens(redline, "<") == count_tokens(redline, ">")


@given(PAIRS)
def test_what_is_shown_is_told_and_what_is_told_is_shown(pair: tuple[str, str]) -> None:
    redline = compare(*pair)
    assert is_shown(redline) == bool(redline.changes)


@given(PAIRS)
def test_every_marked_word_counts_once(pair: tuple[str, str]) -> None:
    redline = compare(*pair)
    marked = Counter[str]()
    for leaf in walk_leaves(redline.root):
        for piece in leaf.pieces:
            marked[piece.op] += count_words(piece.tokens)
    changes = redline.changes
    restyled = sum(change.words_restyled for change in changes)
    assert marked["+"] + marked[">"] == restyled + sum(c.words_added + c.words_moved_in for c in changes)
    assert marked["-"] + marked["<"] == restyled + sum(c.words_removed + c.words_moved_out for c in changes)


@given(PAIRS)
def test_no_two_changes_have_the_same_id(pair: tuple[str, str]) -> None:
    names = [change.id for change in compare(*pair).changes]
    assert len(names) == len(set(names))


@given(PAIRS)
def test_the_json_is_as_its_schema_says(pair: tuple[str, str]) -> None:
    SCHEMA.validate(json.loads(json.dumps(to_json(compare(*pair)))))


@given(RELATED)
def test_the_sections_that_are_shown_as_moved_are_told_as_moved(pair: tuple[str, str]) -> None:
    redline = compare(*pair)
    shown = {move.new_section for move in redline.moves if move.whole and move.new_section}
    told = {change.section for change in redline.changes if change.kind in {"moved", "added"}}
    assert shown <= told
    assert [move.number for move in redline.moves] == list(range(1, len(redline.moves) + 1))


# ---- and so in every language

LAWS: Sequence[Any] = (
    test_the_operations_join_to_either_text,
    test_dropping_one_mark_leaves_either_document,
    test_the_html_is_valid,
    test_operations_and_html_tell_the_same_story,
    test_there_and_back_change_equally_much,
    test_no_change_begins_or_ends_inside_a_word,
    test_all_that_left_arrived,
    test_what_is_shown_is_told_and_what_is_told_is_shown,
    test_every_marked_word_counts_once,
    test_no_two_changes_have_the_same_id,
    test_the_sections_that_are_shown_as_moved_are_told_as_moved,
)


@pytest.mark.parametrize("tongue", TONGUES, ids=lambda tongue: tongue.name)
def test_every_law_holds_in_every_language(tongue: Tongue) -> None:
    chance = Random(1912)  # noqa: S311  nothing to guess here
    for _ in range(12):
        pair = make_pair(chance, tongue)
        for law in LAWS:
            law.hypothesis.inner_test(pair)
