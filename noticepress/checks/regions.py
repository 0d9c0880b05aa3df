"""Regions: a partition of the world, each part with someone who answers for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from noticepress.checks.check import check
from noticepress.checks.desk import Desk
from noticepress.checks.geography import find_statements, is_defined
from noticepress.checks.rosters import find_territory_contradictions, list_codes
from noticepress.compose import draft_day
from noticepress.errors import Problem
from noticepress.localize import territory_name
from noticepress.model import AsOf, Library, Region
from noticepress.territories import REST, check_regions, claim, expand, shorten_territories

_LEGAL_GROUPS = ("eu-gdpr", "eea")
"""The groups of which a region can hold a part: the others are single territories. The inner one comes first."""

_APART = {"ES": ("EA", "IC"), "FI": ("AX",), "FR": ("GF", "GP", "MF", "MQ", "RE", "YT")}
"""Territories that belong to a country, but have a code of their own that its code does not hold."""


def find_region_problems(library: Library, as_of: AsOf) -> Iterator[Problem]:
    """Overlaps, gaps and unclear answers on the day of the run and on the day of each version being prepared."""
    for day in _list_days(library, as_of):
        yield from check_regions(library.regions, library.entities, day)


def _list_days(library: Library, as_of: AsOf) -> list[date]:
    today = as_of.astimezone(UTC).date() if isinstance(as_of, datetime) else as_of
    return list(dict.fromkeys([today, *(draft_day(library, notice, as_of) for notice in library.next_versions)]))


def _find_faults(desk: Desk, name: str) -> Iterator[Problem]:
    """Those of them that one check tells of."""
    return (problem for problem in find_region_problems(desk.library, desk.as_of) if problem.id == name)


@check(
    "RG01",
    "error",
    why="Readers must know whom to turn to, and which company a court would call.",
    wrong='Two regions, [US, "142"] and ["001", "-US"]: both hold Japan.',
    right='[US, "142"] and rest.',
)
def find_overlaps(desk: Desk) -> Iterator[Problem]:
    """A territory that several regions hold, or several entities of which one does not answer jointly."""
    yield from _find_faults(desk, "RG01")


@check(
    "RG02",
    "error",
    why="A reader from a place that nobody answers for has no one to ask.",
    wrong='The regions are [US] and ["150"], and nothing else.',
    right="A last region with territories: rest.",
)
def find_gaps(desk: Desk) -> Iterator[Problem]:
    """A territory that no region holds, or a region that no entity answers for."""
    yield from _find_faults(desk, "RG02")


def _find_unknown_codes(desk: Desk) -> Iterator[Problem]:
    return _find_faults(desk, "RG03")


@check(
    "RG03",
    "error",
    why="A name such as Asia means other countries to everyone; a code means the same ones to all.",
    wrong="territories: [Asia]",
    right='territories: ["142"]',
    by_notice=True,
    first=_find_unknown_codes,
)
def find_undefined_places(desk: Desk) -> Iterator[Problem]:
    """A code that is no territory, group or region; a part of the world in a sentence that no region defines."""
    for statement in find_statements(desk):
        for code, name in zip(statement.codes, statement.names, strict=False):
            if not is_defined(code, name, statement.language, desk.library.regions):
                hint = f"define it: UN M.49 {code}? Or say {{{{ region.name }}}}, which the regions' table defines"
                told = f'"{name}" says where a company answers, and no region defines it'
                yield Problem("RG03", statement.source, told, hint, "info")


def _find_disputed_territories(desk: Desk) -> Iterator[Problem]:
    for found in find_territory_contradictions(desk):
        hint = f"let {found.first.notice} and {found.second.notice} name the same entities from that day on"
        yield Problem("RG04", found.source, found.told, hint, found.severity)


@check(
    "RG04",
    "error",
    why="Two notices that send the same reader to two companies leave it open who answers.",
    wrong="The terms of use give Japan to one company, the notice for visitors to another.",
    right="Both are released with the same entities for the same region.",
    by_notice=True,
    first=_find_disputed_territories,
)
def find_contradicting_regions(desk: Desk) -> Iterator[Problem]:
    """A territory that another notice, or a sentence of the text, gives to other entities than the regions do."""
    for statement in find_statements(desk):
        wrong = statement.find_wrong() if statement.entities else frozenset[str]()
        if wrong:
            codes = list_codes(shorten_territories(wrong))
            told = f'"{statement.words}": {" and ".join(statement.entities)} does not answer for {codes}'
            hint = "say {{ region.name }} and {{ entities | names }}, or correct answers_for or regions.yml"
            yield Problem("RG04", statement.source, told, hint, "warning")


@check(
    "RG05",
    "info",
    why="Geography is not law: Cyprus lies in Asia and in the European Union, whose law asks for other words.",
    wrong='[US, "142"], and the rest of the European Union in another region.',
    right='[US, "142", "-CY"]',
    jurisdictions=("eu", "uk"),
)
def find_crossed_groups(desk: Desk) -> Iterator[Problem]:
    """A part of the world in a region's rule that takes some territories of a legal group, and not all.

    Only where the site has chosen the law that it is checked with: nobody else has asked.
    """
    if desk.library.settings.packs is None or any(find_region_problems(desk.library, desk.as_of)):
        return
    claims = claim(desk.library.regions.values(), desk.today)
    for region in desk.library.regions.values():
        if region.rule != REST:
            yield from _find_crossings(region, claims[region.id], desk.today)


def _find_crossings(region: Region, held: frozenset[str], day: date) -> Iterator[Problem]:
    words = [word for entry in region.rule for word in entry.split()]
    groups = [code for code in words if code.isdigit()]
    told_of: set[frozenset[str]] = set()
    for legal in _LEGAL_GROUPS:
        members = expand((legal,), day)
        inside, outside = members & held, members - held
        if not outside or min(inside, outside, key=len) in told_of:
            continue
        told_of.add(min(inside, outside, key=len))
        crossing = [_tell_group(code, legal, held, day) for code in groups]
        lacking = [_tell_country(code, held, members) for code in words]
        if told := "; ".join(filter(None, (*crossing, *lacking))):
            hint = "give the whole legal group to one region, or make sure that its law is met in each"
            yield Problem("RG05", region.source, f"region '{region.id}': {told}", hint, "info")


def _tell_group(code: str, legal: str, held: frozenset[str], day: date) -> str:
    """What a part of the world brings a region of a legal group; the shorter of what it has and what it lacks."""
    members = expand((legal,), day)
    inside = expand((code,), day) & members & held
    outside = members - held
    if not inside:
        return ""
    verb, codes = ("contains", inside) if len(inside) <= len(outside) else ("lacks", outside)
    return f'group "{territory_name(code, "en")}" {verb} {list_codes(sorted(codes))} ({legal})'


def _tell_country(code: str, held: frozenset[str], members: frozenset[str]) -> str:
    """The parts of a country that has a code for each, and is held without them."""
    missing = [part for part in _APART.get(code, ()) if part in members and part not in held]
    return f"{code} lacks {list_codes(missing)}" if code in held and missing else ""
