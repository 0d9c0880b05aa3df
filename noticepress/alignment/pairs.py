"""Blocks of two texts in pairs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from noticepress.blocks import Block
from noticepress.wording import Piece

Match = tuple[Block | None, Block | None]
"""A block of the old text and one of the new, or one of them alone."""


@dataclass(slots=True)
class Pair:
    """A block in both texts, or in one (the other is None).

    Leaves have `pieces`, all others `children`, both in reading order.
    `old_section` and `new_section` are the ids of the sections it stands in.
    `is_reformed` says that a block in both texts has another form now, though words of it are the same: a heading of
    another level, a table with a column more, a list that is numbered now.
    """

    old: Block | None
    new: Block | None
    pieces: list[Piece] = field(default_factory=list)
    children: list[Pair] = field(default_factory=list)
    old_section: str = ""
    new_section: str = ""
    is_reformed: bool = False

    @property
    def block(self) -> Block:
        """The block as it is now, or as it last was."""
        block = self.new or self.old
        if block is None:
            raise AssertionError
        return block

    @property
    def looks_reformed(self) -> bool:
        """Whether a reader sees the other form: not so of an item's paragraph that is set with space around it now."""
        if not self.is_reformed or self.old is None or self.new is None:
            return False
        return _describe_look(self.old) != _describe_look(self.new)

    @property
    def is_leaf(self) -> bool:
        """Whether it holds words rather than blocks."""
        return not self.children


def walk_leaves(pair: Pair) -> Iterator[Pair]:
    """Every pair that holds words, in reading order."""
    if pair.is_leaf:
        yield pair
    for child in pair.children:
        yield from walk_leaves(child)


def is_comparable(old: Block, new: Block) -> bool:
    """Whether two blocks are of one kind, so that they can be told as one."""
    same_kind = old.kind == new.kind and (old.kind == "cell" or bool(old.children) == bool(new.children))
    same_tongue = old.kind == "heading" or old.attributes.get("lang") == new.attributes.get("lang")
    return same_kind and same_tongue and ("header" in old.attributes) == ("header" in new.attributes)


def _count_columns(block: Block) -> int:
    return len(block.children[0].children) if block.kind == "table" and block.children else 0


def _count_heads(block: Block) -> int:
    """How many rows make the head of a table."""
    rows = block.children if block.kind == "table" else ()
    return sum(1 for _ in takewhile(lambda row: "header" in row.attributes, rows))


def _describe_look(block: Block) -> tuple[object, ...]:
    return block.level, "start" in block.attributes, _count_columns(block)


def describe_form(block: Block) -> tuple[object, ...]:
    """What must be equal for two blocks to be of one form."""
    cells = len(block.children) if block.kind == "row" else 0
    attributes = block.attributes
    return (
        block.kind,
        block.level,
        "start" in attributes,
        "tight" in attributes,
        "bare" in attributes,
        "header" in attributes,
        attributes.get("colspan"),
        attributes.get("rowspan"),
        bool(block.children) and block.kind != "cell",
        _count_columns(block),
        _count_heads(block),
        cells,
    )
