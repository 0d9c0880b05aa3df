"""Names of companies: which hold on a day, which are only other spellings of them, and which come suspiciously near."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz

from noticepress.checks.literals import AFTER, BEFORE, BLANK, loosen_spaces
from noticepress.model import Entity, Facts, Library

# Spellings of one legal form each, as they are without points and spaces; the first names the form.
_FORMS = (
    ("inc", "incorporated"),
    ("ltd", "limited"),
    ("corp", "corporation"),
    *((form,) for form in ("llc", "llp", "plc", "gmbh", "ag", "kg", "ug", "sl", "slu", "sa", "sau", "sas", "sarl")),
    *((form,) for form in ("bv", "nv", "spa", "srl", "oy", "ab", "aps", "kk")),
)
_FORM_OF = {spelling: forms[0] for forms in _FORMS for spelling in forms}
_JAPANESE_FORMS = {"株式会社": "kk", "有限会社": "yk", "合同会社": "gk"}

# Where a legal form stands in a sentence, capitals as companies write them: "as" and "ab" are words, too.
_FORM = re.compile(
    r"(?<=[\s,])(?:Inc|INC|Incorporated|Ltd|LTD|Limited|LIMITED|LLC|L\.L\.C|LLP|PLC|plc|Corp|Corporation"
    r"|GmbH|GMBH|AG|KG|UG|S\. ?L\. ?U|S\. ?L|SLU|SL|S\. ?A\. ?S|SAS|S\. ?A|SA|SARL|B\. ?V|BV|N\. ?V|NV|S\.p\.A|S\.r\.l"
    r"|Oy|AB|ApS|K\. ?K|KK)"
    r"(?!\w)\.?"
)
_WORD = re.compile(r"[^\s,]+,?")
_JAPANESE_RUN = r"[0-9A-Za-zァ-ヺー・一-鿿]{1,40}"
_JAPANESE = re.compile("|".join(f"{form}{_JAPANESE_RUN}" for form in _JAPANESE_FORMS))
_REACH = 80
"""How many characters before a legal form a company's name may take."""

_HOST_END = re.compile(r" (?:com|net|org)$")
"""A company is often called by the name of its website."""

_LONGEST_NAME = 5
"""Words before a legal form."""

_NEAR = 75
"""From this likeness on (0 to 100) two names may be mistaken for each other."""

_ADDRESSES = frozenset("@/#")
"""Beside one of these a name is a part of an address."""

_SHORTEST = 4
"""Characters of a name that another one can be near to."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of companies on a day, as the entities' files hold them.

    `holding` are legal names and aliases of that day; `elsewhere` those of other times, and of entities that answer for
    nobody on that day; `others` are owners, representatives and certifiers, which are no entities.
    """

    day: date
    organisation: str
    holding: Mapping[str, Facts]
    elsewhere: Mapping[str, Facts]
    others: frozenset[str]

    @property
    def known(self) -> frozenset[str]:
        """Every name that stands in some file."""
        return frozenset({*self.holding, *self.elsewhere, *self.others, self.organisation})


def gather_names(library: Library, day: date) -> Names:
    """The names of a site's companies on a day."""
    holding: dict[str, Facts] = {}
    elsewhere: dict[str, Facts] = {}
    for entity in library.entities.values():
        facts = entity.facts_on(day)
        if facts and not has_ended(entity, facts):
            holding |= dict.fromkeys((facts.legal_name, *facts.aliases), facts)
    for entity in library.entities.values():
        for facts in entity.slices:
            for name in (facts.legal_name, *facts.aliases):
                if name not in holding:
                    elsewhere.setdefault(name, facts)
    slices = [facts for entity in library.entities.values() for facts in entity.slices]
    others = {name for facts in slices for name in (facts.owner, *facts.representatives.values())}
    others |= {seal.issuer for facts in slices for seal in facts.seals}
    return Names(day, library.settings.organisation, holding, elsewhere, frozenset(others - {""}))


def has_ended(entity: Entity, facts: Facts) -> bool:
    """Whether an entity answers for nobody on a day (whose facts are given), but does at another time."""
    return not facts.answers_for and any(other.answers_for for other in entity.slices)


# ---- names as they are


def find_ended_names(line: str, names: Names) -> Iterator[tuple[int, str, Facts]]:
    """Names in a line that are known, but not for this day: offset, name, and the facts that have it."""
    if not names.elsewhere:
        return
    pattern = _compile_names(tuple(sorted(names.known, key=lambda name: (-len(name), name))))
    for found in pattern.finditer(line):
        name = " ".join(found[0].split())
        if name in names.elsewhere:
            yield found.start(), name, names.elsewhere[name]


@lru_cache(maxsize=64)
def _compile_names(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"{BEFORE}(?:{'|'.join(map(loosen_spaces, names))}){AFTER}")


# ---- other spellings


@lru_cache(maxsize=4096)
def fold_name(name: str) -> tuple[str, str]:
    """A name without case and punctuation, and its legal form apart: `("acme", "ltd")`; no form is empty."""
    text = unicodedata.normalize("NFKC", name).casefold()
    for written, form in _JAPANESE_FORMS.items():
        if text.startswith(written) or text.endswith(written):
            return _fold_words(text.replace(written, " ")), form
    words = text.replace(",", " ").split()
    for count in (1, 2, 3):  # "S. L. U." is one form
        spelled = "".join(words[-count:]).replace(".", "")
        if len(words) > count and spelled in _FORM_OF:
            return _fold_words(" ".join(words[:-count])), _FORM_OF[spelled]
    return _fold_words(text), ""


