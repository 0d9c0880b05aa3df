"""What a notice has to say, by the law of the day, and whether it says it without contradiction."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from noticepress.checks import find_problems
from noticepress.checks.contradictions import PAIRS
from noticepress.checks.packs import load_packs
from noticepress.checks.records import FEATURE_PURPOSES
from noticepress.library import read_library
from tests import acme
from tests.findings import EN, ES, JA, LATER, NEXT, NOTICE, SETTINGS, Case, Edit, assert_case, find, in_every_text

RECORD = "content/website/processing.yml"
EUROPE, IBERIA, INC = "entities/acme-europe.yml", "entities/acme-iberia.yml", "entities/acme-inc.yml"
SCOPE = "It covers our website, and applies"
DATA = "| Pages you read | one month |"
DOCS = Path(__file__).parent.parent / "docs"


def choose(*packs: str) -> Edit:
    """Choose the site's packs."""
    return (SETTINGS, "lead_days:", f"packs: [{', '.join(packs)}]\n    lead_days:")


def choose_alone(*packs: str) -> Edit:
    """Choose the notice's own packs."""
    return (NOTICE, "authoritative:", f"packs: [{', '.join(packs)}]\nauthoritative:")


def cover(*tags: str) -> list[Edit]:
    """Tags for the section on rights, in every language."""
    return in_every_text("{#rights}", f'{{#rights covers="{" ".join(tags)}"}}')


def cover_pack(pack: str, *but: str) -> list[Edit]:
    """Every tag of a pack but some."""
    return cover(*(element.tag for element in load_packs()[pack].elements if element.name not in but))


REPRESENTED = (INC, "contacts:", "representatives: {eu: Acme Europe GmbH}\n    contacts:")
"""French Guiana and others lie in the Americas, and in the European Union."""


def write_record(text: str) -> dict[str, str]:
    return {RECORD: text}


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
            (NEXT, "class: material", "class: material\norigin: {archived: 2024-02-01}"),
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
    # CE02
    Case(
        "CE02",
        [choose("eu")],
        [
            f"{RECORD}:3:5: data 'age' comes from others: no section covers eu 14.1.d and 14.2.f".replace(
                ":3:5:", ":3:1:"
            )
        ],
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
    # CE06
    Case(
        "CE06",
        [
            (EN, DATA, f"{DATA}\n\nWe link what cookies tell us to your personal information."),
            (EN, "1. To answer", "We do not tie beacons to your personal data.\n\n1. To answer"),
        ],
        [f'{EN}:28:4: w "do not tie beacons to your personal data" v. "We link what cookies'],
    ),
    Case(
        "CE06",
        [(EN, DATA, f"{DATA}\n| Your IP address | a day |\n\nAll that\ndoes not identify\nyou.")],
        [f'{EN}:26:1: w "does not identify" v. "IP address" on line 23'],
    ),
    Case(
        "CE06",
        [
            (EN, "1. To answer you.", "We share it only as necessary.\n\nOffers come from selected partners."),
        ],
        [f'{EN}:28:18: w "selected partners" v. "share it only as" on line 26'],
    ),
    Case(
        "CE06",
        [
            (EN, "1. To answer you.", "We never sell personal data to third parties.\n\n1. To answer."),
            (EN, "2. To count *visits*.", "2. We may share personal data with advertisers."),
        ],
        [f'{EN}:29:4: w "We may share personal data with advertisers" v. "We never sell personal data'],
    ),
    Case(
        "CE06",
        [
            (
                EN,
                "1. To answer you.",
                "If you subscribe, we send the newsletter.\n\n1. To send participants a newsletter.",
            )
        ],
        [f'{EN}:28:12: w "participants a newsletter" v. "If you subscribe, we send the newsletter" on line 26'],
    ),
    Case(
        "CE06",
        [(EN, "1. To answer you.", "Marketing comes only with consent.\n\nYou get offers unless you opt out.")],
        [f'{EN}:28:9: w "offers unless you opt out" v. "Marketing comes only with consent" on line 26'],
    ),
    Case(
        "CE06",
        [(EN, DATA, f"{DATA}\n\nEvery answer is anonymous.\n\nWe ask for your name.")],
        [f'{EN}:21:3: w "Your email" v. "is anonymous" on line 24'],
    ),
    Case(
        "CE06",
        [
            (
                ES,
                "1. Para responderle.",
                "Vinculamos las cookies con sus datos personales.\n\nNo vinculamos nada con datos personales.",
            )
        ],
        [f'{ES}:28:1: w "No vinculamos nada con datos personales" v. "Vinculamos las cookies'],
    ),
    Case(
        "CE06",
        [(JA, "1. お返事をするため。", "IPアドレスを記録します。\n\nこの情報は個人を特定しません。")],
        [f'{JA}:28:6: w "個人を特定しません" v. "IPアドレス" on line 26'],
    ),
    # CE07
    Case(
        "CE07",
        [(EN, SCOPE, "Some services have supplementary privacy statements. It applies")],
        [f'{EN}:7:20: w "supplementary privacy statements": none is declared'],
    ),
    Case(
        "CE07",
        [(ES, "Abarca nuestro", "Hay avisos de privacidad complementarios. Abarca nuestro")],
        [f'{ES}:7:5: w "avisos de privacidad complementarios": none is declared'],
    ),
    Case(
        "CE07",
        [(NOTICE, "authoritative:", "supplements: other\nauthoritative:")],
        [f"{NOTICE}:1:1: supplements 'other', which"],
    ),
    # CE08
    Case(
        "CE08",
        [],
        [f"{RECORD}:1:1: w feature 'subscriptions': no purpose 'change-notifications'"],
        files=write_record("features: [subscriptions, logging]\npurposes: [{id: logs, basis: contract}]\n"),
    ),
]

