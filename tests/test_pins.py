"""A translation is shown as current only while it translates what the source says now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticepress.borrowing import borrow_sections
from noticepress.classes import find_minimums
from noticepress.compose import Draft, compose_draft
from noticepress.errors import Source
from noticepress.library import load_library
from noticepress.markdown import parse, render_html, sections
from noticepress.model import Library, Pin, WorkingText
from noticepress.pages import Fragment
from noticepress.pins import find_section_states, hash_sections, split_sections
from noticepress.placeholders import Composed
from noticepress.redline import compare
from noticepress.site import build_site
from tests import acme

EN, ES, JA, PINS = (f"content/website/{name}" for name in ("en.md", "es.md", "ja.md", "translations.yml"))
NEXT = """\
effective: 2024-09-01
class: material
summary: {en: We keep page views longer., es: Guardamos más las visitas.}
impact: {en: We keep them for three months., es: Las guardamos tres meses.}
options: {en: You can leave., es: Puede irse.}
announced: 2024-06-01T08:30:00+00:00
"""
TEMPLATES = Path(__file__).parent.parent / "templates"
LATER = date(2024, 6, 1)
DATA_JA = """\
## 収集するもの {#data}

| データ | 期間 |
|---|---|
| **メール**アドレス | 一年 |
| 閲覧したページ | 二か月 |

"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Acme's site with two versions sealed; its texts hold no pins."""
    return acme.make_history(tmp_path)


def read_states(site: Path, locale: str) -> Mapping[str, str]:
    """The sections of a translation that are not current."""
    states = find_section_states(load_library(site), acme.NOTICE, locale)
    return {name: state for name, state in states.items() if state != "current"}


def read_hash(site: Path, section: str) -> str:
    return hash_sections((site / EN).read_text(encoding="utf-8"))[section]


def pin(site: Path, locale: str, section: str, sha256: str, state: str = "reviewed") -> None:
    acme.write_file(site, PINS, f"{locale}:\n  {section}: {{source: {sha256}, state: {state}}}\n")


# ---- sections as they are written

WRITTEN = """\
# Title {#title}

Opening {{ value }}.

## First {#first covers="eu:13.1.a"}

{% if region.id == "x" %}
Words.
{% endif %}

Second {#second}
------

More.
"""


def test_each_section_has_a_hash_of_its_own_words() -> None:
    found = hash_sections(WRITTEN)
    assert list(found) == ["", "first", "second"]
    assert len(set(found.values())) == 3
    texts = {section.id: section.text for section in split_sections(WRITTEN)}
    assert texts[""] == "# Title\n\nOpening {{ value }}."
    assert texts["first"] == '## First\n\n{% if region.id == "x" %}\nWords.\n{% endif %}'
    assert texts["second"] == "Second\n------\n\nMore."


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        (' covers="eu:13.1.a"', "", []),
        ("{#first covers", "{#foremost covers", ["foremost"]),
        ("More.\n", "More.\n\n\n", []),
        ("# Title {#title}", "# Title", []),
        ("Opening", "Beginning", [""]),
        ("{{ value }}", "{{ other }}", [""]),
        ("## First", "## Foremost", ["first"]),
        ("More.", "More", ["second"]),
        ("Words.\n", "Words.\n\n## Third {#third}\n\nNew.\n", ["first", "third"]),
    ],
)
def test_a_hash_changes_with_the_words_and_with_nothing_else(old: str, new: str, changed: list[str]) -> None:
    assert old in WRITTEN
    before, after = hash_sections(WRITTEN), hash_sections(WRITTEN.replace(old, new))
    assert [name for name in after if after[name] != before.get(name)] == [n for n in after if n in changed]
    assert bool(changed) == (before != after)


@given(st.text(alphabet='# a{}\n-=`|>*[]:%"', max_size=200))
def test_the_sections_of_any_text_are_the_text(text: str) -> None:
    found = split_sections(text)
    assert "".join(section.raw for section in found) == text
    headings = [section.id for section in sections(parse(text)) if section.heading]
    assert [section.id for section in found if section.id] == headings


# ---- states


def test_a_section_is_current_while_it_says_what_was_sealed(site: Path) -> None:
    assert read_states(site, "es") == {}
    assert read_states(site, "en") == {}
    acme.replace_text(site, "entities/acme-inc.yml", "Boston", "Salem")
    assert read_states(site, "es") == {}, "a fact that changes is no change of words"


