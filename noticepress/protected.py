"""The tokens of a text that may not change unnoticed: numbers, addresses, names, and the words that carry a promise."""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from rapidfuzz.distance import OSA

from noticepress.localize import month_names

ProtectedKind = Literal[
    "number", "mail", "phone", "address", "name", "term", "negation", "obligation", "quantifier", "tag"
]
"""`number` holds dates, durations and money too, `address` is a link's, `name` is a legal name or a postal address."""

Range = tuple[int, int]

_JAPANESE: Mapping[str, str] = {
    "negation": r"ません|ない|なく|なかった|かねます|ず(?=に|、|。)|を除|以外|例外",
    "obligation": r"ことがあります|場合があります|できます|なければなりません|べき|必要があります|ものとします",
    "quantifier": r"すべて|全て|のみ|だけ|あらゆる|いかなる",
}
"""Japanese joins such words to the one before."""

_JAPANESE_DATE = r"\d{4}年(?:\s?\d{1,2}月)?(?:\s?\d{1,2}日)?"
_JAPANESE_UNIT = r"(?:[かヶカ箇]月|週|日|年|月|時|分|秒)間?"

# Words between the number of a house and what kind of street it is: "440 N Wolfe Rd", "1054 S. De Anza Blvd Ste 102".
_STREET = re.compile(
    r"\b\d{1,6}[A-Za-z]?,?(?: [NSEW]\.?)?(?: [A-Z][\w.'\u2019-]{0,30}){1,4},? "
    r"(?:Rd|Road|St|Street|Ave|Avenue|Blvd|Boulevard|Lane|Ln|Drive|Dr|Way|Court|Ct|Place|Pl|Square|Sq|Parkway|Pkwy"
    r"|Highway|Hwy|Terrace|Row)\b\.?(?:,? (?:Ste|Suite|Unit|Apt|Floor|Fl)\.? \w{1,6})?"
    r"|\b(?:Calle|C/|Avenida|Avda\.?|Av\.?|Plaza|Paseo|P\.\u00ba|Carrer|Rambla|Carretera)(?: [\w.'\u2019-]{1,30}){1,5}"
    r",? \d{1,5}"
    r"|\b[A-Z\u00c4\u00d6\u00dc][\w-]{0,40}(?:stra\u00dfe|strasse|str\.|allee|platz|weg|gasse|ring|damm|ufer)"
    r" \d{1,5} ?[a-z]?\b"
    r"|\b(?:[A-Z\u00c4\u00d6\u00dc][\w-]{1,30} ){1,2}(?:Stra\u00dfe|Strasse|Str\.|Platz|Allee|Ring|Damm|Ufer)"
    r" \d{1,5} ?[a-z]?\b"
    r"|\b\d{1,5}(?: ?(?:bis|ter))?,? (?:rue|avenue|boulevard|place|quai|chemin|all\u00e9e)(?: [\w'\u2019-]{1,30}){1,5}"
    r"|(?:[\u4e00-\u9fff]{1,4}[都道府県])?(?:[\u3040-\u30ff\u4e00-\u9fff]{1,8}[市区町村]){1,2}"
    r"[\u3040-\u30ff\u4e00-\u9fff]{0,10} ?\d{1,4}(?:[-\u2212丁目番地号 ]{1,3}\d{1,4}){0,3}"
)
_QUOTED = re.compile(
    r"[\u201c\u201e\u00ab\u300c\u300e]\s?([^\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d\u300e\u300f\n]{2,60}?)\s?"
    r"[\u201d\u201c\u00bb\u300d\u300f]"
)
_WORD = re.compile(r"\w+")

LEAST_NAME = 4
"""Characters of the shortest word of a name that is known again alone."""

LEAST_MISSPELT = 5
"""Characters of the shortest word that is known again with one letter wrong."""


@dataclass(frozen=True, slots=True, order=True)
class Protected:
    """A token that may not change unnoticed: its kind and its words."""

    kind: ProtectedKind
    text: str

    def __str__(self) -> str:
        return self.text


