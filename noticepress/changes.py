"""What changed between two editions, section by section, and the class of change that this calls for at least."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from noticepress.alignment import Pair, align, keep_heaviest, keep_order, walk_leaves
from noticepress.blocks import Block, Section, sections
from noticepress.markdown import parse
from noticepress.model import ChangeClass
from noticepress.moves import mark_moves
from noticepress.wording import count_words

ChangeKind = Literal["added", "removed", "renamed", "moved", "modified"]
ProtectedKind = Literal["number", "mail", "address", "negation", "obligation", "quantifier", "tag"]

WORDS: Mapping[ProtectedKind, str] = MappingProxyType(
    {
        "negation": (
            "not no never none neither nor without except unless cannot excluding "
            "nunca jamás ningún ninguna ninguno sin salvo excepto tampoco "
            "nicht kein keine keinen keinem keiner keines nie niemals ohne außer ausgenommen weder"
        ),
        "obligation": (
            "may might must shall will can could should would required "
            "puede pueden podrá podrán podemos podremos debe deben deberá deberán debemos "
            "kann können könnte könnten darf dürfen muss müssen soll sollen sollte sollten wird werden"
        ),
        "quantifier": (
            "all only any every each "
            "todo toda todos todas sólo solamente únicamente cualquier cualquiera cada "
            "alle allen aller alles nur ausschließlich jede jeder jedes jedem jeden sämtliche"
        ),
    }
)
"""Words of English, Spanish and German that carry a promise. What two languages spell alike counts in both."""

ENDINGS: Mapping[ProtectedKind, str] = MappingProxyType(
    {
        "negation": r"ません|ない|なく|なかった|ず(?=に|、|。)|を除|以外",
        "obligation": r"ことがあります|場合があります|できます|なければなりません|べき|必要があります|ものとします",
        "quantifier": r"すべて|全て|のみ|だけ|あらゆる|いかなる",
    }
)
"""The same for Japanese, which joins them to the word before."""

_PROTECTED = re.compile(
    r"(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<address>(?:https?://|www\.)[^\s<>()]+)"
    r"|(?P<number>[$€£¥]?\d+(?:[.,:/-]\d+)*\s?[%€]?)"
    + "".join(
        rf"|(?P<{kind}>\b(?:{'|'.join(words.split())})\b|\b\w+n['\u2019]t\b|{ENDINGS[kind]})"
        if kind == "negation"
        else rf"|(?P<{kind}>\b(?:{'|'.join(words.split())})\b|{ENDINGS[kind]})"
        for kind, words in WORDS.items()
    ),
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, order=True)
class Protected:
    """A token that may not change unnoticed: its kind and its words."""

    kind: ProtectedKind
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened to one section.

    `section` is its id in the new text, in the old one where it was removed, and empty for what stands before the first
    heading. `old_title` differs from `title` where it was renamed. `words_added` and `words_removed` leave out what
    only moved along. `blocks` counts paragraphs, items and cells that came or went whole, `tokens` are the protected
    tokens touched. `id` is the same for the same pair of texts, and different for each change in it.
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


@lru_cache(maxsize=64)
def compare_texts(old: str, new: str) -> Pair:
    """The alignment of two editions with its moves marked: to be read, never to be changed."""
    root = align(parse(old), parse(new))
    mark_moves(tuple(walk_leaves(root)))
    return root


def find_changes(old: str, new: str) -> tuple[Change, ...]:
    """The changes between two editions, in the order of the new one; a removed section stands where it was."""
    root = compare_texts(old, new)
    before, after = _index_sections(parse(old)), _index_sections(parse(new))
    staying = _count_staying(root)
    partners = _pair_sections(root, before, after, staying)
    moved = _find_moved(partners, before, after, staying)
    sums: dict[str, _Sum] = {}
    gone: dict[str, _Sum] = {}
    successors = {old_name: new_name for new_name, old_name in partners.items()}
    for leaf in walk_leaves(root):
        if not _is_untouched(leaf):
            _add_up(leaf, partners, successors, sums, gone)
    changes: list[Change] = []
    removed = [name for name in before if name not in partners.values()]
    waiting = {name: _find_follower(name, before, partners) for name in removed}
    for name, section in after.items():
        changes += [_describe_removed(before[gone_name], gone) for gone_name in removed if waiting[gone_name] == name]
        changes += _describe_section(section, partners.get(name), before, moved, sums.get(name, _Sum()))
    changes += [_describe_removed(before[name], gone) for name in removed if waiting[name] is None]
    return tuple(changes)


def minimum_class(changes: Iterable[Change]) -> tuple[ChangeClass, tuple[str, ...]]:
    """The least class that changes may be announced as, and why.

    Material: a section came or went, what it covers changed, or a negation, an obligation or a quantifier was touched.
    Minor: a number, a date, a mail address or a link was touched, or a paragraph came or went. Else editorial.
    """
    material: list[str] = []
    minor: list[str] = []
    for change in changes:
        place = f"#{change.section}" if change.section else "before the first heading"
        if change.kind in {"added", "removed"}:
            material.append(f"{place}: section {change.kind}")
        for token in change.tokens:
            reasons = minor if token.kind in {"number", "mail", "address"} else material
            reasons.append(f"{place}: {token.kind} {token.text!r} touched")
        if change.blocks and change.kind == "modified":
            minor.append(f"{place}: {change.blocks} paragraphs or items added or removed")
    if material:
        return "material", tuple(dict.fromkeys(material))
    if minor:
        return "minor", tuple(dict.fromkeys(minor))
    return "editorial", ()


# ---- sections


@dataclass(slots=True)
class _Sum:
    """What happened to the words of one section."""

    added: int = 0
    removed: int = 0
    blocks: int = 0
    touched: bool = False
    tokens: Counter[Protected] = field(default_factory=Counter)


def _index_sections(document: Block) -> dict[str, Section]:
    return {section.id: section for section in sections(document)}


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


def _add_up(
    leaf: Pair,
    partners: Mapping[str, str],
    successors: Mapping[str, str],
    sums: dict[str, _Sum],
    gone: dict[str, _Sum],
) -> None:
    """Put what happened to one leaf to the account of its section."""
    here = sums.setdefault(leaf.new_section, _Sum())
    there = successors.get(leaf.old_section)
    left = gone.setdefault(leaf.old_section, _Sum()) if there is None else sums.setdefault(there, _Sum())
    for piece in leaf.pieces:
        words = count_words(piece.tokens)
        if piece.op == "+" or (piece.op == ">" and partners.get(leaf.new_section) != piece.peer):
            here.added += words
            here.touched = True
        elif piece.op == "-" or (piece.op == "<" and there != piece.peer):
            left.removed += words
            left.touched = True
        if piece.op in {"<", ">"}:
            (here if piece.op == ">" else left).touched = True
    for account, op in ((here, "+"), (left, "-")):
        tokens = _find_protected(leaf, op)
        account.tokens.update(tokens)
        if leaf.pieces and {piece.op for piece in leaf.pieces} == {op}:
            account.blocks += 1
    if leaf.old is not None and leaf.new is not None:
        _compare_links(leaf.old, leaf.new, here)


def _find_protected(leaf: Pair, op: str) -> Counter[Protected]:
    """Protected tokens in the changed words of a leaf, and in whole words that a change runs into."""
    found: Counter[Protected] = Counter()
    if all(piece.op != op for piece in leaf.pieces):
        return found
    text, ranges = "", []
    kept = {"-": {"=", "-", "<"}, "+": {"=", "+", ">"}}[op]
    for piece in leaf.pieces:
        if piece.op in kept:
            start = len(text)
            text += "".join((" " if token.space else "") + token.text for token in piece.tokens)
            if piece.op == op:
                ranges.append((start, len(text)))
    for match in _PROTECTED.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in ranges):
            found[_read_match(match)] += 1
    return found


def _read_match(match: re.Match[str]) -> Protected:
    kinds: Sequence[ProtectedKind] = ("mail", "address", "number", "negation", "obligation", "quantifier")
    return Protected(next(kind for kind in kinds if match[kind] is not None), match[0].strip().lower())


def _compare_links(old: Block, new: Block, account: _Sum) -> None:
    """Destinations are protected though nobody sees them."""
    before = Counter(span.link for span in old.spans if span.link)
    after = Counter(span.link for span in new.spans if span.link)
    for destination in sorted({*(before - after), *(after - before)}):
        account.tokens[Protected("address", destination)] += 1
        account.touched = True


def _describe_removed(section: Section, gone: Mapping[str, _Sum]) -> Change:
    total = gone.get(section.id, _Sum())
    return Change(
        "removed",
        section.id,
        section.title,
        section.title,
        0,
        total.removed,
        total.blocks,
        tuple(sorted(total.tokens)),
        f"removed-{section.id}",
    )


def _describe_section(
    section: Section, partner: str | None, before: Mapping[str, Section], moved: frozenset[str], total: _Sum
) -> list[Change]:
    """What happened to a section: nothing, or one or more of the five things that can."""
    name = section.id
    tokens = Counter(total.tokens)
    if partner is None:
        return [
            Change(
                "added", name, section.title, "", total.added, 0, total.blocks, tuple(sorted(tokens)), f"added-{name}"
            )
        ]
    old = before[partner]
    tokens.update(Protected("tag", tag) for tag in set(section.tags) ^ set(old.tags))
    found = []
    if section.title != old.title:
        found.append(Change("renamed", name, section.title, old.title, id=f"renamed-{name}"))
    if name in moved:
        found.append(Change("moved", name, section.title, old.title, id=f"moved-{name}"))
    if tokens or total.added or total.removed or (total.touched and name not in moved):
        found.append(
            Change(
                "modified",
                name,
                section.title,
                old.title,
                total.added,
                total.removed,
                total.blocks,
                tuple(sorted(tokens)),
                f"modified-{name}",
            )
        )
    return found
