"""Seal a version: what was composed, written once, hashed, chained to the version before, and never written again."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from noticepress.checks import find_problems
from noticepress.compose import Draft, compose_draft
from noticepress.errors import NoticeError, OutsideError, Problem, Source, errors_of
from noticepress.history import start_of
from noticepress.library import Reading
from noticepress.lookup import check_notice
from noticepress.manifest import format_utc
from noticepress.model import Address, AsOf, Commitment, Facts, Library, Origin, Seal, Version
from noticepress.reading import FlowList, write_yaml
from noticepress.sealed import SEAL_PREFIX, read_version, seal_of


@dataclass(frozen=True, slots=True)
class Sealing:
    """A version ready to be written: its folder (relative to the site) and every file in it, `version.yml` last."""

    notice: str
    version: str
    folder: str
    files: Mapping[str, bytes]


def prepare_release(reading: Reading, notice: str, as_of: AsOf) -> Sealing:
    """Check everything, and lay out the version that would be sealed.

    Raises NoticeError with every reason against it, UsageError for a notice that does not exist.
    """
    library = reading.library
    problems = list(errors_of(find_problems(reading, as_of)))
    broken = {problem.source.path for problem in problems}
    if f"content/{notice}/notice.yml" not in broken:
        check_notice(library, notice)
    record = f"content/{notice}/next.yml"
    if notice in library.next_versions:
        problems.extend(find_obstacles(library, notice))
    elif record not in broken:
        hint = f"write {record} with effective, class and summary"
        problems.append(
            Problem("CN01", Source(record), "nothing is being prepared: the change record is missing", hint)
        )
    if problems:
        raise NoticeError(problems)
    return lay_out_version(library, compose_draft(library, notice, as_of))


def find_obstacles(library: Library, notice: str) -> Iterator[Problem]:
    """What stands against sealing whatever the checks say: a date that is taken, or before the newest version's."""
    following = library.next_versions[notice]
    sealed = library.versions.get(notice, ())
    if any(version.day == following.effective for version in sealed):
        told = f"version {following.effective} is sealed already"
        hint = "delete next.yml if it is that version's record; choose a later date for a new version"
        yield Problem("DV06", following.source, told, hint)
    elif sealed and sealed[-1].day > following.effective:
        told = f"effective {following.effective} is not after {sealed[-1].day}, the newest version"
        yield Problem("DV02", following.source, told, "choose a later date: versions follow one another")


def lay_out_version(library: Library, draft: Draft) -> Sealing:
    """The files of a version, in bytes: editions, facts.yml, version.yml."""
    version = draft.version
    folder = f"content/{version.notice}/versions/{version.id}"
    files: dict[str, bytes] = {}
    for (region, locale), edition in version.editions.items():
        files[f"{region}/{locale}.md"] = edition.text.encode()
    files["facts.yml"] = write_yaml(_describe_facts(version)).encode()
    sealed = library.versions.get(version.notice, ())
    previous = sealed[-1].sha256 if sealed else ""
    body = write_yaml(_describe_version(version, files["facts.yml"], previous))
    files["version.yml"] = (body + SEAL_PREFIX + seal_of(body) + "\n").encode()
    return Sealing(version.notice, version.id, folder, files)


def seal_version(site: Path, sealing: Sealing) -> None:
    """Write a version whole or not at all, then take `next.yml` away. Raises OutsideError when the disk refuses.

    It is written and read back beside its place, and moved in by one rename, so a crash leaves no half version;
    `next.yml` goes last, so a crash leaves no lost record.
    """
    notice = site / "content" / sealing.notice
    workshop = notice / ".sealing"  # a site that holds nothing but this version, where nobody reads
    written, target = workshop / sealing.folder, site / sealing.folder
    try:
        shutil.rmtree(workshop, ignore_errors=True)
        for name, content in sealing.files.items():
            _write_durably(written / name, content)
        read_version(workshop, sealing.notice, sealing.version)
        if target.exists():
            raise OutsideError(f"{sealing.folder} exists already; nothing was sealed")
        target.parent.mkdir(exist_ok=True)
        written.rename(target)
    except NoticeError as error:
        raise OutsideError(f"what was written does not read back: {error}; nothing was sealed, try again") from error
    except OSError as error:
        told = f"{sealing.folder} could not be written: {error.strerror or error}"
        raise OutsideError(f"{told}; look at the disk and at who may write there") from error
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    try:
        _flush_folder(target.parent)
        (notice / "next.yml").unlink(missing_ok=True)
    except OSError as error:
        told = f"{sealing.folder} is sealed, but its next.yml is still there: {error.strerror or error}; delete it"
        raise OutsideError(told) from error


def _write_durably(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _flush_folder(folder: Path) -> None:
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
        effective = start_of(version, region)
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
    return {
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
