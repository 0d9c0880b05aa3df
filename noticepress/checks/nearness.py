"""Facts that are nearly the same: one of the two is probably a slip."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, islice

from rapidfuzz.distance import Levenshtein

from noticepress.checks.contacts import Declared, Kind
from noticepress.errors import Source

FURTHEST = 2
"""Edits between two facts that are still mistaken for each other."""

_SHORTEST_MAILBOX = 6
"""Characters; among shorter ones another letter makes another mailbox."""

_LETTERS_TO_AN_EDIT = 4
_MOST = 400
"""So many different facts of a kind are compared with each other; no notice has as many."""

Mention = tuple[Kind, str, Source]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two facts that are nearly the same, and where each stands first: the odd one, then the one it is like."""

    odd: str
    like: str
    place: Source
    other: Source


def find_pairs(declared: Iterable[Declared], mentions: Iterable[Mention]) -> Iterator[Pair]:
    """Facts that come too near to each other: what files declare is right, and what only a text says is odd."""
    known: dict[tuple[Kind, str], Source] = {}
    for fact in declared:
        known.setdefault((fact.kind, fact.text), fact.source)
        if fact.address and fact.address.region and fact.address.postal_code:
            known.setdefault(("code", f"{fact.address.region} {fact.address.postal_code}"), fact.source)
    written: dict[tuple[Kind, str], Source] = {}
    for kind, text, place in mentions:
        written.setdefault((kind, text), place)
    for (kind, first), (other_kind, second) in combinations(islice(known, _MOST), 2):
        if kind == other_kind and is_same_otherwise(kind, first, second):
            yield Pair(second, first, known[kind, second], known[kind, first])
    listed = [fact for fact in islice(written, _MOST) if fact not in known]
    for position, (kind, text) in enumerate(listed):
        place = written[kind, text]
        for like in (*known, *listed[position + 1 :]):
            if like[0] == kind and is_near(kind, text, like[1]):
                there = written.get(like)
                beside = there if there and (there.path == place.path or like not in known) else known[like]
                yield Pair(text, like[1], place, beside)


def is_same_otherwise(kind: Kind, first: str, second: str) -> bool:
    """Whether two declared facts are one, written in two ways; house numbers, lines and mailboxes may be neighbours."""
    if first == second:
        return False
    if _squeeze(kind, first) == _squeeze(kind, second):
        return True
    return kind == "street" and _has_slip(first, second, 1)


def is_near(kind: Kind, first: str, second: str) -> bool:
    """Whether what a text says is nearly a fact, or another text's words."""
    if first == second:
        return False
    if _squeeze(kind, first) == _squeeze(kind, second):
        return kind != "mail"  # capitals make no other mailbox
    match kind:
        case "street":
            return _has_slip(first, second, FURTHEST)
        case "mail":
            return _is_near_mail(first.casefold(), second.casefold())
        case "phone":
            return _measure(_squeeze(kind, first), _squeeze(kind, second)) <= FURTHEST
    return False


def _squeeze(kind: Kind, text: str) -> str:
    """A fact without the ways to write it: spaces, punctuation and capitals."""
    if kind == "mail":
        return text.casefold()
    return re.sub(r"\D" if kind == "phone" else r"[\W_]+", "", text).casefold()


def _measure(first: str, second: str) -> int:
    return Levenshtein.distance(first, second, score_cutoff=FURTHEST)


def _has_slip(first: str, second: str, furthest: int) -> bool:
    """Whether two streets differ in a letter or two, and not in their numbers."""
    if re.findall(r"\d+", first) != re.findall(r"\d+", second):
        return False
    letters = [re.sub(r"[\W\d_]+", "", text).casefold() for text in (first, second)]
    return 0 < _measure(*letters) <= min(furthest, min(map(len, letters)) // _LETTERS_TO_AN_EDIT)


def _is_near_mail(first: str, second: str) -> bool:
    """Whether a mailbox or its host is misspelled; other numbers and other countries' hosts are other mailboxes."""
    (box, _, host), (other_box, _, other_host) = first.rpartition("@"), second.rpartition("@")
    if re.sub(r"\d+", "", first) == re.sub(r"\d+", "", second):
        return False
    name, _, top = host.rpartition(".")
    other_name, _, other_top = other_host.rpartition(".")
    if name == other_name and top != other_top and len(top) == len(other_top) == len("es"):
        return False
    if box != other_box and min(len(box), len(other_box)) < _SHORTEST_MAILBOX:
        return False
    return _measure(first, second) <= FURTHEST
