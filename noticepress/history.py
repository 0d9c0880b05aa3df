"""What is in force, announced or superseded, computed from dates and an instant, never typed.

A *line* is one notice in one region through time. A region that succeeds another continues its line, so a line may hold
versions of differently named regions. The rules are those of docs/time.md.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from noticepress.chain import follow_chain
from noticepress.model import AsOf, Edition, Effective, Entity, SealedRegion, Version

State = Literal["draft", "adopted", "announced", "in-force", "superseded", "corrected", "retired", "withdrawn"]

RECENT_DAYS = 30
"""How long a page says that it has changed lately: days, from the first one in force."""

_LONGEST_LEAP = 26 * 60 * 60
"""No clock was ever put forward by more than a day and some; in seconds."""


def first_instant(day: date, zone: str) -> datetime:
    """The first existing instant of a local day, in UTC.

    Midnight may not exist (clocks go forward at 24:00 in Cairo or São Paulo), and a day may be skipped altogether:
    then it is the first instant after. Raises ZoneInfoNotFoundError for an unknown zone.
    """
    local = ZoneInfo(zone)
    midnight = datetime.combine(day, time(), local).astimezone(UTC)
    if midnight.astimezone(local).replace(tzinfo=None) == datetime.combine(day, time()):
        return midnight
    seconds = range(int(midnight.timestamp()) - _LONGEST_LEAP, int(midnight.timestamp()) + _LONGEST_LEAP)
    first = bisect_left(seconds, day, key=lambda second: datetime.fromtimestamp(second, local).date())
    return datetime.fromtimestamp(seconds[first], UTC)


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


def find_instant(as_of: AsOf, zone: str) -> datetime:
    """The instant that `as_of` is, in whole seconds: of a plain day its first one in a zone."""
    return as_of.replace(microsecond=0) if isinstance(as_of, datetime) else first_instant(as_of, zone)


def order_of(version_id: str) -> tuple[str, int]:
    """Sort key of a version's name: its day, then its revision (`2012-03-09` is revision 0)."""
    day, _, revision = version_id.partition(".")
    return day, int(revision or 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one version of a line stands at an instant.

    `effective` is its effective date, which a revision shares with what it corrects. `until` is when it no longer
    applies, where a successor is public. `predecessor` is the version that a visitor could see when this one was
    sealed, and `successor` what follows for a visitor now. `region` is the region's id in this version.
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
        """Whether a visitor may see it: a version that was withdrawn before anybody was told of it, never."""
        if self.state == "withdrawn":
            announced, withdrawn = self.version.announced, self.version.withdrawn
            return announced is not None and withdrawn is not None and announced <= withdrawn.instant
        return self.state not in {"draft", "adopted"}

    @property
    def since(self) -> Effective:
        """When its words began to be shown, or will: a revision's from its publication on."""
        return start_of(self.version, self.region)

    @property
    def has_applied(self) -> bool:
        """Whether it has ever been in force, or will be as far as is known."""
        return self.state != "withdrawn" and (self.until is None or self.until.instant > self.since.instant)

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
        if self.state not in {"in-force", "corrected"} or self.predecessor is None or not self.has_applied:
            return False
        return local_day(as_of, self.since.zone) < self.since.day + timedelta(days=RECENT_DAYS)


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

    def list_revisions(self, standing: Standing) -> tuple[Standing, ...]:
        """A version and its revisions up to a standing, as far as visitors may see them, oldest first."""
        place = self.standings.index(standing)
        return tuple(
            s for s in self.standings[: place + 1] if s is standing or (s.is_visible and is_revision(standing, s))
        )

    def find(self, version_id: str) -> Standing | None:
        """The standing of one version."""
        return next((s for s in self.standings if s.version.id == version_id), None)


def is_revision(newer: Standing, older: Standing) -> bool:
    """Whether one standing is of a revision of the other's version."""
    return newer.version.day == older.version.day and newer.version.id != older.version.id


def effective_of(version: Version, region: str) -> Effective:
    """The effective date of a version in one of its regions; a revision has that of the version it corrects."""
    effective = version.regions[region].effective
    if effective is None:
        msg = f"{version.notice} {version.id}: region {region} was sealed without an effective date"
        raise ValueError(msg)
    return effective


def start_of(version: Version, region: str) -> Effective:
    """When a version begins to apply in one of its regions: a revision not before it is published."""
    effective = effective_of(version, region)
    return _publication_of(version, effective) if _is_late(version, effective) else effective


def _is_late(version: Version, effective: Effective) -> bool:
    return bool(order_of(version.id)[1] and version.announced and version.announced > effective.instant)


def _publication_of(version: Version, effective: Effective) -> Effective:
    """The instant of an announcement, with its day in the zone of an effective date."""
    if version.announced is None:
        return effective
    day = version.announced.astimezone(ZoneInfo(effective.zone)).date()
    return Effective(day, effective.zone, version.announced, effective.assumed)


def is_withdrawn(version: Version, as_of: AsOf) -> bool:
    """Whether a version has been withdrawn; for a plain day, by the calendar of its first region."""
    if version.withdrawn is None:
        return False
    zone = effective_of(version, next(iter(version.regions))).zone
    return is_public(version.withdrawn.instant, zone, as_of)


Step = tuple[Version, str]
"""A version, and the name that the region has in it."""


def trace_line(notice: str, region: str, versions: Sequence[Version], as_of: AsOf) -> Line:
    """The line of a notice in a region, given its versions oldest first, each with its state at `as_of`.

    A draft comes last and ends nothing. A version that leaves the region out, or continues it under another name, ends
    the region's last version before it.
    """
    sealed = [version for version in versions if version.sealed]
    ranks = {version.id: rank for rank, version in enumerate(follow_chain(sealed))}
    living = [version for version in sealed if not is_withdrawn(version, as_of)]
    steps = _find_steps(region, sealed)
    alive = [step for step in steps if not is_withdrawn(step[0], as_of)]
    endings = {
        step[0].id: _find_ending(step, following, living)
        for step, following in zip(alive, [*alive[1:], None], strict=False)
    }
    standings: list[Standing] = []
    begun = [_Beginning.find(step, as_of) for step in steps]
    for index, step in enumerate(steps):
        later = [other for other in begun[index + 1 :] if other.version.id in endings]
        ending = endings.get(step[0].id)
        state = _find_state(begun[index], later, ending, as_of) if step[0].id in endings else "withdrawn"
        standings.append(Standing(*step, state, effective_of(*step)))
    standings = [
        _join_neighbours(
            standing,
            (s for s in reversed(standings[:index]) if _was_sealed_before(s, standing, ranks)),
            standings[index + 1 :],
            endings.get(standing.version.id),
            as_of,
        )
        for index, standing in enumerate(standings)
    ]
    for draft in versions:
        if not draft.sealed and region in draft.regions:
            before = _find_before(draft, region, sealed, as_of)
            standings.append(Standing(draft, region, "draft", effective_of(draft, region), predecessor=before))
    return Line(notice, region, tuple(standings))


def _was_sealed_before(older: Standing, newer: Standing, ranks: Mapping[str, int]) -> bool:
    """Whether a version was there when another was sealed; where the chain does not tell, the names do."""
    names = (older.version.id, newer.version.id)
    return not all(name in ranks for name in names) or ranks[names[0]] < ranks[names[1]]


def _find_steps(region: str, sealed: Sequence[Version]) -> list[Step]:
    """Each version with the name that the region had in it, oldest first."""
    steps: list[Step] = []
    name = region
    for version in reversed(sealed):
        if steps and name not in version.regions:
            latest, known = steps[-1]
            continued = [older for older in latest.regions[known].succeeds if older in version.regions]
            name = region if region in continued else next(iter(continued), name)
        if name in version.regions:
            steps.append((version, name))
    return steps[::-1]


@dataclass(frozen=True, slots=True)
class _Ending:
    """Where a region ends: the version that has it no more, when that applies, and the region that continues it."""

    version: Version
    start: Effective
    heir: Step | None

    def is_public(self, as_of: AsOf) -> bool:
        return is_reached(self.start, as_of) or is_public(self.version.announced, self.start.zone, as_of)


def _find_ending(step: Step, following: Step | None, sealed: Sequence[Version]) -> _Ending | None:
    """How the version after a step ends its region; None where it continues it, or where there is none yet."""
    version, region = step
    next_version = next(iter(sealed[sealed.index(version) + 1 :]), None)
    if next_version is None or (following and following[0] is next_version):
        return None
    heirs = [name for name, sealed_region in next_version.regions.items() if region in sealed_region.succeeds]
    # Nobody is left without words: the region lasts until every one that may take its territories has begun.
    start = max((start_of(next_version, name) for name in heirs or next_version.regions), key=lambda e: e.instant)
    return _Ending(next_version, start, (next_version, heirs[0]) if heirs else None)


@dataclass(frozen=True, slots=True)
class _Beginning:
    """When a version of a line begins, as a revision takes the place of what it corrects, and whether it has."""

    version: Version
    start: Effective
    is_begun: bool
    published: Effective
    is_published: bool

    @staticmethod
    def find(step: Step, as_of: AsOf) -> _Beginning:
        """How it stands with a version at a moment."""
        version, region = step
        start = published = start_of(version, region)
        if order_of(version.id)[1]:
            published = _publication_of(version, effective_of(version, region))
        return _Beginning(version, start, is_reached(start, as_of), published, is_reached(published, as_of))


def _find_state(own: _Beginning, later: Sequence[_Beginning], ending: _Ending | None, as_of: AsOf) -> State:
    """The state of a version that is not withdrawn; `later` are the others of its line that come after it."""
    version = own.version
    if not own.is_begun and not is_public(version.announced, own.start.zone, as_of):
        return "adopted"
    is_over = any(other.is_begun for other in later)
    revised = [other.published.instant for other in later if other.version.day == version.day and other.is_published]
    replaced = [other.start.instant for other in later if other.version.day != version.day and other.is_begun]
    if revised and (not replaced or min(revised) <= min(replaced)):
        return "corrected"
    if not own.is_begun:
        # Zones a day apart let a version begin before the one it follows, which then never applies.
        return "superseded" if is_over else "announced"
    if ending and is_reached(ending.start, as_of):
        return "retired"
    return "superseded" if is_over else "in-force"


def _replacement_by(later: Step, version: Version) -> Effective:
    """When another version takes the place of one: a revision as soon as it is public, even before both apply."""
    if later[0].day == version.day:
        return _publication_of(later[0], effective_of(*later))
    return start_of(*later)


def _join_neighbours(
    standing: Standing, before: Iterable[Standing], after: Sequence[Standing], ending: _Ending | None, as_of: AsOf
) -> Standing:
    """A standing with what a visitor may see around it, newest before it first; what was withdrawn is no neighbour."""
    older = next((s for s in before if s.is_visible and s.state != "withdrawn"), None)
    joined = replace(standing, predecessor=(older.version, older.region) if older else None)
    if standing.state == "withdrawn":
        return joined
    newer = [s for s in after if s.is_visible and s.state != "withdrawn"]
    following = next((s for s in newer if s.state != "corrected"), None)
    successor = (following.version, following.region) if following else None
    ends = [_replacement_by((s.version, s.region), standing.version) for s in newer]
    if ending and ending.is_public(as_of):
        successor = ending.heir or successor
        ends.append(ending.start)
    return replace(joined, until=min(ends, key=lambda end: end.instant, default=None), successor=successor)


def _find_before(draft: Version, region: str, sealed: Sequence[Version], as_of: AsOf) -> Step | None:
    """What is in force where a draft would apply: in its region, else in one that this continues."""
    for name in (region, *draft.regions[region].succeeds):
        if found := trace_line(draft.notice, name, sealed, as_of).in_force:
            return found.version, found.region
    return None


def trace_notice(notice: str, versions: Sequence[Version], as_of: AsOf) -> dict[str, Line]:
    """A notice's lines by region: every region that any of its versions has, the newest version's first."""
    regions = dict.fromkeys(region for version in reversed(versions) for region in version.regions)
    return {region: trace_line(notice, region, versions, as_of) for region in regions}


TransitionKind = Literal["announced", "effective", "recent-ends", "withdrawn", "facts"]


@dataclass(frozen=True, slots=True, order=True)
class Transition:
    """An instant at which the site must be built again, and why.

    `entity` is set where an entity's facts change; otherwise `version` of `notice` does something in `region`. Its day
    is counted in `zone`.
    """

    instant: datetime
    kind: TransitionKind
    notice: str = ""
    version: str = ""
    region: str = ""
    entity: str = ""
    zone: str = ""

    def is_ahead(self, as_of: AsOf) -> bool:
        """Whether it is still to come: after an instant, or on a later day."""
        if isinstance(as_of, datetime):
            return self.instant > as_of
        return local_day(self.instant, self.zone) > as_of


def find_transitions(
    versions: Mapping[str, Sequence[Version]], entities: Iterable[Entity], zone: str
) -> tuple[Transition, ...]:
    """All instants, past and to come, at which what is in force or public changes, or who answers.

    `zone` is the site's: pages about entities tell who they are on its calendar day.
    """
    found: set[Transition] = set()
    for notice, released in versions.items():
        for version in released:
            for region in version.regions:
                start = start_of(version, region)
                moments: dict[TransitionKind, datetime] = {"effective": start.instant}
                if version is not released[0]:
                    moments["recent-ends"] = first_instant(start.day + timedelta(days=RECENT_DAYS), start.zone)
                if version.withdrawn:
                    moments = {"withdrawn": version.withdrawn.instant}
                if version.announced:
                    moments["announced"] = version.announced
                for kind, instant in moments.items():
                    found.add(Transition(instant, kind, notice, version.id, region, zone=start.zone))
    for entity in entities:
        for facts in entity.slices:
            found.add(Transition(first_instant(facts.since, zone), "facts", entity=entity.id, zone=zone))
    return tuple(sorted(found))
