"""Promises about changes: whether an announcement keeps them, and whether a new text promises less."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from noticepress.checks.desk import Desk
from noticepress.checks.prepared import Prepared
from noticepress.classes import find_replaced
from noticepress.errors import Problem
from noticepress.history import local_day
from noticepress.leadtime import list_promises, promises_to_tell_before, read_days
from noticepress.model import Commitment, Effective, Notice, Version

OWN_CHANNELS = frozenset({"site-notice", "site", "website", "banner", "feed"})
"""What a site does by itself once a version is announced."""

_SAME_CHANNELS: Mapping[str, str] = MappingProxyType({"e-mail": "email", "mail": "email"})


def _name_channel(name: str) -> str:
    plain = re.sub(r"[\s_]+", "-", name.strip().casefold())
    return _SAME_CHANNELS.get(plain, plain)


# ---- kept


def find_broken_promises(prepared: Prepared) -> Iterator[Problem]:
    """What the versions that are replaced promised about such a change, and its announcement does not keep."""
    following, draft = prepared.following, prepared.draft
    plan = {*OWN_CHANNELS, *map(_name_channel, following.record.channels)}
    for region, sealed_region in draft.regions.items():
        replaced = find_replaced(prepared.earlier, draft, region)
        if replaced is None:
            continue
        for promise in list_promises(replaced[0], following.record.change_class):
            about = f"version {replaced[0].id} promises"
            if missing := _find_missing(promise, plan):
                told = f"{about} {_join_channels(missing, promise)} ({promise.id}): the plan has none"
                hint = f"tell people so, and say it: 'channels: [{', '.join(missing)}]'"
                yield Problem("CN03", following.find_place("channels"), told, hint)
            if promises_to_tell_before(promise) and (late := _tell_when(draft, sealed_region.effective)):
                words = _join_channels([_name_channel(name) for name in promise.channels], promise)
                told = f"{about} {words or 'word'} before effect ({promise.id}): {late}"
                hint = "set 'announced:' to a day before the effective date"
                yield Problem("CN03", following.find_place("announced"), told, hint)


def _find_missing(promise: Commitment, plan: set[str]) -> list[str]:
    """The channels that were promised and are not planned; none where one of several is enough."""
    channels = [_name_channel(channel) for channel in promise.channels]
    missing = [channel for channel in channels if channel not in plan]
    return missing if promise.all_channels or len(missing) == len(channels) else []


def _join_channels(channels: list[str], promise: Commitment) -> str:
    return (" and " if promise.all_channels else " or ").join(channels)


def _tell_when(draft: Version, effective: Effective | None) -> str:
    """Why an announcement does not come before its version applies; nothing where it does, or where DV02 tells."""
    if draft.announced is None:
        return "announced is not set"
    if effective is None or draft.announced < effective.instant or _is_disordered(draft.announced, effective):
        return ""
    return f"announced at {draft.announced.isoformat()}, it applies from {effective.instant.isoformat()}"


def _is_disordered(announced: datetime, effective: Effective) -> bool:
    return local_day(announced, effective.zone) > effective.day


# ---- weakened


def find_weaker_promises(desk: Desk) -> Iterator[Problem]:
    """What the newest version promised about changes, and the notice as described now does not."""
    for notice in desk.library.notices.values():
        version = desk.library.find_newest(notice.id)
        if version is None:
            continue
        for promise in version.commitments:
            for loss in _find_losses(promise, notice):
                told = f"version {version.id} promised more ({promise.id}): {loss}"
                hint = "promise it again, or tell people that you no longer do: the class is material"
                yield Problem("CN05", notice.find_place("commitments"), told, hint, "warning")


def _find_losses(promise: Commitment, notice: Notice) -> Iterator[str]:
    same = [other for other in notice.commitments if other.id == promise.id]
    other = next(iter(same or [other for other in notice.commitments if other.covers == promise.covers]), None)
    if other is None:
        yield f"nothing is promised about {promise.covers or 'changes'} any more"
        return
    lost = {_name_channel(name) for name in promise.channels} - {_name_channel(name) for name in other.channels}
    if lost:
        yield f"no {', '.join(sorted(lost))} any more"
    elif promise.all_channels and not other.all_channels:
        yield "one channel is enough, where each was promised"
    if promises_to_tell_before(promise) and not promises_to_tell_before(other):
        yield "no longer before effect"
    elif read_days(other) < read_days(promise):
        yield f"{read_days(other)} days instead of {read_days(promise)}"