def _fold_words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.replace("_", " ")))


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as it is written at a place; `meant` is the name it stands for, None for that of the organisation."""

    line: int
    column: int
    text: str
    name: str
    meant: Facts | None


def find_spellings(lines: Iterable[tuple[int, str]], names: Names) -> Iterator[Spelling]:
    """Every name that holds on the day and stands in the lines, in whatever case, punctuation or legal form."""
    exact: dict[tuple[str, str], tuple[str, Facts | None]] = {fold_name(names.organisation): (names.organisation, None)}
    exact |= {fold_name(name): (name, facts) for name, facts in names.holding.items()}
    # Where an alias is but another spelling of the legal name, the legal name is what is meant.
    exact |= {fold_name(facts.legal_name): (facts.legal_name, facts) for facts in names.holding.values()}
    pattern = _compile_spellings(tuple(sorted({*names.holding, names.organisation}, key=lambda n: (-len(n), n))))
    for number, line in lines:
        for found in pattern.finditer(line) if pattern else ():
            around = line[max(0, found.start() - 1) : found.start()] + line[found.end() : found.end() + 1]
            if _ADDRESSES.isdisjoint(around) and (known := exact.get(fold_name(found[0]))) is not None:
                yield Spelling(number, found.start() + 1, " ".join(found[0].split()), *known)


@lru_cache(maxsize=64)
def _compile_spellings(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Only names in an alphabet have several spellings that are told apart here."""
    patterns = [pattern for name in names if (pattern := _loosen_name(name))]
    return re.compile(f"{BEFORE}(?:{'|'.join(patterns)}){AFTER}", re.IGNORECASE) if patterns else None


def _loosen_name(name: str) -> str:
    core, form = fold_name(name)
    words = core.split()
    if not words or not core.replace(" ", "").isascii() or len(core) < _SHORTEST:
        return ""
    gap = rf"(?:[^\w\n.{BLANK}]|\.(?!\s)){{1,3}}"
    pattern = gap.join(map(re.escape, words))
    spellings = next((forms for forms in _FORMS if forms[0] == form), ())
    if not spellings:
        return pattern
    loose = "|".join(r"\.? ?".join(spelling) if len(spelling) < _SHORTEST else spelling for spelling in spellings)
    return rf"{pattern}{gap}(?:{loose})\.?"


def is_drift(spelling: Spelling, names: Names, line: str) -> bool:
    """Whether a spelling is none that the files hold, and no mere matter of the sentence around it."""
    text = spelling.text
    if text in names.known or text.removesuffix(".") in names.known:  # the point may end the sentence
        return False
    if text.islower() and not fold_name(text)[1]:
        return False  # as likely a word, or a part of an address
    if text.split()[-1].islower() and not text.islower():
        return False  # "Acme limited the access"
    return not (text.isupper() and _is_shouted(line))


def _is_shouted(line: str) -> bool:
    letters = [character for character in line if character.isalpha()]
    return sum(map(str.isupper, letters)) > len(letters) * 0.7


# ---- names that nobody has


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A company's name at an offset of a line that no file holds, and the name that it is like."""

    start: int
    text: str
    like: str


def find_lookalikes(line: str, names: Names) -> Iterator[Lookalike]:
    """Words that look like a company's name, and like one that is known, but are not it."""
    candidates = list(_list_candidates(line))
    folds = {fold_name(name) for name in names.known} if candidates else set()
    met: dict[str, tuple[float, str] | None] = {}
    for start, words, end in candidates:
        # "By Acme Inc" may begin with any of its words.
        ways = {begin: " ".join(line[begin:end].split()) for begin in (start, *words)}
        if any(fold_name(way) in folds for way in ways.values()):
            continue
        for way in ways.values():
            if way not in met:
                met[way] = find_nearest(way, names)
        near = [(*nearest, begin) for begin, way in ways.items() if (nearest := met[way])]
        if near:
            _, like, begin = max(near)
            yield Lookalike(begin, ways[begin], like)


def find_nearest(text: str, names: Names) -> tuple[float, str] | None:
    """How like a name is to the nearest that holds (0 to 100), and that name; None where none is near."""
    core = _HOST_END.sub("", fold_name(text)[0])
    scored = [
        (fuzz.ratio(core, known) + (fold_name(text)[1] == fold_name(name)[1]), name)
        for name in sorted(names.holding)
        if min(len(core), len(known := fold_name(name)[0])) >= _SHORTEST
    ]
    best = max(scored, default=None)
    return best if best and best[0] >= _NEAR else None


def _list_candidates(line: str) -> Iterator[tuple[int, tuple[int, ...], int]]:
    """Companies' names by their legal form: where they begin, where their further words do, and where they end."""
    for found in _FORM.finditer(line):
        first = max(0, found.start() - _REACH)
        begins: list[int] = []
        words = list(_WORD.finditer(line, first, found.start()))
        for position, word in enumerate(reversed(words)):
            is_name = word[0][0].isupper() or word[0][0].isdigit()
            if not is_name or BLANK in word[0] or (position and word[0].endswith(",")) or position == _LONGEST_NAME:
                break
            begins.insert(0, word.start())
        if begins:
            yield begins[0], tuple(begins[1:]), found.end()
    for found in _JAPANESE.finditer(line):
        yield found.start(), (), found.end()
