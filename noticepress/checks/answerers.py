"""Whether those who answer for a region can be reached there: established, represented, and together if several."""

from __future__ import annotations

from collections.abc import Iterator

from noticepress.checks.coverage import Duty, find_text_place, find_untold
from noticepress.checks.desk import Desk
from noticepress.errors import Problem
from noticepress.model import SealedRegion
from noticepress.territories import expand

PROVISIONS = {"eu": "Art. 27 GDPR", "uk": "Art. 27 UK GDPR", "cn": "Art. 53 PIPL"}
"""Where a representative is asked for, by pack; all of them unverified."""

RIGHTS_ROLES = frozenset({"rights", "privacy", "dpo", "data-protection", "encarregado"})
"""The roles of contacts to which people turn with their rights."""


def find_unrepresented(duty: Duty, region: SealedRegion) -> Iterator[Problem]:
    """A region whose entities are all established elsewhere, and none is represented."""
    pack = duty.pack
    home = expand(pack.home, duty.day)
    if pack.id == "uk" and home <= expand(("eea",), duty.day):
        return  # before the United Kingdom left, whoever was established in the Union was established there
    countries = {facts.entity: facts.address.country if facts.address else "" for facts in region.entities}
    if not region.entities or home.intersection(countries.values()):
        return
    if any(facts.representatives.get(pack.id) for facts in region.entities):
        return
    first = region.entities[0]
    names = ", ".join(countries)
    where = f"{pack.id}: region {region.id!r} ({_list_some(expand(pack.territories, duty.day), region)})"
    hint = f"name who represents it under representatives.{pack.id} ({PROVISIONS[pack.id]}, unverified)"
    if unknown := [name for name, country in countries.items() if not country]:
        told = f"{where}: cannot be told whether {', '.join(unknown)} is established there"
        hint = f"add an address with its country, or {hint}"
        yield Problem("CE05", first.source, told, hint, "warning", pack.jurisdiction)
    else:
        told = f"{where}: {names} established elsewhere; no representative"
        yield Problem("CE05", first.source, told, hint, duty.severity, pack.jurisdiction)


def _list_some(territories: frozenset[str], region: SealedRegion) -> str:
    """Why a pack concerns a region: French Guiana lies in the Americas."""
    held = sorted(territories.intersection(region.territories))
    return f"{', '.join(held[:3])} …" if len(held) > len(held[:3]) else ", ".join(held)


def find_unreachable(duty: Duty, region: SealedRegion) -> Iterator[Problem]:
    """A region without a contact for rights."""
    roles = {role for facts in region.entities for role in facts.contacts}
    if not region.entities or roles & RIGHTS_ROLES:
        return
    told = f"region {region.id!r}: no contact for rights"
    hint = "add 'rights:' or 'privacy:' under contacts of an entity that answers for it"
    severity = "warning" if roles else duty.severity
    yield Problem("CE05", region.entities[0].source, told, hint, severity, duty.pack.jurisdiction)


def find_untold_arrangements(desk: Desk, duty: Duty) -> Iterator[Problem]:
    """Entities that answer together, where no section says how they share that."""
    for element in duty.pack.list_elements(duty.day):
        for region in find_untold(desk, duty, element) if element.check == "CE05" else ():
            names = ", ".join(facts.entity for facts in region.entities)
            told = f"{duty.pack.id} {element.name}: {names} answer jointly; no section covers {element.words}"
            hint = f'add covers="{element.tag}" to the heading of the section that says it, or write it ({element.law})'
            place = find_text_place(desk, duty.notice)
            yield Problem("CE05", place, told, hint, duty.severity, duty.pack.jurisdiction)
