"""The shapes of what people write about who speaks, what is said, and what is being prepared."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, TypeAdapter

from noticepress.documents.look import LookDocument
from noticepress.documents.parts import (
    AddressDocument,
    AppliesTo,
    ClassName,
    CommitmentDocument,
    Contact,
    Document,
    OriginDocument,
    RegisterDocument,
    SealDocument,
    key,
    maybe,
)
from noticepress.values import (
    TEXTS_SCHEMA,
    Count,
    Day,
    Flag,
    Id,
    Ids,
    LocaleTag,
    LocalizedProse,
    LocalizedWord,
    Moment,
    Prose,
    Word,
    Zone,
    schema_of_list,
    take_one_as_list,
    take_source_locale,
)

# ---- who says it


class SliceDocument(Document):
    """What changes in an entity's facts on a day; what is not repeated carries over, an empty value ends it."""

    from_: Day = key("The day from which this holds.")
    legal_name: Word | None = maybe("The name in the register.")
    aliases: list[Word] | None = maybe("Other names that are used for it.")
    form: Word | None = maybe("Legal form.")
    answers_for: list[Id] | None = maybe("The regions it answers for.")
    jointly: Flag | None = maybe("Whether it answers together with other entities.")
    address: AddressDocument | None = maybe("Where it is.")
    register_: RegisterDocument | None = maybe("Where it is registered.")
    zone: Zone | None = maybe("Time zone in which its days begin, such as Europe/Madrid.")
    contacts: dict[Word, Contact] | None = maybe("How to reach it, by role: privacy, rights, post …")
    seals: list[SealDocument] | None = maybe("Its certifications.")
    owner: Word | None = maybe("Who owns it.")
    succession: Word | None = maybe("How it followed another: rename, merger …")
    representatives: dict[Id, Word] | None = maybe("Who represents it where it is not established: eu, uk.")


class EntityDocument(Document):
    """`entities/<entity>.yml`: a legal person's facts, in slices of time."""

    facts: Annotated[list[SliceDocument], Field(min_length=1)] = key("Slices of time, oldest first.")


Rule = Annotated[list[Word], BeforeValidator(take_one_as_list), Field(min_length=1), schema_of_list({"type": "string"})]


class RegionDocument(Document):
    """A region: its name, its territories, and what its readers need."""

    name: LocalizedWord = key("What it is called in a sentence, by language.")
    territories: Rule = key(
        "ISO 3166-1 codes, UN M.49 groups, legal groups; a leading minus takes away. Or `rest`: what no other claims."
    )
    required_locales: list[LocaleTag] = Field([], description="Languages that every version must have here.")
    succeeds: Ids = Field([], description="The regions of earlier versions whose history it continues.")
    lead_days: dict[ClassName, Count] = Field(
        {}, description="Days between announcement and effect, where they differ."
    )


REGIONS: TypeAdapter[dict[str, RegionDocument]] = TypeAdapter(dict[Id, RegionDocument])
"""`entities/regions.yml`: regions by id."""


# ---- what is said


LocaleByRegion = Annotated[dict[str, LocaleTag], BeforeValidator(take_source_locale), TEXTS_SCHEMA]


class NoticeDocument(Document):
    """`content/<notice>/notice.yml`: what a notice is, for whom, and what it promises."""

    title: LocalizedWord = key("Its title, by language.")
    audience: LocalizedWord | None = maybe("Whom it tells, by language.")
    supplements: Id | None = maybe("The notice that it adds to.")
    regions: list[Id] | None = maybe("The regions it is for; all when left out.")
    authoritative: LocaleByRegion = Field({}, description="The language that decides, by region; or one for all.")
    commitments: list[CommitmentDocument] = Field([], description="What the text promises about changes.")
    packs: list[Id] | None = maybe("The rule packs it is checked with, where they are not the site's.")
    reviewed: Day | None = maybe("The day on which it was last reviewed, changed or not.")


class NextDocument(Document):
    """`content/<notice>/next.yml`: the change record of the version being prepared."""

    effective: Day = key("The day from which it applies.")
    class_: ClassName = key("How much it changes.")
    summary: LocalizedProse | None = maybe("What changes, in a few sentences, by language.")
    impact: LocalizedProse | None = maybe("What that means for readers, by language.")
    options: LocalizedProse | None = maybe("What readers can do, by language.")
    reason: Prose | None = maybe("Why it changes.")
    applies_to: AppliesTo | None = maybe("Whether it also holds for data collected before.")
    announced: Moment | None = maybe("When it was or will be announced; left out when not known.")
    approved_by: Word | None = maybe("Who approved it.")
    channels: list[Word] | None = maybe("How people are told, apart from this site: email …")
    consent: Word | None = maybe("How consent is asked again.")
    parents: Word | None = maybe("How parents are told directly.")
    certifier: Word | None = maybe("Where the certifier's approval is kept.")
    confirmed: Prose | None = maybe("In a line, why a change to protected words is editorial all the same.")
    origin: OriginDocument | None = maybe("Only for versions taken over from an archive.")


class SettingsDocument(Document):
    """`extra.noticepress` in mkdocs.yml."""

    organisation: Word = key("The name under which the group speaks.")
    source_locale: LocaleTag = Field("en", description="The language that the others are translated from.")
    locales: Annotated[list[LocaleTag], Field(min_length=1)] = key("The languages of the site, in their order.")
    zone: Zone = Field("UTC", description="Time zone for entities that state none.")
    lead_days: dict[ClassName, Count] = Field({}, description="Days between announcement and effect, by class.")
    packs: list[Id] | None = maybe("The rule packs that texts are checked with: eu, us-ca …; none when left out.")
    severities: dict[str, Literal["error", "warning", "info", "off"]] = Field(
        {}, description="What to make of a check's findings, by check."
    )
    synonyms: dict[LocaleTag, list[list[Word]]] = Field(
        {}, description="Terms that mean the same, by language; the first of each list is the one to use."
    )
    look: LookDocument = Field(default_factory=LookDocument, description="Colours, logo and words of the site's own.")
    pdf: Literal["always", "auto", "never"] = Field(
        "never", description="A PDF of every edition: `auto` where the extra and the fonts for it are there."
    )
