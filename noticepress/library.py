"""A site's folder to a `Library`: every file read, every mistake reported, nothing guessed.

`read_library` gives what could be read together with all problems, so that `check` can go on; `load_library` gives a
whole library or raises. Sealed versions are verified here, on every load: whoever reads them reads what was published.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from noticepress import documents as doc
from noticepress.errors import NoticeError, Problem, Source, UsageError, errors_of, sort_problems
from noticepress.localize import is_locale
from noticepress.model import (
    Address,
    ChangeRecord,
    Commitment,
    Edition,
    Effective,
    Entity,
    Facts,
    Library,
    NextVersion,
    Notice,
    Origin,
    Region,
    Register,
    Seal,
    SealedRegion,
    Settings,
    Texts,
    Version,
    WorkingText,
)
from noticepress.reading import fit, fit_each, read_text, read_yaml

LEAD_DAYS = {"material": 30, "minor": 7, "editorial": 0}
SEAL_PREFIX = "seal: "

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading:
    """What could be read of a site. `is_roster_whole` tells whether settings, entities and regions all could."""

    library: Library
    problems: tuple[Problem, ...]
    is_roster_whole: bool


@dataclass(slots=True)
class _Collector:
    """Gathers problems, so that one broken file does not hide the next."""

    problems: list[Problem] = field(default_factory=list)

    def attempt(self, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except NoticeError as error:
            self.problems.extend(error.problems)
            return None

    def report(self, check: str, source: Source, message: str, hint: str) -> None:
        self.problems.append(Problem(check, source, message, hint))


def load_library(site: Path) -> Library:
    """The whole library of a site. Raises NoticeError with every problem, UsageError where there is no site."""
    reading = read_library(site)
    if errors := errors_of(reading.problems):
        raise NoticeError(errors)
    return reading.library


def read_library(site: Path) -> Reading:
    """Everything that can be read of a site, and every problem met. Raises UsageError where there is no site."""
    if not (site / "mkdocs.yml").is_file():
        msg = f"{site} is not a site: it has no mkdocs.yml (make one with 'noticepress init', or name another folder with --site)"
        raise UsageError(msg)
    collector = _Collector()
    settings = collector.attempt(lambda: _read_settings(site))
    regions = collector.attempt(lambda: _read_regions(site, settings)) or {}
    entities = _read_entities(site, settings, collector)
    is_roster_whole = settings is not None and not collector.problems
    fallback = Settings("", "en", (), "UTC", LEAD_DAYS)
    known = settings or fallback
    notices: dict[str, Notice] = {}
    texts: dict[tuple[str, str], WorkingText] = {}
    next_versions: dict[str, NextVersion] = {}
    versions: dict[str, tuple[Version, ...]] = {}
    for folder in _folders(site / "content"):
        name = folder.name
        notice = collector.attempt(lambda folder=folder: _read_notice(site, folder, known))
        if notice:
            notices[name] = notice
        for text in _read_texts(site, folder, known, collector):
            texts[name, text.locale] = text
        if (folder / "next.yml").exists() or (folder / "next.yml").is_symlink():
            following = collector.attempt(lambda folder=folder: _read_next(site, folder, known))
            if following:
                next_versions[name] = following
        versions[name] = tuple(_read_versions(site, folder, collector))
    library = Library(known, entities, regions, notices, texts, next_versions, versions)
    if is_roster_whole:
        collector.problems.extend(_check_names(library))
    return Reading(library, sort_problems(collector.problems), is_roster_whole)


def _folders(parent: Path) -> list[Path]:
    if not parent.is_dir():
        return []
    return sorted(child for child in parent.iterdir() if child.is_dir() and not child.name.startswith((".", "_")))


def _relative(site: Path, path: Path) -> str:
    return path.relative_to(site).as_posix()


# ---- settings, regions, entities


def _read_settings(site: Path) -> Settings:
    file = read_yaml(site, "mkdocs.yml", tagged=True)
    data: Any = file.data
    extra = data.get("extra") if isinstance(data, dict) else None
    if not isinstance(extra, dict) or not isinstance(extra.get("noticepress"), dict):
        hint = "add 'noticepress:' under 'extra:', with organisation, locales and zone"
        raise NoticeError([Problem("YAML", file.source("extra"), "extra.noticepress is missing", hint)])
    found = fit(file, doc.SettingsDocument, "extra", "noticepress")
    if found.source_locale not in found.locales:
        place = file.source("extra", "noticepress", "source_locale")
        raise NoticeError([Problem("YAML", place, f"source_locale {found.source_locale!r} is not one of locales", "add it to locales")])
    if repeated := _repeated(found.locales):
        place = file.source("extra", "noticepress", "locales")
        raise NoticeError([Problem("YAML", place, f"locale {repeated!r} is listed twice", "keep one")])
    url = data.get("site_url") or ""
    return Settings(
        organisation=found.organisation,
        source_locale=found.source_locale,
        locales=tuple(found.locales),
        zone=found.zone,
        lead_days=LEAD_DAYS | found.lead_days,
        site_name=str(data.get("site_name") or found.organisation),
        site_url=url if not url or url.endswith("/") else url + "/",
        source=file.source("extra", "noticepress"),
    )


def _repeated(values: Iterable[str]) -> str:
    seen: set[str] = set()
    return next((value for value in values if value in seen or seen.add(value)), "")  # type: ignore[func-returns-value]


def _read_regions(site: Path, settings: Settings | None) -> dict[str, Region]:
    file = read_yaml(site, "entities/regions.yml")
    found: dict[str, doc.RegionDocument] = fit_each(file, doc.REGIONS)
    if not found:
        raise NoticeError([Problem("YAML", Source(file.path), "no region is described", "add a region with name and territories")])
    return {
        name: Region(
            id=name,
            names=_texts(region.name, settings),
            rule=tuple(region.territories),
            required_locales=tuple(region.required_locales),
            succeeds=tuple(region.succeeds),
            source=file.key_source(name),
        )
        for name, region in found.items()
    }


def _read_entities(site: Path, settings: Settings | None, collector: _Collector) -> dict[str, Entity]:
    entities: dict[str, Entity] = {}
    folder = site / "entities"
    paths = sorted(folder.glob("*.yml")) if folder.is_dir() else []
    for path in paths:
        if path.name == "regions.yml":
            continue
        entity = collector.attempt(lambda path=path: _read_entity(site, path, settings))
        if entity:
            entities[entity.id] = entity
    if not entities and not collector.problems:
        collector.report("YAML", Source("entities"), "no entity is described", "add entities/<entity>.yml with its facts")
    return entities


def _read_entity(site: Path, path: Path, settings: Settings | None) -> Entity:
    file = read_yaml(site, _relative(site, path))
    name = path.stem
    _check_name(name, file.path)
    found = fit(file, doc.EntityDocument)
    problems: list[Problem] = []
    slices: list[Facts] = []
    values: dict[str, Any] = {}
    for index, piece in enumerate(found.facts):
        source = file.source("facts", index)
        given = {key: getattr(piece, key) for key in piece.model_fields_set}
        since = given.pop("from_")
        if slices and since <= slices[-1].since:
            hint = "order the slices by date, oldest first, one for a day"
            problems.append(Problem("YAML", file.source("facts", index, "from"), f"{since} does not follow {slices[-1].since}", hint))
        values.update(given)
        if not values.get("legal_name"):
            problems.append(Problem("FE03", source, f"entity {name!r} has no legal_name on {since}", "add 'legal_name:'"))
            continue
        slices.append(_facts(name, since, values, source, settings))
    if problems:
        raise NoticeError(problems)
    return Entity(name, tuple(slices), Source(file.path))


def _check_name(name: str, path: str) -> None:
    """File and folder names become ids in addresses."""
    try:
        doc.check_id(name)
    except ValueError as error:
        raise NoticeError([Problem("YAML", Source(path), f"the file's name: {error}", "rename it")]) from None


def _facts(name: str, since: date, values: Mapping[str, Any], source: Source, settings: Settings | None) -> Facts:
    return Facts(
        entity=name,
        since=since,
        legal_name=values["legal_name"],
        aliases=tuple(values.get("aliases") or ()),
        form=values.get("form") or "",
        answers_for=tuple(values.get("answers_for") or ()),
        jointly=bool(values.get("jointly")),
        address=_address(values.get("address")),
        register=_register(values.get("register_")),
        zone=values.get("zone") or "",
        contacts=_contacts(values.get("contacts")),
        seals=tuple(_seal(seal, settings) for seal in values.get("seals") or ()),
        owner=values.get("owner") or "",
        succession=values.get("succession") or "",
        source=source,
    )


def _address(found: doc.AddressDocument | None) -> Address | None:
    return Address(**{item.name: getattr(found, item.name) or "" for item in fields(Address)}) if found else None


def _register(found: doc.RegisterDocument | None) -> Register | None:
    return Register(found.name or "", found.number or "", found.country or "") if found else None


def _contacts(found: Mapping[str, str | doc.AddressDocument] | None) -> dict[str, str | Address]:
    contacts: dict[str, str | Address] = {}
    for role, contact in (found or {}).items():
        contacts[role] = contact if isinstance(contact, str) else _address(contact) or Address()
    return contacts


def _seal(found: doc.SealDocument, settings: Settings | None) -> Seal:
    return Seal(
        issuer=found.issuer,
        holder=found.holder or "",
        id=found.id or "",
        scope=_texts(found.scope, settings),
        verify_url=found.verify_url or "",
        complaint_url=found.complaint_url or "",
        requirements_url=found.requirements_url or "",
        valid_from=found.valid_from,
        valid_to=found.valid_to,
    )


def _texts(found: Mapping[str, str] | None, settings: Settings | None) -> Texts:
    """Words by locale; what was written without a language is in the site's source locale."""
    source_locale = settings.source_locale if settings else "en"
    return {locale or source_locale: text for locale, text in (found or {}).items()}


