"""Sealed versions: read byte for byte, each verified against its own hashes and all of a notice against their chain.

They are verified on every load: whoever reads them reads what was published.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from noticepress import documents as doc
from noticepress.chain import follow_chain
from noticepress.conversions import make_commitment, make_erratum, make_facts, make_origin, make_processing, make_record
from noticepress.errors import NoticeError, Problem, Source
from noticepress.files import Collector, list_entries, read_text
from noticepress.localize import format_date, words
from noticepress.model import Edition, Effective, SealedRegion, Version, Withdrawal
from noticepress.reading import fit, parse_yaml

SEAL_PREFIX = "seal: "
WITHDRAWN = "withdrawn.yml"
REMOVED = ".removed.yml"
_RESTORE = "published words are never edited: restore it from version control, and write a new version instead"


def seal_of(lines: str) -> str:
    """The hash that closes a version.yml: of everything above the line that states it."""
    return _hash(lines)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read_versions(site: Path, notice: str, collector: Collector) -> tuple[Version, ...]:
    """A notice's sealed versions, oldest first. What differs from what was sealed (DV05) is reported, and left out."""
    parent = f"content/{notice}/versions"
    folders, strays = collector.attempt(list_entries, site, parent) or ([], [])
    for name in strays:
        collector.report("DV05", Source(f"{parent}/{name}"), "is no sealed version", "remove it")
    names = [name for name in folders if not name.startswith("_")]
    found = [collector.attempt(read_version, site, notice, name) for name in names]
    versions = sorted((version for version in found if version), key=lambda version: _order(version.id))
    if len(versions) == len(names):
        collector.problems.extend(_check_chain(versions))
    cancelled = {version.day: version.withdrawn for version in versions if version.withdrawn}
    return tuple(replace(version, withdrawn=cancelled.get(version.day)) for version in versions)


def _order(version_id: str) -> tuple[str, int]:
    day, _, revision = version_id.partition(".")
    return day, int(revision or 0)


def _check_chain(versions: list[Version]) -> Iterator[Problem]:
    """Each version names the hash of the one sealed before it, the first names none: one chain, and all are in it."""
    chain = follow_chain(versions)
    expected = chain[-1].sha256 if chain else ""
    linked = {version.id for version in chain}
    loose = [version for version in versions if version.id not in linked]
    for version in loose:
        if version.previous not in {other.sha256 for other in loose}:
            told = f"names {_shorten(version.previous)} as the hash of the version before, which is "
            hint = "a version is missing or was changed: restore versions/ from version control"
            yield Problem("DV05", Source(f"{version.path}/version.yml"), told + _shorten(expected), hint)


def _shorten(digest: str) -> str:
    return f"{digest[:12]}…" if digest else "absent"


def read_version(site: Path, notice: str, version: str) -> Version:
    """One sealed version, verified. Raises NoticeError (DV05, YAML, TEXT) naming each file that differs."""
    folder = f"content/{notice}/versions/{version}"
    collector = Collector()
    path = f"{folder}/version.yml"
    text = _read_exactly(site, path)
    above, prefix, _ = text.rpartition(SEAL_PREFIX)
    if text != f"{above}{prefix}{seal_of(above)}\n":
        collector.report("DV05", Source(path), "differs from what was sealed", _RESTORE)
    found = collector.attempt(lambda: fit(parse_yaml(text, path), doc.VersionDocument))
    if found is None:
        raise NoticeError(collector.problems)
    if (found.notice, found.version) != (notice, version):
        told = f"says {found.notice} {found.version}, but lies in {folder}"
        collector.report("DV05", Source(path), told, _RESTORE)
    if found.version.partition(".")[0] != found.effective.isoformat():
        told = f"version {found.version} is named after another day than its effective date {found.effective}"
        collector.report("DV05", Source(path), told, _RESTORE)
    facts = collector.attempt(_read_facts, site, f"{folder}/facts.yml", found)
    editions = {}
    removals: dict[tuple[str, str], Withdrawal] = {}
    for region, hashes in found.editions.items():
        for locale, digest in hashes.items():
            edition = Edition(notice, version, region, locale, "", digest, f"{folder}/{region}/{locale}.md")
            if removal := collector.attempt(read_removal, site, edition):
                removals[region, locale] = removal
            editions[region, locale] = collector.attempt(_read_edition, site, edition, removal) or edition
    collector.attempt(_find_strays, site, folder, found)
    withdrawn = collector.attempt(read_withdrawal, site, found, _hash(text), folder)
    if collector.problems or facts is None:
        raise NoticeError(collector.problems)
    return replace(_make_version(found, facts, editions, _hash(text), folder), withdrawn=withdrawn, removals=removals)


