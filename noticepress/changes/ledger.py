"""The accounts of all sections: what came, what went, and what only stands elsewhere or looks otherwise now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from noticepress.alignment import Pair, walk_leaves
from noticepress.blocks import BlockKind, MarkKind
from noticepress.moves import Move
from noticepress.protected import Protected, find_protected, list_numbers
from noticepress.wording import Piece, Token, count_words, is_unspaced


@dataclass(slots=True)
class Account:
    """What happened to the words of one section. `is_touched` says that anything did."""

    added: int = 0
    removed: int = 0
    moved_in: int = 0
    moved_out: int = 0
    restyled: int = 0
    characters: int = 0
    blocks: int = 0
    splits: int = 0
    merges: int = 0
    is_touched: bool = False
    tokens_added: Counter[Protected] = field(default_factory=Counter)
    tokens_removed: Counter[Protected] = field(default_factory=Counter)
    blocks_added: list[BlockKind] = field(default_factory=list)
    blocks_removed: list[BlockKind] = field(default_factory=list)
    blocks_reformed: list[BlockKind] = field(default_factory=list)
    marks: set[MarkKind] = field(default_factory=set)
    moved_from: dict[str, None] = field(default_factory=dict)
    moved_to: dict[str, None] = field(default_factory=dict)

    @property
    def is_reworded(self) -> bool:
        """Whether more happened than that words of the section stand elsewhere in it, or left with it."""
        return bool(
            self.added
            or self.removed
            or self.restyled
            or self.tokens_added
            or self.tokens_removed
            or self.blocks_reformed
            or self.splits
            or self.merges
            or self.moved_from
            or self.moved_to
        )


@dataclass(slots=True)
class Ledger:
    """`accounts` by new id, `gone` by the old id of the sections that went.

    `partners` are the old ids of new sections, `names` the legal names, addresses and contacts that are known.
    """

    partners: Mapping[str, str]
    names: frozenset[str]
    successors: Mapping[str, str] = field(init=False)
    accounts: dict[str, Account] = field(default_factory=dict)
    gone: dict[str, Account] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.successors = {old: new for new, old in self.partners.items()}

    def enter_all(self, root: Pair, moves: Iterable[Move]) -> None:
        """Put all that happened to its account."""
        along = self.find_moved_along(root)
        for leaf in walk_leaves(root):
            if id(leaf) in along:
                self.enter_moved_along(leaf)
            elif not _is_untouched(leaf):
                self.enter_leaf(leaf)
        for pair, op in _find_whole(root):
            if any(id(leaf) not in along for leaf in walk_leaves(pair)):
                here, left = self.find_accounts(next(walk_leaves(pair)))
                (here.blocks_added if op == "+" else left.blocks_removed).append(pair.block.kind)
        for pair in _find_reformed(root):
            here, _ = self.find_accounts(next(walk_leaves(pair)))
            here.is_touched = True
            here.blocks_reformed += [pair.block.kind] if pair.block.kind != "heading" else []
        for move in moves:
            account = self.accounts.setdefault(move.new_section, Account())
            account.splits += move.kind == "split"
            account.merges += move.kind == "merge"

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

    def find_accounts(self, leaf: Pair) -> tuple[Account, Account]:
        """The accounts for what came, and for what went."""
        here = self.accounts.setdefault(leaf.new_section, Account())
        there = self.successors.get(leaf.old_section)
        if there is not None:
            return here, self.accounts.setdefault(there, Account())
        return here, self.gone.setdefault(leaf.old_section, Account())

    def enter_moved_along(self, leaf: Pair) -> None:
        """Words that stand elsewhere in their section, whatever the marks of the redline say."""
        here, left = self.find_accounts(leaf)
        account = here if leaf.old is None else left
        account.is_touched = True
        for piece in leaf.pieces:
            account.characters += _count_characters(piece.tokens)
            if leaf.old is None:
                account.moved_in += count_words(piece.tokens)
            else:
                account.moved_out += count_words(piece.tokens)

    def enter_leaf(self, leaf: Pair) -> None:
        """What happened to one leaf."""
        here, left = self.find_accounts(leaf)
        (left if leaf.new is None else here).is_touched = True
        restyled = _find_restyled(leaf.pieces)
        for piece in leaf.pieces:
            if piece.op != "=":
                account = here if piece.op in {"+", ">"} else left
                account.is_touched = True
                account.characters += _count_characters(piece.tokens)
                if id(piece) in restyled:
                    account.restyled += count_words(piece.tokens) if piece.op == "+" else 0
                    account.marks |= restyled[id(piece)]
                else:
                    self.enter_words(leaf, piece, account)
        for account, op in ((here, "+"), (left, "-")):
            if leaf.pieces and {piece.op for piece in leaf.pieces} == {op}:
                account.blocks += 1
        self.enter_tokens(leaf, here, left, restyled)

    def enter_words(self, leaf: Pair, piece: Piece, account: Account) -> None:
        """Words that came, went, or stand elsewhere now, perhaps in another section."""
        words = count_words(piece.tokens)
        match piece.op:
            case "+":
                account.added += words
            case "-":
                account.removed += words
            case ">":
                account.moved_in += words
                if self.partners.get(leaf.new_section) != piece.peer:
                    account.moved_from[piece.peer] = None
            case "<":
                account.moved_out += words
                if self.successors.get(leaf.old_section) != piece.peer:
                    account.moved_to[piece.peer] = None
            case _:
                pass

    def enter_tokens(self, leaf: Pair, here: Account, left: Account, restyled: Mapping[int, object]) -> None:
        """Protected tokens in the changed words of a leaf, and in whole words that a change runs into."""
        (old, went), (new, came) = (_read_side(leaf, *ops, restyled) for ops in (("-", "<"), ("+", ">")))
        gone = tuple(find_protected(old, went, self.names)) if went else ()
        come = tuple(find_protected(new, came, self.names)) if came else ()
        has_number = leaf.old is not None and leaf.new is not None and any(t.kind == "number" for t in (*gone, *come))
        if has_number and list_numbers(old) == list_numbers(new):  # only the words around it changed
            gone, come = (tuple(token for token in tokens if token.kind != "number") for tokens in (gone, come))
        left.tokens_removed.update(gone)
        here.tokens_added.update(come)
        if leaf.old is not None and leaf.new is not None:  # destinations are protected though nobody sees them
            before = Counter(span.link for span in leaf.old.spans if span.link)
            after = Counter(span.link for span in leaf.new.spans if span.link)
            here.tokens_added.update(Protected("address", link) for link in after - before)
            here.tokens_removed.update(Protected("address", link) for link in before - after)


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


def _find_reformed(pair: Pair) -> Iterator[Pair]:
    """The outermost blocks that a reader sees in another form, whether or not their words changed."""
    if pair.looks_reformed:
        yield pair
        return
    for child in pair.children:
        yield from _find_reformed(child)


def _find_restyled(pieces: Sequence[Piece]) -> dict[int, set[MarkKind]]:
    """The pieces (by identity) whose words stay: one deleted, the same ones inserted with other links or emphasis."""
    found: dict[int, set[MarkKind]] = {}
    for went, came in pairwise(pieces):
        if (went.op, came.op) == ("-", "+") and _read_text(went.tokens) == _read_text(came.tokens):
            before, after = ({m for t in p.tokens for _, s in t.runs for m in s.marks} for p in (went, came))
            found[id(went)] = found[id(came)] = {mark.kind for mark in before ^ after}
    return found


def _read_text(tokens: Sequence[Token]) -> str:
    return "".join((" " if token.space else "") + token.text for token in tokens).strip()


def _count_characters(tokens: Sequence[Token]) -> int:
    return count_words(token for token in tokens if is_unspaced(token))


def _read_side(
    leaf: Pair, changed: str, moved: str, restyled: Mapping[int, object]
) -> tuple[str, list[tuple[int, int]]]:
    """The text of a leaf on one side, and the ranges of it that came or went."""
    text, ranges = "", []
    for piece in leaf.pieces:
        if piece.op in {"=", changed, moved}:
            start = len(text)
            text += "".join((" " if token.space else "") + token.text for token in piece.tokens)
            if piece.op == changed and id(piece) not in restyled:
                ranges.append((start, len(text)))
    return text, ranges
