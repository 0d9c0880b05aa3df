"""The line of a notice in a region, from the dates of its versions: what each one's state is at an instant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from noticepress.chain import follow_chain
from noticepress.history.moments import (
    effective_of,
    is_public,
    is_reached,
    is_withdrawn,
    order_of,
    publication_of,
    start_of,
)
from noticepress.history.standing import Line, Standing, State
from noticepress.model import AsOf, Effective, Version

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
            published = publication_of(version, effective_of(version, region))
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
        return publication_of(later[0], effective_of(*later))
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
