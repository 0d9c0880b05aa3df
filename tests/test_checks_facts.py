"""Facts and entities: each mistake is found at its place, and what only resembles one is left alone."""

from __future__ import annotations

import time
from datetime import date
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
    EN,
    ES,
    JA,
    NEXT,
    NOTICE,
    REGIONS,
    SETTINGS,
    Case,
    Edit,
    assert_case,
    find,
    in_every_text,
    make_case,
)

SCOPE = "It covers our website, and applies"
"""Line 7 of the English text."""

INC, EUROPE, IBERIA = (f"entities/acme-{name}.yml" for name in ("inc", "europe", "iberia"))
ARCHIVED: Edit = (NEXT, "class: material", "class: material\norigin: {archived: 2024-02-01}")
PACKS: Edit = (SETTINGS, "    organisation:", "    packs: [eu]\n    organisation:")
TIMES = "\N{MULTIPLICATION SIGN}"

_RENAMED = """\
  - from: 2024-01-05
    legal_name: Acme Atlantic SL
    succession: rename
"""
_SEAL = """\
    seals:
      - {issuer: SealCo, holder: HOLDER, scope: {en: our website}DATES}
"""


def say(words: str) -> Edit:
    """The English text says something else on line 7, from its first column on."""
    return (EN, SCOPE, f"{words} applies")


def add(path: str, lines: str) -> Edit:
    """More lines at the end of a file of an entity."""
    contact = (
        "datenschutz@acme.example\n" if path == EUROPE else "country: ES}\n" if path == IBERIA else "country: US}\n"
    )
    last = acme.FILES[path].rstrip("\n").splitlines()[-1] + "\n"
    assert last.endswith(contact)
    return (path, last, last + lines)


def seal(holder: str, dates: str = "") -> Edit:
    """Acme Research Inc. has a certification."""
    return add(INC, _SEAL.replace("HOLDER", holder).replace("DATES", dates))


PREPARED = acme.FILES[NEXT].replace(acme.FIRST, "2024-06-01") + "options: {en: Write to us., es: Puede escribirnos.}\n"

_CHILDREN = {
    "content/children/notice.yml": "title: {en: Children}\n",
    "content/children/en.md": "# Children\n\n## Who we are {#controller}\n\n{{ entities | names }} answer.\n",
    "content/children/es.md": "# Niños\n\n## Quiénes somos {#controller}\n\nResponden {{ entities | names }}.\n",
    "content/children/next.yml": PREPARED,
}
"""A second notice that is being prepared, for a day after the first one's versions."""

_ADDRESSED = {
    path: text + '\nAcme Research Inc.: {{ roster["acme-inc"].address | address }}\n'
    for path, text in _CHILDREN.items()
    if path.endswith(".md")
}
"""Its texts with an address that the first one shows too."""

BARE = "facts:\n  - {from: 2019-09-01, legal_name: Acme Iberia SL, answers_for: [elsewhere], jointly: true}\n"
"""An entity of which nothing is known."""

