"""The checks: each a small pure function with its id; `find_problems` runs them all and tells everything at once."""

from __future__ import annotations

from noticepress.checks import dates, facts, links, regions, structure, translations
from noticepress.checks.desk import Check, Desk
from noticepress.compose import compose_draft
from noticepress.errors import Problem, errors_of, sort_problems
from noticepress.library import Reading
from noticepress.model import AsOf

__all__ = ["CHECKS", "Check", "Desk", "find_problems"]

CHECKS: tuple[Check, ...] = (
    Check(
        "FE05",
        "error",
        "a placeholder that names nothing; a fact written out although a file holds it",
        "A gap or a stale address in a legal text misleads whoever relies on it.",
        facts.find_unknown_values,
    ),
    Check("FE05", "warning", "a fact written out in a text", "It stays when the fact changes.", facts.find_literal_facts),
    Check(
        "RG01",
        "error",
        "territories claimed by several regions, left out by all, or with nobody or several who answer",
        "Everyone must be told exactly who answers for their data.",
        regions.find_partition_faults,
    ),
    Check("DV02", "error", "dates out of order", "A notice is announced before it applies.", dates.find_disordered_dates),
    Check("DV01", "warning", "a date written out in a text", "It goes stale, and is not translated.", dates.find_literal_dates),
    Check("TR01", "error", "a required language that is missing", "People must be told in their language.", translations.find_missing_texts),
    Check(
        "TR03",
        "error",
        "sections that differ from the source text's",
        "Links, switches and redlines go from section to section across languages.",
        translations.find_unlike_sections,
    ),
    Check("LC03", "error", "links that lead nowhere, say nothing, or are unprotected", "A reader must get there.", links.find_link_faults),
    Check("AX01", "warning", "headings, ids and markup that cannot be relied on", "Readers cite sections.", structure.find_structure_faults),
)


def find_problems(reading: Reading, as_of: AsOf) -> tuple[Problem, ...]:
    """Every finding of a site, with those met while reading it, by file and line.

    Texts are looked at with their facts in place; where settings, entities or regions cannot be read, only what was read is told.
    """
    library = reading.library
    found = list(reading.problems)
    if not reading.is_roster_whole:
        return sort_problems(found)
    faults = list(regions.find_region_problems(library, as_of))
    drafts = {}
    if not errors_of(faults):
        drafts = {
            name: compose_draft(library, name, as_of)
            for name in library.notices
            if any(notice == name for notice, _ in library.texts)
        }
    desk = Desk(library, drafts, as_of)
    for check in CHECKS:
        found.extend(check.find(desk))
    return sort_problems(found)