# ---- notices and working texts


def _read_notice(site: Path, folder: Path, settings: Settings) -> Notice:
    relative = _relative(site, folder / "notice.yml")
    _check_name(folder.name, relative)
    file = read_yaml(site, relative)
    found = fit(file, doc.NoticeDocument)
    return Notice(
        id=folder.name,
        titles=_texts(found.title, settings),
        audiences=_texts(found.audience, settings),
        supplements=found.supplements or "",
        regions=tuple(found.regions or ()),
        authoritative=dict(found.authoritative),
        commitments=tuple(_commitment(item) for item in found.commitments),
        source=Source(file.path),
    )


def _commitment(found: doc.CommitmentDocument) -> Commitment:
    channels = found.channels or doc.ChannelsDocument()
    every = bool(channels.all_of)
    return Commitment(found.id, found.covers or "", tuple(channels.all_of or channels.any_of or ()), every, found.timing or "")


def _read_texts(site: Path, folder: Path, settings: Settings, collector: _Collector) -> Iterator[WorkingText]:
    for path in sorted(folder.glob("*.md")):
        relative = _relative(site, path)
        locale = path.stem
        if settings.locales and locale not in settings.locales:
            hint = f"rename it, or add the language to locales in mkdocs.yml ({', '.join(settings.locales)})"
            told = f"{locale!r} is not a language of this site" if is_locale(locale) else f"{locale!r} is not a language tag"
            collector.report("TR06", Source(relative), told, hint)
            continue
        text = collector.attempt(lambda relative=relative: read_text(site, relative))
        if text is not None:
            yield WorkingText(folder.name, locale, text, relative)


