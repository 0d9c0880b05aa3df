"""The colours of a site, from those that its owners set: in both schemes, whole, with what follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from noticepress.colours import BLACK, LEAST, WHITE, measure_contrast, mix, strengthen
from noticepress.model import Look

Colors = Mapping[str, str]

# The same as in templates/theme/stylesheets/tokens.css, where people change them: a test compares the two.
LIGHT: Colors = {
    "paper": "#ffffff",
    "tint": "#f5f7f6",
    "ink": "#1c2427",
    "quiet": "#566469",
    "line": "#d9e0df",
    "accent": "#0f5560",
    "accent-strong": "#0a3c44",
    "accent-tint": "#e6f1f1",
    "inserted": "#0a5a2e",
    "inserted-tint": "#e0f3e6",
    "deleted": "#9a1b23",
    "deleted-tint": "#fdeaea",
    "moved": "#52348f",
    "moved-tint": "#f0eafa",
    "future": "#174f94",
    "future-tint": "#eaf2fc",
    "recent": "#14603a",
    "recent-tint": "#e8f5ec",
    "past": "#8a3a10",
    "past-tint": "#fcf0e8",
}
DARK: Colors = {
    "paper": "#14191b",
    "tint": "#1c2326",
    "ink": "#e3e8e8",
    "quiet": "#9fadb1",
    "line": "#333e42",
    "accent": "#83cbd3",
    "accent-strong": "#b5e3e8",
    "accent-tint": "#1b3439",
    "inserted": "#86dba6",
    "inserted-tint": "#15321f",
    "deleted": "#ffa7a7",
    "deleted-tint": "#401c1f",
    "moved": "#cbb5fb",
    "moved-tint": "#2e2545",
    "future": "#a2cbff",
    "future-tint": "#192a40",
    "recent": "#8fdaaa",
    "recent-tint": "#172e20",
    "past": "#f6b78d",
    "past-tint": "#382518",
}

_TONES = ("inserted", "deleted", "moved", "future", "recent", "past")
_STRONG, _TINT = 0.3, 0.1
_DARK_STRONG, _DARK_TINT = 0.4, 0.2
_EASY = 7.0
"""The contrast that a derived accent is given in the dark: what is not chosen should be easy to read."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour of a site by its token's name, in both schemes."""

    light: Colors
    dark: Colors

    @property
    def is_own(self) -> bool:
        """Whether anything is not as the theme has it."""
        return (self.light, self.dark) != (LIGHT, DARK)


def find_palette(look: Look) -> Palette:
    """The colours that a look makes. One accent is enough: what lies on it or goes with it in the dark follows."""
    light = {**LIGHT, **look.colors}
    dark = {**DARK, **look.dark}
    if "accent" in look.colors and "accent" not in look.dark:
        dark["accent"] = strengthen(light["accent"], WHITE, (dark["paper"],), _EASY)
    if light["accent"] != LIGHT["accent"]:
        light["accent-strong"] = mix(light["accent"], BLACK, _STRONG)
        light["accent-tint"] = mix(light["paper"], light["accent"], _TINT)
    if dark["accent"] != DARK["accent"]:
        dark["accent-strong"] = mix(dark["accent"], WHITE, _DARK_STRONG)
        dark["accent-tint"] = mix(dark["paper"], dark["accent"], _DARK_TINT)
    return Palette(light, dark)


@dataclass(frozen=True, slots=True)
class Weakness:
    """Words that cannot be read: an ink on a ground, how much contrast they have, and an ink that would do."""

    ink: str
    ground: str
    contrast: float
    better: str


def find_weaknesses(colors: Colors) -> Iterator[Weakness]:
    """Every pair of an ink and a ground of a scheme with too little contrast: on paper first, then the weakest."""
    found = []
    for ink, ground in list_pairs():
        contrast = measure_contrast(colors[ink], colors[ground])
        if contrast < LEAST:
            toward = max((BLACK, WHITE), key=lambda end: measure_contrast(end, colors[ground]))
            grounds = tuple(colors[other] for name, other in list_pairs() if name == ink)
            found.append(Weakness(ink, ground, contrast, strengthen(colors[ink], toward, grounds)))
    yield from sorted(found, key=lambda weak: (weak.ground != "paper", weak.contrast))


def list_pairs() -> Iterator[tuple[str, str]]:
    """Which words lie on which ground."""
    yield from ((ink, ground) for ink in ("ink", "quiet", "accent") for ground in ("paper", "tint", "accent-tint"))
    yield from (("accent-strong", ground) for ground in ("paper", "accent-tint"))
    yield from ((tone, ground) for tone in _TONES for ground in ("paper", f"{tone}-tint"))
    yield from ((ink, f"{tone}-tint") for ink in ("ink", "accent") for tone in ("future", "recent", "past"))
