"""The shapes of the files beside a text: the record of processing, corrections, translations and waivers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from noticepress.documents.parts import AppliesTo, ClassName, Document, key, maybe
from noticepress.processing import Basis, DataSource, Feature, RecipientRole
from noticepress.values import Country, Day, Flag, Id, LocaleTag, LocalizedProse, Moment, Prose, Sha256, Word

# ---- processing.yml


class DataDocument(Document):
    """A category of personal data."""

    id: Id = key("A name of your own for it.")
    source: DataSource = Field("subject", description="Where it comes from.")
    special: Flag = Field(default=False, description="Whether it is special data, such as health.")


class PurposeDocument(Document):
    """Why data is used, and what allows it."""

    id: Id = key("A name of your own for it.")
    data: list[Id] = Field([], description="The categories of data it needs.")
    basis: Basis | None = maybe("The legal basis.")
    interest: Word | None = maybe("The legitimate interest, where that is the basis.")
    condition: Word | None = maybe("What allows the use of special data.")
    withdrawal: Word | None = maybe("The section that says how consent is withdrawn.")
    retention: Word | None = maybe("How long data is kept for it: a time or a criterion.")
    section: Word | None = maybe("The section that tells of it.")
    automated: Flag = Field(default=False, description="Whether decisions are made without a person.")


class RecipientDocument(Document):
    """Who receives data."""

    id: Id = key("A name of your own for it.")
    role: RecipientRole | None = maybe("What it is to you.")
    purposes: list[Id] = Field([], description="The purposes it receives data for.")
    country: Country | None = maybe("ISO 3166-1 code of the country it is in.")
    mechanism: Word | None = maybe("What allows the transfer there, such as standard-contractual-clauses.")


class ProcessingDocument(Document):
    """`content/<notice>/processing.yml`: what is done with personal data; what is not known is left out."""

    data: list[DataDocument] = Field([], description="Categories of data.")
    purposes: list[PurposeDocument] = Field([], description="What data is used for.")
    recipients: list[RecipientDocument] = Field([], description="Who receives data.")
    features: list[Feature] = Field([], description="What the site offers that uses data itself.")
    children: Flag = Field(default=False, description="Whether the data is that of children.")


# ---- correction.yml


class ErratumDocument(Document):
    """Words that were wrong, and the right ones."""

    old: Prose = key("The words as they were published.")
    new: Prose = key("The words as they should have been.")
    region: Id | None = maybe("The region whose edition is wrong; all when left out.")
    locale: LocaleTag | None = maybe("The language whose edition is wrong; all when left out.")
    note: Prose | None = maybe("What else is known, such as whether the source text was right.")


class CorrectionDocument(Document):
    """`content/<notice>/correction.yml`: the revision of a published version that is being prepared."""

    class_: ClassName = key("How much it changes.")
    summary: LocalizedProse | None = maybe("What was wrong, in a few sentences, by language.")
    impact: LocalizedProse | None = maybe("What that means for readers, by language.")
    options: LocalizedProse | None = maybe("What readers can do, by language.")
    reason: Prose | None = maybe("How it came to be wrong.")
    applies_to: AppliesTo | None = maybe("Whether it also holds for data collected before.")
    announced: Moment | None = maybe("When the correction was or will be published.")
    approved_by: Word | None = maybe("Who approved it.")
    confirmed: Prose | None = maybe("In a line, why a change to protected words is editorial all the same.")
    errata: list[ErratumDocument] = Field([], description="Old and new words; found in the working texts when empty.")
    adds: list[LocaleTag] = Field([], description="Languages whose translation is published late.")


# ---- translations.yml


class PinDocument(Document):
    """The source section that a translated section was made from."""

    source: Sha256 = key("sha256 of the source section's Markdown.")
    state: Literal["machine", "reviewed"] = Field("reviewed", description="Whether a person has looked at it.")
    by: Word | None = maybe("Who has looked at it.")


PINS: TypeAdapter[dict[str, dict[str, PinDocument]]] = TypeAdapter(dict[LocaleTag, dict[str, PinDocument]])
"""`content/<notice>/translations.yml`: pins by language and section."""


# ---- waivers.yml


class WaiverDocument(Document):
    """A recorded decision to let a finding pass."""

    check: Annotated[str, Field(pattern=r"^[A-Z]{2}[0-9]{2}$")] = key("The check, such as DV03.")
    scope: Word = key("The file it is about, or a pattern of files; with #section where only one is meant.")
    reason: Prose = key("Why the finding may stand.")
    by: Word = key("Who decided.")
    until: Day = key("The last day on which it holds.")


class WaiversDocument(Document):
    """`waivers.yml`: which findings may stand, why, and until when."""

    waivers: list[WaiverDocument] = Field([], description="One entry a decision.")
