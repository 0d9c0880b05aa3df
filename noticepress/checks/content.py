"""Content elements: what the law of a day asks a notice to say, and whether it says it without contradiction."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from noticepress.checks.answerers import find_unreachable, find_unrepresented, find_untold_arrangements
from noticepress.checks.check import check
from noticepress.checks.claims import find_contradictions, find_undeclared_supplements
from noticepress.checks.coverage import (
    Duty,
    find_begun,
    find_duties,
    find_text_place,
    find_uncovered,
    find_untold,
    list_tags,
)
from noticepress.checks.desk import Desk
from noticepress.checks.packs import Element, list_names, suggest_tags
from noticepress.checks.records import (
    find_baseless_purposes,
    find_ended_names,
    find_purposeless_features,
    find_unfounded_transfers,
    find_untold_sources,
)
from noticepress.errors import Problem
from noticepress.model import SealedRegion

_PACKS = (
    *("eu", "uk", "us-ca", "us-caloppa", "us-co", "us-mn", "us-nj", "us-coppa"),
    *("br", "cn", "jp", "ca-qc", "kr"),
)


@check(
    "CE01",
    "error",
    why="Whoever looks for what the law of the day makes a notice say must find it, and we must see that it is there.",
    wrong="## Your rights {#rights}",
    right='## Your rights {#rights covers="eu:13.2.b-access eu:13.2.d"}',
    jurisdictions=_PACKS,
)
def find_missing_elements(desk: Desk) -> Iterator[Problem]:
    """An element of a chosen rule pack that no section covers, an unknown pack, a tag that no pack knows."""
    yield from _find_unknown_packs(desk)
    yield from _find_unknown_tags(desk)
    for duty in find_duties(desk):
        for element in duty.pack.list_elements(duty.day):
            if element.check == "CE01" and (regions := find_untold(desk, duty, element)):
                yield _tell_missing(desk, duty, element, regions)
    for duty in find_begun(desk):
        elements = [element for element in duty.pack.list_elements(duty.day) if element.check == "CE01"]
        missing = [element.name for element in elements if find_uncovered(desk, duty, element)]
        if missing:
            told = f"{duty.pack.id}: of its {len(elements)} elements no section covers {', '.join(missing)}"
            hint = (
                f"if this law is yours, choose packs: [{duty.pack.id}] in mkdocs.yml, and each is told with its words"
            )
            yield Problem("CE01", find_text_place(desk, duty.notice), told, hint, "info", duty.pack.jurisdiction)


def _tell_missing(desk: Desk, duty: Duty, element: Element, regions: tuple[SealedRegion, ...]) -> Problem:
    where = f" (region {', '.join(region.id for region in regions)})" if len(regions) < len(duty.regions) else ""
    told = f"{duty.pack.id} {element.name}: no section covers {element.words}{where}"
    hint = f'add covers="{element.tag}" to the heading of the section that says it, or write it'
    if element.certainty != "read":
        hint += f"; {element.law} is {element.certainty} here, see docs/rule-packs.md"
    place = find_text_place(desk, duty.notice)
    return Problem("CE01", place, told, hint, duty.severity, duty.pack.jurisdiction)


def _find_unknown_packs(desk: Desk) -> Iterator[Problem]:
    settings = desk.library.settings
    named = [(settings.find_place("packs"), settings.packs or ())]
    named += [(notice.find_place("packs"), notice.packs or ()) for notice in desk.library.notices.values()]
    for place, names in named:
        for name in names:
            if name not in list_names():
                near = get_close_matches(name, list_names(), n=1)
                hint = f"did you mean {near[0]!r}? " if near else ""
                hint += f"the packs are {', '.join(list_names())}"
                yield Problem("CE01", place, f"there is no rule pack {name!r}", hint)


def _find_unknown_tags(desk: Desk) -> Iterator[Problem]:
    """Tags of headings in the source language; that translations have the same is another check's."""
    for _, _, locale, composed in desk.composed_texts():
        for tag, line, column in list_tags(composed.text) if locale == desk.library.settings.source_locale else ():
            meant = suggest_tags(tag)
            if meant is not None:
                hint = f"did you mean {' or '.join(meant)}? " if meant else ""
                hint += "the tags are in docs/rule-packs.md"
                place = composed.source(line, column)
                yield Problem("CE01", place, f"no rule pack knows the tag {tag!r}", hint, "warning")


