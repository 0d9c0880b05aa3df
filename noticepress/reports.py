"""What the commands tell: plain text for people, plain data for machines. Nothing here prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from noticepress.errors import Problem, errors_of
from noticepress.history import Line, Transition
from noticepress.model import AsOf, Edition, Library, Version
from noticepress.territories import UnknownTerritory, explain_territory, find_region

Lines = Mapping[str, Mapping[str, Line]]


def tell_problems(problems: Sequence[Problem], outcome: str) -> str:
    """Each problem at its place with the next step, then how many there are and what that means."""
    lines = []
    for problem in problems:
        mark = "" if problem.severity == "error" else f"{problem.severity}: "
        law = "" if problem.jurisdiction == "all" else f" [{problem.jurisdiction}]"
        lines.append(f"{problem.source}: {problem.id}{law} {mark}{problem.message}")
        if problem.hint:
            lines.append(f"    hint: {problem.hint}")
    return "\n".join([*lines, f"{count_problems(problems)}; {outcome}."])


def count_problems(problems: Sequence[Problem]) -> str:
    """`2 problems`, `1 problem and 3 warnings`, `nothing found`."""
    errors, others = len(errors_of(problems)), len(problems) - len(errors_of(problems))
    parts = []
    if errors:
        parts.append(f"{errors} problem{'s' * (errors != 1)}")
    if others:
        parts.append(f"{others} warning{'s' * (others != 1)}")
    return " and ".join(parts) or "nothing found"


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


def make_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Columns under their headings, wide enough for what they hold."""
    table = [list(header), *[list(row) for row in rows]]
    widths = [max(len(row[column]) for row in table) for column in range(len(header))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def tell_instant(instant: datetime, zone: str) -> str:
    """An instant as a zone reads its clock: `2012-03-09 00:00 America/Los_Angeles`."""
    return f"{instant.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} {zone}"


def format_instant_utc(instant: datetime) -> str:
    """RFC 3339 in UTC."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


# ---- status


def describe_status(library: Library, lines: Lines, drafts: Mapping[str, Version], upcoming: Sequence[Transition]) -> dict[str, Any]:
    """Versions, states, translations, what is being prepared, what comes next."""
    return {
        "notices": [
            {
                "notice": name,
                "versions": [
                    {
                        "version": standing.version.id,
                        "region": standing.region,
                        "state": standing.state,
                        "class": standing.version.record.change_class,
                        "effective": standing.version.day.isoformat(),
                        "instant": format_instant_utc(standing.effective.instant),
                        "zone": standing.effective.zone,
                        "announced": format_instant_utc(standing.version.announced) if standing.version.announced else None,
                        "until": standing.until.day.isoformat() if standing.until else None,
                        "locales": [locale for region, locale in standing.version.editions if region == standing.region],
                    }
                    for line in by_region.values()
                    for standing in line.standings
                ],
                "missing_locales": [
                    locale for locale in library.settings.locales if by_region and not _has_locale(by_region, locale)
                ],
            }
            for name, by_region in lines.items()
        ],
        "drafts": [
            {
                "notice": name,
                "version": draft.id,
                "class": draft.record.change_class if name in library.next_versions else None,
                "is_prepared": name in library.next_versions,
                "announced": format_instant_utc(draft.announced) if draft.announced else None,
                "locales": list(draft.locales),
            }
            for name, draft in drafts.items()
        ],
        "transitions": [describe_transition(transition) for transition in upcoming],
    }


def _has_locale(by_region: Mapping[str, Line], locale: str) -> bool:
    return all(line.in_force is None or line.in_force.edition(locale) is not None for line in by_region.values())


def tell_status(status: Mapping[str, Any]) -> str:
    """The same to read."""
    parts = []
    for notice in status["notices"]:
        rows = [
            (
                item["version"],
                item["region"],
                item["state"],
                item["class"],
                (item["announced"] or "not recorded")[:16],
                item["effective"],
                item["until"] or "",
                " ".join(item["locales"]),
            )
            for item in reversed(notice["versions"])
        ]
        header = ("version", "region", "state", "class", "announced", "effective", "until", "languages")
        parts.append(f"{notice['notice']}\n" + _indent(make_table(header, rows)))
        if notice["missing_locales"]:
            parts.append(f"  not in force in: {', '.join(notice['missing_locales'])}")
        silent = sorted({item["version"] for item in notice["versions"] if item["state"] == "adopted"})
        if silent:
            parts.append(f"  sealed, but not announced yet: {', '.join(silent)}")
    for draft in status["drafts"]:
        told = "being prepared" if draft["is_prepared"] else "working text differs; no next.yml yet"
        announced = f", announced {draft['announced']}" if draft["announced"] else ", announcement not set"
        parts.append(f"{draft['notice']}: {draft['version']} {told}" + (announced if draft["is_prepared"] else ""))
    if status["transitions"]:
        rows = [(item["instant"], item["kind"], item["notice"], item["version"], item["region"]) for item in status["transitions"]]
        parts.append("next transitions\n" + _indent(make_table(("instant", "what", "notice", "version", "region"), rows)))
    else:
        parts.append("no transitions ahead")
    return "\n\n".join(parts)


def _indent(text: str) -> str:
    return "\n".join("  " + line for line in text.split("\n"))


def describe_transition(transition: Transition) -> dict[str, Any]:
    """A transition as data."""
    return {**asdict(transition), "instant": format_instant_utc(transition.instant)}


# ---- show


class NothingApplies(LookupError):  # noqa: N818 - an answer, not a fault
    """No version of the notice applies in the territory on that day."""


def find_applicable(line_by_region: Mapping[str, Line], territory: str) -> tuple[Line, str]:
    """The line whose version in force answers for a territory, and the region's id in it.

    Raises UnknownTerritory for a code that does not exist, NothingApplies where nothing is in force: never a guess.
    """
    unknown: UnknownTerritory | None = None
    for line in line_by_region.values():
        standing = line.in_force
        if standing is None:
            continue
        try:
            region = find_region(standing.version.regions, territory)
        except UnknownTerritory as error:
            unknown = error
            continue
        if region.id == standing.region:
            return line, region.id
    if unknown:
        raise unknown
    raise NothingApplies(territory)


def describe_edition(
    library: Library, line: Line, edition: Edition, territory: str, locale: str, as_of: AsOf
) -> dict[str, Any]:
    """The words that applied, and why: the shape that `show --format json` prints."""
    standing = line.in_force
    if standing is None:
        raise NothingApplies(territory)
    region = standing.sealed_region
    rule = library.regions[region.id].rule if region.id in library.regions else ()
    path = explain_territory(territory, rule, standing.effective.day) if rule else (territory,)
    return {
        "notice": standing.version.notice,
        "version": standing.version.id,
        "state": standing.state,
        "region": region.id,
        "entities": [facts.legal_name for facts in region.entities],
        "locale": edition.locale,
        "sha256": edition.sha256,
        "effective": standing.version.day.isoformat(),
        "text": edition.text,
        "asked_locale": locale,
        "instant": format_instant_utc(standing.effective.instant),
        "zone": standing.effective.zone,
        "zone_assumed": standing.effective.assumed,
        "until": standing.until.day.isoformat() if standing.until else None,
        "announced": format_instant_utc(standing.version.announced) if standing.version.announced else None,
        "territory": territory,
        "why": [*path, region.id],
        "path": edition.path,
    }


def tell_edition(found: Mapping[str, Any]) -> str:
    """The same to read: the answer first, then the words."""
    zone = "assumed: no zone is stated" if found["zone_assumed"] else "the entity's zone"
    lines = [
        f"notice     {found['notice']}, version {found['version']} ({found['state']})",
        f"applies    from {found['effective']} ({found['zone']}, {zone})" + (f" until {found['until']}" if found["until"] else ""),
        f"who        {', '.join(found['entities'])}",
        f"why        {' → '.join(found['why'])}",
        f"language   {found['locale']}" + (f" (not written in {found['asked_locale']})" if found["locale"] != found["asked_locale"] else ""),
        f"sha256     {found['sha256']}  {found['path']}",
    ]
    return "\n".join(lines) + "\n\n" + found["text"].rstrip("\n")
