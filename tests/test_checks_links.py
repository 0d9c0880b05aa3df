"""Links and contacts: links that say nothing, that are unprotected or broken; addresses that nobody can follow."""

from __future__ import annotations

from pathlib import Path

import pytest

from noticepress.checks.mailboxes import MAIL
from noticepress.checks.targets import Link, is_for_rights
from noticepress.compose import Composed
from noticepress.model import WorkingText
from tests import acme
from tests.findings import (
    ARCHIVED,
    EN,
    ES,
    IBERIA,
    JA,
    LATER,
    SCOPE,
    Case,
    Edit,
    assert_case,
    find,
    in_every_text,
    make_case,
)

LINK = "[what we collect](#data)"
"""Line 32, column 10 of the English text."""


LIST = "[authorities](https://authorities.example/list)"
"""Line 32, column 43 of the English text, in section #rights."""


def link(written: str) -> list[Edit]:
    return [(EN, LINK, written)]


def authority(written: str) -> list[Edit]:
    return [(EN, LIST, written)]


def say(*paragraphs: str) -> list[Edit]:
    return [(EN, "{{ version.effective | date }}.", "{{ version.effective | date }}.\n\n" + "\n\n".join(paragraphs))]


HIDDEN = "contact.privacy is that of acme-europe; acme-iberia answers too, and has another"

FOUND = [
    Case("LC01", link("[](#data)"), [f"{EN}:32:10: a link without words → #data"]),
    Case("LC01", [*link("[](#data)"), ARCHIVED], [f"{EN}:32:10: w a link without words → #data"]),
    Case("LC01", link("[here](#data)"), [f"{EN}:32:10: w the link says only 'here'"]),
    Case("LC01", link("[Read more …](#data)"), [f"{EN}:32:10: w the link says only 'Read more …'"]),
    Case("LC01", [(ES, "[qué recogemos]", "[Haga clic aquí]")], [f"{ES}:32:15: w the link says only 'Haga clic aquí'"]),
    Case("LC01", [(JA, "[収集するもの]", "[こちら]")], [f"{JA}:32:1: w the link says only 'こちら'"]),
    Case(
        "LC01",
        link("[![](https://a.example/i.png)](#data)"),
        [f"{EN}:32:10: an image that nobody described is the only link → #data"],
    ),
    # a warning, and an error where people complain or use a right: by words, by address, by the section's tags
    Case(
        "LC02",
        authority("[authorities](http://authorities.example/list)"),
        [f"{EN}:32:43: w an unprotected link: http://authorities.example/list"],
    ),
    Case(
        "LC02",
        authority("[complaint form](http://authorities.example/list)"),
        [f"{EN}:32:43: the way to complain or to use a right is an unprotected link: http://authorities.example/list"],
    ),
    Case(
        "LC02",
        authority("[authorities](http://watchdog.authorities.example/list)"),
        [f"{EN}:32:43: the way to complain"],
    ),
    Case("LC02", authority("[form](http://a.example/f?page=complaint)"), [f"{EN}:32:43: the way to complain"]),
    Case(
        "LC02",
        [*authority("[list](http://a.example/)"), (EN, "{#rights}", '{#rights covers="eu:13.2.d-authority"}')],
        [f"{EN}:32:43: the way to complain"],
    ),
    Case(
        "LC02",
        [(JA, "[監督機関](https:", "[苦情申立](http:")],
        [f"{JA}:32:17: the way to complain"],
    ),
    Case("LC02", [*authority("[complain](http://a.example/)"), ARCHIVED], [f"{EN}:32:43: w the way to complain"]),
    Case("LC03", link("[data](#date)"), [f"{EN}:32:10: section #date is not in this text"]),
    Case("LC04", [(EN, SCOPE, "Ask help@acme.example and")], [f"{EN}:7:5: w help@acme.example is no link"]),
    Case("LC04", [(EN, " | mail }}", " }}")], [f"{EN}:31:10: w datenschutz@", f"{EN}:31:10: w privacy@"]),
    Case(
        "LC04",
        say(
            "Send questions about our privacy policy to [a@x.example](mailto:a@x.example).",
            "Any question on this privacy notice goes to [b@x.example](mailto:b@x.example).",
        ),
        [f"{EN}:11:46: w questions about the notice go to b@x.example here, and to a@x.example on line 9"],
    ),
    Case(
        "LC04",
        say(
            "Write to our Customer Support at [privacy@x.example](mailto:privacy@x.example).",
            "Write to [support@x.example](mailto:support@x.example).",
        ),
        [f"{EN}:9:35: w privacy@x.example is called 'customer support'; there is support@x.example too"],
    ),
    Case(
        "LC04",
        say(
            "Write to our Customer Support at [a@x.example](mailto:a@x.example).",
            "Write to our legal team via [a@x.example](mailto:a@x.example).",
        ),
        [f"{EN}:11:30: w a@x.example is called 'legal team'; elsewhere it is that of support"],
    ),
    Case(
        "LC04",
        [(IBERIA, "datenschutz@", "datos@")],
        [
            f"content/website/ar.md:31:10: w {HIDDEN}",
            f"{EN}:31:10: w {HIDDEN}",
            f"content/website/es.md:31:11: w {HIDDEN}",
            f"content/website/ja.md:31:1: w {HIDDEN}",
        ],
    ),
    Case(
        "LC05",
        [(EN, "**email**", "![email](https://a.example/e.png)")],
        [f"{EN}:21:8: w an image from 'https://a.example/e.png' is not loaded"],
    ),
]

