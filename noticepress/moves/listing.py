"""The moves of a comparison, as they are told: each once, by number."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Literal

from noticepress.alignment import Pair, walk_leaves

MoveKind = Literal["section", "passage", "split", "merge"]


@dataclass(frozen=True, slots=True)
class Move:
    """Words that stand elsewhere now: the pieces `<` and `>` that carry its number.

    It left `old_section` of the old text and is in `new_section` of the new one. A whole section moves with its heading
    and all that stands under it; a paragraph that was split or merged kept its place.
    """

    number: int
    old_section: str
    new_section: str
    kind: MoveKind

    @property
    def whole(self) -> bool:
        """Whether a section moved as a whole."""
        return self.kind == "section"


def list_moves(root: Pair) -> tuple[Move, ...]:
    """The moves of a comparison, by number, which is their order in the new text."""
    leaves = tuple(walk_leaves(root))
    stays = [number for number, leaf in enumerate(leaves) if leaf.old is not None and leaf.new is not None]
    origins = {
        piece.move: number
        for number in reversed(range(len(leaves)))
        for piece in leaves[number].pieces
        if piece.op == "<"
    }
    moves: dict[int, Move] = {}
    for number, leaf in enumerate(leaves):
        for piece in leaf.pieces:
            if piece.op == ">" and piece.move not in moves:
                origin = origins[piece.move]
                between = bisect_left(stays, max(number, origin)) - bisect_right(stays, min(number, origin))
                kind = _name_kind(leaves[origin], leaf, is_beside=between == 0)
                moves[piece.move] = Move(piece.move, leaves[origin].old_section, leaf.new_section, kind)
    return tuple(moves[number] for number in sorted(moves))


def _name_kind(origin: Pair, arrival: Pair, *, is_beside: bool) -> MoveKind:
    if arrival.old is None and arrival.block.kind == "heading":
        return "section"
    if is_beside and origin.new is not None and arrival.old is None:
        return "split"
    return "merge" if is_beside and origin.new is None and arrival.old is not None else "passage"
