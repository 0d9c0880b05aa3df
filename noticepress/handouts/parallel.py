"""Two languages side by side as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from noticepress.blocks import Section
from noticepress.handouts.handout import Handout
from noticepress.redlines import Row, list_paragraphs


def describe_parallel(rows: Sequence[Row], handout: Handout, locales: tuple[str, str]) -> dict[str, Any]:
    """`{"kind": "parallel", "title", "old", "new", "sections": [{"id", "old", "new"}…]}`, null where there is none."""
    return {
        "kind": "parallel",
        "title": handout.title,
        "old": {"name": handout.old, "locale": locales[0]},
        "new": {"name": handout.new, "locale": locales[1]},
        "sections": [{"id": row.id, "old": _describe(row.old), "new": _describe(row.new)} for row in rows],
    }


def _describe(section: Section | None) -> dict[str, Any] | None:
    if section is None:
        return None
    return {"title": section.title, "paragraphs": list(list_paragraphs(section))}
