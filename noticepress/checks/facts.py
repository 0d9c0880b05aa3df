"""Facts and entities: values that are missing, and values written out where a placeholder belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from noticepress.checks.desk import Desk
from noticepress.errors import Problem, Source
from noticepress.model import Address, Library

_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


def find_unknown_values(desk: Desk) -> Iterator[Problem]:
    """Placeholders that name nothing, or cannot be written."""
    for draft in desk.drafts.values():
        yield from draft.problems


def find_literal_facts(desk: Desk) -> Iterator[Problem]:
    """Names, mail addresses, numbers and streets that the entities' files hold, written out in a text."""
    known = _known_facts(desk.library)
    if not known:
        return
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(fact)}(?!\w)" for fact in sorted(known, key=len, reverse=True)))
    for working in desk.working_texts():
        bare = _PLACEHOLDER.sub(lambda found: re.sub(r"[^\n]", "\0", found[0]), working.text)
        for number, line in enumerate(bare.split("\n"), 1):
            for found in pattern.finditer(line):
                source = Source(working.path, number, found.start() + 1)
                told = f"literal {found[0]!r}, which the entities' files hold"
                yield Problem("FE05", source, told, f"use {{{{ {known[found[0]]} }}}}", "warning")


def _known_facts(library: Library) -> dict[str, str]:
    """Each fact as written, and the placeholder that stands for it."""
    known: dict[str, str] = {}
    for entity in library.entities.values():
        for facts in entity.slices:
            known.setdefault(facts.legal_name, f'roster["{entity.id}"].legal_name')
            for role, contact in facts.contacts.items():
                if isinstance(contact, Address):
                    if contact.street:
                        known.setdefault(contact.street, f"contact.{role} | address")
                else:
                    known.setdefault(contact, f"contact.{role}")
            if facts.address and facts.address.street:
                known.setdefault(facts.address.street, f'roster["{entity.id}"].address | address')
    return {fact: name for fact, name in known.items() if len(fact) > 3 and fact != library.settings.organisation}