@check(
    "CE02",
    "error",
    why="People cannot know that others gave away their data unless they are told what and by whom.",
    wrong="data: [{id: age, source: third-party}] and no section on it",
    right='## What others tell us {#others covers="eu:14.1.d eu:14.2.f"}',
    jurisdictions=("eu", "uk"),
)
def find_untold_data(desk: Desk) -> Iterator[Problem]:
    """Data that comes from others, where no section covers its categories and source."""
    for duty in find_duties(desk, "eu", "uk"):
        if record := desk.library.processing.get(duty.notice):
            yield from find_untold_sources(desk, duty, record)


@check(
    "CE03",
    "error",
    why="A use of data that nothing allows is not made right by a notice that does not mention it.",
    wrong="{id: marketing, data: [email]}",
    right="{id: marketing, data: [email], basis: consent, withdrawal: newsletters}",
    jurisdictions=("eu", "uk", "br"),
)
def find_unfounded_purposes(desk: Desk) -> Iterator[Problem]:
    """A purpose without a basis, an interest, a way to withdraw consent, or a condition for special data."""
    for duty in find_duties(desk, "eu", "uk", "br"):
        if record := desk.library.processing.get(duty.notice):
            yield from find_baseless_purposes(desk, duty, record)


@check(
    "CE04",
    "error",
    why="What allowed a transfer can end from one day to the next, and a notice that names it goes on as before.",
    wrong="{id: mailer, country: US, mechanism: Privacy Shield}",
    right="{id: mailer, country: US, mechanism: standard-contractual-clauses}",
    jurisdictions=("eu", "uk", "ch"),
    by_notice=True,
)
def find_transfer_faults(desk: Desk) -> Iterator[Problem]:
    """A transfer abroad without a mechanism, or one that relies on a mechanism outside its time."""
    for duty in find_duties(desk, "eu", "uk"):
        if record := desk.library.processing.get(duty.notice):
            yield from find_unfounded_transfers(duty, record)
        yield from find_ended_names(desk, duty)


@check(
    "CE05",
    "error",
    why="People need somebody within reach who answers to them.",
    wrong="only a company in the US answers for a region with Germany in it",
    right="representatives: {eu: Example GmbH, Musterstraße 1, Berlin}",
    jurisdictions=("eu", "uk", "cn"),
)
def find_unreachable_entities(desk: Desk) -> Iterator[Problem]:
    """A region whose entities are neither established nor represented, share no told arrangement, or hear no rights."""
    for duty in find_duties(desk, "eu", "uk", "cn"):
        if duty.is_chosen:
            for region in duty.regions:
                yield from find_unrepresented(duty, region)
                yield from find_unreachable(duty, region)
            yield from find_untold_arrangements(desk, duty)


@check(
    "CE06",
    "warning",
    why="A reader who finds both cannot know which holds, and will be right to believe the better one.",
    wrong="We log your IP address. … This information does not identify you.",
    right="We log your IP address, which can identify you together with other data.",
    decides=False,
    by_notice=True,
)
def find_contradicting_claims(desk: Desk) -> Iterator[Problem]:
    """Two sentences of a text that seem to contradict each other."""
    yield from find_contradictions(desk)


@check(
    "CE07",
    "error",
    why="A notice that is only mentioned cannot be read, and one that is scattered is not understood.",
    wrong="Some services have supplementary privacy statements.",
    right="supplements: website in content/children/notice.yml",
    by_notice=True,
)
def find_loose_supplements(desk: Desk) -> Iterator[Problem]:
    """A notice that supplements itself or none of this site, or supplementary notices that are only mentioned."""
    yield from find_undeclared_supplements(desk)


@check(
    "CE08",
    "warning",
    why="What a site offers uses data too, and is easily forgotten.",
    wrong="features: [subscriptions] and no purpose for it",
    right="features: [subscriptions] with purposes: [{id: change-notifications, basis: consent}]",
    jurisdictions=("eu", "uk"),
)
def find_forgotten_features(desk: Desk) -> Iterator[Problem]:
    """A feature of the site that no purpose covers."""
    for record in desk.library.processing.values():
        yield from find_purposeless_features(record)
