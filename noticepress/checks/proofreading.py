"""Slips that a proof-reader would mark: words written twice, a missing full stop, odd spaces, half a pair of quotes."""

# ruff: noqa: RUF001 - signs that resemble others are what readers of many languages write

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from noticepress.checks.mailboxes import MAIL
from noticepress.checks.passages import OMITTED, Passage, count_words
from noticepress.checks.readability import split_sentences


@dataclass(frozen=True, slots=True)
class Slip:
    """Something that looks like a slip: where it begins in its passage, which words, what is told, what to do."""

    offset: int
    words: str
    told: str
    hint: str
    severity: Literal["warning", "info"] = "warning"


def find_slips(passage: Passage, language: str) -> Iterator[Slip]:
    """Every slip of one passage; what occurs again and again is told once."""
    told: set[str] = set()
    for find in (_find_repeated_words, _find_fused_addresses, _find_spaced_marks, _find_half_pairs):
        for slip in find(passage.text, language):
            if slip.told not in told:
                told.add(slip.told)
                yield slip


# ---- words written twice

_ALLOWED_TWICE = MappingProxyType(
    {
        "en": frozenset({"that", "had"}),
        "es": frozenset({"nos"}),
        "de": frozenset(
            {"die", "der", "das", "den", "dem", "denen", "deren", "sie", "ihnen", "ihr", "sich", "und", "wir", "es"}
        ),
        "fr": frozenset({"nous", "vous", "en"}),
    }
)
"""By language, the words that can rightly stand twice; other languages double words as they please."""

_TWICE = re.compile(r"(?<![\w'’-])([^\W\d_]+)[ ](?=([^\W\d_]+)(?![\w'’-]))")
_VERBS = re.compile(
    r"(?<![\w'’-])(?:(?:is|are|was|were)[ ](?:will|would|shall|can|may|must|should)"
    r"|(?:will|would|shall|must|should)[ ](?:is|are|was|were|will|would|shall))(?![\w'’-])"
)
_CLAUSE = re.compile(
    r"\b(?:what|who|whom|whose|which|where|when|how|why|whatever|whoever)\b|\b(?:it|that|this|there|those|they)\s*$",
    re.IGNORECASE,
)
"""What can open a clause that ends in a verb: "what it is may change"."""

_SIGNS_TWICE = re.compile(r"、、|。。|をを|，，")


def _find_repeated_words(text: str, language: str) -> Iterator[Slip]:
    allowed = _ALLOWED_TWICE.get(language)
    if allowed is not None:
        for found in _TWICE.finditer(text):
            first, second = found[1], found[2]
            if first.casefold() == second and second not in allowed:
                yield Slip(found.start(), first, f"{first} {second}: a word is written twice", "remove one")
    if language == "en":
        for found in _VERBS.finditer(text):
            clause = re.split(r"[,;:.(]", text[max(found.start() - 200, 0) : found.start()])[-1]
            if not _CLAUSE.search(clause):
                yield Slip(found.start(), found[0], f"{found[0]!r}: two verbs where one belongs", "remove one")
    if language == "ja":
        for found in _SIGNS_TWICE.finditer(text):
            yield Slip(found.start(), found[0], f"{found[0]!r} is written twice", "remove one")


# ---- full stops

_STARTERS = MappingProxyType(
    {
        "en": (
            "The|This|These|That|Those|A|An|In|If|It|We|You|Your|Our|They|There|To|For|From|When|Where|While|Please|"
            "However|At|As|On|By|With|All|Any|Some|No"
        ),
        "es": "El|La|Los|Las|Este|Esta|Estos|Un|Una|En|Si|Usted|Nosotros|Para|Por|Cuando|No|Todos|También|Le|Se",
        "de": (
            "Der|Die|Das|Dieser|Diese|Dieses|Ein|Eine|In|Im|Wenn|Wir|Sie|Ihre|Unsere|Es|Für|Von|Bei|Auf|Mit|Alle|"
            "Hier|Bitte|Auch"
        ),
    }
)
"""Words that have a capital only where a sentence begins."""

_FINAL = frozenset(".!?:;…。！？：；؟۔।")
_CLOSING = "\"'”’“»«)]）」』 \n"
_LEAST = 8
"""So many words make a paragraph more than a label or a name."""

_STOPPED = frozenset({"en", "es", "de", "ja", "fr", "it", "pt", "nl", "ar", "zh", "ko"})
"""Languages whose sentences end in a full stop."""


