"""The picture of the changes between two editions: marked insertions, deletions and moves in the rendered text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Any

from noticepress import blocks as tree
from noticepress.alignment import Pair, walk_leaves
from noticepress.blocks import Block, Span, walk_blocks
from noticepress.changes import Change, compare_texts, find_changes
from noticepress.hypertext import render_document, replace_unprintable
from noticepress.markdown import drop_front_matter
from noticepress.moves import Move, list_moves
from noticepress.order import keep_heaviest
from noticepress.wording import Piece, write_spans

# The second set of controls, which old word processors leave behind, has stand-ins where nothing has a meaning.
_CONTROLS = {code: 0x10FF00 + code for code in range(0x80, 0xA0) if code != ord("\x85")}
_VEILED: dict[int, int] = {**_CONTROLS, ord("\x85"): ord(" ")}
_UNVEILED = {stand_in: code for code, stand_in in _CONTROLS.items()}


@dataclass(frozen=True)
class Redline:
    """Two editions in one.

    `ops` are (operation, text) in reading order over the text that a reader sees, a line feed after each block: `=`
    equal, `-` deleted, `+` inserted, `<` moved away from here, `>` moved to here. `html` is the new edition with
    `<ins>` and `<del>` in it; `changes` says the same as data, change N standing at `#change-N` of the page.
    """

    root: Pair
    changes: tuple[Change, ...]

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """What stands elsewhere now, in the order of the new text."""
        return list_moves(self.root)

    @cached_property
    def ops(self) -> tuple[tuple[str, str], ...]:
        """The operations, neighbours of one kind joined."""
        parts = _write_ops(self.root)
        joined = ((op, "".join(text for _, text in same)) for op, same in groupby(parts, key=lambda part: part[0]))
        return tuple((op, replace_unprintable(text)) for op, text in joined)

    @cached_property
    def html(self) -> str:
        """The bare redline: nothing but the rendered text and its marks."""
        return render_document(next(_merge(self.root, _place_notes(self.root))))


def compare(old: str, new: str) -> Redline:
    """The redline of two editions, given their Markdown."""
    return Redline(compare_texts(old, new), find_changes(old, new))


def to_json(redline: Redline) -> dict[str, Any]:
    """The redline as plain data: `{"kind", "ops", "html", "changes"}`."""
    return {
        "kind": "rendered",
        "ops": [[op, text] for op, text in redline.ops],
        "html": redline.html,
        "changes": [asdict(change) for change in redline.changes],
    }


def diff(old: str, new: str) -> dict[str, Any]:
    """The redline of two Markdown files as plain data; front matter is no part of a text."""
    return describe(drop_front_matter(old), drop_front_matter(new))


def describe(old: str, new: str) -> dict[str, Any]:
    """The redline of two texts as plain data.

    Texts may hold controls that no page may: they are compared, and given back, as they are.
    """
    told: dict[str, Any] = _unveil(to_json(compare(old.translate(_VEILED), new.translate(_VEILED))))
    return told


def _unveil(data: Any) -> Any:  # noqa: ANN401  any plain data
    if isinstance(data, str):
        return data.translate(_UNVEILED)
    if isinstance(data, dict):
        return {key: _unveil(value) for key, value in data.items()}
    return [_unveil(value) for value in data] if isinstance(data, list | tuple) else data


def _write_ops(pair: Pair) -> Iterator[tuple[str, str]]:
    if pair.old and pair.new and pair.looks_reformed and _is_untouched(pair):
        # No word changed: the same words left one form and arrived in another.
        for op, block in (("<", pair.old), (">", pair.new)):
            for leaf in walk_blocks(block):
                if not leaf.children:
                    yield from ((op, span.text) for span in leaf.spans)
                    yield op, "\n"
        return
    if pair.is_leaf:
        ends: tuple[str, ...] = (name_change(pair) or "=",)
        if {piece.op for piece in pair.pieces} == {"-", "+"}:
            ends = ("-", "+")  # nothing of it stayed, so its end did not either
        yield from _write_words(_mark_words(pair))
        yield from ((end, "\n") for end in ends)
    for child in pair.children:
        yield from _write_ops(child)


def _mark_words(pair: Pair) -> tuple[Span, ...]:
    """The runs of a leaf, each with its change."""
    ops = {piece.op for piece in pair.pieces}
    if len(ops) > 1 or (pair.old and pair.new and not _is_unchanged(pair.pieces)):
        return write_spans(pair.pieces)
    change = name_change(pair)
    return tuple(replace(span, change=change) for span in pair.block.spans) if change else pair.block.spans


def _write_words(spans: Iterable[Span]) -> Iterator[tuple[str, str]]:
    """The runs of a leaf; words of which only the marks changed left one form and arrived in another."""
    runs = [
        (change or "=", "".join(span.text for span in same))
        for change, same in groupby(spans, key=lambda span: span.change)
    ]
    last = ("=", "")
    for run, follower in zip(runs, (*runs[1:], last), strict=False):
        op, text = run
        if op == "-" and follower == ("+", text) and text.strip():
            op = "<"
        elif op == "+" and last == ("-", text) and text.strip():
            op = ">"
        yield op, text
        last = run


def _is_untouched(pair: Pair) -> bool:
    stays = pair.old is not None and pair.new is not None
    return stays and _is_unchanged(pair.pieces) and all(map(_is_untouched, pair.children))


def name_change(pair: Pair) -> tree.Change:
    """What happened to a block as a whole; one that moved with edits counts as moved."""
    if pair.old is not None and pair.new is not None:
        return ""
    ops = {piece.op for leaf in walk_leaves(pair) for piece in leaf.pieces}
    if pair.old is None:
        return ">" if ">" in ops else "+"
    return "<" if "<" in ops else "-"


def _merge(pair: Pair, places: Mapping[int, tuple[int, int]]) -> Iterator[Block]:
    """The block of a pair with every change marked on its words; what is gone has no id.

    A block that is reformed stands there twice, whole, so that dropping the marks of either side leaves the other; so
    does a footnote that passed another one. `places` are those of footnotes, by identity: the old one's, the new one's.
    """
    old_place, new_place = places.get(id(pair), (0, 0))
    if (pair.is_reformed or old_place != new_place) and pair.old and pair.new:
        yield _mark_whole(_put(pair.old, old_place), "-")
        yield _mark_whole(_put(pair.new, new_place), "+")
        return
    yield replace(
        _put(pair.block, new_place),
        change=name_change(pair),
        id="" if pair.new is None else pair.block.id,
        spans=_mark_words(pair),
        children=tuple(merged for child in pair.children for merged in _merge(child, places)),
    )


def _put(block: Block, place: int) -> Block:
    return replace(block, attributes={**block.attributes, "place": str(place)}) if place else block


def _place_notes(root: Pair) -> dict[int, tuple[int, int]]:
    """Where the footnotes stand among each other, so that those of either text stay in the order of their numbers."""
    notes = [pair for pair in _walk_pairs(root) if pair.block.kind == "footnote"]
    olds = sorted((_read_number(pair.old), index) for index, pair in enumerate(notes) if pair.old)
    news = sorted((_read_number(pair.new), index) for index, pair in enumerate(notes) if pair.new)
    ranks = {index: rank for rank, (_, index) in enumerate(olds)}
    both = [(rank, ranks[index], 1) for rank, (_, index) in enumerate(news) if index in ranks]
    old_places: dict[int, int] = {}
    new_places: dict[int, int] = {}
    count = i = j = 0
    for j2, i2 in [*keep_heaviest(both), (len(news), len(olds))]:
        for places, passed in ((old_places, olds[i:i2]), (new_places, news[j:j2])):
            for _, index in passed:
                count += 1
                places[index] = count
        if j2 < len(news):
            count += 1
            old_places[news[j2][1]] = new_places[news[j2][1]] = count
        i, j = i2 + 1, j2 + 1
    return {
        id(note): (old_places.get(index) or new_places[index], new_places.get(index) or old_places[index])
        for index, note in enumerate(notes)
    }


def _read_number(note: Block) -> int:
    return int(note.attributes["number"])


def _walk_pairs(pair: Pair) -> Iterator[Pair]:
    yield pair
    for child in pair.children:
        yield from _walk_pairs(child)


def _mark_whole(block: Block, change: tree.Change) -> Block:
    return replace(
        block,
        change=change,
        id="" if change == "-" else block.id,
        spans=tuple(replace(span, change=change) for span in block.spans),
        children=tuple(_mark_whole(child, change) for child in block.children),
    )


def _is_unchanged(pieces: Sequence[Piece]) -> bool:
    return all(piece.op == "=" for piece in pieces)
