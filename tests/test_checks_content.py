"""What a notice has to say, by the law of the day, and who has to answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from noticepress.checks import find_problems
from noticepress.checks.packs import load_packs
from noticepress.library import read_library
from tests import acme
from tests.findings import (
    ARCHIVED,
    EN,
    EUROPE,
    IBERIA,
    INC,
    LATER,
    NEXT,
    NOTICE,
    REPRESENTED,
    SETTINGS,
    WHOLE_RECORD,
    Case,
    Edit,
    assert_case,
    choose,
    cover,
    cover_pack,
    find,
    write_record,
)


def choose_alone(*packs: str) -> Edit:
    """Choose the notice's own packs."""
    return (NOTICE, "authoritative:", f"packs: [{', '.join(packs)}]\nauthoritative:")


CALOPPA = (
    f"{EN}:1:1: us-caloppa third-parties: no section covers the categories of third parties",
    f"{EN}:1:1: us-caloppa third-party-tracking: no section covers whether other parties track",
)

FOUND = [
    # CE01: elements of chosen packs
    Case(
        "CE01",
        [choose("eu"), *cover_pack("eu", "13.2.d")],
        [f"{EN}:1:1: eu 13.2.d: no section covers the right to complain to an authority"],
    ),
    Case(
        "CE01",
        [choose_alone("us-caloppa"), *cover_pack("us-caloppa", "third-parties", "third-party-tracking")],
        CALOPPA,
    ),
    Case(
        "CE01",
        [
            choose("us-caloppa"),
            *cover_pack("us-caloppa", "third-parties", "third-party-tracking"),
            ARCHIVED,
        ],
        [line.replace(":1:1: ", ":1:1: w ") for line in CALOPPA],  # nobody can mend what was said
    ),
    Case(
        "CE01",
        [
            choose("eu"),
            *cover_pack("eu", "13.2.a"),
            (
                EN,
                "## Why",
                '{% if region.id == "americas" %}\n## Time {#time covers="eu:13.2.a"}\n\nOne.\n{% endif %}\n## Why',
            ),
        ],
        [f"{EN}:1:1: eu 13.2.a: no section covers how long personal data is kept (region elsewhere)"],
    ),
    Case(
        "CE01",
        [
            choose("eu"),
            *cover_pack("eu", "13.2.f", "13.1.b"),
            (EUROPE, "contacts:", "contacts:\n      dpo: d@acme.example"),
        ],
        [
            f"{EN}:1:1: eu 13.1.b: no section covers how to reach the data protection officer",
            f"{EN}:1:1: eu 13.2.f: no section covers automated decisions",
        ],
        files=write_record("purposes: [{id: scoring, basis: contract, automated: true}]\n"),
    ),
    # CE01: packs and tags that do not exist
    Case("CE01", [choose("us-calopa")], [f"{SETTINGS}:13:5: there is no rule pack 'us-calopa'"]),
    Case("CE01", [choose_alone("gdpr")], [f"{NOTICE}:7:1: there is no rule pack 'gdpr'"]),
    Case("CE01", [choose(), *cover("eu:13.9.z")], [f"{EN}:29:1: w no rule pack knows the tag 'eu:13.9.z'"]),
    Case("CE01", cover("us-calopa:dnt"), [f"{EN}:29:1: w no rule pack knows the tag 'us-calopa:dnt'"]),
    # CE01: nobody chose a pack, and somebody began to name its elements
    Case("CE01", cover("us-caloppa:dnt"), [f"{EN}:1:1: i us-caloppa: of its 7 elements no section covers categories"]),
    # CE05
    Case(
        "CE05",
        [choose("uk"), *cover("uk:26.2")],
        [f"{EUROPE}:2:5: uk: region 'elsewhere' (GB): acme-europe, acme-iberia established elsewhere; no"],
    ),
    Case(
        "CE05",
        [choose("cn"), (EUROPE, ", country: DE", "")],
        [f"{EUROPE}:2:5: w cn: region 'elsewhere' (CN): cannot be told whether acme-europe is established there"],
    ),
    Case(
        "CE05",
        [choose("eu"), REPRESENTED],
        [f"{EN}:1:1: eu 26.2: acme-europe, acme-iberia answer jointly; no section covers the essence"],
    ),
    Case(
        "CE05",
        [choose("eu"), *cover("eu:26.2")],
        [f"{INC}:2:5: eu: region 'americas' (GF, GP, MF …): acme-inc established elsewhere; no representative"],
    ),
    Case(
        "CE05",
        [
            choose("eu"),
            REPRESENTED,
            *cover("eu:26.2"),
            *[(path, "privacy: d", "sales: d") for path in (EUROPE, IBERIA)],
        ],
        [f"{EUROPE}:2:5: w region 'elsewhere': no contact for rights"],
    ),
]


