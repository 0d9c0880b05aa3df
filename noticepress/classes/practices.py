"""What class a change of practice calls for: of what is done with data, and of what is promised about changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from noticepress.classes.reason import Reason
from noticepress.model import ChangeClass, Commitment
from noticepress.processing import Processing, Purpose, Recipient
from noticepress.protected import parse_days

_SCOPES = ("", "all", "any")
"""What `covers` of a commitment says where every change is meant."""

_TIMINGS = ("", "after-effect", "at-effect", "on-effect", "before-effect")
"""What is promised about when people are told, loosest first."""


# ---- processing


def find_processing_reasons(old: Processing | None, new: Processing | None) -> Iterator[Reason]:
    """What changed between two records of processing; nothing where one of them was never written."""
    if old is None or new is None:
        return
    yield from _compare_data(old, new)
    before, after = ({item.id: item for item in found.purposes} for found in (old, new))
    yield from _tell_ids("purpose", before, after, {name: item.section for name, item in (before | after).items()})
    for name in after:
        if name in before:
            yield from _compare_purposes(before[name], after[name])
    yield from _compare_recipients(old.recipients, new.recipients)
    if old.children != new.children:
        told = "children's data is now used" if new.children else "children's data is no longer used"
        yield Reason("material" if new.children else "minor", "", told)
    if set(old.features) != set(new.features):
        yield Reason("minor", "", "features of the site changed")


def _tell_ids(
    what: str, before: Mapping[str, object], after: Mapping[str, object], places: Mapping[str, str]
) -> Iterator[Reason]:
    for name in after:
        if name not in before:
            yield Reason("material", places.get(name, ""), f"{what} {name!r} added")
    for name in before:
        if name not in after:
            yield Reason("minor", places.get(name, ""), f"{what} {name!r} removed")


def _compare_data(old: Processing, new: Processing) -> Iterator[Reason]:
    before, after = ({item.id: item for item in found.data} for found in (old, new))
    yield from _tell_ids("data category", before, after, {})
    for name, item in after.items():
        if name in before and item.special != before[name].special:
            told = "is now special data" if item.special else "is no longer special data"
            yield Reason("material" if item.special else "minor", "", f"data category {name!r} {told}")
        if name in before and item.source != before[name].source:
            grave: ChangeClass = "material" if item.source == "third-party" else "minor"
            yield Reason(grave, "", f"data category {name!r} now comes from {item.source}")


def _compare_purposes(old: Purpose, new: Purpose) -> Iterator[Reason]:
    def tell(grave: ChangeClass, told: str) -> Reason:
        return Reason(grave, new.section, f"purpose {new.id!r}: {told}")

    # What was not on record before was not another basis.
    for what, was, now in (("legal basis", old.basis, new.basis), ("condition", old.condition, new.condition)):
        if was != now:
            yield tell("material" if was else "minor", f"{what} {f'changed to {now}' if now else 'removed'}")
    if old.interest != new.interest:
        yield tell("minor", "legitimate interest changed")
    yield from (tell("material", f"data {name!r} added") for name in new.data if name not in old.data)
    yield from (tell("minor", f"data {name!r} removed") for name in old.data if name not in new.data)
    if old.retention != new.retention:
        yield tell(*_judge_retention(old.retention, new.retention))
    if old.automated != new.automated:
        told = "decisions are now automated" if new.automated else "decisions are no longer automated"
        yield tell("material" if new.automated else "minor", told)


def _judge_retention(old: str, new: str) -> tuple[ChangeClass, str]:
    """Longer is material and shorter is not; what cannot be compared may be longer."""
    if not old:
        return "minor", f"retention {new!r} added"
    before, after = parse_days(old), parse_days(new)
    told = f"retention {old!r} is now {new!r}" if new else f"retention {old!r} removed"
    if before is None or after is None:
        return "material", told
    return ("material", f"{told}, longer") if after > before else ("minor", told)


def _compare_recipients(old: Sequence[Recipient], new: Sequence[Recipient]) -> Iterator[Reason]:
    before, after = ({item.id: item for item in found} for found in (old, new))
    gone = [item for name, item in before.items() if name not in after]
    for name, item in after.items():
        if name in before:
            yield from _compare_recipient(before[name], item)
            continue
        former = next((other for other in gone if _is_alike(other, item)), None)
        if former:
            gone.remove(former)
            yield Reason("minor", "", f"recipient {former.id!r} replaced by {name!r}, which does the same")
        else:
            yield Reason("material", "", f"recipient {name!r} added")
    yield from (Reason("minor", "", f"recipient {item.id!r} removed") for item in gone)


def _is_alike(old: Recipient, new: Recipient) -> bool:
    """Whether a recipient can stand for another: the same role, the same purposes, the same country, as safely."""
    return (old.role, set(old.purposes), old.country, old.mechanism) == (
        new.role,
        set(new.purposes),
        new.country,
        new.mechanism,
    )


def _compare_recipient(old: Recipient, new: Recipient) -> Iterator[Reason]:
    for what, was, now in (
        ("role", old.role, new.role),
        ("country", old.country, new.country),
        ("transfer mechanism", old.mechanism, new.mechanism),
    ):
        if was != now:
            yield Reason("material", "", f"recipient {new.id!r}: {what} {f'changed to {now}' if now else 'removed'}")
    more = (name for name in new.purposes if name not in old.purposes)
    less = (name for name in old.purposes if name not in new.purposes)
    yield from (Reason("material", "", f"recipient {new.id!r}: purpose {name!r} added") for name in more)
    yield from (Reason("minor", "", f"recipient {new.id!r}: purpose {name!r} removed") for name in less)


# ---- commitments


def find_commitment_reasons(old: Sequence[Commitment], new: Sequence[Commitment]) -> Iterator[Reason]:
    """Promises about changes: a weaker one is material, a stronger or a new one minor."""
    after = {item.id: item for item in new}
    for item in old:
        if item.id not in after:
            yield Reason("material", "", f"promise {item.id!r} is gone")
        elif after[item.id] != item:
            weaker = list(_find_weaker(item, after[item.id]))
            yield from (Reason("material", "", f"promise {item.id!r} weakened: {told}") for told in weaker)
            if not weaker:
                yield Reason("minor", "", f"promise {item.id!r} strengthened")
    known = {item.id for item in old}
    yield from (Reason("minor", "", f"promise {item.id!r} added") for item in new if item.id not in known)


def _find_weaker(old: Commitment, new: Commitment) -> Iterator[str]:
    if dropped := [channel for channel in old.channels if channel not in new.channels]:
        yield f"no longer by {', '.join(dropped)}"
    # All of one channel is that channel; any of several is fewer.
    if old.channels and (old.all_channels or len(old.channels) == 1) and not new.all_channels and len(new.channels) > 1:
        yield f"any of {', '.join(new.channels)} is enough now"
    if old.timing != new.timing and _is_looser(old.timing, new.timing):
        yield f"{old.timing} is now {new.timing}" if new.timing else f"no longer {old.timing}"
    if old.covers != new.covers and new.covers not in _SCOPES:
        yield f"covers {new.covers} rather than {old.covers or 'all changes'}"


def _is_looser(old: str, new: str) -> bool:
    """Whether people may be told later than before; what cannot be compared may be later."""
    if not old or not new:
        return bool(old)
    before, after = parse_days(old.replace("-", " ")), parse_days(new.replace("-", " "))
    if before is not None or after is not None:
        return before is not None and (after is None or after < before)
    if old in _TIMINGS and new in _TIMINGS:
        return _TIMINGS.index(new) < _TIMINGS.index(old)
    return True
