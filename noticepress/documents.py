"""The shape of every file that people write and of the sealed ones: pydantic models, from which the JSON Schemas come.

A model says what may stand in a file; `library` turns it into the values of `model`.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, TypeAdapter, WithJsonSchema

from noticepress.localize import is_locale

_ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
SOURCE_LOCALE = ""
"""Key of a text that is written without a language: it is in the site's source locale."""
RESERVED_NAMES = frozenset(
    {"entities", "compare", "history", "schemas", "assets", "draft", "changes", "manifest", "notices", "rest", "index", "versions"}
)
"""Words that addresses use themselves, so that no notice, region or entity may be called so."""


def _parse_day(value: object) -> date:
    if type(value) is date:
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        msg = f"expected a date such as 2012-03-09, found {value!r}"
        raise ValueError(msg)
    try:
        return date.fromisoformat(value)
    except ValueError:
        msg = f"there is no such day: {value!r}"
        raise ValueError(msg) from None


def _parse_moment(value: object) -> datetime | date:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return _parse_day(value)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        msg = f"expected an instant such as 2012-02-08T10:00:00+00:00, or a date, found {value!r}"
        raise ValueError(msg) from None
    if moment.tzinfo is None:
        msg = f"expected an instant with its offset from UTC, such as {value}+00:00"
        raise ValueError(msg)
    return moment.astimezone(UTC)


def _parse_flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in {"true", "false"}:
        return value == "true"
    msg = f"expected true or false, found {value!r}"
    raise ValueError(msg)


def _parse_count(value: object) -> int:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,4}", value):
        return int(value)
    if isinstance(value, int):
        return value
    msg = f"expected a whole number of days, found {value!r}"
    raise ValueError(msg)


def _check_word(value: str) -> str:
    word = value.strip()
    if not word:
        msg = "expected some text, found nothing"
        raise ValueError(msg)
    if "\n" in word:
        msg = "expected one line of text"
        raise ValueError(msg)
    return word


def _check_prose(value: str) -> str:
    prose = value.strip()
    if not prose:
        msg = "expected some text, found nothing"
        raise ValueError(msg)
    return prose


def check_id(value: str) -> str:
    """A name that may stand in an address. Raises ValueError."""
    if not _ID.fullmatch(value):
        msg = f"expected a name of small letters, digits and hyphens, found {value!r}"
        raise ValueError(msg)
    if value in RESERVED_NAMES:
        msg = f"{value!r} is a word that the site's addresses use; choose another name"
        raise ValueError(msg)
    return value


def _by_locale(value: object) -> object:
    return {SOURCE_LOCALE: value} if isinstance(value, str) else value


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _any_of(value: object) -> object:
    return {"any_of": value} if isinstance(value, list) else value


def _kind_of_contact(value: object) -> str:
    return "address" if isinstance(value, dict | BaseModel) else "text"


def _check_locale(value: str) -> str:
    if value != SOURCE_LOCALE and not is_locale(value):
        msg = f"expected a language tag such as en or pt-BR, found {value!r}"
        raise ValueError(msg)
    return value


def _check_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ValueError, OSError, KeyError):
        msg = f"expected a time zone such as Europe/Madrid, found {value!r}"
        raise ValueError(msg) from None
    return value


def _check_url(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"'`\\(){}]+", value):
        msg = f"expected an address that begins with https://, found {value!r}"
        raise ValueError(msg)
    return value


