"""The shape of every file that people write and of the sealed ones: pydantic models, from which the JSON Schemas come.

A model says what may stand in a file; `library` and `sealed` turn it into the values of `model`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, TypeAdapter, WithJsonSchema

from noticepress.values import (
    RESERVED_NAMES,
    TEXTS_SCHEMA,
    Count,
    Country,
    Day,
    Flag,
    Id,
    Ids,
    Instant,
    LocaleTag,
    LocalizedProse,
    LocalizedWord,
    Moment,
    Prose,
    Sha256,
    Url,
    Word,
    Zone,
    schema_of_list,
    take_one_as_list,
    take_source_locale,
)

__all__ = ["RESERVED_NAMES", "input_schemas"]

DRAFT = "https://json-schema.org/draft/2020-12/schema"

ClassName = Literal["material", "minor", "editorial"]
AppliesTo = Literal["new-data", "existing-data"]


class _Document(BaseModel):
    """A mapping with exactly these keys; a trailing underscore only keeps Python's own words apart."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=lambda name: name.rstrip("_"))


def _key(told: str) -> Any:  # noqa: ANN401 - pydantic's own way to describe a field
    """A key that must be there, and what it means."""
    return Field(description=told)


def _maybe(told: str) -> Any:  # noqa: ANN401 - see _key
    """A key that may be left out, and what it means."""
    return Field(default=None, description=told)


# ---- who says it


class AddressDocument(_Document):
    """A postal address; what is not known is left out."""

    street: Word | None = _maybe("Street and number, or post box.")
    locality: Word | None = _maybe("Town.")
    region: Word | None = _maybe("State or province, as the post wants it.")
    postal_code: Word | None = _maybe("Postal code; in quotes, so that no zero is lost.")
    country: Country | None = _maybe("ISO 3166-1 code, such as ES.")


def _kind_of_contact(value: object) -> str:
    return "address" if isinstance(value, dict | BaseModel) else "text"


Contact = Annotated[
    Annotated[Word, Tag("text")] | Annotated[AddressDocument, Tag("address")], Discriminator(_kind_of_contact)
]
"""How to reach someone: a mail address or telephone number, or a postal address."""


class RegisterDocument(_Document):
    """A company register's name, its country, and the number in it."""

    name: Word | None = _maybe("Name of the register, such as Companies House.")
    number: Word | None = _maybe("Number in the register; in quotes, so that no zero is lost.")
    country: Country | None = _maybe("ISO 3166-1 code of the register's country.")


class SealDocument(_Document):
    """A certification and what it covers."""

    issuer: Word = _key("Who certifies.")
    holder: Word | None = _maybe("The company that is certified.")
    id: Word | None = _maybe("The issuer's number for it.")
    scope: LocalizedWord | None = _maybe("What it covers, by language.")
    verify_url: Url | None = _maybe("Where a reader can check it.")
    complaint_url: Url | None = _maybe("Where a reader can complain.")
    requirements_url: Url | None = _maybe("What the issuer asks for.")
    valid_from: Day | None = _maybe("First day on which it holds.")
    valid_to: Day | None = _maybe("Last day on which it holds.")


class SliceDocument(_Document):
    """What changes in an entity's facts on a day; what is not repeated carries over, an empty value ends it."""

    from_: Day = _key("The day from which this holds.")
    legal_name: Word | None = _maybe("The name in the register.")
    aliases: list[Word] | None = _maybe("Other names that are used for it.")
    form: Word | None = _maybe("Legal form.")
    answers_for: list[Id] | None = _maybe("The regions it answers for.")
    jointly: Flag | None = _maybe("Whether it answers together with other entities.")
    address: AddressDocument | None = _maybe("Where it is.")
    register_: RegisterDocument | None = _maybe("Where it is registered.")
    zone: Zone | None = _maybe("Time zone in which its days begin, such as Europe/Madrid.")
    contacts: dict[Word, Contact] | None = _maybe("How to reach it, by role: privacy, rights, post …")
    seals: list[SealDocument] | None = _maybe("Its certifications.")
    owner: Word | None = _maybe("Who owns it.")
    succession: Word | None = _maybe("How it followed another: rename, merger …")


