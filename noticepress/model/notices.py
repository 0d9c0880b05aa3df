"""What is said: notices, their working texts, and the paperwork of what is being prepared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from noticepress.errors import Source
from noticepress.model.people import Texts

ChangeClass = Literal["material", "minor", "editorial"]


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise the text makes about changes: for which class, over which channels, and when."""

    id: str
    covers: str = ""
    channels: tuple[str, ...] = ()
    all_channels: bool = False
    timing: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What one audience is told: a family of versions. `regions` is empty where every region is meant.

    `packs` are the rule packs that it is checked with, None where the site's are; `reviewed` is the day of the last
    review, where one is recorded.
    """

    id: str
    titles: Texts
    audiences: Texts = field(default_factory=dict)
    supplements: str = ""
    regions: tuple[str, ...] = ()
    authoritative: Mapping[str, str] = field(default_factory=dict)
    commitments: tuple[Commitment, ...] = ()
    packs: tuple[str, ...] | None = None
    reviewed: date | None = None
    source: Source = field(default=Source(""), compare=False)
    places: Mapping[str, Source] = field(default_factory=dict, compare=False)

    def find_place(self, key: str) -> Source:
        """Where a key of `notice.yml` stands; the file where it is absent."""
        return self.places.get(key, self.source)


@dataclass(frozen=True, slots=True)
class WorkingText:
    """The text being worked on in one locale: Markdown with placeholders."""

    notice: str
    locale: str
    text: str
    path: str


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """Why and how a version differs from the one before, by locale where people read it.

    `channels` is how the change is announced, apart from the site itself. `consent` and `parents` name how consent is
    asked again, and how parents are told; `certifier` is the evidence of a certifier's approval. `confirmed` says in
    a line why a change to protected words is editorial all the same.
    """

    change_class: ChangeClass
    summary: Texts = field(default_factory=dict)
    impact: Texts = field(default_factory=dict)
    options: Texts = field(default_factory=dict)
    reason: str = ""
    applies_to: str = ""
    approved_by: str = ""
    channels: tuple[str, ...] = ()
    consent: str = ""
    parents: str = ""
    certifier: str = ""
    confirmed: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a version taken over from an archive was found; such a version predates the manifest."""

    url: str = ""
    archived: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class NextVersion:
    """The version being prepared: `next.yml`. `announced` is None where it is not known.

    `places` says where each of its keys stands.
    """

    notice: str
    effective: date
    record: ChangeRecord
    announced: datetime | date | None = None
    origin: Origin | None = None
    source: Source = field(default=Source(""), compare=False)
    places: Mapping[str, Source] = field(default_factory=dict, compare=False)

    def find_place(self, key: str) -> Source:
        """Where a key stands; the file where it is absent."""
        return self.places.get(key, self.source)


@dataclass(frozen=True, slots=True)
class Erratum:
    """Words that were wrong, and the right ones; an empty `region` or `locale` means all. `note` says more."""

    old: str
    new: str
    region: str = ""
    locale: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """The revision of a published version that is being prepared: `correction.yml`.

    `errata` is empty where the working texts hold the right words already. `adds` are the locales that are published
    late.
    """

    notice: str
    record: ChangeRecord
    errata: tuple[Erratum, ...] = ()
    adds: tuple[str, ...] = ()
    announced: datetime | date | None = None
    source: Source = field(default=Source(""), compare=False)
    places: Mapping[str, Source] = field(default_factory=dict, compare=False)

    def find_place(self, key: str) -> Source:
        """Where a key stands; the file where it is absent."""
        return self.places.get(key, self.source)


PinState = Literal["machine", "reviewed"]


@dataclass(frozen=True, slots=True)
class Pin:
    """Which source section a translated section translates: the sha256 of its Markdown, and who has looked at it."""

    source_sha256: str
    state: PinState = "reviewed"
    by: str = ""
    line: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Waiver:
    """A recorded decision to let a finding pass: which check, where, why, who decided, and the last day it holds.

    `scope` is a path or a pattern of paths, such as `content/website/*.md`, with `#section` where only one is meant.
    """

    check: str
    scope: str
    reason: str
    by: str
    until: date
    source: Source = field(default=Source(""), compare=False)