NEAR = [
    # CE01: nothing chosen, nothing that concerns the notice, nothing in force, everything covered
    Case("CE01"),
    Case("CE01", [choose()]),
    Case("CE01", [choose("eu"), choose_alone()]),
    Case("CE01", [choose("eu"), *cover_pack("eu")]),
    Case("CE01", [choose("eu", "uk"), *cover(*(e.tag for e in load_packs()["eu"].elements), "uk:164A")]),
    Case("CE01", [choose("eu"), *cover(*(f"gdpr:{e.name}" for e in load_packs()["eu"].elements))]),
    Case("CE01", [choose("us-states"), *cover(*(f"us-states:{e.name}" for e in load_packs()["us-co"].elements))]),
    Case(
        "CE01",
        [choose("us-ca", "kr"), (NOTICE, "authoritative:", "regions: [elsewhere]\nauthoritative:"), *cover_pack("kr")],
    ),
    Case("CE01", [choose("us-mn", "us-nj")], as_of=date(2023, 12, 1)),
    Case("CE01", [choose("uk"), *cover_pack("uk", "164A")]),  # from 2026 on
    Case(
        "CE01",
        [choose("eu"), *cover_pack("eu", "13.1.f", "13.2.c", "13.2.f", "13.1.d", "13.1.b", "14.1.d", "26.2")],
    ),  # cases that do not arise, and elements that other checks tell of
    Case("CE01", [choose(), *cover("eu:13.1.e", "caloppa:operator", "our-own:tag", "operator", "joint-essence")]),
    # CE05
    Case("CE05", [choose("eu"), REPRESENTED, *cover("joint-essence")]),
    Case(
        "CE05",
        [choose("uk"), *cover("eu:26.2"), (EUROPE, "contacts:", "representatives: {uk: Acme UK Ltd}\n    contacts:")],
    ),
    Case("CE05", [choose("uk"), *cover("eu:26.2"), (IBERIA, "country: ES}\n    zone", "country: GB}\n    zone")]),
    Case("CE05", [choose("eu"), REPRESENTED, (EUROPE, "[elsewhere]", "[]"), (IBERIA, "true", "false")]),
    Case("CE05", [choose("us-ca", "br", "jp")]),
    Case("CE05", [], files=write_record(WHOLE_RECORD)),
]


@pytest.mark.parametrize("case", FOUND, ids=str)
def test_what_is_wrong_is_found_at_its_place(tmp_path: Path, case: Case) -> None:
    assert_case(tmp_path, case)


@pytest.mark.parametrize("case", NEAR, ids=str)
def test_what_only_looks_wrong_is_left_alone(tmp_path: Path, case: Case) -> None:
    assert_case(tmp_path, case)


# ---- the law of a day


ALL_PACKS = choose(*(name for name in load_packs() if name != "uk"), "uk")