LESS = {NEXT: "effective: 2024-06-15\nclass: minor\nsummary: Fewer.\n"}
MORE = {NEXT: "effective: 2024-06-15\nclass: material\nsummary: More.\n"}
"""Versions being prepared after both of Acme's."""

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
    # FE03
    Case(
        "FE03",
        files={IBERIA: BARE},
        told=[f"{IBERIA}:2:5: w entity acme-iberia: no address, no contact"],
    ),
    Case(
        "FE03",
        [PACKS],
        [f"{IBERIA}:2:5: entity acme-iberia: no address, no contact"],
        {IBERIA: BARE},
    ),
    Case(
        "FE03",
        [ARCHIVED],
        [f"{IBERIA}:2:5: w entity acme-iberia: no address, no contact"],
        {IBERIA: BARE},
    ),
    Case("FE03", [PACKS], [f"{IBERIA}:2:5: w entity acme-iberia: no register number, which ES asks for"]),
    Case(
        "FE03",
        [PACKS, add(IBERIA, "    register: {number: B-1}\n"), (INC, "    zone: America/New_York\n", "")],
        [f"{INC}:2:5: w entity acme-inc: no time zone"],
    ),
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
    # FE06
    Case(
        "FE06",
        [add(EUROPE, "  - {from: 2024-05-30, legal_name: Acme Nord GmbH}\n")],
        ['content/children/next.yml:1:1: 2024-06-01: children shows "Acme Nord GmbH", website "Acme Europe GmbH"'],
        _CHILDREN,
        has_history=True,
    ),
    Case(
        "FE06",
        [add(INC, "  - {from: 2024-05-30, address: {street: 1 New Road, locality: Boston, country: US}}\n")],
        ['content/children/next.yml:1:1: 2024-06-01: children shows "Acme Research Inc., 1 New Road, Boston, US"'],
        _CHILDREN | _ADDRESSED,
    ),
    Case(
        "FE06",
        [add(IBERIA, "  - {from: 2024-05-30, answers_for: []}\n")],
        ['content/children/next.yml:1:1: 2024-06-01: website lists "Acme Iberia SL", children does not'],
        _CHILDREN,
    ),
    # FE07
    Case(
        "FE07",
        [(IBERIA, "facts:", "facts:")],
        [f"{IBERIA}:11:5: w entity acme-iberia ends 2024-06-01, no succession"],
        {
            **LESS,
            IBERIA: acme.FILES[IBERIA] + "  - {from: 2024-06-01, answers_for: [], jointly: false}\n",
        },
        has_history=True,
    ),
    Case(
        "FE07",
        [add(EUROPE, "  - {from: 2024-06-01, legal_name: Acme Nord GmbH, register: {number: HRB 2}}\n")],
        [f'{EUROPE}:12:5: w entity acme-europe: "Acme Europe GmbH" becomes "Acme Nord GmbH", no succession'],
        LESS,
        has_history=True,
    ),
    Case(
        "FE07",
        told=[f"{NEXT}:1:1: w entity acme-iberia of 2024-05-20 is gone, no succession"],
        edits=[(IBERIA, "2019-09-01", "2024-07-01")],
        files=LESS,
        has_history=True,
    ),
    # FE08
    Case(
        "FE08", [seal("Acme Nowhere SL")], [f'{INC}:2:5: SealCo: seal holder "Acme Nowhere SL" ≠ "Acme Research Inc."']
    ),
    Case(
        "FE08",
        [seal("Acme Research"), ARCHIVED],
        [f'{INC}:2:5: w SealCo: seal holder "Acme Research" ≠ "Acme Research Inc."'],
    ),
    Case(
        "FE08",
        told=[f"{NEXT}:2:1: a material change, and no approval by SealCo is recorded"],
        files={
            **MORE,
            INC: acme.FILES[INC] + _SEAL.replace("HOLDER", "Acme Research Inc.").replace("DATES", ""),
        },
        has_history=True,
    ),
    Case(
        "FE08",
        [seal("Acme Research Inc.", ", valid_to: 2023-12-31"), say("SealCo certifies us. It")],
        [f'{EN}:7:1: w "SealCo" is named, and no entity has a seal of it on 2024-01-10'],
    ),
    Case(
        "FE08",
        [seal("Acme Research Inc."), say("It applies to products and services. SealCo has seen this. It")],
        [f'{EN}:7:38: w seal of SealCo: scope "website" < notice scope "products, services"'],
    ),
    Case(
        "FE08",
        [
            seal("Acme Research Inc."),
            (INC, ", scope: {en: our website}", ""),
            (ES, "Abarca nuestro sitio web y", "Se aplica a los productos. El sello SealCo cubre solo el sitio web. Y"),
        ],
        [f'{ES}:7:28: w seal of SealCo: scope "sitio web" < notice scope "productos"'],
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
    # FE03: something is known; nobody has chosen a law; an entity that answers for nobody
    Case(
        "FE03",
        [
            (
                INC,
                "street: 12 Harbor Street, locality: Boston, region: MA, ",
                "locality: Boston, region: MA, ",
            )
        ],
    ),
    Case("FE03", [(INC, "    zone: America/New_York\n", "")]),
    Case("FE03", files={"entities/acme-old.yml": "facts:\n  - {from: 2001-01-01, legal_name: Acme Old AG}\n"}),
    Case("FE03", [PACKS, add(IBERIA, "    register: {number: B-1}\n")]),
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
    # FE06: the same facts; another day's facts that no reader is shown; prepared together
    Case("FE06", files=_CHILDREN, has_history=True),
    Case(  # the second one shows no address at all
        "FE06",
        [add(INC, "  - {from: 2024-05-30, address: {street: 1 New Road, locality: Boston, country: US}}\n")],
        files=_CHILDREN,
    ),
    Case(
        "FE06",
        [add(INC, "  - {from: 2024-05-30, address: {street: 1 New Road, locality: Boston, country: US}}\n")],
        files={**_CHILDREN, NEXT: "effective: 2024-06-01\nclass: minor\nsummary: Moved.\n"},
    ),
    Case("FE06", [(INC, "    zone:", "    aliases: [Acme]\n    zone:")], files=_CHILDREN, has_history=True),
    # FE07: recorded; still there; a new name of the same company; nothing was ever released
    Case(
        "FE07",
        files={
            **LESS,
            IBERIA: acme.FILES[IBERIA]
            + "  - {from: 2024-06-01, answers_for: [], jointly: false, succession: unknown}\n",
        },
        has_history=True,
    ),
    Case(
        "FE07",
        [
            add(EUROPE, "  - {from: 2024-06-01, legal_name: Acme Nord GmbH}\n"),
            add(IBERIA, "  - {from: 2024-06-01, form: SL}\n"),
        ],
        files=LESS,
        has_history=True,
    ),
    Case("FE07", [add(IBERIA, "  - {from: 2024-01-05, answers_for: [], jointly: false}\n")]),
    # FE08: the entity itself or another one shown, an approval, a minor change, a first version, a wide seal
    Case("FE08", [seal("Acme Research Inc.")]),
    Case("FE08", [seal("Acme Europe"), say("SealCo has certified us. It")]),
    Case(
        "FE08",
        files={
            NEXT: "effective: 2024-06-15\nclass: material\nsummary: More.\ncertifier: mail of 2024-05-28\n",
            INC: acme.FILES[INC] + _SEAL.replace("HOLDER", "Acme Research Inc.").replace("DATES", ""),
        },
        has_history=True,
    ),
    Case(
        "FE08",
        files={
            **LESS,
            INC: acme.FILES[INC] + _SEAL.replace("HOLDER", "Acme Research Inc.").replace("DATES", ""),
        },
        has_history=True,
    ),
    Case("FE08", [seal("Acme Research Inc.", ", valid_to: 2023-12-31")]),
    Case("FE08", [seal("Acme Research Inc."), say("It applies to this website. SealCo has seen it. It")]),
    Case(
        "FE08",
        [
            seal("Acme Research Inc."),
            (INC, "our website", "our website and services"),
            say("It applies to products and services. SealCo has seen this. It"),
        ],
    ),
]


