"""What a site's owners make of the look: colours, a logo, words of the interface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture beside the name of the site, as it is served: its file's ending, its bytes, its size in pixels."""

    path: str
    content: bytes = field(repr=False)
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Look:
    """`extra.noticepress.look`. Colours are `#rrggbb`, by the name of their token; what is not set is the theme's.

    `words` are messages of the interface by locale, keyed as `localize.list_messages` keys them.
    """

    colors: Mapping[str, str] = field(default_factory=dict)
    dark: Mapping[str, str] = field(default_factory=dict)
    logo: Logo | None = None
    dark_logo: Logo | None = None
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
