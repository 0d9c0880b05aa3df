"""The checks: small pure functions over everything on the desk; `find_problems` runs them all and tells all at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from noticepress.checks import (
    accessibility,
    announcements,
    content,
    dates,
    facts,
    language,
    links,
    pages,
    regions,
    translations,
)
from noticepress.checks.check import Check
from noticepress.checks.desk import Answer, Built, Desk, Finder
from noticepress.checks.files import FILE_CHECKS
from noticepress.checks.policy import apply_policy, covers, find_policy_faults
from noticepress.checks.targets import find_addresses
from noticepress.compose import ComposeDraft, Draft, compose_draft
from noticepress.errors import Problem, errors_of, sort_problems
from noticepress.history import local_day
from noticepress.library import Reading
from noticepress.model import AsOf, Library, Region, Waiver

__all__ = [
    "CHECKS",
    "Answer",
    "Built",
    "Check",
    "Desk",
    "Finder",
    "Findings",
    "check_pages",
    "find_obstacles",
    "find_problems",
    "list_addresses",
    "name_group",
    "run_checks",
]

GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "FE": "Facts and entities",
        "RG": "Regions",
        "DV": "Dates and versions",
        "TR": "Translations",
        "CN": "Change notice",
        "CE": "Content elements",
        "LC": "Links and contacts",
        "PL": "Plain language",
        "AX": "Accessibility",
    }
)
"""The groups of checks by the letters that their ids begin with."""

MODULES = (facts, regions, dates, translations, announcements, content, links, language, accessibility, pages)
"""Where they are: a module a group, and one for what is checked on built pages."""

FINDERS: tuple[Check, ...] = tuple(
    found for module in MODULES for found in vars(module).values() if isinstance(found, Check)
)
"""What is looked for, module by module."""

CHECKS: Mapping[str, Check] = MappingProxyType(
    {found.id: found for found in sorted((*FINDERS, *FILE_CHECKS), key=lambda found: found.id)}
)
"""Every check by its id, with those that tell of files which cannot be read."""


def name_group(check: Check) -> str:
    """The group that a check belongs to; what is met while reading files belongs to none."""
    return GROUPS.get(check.id[:2] if check.id[2:].isdigit() else "", "Files")


@dataclass(frozen=True, slots=True)
class Findings:
    """What a run found: the problems, sorted by place, and what waivers let pass."""

    problems: tuple[Problem, ...]
    waived: tuple[tuple[Problem, Waiver], ...] = ()


def find_problems(reading: Reading, as_of: AsOf, built: Built | None = None) -> tuple[Problem, ...]:
    """Every finding that counts: as `run_checks`, without what is waived."""
    return run_checks(reading, as_of, built).problems


OF_A_RELEASE = frozenset(
    {
        *("CE01", "CE02", "CE03", "CE04", "CE05", "CN01", "CN02", "CN03", "CN04", "CN05"),
        *("DV01", "DV03", "DV04", "DV07", "FE01", "FE02", "FE03", "FE06", "FE08", "LC01", "LC02", "RG04"),
        *("TR02", "TR04"),
    }
)
"""Checks that a release must pass and a build need not: their answers turn with the day, or stand while a version is
being prepared, and nothing that was sealed depends on them."""


def find_obstacles(reading: Reading, as_of: AsOf) -> tuple[Problem, ...]:
    """The errors that stop a build: mistakes in what people wrote.

    What only a release must pass stops none, nor does a waiver that expired: on the day on which a sealed version
    begins to apply it is published, however late the next one is.
    """
    errors = errors_of(run_checks(reading, as_of).problems)
    waivers = reading.library.waivers
    decided = {waiver.source for waiver in waivers if waiver.check in CHECKS}
    return tuple(
        problem
        for problem in errors
        if problem.id not in OF_A_RELEASE
        and not (problem.id == "WAIVER" and problem.source in decided)
        and not any(covers(waiver, problem, reading.library) for waiver in waivers)
    )


def run_checks(
    reading: Reading, as_of: AsOf, built: Built | None = None, compose: ComposeDraft = compose_draft
) -> Findings:
    """Every finding of a site, with those met while reading it, each once, by file and line.

    Texts are looked at with their facts in place. Where settings, entities or regions cannot be read, texts are looked
    at with those that can, and only for what does not follow from the gap; where a region is unknown or nobody answers
    for it, what needs no facts is told too.
    """
    desk, faults = _lay_desk(reading, as_of, built or Built(), compose)
    found = [*faults, *_run_finders(desk)]
    if not reading.is_roster_whole:
        found = [problem for problem in found if _needs_no_facts(problem)]
    kept, waived = apply_policy(sort_problems([*reading.problems, *found]), desk.library, CHECKS, desk.today)
    return Findings(sort_problems([*kept, *find_policy_faults(desk.library, CHECKS, desk.today)]), tuple(waived))


def list_addresses(reading: Reading, as_of: AsOf) -> tuple[str, ...]:
    """The web addresses on other hosts that texts link to: whoever asks them puts what they say in `Built.reached`."""
    desk, _ = _lay_desk(reading, as_of, Built(), compose_draft)
    return find_addresses(desk)


def _lay_desk(reading: Reading, as_of: AsOf, built: Built, compose: ComposeDraft) -> tuple[Desk, tuple[Problem, ...]]:
    """The desk with every text that can be composed, and the faults of regions, some of which keep all from it."""
    library = reading.library if reading.is_roster_whole else stand_in(reading.library)
    faults = tuple(regions.find_region_problems(library, as_of))
    hindering = {"RG02", "RG03"} if reading.is_roster_whole else {"RG03"}
    can_compose = not any(problem.id in hindering for problem in faults)
    return Desk(library, _compose_all(library, as_of, compose) if can_compose else {}, as_of, built), faults


_OF_WORDS = frozenset({"AX01", "DV01", "LC01", "LC02", "LC03", "LC05", "PL01", "PL02", "TR03", "TR04", "TR05"})
"""Checks that look at words alone: they are right whoever answers, wherever."""

# A text may name any fact there is by its first word, but for `entity`, which is there where one company answers alone.
_OF_NAMES = re.compile(r"unknown value '(?!entity')\w+'|the placeholders .*", re.DOTALL)


def _needs_no_facts(problem: Problem) -> bool:
    """Whether a finding is right whatever stands in settings, entities and regions that cannot be read."""
    match problem.id:
        case "FE05":
            return _OF_NAMES.fullmatch(problem.message) is not None
        case "TR01":  # of a text, not of the names that regions and companies have in a language
            return problem.source.path.startswith("content/")
    return problem.id in _OF_WORDS


def check_pages(library: Library, as_of: AsOf, built: Built) -> tuple[Problem, ...]:
    """The errors of built pages alone, as the site's people want them told."""
    desk = Desk(library, {}, as_of, built)
    judges: list[Finder] = [found for found in vars(pages).values() if isinstance(found, Check)]
    found = [problem for judge in [pages.find_foreign_requests, *judges] for problem in judge(desk)]
    kept, _ = apply_policy(sort_problems(found), library, CHECKS, local_day(as_of, library.settings.zone))
    return errors_of(kept)


