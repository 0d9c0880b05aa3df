"""Which packs a notice must meet, in which of its regions, and what its sections cover there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from noticepress.checks.desk import Desk
from noticepress.checks.packs import Element, Pack, expand_names, list_names
from noticepress.compose import Draft
from noticepress.errors import Severity, Source
from noticepress.markdown import parse, walk_blocks
from noticepress.model import Facts, SealedRegion
from noticepress.processing import Processing
from noticepress.territories import expand


@dataclass(frozen=True, slots=True)
class Duty:
    """That a notice must meet a pack in some of its regions on a day; `severity` is that of what it leaves unsaid.

    `is_chosen` is false where nobody chose the pack, and only a record of processing shows that somebody cares.
    """

    notice: str
    pack: Pack
    regions: tuple[SealedRegion, ...]
    day: date
    severity: Severity
    is_chosen: bool = True


def choose_names(desk: Desk, notice: str) -> tuple[str, ...] | None:
    """The names of the packs that a notice is checked with, None where nobody chose any."""
    own = desk.library.notices[notice].packs
    return desk.library.settings.packs if own is None else own


def find_duties(desk: Desk, *among: str) -> Iterator[Duty]:
    """Every pack that is in force for a notice with working texts, and whose territories some of its regions hold.

    Only chosen packs count, and of them those `among`, where some are given. Where nobody chose any, but there is a
    record of processing, its authors care: then all of those `among` count.
    """
    for name, draft in desk.read_drafts():
        chosen = choose_names(desk, name)
        recorded = among if name in desk.library.processing else ()
        day = desk.law_day(name)
        severity: Severity = "warning" if chosen is None else desk.words_severity(name)
        for pack in expand_names(recorded if chosen is None else chosen):
            held = expand(pack.territories, day)
            regions = tuple(
                region for region in draft.version.regions.values() if held.intersection(region.territories)
            )
            if regions and pack.applies_on(day) and (not among or pack.id in among):
                yield Duty(name, pack, regions, day, severity, is_chosen=chosen is not None)


def find_begun(desk: Desk) -> Iterator[Duty]:
    """Packs that nobody chose, but that a notice's sections name already: somebody began to look at their law."""
    for name, draft in desk.read_drafts():
        if choose_names(desk, name) is None and not desk.library.notices[name].supplements:
            day = desk.law_day(name)
            for pack in expand_names(list_names()):
                held = expand(pack.territories, day)
                regions = tuple(
                    region
                    for region in draft.version.regions.values()
                    if held.intersection(region.territories)
                    and any(
                        tag.partition(":")[0] == pack.id
                        for tag in list_covered(find_texts(desk, name, region.id) or ())
                    )
                )
                if regions and pack.applies_on(day):
                    yield Duty(name, pack, regions, day, "info", is_chosen=False)


def find_text_place(desk: Desk, notice: str) -> Source:
    """Where the text in the source language begins."""
    working = desk.library.texts.get((notice, desk.library.settings.source_locale))
    return Source(working.path) if working else desk.library.notices[notice].source


# ---- what is covered


def find_texts(desk: Desk, notice: str, region: str) -> list[str] | None:
    """What readers of a region are told, in the source language: the notice's own text, and those it supplements.

    A notice that is supplemented speaks with its working text, else with its newest edition. None where the notice's
    own text could not be composed.
    """
    locale = desk.library.settings.source_locale
    own = _compose_text(desk.drafts.get(notice), region, locale)
    if own is None:
        return None
    texts, seen, name = [own], {notice}, desk.library.notices[notice].supplements
    while name in desk.library.notices and name not in seen:
        seen.add(name)
        text = _compose_text(desk.drafts.get(name), region, locale)
        texts.append(_find_newest(desk, name, region, locale) if text is None else text)
        name = desk.library.notices[name].supplements
    return texts


def _compose_text(draft: Draft | None, region: str, locale: str) -> str | None:
    composed = draft.composed.get((region, locale)) if draft else None
    return composed.text if composed and composed.is_whole else None