def _read_next(site: Path, folder: Path, settings: Settings) -> NextVersion:
    file = read_yaml(site, _relative(site, folder / "next.yml"))
    found = fit(file, doc.NextDocument)
    record = ChangeRecord(
        change_class=found.class_,
        summary=_texts(found.summary, settings),
        impact=_texts(found.impact, settings),
        options=_texts(found.options, settings),
        reason=found.reason or "",
        applies_to=found.applies_to or "",
        approved_by=found.approved_by or "",
    )
    return NextVersion(folder.name, found.effective, record, found.announced, _origin(found.origin), Source(file.path))


def _origin(found: doc.OriginDocument | None) -> Origin | None:
    return Origin(found.url or "", found.archived, found.note or "") if found else None


# ---- sealed versions


def _read_versions(site: Path, folder: Path, collector: _Collector) -> Iterator[Version]:
    """A notice's sealed versions, oldest first, each verified against its hashes and all against the chain."""
    found = [collector.attempt(lambda path=path: read_version(site, path)) for path in _folders(folder / "versions")]
    versions = sorted((version for version in found if version), key=lambda v: (v.day, *_revision(v.id)))
    if len(versions) == len(found):
        for older, newer in pairwise([None, *versions]):
            expected = older.sha256 if older else ""
            if newer and newer.previous != expected:
                told = f"names {newer.previous[:12] or 'no'} as the hash of the version before, which is {expected[:12] or 'absent'}"
                hint = "the chain of versions is broken: restore versions/ from version control"
                collector.report("DV05", Source(f"{newer.path}/version.yml"), told, hint)
    yield from versions


def _revision(version_id: str) -> tuple[int]:
    return (int(version_id.partition(".")[2] or 0),)


def seal_of(lines: str) -> str:
    """The hash that closes a version.yml: of everything above the line that states it."""
    return hashlib.sha256(lines.encode()).hexdigest()


