"""What class a change of those who answer calls for: entities, their facts, and the territories they answer for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from noticepress.classes.printed import Printed
from noticepress.classes.reason import Reason
from noticepress.localize import format_address
from noticepress.model import Address, ChangeClass, Facts, SealedRegion, Version

RIGHTS_ROLES = ("rights", "privacy")
"""Contacts that a reader exercises rights with: the first that an entity has."""

_SHOWN = 6
"""So many territories are named, and the rest is counted."""


def find_party_reasons(old: SealedRegion, new: SealedRegion, former: Version, printed: Printed) -> Iterator[Reason]:
    """What changed for a region from its predecessor `old`, in the version `former`, apart from the words.

    Who answers, their names and where rights are exercised always count; other facts where a text prints them.
    """
    before, after = _index(old), _index(new)
    for name in sorted(before.keys() - after.keys()):
        yield _tell("material", f"{before[name].legal_name} no longer answers for this region")
    for name in sorted(after.keys() - before.keys()):
        yield _tell("material", f"{after[name].legal_name} now answers for this region")
    for name in after:
        if name in before:
            yield from _compare_facts(before[name], after[name], printed)
    yield from _compare_territories(old, new, former)


def map_names(*regions: SealedRegion) -> dict[str, str]:
    """Legal names, addresses and contacts that are known of those who answer, each with the whole it is a part of.

    What is a part of two addresses, such as a city, stands for itself.
    """
    found: dict[str, str] = {}
    for facts in (facts for region in regions for facts in region.entities):
        found |= {name: name for name in (facts.legal_name, *facts.aliases)}
        for place in (facts.address, *facts.contacts.values()):
            if isinstance(place, Address):
                whole = format_address(place, "en")
                parts = (place.street, place.locality, place.postal_code)
                found |= {part: whole if found.get(part, whole) == whole else part for part in parts if part}
            elif place:
                found[place] = place
    return found


def _index(region: SealedRegion) -> Mapping[str, Facts]:
    return {facts.entity: facts for facts in region.entities}


def _tell(change_class: ChangeClass, told: str) -> Reason:
    return Reason(change_class, "", told)


# ---- facts


def _compare_facts(old: Facts, new: Facts, printed: Printed) -> Iterator[Reason]:
    before, after = (facts.register.number if facts.register else "" for facts in (old, new))
    is_renumbered = bool(before) and before != after
    if old.legal_name != new.legal_name:
        renamed = f"{old.legal_name} is now called {new.legal_name}"
        if is_renumbered:
            yield _tell("material", f"{renamed}, and its register number {before} is now {after or 'not given'}")
        else:
            yield _tell("minor", renamed)
    elif printed.differs(before, after):
        yield _tell("minor", f"{new.legal_name}: register number {_name_step(before, after)}")
    told: dict[str, tuple[object, object]] = {"legal form": (old.form, new.form), "address": (old.address, new.address)}
    for law in sorted({*old.representatives, *new.representatives}):
        told[f"representative ({law})"] = (old.representatives.get(law), new.representatives.get(law))
    for what, (was, now) in told.items():
        if printed.differs(was, now):
            yield _tell("minor", f"{new.legal_name}: {what} {_name_step(was, now)}")
    yield from _compare_contacts(old, new, printed)
    yield from _compare_seals(old, new, printed)


def _compare_contacts(old: Facts, new: Facts, printed: Printed) -> Iterator[Reason]:
    role = next((role for role in RIGHTS_ROLES if role in old.contacts), "")
    now = next((new.contacts[name] for name in RIGHTS_ROLES if name in new.contacts), None)
    if role and now != old.contacts[role]:
        # Where the old way stays open, nobody who uses it is harmed.
        is_open = old.contacts[role] in new.contacts.values()
        yield _tell("minor" if is_open else "material", f"{new.legal_name}: contact for rights changed")
    for name in sorted({*old.contacts, *new.contacts}):
        was, is_now = old.contacts.get(name), new.contacts.get(name)
        if name not in RIGHTS_ROLES and printed.differs(was, is_now):
            yield _tell("minor", f"{new.legal_name}: contact {name!r} {_name_step(was, is_now)}")
        elif name in RIGHTS_ROLES and not role and name in new.contacts:
            yield _tell("minor", f"{new.legal_name}: contact {name!r} added")


def _compare_seals(old: Facts, new: Facts, printed: Printed) -> Iterator[Reason]:
    before, after = ({(seal.issuer, seal.id): seal for seal in facts.seals} for facts in (old, new))
    for key in sorted({*before, *after}):
        if printed.differs(before.get(key), after.get(key)):
            yield _tell("minor", f"{new.legal_name}: seal of {key[0]} {_name_step(before.get(key), after.get(key))}")


def _name_step(before: object, after: object) -> str:
    if not before:
        return "added"
    return "changed" if after else "removed"


# ---- territories


def _compare_territories(old: SealedRegion, new: SealedRegion, former: Version) -> Iterator[Reason]:
    """Territories that joined a region: material where other entities answered for them until now."""
    held = {territory: region for region in former.regions.values() for territory in region.territories}
    joined = [territory for territory in new.territories if territory not in old.territories]
    others, same, first = list[str](), list[str](), list[str]()
    for territory in joined:
        if territory not in held:
            first.append(territory)
        elif {facts.entity for facts in held[territory].entities} == {facts.entity for facts in new.entities}:
            same.append(territory)
        else:
            others.append(territory)
    if others:
        yield _tell("material", f"other companies now answer for {_list_territories(others)}")
    if same:
        yield _tell("minor", f"region now holds {_list_territories(same)}")
    if first:
        yield _tell("minor", f"region now covers {_list_territories(first)}, which had no notice")


def _list_territories(found: list[str]) -> str:
    told = ", ".join(sorted(found)[:_SHOWN])
    return f"{told} and {len(found) - _SHOWN} more" if len(found) > _SHOWN else told
