"""What of a redline has to be told: for each section that changed, its changes and its changed paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Literal

from noticepress.alignment import Pair, walk_leaves
from noticepress.blocks import Block, MarkKind, Span, join_spans
from noticepress.changes import Change
from noticepress.marking import find_words
from noticepress.marking.travel import Travel
from noticepress.redline import Redline
from noticepress.wording import Piece, write_spans

Op = Literal["=", "-", "+", "<", ">", "~"]
"""What became of words; `~` are the same words in another form: a link leads elsewhere, a word is bold now."""

_FORMS: dict[MarkKind, str] = {
    "strong": "bold",
    "emphasis": "emphasized",
    "strike": "struck through",
    "code": "code",
    "underline": "underlined",
    "subscript": "set low",
    "superscript": "set high",
    "small": "small",
    "highlight": "highlighted",
    "keyboard": "keys",
    "abbreviation": "an abbreviation",
}

_LONGEST_QUOTE = 40


@dataclass(frozen=True, slots=True)
class Segment:
    """Words with one fate."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A changed paragraph, heading, item or row. `notes` say in words what the words do not show."""

    segments: tuple[Segment, ...]
    is_item: bool = False
    notes: tuple[str, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.notes) or any(segment.op != "=" and segment.text.strip() for segment in self.segments)


@dataclass(slots=True)
class SectionTold:
    """A section with all that happened to it; `place` says from where to where it moved as a whole."""

    changes: tuple[Change, ...]
    passages: list[Passage] = field(default_factory=list)
    place: str = ""

    @property
    def title(self) -> str:
        """What it is called, as the newer text has it."""
        return self.changes[0].title or "The beginning"


def gather_sections(found: Redline) -> list[SectionTold]:
    """The changed sections in the order of the new text, a removed one where it was."""
    groups: dict[tuple[str, bool], list[Change]] = {}
    for change in found.changes:
        groups.setdefault((change.section, change.kind == "removed"), []).append(change)
    told = {key: SectionTold(tuple(changes)) for key, changes in groups.items()}
    if not told:
        return []
    reader = _Reader(found, told, next(iter(told.values())))
    reader.read(found.root, is_item=False, notes=())
    for (name, is_removed), section in told.items():
        if not is_removed and any(change.kind == "moved" for change in section.changes):
            section.place = reader.places.tell_place(name)
    return list(told.values())


class _Places:
    """What the sections of both texts are called, and where they stand."""

    def __init__(self, root: Pair) -> None:
        headings = [leaf for leaf in walk_leaves(root) if leaf.block.kind == "heading"]
        self.old = {leaf.old.id: join_spans(leaf.old.spans) for leaf in headings if leaf.old}
        self.new = {leaf.new.id: join_spans(leaf.new.spans) for leaf in headings if leaf.new}
        self.former = {leaf.new.id: leaf.old.id for leaf in headings if leaf.old and leaf.new}

    def tell_place(self, name: str) -> str:
        """`after "Security", before that after "Contact"`."""
        old = self.former.get(name, name)
        return f"{_tell_predecessor(self.new, name)}, before that {_tell_predecessor(self.old, old)}"

    def tell_move(self, op: Op, name: str, peer: str) -> str:
        """`moved here from "Security"`: where a passage of a section went to or came from."""
        old, new = (name, peer) if op == "<" else (peer, name)
        if self.former.get(new, new) == old:
            return "moved within this section"
        title = (self.new if op == "<" else self.old).get(peer, "")
        told = f'"{title}"' if title else "the beginning"
        return f"moved to {told}" if op == "<" else f"moved here from {told}"


def _tell_predecessor(titles: dict[str, str], name: str) -> str:
    names = list(titles)
    place = names.index(name) if name in titles else 0
    return f'after "{titles[names[place - 1]]}"' if place else "at the beginning"


