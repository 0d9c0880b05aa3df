"""The shapes of sealed files: what a version says, who answered, and what happened to it afterwards."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from noticepress.documents.desk import ErratumDocument, ProcessingDocument
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
)
from noticepress.values import Day, Flag, Id, Instant, LocaleTag, Prose, Sha256, Word, Zone


class SealedEffective(Document):
    """When a version begins to apply in a region."""

    zone: Zone
    instant: Instant
    assumed: Flag = False


class SealedNotice(Document):
    """The notice as it was described when the version was sealed."""

    title: dict[LocaleTag, Word]
    audience: dict[LocaleTag, Word] = Field(default_factory=dict)
    supplements: Id | None = None
    authoritative: dict[Id, LocaleTag] = Field(default_factory=dict)
    commitments: list[CommitmentDocument] = Field(default_factory=list)


class SealedChange(Document):
    """The change record as it was sealed."""

    class_: ClassName
    summary: dict[LocaleTag, Prose] = Field(default_factory=dict)
    impact: dict[LocaleTag, Prose] = Field(default_factory=dict)
    options: dict[LocaleTag, Prose] = Field(default_factory=dict)
    reason: Prose | None = None
    applies_to: AppliesTo | None = None
    approved_by: Word | None = None
    channels: list[Word] = Field(default_factory=list)
    consent: Word | None = None
    parents: Word | None = None
    certifier: Word | None = None
    confirmed: Prose | None = None


class VersionDocument(Document):
    """`versions/<id>/version.yml`: one release, sealed. `seal` is the hash of all lines above it."""

    notice: Id
    version: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(\.[1-9][0-9]{0,3})?$")]
    effective: Day
    regions: dict[Id, SealedEffective]
    announced: Instant | None = None
    describes: SealedNotice
    change: SealedChange
    origin: OriginDocument | None = None
    errata: list[ErratumDocument] = Field(default_factory=list)
    editions: dict[Id, dict[LocaleTag, Sha256]]
    facts: Sha256
    previous: Sha256 | None = None
    seal: Sha256


class SealedFacts(Document):
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
    representatives: dict[Id, Word] = Field(default_factory=dict)


class SealedRegionDocument(Document):
    """A region as it was on the effective date: its territories written out, and who answered."""

    name: dict[LocaleTag, Word]
    entities: list[Id]
    succeeds: list[Id] = Field(default_factory=list)
    territories: list[Word]


class FactsDocument(Document):
    """`versions/<id>/facts.yml`: the resolved entities and regions of a version."""

    entities: list[SealedFacts]
    regions: dict[Id, SealedRegionDocument]
    processing: ProcessingDocument | None = None


class RemovedDocument(Document):
    """`versions/<id>/<region>/<locale>.removed.yml`: that a text had to be taken away, and the hash it had."""

    notice: Id
    version: Word
    region: Id
    locale: LocaleTag
    sha256: Sha256
    removed: Instant
    reason: dict[LocaleTag, Prose]
    by: Word | None = None
    seal: Sha256


class WithdrawnDocument(Document):
    """`versions/<id>/withdrawn.yml`: that an announced version was cancelled. `seal` is the hash of the lines above."""

    notice: Id
    version: Word
    sha256: Sha256
    withdrawn: Instant
    reason: dict[LocaleTag, Prose]
    by: Word | None = None
    seal: Sha256
