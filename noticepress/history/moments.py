"""Days and instants: when a day begins in a zone, and when a version applies."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from noticepress.model import AsOf, Effective, Version

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
    return publication_of(version, effective) if _is_late(version, effective) else effective


def _is_late(version: Version, effective: Effective) -> bool:
    return bool(order_of(version.id)[1] and version.announced and version.announced > effective.instant)


def publication_of(version: Version, effective: Effective) -> Effective:
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
