"""What the blocks of two texts say, each read once, and how alike two of them are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import LCSseq

from noticepress.alignment.pairs import describe_form, is_comparable
from noticepress.blocks import Block, walk_blocks
from noticepress.order import keep_heaviest
from noticepress.wording import Token, Vocabulary, weigh_words

LEAST_SIMILAR = {"heading": 0.40}
"""The share of common words that makes two blocks of a kind versions of one another; 0.3 for all other kinds."""

_LEAST_OTHER = 0.3
_MOST_PAIRS = 6_400
_RARE = 4
_MOST_PLACES = 10_000_000


class Reading:
    """Two documents as they are compared: tokens, codes and keys of their blocks, remembered by identity.

    `homes` tells for a block the section that stays and holds it, as far as it is known.
    """

    def __init__(self) -> None:
        self.homes: dict[int, str] = {}
        self._kept: list[Block] = []
        self._vocabulary = Vocabulary()
        self._tokens: dict[int, list[Token]] = {}
        self._codes: dict[int, str] = {}
        self._words: dict[int, str] = {}
        self._keys: dict[int, str] = {}

    def keep(self, block: Block) -> Block:
        """A block that is made for the comparison alone: it lives on, for no other may ever have its identity."""
        self._kept.append(block)
        return block

    def read_tokens(self, leaf: Block) -> list[Token]:
        """The tokens of a leaf."""
        known = self._tokens.get(id(leaf))
        if known is None:
            known = self._tokens[id(leaf)] = self._vocabulary.read_tokens(leaf)
        return known

    def read_codes(self, block: Block) -> str:
        """The words of a block, a character each."""
        known = self._codes.get(id(block))
        if known is None:
            own = "".join([token.code for token in self.read_tokens(block)]) if block.spans else ""
            known = self._codes[id(block)] = own + "".join(map(self.read_codes, block.children))
        return known

    def read_key(self, block: Block) -> str:
        """A character that equal blocks share: in form, and in every word."""
        known = self._keys.get(id(block))
        if known is None:
            content = self.read_codes(block) if not block.children else tuple(map(self.read_key, block.children))
            known = self._keys[id(block)] = self._vocabulary.encode((describe_form(block), content))
        return known

    def read_home(self, block: Block) -> str:
        """The section that stays and holds a block, or nothing."""
        return self.homes.get(id(block), "")

    def weigh(self, block: Block) -> float:
        """How much a block says, in words."""
        return sum(weigh_words(self.read_tokens(leaf)) for leaf in walk_blocks(block) if leaf.spans)

    def find_twins(self, old: Sequence[Block], new: Sequence[Block]) -> list[tuple[int, int]]:
        """Equal blocks that there is but one of on either side: (old place, new place), by the old one."""
        before, after = list(map(self.read_key, old)), list(map(self.read_key, new))
        counts = Counter(before), Counter(after)
        places = {key: place for place, key in enumerate(after)}
        return [(i, places[key]) for i, key in enumerate(before) if counts[0][key] == counts[1][key] == 1]

    def rate(self, old: Block, new: Block) -> float:
        """How many words two blocks share, weighed by how alike they are; 0 where they are not the same thing."""
        if not is_comparable(old, new) or self.read_home(old) != self.read_home(new):
            return 0.0
        before, after = self._read_words(old), self._read_words(new)
        total = len(before) + len(after)
        if not total:
            return 1.0
        least = LEAST_SIMILAR.get(new.kind, _LEAST_OTHER)
        if 2 * min(len(before), len(after)) < least * total:
            return 0.0
        if len(before) * len(after) > _MOST_PLACES and self._count_shared(old, new) < least * total / 2:
            return 0.0
        shared = LCSseq.similarity(before, after, score_cutoff=max(1, int(least * total / 2)))
        share = 2 * shared / total
        return shared * share + 0.01 if share >= least else 0.0

    def _read_words(self, block: Block) -> str:
        """The same without signs, which make no two blocks alike; with them where there is nothing else."""
        known = self._words.get(id(block))
        if known is None:
            own = [token.code for token in self.read_tokens(block) if token.words] if block.spans else []
            known = "".join((*own, *map(self._read_words, block.children))) or self.read_codes(block)
            self._words[id(block)] = known
        return known

    def _count_shared(self, old: Block, new: Block) -> int:
        """How many words two blocks have in common, in whatever order."""
        before, after = Counter(self._read_words(old)), Counter(self._read_words(new))
        return sum((before & after).values())

    def find_alike(self, old: Sequence[Block], new: Sequence[Block]) -> list[tuple[int, int]]:
        """The places of blocks that are versions of one another, in order on both sides: the most words stay.

        Of many blocks, only those are rated that share a rare word.
        """
        if len(old) * len(new) > _MOST_PAIRS:
            return keep_heaviest(
                sorted(
                    ((i, j, score) for i, j in self._find_likely(old, new) if (score := self.rate(old[i], new[j]))),
                    key=lambda found: (found[0], -found[1]),
                )
            )
        best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
        likeness: dict[tuple[int, int], float] = {}
        for i in reversed(range(len(old))):
            for j in reversed(range(len(new))):
                value = max(best[i + 1][j], best[i][j + 1])
                if score := self.rate(old[i], new[j]):
                    likeness[i, j] = score
                    value = max(value, score + best[i + 1][j + 1])
                best[i][j] = value
        pairs: list[tuple[int, int]] = []
        i = j = 0
        while i < len(old) and j < len(new):
            if (i, j) in likeness and best[i][j] == likeness[i, j] + best[i + 1][j + 1]:
                pairs.append((i, j))
                i, j = i + 1, j + 1
            elif best[i][j] == best[i + 1][j]:
                i += 1
            else:
                j += 1
        return pairs

    def _find_likely(self, old: Sequence[Block], new: Sequence[Block]) -> Iterable[tuple[int, int]]:
        """Pairs that share a word which few blocks have."""
        befores, afters = ([set(self.read_codes(block)) for block in side] for side in (old, new))
        counts = Counter(code for codes in (*befores, *afters) for code in codes)
        places: dict[str, list[int]] = {}
        for j, codes in enumerate(afters):
            for code in codes:
                if counts[code] <= _RARE:
                    places.setdefault(code, []).append(j)
        return {(i, j) for i, codes in enumerate(befores) for code in codes for j in places.get(code, ())}