@pytest.mark.parametrize("case", FOUND, ids=str)
def test_a_mistake_is_found_at_its_place(tmp_path: Path, case: Case) -> None:
    assert case.told
    assert_case(tmp_path, case)


@pytest.mark.parametrize("case", NEAR, ids=str)
def test_what_only_resembles_a_mistake_is_left_alone(tmp_path: Path, case: Case) -> None:
    assert not case.told
    assert_case(tmp_path, case)


def test_every_check_has_cases_of_both_kinds() -> None:
    ids = {f"FE0{number}" for number in range(1, 9)}
    assert {case.check for case in FOUND} == {case.check for case in NEAR} == ids


def test_two_sealed_notices_that_differ_are_a_warning(tmp_path: Path) -> None:
    site = acme.make_site(tmp_path)
    acme.release(site)
    for path, text in _CHILDREN.items():
        acme.write_file(site, path, text)
    acme.write_file(site, EUROPE, f"{acme.FILES[EUROPE]}  - {{from: 2024-05-30, legal_name: Acme Nord GmbH}}\n")
    acme.write_file(site, NEXT, PREPARED)
    acme.release(site, "children")
    (site / NEXT).unlink()
    assert find(site, "FE06", date(2024, 5, 31)) == []
    told = '2024-06-02: children shows "Acme Nord GmbH", website "Acme Europe GmbH"'
    assert find(site, "FE06", date(2024, 6, 2)) == [f"{NOTICE}:1:1: w {told}"]


def test_a_seal_that_ends_while_a_notice_shows_it_is_told(tmp_path: Path) -> None:
    site = make_case(tmp_path, Case("FE08", [seal("Acme Research Inc.", ", valid_to: 2024-03-31"), say("SealCo: it")]))
    acme.release(site)
    assert find(site, "FE08", date(2024, 3, 31)) == []
    told = f"{NOTICE}:1:1: w 2024-01-10 shows a seal of SealCo that ended on 2024-03-31"
    assert find(site, "FE08", date(2024, 4, 1)) == [told]


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
