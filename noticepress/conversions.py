"""What files say to the values of `model`: the parts that authored and sealed files have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from noticepress import documents as doc
from noticepress.errors import Source
from noticepress.model import (
    Address,
    ChangeRecord,
    Commitment,
    Erratum,
    Facts,
    Origin,
    Register,
    Seal,
    Texts,
)
from noticepress.processing import DataCategory, Processing, Purpose, Recipient

_NOWHERE = Source("")


def name_locales(found: Mapping[str, str] | None, source_locale: str) -> Texts:
    """Words by locale; what was written without a language is in the source locale."""
    return {locale or source_locale: text for locale, text in (found or {}).items()}


def make_facts(
    entity: str, since: date, values: Mapping[str, Any], source_locale: str, source: Source = _NOWHERE
) -> Facts:
    """A slice of an entity's facts, from the fields of its document by name; `legal_name` must be among them."""
    return Facts(
        entity=entity,
        since=since,
        legal_name=values["legal_name"],
        aliases=tuple(values.get("aliases") or ()),
        form=values.get("form") or "",
        answers_for=tuple(values.get("answers_for") or ()),
        jointly=bool(values.get("jointly")),
        address=_make_address(values.get("address")),
        register=_make_register(values.get("register_")),
        zone=values.get("zone") or "",
        contacts=_make_contacts(values.get("contacts") or {}),
        seals=tuple(_make_seal(seal, source_locale) for seal in values.get("seals") or ()),
        owner=values.get("owner") or "",
        succession=values.get("succession") or "",
        representatives=dict(values.get("representatives") or {}),
        source=source,
    )


def _make_address(found: doc.AddressDocument | None) -> Address | None:
    """An address; none where nothing of it is known."""
    address = Address(**{item.name: getattr(found, item.name, None) or "" for item in fields(Address)})
    return address if address != Address() else None


def _make_register(found: doc.RegisterDocument | None) -> Register | None:
    return Register(found.name or "", found.number or "", found.country or "") if found else None


def _make_contacts(found: Mapping[str, str | doc.AddressDocument]) -> dict[str, str | Address]:
    made = {role: contact if isinstance(contact, str) else _make_address(contact) for role, contact in found.items()}
    return {role: contact for role, contact in made.items() if contact}


def _make_seal(found: doc.SealDocument, source_locale: str) -> Seal:
    return Seal(
        issuer=found.issuer,
        holder=found.holder or "",
        id=found.id or "",
        scope=name_locales(found.scope, source_locale),
        verify_url=found.verify_url or "",
        complaint_url=found.complaint_url or "",
        requirements_url=found.requirements_url or "",
        valid_from=found.valid_from,
        valid_to=found.valid_to,
    )


def make_record(
    found: doc.NextDocument | doc.CorrectionDocument | doc.SealedChange, source_locale: str
) -> ChangeRecord:
    """The change record of a version."""
    return ChangeRecord(
        change_class=found.class_,
        summary=name_locales(found.summary, source_locale),
        impact=name_locales(found.impact, source_locale),
        options=name_locales(found.options, source_locale),
        reason=found.reason or "",
        applies_to=found.applies_to or "",
        approved_by=found.approved_by or "",
        channels=tuple(getattr(found, "channels", None) or ()),
        consent=getattr(found, "consent", None) or "",
        parents=getattr(found, "parents", None) or "",
        certifier=getattr(found, "certifier", None) or "",
        confirmed=found.confirmed or "",
    )


def make_erratum(found: doc.ErratumDocument) -> Erratum:
    """Old and new words."""
    return Erratum(found.old, found.new, found.region or "", found.locale or "", found.note or "")


def make_processing(
    found: doc.ProcessingDocument, path: str = "", lines: Mapping[tuple[str, str], int] | None = None
) -> Processing:
    """A record of processing; `lines` tells where its items stand."""
    return Processing(
        data=tuple(DataCategory(item.id, item.source, item.special) for item in found.data),
        purposes=tuple(
            Purpose(
                item.id,
                tuple(item.data),
                item.basis or "",
                item.interest or "",
                item.condition or "",
                item.withdrawal or "",
                item.retention or "",
                item.section or "",
                item.automated,
            )
            for item in found.purposes
        ),
        recipients=tuple(
            Recipient(item.id, item.role or "", tuple(item.purposes), item.country or "", item.mechanism or "")
            for item in found.recipients
        ),
        features=tuple(found.features),
        children=found.children,
        path=path,
        lines=lines,
    )


def make_commitment(found: doc.CommitmentDocument) -> Commitment:
    """A promise about changes."""
    channels = found.channels or doc.ChannelsDocument()
    return Commitment(
        id=found.id,
        covers=found.covers or "",
        channels=tuple(channels.all_of or channels.any_of or ()),
        all_channels=bool(channels.all_of),
        timing=found.timing or "",
    )


def make_origin(found: doc.OriginDocument | None) -> Origin | None:
    """Where an archived version was found."""
    return Origin(found.url or "", found.archived, found.note or "") if found else None
