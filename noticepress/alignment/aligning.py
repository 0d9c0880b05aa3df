"""Two documents block by block: which became which, by place, words and sections."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from noticepress.alignment.pairs import Match, Pair, describe_form, is_comparable, walk_leaves
from noticepress.alignment.reading import Reading
from noticepress.alignment.sections import find_homes, find_sections, gather_sections
from noticepress.blocks import Block, plain_text, title_heading, walk_blocks
from noticepress.order import keep_heaviest
from noticepress.wording import Piece, compare_words

LEAST_MOVED = 6
"""A block of fewer words that turns up elsewhere did not move: it is another one with the same words."""


def align(old: Block, new: Block) -> Pair:
    """The pair of two documents, with everything in it paired and compared; moves are not looked for."""
    root = _Aligner(backward=is_backward(old, new)).pair(old, new)
    old_title, new_title = title_heading(old), title_heading(new)
    old_section = new_section = ""
    for pair in root.children:
        if pair.old is not None and pair.old.kind == "heading" and pair.old is not old_title:
            old_section = pair.old.id
        if pair.new is not None and pair.new.kind == "heading" and pair.new is not new_title:
            new_section = pair.new.id
        for leaf in walk_leaves(pair):
            leaf.old_section, leaf.new_section = old_section, new_section
    return root


def is_backward(old: Block, new: Block) -> bool:
    """Whether ties between two texts are broken as on the way from new to old.

    So the same words change on both ways. Written ids come first, for every language to agree on them.
    """
    return _read_order(new) < _read_order(old)


def _read_order(document: Block) -> tuple[object, ...]:
    ids = [block.explicit_id for block in document.children]
    links = [span.link for block in walk_blocks(document) for span in block.spans if span.marks]
    return [name for name in ids if name], plain_text(document), links


class _Aligner:
    """Pairs the blocks of two documents."""

    def __init__(self, *, backward: bool) -> None:
        self.backward = backward
        self.reading = Reading()

    def pair(self, old: Block, new: Block) -> Pair:
        is_reformed = old.kind != "document" and describe_form(old) != describe_form(new)
        if not old.children and not new.children:
            pieces = compare_words(self.reading.read_tokens(old), self.reading.read_tokens(new), backward=self.backward)
            return Pair(old, new, pieces, is_reformed=is_reformed)
        if is_reformed and old.kind == "table":
            return Pair(old, new, children=self.pair_rows(old, new), is_reformed=True)
        if old.kind == "row" and not is_reformed:
            matched: list[Match] = list(zip(old.children, new.children, strict=True))
        else:
            matched = self.match_rows(old, new) if old.kind == "table" else self.match(*self.list_parts(old, new))
        children = [self.pair_one(before, after) for before, after in matched]
        return Pair(old, new, children=children, is_reformed=is_reformed)

    def pair_rows(self, old: Block, new: Block) -> list[Pair]:
        """The rows of two tables with other columns, cell by cell in the columns that stay."""
        before, after = (
            [
                self.reading.keep(Block("table", children=cells))
                for cells in zip(*(row.children for row in table.children), strict=False)
            ]
            for table in (old, new)
        )
        places = {id(column): place for columns in (before, after) for place, column in enumerate(columns)}
        columns = [
            (None if b is None else places[id(b)], None if a is None else places[id(a)])
            for b, a in self.match_gap(before, after, frozenset())
        ]
        rows = []
        for old_row, new_row in self.match_rows(old, new):
            row = self.pair_one(old_row, new_row)
            if old_row and new_row and (len(old_row.children), len(new_row.children)) == (len(before), len(after)):
                cells = [
                    (None if b is None else old_row.children[b], None if a is None else new_row.children[a])
                    for b, a in columns
                ]
                row = Pair(old_row, new_row, children=[self.pair_one(b, a) for b, a in cells], is_reformed=True)
            rows.append(row)
        return rows

    def match_rows(self, old: Block, new: Block) -> list[Match]:
        """The rows of two tables: the head stays the head, whatever it says."""
        if "header" in old.children[0].attributes and "header" in new.children[0].attributes:
            return [(old.children[0], new.children[0]), *self.match(old.children[1:], new.children[1:])]
        return self.match(old.children, new.children)

    def list_parts(self, *blocks: Block) -> list[Sequence[Block]]:
        """What blocks hold; a cell of bare words holds a paragraph, where it meets one that holds blocks."""
        return [block.children if block.children or not block.spans else (self.wrap(block),) for block in blocks]

    def wrap(self, cell: Block) -> Block:
        """The words of a cell as a paragraph in it."""
        attributes = {"tight": "true"}
        return self.reading.keep(
            Block("paragraph", attributes=attributes, spans=cell.spans, line=cell.line, column=cell.column)
        )

    def pair_one(self, old: Block | None, new: Block | None) -> Pair:
        if old is not None and new is not None:
            return self.pair(old, new)
        block = new or old
        if block is None:
            raise AssertionError
        tokens = self.reading.read_tokens(block) if block.spans else []
        return Pair(
            old,
            new,
            [Piece("+" if old is None else "-", list(tokens))] if tokens else [],
            [self.pair_one(old and child, new and child) for child in block.children],
        )

    # ---- matches: sections first, then what is certain, then what is alike

    def match(self, old: Sequence[Block], new: Sequence[Block]) -> list[Match]:
        """Pairs in an order that keeps that of both sides: sections first, then the blocks that stand between them."""
        cuts, away = find_sections(old, new, backward=self.backward)
        ends = pairwise([(-1, -1), *cuts, (len(old), len(new))])
        gaps = [(range(i + 1, i2), range(j + 1, j2)) for (i, j), (i2, j2) in ends]
        if cuts:
            homes = self.reading.homes
            homes |= find_homes(old, {i for i, _ in cuts}) | find_homes(new, {j for _, j in cuts})
            away |= self.find_emigrants(old, new, gaps)
        result: list[Match] = []
        for olds, news in gaps:
            result += self.match_between(old[olds.start : olds.stop], new[news.start : news.stop], away)
            if olds.stop < len(old):
                result.append((old[olds.stop], new[news.stop]))
        return gather_sections(result)

    def find_emigrants(
        self, old: Sequence[Block], new: Sequence[Block], gaps: Sequence[tuple[range, range]]
    ) -> set[int]:
        """The blocks (by identity) that are certain to have left for another section."""
        before = {i: number for number, (olds, _) in enumerate(gaps) for i in olds}
        after = {j: number for number, (_, news) in enumerate(gaps) for j in news}
        twins = self.reading.find_twins(old, new)
        moved = [(i, j) for i, j in twins if before.get(i) != after.get(j) and self.can_move(new[j])]
        return {id(block) for i, j in moved for block in (old[i], new[j])}

    def can_move(self, block: Block) -> bool:
        return block.kind == "heading" or self.reading.weigh(block) >= LEAST_MOVED

    def match_between(self, old: Sequence[Block], new: Sequence[Block], away: set[int]) -> list[Match]:
        """Pairs between two sections that stay, or of all that a block holds."""
        before = [(self.reading.read_key(block), self.reading.read_home(block)) for block in old]
        after = [(self.reading.read_key(block), self.reading.read_home(block)) for block in new]
        head = 0
        while head < min(len(old), len(new)) and before[head] == after[head]:
            head += 1
        tail = 0
        while tail < min(len(old), len(new)) - head and before[-tail - 1] == after[-tail - 1]:
            tail += 1
        fixed, moved = self.find_anchors(old[head : len(old) - tail], new[head : len(new) - tail], away)
        pairs = [(index, index) for index in range(head)] + [(head + i, head + j) for i, j in fixed]
        pairs += [(len(old) - tail + index, len(new) - tail + index) for index in range(tail)]
        result: list[Match] = []
        i = j = 0
        for i2, j2 in [*pairs, (len(old), len(new))]:
            result += self.match_gap(old[i:i2], new[j:j2], away | moved)
            if i2 < len(old):
                result.append((old[i2], new[j2]))
            i, j = i2 + 1, j2 + 1
        return result

    def find_anchors(
        self, old: Sequence[Block], new: Sequence[Block], away: set[int]
    ) -> tuple[list[tuple[int, int]], set[int]]:
        """Pairs that are certain and in order, and the blocks (by identity) that are certain to have moved."""
        found = self.reading.find_twins(old, new)
        twins = [(i, j) for i, j in found if id(old[i]) not in away and id(new[j]) not in away]
        weights = [
            (i, j, 1 + len(self.reading.read_codes(new[j]))) for i, j in twins if self.stays_home(old[i], new[j])
        ]
        if self.backward:
            fixed = [(i, j) for j, i in keep_heaviest(sorted((j, i, weight) for i, j, weight in weights))]
        else:
            fixed = keep_heaviest(weights)
        kept = set(fixed)
        moved = [(i, j) for i, j in twins if (i, j) not in kept and self.can_move(new[j])]
        return fixed, {id(block) for i, j in moved for block in (old[i], new[j])}

    def stays_home(self, old: Block, new: Block) -> bool:
        """Whether equal blocks may be one: in the same section, or where a heading that came or went cut one in two."""
        before, after = self.reading.read_home(old), self.reading.read_home(new)
        return before == after or (not (before and after) and self.reading.weigh(new) >= LEAST_MOVED)

    def match_gap(self, old: Sequence[Block], new: Sequence[Block], away: Collection[int]) -> list[Match]:
        """Pair what is similar enough, so that the most words stay where they are."""
        if not old or not new:
            return [*((block, None) for block in old), *((None, block) for block in new)]
        olds = [i for i, block in enumerate(old) if id(block) not in away]
        news = [j for j, block in enumerate(new) if id(block) not in away]
        before, after = [old[i] for i in olds], [new[j] for j in news]
        if self.backward:
            pairs = [(olds[i], news[j]) for j, i in self.reading.find_alike(after, before)]
        else:
            pairs = [(olds[i], news[j]) for i, j in self.reading.find_alike(before, after)]
        result: list[Match] = []
        i = j = 0
        for i2, j2 in [*pairs, (len(old), len(new))]:
            gone, come = old[i:i2], new[j:j2]
            if self.is_replacement(gone, come, away):
                result.append((gone[0], come[0]))
            else:
                result += [*((block, None) for block in gone), *((None, block) for block in come)]
            if i2 < len(old):
                result.append((old[i2], new[j2]))
            i, j = i2 + 1, j2 + 1
        return result

    def is_replacement(self, old: Sequence[Block], new: Sequence[Block], away: Collection[int]) -> bool:
        """Whether one paragraph stands where another stood, whatever they say."""
        if len(old) != 1 or len(new) != 1 or id(old[0]) in away or id(new[0]) in away:
            return False
        alike = is_comparable(old[0], new[0]) and describe_form(old[0]) == describe_form(new[0])
        home = self.reading.read_home(old[0])
        stays = home == self.reading.read_home(new[0]) and (home or not self.reading.homes)
        return bool(alike and stays and old[0].kind == "paragraph")
