"""Facts and entities: values that are missing, and values written out where a placeholder belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from noticepress.checks.check import check
from noticepress.checks.desk import Desk
from noticepress.errors import Problem, Source
from noticepress.model import Address, Facts, Library

_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_LETTER = "[0-9A-Za-zÀ-ӿ]"
_SHORTEST = 4
"""Characters; what is shorter is as likely a word as a fact."""


@check(
    "FE05",
    "error",
    why="A gap in a legal text misleads its readers, and so does an address that stays when the company has moved.",
    wrong="Write to privacy@acme.example.",
    right="Write to {{ contact.privacy | mail }}.",
)
def find_written_facts(desk: Desk) -> Iterator[Problem]:
    """A placeholder that names nothing, is empty or cannot be read; a fact that is written out in a text."""
    for draft in desk.drafts.values():
        yield from draft.problems
    yield from _find_literal_facts(desk)


def _find_literal_facts(desk: Desk) -> Iterator[Problem]:
    """Names, mail addresses, numbers and streets that the entities' files hold, written out in a text."""
    known = _list_known_facts(desk.library)
    if not known:
        return
    longest_first = "|".join(re.escape(fact) for fact in sorted(known, key=len, reverse=True))
    # Letters of alphabets go on with a word, and so do a point or a hyphen between them: Japanese leaves no space.
    pattern = re.compile(rf"(?<!{_LETTER})(?<!{_LETTER}[-.+_])({longest_first})(?!{_LETTER})(?![-._]{_LETTER})")
    for working in desk.working_texts():
        bare = _PLACEHOLDER.sub(lambda found: re.sub(r"[^\n]", "\0", found[0]), working.text)
        for number, line in enumerate(bare.split("\n"), 1):
            for found in pattern.finditer(line):
                source = Source(working.path, number, found.start() + 1)
                told = f"literal {found[0]!r}, which the entities' files hold"
                yield Problem("FE05", source, told, f"use {{{{ {known[found[0]]} }}}}", "warning")


def _list_known_facts(library: Library) -> dict[str, str]:
    """Each fact as written, and the placeholder that stands for it."""
    known: dict[str, str] = {}
    for entity in library.entities.values():
        for facts in entity.slices:
            for fact, placeholder in _name_facts(facts):
                known.setdefault(fact, placeholder)
    return {
        fact: name for fact, name in known.items() if len(fact) >= _SHORTEST and fact != library.settings.organisation
    }


def _name_facts(facts: Facts) -> Iterator[tuple[str, str]]:
    yield facts.legal_name, f'roster["{facts.entity}"].legal_name'
    for role, contact in facts.contacts.items():
        if isinstance(contact, Address):
            yield contact.street, f"contact.{role} | address"
        else:
            yield contact, f"contact.{role}"
    if facts.address:
        yield facts.address.street, f'roster["{facts.entity}"].address | address'
