"""What left one place and arrived at another: found among the words that an alignment left deleted and inserted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from noticepress.alignment import LEAST_MOVED, Pair, walk_leaves
from noticepress.wording import SENTENCE_ENDS, Piece, Token, count_words, is_unspaced, match_words, weigh_words

LEAST_PASSAGE = 12
"""A passage of so many words is a move on its own; a shorter one must be half of a whole block.

In scripts without spaces, where the same few phrases end every other sentence, a shorter one must be a whole block or
a whole sentence.
"""

LEAST_KEPT = 0.5
"""A block that moved and was edited is the same block while this part of its words stays."""

MoveKind = Literal["section", "passage", "split", "merge"]

_SEED = 4
_WIDEST_GAP = 8
_MOST_PLACES = 8
_WIDEST_STEP = 2


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


@dataclass(slots=True)
class _Run:
    """A deleted or inserted piece: its codes, and for each token the leaf at the other end of its move, or -1.

    `whole` says whether it is all that its side of the leaf says, but for signs; `opens` whether a sentence begins
    with it.
    """

    leaf: int
    piece: Piece
    whole: bool
    opens: bool
    codes: str
    partners: list[int]

    def is_free(self, start: int, length: int) -> bool:
        """Whether no token of a stretch has moved yet."""
        return all(partner < 0 for partner in self.partners[start : start + length])

    def is_still(self) -> bool:
        """Whether none of it has moved."""
        return self.is_free(0, len(self.partners))


@dataclass(frozen=True, slots=True)
class _Passage:
    """Equal tokens of a deleted and an inserted run."""

    deleted: int
    inserted: int
    old_start: int
    new_start: int
    length: int


def mark_moves(leaves: Sequence[Pair], *, backward: bool = False) -> None:
    """Turn what was deleted here and inserted there, `-` and `+`, into moves, `<` and `>`.

    `backward` breaks ties as on the way from new to old.
    """
    deleted, inserted = _collect_runs(leaves, "-"), _collect_runs(leaves, "+")
    if not deleted or not inserted:
        return
    first, second = (inserted, deleted) if backward else (deleted, inserted)
    _mark_blocks(first, second, backward=backward)
    _mark_passages(first, second)
    _mark_neighbours(leaves, deleted, inserted)
    numbers = _number_moves(leaves, inserted)
    for run in (*deleted, *inserted):
        _split_piece(leaves, run, numbers)


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


# ---- what may have moved


def _collect_runs(leaves: Sequence[Pair], op: str) -> list[_Run]:
    runs = []
    for number, leaf in enumerate(leaves):
        words = sum(count_words(piece.tokens) for piece in leaf.pieces if piece.op in {"=", op})
        last: Token | None = None
        for piece in leaf.pieces:
            if piece.op == op:
                codes = "".join(token.code for token in piece.tokens)
                whole = count_words(piece.tokens) == words
                opens = last is None or _ends_sentence(last)
                runs.append(_Run(number, piece, whole, opens, codes, [-1] * len(piece.tokens)))
            if piece.op in {"=", op}:
                last = piece.tokens[-1]
    return runs


def _ends_sentence(token: Token) -> bool:
    return token.text[-1:] in SENTENCE_ENDS


# ---- whole blocks, edited on the way


def _mark_blocks(deleted: Sequence[_Run], inserted: Sequence[_Run], *, backward: bool) -> None:
    """Whole blocks that went and came with most of their words: what stayed of them moved."""
    places: dict[str, list[int]] = {}
    for number, run in enumerate(inserted):
        if run.whole:
            for seed in {run.codes[start : start + _SEED] for start in range(len(run.codes) - _SEED + 1)}:
                places.setdefault(seed, []).append(number)
    weights = [weigh_words(run.piece.tokens) for run in deleted]
    for number in sorted(range(len(deleted)), key=lambda number: -weights[number]):
        old = deleted[number]
        if not old.whole or weights[number] < LEAST_MOVED:
            continue
        votes: Counter[int] = Counter()
        for start in range(len(old.codes) - _SEED + 1):
            if found := places.get(old.codes[start : start + _SEED]):
                votes.update(found[:_MOST_PLACES])
        for candidate, _ in votes.most_common(3):
            new = inserted[candidate]
            if new.leaf != old.leaf and new.is_still() and _mark_block(old, new, backward=backward):
                break


def _mark_block(old: _Run, new: _Run, *, backward: bool) -> bool:
    """Mark what two blocks share, if that is most of both."""
    before, after = old.piece.tokens, new.piece.tokens
    kept = [stretch for stretch in match_words(before, after, backward=backward) if stretch.equal]
    weight = sum(weigh_words(after[stretch.new_start : stretch.new_end]) for stretch in kept)
    if weight < max(LEAST_KEPT * max(weigh_words(before), weigh_words(after)), LEAST_MOVED):
        return False
    for stretch in kept:
        _mark(old, new, _Passage(0, 0, stretch.old_start, stretch.new_start, stretch.new_end - stretch.new_start))
    return True


# ---- passages, word for word


def _mark_passages(deleted: Sequence[_Run], inserted: Sequence[_Run]) -> None:
    groups = _group(_find_passages(deleted, inserted))
    for group in sorted(groups, key=lambda group: -sum(passage.length for passage in group)):
        old, new = deleted[group[0].deleted], inserted[group[0].inserted]
        free = [p for p in group if old.is_free(p.old_start, p.length) and new.is_free(p.new_start, p.length)]
        if _is_move(free, old, new):
            for passage in free:
                _mark(old, new, passage)


def _find_passages(deleted: Sequence[_Run], inserted: Sequence[_Run]) -> list[_Passage]:
    """Equal passages of at least four tokens, each the longest that begins where it does."""
    places: dict[str, list[tuple[int, int]]] = {}
    for number, run in enumerate(deleted):
        for start in range(len(run.codes) - _SEED + 1):
            places.setdefault(run.codes[start : start + _SEED], []).append((number, start))
    passages = []
    for number, run in enumerate(inserted):
        start = 0
        while start <= len(run.codes) - _SEED:
            found = [
                _Passage(old, number, place, start, _measure(deleted[old].codes, place, run.codes, start))
                for old, place in places.get(run.codes[start : start + _SEED], ())[:_MOST_PLACES]
                if deleted[old].leaf != run.leaf
            ]
            if found:
                longest = max(found, key=lambda passage: passage.length)
                passages.append(longest)
                start += longest.length
            else:
                start += 1
    return passages


def _measure(before: str, i: int, after: str, j: int) -> int:
    length = 0
    while i + length < len(before) and j + length < len(after) and before[i + length] == after[j + length]:
        length += 1
    return length


def _group(passages: Sequence[_Passage]) -> list[list[_Passage]]:
    """Passages that follow each other on both sides with no more than a few words between them."""
    groups: list[list[_Passage]] = []
    for _, same in groupby(
        sorted(passages, key=lambda p: (p.deleted, p.inserted, p.new_start)), key=lambda p: (p.deleted, p.inserted)
    ):
        group: list[_Passage] = []
        for passage in same:
            if group:
                last = group[-1]
                old_gap = passage.old_start - last.old_start - last.length
                new_gap = passage.new_start - last.new_start - last.length
                if not (0 <= old_gap <= _WIDEST_GAP and new_gap <= _WIDEST_GAP):
                    groups.append(group)
                    group = []
            group.append(passage)
        groups.append(group)
    return groups


def _is_move(group: Sequence[_Passage], old: _Run, new: _Run) -> bool:
    passages = [new.piece.tokens[p.new_start : p.new_start + p.length] for p in group]
    tokens = [token for passage in passages for token in passage]
    unspaced = 2 * sum(map(is_unspaced, tokens)) >= len(tokens)
    # Stock phrases of a script without spaces are no passage, however many of them stand beside each other.
    sizes = [weigh_words(passage) for passage in passages]
    words = max(sizes, default=0) if unspaced else sum(sizes)
    if words >= LEAST_PASSAGE:
        return True
    if words < LEAST_MOVED:
        return False
    if unspaced:
        return any(_is_complete(passage, old, new) for passage in group)
    return any(run.whole and 2 * words >= weigh_words(run.piece.tokens) for run in (old, new))


def _is_complete(passage: _Passage, old: _Run, new: _Run) -> bool:
    """Whether a passage is a whole leaf or whole sentences."""
    if any(run.whole and passage.length == len(run.codes) for run in (old, new)):
        return True
    opens = all(
        _ends_sentence(run.piece.tokens[start - 1]) if start else run.opens
        for run, start in ((old, passage.old_start), (new, passage.new_start))
    )
    return opens and _ends_sentence(new.piece.tokens[passage.new_start + passage.length - 1])


def _mark(old: _Run, new: _Run, passage: _Passage) -> None:
    old.partners[passage.old_start : passage.old_start + passage.length] = [new.leaf] * passage.length
    new.partners[passage.new_start : passage.new_start + passage.length] = [old.leaf] * passage.length


# ---- what stands beside what moved


def _mark_neighbours(leaves: Sequence[Pair], deleted: Sequence[_Run], inserted: Sequence[_Run]) -> None:
    """Headings and short items travel with what stands beside them."""
    gone = {run.leaf: run for run in deleted if run.whole and leaves[run.leaf].new is None}
    come = {run.leaf: run for run in inserted if run.whole and leaves[run.leaf].old is None}
    arrivals: dict[str, list[int]] = {}
    for number, run in come.items():
        arrivals.setdefault(run.codes, []).append(number)
    old_order = [number for number, leaf in enumerate(leaves) if leaf.old is not None]
    new_order = [number for number, leaf in enumerate(leaves) if leaf.new is not None]
    new_place = {number: place for place, number in enumerate(new_order)}
    moved_to = {number: _find_partner(run) for number, run in gone.items() if not run.is_still()}
    for direction in (-1, 1):
        places = range(len(old_order)) if direction < 0 else reversed(range(len(old_order)))
        for place in places:
            number = old_order[place]
            if number not in gone or number in moved_to or not 0 <= place + direction < len(old_order):
                continue
            if direction < 0 and leaves[number].block.kind == "heading":
                continue  # it goes with what stands under it
            partner = moved_to.get(old_order[place + direction])
            if partner is None:
                continue
            beside = new_place[partner] - direction
            candidate = new_order[beside] if 0 <= beside < len(new_order) else -1
            if candidate in arrivals.get(gone[number].codes, ()) and come[candidate].is_still():
                moved_to[number] = candidate
                _mark(gone[number], come[candidate], _Passage(0, 0, 0, 0, len(gone[number].codes)))


def _find_partner(run: _Run) -> int:
    """The leaf at the other end of most of a run."""
    return Counter(partner for partner in run.partners if partner >= 0).most_common(1)[0][0]


# ---- one notice for each


def _number_moves(leaves: Sequence[Pair], inserted: Sequence[_Run]) -> dict[tuple[int, int], int]:
    """The number of the move between two leaves, {(old leaf, new leaf): number}.

    What went together is one move: leaves that follow each other at both ends, and all of a section that moved.
    """
    old_place = {number: place for place, number in enumerate(n for n, leaf in enumerate(leaves) if leaf.old)}
    new_place = {number: place for place, number in enumerate(n for n, leaf in enumerate(leaves) if leaf.new)}
    whole = {run.leaf for run in inserted if run.whole} & {n for n, leaf in enumerate(leaves) if leaf.old is None}
    links = sorted({(run.leaf, partner) for run in inserted for partner in run.partners if partner >= 0})
    numbers: dict[tuple[int, int], int] = {}
    last: tuple[int, int] | None = None
    level = 0
    number = 0
    for new, old in links:
        is_heading = leaves[new].block.kind == "heading" and new in whole
        depth = leaves[new].block.level if is_heading else 0
        follows = (
            last is not None
            and 0 <= new_place[new] - new_place[last[1]] <= _WIDEST_STEP
            and 0 <= old_place[old] - old_place[last[0]] <= _WIDEST_STEP
            and not (is_heading and (not level or depth <= level))
        )
        if not follows:
            number += 1
            level = depth
        numbers[old, new] = number
        last = old, new
    return numbers


def _split_piece(leaves: Sequence[Pair], run: _Run, numbers: dict[tuple[int, int], int]) -> None:
    """Replace a piece by what moved of it and what did not."""
    if run.is_still():
        return
    leaf = leaves[run.leaf]
    place = next(index for index, piece in enumerate(leaf.pieces) if piece is run.piece)
    leaf.pieces[place : place + 1] = _cut(leaves, run, numbers)


def _cut(leaves: Sequence[Pair], run: _Run, numbers: dict[tuple[int, int], int]) -> Iterator[Piece]:
    left = run.piece.op == "-"
    for partner, group in groupby(zip(run.partners, run.piece.tokens, strict=True), key=lambda item: item[0]):
        tokens = [token for _, token in group]
        if partner < 0:
            yield Piece(run.piece.op, tokens)
        elif left:
            yield Piece("<", tokens, leaves[partner].new_section, numbers[run.leaf, partner])
        else:
            yield Piece(">", tokens, leaves[partner].old_section, numbers[partner, run.leaf])
