"""What left one place and arrived at another: found among the words that an alignment left deleted and inserted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from noticepress.alignment import LEAST_MOVED, Pair
from noticepress.wording import SENTENCE_ENDS, Piece, Token, is_unspaced, weigh_words

LEAST_PASSAGE = 12
"""A passage of so many words is a move on its own; a shorter one must be half of a whole block.

In scripts without spaces, where the same few phrases end every other sentence, a shorter one must be a whole block or
a whole sentence.
"""

_SEED = 4
_WIDEST_GAP = 8
_MOST_PLACES = 8


@dataclass(slots=True)
class _Run:
    """A deleted or inserted piece: its codes, and which of its tokens have moved.

    `whole` says whether it is a whole leaf, `opens` whether a sentence begins with it.
    """

    leaf: int
    piece: Piece
    whole: bool
    opens: bool
    codes: str
    moved: list[bool]
    peer: str = ""


@dataclass(frozen=True, slots=True)
class _Passage:
    """Equal tokens of a deleted and an inserted run."""

    deleted: int
    inserted: int
    old_start: int
    new_start: int
    length: int


def mark_moves(leaves: Sequence[Pair]) -> None:
    """Turn what was deleted here and inserted there, `-` and `+`, into moves, `<` and `>`."""
    deleted, inserted = _collect_runs(leaves, "-"), _collect_runs(leaves, "+")
    if not deleted or not inserted:
        return
    for group in sorted(_group(_find_passages(deleted, inserted)), key=lambda g: -sum(p.length for p in g)):
        old, new = deleted[group[0].deleted], inserted[group[0].inserted]
        free = [
            passage
            for passage in group
            if not any(old.moved[passage.old_start : passage.old_start + passage.length])
            and not any(new.moved[passage.new_start : passage.new_start + passage.length])
        ]
        if _is_move(free, old, new):
            for passage in free:
                _mark(leaves, old, new, passage)
    _mark_neighbours(leaves, deleted, inserted)
    for run in (*deleted, *inserted):
        _split_piece(leaves[run.leaf], run)


def _collect_runs(leaves: Sequence[Pair], op: str) -> list[_Run]:
    return [
        _Run(
            number,
            piece,
            leaf.old is None or leaf.new is None,
            _opens_sentence(
                [token for before in leaf.pieces[:place] if before.op in {"=", op} for token in before.tokens]
            ),
            "".join(token.code for token in piece.tokens),
            [False] * len(piece.tokens),
        )
        for number, leaf in enumerate(leaves)
        for place, piece in enumerate(leaf.pieces)
        if piece.op == op
    ]


def _opens_sentence(before: Sequence[Token]) -> bool:
    """Whether a sentence begins after these tokens."""
    return not before or before[-1].text[-1:] in SENTENCE_ENDS


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
        _opens_sentence(run.piece.tokens[:start]) and (start > 0 or run.opens)
        for run, start in ((old, passage.old_start), (new, passage.new_start))
    )
    end = new.piece.tokens[passage.new_start + passage.length - 1]
    return opens and end.text[-1:] in SENTENCE_ENDS


def _mark(leaves: Sequence[Pair], old: _Run, new: _Run, passage: _Passage) -> None:
    old.moved[passage.old_start : passage.old_start + passage.length] = [True] * passage.length
    new.moved[passage.new_start : passage.new_start + passage.length] = [True] * passage.length
    old.peer, new.peer = leaves[new.leaf].new_section, leaves[old.leaf].old_section


def _mark_neighbours(leaves: Sequence[Pair], deleted: Sequence[_Run], inserted: Sequence[_Run]) -> None:
    """Headings and short items travel with what stands beside them."""
    gone = {run.leaf: run for run in deleted if run.whole}
    come = {run.leaf: run for run in inserted if run.whole}
    arrivals: dict[str, list[int]] = {}
    for number, run in come.items():
        arrivals.setdefault(run.codes, []).append(number)
    old_order = [number for number, leaf in enumerate(leaves) if leaf.old is not None]
    new_order = [number for number, leaf in enumerate(leaves) if leaf.new is not None]
    new_place = {number: place for place, number in enumerate(new_order)}
    moved_to = _find_partners(gone, come)
    for direction in (-1, 1):
        places = range(len(old_order)) if direction < 0 else reversed(range(len(old_order)))
        for place in places:
            number = old_order[place]
            if number not in gone or number in moved_to or not 0 <= place + direction < len(old_order):
                continue
            partner = moved_to.get(old_order[place + direction])
            if partner is None:
                continue
            beside = new_place[partner] - direction
            candidate = new_order[beside] if 0 <= beside < len(new_order) else -1
            if candidate in arrivals.get(gone[number].codes, ()) and not any(come[candidate].moved):
                old, new = gone[number], come[candidate]
                moved_to[number] = candidate
                _mark(leaves, old, new, _Passage(0, 0, 0, 0, len(old.codes)))


def _find_partners(gone: dict[int, _Run], come: dict[int, _Run]) -> dict[int, int]:
    """For each whole leaf that moved away, the whole leaf that most of it became."""
    arrived: dict[str, list[int]] = {}
    for number, run in come.items():
        if any(run.moved):
            for start in range(len(run.codes) - _SEED + 1):
                arrived.setdefault(run.codes[start : start + _SEED], []).append(number)
    partners: dict[int, int] = {}
    for number, run in gone.items():
        if any(run.moved):
            votes: dict[int, int] = {}
            for start in range(len(run.codes) - _SEED + 1):
                for candidate in arrived.get(run.codes[start : start + _SEED], ()):
                    votes[candidate] = votes.get(candidate, 0) + 1
            if votes:
                partners[number] = max(votes, key=lambda candidate: votes[candidate])
    return partners


def _split_piece(leaf: Pair, run: _Run) -> None:
    """Replace a piece by what moved of it and what did not."""
    if not any(run.moved):
        return
    pieces: list[Piece] = []
    for moved, group in groupby(zip(run.moved, run.piece.tokens, strict=True), key=lambda item: item[0]):
        tokens = [token for _, token in group]
        if moved:
            pieces.append(Piece("<" if run.piece.op == "-" else ">", tokens, run.peer))
        else:
            pieces.append(Piece(run.piece.op, tokens))
    place = next(index for index, piece in enumerate(leaf.pieces) if piece is run.piece)
    leaf.pieces[place : place + 1] = pieces
