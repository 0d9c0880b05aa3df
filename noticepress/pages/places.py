"""What is told where, and by whom: the regions with their notices, and the entities."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from noticepress.history import Line, Standing, local_day
from noticepress.model import Facts, SealedRegion
from noticepress.pages.plan import edition_page
from noticepress.pages.scene import Scene, find_standing


@dataclass(frozen=True, slots=True)
class Telling:
    """A notice in a region, for a list."""

    line: Line
    standing: Standing


@dataclass(frozen=True, slots=True)
class Place:
    """A region as visitors find it: its number in the list, who answers there, and what they say."""

    number: int
    region: SealedRegion
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """How long an entity has answered for a region; `until` is the first day on which it no longer did."""

    region: str
    since: date
    until: date | None
    jointly: bool


def list_places(scene: Scene) -> list[Place]:
    """The regions in which something is said, in the order of `regions.yml`; main notices before supplements."""
    lines = scene.view.lines
    notices = sorted(lines, key=lambda notice: bool(scene.view.library.notices[notice].supplements))
    order = dict.fromkeys((*scene.view.library.regions, *(region for notice in notices for region in lines[notice])))
    places: list[Place] = []
    for region in order:
        shown = [
            Telling(lines[n][region], find_standing(lines[n][region]))
            for n in notices
            if region in lines[n] and (lines[n][region].visible or scene.view.drafts)
        ]
        # Until a region that succeeds another has words of its own, its people are told under the older name.
        shown = [t for t in shown if t.standing.state != "retired" and t.standing.region == region]
        if shown:
            places.append(Place(len(places) + 1, shown[0].standing.sealed_region, tuple(shown)))
    return places


def fold_name(name: str) -> str:
    """A key that puts names in order without regard to case and accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()


def list_entities(scene: Scene) -> list[Facts]:
    """The entities that answer somewhere today, by name."""
    found = [
        facts for entity in scene.view.library.entities if (facts := find_facts(scene, entity)) and facts.answers_for
    ]
    return sorted(found, key=lambda facts: fold_name(facts.legal_name))


def find_facts(scene: Scene, entity: str) -> Facts | None:
    """What is true of an entity on the day of the view, in its own zone."""
    known = scene.view.library.entities[entity]
    zone = known.slices[-1].zone or scene.view.library.settings.zone
    return known.facts_on(local_day(scene.view.as_of, zone))


# ---- entities


def describe_entity(scene: Scene) -> dict[str, Any]:
    """Who an entity is and was, and what it answers for."""
    entity = scene.view.library.entities[scene.page.entity]
    today = find_facts(scene, entity.id)
    facts = today or entity.slices[0]
    known = [piece for piece in entity.slices if piece.since <= facts.since]
    return {
        "facts": facts,
        "is_known_today": today is not None,
        "spans": list_spans(known),
        "region_names": _name_regions(scene),
        "former": list_former_names(known),
        "contacts": list_contacts(scene, facts),
        "tellings": list(_find_tellings(scene, entity.id)),
        "heads": (),
    }


def list_spans(slices: list[Facts]) -> list[Span]:
    """Since when, and until when, an entity has answered for each region; oldest first."""
    spans: list[Span] = []
    for region in dict.fromkeys(region for facts in slices for region in facts.answers_for):
        begun: Facts | None = None
        for facts in slices:
            if region in facts.answers_for:
                begun = begun or facts
            elif begun:
                spans.append(Span(region, begun.since, facts.since, begun.jointly))
                begun = None
        if begun:
            spans.append(Span(region, begun.since, None, slices[-1].jointly))
    return sorted(spans, key=lambda span: (span.until is not None, span.since))


def list_former_names(slices: list[Facts]) -> list[tuple[str, date]]:
    """Names an entity bore before its present one, each with the day from which it no longer did."""
    return [(old.legal_name, new.since) for old, new in pairwise(slices) if old.legal_name != new.legal_name]


# TRANSLATORS: What a mail address, telephone number or postal address is for.
CONTACTS: Mapping[str, str] = {
    "privacy": "Privacy",
    "rights": "Your rights",
    "dpo": "Data protection officer",
    "encarregado": "Data protection officer",
    "representative": "Representative",
    "complaints": "Complaints",
    "unsubscribe": "Unsubscribe",
    "questions": "Questions",
    "security": "Security",
    "support": "Support",
    "general": "General",
    "phone": "Telephone",
    "post": "Post",
}
"""What contact roles are called; the msgids of the catalogs. Any other role is called as it is written."""


def list_contacts(scene: Scene, facts: Facts) -> list[tuple[Markup, str, tuple[str, ...]]]:
    """Contacts as (what for, address to link to, lines); roles with the same contact share one."""
    gathered: dict[tuple[str, ...], list[str]] = {}
    for role, contact in facts.contacts.items():
        lines = (contact,) if isinstance(contact, str) else tuple(scene.lines_of(contact))
        told = CONTACTS.get(role, role.replace("-", " ").capitalize())
        gathered.setdefault(lines, []).append(scene.words.gettext(told))
    return [
        (Markup(" · ").join(dict.fromkeys(roles)), _contact_link(lines[0]) if len(lines) == 1 else "", lines)
        for lines, roles in gathered.items()
        if lines
    ]


def _contact_link(contact: str) -> str:
    if contact.startswith(("https://", "mailto:", "tel:")):
        return contact
    if "@" in contact:
        return f"mailto:{contact}"
    digits = "".join(c for c in contact if c.isdigit())
    return f"tel:+{digits}" if contact.startswith("+") and digits else ""


def _name_regions(scene: Scene) -> dict[str, Any]:
    """Every region's name, of today or as it was last sealed."""
    names: dict[str, Any] = {}
    for lines in scene.view.lines.values():
        for line in lines.values():
            for standing in line.visible:
                names[standing.region] = scene.text(standing.sealed_region.names, capital=True)
    return names | {region.id: scene.text(region.names, capital=True) for region in scene.view.library.regions.values()}


def _find_tellings(scene: Scene, entity: str) -> Iterator[dict[str, Any]]:
    """The notices in force in which an entity answers."""
    for notice, lines in scene.view.lines.items():
        for region, line in lines.items():
            standing = line.in_force
            if standing and any(facts.entity == entity for facts in standing.sealed_region.entities):
                yield {
                    "title": scene.text(standing.version.titles),
                    "region": scene.text(standing.sealed_region.names, capital=True),
                    "link": scene.link(edition_page(scene.locale, notice, region)),
                    "since": standing.effective.day,
                }
