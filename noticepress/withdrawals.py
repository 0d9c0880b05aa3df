"""Withdrawals: a version that was announced is cancelled before it applies; its address stays, and says so.

Apart from that, the text of one edition may have to be taken away, for a court or because it tells of a person: its
address and its hash stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from noticepress.errors import NoticeError, OutsideError, Problem, Source, UsageError, errors_of
from noticepress.files import read_text
from noticepress.history import effective_of, find_instant
from noticepress.library import Reading
from noticepress.lookup import find_version
from noticepress.manifest import format_utc
from noticepress.model import AsOf, Edition, Library, Texts, Version
from noticepress.sealed import REMOVED, WITHDRAWN
from noticepress.sealing import flush_folder, place_file, write_seal


@dataclass(frozen=True, slots=True)
class Cancellation:
    """A withdrawal ready to be written: the version, the file (relative to the site) and what it holds."""

    version: Version
    path: str
    content: bytes


def prepare_withdrawal(
    reading: Reading, notice: str, name: str, as_of: AsOf, reason: Texts, *, by: str = ""
) -> Cancellation:
    """Lay out that a version is cancelled at `as_of`, with all its revisions.

    Raises NoticeError with every reason against it, UsageError for a notice or version that does not exist.
    """
    library = reading.library
    refuse_broken_versions(reading, notice)
    version = find_version(library, notice, name)
    instant = find_instant(as_of, library.settings.zone)
    if problems := list(_find_obstacles(version, instant, reason, library)):
        raise NoticeError(problems)
    data = {
        "notice": notice,
        "version": version.id,
        "sha256": version.sha256,
        "withdrawn": format_utc(instant),
        "reason": dict(reason),
        **({"by": by} if by else {}),
    }
    return Cancellation(version, f"{version.path}/{WITHDRAWN}", write_seal(data))


def refuse_broken_versions(reading: Reading, notice: str) -> None:
    """Raises NoticeError where the versions of a notice, or the list of notices, cannot be read.

    Whatever else is wrong waits: to cancel what should not apply must not depend on a text that is being written.
    """
    here = (f"content/{notice}/versions", "content")
    broken = [
        p for p in errors_of(reading.problems) if p.source.path in here or p.source.path.startswith(f"{here[0]}/")
    ]
    if broken:
        raise NoticeError(broken)


def _find_obstacles(version: Version, instant: datetime, reason: Texts, library: Library) -> Iterator[Problem]:
    source = Source(f"{version.path}/version.yml")
    starts = sorted((effective_of(version, region).instant, region) for region in version.regions)
    if version.withdrawn:
        told = f"version {version.id} was withdrawn already, at {format_utc(version.withdrawn.instant)}"
        yield Problem("DV06", Source(f"{version.path}/{WITHDRAWN}"), told, "there is nothing left to withdraw")
    elif starts and starts[0][0] <= instant:
        begun = effective_of(version, starts[0][1])
        told = f"version {version.id} is in force since {begun.day} in {starts[0][1]} ({begun.zone})"
        yield Problem("DV06", source, told, "release a new version instead; what applied cannot be undone")
    yield from _find_reason_faults(source, reason, library)


def _find_reason_faults(source: Source, reason: Texts, library: Library) -> Iterator[Problem]:
    if library.settings.source_locale not in reason:
        told = f"the reason is missing in {library.settings.source_locale!r}, the source language"
        yield Problem("CN01", source, told, "give it with --reason")
    for locale in _list_unknown(reason, library.settings.locales):
        told = f"the reason is in {locale!r}, which is not a language of this site"
        yield Problem("TR06", source, told, f"use one of {', '.join(library.settings.locales)}")


def _list_unknown(reason: Texts, locales: tuple[str, ...]) -> list[str]:
    return [locale for locale in reason if locale not in locales]


def withdraw_version(site: Path, found: Cancellation) -> None:
    """Write a withdrawal whole or not at all. Raises OutsideError when the disk refuses."""
    _place_checked(site, found.version.notice, found.path, found.content)
    try:
        flush_folder((site / found.path).parent)
    except OSError as error:
        raise OutsideError(f"{found.path} is written, but may not outlive a power cut: {error}") from error


def _place_checked(site: Path, notice: str, path: str, content: bytes) -> None:
    def check(workshop: Path) -> None:
        if read_text(workshop, path).encode() != content:
            raise OutsideError(f"{path} does not read back as it was written; nothing was written, try again")

    place_file(site, notice, path, content, check)


# ---- one text


@dataclass(frozen=True, slots=True)
class Removal:
    """A removal ready to be written: the text that goes, and the file that says so (paths relative to the site)."""

    edition: Edition
    path: str
    content: bytes


def prepare_removal(
    reading: Reading, notice: str, name: str, text: str, as_of: AsOf, *, reason: Texts, by: str = ""
) -> Removal:
    """Lay out that the text of one edition (`region/locale`) of exactly this version or revision is taken away.

    Raises NoticeError with every reason against it, UsageError for what does not exist.
    """
    library = reading.library
    refuse_broken_versions(reading, notice)
    find_version(library, notice, name)
    version = next(version for version in library.versions[notice] if version.id == name)
    region, _, locale = text.partition("/")
    edition = version.editions.get((region, locale))
    if edition is None:
        known = ", ".join("/".join(key) for key in version.editions)
        raise UsageError(f"{notice} {name} has no text {text!r}; write one of {known}")
    problems = list(_find_reason_faults(Source(edition.path), reason, library))
    if (region, locale) in version.removals:
        problems.append(Problem("DV06", Source(edition.path), "the text was removed already", "nothing is left to do"))
    if problems:
        raise NoticeError(problems)
    data = {
        "notice": notice,
        "version": version.id,
        "region": region,
        "locale": locale,
        "sha256": edition.sha256,
        "removed": format_utc(find_instant(as_of, library.settings.zone)),
        "reason": dict(reason),
        **({"by": by} if by else {}),
    }
    return Removal(edition, edition.path.removesuffix(".md") + REMOVED, write_seal(data))


def remove_text(site: Path, found: Removal) -> None:
    """Write that a text was removed, then take it away. Raises OutsideError when the disk refuses.

    A crash in between leaves both, and every command then says which file is to be deleted.
    """
    _place_checked(site, found.edition.notice, found.path, found.content)
    path = site / found.edition.path
    try:
        path.unlink()
        flush_folder(path.parent)
    except OSError as error:
        told = f"{found.path} is written, but {found.edition.path} is still there: {error.strerror or error}"
        raise OutsideError(f"{told}; delete it") from error


def name_reasons(reasons: Mapping[str, str]) -> Texts:
    """Reasons by locale, without blanks around them. Raises UsageError for an empty one."""
    found = {locale: text.strip() for locale, text in reasons.items()}
    if not all(found.values()):
        raise UsageError("a reason says something; give it with --reason TEXT")
    return found
