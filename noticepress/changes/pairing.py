"""Which section of the old text each one of the new continues, and which of them moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from noticepress.alignment import Pair, walk_leaves
from noticepress.blocks import Section
from noticepress.order import keep_heaviest, keep_order
from noticepress.wording import count_words

Sections = Mapping[str, Section]
"""The sections of a text by id, in order."""


Staying = Counter[tuple[str, str]]
"""How many words each new section shares in place with each old one: {(new id, old id): words}."""


def pair_sections(root: Pair, before: Sections, after: Sections, staying: Staying) -> dict[str, str]:
    """The old section that each new one continues: by written id, aligned heading, any id, title, or words kept."""
    partners = {name: name for name, section in after.items() if name in before and (section.explicit_id or not name)}
    taken = set(partners.values())

    def join(new: str, old: str) -> None:
        if new in after and old in before and new not in partners and old not in taken:
            partners[new] = old
            taken.add(old)

    for pair in root.children:
        if pair.old is not None and pair.new is not None and pair.new.kind == "heading":
            join(pair.new.id, pair.old.id)
    titles = {section.title: name for name, section in reversed(tuple(before.items())) if name not in taken}
    for name, section in after.items():
        join(name, name)
        join(name, titles.get(section.title, ""))
    for (new, old), _ in staying.most_common():
        if new and old:
            join(new, old)
    return partners


def count_staying(root: Pair) -> Staying:
    """The words that stay, by the sections they stand in."""
    staying: Staying = Counter()
    for leaf in walk_leaves(root):
        words = sum(count_words(piece.tokens) for piece in leaf.pieces if piece.op == "=")
        if words:
            staying[leaf.new_section, leaf.old_section] += words
    return staying


def find_moved(
    partners: Mapping[str, str], before: Sections, after: Sections, staying: Staying, *, backward: bool
) -> frozenset[str]:
    """The new sections that no longer stand in the old order: of two that changed places, the one shown as moved.

    The ids that were written settle it, in every language alike; sections without one fit in by their words.
    `backward` breaks ties as on the way from new to old.
    """
    order = {name: place for place, name in enumerate(before)}
    names = [name for name in after if name in partners]
    written = {name for name in names if after[name].explicit_id and name in before and before[name].explicit_id}
    orders = [name for name in before if name in written], [name for name in names if name in written]
    fixed = keep_order(*(reversed(orders) if backward else orders))
    most = sum(1 + 2 * staying[name, partners[name]] for name in names)
    anchors = sorted(
        (order[partners[name]], place, most if name in fixed else 1 + 2 * staying[name, partners[name]])
        for place, name in enumerate(names)
        if name in fixed or name not in written
    )
    kept = {place for _, place in keep_heaviest(anchors)}
    return frozenset(name for place, name in enumerate(names) if place not in kept)


def find_followers(before: Sections, partners: Mapping[str, str]) -> dict[str, str | None]:
    """For each old section that went, the new id of the next one that is still there; None at the end."""
    new_names = {old: new for new, old in partners.items()}
    followers: dict[str, str | None] = {}
    follower = None
    for name in reversed(list(before)):
        if name in new_names:
            follower = new_names[name]
        else:
            followers[name] = follower
    return dict(reversed(followers.items()))
