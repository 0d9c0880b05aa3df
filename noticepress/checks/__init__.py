"""The checks: small pure functions over everything on the desk; `find_problems` runs them all and tells all at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from noticepress.checks import (
    accessibility,
    announcements,
    content,
    dates,
    facts,
    language,
    links,
    regions,
    translations,
)
from noticepress.checks.check import Check
from noticepress.checks.desk import Built, Desk, Finder
from noticepress.checks.files import FILE_CHECKS
from noticepress.checks.policy import apply_policy, find_policy_faults
from noticepress.compose import Draft, compose_draft
from noticepress.errors import Problem, sort_problems
from noticepress.history import local_day
from noticepress.library import Reading
from noticepress.model import AsOf, Library, Waiver

__all__ = ["CHECKS", "Built", "Check", "Desk", "Finder", "Findings", "find_problems", "name_group", "run_checks"]

GROUPS = MappingProxyType(
    {
        "Facts and entities": facts,
        "Regions": regions,
        "Dates and versions": dates,
        "Translations": translations,
        "Change notice": announcements,
        "Content elements": content,
        "Links and contacts": links,
        "Plain language": language,
        "Accessibility": accessibility,
    }
)
"""The groups of checks, a module each."""

FINDERS: tuple[Check, ...] = tuple(
    found for group in GROUPS.values() for found in vars(group).values() if isinstance(found, Check)
)
"""What is looked for, in the order of the groups."""

CHECKS: Mapping[str, Check] = MappingProxyType(
    {found.id: found for found in sorted((*FINDERS, *FILE_CHECKS), key=lambda found: found.id)}
)
"""Every check by its id, with those that tell of files which cannot be read."""


def name_group(check: Check) -> str:
    """The group that a check belongs to."""
    return next((name for name, module in GROUPS.items() if check in vars(module).values()), "Files")


@dataclass(frozen=True, slots=True)
class Findings:
    """What a run found: the problems, sorted by place, and what waivers let pass."""

    problems: tuple[Problem, ...]
    waived: tuple[tuple[Problem, Waiver], ...] = ()


def find_problems(reading: Reading, as_of: AsOf, built: Built | None = None) -> tuple[Problem, ...]:
    """Every finding that counts: as `run_checks`, without what is waived."""
    return run_checks(reading, as_of, built).problems


def run_checks(reading: Reading, as_of: AsOf, built: Built | None = None) -> Findings:
    """Every finding of a site, with those met while reading it, each once, by file and line.

    Texts are looked at with their facts in place: where settings, entities or regions cannot be read, only what was
    read is told; where a region is unknown or nobody answers for it, what needs no facts is told too.
    """
    library = reading.library
    if not reading.is_roster_whole:
        return Findings(reading.problems)
    today = local_day(as_of, library.settings.zone)
    faults = tuple(regions.find_region_problems(library, as_of))
    can_compose = not any(problem.id in {"RG02", "RG03"} for problem in faults)
    desk = Desk(library, _compose_all(library, as_of) if can_compose else {}, as_of, built or Built())
    problems = sort_problems([*reading.problems, *faults, *_run_finders(desk)])
    kept, waived = apply_policy(problems, library, CHECKS, today)
    return Findings(sort_problems([*kept, *find_policy_faults(library, CHECKS, today)]), tuple(waived))


def _run_finders(desk: Desk) -> Iterator[Problem]:
    for found in FINDERS:
        yield from found(desk)


def _compose_all(library: Library, as_of: AsOf) -> dict[str, Draft]:
    """Each notice that has a working text, as it would be sealed now."""
    written = {notice for notice, _ in library.texts}
    return {name: compose_draft(library, name, as_of) for name in library.notices if name in written}