def stand_in(library: Library) -> Library:
    """A library with something in place of settings and regions that cannot be read, so that texts can be looked at."""
    settings, known = library.settings, library.regions
    if not settings.locales:
        written = tuple(dict.fromkeys(locale for _, locale in library.texts)) or ("en",)
        source = settings.source_locale if settings.source_locale in written else written[0]
        settings = replace(settings, locales=written, source_locale=source)
    if not known:
        named = {name for entity in library.entities.values() for facts in entity.slices for name in facts.answers_for}
        known = {name: Region(name, {settings.source_locale: name}, ("rest",)) for name in sorted(named)}
    return replace(library, settings=settings, regions=known)


def _run_finders(desk: Desk) -> Iterator[Problem]:
    """What each check finds, in their order; but those that read texts do so together, one notice after another.

    So what is read of a text is read once: no memory need hold the texts of the whole site.
    """
    readers = [check for check in FINDERS if check.by_notice]
    read: dict[str, list[Problem]] = {check.id: [] for check in readers}
    for table in desk.split():
        for check in readers:
            read[check.id].extend(check.read(table))
    for check in FINDERS:
        yield from check.look_over(desk)
        yield from read.get(check.id, ())


def _compose_all(library: Library, as_of: AsOf, compose: ComposeDraft) -> dict[str, Draft]:
    """Each notice that has a working text, as it would be sealed now."""
    written = {notice for notice, _ in library.texts}
    return {name: compose(library, name, as_of) for name in library.notices if name in written}
