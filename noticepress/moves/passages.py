"""Passages that stand word for word in what went and in what came, and which of them are moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from noticepress.alignment import LEAST_MOVED
from noticepress.wording import SENTENCE_ENDS, Piece, Token, is_unspaced, weigh_words

LEAST_PASSAGE = 12
"""A passage of so many words is a move on its own; a shorter one must be half of a whole block.

In scripts without spaces, where the same few phrases end every other sentence, a shorter one must be a whole block or
a whole sentence.
"""

SEED = 4
"""Passages of fewer tokens are not looked for."""

MOST_PLACES = 8
"""Of words that stand in more places, only so many are looked at."""

_WIDEST_GAP = 8


@dataclass(slots=True)
class Run:
    """A deleted or inserted piece: its codes, and for each token the leaf at the other end of its move, or -1.

    `whole` says whether it is all that its side of the leaf says, but for signs; `opens` whether a sentence begins
    with it.
    """

    leaf: int
    piece: Piece
    whole: bool
    opens: bool
    codes: str
    partners: list[int]

    def is_free(self, start: int, length: int) -> bool:
        """Whether no token of a stretch has moved yet."""
        return all(partner < 0 for partner in self.partners[start : start + length])

    def is_still(self) -> bool:
        """Whether none of it has moved."""
        return self.is_free(0, len(self.partners))


@dataclass(frozen=True, slots=True)
class Passage:
    """Equal tokens of a deleted and an inserted run."""

    deleted: int
    inserted: int
    old_start: int
    new_start: int
    length: int


def mark_passages(deleted: Sequence[Run], inserted: Sequence[Run]) -> None:
    """Mark what moved word for word, the longest first."""
    groups = _group(_find_passages(deleted, inserted))
    for group in sorted(groups, key=lambda group: -sum(passage.length for passage in group)):
        old, new = deleted[group[0].deleted], inserted[group[0].inserted]
        free = [p for p in group if old.is_free(p.old_start, p.length) and new.is_free(p.new_start, p.length)]
        if _is_move(free, old, new):
            for passage in free:
                mark_passage(old, new, passage)


def _find_passages(deleted: Sequence[Run], inserted: Sequence[Run]) -> list[Passage]:
    """Equal passages of at least four tokens, each the longest that begins where it does."""
    places: dict[str, list[tuple[int, int]]] = {}
    for number, run in enumerate(deleted):
        for start in range(len(run.codes) - SEED + 1):
            places.setdefault(run.codes[start : start + SEED], []).append((number, start))
    passages = []
    for number, run in enumerate(inserted):
        start = 0
        while start <= len(run.codes) - SEED:
            found = [
                Passage(old, number, place, start, _measure(deleted[old].codes, place, run.codes, start))
                for old, place in places.get(run.codes[start : start + SEED], ())[:MOST_PLACES]
                if deleted[old].leaf != run.leaf
            ]
            if found:
                longest = max(found, key=lambda passage: passage.length)
                passages.append(longest)
                start += longest.length
            else:
                start += 1
    return passages


def _measure(before: str, i: int, after: str, j: int) -> int:
    length = 0
    while i + length < len(before) and j + length < len(after) and before[i + length] == after[j + length]:
        length += 1
    return length


def _group(passages: Sequence[Passage]) -> list[list[Passage]]:
    """Passages that follow each other on both sides with no more than a few words between them."""
    groups: list[list[Passage]] = []
    for _, same in groupby(
        sorted(passages, key=lambda p: (p.deleted, p.inserted, p.new_start)), key=lambda p: (p.deleted, p.inserted)
    ):
        group: list[Passage] = []
        for passage in same:
            if group:
                last = group[-1]
                old_gap = passage.old_start - last.old_start - last.length
                new_gap = passage.new_start - last.new_start - last.length
                if not (0 <= old_gap <= _WIDEST_GAP and new_gap <= _WIDEST_GAP):
                    groups.append(group)
                    group = []
            group.append(passage)
        groups.append(group)
    return groups


def _is_move(group: Sequence[Passage], old: Run, new: Run) -> bool:
    passages = [new.piece.tokens[p.new_start : p.new_start + p.length] for p in group]
    tokens = [token for passage in passages for token in passage]
    unspaced = 2 * sum(map(is_unspaced, tokens)) >= len(tokens)
    # Stock phrases of a script without spaces are no passage, however many of them stand beside each other.
    sizes = [weigh_words(passage) for passage in passages]
    words = max(sizes, default=0) if unspaced else sum(sizes)
    if words >= LEAST_PASSAGE:
        return True
    if words < LEAST_MOVED:
        return False
    if unspaced:
        return any(_is_complete(passage, old, new) for passage in group)
    return any(run.whole and 2 * words >= weigh_words(run.piece.tokens) for run in (old, new))


def _is_complete(passage: Passage, old: Run, new: Run) -> bool:
    """Whether a passage is a whole leaf or whole sentences."""
    if any(run.whole and passage.length == len(run.codes) for run in (old, new)):
        return True
    opens = all(
        ends_sentence(run.piece.tokens[start - 1]) if start else run.opens
        for run, start in ((old, passage.old_start), (new, passage.new_start))
    )
    return opens and ends_sentence(new.piece.tokens[passage.new_start + passage.length - 1])


def mark_passage(old: Run, new: Run, passage: Passage) -> None:
    """Note at both ends where the tokens of a passage went."""
    old.partners[passage.old_start : passage.old_start + passage.length] = [new.leaf] * passage.length
    new.partners[passage.new_start : passage.new_start + passage.length] = [old.leaf] * passage.length


def ends_sentence(token: Token) -> bool:
    """Whether a sentence ends with a token."""
    return token.text[-1:] in SENTENCE_ENDS
