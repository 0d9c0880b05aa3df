"""Other names of places, as people type them: for finding a place, never for deciding which one it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def list_bynames(territory: str) -> tuple[str, ...]:
    """Older and shorter names of a territory, and of parts that are none; empty for most."""
    return _load_names().get(territory, ())


@cache
def _load_names() -> Mapping[str, tuple[str, ...]]:
    data = json.loads((files("noticepress") / "data" / "other_names.json").read_text("utf-8"))
    return {code: tuple(names) for code, names in data["names"].items()}
