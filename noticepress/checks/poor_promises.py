"""Poor promises about changes, by their phrases: readers have to look themselves, or their silence is consent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from noticepress.checks.desk import Desk
from noticepress.checks.passages import find_language, read_texts
from noticepress.errors import Problem

LONGEST = 80
"""How many characters of what was found a message quotes."""

_EN_OFTEN = r"(?:periodically|regularly|frequently|from time to time)"
_DE_OFTEN = "(?:regelmäßig|von zeit zu zeit|gelegentlich|in regelmäßigen abständen)"

# A reader who is asked, how often, and what to do, in either order, in one sentence. That the company itself looks
# regularly is no such phrase.
_REVIEW: Mapping[str, str] = MappingProxyType(
    {
        "en": (
            r"\b(?:please|you (?:should|must|may|can|are (?:advised|encouraged|responsible))|you to)\b[^.!?]{0,60}?"
            rf"(?:\b{_EN_OFTEN}[^.!?]{{0,30}}?\b(?:review|revisit|check|visit)"
            rf"|\b(?:review|revisit|check|visit|consult)[^.!?]{{0,60}}?\b{_EN_OFTEN})\b"
        ),
        "es": (
            r"\b(?:le|les|te) (?:recomendamos|aconsejamos|animamos|invitamos|sugerimos)\b[^.!?]{0,60}?"
            r"\b(?:consult|revis|visit|compru)[^.!?]{0,60}?"
            r"\b(?:periódicamente|regularmente|con frecuencia|de vez en cuando|con regularidad)\b"
        ),
        "de": (
            r"\b(?:bitte|(?:empfehlen|raten|bitten) (?:wir )?(?:ihnen|sie))\b[^.!?]{0,100}?"
            rf"\b{_DE_OFTEN}\b[^.!?]{{0,60}}?"
            "(?:prüfen|lesen|einsehen|besuchen|informieren|anzusehen|nachzulesen)"
        ),
        "ja": "定期的に[^。]{0,30}?(?:確認|ご覧|閲覧|参照)[^。]{0,12}?(?:ください|下さい|お願い|お勧め|推奨)",
        "ar": r"(?:يرجى|ننصح|نشجع|نوصي)[^.!؟]{0,60}?(?:بانتظام|بشكل دوري|دوريا|من وقت لآخر)",
    }
)

# Going on as before, and what it is taken for; with a "not" in between it is the contrary.
_DEEMED: Mapping[str, str] = MappingProxyType(
    {
        "en": (
            r"\b(?:continu(?:e|ed|ing) (?:to )?(?:us(?:e|ing)|access)|deemed)\b(?:(?!\bnot\b)[^.!?]){0,120}?"
            r"\b(?:accept|agree|consent|bound)"
        ),
        "es": (
            r"\b(?:uso continuado|contin[uú]a(?:r|n)? (?:usando|utilizando|con el uso)"
            r"|(?:sigue|seguir) (?:usando|utilizando))\b(?:(?!\bno\b)[^.!?]){0,120}?\b(?:acept|consient|conform)"
        ),
        "de": (
            r"\b(?:weitere[rn]? nutzung|fortgesetzte[rn]? nutzung|(?:weiterhin|weiter) nutzen)\b"
            r"(?:(?!\bnicht\b)[^.!?]){0,120}?(?:zustimm|stimmen|akzeptier|einverstanden|einwillig)"
        ),
        "ja": "(?:継続|引き続き)[^。]{0,30}?(?:利用|使用)[^。]{0,40}?(?:同意|承諾|承認)した",
        "ar": r"(?:استمرار|مواصلة)[^.!؟]{0,40}?استخدام[^.!؟]{0,60}?(?:موافق|قبول)",
    }
)

_PATTERNS: Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]] = MappingProxyType(
    {
        language: (
            ("it is the reader who has to look", re.compile(_REVIEW[language], re.IGNORECASE)),
            ("silence is taken for consent", re.compile(_DEEMED[language], re.IGNORECASE)),
        )
        for language in _REVIEW
    }
)


def find_poor_promises(desk: Desk) -> Iterator[Problem]:
    """Sentences that leave it to readers to notice a change, or take what they do for their consent."""
    for _, composed, passages in read_texts(desk):
        for passage in passages:
            for why, pattern in _PATTERNS.get(find_language(composed), ()):
                for found in pattern.finditer(passage.text):
                    words = " ".join(found[0].split())
                    shown = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
                    hint = "promise to tell people of changes, by which channel and when"
                    place = passage.locate(composed, found.start(), found[0])
                    yield Problem("CN05", place, f"{shown!r}: {why}", hint, "warning")
