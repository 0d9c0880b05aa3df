"""What a site's people made of findings: severities in mkdocs.yml, and waivers, each recorded and with an end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from fnmatch import fnmatchcase

from noticepress.blocks import sections
from noticepress.checks.check import Check
from noticepress.errors import Problem
from noticepress.markdown import parse
from noticepress.model import Library, Settings, Waiver

UNWAIVABLE = frozenset({"DV05", "TEXT", "WAIVER", "YAML"})
"""What no decision can make right: files that cannot be read, and published words that were changed."""


def find_policy_faults(library: Library, checks: Mapping[str, Check], today: date) -> Iterator[Problem]:
    """Severities and waivers that cannot hold: unknown checks, errors made less without a waiver, expired waivers."""
    yield from _find_severity_faults(library.settings, checks)
    for waiver in library.waivers:
        if waiver.check not in checks or waiver.check in UNWAIVABLE:
            told = f"there is no check {waiver.check} that can be waived"
            yield Problem("WAIVER", waiver.source, told, "'check --explain all' lists the checks; correct the id")
        elif waiver.until < today:
            told = f"the waiver of {waiver.check} for {waiver.scope} expired on {waiver.until}"
            yield Problem("WAIVER", waiver.source, told, "mend what it let pass and remove it, or decide again")


def _find_severity_faults(settings: Settings, checks: Mapping[str, Check]) -> Iterator[Problem]:
    for name, severity in settings.severities.items():
        place = settings.find_place(f"severities.{name}")
        known = checks.get(name)
        if known is None or name in UNWAIVABLE:
            yield Problem(
                "WAIVER", place, f"there is no check {name!r} to set", "'check --explain all' lists the checks"
            )
        elif known.severity == "error" and severity != "error":
            told = f"{name} is an error; mkdocs.yml cannot make it {severity!r}"
            hint = "record a waiver in waivers.yml: check, scope, reason, by, until"
            yield Problem("WAIVER", place, told, hint)
        elif severity == "error" and not known.decides:
            told = f"{name} only hints, and a hint is never an error"
            yield Problem("WAIVER", place, told, "use warning, info or off")


def apply_policy(
    problems: Iterable[Problem], library: Library, checks: Mapping[str, Check], today: date
) -> tuple[list[Problem], list[tuple[Problem, Waiver]]]:
    """The findings as the site's people want them told, and those that a waiver lets pass, each with it."""
    kept: list[Problem] = []
    waived: list[tuple[Problem, Waiver]] = []
    holding = [waiver for waiver in library.waivers if waiver.until >= today and waiver.check not in UNWAIVABLE]
    for problem in problems:
        waiver = next((waiver for waiver in holding if covers(waiver, problem, library)), None)
        if waiver:
            waived.append((problem, waiver))
        elif severed := _set_severity(problem, library.settings, checks):
            kept.append(severed)
    return kept, waived


def _set_severity(problem: Problem, settings: Settings, checks: Mapping[str, Check]) -> Problem | None:
    """A finding with the severity that was chosen; nothing where it is off. An error stays one."""
    known = checks.get(problem.id)
    chosen = settings.severities.get(problem.id)
    if known and not known.decides and problem.severity == "error":
        problem = replace(problem, severity="warning")
    if known is None or chosen is None or problem.severity == "error" or (chosen == "error" and not known.decides):
        return problem
    return None if chosen == "off" else replace(problem, severity=chosen)


def covers(waiver: Waiver, problem: Problem, library: Library) -> bool:
    """Whether a waiver is about a finding: its check, its file, and its section where one is named."""
    pattern, _, section = waiver.scope.partition("#")
    if waiver.check != problem.id or not fnmatchcase(problem.source.path, pattern):
        return False
    return not section or section == _find_section(problem, library)


def _find_section(problem: Problem, library: Library) -> str:
    """The id of the section of a working text that a finding stands in."""
    found = re.fullmatch(r"content/([^/]+)/([^/]+)\.md", problem.source.path)
    working = library.texts.get((found[1], found[2])) if found else None
    if working is None:
        return ""
    above = [section for section in sections(parse(working.text)) if section.line <= problem.source.line]
    return above[-1].id if above else ""
