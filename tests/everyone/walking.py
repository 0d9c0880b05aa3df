"""A walk through a page by keyboard: where each Tab leads, and whether a reader sees it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

LEAST_CONTRAST = 3.0
LEAST_WIDTH = 2.0
_PARTS = 5
"""Day, month, year and calendar of a date, and one more."""


@dataclass(frozen=True)
class Stop:
    """What has the focus after a key. `place` is its number in the document, -1 for none of it."""

    place: int
    told: str
    is_in_view: bool
    is_covered: bool
    outline: float
    contrast: float


WATCH = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
"""Keeps, for each Tab, what has the focus then and how it looks."""

_STOPS = """() => {
  const all = [...document.querySelectorAll("*")];
  return all.map((element, place) => [element, place]).filter(([element]) =>
    element.matches("a[href], button, input, select, textarea, summary, [tabindex='0']") && element.tabIndex >= 0 &&
    !element.disabled && element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length &&
    !(element.type === "radio" && !element.checked)).map(([, place]) => place);
}"""


def list_stops(page: Page) -> list[int]:
    """Where Tab should lead, in the order of the document: of a group of radio buttons only the chosen one."""
    return [int(place) for place in page.evaluate(_STOPS)]


def walk(page: Page, steps: int, key: str = "Tab") -> list[Stop]:
    """Go so many places with a key, and tell what each was. The page must have been opened with WATCH.

    A date has a stop for each of its parts, and is one place.
    """
    stops: list[Stop] = []
    for _ in range(_PARTS):
        for _ in range(steps - len(stops)):
            page.keyboard.press(key)
        for stop in map(_read, page.evaluate("() => window.npStops()")):
            if not stops or stop.place != stops[-1].place:
                stops.append(stop)
        if len(stops) >= steps:
            break
    return stops


def _read(stop: dict[str, Any]) -> Stop:
    return Stop(
        int(stop["place"]),
        str(stop["told"]),
        bool(stop.get("is_in_view")),
        bool(stop.get("is_covered")),
        float(stop.get("outline", 0)),
        float(stop.get("contrast", 0)),
    )


def judge(stop: Stop) -> list[str]:
    """What a reader would miss at this stop."""
    faults = []
    if not stop.is_in_view:
        faults.append(f"out of view: {stop.told}")
    elif stop.is_covered:
        faults.append(f"covered: {stop.told}")
    if stop.outline < LEAST_WIDTH:
        faults.append(f"outline of {stop.outline} pixels: {stop.told}")
    elif stop.contrast < LEAST_CONTRAST:
        faults.append(f"outline of {stop.contrast:.1f} to 1: {stop.told}")
    return faults
