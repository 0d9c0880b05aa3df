"""What was said: sealed versions and their editions, and when they apply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from noticepress.model.notices import ChangeRecord, Commitment, Erratum, Origin
from noticepress.model.people import Facts, Texts
from noticepress.processing import Processing

AsOf = date | datetime
"""What "now" means for a run: an instant (aware datetime), or a calendar day as each region sees it in its own zone."""


@dataclass(frozen=True, slots=True)
class Effective:
    """The first instant at which a version applies in a region.

    `zone` is the answering entity's; where no entity states one it is the site's, and `assumed` says so.
    """

    day: date
    zone: str
    instant: datetime
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class SealedRegion:
    """A region as it was when a version was sealed: its territories and who answered."""

    id: str
    names: Texts
    territories: tuple[str, ...]
    entities: tuple[Facts, ...]
    succeeds: tuple[str, ...] = ()
    effective: Effective | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That an announced version was cancelled before it applied: when, why, and who decided."""

    instant: datetime
    reason: Texts
    by: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """What a visitor reads: one version for one region in one locale. CommonMark, no placeholders left.

    `sha256` is that of the text in UTF-8, in hexadecimal. `path` is the sealed file, relative to the site; empty for a
    draft.
    """

    notice: str
    version: str
    region: str
    locale: str
    text: str
    sha256: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One release of a notice, for all its regions: `2012-03-09`, or its revision `2012-03-09.1`.

    `regions` and `editions` are as sealed; `editions` is keyed by (region, locale). `sha256` is the hash of
    `version.yml`, `previous` that of the version before (empty for the first). A draft has `sealed=False` and
    no hashes. `removals` are the editions whose text had to be taken away; what stands in its place says so.
    """

    notice: str
    id: str
    day: date
    titles: Texts
    audiences: Texts
    record: ChangeRecord
    regions: Mapping[str, SealedRegion]
    editions: Mapping[tuple[str, str], Edition]
    announced: datetime | None = None
    origin: Origin | None = None
    authoritative: Mapping[str, str] = field(default_factory=dict)
    commitments: tuple[Commitment, ...] = ()
    supplements: str = ""
    sha256: str = ""
    previous: str = ""
    facts_sha256: str = ""
    processing: Processing | None = None
    errata: tuple[Erratum, ...] = ()
    withdrawn: Withdrawal | None = None
    removals: Mapping[tuple[str, str], Withdrawal] = field(default_factory=dict)
    sealed: bool = True
    path: str = ""

    @property
    def locales(self) -> tuple[str, ...]:
        """Every locale that some region has an edition in."""
        return tuple(dict.fromkeys(locale for _, locale in self.editions))
