"""Names and facts as texts write them: each slip is found at its place, and what only resembles one is left alone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticepress.checks import facts
from noticepress.checks.contacts import Kind
from noticepress.checks.desk import Desk
from noticepress.checks.names import find_nearest, fold_name, gather_names
from noticepress.checks.nearness import is_near, is_same_otherwise
from noticepress.library import load_library
from tests import acme
from tests.findings import (
    ARCHIVED,
    EN,
    ES,
    EUROPE,
    IBERIA,
    INC,
    JA,
    REGIONS,
    Case,
    add,
    assert_case,
    in_every_text,
    make_case,
    say,
    seal,
)

TIMES = "\N{MULTIPLICATION SIGN}"

_RENAMED = """\
  - from: 2024-01-05
    legal_name: Acme Atlantic SL
    succession: rename
"""


FOUND = [
    # FE01
    Case(
        "FE01",
        [say("Acme.com Research Inc.")],
        [f'{EN}:7:1: w "Acme.com Research Inc." is not an entity valid on 2024-01-10'],
    ),
    Case(
        "FE01", [say("By Acme Iberica SL, it")], [f'{EN}:7:4: w "Acme Iberica SL" is not an entity valid on 2024-01-10']
    ),
    Case("FE01", [say("Acme Iberia GmbH")], [f'{EN}:7:1: w "Acme Iberia GmbH" is not an entity valid on 2024-01-10']),
    Case(
        "FE01",
        [add(IBERIA, _RENAMED), say("Acme Iberia SL")],
        [f'{EN}:7:1: "Acme Iberia SL" is not an entity valid on 2024-01-10'],
    ),
    Case(
        "FE01",
        [add(IBERIA, "  - {from: 2024-01-05, answers_for: [], jointly: false}\n"), say("Acme Iberia SL")],
        [f'{EN}:7:1: "Acme Iberia SL" is not an entity valid on 2024-01-10'],
    ),
    Case(
        "FE01",
        [add(IBERIA, _RENAMED), say("Acme Iberia SL"), ARCHIVED],
        [f'{EN}:7:1: w "Acme Iberia SL" is not an entity valid on 2024-01-10'],
    ),
    Case(
        "FE01",
        [add(IBERIA, _RENAMED), (REGIONS, "en: the Americas", "en: where Acme Iberia SL is not")],
        [f'{REGIONS}:1:1: "Acme Iberia SL" is not an entity valid on 2024-01-10'],
    ),
    Case("FE01", [seal("Somebody Ltd")], [f'{INC}:2:5: "Somebody Ltd" is not an entity valid on 2024-01-10']),
    # FE02
    Case(
        "FE02",
        [say("Acme Research Incorporated")],
        [f'{EN}:7:1: "Acme Research Incorporated" (1{TIMES}) differs from legal name "Acme Research Inc."'],
    ),
    Case(
        "FE02",
        [say("Acme Iberia SL and Acme Iberia, S.L.")],
        [f'{EN}:7:20: "Acme Iberia, S.L." (1{TIMES}) differs from legal name "Acme Iberia SL" (1{TIMES})'],
    ),
    Case("FE02", [say("Acme-Europe")], [f'{EN}:7:1: "Acme-Europe" (1{TIMES}) differs from alias "Acme Europe"']),
    Case(
        "FE02",
        [say("ACME RESEARCH"), ARCHIVED],
        [f'{EN}:7:1: w "ACME RESEARCH" (1{TIMES}) differs from group\'s name "Acme Research"'],
    ),
    Case("FE02", [(ES, "Abarca nuestro", "La ACME Iberia SL y")], [f'{ES}:7:4: "ACME Iberia SL" (1{TIMES}) differs']),
    # FE04
    Case(
        "FE04",
        [say("At 12 Harbur Street")],
        [f'{EN}:7:4: w "12 Harbur Street" ~ "12 Harbor Street" (L7, {INC}:2)'],
    ),
    Case(
        "FE04",
        [say("At 7 Elmwood Road and 7 Elmwod Road")],
        [f'{EN}:7:4: w "7 Elmwood Road" ~ "7 Elmwod Road" (L7)'],
    ),
    Case("FE04", [say("MA02110")], [f'{EN}:7:1: w "MA02110" ~ "MA 02110" (L7, {INC}:2)']),
    Case(
        "FE04",
        [say("Mail privaci@acme.example")],
        [f'{EN}:7:6: w "privaci@acme.example" ~ "privacy@acme.example" (L7, {INC}:2)'],
    ),
    Case(
        "FE04",
        [say("Mail privacy@acmee.example")],
        [f'{EN}:7:6: w "privacy@acmee.example" ~ "privacy@acme.example" (L7, {INC}:2)'],
    ),
    Case(
        "FE04",
        [(INC, "      post:", "      phone: +1 617-555-0100\n      post:"), say("Call +1 617-555-0110")],
        [f'{EN}:7:6: w "+1 617-555-0110" ~ "+1 617-555-0100" (L7, {INC}:2)'],
    ),
    Case(
        "FE04",
        [
            add(
                IBERIA,
                "  - {from: 2020-01-01, address: {street: Calle  Mayor 3, country: ES}}\n".replace("  Mayor", " Mayer"),
            )
        ],
        [f'{IBERIA}:11:5: w "Calle Mayer 3" ~ "Calle Mayor 3" (L2, L11)'],
    ),
    # FE05
    Case("FE05", [say("{{ contact.dpo }}")], [f"{EN}:7:4: unknown value 'contact.dpo'"]),
    Case("FE05", [say("Acme Europe GmbH")], [f"{EN}:7:1: literal 'Acme Europe GmbH', which"]),
    Case("FE05", [say("Acme Europe GmbH"), ARCHIVED], [f"{EN}:7:1: w literal 'Acme Europe GmbH', which"]),
    Case(
        "FE05",
        [say("12 Harbor Street, Boston, MA02110 it")],
        [f"{EN}:7:1: literal '12 Harbor Street, Boston, MA02110'"],
    ),
    Case("FE05", [say("12\N{NO-BREAK SPACE}Harbor Street")], [f"{EN}:7:1: literal '12\\xa0Harbor Street', which"]),
    Case("FE05", [say("Boston MA 02110")], [f"{EN}:7:1: literal 'Boston MA 02110', which"]),
    Case("FE05", [say("In 10115 Berlin")], [f"{EN}:7:4: literal '10115 Berlin', which"]),
    Case("FE05", [say("Privacy@Acme.example")], [f"{EN}:7:1: literal 'Privacy@Acme.example', which"]),
    Case(
        "FE05",
        [say("[privacy@acme.example](mailto:privacy@acme.example)")],
        [f"{EN}:7:2: literal 'privacy@acme.example', which"],
    ),
    Case("FE05", [say("[Write](mailto:privacy@acme.example)")], [f"{EN}:7:16: literal 'privacy@acme.example', which"]),
    *(
        Case(
            "FE05",
            [(INC, "      post:", "      phone: +1 617-555-0100\n      post:"), say(f"Call {number} it")],
            [f"{EN}:7:6: literal {number!r}, which"],
        )
        for number in ("+1 617-555-0100", "+1 (617) 555 0100", "617.555.0100", "001 617 5550100")
    ),
    Case(
        "FE05",
        [(JA, "この通知は当社", "連絡先privacy@acme.exampleまで当社")],
        [f"{JA}:7:4: literal 'privacy@acme.example'"],
    ),
]

NEAR = [
    # FE01: strangers, other parts of a sentence, another company that a fact names, an entity's seal
    Case("FE01", [say("Boundless Software Ltd. and Google LLC")]),
    Case("FE01", [say("By Acme Iberia SL and Acme Research Inc.")]),
    Case("FE01", [say("Limited offers of Acme, in the Ltd Building,")]),
    Case("FE01", [add(INC, "    owner: Acme Research Ltd\n"), say("Acme Research Ltd")]),
    Case("FE01", [add(IBERIA, _RENAMED), say("Acme Atlantic SL and Acme Europe GmbH")]),
    Case("FE01", [seal("Acme Iberia SL")]),
    Case("FE01", [seal("Acme Iberia")]),  # the same company under another name: FE08
    # FE02: names and aliases as declared, the end of a sentence, a word, capitals throughout, addresses
    Case("FE02", [say("Acme Europe, Acme Europe GmbH, Acme Research and Acme Research Inc.")]),
    Case("FE02", [say("Acme Iberia SL. Acme Research limited the access, acme research did")]),
    Case("FE02", [say("ACME RESEARCH IS NOT LIABLE HERE, WHATEVER")]),
    Case("FE02", [say("<https://acme.example/ACME-RESEARCH>, ACME-RESEARCH@acme.example, ACME RESEARCHERS")]),
    Case("FE02", [add(IBERIA, '    aliases: ["Acme Iberia, S.L."]\n'), say("Acme Iberia, S.L.")]),
    Case("FE02", in_every_text("{{ organisation }}", "{{ organisation | upper }}")),
    # FE04: neighbours in a street, other mailboxes, a date, a fax, what is the same
    Case("FE04", [say("At 13 Harbor Street, 12 Harbor Street, 12 Summit Street,")]),
    Case("FE04", [say("Mail policy@acme.example, privacy2@acme.example, priv@acme.example")]),
    Case("FE04", [say("2024-01-10 or 2024-01-11")]),
    Case(
        "FE04",
        [
            (INC, "      post:", "      phone: +1 617-555-0100\n      post:"),
            say("Call +1 617-555-0100, fax: +1 617-555-0101,"),
        ],
    ),
    Case("FE04", [add(IBERIA, "  - {from: 2020-01-01, address: {street: Calle Mayor 5, country: ES}}\n")]),
    Case("FE04", [say("Mail {{ contact.privacy }} at 12{{ '' }} Harbor Street")]),
    # FE05
    Case("FE05", [say("Acme Europe, Acme Research, 112 Harbor Street, Boston 021100, 12-Harbor-Street")]),
    Case("FE05", [say("Acme Research Inc.orporated or privacy@acme.example.org")]),
    Case("FE05", [add(EUROPE, "  - {from: 2024-02-01, legal_name: Acme Nord GmbH}\n"), say("Acme Nord GmbH")]),
    Case("FE05", [say("{% if contact.privacy == 'privacy@acme.example' %}a{% endif %} it")]),
]


@pytest.mark.parametrize("case", FOUND, ids=str)
def test_a_mistake_is_found_at_its_place(tmp_path: Path, case: Case) -> None:
    assert case.told
    assert_case(tmp_path, case)


@pytest.mark.parametrize("case", NEAR, ids=str)
def test_what_only_resembles_a_mistake_is_left_alone(tmp_path: Path, case: Case) -> None:
    assert not case.told
    assert_case(tmp_path, case)


# ---- names


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Acme Limited", ("acme", "ltd")),
        ("ACME, Ltd.", ("acme", "ltd")),
        ("Acme-Iberia S.L.", ("acme iberia", "sl")),
        ("Acme Iberia S. L. U.", ("acme iberia", "slu")),
        ("株式会社アクメ", ("アクメ", "kk")),
        ("アクメ株式会社", ("アクメ", "kk")),
        ("Acme", ("acme", "")),
        ("Limited", ("limited", "")),
    ],
)
def test_a_name_is_folded_to_its_words_and_its_legal_form(name: str, folded: tuple[str, str]) -> None:
    assert fold_name(name) == folded


@given(st.from_regex(r"[a-z]{2,8}( [a-z]{2,8}){0,2}", fullmatch=True), st.sampled_from([" Inc.", ", INC", " inc"]))
def test_case_and_punctuation_make_no_other_name(name: str, form: str) -> None:
    assert fold_name(f"{name.upper()}{form}") == fold_name(f"{name.replace(' ', '-')} Incorporated")


def test_the_nearest_name_is_that_with_the_same_form(tmp_path: Path) -> None:
    names = gather_names(load_library(acme.make_site(tmp_path)), acme.DRAFTING)
    assert (find_nearest("Acme.com Research Inc", names) or ("", ""))[1] == "Acme Research Inc."
    assert (find_nearest("Acme-Europe.com", names) or ("", ""))[1] == "Acme Europe"
    assert find_nearest("Other Company Ltd", names) is None


# ---- facts that are nearly the same


@pytest.mark.parametrize(
    ("kind", "first", "second", "near"),
    [
        ("street", "440 N Wolde Rd", "440 N Wolfe Rd", True),
        ("street", "440 N Wolfe Rd", "440 N  Wolfe Rd.", True),
        ("street", "440 N Wolfe Rd", "441 N Wolfe Rd", False),
        ("street", "Box 7", "for 7", False),
        ("code", "CA94085", "CA 94085", True),
        ("code", "CA 94085", "CA 94086", False),
        ("phone", "+1 408-524-7445", "+1 408-542-7445", True),
        ("phone", "+1 408-524-7445", "+1 (408) 524 7445", True),
        ("phone", "+1 408-524-7445", "+1 408-600-1234", False),
        ("mail", "privacy@acme.example", "privcy@acme.example", True),
        ("mail", "privacy@acme.example", "policy@acme.example", False),
        ("mail", "it@acme.example", "hr@acme.example", False),
        ("mail", "privacy@acme.es", "privacy@acme.de", False),
        ("mail", "privacy@acme.com", "privacy@acme.con", True),
        ("mail", "privacy1@acme.example", "privacy2@acme.example", False),
        ("mail", "Privacy@acme.example", "privacy@acme.example", False),
    ],
)
def test_a_slip_is_told_from_a_neighbour(kind: Kind, first: str, second: str, near: bool) -> None:  # noqa: FBT001
    assert is_near(kind, first, second) is is_near(kind, second, first) is near


@pytest.mark.parametrize(
    ("kind", "first", "second", "same"),
    [
        ("street", "12 Harbor Street", "14 Harbor Street", False),
        ("street", "12 Harbor Street", "12 Harbur Street", True),
        ("street", "12 Harbor Street", "12 Haber Street", False),
        ("phone", "+1 408-524-7445", "+1 408-524-7446", False),
        ("phone", "+1 408-524-7445", "+1 408 524 7445", True),
        ("mail", "privacy@acme.example", "privcy@acme.example", False),
    ],
)
def test_declared_facts_may_be_neighbours(kind: Kind, first: str, second: str, same: bool) -> None:  # noqa: FBT001
    assert is_same_otherwise(kind, first, second) is same


@pytest.mark.parametrize(
    "words", ["Acme ", "a", "1 ", "A", "+1 ", "a@", "Acme Inc. ", "12 Harbor Street ", "(", "株式会社"]
)
def test_a_long_text_is_read_in_reasonable_time(tmp_path: Path, words: str) -> None:
    library = load_library(make_case(tmp_path, Case("FE05", [say(words * (300_000 // len(words)))])))
    desk = Desk(library, {}, acme.DRAFTING)
    began = time.perf_counter()
    for found in (facts.find_unknown_names, facts.find_drifting_names, facts.find_near_facts, facts.find_written_facts):
        list(found(desk))
    assert time.perf_counter() - began < 10
