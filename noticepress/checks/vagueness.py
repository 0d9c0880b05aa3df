"""Words that leave open what is done with data: by language, and where in a text they matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from noticepress.checks.passages import UNSPACED, Passage

VAGUE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "en": (
            *("as needed", "as appropriate", "where appropriate", "if appropriate", "when appropriate"),
            *("from time to time", "from time-to-time", "generally", "typically", "usually", "normally"),
            *("might", "possibly", "often", "sometimes", "in some cases", "in certain cases", "among others"),
            *("among other things", "and so on", "and the like", "etc.", "and/or other", "various purposes"),
            *("including but not limited to", "including without limitation"),
            *("extended period", "extended periods", "reasonable period", "limited period"),
        ),
        "es": (
            *("según sea necesario", "cuando sea necesario", "según proceda", "cuando proceda", "en su caso"),
            *("de vez en cuando", "generalmente", "por lo general", "normalmente", "habitualmente", "típicamente"),
            *("posiblemente", "a menudo", "a veces", "en algunos casos", "en ciertos casos", "entre otros"),
            *("entre otras cosas", "etc.", "diversos fines", "incluidos, entre otros", "sin limitación"),
            *("período prolongado", "periodo prolongado", "período razonable", "periodo razonable", "plazo razonable"),
        ),
        "de": (
            *("nach bedarf", "bei bedarf", "gegebenenfalls", "ggf.", "unter umständen", "von zeit zu zeit"),
            *("in der regel", "im allgemeinen", "üblicherweise", "typischerweise", "normalerweise", "möglicherweise"),
            *("eventuell", "oft", "häufig", "manchmal", "in manchen fällen", "in einigen fällen", "unter anderem"),
            *("u. a.", "usw.", "etc.", "und so weiter", "verschiedene zwecke", "angemessene zeit", "längere zeit"),
            *("längeren zeitraum", "angemessenen zeitraum"),
        ),
        "ja": (
            *("必要に応じて", "適宜", "随時", "一般的に", "通常", "たいてい", "場合によっては", "場合により"),
            *("しばしば", "時々", "ときどき", "おそらく", "長期間", "相当の期間", "合理的な期間"),
            *("様々な目的", "さまざまな目的"),
        ),
        "ar": (
            *("عند الحاجة", "حسب الحاجة", "من وقت لآخر", "من حين لآخر", "عادة", "غالبا", "ربما", "أحيانا"),
            "فترة طويلة",
        ),
    }
)  # fmt: skip
"""Phrases that say neither when, nor how long, nor to whom, in small letters."""

HEDGES: Mapping[str, tuple[str, ...]] = MappingProxyType({"en": ("may", "some", "such as", "possible")})
"""Words that only weaken a text when there are many of them."""

MANY_HEDGES = 10
"""So many are told."""

_MATTERS = re.compile(
    r"13\.1\.c|13\.1\.d|13\.1\.e|13\.2\.a|14\.1\.[ce]|14\.2\.a"
    r"|\b(?:purposes?|retention|recipients?|third-parties|shar(?:ed|ing)|disclos(?:ed|ures?))\b"
)
"""Tags and ids of the sections about purposes, recipients and retention."""

_TITLES = re.compile(
    r"\b(?:purposes?|recipients?|retention|retain|how long|how we use|why we use|who receives|shar(?:e|ing))\b"
    r"|\bdisclosures?\b"
    r"|\b(?:finalidad(?:es)?|fines|destinatarios?|conserva(?:ción|mos)|cuánto tiempo|para qué|quién recibe|usamos)\b"
    r"|\b(?:zwecke?|empfänger|speicherdauer|aufbewahr\w+|wie lange|wofür wir|verwenden)\b"
    r"|利用目的|提供先|保存期間|第三者提供"
)
"""The same by what they are called, in small letters."""


WORD_END = r"(?!\w)"
"""The end of a word, as a pattern."""


def choose_passages(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """The passages about purposes, recipients and retention; all of them where no section can be told from another."""
    chosen = tuple(passage for passage in passages if any(map(_is_about_use, _name_sections(passage))))
    is_in_sections = any(passage.section for passage in passages)
    return chosen if chosen or is_in_sections else passages


def _name_sections(passage: Passage) -> Iterator[tuple[str, str]]:
    for section in passage.section:
        written = section.id if section.explicit_id else ""
        yield " ".join((*section.tags, written)), section.title.casefold()


def _is_about_use(named: tuple[str, str]) -> bool:
    tags, title = named
    return bool(_MATTERS.search(tags) or _TITLES.search(title))


def find_vague_phrases(passage: Passage, language: str) -> Iterator[tuple[int, str]]:
    """Where a passage leaves something open, and in which words; each once."""
    told: set[str] = set()
    for offset, words in _find_any(passage.text, VAGUE.get(language, ())):
        if words not in told:
            told.add(words)
            yield offset, words


def find_hedges(passages: Iterable[Passage], language: str) -> Iterator[tuple[Passage, int, str]]:
    """Where passages hedge, and with which word, in small letters."""
    for passage in passages:
        for offset, words in _find_any(passage.text, HEDGES.get(language, ())):
            yield passage, offset, words.casefold()


def _find_any(text: str, phrases: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    if phrases:
        for found in _compile_any(phrases).finditer(text):
            yield found.start(), found[0]


@cache
def _compile_any(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the phrases, as whole words where a script sets words apart."""
    return re.compile(write_choice(phrases), re.IGNORECASE)


def write_choice(phrases: Iterable[str]) -> str:
    """A pattern for any of some words as they stand in a text, whatever space lies between them; longest first."""
    longest_first = sorted(phrases, key=len, reverse=True)
    apart = [write_words(words) for words in longest_first if not UNSPACED.match(words[0])]
    joined = [write_words(words) for words in longest_first if UNSPACED.match(words[0])]
    return "|".join([*([rf"(?<!\w)(?:{'|'.join(apart)})"] if apart else []), *joined])


def write_words(words: str) -> str:
    """A pattern for words up to their end, where they have one."""
    written = r"\s+".join(map(re.escape, words.split()))
    return written if UNSPACED.match(words[-1]) or not words[-1].isalnum() else f"{written}{WORD_END}"
