"""Whether a text that somebody saved is one that was published: which edition it is, and when that applied."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Literal

from pydantic import ValidationError

from noticepress.errors import UsageError
from noticepress.history import order_of, trace_notice
from noticepress.manifest import build_manifest, build_notices, text_path
from noticepress.model import AsOf, Library
from noticepress.schemas import ManifestOutput, NoticesOutput

Result = Literal["exact", "resaved", "unknown", "page", "pdf", "unreadable"]
"""What a file is: byte for byte what was published; the same words saved otherwise; other words; no plain text."""

Resaved = Literal["byte-order-mark", "encoding", "line-ends", "last-line-end"]
"""What a mail program or an editor changed without changing a word."""

ReadFile = Callable[[str], bytes | None]
"""Gives a file of a site by its path, None where there is none."""

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8", ("byte-order-mark",)),
    (b"\xff\xfe", "utf-16-le", ("byte-order-mark", "encoding")),
    (b"\xfe\xff", "utf-16-be", ("byte-order-mark", "encoding")),
)
_CANDIDATES = 5
"""How many texts that share the most lines with a copy are compared with it in order."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A published edition and when it applied; `until` is None where no successor is public.

    `chain` is the hash of its version's file. `removed` is when the text had to be taken away.
    """

    notice: str
    version: str
    region: str
    locale: str
    state: str
    zone: str
    since: datetime
    until: datetime | None
    page: str
    text: str
    sha256: str
    chain: str
    removed: datetime | None

    @property
    def has_applied(self) -> bool:
        """Whether it ever applied, or will."""
        return self.state != "withdrawn" and (self.until is None or self.until > self.since)


@dataclass(frozen=True, slots=True)
class Copy:
    """What became of a saved file. `editions` have its words; where none has, `nearest` is the one most like it."""

    file: str
    sha256: str
    result: Result
    resaved: tuple[Resaved, ...] = ()
    editions: tuple[Kept, ...] = ()
    nearest: Kept | None = None
    differing_lines: int = 0

    @property
    def is_right(self) -> bool:
        """Whether its words are those of a published edition."""
        return bool(self.editions)


# ---- what was published


def list_sealed(library: Library, as_of: AsOf) -> tuple[tuple[Kept, ...], ReadFile]:
    """The published editions of a site's sources, and their texts."""
    lines = {name: trace_notice(name, versions, as_of) for name, versions in library.versions.items()}
    manifest = build_manifest(lines, library.versions, library.settings)
    notices = build_notices(lines, library, as_of)
    texts = {
        text_path(edition): edition.text.encode()
        for versions in library.versions.values()
        for version in versions
        for edition in version.editions.values()
    }
    kept = _join(ManifestOutput.model_validate(manifest), NoticesOutput.model_validate(notices))
    return tuple(kept), texts.get


def list_published(read: ReadFile, where: str) -> tuple[Kept, ...]:
    """The editions that a built or deployed site says it publishes. Raises UsageError where it is no such site."""
    try:
        manifest = ManifestOutput.model_validate_json(read("manifest.json") or b"")
        notices = NoticesOutput.model_validate_json(read("notices.json") or b"")
    except ValidationError:
        raise UsageError(f"{where} is no published site: manifest.json or notices.json is missing or wrong") from None
    return tuple(_join(manifest, notices))


def _join(manifest: ManifestOutput, notices: NoticesOutput) -> Iterator[Kept]:
    """Hashes are the manifest's, dates those of the index of notices."""
    told = {
        (notice.notice, version.version, version.region): version
        for notice in notices.notices
        for line in notice.lines
        for version in line.versions
    }
    chain = {(version.notice, version.version): version.sha256 for version in manifest.versions}
    for edition in manifest.editions:
        version = told.get((edition.notice, edition.version, edition.region))
        if version is None:
            continue
        is_revision = bool(order_of(version.version)[1])
        late = is_revision and version.announced and version.announced > version.effective
        yield Kept(
            edition.notice,
            edition.version,
            edition.region,
            edition.locale,
            version.state,
            version.zone,
            version.announced if late and version.announced else version.effective,
            version.superseded,
            edition.page,
            edition.text,
            edition.sha256,
            chain.get((edition.notice, edition.version), ""),
            edition.removed,
        )


