"""The sections of a redline: which changed, and which can be folded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from noticepress.alignment import Pair
from noticepress.blocks import join_spans, title_heading

_NO_LEVEL = 7
"""Deeper than any heading: what stands before the first one is no section's parent."""


@dataclass(slots=True)
class Part:
    """A section as it is read: its id if it is still there, its title, and its blocks from its heading on."""

    id: str
    title: str
    level: int
    pairs: list[Pair]
    is_changed: bool = False


def list_parts(root: Pair, introduction: str, has_changed: Callable[[Pair], bool]) -> list[Part]:
    """The sections of both texts in one; titles open none, and `introduction` is what stands before the first."""
    titles = [title_heading(document) for document in (root.old, root.new) if document is not None]
    parts = [Part("", introduction, _NO_LEVEL, [])]
    for pair in root.children:
        block = pair.block
        if block.kind == "footnote":
            continue
        if block.kind == "heading" and not any(block is title for title in titles):
            parts.append(Part("" if pair.new is None else block.id, join_spans(block.spans), block.level, []))
        parts[-1].pairs.append(pair)
    parts = [part for part in parts if part.pairs]
    for part in parts:
        part.is_changed = any(map(has_changed, part.pairs))
    _keep_parents(parts)
    return parts


def _keep_parents(parts: Sequence[Part]) -> None:
    """A section is shown where one of its subsections changed."""
    wanted = 0  # parents of the changed section that follows have a lower level than this
    for part in reversed(parts):
        part.is_changed = part.is_changed or part.level < wanted
        if part.is_changed and part.level < _NO_LEVEL:
            wanted = part.level
