"""Who answers where: rules become sets of territories, sets are compared, and a territory finds its region.

Three tables are woven into one tree: CLDR's containment (groups of UN M.49 down to countries), our own dated legal
groups, and subdivisions. Geography is not law: Cyprus lies in Asia, Réunion in Africa, and both in `eu-gdpr`.
Where each table comes from is told in `data/SOURCES.md`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from noticepress.errors import Problem, Source
from noticepress.localize import territory_name
from noticepress.model import Entity, Facts, Region, SealedRegion

REST = ("rest",)
"""The rule of the one region that takes what no other claims."""

_ALL_SHOWN = 60
"""Up to so many codes a message lists all of them."""

# What people write for something else, and no name in CLDR tells. CLDR's own EU lacks Réunion and eight others.
# ISO has islands both as subdivisions of the US and as territories; here they are the latter only.
_MISTAKEN = {"UK": "GB", "EL": "GR", "EU": "eu-gdpr", "GDPR": "eu-gdpr", "USA": "US", "ES-CN": "IC"} | {
    f"US-{island}": island for island in ("AS", "GU", "MP", "PR", "UM", "VI")
}


class UnknownTerritory(LookupError):  # noqa: N818 - it names what was met, as KeyError's relatives in this house do
    """A code that is no territory and no group, or a territory that no region holds; `suggestion` may be empty."""

    def __init__(self, code: str, suggestion: str = "", reason: str = "unknown territory or group") -> None:
        self.code, self.suggestion = code, suggestion
        super().__init__(f"{reason} '{code}'" + (f"; did you mean '{suggestion}'?" if suggestion else ""))


@dataclass(frozen=True, slots=True)
class Overlap:
    """Territories that several claim: the same candidates for each of them."""

    territories: tuple[str, ...]
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a rule: what it names, and without what; `taken_away` says that it takes that from what stands.

    `text` is the entry as written.
    """

    text: str
    taken_away: bool
    codes: tuple[str, ...]
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a rule says of one territory, and by which entry.

    `code` is what the rule names, and `path` leads from the territory up to it. Where the rule does not hold the
    territory in the end, `entry` is the one that takes it away and `code` what it is taken from.
    """

    entry: str
    code: str
    path: tuple[str, ...]
    is_held: bool


# ---- the tree of territories


@dataclass(frozen=True, slots=True)
class _Member:
    code: str
    since: date
    until: date

    def holds_on(self, day: date) -> bool:
        return self.since <= day < self.until


@cache
def countries() -> frozenset[str]:
    """The 257 two-letter territories under 001 in CLDR 48, those of Outlying Oceania (`QO`) among them."""
    return frozenset(code for code in _list_below("001") if code not in _load_geography())


@cache
def all_territories() -> frozenset[str]:
    """Every territory a region can hold: the countries, and the subdivisions that we list."""
    return countries().union(*_load_subdivisions().values())


def is_legal_group(code: str) -> bool:
    """Whether a code is that of a legal group: a set of territories that have a law in common."""
    return code in _load_legal_groups()


def shorten_territories(territories: Iterable[str]) -> tuple[str, ...]:
    """The same territories, sorted, without the subdivisions of a country that is there with all of them."""
    held = frozenset(territories)
    whole = {country for country, parts in _load_subdivisions().items() if country in held and held.issuperset(parts)}
    return tuple(sorted(code for code in held if _find_country(code) not in whole or code in whole))


def _find_country(territory: str) -> str:
    return territory.partition("-")[0]


def _list_below(group: str) -> Iterator[str]:
    for part in _load_geography().get(group, ()):
        yield part
        yield from _list_below(part)


def _list_parts(code: str, on: date) -> tuple[str, ...]:
    """What stands directly under a code on a day."""
    if code in (legal := _load_legal_groups()):
        return tuple(member.code for member in legal[code] if member.holds_on(on))
    return _load_geography().get(code) or _load_subdivisions().get(code, ())


@cache
def _list_known_codes() -> frozenset[str]:
    """What may stand in a rule. Of CLDR's groups only those of UN M.49: its EU, EZ and UN are no legal regions."""
    groups = (code for code in _load_geography() if code.isdigit())
    return all_territories().union(groups, _load_legal_groups())


@cache
def _load_geography() -> Mapping[str, tuple[str, ...]]:
    containment = _load_data("territoryContainment.json")["supplemental"]["territoryContainment"]
    groups = {code: tuple(entry["_contains"]) for code, entry in containment.items() if "-status-" not in code}
    return {code: parts for code, parts in groups.items() if code.isdigit() or code == "QO"}