WHOLE_RECORD = """\
data:
  - {id: age, source: third-party}
  - {id: diet, special: true}
purposes:
  - {id: news, basis: consent, withdrawal: rights, section: contact-form}
  - {id: fraud, basis: legitimate-interests, interest: safety}
  - {id: menu, basis: contract, data: [diet], condition: explicit consent}
recipients:
  - {id: printer, country: NO}
  - {id: mailer, country: US, mechanism: standard-contractual-clauses}
  - {id: cloud, country: US, mechanism: data-privacy-framework}
  - {id: office, country: GB}
  - {id: unknown}
features: [contact-form]
"""

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
    # CE06: a contrast that is meant, statistics, a condition, another section
    Case(
        "CE06",
        [(EN, "1. To answer you.", "We link cookies to personal data. We do not link beacons to personal data.")],
    ),
    Case("CE06", [(EN, DATA, f"{DATA}\n\nWe log IP addresses.\n\nStatistics do not identify you.")]),
    Case("CE06", [(EN, SCOPE, "Cookies do not identify you. It applies"), (EN, "Pages you read", "Your IP address")]),
    Case("CE06", [(EN, "1. To answer you.", "We share only as needed with selected partners.")]),
    Case(
        "CE06",
        [
            (EN, "1. To answer you.", "We do not share personal data with third parties without notice."),
            (EN, "2. To count *visits*.", "We may share personal data with partners."),
        ],
    ),
    Case("CE06", [(EN, DATA, f"{DATA}\n\nWhere an answer is anonymous, we count it.\n\nWe ask for your name.")]),
    Case("CE06", [(EN, SCOPE, "If you subscribe, you get the newsletter. It applies")]),
    # CE07: declared, linked
    Case(
        "CE07",
        [(EN, SCOPE, "Some services have supplementary privacy notices. It applies")],
        files={
            "content/children/notice.yml": "title: Children\nsupplements: website\n",
            "content/children/en.md": "# Children\n\nThis supplementary privacy notice adds to another.\n",
        },
    ),
    Case("CE07", [(EN, SCOPE, "A [supplementary privacy notice](https://acme.example/more) exists. It applies")]),
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


def test_notices_that_supplement_each_other_end_nowhere(tmp_path: Path) -> None:
    files = {
        "content/children/notice.yml": "title: A\nsupplements: website\n",
        "content/children/en.md": "# A\n\nMore.\n",
    }
    site = acme.make_site(tmp_path, files)
    for edit in [choose("us-caloppa"), (NOTICE, "authoritative:", "supplements: children\nauthoritative:")]:
        acme.replace_text(site, *edit)
    assert len(find(site, "CE07")) == 2
    assert find(site, "CE01") == []


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


# ---- words


def test_every_language_knows_the_pairs_and_their_patterns_can_be_read() -> None:
    assert {"en", "es", "de", "ja"} <= set(PAIRS)
    for pairs in PAIRS.values():
        assert len(pairs) >= 6
        for claim in [claim for pair in pairs for claim in (pair.one, pair.other)]:
            assert not claim.find("")
            assert not claim.may_stand_in("")


@pytest.mark.parametrize("locale", ["es", "de", "ja"])
def test_each_language_is_looked_at_in_its_own_words(locale: str) -> None:
    sentences = {
        "es": ("Su dirección IP se guarda.", "Esa información no identifica a nadie."),
        "de": ("Wir speichern Ihre IP-Adresse.", "Diese Daten identifizieren niemanden."),
        "ja": ("IP アドレスを保存します。", "個人を識別しません。"),
    }
    pair = next(pair for pair in PAIRS[locale] if pair.is_near)
    one, other = sentences[locale]
    assert pair.one.find(one)
    assert pair.other.find(other)
    assert not pair.one.find(other)
    assert not pair.other.find(one)


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
