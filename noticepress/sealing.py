"""Sealed files: a version in bytes, written whole or not at all, chained to the version sealed before it."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from noticepress.chain import follow_chain
from noticepress.compose import Draft
from noticepress.errors import NoticeError, OutsideError
from noticepress.history import effective_of
from noticepress.manifest import format_utc
from noticepress.model import Address, Commitment, Facts, Library, Origin, Seal, Version
from noticepress.processing import DataCategory, Processing, Purpose, Recipient
from noticepress.reading import FlowList, write_yaml
from noticepress.sealed import SEAL_PREFIX, read_version, seal_of


@dataclass(frozen=True, slots=True)
class Sealing:
    """A version ready to be written: its folder (relative to the site) and every file in it, `version.yml` last.

    `record` is the file of the notice that described it, and goes when it is sealed.
    """

    notice: str
    version: str
    folder: str
    files: Mapping[str, bytes]
    record: str = "next.yml"


def lay_out_version(library: Library, draft: Draft) -> Sealing:
    """The files of a version that is being released, in bytes: editions, facts.yml, version.yml."""
    return lay_out_files(library, draft.version, "next.yml")


def lay_out_files(library: Library, version: Version, record: str) -> Sealing:
    """The files of any version; it names the hash of the one that was sealed last."""
    folder = f"content/{version.notice}/versions/{version.id}"
    files: dict[str, bytes] = {}
    for (region, locale), edition in version.editions.items():
        files[f"{region}/{locale}.md"] = edition.text.encode()
    files["facts.yml"] = write_yaml(_describe_facts(version)).encode()
    sealed = follow_chain(library.versions.get(version.notice, ()))
    previous = sealed[-1].sha256 if sealed else ""
    files["version.yml"] = write_seal(_describe_version(version, files["facts.yml"], previous))
    return Sealing(version.notice, version.id, folder, files, record)


def write_seal(data: Mapping[str, Any]) -> bytes:
    """A file that ends with the hash of all lines above."""
    body = write_yaml(data)
    return (body + SEAL_PREFIX + seal_of(body) + "\n").encode()


# ---- to the disk


def seal_version(site: Path, sealing: Sealing) -> None:
    """Write a version whole or not at all, then take its record away. Raises OutsideError when the disk refuses.

    It is written and read back beside its place, and moved in by one rename, so a crash leaves no half version;
    the record goes last, so a crash leaves no lost record.
    """

    def check(workshop: Path) -> None:
        read_version(workshop, sealing.notice, sealing.version)

    place_files(site, sealing.notice, sealing.folder, sealing.files, check)
    try:
        flush_folder((site / sealing.folder).parent)
        (site / "content" / sealing.notice / sealing.record).unlink(missing_ok=True)
    except OSError as error:
        told = f"{sealing.folder} is sealed, but its {sealing.record} is still there: {error.strerror or error}"
        raise OutsideError(f"{told}; delete it") from error


def place_files(
    site: Path, notice: str, target: str, files: Mapping[str, bytes], check: Callable[[Path], object]
) -> None:
    """Write a folder of a notice whole or not at all; a file, where `files` names it by an empty text.

    `check` reads it back beside its place, in a site that holds nothing else. Raises OutsideError when the disk
    refuses, when something stands there already, and when what was written does not read back.
    """
    workshop = site / "content" / notice / ".sealing"
    written, place = workshop / target, site / target
    try:
        shutil.rmtree(workshop, ignore_errors=True)
        for name, content in files.items():
            _write_durably(written / name if name else written, content)
        check(workshop)
        if place.exists():
            raise OutsideError(f"{target} exists already; nothing was sealed")
        place.parent.mkdir(exist_ok=True)
        written.rename(place)
    except NoticeError as error:
        raise OutsideError(f"what was written does not read back: {error}; nothing was sealed, try again") from error
    except OSError as error:
        told = f"{target} could not be written: {error.strerror or error}"
        raise OutsideError(f"{told}; look at the disk and at who may write there") from error
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def place_file(site: Path, notice: str, target: str, content: bytes, check: Callable[[Path], object]) -> None:
    """Write one file of a notice whole or not at all; see `place_files`."""
    place_files(site, notice, target, {"": content}, check)


def _write_durably(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def flush_folder(folder: Path) -> None:
    """A rename outlives a power cut only once its folder is flushed; elsewhere folders cannot be opened."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# ---- values to plain data


