"""Terms: two for one thing, capitals that promise a definition, definitions that nobody uses."""

# ruff: noqa: RUF001 - signs that resemble others are what readers of many languages write

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from noticepress.checks.passages import OMITTED, UNSPACED, Passage
from noticepress.checks.readability import split_sentences
from noticepress.checks.vagueness import WORD_END, write_choice, write_words

SYNONYMS: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "en": (
            ("privacy notice", "privacy policy", "privacy statement"),
            ("personal information", "personal data", "personally identifiable information"),
            ("website", "web site", "site"),
            ("email", "e-mail"),
        ),
        "es": (
            ("aviso de privacidad", "política de privacidad", "declaración de privacidad"),
            ("datos personales", "información personal", "datos de carácter personal"),
        ),
        "de": (
            ("Datenschutzhinweise", "Datenschutzerklärung", "Datenschutzrichtlinie", "Datenschutzinformation"),
            ("personenbezogene Daten", "persönliche Daten", "personenbezogene Informationen"),
            ("Website", "Internetseite", "Internetauftritt"),
        ),
        "ja": (
            ("プライバシー通知", "プライバシーポリシー", "プライバシーステートメント"),
            ("ウェブサイト", "ホームページ", "Webサイト"),
        ),
    }
)  # fmt: skip
"""Terms that mean the same in most notices. A guess: a site says better what it means by `synonyms`."""

_PLURALS = MappingProxyType({"en": r"(?:e?s)?", "es": r"(?:e?s)?", "de": r"(?:e[nrs]?|n|s)?"})


@dataclass(frozen=True, slots=True)
class Use:
    """A term where it is used."""

    passage: Passage
    offset: int
    words: str
    term: str


def find_uses(passages: Iterable[Passage], terms: Sequence[str], language: str) -> list[Use]:
    """Every use of some terms, singular or plural, in any case; a longer term hides those it contains."""
    plural = _PLURALS.get(language, "")
    patterns = {f"t{number}": term for number, term in enumerate(terms)}
    longest_first = sorted(patterns.items(), key=lambda item: len(item[1]), reverse=True)
    # What stands before a word is looked at once for all terms: one of each term would cost as much as its search.
    before = r"(?<!\w)" if all(not UNSPACED.match(term[0]) for term in terms) else ""
    choice = "|".join(f"(?P<{name}>{_write_term(term, plural)})" for name, term in longest_first)
    pattern = re.compile(f"{before}(?:{choice})", re.IGNORECASE)
    return [
        Use(passage, found.start(), found[0], patterns[found.lastgroup or ""])
        for passage in passages
        for found in pattern.finditer(passage.text)
    ]


def _write_term(term: str, plural: str) -> str:
    """A term, or its plural: "policy" is also in "policies"."""
    written = write_words(term)
    bare = written.removesuffix(WORD_END)
    if not plural or bare == written:
        return written
    if plural == _PLURALS["en"] and bare.endswith("y"):
        return f"{bare[:-1]}(?:y|ies){WORD_END}"
    return f"{bare}{plural}{WORD_END}"


