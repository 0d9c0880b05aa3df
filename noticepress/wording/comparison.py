"""What became of the words of a leaf: one against another, readable rather than fewest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Literal

from noticepress.blocks import Mark, Span
from noticepress.wording.matching import Stretch, match_words
from noticepress.wording.tokens import Token, is_unspaced

Op = Literal["=", "-", "+", "<", ">"]
"""Equal, deleted, inserted, moved away from here, moved to here."""


@dataclass(slots=True)
class Piece:
    """A stretch of tokens with one fate.

    `peer` names the section that moved tokens come from or go to, `move` is the number that both ends of a move share.
    """

    op: Op
    tokens: list[Token]
    peer: str = ""
    move: int = 0


def compare_words(old: Sequence[Token], new: Sequence[Token], *, backward: bool = False) -> list[Piece]:
    """What became of the words of a leaf: pieces `=`, `-` and `+`, in reading order, readable rather than fewest.

    Of equally good readings the first is taken; `backward` takes the one that the way from new to old would take.
    """
    if old == new:
        return [Piece("=", list(new))] if new else []
    pieces: list[Piece] = []
    for stretch in match_words(old, new, backward=backward):
        if stretch.equal:
            _keep(stretch, old, new, pieces)
        else:
            pieces += _change(old[stretch.old_start : stretch.old_end], new[stretch.new_start : stretch.new_end])
    return [piece for piece in pieces if piece.tokens]


def _change(old: Sequence[Token], new: Sequence[Token]) -> Iterator[Piece]:
    """What went and what came; words at either end that only look otherwise now, or lead elsewhere, by themselves."""
    head = _count_restyled(old, new)
    tail = _count_restyled(old[head:], new[head:], at_end=True)
    olds, news = (0, head, len(old) - tail, len(old)), (0, head, len(new) - tail, len(new))
    for (i, i_end), (j, j_end) in zip(pairwise(olds), pairwise(news), strict=True):
        yield Piece("-", list(old[i:i_end]))
        yield Piece("+", list(new[j:j_end]))


def _count_restyled(old: Sequence[Token], new: Sequence[Token], *, at_end: bool = False) -> int:
    """How many words at one end differ in nothing but their marks; what belongs together is not torn apart."""
    befores, afters = (old[::-1], new[::-1]) if at_end else (old, new)
    count = 0
    is_restyled = False
    for place, (before, after) in enumerate(zip(befores, afters, strict=False), start=1):
        if before.text != after.text or before.space != after.space or not after.text.strip():
            break
        is_restyled = is_restyled or before.code != after.code
        rest = (*befores[place : place + 1], *afters[place : place + 1])
        follows = (before, after) if at_end and rest else rest
        if is_restyled and all(token.words and (token.space or is_unspaced(token)) for token in follows):
            count = place
    return count


def _keep(stretch: Stretch, old: Sequence[Token], new: Sequence[Token], pieces: list[Piece]) -> None:
    """Add what is equal to the pieces; a space that came or went between equal words is a change of its own."""
    start = stretch.new_start
    for j in range(stretch.new_start, stretch.new_end):
        i = stretch.old_start + j - stretch.new_start
        if old[i].space == new[j].space:
            continue
        pieces.append(Piece("=", list(new[start:j])))
        # Before the first word of a text there is no space.
        if i and j:
            marks = share_marks(new[j - 1].runs[-1][1].marks, new[j].runs[0][1].marks)
            blank = Token(" ", ((" ", Span(" ", marks)),), space=False, words=0, code=" ")
            op: Op = "+" if new[j].space else "-"
            beside = pieces[-3:-1] if j == stretch.new_start else []
            change = next((piece for piece in beside if piece.op == op), None)
            if change:
                change.tokens.append(blank)
            else:
                pieces.append(Piece(op, [blank]))
        pieces.append(Piece("=", [new[j]._replace(space=(i == 0 and new[j].space) or (j == 0 and old[i].space))]))
        start = j + 1
    pieces.append(Piece("=", list(new[start : stretch.new_end])))


def share_marks(left: tuple[Mark, ...], right: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """The outer marks that both have."""
    return tuple(mark for mark, _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))
