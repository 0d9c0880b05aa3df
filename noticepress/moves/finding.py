"""What left one place and arrived at another: found among the words that an alignment left deleted and inserted."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from itertools import groupby

from noticepress.alignment import LEAST_MOVED, Pair
from noticepress.moves.passages import MOST_PLACES, SEED, Passage, Run, ends_sentence, mark_passage, mark_passages
from noticepress.wording import Piece, Token, count_words, match_words, weigh_words

LEAST_TWIN = 2
"""So many words make a block that only changed places within its section."""

LEAST_KEPT = 0.5
"""A block that moved and was edited is the same block while this part of its words stays."""

LEAST_SHARED = 0.1
"""With fewer passages of four tokens in common, for each token, two blocks are not worth a closer look."""

_WIDEST_STEP = 2
"""Leaves that follow each other so closely on both sides went together."""


def mark_moves(leaves: Sequence[Pair], *, backward: bool = False) -> None:
    """Turn what was deleted here and inserted there, `-` and `+`, into moves, `<` and `>`.

    `backward` breaks ties as on the way from new to old.
    """
    deleted, inserted = _collect_runs(leaves, "-"), _collect_runs(leaves, "+")
    if not deleted or not inserted:
        return
    _mark_sections(leaves, deleted, inserted)
    _mark_twins(leaves, deleted, inserted)
    first, second = (inserted, deleted) if backward else (deleted, inserted)
    _mark_blocks(first, second, backward=backward)
    mark_passages(first, second)
    _mark_neighbours(leaves, deleted, inserted)
    numbers = _number_moves(leaves, inserted)
    for run in (*deleted, *inserted):
        _split_piece(leaves, run, numbers)


# ---- what may have moved


def _collect_runs(leaves: Sequence[Pair], op: str) -> list[Run]:
    runs = []
    for number, leaf in enumerate(leaves):
        words = sum(count_words(piece.tokens) for piece in leaf.pieces if piece.op in {"=", op})
        last: Token | None = None
        for piece in leaf.pieces:
            if piece.op == op:
                codes = "".join(token.code for token in piece.tokens)
                whole = count_words(piece.tokens) == words
                opens = last is None or ends_sentence(last)
                runs.append(Run(number, piece, whole, opens, codes, [-1] * len(piece.tokens)))
            if piece.op in {"=", op}:
                last = piece.tokens[-1]
    return runs


# ---- whole sections and blocks


def _mark_sections(leaves: Sequence[Pair], deleted: Sequence[Run], inserted: Sequence[Run]) -> None:
    """Sections that stand elsewhere word for word, however short they are."""
    gone = [leaf.old_section if leaf.old is not None else None for leaf in leaves]
    come = [leaf.new_section if leaf.new is not None else None for leaf in leaves]
    places: dict[tuple[str, ...], list[list[Run]]] = {}
    for runs in _list_sections(leaves, inserted, come):
        places.setdefault(tuple(run.codes for run in runs), []).append(runs)
    for runs in _list_sections(leaves, deleted, gone):
        if found := places.get(tuple(run.codes for run in runs)):
            for old, new in zip(runs, found.pop(0), strict=True):
                mark_passage(old, new, Passage(0, 0, 0, 0, len(old.codes)))


def _list_sections(leaves: Sequence[Pair], runs: Sequence[Run], names: Sequence[str | None]) -> Iterator[list[Run]]:
    """The runs of each section of which all came, or all went."""
    sizes = Counter(name for leaf, name in zip(leaves, names, strict=True) if name and leaf.pieces)
    for name, group in groupby(runs, key=lambda run: names[run.leaf]):
        section = list(group)
        alone = all(leaves[run.leaf].old is None or leaves[run.leaf].new is None for run in section)
        if name and alone and len(section) == sizes[name] and leaves[section[0].leaf].block.kind == "heading":
            yield section


def _mark_twins(leaves: Sequence[Pair], deleted: Sequence[Run], inserted: Sequence[Run]) -> None:
    """What changed places within its section, however short it is: there it is no other block with the same words."""
    places: dict[tuple[str, str], deque[Run]] = {}
    for run in inserted:
        if run.whole and run.is_still() and leaves[run.leaf].old is None:
            places.setdefault((run.codes, leaves[run.leaf].new_section), deque()).append(run)
    for run in deleted:
        found = places.get((run.codes, leaves[run.leaf].old_section))
        is_whole = run.whole and run.is_still() and leaves[run.leaf].new is None
        if found and is_whole and count_words(run.piece.tokens) >= LEAST_TWIN:
            mark_passage(run, found.popleft(), Passage(0, 0, 0, 0, len(run.codes)))


def _mark_blocks(deleted: Sequence[Run], inserted: Sequence[Run], *, backward: bool) -> None:
    """Whole blocks that went and came with most of their words: what stayed of them moved."""
    places: dict[str, list[int]] = {}
    for number, run in enumerate(inserted):
        if run.whole:
            for seed in {run.codes[start : start + SEED] for start in range(len(run.codes) - SEED + 1)}:
                places.setdefault(seed, []).append(number)
    weights = [weigh_words(run.piece.tokens) for run in deleted]
    for number in sorted(range(len(deleted)), key=lambda number: -weights[number]):
        old = deleted[number]
        if not old.whole or not old.is_still() or weights[number] < LEAST_MOVED:
            continue
        votes: Counter[int] = Counter()
        for start in range(len(old.codes) - SEED + 1):
            if found := places.get(old.codes[start : start + SEED]):
                votes.update(found[:MOST_PLACES])
        for candidate, count in votes.most_common(3):
            new = inserted[candidate]
            is_likely = count >= LEAST_SHARED * len(old.codes) and new.leaf != old.leaf and new.is_still()
            if is_likely and _mark_block(old, new, backward=backward):
                break


def _mark_block(old: Run, new: Run, *, backward: bool) -> bool:
    """Mark what two blocks share, if that is most of both."""
    before, after = old.piece.tokens, new.piece.tokens
    kept = [stretch for stretch in match_words(before, after, backward=backward) if stretch.equal]
    weight = sum(weigh_words(after[stretch.new_start : stretch.new_end]) for stretch in kept)
    if weight < max(LEAST_KEPT * max(weigh_words(before), weigh_words(after)), LEAST_MOVED):
        return False
    for stretch in kept:
        mark_passage(old, new, Passage(0, 0, stretch.old_start, stretch.new_start, stretch.new_end - stretch.new_start))
    return True


# ---- what stands beside what moved


def _mark_neighbours(leaves: Sequence[Pair], deleted: Sequence[Run], inserted: Sequence[Run]) -> None:
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
                mark_passage(gone[number], come[candidate], Passage(0, 0, 0, 0, len(gone[number].codes)))


def _find_partner(run: Run) -> int:
    """The leaf at the other end of most of a run."""
    return Counter(partner for partner in run.partners if partner >= 0).most_common(1)[0][0]


# ---- one notice for each


def _number_moves(leaves: Sequence[Pair], inserted: Sequence[Run]) -> dict[tuple[int, int], int]:
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


def _split_piece(leaves: Sequence[Pair], run: Run, numbers: dict[tuple[int, int], int]) -> None:
    """Replace a piece by what moved of it and what did not."""
    if run.is_still():
        return
    leaf = leaves[run.leaf]
    place = next(index for index, piece in enumerate(leaf.pieces) if piece is run.piece)
    leaf.pieces[place : place + 1] = _cut(leaves, run, numbers)


def _cut(leaves: Sequence[Pair], run: Run, numbers: dict[tuple[int, int], int]) -> Iterator[Piece]:
    left = run.piece.op == "-"
    for partner, group in groupby(zip(run.partners, run.piece.tokens, strict=True), key=lambda item: item[0]):
        tokens = [token for _, token in group]
        if partner < 0:
            yield Piece(run.piece.op, tokens)
        elif left:
            yield Piece("<", tokens, leaves[partner].new_section, numbers[run.leaf, partner])
        else:
            yield Piece(">", tokens, leaves[partner].old_section, numbers[partner, run.leaf])