def choose_terms(declared: Sequence[tuple[str, ...]], language: str) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Sets of terms for one thing, each with whether the site declared it; its word goes before a guess."""
    yield from ((terms, True) for terms in declared)
    known = {term.casefold() for terms in declared for term in terms}
    for terms in SYNONYMS.get(language, ()):
        if known.isdisjoint(term.casefold() for term in terms):
            yield terms, False


def find_strays(uses: Sequence[Use], terms: Sequence[str], *, is_declared: bool) -> list[Use]:
    """The uses of other terms than the one to use: the first that was declared, else the one used most."""
    counts = Counter(use.term for use in uses)
    right = terms[0] if is_declared else max(terms, key=lambda term: (counts[term], -terms.index(term)))
    return [use for use in uses if use.term != right]


# ---- capitals

_DRAFTED = frozenset(
    {
        *("account", "affiliate", "app", "application", "company", "content", "customer", "device", "feature"),
        *("member", "participant", "partner", "party", "platform", "product", "provider", "service", "site"),
        *("software", "subscriber", "support", "term", "user", "vendor", "visitor", "website", "widget"),
    }
)
"""Nouns, in the singular, that drafters set in capitals when they mean something of their own by them."""

_NAMES = frozenset(
    {
        *("i", "internet", "web", "like", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
        *("november", "december", "english", "state", "states", "union", "commission", "parliament", "council"),
        *("act", "regulation", "directive", "article", "section", "clause", "clauses", "authority", "court"),
        *("commissioner", "officer", "shield", "harbor", "framework", "policy", "notice", "statement", "track"),
    }
)
"""Words, in small letters, that stand in proper names, or are written with a capital anyway."""

_CAPITALS = re.compile(r"(?<![\w@./'’-])[A-Z][a-z]+(?:[ ](?:and[ ])?[A-Z][a-z]+)*(?![\w@'’-]|\.\w)")
_QUOTED = re.compile(r"[“\"„«「『‘]\s*([^“”\"„«»「」『』‘’]{1,80}?)\s*[”\"“»」』’]")
_LINKING = frozenset({"and"})


@dataclass(frozen=True, slots=True)
class Capital:
    """Words that are written with capitals and never defined: the first use, and how often."""

    passage: Passage
    offset: int
    words: str
    count: int


def list_definitions(passages: Iterable[Passage]) -> frozenset[str]:
    """Everything that stands in quotation marks, in small letters: that is how terms are defined."""
    return frozenset(found[1].casefold() for passage in passages for found in _QUOTED.finditer(passage.text))


def find_capitals(passages: Sequence[Passage], names: Iterable[str]) -> Iterator[Capital]:
    """Common nouns that an English text writes with capitals in the middle of a sentence and defines nowhere.

    `names` are the proper names that are known. What a link says is the title of something else.
    """
    defined = set(list_definitions(passages))
    defined |= {span.text.strip().casefold() for p in passages for _, span in p.pieces if _is_strong(span.marks)}
    defined |= {passage.text.strip().casefold() for passage in passages if passage.block.kind == "heading"}
    names_pattern = _compile_names(names)
    small = _list_small_words(passages)
    first: dict[str, Capital] = {}
    for passage in passages:
        if passage.block.kind == "heading":
            continue
        for offset, words in _list_capitals(passage, names_pattern):
            key = _find_singular(words.casefold())
            if words.casefold() in defined or key in defined or passage.find_span(offset).link:
                continue
            known = first.get(key)
            first[key] = Capital(passage, offset, words, 1) if known is None else _count_again(known)
    yield from (capital for capital in first.values() if _is_common(capital, small))


def _is_strong(marks: Iterable[object]) -> bool:
    return any(getattr(mark, "kind", "") == "strong" for mark in marks)


def _count_again(capital: Capital) -> Capital:
    return Capital(capital.passage, capital.offset, capital.words, capital.count + 1)


def _compile_names(names: Iterable[str]) -> re.Pattern[str] | None:
    known = {name for name in names if name}
    return re.compile(write_choice(known)) if known else None


def _list_small_words(passages: Iterable[Passage]) -> frozenset[str]:
    """Every word that stands somewhere in small letters, in the singular."""
    return frozenset(
        _find_singular(word) for passage in passages for word in re.findall(r"(?<!\w)[a-z]{2,}(?!\w)", passage.text)
    )


def _find_singular(word: str) -> str:
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def _list_capitals(passage: Passage, names: re.Pattern[str] | None) -> Iterator[tuple[int, str]]:
    """Words with capitals in the middle of sentences, names left out."""
    text = passage.text
    if names:
        text = names.sub(lambda found: OMITTED * len(found[0]), text)
    text = _QUOTED.sub(lambda found: OMITTED * len(found[0]), text)
    for sentence in split_sentences(text):
        for found in _CAPITALS.finditer(sentence.text):
            before = sentence.text[: found.start()].rstrip()
            if before and before[-1] not in f':;“"(–—{OMITTED}' and not before.endswith(("’s", "'s")):
                yield sentence.start + found.start(), found[0]


def _is_common(capital: Capital, small: frozenset[str]) -> bool:
    """Whether capitals stand on words that are no names: drafters' nouns, or words that have no capital elsewhere."""
    words = [_find_singular(word) for word in capital.words.casefold().split() if word not in _LINKING]
    if any(word in _NAMES or f"{word}s" in _NAMES for word in words):
        return False
    if len(words) == 1:
        return words[0] in _DRAFTED or (words[0] in small and capital.count > 1)
    return all(word in small or word in _DRAFTED for word in words)


# ---- definitions

_DEFINING = MappingProxyType(
    {
        "en": re.compile(
            r"(?:\b(?:call(?:ed)?(?: \w{1,8})?|collectively|together|hereinafter|refer(?:red)? to as)|\(the)\W{0,12}$"
        ),
        "es": re.compile(r"\b(?:llamamos|denominad[oa]s?|en adelante|colectivamente)\W{0,12}$"),
        "de": re.compile(r"\b(?:nennen wir(?: sie)?|nachfolgend|im folgenden|zusammen|kurz)\W{0,12}$"),
        "ja": re.compile(r"(?:以下|総称して)\W{0,6}$"),
    }
)
_NEAR = 60
"""Characters before a quotation that can make a definition of it."""


def find_unused_definitions(passages: Sequence[Passage], language: str) -> Iterator[tuple[Passage, int, str]]:
    """Terms that are defined in quotation marks and never used again: the passage, where in it, and the term."""
    defining = _DEFINING.get(language)
    if defining is None:
        return
    whole = "\n".join(passage.text for passage in passages).casefold()
    for passage in passages:
        for found in _QUOTED.finditer(passage.text):
            before = passage.text[max(found.start() - _NEAR, 0) : found.start() + 1].casefold()
            term = found[1].casefold()
            if defining.search(before) and whole.count(term) == 1:
                yield passage, found.start(1), found[1]
