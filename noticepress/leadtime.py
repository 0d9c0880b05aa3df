"""From when on a new version may apply: whole days between the announcement and the effective date, region by region.

The day of the announcement is not counted, and each region counts on its own calendar. How many days there must be,
the site's policy says, and what the replaced version promised: the greater number holds. No statute fixes one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from noticepress.classes import find_replaced
from noticepress.history import local_day
from noticepress.model import AsOf, ChangeClass, Commitment, Library, Version

_ALL_CHANGES = frozenset({"", "all", "any", "every"})
_DAYS = re.compile(r"(?<!\d)(\d{1,4})[-\s]?(?P<unit>d|days?|weeks?|w)(?![a-z])", re.IGNORECASE)
_PRIOR = re.compile("before|prior|ahead|advance", re.IGNORECASE)
_AFTER = re.compile("after", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lead:
    """How long one region must know of a version before it may apply there.

    `announced` is the local day of the announcement, None where it is not known. `counted_from` is the day after which
    days count: that of the announcement, or that of the run where it is not known or a required language is missing.
    `earliest` is the first effective date that is allowed; `reasons` say why, a sentence each, and `others` are those
    of them that the days and dates do not tell already.
    """

    region: str
    policy_days: int
    announced: date | None
    counted_from: date
    earliest: date
    reasons: tuple[str, ...]
    others: tuple[str, ...] = ()


def count_whole_days(announced: date, effective: date) -> int:
    """The whole days between two local days, neither of them counted; -1 where they are the same."""
    return (effective - announced).days - 1


def find_leads(library: Library, draft: Version, change_class: ChangeClass, as_of: AsOf) -> tuple[Lead, ...]:
    """The lead time of a draft in each of its regions, as if it were a change of this class.

    A version taken over from an archive needs none, and has none.
    """
    if draft.origin:
        return ()
    return tuple(_find_lead(library, draft, region, change_class, as_of) for region in draft.regions)


def _find_lead(library: Library, draft: Version, name: str, change_class: ChangeClass, as_of: AsOf) -> Lead:
    effective, region = draft.regions[name].effective, library.regions.get(name)
    zone = effective.zone if effective else library.settings.zone
    today = local_day(as_of, zone)
    announced = local_day(draft.announced, zone) if draft.announced else None
    reasons = [] if announced else ["announced is not set: days are counted as if it were announced today"]
    counted_from = announced or today
    required = region.required_locales if region else ()
    if missing := [locale for locale in required if (name, locale) not in draft.editions]:
        reasons.append(f"{name}: no day counts until {', '.join(missing)} is there")
        counted_from = max(counted_from, today)
    replaced = find_replaced(library.versions.get(draft.notice, ()), draft, name)
    if replaced is None:
        reasons.append(f"{name}: no version is replaced, so no days are needed")
        return Lead(name, 0, announced, counted_from, counted_from, tuple(reasons), tuple(reasons))
    policy = (region.lead_days if region else {}).get(change_class, library.settings.lead_days.get(change_class, 0))
    is_prior = False
    for promise in list_promises(replaced[0], change_class):
        if (days := read_days(promise)) > policy:
            policy = days
            reasons.append(f"{replaced[0].id} promises {days} days ({promise.id})")
        if promises_to_tell_before(promise) and not is_prior:
            is_prior = True
            reasons.append(f"{replaced[0].id} promises to tell before effect ({promise.id})")
    earliest = _add_days(counted_from, policy + 1) if policy or is_prior else counted_from
    needed = f"{policy} whole {'day' if policy == 1 else 'days'}" if policy else "no whole day needed"
    told = f"{change_class}, {name}: {needed} after {counted_from} ({zone}), so {earliest} at the earliest"
    return Lead(name, policy, announced, counted_from, earliest, (told, *reasons), tuple(reasons))


def group_leads(leads: Iterable[Lead]) -> list[list[Lead]]:
    """Leads with those of other regions that have the same days and dates."""
    groups: dict[tuple[int, date, date], list[Lead]] = {}
    for lead in leads:
        groups.setdefault((lead.policy_days, lead.counted_from, lead.earliest), []).append(lead)
    return [*groups.values()]


def _add_days(day: date, days: int) -> date:
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


# ---- promises about time


def list_promises(version: Version, change_class: ChangeClass) -> Iterator[Commitment]:
    """What a version promised about changes of a class; whom else a promise is about, a person decides."""
    for promise in version.commitments:
        covers = promise.covers.strip().casefold()
        if covers in _ALL_CHANGES or covers == change_class:
            yield promise


def read_days(promise: Commitment) -> int:
    """The days that a promise gives: 30 for `30-days`, `30 days before effect`, `P30D`; 0 where it gives none."""
    found = _DAYS.search(promise.timing)
    if found is None or _AFTER.search(promise.timing):
        return 0
    return int(found[1]) * (7 if found["unit"].casefold().startswith("w") else 1)


def promises_to_tell_before(promise: Commitment) -> bool:
    """Whether a promise says that people are told before a change takes effect."""
    return bool(_PRIOR.search(promise.timing) or read_days(promise))