Word = Annotated[str, AfterValidator(_check_word)]
Prose = Annotated[str, AfterValidator(_check_prose)]
Id = Annotated[str, AfterValidator(check_id), WithJsonSchema({"type": "string", "pattern": f"^{_ID.pattern}$"})]
LocaleTag = Annotated[str, AfterValidator(_check_locale)]
Zone = Annotated[str, AfterValidator(_check_zone)]
Url = Annotated[str, AfterValidator(_check_url), WithJsonSchema({"type": "string", "format": "uri"})]
Day = Annotated[date, BeforeValidator(_parse_day), WithJsonSchema({"type": "string", "format": "date"})]
Moment = Annotated[
    datetime | date,
    BeforeValidator(_parse_moment),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]}),
]
Instant = Annotated[datetime, BeforeValidator(_parse_moment), WithJsonSchema({"type": "string", "format": "date-time"})]
Flag = Annotated[bool, BeforeValidator(_parse_flag)]
Count = Annotated[int, BeforeValidator(_parse_count)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
LocalizedWord = Annotated[dict[LocaleTag, Word], BeforeValidator(_by_locale)]
LocalizedProse = Annotated[dict[LocaleTag, Prose], BeforeValidator(_by_locale)]
Ids = Annotated[list[Id], BeforeValidator(_as_list)]


class _Document(BaseModel):
    """A mapping with exactly these keys; a trailing underscore only keeps Python's own words apart."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=lambda name: name.rstrip("_").replace("__", "-"))


class AddressDocument(_Document):
    """A postal address; what is not known is left out."""

    street: Word | None = None
    locality: Word | None = None
    region: Word | None = None
    postal_code: Word | None = None
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = Field(default=None, description="ISO 3166-1 code")


Contact = Annotated[
    Annotated[Word, Tag("text")] | Annotated[AddressDocument, Tag("address")], Discriminator(_kind_of_contact)
]
"""How to reach someone: a mail address or telephone number, or a postal address."""


class RegisterDocument(_Document):
    """A company register's name, its country, and the number in it."""

    name: Word | None = None
    number: Word | None = None
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None


class SealDocument(_Document):
    """A certification and what it covers."""

    issuer: Word
    holder: Word | None = None
    id: Word | None = None
    scope: LocalizedWord | None = None
    verify_url: Url | None = None
    complaint_url: Url | None = None
    requirements_url: Url | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None


class SliceDocument(_Document):
    """What changes in an entity's facts on a day; what is not repeated carries over, an empty value ends it."""

    from_: Day
    legal_name: Word | None = None
    aliases: list[Word] | None = None
    form: Word | None = None
    answers_for: list[Id] | None = None
    jointly: Flag | None = None
    address: AddressDocument | None = None
    register_: RegisterDocument | None = None
    zone: Zone | None = None
    contacts: dict[Word, Contact] | None = None
    seals: list[SealDocument] | None = None
    owner: Word | None = None
    succession: Word | None = None


class EntityDocument(_Document):
    """`entities/<entity>.yml`: a legal person's facts, in slices of time."""

    facts: Annotated[list[SliceDocument], Field(min_length=1)]


class RegionDocument(_Document):
    """A region: its name, its territories (codes, groups, a minus takes away; or `rest`), and what its readers need."""

    name: LocalizedWord
    territories: Annotated[list[Word], BeforeValidator(_as_list), Field(min_length=1)]
    required_locales: list[LocaleTag] = Field(default_factory=list)
    succeeds: Ids = Field(default_factory=list)


class ChannelsDocument(_Document):
    """Over which channels a promise is kept: any of these, or all."""

    any_of: list[Word] | None = None
    all_of: list[Word] | None = None


class CommitmentDocument(_Document):
    """What the text promises about changes."""

    id: Id
    covers: Word | None = None
    channels: Annotated[ChannelsDocument, BeforeValidator(_any_of)] | None = None
    timing: Word | None = None


class NoticeDocument(_Document):
    """`content/<notice>/notice.yml`: what a notice is, for whom, and what it promises."""

    title: LocalizedWord
    audience: LocalizedWord | None = None
    supplements: Id | None = None
    regions: list[Id] | None = None
    authoritative: Annotated[dict[str, LocaleTag], BeforeValidator(_by_locale)] = Field(default_factory=dict)
    commitments: list[CommitmentDocument] = Field(default_factory=list)


class OriginDocument(_Document):
    """Where a version taken over from an archive was found."""

    url: Url | None = None
    archived: Day | None = None
    note: Word | None = None


class NextDocument(_Document):
    """`content/<notice>/next.yml`: the change record of the version being prepared."""

    effective: Day
    class_: Literal["material", "minor", "editorial"]
    summary: LocalizedProse | None = None
    impact: LocalizedProse | None = None
    options: LocalizedProse | None = None
    reason: Prose | None = None
    applies_to: Literal["new-data", "existing-data"] | None = None
    announced: Moment | None = None
    approved_by: Word | None = None
    origin: OriginDocument | None = None


class SettingsDocument(_Document):
    """`extra.noticepress` in mkdocs.yml."""

    organisation: Word
    source_locale: LocaleTag = "en"
    locales: Annotated[list[LocaleTag], Field(min_length=1)]
    zone: Zone = "UTC"
    lead_days: dict[Literal["material", "minor", "editorial"], Count] = Field(default_factory=dict)


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

    class_: Literal["material", "minor", "editorial"]
    summary: dict[LocaleTag, Prose] = Field(default_factory=dict)
    impact: dict[LocaleTag, Prose] = Field(default_factory=dict)
    options: dict[LocaleTag, Prose] = Field(default_factory=dict)
    reason: Prose | None = None
    applies_to: Literal["new-data", "existing-data"] | None = None
    approved_by: Word | None = None


class VersionDocument(_Document):
    """`versions/<id>/version.yml`: one release, sealed. `seal` is the hash of all lines above it."""

    notice: Id
    version: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}(\.\d+)?$")]
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


REGIONS: TypeAdapter[dict[str, RegionDocument]] = TypeAdapter(dict[Id, RegionDocument])
"""`entities/regions.yml`: regions by id."""


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
    schemas = {name: model.model_json_schema(by_alias=True) for name, model in models.items()}
    schemas["regions.json"] = REGIONS.json_schema(by_alias=True) | {"title": "regions.yml"}
    draft = "https://json-schema.org/draft/2020-12/schema"
    return {name: {"$schema": draft, **schema} for name, schema in sorted(schemas.items())}