def _find_fused_addresses(text: str, language: str) -> Iterator[Slip]:
    starters = _STARTERS.get(language)
    if starters is None or "@" not in text:
        return
    following = re.compile(rf"\s+(?:{starters})\s")
    for found in MAIL.finditer(text):
        if begun := following.match(text, found.end()):
            words = f"{found[0]} {begun[0].strip()}"
            yield Slip(found.start(), found[0], f"{words!r}: no full stop after the address", "end the sentence")


def find_missing_stop(passage: Passage, follower: str, language: str) -> Slip | None:
    """A paragraph that does not end as sentences do; `follower` is the kind of the block after it."""
    text = passage.text.rstrip()
    last = text.rstrip(_CLOSING)[-1:]
    is_let_go = not passage.is_prose or language not in _STOPPED or follower in {"list", "table", "code", "quote"}
    if is_let_go or not last or last in _FINAL or last == OMITTED or "\n" in text:
        return None
    sentences = list(split_sentences(text))
    final = sentences[-1]
    if len(sentences) == 1 and (count_words(text) < _LEAST or _is_list_of_names(text)):
        return None
    shown = final.text if len(final.text.split()) < _LEAST else "… " + " ".join(final.text.split()[-3:])
    end = final.start + final.text.rfind(final.text.split()[-1])
    return Slip(end, final.text.split()[-1], f"no full stop after {shown!r}", "end the sentence")


def _is_list_of_names(text: str) -> bool:
    """Whether capitals and numbers prevail, as in an address or a signature."""
    words = [word.strip('("“„«') for word in text.split()]
    return 2 * sum(not word[:1].islower() for word in words) > len(words) and any(word[:1].isupper() for word in words)


# ---- spaces and pairs

_SPACED = re.compile(r"(?<=[^\W_])[ ]+([,.])(?=\s|$)")
_ODD_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u00ad]")
_SPACE_NAMES = MappingProxyType({"\u00a0": "non-breaking space", "\u00ad": "soft hyphen"})
_BOUND = re.compile("(?<=[\\d§%&.])[\u00a0\u202f]|[\u00a0\u202f](?=[\\d%€$:;!?»])|(?<=«)[\u00a0\u202f]")
"""Where typography asks for a space that does not break: beside numbers and signs, within abbreviations."""

_PAIRS = MappingProxyType(
    {
        "en": ("()", "“”", "[]"),
        "es": ("()", "“”", "«»", "[]"),
        "de": ("()", "„“", "[]"),
        "ja": ("()", "（）", "「」", "『』", "【】", "[]"),
        "ar": ("()", "«»", "[]"),
    }
)
_LABEL = re.compile(r"(?:^|\s)(?:[^\W\d_]|\d{1,3}|[ivxIVX]{1,5})[.]?$")
"""What stands before the bracket of an enumeration, "a)", which closes nothing."""


def _find_spaced_marks(text: str, language: str) -> Iterator[Slip]:
    if language in {"en", "es", "de"}:
        for found in _SPACED.finditer(text):
            yield Slip(found.start(), found[0], f"a space before {found[1]!r}", "remove it", "info")


def find_odd_spaces(line: str, language: str) -> tuple[int, str, int] | None:
    """The first odd space of a line as written: its index, what it is called, and how many the line has."""
    if language == "fr" or line.isascii():
        return None
    bare = _BOUND.sub(" ", line)
    odd = list(_ODD_SPACES.finditer(bare))
    return (odd[0].start(), _SPACE_NAMES.get(odd[0][0], "odd space"), len(odd)) if odd else None


def _find_half_pairs(text: str, language: str) -> Iterator[Slip]:
    for pair in _PAIRS.get(language, ()):
        opening, closing = pair[0], pair[1]
        if opening in text or closing in text:
            place = _find_unpaired(text, opening, closing)
            if place >= 0:
                told = f"{text[place]!r} has no {opening if text[place] == closing else closing!r}"
                yield Slip(place, text[place], told, "close what was opened")
    if language in _PAIRS and re.sub(r"\d\"", "", text).count('"') % 2:
        yield Slip(text.index('"'), '"', "an odd number of quotation marks", "close what was opened", "info")


def _find_unpaired(text: str, opening: str, closing: str) -> int:
    """The place of the first sign that has no partner; -1 where all have."""
    opened: list[int] = []
    for found in re.finditer(f"[{re.escape(opening + closing)}]", text):
        if found[0] == opening:
            opened.append(found.start())
        elif opened:
            opened.pop()
        elif not _LABEL.search(text[max(found.start() - 6, 0) : found.start()]):
            return found.start()
    return opened[0] if opened else -1
