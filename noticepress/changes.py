"""What changed between two editions, section by section; what class of change that calls for, `classes` tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from noticepress.alignment import Pair, align, keep_heaviest, keep_order, walk_leaves
from noticepress.blocks import Block, BlockKind, Section, sections, title_heading
from noticepress.markdown import parse
from noticepress.moves import mark_moves
from noticepress.protected import Protected, find_protected, list_numbers
from noticepress.wording import count_words

ChangeKind = Literal["added", "removed", "renamed", "moved", "modified"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened to one section.

    `section` is its id in the new text, in the old one where it was removed, and empty for what stands before the first
    heading. `old_title` differs from `title` where it was renamed. `words_added` and `words_removed` leave out what
    only moved along. `blocks` counts paragraphs, items and cells that came or went whole; `blocks_added` and
    `blocks_removed` name the outermost of them (`item`, `row`). `tokens` are the protected tokens touched,
    `tokens_added` and `tokens_removed` those on either side; a token of both was put in at one place and taken out at
    another. `id` is the same for the same pair of texts, and different for each change in it.
    """

    kind: ChangeKind
    section: str
    title: str = ""
    old_title: str = ""
    words_added: int = 0
    words_removed: int = 0
    blocks: int = 0
    tokens: tuple[Protected, ...] = ()
    id: str = ""
    tokens_added: tuple[Protected, ...] = ()
    tokens_removed: tuple[Protected, ...] = ()
    blocks_added: tuple[BlockKind, ...] = ()
    blocks_removed: tuple[BlockKind, ...] = ()


@lru_cache(maxsize=64)
def compare_texts(old: str, new: str) -> Pair:
    """The alignment of two editions with its moves marked: to be read, never to be changed."""
    root = align(parse(old), parse(new))
    mark_moves(tuple(walk_leaves(root)))
    return root


def find_changes(old: str, new: str, names: Collection[str] = ()) -> tuple[Change, ...]:
    """The changes between two editions, in the order of the new one; a removed section stands where it was.

    `names` are the legal names, addresses and contacts that are known; they are protected tokens.
    """
    root = compare_texts(old, new)
    before, after = _index_sections(parse(old), parse(new)), _index_sections(parse(new), parse(old))
    staying = _count_staying(root)
    partners = _pair_sections(root, before, after, staying)
    moved = _find_moved(partners, before, after, staying)
    ledger = _Ledger(partners, {old_name: new_name for new_name, old_name in partners.items()}, frozenset(names))
    along = ledger.find_moved_along(root)
    for leaf in walk_leaves(root):
        if id(leaf) in along:
            ledger.find_accounts(leaf)[leaf.new is None].touched = True
        elif not _is_untouched(leaf):
            ledger.enter_leaf(leaf)
    for pair, op in _find_whole(root):
        if any(id(leaf) not in along for leaf in walk_leaves(pair)):
            ledger.enter_block(pair, op)
    changes: list[Change] = []
    removed = [name for name in before if name not in partners.values()]
    waiting = {name: _find_follower(name, before, partners) for name in removed}
    for name, section in after.items():
        changes += [_describe_removed(before[away], ledger) for away in removed if waiting[away] == name]
        changes += _describe_section(section, partners.get(name), before, moved, ledger.sums.get(name, _Sum()))
    changes += [_describe_removed(before[name], ledger) for name in removed if waiting[name] is None]
    return tuple(changes)


# ---- sections


@dataclass(slots=True)
class _Sum:
    """What happened to the words of one section."""

    added: int = 0
    removed: int = 0
    blocks: int = 0
    touched: bool = False
    tokens_added: Counter[Protected] = field(default_factory=Counter)
    tokens_removed: Counter[Protected] = field(default_factory=Counter)
    blocks_added: list[BlockKind] = field(default_factory=list)
    blocks_removed: list[BlockKind] = field(default_factory=list)


def _index_sections(document: Block, other: Block) -> dict[str, Section]:
    """The sections by id. A title that both texts have stands for what comes before the first heading."""
    found = sections(document)
    if title_heading(document) and title_heading(other) and all(s.id for s in (*found, *sections(other))):
        found = (Section("", "", 0, (), (), 1, 1, explicit_id=False), *found)
    return {section.id: section for section in found}


