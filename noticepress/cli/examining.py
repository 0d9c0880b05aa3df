"""Saved copies, as `verify` is asked about them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from noticepress.cli.options import echo_json
from noticepress.errors import NoticeError, UsageError, errors_of

if TYPE_CHECKING:
    from noticepress.copies import Kept
    from noticepress.model import AsOf
    from noticepress.verification import ReadFile


@dataclass(frozen=True, slots=True)
class Place:
    """Where copies are looked up: in a built or a deployed site, else in the sources as of a moment."""

    site: Path
    as_of: AsOf
    built: Path | None
    live: str | None


def examine_files(files: Sequence[Path], place: Place, form: str) -> int:
    """Tell what saved files are; the exit code.

    Raises UsageError for a place that is none, NoticeError where the seals of the sources are broken.
    """
    from noticepress.copies import describe_copy, examine_copy, tell_copy

    kept, read = _open_place(place)
    copies = [examine_copy(str(file), _read_bytes(file), kept, read) for file in files]
    if form == "json":
        echo_json({"copies": [describe_copy(copy) for copy in copies]})
    else:
        click.echo("\n".join(map(tell_copy, copies)))
    return 0 if all(copy.is_right for copy in copies) else 1


def _open_place(place: Place) -> tuple[Sequence[Kept], ReadFile]:
    from noticepress.copies import list_published, list_sealed
    from noticepress.library import read_library
    from noticepress.verification import fetch_site_file, find_broken_seals, read_built_file

    if place.built and place.live:
        raise UsageError("files are looked up in one place: name --built or --live")
    if place.built:
        read = read_built_file(place.built)
        return list_published(read, str(place.built)), read
    if place.live:
        read = fetch_site_file(place.live)
        return list_published(read, place.live), read
    reading = read_library(place.site)
    if broken := errors_of(find_broken_seals(reading)):
        raise NoticeError(broken)
    return list_sealed(reading.library, place.as_of)


def _read_bytes(file: Path) -> bytes:
    return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