class EntityDocument(_Document):
    """`entities/<entity>.yml`: a legal person's facts, in slices of time."""

    facts: Annotated[list[SliceDocument], Field(min_length=1)] = _key("Slices of time, oldest first.")


Rule = Annotated[list[Word], BeforeValidator(take_one_as_list), Field(min_length=1), schema_of_list({"type": "string"})]


class RegionDocument(_Document):
    """A region: its name, its territories, and what its readers need."""

    name: LocalizedWord = _key("What it is called in a sentence, by language.")
    territories: Rule = _key(
        "ISO 3166-1 codes, UN M.49 groups, legal groups; a leading minus takes away. Or `rest`: what no other claims."
    )
    required_locales: list[LocaleTag] = Field([], description="Languages that every version must have here.")
    succeeds: Ids = Field([], description="The regions of earlier versions whose history it continues.")


REGIONS: TypeAdapter[dict[str, RegionDocument]] = TypeAdapter(dict[Id, RegionDocument])
"""`entities/regions.yml`: regions by id."""


# ---- what is said


class ChannelsDocument(_Document):
    """Over which channels a promise is kept: any of these, or all."""

    any_of: list[Word] | None = _maybe("One of these is enough.")
    all_of: list[Word] | None = _maybe("Each of these is used.")


def _any_of(value: object) -> object:
    return {"any_of": value} if isinstance(value, list) else value


_CHANNELS = {"anyOf": [{"type": "array", "items": {"type": "string"}}, ChannelsDocument.model_json_schema()]}
Channels = Annotated[ChannelsDocument, BeforeValidator(_any_of), WithJsonSchema(_CHANNELS)]


class CommitmentDocument(_Document):
    """What the text promises about changes."""

    id: Id = _key("A name of your own for it.")
    covers: Word | None = _maybe("Which changes it is about.")
    channels: Channels | None = _maybe("How people are told.")
    timing: Word | None = _maybe("When they are told, such as before-effect.")


LocaleByRegion = Annotated[dict[str, LocaleTag], BeforeValidator(take_source_locale), TEXTS_SCHEMA]


class NoticeDocument(_Document):
    """`content/<notice>/notice.yml`: what a notice is, for whom, and what it promises."""

    title: LocalizedWord = _key("Its title, by language.")
    audience: LocalizedWord | None = _maybe("Whom it tells, by language.")
    supplements: Id | None = _maybe("The notice that it adds to.")
    regions: list[Id] | None = _maybe("The regions it is for; all when left out.")
    authoritative: LocaleByRegion = Field({}, description="The language that decides, by region; or one for all.")
    commitments: list[CommitmentDocument] = Field([], description="What the text promises about changes.")


class OriginDocument(_Document):
    """Where a version taken over from an archive was found."""

    url: Url | None = _maybe("The archived page.")
    archived: Day | None = _maybe("The day on which it was archived.")
    note: Word | None = _maybe("What else is known.")


class NextDocument(_Document):
    """`content/<notice>/next.yml`: the change record of the version being prepared."""

    effective: Day = _key("The day from which it applies.")
    class_: ClassName = _key("How much it changes.")
    summary: LocalizedProse | None = _maybe("What changes, in a few sentences, by language.")
    impact: LocalizedProse | None = _maybe("What that means for readers, by language.")
    options: LocalizedProse | None = _maybe("What readers can do, by language.")
    reason: Prose | None = _maybe("Why it changes.")
    applies_to: AppliesTo | None = _maybe("Whether it also holds for data collected before.")
    announced: Moment | None = _maybe("When it was or will be announced; left out when not known.")
    approved_by: Word | None = _maybe("Who approved it.")
    origin: OriginDocument | None = _maybe("Only for versions taken over from an archive.")


