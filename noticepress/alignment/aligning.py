"""Two documents block by block: which became which, by place, words and sections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz.distance import LCSseq

from noticepress.alignment.order import keep_heaviest
from noticepress.alignment.pairs import Match, Pair, describe_form, is_comparable, walk_leaves
from noticepress.alignment.sections import find_homes, find_sections, gather_sections
from noticepress.blocks import Block, title_heading, walk_blocks
from noticepress.wording import Piece, Token, Vocabulary, compare_words, weigh_words

LEAST_SIMILAR = {"heading": 0.40, "list": 0.25, "table": 0.25, "quote": 0.25, "footnote": 0.25}
"""The share of common words that makes two blocks of a kind versions of one another; 0.45 for all other kinds."""

LEAST_MOVED = 6
"""A block of fewer words that turns up elsewhere did not move: it is another one with the same words."""


def align(old: Block, new: Block) -> Pair:
    """The pair of two documents, with everything in it paired and compared; moves are not looked for."""
    root = _Aligner().pair(old, new)
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


class _Aligner:
    """Compares two documents; remembers the tokens and the likeness of what it has read."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self.tokens: dict[int, list[Token]] = {}
        self.codes: dict[int, str] = {}
        self.keys: dict[int, str] = {}
        self.homes: dict[int, str] = {}

    # ---- what a block says

    def read_tokens(self, leaf: Block) -> list[Token]:
        known = self.tokens.get(id(leaf))
        if known is None:
            known = self.tokens[id(leaf)] = self.vocabulary.read_tokens(leaf)
        return known

    def read_codes(self, block: Block) -> str:
        """The words of a block, a character each."""
        known = self.codes.get(id(block))
        if known is None:
            own = "".join(token.code for token in self.read_tokens(block)) if block.spans else ""
            known = self.codes[id(block)] = own + "".join(map(self.read_codes, block.children))
        return known

    def read_key(self, block: Block) -> str:
        """A character that equal blocks share: in form, and in every word."""
        known = self.keys.get(id(block))
        if known is None:
            content = self.read_codes(block) if not block.children else tuple(map(self.read_key, block.children))
            known = self.keys[id(block)] = self.vocabulary.encode((describe_form(block), content))
        return known

    def weigh_words(self, block: Block) -> float:
        return sum(weigh_words(self.read_tokens(leaf)) for leaf in walk_blocks(block) if leaf.spans)

    # ---- pairs

    def pair(self, old: Block, new: Block) -> Pair:
        if not old.children and not new.children:
            return Pair(old, new, compare_words(self.read_tokens(old), self.read_tokens(new)))
        if old.kind == "row":
            matched: list[Match] = list(zip(old.children, new.children, strict=True))
        else:
            matched = self.match(old.children, new.children)
        return Pair(old, new, children=[self.pair_one(before, after) for before, after in matched])

    def pair_one(self, old: Block | None, new: Block | None) -> Pair:
        if old is not None and new is not None:
            return self.pair(old, new)
        block = new or old
        if block is None:
            raise AssertionError
        tokens = self.read_tokens(block) if block.spans else []
        return Pair(
            old,
            new,
            [Piece("+" if old is None else "-", list(tokens))] if tokens else [],
            [self.pair_one(old and child, new and child) for child in block.children],
        )

    def match(self, old: Sequence[Block], new: Sequence[Block]) -> list[Match]:
        """Pairs in an order that keeps that of both sides: sections first, then the blocks that stand between them."""
        cuts, away = find_sections(old, new)
        ends = pairwise([(-1, -1), *cuts, (len(old), len(new))])
        gaps = [(range(i + 1, i2), range(j + 1, j2)) for (i, j), (i2, j2) in ends]
        if cuts:
            self.homes |= find_homes(old, {i for i, _ in cuts}) | find_homes(new, {j for _, j in cuts})
            away |= self.find_emigrants(old, new, gaps)
        result: list[Match] = []
        for olds, news in gaps:
            result += self.match_between(old[olds.start : olds.stop], new[news.start : news.stop], away)
            if olds.stop < len(old):
                result.append((old[olds.stop], new[news.stop]))
        return gather_sections(result)

    def read_home(self, block: Block) -> str:
        return self.homes.get(id(block), "")

    def match_between(self, old: Sequence[Block], new: Sequence[Block], away: set[int]) -> list[Match]:
        """Pairs between two sections that stay, or of all that a block holds."""
        before = [(self.read_key(block), self.read_home(block)) for block in old]
        after = [(self.read_key(block), self.read_home(block)) for block in new]
        head = 0
        while head < min(len(old), len(new)) and before[head] == after[head]:
            head += 1
        tail = 0
        while tail < min(len(old), len(new)) - head and before[-tail - 1] == after[-tail - 1]:
            tail += 1
        fixed, moved = self.find_anchors(old, new, range(head, len(old) - tail), range(head, len(new) - tail), away)
        pairs = [(index, index) for index in range(head)] + fixed
        pairs += [(len(old) - tail + index, len(new) - tail + index) for index in range(tail)]
        result: list[Match] = []
        i = j = 0
        for i2, j2 in [*pairs, (len(old), len(new))]:
            result += self.match_gap(old[i:i2], new[j:j2], away | moved)
            if i2 < len(old):
                result.append((old[i2], new[j2]))
            i, j = i2 + 1, j2 + 1
        return result

    def find_twins(self, old: Sequence[Block], new: Sequence[Block], olds: range, news: range) -> list[tuple[int, int]]:
        """Equal blocks that there is but one of on either side."""
        before, after = Counter(self.read_key(old[i]) for i in olds), Counter(self.read_key(new[j]) for j in news)
        places = {self.read_key(new[j]): j for j in news}
        keys = ((i, self.read_key(old[i])) for i in olds)
        return [(i, places[key]) for i, key in keys if before[key] == after[key] == 1]

    def find_emigrants(
        self, old: Sequence[Block], new: Sequence[Block], gaps: Sequence[tuple[range, range]]
    ) -> set[int]:
        """The blocks (by identity) that are certain to have left for another section."""
        before = {i: number for number, (olds, _) in enumerate(gaps) for i in olds}
        after = {j: number for number, (_, news) in enumerate(gaps) for j in news}
        twins = self.find_twins(old, new, range(len(old)), range(len(new)))
        moved = [(i, j) for i, j in twins if before.get(i) != after.get(j) and self.can_move(new[j])]
        return {id(block) for i, j in moved for block in (old[i], new[j])}

    def can_move(self, block: Block) -> bool:
        return block.kind == "heading" or self.weigh_words(block) >= LEAST_MOVED

    def find_anchors(
        self, old: Sequence[Block], new: Sequence[Block], olds: range, news: range, away: set[int]
    ) -> tuple[list[tuple[int, int]], set[int]]:
        """Pairs that are certain and in order, and the blocks (by identity) that are certain to have moved."""
        found = self.find_twins(old, new, olds, news)
        twins = [(i, j) for i, j in found if id(old[i]) not in away and id(new[j]) not in away]
        candidates = [(i, j) for i, j in twins if self.stays_home(old[i], new[j])]
        fixed = keep_heaviest([(i, j, 1 + len(self.read_codes(new[j]))) for i, j in candidates])
        kept = set(fixed)
        moved = [(i, j) for i, j in twins if (i, j) not in kept and self.can_move(new[j])]
        return fixed, {id(block) for i, j in moved for block in (old[i], new[j])}

    def stays_home(self, old: Block, new: Block) -> bool:
        """Whether equal blocks may be one: in the same section, or where a new heading has cut a section in two."""
        before, after = self.read_home(old), self.read_home(new)
        return before == after or (not after and self.weigh_words(new) >= LEAST_MOVED)

    def match_gap(self, old: Sequence[Block], new: Sequence[Block], away: set[int]) -> list[Match]:
        """Pair what is similar enough, so that the most words stay where they are."""
        best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
        likeness: dict[tuple[int, int], float] = {}
        for i in reversed(range(len(old))):
            for j in reversed(range(len(new))):
                value = max(best[i + 1][j], best[i][j + 1])
                free = id(old[i]) not in away and id(new[j]) not in away
                score = self.rate(old[i], new[j]) if free else 0.0
                if score:
                    likeness[i, j] = score
                    value = max(value, score + best[i + 1][j + 1])
                best[i][j] = value
        result: list[Match] = []
        added: list[Match] = []
        i = j = 0
        while i < len(old) or j < len(new):
            if (i, j) in likeness and best[i][j] == likeness[i, j] + best[i + 1][j + 1]:
                result += [*added, (old[i], new[j])]
                added = []
                i, j = i + 1, j + 1
            elif j == len(new) or (i < len(old) and best[i][j] == best[i + 1][j]):
                result.append((old[i], None))
                i += 1
            else:
                added.append((None, new[j]))
                j += 1
        return result + added

    def rate(self, old: Block, new: Block) -> float:
        """How many words two blocks share, weighed by how alike they are; 0 where they are not the same thing."""
        if not is_comparable(old, new) or self.read_home(old) != self.read_home(new):
            return 0.0
        before, after = self.read_codes(old), self.read_codes(new)
        total = len(before) + len(after)
        if not total:
            return 1.0
        least = LEAST_SIMILAR.get(new.kind, 0.45)
        if 2 * min(len(before), len(after)) < least * total:
            return 0.0
        shared = LCSseq.similarity(before, after, score_cutoff=max(1, int(least * total / 2)))
        share = 2 * shared / total
        return shared * share + 0.01 if share >= least else 0.0
