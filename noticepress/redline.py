"""The picture of the changes between two editions: marked insertions, deletions and moves in the rendered text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from itertools import groupby
from types import MappingProxyType
from typing import Any

from noticepress import blocks as tree
from noticepress.alignment import Pair, walk_leaves
from noticepress.blocks import Block, Mark, Span
from noticepress.changes import Change, compare_texts, find_changes
from noticepress.hypertext import render_document, replace_unprintable
from noticepress.wording import Piece, write_spans

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Words:
    """What a screen reader says at both ends of a change, in the language of the page: `inserted` … `inserted_end`."""

    inserted: str
    inserted_end: str
    deleted: str
    deleted_end: str
    moved_here: str
    moved_here_end: str
    moved_away: str
    moved_away_end: str

    def around(self, change: tree.Change) -> tuple[str, str]:
        """The words before and after a run of change."""
        return {
            "+": (self.inserted, self.inserted_end),
            "-": (self.deleted, self.deleted_end),
            ">": (self.moved_here, self.moved_here_end),
            "<": (self.moved_away, self.moved_away_end),
        }.get(change, ("", ""))


@dataclass(frozen=True)
class Redline:
    """Two editions in one.

    `ops` are (operation, text) in reading order over the text that a reader sees, a line feed after each block: `=`
    equal, `-` deleted, `+` inserted, `<` moved away from here, `>` moved to here. `html` is the new edition with
    `<ins>` and `<del>` in it; `changes` says the same as data, change N standing at `#change-N` of `page_html`.
    """

    root: Pair
    changes: tuple[Change, ...]

    @cached_property
    def ops(self) -> tuple[tuple[str, str], ...]:
        """The operations, neighbours of one kind joined."""
        parts = [part for leaf in walk_leaves(self.root) for part in _write_ops(leaf)]
        joined = ((op, "".join(text for _, text in same)) for op, same in groupby(parts, key=lambda part: part[0]))
        return tuple((op, replace_unprintable(text)) for op, text in joined)

    @cached_property
    def html(self) -> str:
        """The bare redline: nothing but the rendered text and its marks."""
        return render_document(_merge(self.root, MappingProxyType({}), None))

    def page_html(self, words: Words) -> str:
        """The redline for readers: hidden words at both ends of each run of change, and an anchor for each change."""
        return render_document(_merge(self.root, _place_anchors(self), words))


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
    return to_json(compare(_FRONT_MATTER.sub("", old), _FRONT_MATTER.sub("", new)))


def _write_ops(leaf: Pair) -> Iterable[tuple[str, str]]:
    for span in leaf.block.spans if _is_unchanged(leaf.pieces) else write_spans(leaf.pieces):
        yield span.change or "=", span.text
    yield _name_change(leaf) or "=", "\n"


def _name_change(pair: Pair) -> tree.Change:
    """What happened to a block as a whole; one that moved with edits counts as moved."""
    if pair.old is not None and pair.new is not None:
        return ""
    ops = {piece.op for leaf in walk_leaves(pair) for piece in leaf.pieces}
    if pair.old is None:
        return ">" if ">" in ops else "+"
    return "<" if "<" in ops else "-"


def _merge(pair: Pair, anchors: Mapping[int, Sequence[str]], words: Words | None) -> Block:
    """The block of a pair with every change marked on its words; what is gone has no id."""
    block = pair.block
    change = _name_change(pair)
    attributes = dict(block.attributes)
    attributes.update({"anchor": " ".join(anchors[id(pair)])} if id(pair) in anchors else {})
    spans = block.spans if _is_unchanged(pair.pieces) else write_spans(pair.pieces)
    return replace(
        block,
        change=change,
        id="" if pair.new is None else block.id,
        attributes=attributes,
        spans=_add_words(spans, words) if words else spans,
        children=tuple(_merge(child, anchors, words) for child in pair.children),
    )


def _is_unchanged(pieces: Sequence[Piece]) -> bool:
    return all(piece.op == "=" for piece in pieces)


def _add_words(spans: tuple[Span, ...], words: Words) -> tuple[Span, ...]:
    """Hidden words at both ends of each run of one change, outside the marks that begin or end with it."""
    result: list[Span] = []
    before: tuple[Mark, ...] = ()
    runs = [(change, tuple(run)) for change, run in groupby(spans, key=lambda span: span.change)]
    for number, (change, run) in enumerate(runs):
        if not change:
            result += run
        else:
            start, end = words.around(change)
            after = runs[number + 1][1][0].marks if number + 1 < len(runs) else ()
            result.append(Span(start, _share(before, run[0].marks), change=change, hidden=True))
            result += run
            result.append(Span(end, _share(run[-1].marks, after), change=change, hidden=True))
        before = run[-1].marks
    return tuple(result)


def _share(left: tuple[Mark, ...], right: tuple[Mark, ...]) -> tuple[Mark, ...]:
    length = 0
    while length < min(len(left), len(right)) and left[length] == right[length]:
        length += 1
    return left[:length]


def _place_anchors(redline: Redline) -> dict[int, list[str]]:
    """For each change, the first leaf of its section that changed, else the section's heading."""
    leaves = tuple(walk_leaves(redline.root))
    anchors: dict[int, list[str]] = {}
    for number, change in enumerate(redline.changes, start=1):
        removed = change.kind == "removed"
        inside = [
            leaf for leaf in leaves if (leaf.old_section if removed else leaf.new_section) == change.section
            and (leaf.old if removed else leaf.new) is not None
        ]  # fmt: skip
        touched = [leaf for leaf in inside if not _is_unchanged(leaf.pieces)]
        place = next(iter((touched if change.kind == "modified" else []) or inside or leaves), None)
        if place is not None:
            anchors.setdefault(id(place), []).append(f"change-{number}")
    return anchors
