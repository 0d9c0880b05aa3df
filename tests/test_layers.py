"""Short versions, defined terms and contacts: what is read from a text, and what a page makes of it."""

# ruff: noqa: RUF001 - signs that resemble others are what readers of many languages write

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import unquote

import pytest

from noticepress.changes import find_changes
from noticepress.exchange import place_sections
from noticepress.markdown import parse, plain_text, render_html
from noticepress.model import Address, Facts
from noticepress.pages.definitions import find_definition_sections, link_terms
from noticepress.pages.plan import edition_page, permanent_page
from noticepress.redline import compare
from noticepress.written import hash_sections, split_sections
from tests.factories import make_version
from tests.findings import AR, EN, ES, JA, Case, assert_case
from tests.test_pages import make_view, read, show

ATTRIBUTE = '# T\n\n## Keys {#keys covers="a:1" summary="We *lock* it, #1 of all."}\n\nAll of it.\n'
BLOCK = '# T\n\n## Keys {#keys covers="a:1" summary}\n\n> We *lock* it, #1 of all.\n\nAll of it.\n'

# ---- short versions


def test_a_short_version_is_the_same_in_the_heading_and_in_a_quotation() -> None:
    assert render_html(ATTRIBUTE) == render_html(BLOCK)
    assert '<div class="np-short">\n<p>We <em>lock</em> it, #1 of all.</p>\n</div>' in render_html(BLOCK)
    assert parse(ATTRIBUTE).children[1].tags == parse(BLOCK).children[1].tags == ("a:1",)
    assert not find_changes(ATTRIBUTE, BLOCK)


@pytest.mark.parametrize("short", ["A paragraph.", "- one\n- two"])
def test_a_paragraph_or_list_under_the_heading_may_be_the_short_version(short: str) -> None:
    html = render_html(f"# T\n\n## A {{#a summary}}\n\n{short}\n\nMore.\n")
    assert html.count('class="np-short"') == 1
    assert html.index("np-short") < html.index("More.")


@pytest.mark.parametrize(
    "text",
    [
        "## A {#a}\n\n> A quotation is a quotation.\n",
        "## A {#a summary}\n\n| a |\n|---|\n| b |\n",
        "## A {#a summary}\n\n## B {#b}\n\n> Of another section.\n",
        '## A {#a summary=""}\n\nWords.\n'.replace("Words", "|x"),
    ],
)
def test_nothing_else_is_taken_for_a_short_version(text: str) -> None:
    assert render_html(text).count("np-short") == ("|x" in text)


@pytest.mark.parametrize("text", [ATTRIBUTE, BLOCK])
def test_a_short_version_that_changes_is_seen_in_the_redline(text: str) -> None:
    newer = text.replace("lock", "seal")
    redline = compare(text, newer)
    assert "<del>lock</del><ins>seal</ins>" in redline.html
    assert [(change.kind, change.section) for change in redline.changes] == [("modified", "keys")]
    assert "We seal it, #1 of all." in plain_text(parse(newer))


@pytest.mark.parametrize("text", [ATTRIBUTE, BLOCK])
def test_a_short_version_that_changes_makes_translations_stale(text: str) -> None:
    newer = text.replace("lock", "seal")
    assert "".join(section.raw for section in split_sections(newer)) == newer
    changed = {name for name, sha256 in hash_sections(text).items() if hash_sections(newer)[name] != sha256}
    assert changed == {"keys"}


def test_a_new_translation_does_not_take_over_the_source_s_short_version() -> None:
    theirs = {section.id: section for section in split_sections(ATTRIBUTE)}
    placed = place_sections("# T\n", theirs, {"keys": "## Schlüssel\n\nAlles."})
    assert '## Schlüssel {#keys covers="a:1"}\n' in placed


