"""Mail addresses, telephone numbers and streets as the entities' files have them, and where a text writes them out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from noticepress.checks.literals import (
    AFTER,
    BEFORE,
    BLANK,
    compile_facts,
    loosen_spaces,
    read_lines,
    repeats_link_words,
)
from noticepress.errors import Source
from noticepress.model import Address, Facts, Library, WorkingText

Kind = Literal["mail", "phone", "street", "code"]

SHORTEST = 4
"""Characters; what is shorter is as likely a word as a fact."""

_DIGITS_OF_A_PHONE = 7
_BETWEEN_DIGITS = r"[\s().\-\u2013/]{0,3}"
_COUNTRY_CODE = re.compile(r"\+(\d{1,3})[\s(]")


@dataclass(frozen=True, slots=True)
class Declared:
    """A fact as a file in `entities/` has it, what stands for it in a text, and where it is."""

    kind: Kind
    text: str
    placeholder: str
    source: Source
    address: Address | None = None


def list_declared(library: Library) -> Iterator[Declared]:
    """Every mail address, telephone number and street of every entity, at any time."""
    for entity in library.entities.values():
        for facts in entity.slices:
            yield from _list_contacts(facts)


def _list_contacts(facts: Facts) -> Iterator[Declared]:
    for role, contact in facts.contacts.items():
        if isinstance(contact, Address):
            yield Declared("street", contact.street, f"contact.{role} | address", facts.source, contact)
        else:
            kind: Kind = "mail" if "@" in contact else "phone"
            yield Declared(kind, contact, f"contact.{role}", facts.source)
    if facts.address:
        name = f'roster["{facts.entity}"].address | address'
        yield Declared("street", facts.address.street, name, facts.source, facts.address)


# ---- written out


def find_literals(
    working: WorkingText, declared: Iterable[Declared], names: Mapping[str, str]
) -> Iterator[tuple[Source, str, str]]:
    """Facts that are written out in a text: place, words, and the placeholder that belongs there.

    `names` are names of companies, each with its placeholder; one without a placeholder may be written out.
    """
    known = {loosen_spaces(name): placeholder for name, placeholder in names.items()}
    phones: dict[str, str] = {}
    for fact in declared:
        for pattern in _list_patterns(fact):
            known.setdefault(pattern, fact.placeholder)
        if fact.kind == "phone" and (pattern := _loosen_phone(fact.text)):
            phones.setdefault(pattern, fact.placeholder)
    for facts in (known, phones):
        patterns = tuple(sorted(facts, key=len, reverse=True))
        for number, line in read_lines(working) if patterns else ():
            for found in _compile(patterns).finditer(line):
                placeholder = facts[patterns[(found.lastindex or 1) - 1]]
                if placeholder and not repeats_link_words(line, found.start(), found[0]):
                    yield Source(working.path, number, found.start() + 1), found[0], placeholder


@lru_cache(maxsize=64)
def _compile(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return compile_facts(patterns)


@lru_cache(maxsize=4096)
def _list_patterns(fact: Declared) -> tuple[str, ...]:
    """A street with its town, each of them alone, a mail address in whatever capitals."""
    match fact.kind:
        case "street":
            town = _loosen_town(fact.address) if fact.address else ""
            street = loosen_spaces(fact.text) + (rf"(?:[\s,]{{1,3}}(?:{town}))?" if town else "")
            return tuple(filter(None, (street if len(fact.text) >= SHORTEST else "", town)))
        case "mail":
            return (f"(?i:{re.escape(fact.text)})",)
        case _ if len(fact.text) >= SHORTEST and not _loosen_phone(fact.text):
            return (loosen_spaces(fact.text),)
    return ()


def _loosen_town(address: Address) -> str:
    """Town and postal code in either order, however they are spaced; nothing where the code is not known."""
    if len(address.postal_code) < SHORTEST:
        return ""
    code = r"\s*".join(map(re.escape, address.postal_code.split()))
    ways = []
    if address.locality:
        town = loosen_spaces(address.locality)
        region = rf"(?:{loosen_spaces(address.region)}[\s,]{{0,3}})?" if address.region else ""
        ways = [rf"{town}[\s,]{{1,3}}{region}{code}", rf"{code}[\s,]{{1,3}}{town}"]
    if address.region:
        ways.append(rf"{loosen_spaces(address.region)}\s*{code}")
    return "|".join(ways)


@lru_cache(maxsize=4096)
def _loosen_phone(number: str) -> str:
    """A pattern for a telephone number, however its digits are grouped, with or without the code of its country."""
    digits = re.sub(r"\D", "", number)
    if len(digits) < _DIGITS_OF_A_PHONE:
        return ""
    code = _COUNTRY_CODE.match(number)
    own = digits.removeprefix(code[1]) if code else digits
    if code is None or len(own) < _DIGITS_OF_A_PHONE:
        return rf"\+?\(?{_BETWEEN_DIGITS.join(digits)}"
    before = rf"(?:(?:\+|00)?{code[1]}{_BETWEEN_DIGITS})?(?:\(0\)|0|\()?"
    return before + _BETWEEN_DIGITS + _BETWEEN_DIGITS.join(own)


# ---- what looks like one

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_PHONE = re.compile(r"(?<![\w+./-])\+?\(?\d[\d\s().\-\u2013/]{6,20}\d(?![\w/-])")
_CODE = re.compile(r"(?<!\w)[A-Z]{2}\s?\d{5}(?!\w)")
_STREET = re.compile(
    r"(?<!\w)\d{1,6}[A-Za-z]?(?:\s[A-Z][\w.'\u2019]{0,30}){1,5}?"
    r"\s(?:Street|St|Road|Rd|Avenue|Ave|Boulevard|Blvd|Lane|Ln|Drive|Dr|Way|Court|Ct|Place|Square)(?!\w)"
    r"|(?<!\w)[A-ZÄÖÜ][\wäöüß-]{2,40}(?:straße|strasse|str\.|allee|platz|weg)\s\d{1,5}"
    r"|(?<!\w)(?:Calle|C/|Avenida|Avda\.|Av\.|Paseo|Plaza|Rue|Via)(?:\s[A-ZÁÉÍÓÚÑ][\w'\u2019]{1,30}){1,4},?\s\d{1,5}"
)
_LOOKS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("mail", _MAIL),
    ("phone", _PHONE),
    ("code", _CODE),
    ("street", _STREET),
)
_DIGIT = re.compile(r"\d")
"""Without one of them nothing looks like a fact but a mail address."""

_FAX = re.compile(r"fax\W{0,4}$", re.IGNORECASE)
_TOKEN = re.compile(r"\S+")
_REACH = 120
"""Characters around its number that a street may take."""

_LONGEST_DATE = 8
"""Digits; what has more is a telephone number even without a plus."""


def find_mentions(working: WorkingText, streets: Iterable[str]) -> Iterator[tuple[Kind, str, Source]]:
    """Whatever looks like a mail address, a telephone number, a postal code or a street, or like one of `streets`."""
    numbered = [(street.split(), found[0]) for street in sorted(set(streets)) if (found := re.search(r"\d+", street))]
    for line_number, line in read_lines(working, addresses=False):
        has_digits = _DIGIT.search(line) is not None
        for kind, pattern in _LOOKS:
            for found in pattern.finditer(line) if ("@" in line if kind == "mail" else has_digits) else ():
                if kind != "phone" or _is_phone(line, found):
                    yield kind, " ".join(found[0].split()), Source(working.path, line_number, found.start() + 1)
        for words, number in numbered:
            for start, text in _find_windows(line, words, number) if number in line else ():
                yield "street", text, Source(working.path, line_number, start + 1)


def _is_phone(line: str, found: re.Match[str]) -> bool:
    """Whether digits are a telephone number, and none for a fax, which is often the next one."""
    digits = sum(map(str.isdigit, found[0]))
    is_long = digits > _LONGEST_DATE or (found[0].startswith("+") and digits >= _DIGITS_OF_A_PHONE)
    return is_long and not _FAX.search(line, max(0, found.start() - 12), found.start())


def _find_windows(line: str, words: list[str], number: str) -> Iterator[tuple[int, str]]:
    """As many words of a line as a street has, around its number."""
    before = next(index for index, word in enumerate(words) if number in word)
    for found in re.finditer(BEFORE + re.escape(number) + AFTER, line):
        tokens = list(_TOKEN.finditer(line, max(0, found.start() - _REACH), found.end() + _REACH))
        here = next(index for index, token in enumerate(tokens) if token.end() > found.start())
        window = tokens[max(0, here - before) : here - before + len(words)]
        text = " ".join(token[0] for token in window)
        if len(window) == len(words) and BLANK not in text:
            yield window[0].start(), text.strip(",.;:()")
