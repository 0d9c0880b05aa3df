"""Sealed versions: read byte for byte, each verified against its own hashes and all of a notice against their chain.

They are verified on every load: whoever reads them reads what was published.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

from noticepress import documents as doc
from noticepress.conversions import make_commitment, make_erratum, make_facts, make_origin, make_processing, make_record
from noticepress.errors import NoticeError, Problem, Source
from noticepress.files import Collector, list_entries, read_text
from noticepress.model import Edition, Effective, SealedRegion, Version
from noticepress.reading import fit, parse_yaml

SEAL_PREFIX = "seal: "
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
    return tuple(versions)


def _order(version_id: str) -> tuple[str, int]:
    day, _, revision = version_id.partition(".")
    return day, int(revision or 0)


def _check_chain(versions: list[Version]) -> Iterator[Problem]:
    """Each version names the hash of the one before; the first names none."""
    for older, newer in pairwise([None, *versions]):
        expected = older.sha256 if older else ""
        if newer and newer.previous != expected:
            told = f"names {_shorten(newer.previous)} as the hash of the version before, which is {_shorten(expected)}"
            hint = "a version is missing or was changed: restore versions/ from version control"
            yield Problem("DV05", Source(f"{newer.path}/version.yml"), told, hint)


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
    for region, hashes in found.editions.items():
        for locale, digest in hashes.items():
            edition = Edition(notice, version, region, locale, "", digest, f"{folder}/{region}/{locale}.md")
            editions[region, locale] = collector.attempt(_read_edition, site, edition) or edition
    collector.attempt(_find_strays, site, folder, found)
    if collector.problems or facts is None:
        raise NoticeError(collector.problems)
    return _make_version(found, facts, editions, _hash(text), folder)


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


def _read_edition(site: Path, edition: Edition) -> Edition:
    """An edition whose hash is known, with its text."""
    return replace(edition, text=_read_exactly(site, edition.path, edition.sha256))


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
    expected = {"": {"version.yml", "facts.yml"}}
    expected |= {region: {f"{locale}.md" for locale in hashes} for region, hashes in version.editions.items()}
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
