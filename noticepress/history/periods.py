"""How long each version of a line applied, and who answered meanwhile: what a table or a picture of time shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from noticepress.history.standing import Line, Standing
from noticepress.model import Effective, Facts


@dataclass(frozen=True, slots=True)
class Period:
    """A version, from when it applied until when; `end` is None where no end is known.

    Days are those of the zones in which both were sealed. A version that was never in force has no period.
    """

    standing: Standing
    begin: Effective
    end: Effective | None

    @property
    def first(self) -> date:
        """The first day on which it applied, be it for a part of the day."""
        return self.begin.day

    @property
    def last(self) -> date | None:
        """The last day on which it applied, be it for a part of the day: a revision may come at any hour."""
        if self.end is None:
            return None
        before = (self.end.instant - timedelta(seconds=1)).astimezone(ZoneInfo(self.end.zone)).date()
        return max(self.first, min(before, self.end.day))


@dataclass(frozen=True, slots=True)
class Roster:
    """Who answered for a region, from when until when, through one version after another."""

    entities: tuple[Facts, ...]
    begin: Effective
    end: Effective | None


def list_periods(line: Line) -> tuple[Period, ...]:
    """What has applied, applies, or is announced to apply, oldest first; what was withdrawn never counts."""
    return tuple(
        Period(standing, standing.since, standing.until)
        for standing in line.visible
        if standing.state != "withdrawn" and standing.has_applied
    )


def find_periods(line: Line, day: date) -> tuple[Period, ...]:
    """What applied on a day, oldest first: several where one took the other's place in the middle of it."""
    return tuple(p for p in list_periods(line) if p.first <= day and (p.last is None or day <= p.last))


def list_rosters(line: Line) -> tuple[Roster, ...]:
    """Who answered, by the facts that each version was sealed with, oldest first.

    A new roster begins where another entity answers, or one of them under another name; not where one has moved.
    """
    rosters: list[Roster] = []
    for period in list_periods(line):
        entities = period.standing.sealed_region.entities
        if rosters and _name(rosters[-1].entities) == _name(entities) and _ends_at(rosters[-1], period.begin.instant):
            rosters[-1] = Roster(entities, rosters[-1].begin, period.end)
        else:
            rosters.append(Roster(entities, period.begin, period.end))
    return tuple(rosters)


def _name(entities: tuple[Facts, ...]) -> frozenset[tuple[str, str]]:
    return frozenset((facts.entity, facts.legal_name) for facts in entities)


def _ends_at(roster: Roster, instant: datetime) -> bool:
    return roster.end is None or roster.end.instant >= instant


def starts_midday(effective: Effective) -> bool:
    """Whether something begins at another time than 00:00: not every day has one, and a revision comes at any hour."""
    local = effective.instant.astimezone(ZoneInfo(effective.zone))
    return (local.hour, local.minute) != (0, 0)
