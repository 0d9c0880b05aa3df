"""What is done with data, as it is recorded, and what a notice has to say of it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from noticepress.checks import find_problems
from noticepress.checks.records import FEATURE_PURPOSES
from noticepress.library import read_library
from tests import acme
from tests.findings import (
    EN,
    NEXT,
    RECORD,
    REPRESENTED,
    SCOPE,
    WHOLE_RECORD,
    Case,
    assert_case,
    choose,
    cover,
    cover_pack,
    in_every_text,
    write_record,
)

DOCS = Path(__file__).parent.parent / "docs"


FOUND = [
    # CE02
    Case(
        "CE02",
        [choose("eu")],
        [f"{RECORD}:3:1: data 'age' comes from others: no section covers eu 14.1.d and 14.2.f"],
        files=write_record("data:\n  - id: email\n  - {id: age, source: third-party}\n"),
    ),
    Case(
        "CE02",
        cover("eu:14.1.d"),
        [
            f"{RECORD}:1:1: w data 'age' comes from others: no section covers eu 14.2.f",
            f"{RECORD}:1:1: w data 'age' comes from others: no section covers uk 14.2.f",
        ],
        files=write_record("data: [{id: age, source: third-party}]\n"),
    ),
    # CE03
    Case(
        "CE03",
        [choose("eu")],
        [
            f"{RECORD}:4:1: purpose 'marketing': no basis",
            f"{RECORD}:5:1: purpose 'fraud': no interest is named",
            f"{RECORD}:6:1: purpose 'news': no section says how consent is withdrawn",
            f"{RECORD}:7:1: purpose 'offers': withdrawal: there is no section #leaving",
            f"{RECORD}:8:1: purpose 'menu': no condition for special data (diet)",
        ],
        files=write_record(
            "data:\n  - {id: diet, special: true}\npurposes:\n  - {id: marketing}\n"
            "  - {id: fraud, basis: legitimate-interests}\n  - {id: news, basis: consent}\n"
            "  - {id: offers, basis: consent, withdrawal: leaving}\n  - {id: menu, basis: contract, data: [diet]}\n"
        ),
    ),
    Case("CE03", [], [f"{RECORD}:1:1: w purpose 'a': no basis"], files=write_record("purposes: [{id: a}]\n")),
    # CE04
    Case(
        "CE04",
        [choose("eu")],
        [f"{RECORD}:2:1: recipient 'mailer' in US: no mechanism for the transfer"],
        files=write_record("recipients:\n  - {id: mailer, country: US}\n"),
    ),
    Case(
        "CE04",
        [choose("uk")],
        [f"{RECORD}:1:1: recipient 'mailer' relies on Privacy Shield, which ended on 2020-07-16 (date unverified)"],
        files=write_record("recipients: [{id: mailer, country: US, mechanism: EU-U.S. Privacy Shield}]\n"),
    ),
    Case(
        "CE04",
        [choose("eu"), (NEXT, "2024-01-10", "2023-07-09"), (NEXT, "2023-12-06", "2023-06-01")],
        [f"{RECORD}:1:1: recipient 'mailer' relies on the Data Privacy Framework, which began on 2023-07-10"],
        files=write_record("recipients: [{id: mailer, country: US, mechanism: data-privacy-framework}]\n"),
        as_of=date(2023, 6, 1),
    ),
    Case(
        "CE04",
        [choose("eu"), (EN, SCOPE, "We adhere to the EU-US Privacy Shield. It applies")],
        [f'{EN}:7:24: w "Privacy Shield" is named, which ended on 2020-07-16 (date unverified)'],
    ),
    Case(
        "CE04",
        [choose("eu"), (EN, SCOPE, "We follow the Safe Harbor Framework. It applies")],
        [f'{EN}:7:15: w "Safe Harbor Framework" is named, which ended on 2015-10-06 (date unverified)'],
    ),
    # CE08
    Case(
        "CE08",
        [],
        [f"{RECORD}:1:1: w feature 'subscriptions': no purpose 'change-notifications'"],
        files=write_record("features: [subscriptions, logging]\npurposes: [{id: logs, basis: contract}]\n"),
    ),
]


NEAR = [
    # CE02
    Case("CE02", [choose("eu"), *cover("gdpr:14.1.d", "eu:14.2.f")], files=write_record(WHOLE_RECORD)),
    Case("CE02", [choose("eu")], files=write_record("data: [{id: pages, source: observed}]\n")),
    Case("CE02", [choose("br")], files=write_record(WHOLE_RECORD)),
    # CE03
    Case("CE03", [choose("eu", "br")], files=write_record(WHOLE_RECORD)),
    Case("CE03", [choose("us-caloppa")], files=write_record("purposes: [{id: a}]\n")),
    Case("CE03", [choose()], files=write_record("purposes: [{id: a}]\n")),
    # CE04
    Case("CE04", [choose("eu", "uk")], files=write_record(WHOLE_RECORD)),
    Case("CE04", [choose("jp")], files=write_record("recipients: [{id: mailer, country: US}]\n")),
    Case("CE04", [choose("eu"), (EN, SCOPE, "We no longer rely on the Privacy Shield. It applies")]),
    Case(
        "CE04", [choose("us-coppa", "eu"), (EN, SCOPE, "Our safe harbor programme for children covers it; it applies")]
    ),
    Case(
        "CE04", [(EN, SCOPE, "We adhere to the EU-US Privacy Shield. It applies")]
    ),  # nobody said that it is about the EU
    # CE08
    Case("CE08", files=write_record(WHOLE_RECORD)),
    Case(
        "CE08",
        files=write_record("features: [subscriptions]\npurposes: [{id: change-notifications, basis: consent}]\n"),
    ),
]


@pytest.mark.parametrize("case", FOUND, ids=str)
def test_what_is_wrong_is_found_at_its_place(tmp_path: Path, case: Case) -> None:
    assert_case(tmp_path, case)


@pytest.mark.parametrize("case", NEAR, ids=str)
def test_what_only_looks_wrong_is_left_alone(tmp_path: Path, case: Case) -> None:
    assert_case(tmp_path, case)


# ---- told


def test_the_record_in_the_documentation_is_in_order(tmp_path: Path) -> None:
    text = (DOCS / "processing.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.+?)```", text, re.DOTALL)
    site = acme.make_site(tmp_path, {RECORD: example})
    for edit in [choose("eu"), REPRESENTED, *cover_pack("eu"), *in_every_text("{#changes}", "{#newsletters}")]:
        acme.replace_text(site, *edit)
    told = find_problems(read_library(site), acme.DRAFTING)
    assert [problem for problem in told if problem.id.startswith("CE") or problem.source.path == RECORD] == []


@pytest.mark.parametrize("feature", FEATURE_PURPOSES)
def test_what_the_purpose_of_a_feature_may_be_called_is_documented(feature: str) -> None:
    names = ", ".join(f"`{name}`" for name in FEATURE_PURPOSES[feature])
    assert f"| `{feature}` | {names} |" in (DOCS / "processing.md").read_text(encoding="utf-8")