def find_protected(text: str, changed: Sequence[Range], names: Collection[str] = ()) -> Iterator[Protected]:
    """The protected tokens that a change runs into, each as it stands in the text.

    `changed` are the ranges of characters that came or went. `names` are the legal names, addresses and contacts that
    are known: a word of one, or one letter beside it, is protected too.
    """
    touched = _Ranges(changed)
    patterns = (_STREET, *_compile_names(frozenset(names)))
    spans = (match.span() for pattern in patterns for match in pattern.finditer(text))
    whole = [span for span in spans if touched.meet(*span)]
    around = _Ranges(whole)
    yield from (Protected("name", text[start:end]) for start, end in whole)
    for match in _QUOTED.finditer(text):
        if touched.meet(*match.span(1)):
            yield Protected("term", match[1])
    for match in _compile_patterns().finditer(_lower(text)):
        if touched.meet(*match.span()):
            found = _read_match(match, text)
            if found.kind not in _IN_NAMES or not around.hold(*match.span()):
                yield found
    words = _list_words(frozenset(names))
    for match in _WORD.finditer(text) if words else ():
        if touched.meet(*match.span()) and _is_like(match[0], words) and not around.hold(*match.span()):
            yield Protected("name", match[0])


class _Ranges:
    """Ranges of characters, to be asked about many times."""

    def __init__(self, ranges: Iterable[Range]) -> None:
        merged: list[list[int]] = []
        for start, end in sorted(ranges):
            if merged and start <= merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], end)
            else:
                merged.append([start, end])
        self.starts = [start for start, _ in merged]
        self.ends = [end for _, end in merged]

    def meet(self, start: int, end: int) -> bool:
        """Whether one of them shares a character with this range."""
        place = bisect_left(self.starts, end)
        return place > 0 and self.ends[place - 1] > start

    def hold(self, start: int, end: int) -> bool:
        """Whether one of them holds all of this range."""
        place = bisect_right(self.starts, start)
        return place > 0 and self.ends[place - 1] >= end


def list_numbers(text: str) -> list[str]:
    """Every number, date, duration and sum of money in a text, in order."""
    found = (match for match in _compile_patterns().finditer(_lower(text)) if match["number"] is not None)
    return [text[match.start() : match.end()].strip() for match in found]


def parse_days(text: str) -> float | None:
    """The days in the only duration that a text names (`2 years`, `P6M`, `sechs Monate`); None where it is unclear."""
    lowered = text.strip().lower()
    if found := _ISO.fullmatch(lowered):
        return sum(float(number) * days for number, days in zip(found.groups(default="0"), _ISO_DAYS, strict=True))
    spans = [(_COUNTS.get(match[1].lower()) or float(match[1]), match[2]) for match in _compile_span().finditer(text)]
    total = [number * days for number, unit in spans if (days := _count_days(unit))]
    return total[0] if len(total) == len(spans) == 1 else None


# ---- words


@cache
def _load_words() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The words by kind and language. What two languages spell alike counts in both."""
    found: Mapping[str, Mapping[str, Sequence[str]]] = json.loads(
        files("noticepress").joinpath("data", "protected_words.json").read_text(encoding="utf-8")
    )
    return found


def _lower(text: str) -> str:
    """The text in small letters, as long as it was: a pattern that need not heed case takes half the time."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def _join_words(kind: str) -> str:
    words = {word.lower() for of_language in _load_words()[kind].values() for word in of_language}
    return "|".join(
        re.escape(word).replace(r"\ ", r"\s") for word in sorted(words, key=lambda word: (-len(word), word))
    )


@cache
def _compile_patterns() -> re.Pattern[str]:
    """All kinds of tokens but names, for a text in small letters."""
    months = "|".join(
        sorted({re.escape(name.lower()) for locale in ("en", "es", "de", "fr", "ar") for name in month_names(locale)})
    )
    units, counts = _join_words("unit"), _join_words("count")
    # Arabic writes "and" and "so" in one with the next word.
    words = "".join(
        rf"|(?P<{kind}>\b[\u0648\u0641]?(?:{_join_words(kind)})\b|{_JAPANESE[kind]}"
        + (r"|\b\w{1,20}n['\u2019]t\b|\bn['\u2019](?=\w)" if kind == "negation" else "")
        + ")"
        for kind in ("negation", "obligation", "quantifier")
    )
    return re.compile(
        # Japanese goes on after an address without a space.
        r"(?P<mail>(?<![\w.+-])[\w.+-]{1,64}@[0-9A-Za-z\u00c0-\u024f-]{1,63}(?:\.[0-9A-Za-z\u00c0-\u024f-]{1,63})+)"
        r"|(?P<address>(?:https?://|www\.)[^\s<>()]+)"
        r"|(?P<phone>\+\d[\d\s()./-]{5,24}\d)"
        rf"|(?P<number>{_JAPANESE_DATE}"
        rf"|\b\d{{1,2}}(?:st|nd|rd|th|\.)?\s(?:of\s|de\s)?(?:{months})\b(?:,?\s(?:de\s)?\d{{4}})?"
        rf"|\b(?:{months})\s\d{{1,4}}(?:st|nd|rd|th)?\b(?:,\s?\d{{4}})?"
        rf"|[$€£¥]?\d+(?:[.,:/-]\d+)*(?:\s?[%€]|\s(?:{units})\b|\s?{_JAPANESE_UNIT})?"
        rf"|\b(?:{counts})\s(?:{units})\b|[一二三四五六七八九十百千]{{1,5}}{_JAPANESE_UNIT})" + words
    )


