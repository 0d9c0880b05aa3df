"""Plain language: long sentences, vague words, loose terms, slips of the pen, in each language."""

# ruff: noqa: RUF001 - signs that resemble others are what is tested

from __future__ import annotations

from pathlib import Path

import pytest

from noticepress.checks.passages import count_words, list_passages
from noticepress.checks.readability import score_reading, split_sentences
from tests.findings import AR, EN, ES, JA, SETTINGS, Case, Edit, assert_case, find, make_case

SAID: dict[str, str] = {
    EN: "It covers our website, and applies",
    ES: "Abarca nuestro sitio web y se aplica",
    JA: "この通知は当社",
    AR: "يشمل موقعنا",
}
"""The beginning of line 7 of each text, in section #scope."""

PURPOSES: dict[str, str] = {
    EN: "1. To answer you.",
    ES: "1. Para responderle.",
    JA: "1. お返事をするため。",
    AR: "1. للرد عليك.",
}
"""Line 26 of each text, in section #purposes."""

LONG = "We keep " + "what you say and " * 8 + "more."
"""A sentence of 35 words."""


def insert(*paragraphs: str, path: str = EN) -> list[Edit]:
    """Paragraphs of a text from line 7 on."""
    return [(path, SAID[path], "\n\n".join((*paragraphs, SAID[path])))]


def intend(words: str, path: str = EN) -> list[Edit]:
    """A purpose, from line 26 on."""
    return [(path, PURPOSES[path], f"{words}\n\n{PURPOSES[path]}")]


def declare(*terms: str) -> Edit:
    return (SETTINGS, "    zone:", f"    synonyms: {{en: [[{', '.join(terms)}]]}}\n    zone:")


HARD = "Notwithstanding anticipated organisational responsibilities, applicable legislation necessitates notification. "

