"""The shape of everything Noticepress prints or publishes as JSON, from which the JSON Schemas under /schemas/ come.

Each model is a promise to other programs: these keys are always there. Further keys may join later, except in what
`check` prints, which is fixed. The shapes of the files that people write are in `documents`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, WithJsonSchema

from noticepress.model import ChangeClass

DRAFT = "https://json-schema.org/draft/2020-12/schema"

# The pattern says what `format` may leave unsaid: many validators do not look at it.
_INSTANT = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$"
Instant = Annotated[AwareDatetime, WithJsonSchema({"type": "string", "format": "date-time", "pattern": _INSTANT})]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
VersionId = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}(\.\d+)?$")]
SitePath = Annotated[str, Field(description="relative to the root of the site, without a leading slash")]
Url = Annotated[str, Field(description="absolute where the site's own address is known")]
SchemaLink = Annotated[str | None, Field(alias="$schema")]
EntryKind = Literal["version", "correction", "translation-added", "withdrawn"]
State = Literal["draft", "adopted", "announced", "in-force", "superseded", "corrected", "retired", "withdrawn"]


class _Output(BaseModel):
    """An object with at least these keys; a trailing underscore only keeps Python's own words apart."""

    model_config = ConfigDict(frozen=True, alias_generator=lambda name: name.rstrip("_"))


# ---- what commands print


class ProblemOutput(_Output):
    """One finding and its place."""

    model_config = ConfigDict(extra="forbid")

    id: str
    severity: Literal["error", "warning", "info"]
    path: str
    line: Annotated[int, Field(ge=1)]
    column: Annotated[int, Field(ge=1)]
    message: str
    hint: str
    jurisdiction: str


class CheckOutput(_Output):
    """What `check --format json` prints: every finding, and nothing else."""

    model_config = ConfigDict(extra="forbid")

    problems: list[ProblemOutput]


class ShowOutput(_Output):
    """What `show --format json` prints: the words that applied there and then, and why.

    `entities` are legal names; `why` leads from the territory over its groups to the region. `locale` is that of the
    words, `asked_locale` the one asked for: they differ where nobody translated the version.
    """

    notice: str
    version: str
    state: State
    region: str
    entities: list[str]
    locale: str
    sha256: Sha256
    effective: date
    text: str
    entity_ids: list[str]
    asked_locale: str
    instant: Instant
    zone: str
    zone_assumed: bool
    until: date | None
    announced: Instant | None
    territory: str
    why: list[str]
    path: Annotated[str, Field(description="the sealed file, relative to the site's sources")]


class DiffOutput(_Output):
    """What `diff --format json` prints: operations on the visible text, the redline as HTML, and the changes.

    An operation is `=` equal, `-` deleted, `+` inserted, `<` moved from here, `>` moved to here, or `m-` a word deleted
    inside moved text.
    """

    kind: Literal["rendered"]
    ops: list[tuple[Literal["=", "-", "+", "<", ">", "m-"], str]]
    html: str
    changes: list[dict[str, Any]]


class TransitionOutput(_Output):
    """An instant at which the site must be built again, and why.

    For `facts` it is an entity's next slice: `entity` is set, and `notice`, `version` and `region` are empty.
    """

    instant: Instant
    kind: Literal["announced", "effective", "recent-ends", "withdrawn", "facts"]
    notice: str
    version: str
    region: str
    entity: str
    zone: str


class TransitionsOutput(_Output):
    """What `transitions --format json` prints, in order of time."""

    transitions: list[TransitionOutput]


class VersionStatus(_Output):
    """A version in a region: where it stands, and in which languages it can be read."""

    version: str
    region: str
    state: State
    class_: ChangeClass
    effective: date
    instant: Instant
    zone: str
    until: date | None
    announced: Instant | None
    locales: list[str]
    missing: list[str]


class ReasonOutput(_Output):
    """Why a class is called for; `token` where only a protected token was touched. `section` may be empty."""

    class_: ChangeClass
    section: str
    text: str
    token: bool


class SectionOutput(_Output):
    """A section that changes; the empty id is that of what stands before the first heading."""

    section: str
    title: str
    kinds: list[Literal["added", "removed", "renamed", "moved", "modified"]]


class EditionImpactOutput(_Output):
    """What becomes of one edition. An edition that does not change gets no feed entry and no mail.

    `replaces` and `minimum` are null where there are no words to replace.
    """

    region: str
    locale: str
    replaces: VersionId | None
    changed: bool
    minimum: ChangeClass | None
    reasons: list[ReasonOutput]
    sections: list[SectionOutput]


class TranslationImpact(_Output):
    """A section of a translation that does not say what its source says."""

    locale: str
    section: str
    state: Literal["stale", "missing", "machine"]