def read_version(site: Path, folder: Path) -> Version:
    """One sealed version, verified. Raises NoticeError (DV05, YAML, TEXT) naming each file that differs."""
    path = _relative(site, folder)
    restore = "published words are never edited: restore the file from version control, and write a new version instead"
    raw = read_text(site, f"{path}/version.yml")
    file = read_yaml(site, f"{path}/version.yml")
    problems: list[Problem] = []
    above, _, seal = raw.rpartition(SEAL_PREFIX)
    if seal_of(above) != seal.strip():
        problems.append(Problem("DV05", Source(file.path), "differs from what was sealed", restore))
    try:
        found = fit(file, doc.VersionDocument)
    except NoticeError as error:
        raise NoticeError([*problems, *error.problems]) from None
    if found.version != folder.name:
        problems.append(Problem("DV05", Source(file.path), f"says version {found.version}, but lies in {folder.name}", restore))
    if found.notice != folder.parent.parent.name:
        problems.append(Problem("DV05", Source(file.path), f"says notice {found.notice}, but lies under another", restore))
    editions: dict[tuple[str, str], Edition] = {}
    facts_path = f"{path}/facts.yml"
    collector = _Collector(problems)
    facts_text = collector.attempt(lambda: read_text(site, facts_path))
    if facts_text is not None and hashlib.sha256(facts_text.encode()).hexdigest() != found.facts:
        collector.report("DV05", Source(facts_path), "differs from what was sealed", restore)
    for region, hashes in found.editions.items():
        for locale, digest in hashes.items():
            edition_path = f"{path}/{region}/{locale}.md"
            text = collector.attempt(lambda edition_path=edition_path: _read_exactly(site, edition_path))
            if text is None:
                continue
            if hashlib.sha256(text.encode()).hexdigest() != digest:
                collector.report("DV05", Source(edition_path), f"differs from what was sealed: sha256 is not {digest[:12]}…", restore)
            editions[region, locale] = Edition(found.notice, found.version, region, locale, text, digest, edition_path)
    expected = {f"{path}/version.yml", facts_path, *(edition.path for edition in editions.values())}
    for extra in sorted(p for p in folder.rglob("*") if not p.is_dir()):
        name = _relative(site, extra)
        if name not in expected and not problems:
            collector.report("DV05", Source(name), "was not sealed with this version", "remove it")
    if problems:
        raise NoticeError(problems)
    facts = fit(read_yaml(site, facts_path), doc.FactsDocument)
    return _version(found, facts, editions, hashlib.sha256(raw.encode()).hexdigest(), path)


def _read_exactly(site: Path, relative: str) -> str:
    """A sealed text, byte for byte: no line ending is forgiven."""
    text = read_text(site, relative)
    if (site / relative).read_bytes() != text.encode():
        raise NoticeError([Problem("DV05", Source(relative), "differs from what was sealed", "restore it from version control")])
    return text


def _version(
    found: doc.VersionDocument,
    facts: doc.FactsDocument,
    editions: Mapping[tuple[str, str], Edition],
    digest: str,
    path: str,
) -> Version:
    roster = {item.id: _sealed_facts(item) for item in facts.entities}
    regions = {
        name: SealedRegion(
            id=name,
            names=region.name,
            territories=tuple(region.territories),
            entities=tuple(roster[entity] for entity in region.entities),
            succeeds=tuple(region.succeeds),
            effective=Effective(found.effective, found.regions[name].zone, found.regions[name].instant, found.regions[name].assumed),
        )
        for name, region in facts.regions.items()
    }
    change = found.change
    record = ChangeRecord(
        change.class_,
        change.summary,
        change.impact,
        change.options,
        change.reason or "",
        change.applies_to or "",
        change.approved_by or "",
    )
    return Version(
        notice=found.notice,
        id=found.version,
        day=found.effective,
        titles=found.describes.title,
        audiences=found.describes.audience,
        record=record,
        regions=regions,
        editions=editions,
        announced=found.announced,
        origin=_origin(found.origin),
        authoritative=found.describes.authoritative,
        commitments=tuple(_commitment(item) for item in found.describes.commitments),
        supplements=found.describes.supplements or "",
        sha256=digest,
        previous=found.previous or "",
        facts_sha256=found.facts,
        path=path,
    )


def _sealed_facts(item: doc.SealedFacts) -> Facts:
    values = {key: getattr(item, key) for key in item.model_fields_set}
    facts = _facts(item.id, item.since, values, Source(""), None)
    return replace(facts, entity=item.id)


# ---- names that must exist


def _check_names(library: Library) -> Iterator[Problem]:
    """Names in one file that another must have."""
    settings, regions = library.settings, library.regions
    for notice in library.notices.values():
        if notice.supplements and notice.supplements not in library.notices:
            yield Problem("CE07", notice.source, f"supplements {notice.supplements!r}, which is no notice here", "name a folder of content/")
        if notice.supplements == notice.id:
            yield Problem("CE07", notice.source, f"{notice.id!r} supplements itself", "remove 'supplements:'")
        for region in (*notice.regions, *(name for name in notice.authoritative if name)):
            if region not in regions:
                yield Problem("RG03", notice.source, f"unknown region {region!r}", f"use one of {', '.join(regions)}")
        for locale in notice.authoritative.values():
            if locale not in settings.locales:
                yield Problem("TR06", notice.source, f"authoritative locale {locale!r} is not a language of this site", "see mkdocs.yml")
    for region in regions.values():
        for locale in region.required_locales:
            if locale not in settings.locales:
                hint = "add it to locales in mkdocs.yml"
                yield Problem("TR06", region.source, f"required locale {locale!r} is not a language of this site", hint)
