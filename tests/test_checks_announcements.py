"""Change records: what changed is recorded, under the right class; each mistake found, its near miss left alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from noticepress.checks import find_obstacles, find_problems
from noticepress.library import read_library
from tests import acme
from tests.findings import (
    ANNOUNCED,
    AR,
    EN,
    ES,
    INC,
    JA,
    LATER,
    NEXT,
    NOTICE,
    ORIGIN,
    SAID,
    SCOPE,
    Case,
    Edit,
    assert_case,
    find,
    prepare,
    write_next,
)

ROW = (EN, "two months", "three months")

SPARED: tuple[Edit, ...] = (
    (EN, SCOPE, "It covers our website and applies"),
    (ES, "sitio web y se aplica", "sitio web, y se aplica"),
    (JA, "ウェブサイトに、", "ウェブサイトに"),
    (AR, "موقعنا، ويسري", "موقعنا ويسري"),
)
"""A comma less or more in every language."""


SEAL = "{issuer: TrustMark, holder: Acme Research Inc.}"
POST = "contacts: {privacy: privacy@acme.example, post: {street: P.O. Box 9, locality: Denver, country: US}}"


def begin(words: str, day: str = "2024-08-01") -> Mapping[str, str]:
    """Acme Research Inc. with a last slice, whose line is 12."""
    return {INC: f"{acme.FILES[INC]}{acme.MOVED}  - from: {day}\n    {words}\n"}


FOUND = [
    # CN01, of facts
    Case(
        "CN01",
        has_history=True,
        as_of=LATER,
        files=begin(POST),
        told=[f"{INC}:12:5: w from 2024-08-01 website would show another #rights; no version is prepared for that day"],
    ),
    Case(
        "CN01",
        has_history=True,
        as_of=date(2024, 8, 1),
        files=begin(POST),
        told=[
            f"{INC}:12:5: w the facts changed: from 2024-08-01 website shows another #rights, and there is no change"
        ],
    ),
    Case(
        "CN01",
        has_history=True,
        as_of=LATER,
        files=begin("answers_for: [americas, elsewhere]\n    jointly: true"),
        told=[f"{INC}:12:5: w from 2024-08-01 website would show another #controller and other companies that answer"],
    ),
    Case(
        "CN01",
        has_history=True,
        as_of=LATER,
        files={**begin(POST), **write_next()},  # for the day before
        told=[f"{INC}:12:5: w from 2024-08-01 website would show another #rights; no version is prepared for that day"],
    ),
    # CN01
    Case("CN01", [ROW], [f"{EN}:1:1: w 1 section changed since 2024-05-20 (#data), and there is"], has_history=True),
    Case(
        "CN01",
        [(JA, "この通知は、", "この通知では、")],
        [f"{JA}:1:1: w 1 section changed since 2024-05-20 (the beginning), and there is no change record"],
        has_history=True,
    ),
    Case(
        "CN01",
        told=[f"{NEXT}:3:1: minor change: 'summary' is missing in es"],
        files=write_next(summary="{en: More.}"),
        has_history=True,
        as_of=LATER,
    ),
    prepare(
        "CN01",
        "material",
        f"impact: {{en: Longer., ja: より長く。}}\n{ANNOUNCED}",
        f"{NEXT}:1:1: material change: 'options' is missing in en, es",
        f"{NEXT}:4:1: material change: 'impact' is missing in es",
    ),
    prepare(
        "CN01", "material", f"{SAID.replace(', es: Escriba.', '')}{ORIGIN}", f"{NEXT}:5:1: w material change: 'opt"
    ),
    # CN02
    prepare("CN02", "editorial", ANNOUNCED, f"{NEXT}:2:1: class editorial; #data", edits=(ROW,)),
    prepare(
        "CN02",
        "minor",
        ANNOUNCED,
        f"{NEXT}:2:1: class minor; #scope",
        edits=((EN, SCOPE, "It does not cover our website, and applies"),),
    ),
    prepare("CN02", "editorial", ORIGIN, f"{NEXT}:2:1: w class editorial; #data", edits=(ROW,)),
]

NEAR = [
    Case("CN01", has_history=True),
    Case("CN01", has_history=True, as_of=LATER, files=begin(f"owner: Acme Holding\n    seals: [{SEAL}]")),
    Case("CN01", has_history=True, as_of=date(2024, 9, 1), files=begin("register: {name: Boston, number: X 1}")),
    Case("CN01", has_history=True, as_of=LATER, files={**begin(POST, "2024-07-20"), **write_next()}),
    Case("CN01", files=begin(POST), edits=[(NEXT, "2024-01-10", "2024-08-01")]),
    Case("CN01", files={**begin(POST), NEXT: f"{acme.FILES[NEXT]}{ORIGIN}"}),
    Case("CN01", [(EN, "one month", "three months")]),  # nothing was sealed: there is nothing to compare with
    Case("CN01", [(NEXT, "impact: {en: You can read what we collect., es: Puede leer qué recogemos.}\n", "")]),
    prepare("CN01", "minor", edits=(ROW,)),
    prepare("CN01", "material", f"{SAID}{ANNOUNCED}"),
    Case("CN01", [ROW], files={"content/website/correction.yml": "class: minor\nsummary: Wrong.\n"}, has_history=True),
    prepare("CN02", "minor", edits=(ROW,)),
    prepare("CN02", "material", edits=((EN, SCOPE, "It does not cover our website, and applies"),)),
    prepare("CN02", "editorial", edits=SPARED),
    prepare(
        "CN02",
        "editorial",
        f"{ANNOUNCED}confirmed: It never covered it.\n",
        edits=((EN, SCOPE, "It will cover our website and applies"), *SPARED[1:]),
    ),
    Case("CN02"),
]


@pytest.mark.parametrize("case", FOUND, ids=str)
def test_a_mistake_about_a_change_is_found_at_its_place(tmp_path: Path, case: Case) -> None:
    assert_case(tmp_path, case)


@pytest.mark.parametrize("case", NEAR, ids=str)
def test_a_change_that_is_told_well_is_left_alone(tmp_path: Path, case: Case) -> None:
    assert_case(tmp_path, case)


# ---- facts that change


def test_of_two_slices_of_a_day_the_one_that_changes_something_is_named(tmp_path: Path) -> None:
    site = acme.make_history(tmp_path)
    europe = "entities/acme-europe.yml"
    acme.write_file(site, europe, f"{acme.FILES[europe]}  - from: 2024-08-01\n    owner: Acme Holding\n")
    for path, text in begin(POST).items():
        acme.write_file(site, path, text)
    [line] = find(site, "CN01", LATER)
    assert line.startswith(f"{INC}:12:5: w from 2024-08-01 website would show another #rights")


def test_a_certification_that_ends_changes_what_a_text_says_of_it(tmp_path: Path) -> None:
    site = acme.make_site(tmp_path)
    acme.write_file(site, INC, acme.FILES[INC] + "    seals: [{issuer: TrustMark, valid_to: 2024-07-31}]\n")
    for locale in acme.LOCALES:
        path = f"content/website/{locale}.md"
        acme.write_file(site, path, acme.FILES[path] + "\n{% for seal in seals %}\n{{ seal.issuer }}\n{% endfor %}\n")
    acme.release(site)
    assert find(site, "CN01", LATER) == [
        f"{INC}:2:5: w from 2024-08-01 website would show another #changes; no version is prepared for that day"
    ]


def test_a_fact_that_a_text_names_and_that_is_gone_stops_no_build(tmp_path: Path) -> None:
    site = acme.make_history(tmp_path)
    for path, text in begin("contacts: {privacy: privacy@acme.example}").items():
        acme.write_file(site, path, text)
    found = find_problems(read_library(site), date(2024, 8, 1))
    assert {problem.severity for problem in found if problem.id == "FE05"} == {"warning"}
    assert [problem.id for problem in find_obstacles(read_library(site), date(2024, 8, 1))] == []


def test_words_that_were_sealed_while_a_translation_waits_have_not_changed(tmp_path: Path) -> None:
    site = acme.make_history(tmp_path)
    acme.replace_text(site, EN, "two months", "three months")
    acme.replace_text(site, ES, "dos meses", "tres meses")
    for path, text in write_next().items():
        acme.write_file(site, path, text)
    acme.release(site, as_of=LATER)
    assert 'lang="en"' in (site / "content/website/versions/2024-07-20/americas/ja.md").read_text(encoding="utf-8")
    assert find(site, "CN01", LATER) == []


def test_others_that_answer_are_told_where_no_word_changes(tmp_path: Path) -> None:
    site = acme.make_site(tmp_path)
    for locale in acme.LOCALES:
        path = f"content/website/{locale}.md"
        acme.write_file(site, path, f"# Notice\n\n## A {{#a}}\n\n{locale}.\n")
    acme.release(site)
    europe = "entities/acme-europe.yml"
    acme.replace_text(site, europe, "legal_name: Acme Europe GmbH", "legal_name: Acme Europa GmbH")
    assert find(site, "CN01") == [
        f"{NOTICE}:1:1: w others answer for elsewhere than in 2024-01-10, and there is no change record"
    ]
