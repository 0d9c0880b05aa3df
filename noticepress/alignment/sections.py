"""Sections of two texts: the headings that stay, what they hold, and where whole sections that came and went stand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from noticepress.alignment.pairs import Match, is_comparable
from noticepress.blocks import Block
from noticepress.order import find_common, keep_order

_NO_LEVEL = 7
"""Deeper than any heading."""


def find_sections(
    old: Sequence[Block], new: Sequence[Block], *, backward: bool = False
) -> tuple[list[tuple[int, int]], set[int]]:
    """The headings that stay, by the ids written for them, and those (by identity) that moved away."""
    before, after = [block.explicit_id for block in old], [block.explicit_id for block in new]
    kept = keep_order(after, before) if backward else keep_order(before, after)
    common = find_common(before, after)
    cuts = [(i, j) for i, j in common if before[i] in kept and is_comparable(old[i], new[j])]
    return cuts, {id(block) for i, j in common if before[i] not in kept for block in (old[i], new[j])}


def find_homes(blocks: Sequence[Block], kept: set[int]) -> dict[int, str]:
    """For each block (by identity) the section that stays and holds it, subsections included; nothing for the rest."""
    homes: dict[int, str] = {}
    home, level = "^", _NO_LEVEL  # what stands before the first heading with an id is a home of its own
    for place, block in enumerate(blocks):
        if place in kept:
            home, level = block.explicit_id, block.level
        elif block.explicit_id and block.level <= level:
            home, level = "", 0
        homes[id(block)] = home
    return homes


def gather_sections(matches: Sequence[Match]) -> list[Match]:
    """The same pairs, so ordered that nothing that belongs to a section stands under the struck heading of another.

    What came and went between two pairs may stand in any order. What belongs to the section that both began in goes
    first, then its new subsections, then whole sections that went, each before the next new one of its level.
    """
    result: list[Match] = []
    runs = [(both, list(run)) for both, run in groupby(matches, key=lambda match: None not in match)]
    for number, (both, run) in enumerate(runs):
        if both:
            result += run
            continue
        gone = _split_sections([match for match in run if match[1] is None])
        come = _split_sections([match for match in run if match[0] is None])
        follower = runs[number + 1][1][0][1] if number + 1 < len(runs) else None
        # A block that stays belongs to the last section that came, which therefore stands last.
        waits = follower is not None and follower.kind != "heading" and bool(come) and come[-1][0] < _NO_LEVEL
        last = [come.pop()] if waits else []
        while gone or come:
            first = come if not gone or (come and come[0][0] > gone[0][0]) else gone
            result += first.pop(0)[1]
        result += [match for _, section in last for match in section]
    return result


def _split_sections(matches: Sequence[Match]) -> list[tuple[int, list[Match]]]:
    """Each section with the level of its heading; what stands before the first one lies deepest."""
    parts: list[tuple[int, list[Match]]] = []
    for match in matches:
        block = match[0] or match[1]
        level = block.level if block is not None and block.kind == "heading" else _NO_LEVEL
        if level < _NO_LEVEL or not parts:
            parts.append((level, []))
        parts[-1][1].append(match)
    return parts