@dataclass(slots=True)
class _Reader:
    """Walks the pairs in reading order, and puts each changed passage to its section."""

    found: Redline
    told: dict[tuple[str, bool], SectionTold]
    here: SectionTold
    places: _Places = field(init=False)
    former_titles: frozenset[str] = field(init=False)
    travel: Travel = field(init=False)
    whole: frozenset[int] = field(init=False)
    noted: set[tuple[Op, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.places = _Places(self.found.root)
        self.former_titles = frozenset(c.old_title for c in self.found.changes if c.kind == "renamed")
        self.travel = Travel(self.found, find_words("en"))
        self.whole = frozenset(move.number for move in self.found.moves if move.whole)

    def read(self, pair: Pair, *, is_item: bool, notes: tuple[str, ...]) -> None:
        """A pair and all in it; the first passage of an item shows that it is one."""
        notes = (*notes, *_tell_form(pair))
        if pair.block.kind == "row":
            self.put(pair, self.join_cells(pair), is_item=False, notes=notes)
        elif pair.is_leaf:
            passage = self.read_leaf(pair)
            self.put(pair, passage, is_item=is_item, notes=notes)
        else:
            for number, child in enumerate(pair.children):
                first = number == 0
                self.read(
                    child,
                    is_item=child.block.kind == "item" or (first and is_item),
                    notes=notes if first else (),
                )

    def put(self, pair: Pair, passage: Passage, *, is_item: bool, notes: tuple[str, ...]) -> None:
        leaf = next(walk_leaves(pair))
        key = (leaf.old_section, True) if leaf.new is None else (leaf.new_section, False)
        self.here = self.told.get(key, self.here)
        kinds = {change.kind for change in self.here.changes}
        is_title = pair.block.kind == "heading" and not kinds.isdisjoint({"added", "removed", "renamed"})
        passage = replace(passage, is_item=is_item, notes=(*notes, *passage.notes))
        is_told = is_title and self.told.get(key) is self.here and key[0] == pair.block.id
        if pair.block.kind == "heading" and leaf.new is None:
            is_told = is_told or join_spans(pair.block.spans) in self.former_titles
        if is_told and not passage.notes:
            return
        if passage.is_changed:
            self.here.passages.append(passage)

    def join_cells(self, row: Pair) -> Passage:
        """A row on one line."""
        segments: list[Segment] = []
        notes: list[str] = []
        for number, cell in enumerate(row.children):
            segments += [Segment("=", " | ")] if number else []
            for place, leaf in enumerate(walk_leaves(cell)):
                passage = self.read_leaf(leaf)
                segments += [Segment("=", " / ")] if place else []
                segments += passage.segments
                notes += passage.notes
        return Passage(_join(segments), notes=tuple(dict.fromkeys(notes)))

    def read_leaf(self, leaf: Pair) -> Passage:
        if leaf.block.kind == "rule":
            fate = {"+": "new", "-": "gone"}.get(_name_fate(leaf), "")
            return Passage((), notes=(f"a line across the page is {fate}",) if fate else ())
        pieces = self.find_pieces(leaf)
        moved = {piece.move for piece in pieces if piece.op in {"<", ">"}}
        if moved and moved <= self.whole and {piece.op for piece in pieces} <= {"<", ">"}:
            return Passage(())  # its section moved as a whole, which is told once
        if all(piece.op == "=" for piece in pieces):
            return Passage((Segment("=", _read_text(leaf.block.spans)),))
        segments: list[Segment] = []
        notes: list[str] = []
        before: list[Span] = []
        for change, same in groupby(write_spans(pieces), key=lambda span: span.change):
            op: Op = change or "="
            run = list(same)
            text = _read_text(run)
            if op == "+" and segments and segments[-1].op == "-" and segments[-1].text.strip() == text.strip():
                segments[-1] = Segment("~", text)
                notes += _tell_marks(before, run)
            else:
                segments.append(Segment(op, text))
            before = run
        return Passage(_join(segments), notes=(*notes, *self.tell_moves(leaf)))

    def find_pieces(self, leaf: Pair) -> Sequence[Piece]:
        """The pieces of a leaf; what was edited on its way elsewhere is told where it went."""
        if id(leaf) in self.travel.told_elsewhere:
            return [piece for piece in leaf.pieces if piece.op != "-"]
        rewritten = self.travel.rewritten.get(id(leaf))
        if rewritten is None:
            return leaf.pieces
        sample = next(piece for piece in leaf.pieces if piece.op == ">")
        if sample.move in self.whole:
            return rewritten
        return [replace(sample, tokens=piece.tokens) if piece.op == "=" else piece for piece in rewritten]

    def tell_moves(self, leaf: Pair) -> Iterator[str]:
        """From where, or to where; for each end of a move once."""
        for piece in leaf.pieces:
            end = piece.op, piece.move
            if piece.op in {"<", ">"} and end not in self.noted and piece.move not in self.whole:
                self.noted.add(end)
                name = leaf.old_section if piece.op == "<" else leaf.new_section
                yield self.places.tell_move(piece.op, name, piece.peer)


def _name_fate(leaf: Pair) -> Op:
    return "+" if leaf.old is None else "-" if leaf.new is None else "="


def _read_text(spans: Iterable[Span]) -> str:
    """Words on one line; a footnote's number in brackets."""
    told = (f"[{span.text}]" if span.footnote else " " if span.hard_break else span.text for span in spans)
    return "".join(told).replace("\n", " ")


def _join(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    return tuple(
        Segment(op, "".join(segment.text for segment in same))
        for op, same in groupby(segments, key=lambda segment: segment.op)
    )


def _tell_marks(old: Sequence[Span], new: Sequence[Span]) -> Iterator[str]:
    """What became of words that are still the same."""
    words = " ".join(_read_text(new).split())
    words = f'"{words}"' if len(words) <= _LONGEST_QUOTE else f'"{words[:_LONGEST_QUOTE].rstrip()}\u2026"'
    before, after = (", ".join(dict.fromkeys(s.link for s in spans if s.link)) for spans in (old, new))
    if before != after:
        was, now = f"before to {before}" if before else "before none", f"now to {after}" if after else "no link now"
        yield f"{words}: link {now}, {was}" if after else f"{words}: {now}, {was}"
    kinds = [{mark.kind for span in spans for mark in span.marks} for spans in (old, new)]
    for kind, name in _FORMS.items():
        if (kind in kinds[0]) != (kind in kinds[1]):
            yield f"{words}: now {name}" if kind in kinds[1] else f"{words}: no longer {name}"


def _tell_form(pair: Pair) -> Iterator[str]:
    """What a block that is reformed is now, and what it was."""
    old, new = pair.old, pair.new
    if not pair.is_reformed or old is None or new is None:
        return
    before, after = _name_form(old), _name_form(new)
    if before != after:
        yield f"now {after}, before {before}"


def _name_form(block: Block) -> str:
    match block.kind:
        case "heading":
            return f"a heading of level {block.level}"
        case "list":
            return "a numbered list" if "start" in block.attributes else "a list with bullets"
        case "table":
            columns = len(block.children[0].children) if block.children else 0
            return f"a table of {columns} column{'s' * (columns != 1)}"
        case "item" | "cell" | "row" | "document" | "html" | "rule":
            return ""
        case "quote":
            return "a quotation"
        case kind:
            return f"a {kind}"
