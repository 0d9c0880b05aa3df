"""The words of a text, and what a reader can tell apart of them.

Punctuation stands apart from words; white space belongs to the word after it. Scripts that are written without spaces
are cut into words by ICU.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from icu4py.breakers import WordBreaker

from noticepress.blocks import Block, Span

CHARACTERS_PER_WORD = 2.5
"""So many characters of a script without spaces say as much as a word of another."""

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
# Marks that belong to a word, though `\w` leaves them out: combining marks, and the vowel signs of India's scripts.
_JOINED = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963\u0966-\u0dff"
)
_TOKEN = re.compile(
    rf"(?P<space>\s+)|(?P<unspaced>[{_UNSPACED}]+)"
    rf"|(?P<number>\d+(?:[.,]\d+)+(?![\w{_JOINED}]))"
    rf"|(?P<word>(?:(?![{_UNSPACED}])[\w{_JOINED}])+(?:['\u2019](?:(?![{_UNSPACED}])[\w{_JOINED}])+)*)|."
)
_NUMERAL = re.compile("[〇零一二三四五六七八九十百千万萬億亿兆]{2,}")
_UNSPACED_TOKEN = re.compile(rf"[{_UNSPACED}]")
_CODE_TOKEN = re.compile(r"\w+|\s|.", re.DOTALL)


class Token(NamedTuple):
    """A word or a sign, and whether a space stands before it.

    `text` is what is seen of it, without that space. `runs` are its parts, each with the span it was cut from: more
    than one where emphasis changes within. `code` is one character for all that a reader can tell apart but the space.
    `words` counts as readers do, so that a word of an unspaced script counts each of its characters.
    """

    text: str
    runs: tuple[tuple[str, Span], ...]
    space: bool
    words: int
    code: str


class Vocabulary:
    """One token for each thing a reader can tell apart, shared by the two texts that are compared."""

    def __init__(self) -> None:
        self._codes: dict[object, str] = {}
        self._tokens: dict[object, Token] = {}
        self._leaves: dict[tuple[bool, tuple[Span, ...]], list[Token]] = {}

    def encode(self, key: object) -> str:
        """The character that stands for the key."""
        code = self._codes.get(key)
        if code is None:
            number = len(self._codes) + 0x20
            # Halves of surrogate pairs are no characters, and no text is long enough to reach the last one.
            code = self._codes[key] = chr(number if number < 0xD800 else number + 0x800)  # noqa: PLR2004
        return code

    def read_tokens(self, leaf: Block) -> list[Token]:
        """The tokens of a leaf, in order."""
        key = (leaf.kind == "code", leaf.spans)
        known = self._leaves.get(key)
        if known is None:
            known = self._leaves[key] = self._cut_tokens(leaf)
        return known

    def _cut_tokens(self, leaf: Block) -> list[Token]:
        tokens: list[Token] = []
        space, tail = True, False
        for span in leaf.spans:
            if span.hard_break or span.footnote or span.image:
                space = space and not span.hard_break
                tokens.append(self._find_token(span.text, span, space, "sign"))
                space, tail = span.hard_break, False
                continue
            for text, kind in _split_text(span.text, code=leaf.kind == "code"):
                if kind == "space":
                    space, tail = True, False
                elif tail and kind == "word" and not space:
                    tokens.append(self._extend_token(tokens.pop(), text, span))
                else:
                    tokens.append(self._find_token(text, span, space, kind))
                    space, tail = False, kind == "word"
        return tokens

    def _find_token(self, text: str, span: Span, space: bool, kind: str) -> Token:  # noqa: FBT001  called for every word
        key = (text, span.marks, bool(span.footnote), span.image, span.hard_break)
        token = self._tokens.get((key, space))
        if token is None:
            words, code = _count_words(text, kind), self.encode(key)
            token = self._tokens[key, space] = Token(text, ((text, span),), space, words, code)
        return token

    def _extend_token(self, token: Token, text: str, span: Span) -> Token:
        runs = (*token.runs, (text, span))
        code = self.encode(tuple((run, origin.marks) for run, origin in runs))
        return Token(token.text + text, runs, token.space, 1, code)


def _count_words(text: str, kind: str) -> int:
    return len(text) if kind == "unspaced" else int(kind in {"word", "number"})


def _split_text(text: str, *, code: bool) -> Iterator[tuple[str, str]]:
    if code:
        # White space is part of code: it is compared like anything else.
        yield from ((match[0], "word" if match[0].isalnum() else "sign") for match in _CODE_TOKEN.finditer(text))
        return
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "sign"
        if kind == "unspaced":
            yield from ((word, kind) for word in _split_unspaced(match[0]))
        else:
            yield match[0], kind


@lru_cache(maxsize=8192)
def _split_unspaced(text: str) -> tuple[str, ...]:
    words = (text[start:end] for start, end in WordBreaker(text, "root").segments())
    return tuple(part for word in words for part in _split_numeral(word))


def _split_numeral(word: str) -> Iterator[str]:
    """Each digit of a number in Chinese characters by itself: what counts thirty is now ninety in its first one."""
    digits = _NUMERAL.match(word)
    start = digits.end() if digits else 0
    yield from word[:start]
    if word[start:]:
        yield word[start:]


def count_words(tokens: Iterable[Token]) -> int:
    """How many words a reader counts."""
    return sum(token.words for token in tokens)


def is_unspaced(token: Token) -> bool:
    """Whether a token is written in a script without spaces."""
    return _UNSPACED_TOKEN.match(token.text) is not None


def weigh_words(tokens: Iterable[Token]) -> float:
    """How much the tokens say, in words of a script with spaces: the same in every language, near enough."""
    return sum(token.words / (CHARACTERS_PER_WORD if is_unspaced(token) else 1) for token in tokens)
