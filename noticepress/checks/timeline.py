"""The timeline of what was sealed: gaps in it, versions that never apply, and what happens next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from noticepress.checks.desk import Desk
from noticepress.checks.prepared import Prepared
from noticepress.errors import Problem, Severity, Source
from noticepress.history import Transition, find_transitions, is_reached, local_day, start_of, trace_notice
from noticepress.model import AsOf, Version

DUE_DAYS = 3
"""How many days ahead a transition is told of, so that somebody sees to it that the site is built then."""


def locate(version: Version) -> Source:
    """The file of a sealed version."""
    return Source(f"{version.path}/version.yml")


# ---- gaps and overlaps


def find_sealed_gaps(versions: Sequence[Version]) -> Iterator[Problem]:
    """Territories of the version before that a version leaves out, an error until one is for them again."""
    for index, (older, newer) in enumerate(pairwise(versions), 1):
        if lost := _list_territories([older]) - _list_territories([newer]):
            is_open = bool(lost - _list_territories(versions[index:]))
            told = f"{_tell_gap(lost, older)}: no version is in force there from {newer.day}"
            hint = "release a version that is for them too" if is_open else "a later version is for them again"
            yield Problem("DV06", locate(newer), told, hint, "error" if is_open else "warning")


def find_coming_gaps(prepared: Prepared) -> Iterator[Problem]:
    """Territories that a version being prepared would leave without one."""
    older = prepared.newest
    if older and (lost := _list_territories([older]) - _list_territories([prepared.draft])):
        told = f"{_tell_gap(lost, older)}: from {prepared.draft.day} no version would be in force there"
        hint = "add their region to 'regions:', or record a waiver where the service ends"
        yield Problem("DV06", prepared.notice.find_place("regions"), told, hint)


def _list_territories(versions: Iterable[Version]) -> set[str]:
    return {code for version in versions for region in version.regions.values() for code in region.territories}


def _tell_gap(lost: set[str], older: Version) -> str:
    first, count = sorted(lost)[:4], len(lost)
    more = ", …" if count > len(first) else ""
    return f"{count} {'territory' if count == 1 else 'territories'} of {older.id} left out ({', '.join(first)}{more})"


def find_overtaken(versions: Sequence[Version], place: Source | None, as_of: AsOf) -> Iterator[Problem]:
    """Versions that begin no later than one of an earlier day; `place` is that of a draft, which comes last."""
    for line in trace_notice("", [*versions], as_of).values():
        for older, newer in pairwise(standing for standing in line.standings if standing.region == line.region):
            if newer.version.day > older.version.day and newer.effective.instant <= older.effective.instant:
                told = (
                    f"{newer.version.id} begins in {newer.region} no later than {older.version.id}, which never applies"
                )
                is_draft = place is not None and not newer.version.sealed
                found = place if place is not None and is_draft else locate(newer.version)
                severity: Severity = "error" if is_draft else "warning"
                yield Problem("DV06", found, told, "leave a day more between them: zones differ", severity)


# ---- what is in force, and since when nobody looked at it


def find_day_in_force(desk: Desk, notice: str) -> date | None:
    """The day of the newest version of a notice that is in force somewhere; None where none is."""
    versions = desk.library.list_living(notice)
    reached = [v.day for v in versions if any(is_reached(start_of(v, region), desk.as_of) for region in v.regions)]
    return max(reached, default=None)


def add_year(day: date) -> date:
    """The same day a year later; 28 February for the 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


# ---- transitions


def find_due_transitions(desk: Desk) -> Iterator[Problem]:
    """What happens within DUE_DAYS, once for each version."""
    library = desk.library
    versions = {name: library.list_living(name) for name in library.versions}
    paths = {(version.notice, version.id): version for found in versions.values() for version in found}
    told: set[tuple[str, str, str]] = set()
    for transition in find_transitions(versions, (), library.settings.zone):
        key = (transition.kind, transition.notice, transition.version)
        if transition.kind != "recent-ends" and key not in told and _is_due(transition, desk.as_of):
            told.add(key)
            when = transition.instant.astimezone(ZoneInfo(transition.zone)).isoformat(timespec="minutes")
            words = f"{transition.notice} {transition.version} is {transition.kind} at {when}"
            hint = "schedule a build for that instant: 'transitions' lists them all"
            yield Problem("DV08", locate(paths[key[1:]]), words, hint, "warning")


def _is_due(transition: Transition, as_of: AsOf) -> bool:
    days = local_day(transition.instant, transition.zone) - local_day(as_of, transition.zone)
    return transition.is_ahead(as_of) and days <= timedelta(DUE_DAYS)