FOUND = [
    # sentences
    Case("PL01", insert("Short. " + LONG.replace("more", "much more")), [f"{EN}:7:8: w a sentence of 36 words"]),
    Case("PL01", insert("当社は" + "情報" * 60 + "。", path=JA), [f"{JA}:7:1: w a sentence of 123 characters"]),
    Case("PL01", insert("كلمة " * 36 + "أخرى.", path=AR), [f"{AR}:7:1: w a sentence of 37 words"]),
    Case(
        "PL01",
        insert("We keep " + "what you say and " * 6 + "more."),
        [f"{EN}:7:1: w a sentence of 27 words"],
        files={"content/website/processing.yml": "children: true\n"},
    ),
    Case("PL01", insert(HARD * 12), [f"{EN}:1:1: i hard to read: -"]),
    # what is left open
    Case(
        "PL02",
        intend("We use data as needed, and so on."),
        [f"{EN}:26:13: w 'as needed' in #purposes", f"{EN}:26:24: w 'and so on'"],
    ),
    Case(
        "PL02",
        intend("Usamos los datos de vez\nen cuando.", path=ES),
        [f"{ES}:26:18: w 'de vez en cuando' in #purposes"],
    ),
    Case("PL02", intend("必要に応じて利用します。", path=JA), [f"{JA}:26:1: w '必要に応じて' in #purposes"]),
    Case("PL02", intend("نستخدمها عند الحاجة.", path=AR), [f"{AR}:26:10: w 'عند الحاجة' in #purposes"]),
    Case(
        "PL02",
        [*insert("We might."), (EN, "{#scope}", '{#scope covers="eu:13.2.a"}')],
        [f"{EN}:7:4: w 'might' in #scope leaves it open"],
    ),
    Case(
        "PL02", insert("We might.", "### How long we keep data {#x}", "As needed."), [f"{EN}:11:1: w 'As needed' in #x"]
    ),
    Case("PL02", intend("We may. " * 10), [f"{EN}:26:4: i many words that weaken: 'may' 10×"]),
    Case("PL02", files={ES: "# Aviso\n\nLo usamos, en su caso.\n"}, told=[f"{ES}:3:12: w 'en su caso' leaves it open"]),
    # terms
    Case(
        "PL03",
        insert("Our privacy policy and privacy policies are here, and so is a privacy statement for everyone."),
        [f"{EN}:7:63: w terms for one thing: “privacy policy” 2×, “privacy statement” 1×"],
    ),
    Case(
        "PL03",
        [*insert("The records and the logs are here for everyone."), declare("log", "record")],
        [f"{EN}:7:5: w terms for one thing: “log” 1×, “record” 1×"],
    ),
    Case(
        "PL03",
        insert("Los datos personales son información personal y datos personales.", path=ES),
        [f"{ES}:7:26: w terms for one thing: “datos personales” 2×, “información personal” 1×"],
    ),
    Case(
        "PL03",
        insert("このプライバシー通知とプライバシーポリシーです。プライバシー通知です。", path=JA),
        [f"{JA}:7:12: w terms for one thing: “プライバシー通知” 2×, “プライバシーポリシー” 1×"],
    ),
    Case(
        "PL03",
        insert("You can ask the Vendors and the Vendor."),
        [f"{EN}:7:17: w “Vendors” has a capital (2×) and is nowhere"],
    ),
    Case(
        "PL03",
        insert("Ask our Customer Support, for each customer has our support."),
        [f"{EN}:7:9: w “Customer Support” has a capital (1×) and is nowhere defined"],
    ),
    Case("PL03", insert("We call them (the “gadgets”) here."), [f"{EN}:7:20: w “gadgets” is defined and never used"]),
    # slips
    Case("PL04", insert("That company is will be told."), [f"{EN}:7:14: w 'is will': two verbs where one belongs"]),
    Case("PL04", insert("We tell the the authority."), [f"{EN}:7:9: w the the: a word is written twice"]),
    Case("PL04", insert("Se lo decimos a la la autoridad.", path=ES), [f"{ES}:7:17: w la la: a word is written twice"]),
    Case("PL04", insert("これをを示します。", path=JA), [f"{JA}:7:3: w 'をを' is written twice"]),
    Case(
        "PL04",
        insert("If you want it removed, please write to us at a@x.example"),
        [f"{EN}:7:47: w no full stop after '… us at a@x.example'"],
    ),
    Case("PL04", insert("We keep it. We do", "And more."), [f"{EN}:7:16: w no full stop after 'We do'"]),
    Case(
        "PL04",
        insert("これは当社が収集する情報です。次のとおり利用します", path=JA),
        [f"{JA}:7:16: w no full stop after '次の"],
    ),
    Case(
        "PL04",
        insert("Write to a@x.example In some cases we answer."),
        [f"{EN}:7:10: w 'a@x.example In': no full stop after the address"],
    ),
    Case("PL04", insert("Ask\u00a0us\u00a0now."), [f"{EN}:7:4: i 2 odd spaces, the first a non-breaking space"]),
    Case("PL04", insert("We\u00adask , and go."), [f"{EN}:7:3: i a soft hyphen", f"{EN}:7:7: i a space before ','"]),
    Case("PL04", insert("We use “help here."), [f"{EN}:7:8: w '“' has no '”'"]),
    Case("PL04", insert("We use help) here."), [f"{EN}:7:12: w ')' has no '('"]),
    Case("PL04", insert("当社は「情報を使います。", path=JA), [f"{JA}:7:4: w '「' has no '」'"]),
    Case("PL04", insert('We use "help here.'), [f"{EN}:7:8: i an odd number of quotation marks"]),
]