def read_withdrawal(site: Path, version: doc.VersionDocument, digest: str, folder: str) -> Withdrawal | None:
    """That a version was cancelled, verified; None where it was not. Raises NoticeError (DV05, DV06, YAML, TEXT)."""
    path = f"{folder}/{WITHDRAWN}"
    if not (site / path).exists():
        return None
    found = fit(parse_yaml(_read_sealed(site, path), path), doc.WithdrawnDocument)
    if (found.notice, found.version, found.sha256) != (version.notice, version.version, digest):
        told = f"is the withdrawal of {found.notice} {found.version}, {_shorten(found.sha256)}, not of this version"
        raise NoticeError([Problem("DV05", Source(path), told, _RESTORE)])
    begun = min((effective.instant for effective in version.regions.values()), default=found.withdrawn)
    if found.withdrawn >= begun:
        told = f"is withdrawn at {found.withdrawn.isoformat()}, when it was in force already"
        raise NoticeError([Problem("DV06", Source(path), told, "release a new version instead")])
    return Withdrawal(found.withdrawn, found.reason, found.by or "")


def _read_sealed(site: Path, path: str) -> str:
    """A file whose last line is the hash of the lines above it."""
    text = _read_exactly(site, path)
    above, prefix, _ = text.rpartition(SEAL_PREFIX)
    if text != f"{above}{prefix}{seal_of(above)}\n":
        raise NoticeError([Problem("DV05", Source(path), "differs from what was sealed", _RESTORE)])
    return text


def _read_exactly(site: Path, path: str, digest: str = "") -> str:
    """A sealed text, byte for byte: no line ending is forgiven, and its hash is the one that was sealed."""
    text = read_text(site, path)
    if (site / path).read_bytes() != text.encode():
        hint = f"{_RESTORE}; let nothing convert its line endings"
        raise NoticeError([Problem("DV05", Source(path), "differs from what was sealed: not as it was written", hint)])
    if digest and _hash(text) != digest:
        told = f"differs from what was sealed: sha256 is not {_shorten(digest)}"
        raise NoticeError([Problem("DV05", Source(path), told, _RESTORE)])
    return text


def _read_edition(site: Path, edition: Edition, removal: Withdrawal | None) -> Edition:
    """An edition whose hash is known, with its text, or with what stands in its place."""
    if removal:
        if (site / edition.path).exists():
            told = "its text was removed, but it is still here"
            raise NoticeError([Problem("DV05", Source(edition.path), told, "delete it")])
        return replace(edition, text=_tell_removal(edition, removal))
    return replace(edition, text=_read_exactly(site, edition.path, edition.sha256))


def read_removal(site: Path, edition: Edition) -> Withdrawal | None:
    """That the text of an edition had to be taken away, verified; None where it was not. Raises NoticeError (DV05)."""
    path = edition.path.removesuffix(".md") + REMOVED
    if not (site / path).exists():
        return None
    found = fit(parse_yaml(_read_sealed(site, path), path), doc.RemovedDocument)
    named = (found.notice, found.version, found.region, found.locale, found.sha256)
    if named != (edition.notice, edition.version, edition.region, edition.locale, edition.sha256):
        told = f"is the removal of another text: {found.version} {found.region}/{found.locale}"
        raise NoticeError([Problem("DV05", Source(path), told, _RESTORE)])
    return Withdrawal(found.removed, found.reason, found.by or "")


