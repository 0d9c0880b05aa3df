"""Sections and facts to editions: the version that the working texts would become.

Where an optional translation lacks a section, or has one of an older source text, readers are given the source's.
While nobody has said from when on a draft applies, it bears the date of the version in force and shows today's facts:
so nothing differs but what would read otherwise.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from noticepress.borrowing import borrow_sections
from noticepress.errors import Problem
from noticepress.filling import compose_text, gather_facts
from noticepress.history import first_instant, local_day
from noticepress.model import (
    AsOf,
    ChangeRecord,
    Edition,
    Effective,
    Facts,
    Library,
    NextVersion,
    Notice,
    Region,
    SealedRegion,
    Settings,
    Version,
)
from noticepress.pins import OUTDATED, Filled, SectionState, find_section_states, is_optional
from noticepress.placeholders import Composed
from noticepress.territories import answering_entities, claim

__all__ = [
    "DRAFT",
    "ComposeDraft",
    "Composed",
    "Draft",
    "compose_draft",
    "compose_for",
    "compose_text",
    "draft_day",
    "facts_day",
    "gather_facts",
    "list_answering",
    "says_the_same",
]


DRAFT = "draft"
"""What a draft is called until `next.yml` says from when on it applies."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A version as it would be sealed now, and what is wrong with it.

    `composed` holds the texts as they are written, `shown` as readers are given them: with the source's words where an
    optional translation is outdated. Both are keyed by (region, locale); a text that cannot be mixed so is not shown.
    `states` tells by locale how each section stands to its source. `facts_day` is the day whose facts are shown.
    """

    version: Version
    composed: Mapping[tuple[str, str], Composed]
    problems: tuple[Problem, ...]
    shown: Mapping[tuple[str, str], Composed] = field(default_factory=dict)
    states: Mapping[str, Mapping[str, SectionState]] = field(default_factory=dict)
    facts_day: date = date.min


ComposeDraft = Callable[[Library, str, AsOf], Draft]
"""Gives a notice's draft, as `compose_draft` does; previews give one that remembers."""


def effective_in(entities: Sequence[Facts], settings: Settings, day: date) -> Effective:
    """When a day begins for the entities of a region: in their own zones, the last of them to reach it.

    Nobody is bound before the day has begun for every company that speaks. Where none states a zone, the site's is
    assumed.
    """
    zones = sorted({facts.zone for facts in entities if facts.zone}) or [settings.zone]
    instant, zone = max((first_instant(day, zone), zone) for zone in zones)
    return Effective(day, zone, instant, assumed=not any(facts.zone for facts in entities))


def resolve_region(
    library: Library, region: Region, claims: Mapping[str, frozenset[str]], day: date, effective: date
) -> SealedRegion:
    """A region with its territories and entities on a day, and when a version of another day begins in it."""
    entities = answering_entities(library.entities.values(), region.id, day)
    return SealedRegion(
        id=region.id,
        names=region.names,
        territories=tuple(sorted(claims[region.id])),
        entities=entities,
        succeeds=region.succeeds,
        effective=effective_in(entities, library.settings, effective),
    )


def draft_day(library: Library, notice: str, as_of: AsOf) -> date:
    """The day that a draft bears: that of `next.yml`, else of the newest version, else `as_of`.

    A day before the newest version's is a mistake (DV02), and the facts of that day would only bring more.
    """
    following = [library.next_versions[notice].effective] if notice in library.next_versions else []
    if days := [*following, *(version.day for version in library.list_living(notice))]:
        return max(days)
    return local_day(as_of, library.settings.zone)


def facts_day(library: Library, notice: str, as_of: AsOf) -> date:
    """The day whose facts a draft shows: its own where `next.yml` gives it one, else that of the run if it is later."""
    day = draft_day(library, notice, as_of)
    return day if notice in library.next_versions else max(day, local_day(as_of, library.settings.zone))


def compose_draft(library: Library, notice_id: str, as_of: AsOf) -> Draft:
    """The working texts of a notice as the version they would become, for every region and locale.

    What goes wrong only because the facts have changed since is a warning: there is no version yet that it would stop.
    Raises UnknownTerritory where the regions are not well described; check those first.
    """
    day, of_facts = draft_day(library, notice_id, as_of), facts_day(library, notice_id, as_of)
    draft = compose_for(library, notice_id, day, of_facts)
    if not draft.problems or day == of_facts:
        return draft
    known = compose_for(library, notice_id, day, day, draft.states).problems
    problems = tuple(p if p in known else replace(p, severity="warning") for p in draft.problems)
    return replace(draft, problems=problems)