def test_a_section_left_behind_by_its_source_is_stale(site: Path) -> None:
    acme.replace_text(site, EN, "two months", "three months")
    assert read_states(site, "es") == {"data": "stale"}
    acme.replace_text(site, ES, "dos meses", "tres meses")
    assert read_states(site, "es") == {}
    assert read_states(site, "ja") == {"data": "stale"}


@pytest.mark.parametrize(
    ("old", "new", "is_stale"),
    [
        ("It covers our website, and applies", "It covers our website and applies", False),
        ("It covers our website, and applies", "It covers our web site, and applies", False),
        ("It covers our website, and applies", "It cover our website, and applies", False),
        ("It covers our website, and applies", "it covers our website; and applies", False),
        ("It covers our website, and applies", "It covers our shop, and applies", True),
        ("It covers our website, and applies", "It covers our old website, and applies", True),
        ("It covers our website, and applies", "It may cover our website, and applies", True),
        ("What it covers", "What it Covers", False),
        ("What it covers", "Where it applies", True),
    ],
)
def test_a_slip_of_the_pen_makes_no_translation_stale(site: Path, old: str, new: str, *, is_stale: bool) -> None:
    acme.replace_text(site, EN, old, new)
    for locale in ("es", "ja", "ar"):
        assert read_states(site, locale) == ({"scope": "stale"} if is_stale else {})
    draft = draft_of(site)
    if not is_stale:
        found = find_minimums(load_library(site).versions[acme.NOTICE], draft.version)
        assert {minimum.change_class for minimum in found.values()} == {"editorial"}


def test_a_sign_of_a_source_in_japanese_is_no_slip(site: Path) -> None:
    acme.replace_text(site, "mkdocs.yml", "source_locale: en", "source_locale: ja")
    acme.replace_text(site, JA, "1. お返事をするため。", "1. お電話をするため。")
    assert read_states(site, "en") == {"purposes": "stale"}


def test_a_change_that_one_region_alone_sees_makes_a_section_stale(site: Path) -> None:
    acme.replace_text(site, EN, "%}all{% endif %}", "%}minor{% endif %}")
    assert read_states(site, "es") == {"changes": "stale"}


def test_what_was_sealed_in_the_source_s_words_is_no_translation(site: Path) -> None:
    acme.replace_text(site, EN, "two months", "three months")
    acme.replace_text(site, ES, "dos meses", "tres meses")
    acme.write_file(site, "content/website/next.yml", NEXT)
    acme.release(site, as_of=date(2024, 6, 1))
    sealed = site / "content/website/versions/2024-09-01/americas/ja.md"
    assert '## What we collect {#data lang="en"}' in sealed.read_text(encoding="utf-8")
    assert read_states(site, "ja") == {"data": "stale"}, "the same old words are still made from the old source"
    acme.replace_text(site, JA, "二か月", "三か月")
    assert read_states(site, "ja") == {}


def test_a_pin_decides_whatever_was_sealed(site: Path) -> None:
    pin(site, "es", "data", "0" * 64)
    assert read_states(site, "es") == {"data": "stale"}
    pin(site, "es", "data", read_hash(site, "data"), "machine")
    assert read_states(site, "es") == {"data": "machine"}
    acme.replace_text(site, EN, "two months", "three months")
    assert read_states(site, "es") == {"data": "stale"}
    pin(site, "es", "data", read_hash(site, "data"))
    assert read_states(site, "es") == {}, "reviewed: the words were found to say the same"


def test_a_section_may_be_missing_or_without_a_source(site: Path) -> None:
    acme.replace_text(site, ES, "{#purposes}", "{#aims}")
    assert read_states(site, "es") == {"purposes": "missing", "aims": "added"}
    acme.replace_text(site, JA, "{#data}", '{#data lang="en"}')
    assert read_states(site, "ja") == {"data": "missing"}, "a section in another language is not translated"
    (site / JA).unlink()
    assert set(read_states(site, "ja").values()) == {"missing"}


def test_before_the_first_version_only_pins_can_tell(tmp_path: Path) -> None:
    site = acme.make_site(tmp_path)
    acme.replace_text(site, EN, "one month", "two months")
    assert read_states(site, "es") == {}


# ---- what readers are given


def draft_of(site: Path) -> Draft:
    return compose_draft(load_library(site), acme.NOTICE, LATER)