def _describe_version(version: Version, facts: bytes, previous: str) -> dict[str, Any]:
    editions: dict[str, dict[str, str]] = {}
    for (region, locale), edition in version.editions.items():
        editions.setdefault(region, {})[locale] = edition.sha256
    record = version.record
    regions: dict[str, dict[str, str]] = {}
    for region in version.regions:
        effective = effective_of(version, region)
        regions[region] = {"zone": effective.zone, "instant": format_utc(effective.instant)}
        if effective.assumed:
            regions[region]["assumed"] = "true"
    return _without_gaps(
        {
            "notice": version.notice,
            "version": version.id,
            "effective": version.day.isoformat(),
            "regions": regions,
            "announced": format_utc(version.announced) if version.announced else None,
            "describes": _without_gaps(
                {
                    "title": dict(version.titles),
                    "audience": dict(version.audiences),
                    "supplements": version.supplements,
                    "authoritative": dict(version.authoritative),
                    "commitments": [_describe_commitment(item) for item in version.commitments],
                }
            ),
            "change": _without_gaps(
                {
                    "class": record.change_class,
                    "summary": dict(record.summary),
                    "impact": dict(record.impact),
                    "options": dict(record.options),
                    "reason": record.reason,
                    "applies_to": record.applies_to,
                    "approved_by": record.approved_by,
                    "channels": list(record.channels),
                    "consent": record.consent,
                    "parents": record.parents,
                    "certifier": record.certifier,
                    "confirmed": record.confirmed,
                }
            ),
            "origin": _describe_origin(version.origin),
            "errata": [_describe_plain(erratum) for erratum in version.errata],
            "editions": editions,
            "facts": hashlib.sha256(facts).hexdigest(),
            "previous": previous,
        }
    )


def _without_gaps(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", {}, [], ())}


def _describe_commitment(item: Commitment) -> dict[str, Any]:
    channels = {"all_of" if item.all_channels else "any_of": list(item.channels)} if item.channels else None
    return _without_gaps({"id": item.id, "covers": item.covers, "channels": channels, "timing": item.timing})


def _describe_origin(origin: Origin | None) -> dict[str, Any] | None:
    if origin is None:
        return None
    archived = origin.archived.isoformat() if origin.archived else None
    return _without_gaps({"url": origin.url, "archived": archived, "note": origin.note})


def _describe_facts(version: Version) -> dict[str, Any]:
    entities = {facts.entity: facts for region in version.regions.values() for facts in region.entities}
    described: dict[str, Any] = {
        "entities": [_describe_entity(entities[name]) for name in sorted(entities)],
        "regions": {
            name: _without_gaps(
                {
                    "name": dict(region.names),
                    "entities": FlowList(facts.entity for facts in region.entities),
                    "succeeds": FlowList(region.succeeds),
                    "territories": FlowList(region.territories),
                }
            )
            for name, region in version.regions.items()
        },
    }
    processing = _describe_processing(version.processing) if version.processing else {}
    return {**described, "processing": processing} if processing else described


def _describe_processing(record: Processing) -> dict[str, Any]:
    """The record of processing; what is left out means the same as what the reader takes for it."""
    items: dict[str, tuple[DataCategory | Purpose | Recipient, ...]] = {
        "data": record.data,
        "purposes": record.purposes,
        "recipients": record.recipients,
    }
    described: dict[str, Any] = {name: [_describe_item(item) for item in found] for name, found in items.items()}
    children = "true" if record.children else None
    return _without_gaps(described | {"features": FlowList(record.features), "children": children})


def _describe_item(item: DataCategory | Purpose | Recipient) -> dict[str, Any]:
    found = {part.name: getattr(item, part.name) for part in fields(item)}
    return _without_gaps({key: _describe_value(value) for key, value in found.items()})


def _describe_value(value: object) -> object:
    match value:
        case bool():
            return "true" if value else None
        case tuple():
            return FlowList(value)
        case _:
            return value


def _describe_entity(facts: Facts) -> dict[str, Any]:
    register = facts.register
    return _without_gaps(
        {
            "id": facts.entity,
            "since": facts.since.isoformat(),
            "legal_name": facts.legal_name,
            "aliases": list(facts.aliases),
            "form": facts.form,
            "answers_for": FlowList(facts.answers_for),
            "jointly": "true" if facts.jointly else None,
            "address": _describe_address(facts.address),
            "register": _describe_plain(register) if register else None,
            "zone": facts.zone,
            "contacts": {
                role: contact if isinstance(contact, str) else _describe_address(contact)
                for role, contact in facts.contacts.items()
            },
            "seals": [_describe_seal(seal) for seal in facts.seals],
            "owner": facts.owner,
            "succession": facts.succession,
            "representatives": dict(facts.representatives),
        }
    )


def _describe_address(address: Address | None) -> dict[str, str] | None:
    return _describe_plain(address) if address else None


def _describe_plain(value: Any) -> dict[str, Any]:  # noqa: ANN401 - a dataclass of texts and dates
    found = {item.name: getattr(value, item.name) for item in fields(value)}
    return _without_gaps({key: item.isoformat() if isinstance(item, date) else item for key, item in found.items()})


def _describe_seal(seal: Seal) -> dict[str, Any]:
    return {key: dict(item) if isinstance(item, Mapping) else item for key, item in _describe_plain(seal).items()}
