"""Findings at their places: a line of a working text to the block of the page that it became."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from noticepress.errors import Problem, Source
from noticepress.markdown import parse
from noticepress.placeholders import Composed

Numbered = tuple[int, Problem]
"""A finding with its number among all of a moment."""

_HEADING = re.compile(r'<h2 id="([^"]*)"')


def find_block(composed: Composed, place: Source) -> int | None:
    """Which outermost block of a composed text stands for a place in a working text: the last that begins no later.

    None where no line of the text comes from that file.
    """
    lines = [
        (number, origin)
        for number, origin in enumerate(composed.lines, start=1)
        if composed.borrowed.get(number, composed.working).path == place.path
    ]
    if not lines:
        return None
    last = max((number for number, origin in lines if origin <= place.line), default=lines[0][0])
    here = next((number for number, origin in lines if origin == place.line), last)
    blocks = [block for block in parse(composed.text).children if block.kind != "footnote"]
    return max((index for index, block in enumerate(blocks) if block.line <= here), default=0)


def place_findings(composed: Composed, findings: Iterable[Numbered]) -> Mapping[int, list[Numbered]]:
    """The findings of a working text by the block that each is put before; those of other files are left out."""
    found: dict[int, list[Numbered]] = {}
    for number, problem in findings:
        if (block := find_block(composed, problem.source)) is not None:
            found.setdefault(block, []).append((number, problem))
    return found


def pair_sections(draft: Sequence[str], redline: Sequence[str]) -> Iterator[tuple[range, Sequence[str]]]:
    """Sections of a draft, as ranges of its blocks, each with the blocks of the redline that tell of it.

    A section begins with a heading of the second level. What was deleted has no place of its own in the draft, and
    stands with the section before it.
    """
    starts = {match[1]: index for index, block in enumerate(draft) if (match := _HEADING.match(block))}
    cuts = [0, *starts.values(), len(draft)]
    told: dict[str, list[str]] = {"": []}
    here = ""
    for block in redline:
        match = _HEADING.match(block)
        if match and match[1] in starts:
            here = match[1]
        told.setdefault(here, []).append(block)
    for name, start, end in zip(["", *starts], cuts, cuts[1:], strict=False):
        yield range(start, end), told.get(name, [])