def _count_staying(root: Pair) -> Counter[tuple[str, str]]:
    """How many words each new section shares in place with each old one: {(new id, old id): words}."""
    staying: Counter[tuple[str, str]] = Counter()
    for leaf in walk_leaves(root):
        words = sum(count_words(piece.tokens) for piece in leaf.pieces if piece.op == "=")
        if words:
            staying[leaf.new_section, leaf.old_section] += words
    return staying


def _pair_sections(
    root: Pair,
    before: Mapping[str, Section],
    after: Mapping[str, Section],
    staying: Counter[tuple[str, str]],
) -> dict[str, str]:
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


def _find_moved(
    partners: Mapping[str, str],
    before: Mapping[str, Section],
    after: Mapping[str, Section],
    staying: Counter[tuple[str, str]],
) -> frozenset[str]:
    """The new sections that no longer stand in the old order: of two that changed places, the one shown as moved.

    The ids that were written settle it, in every language alike; sections without one fit in by their words.
    """
    order = {name: place for place, name in enumerate(before)}
    names = [name for name in after if name in partners]
    written = {name for name in names if after[name].explicit_id and name in before and before[name].explicit_id}
    fixed = keep_order([name for name in before if name in written], [name for name in names if name in written])
    most = sum(1 + 2 * staying[name, partners[name]] for name in names)
    anchors = sorted(
        (order[partners[name]], place, most if name in fixed else 1 + 2 * staying[name, partners[name]])
        for place, name in enumerate(names)
        if name in fixed or name not in written
    )
    kept = {place for _, place in keep_heaviest(anchors)}
    return frozenset(name for place, name in enumerate(names) if place not in kept)


def _find_follower(name: str, before: Mapping[str, Section], partners: Mapping[str, str]) -> str | None:
    """The new id of the next section that is still there after one that went."""
    new_names = {old: new for new, old in partners.items()}
    names = list(before)
    return next((new_names[other] for other in names[names.index(name) :] if other in new_names), None)


def _is_untouched(leaf: Pair) -> bool:
    return leaf.old is not None and leaf.new is not None and all(piece.op == "=" for piece in leaf.pieces)


def _find_whole(pair: Pair) -> Iterator[tuple[Pair, str]]:
    """The outermost paragraphs, items and rows that came (`+`) or went (`-`) with all their words."""
    if (pair.old is None) != (pair.new is None) and pair.block.kind not in {"list", "table", "quote"}:
        ops = {piece.op for leaf in walk_leaves(pair) for piece in leaf.pieces}
        if len(ops) == 1 and ops <= {"+", "-"} and pair.block.kind != "heading":
            yield pair, ops.pop()
        return
    for child in pair.children:
        yield from _find_whole(child)


