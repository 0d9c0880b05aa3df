"""Footnotes, which are numbered in the order of each text, in an order that serves both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from noticepress.alignment import Pair
from noticepress.blocks import Block, Change
from noticepress.order import keep_heaviest

GONE: frozenset[Change] = frozenset({"-", "<"})
COME: frozenset[Change] = frozenset({"+", ">"})


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, and what became of it; without a pair it came or went with all that is in it."""

    block: Block
    pair: Pair | None
    change: Change

    @property
    def sides(self) -> tuple[Block | None, Block | None]:
        """It as it was and as it is; None where a text does not have it."""
        if self.pair is not None:
            return self.pair.old, self.pair.new
        return self.block if self.change in GONE else None, self.block if self.change in COME else None

    @property
    def numbers(self) -> tuple[int, int]:
        """Its number in the old text and in the new one, 0 where it is not in it."""
        before, after = (int(block.attributes["number"]) if block else 0 for block in self.sides)
        return before, after


def order_notes(notes: Sequence[Note]) -> list[Note]:
    """Footnotes in the order of both texts; one that changed places is there twice, as it was and as it is."""
    staying = sorted((*note.numbers, 1) for note in notes if all(note.numbers))
    kept = set(keep_heaviest(staying))
    result = sorted((note for note in notes if note.numbers in kept), key=lambda note: note.numbers)
    changes: tuple[Change, Change] = ("-", "+")
    for note in notes:
        if note.numbers not in kept:
            for side, (block, change) in enumerate(zip(note.sides, changes, strict=True)):
                if block is not None:
                    number = note.numbers[side]
                    place = next((p for p, other in enumerate(result) if other.numbers[side] > number), len(result))
                    result.insert(place, Note(block, None, change))
    return result
