"""Paragraphs that were split or joined: the same words in another number of blocks, told as that and not as moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from noticepress.alignment import Pair
from noticepress.wording import Piece


@dataclass(frozen=True, slots=True)
class Joint:
    """Neighbours that were one paragraph, or became one: what they were and what they are, free of moves."""

    is_split: bool
    old: tuple[Pair, ...]
    new: tuple[Pair, ...]
    origin: tuple[Pair, ...]


def find_joints(pairs: Sequence[Pair]) -> Iterator[Pair | Joint]:
    """The same blocks in the same order, those that belong together in joints."""
    index = 0
    while index < len(pairs):
        joint = _find_joint(pairs, index)
        yield joint or pairs[index]
        index += len(joint.origin) if joint else 1


def _find_joint(pairs: Sequence[Pair], start: int) -> Joint | None:
    """A paragraph that stays, and the neighbours that hold exactly the words that left it or came to it."""
    for here, there in (("<", ">"), (">", "<")):
        place = start
        while place < len(pairs) and _read_whole(pairs[place], there):
            place += 1
        if place == len(pairs) or not _is_kept(pairs[place]):
            continue
        kept = pairs[place]
        words = "".join(_read(piece) for piece in kept.pieces if piece.op == here)
        before = "".join(_read_whole(pair, there) for pair in pairs[start:place])
        if not words.startswith(before):
            continue
        end = place + 1
        while len(before) < len(words) and end < len(pairs) and (part := _read_whole(pairs[end], there)):
            before += part
            end += 1
        if words and before == words:
            return _join(pairs[start:end], kept, here)
    return None


def _join(group: Sequence[Pair], kept: Pair, here: str) -> Joint:
    whole = [Piece("=", piece.tokens) if piece.op == here else piece for piece in kept.pieces]
    parts = tuple(
        replace(pair, pieces=[piece for piece in pair.pieces if piece.op != here])
        if pair is kept
        else replace(pair, old=pair.block, new=pair.block, pieces=[Piece("=", piece.tokens) for piece in pair.pieces])
        for pair in group
    )
    one = (replace(kept, pieces=whole),)
    is_split = here == "<"
    return Joint(is_split, one if is_split else parts, parts if is_split else one, tuple(group))


def _is_kept(pair: Pair) -> bool:
    return pair.block.kind == "paragraph" and pair.old is not None and pair.new is not None


def _read(piece: Piece) -> str:
    return "".join(token.code for token in piece.tokens)


def _read_whole(pair: Pair, op: str) -> str:
    """The words of a paragraph, a character each, that moved as a whole; else nothing."""
    if pair.block.kind != "paragraph" or _is_kept(pair) or any(piece.op != op for piece in pair.pieces):
        return ""
    return "".join(map(_read, pair.pieces))
