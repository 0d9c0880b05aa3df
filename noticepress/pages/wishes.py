"""Whom to turn to, by what a reader wants to do: from the contacts that the sealed facts of an edition hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from noticepress.history import Standing
from noticepress.model import Address, Facts
from noticepress.pages.scene import Scene

# TRANSLATORS: What a reader wants to do; each leads to a mail address, telephone number or postal address.
WISHES: Mapping[str, str] = {
    "rights": "See, correct or delete my data",
    "unsubscribe": "Unsubscribe",
    "complaints": "Complain",
    "privacy": "Ask about privacy",
    "questions": "Ask a question",
    "dpo": "Write to the data protection officer",
    "security": "Report a security problem",
    "support": "Get help with a service",
    "representative": "Write to the representative",
    "general": "Something else",
    "phone": "Call",
    "post": "Write a letter",
}
"""What is done by a role of contact; the msgids of the catalogs. Other roles have no wish."""

OTHERS: Mapping[str, tuple[str, ...]] = {
    "rights": ("privacy", "dpo", "data-protection", "encarregado"),
    "dpo": ("data-protection", "encarregado"),
}
"""The roles that answer to a wish where its own role is absent, best first."""


@dataclass(frozen=True, slots=True)
class Way:
    """A contact, who has it (empty where all who answer do), its lines and the address of a link to it, if any."""

    entities: Markup | str
    lines: tuple[str, ...]
    link: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader wants to do, and where that is done."""

    name: str
    ways: tuple[Way, ...]


def list_wishes(scene: Scene, standing: Standing) -> Iterator[Wish]:
    """What can be done by contacts that are known; nothing for a role that nobody has."""
    roster = standing.sealed_region.entities
    for role, name in WISHES.items():
        roles = (role, *OTHERS.get(role, ()))
        holders: dict[tuple[str, ...], list[Facts]] = {}
        for facts in roster:
            if lines := _find_lines(scene, facts, roles):
                holders.setdefault(lines, []).append(facts)
        if holders:
            told = scene.words.gettext(name)
            is_shared = len(holders) == 1 and sum(map(len, holders.values())) == len(roster)
            yield Wish(
                told,
                tuple(
                    Way("" if is_shared else scene.entities(who), lines, _link(scene, standing, lines, told))
                    for lines, who in holders.items()
                ),
            )


def _find_lines(scene: Scene, facts: Facts, roles: tuple[str, ...]) -> tuple[str, ...]:
    contact = next((facts.contacts[role] for role in roles if role in facts.contacts), "")
    if isinstance(contact, Address):
        return tuple(scene.lines_of(contact))
    return (contact,) if contact else ()


def _link(scene: Scene, standing: Standing, lines: tuple[str, ...], wish: str) -> str:
    """Where a contact leads; a mail has a subject that says what it is about, and nothing about its writer."""
    if len(lines) != 1:
        return ""
    (contact,) = lines
    if contact.startswith(("https://", "mailto:", "tel:")):
        return contact
    if "@" in contact:
        title = scene.pick(standing.version.titles)[0]
        subject = scene.words.gettext(
            "{wish} ({notice}, {version})", wish=wish, notice=title, version=standing.version.id
        )
        return f"mailto:{contact}?subject={quote(subject, safe='')}"
    digits = "".join(c for c in contact if c.isdigit())
    return f"tel:+{digits}" if contact.startswith("+") and digits else ""
