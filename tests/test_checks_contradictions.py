"""Whether a notice says what it says without contradiction, and adds to no notice that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from noticepress.checks.contradictions import PAIRS
from tests import acme
from tests.findings import EN, ES, JA, NOTICE, SCOPE, Case, assert_case, choose, find

DATA = "| Pages you read | one month |"


FOUND = [
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
]

NEAR = [
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
]


@pytest.mark.parametrize("case", FOUND, ids=str)
def test_what_is_wrong_is_found_at_its_place(tmp_path: Path, case: Case) -> None:
    assert_case(tmp_path, case)


@pytest.mark.parametrize("case", NEAR, ids=str)
def test_what_only_looks_wrong_is_left_alone(tmp_path: Path, case: Case) -> None:
    assert_case(tmp_path, case)


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
