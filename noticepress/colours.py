"""Colours as `#rrggbb`: read, mixed, and measured against each other after WCAG 2.2 (1.4.3)."""

from __future__ import annotations

import re

LEAST = 4.5
"""The least contrast for words of ordinary size."""

WHITE, BLACK = "#ffffff", "#000000"

_HEX = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_RGB = re.compile(r"rgb\( *([0-9]{1,3})( *, *| +)([0-9]{1,3})( *, *| +)([0-9]{1,3}) *\)")
_BYTE = 255
_STEPS = 50


def parse_color(text: str) -> str:
    """A colour written `#rgb`, `#rrggbb` or `rgb(15, 85, 96)`, as `#rrggbb`. ValueError for all else."""
    if found := _HEX.fullmatch(text):
        digits = found[1].lower()
        return "#" + (digits if len(digits) > 3 else "".join(digit * 2 for digit in digits))  # noqa: PLR2004 - #rgb
    if found := _RGB.fullmatch(text):
        parts = [int(found[group]) for group in (1, 3, 5)]
        if max(parts) <= _BYTE:
            return _write(parts)
    raise ValueError(f"expected a colour such as '#0f5560', in quotes, found {text[:60]!r}")


def measure_contrast(one: str, other: str) -> float:
    """The contrast of two colours written `#rgb` or `#rrggbb`: from 1 to 21."""
    light, dark = sorted((_find_luminance(one), _find_luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mix(color: str, other: str, share: float) -> str:
    """A colour with so much of another in it, from 0 to 1."""
    pairs = zip(_read(color), _read(other), strict=True)
    return _write([round(own * (1 - share) + foreign * share) for own, foreign in pairs])


def strengthen(color: str, toward: str, grounds: tuple[str, ...], least: float = LEAST) -> str:
    """The colour, mixed with no more of another than words on all of these grounds need; the other where none does."""
    for step in range(_STEPS + 1):
        mixed = mix(color, toward, step / _STEPS)
        if all(measure_contrast(mixed, ground) >= least for ground in grounds):
            return mixed
    return toward


def _read(color: str) -> list[int]:
    digits = parse_color(color)[1:]
    return [int(digits[at : at + 2], 16) for at in (0, 2, 4)]


def _write(parts: list[int]) -> str:
    return "#" + "".join(f"{part:02x}" for part in parts)


def _find_luminance(color: str) -> float:
    shares = [part / _BYTE for part in _read(color)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in shares)  # noqa: PLR2004 - WCAG's
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
