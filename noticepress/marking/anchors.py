"""Where each change stands in a redline."""

from __future__ import annotations

from noticepress.alignment import Pair, walk_leaves
from noticepress.redline import Redline


def place_anchors(redline: Redline) -> dict[int, list[str]]:
    """For each change, the first leaf of its section that changed, else the section's heading: names by identity."""
    old: dict[str, list[Pair]] = {}
    new: dict[str, list[Pair]] = {}
    first: Pair | None = None
    for leaf in walk_leaves(redline.root):
        first = first or leaf
        if leaf.old is not None:
            old.setdefault(leaf.old_section, []).append(leaf)
        if leaf.new is not None:
            new.setdefault(leaf.new_section, []).append(leaf)
    anchors: dict[int, list[str]] = {}
    for number, change in enumerate(redline.changes, start=1):
        inside = (old if change.kind == "removed" else new).get(change.section, [])
        touched = (leaf for leaf in inside if change.kind == "modified" and is_touched(leaf))
        place = next(touched, inside[0] if inside else first)
        if place is not None:
            anchors.setdefault(id(place), []).append(f"change-{number}")
    return anchors


def is_touched(leaf: Pair) -> bool:
    """Whether any word of a leaf changed."""
    return leaf.old is None or leaf.new is None or any(piece.op != "=" for piece in leaf.pieces)
