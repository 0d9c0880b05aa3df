"""What is told of saved files: plain text for people, plain data for machines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from noticepress.copies.finding import Copy, Kept, Resaved


def describe_copy(copy: Copy) -> dict[str, Any]:
    """A saved file as data: the shape that `verify FILE --format json` prints."""
    return {
        "file": copy.file,
        "sha256": copy.sha256,
        "result": copy.result,
        "resaved": list(copy.resaved),
        "editions": [_describe_kept(edition) for edition in copy.editions],
        "nearest": _describe_kept(copy.nearest) if copy.nearest else None,
        "differing_lines": copy.differing_lines if copy.nearest else None,
    }


def _describe_kept(kept: Kept) -> dict[str, Any]:
    return {
        "notice": kept.notice,
        "version": kept.version,
        "region": kept.region,
        "locale": kept.locale,
        "state": kept.state,
        "has_applied": kept.has_applied,
        "zone": kept.zone,
        "since": _localize(kept.since, kept.zone).isoformat(),
        "until": _localize(kept.until, kept.zone).isoformat() if kept.until else None,
        "page": kept.page,
        "text": kept.text,
        "sha256": kept.sha256,
        "version_sha256": kept.chain,
        "removed": kept.removed.isoformat() if kept.removed else None,
    }


def _localize(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone))


_RESAVED: Mapping[Resaved, str] = {
    "byte-order-mark": "a byte order mark before them",
    "encoding": "another encoding than UTF-8",
    "line-ends": "other line ends",
    "last-line-end": "other blank lines at the end",
}
_NO_TEXT = {
    "page": "this is a page; save the plain text (notice.md), which the page links",
    "pdf": "this is a PDF; save the plain text (notice.md), which the edition's page links",
    "unreadable": "this is no text; save the plain text (notice.md), which the edition's page links",
}


def tell_copy(copy: Copy) -> str:
    """A saved file in a few lines: whether it is what was published, what it is, and when that applied."""
    match copy.result:
        case "exact":
            lines = [f"{copy.file}: exactly what was published."]
        case "resaved":
            told = ", ".join(_RESAVED[mark] for mark in copy.resaved)
            lines = [f"{copy.file}: the words that were published, saved with {told}."]
        case "unknown":
            lines = [f"{copy.file}: no published version has this text."]
        case _:
            lines = [f"{copy.file}: {_NO_TEXT[copy.result]}."]
    for edition in copy.editions:
        lines += [f"    {_name(edition)}: {_tell_time(edition)}", f"    {edition.text}  sha256 {edition.sha256}"]
        if edition.removed:
            lines.append(f"    the site took the text away on {_localize(edition.removed, edition.zone):%Y-%m-%d}")
    if copy.nearest:
        count = copy.differing_lines
        lines.append(
            f"    nearest: {_name(copy.nearest)}, {copy.nearest.text}: {count} line{'s' * (count != 1)} "
            f"differ{'s' * (count == 1)}"
        )
    return "\n".join(lines)


def _name(kept: Kept) -> str:
    return f"{kept.notice} {kept.version} for {kept.region} in {kept.locale}"


def _tell_time(kept: Kept) -> str:
    since, until = (f"{_localize(at, kept.zone):%Y-%m-%d %H:%M}" if at else "" for at in (kept.since, kept.until))
    if kept.state == "withdrawn":
        return f"never applied; withdrawn before {since} ({kept.zone})"
    if not kept.has_applied:
        return "never applied: when it was published, another had taken its place"
    if kept.state in {"superseded", "corrected", "retired"}:
        return f"applied from {since} until {until} ({kept.zone})"
    ends = f" until {until}" if until else ""
    return f"applies from {since}{ends} ({kept.zone})"
