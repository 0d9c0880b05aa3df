"""Why a territory belongs to a region: what in which region's rule decides, in data, for pages to put in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from noticepress.model import Region
from noticepress.territories import (
    REST,
    Decision,
    UnknownTerritory,
    all_territories,
    expand,
    find_decision,
    is_legal_group,
)

Kind = Literal["itself", "country", "geographic", "legal", "legal-then", "rest", "left-out", "published"]
"""What holds a territory: its own name in the rule, that of its country, a group of UN M.49, a legal group.

`legal-then`: the legal group that held it then holds it no longer.
`rest`: no other region claims it. `left-out`: the same, and another region's rule expressly leaves it out.
`published`: the rule as it is written now says nothing of it, or another region; only what was sealed does.
"""


@dataclass(frozen=True, slots=True)
class Belonging:
    """Why a region holds a territory.

    `code` is the country or the group that the rule names; what the territory is left out of where `other`, the region
    that leaves it out, is given.
    """

    kind: Kind
    code: str = ""
    other: str = ""


PUBLISHED = Belonging("published")
"""What was sealed holds a territory, and the rule of today cannot say why."""


def find_belonging(territory: str, region: str, regions: Mapping[str, Region], on: date, today: date) -> Belonging:
    """Why `region` holds a territory, by the rules as they are written now, read as of the day that decides.

    Raises UnknownTerritory for a code that is no territory.
    """
    if territory not in all_territories():
        raise UnknownTerritory(territory)
    if region not in regions:
        return PUBLISHED
    try:
        decisions = {
            name: find_decision(territory, found.rule, on) for name, found in regions.items() if found.rule != REST
        }
    except UnknownTerritory:
        return PUBLISHED
    if regions[region].rule == REST:
        return _explain_rest(decisions)
    decision = decisions[region]
    return _explain_decision(territory, decision, today) if decision and decision.is_held else PUBLISHED


def _explain_rest(decisions: Mapping[str, Decision | None]) -> Belonging:
    spoken = {name: decision for name, decision in decisions.items() if decision}
    if any(decision.is_held for decision in spoken.values()):
        return PUBLISHED
    for name, decision in spoken.items():
        return Belonging("left-out", decision.code, name)
    return Belonging("rest")


def _explain_decision(territory: str, decision: Decision, today: date) -> Belonging:
    if decision.code == territory:
        return Belonging("itself")
    if is_legal_group(decision.code):
        return Belonging("legal" if territory in expand([decision.code], today) else "legal-then", decision.code)
    is_country = territory.partition("-")[0] == decision.code
    return Belonging("country" if is_country else "geographic", decision.code)
