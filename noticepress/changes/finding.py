"""From two texts to their alignment, and from that to the changes of each section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from functools import lru_cache

from noticepress.alignment import Pair, align, is_backward, walk_leaves
from noticepress.blocks import Section, sections
from noticepress.changes.change import Change, ChangeKind
from noticepress.changes.ledger import Account, Ledger
from noticepress.changes.pairing import count_staying, find_followers, find_moved, pair_sections
from noticepress.markdown import parse
from noticepress.moves import list_moves, mark_moves
from noticepress.protected import Protected
from noticepress.wording import count_words

LEAST_KEPT = 0.4
"""The part of a section's words that must still be there for another to be called its continuation."""

_BEGINNING = Section("", "", 0, (), (), 1, 1, explicit_id=False)


@lru_cache(maxsize=64)
def compare_texts(old: str, new: str) -> Pair:
    """The alignment of two editions with its moves marked: to be read, never to be changed."""
    root = align(parse(old), parse(new))
    mark_moves(tuple(walk_leaves(root)), backward=_is_backward(old, new))
    return root


@lru_cache(maxsize=64)
def _is_backward(old: str, new: str) -> bool:
    return is_backward(parse(old), parse(new))


def find_changes(old: str, new: str, names: Collection[str] = ()) -> tuple[Change, ...]:
    """The changes between two editions, in the order of the new one; a removed section stands where it was.

    `names` are the legal names, addresses and contacts that are known; they are protected tokens.
    """
    root = compare_texts(old, new)
    before, after = ({section.id: section for section in sections(parse(text))} for text in (old, new))
    staying = count_staying(root)
    partners = pair_sections(root, before, after, staying)
    moved = find_moved(partners, before, after, staying, backward=_is_backward(old, new))
    moves = list_moves(root)
    moved |= {move.new_section for move in moves if move.whole and partners.get(move.new_section) == move.old_section}
    ledger = Ledger(partners, frozenset(names))
    ledger.enter_all(root, moves)
    followers = find_followers(before, partners)
    waiting: dict[str | None, list[str]] = {}
    for away, follower in followers.items():
        waiting.setdefault(follower, []).append(away)
    changes = list(_describe_title(before, after, ledger))
    for name, section in after.items():
        changes += [_describe_removed(before[away], ledger) for away in waiting.get(name, ())]
        account = ledger.accounts.get(name, Account())
        if name in partners:
            changes += _describe_section(before[partners[name]], section, account, is_moved=name in moved)
        else:
            changes.append(_describe("added", section, None, account))
    changes += [_describe_removed(before[away], ledger) for away in waiting.get(None, ())]
    return tuple(changes)


@lru_cache(maxsize=64)
def find_partners(old: str, new: str) -> dict[str, str]:
    """The old section that each section of the new edition continues, by id, unless little of it is left.

    The result is never to be changed.
    """
    root = compare_texts(old, new)
    before, after = ({section.id: section for section in sections(parse(text))} for text in (old, new))
    staying = count_staying(root)
    lengths: Counter[str] = Counter()
    for leaf in walk_leaves(root):
        lengths[leaf.old_section] += sum(count_words(piece.tokens) for piece in leaf.pieces if piece.op in "=-<")
    return {
        name: other
        for name, other in pair_sections(root, before, after, staying).items()
        if name == other
        or after[name].title == before[other].title
        or staying[name, other] >= LEAST_KEPT * lengths[other]
    }


def _describe_title(before: Collection[str], after: Collection[str], ledger: Ledger) -> Iterator[Change]:
    """What happened to the title of a text where nothing else stands before the first heading."""
    came = ledger.accounts.get("") if "" not in after else None
    went = ledger.gone.get("") if "" not in before else None
    account = came or went
    if account is not None:
        if came and went:
            came.removed, came.tokens_removed = went.removed, went.tokens_removed
            came.moved_out, came.characters = went.moved_out, came.characters + went.characters
        if account.is_touched or account.is_reworded or (went and went.is_touched):
            yield _describe("modified", _BEGINNING, _BEGINNING, account)


def _describe_removed(section: Section, ledger: Ledger) -> Change:
    return _describe("removed", section, section, ledger.gone.get(section.id, Account()))


def _describe_section(old: Section, new: Section, account: Account, *, is_moved: bool) -> Iterator[Change]:
    """What happened to a section that is in both texts: nothing, or up to three things."""
    account.tokens_added.update(Protected("tag", tag) for tag in new.tags if tag not in old.tags)
    account.tokens_removed.update(Protected("tag", tag) for tag in old.tags if tag not in new.tags)
    if new.title != old.title:
        yield _name("renamed", old, new)
    is_modified = account.is_reworded or new.level != old.level or (account.is_touched and not is_moved)
    if is_moved:
        # Its words moved with it: they count here, unless more happened to them.
        yield _name("moved", old, new) if is_modified else _describe("moved", new, old, account)
    if is_modified:
        yield _describe("modified", new, old, account)


def _name(kind: ChangeKind, old: Section, new: Section) -> Change:
    return Change(kind, new.id, new.title, old.title, id=f"{kind}-{new.id}", level=new.level, old_level=old.level)


def _describe(kind: ChangeKind, section: Section, old: Section | None, account: Account) -> Change:
    return Change(
        kind,
        section.id,
        section.title,
        old.title if old else "",
        account.added,
        account.removed,
        account.blocks,
        tuple(sorted({*account.tokens_added, *account.tokens_removed})),
        f"{kind}-{section.id}",
        tuple(sorted(account.tokens_added)),
        tuple(sorted(account.tokens_removed)),
        tuple(account.blocks_added),
        tuple(account.blocks_removed),
        account.moved_in,
        account.moved_out,
        account.restyled,
        account.characters,
        tuple(sorted(account.marks)),
        section.level,
        old.level if old else section.level,
        tuple(account.blocks_reformed),
        account.splits,
        account.merges,
        tuple(account.moved_from),
        tuple(account.moved_to),
    )
