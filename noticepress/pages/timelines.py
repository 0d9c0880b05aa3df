"""A history as a picture: a row for each region, a bar for each version, a sign where others answer.

All places are per cent of the picture's width, so that it fits any screen while its words keep their size. In languages
that are written from right to left, time runs from right to left. The picture depends on the year of the view, and on
nothing smaller: it is the same every day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from noticepress.history import Line, Period, Roster, list_periods, list_rosters, local_day
from noticepress.localize import text_direction
from noticepress.pages.scene import Scene, find_edition, find_standing

BarKind = Literal["first", "material", "minor", "editorial", "same", "announced"]

HEIGHTS: dict[BarKind, int] = {"first": 18, "material": 18, "minor": 12, "editorial": 7, "same": 3, "announced": 18}
"""How high the bars are, in pixels: a greater change stands higher, so that colour says nothing alone."""

LANE, TOP, BASE = 68, 26, 20
"""Height of a row, of the name above its bars, and of the axis below all rows; in pixels."""

_LEFT, _RIGHT, _EDGE = 1.5, 97.0, 5.0
_STEPS = (1, 2, 5, 10, 20, 50, 100, 1000)
_TICKS = 6
_ROOMS = (("", 24.0), ("wide", 11.0))
"""How far apart names of versions must stand: on a telephone, and on a wide screen, where more of them are shown."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A version while it applied; `is_open` where no end is known."""

    kind: BarKind
    x: str
    width: str
    y: int
    height: int
    end: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Sign:
    """A word or a mark at a place; `anchor` is the side of it that stands there."""

    x: str
    text: str
    anchor: Literal["start", "middle", "end"] = "start"
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A region's row: what is drawn in it, from `top` on."""

    name: Sign
    is_here: bool
    top: int
    bars: tuple[Bar, ...]
    names: tuple[Sign, ...]
    rosters: tuple[Sign, ...]
    crosses: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture; `kinds` are those of bars and signs that occur, for the legend."""

    height: int
    is_mirrored: bool
    rows: tuple[Row, ...]
    ticks: tuple[Sign, ...]
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scale:
    """Days to places: the first of January of one year to that of another."""

    first: int
    last: int
    is_mirrored: bool

    def place(self, day: date) -> float:
        """Where a day stands as read: per cent from the side on which lines begin."""
        start, end = (date(year, 1, 1).toordinal() for year in (self.first, self.last))
        return _LEFT + (_RIGHT - _LEFT) * (day.toordinal() - start) / (end - start)

    def turn(self, place: float) -> str:
        """A place as it is drawn."""
        return f"{round(100 - place if self.is_mirrored else place, 2):g}%"


def draw_timeline(scene: Scene, line: Line) -> Timeline | None:
    """The picture of all regions of a line's notice; None where there is nothing to compare."""
    lines = [other for other in scene.view.lines[line.notice].values() if other.visible]
    if sum(len(other.visible) for other in lines) < 2:  # noqa: PLR2004 - one version is no picture
        return None
    days = [standing.effective.day for other in lines for standing in other.visible]
    days += [day for other in lines for period in list_periods(other) for day in (period.first, period.last) if day]
    latest = max([*days, local_day(scene.view.as_of, scene.view.library.settings.zone)])
    scale = Scale(min(days).year, latest.year + 1, text_direction(scene.locale) == "rtl")
    rows = tuple(_draw_row(scene, scale, other, index * LANE, line) for index, other in enumerate(lines))
    kinds: set[str] = {bar.kind for row in rows for bar in row.bars}
    kinds |= {"open" for row in rows for bar in row.bars if bar.is_open}
    kinds |= {"roster" for row in rows if row.rosters} | {"withdrawn" for row in rows if row.crosses}
    height = len(rows) * LANE + BASE
    return Timeline(height, scale.is_mirrored, rows, tuple(_draw_ticks(scale)), frozenset(kinds))


def _draw_row(scene: Scene, scale: Scale, line: Line, top: int, here: Line) -> Row:
    periods = list_periods(line)
    withdrawn = [standing for standing in line.visible if standing.state == "withdrawn"]
    return Row(
        Sign(scale.turn(0), scene.plain(find_standing(line).sealed_region.names)),
        line is here,
        top,
        tuple(_draw_bar(scene, scale, period, top) for period in periods),
        tuple(_place_names(scale, periods)),
        tuple(_place_rosters(scale, list_rosters(line))),
        tuple(Sign(scale.turn(scale.place(s.effective.day)), s.version.id) for s in withdrawn),
    )


def _draw_bar(scene: Scene, scale: Scale, period: Period, top: int) -> Bar:
    kind = _find_kind(scene, period)
    begin = scale.place(period.first)
    end = max(scale.place(period.end.day) if period.end else _RIGHT, begin + 0.3)
    edge, height = (end if scale.is_mirrored else begin), HEIGHTS[kind]
    return Bar(
        kind,
        scale.turn(edge),
        f"{round(end - begin, 2):g}%",
        top + TOP + HEIGHTS["material"] - height,
        height,
        scale.turn(end),
        period.end is None,
    )


def _find_kind(scene: Scene, period: Period) -> BarKind:
    standing = period.standing
    if standing.state == "announced":
        return "announced"
    if standing.predecessor is None:
        return "first"
    edition = find_edition(standing, scene.locale, scene.view.library.settings.source_locale)
    return standing.version.record.change_class if edition and standing.is_changed(edition.locale) else "same"


def _place_names(scale: Scale, periods: Sequence[Period]) -> Iterator[Sign]:
    """Names of versions below their bars, as far as there is room for them; the newest and the oldest come first."""
    shown: list[float] = []
    for kind, room in _ROOMS:
        for period in (*periods[:-2:-1], *periods[:1], *periods[-2:0:-1]):
            place = scale.place(period.first)
            start = _fit(place, room)
            if all(abs(start - _fit(other, room)) >= room for other in shown):
                shown.append(place)
                is_last = place > 100 - _ROOMS[0][1]
                anchor: Literal["start", "end"] = "end" if is_last else "start"
                yield Sign(scale.turn(100 if is_last else place), period.standing.version.id, anchor, kind)


def _fit(place: float, room: float) -> float:
    """Where a name begins that may not pass the edge of a telephone."""
    return 100 - room if place > 100 - _ROOMS[0][1] else place


def _place_rosters(scale: Scale, rosters: Iterable[Roster]) -> Iterator[Sign]:
    """A numbered sign where others answer; the numbers are those of the table. None where it never changed."""
    told = list(rosters)
    if len(told) > 1:
        for number, roster in enumerate(told, 1):
            yield Sign(scale.turn(scale.place(roster.begin.day)), str(number))


def _draw_ticks(scale: Scale) -> Iterator[Sign]:
    step = next(step for step in _STEPS if (scale.last - scale.first) // step < _TICKS)
    for year in range(scale.first + -scale.first % step, scale.last + 1, step):
        place = scale.place(date(year, 1, 1))
        anchor: Literal["start", "middle", "end"] = (
            "start" if place < _EDGE else "end" if place > 100 - _EDGE else "middle"
        )
        yield Sign(scale.turn(place), str(year), anchor)