def _tell_removal(edition: Edition, removal: Withdrawal) -> str:
    """What is read in place of a text that was taken away: Markdown, in the language of the edition."""
    say, day = words(edition.locale).gettext, format_date(removal.instant.date(), edition.locale)
    reason = removal.reason.get(edition.locale) or next(iter(removal.reason.values()), "")
    told = [
        "# " + say("The text was removed"),
        say("The text of this version was removed on {date}.", date=day),
        reason,
        say("SHA-256 of the text") + f": `{edition.sha256}`",
    ]
    return "\n\n".join(told) + "\n"


def _read_facts(site: Path, path: str, version: doc.VersionDocument) -> doc.FactsDocument:
    """The resolved entities and regions of a version; every region and entity that is named must be there."""
    facts = fit(parse_yaml(_read_exactly(site, path, version.facts), path), doc.FactsDocument)
    if not facts.regions.keys() == version.regions.keys() >= version.editions.keys():
        told = "the regions here are not those of version.yml"
        raise NoticeError([Problem("DV05", Source(path), told, _RESTORE)])
    known = {entity.id for entity in facts.entities}
    if missing := sorted({name for region in facts.regions.values() for name in region.entities} - known):
        told = f"the facts of {', '.join(missing)} are missing"
        raise NoticeError([Problem("DV05", Source(path), told, _RESTORE)])
    return facts


def _find_strays(site: Path, folder: str, version: doc.VersionDocument) -> None:
    """Raise NoticeError with each file that was not sealed with a version."""
    expected = {"": {"version.yml", "facts.yml", WITHDRAWN}}
    expected |= {
        region: {f"{locale}{suffix}" for locale in hashes for suffix in (".md", REMOVED)}
        for region, hashes in version.editions.items()
    }
    problems = []
    for region in ("", *list_entries(site, folder)[0]):
        inner = f"{folder}/{region}".rstrip("/")
        deeper, files = list_entries(site, inner)
        strays = {*files, *(deeper if region else ())} - expected.get(region, set())
        told = "was not sealed with this version"
        problems += [Problem("DV05", Source(f"{inner}/{name}"), told, "remove it") for name in sorted(strays)]
    if problems:
        raise NoticeError(problems)


def _make_version(
    found: doc.VersionDocument,
    facts: doc.FactsDocument,
    editions: Mapping[tuple[str, str], Edition],
    digest: str,
    folder: str,
) -> Version:
    return Version(
        notice=found.notice,
        id=found.version,
        day=found.effective,
        titles=found.describes.title,
        audiences=found.describes.audience,
        record=make_record(found.change, ""),
        regions={
            name: _make_region(name, region, facts, found.effective, found.regions[name])
            for name, region in facts.regions.items()
        },
        editions=editions,
        announced=found.announced,
        origin=make_origin(found.origin),
        authoritative=found.describes.authoritative,
        commitments=tuple(make_commitment(item) for item in found.describes.commitments),
        supplements=found.describes.supplements or "",
        sha256=digest,
        previous=found.previous or "",
        facts_sha256=found.facts,
        processing=make_processing(facts.processing) if facts.processing else None,
        errata=tuple(make_erratum(item) for item in found.errata),
        path=folder,
    )


def _make_region(
    name: str, region: doc.SealedRegionDocument, facts: doc.FactsDocument, day: date, effective: doc.SealedEffective
) -> SealedRegion:
    roster = {item.id: item for item in facts.entities}
    entities = [roster[entity] for entity in region.entities]
    return SealedRegion(
        id=name,
        names=region.name,
        territories=tuple(region.territories),
        entities=tuple(make_facts(item.id, item.since, dict(item), "") for item in entities),
        succeeds=tuple(region.succeeds),
        effective=Effective(day, effective.zone, effective.instant, effective.assumed),
    )
