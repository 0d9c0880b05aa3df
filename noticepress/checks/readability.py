"""How hard a text is to read: the length of its sentences, and a formula per language.

English: Flesch (1948); German: Amstad (1978); Spanish: Fernández Huerta (1959). They count words per sentence and
syllables per word, and give about 100 for the easiest texts and 0 for the hardest.
"""

# ruff: noqa: RUF001 - signs that resemble others are what readers of many languages write

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from noticepress.checks.passages import UNSPACED

_END = re.compile(r"(?:(?<![.!?…؟۔।])[.!?…؟۔।]+[\"'”’»“)\]]*(?=\s|$)|[。！？]+[」』）”’]*|\n)")
_INNER = re.compile(r"(?:^|[\s(])(?:[^\W\d_]|\d+)\.$")
"""A single letter or a number with its point ends no sentence: "z. B.", "5. Juni", "S. 12"."""

_WORD = re.compile(r"[^\W\d_]+")
_MARK = re.compile(r"\w")
_MARKED = re.compile(r"\w[^\s/]*")
"""What is left of a word from its first letter or digit on: one for each word that has any."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage: where it begins, its words, and whether most of it is in a script without spaces."""

    start: int
    text: str
    is_unspaced: bool

    @property
    def length(self) -> int:
        """Its words; its characters where words are not set apart."""
        if self.is_unspaced:
            return len(_MARK.findall(self.text))
        return len(_MARKED.findall(self.text))

    def exceeds(self, limit: int) -> bool:
        """Whether it is longer than a limit; a word is at least a letter and what sets it apart."""
        return len(self.text) >= (limit if self.is_unspaced else 2 * limit) and self.length > limit


def split_sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a passage, in order. What goes on with a small letter goes on with the sentence."""
    start = 0
    for end in _END.finditer(text):
        if end[0][0] == ".":
            following = text[end.end() : end.end() + 8].lstrip()[:1]
            if following.islower() or _INNER.search(text[max(end.start() - 12, 0) : end.start() + 1]):
                continue
        yield from _take_sentence(text, start, end.end())
        start = end.end()
    yield from _take_sentence(text, start, len(text))


def _take_sentence(text: str, start: int, end: int) -> Iterator[Sentence]:
    words = text[start:end]
    if bare := words.strip():
        is_unspaced = not bare.isascii() and 2 * len(UNSPACED.findall(bare)) > len(bare)
        yield Sentence(start + len(words) - len(words.lstrip()), bare, is_unspaced)


# ---- limits


@dataclass(frozen=True, slots=True)
class Limits:
    """What a text may ask of its readers: words or characters in a sentence, and the least ease of reading."""

    words: int
    characters: int
    ease: int


_EASE = {"en": (45, 50), "es": (45, 50), "de": (20, 22)}
"""The least ease of reading for everyone and for children; German words are long, and its formula knows it."""


def find_limits(language: str, *, is_for_children: bool) -> Limits:
    """The limits for a language and an audience. They are a judgement: far below them a text is for specialists."""
    everyone, children = _EASE.get(language, (0, 0))
    return Limits(25, 90, children) if is_for_children else Limits(35, 120, everyone)


# ---- formulas


@dataclass(frozen=True, slots=True)
class _Formula:
    """Score = `whole` - `per_sentence` * words per sentence - `per_word` * syllables per word."""

    whole: float
    per_sentence: float
    per_word: float
    syllable: re.Pattern[str]
    silent: re.Pattern[str] | None = None


_FORMULAS = {
    "en": _Formula(206.835, 1.015, 84.6, re.compile(r"[aeiouy]+"), re.compile(r"[^aeiouyl]e[ds]?$|[aeiouy]le$")),
    "de": _Formula(180, 1, 58.5, re.compile(r"ei|ai|au|eu|äu|ie|[aeiouyäöü]")),
    "es": _Formula(206.84, 1.02, 60, re.compile(r"[iuü]?[aeoáéó][iuy]?|[íúiuü]")),
}

LEAST_LENGTH = 5
"""Words that make a sentence of a label or an item."""

LEAST_WORDS = 100
"""With fewer words the formulas say nothing."""


def score_reading(sentences: Iterable[Sentence], language: str) -> float | None:
    """How easy sentences are to read; None where there is no formula for the language, or too little to count."""
    formula = _FORMULAS.get(language)
    if formula is None:
        return None
    taken = [_WORD.findall(sentence.text.casefold()) for sentence in sentences if sentence.length >= LEAST_LENGTH]
    words = [word for sentence in taken for word in sentence]
    if len(words) < LEAST_WORDS:
        return None
    syllables = sum(_count_syllables(word, formula) * count for word, count in Counter(words).items())
    return formula.whole - formula.per_sentence * len(words) / len(taken) - formula.per_word * syllables / len(words)


def _count_syllables(word: str, formula: _Formula) -> int:
    silent = 1 if formula.silent and formula.silent.search(word) else 0
    return max(len(formula.syllable.findall(word)) - silent, 1)
