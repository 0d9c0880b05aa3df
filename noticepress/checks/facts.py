"""Facts and entities: who is named, whether what is said of them is known, alike everywhere, and written once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain

from noticepress.checks import seals
from noticepress.checks.check import check
from noticepress.checks.contacts import SHORTEST, find_literals, find_mentions, list_declared
from noticepress.checks.desk import Desk
from noticepress.checks.literals import read_lines
from noticepress.checks.names import (
    Names,
    find_ended_names,
    find_lookalikes,
    find_nearest,
    find_spellings,
    fold_name,
    gather_names,
    has_ended,
    is_drift,
)
from noticepress.checks.nearness import Pair, find_pairs
from noticepress.checks.prepared import find_previous, list_unreleased
from noticepress.checks.rosters import find_roster_contradictions, list_answering
from noticepress.compose import draft_day
from noticepress.errors import Problem, Severity, Source
from noticepress.model import Address, Facts, Version, WorkingText
from noticepress.territories import expand

_REGISTERING = ("eu-gdpr", "uk")
"""Where companies must tell their register and number: in the Union under Directive 2009/101/EC, now 2017/1132."""


_TIMES = "\N{MULTIPLICATION SIGN}"


def _gather_names(desk: Desk, notice: str) -> Names:
    day = draft_day(desk.library, notice, desk.as_of)
    return desk.remember(("names", day), partial(gather_names, desk.library, day))


# ---- names


def _find_unknown_names_of_facts(desk: Desk) -> Iterator[Problem]:
    yield from _find_names_of_regions(desk)
    yield from _find_holders(desk)


@check(
    "FE01",
    "error",
    why="Whoever wants to write to a company, or to sue it, must be told one that exists.",
    wrong="Our services are provided by Acme.com Inc.",
    right="Our services are provided by {{ entities | names }}.",
    by_notice=True,
    first=_find_unknown_names_of_facts,
)
def find_unknown_names(desk: Desk) -> Iterator[Problem]:
    """A company in a text, a region's name or a seal that is no entity on the version's day."""
    for working in desk.working_texts():
        names, severity = _gather_names(desk, working.notice), desk.words_severity(working.notice)
        for number, line in read_lines(working, addresses=False):
            yield from _find_names(line, names, Source(working.path, number), severity)


def _find_names(line: str, names: Names, place: Source, severity: Severity) -> Iterator[Problem]:
    """Names of other times are known for what they are; what only looks like a name is guessed."""
    for start, name, facts in find_ended_names(line, names):
        hint = f"{facts.entity} has it since {facts.since}: name who answers on the day, {{{{ entities | names }}}}"
        yield _tell_unknown(name, names.day, replace(place, column=place.column + start), hint, severity)
    for found in find_lookalikes(line, names):
        hint = f'did you mean "{found.like}"?'
        yield _tell_unknown(found.text, names.day, replace(place, column=place.column + found.start), hint, "warning")


def _tell_unknown(name: str, day: date, place: Source, hint: str, severity: Severity) -> Problem:
    return Problem("FE01", place, f'"{name}" is not an entity valid on {day}', hint, severity)


def _find_names_of_regions(desk: Desk) -> Iterator[Problem]:
    for draft in list_unreleased(desk):
        names = gather_names(desk.library, draft.version.day)
        for name in draft.version.regions:
            region = desk.library.regions[name]
            for text in region.names.values():
                for problem in _find_names(text, names, region.source, desk.words_severity(draft.version.notice)):
                    yield replace(problem, source=region.source)


def _find_holders(desk: Desk) -> Iterator[Problem]:
    """Holders of seals that are no entity at all; whether it is the right one, FE08 says."""
    for draft in list_unreleased(desk):
        names = gather_names(desk.library, draft.version.day)
        similar = {fold_name(name)[0] for name in names.holding}
        for facts, seal in seals.list_seals(draft):
            known = {*names.holding, *names.others, names.organisation, ""}
            if seal.holder not in known and fold_name(seal.holder)[0] not in similar:
                near = find_nearest(seal.holder, names)
                hint = f'did you mean "{near[1]}"?' if near else "name the entity that holds it"
                severity = desk.words_severity(draft.version.notice)
                yield _tell_unknown(seal.holder, draft.version.day, facts.source, hint, severity)


@check(
    "FE02",
    "error",
    why="A company under two spellings looks like two companies.",
    wrong="Acme Ltd answers for you. … Write to Acme Limited.",
    right='{{ roster["acme-ltd"].legal_name }} answers for you.',
    by_notice=True,
)
def find_drifting_names(desk: Desk) -> Iterator[Problem]:
    """A spelling of a company or of the group that is neither its name nor a declared alias."""
    for working in desk.working_texts():
        names = _gather_names(desk, working.notice)
        lines = list(read_lines(working, addresses=False))
        spellings = list(find_spellings(lines, names))
        counts = Counter(spelling.text for spelling in spellings)
        for found in spellings:
            if is_drift(found, names, lines[found.line - 1][1]):
                legal = found.meant.legal_name if found.meant else ""
                kind = "legal name" if found.name == legal else "alias" if found.meant else "group's name"
                written = f" ({counts[found.name]}{_TIMES})" if counts[found.name] else ""
                told = f'"{found.text}" ({counts[found.text]}{_TIMES}) differs from {kind} "{found.name}"{written}'
                value = f'roster["{found.meant.entity}"].legal_name' if found.meant else "organisation"
                hint = f"use {{{{ {value} }}}}" + (", or declare it under aliases" if found.meant else "")
                place = Source(working.path, found.line, found.column)
                yield Problem("FE02", place, told, hint, desk.words_severity(working.notice))


# ---- what is known of an entity


@check(
    "FE03",
    "error",
    why="The law asks who answers and how to reach them: a name alone is nobody.",
    wrong="An entity with a legal_name and answers_for, and nothing else.",
    right="With form, address, register, zone and contacts.",
)
def find_missing_facts(desk: Desk) -> Iterator[Problem]:
    """An answering entity without address and contact; where rule packs are chosen, without what else law asks for."""
    for draft in list_unreleased(desk):
        # What is not known is left out: a gap is an error only where the site has chosen the law that asks for it.
        has_law = bool(desk.library.settings.packs)
        severity = desk.words_severity(draft.version.notice) if has_law else "warning"
        for facts in list_answering(draft.version).values():
            if facts.address is None and not facts.contacts:
                hint = "add address: or contacts: from the day on which they are known"
                yield Problem("FE03", facts.source, f"entity {facts.entity}: no address, no contact", hint, severity)
    for draft in desk.drafts.values() if desk.library.settings.packs is not None else ():
        for facts in list_answering(draft.version).values():
            if (facts.address or facts.contacts) and (missing := list(_list_missing(facts, draft.version.day))):
                told = f"entity {facts.entity}: {', '.join(f'no {what}' for what in missing)}"
                yield Problem("FE03", facts.source, told, "add what is known; leave out what is not", "warning")


def _list_missing(facts: Facts, day: date) -> Iterator[str]:
    places = [facts.address, *(contact for contact in facts.contacts.values() if isinstance(contact, Address))]
    countries = {place.country for place in places if place and place.country}
    register = facts.register
    if not facts.form and not fold_name(facts.legal_name)[1]:
        yield "legal form"
    if facts.contacts and not any(places):
        yield "address"
    if not countries and not (register and register.country):
        yield "country"
    if not facts.zone:
        yield "time zone"
    if facts.address and not facts.contacts:
        yield "contact"
    home = facts.address.country if facts.address else register.country if register else ""
    if home in expand(_REGISTERING, day) and not (register and register.number):
        yield f"register number, which {home} asks for"


@check(
    "FE04",
    "warning",
    why="Of two addresses that differ in a letter one is wrong, and a letter to it is lost.",
    wrong="12 Harbor Street … 12 Harbour Street",
    right="{{ contact.post | address }}",
)
def find_near_facts(desk: Desk) -> Iterator[Problem]:
    """Two addresses, numbers or mail addresses that differ in a letter or two, or only in their spaces."""
    declared = desk.remember("declared", lambda: tuple(list_declared(desk.library)))
    streets = [fact.text for fact in declared if fact.kind == "street" and fact.text]
    mentions = chain.from_iterable(find_mentions(working, streets) for working in desk.working_texts())
    for pair in find_pairs(declared, mentions):
        hint = "keep one of them, in the entities' files"
        yield Problem("FE04", pair.place, f'"{pair.odd}" ~ "{pair.like}" ({_tell_places(pair)})', hint, "warning")


def _tell_places(pair: Pair) -> str:
    if pair.place.path == pair.other.path:
        return ", ".join(f"L{line}" for line in sorted({pair.place.line, pair.other.line}))
    return f"L{pair.place.line}, {pair.other.path}:{pair.other.line}"


@check(
    "FE05",
    "error",
    why="A gap in a legal text misleads its readers, and so does an address that stays when the company has moved.",
    wrong="Write to privacy@acme.example.",
    right="Write to {{ contact.privacy | mail }}.",
    by_notice=True,
)
def find_written_facts(desk: Desk) -> Iterator[Problem]:
    """A placeholder that names nothing, is empty or cannot be read; a fact that is written out in a text."""
    for _, draft in desk.read_drafts():
        yield from draft.problems
    declared = desk.remember("declared", lambda: tuple(list_declared(desk.library)))
    for working in desk.working_texts():
        severity = desk.words_severity(working.notice)
        for place, words, placeholder in find_literals(working, declared, _list_legal_names(desk, working)):
            told = f"literal {words!r}, which the entities' files hold"
            yield Problem("FE05", place, told, f"use {{{{ {placeholder} }}}}", severity)


def _list_legal_names(desk: Desk, working: WorkingText) -> dict[str, str]:
    """The names of the text's day and what stands for them: nothing for aliases and the group, which may be written."""
    names = _gather_names(desk, working.notice)
    known = {name: facts for name, facts in names.holding.items() if len(name) >= SHORTEST}
    values = {n: f'roster["{f.entity}"].legal_name' if n == f.legal_name else "" for n, f in known.items()}
    return {**values, names.organisation: ""}


