"""Rule packs: what the law of a jurisdiction asks a notice to say, each element a tag, each with the days it applies.

The data is `data/rule_packs.json`, told in `docs/rule-packs.md`. It finds whether something is said, not whether what
is said is right. What is marked second-hand or unverified may be named in a message, but is asserted nowhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

Certainty = Literal["read", "second-hand", "unverified"]
"""How sure a line is: its source was read, or only somebody's summary of it, or nothing."""


@dataclass(frozen=True, slots=True)
class Element:
    """Something that a notice has to say. `words` say what, so that "no section covers" can stand before them.

    `law` is the provision, `when` the case in which it is asked for (always where it is empty). `since` is its own
    first day, None where it is the pack's, and `dated` how sure that is. `check` is the check that tells of it.
    `tags` are all that cover it, its own first.
    """

    name: str
    words: str
    law: str
    certainty: Certainty
    sources: tuple[str, ...]
    tags: tuple[str, ...]
    when: str = ""
    since: date | None = None
    until: date | None = None
    dated: Certainty | None = None
    check: str = "CE01"

    @property
    def tag(self) -> str:
        """The tag that a heading's `covers` names."""
        return self.tags[0]


@dataclass(frozen=True, slots=True)
class Pack:
    """What the law of a jurisdiction asks for, from a day on, of notices for people in its territories.

    `territories` and `home` are rules as regions have them; data that stays at home is not transferred abroad. `until`
    is the first day no more. `note` says what else is known of how sure it is.
    """

    id: str
    name: str
    jurisdiction: str
    territories: tuple[str, ...]
    home: tuple[str, ...]
    since: date
    until: date | None
    dated: Certainty
    sources: tuple[str, ...]
    elements: tuple[Element, ...]
    note: str = ""

    def applies_on(self, day: date) -> bool:
        """Whether the law is in force on a day."""
        return _holds_on(self.since, self.until, day)

    def list_elements(self, day: date) -> tuple[Element, ...]:
        """What is asked for on a day."""
        return tuple(element for element in self.elements if _holds_on(element.since, element.until, day))

    def find_element(self, name: str) -> Element | None:
        """The element with a name; None where the pack has none."""
        return next((element for element in self.elements if element.name == name), None)


@dataclass(frozen=True, slots=True)
class Mechanism:
    """What allowed transfers abroad for a time, and the words by which records name it. No day is verified."""

    id: str
    name: str
    names: tuple[str, ...]
    since: date | None
    until: date | None
    certainty: Certainty
    sources: tuple[str, ...]


def _holds_on(since: date | None, until: date | None, day: date) -> bool:
    return (since or date.min) <= day < (until or date.max)


# ---- the data


@cache
def load_packs() -> Mapping[str, Pack]:
    """Every pack by its id."""
    return MappingProxyType({name: _read_pack(name, told) for name, told in _load_data()["packs"].items()})


@cache
def load_groups() -> Mapping[str, tuple[str, ...]]:
    """Names that stand for several packs."""
    return MappingProxyType({name: tuple(packs) for name, packs in _load_data()["groups"].items()})


@cache
def load_sources() -> Mapping[str, str]:
    """What was read, by the id that elements name."""
    return MappingProxyType(dict(_load_data()["sources"]))


@cache
def load_mechanisms() -> tuple[Mechanism, ...]:
    """The mechanisms for transfers that have an end or a beginning."""
    return tuple(
        Mechanism(
            name,
            told["name"],
            tuple(told["names"]),
            _read_day(told["from"]),
            _read_day(told["until"]),
            told["certainty"],
            tuple(told["sources"]),
        )
        for name, told in _load_data()["mechanisms"].items()
    )


@cache
def _load_data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((files("noticepress") / "data" / "rule_packs.json").read_text("utf-8"))
    return data


def _read_pack(name: str, told: Mapping[str, Any]) -> Pack:
    return Pack(
        id=name,
        name=told["name"],
        jurisdiction=told["jurisdiction"],
        territories=tuple(told["territories"]),
        home=tuple(told.get("home", told["territories"])),
        since=date.fromisoformat(told["from"]),
        until=_read_day(told["until"]),
        dated=told["dated"],
        sources=tuple(told["sources"]),
        elements=tuple(_read_element(name, told.get("also", ()), element) for element in told["elements"]),
        note=told.get("note", ""),
    )


def _read_element(pack: str, prefixes: Iterable[str], told: Mapping[str, Any]) -> Element:
    name = told["tag"]
    others = [prefix for prefix in prefixes if name in _list_names(prefix)]
    return Element(
        name=name,
        words=told["words"],
        law=told["law"],
        certainty=told["certainty"],
        sources=tuple(told["sources"]),
        tags=(*(f"{prefix}:{name}" for prefix in (pack, *others)), *told.get("also", ())),
        when=told.get("when", ""),
        since=_read_day(told.get("from")),
        until=_read_day(told.get("until")),
        dated=told.get("dated"),
        check=told.get("check", "CE01"),
    )


def _list_names(prefix: str) -> frozenset[str]:
    """The elements that a prefix may name: those of the pack it is, else of all packs that share it."""
    packs = _load_data()["packs"]
    sharing = (
        [packs[prefix]] if prefix in packs else [told for told in packs.values() if prefix in told.get("also", ())]
    )
    return frozenset(element["tag"] for told in sharing for element in told["elements"])


def _read_day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


# ---- names that people write


def expand_names(names: Iterable[str]) -> tuple[Pack, ...]:
    """The packs that are named, each once, groups opened; what is unknown is left out."""
    packs, groups = load_packs(), load_groups()
    opened = dict.fromkeys(name for given in names for name in groups.get(given, (given,)))
    return tuple(packs[name] for name in opened if name in packs)


def list_names() -> tuple[str, ...]:
    """Everything that `packs:` may name."""
    return (*load_packs(), *load_groups())


@cache
def list_tags() -> Mapping[str, tuple[str, ...]]:
    """Every tag that some pack knows, by its prefix; tags without a prefix by the empty one."""
    found: dict[str, list[str]] = {}
    for pack in load_packs().values():
        for element in pack.elements:
            for tag in element.tags:
                prefix = tag.partition(":")[0] if ":" in tag else ""
                found.setdefault(prefix, []).append(tag)
    return MappingProxyType({prefix: tuple(dict.fromkeys(tags)) for prefix, tags in found.items()})


def suggest_tags(tag: str) -> tuple[str, ...] | None:
    """What may have been meant by a tag: None where nothing is wrong with it, empty where nothing is near.

    A tag whose prefix is no pack's, nor nearly one, is of no concern here: people may have tags of their own.
    """
    prefix, colon, name = tag.partition(":")
    known = list_tags()
    if not colon or tag in known.get(prefix, ()):
        return None
    near = [prefix] if prefix in known else get_close_matches(prefix, [p for p in known if p], n=1, cutoff=0.85)
    if not near:
        return None
    tags = known[near[0]]
    meant = f"{near[0]}:{name}"
    parts = tuple(other for other in tags if other == meant or other.startswith(f"{meant}-"))
    return parts or tuple(get_close_matches(meant, tags, n=1, cutoff=0.8))
