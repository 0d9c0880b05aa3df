"""Facts that change what a text says: a new slice, or a certification that begins or ends, without a version for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from noticepress.changes import find_changes
from noticepress.checks.desk import Desk
from noticepress.compose import Draft, compose_for, list_answering
from noticepress.errors import Problem
from noticepress.model import Entity, Facts, Library, Version

SHOWN_SECTIONS = 5
"""How many sections a message names before it counts the others."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What two versions tell readers differently: sections of texts, and the regions where others answer."""

    sections: tuple[str, ...]
    regions: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.sections or self.regions)

    def name_sections(self) -> str:
        """The first sections, as messages name them: `#contact, the beginning`."""
        shown = [f"#{name}" if name else "the beginning" for name in self.sections[:SHOWN_SECTIONS]]
        return ", ".join([*shown, *(["…"] if len(self.sections) > SHOWN_SECTIONS else [])])


def compare_versions(old: Version, new: Version, source_locale: str) -> Difference:
    """What readers of one version are told otherwise by another: changed sections, those of the source first."""
    sections: dict[str, None] = {}
    for key, edition in sorted(new.editions.items(), key=lambda item: item[0][1] != source_locale):
        before = old.editions.get(key)
        if before is not None and before.sha256 != edition.sha256:
            sections |= {change.section: None for change in find_changes(before.text, edition.text)}
    regions = [name for name in new.regions if list_answering(old, name) != list_answering(new, name)]
    return Difference(tuple(sections), tuple(regions))


def find_changed_facts(desk: Desk, draft: Draft, *, has_record: bool) -> Iterator[Problem]:
    """Every slice after the day of a draft that makes it read otherwise, and that no version is prepared for.

    Where there is no record, the draft bears the newest version's day: then those until today count too.
    """
    library, notice, day = desk.library, draft.version.notice, draft.version.day
    starts = {start: slices for start, slices in _list_starts(library).items() if start > day}
    past = {start: slices for start, slices in starts.items() if start <= draft.facts_day}
    ahead = {start: slices for start, slices in starts.items() if start > draft.facts_day}
    before = draft
    if past and not has_record:
        before = compose_for(library, notice, day, day, draft.states)
        if _compare(library, before, draft):
            for start, found, place in _walk(library, before, past):
                told = f"the facts changed: from {start} {notice} shows {_tell(found)}, and there is no change record"
                yield Problem("CN01", place.source, told, ask_for_record(notice), "warning")
    for start, found, place in _walk(library, draft, ahead):
        told = f"from {start} {notice} would show {_tell(found)}; no version is prepared for that day"
        hint = f"prepare one: content/{notice}/next.yml with effective: {start}"
        if has_record:
            hint = f"release what is being prepared, then write a next.yml with effective: {start}"
        yield Problem("CN01", place.source, told, hint, "warning")


def ask_for_record(notice: str) -> str:
    """The next step where words changed and nobody has said why."""
    return f"write content/{notice}/next.yml with effective, class and summary"


def _walk(
    library: Library, before: Draft, starts: Mapping[date, tuple[Facts, ...]]
) -> Iterator[tuple[date, Difference, Facts]]:
    """The days on which a draft begins to read otherwise, how, and the slice that makes it so."""
    for start in sorted(starts):
        after = _compose(library, before, start)
        if found := _compare(library, before, after):
            yield start, found, _find_cause(library, before, start, starts[start])
        before = after


def _find_cause(library: Library, before: Draft, start: date, slices: tuple[Facts, ...]) -> Facts:
    """The first of the slices of a day that changes something by itself."""
    for facts in slices[:-1]:
        others = {other.entity for other in slices} - {facts.entity}
        entities = {
            name: _stop(entity, start) if name in others else entity for name, entity in library.entities.items()
        }
        if _compare(library, before, _compose(replace(library, entities=entities), before, start)):
            return facts
    return slices[-1]


def _stop(entity: Entity, day: date) -> Entity:
    """An entity as if nothing happened to it from a day on."""
    return replace(entity, slices=tuple(facts for facts in entity.slices if facts.since < day))


def _compose(library: Library, draft: Draft, day: date) -> Draft:
    return compose_for(library, draft.version.notice, draft.version.day, day, draft.states)


def _compare(library: Library, before: Draft, after: Draft) -> Difference:
    return compare_versions(before.version, after.version, library.settings.source_locale)


def _list_starts(library: Library) -> dict[date, tuple[Facts, ...]]:
    """Each day on which a fact begins or ends, with the slices that say so; the last day of a seal is its own."""
    found: dict[date, dict[str, Facts]] = {}
    for entity in library.entities.values():
        for facts in entity.slices:
            days = [facts.since]
            for seal in facts.seals:
                ends = seal.valid_to + timedelta(days=1) if seal.valid_to and seal.valid_to < date.max else None
                days += [day for day in (seal.valid_from, ends) if day and entity.facts_on(day) is facts]
            for day in days:
                found.setdefault(day, {})[entity.id] = facts
    return {day: tuple(slices.values()) for day, slices in found.items()}


def _tell(found: Difference) -> str:
    told = [f"another {found.name_sections()}"] if found.sections else []
    told += [f"other companies that answer for {', '.join(found.regions)}"] if found.regions else []
    return " and ".join(told)