@pytest.fixture
def outdated(site: Path) -> Path:
    """Japanese lacks a section, and has one of an older source text."""
    acme.replace_text(site, EN, "two months", "three months")
    acme.replace_text(site, ES, "dos meses", "tres meses")
    acme.replace_text(site, JA, "## 目的 {#purposes}\n\n1. お返事をするため。\n2. *訪問*を数えるため。\n\n", "")
    return site


def test_an_optional_translation_borrows_what_it_lacks(outdated: Path) -> None:
    draft = draft_of(outdated)
    text = draft.version.editions["americas", "ja"].text
    assert DATA_JA not in text
    assert '## What we collect {#data lang="en"}\n\n| Data | Kept for |' in text
    assert 'three months |\n\n## Why we use it {#purposes lang="en"}\n\n1. To answer you.' in text
    assert [s.id for s in sections(parse(text))] == [
        s.id for s in sections(parse(draft.version.editions["americas", "en"].text))
    ]
    assert "## 変更 {#changes}" in text
    assert DATA_JA in draft.composed["americas", "ja"].text, "checks see what was written"


def test_a_text_without_gaps_stays_as_it_is(outdated: Path) -> None:
    draft = draft_of(outdated)
    for key, composed in draft.composed.items():
        if key[1] in {"en", "es"}:
            assert draft.version.editions[key].text == composed.text


def test_a_required_translation_is_never_mended_in_silence(site: Path) -> None:
    acme.replace_text(site, EN, "two months", "three months")
    draft = draft_of(site)
    assert "dos meses" in draft.version.editions["americas", "es"].text
    assert "lang=" not in draft.version.editions["elsewhere", "es"].text


def test_every_line_that_is_shown_has_its_place(outdated: Path) -> None:
    shown = draft_of(outdated).shown["elsewhere", "ja"]
    lines = shown.text.split("\n")
    assert shown.source(lines.index("1. To answer you.") + 1, 4) == Source(EN, 26, 4)
    assert shown.source(lines.index("## 変更 {#changes}") + 1) == Source(JA, 29)
    assert shown.source(10_000).path == JA


def test_where_nothing_is_left_the_whole_text_falls_back(site: Path) -> None:
    acme.write_file(site, JA, "# ウェブサイト\n\nこの通知です。\n")
    acme.write_file(site, PINS, f"ja:\n  '': {{source: {'0' * 64}}}\n")
    assert ("americas", "ja") not in draft_of(site).version.editions


def borrow(translation: str, source: str, *outdated: str) -> str | None:
    """A translation in Spanish with some sections in the words of an English source."""
    texts = {"es": translation, "en": source}
    composed = {
        locale: Composed(
            text, tuple(range(1, text.count("\n") + 1)), (), WorkingText("n", locale, text, f"{locale}.md")
        )
        for locale, text in texts.items()
    }
    found = borrow_sections(composed["es"], composed["en"], outdated)
    return found.text if found else None


def test_the_title_tells_the_language_of_what_stands_before_the_first_section() -> None:
    mixed = borrow("# T\n\nUno.\n\n## A {#a}\n\nDos.\n", "# Title\n\nOne.\n\n## A {#a}\n\nTwo.\n", "")
    assert mixed == '# Title {lang="en"}\n\nOne.\n\n## A {#a}\n\nDos.\n'


@pytest.mark.parametrize(
    ("heading", "marked"),
    [
        ("## B {#b}", '## B {#b lang="en"}'),
        ('## B {#b covers="x y" }', '## B {#b covers="x y" lang="en"}'),
        ("B {#b}\n---", 'B {#b lang="en"}\n---'),
        ("## B ##", '## B {lang="en"}'),
        ('## B {#b lang="fr"}', '## B {#b lang="fr"}'),
    ],
)
def test_a_heading_is_marked_however_it_is_written(heading: str, marked: str) -> None:
    mixed = borrow("## A {#a}\n\nUno.\n", f"## A {{#a}}\n\nOne.\n\n{heading}\n\nTwo.\n", "b")
    assert mixed == f"## A {{#a}}\n\nUno.\n\n{marked}\n\nTwo.\n"


