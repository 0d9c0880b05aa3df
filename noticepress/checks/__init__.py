"""The checks: small pure functions over everything on the desk; `find_problems` runs them all and tells all at once."""

from __future__ import annotations

from noticepress.checks import dates, facts, links, regions, structure, translations
from noticepress.checks.catalogue import CHECKS, Check
from noticepress.checks.desk import Desk, Finder
from noticepress.compose import Draft, compose_draft
from noticepress.errors import Problem, sort_problems
from noticepress.library import Reading
from noticepress.model import AsOf, Library

__all__ = ["CHECKS", "Check", "Desk", "find_problems"]

FINDERS: tuple[Finder, ...] = (
    dates.find_disordered_dates,
    dates.find_literal_dates,
    facts.find_unknown_values,
    facts.find_literal_facts,
    links.find_link_faults,
    structure.find_structure_faults,
    translations.find_missing_texts,
    translations.find_unlike_sections,
)
"""What is looked for once the regions are known; faults of regions and of files are found before."""


def find_problems(reading: Reading, as_of: AsOf) -> tuple[Problem, ...]:
    """Every finding of a site, with those met while reading it, each once, by file and line.

    Texts are looked at with their facts in place: where settings, entities or regions cannot be read, only what was
    read is told; where a region is unknown or nobody answers for it, what needs no facts is told too.
    """
    if not reading.is_roster_whole:
        return reading.problems
    library = reading.library
    faults = tuple(regions.find_region_problems(library, as_of))
    can_compose = not any(problem.id in {"RG02", "RG03"} for problem in faults)
    desk = Desk(library, _compose_all(library, as_of) if can_compose else {}, as_of)
    found = [problem for find in FINDERS for problem in find(desk)]
    return sort_problems([*reading.problems, *faults, *found])


def _compose_all(library: Library, as_of: AsOf) -> dict[str, Draft]:
    """Each notice that has a working text, as it would be sealed now."""
    written = {notice for notice, _ in library.texts}
    return {name: compose_draft(library, name, as_of) for name in library.notices if name in written}