def _find_newest(desk: Desk, notice: str, region: str, locale: str) -> str:
    newest = desk.library.find_newest(notice)
    edition = newest.editions.get((region, locale)) if newest else None
    return edition.text if edition else ""


def list_covered(texts: Sequence[str]) -> frozenset[str]:
    """Every tag that a heading names, that of a title too."""
    return frozenset(tag for text in texts for tag, _, _ in list_tags(text))


@lru_cache(maxsize=4096)
def list_tags(text: str) -> tuple[tuple[str, int, int], ...]:
    """Every tag of a text with the line and column of its heading, in reading order."""
    return tuple((tag, block.line, block.column) for block in walk_blocks(parse(text)) for tag in block.tags)


def list_sections(texts: Sequence[str]) -> frozenset[str]:
    """The id of every section."""
    return frozenset[str]().union(*map(_list_ids, texts))


@lru_cache(maxsize=4096)
def _list_ids(text: str) -> frozenset[str]:
    return frozenset(block.id for block in walk_blocks(parse(text)) if block.kind == "heading")


def find_uncovered(desk: Desk, duty: Duty, element: Element) -> tuple[SealedRegion, ...]:
    """The regions in which the case of an element arises and no section covers it."""
    return tuple(
        region
        for region in duty.regions
        if arises(desk, duty, region, element) and (texts := find_texts(desk, duty.notice, region.id)) is not None
        if not list_covered(texts).intersection(element.tags)
    )


def find_untold(desk: Desk, duty: Duty, element: Element) -> tuple[SealedRegion, ...]:
    """The regions in which an element is uncovered, without those of which the notice that it adds to tells already."""
    uncovered = find_uncovered(desk, duty, element)
    main = desk.library.notices[duty.notice].supplements
    told = {
        region.id
        for other in (find_duties(replace(desk, notice=main)) if uncovered and main else ())
        if other.pack is duty.pack and element in other.pack.list_elements(other.day)
        for region in find_uncovered(desk, other, element)
    }
    return tuple(region for region in uncovered if region.id not in told)


# ---- cases


@dataclass(frozen=True, slots=True)
class _Situation:
    pack: Pack
    record: Processing
    entities: tuple[Facts, ...]
    day: date


def arises(desk: Desk, duty: Duty, region: SealedRegion, element: Element) -> bool:
    """Whether the record of processing, or the facts of those who answer, show the case in which it is asked for."""
    if not element.when:
        return True
    record = desk.library.processing.get(duty.notice, Processing())
    return CASES[element.when](_Situation(duty.pack, record, region.entities, duty.day))


CASES: Mapping[str, Callable[[_Situation], bool]] = MappingProxyType(
    {
        "automated": lambda at: any(purpose.automated for purpose in at.record.purposes),
        "consent": lambda at: any(purpose.basis == "consent" for purpose in at.record.purposes),
        "dpo": lambda at: any("dpo" in facts.contacts for facts in at.entities),
        "joint": lambda at: sum(facts.jointly for facts in at.entities) > 1,
        "legitimate-interests": lambda at: any(p.basis == "legitimate-interests" for p in at.record.purposes),
        "observed-data": lambda at: any(data.source == "observed" for data in at.record.data),
        "processors": lambda at: any(recipient.role == "processor" for recipient in at.record.recipients),
        "recipients": lambda at: any(recipient.role != "processor" for recipient in at.record.recipients),
        "representative": lambda at: any(facts.representatives.get(at.pack.id) for facts in at.entities),
        "third-party-data": lambda at: any(data.source == "third-party" for data in at.record.data),
        "transfers": lambda at: bool(list_abroad(at.pack, at.record, at.day)),
    }
)
"""When an element is asked for that is not always: what shows the case."""


def list_abroad(pack: Pack, record: Processing, day: date) -> tuple[str, ...]:
    """The recipients in a country, where one is recorded, to which data is transferred from a pack's point of view."""
    home = expand(pack.home, day)
    return tuple(recipient.id for recipient in record.recipients if recipient.country and recipient.country not in home)
