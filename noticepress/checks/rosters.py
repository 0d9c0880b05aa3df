"""Who answers where, notice by notice: what is being prepared and what is in force on the same day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from noticepress.checks.desk import Desk
from noticepress.errors import Severity, Source
from noticepress.history import trace_notice
from noticepress.model import Address, Facts, SealedRegion, Version
from noticepress.territories import shorten_territories

_MOST_CODES = 12


def list_answering(version: Version) -> dict[str, Facts]:
    """The entities that answer for some region of a version, by id."""
    return {facts.entity: facts for region in version.regions.values() for facts in region.entities}


# ---- several notices on one day


@dataclass(frozen=True, slots=True)
class Speaker:
    """A notice on a day: the regions it then has, what it says, and where it is told."""

    notice: str
    regions: tuple[SealedRegion, ...]
    texts: tuple[str, ...]
    source: Source
    prepared: bool = False

    @property
    def territories(self) -> Mapping[str, frozenset[str]]:
        """Who answers for each territory, by the entities' ids."""
        return {
            territory: frozenset(facts.entity for facts in region.entities)
            for region in self.regions
            for territory in region.territories
        }

    def list_entities(self, territories: frozenset[str]) -> dict[str, Facts]:
        """The entities that answer for some of the territories."""
        regions = (region for region in self.regions if not territories.isdisjoint(region.territories))
        return {facts.entity: facts for region in regions for facts in region.entities}

    def prints(self, address: Address) -> bool:
        """Whether its texts show an address: its street, or its town and postal code where it has no street."""
        words = [address.street] if address.street else [address.locality, address.postal_code]
        written = [_fold_words(word) for word in words if word]
        return bool(written) and any(all(word in text for word in written) for text in self.texts)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What two notices say differently on a day, and how bad that is."""

    day: date
    first: Speaker
    second: Speaker
    told: str
    source: Source
    severity: Severity


def find_roster_contradictions(desk: Desk) -> Iterator[Contradiction]:
    """Entities with two names, or two addresses that are shown, and such as only one of two notices has."""
    for day, first, second, severity in _pair_speakers(desk):
        shared = frozenset(first.territories) & frozenset(second.territories)
        known, others = first.list_entities(shared), second.list_entities(shared)
        for entity in sorted(known.keys() & others.keys()):
            for one, other in _compare_facts(first, known[entity], second, others[entity]):
                told = f'{first.notice} shows "{one}", {second.notice} "{other}"'
                yield _contradict(day, first, second, told, severity)
        # An entity that the other notice has elsewhere is a matter of territories.
        only = [facts.legal_name for name, facts in known.items() if name not in list_all(second)]
        others_only = [facts.legal_name for name, facts in others.items() if name not in list_all(first)]
        if only or others_only:
            told = _tell_lists((first.notice, only), (second.notice, others_only))
            yield _contradict(day, first, second, told, severity)


def find_territory_contradictions(desk: Desk) -> Iterator[Contradiction]:
    """Territories that two notices give to different entities, each of which both notices have."""
    for day, first, second, severity in _pair_speakers(desk):
        held, others = first.territories, second.territories
        both = list_all(first).keys() & list_all(second).keys()
        moved: dict[tuple[frozenset[str], frozenset[str]], list[str]] = {}
        for territory in held.keys() & others.keys():
            one, other = held[territory], others[territory]
            if one != other and (one ^ other) <= both:
                moved.setdefault((one, other), []).append(territory)
        for (one, other), territories in sorted(moved.items(), key=lambda item: sorted(item[1])):
            codes = list_codes(shorten_territories(territories))
            told = f"{first.notice}: {codes} → {_join(one)}; {second.notice}: {codes} → {_join(other)}"
            yield _contradict(day, first, second, told, severity)


def list_all(speaker: Speaker) -> dict[str, Facts]:
    """Every entity of a notice, by id."""
    return {facts.entity: facts for region in speaker.regions for facts in region.entities}


def _join(entities: frozenset[str]) -> str:
    return " and ".join(sorted(entities)) or "nobody"


def _tell_lists(*lists: tuple[str, list[str]]) -> str:
    """Whom each of two notices has alone; the one that has nobody comes last."""
    quoted = [(notice, ", ".join(f'"{name}"' for name in names)) for notice, names in lists]
    (notice, names), (other, others) = sorted(quoted, key=lambda told: not told[1])
    return f"{notice} lists {names}, {other} {others or 'does not'}"


def list_codes(codes: Sequence[str]) -> str:
    """Codes in a message; of many the first ones and the last."""
    return ", ".join(codes) if len(codes) <= _MOST_CODES else f"{', '.join(codes[:_MOST_CODES])} … {codes[-1]}"


def _contradict(day: date, first: Speaker, second: Speaker, told: str, severity: Severity) -> Contradiction:
    place = first if first.prepared else second
    return Contradiction(day, first, second, f"{day}: {told}", place.source, severity)


def _compare_facts(first: Speaker, facts: Facts, second: Speaker, other: Facts) -> Iterator[tuple[str, str]]:
    """What one entity is said to be, where the two differ; what only one of them shows contradicts nothing."""
    if facts.legal_name != other.legal_name:
        yield facts.legal_name, other.legal_name
    for place, other_place in (
        (facts.address, other.address),
        (facts.contacts.get("post"), other.contacts.get("post")),
    ):
        if not isinstance(place, Address) or not isinstance(other_place, Address) or place == other_place:
            continue
        if first.prints(place) and second.prints(other_place):
            yield f"{facts.legal_name}, {_tell(place)}", f"{other.legal_name}, {_tell(other_place)}"


def _tell(address: Address) -> str:
    parts = (address.street, address.locality, address.postal_code, address.country)
    return ", ".join(part for part in parts if part)


def _pair_speakers(desk: Desk) -> Iterator[tuple[date, Speaker, Speaker, Severity]]:
    """Every two notices on the days that matter: what is prepared on its own day, what is sealed on that of the run."""
    for first, second in combinations(_list_speakers(desk, desk.today, prepared=False), 2):
        yield desk.today, first, second, "warning"
    for day in sorted({following.effective for following in desk.library.next_versions.values()}):
        for first, second in combinations(_list_speakers(desk, day, prepared=True), 2):
            begins = [speaker.notice for speaker in (first, second) if _begins(desk, speaker, day)]
            if begins:
                yield day, first, second, min(map(desk.words_severity, begins))


def _begins(desk: Desk, speaker: Speaker, day: date) -> bool:
    return speaker.prepared and desk.library.next_versions[speaker.notice].effective == day


def _list_speakers(desk: Desk, day: date, *, prepared: bool) -> Iterator[Speaker]:
    """Each notice on a day: the version that is in force, or the one being prepared where that will be."""
    for name, notice in desk.library.notices.items():
        following = desk.library.next_versions.get(name)
        if prepared and following and following.effective <= day and name in desk.drafts:
            draft = desk.drafts[name].version
            texts = _list_texts(edition.text for edition in draft.editions.values())
            yield Speaker(name, tuple(draft.regions.values()), texts, following.find_place("effective"), prepared=True)
            continue
        lines = trace_notice(name, desk.library.versions.get(name, ()), day)
        standings = [line.in_force for line in lines.values() if line.in_force]
        if standings:
            texts = _list_texts(
                edition.text
                for standing in standings
                for (region, _), edition in standing.version.editions.items()
                if region == standing.region
            )
            yield Speaker(name, tuple(standing.sealed_region for standing in standings), texts, notice.source)


def _list_texts(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_fold_words, texts)))


def _fold_words(text: str) -> str:
    """Words without the marks of Markdown before signs, one space between them."""
    return " ".join(text.replace("\\", "").split())
