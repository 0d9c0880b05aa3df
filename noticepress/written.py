"""Sections as they stand in a Markdown text: their words to be translated, their hash, and what surrounds them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache

from noticepress.blocks import Block, title_heading
from noticepress.localize import list_fallbacks
from noticepress.markdown import parse, read_sections

# What stands behind the words of a heading: `{#id covers="…"}`; a tag of a placeholder is none.
_ATTRIBUTES = re.compile(r"(?<![ \t])[ \t]*(\{(?!%)[^{}\n]*\})[ \t]*$")


@dataclass(frozen=True, slots=True)
class WrittenSection:
    """A section as it stands in a Markdown text, up to the next heading: `raw`, of which all others are parts.

    `text` is what is translated: without the attributes of the heading and the blank lines around it. The section
    before the first heading has the empty id; the title is its heading. `line` is its first line, counted from 1.
    """

    id: str
    raw: str
    text: str
    attributes: str
    line: int
    heading: Block | None

    @property
    def tail(self) -> str:
        """The blank lines behind it."""
        return self.raw[len(self.raw.rstrip()) :]

    @property
    def sha256(self) -> str:
        """The hash that a pin holds: of the words, and of the short version that the heading says."""
        summary = self.heading.attributes.get("summary", "") if self.heading else ""
        words = f"{self.text}\n{summary}" if summary else self.text
        return hashlib.sha256(words.encode()).hexdigest()

    def is_in(self, locale: str) -> bool:
        """Whether it is written in the language of its text; a heading with another `lang` says that it is not."""
        written = self.heading.attributes.get("lang", "") if self.heading else ""
        return not written or written in list_fallbacks(locale)


@lru_cache(maxsize=512)
def split_sections(text: str) -> tuple[WrittenSection, ...]:
    """The sections of a text as they are written; put together again, their `raw` is the text."""
    document = parse(text)
    lines = [line for line in re.split(r"(?<=\n)", text) if line]
    found = [section for section in read_sections(text) if section.heading]
    starts = [1, *(section.line for section in found), len(lines) + 1]
    names = ["", *(section.id for section in found)]
    headings = [title_heading(document), *(section.heading for section in found)]
    return tuple(
        _read_section(name, lines[start - 1 : end - 1], start, heading)
        for name, heading, start, end in zip(names, headings, starts, starts[1:], strict=False)
        if start < end
    )


def _read_section(name: str, lines: list[str], start: int, heading: Block | None) -> WrittenSection:
    raw = "".join(lines)
    if heading is None or not start <= heading.line < start + len(lines):
        return WrittenSection(name, raw, raw.strip(), "", start, None)
    place = find_words_line(heading) - start
    written = _ATTRIBUTES.search(lines[place].rstrip("\n")) if heading.attributes else None
    if written:
        lines = [*lines[:place], lines[place][: written.start()] + "\n", *lines[place + 1 :]]
    return WrittenSection(name, raw, "".join(lines).strip(), written[1] if written else "", start, heading)


def find_words_line(heading: Block) -> int:
    """The line that the words and attributes of a heading end on: it may be underlined rather than marked with #."""
    return max(heading.line, heading.end_line - 1)


def hash_sections(text: str) -> dict[str, str]:
    """The sha256 of each section's Markdown, by id: its heading's words and what stands under it.

    Attributes and blank lines around it are left out, so that no other tag makes a translation stale.
    """
    return {section.id: section.sha256 for section in split_sections(text) if section.text}
