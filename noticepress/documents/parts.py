"""What every shape is made of, and the shapes that authored and sealed files share."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, WithJsonSchema

from noticepress.values import Country, Day, Id, LocalizedWord, Url, Word

ClassName = Literal["material", "minor", "editorial"]
AppliesTo = Literal["new-data", "existing-data"]


class Document(BaseModel):
    """A mapping with exactly these keys; a trailing underscore only keeps Python's own words apart."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=lambda name: name.rstrip("_"))


def key(told: str) -> Any:  # noqa: ANN401 - pydantic's own way to describe a field
    """A key that must be there, and what it means."""
    return Field(description=told)


def maybe(told: str) -> Any:  # noqa: ANN401 - see key
    """A key that may be left out, and what it means."""
    return Field(default=None, description=told)


class AddressDocument(Document):
    """A postal address; what is not known is left out."""

    street: Word | None = maybe("Street and number, or post box.")
    locality: Word | None = maybe("Town.")
    region: Word | None = maybe("State or province, as the post wants it.")
    postal_code: Word | None = maybe("Postal code; in quotes, so that no zero is lost.")
    country: Country | None = maybe("ISO 3166-1 code, such as ES.")


def _kind_of_contact(value: object) -> str:
    return "address" if isinstance(value, dict | BaseModel) else "text"


Contact = Annotated[
    Annotated[Word, Tag("text")] | Annotated[AddressDocument, Tag("address")], Discriminator(_kind_of_contact)
]
"""How to reach someone: a mail address or telephone number, or a postal address."""


class RegisterDocument(Document):
    """A company register's name, its country, and the number in it."""

    name: Word | None = maybe("Name of the register, such as Companies House.")
    number: Word | None = maybe("Number in the register; in quotes, so that no zero is lost.")
    country: Country | None = maybe("ISO 3166-1 code of the register's country.")


class SealDocument(Document):
    """A certification and what it covers."""

    issuer: Word = key("Who certifies.")
    holder: Word | None = maybe("The company that is certified.")
    id: Word | None = maybe("The issuer's number for it.")
    scope: LocalizedWord | None = maybe("What it covers, by language.")
    verify_url: Url | None = maybe("Where a reader can check it.")
    complaint_url: Url | None = maybe("Where a reader can complain.")
    requirements_url: Url | None = maybe("What the issuer asks for.")
    valid_from: Day | None = maybe("First day on which it holds.")
    valid_to: Day | None = maybe("Last day on which it holds.")


class ChannelsDocument(Document):
    """Over which channels a promise is kept: any of these, or all."""

    any_of: list[Word] | None = maybe("One of these is enough.")
    all_of: list[Word] | None = maybe("Each of these is used.")


def _any_of(value: object) -> object:
    return {"any_of": value} if isinstance(value, list) else value


_CHANNELS = {"anyOf": [{"type": "array", "items": {"type": "string"}}, ChannelsDocument.model_json_schema()]}
Channels = Annotated[ChannelsDocument, BeforeValidator(_any_of), WithJsonSchema(_CHANNELS)]


class CommitmentDocument(Document):
    """What the text promises about changes."""

    id: Id = key("A name of your own for it.")
    covers: Word | None = maybe("Which changes it is about.")
    channels: Channels | None = maybe("How people are told.")
    timing: Word | None = maybe("When they are told, such as before-effect.")


class OriginDocument(Document):
    """Where a version taken over from an archive was found."""

    url: Url | None = maybe("The archived page.")
    archived: Day | None = maybe("The day on which it was archived.")
    note: Word | None = maybe("What else is known.")