@dataclass(slots=True)
class _Ledger:
    """The accounts of all sections: `sums` by new id, `gone` by the old id of those that went."""

    partners: Mapping[str, str]
    successors: Mapping[str, str]
    names: frozenset[str]
    sums: dict[str, _Sum] = field(default_factory=dict)
    gone: dict[str, _Sum] = field(default_factory=dict)

    def find_moved_along(self, root: Pair) -> set[int]:
        """The leaves (by identity) that stand in the same section as before, too short to be shown as moved."""
        waiting: dict[tuple[object, ...], list[Pair]] = {}
        found: set[int] = set()
        for leaf in walk_leaves(root):
            section = self.successors.get(leaf.old_section)
            if leaf.new is None and section is not None and all(piece.op == "-" for piece in leaf.pieces):
                waiting.setdefault((section, leaf.block.kind, leaf.block.spans), []).append(leaf)
        for leaf in walk_leaves(root):
            twins = waiting.get((leaf.new_section, leaf.block.kind, leaf.block.spans)) if leaf.old is None else None
            if twins and all(piece.op == "+" for piece in leaf.pieces):
                found |= {id(leaf), id(twins.pop())}
        return found

    def find_accounts(self, leaf: Pair) -> tuple[_Sum, _Sum]:
        """The accounts for what came, and for what went."""
        there = self.successors.get(leaf.old_section)
        left = self.gone.setdefault(leaf.old_section, _Sum()) if there is None else self.sums.setdefault(there, _Sum())
        return self.sums.setdefault(leaf.new_section, _Sum()), left

    def enter_leaf(self, leaf: Pair) -> None:
        """Put what happened to one leaf to the accounts of its sections."""
        here, left = self.find_accounts(leaf)
        there = self.successors.get(leaf.old_section)
        for piece in leaf.pieces:
            words = count_words(piece.tokens)
            if piece.op == "+" or (piece.op == ">" and self.partners.get(leaf.new_section) != piece.peer):
                here.added += words
                here.touched = True
            elif piece.op == "-" or (piece.op == "<" and there != piece.peer):
                left.removed += words
                left.touched = True
            if piece.op in {"<", ">"}:
                (here if piece.op == ">" else left).touched = True
        for account, op in ((here, "+"), (left, "-")):
            if leaf.pieces and {piece.op for piece in leaf.pieces} == {op}:
                account.blocks += 1
        self.enter_tokens(leaf, here, left)

    def enter_tokens(self, leaf: Pair, here: _Sum, left: _Sum) -> None:
        """Protected tokens in the changed words of a leaf, and in whole words that a change runs into."""
        (old, went), (new, came) = _read_side(leaf, "-", "<"), _read_side(leaf, "+", ">")
        stays = leaf.old is not None and leaf.new is not None and list_numbers(old) == list_numbers(new)
        for account, text, ranges in ((left.tokens_removed, old, went), (here.tokens_added, new, came)):
            found = find_protected(text, ranges, self.names) if ranges else ()
            account.update(token for token in found if not (stays and token.kind == "number"))
        if leaf.old is not None and leaf.new is not None:  # destinations are protected though nobody sees them
            before = Counter(span.link for span in leaf.old.spans if span.link)
            after = Counter(span.link for span in leaf.new.spans if span.link)
            here.tokens_added.update(Protected("address", link) for link in after - before)
            here.tokens_removed.update(Protected("address", link) for link in before - after)
            here.touched = here.touched or before != after

    def enter_block(self, pair: Pair, op: str) -> None:
        """Put a block that came or went whole to the account of its section."""
        here, left = self.find_accounts(next(walk_leaves(pair)))
        (here.blocks_added if op == "+" else left.blocks_removed).append(pair.block.kind)


def _read_side(leaf: Pair, changed: str, moved: str) -> tuple[str, list[tuple[int, int]]]:
    """The text of a leaf on one side, and the ranges of it that came or went."""
    text, ranges = "", []
    for piece in leaf.pieces:
        if piece.op in {"=", changed, moved}:
            start = len(text)
            text += "".join((" " if token.space else "") + token.text for token in piece.tokens)
            if piece.op == changed:
                ranges.append((start, len(text)))
    return text, ranges


def _describe(kind: ChangeKind, section: Section, old_title: str, total: _Sum) -> Change:
    return Change(
        kind,
        section.id,
        section.title,
        old_title,
        total.added,
        total.removed,
        total.blocks,
        tuple(sorted({*total.tokens_added, *total.tokens_removed})),
        f"{kind}-{section.id}",
        tuple(sorted(total.tokens_added)),
        tuple(sorted(total.tokens_removed)),
        tuple(total.blocks_added),
        tuple(total.blocks_removed),
    )


def _describe_removed(section: Section, ledger: _Ledger) -> Change:
    return _describe("removed", section, section.title, ledger.gone.get(section.id, _Sum()))


def _describe_section(
    section: Section, partner: str | None, before: Mapping[str, Section], moved: frozenset[str], total: _Sum
) -> list[Change]:
    """What happened to a section: nothing, or one or more of the five things that can."""
    name = section.id
    if partner is None:
        return [_describe("added", section, "", total)]
    old = before[partner]
    total.tokens_added.update(Protected("tag", tag) for tag in section.tags if tag not in old.tags)
    total.tokens_removed.update(Protected("tag", tag) for tag in old.tags if tag not in section.tags)
    found = []
    if section.title != old.title:
        found.append(Change("renamed", name, section.title, old.title, id=f"renamed-{name}"))
    if name in moved:
        found.append(Change("moved", name, section.title, old.title, id=f"moved-{name}"))
    tokens = total.tokens_added or total.tokens_removed
    if tokens or total.added or total.removed or (total.touched and name not in moved):
        found.append(_describe("modified", section, old.title, total))
    return found
