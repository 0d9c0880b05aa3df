"""The blocks of a redline as readers see them: every change marked on its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from noticepress.alignment import Pair, walk_leaves
from noticepress.blocks import Block, Span
from noticepress.marking.anchors import is_touched
from noticepress.marking.forms import read_forms
from noticepress.marking.travel import Travel
from noticepress.marking.words import Ends, Remark, Run, Words, add_words
from noticepress.redline import name_change
from noticepress.wording import Piece, write_spans


@dataclass(frozen=True, slots=True)
class Marker:
    """Marks blocks. `anchors` are the names of changes by the identity of the leaf that they stand at."""

    words: Words
    anchors: Mapping[int, Sequence[str]]
    travel: Travel
    ends: Mapping[int, Ends]

    def mark(self, pair: Pair, *, inside: bool = False) -> Block:
        """The block of a pair, old and new in one; what is gone has no id. `inside` what came or went whole."""
        block = pair.block
        change = name_change(pair)
        attributes = block.attributes
        if id(pair) in self.anchors:
            attributes = {**attributes, "anchor": " ".join(self.anchors[id(pair)])}
        children = [self.mark(child, inside=inside or bool(change)) for child in pair.children]
        if block.kind == "table" and pair.is_reformed:
            children = _fill_rows(pair.children, children)
        return replace(
            block,
            change="" if inside else change,
            id="" if pair.new is None else block.id,
            attributes=attributes,
            spans=self.mark_words(pair),
            children=tuple(children),
        )

    def mark_words(self, pair: Pair) -> tuple[Span, ...]:
        """The words of a leaf, each run of change between words for those who hear it."""
        pieces = pair.pieces
        arrived = self.travel.rewritten.get(id(pair))
        if id(pair) in self.travel.told_elsewhere:
            pieces = [Piece("<", piece.tokens) for piece in pieces]
        shown, runs = read_forms(arrived or pieces, self.words)
        spans = write_spans(shown) if any(piece.op != "=" for piece in shown) else pair.block.spans
        if arrived:
            spans = tuple(replace(span, change=span.change or ">") for span in spans)
            told = iter(runs)
            runs = tuple(Run() if op == "=" else next(told) for op, _ in groupby(piece.op for piece in shown))
        if any(span.change for span in spans):
            spans = add_words(spans, self.words, runs, self.ends.get(id(pair), Ends()))
        return spans + self.remark_form(pair)

    def remark_form(self, pair: Pair) -> tuple[Span, ...]:
        """What is told of a heading that kept its words and changed its level."""
        if pair.old is None or pair.new is None or pair.new.kind != "heading" or pair.old.level == pair.new.level:
            return ()
        say, levels = self.words.say.gettext, {"old": pair.old.level, "new": pair.new.level}
        told = (
            say("heading level {new}, in the other text {old}", **levels)
            if self.words.is_beside
            else say("heading level {old} → {new}", **levels)
        )
        return (Remark(f" ({told})"),)

    def copy_old(self, pair: Pair, *, inside: bool = False) -> Block:
        """The block as it was, with what was deleted marked; it stands beside `mark`, so it has no ids."""
        change = name_change(pair)
        pieces = [piece for piece in pair.pieces if piece.op in {"=", "-", "<"}]
        block = pair.old or pair.block
        spans = block.spans
        if any(piece.op != "=" for piece in pieces):
            spans = add_words(write_spans(pieces), self.words, (), self.ends.get(id(pair), Ends()))
        children = [child for child in pair.children if child.old is not None]
        return replace(
            block,
            change="" if inside else change,
            id="",
            spans=spans,
            children=tuple(self.copy_old(child, inside=inside or bool(change)) for child in children),
        )


def is_changed(pair: Pair) -> bool:
    """Whether anything in a block is other than it was, as far as a reader sees it."""
    return pair.looks_reformed or (is_touched(pair) if pair.is_leaf else any(map(is_changed, pair.children)))


def _fill_rows(rows: Sequence[Pair], marked: Sequence[Block]) -> list[Block]:
    """The rows of a table that holds the columns of both texts: those of one text get empty cells for the other's."""
    both = next((row for row in rows if row.old is not None and row.new is not None), None)
    sides = [(cell.old is not None, cell.new is not None) for cell in both.children] if both else []
    filled = []
    for row, block in zip(rows, marked, strict=True):
        side = 0 if row.new is None else 1
        if (row.old is None or row.new is None) and sum(column[side] for column in sides) == len(block.children):
            cells = iter(block.children)
            given = tuple(next(cells) if column[side] else Block("cell") for column in sides)
            filled.append(replace(block, children=given))
        else:
            filled.append(block)
    return filled


def find_ends(pair: Pair) -> dict[int, Ends]:
    """For each leaf (by identity) of what came or went whole with one fate, which ends of it are heard."""
    if pair.old is not None and pair.new is not None:
        found: dict[int, Ends] = {}
        for child in pair.children:
            found |= find_ends(child)
        return found
    leaves = [leaf for leaf in walk_leaves(pair) if leaf.pieces]
    if len({piece.op for leaf in leaves for piece in leaf.pieces}) != 1:
        return {}
    last = len(leaves) - 1
    return {id(leaf): Ends(opens=place == 0, closes=place == last) for place, leaf in enumerate(leaves)}


def split_replaced(pair: Pair) -> tuple[Pair, Pair] | None:
    """A paragraph or heading of which no word survived, as one that went and one that came."""
    if pair.old is None or pair.new is None or not pair.is_leaf or pair.block.kind not in {"paragraph", "heading"}:
        return None
    ops = [piece.op for piece in pair.pieces]
    if ops != ["-", "+"]:
        return None
    old, new = ([piece] for piece in pair.pieces)
    went = replace(pair, new=None, pieces=old)
    came = replace(pair, old=None, pieces=new)
    return went, came


def list_moved(pieces: Sequence[Piece]) -> bool:
    """Whether all words moved away, but for those that were deleted on the way."""
    return any(piece.op == "<" for piece in pieces) and all(piece.op in {"<", "-"} for piece in pieces)
