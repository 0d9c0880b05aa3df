"""What is written out in a working text: its lines without placeholders, and where a fact in them begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from noticepress.model import WorkingText

_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_ADDRESS = re.compile(r"\bhttps?://[^\s)>\"]+")
_LETTER = "[0-9A-Za-zÀ-ӿ]"

BEFORE = rf"(?<!{_LETTER})(?<!{_LETTER}[-.+_])"
AFTER = rf"(?!{_LETTER})(?![-._]{_LETTER})"
"""Letters of alphabets go on with a word, and so do a point or a hyphen between them: Japanese leaves no space."""

BLANK = "\0"
"""Stands in a line for each character that is no word of its own."""


def read_lines(working: WorkingText, *, addresses: bool = True) -> Iterator[tuple[int, str]]:
    """Every line with its number, blank where placeholders stand, and web addresses too unless they are wanted."""
    yield from enumerate(_cut_lines(working.text, addresses=addresses), 1)


@lru_cache(maxsize=64)
def _cut_lines(text: str, *, addresses: bool) -> tuple[str, ...]:
    bare = _PLACEHOLDER.sub(_blank, text) if "{" in text else text
    return tuple((bare if addresses or "://" not in bare else _ADDRESS.sub(_blank, bare)).split("\n"))


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", BLANK, found[0])


def loosen_spaces(fact: str) -> str:
    """A pattern for a fact as written, whatever spaces stand between its words."""
    return r"\s+".join(re.escape(word) for word in fact.split())


def compile_facts(patterns: Iterable[str]) -> re.Pattern[str]:
    """Any of several facts that stands alone; the number of the group tells which."""
    return re.compile(BEFORE + "(?:" + "|".join(f"({pattern})" for pattern in patterns) + ")" + AFTER)


def repeats_link_words(line: str, start: int, fact: str) -> bool:
    """Whether what begins at a place only says where a link leads whose words say the same: `[x](mailto:x)`."""
    before = line[:start]
    for scheme in ("](mailto:", "](tel:", "]("):
        if before.endswith(scheme):
            words = before.removesuffix(scheme)
            return fact.casefold() in words[words.rfind("[") + 1 :].casefold()
    return False
