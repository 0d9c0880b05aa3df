"""What is wrong with a translation is told at its place, and what languages say differently is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from noticepress.checks import find_problems
from noticepress.checks.numerals import find_unsaid, read_numbers
from noticepress.checks.tongues import looks_foreign, may_say_not, says_not
from noticepress.compose import compose_draft
from noticepress.library import load_library, read_library
from noticepress.localize import correct_tag
from noticepress.pins import hash_sections
from tests import acme
from tests.findings import AR, EN, ES, JA, LATER, Case, assert_case, in_every_text

PINS = "content/website/translations.yml"
SHOWN = "; readers are shown the source's words"
SCOPE = {
    "en": "It covers our website, and applies",
    "es": "Abarca nuestro sitio web y se aplica",
    "ja": "この通知は当社のウェブサイトに",
    "ar": "يشمل موقعنا",
}


def in_scope(**words: str) -> list[tuple[str, str, str]]:
    """The same section in several languages, with other words at its beginning."""
    return [(f"content/website/{locale}.md", SCOPE[locale], text) for locale, text in words.items()]


def data_hash() -> str:
    return hash_sections(acme.FILES[EN])["data"]


MONTHS = [(EN, "two months", "three months"), (ES, "dos meses", "tres meses")]

FOUND = [
    # TR01
    Case("TR01", [("mkdocs.yml", "ja, ar]", "ja, ar, fr]")], ["content/website/fr.md:1:1: w not translated into 'fr'"]),
    Case(
        "TR01",
        [("mkdocs.yml", "ja, ar]", "ja, ar, fr]")],
        [
            "content/website/notice.yml:1:1: w no title in 'fr': pages in 'fr' will say 'Website privacy notice'",
            "entities/regions.yml:1:1: w no name in 'fr' for region 'americas': texts in 'fr' will say 'the Americas'",
            "entities/regions.yml:4:1: w no name in 'fr' for region 'elsewhere': texts in 'fr' will say 'the rest of",
            "mkdocs.yml:11:31: i pages in 'fr' have English labels around the text",
        ],
        files={"content/website/fr.md": acme.FILES[ES]},
    ),
    Case(
        "TR01",
        [("entities/regions.yml", "es: el resto del mundo, ", "")],
        ["entities/regions.yml:4:1: no name in 'es' for region 'elsewhere': texts in 'es' will say 'the rest of the"],
    ),
    # TR02
    Case(
        "TR02",
        [(EN, "two months", "three months")],
        [
            f"{AR}:17:1: w section #data was translated from an older source text{SHOWN}",
            f"{ES}:17:1: section #data was translated from an older source text",
            f"{JA}:17:1: w section #data was translated from an older source text{SHOWN}",
        ],
        has_history=True,
        as_of=LATER,
    ),
    Case(
        "TR02",
        told=[f"{ES}:17:1: section #data was translated from an older source text"],
        files={PINS: f"es: {{data: {{source: {'0' * 64}}}}}\n"},
    ),
    Case(
        "TR02",
        [(EN, "This notice tells", "This text tells"), (AR, "يشرح", "يبين"), (JA, "この通知は、", "この文は、")],
        [f"{ES}:1:1: the text before the first section was translated from an older source text"],
        has_history=True,
        as_of=LATER,
    ),
    # TR03, of sections
    Case(
        "TR03",
        [(JA, "## 目的 {#purposes}", "**目的**")],
        [f"{JA}:17:1: w section #purposes is missing{SHOWN}"],
    ),
    Case("TR03", [(ES, "## Para qué {#purposes}", "**Para qué**")], [f"{ES}:17:1: section #purposes is missing"]),
    Case(
        "TR03",
        [(ES, ' covers="acme:controller"', ' covers="acme:other"')],
        [
            f"{ES}:9:1: section #controller covers 'acme:controller' in the source only",
            f"{ES}:9:1: section #controller covers 'acme:other' here only",
        ],
    ),
    Case("TR03", [(ES, "2. Para contar *visitas*.\n", "")], [f"{ES}:24:1: w section #purposes has 1 list items, the"]),
    Case(
        "TR03", [(JA, "| 閲覧したページ | 一か月 |\n", "")], [f"{JA}:17:1: w section #data has 2 table rows, the sou"]
    ),
    # TR03, of placeholders
    Case(
        "TR03",
        [(ES, "{{ contact.post | address }}", "nuestra dirección")],
        [f"{ES}:29:1: section #rights: {{{{ contact.post }}}} is missing"],
    ),
    Case(
        "TR03",
        [(JA, "訪問者に", "{{ organisation }}の{{ contact.privacy }}訪問者に")],
        [
            f"{JA}:1:1: w the text before the first section: {{{{ contact.privacy }}}} is not in the source",
            f"{JA}:1:1: w the text before the first section: {{{{ organisation }}}} stands there 2 times, in",
        ],
    ),
    Case(
        "TR03",
        [(ES, '{% if region.id == "americas" %}cambios importantes{% else %}todo cambio{% endif %}', "todo cambio")],
        [f'{ES}:34:1: w section #changes: {{% if region.id == "americas" %}} is missing'],
    ),
    # TR04
    Case(
        "TR04",
        in_scope(en="Within 30 days it covers us and applies", es="Se aplica", ja="三十日以内に", ar="خلال 30 يوما"),
        [f'{ES}:5:1: "30" of the source is absent in section #scope'],
    ),
    Case(
        "TR04",
        in_scope(
            en="It covers 1,000 users and applies",
            es="Abarca 1.000",
            ja="1000人に",
            ar="يشمل \u0661\u066c\u0665\u0660\u0660",
        ),
        [
            f'{AR}:5:1: "1,000" of the source is absent in section #scope',
            f'{AR}:5:1: w "1٬500" is not in the source of section #scope',
        ],
    ),
    Case(
        "TR04",
        [(ES, "(https://authorities.example/list)", "(https://elsewhere.example/list)")],
        [
            f"{ES}:29:1: a link to https://authorities.example/list is absent in section #rights",
            f"{ES}:29:1: w a link to https://elsewhere.example/list is not in the source of section #rights",
        ],
    ),
    Case(
        "TR04", [(JA, "(#data)", "(#scope)")], [f"{JA}:29:1: a link to #data is abs", f"{JA}:29:1: w a link to #scope"]
    ),
    Case(
        "TR04",
        in_scope(en="Ask a@b.example:", es="Pregunte a a@c.example:", ja="a@b.example宛て", ar="a@b.example"),
        [
            f"{ES}:5:1: a@b.example of the source is absent in section #scope",
            f"{ES}:5:1: a@c.example is not in the source of section #scope",
        ],
    ),
    Case(
        "TR04",
        in_scope(en="It does not cover us", es="Nos abarca", ja="当社には適用されません。", ar="لا يشملنا"),
        [f'{ES}:5:1: w the source says "not", and no word for it is in section #scope'],
    ),
    Case(
        "TR04",
        [
            ("content/website/next.yml", "effective: 2024-01-10", "origin: {note: x}\neffective: 2024-01-10"),
            *in_scope(en="Within 30 days it covers us", es="Se aplica", ja="30日以内に", ar="خلال 30 يوما"),
        ],
        [f'{ES}:5:1: w "30" of the source is absent in section #scope'],
    ),
    # TR05
    Case(
        "TR05",
        in_scope(ja="It covers our website, and applies\n\n"),
        [f"{JA}:7:1: w this does not look like 'ja', but"],
    ),
    Case(
        "TR05",
        in_scope(es="It covers our website and what we do with your data there.\n\nSe aplica"),
        [f"{ES}:7:1: w this does not look like 'es', but like 'en'"],
    ),
    Case(
        "TR05",
        [
            (EN, "To answer you.", "To answer you when you write to us."),
            (ES, "Para responderle.", "To answer you when you write to us."),
        ],
        [f"{ES}:26:4: w these words are those of the 'en' text"],
    ),
    Case(
        "TR05",
        told=[f"{ES}:17:1: w section #data was translated by a machine, and nobody has reviewed it"],
        files={PINS: f"es: {{data: {{source: {data_hash()}, state: machine}}}}\n"},
    ),
    # TR06
    Case(
        "TR06",
        [("mkdocs.yml", "ja, ar]", "ja, ar, en-UK]")],
        ['mkdocs.yml:11:31: "en-UK": use en-GB'],
    ),
]
NEAR = [
    Case("TR01", [("mkdocs.yml", "locales: [en, es, ja, ar]", "locales: [ar, ja, es, en]")]),
    Case("TR01", [("mkdocs.yml", "ja, ar]", "ja, ar, es-MX]")], files={"content/website/es-MX.md": acme.FILES[ES]}),
    # a fact, a tag or a blank line is no change of words; what was translated since is current
    Case("TR02", [("entities/acme-inc.yml", "Boston", "Salem")], has_history=True, as_of=LATER),
    Case("TR02", in_every_text(' covers="acme:controller"', ""), has_history=True, as_of=LATER),
    Case("TR02", [*MONTHS, (JA, "二か月", "三か月"), (AR, "شهران", "ثلاثة أشهر")], has_history=True, as_of=LATER),
    Case("TR02", files={PINS: f"es: {{data: {{source: {data_hash()}, by: Eva}}}}\n"}),
    Case("TR02", [(EN, "one month", "two months")]),
    # another filter, spaces or quotes make no other placeholder
    Case("TR03", [(ES, "{{ entities | names }}", "{{entities|join(' y ')}}")]),
    Case("TR03", [(JA, 'region.id == "americas"', "region.id  ==  'americas'")]),
    Case("TR03", [(ES, "Quiénes somos {#controller", "Quiénes somos   {#controller")]),
    # each language writes numbers, dates and addresses in its own way
    Case(
        "TR04",
        in_scope(
            en="From March 9, 2012, within 30 days, 1,000.5 times, at 5 p.m.,",
            es="Desde el 9 de marzo de 2012, en treinta días, 1.000,5 veces, a las 17:00,",
            ja="2012年3月9日から30日以内に、1,000.5回、17:00に",
            ar="من \u0669 مارس ٢٠١٢، خلال \u0663\u0660 يوما، \u0661\u066c\u0660\u0660\u0660\u066b\u0665 مرة، 17:00",
        ),
    ),
    Case("TR04", [(ES, "https://authorities.example/list", "https://es.authorities.example/lista")]),
    Case("TR04", in_every_text("{#purposes}\n", "{#purposes}\n\n1. x\n")),
    Case("TR04", in_scope(en="It never covers us", es="Jamás abarca", ja="適用外であり、以外の", ar="لا يشمل")),
    Case("TR04", in_scope(en="Not without a choice", es="Solo si elige", ja="選択がある場合に限り", ar="فقط")),
    # what cannot be told apart, or is the same in both languages, is left alone
    Case(
        "TR05",
        in_scope(
            en="Acme Research Incorporated International Group", es="Acme Research Incorporated International Group"
        ),
    ),
    Case("TR05", in_scope(es="Acme Research Inc., Acme Europe GmbH, Acme Iberia SL.\n\nSe aplica")),
    Case("TR05", in_scope(ja="「We tell you what we do with it」は")),
    Case("TR05", files={PINS: f"es: {{data: {{source: {data_hash()}, state: reviewed}}}}\n"}),
    Case("TR06", [("mkdocs.yml", "ja, ar]", "ja, ar, pt-BR, zh-Hans]")]),
]


@pytest.mark.parametrize("case", FOUND, ids=str)
def test_a_fault_of_a_translation_is_found_at_its_place(tmp_path: Path, case: Case) -> None:
    assert_case(tmp_path, case)


@pytest.mark.parametrize("case", NEAR, ids=str)
def test_what_languages_say_differently_is_left_alone(tmp_path: Path, case: Case) -> None:
    assert_case(tmp_path, case)


def test_a_stale_section_is_not_compared_any_further(tmp_path: Path) -> None:
    edits = [(EN, "| Pages you read | two months |", "| Pages you read at {{ organisation }} | 36 months |")]
    assert_case(tmp_path / "3", Case("TR03", edits, has_history=True, as_of=LATER))
    assert_case(tmp_path / "4", Case("TR04", edits, has_history=True, as_of=LATER))


@pytest.mark.parametrize("path", [EN, ES])
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{{ contact.post | address }}", "{{ contact.pots | address }}", ["FE05"]),
        ("{{ contact.post | address }}", "{{ contact.post | adress }}", ["FE05"]),
        ("(#data)", "(#date)", ["LC03"]),
        ("(#data)", "(#scope)", ["TR04"]),
    ],
)
def test_what_another_check_tells_of_is_told_once(
    tmp_path: Path, path: str, old: str, new: str, told: list[str]
) -> None:
    site = acme.make_site(tmp_path)
    acme.replace_text(site, path, old, new)
    found = find_problems(read_library(site), acme.DRAFTING)
    assert sorted({problem.id for problem in found}) == told
    assert told == ["TR04"] or [problem.source.path for problem in found] == [path]


def test_a_link_into_another_notice_is_compared(tmp_path: Path) -> None:
    other = "({{ link('website') }}#data)"
    edits = [(EN, "(#data)", other), (JA, "(#data)", other), (AR, "(#data)", other)]
    edits.append((ES, "(#data)", "({{ link('website') }}#scope)"))
    told = ["a link to /website/#data is absent in", "w a link to /website/#scope is not in the source of"]
    assert_case(tmp_path, Case("TR04", edits, [f"{ES}:29:1: {beginning}" for beginning in told]))


def test_a_link_to_a_borrowed_section_leads_there(tmp_path: Path) -> None:
    lacking = [(JA, "## 収集するもの {#data}", "**収集するもの**")]
    assert_case(tmp_path / "ja", Case("LC03", lacking))
    required = [(ES, "## Qué recogemos {#data}", "**Qué recogemos**")]
    assert_case(tmp_path / "es", Case("LC03", required, [f"{ES}:32:15: section #data is not in this text"]))


def test_checks_compare_what_was_written_and_not_what_was_borrowed(tmp_path: Path) -> None:
    site = acme.make_history(tmp_path)
    acme.replace_text(site, EN, "two months", "three months")
    draft = compose_draft(load_library(site), acme.NOTICE, LATER)
    assert draft.states["ja"]["data"] == "stale"
    assert "lang=" in draft.shown["americas", "ja"].text
    assert "lang=" not in draft.composed["americas", "ja"].text


# ---- numbers, languages, tags


@pytest.mark.parametrize(
    ("theirs", "ours", "unsaid"),
    [
        (("30 days", "en"), ("dreißig Tage", "de"), []),
        (("30 days", "en"), ("des jours", "fr"), [("30", True)]),
        (("30 days", "en"), ("trenta giorni", "it"), []),
        (("30 days", "en"), ("dagen", "nl"), [("30", True)]),
        (("3 days", "en"), ("drie dagen", "nl"), [("3", False)]),
        (("1.5 %", "en"), ("15 %", "de"), [("1.5", True)]),
        (("12 000", "en"), ("12.000", "es"), []),
        (("2 million", "en"), ("200万", "ja"), [("2", False)]),
        (("2012", "en"), ("平成24年", "ja"), [("2012", False)]),
        (("105 and 2012", "en"), ("百五、二〇一二", "ja"), []),
        (("2012-03-09", "en"), ("9. März 2012", "de"), []),
        (("Article 6(1)(f)", "en"), ("第6条第1項(f)", "ja"), []),
        (("30", "en"), ("\uff13\uff10", "ja"), []),
    ],
)
def test_a_number_is_found_however_it_is_written(
    theirs: tuple[str, str], ours: tuple[str, str], unsaid: list[tuple[str, bool]]
) -> None:
    assert list(find_unsaid(read_numbers(*theirs), read_numbers(*ours))) == unsaid


@pytest.mark.parametrize(
    ("text", "locale", "is_foreign"),
    [
        ("We collect what you tell us about the website.", "de", True),
        ("We collect what you tell us about the website.", "ar", True),
        ("We collect what you tell us about the website.", "en-GB", False),
        ("Wir erheben, was Sie uns auf der Website sagen.", "de", False),
        ("Der Text „We collect what you tell us about the website“ ist englisch.", "de", False),
        ("Acme Research Inc., Acme Europe GmbH, Acme Iberia SL", "es", False),
        ("Cookies, IP", "ja", False),
        ("当社は You collect what the website tells を収集します。", "ja", False),
        ("We collect what you tell us about the website.", "sw", False),
    ],
)
def test_a_paragraph_looks_foreign_only_without_a_word_of_its_own(text: str, locale: str, is_foreign: bool) -> None:  # noqa: FBT001 - a column of the table
    assert looks_foreign(text, locale, "en") is is_foreign


def test_a_language_that_is_not_known_may_always_say_not() -> None:
    assert says_not("We do not", "en")
    assert not says_not("hakuna", "sw")
    assert may_say_not("hakuna", "sw")
    assert not may_say_not("Wir tun es", "de")
    assert may_say_not("Wir tun es nur heute", "de")


@pytest.mark.parametrize(
    ("tag", "right"), [("en-UK", "en-GB"), ("pt-BR", "pt-BR"), ("zh-Hans", "zh-Hans"), ("de", "de")]
)
def test_a_wrong_territory_in_a_tag_is_corrected(tag: str, right: str) -> None:
    assert correct_tag(tag) == right
