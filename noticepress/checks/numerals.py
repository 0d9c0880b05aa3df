"""The numbers that a text states, in whatever way its language writes them, and those that another states too.

Digits decide; words for numbers, names of months and times of day only explain why a number is missing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from noticepress.checks.tongues import read_words
from noticepress.localize import month_names

_NOON = _LARGEST_WORD = 12
_KANJI_LANGUAGES = frozenset({"ja", "zh"})
_KANJI = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_KANJI_UNITS = {"十": 10, "百": 100, "千": 1000}
_KANJI_NUMBER = re.compile("[〇一二三四五六七八九十百千]+")
_NUMBER = re.compile(r"\d+(?:[.,'\u2019\u066b\u066c]\d+|[\u00a0\u202f ]\d{3}(?!\d))*")
_GROUPED = re.compile(r"\d{1,3}(?:[.,'\u2019\u066c\u00a0\u202f ]\d{3})+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_DIGIT = re.compile("[0-9]")
_ANY_DIGIT = re.compile(r"\d")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_AFTERNOON = re.compile(r"(\d{1,2})(?:[:.]\d\d)?\s*p\.?\s?m\b", re.IGNORECASE)
_SCALE = re.compile(
    r"[万億兆]|令和|平成|昭和|مليون|مليار|\b(?:million|billion|trillion|mill[oó]n|millones|Mio|Mrd|Million|Milliarde|mil)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a text states in numbers: `written` in digits, as they stand there, and what words and dates imply.

    `parts` are the groups of digits of all that is written, `totals` numbers without the marks between thousands.
    `is_loose` is set where amounts are counted in millions, or years by eras: then digits alone decide nothing.
    """

    written: tuple[str, ...]
    parts: frozenset[int]
    totals: frozenset[int]
    implied: frozenset[int]
    is_loose: bool
    has_words: bool


def has_digits(text: str) -> bool:
    """Whether a text states a number in digits, of any script; only these are ever missing in another text."""
    return _ANY_DIGIT.search(text) is not None


@lru_cache(maxsize=1024)
def read_numbers(text: str, locale: str) -> Numbers:
    """The numbers in a text, whose own digits may be of any script."""
    text = _OTHER_DIGIT.sub(lambda found: str(unicodedata.digit(found[0])), text)
    written = tuple(dict.fromkeys(_NUMBER.findall(text)))
    return Numbers(
        written,
        frozenset(part for number in written for part in _split_number(number)),
        frozenset(total for number in written if (total := _join_number(number)) is not None),
        frozenset(_find_implied(text, locale)),
        bool(_SCALE.search(text)),
        bool(_list_names(_find_language(locale))) or _find_language(locale) in _KANJI_LANGUAGES,
    )


def find_unsaid(theirs: Numbers, ours: Numbers) -> Iterator[tuple[str, bool]]:
    """The numbers of one text that the other does not state, and whether that is certain."""
    known = ours.parts | ours.implied
    for number in theirs.written:
        total = _join_number(number)
        if (total is not None and total in ours.totals | known) or set(_split_number(number)) <= known:
            continue
        may_be_word = not ours.has_words and (total or 0) <= _LARGEST_WORD
        yield number, not (may_be_word or theirs.is_loose or ours.is_loose)


def _split_number(number: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d{1,18}", number)]


def _join_number(number: str) -> int | None:
    """The number that is written with or without marks between thousands; None for decimals, dates and the like."""
    if number.isdigit() or _GROUPED.fullmatch(number):
        return int(re.sub(r"\D", "", number)[:18])
    return None


def _find_language(locale: str) -> str:
    return locale.partition("-")[0]


def _find_implied(text: str, locale: str) -> Iterator[int]:
    """Numbers that stand there in words, as names of months or as hours after noon."""
    language = _find_language(locale)
    names = _list_names(language)
    folded = text.casefold()
    tokens = set(_WORD.findall(folded))
    yield from (names[word] for word in tokens if word in names)
    if language in _KANJI_LANGUAGES:
        yield from (_read_kanji(found) for found in _KANJI_NUMBER.findall(text))
    for place, name in enumerate(_fold_months(locale), start=1):
        if name in folded or name[:3] in tokens:
            yield place
    if not _DIGIT.search(text):
        return
    for found in _AFTERNOON.finditer(text):
        yield from (int(found[1]) + 12, 0)
    if re.search(r"\b\d{1,2}:\d\d\b", text):
        yield from (hour - 12 for hour in map(int, re.findall(r"\b(\d{2}):\d\d\b", text)) if hour > _NOON)
        yield 0


@cache
def _fold_months(locale: str) -> tuple[str, ...]:
    return tuple(map(str.casefold, month_names(locale)))


@cache
def _list_names(language: str) -> Mapping[str, int]:
    data = read_words()
    groups = zip(data["order"].split(), data["numbers"].get(language, "").split(), strict=False)
    return {name.casefold(): int(value) for value, group in groups for name in group.split(",")}


def _read_kanji(text: str) -> int:
    """`三十` is 30, `二〇一二` 2012, `百五` 105."""
    if not any(character in _KANJI_UNITS for character in text):
        return int("".join(str(_KANJI[character]) for character in text)[:18])
    total = digit = 0
    for character in text:
        if character in _KANJI_UNITS:
            total += (digit or 1) * _KANJI_UNITS[character]
            digit = 0
        else:
            digit = _KANJI[character]
    return total + digit
