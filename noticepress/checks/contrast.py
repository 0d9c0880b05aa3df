"""Contrast of a theme's colours, after WCAG 2.2 (1.4.3): tokens in a stylesheet, and which lies on which.

A token `--x-tint` is a ground for its ink `--x`; every ink also lies on the paper. Colours that are not written as
hexadecimal digits are left to people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from noticepress.colours import LEAST, measure_contrast

_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_TOKEN = re.compile(r"(--[\w-]+)\s*:\s*(#(?:[0-9a-fA-F]{3}){1,2})\s*;")
_GROUNDS = ("paper", "background", "bg")
_NO_INK = ("line", "border", "shadow", "rule")


def find_weak_pairs(sheet: str) -> Iterator[tuple[int, str]]:
    """Each pair of tokens with too little contrast: the line of the ink, and what is wrong."""
    tokens: dict[str, str] = {}
    for rule in _RULE.finditer(sheet):
        lines = {
            token[1]: sheet.count("\n", 0, rule.start(2) + token.start()) + 1 for token in _TOKEN.finditer(rule[2])
        }
        # A scheme sets again only what differs, so what it leaves out stays.
        tokens |= {token[1]: token[2] for token in _TOKEN.finditer(rule[2])}
        for ink in tokens if lines else ():
            for ground in _list_grounds(ink, tokens):
                contrast = measure_contrast(tokens[ink], tokens[ground])
                if contrast < LEAST and lines.keys() & {ink, ground}:
                    yield lines.get(ink) or lines[ground], f"{ink} on {ground}: {contrast:.1f}:1"


def _list_grounds(ink: str, tokens: Mapping[str, str]) -> Iterator[str]:
    """The tokens that an ink may lie on."""
    last = ink.rpartition("-")[2]
    if last in {"tint", *_GROUNDS} or any(part in ink for part in _NO_INK):
        return
    prefix = ink.split("-")[2]
    yield from (ground for ground in tokens if ground == f"{ink}-tint")
    yield from (ground for ground in tokens if ground.split("-")[2] == prefix and ground.endswith(_GROUNDS))
