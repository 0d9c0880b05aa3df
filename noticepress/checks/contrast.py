"""Contrast of a theme's colours, after WCAG 2.2 (1.4.3): tokens in a stylesheet, and which lies on which.

A token `--x-tint` is a ground for its ink `--x`; every ink also lies on the paper. Colours that are not written as
hexadecimal digits are left to people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

LEAST = 4.5
"""The least contrast for words of ordinary size."""

_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_TOKEN = re.compile(r"(--[\w-]+)\s*:\s*(#[0-9a-fA-F]{3,8})\s*;")
_GROUNDS = ("paper", "background", "bg")
_NO_INK = ("line", "border", "shadow", "rule")
_SIXTH = 6


def measure_contrast(one: str, other: str) -> float:
    """The contrast of two colours written `#rgb` or `#rrggbb`: from 1 to 21."""
    light, dark = sorted((_find_luminance(one), _find_luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _find_luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) < _SIXTH:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)  # noqa: PLR2004 - WCAG's
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


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
