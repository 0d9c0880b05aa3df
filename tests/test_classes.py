"""The least class of a change, and the reasons for it: of words, of those who answer, of practice and of promises."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticepress.classes import (
    Minimum,
    Reason,
    find_minimums,
    find_replaced,
    find_text_minimum,
    strictest,
    weigh_class,
)
from noticepress.localize import format_address, format_date
from noticepress.model import (
    Address,
    ChangeClass,
    Commitment,
    Facts,
    Register,
    Seal,
    SealedRegion,
    Version,
    Withdrawal,
)
from noticepress.processing import DataCategory, Processing, Purpose, Recipient
from noticepress.protected import parse_days
from tests.factories import make_version


def write(words: str, section: str = "cookies", tags: str = "") -> str:
    covers = f' covers="{tags}"' if tags else ""
    return f"# Notice\n\n## Title {{#{section}{covers}}}\n\n{words}\n"


def tell(minimum: Minimum) -> list[str]:
    return [str(reason) for reason in minimum.reasons]


# ---- protected tokens

NAMES = ("Acme Research Inc.", "12 Harbor Street", "440 N Wolfe Rd", "privacy@acme.example")
TOKENS = [
    ("We do not use it.", "We use it.", ['"not" removed → material']),
    ("We share it.", "We share it, except abroad.", ['"except" added → material']),
    ("We don't share it with others.", "We share it with others.", ['"don\'t" removed → material']),
    ("We share it unless you object.", "We share it if you object.", ['"unless" removed → material']),
    ("We may share it.", "We will share it.", ['"may" removed → minor', '"will" added → minor']),
    ("Such use is will be prohibited.", "Such use is prohibited.", ['"will" removed → minor']),
    ("We share some data.", "We share all data.", ['"all" added → minor']),
    ("We keep it for 30 days.", "We keep it for 90 days.", ['"30 days" removed → minor', '"90 days" added → minor']),
    ("We keep it 30 days.", "We keep it 30 months.", ['"30 days" removed → minor', '"30 months" added → minor']),
    ("We keep it one month.", "We keep it one year.", ['"one month" removed → minor', '"one year" added → minor']),
    (
        "It has been so since March 9, 2012, we say.",
        "It has been so since April 9, 2012, we say.",
        ['"March 9, 2012" removed → minor', '"April 9, 2012" added → minor'],
    ),
    ("We ask $5 for a copy.", "We ask $50 for a copy.", ['"$5" removed → minor', '"$50" added → minor']),
    (
        "Mail a@acme.example for help.",
        "Mail b@acme.example for help.",
        ['"a@acme.example" removed → minor', '"b@acme.example" added → minor'],
    ),
    (
        "Call +34 93-414-7554 in the morning.",
        "Call +34 93-414-7555 in the morning.",
        ['"+34 93-414-7554" removed → minor', '"+34 93-414-7555" added → minor'],
    ),
    (
        "See [the list](https://a.example).",
        "See [the list](https://b.example).",
        ['"https://a.example" removed → minor', '"https://b.example" added → minor'],
    ),
    (
        "Our office is at 440 N Wolde Rd in Sunnyvale.",
        "Our office is at 440 N Wolfe Rd in Sunnyvale.",
        ['"440 N Wolde Rd" removed → minor', '"440 N Wolfe Rd" added → minor'],
    ),
    (
        "Wir sitzen in der Lindenalle 5, Berlin.",
        "Wir sitzen in der Lindenallee 5, Berlin.",
        ['"Lindenallee 5" added → minor'],
    ),
    (
        "Nuestra sede está en Calle Mayor 3, Madrid.",
        "Nuestra sede está en Calle Mejor 3, Madrid.",
        ['"Calle Mayor 3" removed → minor', '"Calle Mejor 3" added → minor'],
    ),
    ("We call them “our services” in this text.", "We call them “our products” in this text.", [
        '"our services" removed → minor', '"our products" added → minor',
    ]),
    ("No compartimos sus datos.", "Compartimos sus datos.", ['"no" removed → material']),
    ("Lo compartimos.", "Lo compartimos, salvo fuera.", ['"salvo" added → material']),
    ("Wir geben Daten weiter.", "Wir geben keine Daten weiter.", ['"keine" added → material']),
    ("第三者に提供します。", "第三者に提供しません。", ['"ません" added → material']),
    ("三十日間保存しておきます。", "三十年間保存しておきます。", None),
    ("Nous ne vendons pas vos données.", "Nous vendons vos données.", [
        '"ne" removed → material', '"pas" removed → material',
    ]),
    ("نحن لا نبيع بياناتك لأحد.", "نحن نبيع بياناتك لأحد.", ['"لا" removed → material']),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), TOKENS)
def test_a_protected_token_is_told_with_what_happened_to_it(old: str, new: str, expected: list[str] | None) -> None:
    found = find_text_minimum(write(old), write(new))
    assert found.reasons
    assert all(reason.is_token for reason in found.reasons)
    if expected is not None:
        assert tell(found) == [f"#cookies: {line}" for line in expected]
    assert found.change_class == found.reasons[0].change_class


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("We are Acme Research Inc. here.", "We are Acme Reserch Inc. here.", {"Acme Research Inc.", "Reserch"}),
        ("The street is called Wolde today.", "The street is called Wolfe today.", {"Wolde", "Wolfe"}),
        ("They meet at the Harbor later.", "They meet at the Harbour later.", {"Harbor", "Harbour"}),
    ],
)
def test_a_known_name_is_protected_wherever_it_stands(old: str, new: str, words: set[str]) -> None:
    found = find_text_minimum(write(old), write(new), NAMES)
    assert found.change_class == "minor"
    assert {reason.text for reason in found.reasons} <= {
        f'"{word}" {what}' for word in words for what in ("added", "removed")
    }


NEAR = [
    ("We count visits, and pages.", "We count visits and pages."),
    ("It ends when you close you browser.", "It ends when you close your browser."),
    ("We keep logs for 30 days in a safe place.", "We keep logs for 30 days in a secure place."),
    ("We do not sell your data to anyone.", "We do not sell your details to anyone."),
    ("We talk of notice and nothing else now.", "We talk of note and nothing else now."),
    ("We now know the knot you tie.", "We know the knot you tie."),
    ("Guardamos las visitas, y las páginas.", "Guardamos las visitas y las páginas."),
    ("Wir zählen Besuche, und Seiten.", "Wir zählen Besuche und Seiten."),
    ("訪問を数え、記録します。", "訪問を数えて記録します。"),
    ("They meet at the harbor later.", "They meet at the harbour later."),
    ("We wrote to the company in Sunnyvalle.", "We wrote to the company in Sunnyvale."),
]


@pytest.mark.parametrize(("old", "new"), NEAR)
def test_other_words_are_editorial(old: str, new: str) -> None:
    assert find_text_minimum(write(old), write(new), NAMES) == Minimum("editorial")


def test_a_number_that_stays_in_rewritten_words_does_not_count() -> None:
    table = "| Data | Kept |\n|---|---|\n| your name and your mail and postal address | {} |"
    old, new = (
        write(table.format(words), "links")
        for words in ("it stays with us 30 days", "deleted after 30 days, then gone")
    )
    assert find_text_minimum(old, new) == Minimum("editorial")
    assert tell(find_text_minimum(old, new.replace("30", "60")))[0] == '#links: "30 days" removed → minor'


def test_tracking_where_none_was_is_material() -> None:
    found = find_text_minimum(write("We do not use tracking cookies."), write("We use cookies to track visitors."))
    assert '#cookies: "not" removed → material' in tell(found)


# ---- sections and blocks

LIST = "We use it:\n\n- to answer you\n- to count visits"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (write(LIST, "purposes"), write(LIST + "\n- to advertise", "purposes"), ["#purposes: 1 item added → material"]),
        (write(LIST, "aims", "eu:13.1.c-purposes"), write(LIST + "\n- to advertise", "aims", "eu:13.1.c-purposes"), [
            "#aims: 1 item added → material",
        ]),
        (write(LIST, "links"), write(LIST + "\n- to advertise", "links"), ["#links: 1 item added → minor"]),
        (write(LIST + "\n- to advertise", "purposes"), write(LIST, "purposes"), ["#purposes: 1 item removed → minor"]),
        (write(LIST + "\n- to object", "rights"), write(LIST, "rights"), ["#rights: 1 item removed → material"]),
        (write(LIST + "\n- to object", "rights"), write(LIST + "\n- to object\n- to complain", "rights"), [
            "#rights: 1 item added → minor",
        ]),
        (
            write("| Data | Kept |\n|---|---|\n| mail | long |", "data"),
            write("| Data | Kept |\n|---|---|\n| mail | long |\n| visits | longer |", "data"),
            ["#data: 1 row added → material"],
        ),
        (write("Some words here."), write("Some words here.\n\nA quiet paragraph joins them."), [
            "#cookies: 1 paragraph added → minor",
        ]),
        (
            write("Some words here."),
            write("Some words here.") + "\n## More {#more}\n\nQuiet words.\n",
            ["#more: section added → minor"],
        ),
        (
            write("Some words here."),
            write("Some words here.") + "\n## More {#more covers=eu:13.1.e}\n\nQuiet words.\n",
            ["#more: section about recipients added → material"],
        ),
        (
            write("Some words here.", "purposes"),
            write("Some words here.", "purposes") + "\n### More {#more}\n\nQuiet words.\n",
            ["#more: section about purposes added → material"],
        ),
        (
            write("Some words here.") + "\n## More {#more}\n\nQuiet words.\n",
            write("Some words here."),
            ["#more: section removed → material"],
        ),
        (write("Some words."), write("Some words.", tags="eu:cookies"), ["#cookies: tag eu:cookies added → minor"]),
        (write("Some words.", "cookies", "eu:cookies"), write("Some words."), [
            "#cookies: tag eu:cookies removed → minor",
        ]),
        (write("Your name.", "data"), write("Your name and where you live.", "data"), [
            "#data: 4 words more about data → minor",
        ]),
        (write("Your name.", "data"), write("Your own name.", "data"), []),
        (write("Your name.", "links"), write("Your name and where you live.", "links"), []),
        ("# We never sell\n\n## A {#a}\n\nWords.\n", "# We sell\n\n## A {#a}\n\nWords.\n", [
            'before the first heading: "never" removed → material',
        ]),
        ("# Privacy notice\n\n## A {#a}\n\nWords.\n", "# Privacy policy\n\n## A {#a}\n\nWords.\n", []),
        ("## We keep {#a}\n\nWords.\n", "## What we keep {#a}\n\nWords.\n", []),
        ("## We keep no data {#a}\n\nWords.\n", "## We keep data {#a}\n\nWords.\n", ['#a: "no" removed → material']),
        (
            "## A {#a}\n\nThe first words stand here.\n\n## B {#b}\n\nOther words stand there.\n",
            "## B {#b}\n\nOther words stand there.\n\n## A {#a}\n\nThe first words stand here.\n",
            [],
        ),
    ],
)  # fmt: skip
def test_what_happened_to_sections_and_blocks_decides(old: str, new: str, expected: list[str]) -> None:
    assert tell(find_text_minimum(old, new)) == expected


WORDS = st.sampled_from(
    ["we", "keep", "share", "not", "may", "all", "30", "days", "visits,", "unless", "Acme", "soon."]
)
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), min_size=1, max_size=4).map(
    lambda paragraphs: write("\n\n".join(paragraphs))
)


@given(TEXTS)
def test_the_same_text_is_editorial_for_no_reason(text: str) -> None:
    assert find_text_minimum(text, text, NAMES) == Minimum("editorial")


@given(TEXTS, TEXTS, st.data())
def test_a_negation_more_never_lowers_the_class(old: str, new: str, data: st.DataObject) -> None:
    words = new.removeprefix(write("")[:-1]).split(" ")
    place = data.draw(st.integers(0, len(words)))
    denied = write("")[:-1] + " ".join([*words[:place], "never", *words[place:]])
    before, after = find_text_minimum(old, new), find_text_minimum(old, denied)
    assert weigh_class(after.change_class) >= weigh_class(before.change_class)


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


@pytest.mark.parametrize("section", ["recipients", "cookies", "rights", "retention"])
def test_words_that_go_from_a_section_about_practice_are_more_than_a_slip(section: str) -> None:
    named = write("Our partners, our tracking utility company and others use it.", section)
    without = write("Our partners and others use it.", section)
    [reason] = find_text_minimum(named, without).reasons
    assert (reason.change_class, reason.section, reason.is_token) == ("minor", section, True)
    assert reason.text.startswith("4 words gone about ")
    elsewhere = write("Our partners, our tracking utility company and others use it.", "links")
    assert find_text_minimum(elsewhere, without.replace(f"#{section}", "#links")) == Minimum("editorial")


def test_in_japanese_a_few_signs_are_no_sentence() -> None:
    old, new = (f"# 通知\n\n## 提供先 {{#recipients}}\n\n{words}\n" for words in ("提供しておきます。", "提供します。"))
    assert find_text_minimum(old, new) == Minimum("editorial")


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


# ---- versions


def make_draft(day: str, region: str = "world", *, succeeds: Collection[str] = ()) -> Version:
    return make_version(day, {region: {"en": "# Notice\n"}}, succeeds={region: list(succeeds)}, sealed=False)


FIRST, SECOND = make_version("2024-01-01"), make_version("2024-06-01")
CANCELLED = replace(
    make_version("2024-09-01"), withdrawn=Withdrawal(datetime(2024, 8, 1, tzinfo=UTC), {"en": "A mistake."})
)


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (make_draft("2024-12-01"), ("2024-06-01", "world")),
        (make_draft("2024-06-01"), ("2024-06-01", "world")),
        (make_draft("2024-03-01"), ("2024-01-01", "world")),
        (make_draft("2024-01-01.1"), ("2024-01-01", "world")),
        (replace(make_draft("2024-06-01"), id="draft"), ("2024-06-01", "world")),
        (make_draft("2023-01-01"), None),
        (make_draft("2024-12-01", "globe", succeeds=["world"]), ("2024-06-01", "world")),
        (make_draft("2024-12-01", "moon"), None),
        (SECOND, ("2024-01-01", "world")),
        (FIRST, None),
    ],
)
def test_what_is_replaced_is_the_newest_version_before(draft: Version, expected: tuple[str, str] | None) -> None:
    found = find_replaced([FIRST, SECOND, CANCELLED], draft, next(iter(draft.regions)))
    assert (found and (found[0].id, found[1])) == expected


def test_a_draft_replaces_the_newest_revision() -> None:
    revision = make_version("2024-06-01.1")
    found = find_replaced([FIRST, SECOND, revision], make_draft("2024-06-01"), "world")
    assert found
    assert found[0] is revision
    assert find_replaced([FIRST, SECOND, revision], revision, "world") == (SECOND, "world")


def test_regions_and_languages_have_their_own_class() -> None:
    old = make_version(
        "2024-01-01", {"a": {"en": write("We do not."), "es": write("No.")}, "b": {"en": write("Yes, sir.")}}
    )
    new = make_version(
        "2024-06-01",
        {"a": {"en": write("We do."), "es": write("No."), "de": write("Ja.")}, "b": {"en": write("Yes sir.")}},
        sealed=False,
    )
    found = find_minimums([old], new)
    assert {key: minimum.change_class for key, minimum in found.items()} == {
        ("a", "en"): "material",
        ("a", "es"): "editorial",
        ("a", "de"): "minor",
        ("b", "en"): "editorial",
    }
    assert tell(found["a", "de"]) == ["translation added → minor"]
    assert tell(strictest(found.values())) == ['#cookies: "not" removed → material', "translation added → minor"]
    assert strictest([]) == Minimum("editorial")


def test_a_first_version_has_no_least_class() -> None:
    assert find_minimums([], make_draft("2024-01-01")) == {}


@pytest.mark.parametrize("locale", ["en", "de"])
def test_the_date_that_a_text_tells_of_itself_is_no_change(locale: str) -> None:
    def date_text(day: date) -> dict[str, dict[str, str]]:
        return {"world": {locale: write(f"It applies from {format_date(day, locale)}, {day}.")}}

    old = make_version("2024-01-10", date_text(date(2024, 1, 10)))
    new = make_version("2024-05-20", date_text(date(2024, 5, 20)), sealed=False)
    assert find_minimums([old], new) == {("world", locale): Minimum("editorial")}
    other = make_version("2024-05-20", date_text(date(2024, 7, 1)), sealed=False)
    assert find_minimums([old], other)["world", locale].change_class == "minor"


def test_a_section_in_the_words_of_the_source_changes_as_the_source_does() -> None:
    before = {"en": write("We share it."), "es": write("Lo compartimos.")}
    borrowed = '# Aviso\n\n## Title {#cookies lang="en"}\n\nWe may share it.\n'
    old = make_version("2024-01-01", {"world": {**before, "es": "# Aviso\n\n" + before["es"].partition("\n\n")[2]}})
    new = make_version("2024-06-01", {"world": {"en": write("We may share it."), "es": borrowed}}, sealed=False)
    assert tell(find_minimums([old], new)["world", "es"]) == [
        '#cookies: "may" added → minor',
        "#cookies: shown in English, as its translation waits → minor",
    ]


@pytest.mark.parametrize(
    ("change_class", "section", "told"),
    [("material", "cookies", "#cookies: x → material"), ("minor", "", "x → minor")],
)
def test_a_reason_reads_as_a_line(change_class: ChangeClass, section: str, told: str) -> None:
    assert str(Reason(change_class, section, "x")) == told