NEAR = [
    Case("LC01", link("[here is what we collect](#data)")),
    Case("LC01", link("[![what we collect](https://a.example/i.png)](#data)")),
    Case("LC02", authority("[list](HTTPS://authorities.example/complaint)")),
    Case("LC02", [(EN, SCOPE, "See http://authorities.example/complaint, which is no link,")]),
    Case("LC03", link('[data]({{ link("website") }}#data)')),
    Case("LC04", say("Ask `help@acme.example`, or [us](mailto:help@acme.example). Home is x@y.")),
    Case(
        "LC04",
        say(
            "Questions about our privacy notice: [a@x.example](mailto:a@x.example).",
            "Questions about security: [b@x.example](mailto:b@x.example).",
            "Complaints about our privacy notice: [c@x.example](mailto:c@x.example).",
        ),
    ),
    Case("LC04", say("Our Customer Support is at [privacy@x.example](mailto:privacy@x.example).")),
    Case(  # the others' contacts stand there too
        "LC04",
        [
            (IBERIA, "datenschutz@", "datos@"),
            *in_every_text("{{ entity.address | address }}", "{{ entity.contact.privacy | mail }}"),
        ],
    ),
    Case("LC05", [(EN, "**email**", "[email](https://a.example/e.png)")]),
]


@pytest.mark.parametrize("case", FOUND, ids=str)
def test_a_mistake_is_found_at_its_place(tmp_path: Path, case: Case) -> None:
    assert_case(tmp_path, case)


@pytest.mark.parametrize("case", NEAR, ids=str)
def test_what_only_resembles_a_mistake_is_left_alone(tmp_path: Path, case: Case) -> None:
    assert_case(tmp_path, case)


def test_a_link_to_a_renamed_section_tells_where_the_section_was(tmp_path: Path) -> None:
    renamed = [(f"content/website/{locale}.md", "{#data}", "{#information}") for locale in acme.LOCALES]
    site = make_case(tmp_path, Case("LC03", renamed, has_history=True))
    acme.write_file(site, "content/children/notice.yml", "title: Children\n")
    acme.write_file(site, "content/children/en.md", '# Children\n\nSee [data]({{ link("website") }}#data).\n')
    found = find(site, "LC03", LATER)
    assert "content/children/en.md:3:5: notice 'website' has no section #data in 'en'" in found
    assert f"{EN}:32:10: section #data is not in this text" in found


@pytest.mark.parametrize(
    ("destination", "words", "is_for"),
    [
        ("http://a.example/", "our platform", False),
        ("http://a.example/information", "more information", False),
        ("http://forms.example/", "a page", False),
        ("http://a.example/forms/7", "a page", True),
        ("http://a.example/", "web form", True),
        ("http://a.example/", "Formulario de reclamación", True),
        ("http://a.example/", "Beschwerdeformular", True),
        ("http://a.example/", "プラットフォーム", False),
        ("http://[a.example/", "broken", False),
    ],
)
def test_a_link_is_for_rights_by_whole_words(destination: str, words: str, is_for: bool) -> None:  # noqa: FBT001 - a table
    composed = Composed("", (1,), (), WorkingText("website", "en", "", EN))
    assert is_for_rights(Link(destination, words, 1, 1, composed)) is is_for


def test_a_long_run_of_letters_is_searched_for_addresses_in_one_go() -> None:
    assert [found[0] for found in MAIL.finditer("a." * 200_000 + " x@acme.example " + "a" * 400_000)] == [
        "x@acme.example"
    ]
