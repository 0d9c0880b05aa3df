"""What the commands tell: plain text for people, plain data for machines. Nothing here prints."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from noticepress.checks import Check, name_group
from noticepress.errors import Problem
from noticepress.history import Line, Standing, Transition, order_of
from noticepress.impact import Impact
from noticepress.lookup import Answer
from noticepress.manifest import format_utc
from noticepress.model import Library, Version, Waiver
from noticepress.summaries import describe_impact, tell_impact

Lines = Mapping[str, Mapping[str, Line]]
Waived = tuple[Problem, Waiver]

WIDTH = 78
"""Columns of a text for a terminal or a mail."""


def tell_problems(problems: Sequence[Problem], outcome: str, waived: Sequence[Waived] = ()) -> str:
    """Each problem at its place with the next step, what is waived, then how many there are and what that means."""
    lines = []
    for problem in problems:
        mark = "" if problem.severity == "error" else f"{problem.severity}: "
        law = "" if problem.jurisdiction == "all" else f" [{problem.jurisdiction}]"
        lines.append(f"{problem.source}: {problem.id}{law} {mark}{problem.message}")
        if problem.hint:
            lines.append(f"    hint: {problem.hint}")
    return "\n".join([*lines, *map(tell_waived, waived), f"{count_problems(problems)}; {outcome}."])


def tell_waived(waived: Waived) -> str:
    """A finding that somebody decided to let pass: which, where, why, who, and until when."""
    problem, waiver = waived
    return f"waived: {problem.source}: {problem.id} ({waiver.reason}; by {waiver.by}, until {waiver.until})"


def count_problems(problems: Sequence[Problem]) -> str:
    """`2 problems`, `1 problem and 3 warnings`, `nothing found`."""
    names = {"error": "problem", "warning": "warning", "info": "note"}
    counts = {name: sum(problem.severity == severity for problem in problems) for severity, name in names.items()}
    told = [f"{count} {name}{'s' * (count != 1)}" for name, count in counts.items() if count]
    return " and ".join(", ".join(told).rsplit(", ", 1)) or "nothing found"


def describe_problem(problem: Problem) -> dict[str, Any]:
    """A finding as data: the shape that `check --format json` prints."""
    return {
        "id": problem.id,
        "severity": problem.severity,
        "path": problem.source.path,
        "line": problem.source.line,
        "column": problem.source.column,
        "message": problem.message,
        "hint": problem.hint,
        "jurisdiction": problem.jurisdiction,
    }


def describe_check(check: Check) -> dict[str, Any]:
    """A check as data."""
    return {
        "id": check.id,
        "group": name_group(check),
        "severity": check.severity,
        "decides": check.decides,
        "jurisdictions": list(check.jurisdictions),
        "finds": check.finds,
        "why": check.why,
        "wrong": check.wrong,
        "right": check.right,
    }


def tell_check(check: Check) -> str:
    """What a check means, why, an example, and what to do where a finding must stand."""
    asked = "everyone" if check.jurisdictions == ("all",) else ", ".join(check.jurisdictions)
    worst = {"error": "an error at worst", "warning": "a warning at worst", "info": "a note"}[check.severity]
    kind = "decides" if check.decides else "only hints: look before you act"
    if check.severity == "error":
        way_out = "mend the text, or record a waiver in waivers.yml: check, scope, reason, by, until"
    else:
        way_out = f"mend the text, or set 'severities: {{{check.id}: off}}' in mkdocs.yml"
    told = [
        ("finds", check.finds),
        ("why", check.why),
        ("wrong", check.wrong),
        ("right", check.right),
        ("asked by", asked),
        ("next", way_out),
    ]
    lines = [f"{check.id}  {name_group(check)}: {worst}; {kind}", ""]
    for label, text in told:
        lines.append(textwrap.fill(text, WIDTH, initial_indent=f"{label:<10}", subsequent_indent=" " * 10))
    return "\n".join(lines)


def tell_checks(checks: Iterable[Check]) -> str:
    """Each check in a line, for whoever looks for one."""
    rows = [(check.id, check.severity, "" if check.decides else "hints", check.finds) for check in checks]
    return make_table(("id", "severity", "", "finds"), rows)


def make_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Columns under their headings, wide enough for what they hold."""
    table = [list(header), *[list(row) for row in rows]]
    widths = [max(len(row[column]) for row in table) for column in range(len(header))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def tell_instant(instant: datetime, zone: str) -> str:
    """An instant as a zone reads its clock: `2012-03-09 00:00 America/Los_Angeles`."""
    return f"{instant.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} {zone}"


# ---- status and transitions


def describe_status(
    library: Library,
    lines: Lines,
    drafts: Mapping[str, Version],
    ahead: Sequence[Transition],
    impacts: Mapping[str, Impact] | None = None,
) -> dict[str, Any]:
    """Versions, states, translations, what is being prepared and what it does, what comes next."""
    return {
        "notices": [
            {
                "notice": notice,
                "versions": [
                    _describe_standing(standing, library.settings.locales)
                    for line in lines.get(notice, {}).values()
                    for standing in line.standings
                    if standing.region == line.region  # a line also holds versions of the regions that it continues
                ],
            }
            for notice in library.notices
        ],
        "drafts": [
            {
                "notice": notice,
                "version": draft.id,
                "class": draft.record.change_class if notice in library.next_versions else None,
                "prepared": notice in library.next_versions,
                "effective": draft.day.isoformat() if notice in library.next_versions else None,
                "announced": format_utc(draft.announced) if draft.announced else None,
                "locales": list(draft.locales),
                "missing": [locale for locale in library.settings.locales if locale not in draft.locales],
                "impact": describe_impact(impacts[notice]) if impacts and notice in impacts else None,
            }
            for notice, draft in drafts.items()
        ],
        "transitions": [describe_transition(transition) for transition in ahead],
    }


def _describe_standing(standing: Standing, locales: Sequence[str]) -> dict[str, Any]:
    version = standing.version
    return {
        "version": version.id,
        "region": standing.region,
        "state": standing.state,
        "class": version.record.change_class,
        "effective": standing.effective.day.isoformat(),
        "instant": format_utc(standing.effective.instant),
        "zone": standing.effective.zone,
        "announced": format_utc(version.announced) if version.announced else None,
        "until": standing.until.day.isoformat() if standing.until else None,
        "locales": [locale for region, locale in version.editions if region == standing.region],
        "missing": [locale for locale in locales if standing.edition(locale) is None],
    }


def tell_status(status: Mapping[str, Any]) -> str:
    """The same to read, newest version first."""
    parts = [_tell_notice(notice) for notice in status["notices"]]
    parts += [_tell_draft(draft) for draft in status["drafts"]]
    if status["transitions"]:
        parts.append("next transitions\n" + textwrap.indent(tell_transitions(status["transitions"]), "  "))
    else:
        parts.append("no transitions ahead")
    return "\n\n".join(parts)


def _tell_notice(notice: Mapping[str, Any]) -> str:
    versions = sorted(notice["versions"], key=lambda item: order_of(item["version"]), reverse=True)
    if not versions:
        return f"{notice['notice']}\n  no version is sealed yet"
    header = ("version", "region", "state", "class", "announced", "effective", "until", "languages", "missing")
    rows = [
        (
            item["version"],
            item["region"],
            item["state"],
            item["class"],
            _tell_day(item["announced"], item["zone"]) if item["announced"] else "not recorded",
            item["effective"],
            item["until"] or "",
            " ".join(item["locales"]),
            " ".join(item["missing"]),
        )
        for item in versions
    ]
    lines = [notice["notice"], textwrap.indent(make_table(header, rows), "  ")]
    if silent := dict.fromkeys(item["version"] for item in versions if item["state"] == "adopted"):
        lines.append(f"  sealed, but not announced yet: {', '.join(silent)}")
    return "\n".join(lines)


def _tell_day(instant: str, zone: str) -> str:
    return datetime.fromisoformat(instant).astimezone(ZoneInfo(zone)).date().isoformat()


def _tell_draft(draft: Mapping[str, Any]) -> str:
    missing = f"; not written in {', '.join(draft['missing'])}" if draft["missing"] else ""
    if not draft["prepared"]:
        told = f"{draft['notice']}: the working text is not sealed, and there is no next.yml yet{missing}"
    else:
        announced = f"announced {draft['announced']}" if draft["announced"] else "announcement not set"
        told = f"{draft['notice']}: {draft['version']} ({draft['class']}) is being prepared, {announced}{missing}"
    return f"{told}\n\n{textwrap.indent(tell_impact(draft['impact']), '  ')}" if draft["impact"] else told


def describe_transition(transition: Transition) -> dict[str, Any]:
    """A transition as data."""
    return {**asdict(transition), "instant": format_utc(transition.instant)}


def tell_transitions(transitions: Sequence[Mapping[str, Any]]) -> str:
    """The same to read: the instant, how its own zone reads it, and what happens to what."""
    rows = [
        (
            item["instant"],
            tell_instant(datetime.fromisoformat(item["instant"]), item["zone"]),
            item["kind"],
            " ".join(item[key] for key in ("notice", "version", "region", "entity") if item[key]),
        )
        for item in transitions
    ]
    return make_table(("instant", "local time", "what", "of"), rows)


# ---- show


def describe_answer(answer: Answer) -> dict[str, Any]:
    """The words that applied, and why: the shape that `show --format json` prints."""
    standing, edition = answer.standing, answer.edition
    version, effective, entities = standing.version, standing.effective, standing.sealed_region.entities
    return {
        "notice": version.notice,
        "version": version.id,
        "state": standing.state,
        "region": standing.region,
        "entities": [facts.legal_name for facts in entities],
        "locale": edition.locale,
        "sha256": edition.sha256,
        "effective": effective.day.isoformat(),
        "text": edition.text,
        "entity_ids": [facts.entity for facts in entities],
        "asked_locale": answer.asked_locale,
        "instant": format_utc(effective.instant),
        "zone": effective.zone,
        "zone_assumed": effective.assumed,
        "until": standing.until.day.isoformat() if standing.until else None,
        "announced": format_utc(version.announced) if version.announced else None,
        "territory": answer.territory,
        "why": [*answer.path, standing.region],
        "path": edition.path,
    }


def tell_answer(found: Mapping[str, Any]) -> str:
    """The same to read: the answer first, then the words."""
    zone = f"{found['zone']}, assumed: no zone is stated" if found["zone_assumed"] else found["zone"]
    until = f" until {found['until']}" if found["until"] else ""
    asked = f" (not written in {found['asked_locale']})" if found["locale"] != found["asked_locale"] else ""
    lines = [
        f"notice     {found['notice']}, version {found['version']} ({found['state']})",
        f"applies    from {found['effective']}{until} ({zone})",
        f"who        {', '.join(found['entities'])}",
        f"why        {' → '.join(found['why'])}",
        f"language   {found['locale']}{asked}",
        f"sha256     {found['sha256']}  {found['path']}",
    ]
    return "\n".join([*lines, "", found["text"].rstrip("\n")])