# ---- notices beside each other, and one after another


@check(
    "FE06",
    "error",
    why="Two notices that apply on the same day and name other companies, or other addresses, cannot both be right.",
    wrong="The notice for visitors names Acme Iberia SL, the notice for children still its predecessor.",
    right="Both are released for the day on which the entity changes.",
)
def find_roster_differences(desk: Desk) -> Iterator[Problem]:
    """Notices for the same territories and day that name other entities, or show other names or postal addresses."""
    for found in find_roster_contradictions(desk):
        hint = f"prepare a version of {found.second.notice} and {found.first.notice} for the same day"
        yield Problem("FE06", found.source, found.told, hint, found.severity)


@check(
    "FE07",
    "warning",
    why="Who takes over a company's duties takes over data: readers must be told how that came about.",
    wrong="from: 2015-01-14, answers_for: []",
    right="from: 2015-01-14, answers_for: [], succession: merger",
    jurisdictions=("eu", "uk", "us-co"),
)
def find_unexplained_ends(desk: Desk) -> Iterator[Problem]:
    """An entity that answers no longer, or became another company, without a record of its succession."""
    for draft in list_unreleased(desk):
        previous = find_previous(desk, draft)
        if previous:
            yield from _find_ends(desk, previous, draft.version)


def _find_ends(desk: Desk, previous: Version, version: Version) -> Iterator[Problem]:
    now = list_answering(version)
    heirs = [facts for name, facts in now.items() if name not in list_answering(previous)]
    for name, before in list_answering(previous).items():
        entity = desk.library.entities.get(name)
        since = [facts for facts in entity.slices if previous.day < facts.since <= version.day] if entity else []
        if any(facts.succession for facts in (*since, *heirs)):
            continue
        facts = entity.facts_on(version.day) if entity else None
        hint = "say how under succession: rename, merger, replacement, branch … or unknown"
        if entity is None or facts is None:
            place = desk.library.next_versions[version.notice].source
            yield Problem("FE07", place, f"entity {name} of {previous.id} is gone, no succession", hint, "warning")
        elif name not in now and has_ended(entity, facts):
            ended = next((slice_ for slice_ in since if not slice_.answers_for), facts)
            told = f"entity {name} ends {ended.since}, no succession"
            yield Problem("FE07", ended.source, told, hint, "warning")
        elif _is_another_company(before, facts):
            told = f'entity {name}: "{before.legal_name}" becomes "{facts.legal_name}", no succession'
            yield Problem("FE07", facts.source, told, hint, "warning")


def _is_another_company(before: Facts, after: Facts) -> bool:
    """Whether a name and its number in the register are both others; a new name alone is the same company's."""
    numbers = [facts.register.number if facts.register else "" for facts in (before, after)]
    return before.legal_name != after.legal_name and all(numbers) and numbers[0] != numbers[1]


# ---- certifications


def _find_faults_of_facts(desk: Desk) -> Iterator[Problem]:
    yield from seals.find_wrong_holders(desk)
    yield from seals.find_missing_approvals(desk)
    yield from seals.find_expired_seals(desk)


@check(
    "FE08",
    "error",
    why="A seal that another company holds, or that has run out, promises a supervision that there is none of.",
    wrong="holder: Acme Research Inc., in the facts of Acme Iberia SL",
    right="The seal in the facts of its holder, with valid_from and valid_to.",
    jurisdictions=("us", "seal"),
    by_notice=True,
    first=_find_faults_of_facts,
)
def find_faulty_seals(desk: Desk) -> Iterator[Problem]:
    """A seal that no shown entity holds, that has ended, covers less than the notice, or whose issuer was not asked."""
    yield from seals.find_unheld_seals(desk)
    yield from seals.find_narrow_scopes(desk)
