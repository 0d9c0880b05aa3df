"""Seal a version: what was composed, written once, hashed, chained to the version before, and never written again."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from noticepress.checks import find_problems
from noticepress.compose import Draft, compose_draft
from noticepress.errors import NoticeError, OutsideError, Problem, Source, UsageError, errors_of
from noticepress.library import SEAL_PREFIX, Reading, seal_of
from noticepress.model import Address, AsOf, Commitment, Facts, Library, Origin, Seal, Version
from noticepress.reading import FlowList, write_yaml


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
    if notice not in library.notices:
        known = ", ".join(library.notices) or "none yet"
        msg = f"there is no notice {notice!r}; the site has: {known}"
        raise UsageError(msg)
    problems = list(errors_of(find_problems(reading, as_of)))
    if notice not in library.next_versions:
        source = Source(f"content/{notice}/next.yml")
        hint = f"write {source.path} with effective, class and summary"
        raise NoticeError([*problems, Problem("CN01", source, "nothing is being prepared: the change record is missing", hint)])
    problems.extend(find_obstacles(library, notice))
    if problems:
        raise NoticeError(problems)
    return lay_out_version(library, compose_draft(library, notice, as_of))


def find_obstacles(library: Library, notice: str) -> Iterator[Problem]:
    """What only stands against sealing: missing texts, and dates that do not follow those already sealed."""
    following = library.next_versions[notice]
    settings, source = library.settings, following.source
    names = library.notices[notice].regions or tuple(library.regions)
    required = {settings.source_locale, *(loc for name in names for loc in library.regions[name].required_locales)}
    for locale in settings.locales:
        if locale in required and (notice, locale) not in library.texts:
            path = f"content/{notice}/{locale}.md"
            yield Problem("TR01", Source(path), f"the text in {locale!r} is required and missing", f"write {path}")
    sealed = library.versions.get(notice, ())
    if any(version.id == following.effective.isoformat() for version in sealed):
        hint = "choose a later date, or use 'correct' for a revision"
        yield Problem("DV06", source, f"version {following.effective} is sealed already", hint)
    elif sealed and sealed[-1].day >= following.effective:
        told = f"effective {following.effective} is not after {sealed[-1].day}, the newest version"
        yield Problem("DV02", source, told, "choose a later date: versions follow one another")


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

    The folder is made beside its place and moved in by one rename, so a crash leaves no half version; `next.yml` goes last,
    so a crash leaves no lost record.
    """
    folder = site / sealing.folder
    partial = folder.parent / f".{folder.name}.partial"
    try:
        if partial.exists():
            shutil.rmtree(partial)
        for name, content in sealing.files.items():
            path = partial / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
        if folder.exists():
            msg = f"{sealing.folder} exists already; nothing was written"
            raise OutsideError(msg)
        partial.rename(folder)
        (site / "content" / sealing.notice / "next.yml").unlink(missing_ok=True)
    except OSError as error:
        msg = f"{sealing.folder} could not be written: {error.strerror or error}"
        raise OutsideError(msg) from error


# ---- values to plain data


def _describe_version(version: Version, facts: bytes, previous: str) -> dict[str, Any]:
    editions: dict[str, dict[str, str]] = {}
    for (region, locale), edition in version.editions.items():
        editions.setdefault(region, {})[locale] = edition.sha256
    record = version.record
    regions = {}
    for name, region in version.regions.items():
        if region.effective:
            regions[name] = {"zone": region.effective.zone, "instant": format_moment(region.effective.instant)}
            if region.effective.assumed:
                regions[name]["assumed"] = "true"
    return _without_gaps(
        {
            "notice": version.notice,
            "version": version.id,
            "effective": version.day.isoformat(),
            "regions": regions,
            "announced": format_moment(version.announced) if version.announced else None,
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
                }
            ),
            "origin": _describe_origin(version.origin),
            "editions": editions,
            "facts": hashlib.sha256(facts).hexdigest(),
            "previous": previous,
        }
    )


def format_moment(instant: datetime) -> str:
    """An instant in UTC as RFC 3339."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


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
                role: contact if isinstance(contact, str) else _describe_address(contact) for role, contact in facts.contacts.items()
            },
            "seals": [_describe_seal(seal) for seal in facts.seals],
            "owner": facts.owner,
            "succession": facts.succession,
        }
    )


def _describe_address(address: Address | None) -> dict[str, str] | None:
    return _describe_plain(address) if address else None


def _describe_plain(value: Any) -> dict[str, Any]:  # noqa: ANN401 - a dataclass of texts and dates
    found = {item.name: getattr(value, item.name) for item in fields(value)}
    return _without_gaps({key: item.isoformat() if isinstance(item, date) else item for key, item in found.items()})


def _describe_seal(seal: Seal) -> dict[str, Any]:
    return {key: dict(item) if isinstance(item, Mapping) else item for key, item in _describe_plain(seal).items()}
