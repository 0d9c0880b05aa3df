"""Dates that are written out in a text, and whether they are the notice's own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from noticepress.localize import month_names

_NO_PROSE = re.compile(
    r"\{\{(?:(?!\}\}|\{\{).)*+\}\}|\{%(?:(?!%\}|\{%).)*+%\}"  # placeholders
    r"|\{#[^{}\n]*+\}|\]\((?:[^()\n]|\([^()\n]*+\))*+\)",  # attributes of a heading, destinations of links
    re.DOTALL,
)
_YEAR = re.compile(r"\d{4}")
"""A text without one of these holds no date."""

_SENTENCE_END = re.compile(r"[.!?](?=\s)|[\u3002\uff01\uff1f]|\n\s*\n")
_REACH = 240
"""Characters on either side of a date in which its sentence is looked for."""
_LABEL_WORDS = 8
"""A sentence of no more words, date apart, only states a date: `Last updated on 9 March 2012`."""

_CUES = re.compile(
    r"\b(?:effective|last (?:updated|revised|modified|changed|reviewed)|as of|version|in force|applies from|valid from"
    r"|vigente|vigor|vigencia|actualizad[oa]|última (?:actualización|modificación|revisión)|versión"
    r"|stand|gültig|wirksam|in kraft|aktualisiert|zuletzt|fassung)\b"
    "|施行|発効|適用|最終更新|更新日|改定|改訂|制定|سار|يسري|نافذ|تحديث|إصدار",
    re.IGNORECASE,
)
"""Words that tell of the time of a notice, in English, Spanish, German, Japanese and Arabic."""

_NOTICE = re.compile(
    r"\b(?:notices?|polic(?:y|ies)|statements?|avisos?|políticas?|declaración|hinweise?|datenschutz\w*|richtlinien?)\b"
    "|通知|方針|ポリシー|إشعار|سياسة|بيان",
    re.IGNORECASE,
)
"""What a notice calls itself."""


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as written, its place (counted from 1), the day it names where that is clear, and the sentence around."""

    words: str
    line: int
    column: int
    day: date | None
    around: str

    def is_own(self, days: Collection[date]) -> bool:
        """Whether it stands for the notice's own time: one of its days, or said of the notice itself.

        The date of a law may stand, and so may that of anything else.
        """
        if self.day in days:
            return True
        is_label = len(self.around.split()) <= _LABEL_WORDS
        return bool(_CUES.search(self.around)) and (is_label or bool(_NOTICE.search(self.around)))


def find_written_dates(text: str, locale: str) -> Iterator[WrittenDate]:
    """Every date in the prose of a working text, as its locale, English and programs write them."""
    bare = _NO_PROSE.sub(lambda found: re.sub(r"[^\n]", "\0", found[0]), text)
    starts = [0, *(found.end() for found in re.finditer("\n", bare))]
    for found in _make_pattern(locale).finditer(bare) if _YEAR.search(bare) else ():
        line = bisect_right(starts, found.start())
        column = found.start() - starts[line - 1] + 1
        yield WrittenDate(found[0], line, column, _read_day(found[0], locale), _find_sentence(bare, found))


def _find_sentence(bare: str, found: re.Match[str]) -> str:
    """The words of the sentence that a date stands in, without the date."""
    before = bare[max(0, found.start() - _REACH) : found.start()]
    after = bare[found.end() : found.end() + _REACH]
    ends = [end.end() for end in _SENTENCE_END.finditer(before)]
    closing = _SENTENCE_END.search(after)
    words = before[ends[-1] if ends else 0 :] + " " + (after[: closing.start()] if closing else after)
    return " ".join(words.replace("\0", " ").split())


def _read_day(words: str, locale: str) -> date | None:
    """The day that a written date names; None where it cannot be told, as of 1/2/2012."""
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    try:
        match numbers:
            case [day, year]:  # around the name of a month
                return date(year, _find_month(words, locale), day)
            case [first, month, last] if "/" not in words:
                return date(last, month, first) if first < last else date(first, month, last)
    except ValueError:
        pass
    return None


def _find_month(words: str, locale: str) -> int:
    """The month that a name in the words stands for; 0 for none."""
    lowered = words.casefold()
    for names in (month_names(locale), month_names("en"), _SHORT_MONTHS):
        for number, name in enumerate(names, 1):
            if name.casefold() in lowered:
                return number
    return 0


_SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@cache
def _make_pattern(locale: str) -> re.Pattern[str]:
    """Dates as the locale and English write them, and as programs do."""
    names = sorted({*month_names(locale), *month_names("en"), "Sept", *_SHORT_MONTHS}, key=len, reverse=True)
    months = "|".join(re.escape(name) for name in names)
    return re.compile(
        r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)|(?<!\d)\d{4}年\s?\d{1,2}月\s?\d{1,2}日"
        r"|(?<![\d./])\d{1,2}([./])\s?\d{1,2}\1\s?\d{4}(?![\d/])"
        rf"|(?<!\d)\d{{1,2}}(?:st|nd|rd|th|\.)?\s(?:of\s|de\s)?(?:{months})\.?,?\s(?:de\s|del\s)?\d{{4}}(?!\d)"
        rf"|\b(?:{months})\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}(?!\d)",
        re.IGNORECASE,
    )
