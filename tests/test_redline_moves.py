"""Moves that are known, because the test made them, are found in every language."""

from __future__ import annotations

import copy

import pytest
from hypothesis import assume, given, note
from hypothesis import strategies as st

from noticepress.redline import Redline, compare
from tests.documents import Chapter, Document, Part, Prose, Run
from tests.layouts import write_document
from tests.redlines import count_tokens, read_tokens
from tests.tongues import CHINESE, ENGLISH, GERMAN, JAPANESE, SPANISH, Tongue


def make_long(tongue: Tongue, *, has_ids: bool) -> Document:
    """Five sections of a sentence or two, none of which is said twice."""
    sentences = [Prose([Run(list(sentence))]) for sentence in tongue.sentences]
    groups = [[sentence] for sentence in sentences[:5]]
    for place, sentence in enumerate(sentences[5:]):
        groups[place % 5].append(sentence)
    return Document(
        tongue,
        Prose([Run(list(tongue.titles[-1]))]),
        [],
        [
            Chapter(
                Prose([Run(list(tongue.titles[place % len(tongue.titles)]))]), 2, f"s{place}" * has_ids, list(group)
            )
            for place, group in enumerate(groups)
        ],
    )


def check_move(old: Document, new: Document, moved: str, passed: str) -> Redline:
    """At least four fifths of a passage are shown as moved, and at most a quarter of it as edited.

    Where what it passed is shorter than the passage, that may be shown as moved as well.
    """
    before, after = write_document(old), write_document(new)
    note(f"{before}\n----\n{after}")
    redline = compare(before, after)
    size = len(read_tokens(moved))
    wanted = min(size, len(read_tokens(passed)))
    assert count_tokens(redline, ">").total() >= 0.8 * wanted
    assert count_tokens(redline, "-+").total() <= 0.25 * size + 2
    return redline


def say(document: Document, chapters: list[Chapter]) -> str:
    return "\n".join(
        document.tongue.glue.join(run.words)
        for chapter in chapters
        for prose in (chapter.title, *chapter.parts)
        if isinstance(prose, Prose)
        for run in prose.runs
    )


def insert_word(part: Part, tongue: Tongue) -> None:
    assert isinstance(part, Prose)
    words = part.runs[0].words
    words.insert(len(words) // 2, tongue.titles[1][0])


LONG = {tongue.name: tongue for tongue in (ENGLISH, GERMAN, SPANISH, JAPANESE, CHINESE)}


@pytest.mark.parametrize("name", LONG)
@given(st.booleans(), st.permutations(range(5)), st.booleans())
def test_a_section_that_moved_is_found(name: str, has_ids: bool, places: list[int], is_edited: bool) -> None:  # noqa: FBT001
    tongue = LONG[name]
    old = make_long(tongue, has_ids=has_ids)
    place, other = places[:2]
    new = copy.deepcopy(old)
    chapter = new.chapters.pop(place)
    new.chapters.insert(other, chapter)
    if is_edited:
        insert_word(chapter.parts[0], tongue)
    passed = old.chapters[min(place, other) : max(place, other) + 1]
    passed = [chapter for chapter in passed if chapter is not old.chapters[place]]
    redline = check_move(old, new, say(old, [old.chapters[place]]), say(old, passed))
    moved = [change for change in redline.changes if change.kind == "moved"]
    assert 1 <= len(moved) <= len(passed)
    assert {move.new_section for move in redline.moves} == {change.section for change in moved}
    assert len(redline.moves) == len(moved), "one notice for each section"


@pytest.mark.parametrize("name", LONG)
@given(st.booleans(), st.permutations(range(5)))
def test_a_paragraph_that_moved_is_found(name: str, is_edited: bool, places: list[int]) -> None:  # noqa: FBT001
    tongue = LONG[name]
    old = make_long(tongue, has_ids=True)
    place, other = places[:2]
    new = copy.deepcopy(old)
    prose = new.chapters[place].parts.pop(0)
    assert isinstance(prose, Prose)
    moved = tongue.glue.join(prose.runs[0].words)
    # Two and a half characters of a script without spaces say as much as a word.
    assume(len(read_tokens(moved)) >= (12 if tongue.glue or not is_edited else 30))
    new.chapters[other].parts.append(prose)
    if is_edited:
        insert_word(prose, tongue)
    check_move(old, new, moved, moved)