def compose_for(
    library: Library,
    notice_id: str,
    day: date,
    of_facts: date,
    states: Mapping[str, Mapping[str, SectionState]] | None = None,
) -> Draft:
    """A draft that bears one day and shows the facts of another; `states` where they are known from the same texts."""
    notice = library.notices[notice_id]
    following = library.next_versions.get(notice_id)
    claims = claim(library.regions.values(), of_facts)
    regions = {
        name: resolve_region(library, library.regions[name], claims, of_facts, day) for name in _cover(library, notice)
    }
    composed = {
        (region.id, locale): compose_text(
            working, gather_facts(library, notice, region, locale, of_facts, effective=day)
        )
        for region in regions.values()
        for locale in library.settings.locales
        if (working := library.texts.get((notice_id, locale)))
    }
    written = dict.fromkeys(locale for _, locale in composed)
    if not states:
        filled: Filled = {}
        states = {locale: find_section_states(library, notice_id, locale, filled) for locale in written}
    shown = dict(_show_texts(library, notice, composed, states))
    version = Version(
        notice=notice_id,
        id=day.isoformat(),
        day=day,
        titles=notice.titles,
        audiences=notice.audiences,
        record=following.record if following else ChangeRecord("minor"),
        regions=regions,
        editions={
            (region, locale): Edition(notice_id, day.isoformat(), region, locale, found.text, _hash(found.text))
            for (region, locale), found in shown.items()
        },
        announced=_announce(following, regions.values()) if following else None,
        origin=following.origin if following else None,
        authoritative=_find_authoritative(library, notice),
        commitments=notice.commitments,
        supplements=notice.supplements,
        processing=library.processing.get(notice_id),
        sealed=False,
    )
    problems = dict.fromkeys(problem for found in composed.values() for problem in found.problems)
    return Draft(version, composed, tuple(problems), shown, states, of_facts)


def says_the_same(draft: Version, sealed: Version) -> bool:
    """Whether readers of a draft would be told what a sealed version tells them: its words, and who answers."""
    return all(
        {key: edition.sha256 for key, edition in draft.editions.items() if key[0] == region}
        == {key: edition.sha256 for key, edition in sealed.editions.items() if key[0] == region}
        and list_answering(draft, region) == list_answering(sealed, region)
        for region in {**draft.regions, **sealed.regions}
    )


def list_answering(version: Version, region: str) -> tuple[tuple[str, str], ...]:
    """Who answers in a region, as its pages name them: entities' ids with their legal names."""
    known = version.regions.get(region)
    return tuple((facts.entity, facts.legal_name) for facts in known.entities) if known else ()


def _show_texts(
    library: Library,
    notice: Notice,
    composed: Mapping[tuple[str, str], Composed],
    states: Mapping[str, Mapping[str, SectionState]],
) -> Iterator[tuple[tuple[str, str], Composed]]:
    """Each text as readers are given it: no old translation is shown as if it were current."""
    for (region, locale), found in composed.items():
        source = composed.get((region, library.settings.source_locale))
        outdated = {name for name, state in states[locale].items() if state in OUTDATED}
        is_mixed = outdated and is_optional(library, notice, locale) and found.is_whole
        if not is_mixed or source is None or not source.is_whole:
            yield (region, locale), found
        elif mixed := borrow_sections(found, source, outdated):
            yield (region, locale), mixed


def _cover(library: Library, notice: Notice) -> list[str]:
    """The regions that a notice is for; one that does not exist has been reported."""
    return [name for name in notice.regions or library.regions if name in library.regions]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _announce(following: NextVersion, regions: Iterable[SealedRegion]) -> datetime | None:
    """The instant of an announcement; a day that is given alone begins last where it begins last."""
    announced = following.announced
    if announced is None or isinstance(announced, datetime):
        return announced
    zones = [region.effective.zone for region in regions if region.effective]
    return max((first_instant(announced, zone) for zone in zones), default=None)


def _find_authoritative(library: Library, notice: Notice) -> dict[str, str]:
    """The authoritative locale of each region; the site's source locale where nothing is said."""
    default = notice.authoritative.get("", library.settings.source_locale)
    return {name: notice.authoritative.get(name, default) for name in _cover(library, notice)}
