"""The words of the house as values: frozen, without behaviour that needs a disk, a clock or a network.

Read top to bottom: the people who answer (entities, regions), what they say (notices, working texts), what was
said (versions, editions), and the library that holds it all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from noticepress.errors import Severity, Source
from noticepress.processing import Processing

ChangeClass = Literal["material", "minor", "editorial"]

Texts = Mapping[str, str]
"""Words by locale (BCP 47, with a hyphen)."""

AsOf = date | datetime
"""What "now" means for a run: an instant (aware datetime), or a calendar day as each region sees it in its own zone."""


# ---- who says it


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; `country` is an ISO 3166-1 code. What is unknown is empty."""

    street: str = ""
    locality: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """Where a company is registered, and under which number."""

    name: str = ""
    number: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Seal:
    """A certification: who gave it, who holds it, what it covers (by locale), and until when."""

    issuer: str
    holder: str = ""
    id: str = ""
    scope: Texts = field(default_factory=dict)
    verify_url: str = ""
    complaint_url: str = ""
    requirements_url: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true of an entity from a day on, until its next slice.

    `contacts` maps a role (`privacy`, `rights`, `post` …) to a mail address, a telephone number or a postal address.
    `representatives` maps a jurisdiction (`eu`, `uk`) to who represents the entity there.
    """

    entity: str
    since: date
    legal_name: str
    aliases: tuple[str, ...] = ()
    form: str = ""
    answers_for: tuple[str, ...] = ()
    jointly: bool = False
    address: Address | None = None
    register: Register | None = None
    zone: str = ""
    contacts: Mapping[str, str | Address] = field(default_factory=dict)
    seals: tuple[Seal, ...] = ()
    owner: str = ""
    succession: str = ""
    representatives: Mapping[str, str] = field(default_factory=dict)
    source: Source = field(default=Source(""), compare=False)


@dataclass(frozen=True, slots=True)
class Entity:
    """A legal person: its slices of facts in time, oldest first, each whole (nothing left to inherit)."""

    id: str
    slices: tuple[Facts, ...]
    source: Source = field(default=Source(""), compare=False)

    def facts_on(self, day: date) -> Facts | None:
        """The slice that holds on a day; None before the first one."""
        known = [facts for facts in self.slices if facts.since <= day]
        return known[-1] if known else None


@dataclass(frozen=True, slots=True)
class Region:
    """A set of territories that the same entities answer for.

    `rule` is what was written (`("001", "-US")`, or `("rest",)`); which territories that makes on a day, the module
    `territories` says. `succeeds` names the regions whose history this one continues. `lead_days` holds only what
    differs from the site's.
    """

    id: str
    names: Texts
    rule: tuple[str, ...]
    required_locales: tuple[str, ...] = ()
    succeeds: tuple[str, ...] = ()
    lead_days: Mapping[str, int] = field(default_factory=dict)
    source: Source = field(default=Source(""), compare=False)


# ---- what is said


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


# ---- what was said


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


# ---- all of it


@dataclass(frozen=True, slots=True)
class Settings:
    """`mkdocs.yml`, as far as Noticepress reads it. `site_url` ends with a slash, or is empty.

    `packs` are the rule packs that notices are checked with, None where none are chosen. `severities` are what the
    site's people made of findings, by check. `synonyms` are sets of terms that mean the same, by locale: the first of
    each is the one to use.
    """

    organisation: str
    source_locale: str
    locales: tuple[str, ...]
    zone: str
    lead_days: Mapping[str, int]
    site_name: str = ""
    site_url: str = ""
    packs: tuple[str, ...] | None = None
    severities: Mapping[str, Severity | Literal["off"]] = field(default_factory=dict)
    synonyms: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    source: Source = field(default=Source("mkdocs.yml"), compare=False)
    places: Mapping[str, Source] = field(default_factory=dict, compare=False)

    def find_place(self, key: str) -> Source:
        """Where one of Noticepress's settings stands (`severities.FE04` too); their block where it is absent."""
        return self.places.get(key, self.source)


@dataclass(frozen=True, slots=True)
class Library:
    """Everything a site is made of, read and checked for form. Orders are fixed, so that what follows is too.

    `texts` is keyed by (notice, locale), `pins` by (notice, locale) and then by section. `versions` holds each notice's
    sealed versions, oldest first.
    """

    settings: Settings
    entities: Mapping[str, Entity]
    regions: Mapping[str, Region]
    notices: Mapping[str, Notice]
    texts: Mapping[tuple[str, str], WorkingText]
    next_versions: Mapping[str, NextVersion]
    versions: Mapping[str, tuple[Version, ...]]
    processing: Mapping[str, Processing] = field(default_factory=dict)
    corrections: Mapping[str, Correction] = field(default_factory=dict)
    pins: Mapping[tuple[str, str], Mapping[str, Pin]] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
