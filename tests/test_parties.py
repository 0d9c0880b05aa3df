"""The least class of a change of those who answer, of practice and of promises, whatever the words say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

import pytest

from noticepress.classes import Minimum, find_minimums
from noticepress.localize import format_address
from noticepress.model import Address, Commitment, Facts, Register, Seal, SealedRegion, Version
from noticepress.processing import DataCategory, Processing, Purpose, Recipient
from noticepress.protected import parse_days
from tests.factories import make_version

# ---- those who answer

HOME = Address("12 Harbor Street", "Boston", "MA", "02110", "US")
INC = Facts(
    "acme-inc",
    date(2000, 1, 1),
    "Acme Research Inc.",
    address=HOME,
    register=Register(number="4711"),
    contacts={"privacy": "privacy@acme.example", "phone": "+1 555 0100"},
    seals=(Seal("TrustMark", "Acme", "7"),),
)
SL = Facts("acme-sl", date(2000, 1, 1), "Acme Iberia SL")
BOTH = {"world": {"en": "# Notice\n\nWords.\n"}}


def make_pair(
    before: Collection[Facts] = (INC,), after: Collection[Facts] = (INC,), *, printed: bool = False
) -> tuple[Version, Version]:
    """A version and a draft; where facts are printed, the texts say all that is known of the entities."""
    texts = [{"world": {"en": print_facts(facts)}} if printed else BOTH for facts in (before, after)]
    old, new = make_version("2024-01-01", texts[0]), make_version("2024-06-01", texts[1], sealed=False)
    return _with_entities(old, before), _with_entities(new, after)


def print_facts(entities: Collection[Facts]) -> str:
    words: list[object] = []
    for facts in entities:
        places = [facts.address, *facts.contacts.values()]
        words += [format_address(place, "en") if isinstance(place, Address) else place for place in places if place]
        words += [facts.form, facts.register.number if facts.register else "", *facts.representatives.values()]
        words += [f"{seal.issuer} {seal.id}" for seal in facts.seals]
    return f"# Notice\n\n{' and '.join(str(word) for word in words if word)}.\n"


def _with_entities(version: Version, entities: Collection[Facts]) -> Version:
    return replace(version, regions={"world": replace(version.regions["world"], entities=tuple(entities))})


def tell(minimum: Minimum) -> list[str]:
    return [str(reason) for reason in minimum.reasons]


def find(old: Version, new: Version) -> list[str]:
    return tell(find_minimums([old], new)["world", "en"])


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((INC,), (INC,), []),
        ((INC,), (INC, SL), ["Acme Iberia SL now answers for this region → material"]),
        ((INC, SL), (INC,), ["Acme Iberia SL no longer answers for this region → material"]),
        ((SL,), (replace(SL, since=date(2024, 1, 1), aliases=("Iberia",)),), []),
        ((INC,), (replace(INC, legal_name="Acme Inc."),), ["Acme Research Inc. is now called Acme Inc. → minor"]),
        (
            (INC,),
            (replace(INC, legal_name="Acme Inc.", register=Register(number="4712")),),
            ["Acme Research Inc. is now called Acme Inc., and its register number 4711 is now 4712 → material"],
        ),
        (
            (SL,),
            (replace(SL, legal_name="Acme Spain SL", register=Register(number="4712")),),
            ["Acme Iberia SL is now called Acme Spain SL → minor"],
        ),
        ((INC,), (replace(INC, address=replace(HOME, street="12 Harbour Street")),), [
            "Acme Research Inc.: address changed → minor",
        ]),
        ((INC,), (replace(INC, contacts={**INC.contacts, "privacy": "legal@acme.example"}),), [
            "Acme Research Inc.: contact for rights changed → material",
        ]),
        (
            (INC,),
            (replace(INC, contacts={**INC.contacts, "rights": "rights@acme.example"}),),
            ["Acme Research Inc.: contact for rights changed → minor"],
        ),
        ((INC,), (replace(INC, contacts={**INC.contacts, "rights": "privacy@acme.example"}),), []),
        ((INC,), (replace(INC, contacts={**INC.contacts, "phone": "+1 555 0101"}),), [
            "Acme Research Inc.: contact 'phone' changed → minor",
        ]),
        ((INC,), (replace(INC, seals=()),), ["Acme Research Inc.: seal of TrustMark removed → minor"]),
        ((INC,), (replace(INC, register=None),), ["Acme Research Inc.: register number removed → minor"]),
        ((replace(INC, register=None),), (INC,), ["Acme Research Inc.: register number added → minor"]),
        ((INC,), (replace(INC, register=Register(number="4712")),), [
            "Acme Research Inc.: register number changed → minor",
        ]),
        ((INC,), (replace(INC, form="limited"),), ["Acme Research Inc.: legal form added → minor"]),
        ((INC,), (replace(INC, representatives={"eu": "Acme Iberia SL"}),), [
            "Acme Research Inc.: representative (eu) added → minor",
        ]),
    ],
)  # fmt: skip
def test_who_answers_decides(before: Collection[Facts], after: Collection[Facts], expected: list[str]) -> None:
    old, new = make_pair(before, after, printed=True)
    found = find_minimums([old], new)
    assert [line for line in tell(found["world", "en"]) if not line.startswith("before the first")] == expected


@pytest.mark.parametrize(
    "after",
    [
        replace(INC, address=replace(HOME, street="12 Harbour Street")),
        replace(INC, contacts={**INC.contacts, "phone": "+1 555 0101"}),
        replace(INC, seals=()),
        replace(INC, seals=(*INC.seals, Seal("SafeMark"))),
        replace(INC, register=Register(number="4712")),
        replace(INC, form="limited"),
        replace(INC, representatives={"eu": "Acme Iberia SL"}),
    ],
)
def test_a_fact_that_no_text_prints_calls_for_nothing(after: Facts) -> None:
    assert find(*make_pair((INC,), (after,))) == []


def test_what_a_text_said_all_along_is_no_news_where_it_is_recorded_later() -> None:
    old, new = make_pair((replace(INC, seals=()),), (INC,))
    words = {("world", "en"): replace(old.editions["world", "en"], text="# Notice\n\nTrustMark 7 has looked.\n")}
    assert find(replace(old, editions=words), replace(new, editions=words)) == []


def make_regions(version: Version, held: Mapping[str, tuple[str, Facts]]) -> Version:
    regions = {name: SealedRegion(name, {}, tuple(codes.split()), (facts,)) for name, (codes, facts) in held.items()}
    texts = {(name, "en"): replace(version.editions["world", "en"], region=name) for name in held}
    return replace(version, regions=regions, editions=texts)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ({"a": ("JP US", INC), "b": ("ES", SL)}, {"a": [], "b": []}),
        (
            {"a": ("US", INC), "b": ("ES JP", SL)},
            {"a": [], "b": ["other companies now answer for JP → material"]},
        ),
        (
            {"a": ("JP US XK", INC), "b": ("ES", SL)},
            {"a": ["region now covers XK, which had no notice → minor"], "b": []},
        ),
    ],
)
def test_a_territory_that_gets_other_companies_is_material_where_it_went(
    now: Mapping[str, tuple[str, Facts]], expected: Mapping[str, list[str]]
) -> None:
    old, new = make_pair()
    old = make_regions(old, {"a": ("JP US", INC), "b": ("ES", SL)})
    found = find_minimums([old], make_regions(new, now))
    assert {region: tell(minimum) for (region, _), minimum in found.items()} == expected


# ---- practice and promises

BOOK = Processing(
    data=(DataCategory("email"), DataCategory("visits", "observed")),
    purposes=(Purpose("answers", ("email",), "consent", retention="1 year", section="why"), Purpose("statistics")),
    recipients=(Recipient("host", "processor", ("answers",), "DE"),),
)
ANSWERS, STATISTICS = BOOK.purposes
HOST = BOOK.recipients[0]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (BOOK, []),
        (replace(BOOK, path="elsewhere.yml", lines={}), []),
        (None, []),
        (replace(BOOK, purposes=(*BOOK.purposes, Purpose("ads"))), ["purpose 'ads' added → material"]),
        (replace(BOOK, purposes=(ANSWERS,)), ["purpose 'statistics' removed → minor"]),
        (replace(BOOK, purposes=(replace(ANSWERS, basis="contract"), STATISTICS)), [
            "#why: purpose 'answers': legal basis changed to contract → material",
        ]),
        (replace(BOOK, purposes=(ANSWERS, replace(STATISTICS, basis="consent"))), [
            "purpose 'statistics': legal basis changed to consent → minor",
        ]),
        (replace(BOOK, purposes=(replace(ANSWERS, data=("email", "visits")), STATISTICS)), [
            "#why: purpose 'answers': data 'visits' added → material",
        ]),
        (replace(BOOK, purposes=(replace(ANSWERS, data=()), STATISTICS)), [
            "#why: purpose 'answers': data 'email' removed → minor",
        ]),
        (replace(BOOK, purposes=(replace(ANSWERS, automated=True), STATISTICS)), [
            "#why: purpose 'answers': decisions are now automated → material",
        ]),
        (replace(BOOK, purposes=(replace(ANSWERS, retention="P18M"), STATISTICS)), [
            "#why: purpose 'answers': retention '1 year' is now 'P18M', longer → material",
        ]),
        (replace(BOOK, purposes=(replace(ANSWERS, retention="30 days"), STATISTICS)), [
            "#why: purpose 'answers': retention '1 year' is now '30 days' → minor",
        ]),
        (replace(BOOK, purposes=(replace(ANSWERS, retention="as needed"), STATISTICS)), [
            "#why: purpose 'answers': retention '1 year' is now 'as needed' → material",
        ]),
        (replace(BOOK, data=(*BOOK.data, DataCategory("age"))), ["data category 'age' added → material"]),
        (replace(BOOK, data=(replace(BOOK.data[0], special=True), BOOK.data[1])), [
            "data category 'email' is now special data → material",
        ]),
        (replace(BOOK, children=True), ["children's data is now used → material"]),
        (replace(BOOK, recipients=(HOST, Recipient("bank"))), ["recipient 'bank' added → material"]),
        (replace(BOOK, recipients=()), ["recipient 'host' removed → minor"]),
        (replace(BOOK, recipients=(replace(HOST, country="US"),)), [
            "recipient 'host': country changed to US → material",
        ]),
        (replace(BOOK, recipients=(replace(HOST, mechanism="scc"),)), [
            "recipient 'host': transfer mechanism changed to scc → material",
        ]),
        (replace(BOOK, recipients=(replace(HOST, id="cloud"),)), [
            "recipient 'host' replaced by 'cloud', which does the same → minor",
        ]),
        (replace(BOOK, recipients=(replace(HOST, id="cloud", country="US"),)), [
            "recipient 'cloud' added → material", "recipient 'host' removed → minor",
        ]),
    ],
)  # fmt: skip
def test_what_is_done_with_data_decides(now: Processing | None, expected: list[str]) -> None:
    old, new = make_pair()
    assert find(replace(old, processing=BOOK), replace(new, processing=now)) == expected


def test_a_record_written_for_the_first_time_says_nothing() -> None:
    old, new = make_pair()
    assert find(old, replace(new, processing=BOOK)) == []


TOLD = Commitment("told", "material", ("email", "site"), timing="before-effect")


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        (TOLD, TOLD, []),
        (TOLD, None, ["promise 'told' is gone → material"]),
        (None, TOLD, ["promise 'told' added → minor"]),
        (TOLD, replace(TOLD, channels=("site",)), ["promise 'told' weakened: no longer by email → material"]),
        (TOLD, replace(TOLD, channels=("email", "site", "post")), ["promise 'told' strengthened → minor"]),
        (TOLD, replace(TOLD, all_channels=True), ["promise 'told' strengthened → minor"]),
        (replace(TOLD, all_channels=True), TOLD, [
            "promise 'told' weakened: any of email, site is enough now → material",
        ]),
        (replace(TOLD, channels=("site",)), replace(TOLD, channels=("site",), all_channels=True), [
            "promise 'told' strengthened → minor",
        ]),
        (TOLD, replace(TOLD, timing=""), ["promise 'told' weakened: no longer before-effect → material"]),
        (TOLD, replace(TOLD, timing="after-effect"), [
            "promise 'told' weakened: before-effect is now after-effect → material",
        ]),
        (replace(TOLD, timing="30-days"), replace(TOLD, timing="7-days"), [
            "promise 'told' weakened: 30-days is now 7-days → material",
        ]),
        (replace(TOLD, timing="7-days"), replace(TOLD, timing="30-days"), ["promise 'told' strengthened → minor"]),
        (replace(TOLD, timing=""), TOLD, ["promise 'told' strengthened → minor"]),
    ],
)  # fmt: skip
def test_a_weaker_promise_is_material(was: Commitment | None, now: Commitment | None, expected: list[str]) -> None:
    old, new = make_pair()
    promises = [(item,) if item else () for item in (was, now)]
    assert find(replace(old, commitments=promises[0]), replace(new, commitments=promises[1])) == expected


def test_another_main_notice_is_minor() -> None:
    old, new = make_pair()
    assert find(old, replace(new, supplements="website")) == ["now supplements website → minor"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("30 days", 30),
        ("2 years", 730.5),
        ("P6M", 182.625),
        ("P1Y6M", 547.875),
        ("six months", 182.625),
        ("zwei Wochen", 14),
        ("un año", 365.25),
        ("30日間", 30),
        ("for as long as needed", None),
        ("30 days, or 2 years for invoices", None),
        ("P", None),
        ("", None),
    ],
)
def test_a_duration_is_read_in_days_where_there_is_only_one(text: str, days: float | None) -> None:
    assert parse_days(text) == days