def test_a_page_shows_the_short_version_on_top_and_over_the_full_text() -> None:
    view = make_view([make_version("2024-01-01", {"world": {"en": BLOCK + "\n## More {#more}\n\nWords.\n"}})])
    body = show(edition_page("en", "visitors", "world"), view).body
    overview, full = body.split('<div class="np-text"')
    assert '<a href="#keys">Keys</a>' in overview
    assert "#more" not in overview.partition("np-shorts")[2].partition("</section>")[0]
    assert body.count("We <em>lock</em> it") == 2
    assert re.search(r'<h2 id="keys">.*</h2>\n<div class="np-short">\n<p class="np-short__label">In short</p>', full)
    assert "All of it." in full


def test_a_text_without_short_versions_has_no_such_layer() -> None:
    assert "np-short" not in show(edition_page("en", "visitors", "world")).body


LACKS = "section #scope lacks the short version that the source has"


@pytest.mark.parametrize(
    "case",
    [
        Case(
            "TR03",
            [(EN, "{#scope}", '{#scope summary="Our website."}')],
            [f"{path}:5:1: w {LACKS}" for path in (AR, ES, JA)],
        ),
        Case(
            "TR03",
            [
                (EN, "{#scope}", '{#scope summary="Our website."}'),
                (ES, "{#scope}", "{#scope summary}\n\n> Nuestro sitio web."),
                (JA, "{#scope}", '{#scope summary="当社のサイト。"}'),
                (AR, "{#scope}", '{#scope summary="موقعنا."}'),
            ],
        ),
        Case(
            "TR03",
            [(ES, "{#scope}", '{#scope summary="Nuestro sitio."}')],
            [f"{ES}:5:1: w section #scope has a short version here only"],
        ),
        Case("AX01", [(EN, "{#data}", "{#data summary}")], [f"{EN}:17:1: w section #data has no short version"]),
        Case("AX01", [(EN, "{#scope}", "{#scope summary}")]),
    ],
    ids=["missing", "all", "extra", "empty", "paragraph"],
)
def test_short_versions_are_checked(tmp_path: object, case: Case) -> None:
    assert_case(tmp_path, case)  # type: ignore[arg-type]


# ---- definitions


def link(words: str, *terms: str) -> list[str]:
    """What of some words is linked, where terms are defined."""
    listed = "".join(f"- **{term}**: so and so.\n" for term in terms)
    text = f"# T\n\n## Terms {{#terms definitions}}\n\n{listed}\n## Uses {{#uses}}\n\n{words}\n"
    body = link_terms(render_html(text), find_definition_sections(parse(text)))
    found = re.findall(r'<a class="np-term" href="#(np-def-\d+)" aria-describedby="\1">(.*?)</a>', body, re.DOTALL)
    for name, _ in found:
        assert f'<li id="{name}">' in body
    assert read(body) == read(render_html(text))
    return [words for _, words in found]


@pytest.mark.parametrize(
    ("words", "terms", "linked"),
    [
        ("We keep account data.", ["Account data"], ["account data"]),
        ("Account\ndata is kept.", ["Account data"], ["Account\ndata"]),
        ("ACCOUNT DATA is kept.", ["Account data"], []),
        ("Sites, websites, site-wide and a site’s.", ["Site"], []),
        ("A *non*site and a **site**.", ["Site"], ["site"]),
        ("A *site*wide search.", ["Site"], []),
        ("Our site, that site.", ["Site"], ["site"]),
        ("Account data and data.", ["Data", "Account data"], ["Account data", "data"]),
        ("See [our site](#terms) and `site`.", ["Site"], []),
        ("This & that; amp.", ["Amp"], ["amp"]),
        ("Tom & Jerry", ["amp"], []),
        ("Die Nutzerdaten der Nutzer.", ["Nutzer"], ["Nutzer"]),
        ("Los datos de cuenta.", ["Datos de cuenta"], ["datos de cuenta"]),
        ("当社は個人データを守ります。", ["個人データ"], ["個人データ"]),
        ("個人データベースと非個人データ。", ["個人データ"], []),
        ("当社はお客様を守ります。", ["お客様"], ["お客様"]),
        ("サービスを使う。サービスマン。", ["サービス"], ["サービス"]),
        ("サーバーを使う。", ["サーバ"], []),
        ("نحفظ بيانات الحساب هنا.", ["بيانات الحساب"], ["بيانات الحساب"]),
        ("نحفظ وبيانات الحسابات هنا.", ["بيانات الحساب"], []),
        ("cafe\u0301s and cafe\u0301", ["cafe"], []),
    ],
)  # fmt: skip
def test_a_defined_term_is_known_exactly_and_never_inside_a_word(
    words: str, terms: list[str], linked: list[str]
) -> None:
    assert link(words, *terms) == linked


