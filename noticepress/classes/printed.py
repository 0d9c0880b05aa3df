"""Which facts a reader finds in the texts: one that no text prints changes nothing for anybody who reads."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from noticepress.blocks import Span, walk_blocks
from noticepress.markdown import parse
from noticepress.model import Address, Register, Seal, Version

_LETTER = "[0-9a-z\u00df-\u024f]"
"""Other scripts set no space between a fact and the next word."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The words of all editions of two versions, to look facts up in."""

    before: str
    after: str

    @staticmethod
    def read(former: Version, draft: Version) -> Printed:
        """What two versions print."""
        return Printed(*("\n".join(_read_words(e.text) for e in v.editions.values()) for v in (former, draft)))

    def differs(self, old: object, new: object) -> bool:
        """Whether the texts show that a fact is another one: something of it came, or went.

        What a text said all along is no news where it is put on record later.
        """
        was, now = set(_list_words(old)), set(_list_words(new))
        return any(_holds(self.before, words) != _holds(self.after, words) for words in was ^ now)


@lru_cache(maxsize=64)
def _read_words(text: str) -> str:
    blocks = ("".join(map(_read_span, block.spans)) for block in walk_blocks(parse(text)))
    return _fold(" ".join(blocks))


def _read_span(span: Span) -> str:
    return f" {span.text} {span.link} " if span.link else span.text


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()


def _holds(text: str, words: str) -> bool:
    return words in text and re.search(rf"(?<!{_LETTER}){re.escape(words)}(?!{_LETTER})", text) is not None


def _list_words(fact: object) -> Iterator[str]:
    """What of a fact stands in a text word for word; not a country, which has another name in each language."""
    parts: Collection[str] = ()
    match fact:
        case Address():
            parts = (fact.street, fact.locality, fact.postal_code)
        case Seal():
            parts = (fact.issuer, fact.id, fact.verify_url, fact.complaint_url, fact.requirements_url)
            parts = (*parts, *fact.scope.values())
        case Register():
            parts = (fact.name, fact.number)
        case str():
            parts = (fact,)
    yield from (_fold(part) for part in parts if part)
