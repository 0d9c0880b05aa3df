"""Versions, lines and libraries of an invented company, made by hand in as few words as a test needs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from noticepress.history import Line, first_instant, trace_notice
from noticepress.model import (
    AsOf,
    ChangeClass,
    ChangeRecord,
    Edition,
    Effective,
    Entity,
    Facts,
    Library,
    Notice,
    Region,
    SealedRegion,
    Settings,
    Version,
)

LATER = datetime(2100, 1, 1, tzinfo=UTC)
"""An instant at which every version of these tests is long in force."""


def make_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def make_settings(
    *, site_url: str = "https://privacy.acme.example/", locales: Sequence[str] = ("en", "de"), zone: str = "UTC"
) -> Settings:
    """The settings of Acme Research; its source locale is the first of `locales`."""
    return Settings(
        organisation="Acme Research",
        source_locale=locales[0],
        locales=tuple(locales),
        zone=zone,
        lead_days={"material": 30, "minor": 7, "editorial": 0},
        site_name="Acme Research privacy",
        site_url=site_url,
    )


def make_facts(entity: str = "acme-inc", regions: Sequence[str] = ("world",), *, zone: str = "") -> Facts:
    """What is true of an entity since 2000."""
    return Facts(entity, date(2000, 1, 1), f"The {entity} company", answers_for=tuple(regions), zone=zone)


def make_version(
    day: str,
    texts: Mapping[str, Mapping[str, str]] | None = None,
    *,
    notice: str = "visitors",
    announced: datetime | None = None,
    change_class: ChangeClass = "material",
    summary: Mapping[str, str] | None = None,
    succeeds: Mapping[str, Sequence[str]] | None = None,
    zone: str = "UTC",
    assumed: bool = False,
    previous: str = "",
    sealed: bool = True,
) -> Version:
    """A version named `day` (`2012-03-09`, `2012-03-09.1`), with `texts` by region, then locale.

    Without texts it has one edition: region `world`, locale `en`, words of its own. `succeeds` says, by region, which
    regions it continues. `chain_versions` fills in `previous`.
    """
    texts = {"world": {"en": f"# Privacy\n\nAs of {day}.\n"}} if texts is None else texts
    start = date.fromisoformat(day.partition(".")[0])
    effective = Effective(start, zone, first_instant(start, zone), assumed)
    regions = {
        region: SealedRegion(
            id=region,
            names={"en": f"the {region} region", "de": f"Region {region}"},
            territories=("US",),
            entities=(make_facts(regions=[region]),),
            succeeds=tuple((succeeds or {}).get(region, ())),
            effective=effective,
        )
        for region in texts
    }
    editions = {
        (region, locale): Edition(notice, day, region, locale, text, make_hash(text))
        for region, by_locale in texts.items()
        for locale, text in by_locale.items()
    }
    return Version(
        notice=notice,
        id=day,
        day=start,
        titles={"en": f"Notice for {notice}", "de": f"Hinweise für {notice}"},
        audiences={"en": notice},
        record=ChangeRecord(change_class, {"en": f"What is new on {day}."} if summary is None else summary),
        regions=regions,
        editions=editions,
        announced=announced,
        sha256=make_hash(f"{notice} {day} {previous} {texts}") if sealed else "",
        previous=previous,
        facts_sha256=make_hash(f"facts of {notice} {day}") if sealed else "",
        sealed=sealed,
    )


def chain_versions(versions: Sequence[Version]) -> tuple[Version, ...]:
    """The same versions, each naming the hash of the one before in its notice."""
    before: dict[str, str] = {}
    chained = []
    for version in versions:
        chained.append(replace(version, previous=before.get(version.notice, "")))
        before[version.notice] = version.sha256
    return tuple(chained)


def make_line(versions: Sequence[Version], region: str = "world", as_of: AsOf = LATER) -> Line:
    """The line of a region through versions of one notice, given oldest first."""
    return trace_notice(versions[0].notice, versions, as_of)[region]


def make_lines(versions: Sequence[Version], as_of: AsOf = LATER) -> dict[str, dict[str, Line]]:
    """All lines of these versions, by notice, then region; each notice's versions are given oldest first."""
    return {notice: trace_notice(notice, of_notice, as_of) for notice, of_notice in group_versions(versions).items()}


def group_versions(versions: Sequence[Version]) -> dict[str, tuple[Version, ...]]:
    """Versions by notice, as a library holds them."""
    notices = dict.fromkeys(version.notice for version in versions)
    return {notice: tuple(v for v in versions if v.notice == notice) for notice in notices}


def make_library(
    versions: Sequence[Version], settings: Settings | None = None, entities: Sequence[Facts] = ()
) -> Library:
    """A library whose only region, `world`, holds every territory; entities have one slice each."""
    found = entities or (make_facts(),)
    return Library(
        settings=settings or make_settings(),
        entities={facts.entity: Entity(facts.entity, (facts,)) for facts in found},
        regions={"world": Region("world", {"en": "the world"}, ("rest",))},
        notices={notice: Notice(notice, {"en": f"Notice for {notice}"}) for notice in group_versions(versions)},
        texts={},
        next_versions={},
        versions=group_versions(versions),
    )
