"""Typst as a printer: data and a template in, the bytes of a tagged PDF out. The only importer of typst.

The same data, template and fonts give the same bytes: a PDF bears no date but that of its version.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from noticepress.localize import language_name

if TYPE_CHECKING:
    import typst

STANDARD: Final = "ua-1"
"""PDF/UA-1 (ISO 14289-1): tagged, titled, in a named language, every sign with a glyph and a meaning."""

FONTS: Mapping[str, tuple[str, ...]] = {
    "ja": ("Noto Serif CJK JP", "Noto Serif JP", "Source Han Serif", "Hiragino Mincho ProN", "Yu Mincho"),
    "zh": ("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Songti SC", "SimSun"),
    "zh-Hant": ("Noto Serif CJK TC", "Noto Serif TC", "Source Han Serif TC", "Songti TC", "PMingLiU"),
    "ko": ("Noto Serif CJK KR", "Noto Serif KR", "Source Han Serif K", "AppleMyungjo", "Batang"),
    "ar": ("Noto Naskh Arabic", "Amiri", "Geeza Pro", "Traditional Arabic"),
    "he": ("Noto Serif Hebrew", "Frank Ruehl CLM", "Times New Roman"),
}
"""Fonts of a language, best first. Where none is there, Typst takes whatever font has the letters."""

LATIN = "Libertinus Serif"
"""Comes with Typst: Latin, Greek and Cyrillic need no font of the machine's."""


class Unprintable(Exception):  # noqa: N818 - it says what a text is
    """What Typst says of a text it cannot set; the message is in plain words."""


def is_installed() -> bool:
    """Whether the extra `pdf` is installed."""
    return find_spec("typst") is not None


@dataclass(frozen=True)
class Printer:
    """A template, the fonts of the machine and of the site, and the locales in which they can print.

    `unprintable` says why others cannot be.
    """

    template: bytes
    fonts: typst.Fonts
    locales: frozenset[str] = frozenset()
    unprintable: Mapping[str, str] = field(default_factory=dict)

    def print_paper(self, paper: Mapping[str, Any], issued: datetime) -> bytes:
        """The PDF of what `describe_paper` gives, dated `issued`. Raises Unprintable."""
        tag = "-".join(part for part in (paper["language"], paper.get("script")) if part)
        fonts = [*FONTS.get(tag, FONTS.get(paper["language"], ())), LATIN]
        known = set(self.fonts.families())
        data = {**paper, "fonts": [name for name in fonts if name in known]}
        return _compile(self.template, data, self.fonts, issued)


def open_printer(template: Path, locales: Sequence[str], folder: Path | None = None) -> Printer:
    """A printer for a site's locales; fonts in `folder` are used beside the machine's."""
    import typst  # noqa: PLC0415 - an optional extra

    fonts = typst.Fonts(font_paths=[folder] if folder is not None and folder.is_dir() else [])
    unprintable: dict[str, str] = {}
    for locale in locales:
        try:
            _compile(_PROBE, {"words": language_name(locale, locale), "fonts": [LATIN]}, fonts, None)
        except Unprintable as error:
            unprintable[locale] = str(error)
    return Printer(template.read_bytes(), fonts, frozenset(locales) - set(unprintable), unprintable)


_PROBE = b"""
#let data = json(bytes(sys.inputs.paper))
#set document(title: data.words)
#set text(font: data.fonts)
#data.words
"""


def _compile(template: bytes, data: Mapping[str, Any], fonts: typst.Fonts, issued: datetime | None) -> bytes:
    import typst  # noqa: PLC0415 - an optional extra

    try:
        return typst.compile(
            template,
            format="pdf",
            sys_inputs={"paper": json.dumps(data, ensure_ascii=False)},
            font_paths=fonts,
            pdf_standards=STANDARD,
            timestamp=int(issued.timestamp()) if issued else 0,
        )
    except typst.TypstError as error:
        raise Unprintable(_tell(error)) from error


def _tell(error: Exception) -> str:
    message = str(getattr(error, "message", error)).removeprefix("PDF/UA-1 error: ")
    return message.replace("`", "")