class SettingsDocument(_Document):
    """`extra.noticepress` in mkdocs.yml."""

    organisation: Word = _key("The name under which the group speaks.")
    source_locale: LocaleTag = Field("en", description="The language that the others are translated from.")
    locales: Annotated[list[LocaleTag], Field(min_length=1)] = _key("The languages of the site, in their order.")
    zone: Zone = Field("UTC", description="Time zone for entities that state none.")
    lead_days: dict[ClassName, Count] = Field({}, description="Days between announcement and effect, by class.")


# ---- what was said


class SealedEffective(_Document):
    """When a version begins to apply in a region."""

    zone: Zone
    instant: Instant
    assumed: Flag = False


class SealedNotice(_Document):
    """The notice as it was described when the version was sealed."""

    title: dict[LocaleTag, Word]
    audience: dict[LocaleTag, Word] = Field(default_factory=dict)
    supplements: Id | None = None
    authoritative: dict[Id, LocaleTag] = Field(default_factory=dict)
    commitments: list[CommitmentDocument] = Field(default_factory=list)


class SealedChange(_Document):
    """The change record as it was sealed."""

    class_: ClassName
    summary: dict[LocaleTag, Prose] = Field(default_factory=dict)
    impact: dict[LocaleTag, Prose] = Field(default_factory=dict)
    options: dict[LocaleTag, Prose] = Field(default_factory=dict)
    reason: Prose | None = None
    applies_to: AppliesTo | None = None
    approved_by: Word | None = None


class VersionDocument(_Document):
    """`versions/<id>/version.yml`: one release, sealed. `seal` is the hash of all lines above it."""

    notice: Id
    version: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(\.[1-9][0-9]{0,3})?$")]
    effective: Day
    regions: dict[Id, SealedEffective]
    announced: Instant | None = None
    describes: SealedNotice
    change: SealedChange
    origin: OriginDocument | None = None
    editions: dict[Id, dict[LocaleTag, Sha256]]
    facts: Sha256
    previous: Sha256 | None = None
    seal: Sha256


class SealedFacts(_Document):
    """An entity's facts as they were on the effective date."""

    id: Id
    since: Day
    legal_name: Word
    aliases: list[Word] = Field(default_factory=list)
    form: Word | None = None
    jointly: Flag = False
    answers_for: list[Id] = Field(default_factory=list)
    address: AddressDocument | None = None
    register_: RegisterDocument | None = None
    zone: Zone | None = None
    contacts: dict[Word, Contact] = Field(default_factory=dict)
    seals: list[SealDocument] = Field(default_factory=list)
    owner: Word | None = None
    succession: Word | None = None


class SealedRegionDocument(_Document):
    """A region as it was on the effective date: its territories written out, and who answered."""

    name: dict[LocaleTag, Word]
    entities: list[Id]
    succeeds: list[Id] = Field(default_factory=list)
    territories: list[Word]


class FactsDocument(_Document):
    """`versions/<id>/facts.yml`: the resolved entities and regions of a version."""

    entities: list[SealedFacts]
    regions: dict[Id, SealedRegionDocument]


def input_schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema (2020-12) of every authored and sealed file, by the file name it has under /schemas/."""
    models: dict[str, type[BaseModel]] = {
        "entity.json": EntityDocument,
        "notice.json": NoticeDocument,
        "next.json": NextDocument,
        "settings.json": SettingsDocument,
        "version.json": VersionDocument,
        "facts.json": FactsDocument,
    }
    schemas = {name: model.model_json_schema() for name, model in models.items()}
    told = "`entities/regions.yml`: the regions by id; together they are the world, without overlap or gap."
    named = {"title": "RegionsDocument", "description": told, "additionalProperties": False}
    schemas["regions.json"] = {**named, **REGIONS.json_schema()}
    return {name: {"$schema": DRAFT, **schema} for name, schema in sorted(schemas.items())}
