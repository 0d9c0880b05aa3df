"""What a preview remembers between two changes, so that a saved sentence costs what it touches and no more."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from noticepress.compose import Draft, compose_draft, draft_day, facts_day
from noticepress.errors import Problem
from noticepress.files import Collector
from noticepress.model import AsOf, Library, Version
from noticepress.sealed import read_versions

Stamps = tuple[tuple[str, int, int, int], ...]
"""Path, time of change (ns), size and inode of each file: whoever edits a file changes one of them."""


def stamp_files(*places: Path) -> Stamps:
    """The stamps of files and of everything below folders; what is not there has none."""
    return tuple(sorted(_stamp(places)))


def _stamp(places: Iterable[str | Path]) -> Iterator[tuple[str, int, int, int]]:
    for place in places:
        try:
            if os.path.isdir(place):  # noqa: PTH112 - thousands of files a second are looked at here
                with os.scandir(place) as entries:
                    yield from _stamp([entry.path for entry in entries])
            else:
                found = os.stat(place)  # noqa: PTH116 - see above
                yield str(place), found.st_mtime_ns, found.st_size, found.st_ino
        except OSError:
            yield str(place), 0, 0, 0


@dataclass(frozen=True, slots=True)
class _Known:
    stamps: Stamps
    versions: tuple[Version, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class SealedMemory:
    """Sealed versions as they were last verified; read again only where a file of theirs is another one now.

    A build never uses this: it verifies every version every time.
    """

    known: dict[str, _Known] = field(default_factory=dict)

    def read_versions(self, site: Path, notice: str, collector: Collector) -> tuple[Version, ...]:
        """As `sealed.read_versions`."""
        stamps = stamp_files(site / "content" / notice / "versions")
        known = self.known.get(notice)
        if known is None or known.stamps != stamps:
            own = Collector()
            versions = read_versions(site, notice, own)
            known = self.known[notice] = _Known(stamps, versions, tuple(own.problems))
        collector.problems.extend(known.problems)
        return known.versions


@dataclass(slots=True)
class DraftMemory:
    """Drafts as they were last composed: again only where something that their notice is made of is another one now."""

    known: dict[str, tuple[Library, tuple[date, date], Draft]] = field(default_factory=dict)

    def compose_draft(self, library: Library, notice: str, as_of: AsOf) -> Draft:
        """As `compose.compose_draft`."""
        days = (draft_day(library, notice, as_of), facts_day(library, notice, as_of))
        known = self.known.get(notice)
        if known is None or known[1] != days or _choose(known[0], notice) != _choose(library, notice):
            known = self.known[notice] = (library, days, compose_draft(library, notice, as_of))
        return known[2]


def _choose(library: Library, notice: str) -> Library:
    """What a notice's draft is made of: everything but the other notices' own files."""
    return replace(
        library,
        texts={key: text for key, text in library.texts.items() if key[0] == notice},
        next_versions={key: found for key, found in library.next_versions.items() if key == notice},
        versions={notice: library.versions.get(notice, ())},
        processing={key: found for key, found in library.processing.items() if key == notice},
        corrections={},
        pins={key: found for key, found in library.pins.items() if key[0] == notice},
        waivers=(),
    )