_IN_NAMES = frozenset({"number", "mail", "phone"})
"""What an address or a name may hold; a word such as "not" counts there too."""

_KINDS: Mapping[str, ProtectedKind] = {
    "mail": "mail",
    "address": "address",
    "phone": "phone",
    "number": "number",
    "negation": "negation",
    "obligation": "obligation",
    "quantifier": "quantifier",
}


def _read_match(match: re.Match[str], text: str) -> Protected:
    kind = _KINDS[match.lastgroup or ""]
    told = text[match.start() : match.end()] if kind in {"number", "address"} else match[0]
    return Protected(kind, told.strip())


# ---- names


@lru_cache(maxsize=64)
def _compile_names(names: frozenset[str]) -> tuple[re.Pattern[str], ...]:
    """A pattern for every name, as it is written; none where there are no names. Other scripts set no space after."""
    kept = sorted(
        {" ".join(name.split()) for name in names if len(name.strip()) >= LEAST_NAME}, key=lambda n: (-len(n), n)
    )
    if not kept:
        return ()
    letter = r"[A-Za-z0-9\u00c0-\u024f]"
    return (re.compile(rf"(?<!{letter})(?:{'|'.join(re.escape(name) for name in kept)})(?!{letter})"),)


@lru_cache(maxsize=64)
def _list_words(names: frozenset[str]) -> frozenset[str]:
    """The words in names that are written with a capital letter."""
    return frozenset(word for name in names for word in _WORD.findall(name) if _is_proper(word))


def _is_proper(word: str) -> bool:
    return len(word) >= LEAST_NAME and word[0].isupper()


@lru_cache(maxsize=4096)
def _is_like(word: str, known: frozenset[str]) -> bool:
    """Whether a word is one of a name's, or differs from one by a single letter."""
    if not _is_proper(word):
        return False
    if word in known:
        return True
    return len(word) >= LEAST_MISSPELT and any(
        len(other) >= LEAST_MISSPELT and OSA.distance(word, other, score_cutoff=1) <= 1 for other in known
    )


# ---- durations

_ISO = re.compile(r"p(?=\d|t\d)(?:(\d{1,6})y)?(?:(\d{1,6})m)?(?:(\d{1,6})w)?(?:(\d{1,6})d)?(?:t(?:(\d{1,6})h)?)?")
_ISO_DAYS = (365.25, 30.4375, 7, 1, 1 / 24)
_COUNTS: Mapping[str, float] = {
    word: number
    for number, words in {
        1: "a an one un una ein eine einen einem einer eines une",
        2: "two dos zwei deux",
        3: "three tres drei trois",
        4: "four cuatro vier quatre",
        5: "five cinco fünf cinq",
        6: "six seis sechs",
        7: "seven siete sieben sept",
        8: "eight ocho acht huit",
        9: "nine nueve neun neuf",
        10: "ten diez zehn dix",
        12: "twelve doce zwölf douze",
        18: "eighteen",
        30: "thirty treinta dreißig trente",
    }.items()
    for word in words.split()
}
_UNIT_DAYS: Sequence[tuple[str, float]] = (
    (r"seconds?|segundos?|sekunden?|secondes?", 1 / 86400),
    (r"minut[eo]s?|minuten", 1 / 1440),
    (r"hours?|horas?|stunden?|heures?", 1 / 24),
    (r"days?|días?|tage?n?|jours?|日間?", 1),
    (r"weeks?|semanas?|wochen?|semaines?|週間?", 7),
    (r"months?|mes(?:es)?|monate?n?|mois|[かヶカ箇]月間?", 30.4375),
    (r"years?|años?|jahre?n?|ans?|années?|年間?", 365.25),
)


@cache
def _compile_span() -> re.Pattern[str]:
    counts = "|".join(sorted(_COUNTS, key=lambda word: (-len(word), word)))
    units = "|".join(pattern for pattern, _ in _UNIT_DAYS)
    return re.compile(rf"(?<!\w)(\d{{1,6}}(?:\.\d{{1,3}})?|{counts})[ -]?({units})(?![A-Za-zÀ-ɏ])", re.IGNORECASE)


def _count_days(unit: str) -> float:
    return next((days for pattern, days in _UNIT_DAYS if re.fullmatch(pattern, unit, re.IGNORECASE)), 0)