NEAR = [
    Case("PL01", insert(LONG)),
    Case("PL01", insert("当社は" + "情報" * 58 + "。", path=JA)),
    Case("PL01", insert("One two, e.g. three. " * 20)),
    Case("PL02", insert("We might do so as needed.")),
    Case("PL02", intend("We may. " * 9)),
    Case("PL02", intend("We mighty, generallyx. The basneeded.")),
    Case("PL03", insert("Our privacy notice and other privacy notices are here for everyone.")),
    Case(
        "PL03", insert("Our privacy policy is here for all.", "## Privacy statement {#s}", "> Our privacy statement.")
    ),
    Case(
        "PL03",
        [
            *insert("Our website, the site, is here for everyone."),
            declare("website", "web", "site"),
            (EN, ", the site", ""),
        ],
    ),
    # capitals: defined, a name, at the beginning, in a link, in code; other languages have their own rules
    Case("PL03", insert("You can visit our website (the “Site”). We like the Site.")),
    Case(
        "PL03", insert("Ask Acme Europe GmbH in New York, or on Facebook and the Internet. Features follow: Widgets.")
    ),
    Case("PL03", insert("See [your Vendor](#data) and `our Vendor` there.")),
    Case("PL03", insert("Le contamos del Site y de los Widgets en este aviso.", path=ES)),
    Case("PL03", insert("We call them “gadgets”. We like gadgets. The “help” file is yours.")),
    Case("PL04", insert("We know that that is so, and had had it. New York, New York. Bora Bora is far.")),
    Case("PL04", insert("What it is will be told. Whatever that is may change. Those it is must know.")),
    Case(
        "PL04", insert("To ask, write to [us](mailto:a@x.example):", "- now", "We use this list of things for", "- you")
    ),
    Case("PL04", insert("Acme Research, 12 Long Harbor Street, Upper Boston, MA 02110, United States", "Kind regards")),
    Case("PL04", insert("Write to a@x.example or A@x.example Monday to Friday. Yes: a) now, b) later.")),
    Case("PL04", insert("From § 5 on 10\u00a0% is 5\u00a0km, “so” (to “speak”), and it's 5\" wide.")),
    Case("PL04", insert("これ（例）は「注『注』」です。", path=JA)),
    Case("PL04", insert("نجمع (ما تقرؤه) فقط.", path=AR)),
]


@pytest.mark.parametrize("case", FOUND, ids=str)
def test_a_mistake_is_found_at_its_place(tmp_path: Path, case: Case) -> None:
    assert_case(tmp_path, case)


@pytest.mark.parametrize("case", NEAR, ids=str)
def test_what_only_resembles_a_mistake_is_left_alone(tmp_path: Path, case: Case) -> None:
    assert_case(tmp_path, case)


GERMAN = """# Hinweise

## Wofür wir Daten verwenden {#purposes}

%s
"""


@pytest.mark.parametrize(
    ("check", "words", "told"),
    [
        ("PL02", "Wir nutzen sie gegebenenfalls.", ["5:16: w 'gegebenenfalls' in #purposes leaves it open"]),
        (
            "PL03",
            "Diese Datenschutzhinweise gelten, diese Datenschutzhinweise, und auch die Datenschutzerklärung.",
            ["5:75: w terms for one thing: “Datenschutzhinweise” 2×, “Datenschutzerklärung” 1×"],
        ),
        ("PL03", "Wir nennen die Dienste zusammen „unsere Dienste“.", ["5:34: w “unsere Dienste” is defined"]),
        ("PL03", "Wir fragen die Kunden, und die Daten der Kunden gehören den Kunden.", []),
        ("PL04", "Das ist ist falsch.", ["5:5: w ist ist: a word is written twice"]),
        ("PL04", "Wir fragen die, die die Daten haben, und sagen „ja“.", []),
        ("PL04", "Wir sagen „ja.", ["5:11: w '„' has no '“'"]),
        ("PL04", "Am 5. Juni z.\u00a0B. gilt §\u00a05 bei 10\u00a0%.", []),
    ],
)
def test_german_has_rules_of_its_own(tmp_path: Path, check: str, words: str, told: list[str]) -> None:
    files = {"content/website/de.md": GERMAN % words}
    case = Case(check, [(SETTINGS, "[en, es, ja, ar]", "[en, es, ja, ar, de]")], files=files)
    found = find(make_case(tmp_path, case), check)
    assert len(found) == len(told), found
    for line, beginning in zip(found, told, strict=True):
        assert line.startswith(f"content/website/de.md:{beginning}")


