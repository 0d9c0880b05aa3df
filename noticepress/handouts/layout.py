"""A redline as Word sees a text: paragraphs and tables, each with its style and what changed in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from noticepress.blocks import Change, Span
from noticepress.localize import text_direction

DEEPEST_LEVEL = 8
"""Word numbers the levels of a list from 0 to this."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words with one fate; `move` is the number of the move they belong to, 0 for none."""

    span: Span
    change: Change = ""
    move: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, and what became of it as a whole (`change`).

    `item` is the list it opens an item of, with its level; `depth` is how far it stands in, in steps of lists and
    quotes. `ids` are what links inside the text call it.
    """

    style: str
    runs: tuple[Run, ...] = ()
    change: Change = ""
    move: int = 0
    item: tuple[int, int] | None = None
    depth: int = 0
    ids: tuple[str, ...] = ()
    locale: str = ""
    align: str = ""

    @property
    def is_rtl(self) -> bool:
        """Whether it reads from right to left."""
        return text_direction(self.locale) == "rtl"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, and how many columns and rows it spans; its last part is a paragraph."""

    parts: tuple[Part, ...]
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    cells: tuple[Cell, ...]
    change: Change = ""
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table, and what became of it as a whole."""

    rows: tuple[Row, ...]
    change: Change = ""
    depth: int = 0
    locale: str = ""


@dataclass(frozen=True, slots=True)
class Numbering:
    """A list: numbered from `start` on, or with bullets (None); `level` is how deep it stands in others."""

    start: int | None
    level: int


Part = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Layout:
    """All of a redline; list N of a paragraph's `item` is `lists[N - 1]`."""

    parts: tuple[Part, ...]
    lists: tuple[Numbering, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the grid of a table: a cell, or (None) where one from above reaches down, over so many columns."""

    cell: Cell | None
    columns: int
    reaches_down: bool = False


def arrange_cells(rows: Sequence[Row]) -> list[list[Place]]:
    """The places of each row.

    Where only some rows came or went no cell reaches over several: what is left of them could not hold it.
    """
    reaches = len({row.change for row in rows}) == 1
    waiting: dict[int, tuple[int, int]] = {}  # by column, how many rows a cell from above still has, and its columns
    grid = []
    for row in rows:
        places: list[Place] = []
        column = 0
        for cell in row.cells:
            column = _reach_down(waiting, column, places)
            places.append(Place(cell, cell.columns, reaches and cell.rows > 1))
            if reaches and cell.rows > 1:
                waiting[column] = (cell.rows, cell.columns)
            column += cell.columns
        _reach_down(waiting, column, places)
        waiting = {place: (left - 1, columns) for place, (left, columns) in waiting.items() if left > 1}
        grid.append(places)
    return grid


def _reach_down(waiting: dict[int, tuple[int, int]], column: int, places: list[Place]) -> int:
    """Put the places of cells from above that begin in a column; returns the first column that is free."""
    while column in waiting:
        columns = waiting[column][1]
        places.append(Place(None, columns))
        column += columns
    return column


def walk_paragraphs(parts: Sequence[Part]) -> Iterator[Paragraph]:
    """Every paragraph, those in tables too."""
    for part in parts:
        if isinstance(part, Paragraph):
            yield part
        else:
            for row in part.rows:
                for cell in row.cells:
                    yield from walk_paragraphs(cell.parts)
