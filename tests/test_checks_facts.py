"""Entities: what is known of each, on every day, in every notice, and what others certify of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests import acme
from tests.findings import (
    ARCHIVED,
    EN,
    ES,
    EUROPE,
    IBERIA,
    INC,
    NEXT,
    NOTICE,
    PREPARED,
    Case,
    add,
    assert_case,
    choose,
    find,
    make_case,
    make_seal,
    say,
    seal,
)

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
    # FE03
    Case(
        "FE03",
        files={IBERIA: BARE},
        told=[f"{IBERIA}:2:5: w entity acme-iberia: no address, no contact"],
    ),
    Case(
        "FE03",
        [choose("eu")],
        [f"{IBERIA}:2:5: entity acme-iberia: no address, no contact"],
        {IBERIA: BARE},
    ),
    Case(
        "FE03",
        [ARCHIVED],
        [f"{IBERIA}:2:5: w entity acme-iberia: no address, no contact"],
        {IBERIA: BARE},
    ),
    Case("FE03", [choose("eu")], [f"{IBERIA}:2:5: w entity acme-iberia: no register number, which ES asks for"]),
    Case(
        "FE03",
        [choose("eu"), add(IBERIA, "    register: {number: B-1}\n"), (INC, "    zone: America/New_York\n", "")],
        [f"{INC}:2:5: w entity acme-inc: no time zone"],
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
            INC: acme.FILES[INC] + make_seal("Acme Research Inc."),
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
    Case("FE03", [choose("eu"), add(IBERIA, "    register: {number: B-1}\n")]),
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
            INC: acme.FILES[INC] + make_seal("Acme Research Inc."),
        },
        has_history=True,
    ),
    Case(
        "FE08",
        files={
            **LESS,
            INC: acme.FILES[INC] + make_seal("Acme Research Inc."),
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
