"""Claims of a text that contradict each other, or mention what cannot be read. Both are hints: words are not facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from noticepress.checks.contradictions import PAIRS, SUPPLEMENTS, Claim, Pair
from noticepress.checks.desk import Desk
from noticepress.checks.passages import Passage, find_language, list_passages
from noticepress.errors import Problem

LONGEST_SENTENCE = 2000
"""Of a longer one only so many characters are looked at; nobody reads it either."""

LONGEST_QUOTE = 60

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")  # noqa: RUF001 - Japanese ends its sentences so


@dataclass(frozen=True, slots=True)
class _Found:
    """A claim that is made: in which passage, by which words, and from which character on."""

    passage: Passage
    words: str
    offset: int

    @property
    def section(self) -> str:
        return self.passage.section[0].id if self.passage.section else ""


def find_contradictions(desk: Desk) -> Iterator[Problem]:
    """The claims of each text that contradict others of it, at the better news."""
    for _, _, _, composed in desk.composed_texts():
        for pair, other, ones in _compare_claims(composed.text, find_language(composed)):
            lines = sorted({one.passage.locate(composed, one.offset, _begin(one)).line for one in ones})
            place = other.passage.locate(composed, other.offset, _begin(other))
            listed = ", ".join(map(str, lines))
            told = f'"{_quote(other)}" v. "{_quote(ones[0])}" on line{"s" * (len(lines) > 1)} {listed}'
            yield Problem("CE06", place, told, pair.hint, "warning")


def _begin(found: _Found) -> str:
    """The first word, or what is as long: a whole claim may go over several lines."""
    return found.words.split()[0][:12]


def _quote(found: _Found) -> str:
    half = LONGEST_QUOTE // 2
    return found.words if len(found.words) <= LONGEST_QUOTE else f"{found.words[:half]} … {found.words[-half:]}"


@lru_cache(maxsize=64)
def _compare_claims(text: str, language: str) -> tuple[tuple[Pair, _Found, tuple[_Found, ...]], ...]:
    """Each pair of claims that a text makes: one claim, and all that contradict it.

    Where one paragraph makes both, somebody has seen the contrast and meant it: then nothing is said.
    """
    passages = [passage for passage in list_passages(text) if passage.block.kind != "heading"]
    found = []
    for pair in PAIRS.get(language, ()):
        ones, others = _find_claims(passages, pair.one), _find_claims(passages, pair.other)
        if {id(one.passage) for one in ones} & {id(other.passage) for other in others}:
            continue
        for other in others[:1]:
            against = tuple(one for one in ones if not pair.is_near or one.section == other.section)
            if against:
                found.append((pair, other, against))
    return tuple(found)


def _find_claims(passages: list[Passage], claim: Claim) -> list[_Found]:
    found = []
    for passage in passages:
        if claim.may_stand_in(passage.text):
            start = 0
            for sentence in _SENTENCE_END.split(passage.text):
                offset = passage.text.index(sentence, start)
                start = offset + len(sentence)
                if span := claim.find(sentence[:LONGEST_SENTENCE]):
                    found.append(_Found(passage, sentence[slice(*span)], offset + span[0]))
    return found


def find_undeclared_supplements(desk: Desk) -> Iterator[Problem]:
    """The first place of a text that mentions supplementary notices, where none is declared and none is linked."""
    notices = desk.library.notices
    supplemented = desk.remember("supplemented", lambda: {notice.supplements for notice in notices.values()})
    for draft, _, _, composed in desk.composed_texts():
        name = draft.version.notice
        pattern = SUPPLEMENTS.get(find_language(composed))
        if pattern is None or notices[name].supplements or name in supplemented:
            continue
        for passage in list_passages(composed.text):
            if found := pattern.search(passage.text):
                if not any(span.link for span in passage.block.spans):
                    place = passage.locate(composed, found.start(), found[0])
                    hint = f"link to it, or declare it: 'supplements: {name}' in its notice.yml"
                    yield Problem("CE07", place, f'"{found[0]}": none is declared', hint, "warning")
                break