class MailImpact(_Output):
    """How many mailing lists would be mailed, and as which class; nothing is mailed before the announcement is set."""

    class_: ChangeClass
    announced: bool
    subscriber_lists: Annotated[int, Field(ge=0)]
    account_lists: Annotated[int, Field(ge=0)]


class LeadOutput(_Output):
    """The lead time of one region, and the first day on which the version may apply there."""

    region: str
    policy_days: Annotated[int, Field(ge=0)]
    announced: date | None
    counted_from: date
    earliest: date
    reasons: list[str]


class ImpactOutput(_Output):
    """What `diff NOTICE --impact --format json` prints: what the working text does once it is released.

    `version` is `draft` and `declared` null while there is no `next.yml`. `minimum` is the strictest of all editions',
    and `too_low` tells that less is declared. `earliest` is the first effective date that is allowed in every region.
    """

    notice: str
    version: str
    effective: date | None
    declared: ChangeClass | None
    minimum: ChangeClass
    too_low: bool
    editions: list[EditionImpactOutput]
    translations: list[TranslationImpact]
    feeds: list[SitePath]
    mail: MailImpact
    leads: list[LeadOutput]
    earliest: date | None


class DraftStatus(_Output):
    """A working text that says something new; `prepared` when `next.yml` says what it will become."""

    notice: str
    version: str
    class_: ChangeClass | None
    prepared: bool
    effective: date | None
    announced: Instant | None
    locales: list[str]
    missing: list[str]
    impact: ImpactOutput | None


class NoticeStatus(_Output):
    """The versions of a notice."""

    notice: str
    versions: list[VersionStatus]


class StatusOutput(_Output):
    """What `status --format json` prints."""

    notices: list[NoticeStatus]
    drafts: list[DraftStatus]
    transitions: list[TransitionOutput]


class TranslationStatus(_Output):
    """How one translation stands to its source; `outdated` names the sections that are not current."""

    notice: str
    locale: str
    required: bool
    sections: int
    current: int
    stale: int
    missing: int
    machine: int
    added: int
    outdated: list[str]


class TranslationsOutput(_Output):
    """What `translations status --format json` prints."""

    translations: list[TranslationStatus]


class _SealedOutput(_Output):
    """What was sealed, or would be: for a dry run `written` is false, and `contents` holds each file by its path."""

    notice: str
    version: VersionId
    written: bool
    files: list[str]
    contents: dict[str, str]


class ReleaseOutput(_SealedOutput):
    """What `release --format json` prints: the files of the version, its least class, and the earliest dates.

    `minimum` is null where no version is replaced.
    """

    minimum: ChangeClass | None
    reasons: list[str]
    leads: list[LeadOutput]


class ErratumOutput(_Output):
    """Words that were wrong, and the right ones; null means every region, or every locale."""

    old: str
    new: str
    region: str | None
    locale: str | None


class CorrectOutput(_SealedOutput):
    """What `correct --format json` prints: the revision, what it corrects, and what to think of next."""

    corrects: VersionId
    class_: ChangeClass
    minimum: ChangeClass
    reasons: list[str]
    errata: list[ErratumOutput]
    hints: list[str]


class WithdrawOutput(_SealedOutput):
    """What `withdraw --format json` prints: the file that says so."""


class VerifyOutput(_Output):
    """What `verify --format json` prints: how much was compared, and what differs.

    `root` is the root hash that the built or deployed site states; null where none was asked about.
    """

    versions: Annotated[int, Field(ge=0)]
    editions: Annotated[int, Field(ge=0)]
    root: Sha256 | None
    problems: list[ProblemOutput]


# ---- what the site publishes


class ManifestVersion(_Output):
    """A public version's link in the chain: its `version.yml`, the one before (null for the first), its facts.

    `withdrawn` is there only where it was cancelled before it applied.
    """

    notice: str
    version: VersionId
    sha256: Sha256
    previous: Sha256 | None
    facts: Sha256
    withdrawn: Instant | None = None


class ManifestEdition(_Output):
    """A published edition: where its page and its sealed text stand, and the text's hash.

    `removed` is there only where the text had to be taken away; the hash is still that of what was published.
    """

    notice: str
    version: VersionId
    region: str
    locale: str
    page: SitePath
    text: SitePath
    sha256: Sha256
    removed: Instant | None = None


class ManifestOutput(_Output):
    """/manifest.json: every published edition's hash, and the chain.

    `root` is the SHA-256 of `{"editions": …, "versions": …}` written as JSON in UTF-8 with sorted keys and no spaces.
    """

    schema_: SchemaLink = None
    format: Literal[1]
    root: Sha256
    versions: list[ManifestVersion]
    editions: list[ManifestEdition]


