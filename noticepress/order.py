"""What stays in order on both sides, and what moved."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence


def keep_order(before: Sequence[str], after: Sequence[str]) -> frozenset[str]:
    """The names in the same order on both sides: as many as can be, and the earlier of the new ones among equals.

    It heeds nothing but the names, so that every language agrees on which sections moved.
    """
    return frozenset(before[i] for i, _ in keep_heaviest([(i, j, 1) for i, j in find_common(before, after)]))


def find_common(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Where each name stands that there is once on either side."""
    counts = Counter(before), Counter(after)
    places = {name: place for place, name in enumerate(after)}
    return [(i, places[name]) for i, name in enumerate(before) if name and counts[0][name] == counts[1][name] == 1]


def keep_heaviest(anchors: Sequence[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """The heaviest part of the anchors (old, new, weight; by old) that is in order on both sides."""
    ends: list[int] = []  # new positions, ascending; the best total for a chain that ends there grows with them
    totals: list[float] = []
    chains: list[tuple[int, int]] = []
    links: dict[tuple[int, int], tuple[int, int] | None] = {}
    for i, j, weight in anchors:
        place = bisect_left(ends, j)
        total = weight + (totals[place - 1] if place else 0)
        links[i, j] = chains[place - 1] if place else None
        stop = place
        while stop < len(ends) and totals[stop] <= total:
            stop += 1
        ends[place:stop], totals[place:stop], chains[place:stop] = [j], [total], [(i, j)]
    kept: list[tuple[int, int]] = []
    link = chains[-1] if chains else None
    while link is not None:
        kept.append(link)
        link = links[link]
    return kept[::-1]
