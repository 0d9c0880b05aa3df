"""Which language a paragraph looks like: by its script, and by the small words that no text does without."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

LEAST_WORDS = 5
"""A paragraph of fewer words says nothing about its language: names and addresses read alike in many."""

_SCRIPTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ja": ("CJK", "HIRAGANA", "KATAKANA"),
        "zh": ("CJK",),
        "ko": ("HANGUL", "CJK"),
        "ar": ("ARABIC",),
        "fa": ("ARABIC",),
        "ur": ("ARABIC",),
        "he": ("HEBREW",),
        "ru": ("CYRILLIC",),
        "uk": ("CYRILLIC",),
        "bg": ("CYRILLIC",),
        "el": ("GREEK",),
        "th": ("THAI",),
        "hi": ("DEVANAGARI",),
    }
)
"""The scripts of languages that are not written in Latin letters, as Unicode names begin."""

_NEGATIONS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "en": re.compile(
            r"\b(?:not|no|never|none|nor|neither|nobody|nothing|cannot|without|\w+n['\u2019]t)\b", re.IGNORECASE
        ),
        "es": re.compile(r"\b(?:no|nunca|jamás|ningun[oa]s?|ningún|nadie|nada|ni|sin|tampoco)\b", re.IGNORECASE),
        "de": re.compile(r"\b(?:nicht|nichts|nie|niemals|niemand\w*|kein\w*|ohne|weder|nirgends)\b", re.IGNORECASE),
        "fr": re.compile(r"\b(?:ne|n['\u2019]\w+|non|pas|jamais|aucune?s?|sans|ni|rien)\b", re.IGNORECASE),
        "ja": re.compile("ない|ません|なく|なかっ|ず|ぬ|無|不|非|未|禁|以外|除"),
        "ar": re.compile("لا|لن|لم|ليس|غير|دون|عدم"),
    }
)
_LIMITS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "en": re.compile(
            r"\b(?:only|unless|except\w*|exclu\w+|prohibit\w+|refus\w+|unable|unlike\w*)\b", re.IGNORECASE
        ),
        "es": re.compile(
            r"\b(?:s[oó]lo|solamente|únicamente|salvo|excepto|exclu\w+|prohib\w+|impos\w+)\b", re.IGNORECASE
        ),
        "de": re.compile(
            r"\b(?:nur|erst|ausschließlich|außer|ausgenommen|untersagt|verboten|un(?:möglich|zulässig|bekannt)\w*)\b",
            re.IGNORECASE,
        ),
        "fr": re.compile(r"\b(?:seulement|uniquement|sauf|excepté|exclu\w*|interdi\w+|impos\w+)\b", re.IGNORECASE),
        "ja": re.compile("のみ|だけ|限|拒"),
        "ar": re.compile("فقط|إلا|يحظر|سوى"),
    }
)
"""Words that deny in a roundabout way."""

_WORD = re.compile(r"[^\W\d_]+")
_LOWER_CASE_WORDS = 3
_LEAST_SMALL_WORDS = 3


def count_words(text: str) -> int:
    """How many words a text has that begin with a small letter or have no case: names do not count."""
    return sum(not word[0].isupper() for word in _WORD.findall(text))


def is_prose(text: str) -> bool:
    """Whether a text is long enough to be judged, and more than names."""
    small = 0
    for count, word in enumerate(_WORD.finditer(text), start=1):
        small += not word[0][0].isupper()
        if count >= LEAST_WORDS and small >= _LOWER_CASE_WORDS:
            return True
    return False


def looks_foreign(text: str, locale: str, source_locale: str) -> bool:
    """Whether a text of a translation seems to be in the source's language: no word or letter of its own in it."""
    own, source = locale.partition("-")[0], source_locale.partition("-")[0]
    if own == source:
        return False
    if own in _SCRIPTS and source not in _SCRIPTS:
        scripts = _SCRIPTS[own]
        is_own = any(_name_script(character).startswith(scripts) for character in text if character.isalpha())
        return not is_own and is_prose(text)
    ours, theirs = _list_small_words(own), _list_small_words(source)
    if not ours or not theirs:
        return False
    words = [word.casefold() for word in _WORD.findall(text)]
    own_words, foreign_words = ours - theirs, theirs - ours
    foreign = sum(word in foreign_words for word in words)
    return foreign >= _LEAST_SMALL_WORDS and own_words.isdisjoint(words) and is_prose(text)


@cache
def read_words() -> Mapping[str, Any]:
    """What is known of languages' words: `order` and `numbers`, and the `small` ones that no text does without."""
    data: Mapping[str, Any] = json.loads((files("noticepress") / "data" / "language_words.json").read_text("utf-8"))
    return data


@cache
def _list_small_words(language: str) -> frozenset[str]:
    return frozenset(read_words()["small"].get(language, "").split())


@lru_cache(maxsize=4096)
def _name_script(character: str) -> str:
    return unicodedata.name(character, "")


@lru_cache(maxsize=1024)
def says_not(text: str, locale: str) -> bool:
    """Whether a text says "not" in some way; False for a language whose words for it are not known."""
    pattern = _NEGATIONS.get(locale.partition("-")[0])
    return bool(pattern and pattern.search(text))


def may_say_not(text: str, locale: str) -> bool:
    """Whether a text says "not", or what a translator may write for it: "only if", "it is prohibited"."""
    language = locale.partition("-")[0]
    return language not in _NEGATIONS or says_not(text, locale) or bool(_LIMITS[language].search(text))
