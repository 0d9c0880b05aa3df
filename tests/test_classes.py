"""The least class of a change, and the reasons for it: of words, sections and versions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticepress.classes import Minimum, Reason, find_minimums, find_replaced, find_text_minimum, strictest, weigh_class
from noticepress.localize import format_date
from noticepress.model import ChangeClass, Version, Withdrawal
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


@pytest.mark.parametrize("section", ["recipients", "cookies", "rights", "retention"])
def test_words_that_go_from_a_section_about_practice_are_more_than_a_slip(section: str) -> None:
    named = write("Our partners, our tracking utility company and others use it.", section)
    without = write("Our partners and others use it.", section)
    [reason] = find_text_minimum(named, without).reasons
    assert (reason.change_class, reason.section, reason.is_token) == ("minor", section, True)
    assert reason.text.startswith("4 words gone about ")
    elsewhere = write("Our partners, our tracking utility company and others use it.", "links")
    assert find_text_minimum(elsewhere, without.replace(f"#{section}", "#links")) == Minimum("editorial")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("We share it with partners. Whoever fuels here leaves a number that our bank keeps for us.", "Who gets it"),
        ("情報を共有します。給油する方のカード番号は銀行だけが保管し、私たちが見ることはありません。", "提供する相手"),
    ],
)
def test_a_heading_put_over_words_that_were_there_is_no_new_section(words: str, title: str) -> None:
    cut = max(words.find(". "), words.find("。")) + 1
    old, new = (
        f"## A {{#a}}\n\n{words[:cut]}\n\n{heading}{words[cut:].strip()}\n"
        for heading in ("", f'## {title} {{#b covers="eu:13.1.e"}}\n\n')
    )
    assert tell(find_text_minimum(old, new)) == ["#b: section added → minor"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("You must not do this.", "You must **not** do this."),
        ("You *may* ask us.", "You may ask us."),
        ("- We may\n- We will\n", "1. We may\n2. We will\n"),
    ],
)
def test_a_change_of_form_alone_is_editorial(old: str, new: str) -> None:
    assert tell(find_text_minimum(write(old), write(new))) == []


def test_a_passage_that_went_to_another_section_took_nothing_away() -> None:
    first = "You can ask us at any time to export, correct or erase the data that we hold about your boat."
    second = "We never lend the list of moorings to sailmakers, brokers or insurers of any kind at all."
    old = f"## Your rights {{#rights}}\n\n{first}\n\n{second}\n\n## Sharing {{#sharing}}\n\nNothing else.\n"
    new = f"## Your rights {{#rights}}\n\n{first}\n\n## Sharing {{#sharing}}\n\nNothing else.\n\n{second}\n"
    assert tell(find_text_minimum(old, new)) == []


def test_in_japanese_a_few_signs_are_no_sentence() -> None:
    old, new = (f"# 通知\n\n## 提供先 {{#recipients}}\n\n{words}\n" for words in ("提供しておきます。", "提供します。"))
    assert find_text_minimum(old, new) == Minimum("editorial")


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