@cache
def _load_legal_groups() -> Mapping[str, tuple[_Member, ...]]:
    def read_member(entry: Mapping[str, str]) -> _Member:
        since, until = (entry.get(key) for key in ("from", "until"))
        return _Member(
            entry["code"],
            date.fromisoformat(since) if since else date.min,
            date.fromisoformat(until) if until else date.max,
        )

    groups = _load_data("legal_groups.json")["groups"]
    return {group: tuple(read_member(entry) for entry in told["members"]) for group, told in groups.items()}


@cache
def _load_subdivisions() -> Mapping[str, tuple[str, ...]]:
    listed = _load_data("subdivisions.json")["subdivisions"]
    owners = dict.fromkeys(entry["country"] for entry in listed.values())
    return {owner: tuple(code for code, entry in listed.items() if entry["country"] == owner) for owner in owners}


def _load_data(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((files("noticepress") / "data" / name).read_text("utf-8"))
    return data


# ---- rules


def expand(rule: Iterable[str], on: date) -> frozenset[str]:
    """The territories that a rule makes on a day, a country with its subdivisions.

    Entries are evaluated from left to right: a code adds, a leading minus takes away from what stands so far. An entry
    may be a rule in one string, closed in itself: `150 - AT FR DE`, where all that follows the minus is taken away.
    UnknownTerritory on a code that is neither a territory, nor an M.49 group, nor a legal group.
    """
    return _expand_rule(_list_entries(rule), on)


@lru_cache(maxsize=1024)
def _expand_rule(entries: tuple[str, ...], on: date) -> frozenset[str]:
    held: frozenset[str] = frozenset()
    for entry in read_rule(entries):
        within = _expand_codes(entry.codes, on) - _expand_codes(entry.without, on)
        held = held - within if entry.taken_away else held | within
    return held


def _expand_codes(codes: tuple[str, ...], on: date) -> frozenset[str]:
    return frozenset[str]().union(*(_expand_code(code, on) for code in codes))


@lru_cache(maxsize=4096)
def _expand_code(code: str, on: date) -> frozenset[str]:
    if code not in _list_known_codes():
        raise UnknownTerritory(code, _suggest_code(code))
    return _collect_territories(code, on)


def _collect_territories(code: str, on: date) -> frozenset[str]:
    below = frozenset[str]().union(*(_collect_territories(part, on) for part in _list_parts(code, on)))
    return below | {code} if code in all_territories() else below


def _list_entries(rule: Iterable[str]) -> tuple[str, ...]:
    return (rule,) if isinstance(rule, str) else tuple(rule)


def read_rule(rule: Iterable[str]) -> tuple[Entry, ...]:
    """The entries of a rule other than `rest`, in their order. UnknownTerritory for one that is no entry."""
    return tuple(_read_entry(entry) for entry in _list_entries(rule))


def _read_entry(entry: str) -> Entry:
    text = entry.strip()
    if text.casefold() in _list_names():
        # A name such as "United States" is one mistake, not two unknown words.
        raise UnknownTerritory(text, _suggest_code(text))
    codes: list[str] = []
    without: list[str] = []
    minus = False
    for word in text.removeprefix("-").split():
        minus = minus or word.startswith("-")
        if code := word.removeprefix("-"):
            (without if minus else codes).append(code)
    if not (codes or without) or text.endswith("-"):
        raise UnknownTerritory(entry)
    return Entry(entry, text.startswith("-"), tuple(codes), tuple(without))


def _suggest_code(code: str) -> str:
    known = _list_known_codes()
    before, _, after = code.partition("-")
    if before.isdigit() and before in known and after in known:
        return f"{before} - {after}"
    for guess in (_MISTAKEN.get(code.upper(), ""), _list_names().get(code.casefold(), ""), code.upper(), code.lower()):
        if guess in known:
            return guess
    return next(iter(get_close_matches(code, _load_legal_groups(), n=1, cutoff=0.75)), "")


@cache
def _list_names() -> Mapping[str, str]:
    """English names, for people who write "Asia" where a code is asked for."""
    geography = (code for code in _list_known_codes() if code not in _load_legal_groups())
    return {territory_name(code, "en").casefold(): code for code in sorted(geography, reverse=True)}


def explain_territory(territory: str, rule: Iterable[str], on: date) -> tuple[str, ...]:
    """Why a rule holds a territory, from the territory up to what the rule names: `("JP", "030", "142")`.

    Empty where the rule does not hold it; for the rule `rest`: the territory and `rest`.
    """
    if territory not in all_territories():
        raise UnknownTerritory(territory, _suggest_code(territory))
    entries = _list_entries(rule)
    if entries == REST:
        return (territory, *REST)
    decision = find_decision(territory, entries, on)
    return decision.path if decision and decision.is_held else ()


def find_decision(territory: str, rule: Iterable[str], on: date) -> Decision | None:
    """Which entry of a rule other than `rest` decides for a territory; None where the rule never comes to speak of it.

    Of several entries that hold it the last one decides.
    """
    decision: Decision | None = None
    for entry in read_rule(rule):
        code = next((code for code in reversed(entry.codes) if territory in _expand_code(code, on)), "")
        if not code:
            continue
        is_spared = territory in _expand_codes(entry.without, on)
        if not entry.taken_away and not is_spared:
            decision = Decision(entry.text, code, _find_path(territory, code, on), is_held=True)
        elif not entry.taken_away:
            decision = decision or Decision(entry.text, code, _find_path(territory, code, on), is_held=False)
        elif decision and not is_spared:
            decision = replace(decision, entry=entry.text, is_held=False)
    return decision


def _find_path(territory: str, group: str, on: date) -> tuple[str, ...]:
    if territory == group:
        return (territory,)
    paths = [path for part in _list_parts(group, on) if (path := _find_path(territory, part, on))]
    return (*min(paths, key=len), group) if paths else ()


# ---- claims


def claim(regions: Iterable[Region], on: date) -> Mapping[str, frozenset[str]]:
    """What each region claims on a day, by region id, in the order given; the rule `rest` claims what no other does."""
    listed = tuple(regions)
    named = {region.id: expand(region.rule, on) for region in listed if region.rule != REST}
    rest = all_territories().difference(*named.values())
    return {region.id: named.get(region.id, rest) for region in listed}


def find_overlaps(claims: Mapping[str, frozenset[str]]) -> tuple[Overlap, ...]:
    """Territories with several candidates, grouped by candidates, most candidates first.

    A subdivision with the candidates of its country goes with it and is not listed apart.
    """
    grouped: dict[tuple[str, ...], list[str]] = {}
    for territory in sorted(frozenset[str]().union(*claims.values())):
        candidates = _list_candidates(claims, territory)
        country = _find_country(territory)
        follows = country != territory and _list_candidates(claims, country) == candidates
        if len(candidates) > 1 and not follows:
            grouped.setdefault(candidates, []).append(territory)
    overlaps = (Overlap(tuple(territories), candidates) for candidates, territories in grouped.items())
    return tuple(sorted(overlaps, key=lambda overlap: (-len(overlap.candidates), overlap.candidates)))


def _list_candidates(claims: Mapping[str, frozenset[str]], territory: str) -> tuple[str, ...]:
    return tuple(name for name, held in claims.items() if territory in held)


def find_gaps(claims: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Territories that nobody claims, sorted; a subdivision is not listed apart where its country is."""
    missing = all_territories().difference(*claims.values())
    return tuple(sorted(code for code in missing if (country := _find_country(code)) == code or country not in missing))


def answering_entities(entities: Iterable[Entity], region: str, on: date) -> tuple[Facts, ...]:
    """The facts, as they hold on a day, of the entities that answer for a region; sorted by entity id."""
    known = (facts for entity in entities if (facts := entity.facts_on(on)))
    return tuple(sorted((facts for facts in known if region in facts.answers_for), key=lambda facts: facts.entity))


def find_region(regions: Mapping[str, SealedRegion], territory: str) -> SealedRegion:
    """The sealed region that holds a territory; a known subdivision that none names goes with its country.

    UnknownTerritory where none holds it, or several do, and for a subdivision that is not known: the islands of a
    country are often territories of their own, and a notice is never chosen by guess.
    """
    known = (territory, _find_country(territory)) if territory in all_territories() else (territory,)
    for code in dict.fromkeys(known):
        match [region for region in regions.values() if code in region.territories]:
            case [region]:
                return region
            case [_, *_]:
                raise UnknownTerritory(code, reason="several regions hold")
    if territory in all_territories():
        raise UnknownTerritory(territory, reason="no region holds")
    suggestion = _suggest_code(territory)
    raise UnknownTerritory(territory, suggestion if suggestion in all_territories() else "")


# ---- findings


def check_regions(regions: Mapping[str, Region], entities: Mapping[str, Entity], on: date) -> Iterator[Problem]:
    """Whether the regions part the world on a day, and somebody answers for each: RG01, RG02, RG03."""
    unreadable = [problem for region in regions.values() for problem in _check_rule(region)]
    yield from unreadable
    rests = [region for region in regions.values() if region.rule == REST]
    for region in rests[1:]:
        message = f"both '{rests[0].id}' and '{region.id}' claim the rest"
        yield Problem(
            "RG01", region.source, message, "leave `rest` to one region and list the territories of the other"
        )
    if not unreadable:
        # Without every rule nobody can say what overlaps or is missing.
        single = {id_: region for id_, region in regions.items() if region not in rests[1:]}
        yield from _check_partition(single, on)
    yield from _check_answers(regions, entities, on)


def _check_rule(region: Region) -> Iterator[Problem]:
    if region.rule == REST:
        return
    for entry in region.rule:
        if entry in REST:
            hint = "`rest` stands alone: `territories: rest`"
            yield Problem("RG03", region.source, f"region '{region.id}': 'rest' beside other territories", hint)
            continue
        try:
            read = _read_entry(entry)
            for code in (*read.codes, *read.without):
                if code not in _list_known_codes():
                    yield _describe_unknown(region, UnknownTerritory(code, _suggest_code(code)))
        except UnknownTerritory as unknown:
            yield _describe_unknown(region, unknown)


def _describe_unknown(region: Region, unknown: UnknownTerritory) -> Problem:
    forms = f"an ISO 3166-1 code, a UN M.49 group such as '142', or one of {', '.join(_load_legal_groups())}"
    hint = f"did you mean '{unknown.suggestion}'?" if unknown.suggestion else f"write {forms}"
    return Problem("RG03", region.source, f"region '{region.id}': unknown territory or group '{unknown.code}'", hint)


def _check_partition(regions: Mapping[str, Region], on: date) -> Iterator[Problem]:
    claims = claim(regions.values(), on)
    if overlaps := find_overlaps(claims):
        told = "; ".join(
            f"{_count_codes(overlap.territories, 'more' if position else '')} → {' and '.join(overlap.candidates)}"
            for position, overlap in enumerate(overlaps)
        )
        if single := _find_single(claims):
            told += f"; {_count_codes(single, 'more')} → one alone"
        hint = f'take them away from all but one, for example with "-{overlaps[0].territories[0]}"'
        yield Problem("RG01", regions[overlaps[0].candidates[0]].source, told, hint)
    if gaps := find_gaps(claims):
        place = Source(next((region.source.path for region in regions.values()), "entities/regions.yml"))
        hint = "add them to a region, or let one say `territories: rest`"
        yield Problem("RG02", place, f"no region holds {_count_codes(gaps)}", hint)


def _find_single(claims: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """The territories that exactly one region claims, shortened."""
    counted = Counter(code for territories in claims.values() for code in territories)
    return shorten_territories([code for code, count in counted.items() if count == 1])


def _check_answers(regions: Mapping[str, Region], entities: Mapping[str, Entity], on: date) -> Iterator[Problem]:
    for region in regions.values():
        answering = answering_entities(entities.values(), region.id, on)
        if not answering:
            hint = "name it under answers_for in the facts of an entity"
            yield Problem("RG02", region.source, f"no entity answers for region '{region.id}' on {on}", hint)
        for facts in answering if len(answering) > 1 else ():
            if not facts.jointly:
                others = [other.entity for other in answering if other is not facts]
                verb = "does" if len(others) == 1 else "do"
                message = f"{facts.entity} answers for region '{region.id}', and so {verb} {' and '.join(others)}"
                hint = "`jointly: true` in each of them if they answer together; otherwise a region for each"
                yield Problem("RG01", facts.source, message, hint)
    for facts in (slice_ for entity in entities.values() if (slice_ := entity.facts_on(on))):
        for unknown in (id_ for id_ in facts.answers_for if id_ not in regions):
            near = get_close_matches(unknown, regions, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"the regions are {', '.join(regions)}"
            yield Problem("RG03", facts.source, f"{facts.entity} answers for an unknown region '{unknown}'", hint)


def _count_codes(codes: tuple[str, ...], more: str = "") -> str:
    listed = ", ".join(codes) if len(codes) <= _ALL_SHOWN else f"{', '.join(codes[:3])}, … {codes[-1]}"
    noun = more or ("territory" if len(codes) == 1 else "territories")
    return f"{len(codes)} {noun} ({listed})"
