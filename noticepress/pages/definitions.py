"""Defined terms: where a text says that a section holds definitions, their uses elsewhere lead to them.

The words stay as they are: a use becomes a link, described by the definition itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import pairwise

from noticepress.blocks import Block
from noticepress.hypertext import escape_text

_PIECES = re.compile(r"<[^>]*>|[^<]+")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)")
_HEADING = re.compile(r'<h([2-6]) id="([^"]*)"')
# A definition begins with its term, in bold or in quotation marks: in an item, a paragraph or a row.
_DEFINITION = re.compile(
    r"<(?P<tag>li|p|tr)(?P<more>[^>]*)>(?=(?:\s*<(?:p|td|th)[^>]*>)*\s*"
    r"(?:<strong>(?P<bold>[^<]+)</strong>|[“„«「『](?P<quoted>[^<“”„«»「」『』]{1,80})[”“»」』]))"
)
_QUOTES = "“”„«»「」『』\"'‘’:："  # noqa: RUF001 - signs that readers of many languages write
_INLINE = frozenset({"strong", "em", "s", "u", "sub", "sup", "small", "mark", "kbd", "abbr", "span", "a", "code", "br"})
_CLOSED = frozenset({"a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})
"""Elements whose words are never linked."""


@dataclass(frozen=True, slots=True)
class Term:
    """A defined term as it is written, and the id of its definition."""

    words: str
    id: str


def find_definition_sections(document: Block) -> frozenset[str]:
    """The ids of the sections of which the text says that they hold definitions: `{#terms definitions}`."""
    return frozenset(
        block.id for block in document.children if block.kind == "heading" and "definitions" in block.attributes
    )


def link_terms(body: str, sections: Collection[str]) -> str:
    """The HTML of a text in which the first use of each defined term in a section leads to its definition.

    A term is known exactly as it was defined, but for the case of its first letter; it is never part of a word.
    """
    if not sections:
        return body
    chunks = list(_split_sections(body, sections))
    terms: list[Term] = []
    defined = [_name_definitions(chunk, terms) if is_defining else chunk for chunk, is_defining in chunks]
    if not terms:
        return body
    pattern = _compile(terms)
    known = {_fold(term.words): term for term in reversed(terms)}
    linked = zip(chunks, defined, strict=True)
    return "".join(text if is_defining else _link_uses(text, pattern, known) for (_, is_defining), text in linked)


def _split_sections(body: str, sections: Collection[str]) -> Iterator[tuple[str, bool]]:
    """The HTML cut before each heading, with whether it belongs to a section of definitions."""
    starts = [0, *(found.start() for found in _HEADING.finditer(body) if found.start()), len(body)]
    level = 0  # of the section of definitions that is open
    for start, end in pairwise(starts):
        found = _HEADING.match(body, start)
        if found and (not level or int(found[1]) <= level):
            level = int(found[1]) if unescape(found[2]) in sections else 0
        yield body[start:end], bool(level)


def _name_definitions(chunk: str, terms: list[Term]) -> str:
    """The HTML of a section of definitions, with an id on each; the terms are added to those that are known."""

    def name(found: re.Match[str]) -> str:
        words = " ".join(unescape(found["bold"] or found["quoted"]).strip(_QUOTES + " ").split())
        if not words or " id=" in found["more"] or any(_fold(term.words) == _fold(words) for term in terms):
            return found[0]
        terms.append(Term(words, f"np-def-{len(terms) + 1}"))
        return f'<{found["tag"]} id="{terms[-1].id}"{found["more"]}>'

    return _DEFINITION.sub(name, chunk)


def _fold(words: str) -> str:
    return words[:1].lower() + words[1:]


def _compile(terms: Sequence[Term]) -> re.Pattern[str]:
    longest_first = sorted({term.words for term in terms}, key=lambda words: (-len(words), words))
    return re.compile("|".join(_write(words) for words in longest_first))


def _write(words: str) -> str:
    first = {words[0], words[0].lower(), words[0].upper()}
    start = "|".join(re.escape(escape_text(each)) for each in sorted(first) if len(each) == 1)
    rest = r"\s+".join(re.escape(escape_text(part)) for part in words[1:].split(" "))
    return f"(?:{start}){rest}"


def _link_uses(chunk: str, pattern: re.Pattern[str], known: dict[str, Term]) -> str:
    pieces = [found[0] for found in _PIECES.finditer(chunk)]
    used: set[str] = set()
    closed = 0
    for number, piece in enumerate(pieces):
        if tag := _TAG.match(piece):
            closed += (-1 if tag[1] else 1) if tag[2] in _CLOSED else 0
        elif not closed and not piece.startswith("<"):
            around = _look(pieces, number, -1), _look(pieces, number, 1)
            pieces[number] = _link_words(piece, pattern, known, used, around)
    return "".join(pieces)


def _look(pieces: Sequence[str], number: int, step: int) -> str:
    """The character beside a run of words, through marks but not out of the block."""
    place = number + step
    while 0 <= place < len(pieces):
        tag = _TAG.match(pieces[place])
        if tag is None:
            return pieces[place][-1 if step < 0 else 0]
        if tag[2] not in _INLINE or tag[2] == "br":
            return ""
        place += step
    return ""


def _link_words(
    words: str, pattern: re.Pattern[str], known: dict[str, Term], used: set[str], around: tuple[str, str]
) -> str:
    parts, place = [], 0
    for found in pattern.finditer(words):
        term = known[_fold(" ".join(unescape(found[0]).split()))]
        start, end = found.span()
        before = words[start - 1] if start else around[0]
        after = words[end] if end < len(words) else around[1]
        is_entity = (before, after) == ("&", ";")
        # What is put before a Japanese noun to be polite is no part of the word before it.
        first = found[0].lstrip("おご")[:1] or found[0][0]
        if (
            term.id in used
            or is_entity
            or is_joined(before, first, words[max(start - 2, 0) : max(start - 1, 0)])
            or is_joined(after, found[0][-1], words[end + 1 : end + 2])
        ):
            continue
        used.add(term.id)
        link = f'<a class="np-term" href="#{term.id}" aria-describedby="{term.id}">{found[0]}</a>'
        parts += [words[place:start], link]
        place = end
    return "".join([*parts, words[place:]])


def is_joined(neighbour: str, edge: str, further: str = "") -> bool:
    """Whether a character beside the edge of a term makes it part of a longer word; `further` is the one behind it.

    Where words are not parted by spaces, a word is taken to go on as long as the kind of sign does: kanji, katakana or
    hiragana; hiragana after a noun begins another word.
    """
    if not neighbour:
        return False
    if unicodedata.category(neighbour)[0] == "M":
        return True
    if neighbour in "-‐‑'’_":  # noqa: RUF001 - hyphens and apostrophes within words
        return further.isalnum()
    if not neighbour.isalnum() and neighbour != "ー":
        return False
    ours, theirs = _script(edge), _script(neighbour)
    return ours == theirs if ours or theirs else True


def _script(character: str) -> str:
    """The kind of sign in scripts without spaces; empty for all others."""
    name = unicodedata.name(character, "").split(" ")[0].replace("IDEOGRAPHIC", "CJK")
    if name in {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}:
        return name.removesuffix("-HIRAGANA")
    return name if name in {"THAI", "LAO", "KHMER", "MYANMAR"} else ""
