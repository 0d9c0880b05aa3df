"""Text in the columns of a terminal: how wide it is, and where a line may end."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from icu4py.breakers import LineBreaker

WIDTH = 78
"""Columns of a text for a terminal or a mail."""

Styled = tuple[str, str]
"""Words, and how they are shown: a sequence that a terminal obeys, or an empty text."""

_END = "\x1b[0m"


@lru_cache(maxsize=8192)
def _measure_character(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def measure(text: str) -> int:
    """How many columns a text takes; a Chinese or Japanese character takes two."""
    return len(text) if text.isascii() else sum(map(_measure_character, text))


def fill(parts: Sequence[Styled], first: str, others: str, width: int = WIDTH) -> str:
    """The words in lines no wider than that, where a line can be broken; `first` and `others` begin the lines.

    What stands in one part is only broken where its script allows; a mark at the edge of a part stays with its words.
    """
    text = "".join(part for part, _ in parts)
    styles = [style for part, style in parts for _ in part]
    lines: list[str] = []
    start = 0
    for stop in _end_lines(text, [width - measure(first), width - measure(others)], _find_edges(parts)):
        line = text[start:stop].rstrip()
        lines.append((first if not lines else others) + _style(line, styles[start : start + len(line)]))
        start = stop
    return "\n".join(lines)


def _find_edges(parts: Sequence[Styled]) -> frozenset[int]:
    """The places inside the two signs that open or close a mark, and between them and the words."""
    edges: set[int] = set()
    place = 0
    for part, _ in parts:
        if part[:1] in {"[", "{"} and part[-1:] in {"]", "}"}:
            edges |= {place + 1, place + 2, place + len(part) - 2, place + len(part) - 1}
        place += len(part)
    return frozenset(edges)


def _end_lines(text: str, widths: Sequence[int], edges: frozenset[int]) -> Iterator[int]:
    """Where each line ends."""
    start = stop = used = number = 0
    waiting = ""
    for begin, end in LineBreaker(text, "root").segments() if text else ():
        waiting += text[begin:end]
        if end < len(text) and (end in edges or not _may_break(text[end - 1], text[end])):
            continue
        if used and used + measure(waiting.rstrip()) > widths[min(number, 1)]:
            yield stop
            start, used, number = stop, 0, number + 1
        used += measure(waiting)
        stop, waiting = end, ""
    if start < len(text):
        yield len(text)


def _may_break(before: str, after: str) -> bool:
    """Whether a line may end here: not in an address, nor at a hyphen, since both are copied."""
    return before.isspace() or not (before.isascii() and after.isascii())


def _style(line: str, styles: Sequence[str]) -> str:
    told = ""
    place = 0
    for style, same in groupby(styles):
        length = len(list(same))
        words = line[place : place + length]
        told += f"{style}{words}{_END}" if style and words else words
        place += length
    return told
