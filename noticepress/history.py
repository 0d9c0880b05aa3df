"""What is in force, announced or superseded, computed from dates and an instant, never typed.

A *line* is one notice in one region through time. A region that succeeds another continues its line, so a line may hold
versions of differently named regions. The rules are those of docs/time.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from noticepress.model import AsOf, Edition, Effective, Entity, SealedRegion, Version

State = Literal["draft", "adopted", "announced", "in-force", "superseded", "corrected", "retired"]

RECENT_DAYS = 30
"""How long a page says that it has changed lately (days after the first one in force)."""


def first_instant(day: date, zone: str) -> datetime:
    """The first existing instant of a local day, in UTC.

    Midnight may not exist (clocks go forward at 24:00 in Cairo or São Paulo), and a day may be skipped altogether:
    then it is the first instant after. Raises ZoneInfoNotFoundError for an unknown zone.
    """
    local = ZoneInfo(zone)
    midnight = datetime(day.year, day.month, day.day, tzinfo=local).astimezone(UTC)
    if midnight.astimezone(local).replace(tzinfo=None) == datetime(day.year, day.month, day.day):  # noqa: DTZ001 - wall clock
        return midnight
    before, after = midnight - timedelta(hours=26), midnight + timedelta(hours=26)
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        before, after = (before, middle) if middle.astimezone(local).date() >= day else (middle, after)
    return after.replace(microsecond=0)


def is_reached(effective: Effective, as_of: AsOf) -> bool:
    """Whether a version applies: by the instant, or for a plain day by the calendar of its own zone."""
    if isinstance(as_of, datetime):
        return effective.instant <= as_of
    return effective.day <= as_of


def is_public(announced: datetime | None, zone: str, as_of: AsOf) -> bool:
    """Whether the announcement has been made; an unknown announcement never has."""
    if announced is None:
        return False
    if isinstance(as_of, datetime):
        return announced <= as_of
    return announced.astimezone(ZoneInfo(zone)).date() <= as_of


def local_day(as_of: AsOf, zone: str) -> date:
    """The calendar day that `as_of` is in a zone."""
    return as_of.astimezone(ZoneInfo(zone)).date() if isinstance(as_of, datetime) else as_of


def order_of(version_id: str) -> tuple[str, int]:
    """Sort key of a version's name: its day, then its revision (`2012-03-09` is revision 0)."""
    day, _, revision = version_id.partition(".")
    return day, int(revision or 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one version of a line stands at an instant.

    `until` is the first day on which it no longer applies, where a successor is public. `predecessor` and
    `successor` are neighbours in the line that a visitor may see. `region` is the region's id in this version.
    """

    version: Version
    region: str
    state: State
    effective: Effective
    until: Effective | None = None
    predecessor: tuple[Version, str] | None = None
    successor: tuple[Version, str] | None = None

    @property
    def is_visible(self) -> bool:
        """Whether a visitor may see it."""
        return self.state not in {"draft", "adopted"}

    @property
    def sealed_region(self) -> SealedRegion:
        """The region as this version was sealed with it."""
        return self.version.regions[self.region]

    def edition(self, locale: str) -> Edition | None:
        """The edition in a locale; None where it was never written."""
        return self.version.editions.get((self.region, locale))

    def previous_edition(self, locale: str) -> Edition | None:
        """The predecessor's edition in the same locale."""
        if self.predecessor is None:
            return None
        version, region = self.predecessor
        return version.editions.get((region, locale))

    def is_changed(self, locale: str) -> bool:
        """Whether this edition says something else than its predecessor's (a first one always does)."""
        edition, previous = self.edition(locale), self.previous_edition(locale)
        return edition is not None and (previous is None or edition.sha256 != previous.sha256)

    def is_recent(self, as_of: AsOf) -> bool:
        """Whether it came into force less than RECENT_DAYS ago and follows another version."""
        if self.state != "in-force" or self.predecessor is None:
            return False
        return local_day(as_of, self.effective.zone) < self.effective.day + timedelta(days=RECENT_DAYS)


@dataclass(frozen=True, slots=True)
class Line:
    """One notice in one region: its standings at an instant, oldest first."""

    notice: str
    region: str
    standings: tuple[Standing, ...]

    @property
    def in_force(self) -> Standing | None:
        """The version that applies; None before the first and after the last."""
        return next((s for s in reversed(self.standings) if s.state == "in-force"), None)

    @property
    def announced(self) -> tuple[Standing, ...]:
        """The versions that are public but do not apply yet, next one first."""
        return tuple(s for s in self.standings if s.state == "announced")

    @property
    def visible(self) -> tuple[Standing, ...]:
        """What a visitor may see, oldest first."""
        return tuple(s for s in self.standings if s.is_visible)

    def find(self, version_id: str) -> Standing | None:
        """The standing of one version."""
        return next((s for s in self.standings if s.version.id == version_id), None)


def start_of(version: Version, region: str) -> Effective:
    """When a version begins to apply in one of its regions."""
    effective = version.regions[region].effective
    if effective is None:
        msg = f"{version.notice} {version.id}: region {region} was sealed without an effective date"
        raise ValueError(msg)
    if order_of(version.id)[1] and version.announced and version.announced > effective.instant:
        day = version.announced.astimezone(ZoneInfo(effective.zone)).date()
        return Effective(day, effective.zone, version.announced, effective.assumed)
    return effective


Step = tuple[Version, str]
"""A version, and the name that the region has in it."""


def trace_line(notice: str, region: str, versions: Sequence[Version], as_of: AsOf) -> Line:
    """The line of a notice in a region, each version with its state at `as_of`; a draft comes last and ends nothing."""
    sealed = [version for version in versions if version.sealed]
    steps = _steps(region, sealed)
    end = _find_end(region, sealed, steps)
    states = [_state(step, follower, as_of) for step, follower in zip(steps, [*steps[1:], end], strict=False)]
    if end and states and states[-1] in {"superseded", "corrected"}:
        states[-1] = "retired"
    visible = [step for step, state in zip(steps, states, strict=True) if state not in {"draft", "adopted"}]
    standings = []
    for step, state in zip(steps, states, strict=True):
        before = visible[: visible.index(step)] if step in visible else visible
        after = visible[visible.index(step) + 1 :] if step in visible else []
        if not after and end and _is_begun(end, as_of):
            after = [end]
        start, until = start_of(*step), start_of(*after[0]) if after else None
        standings.append(Standing(*step, state, start, until, before[-1] if before else None, after[0] if after else None))
    in_force = next((step for step, state in zip(steps, states, strict=True) if state == "in-force"), None)
    for draft in versions:
        if not draft.sealed and region in draft.regions:
            standings.append(Standing(draft, region, "draft", start_of(draft, region), predecessor=in_force))
    return Line(notice, region, tuple(standings))


def _steps(region: str, versions: Sequence[Version]) -> list[Step]:
    """Each version with the name the region had in it, oldest first."""
    steps: list[Step] = []
    name = region
    for version in reversed(versions):
        if name not in version.regions and steps:
            latest, known = steps[-1]
            name = next((older for older in latest.regions[known].succeeds if older in version.regions), name)
        if name in version.regions:
            steps.append((version, name))
    return steps[::-1]


def _find_end(region: str, versions: Sequence[Version], steps: Sequence[Step]) -> Step | None:
    """The later version, if any, that continues this region under another name, or leaves it out."""
    if not steps:
        return None
    for version in versions[versions.index(steps[-1][0]) + 1 :]:
        heirs = [name for name, sealed in version.regions.items() if region in sealed.succeeds]
        return version, (heirs or list(version.regions))[0]
    return None


def _is_begun(step: Step, as_of: AsOf) -> bool:
    return is_reached(start_of(*step), as_of)


def _state(step: Step, follower: Step | None, as_of: AsOf) -> State:
    version, region = step
    start = start_of(version, region)
    if not is_reached(start, as_of):
        return "announced" if is_public(version.announced, start.zone, as_of) else "adopted"
    if follower is None or not _is_begun(follower, as_of):
        return "in-force"
    return "corrected" if follower[0].day == version.day else "superseded"


def trace_notice(notice: str, versions: Sequence[Version], as_of: AsOf) -> dict[str, Line]:
    """A notice's lines by region: every region that any of its versions has."""
    regions = dict.fromkeys(region for version in reversed(versions) for region in version.regions)
    return {region: trace_line(notice, region, versions, as_of) for region in regions}


@dataclass(frozen=True, slots=True, order=True)
class Transition:
    """An instant at which the site must be built again, and why."""

    instant: datetime
    kind: Literal["announced", "effective", "recent-ends", "facts"]
    notice: str
    version: str
    region: str


def find_transitions(versions: Mapping[str, Sequence[Version]], entities: Iterable[Entity], zone: str) -> tuple[Transition, ...]:
    """All instants, past and to come, at which the answer to "what is in force" or "who answers" changes."""
    found: set[Transition] = set()
    for notice, released in versions.items():
        for version in released:
            for region in version.regions:
                start = start_of(version, region)
                found.add(Transition(start.instant, "effective", notice, version.id, region))
                if version is not released[0]:
                    ends = first_instant(start.day + timedelta(days=RECENT_DAYS), start.zone)
                    found.add(Transition(ends, "recent-ends", notice, version.id, region))
                if version.announced:
                    found.add(Transition(version.announced, "announced", notice, version.id, region))
    for entity in entities:
        for facts in entity.slices:
            begins = first_instant(facts.since, facts.zone or zone)
            found.add(Transition(begins, "facts", "", entity.id, ""))
    return tuple(sorted(found))
