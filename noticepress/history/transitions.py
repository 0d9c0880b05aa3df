"""The instants at which a site must be built again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from noticepress.history.moments import first_instant, local_day, start_of
from noticepress.history.standing import RECENT_DAYS
from noticepress.model import AsOf, Effective, Entity, Version

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
                moments = _find_moments(version, start, is_first=version is released[0])
                for kind, instant in moments.items():
                    found.add(Transition(instant, kind, notice, version.id, region, zone=start.zone))
    for entity in entities:
        for facts in entity.slices:
            found.add(Transition(first_instant(facts.since, zone), "facts", entity=entity.id, zone=zone))
    return tuple(sorted(found))


def _find_moments(version: Version, start: Effective, *, is_first: bool) -> dict[TransitionKind, datetime]:
    """What a version does and when, in a region where it begins to apply at `start`."""
    ends = first_instant(start.day + timedelta(days=RECENT_DAYS), start.zone)
    moments: dict[TransitionKind, datetime] = {"effective": start.instant}
    if version.withdrawn:
        # Pages say so while people still expect what was announced to them.
        moments = {"withdrawn": version.withdrawn.instant}
        if version.announced and version.announced <= version.withdrawn.instant:
            moments["recent-ends"] = ends
    elif not is_first:
        moments["recent-ends"] = ends
    if version.announced:
        moments["announced"] = version.announced
    return moments