def test_terms_are_defined_in_items_paragraphs_and_rows_in_bold_or_quoted() -> None:
    text = (
        "# T\n\n## Terms {#terms definitions}\n\n- **One** is.\n\n“Two” is.\n\n"
        "| Term | Is |\n|---|---|\n| **Three** | x |\n\n### Others {#others}\n\n「四」とは。\n\n"
        "## Uses {#uses}\n\n### One two {#head}\n\nOne two three 四.\n"
    )
    body = link_terms(render_html(text), find_definition_sections(parse(text)))
    assert re.findall(r'class="np-term"[^>]*>(.*?)<', body) == ["One", "two", "three", "四"]
    assert '<h3 id="head">One two</h3>' in body


def test_each_section_links_a_term_once() -> None:
    text = "# T\n\n## A {#a definitions}\n\n- **Key** is.\n\n## B {#b}\n\nKey, key.\n\n## C {#c}\n\nKey.\n"
    body = link_terms(render_html(text), find_definition_sections(parse(text)))
    assert body.count('class="np-term"') == 2


def test_a_text_that_marks_no_definitions_has_no_terms() -> None:
    text = "# T\n\n## A {#a}\n\n- **Key** is.\n\n## B {#b}\n\nKey.\n"
    assert link_terms(render_html(text), find_definition_sections(parse(text))) == render_html(text)


# ---- contacts by wish


def make_answered(contacts: dict[str, dict[str, str | Address]]) -> str:
    """The page of an edition for which entities with these contacts answer."""
    version = make_version("2024-01-01", {"world": {"en": "# A\n\nWords.\n"}})
    roster = tuple(
        Facts(name, version.day, name.title(), answers_for=("world",), contacts=held) for name, held in contacts.items()
    )
    region = replace(version.regions["world"], entities=roster)
    view = make_view([replace(version, regions={"world": region})])
    return show(edition_page("en", "visitors", "world"), view).body.partition("np-wishes")[2].partition("</details>")[0]


def test_a_wish_leads_to_the_contact_of_its_role() -> None:
    body = make_answered(
        {"acme": {"rights": "me@a.example", "security": "s@a.example", "post": Address("1 Road", "Town", country="US")}}
    )
    told = read(body.partition("<dl>")[2])
    assert told.startswith("See, correct or delete my data me@a.example Report a security problem s@a.example Write a")
    assert "1 Road" in told
    assert "Complain" not in told
    assert "Acme" not in told
    subjects = [unquote(found) for found in re.findall(r"mailto:me@a\.example\?subject=([^\"]*)", body)]
    assert subjects == ["See, correct or delete my data (Notice for visitors, 2024-01-01)"]


def test_those_who_answer_with_other_contacts_are_named() -> None:
    told = read(make_answered({"one": {"privacy": "a@a.example"}, "two": {"privacy": "b@b.example"}, "three": {}}))
    assert "See, correct or delete my data a@a.example One b@b.example Two" in told


def test_an_edition_without_contacts_offers_none() -> None:
    assert make_answered({"acme": {}}) == ""


def test_a_version_that_no_longer_applies_leads_to_the_contacts_of_today() -> None:
    body = show(permanent_page("en", "visitors", "world", "2024-01-01")).body
    assert "np-wishes" not in body
    assert 'href="../#np-contact"' in body


# ---- citing


def test_every_section_has_a_link_to_cite_it_of_this_very_version() -> None:
    body = show(edition_page("en", "visitors", "world")).body
    assert (
        '<a class="np-cite" href="2026-03-01/#cookies" aria-label="Cite this section of this version">Cite</a>' in body
    )
    body = show(permanent_page("de", "visitors", "world", "2024-01-01")).body
    assert 'class="np-cite" href="./#cookies"' in body