@pytest.mark.parametrize(
    ("as_of", "packs"),
    [
        (date(2003, 1, 1), {"us-coppa"}),
        (date(2012, 3, 9), {"us-caloppa", "us-coppa", "jp", "kr"}),
        (date(2026, 11, 23), {*load_packs()}),
    ],
)
def test_one_text_is_held_against_the_law_of_each_day(tmp_path: Path, as_of: date, packs: set[str]) -> None:
    site = acme.make_site(tmp_path)
    acme.replace_text(site, *ALL_PACKS)
    for path, since in ((INC, "2015-06-01"), (EUROPE, "2018-03-01"), (IBERIA, "2019-09-01")):
        acme.replace_text(site, path, since, "2001-01-01")
    (site / NEXT).unlink()
    told = find(site, "CE01", as_of)
    assert {line.split(" ")[1] for line in told} == packs
    assert any("dnt" in line for line in told) == (as_of.year > 2014)


def test_a_text_is_held_against_the_law_of_the_day_from_which_it_applies(tmp_path: Path) -> None:
    site = acme.make_site(tmp_path)
    for edit in [choose("us-nj"), (NEXT, "2024-01-10", "2025-01-14")]:
        acme.replace_text(site, *edit)
    assert find(site, "CE01") == []
    acme.replace_text(site, NEXT, "2025-01-14", "2025-01-15")
    assert len(find(site, "CE01")) == 6


@pytest.mark.parametrize("is_sealed", [False, True])
def test_a_supplementary_notice_is_covered_by_what_it_adds_to(tmp_path: Path, *, is_sealed: bool) -> None:
    site = acme.make_site(tmp_path)
    for edit in [choose_alone(), *cover_pack("us-caloppa", "dnt")]:
        acme.replace_text(site, *edit)
    if is_sealed:
        acme.release(site)
        for locale in acme.LOCALES:
            (site / f"content/website/{locale}.md").unlink()
    acme.write_file(site, "content/children/notice.yml", "title: Children\nsupplements: website\npacks: [us-caloppa]\n")
    acme.write_file(site, "content/children/en.md", "# Children\n\n## More {#more}\n\nMore.\n")
    (line,) = find(site, "CE01", LATER)
    assert line.startswith("content/children/en.md:1:1: us-caloppa dnt: no section covers how Do Not Track")


def test_what_a_notice_and_its_supplement_both_lack_is_told_of_the_notice(tmp_path: Path) -> None:
    children = "title: Children\nsupplements: website\nregions: [americas]\n"
    files = {
        "content/children/notice.yml": children,
        "content/children/en.md": "# Children\n\n## More {#more}\n\nMore.\n",
    }
    site = acme.make_site(tmp_path, files)
    for edit in [choose("us-caloppa"), *cover_pack("us-caloppa", "dnt")]:
        acme.replace_text(site, *edit)
    assert find(site, "CE01", LATER) == [
        f"{EN}:1:1: us-caloppa dnt: no section covers how Do Not Track signals are answered"
    ]
    acme.replace_text(site, NOTICE, "authoritative:", "packs: []\nauthoritative:")
    assert [line.partition(":")[0] for line in find(site, "CE01", LATER)] == ["content/children/en.md"]


def test_what_is_missing_names_the_tag_its_law_and_how_sure_that_is(tmp_path: Path) -> None:
    site = acme.make_site(tmp_path)
    for edit in [choose("eu", "us-caloppa"), *cover_pack("eu", "13.2.d")]:
        acme.replace_text(site, *edit)
    found = {p.message.partition(":")[0]: p for p in find_problems(read_library(site), acme.DRAFTING) if p.id == "CE01"}
    read = found["eu 13.2.d"]
    assert (read.jurisdiction, read.hint) == (
        "eu",
        'add covers="eu:13.2.d" to the heading of the section that says it, or write it',
    )
    heard = found["us-caloppa dnt"]
    assert heard.jurisdiction == "us-caloppa"
    assert "B&P §22575(b) is second-hand here, see docs/rule-packs.md" in heard.hint