def test_what_several_regions_share_is_told_once(tmp_path: Path) -> None:
    words = "{% if region.id == 'americas' %}Yes.{% endif %} You ask our Vendor and our Vendor."
    (line,) = find(make_case(tmp_path, Case("PL03", insert(words))), "PL03")
    assert "“Vendor” has a capital" in line


def test_a_language_without_lists_is_only_measured(tmp_path: Path) -> None:
    files = {"content/website/vi.md": "# Thông báo\n\nChúng tôi luôn luôn , có thể (xem\u00ad " + "và " * 30 + "nữa"}
    site = make_case(tmp_path, Case("PL04", [(SETTINGS, "[en, es, ja, ar]", "[en, es, ja, ar, vi]")], files=files))
    assert [find(site, check) for check in ("PL02", "PL03")] == [[], []]
    assert find(site, "PL01") == ["content/website/vi.md:3:1: w a sentence of 38 words"]
    assert find(site, "PL04") == ["content/website/vi.md:3:34: i a soft hyphen"]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("By Acme Inc. of Boston, e.g. us. “Yes.” No.", ["By Acme Inc. of Boston, e.g. us.", "“Yes.”", "No."]),
        ("Am 5. Juni, z. B. hier. Ja.", ["Am 5. Juni, z. B. hier.", "Ja."]),
        ("当社は。次に「はい。」です。", ["当社は。", "次に「はい。」", "です。"]),
        ("نعم؟ لا.", ["نعم؟", "لا."]),
        ("One\nTwo", ["One", "Two"]),
        ("", []),
    ],
)
def test_a_text_falls_into_sentences(text: str, sentences: list[str]) -> None:
    found = list(split_sentences(text))
    assert [sentence.text for sentence in found] == sentences
    assert all(text[s.start :].startswith(s.text) for s in found)


def test_long_words_are_harder_to_read_than_short_ones() -> None:
    def score(text: str, language: str) -> float:
        found = score_reading(split_sentences(text), language)
        assert found is not None
        return found

    assert score("The cat sat on the mat. " * 20, "en") > 100
    assert score(HARD * 20, "en") < 0
    assert score("Das ist ein gutes Haus. " * 30, "de") > score(
        "Datenschutzrechtliche Aufbewahrungsfristen sind zu beachten. " * 30, "de"
    )
    assert score("La casa es de mi tía. " * 30, "es") > score(
        "La responsabilidad administrativa corresponde íntegramente. " * 30, "es"
    )
    assert score_reading(split_sentences("The cat sat. " * 200), "ja") is None
    assert score_reading(split_sentences("The cat sat on the mat."), "en") is None


def test_words_count_alike_in_every_script() -> None:
    assert count_words("one, two — three") == 3
    assert count_words("情報を収集") == 2


def test_a_passage_knows_its_sections_and_what_is_no_prose() -> None:
    first, title, heading, item = list_passages("Lead `code`.\n\n# T\n\n### S {#s}\n\n- a[^1] b\n\n[^1]: n\n")[:4]
    assert first.text == "Lead \ufffc\ufffc\ufffc\ufffc."
    assert [passage.block.kind for passage in (title, heading)] == ["heading", "heading"]
    assert (item.text, item.within, [section.id for section in item.section]) == ("a b", ("list", "item"), ["s"])


def test_what_a_paragraph_repeats_is_told_once(tmp_path: Path) -> None:
    site = make_case(tmp_path, Case("PL04", insert("We tell the the authority. " * 3_000)))
    assert find(site, "PL04") == [f"{EN}:7:9: w the the: a word is written twice"]


def test_a_term_that_is_defined_is_no_other_word_for_one_thing(tmp_path: Path) -> None:
    words = (
        "We call our privacy policy “privacy notice”, and (the “privacy policy”) “privacy statement”. A privacy policy."
    )
    assert find(make_case(tmp_path, Case("PL03", insert(words))), "PL03") == []