# ---- what somebody saved


def examine_copy(file: str, raw: bytes, kept: Sequence[Kept], read: ReadFile) -> Copy:
    """Find a file among what was published. `read` gives published texts, and is asked only where none has its hash."""
    digest = hashlib.sha256(raw).hexdigest()
    if found := _find(digest, kept):
        return Copy(file, digest, "exact", editions=found)
    if other := _name_other(raw):
        return Copy(file, digest, other)
    for words, marks in _read_otherwise(raw):
        if found := _find(hashlib.sha256(words.encode()).hexdigest(), kept):
            return Copy(file, digest, "resaved", marks, found)
    readable = next((words for words, _ in _read_otherwise(raw)), None)
    if readable is None:
        return Copy(file, digest, "unreadable")
    nearest, differing = _find_nearest(readable, kept, read)
    return Copy(file, digest, "unknown", nearest=nearest, differing_lines=differing)


def _find(digest: str, kept: Sequence[Kept]) -> tuple[Kept, ...]:
    return tuple(edition for edition in kept if edition.sha256 == digest)


def _name_other(raw: bytes) -> Result | None:
    """What is saved in place of a text: a page of the site, a PDF."""
    opening = raw[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if opening.startswith(b"%pdf-"):
        return "pdf"
    return "page" if opening.startswith((b"<!doctype html", b"<html")) or b"<html" in opening else None


def _read_otherwise(raw: bytes) -> Iterator[tuple[str, tuple[Resaved, ...]]]:
    """The words of a file in each way it may be read, and how it then differs from one in UTF-8 with line feeds."""
    for mark, encoding, marks in _MARKS:
        if raw.startswith(mark):
            decoded = _decode(raw[len(mark) :], encoding)
            yield from _mend_ends(decoded, marks) if decoded is not None else ()  # type: ignore[arg-type]
            return
    decoded = _decode(raw, "utf-8")
    if decoded is not None:
        yield from _mend_ends(decoded, ())
    elif (decoded := _decode(raw, "cp1252")) is not None and "\0" not in decoded:
        yield from _mend_ends(decoded, ("encoding",))


def _decode(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _mend_ends(text: str, marks: tuple[Resaved, ...]) -> Iterator[tuple[str, tuple[Resaved, ...]]]:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if plain != text:
        marks = (*marks, "line-ends")
    yield plain, marks
    yield plain.rstrip("\n") + "\n", (*marks, "last-line-end")


def _find_nearest(text: str, kept: Sequence[Kept], read: ReadFile) -> tuple[Kept | None, int]:
    """The edition that needs the fewest lines changed, the newest of equals; none where no line of words is shared."""
    lines = text.splitlines()
    counted = Counter(line for line in lines if line.strip())
    shared: dict[str, tuple[int, Kept, list[str]]] = {}
    for edition in kept:
        raw = None if edition.removed else read(edition.text)
        if raw is None or hashlib.sha256(raw).hexdigest() != edition.sha256:
            continue
        theirs = raw.decode().splitlines()
        common = (counted & Counter(line for line in theirs if line.strip())).total()
        if common:
            shared[edition.sha256] = (common, edition, theirs)  # of equal texts the newest stays
    ranked = sorted(shared.values(), key=lambda one: (-one[0], abs(len(one[2]) - len(lines))))[:_CANDIDATES]
    judged = [(_count_differing(lines, theirs), edition) for _, edition, theirs in ranked]
    if not judged:
        return None, 0
    differing, nearest = min(judged, key=lambda one: one[0])
    return nearest, differing


def _count_differing(older: list[str], newer: list[str]) -> int:
    """How many lines are changed, added or missing."""
    matched = SequenceMatcher(None, older, newer, autojunk=False).get_opcodes()
    return sum(max(b - a, d - c) for kind, a, b, c, d in matched if kind != "equal")