@pytest.mark.parametrize(
    ("translation", "source"),
    [
        (
            "## A {#a}\n\nUno.\n\n## C {#c}\n\nz\n",
            "## A {#a}\n\nOne.\n\n## B {#b}\n\nx[^1]\n\n## C {#c}\n\nz\n\n[^1]: n.\n",
        ),
        (
            "## A {#a}\n\nUno.\n\n## C {#c}\n\nz\n",
            "## A {#a}\n\nOne.\n\n## B {#b}\n\n[x][y]\n\n## C {#c}\n\nz\n\n[y]: https://a.example/\n",
        ),
        ("## A {#a}\n\n```\nUno.\n", "## A {#a}\n\nOne.\n\n## B {#b}\n\nTwo.\n"),
        ("## A {#a}\n\nUno.\n", "One.\n\n## A {#a}\n\nOne.\n"),
    ],
    ids=["a footnote of another section", "an address of another section", "an open fence", "nothing to mark"],
)
def test_texts_that_cannot_be_mixed_are_not(translation: str, source: str) -> None:
    names = [name for name in hash_sections(source) if name != "a"]
    kept = [name for name in names if name == "c"]
    assert borrow(translation, source, *(name for name in names if name not in kept)) is None


# ---- pages


def test_every_block_of_a_borrowed_section_tells_its_language() -> None:
    rendered = render_html('## A {#a lang="en"}\n\nx\n\n- y\n\n> z\n\n|a|\n|-|\n|b|\n\n```\nc\n```\n\n## B {#b}\n\nx\n')
    assert '<h2 id="a" lang="en" dir="ltr">A</h2>\n<p lang="en" dir="ltr">x</p>\n<ul lang="en" dir="ltr">' in rendered
    assert rendered.count('lang="en" dir="ltr"') == 6
    assert rendered.endswith('<h2 id="b">B</h2>\n<p>x</p>\n')
    assert '<p lang="ar" dir="rtl">x</p>' in render_html("## A {#a lang=ar}\n\nx\n")
    assert "lang" not in render_html("## A {#a lang=nonsense}\n\nx\n")


def test_a_redline_keeps_the_language_of_what_came_and_of_what_went() -> None:
    old, new = "## Uno {#a}\n\nPalabras de antes.\n", '## One {#a lang="en"}\n\nOther words now.\n'
    shown = compare(old, new).html
    assert '<h2 id="a" lang="en" dir="ltr"><del>Uno</del><ins>One</ins></h2>' in shown
    assert '<p class="np-deleted"><del>Palabras de antes.</del></p>' in shown
    assert '<p lang="en" dir="ltr" class="np-inserted"><ins>Other words now.</ins></p>' in shown
    assert '<p lang="en" dir="ltr" class="np-deleted">' in compare(new, old).html


def render(library: Library, locale: str, kind: str) -> Fragment:
    site = build_site(library, LATER, [TEMPLATES], drafts=True)
    pages = [page for page in site.pages if (page.kind, page.locale, page.region) == (kind, locale, "americas")]
    return site.render(pages[-1])


TOLD = {
    "ja": "この項目はまだ日本語に翻訳されていません。翻訳されるまでは英語の文章が適用されます。",
    "ar": "لم يُترجم هذا القسم إلى العربية بعد. وإلى حين ترجمته يسري النص باللغة الإنجليزية.",
}


@pytest.mark.parametrize("locale", TOLD)
@pytest.mark.parametrize("kind", ["draft", "compare"])
def test_the_page_says_in_its_own_language_that_a_section_is_not_translated(
    outdated: Path, locale: str, kind: str
) -> None:
    found = render(load_library(outdated), locale, kind)
    direction = "rtl" if locale == "ar" else "ltr"
    note = f'</h2>\n<p class="np-untranslated" lang="{locale}" dir="{direction}">{TOLD[locale]}</p>\n'
    assert found.body.count(note) == {"ja": 2, "ar": 1}[locale]
    assert '<a href="#data"><span lang="en" dir="ltr">What we collect</span></a>' in found.sidebar


def test_a_title_in_another_language_says_so(site: Path) -> None:
    acme.replace_text(site, EN, "This notice tells", "This text tells")
    body = render(load_library(site), "ja", "draft").body
    assert '<h1 id="np-title"><span lang="en" dir="ltr">Website privacy notice</span></h1>' in body
    start = body[body.index('<div class="np-text"') :]
    assert start.index(TOLD["ja"]) < start.index('<p lang="en" dir="ltr">This text tells')


def test_a_translated_page_says_nothing_of_the_kind(site: Path) -> None:
    assert "np-untranslated" not in render(load_library(site), "ja", "edition").body


def test_pins_of_a_library_are_those_of_its_file(site: Path) -> None:
    pin(site, "ja", "data", "a" * 64, "machine")
    assert load_library(site).pins == {(acme.NOTICE, "ja"): {"data": Pin("a" * 64, "machine")}}
