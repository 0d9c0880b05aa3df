"""Facts of entities that changed between two versions, and the sections whose changed words tell them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from noticepress.alignment import Pair, walk_leaves
from noticepress.localize import format_address
from noticepress.model import Address, Facts
from noticepress.redline import Redline


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """A fact with another value: `kind` is `legal_name`, `address`, `register` or the role of a contact.

    `entity` is its legal name now. What there was not, or is no longer, is empty. `parts` are what a text may hold of
    either value: the whole, and the lines of an address that differ.
    """

    entity: str
    kind: str
    old: str
    new: str
    old_parts: tuple[str, ...]
    new_parts: tuple[str, ...]


def list_changed_facts(old: Sequence[Facts], new: Sequence[Facts], locale: str) -> tuple[ChangedFact, ...]:
    """In which facts the entities differ that answer in both of two versions, values told in a locale."""
    before = {facts.entity: facts for facts in old}
    pairs = [(before[facts.entity], facts) for facts in new if facts.entity in before]
    return tuple(fact for pair in pairs for fact in _compare(*pair, locale))


def _compare(old: Facts, new: Facts, locale: str) -> Iterator[ChangedFact]:
    values: list[tuple[str, str | Address | None, str | Address | None]] = [
        ("legal_name", old.legal_name, new.legal_name),
        ("address", old.address, new.address),
    ]
    registers = [" ".join(filter(None, (r.name, r.number))) if r else "" for r in (old.register, new.register)]
    values.append(("register", registers[0], registers[1]))
    roles = dict.fromkeys((*old.contacts, *new.contacts))
    values += [(role, old.contacts.get(role), new.contacts.get(role)) for role in roles]
    for kind, was, now in values:
        if (was or "") != (now or ""):
            first, second = _read_parts(was, locale), _read_parts(now, locale)
            yield ChangedFact(
                new.legal_name,
                kind,
                first[0],
                second[0],
                tuple(part for part in first if part and part not in second),
                tuple(part for part in second if part and part not in first),
            )


def _read_parts(value: str | Address | None, locale: str) -> tuple[str, ...]:
    if isinstance(value, Address):
        return (format_address(value, locale), *format_address(value, locale, lines=True))
    return (value or "",)


Sections = Mapping[tuple[str, bool], Sequence[ChangedFact]]
"""Facts by the section whose changed words tell them: its id, and whether it was removed."""


def find_told_facts(redline: Redline, facts: Sequence[ChangedFact]) -> Sections:
    """The facts that the changed words of each section tell."""
    found: dict[tuple[str, bool], dict[ChangedFact, None]] = {}
    if not facts:
        return {}
    sections = {change.section for change in redline.changes if change.kind != "removed"}
    for leaf in walk_leaves(redline.root):
        sides = [(_read_side(leaf, "+"), True), (_read_side(leaf, "-"), False)]
        for fact in facts:
            for (text, ranges), is_new in sides:
                parts = fact.new_parts if is_new else fact.old_parts
                if ranges and any(_is_touched(text, part, ranges) for part in parts):
                    stays = leaf.new_section in sections and leaf.new is not None
                    key = (leaf.new_section, False) if stays else (leaf.old_section, True)
                    found.setdefault(key, {})[fact] = None
    return {key: tuple(told) for key, told in found.items()}


def _read_side(leaf: Pair, op: str) -> tuple[str, list[tuple[int, int]]]:
    """The text of a leaf on one side, and the ranges of it that changed."""
    if all(piece.op != op for piece in leaf.pieces):
        return "", []
    text, ranges = "", []
    moved = ">" if op == "+" else "<"
    for piece in leaf.pieces:
        if piece.op in {"=", op, moved}:
            start = len(text)
            text += "".join((" " if token.space else "") + token.text for token in piece.tokens)
            if piece.op == op:
                ranges.append((start, len(text)))
    return text, ranges


def _is_touched(text: str, part: str, ranges: Sequence[tuple[int, int]]) -> bool:
    start = text.find(part)
    while start >= 0:
        if any(begin < start + len(part) and start < end for begin, end in ranges):
            return True
        start = text.find(part, start + 1)
    return False
