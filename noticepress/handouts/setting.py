"""Lays a redline out: from blocks in pairs to paragraphs and tables in a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from noticepress.alignment import Pair
from noticepress.blocks import Block, Change
from noticepress.handouts.footnotes import COME, GONE, Note, order_notes
from noticepress.handouts.layout import DEEPEST_LEVEL, Cell, Layout, Numbering, Paragraph, Part, Row, Run, Table
from noticepress.wording import write_spans


def lay_out(root: Pair, locale: str) -> Layout:
    """Lay out a redline whose text is in the locale, footnotes last."""
    setter = _Setter(locale)
    setter.place(root.block, root, "", 0)
    setter.place_notes()
    return Layout(tuple(_pair_moves(setter.parts)), tuple(setter.lists))


@dataclass(slots=True)
class _Setter:
    """Places blocks one after another, and remembers which item waits for its first paragraph."""

    locale: str
    parts: list[Part] = field(default_factory=list)
    lists: list[Numbering] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    item: tuple[int, int] | None = None
    level: int = -1

    def place(self, block: Block, pair: Pair | None, change: Change, depth: int) -> None:
        """One block; without a pair it came or went with all that is in it, as `change` says."""
        match block.kind:
            case "document":
                self.place_children(block, pair, change, depth)
            case "list":
                self.place_list(block, pair, change, depth)
            case "quote":
                self.place_children(block, pair, change, depth + 1)
            case "table":
                self.place_table(block, pair, change, depth)
            case "footnote":
                self.notes.append(Note(block, pair, change))
            case _:
                self.parts.append(self.set_leaf(block, pair, change, depth))

    def place_children(self, block: Block, pair: Pair | None, change: Change, depth: int) -> None:
        for child, inner, fate in _walk_children(block, pair, change):
            self.place(child, inner, fate, depth)

    def place_list(self, block: Block, pair: Pair | None, change: Change, depth: int) -> None:
        start = block.attributes.get("start", "")
        level, self.level = self.level, min(self.level + 1, DEEPEST_LEVEL)
        self.lists.append(Numbering(int(start) if start else None, self.level))
        number = len(self.lists)
        for child, inner, fate in _walk_children(block, pair, change):
            self.place_item(child, inner, fate, number, depth + 1)
        self.level = level

    def place_notes(self) -> None:
        """Footnotes as a list that counts as their references do."""
        self.lists.append(Numbering(1, 0))
        for note in order_notes(self.notes):
            self.level = 0
            self.place_item(note.block, note.pair, note.change, len(self.lists), 1)

    def place_item(self, block: Block, pair: Pair | None, change: Change, number: int, depth: int) -> None:
        self.item = (number, self.level)
        if block.children:
            self.place_children(block, pair, change, depth)
        self.close_item(change, depth)

    def close_item(self, change: Change, depth: int) -> None:
        """Give an item without words a paragraph nevertheless: its number is seen."""
        if self.item is not None:
            self.parts.append(self.set_leaf(Block("paragraph"), None, change, depth))

    def place_table(self, block: Block, pair: Pair | None, change: Change, depth: int) -> None:
        self.close_item(change, depth)  # a table is no paragraph, and cannot have the number of an item
        rows = []
        for row, inner, fate in _walk_children(block, pair, change):
            is_header = "header" in row.attributes
            cells = [
                self.set_cell(cell, leaf, end, is_header="header" in cell.attributes or is_header)
                for cell, leaf, end in _walk_children(row, inner, fate)
            ]
            rows.append(Row(tuple(cells), _settle(fate), is_header))
        before = self.parts[-1] if self.parts else None
        if isinstance(before, Table):  # Word makes one of two tables without anything between
            self.parts.append(Paragraph("Gap", (), before.change, locale=self.locale))
        self.parts.append(Table(tuple(rows), _settle(change), depth, block.attributes.get("lang") or self.locale))

    def set_cell(self, block: Block, pair: Pair | None, change: Change, *, is_header: bool) -> Cell:
        """A cell and all in it, where lists begin anew."""
        inner = _Setter(self.locale, lists=self.lists, notes=self.notes)
        if block.children:
            inner.place_children(block, pair, change, 0)
        else:
            leaf = inner.set_leaf(block, pair, change, 0)
            inner.parts.append(replace(leaf, style="HeadCell") if is_header else leaf)
        if not inner.parts or isinstance(inner.parts[-1], Table):
            inner.parts.append(Paragraph("Gap", change=_settle(change), locale=self.locale))
        columns, rows = (int(block.attributes.get(name, "1")) for name in ("colspan", "rowspan"))
        return Cell(tuple(_drop_moves(part) for part in inner.parts), columns, rows)

    def set_leaf(self, block: Block, pair: Pair | None, change: Change, depth: int) -> Paragraph:
        runs = _set_runs(block, pair, change)
        if block.kind == "code" and runs:  # the line feed that ends it begins no line
            last = runs[-1]
            runs = (*runs[:-1], replace(last, span=replace(last.span, text=last.span.text.removesuffix("\n"))))
        item, self.item = self.item, None
        moves = {run.move for run in runs}
        is_whole = change in {"<", ">"} and {run.change for run in runs} == {change} and len(moves) == 1
        return Paragraph(
            _name_style(block),
            runs,
            change if is_whole else _settle(change),
            runs[0].move if is_whole else 0,
            item,
            depth,
            (block.id,) if block.id and change not in GONE else (),
            block.attributes.get("lang") or self.locale,
            block.attributes.get("align", ""),
        )


def _walk_children(block: Block, pair: Pair | None, change: Change) -> Iterator[tuple[Block, Pair | None, Change]]:
    """What stands in a block, each with its fate; what has another form now is there twice, as it was and as it is."""
    if pair is None:
        yield from ((child, None, change) for child in block.children)
        return
    for child in pair.children:
        # A row of which a single cell came or went is no row that Word and its like could put back.
        is_torn = child.block.kind == "row" and any(map(_name_change, child.children))
        if (child.is_reformed or is_torn) and child.old is not None and child.new is not None:
            yield child.old, None, "-"
            yield child.new, None, "+"
        else:
            yield child.block, child, _name_change(child)


def _name_style(block: Block) -> str:
    if block.kind == "heading":
        return f"Heading{block.level}"
    return {"code": "Code", "rule": "Rule", "cell": "Cell"}.get(block.kind, "Text")


def _name_change(pair: Pair) -> Change:
    """What happened to a block as a whole."""
    if pair.old is not None and pair.new is not None:
        return ""
    changes = {piece.op for piece in pair.pieces}
    if pair.old is None:
        return ">" if ">" in changes else "+"
    return "<" if "<" in changes else "-"


def _settle(change: Change) -> Change:
    """A change without regard to moves."""
    return "-" if change in GONE else "+" if change in COME else ""


def _set_runs(block: Block, pair: Pair | None, change: Change) -> tuple[Run, ...]:
    if pair is None:
        return tuple(Run(span, change) for span in block.spans)
    if all(piece.op == "=" for piece in pair.pieces):
        return tuple(Run(span) for span in block.spans)
    # Spans forget which move they belong to; runs of spans and of pieces with one fate follow each other alike.
    waiting: dict[str, list[int]] = {"<": [], ">": []}
    for op, pieces in groupby(pair.pieces, key=lambda piece: piece.op):
        if op in waiting:
            waiting[op].append(max(piece.move for piece in pieces))
    runs: list[Run] = []
    for fate, spans in groupby(write_spans(pair.pieces), key=lambda span: span.change):
        numbers = waiting.get(fate, [])
        number = numbers.pop(0) if numbers else 0
        runs += [Run(span, fate, number) for span in spans]
    return tuple(runs)


def _drop_moves(part: Part) -> Part:
    """Every move in a table as a deletion and an insertion: Word knows none there."""
    return _forget_moves(part, frozenset()) if isinstance(part, Paragraph) else part


def _forget_moves(paragraph: Paragraph, kept: frozenset[int]) -> Paragraph:
    """Every move but these as a deletion and an insertion."""
    return replace(
        paragraph,
        change=paragraph.change if paragraph.move in kept else _settle(paragraph.change),
        move=paragraph.move if paragraph.move in kept else 0,
        runs=tuple(
            run if not run.change or run.move in kept else Run(run.span, _settle(run.change)) for run in paragraph.runs
        ),
    )


def _pair_moves(parts: Sequence[Part]) -> Iterable[Part]:
    """Only moves of which both ends are there stay moves."""
    ends = Counter(
        {
            (run.change, run.move)
            for part in parts
            if isinstance(part, Paragraph)
            for run in part.runs
            if run.change in {"<", ">"}
        }
    )
    kept = frozenset(number for _, number in ends if number and ends["<", number] and ends[">", number])
    for part in parts:
        yield _forget_moves(part, kept) if isinstance(part, Paragraph) else part
