"""What the commands print with `--format json`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from noticepress.blocks import BlockKind, MarkKind
from noticepress.changes import ChangeKind
from noticepress.history import State, TransitionKind
from noticepress.model import ChangeClass
from noticepress.protected import ProtectedKind
from noticepress.schemas.parts import Instant, Output, Sha256, SitePath, VersionId

Count = Annotated[int, Field(ge=0)]


class ProblemOutput(Output):
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


class CheckOutput(Output):
    """What `check --format json` prints: every finding, and nothing else."""

    model_config = ConfigDict(extra="forbid")

    problems: list[ProblemOutput]


class ShowOutput(Output):
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


class TokenOutput(Output):
    """A protected token: a number, an address, a name, a word that carries a promise."""

    kind: ProtectedKind
    text: str


class ChangeOutput(Output):
    """One thing that happened to one section; its words count in one of the counts only.

    `section` is the id in the new text, in the old one where it was removed, and empty for what stands before the first
    heading. In scripts without spaces every character counts as a word; `characters` are those among all that is
    counted. `moved_from` and `moved_to` name other sections: by an id in the old text, and by one in the new.
    """

    id: Annotated[str, Field(description="the same for the same pair of texts, whatever else changes in them")]
    kind: ChangeKind
    section: str
    title: str
    old_title: str
    level: Count
    old_level: Count
    words_added: Count
    words_removed: Count
    words_moved_in: Annotated[Count, Field(description="words that stood elsewhere, in this section or another")]
    words_moved_out: Annotated[Count, Field(description="words that stand elsewhere now")]
    words_restyled: Annotated[Count, Field(description="words that stayed with another link or emphasis")]
    characters: Count
    marks: Annotated[list[MarkKind], Field(description="what changed about restyled words")]
    blocks: Annotated[Count, Field(description="paragraphs, items and cells that came or went whole")]
    blocks_added: list[BlockKind]
    blocks_removed: list[BlockKind]
    blocks_reformed: Annotated[list[BlockKind], Field(description="another column, a list that is numbered now")]
    splits: Annotated[Count, Field(description="paragraphs cut in two")]
    merges: Annotated[Count, Field(description="paragraphs joined")]
    moved_from: list[str]
    moved_to: list[str]
    tokens: list[TokenOutput]
    tokens_added: list[TokenOutput]
    tokens_removed: list[TokenOutput]


class DiffOutput(Output):
    """What `diff --format json` prints: operations on the visible text, the redline as HTML, and the changes.

    An operation is `=` equal, `-` deleted, `+` inserted, `<` moved from here, `>` moved to here, or `m-` a word deleted
    inside moved text.
    """

    kind: Literal["rendered"]
    ops: list[tuple[Literal["=", "-", "+", "<", ">", "m-"], str]]
    html: str
    changes: list[ChangeOutput]


class ParallelSide(Output):
    """One of two languages: what it is called, and its tag."""

    name: str
    locale: str


class ParallelText(Output):
    """A section in one language; `paragraphs` are its words, one text for each paragraph, item and row."""

    title: str
    paragraphs: list[str]


class ParallelSection(Output):
    """A section in both languages; null where a text has none."""

    id: str
    old: ParallelText | None
    new: ParallelText | None


class ParallelOutput(Output):
    """What `diff NOTICE --against-locale L2 --format json` prints: two languages side by side, section by section."""

    kind: Literal["parallel"]
    title: str
    old: ParallelSide
    new: ParallelSide
    sections: list[ParallelSection]


class TransitionOutput(Output):
    """An instant at which the site must be built again, and why.

    For `facts` it is an entity's next slice: `entity` is set, and `notice`, `version` and `region` are empty.
    """

    instant: Instant
    kind: TransitionKind
    notice: str
    version: str
    region: str
    entity: str
    zone: str


class TransitionsOutput(Output):
    """What `transitions --format json` prints, in order of time."""

    transitions: list[TransitionOutput]


class VersionStatus(Output):
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


class ReasonOutput(Output):
    """Why a class is called for; `token` where only a protected token was touched. `section` may be empty."""

    class_: ChangeClass
    section: str
    text: str
    token: bool


class SectionOutput(Output):
    """A section that changes; the empty id is that of what stands before the first heading.

    Where `kinds` is `language`, it is shown in another language than before, which `language` names.
    """

    section: str
    title: str
    kinds: list[ChangeKind | Literal["language"]]
    language: str | None


class EditionImpactOutput(Output):
    """What becomes of one edition. An edition that does not change gets no feed entry and no mail.

    One that is `redated` differs in nothing but the date that it tells of itself: it gets a feed entry, and no mail.
    `replaces` and `minimum` are null where there are no words to replace.
    """

    region: str
    locale: str
    replaces: VersionId | None
    changed: bool
    redated: bool
    minimum: ChangeClass | None
    reasons: list[ReasonOutput]
    sections: list[SectionOutput]


class TranslationImpact(Output):
    """A section of a translation that does not say what its source says."""

    locale: str
    section: str
    state: Literal["stale", "missing", "machine"]


class MailImpact(Output):
    """How many mailing lists would be mailed, and as which class; nothing is mailed before the announcement is set."""

    class_: ChangeClass
    announced: bool
    subscriber_lists: Annotated[int, Field(ge=0)]
    account_lists: Annotated[int, Field(ge=0)]


class LeadOutput(Output):
    """The lead time of one region, and the first day on which the version may apply there."""

    region: str
    policy_days: Annotated[int, Field(ge=0)]
    announced: date | None
    counted_from: date
    earliest: date
    reasons: list[str]


class ImpactOutput(Output):
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


class DraftStatus(Output):
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


class NoticeStatus(Output):
    """The versions of a notice."""

    notice: str
    versions: list[VersionStatus]


class TranslationStatus(Output):
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


class StatusOutput(Output):
    """What `status --format json` prints."""

    notices: list[NoticeStatus]
    drafts: list[DraftStatus]
    transitions: list[TransitionOutput]
    translations: list[TranslationStatus]


class TranslationsOutput(Output):
    """What `translations status --format json` prints."""

    translations: list[TranslationStatus]


class _SealedOutput(Output):
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


class ErratumOutput(Output):
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


class VerifyOutput(Output):
    """What `verify --format json` prints: how much was compared, and what differs.

    `root` is the root hash that the built or deployed site states; null where none was asked about.
    """

    versions: Annotated[int, Field(ge=0)]
    editions: Annotated[int, Field(ge=0)]
    root: Sha256 | None
    problems: list[ProblemOutput]
