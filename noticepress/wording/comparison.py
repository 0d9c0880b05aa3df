"""What became of the words of a leaf: one against another, readable rather than fewest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz.distance import LCSseq

from noticepress.wording.tokens import Token, count_words

Op = Literal["=", "-", "+", "<", ">"]
"""Equal, deleted, inserted, moved away from here, moved to here."""

LEAST_SURVIVING = 0.3
"""When a smaller part of a leaf's words survives, the leaf is shown replaced as a whole."""

SENTENCE_ENDS = frozenset(".!?\u3002\uff01\uff1f\u0964")
_CLAUSE_ENDS = frozenset(",;:)\u3001\uff0c\uff1b\uff1a\uff09")


@dataclass(slots=True)
class Piece:
    """A stretch of tokens with one fate. `peer` names the section that moved tokens come from or go to."""

    op: Op
    tokens: list[Token]
    peer: str = ""


def compare_words(old: Sequence[Token], new: Sequence[Token]) -> list[Piece]:
    """What became of the words of a leaf: pieces `=`, `-` and `+`, in reading order, readable rather than fewest."""
    before, after = "".join(token.code for token in old), "".join(token.code for token in new)
    if before == after:
        return [Piece("=", list(new))] if new else []
    stretches = _absorb_islands(_slide(_match(before, after), before, after, new, old), old, new)
    surviving = sum(count_words(new[s.new_start : s.new_end]) for s in stretches if s.equal)
    if surviving < LEAST_SURVIVING * min(count_words(old), count_words(new)):
        stretches = [_Stretch(0, len(old), 0, len(new), equal=False)]
    pieces: list[Piece] = []
    for stretch in stretches:
        if stretch.equal:
            pieces.append(Piece("=", list(new[stretch.new_start : stretch.new_end])))
        else:
            pieces.append(Piece("-", list(old[stretch.old_start : stretch.old_end])))
            pieces.append(Piece("+", list(new[stretch.new_start : stretch.new_end])))
    return [piece for piece in pieces if piece.tokens]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Tokens that are equal, or that replace each other."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int
    equal: bool


def _match(before: str, after: str) -> list[_Stretch]:
    """Stretches by longest common subsequence, equal and changed in turn."""
    stretches: list[_Stretch] = []
    for op in LCSseq.opcodes(before, after):
        stretch = _Stretch(op.src_start, op.src_end, op.dest_start, op.dest_end, equal=op.tag == "equal")
        stretches.append(stretch)
    return _join(stretches)


def _join(stretches: Iterable[_Stretch]) -> list[_Stretch]:
    joined: list[_Stretch] = []
    for stretch in stretches:
        if stretch.old_start == stretch.old_end and stretch.new_start == stretch.new_end:
            continue
        if joined and joined[-1].equal == stretch.equal:
            joined[-1] = replace(joined[-1], old_end=stretch.old_end, new_end=stretch.new_end)
        else:
            joined.append(stretch)
    return joined


def _slide(
    stretches: list[_Stretch], before: str, after: str, new: Sequence[Token], old: Sequence[Token]
) -> list[_Stretch]:
    """Shift what was only inserted or only deleted to where a sentence or clause begins, if the words allow."""
    result = list(stretches)
    for index in range(1, len(result) - 1):
        left, middle, right = result[index - 1 : index + 2]
        if middle.equal:
            continue
        if middle.old_start == middle.old_end:
            codes, tokens, start, end = after, new, middle.new_start, middle.new_end
        elif middle.new_start == middle.new_end:
            codes, tokens, start, end = before, old, middle.old_start, middle.old_end
        else:
            continue
        back = 0
        while back < left.new_end - left.new_start and codes[start - back - 1] == codes[end - back - 1]:
            back += 1
        forth = 0
        while forth < right.new_end - right.new_start and codes[start + forth] == codes[end + forth]:
            forth += 1
        if not back and not forth:
            continue
        shift = max(range(-back, forth + 1), key=lambda s: (_rate_boundary(tokens, start + s), -abs(s), s))
        result[index - 1] = replace(left, old_end=left.old_end + shift, new_end=left.new_end + shift)
        result[index] = _Stretch(
            middle.old_start + shift,
            middle.old_end + shift,
            middle.new_start + shift,
            middle.new_end + shift,
            equal=False,
        )
        result[index + 1] = replace(right, old_start=right.old_start + shift, new_start=right.new_start + shift)
    return _join(result)


def _rate_boundary(tokens: Sequence[Token], start: int) -> int:
    """How natural it is for a change to begin there."""
    if start == 0:
        return 4
    last = tokens[start - 1].text[-1:]
    if last in SENTENCE_ENDS:
        return 3
    if last in _CLAUSE_ENDS:
        return 2
    return 1 if tokens[start].text[:1] in _CLAUSE_ENDS or tokens[start].space else 0


def _absorb_islands(stretches: list[_Stretch], old: Sequence[Token], new: Sequence[Token]) -> list[_Stretch]:
    """Drop unchanged stretches too short to help a reader between two changes."""

    def size(stretch: _Stretch) -> int:
        removed = count_words(old[stretch.old_start : stretch.old_end])
        return max(removed, count_words(new[stretch.new_start : stretch.new_end]))

    while True:
        result = list(stretches)
        for index in range(1, len(result) - 1):
            island = result[index]
            if island.equal:
                words = size(island)
                around = min(size(result[index - 1]), size(result[index + 1]))
                if words <= 1 or (words == 2 and around >= 2):  # noqa: PLR2004  two words help only beside a small change
                    result[index] = replace(island, equal=False)
        result = _join(result)
        if result == stretches:
            return result
        stretches = result