class FeedAddresses(_Output):
    """Where changes can be followed."""

    atom: Url
    json_: Url


class NoticesEdition(_Output):
    """A published edition; `changed` is false where it says what its predecessor said."""

    url: Url
    text: Url
    sha256: Sha256
    changed: bool


class NoticesVersion(_Output):
    """A version in one region. `effective` is its first instant there, `date` the calendar day in `zone`.

    `zone_assumed` says that no entity states a zone, so the site's is used. `superseded` is the first instant at which
    it no longer applies, null where no successor is public; `withdrawn` that at which it was cancelled.
    """

    version: VersionId
    region: str
    state: State
    class_: ChangeClass
    date: date
    zone: str
    zone_assumed: bool
    effective: Instant
    announced: Instant | None
    superseded: Instant | None
    withdrawn: Instant | None = None
    entities: list[str]
    editions: dict[str, NoticesEdition]


class NoticesLine(_Output):
    """A notice in one region through time, oldest version first; addresses and feeds are by locale."""

    region: str
    names: dict[str, str]
    in_force: VersionId | None
    urls: dict[str, Url]
    feeds: dict[str, FeedAddresses]
    versions: list[NoticesVersion]


class NoticesNotice(_Output):
    """A notice and its lines."""

    notice: str
    titles: dict[str, str]
    audiences: dict[str, str]
    supplements: str | None
    lines: list[NoticesLine]


class NoticesEntity(_Output):
    """An entity as it is now."""

    entity: str
    legal_name: str
    aliases: list[str]
    answers_for: list[str]
    urls: dict[str, Url]


class NoticesRegion(_Output):
    """A region as it is now: its territories (a country stands for all of its subdivisions), and who answers."""

    region: str
    names: dict[str, str]
    territories: list[str]
    entities: list[str]


class NoticesOutput(_Output):
    """/notices.json: notices, entities, regions, territories, versions, dates, addresses, hashes."""

    schema_: SchemaLink = None
    format: Literal[1]
    organisation: str
    locales: list[str]
    feeds: FeedAddresses
    notices: list[NoticesNotice]
    entities: list[NoticesEntity]
    regions: list[NoticesRegion]


class FeedChange(_Output):
    """What a program needs to know of a change. `announced` is null where it is not known, then nothing is mailed.

    `effective` carries the offset of its zone, so its date part is the effective date; `compare` is null where there is
    nothing to compare with. `summary` is in `summary_locale`, which is the item's unless nobody translated it.
    `kind` is absent for a version, `correction` for a revision with other words, `translation-added` for one that adds
    a language, `withdrawn` for a version that was cancelled: then `announced` is that moment, and `summary` the reason.
    """

    notice: str
    version: VersionId
    region: str
    locale: str
    class_: ChangeClass
    announced: Instant | None
    effective: Instant
    effective_date: date
    summary: str
    summary_locale: str
    compare: Url | None
    sha256: Sha256
    kind: EntryKind = "version"


class FeedAuthor(_Output):
    """Who publishes."""

    name: str


class FeedItem(_Output):
    """An edition that changed. `date_published` is the announcement, and absent where that is unknown."""

    id: Annotated[str, Field(pattern=r"^tag:")]
    url: Url
    title: str
    content_html: str
    summary: str | None = None
    date_published: Instant | None = None
    date_modified: Instant
    language: str
    tags: list[str]
    noticepress: Annotated[FeedChange, Field(alias="_noticepress")]


class FeedOutput(_Output):
    """changes.json: JSON Feed 1.1 (jsonfeed.org), and what Noticepress adds to each item."""

    version: Literal["https://jsonfeed.org/version/1.1"]
    title: str
    home_page_url: Url | None = None
    feed_url: Url | None = None
    next_url: Url | None = None
    language: str
    authors: list[FeedAuthor]
    items: list[FeedItem]


_OUTPUTS: dict[str, type[_Output]] = {
    "check.json": CheckOutput,
    "diff.json": DiffOutput,
    "feed.json": FeedOutput,
    "impact.json": ImpactOutput,
    "manifest.json": ManifestOutput,
    "notices.json": NoticesOutput,
    "release.json": ReleaseOutput,
    "correct.json": CorrectOutput,
    "withdraw.json": WithdrawOutput,
    "show.json": ShowOutput,
    "status.json": StatusOutput,
    "transitions.json": TransitionsOutput,
    "translations-status.json": TranslationsOutput,
    "verify.json": VerifyOutput,
}


def output_schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema (2020-12) of every JSON output, by the file name it has under /schemas/."""
    return {name: {"$schema": DRAFT, **model.model_json_schema()} for name, model in _OUTPUTS.items()}
