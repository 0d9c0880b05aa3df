"""What goes to a translator comes back without loss, and what would do harm is refused whole."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from noticepress.errors import NoticeError, Source, UsageError
from noticepress.exchange import (
    OPENING,
    Entry,
    Exchange,
    attach_attributes,
    place_sections,
    prepare_exchange,
    read_po,
    receive_exchange,
    write_po,
)
from noticepress.files import UNPRINTABLE
from noticepress.library import load_library
from noticepress.model import Library
from noticepress.pins import split_sections
from tests import acme

EN, ES, JA, PINS = (f"content/website/{name}" for name in ("en.md", "es.md", "ja.md", "translations.yml"))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Acme's history; English has gone on, and Japanese lacks a section besides."""
    acme.make_history(tmp_path)
    acme.replace_text(tmp_path, EN, "two months", "three months")
    acme.replace_text(tmp_path, JA, "## 目的 {#purposes}\n\n1. お返事をするため。\n2. *訪問*を数えるため。\n\n", "")
    return tmp_path


@pytest.fixture
def library(site: Path) -> Library:
    return load_library(site)


def prepare(library: Library, locale: str = "ja", *, everything: bool = False) -> Exchange:
    return prepare_exchange(library, acme.NOTICE, locale, everything=everything)


def translate(exchange: Exchange, words: dict[str, str]) -> Exchange:
    """The exchange as a translator gives it back: new words for some sections, and nothing unfinished among them."""
    entries = tuple(
        replace(entry, words=words[entry.section], is_unfinished=False) if entry.section in words else entry
        for entry in exchange.entries
    )
    return replace(exchange, entries=entries)


# ---- out


def test_only_what_needs_a_translator_goes_out(library: Library) -> None:
    stale, missing = prepare(library).entries
    assert (stale.section, stale.is_unfinished, stale.words.split("\n")[0]) == ("data", True, "## 収集するもの")
    assert stale.source.startswith("## What we collect\n\n| Data |")
    assert "three months" in stale.source
    assert "two months" in stale.previous, "the source that the old words were made from"
    assert stale.place == Source(EN, 17)
    assert (missing.section, missing.words, missing.is_unfinished) == ("purposes", "", False)
    assert [entry.section for entry in prepare(library, everything=True).entries] == [
        *("", "scope", "controller", "data", "purposes", "rights", "changes")
    ]


def test_a_translator_is_told_what_to_keep(library: Library) -> None:
    rights = next(entry for entry in prepare(library, everything=True).entries if entry.section == "rights")
    assert rights.notes[-1] == "Keep as it is: {{ contact.privacy | mail }} {{ contact.post | address }}"


def test_other_tools_read_what_is_written(library: Library) -> None:
    text = write_po(prepare(library, everything=True))
    file = polib.pofile(text)
    assert file.metadata["Language"] == "ja"
    assert [entry.msgctxt for entry in file][:2] == [OPENING, "scope"]
    assert [entry.msgctxt for entry in file if entry.fuzzy] == ["data"]
    assert text == write_po(prepare(library, everything=True)), "no clock, no chance"


def test_there_must_be_something_to_translate_from(library: Library) -> None:
    with pytest.raises(UsageError, match="'en' is the source"):
        prepare(library, "en")


# ---- there and back


LETTERS = st.characters(blacklist_categories=("Cs", "Co"), blacklist_characters="\ufffe\uffff\u2028\u2029\ufeff")
WORDS = st.text(st.one_of(st.sampled_from(list('ab"\\\n{}%#|*_`[]()-\t目的שלם مرحبا')), LETTERS), max_size=60)


@given(WORDS, WORDS, WORDS, st.booleans())
@settings(max_examples=100, deadline=None)
def test_an_exchange_survives_the_file(source: str, words: str, previous: str, is_unfinished: bool) -> None:  # noqa: FBT001 - drawn
    assume(source and not any(UNPRINTABLE.search(text) for text in (source, words, previous)))
    assume(words or not is_unfinished)
    entry = Entry("data", source, words, is_unfinished, previous, ("data: stale", "Keep: {{ x }}"))
    sent = Exchange("website", "pt-BR", "en", (entry, Entry("", "# T", "# U")))
    assert read_po(write_po(sent), "x.po") == sent


LINES = st.text(st.sampled_from(list('ab "\\{}|*_目的שלם.,!')), min_size=1, max_size=20).map(lambda line: f"x{line}y")


@given(st.lists(LINES, min_size=1, max_size=4), st.sampled_from(["", "data", "purposes", "changes"]))
@settings(max_examples=40, deadline=None)
def test_new_words_are_in_their_place_and_nothing_else_moves(lines: list[str], section: str) -> None:
    before = acme.FILES[JA]
    theirs = {found.id: found for found in split_sections(acme.FILES[EN])}
    heading = "# 題" if not section else "## 題"
    words = "\n\n".join([heading, *lines])
    after = place_sections(before, theirs, {section: words})
    written = {found.id: found for found in split_sections(after)}
    assert written[section].text == words
    for found in split_sections(before):
        if found.id != section:
            assert written[found.id].raw == found.raw
        else:
            assert written[section].attributes == found.attributes
            assert written[section].tail == found.tail


@pytest.mark.parametrize("locale", ["es", "ja", "ar"])
def test_what_comes_back_as_it_went_changes_no_byte(library: Library, locale: str) -> None:
    sent = prepare(library, locale, everything=True)
    finished = replace(sent, entries=tuple(replace(entry, is_unfinished=False) for entry in sent.entries))
    text = library.texts[acme.NOTICE, locale].text
    assert receive_exchange(library, read_po(write_po(finished), "x.po")).text == text


def test_a_missing_section_goes_where_the_source_has_it(library: Library) -> None:
    arrival = receive_exchange(
        library, translate(prepare(library), {"purposes": "## 目的\n\n1. 返事\n2. 数\n"}), by="Aiko"
    )
    before, _, after = acme.FILES[JA].partition(
        "## 目的 {#purposes}\n\n1. お返事をするため。\n2. *訪問*を数えるため。\n\n"
    )
    assert arrival.text == (before + "## 目的 {#purposes}\n\n1. 返事\n2. 数\n\n" + after).replace("一か月", "二か月")
    assert list(arrival.pins) == ["purposes"]
    assert arrival.pins["purposes"].by == "Aiko"
    assert arrival.unfinished == ("data",)


def test_a_text_that_is_not_there_yet_begins_with_its_title(site: Path) -> None:
    (site / JA).unlink()
    library = load_library(site)
    words = {"": "# 題\n\n始め。", "scope": "## 対象\n\nこれ。", "changes": "## 変更\n\nあれ。"}
    arrival = receive_exchange(library, translate(prepare(library), words))
    assert arrival.text == "# 題\n\n始め。\n\n## 対象 {#scope}\n\nこれ。\n\n## 変更 {#changes}\n\nあれ。\n"


def test_a_section_that_was_marked_as_the_source_s_becomes_its_own(site: Path) -> None:
    acme.replace_text(site, JA, "{#rights}", '{#rights lang="en"}')
    library = load_library(site)
    arrival = receive_exchange(
        library, translate(prepare(library), {"rights": "## 権利\n\n{{ contact.privacy | mail }}"})
    )
    assert "## 権利 {#rights}\n\n{{ contact" in arrival.text


def test_a_machine_s_words_are_taken_though_they_wait_for_a_review(library: Library) -> None:
    sent = prepare(library)
    assert receive_exchange(library, sent).pins == {}
    pins = receive_exchange(library, sent, state="machine").pins
    assert {name: pin.state for name, pin in pins.items()} == {"data": "machine"}


@pytest.mark.parametrize(
    ("words", "attributes", "written"),
    [
        ("## A", "{#a}", "## A {#a}"),
        ("## A ##\n\nx", "{#a}", "## A {#a}\n\nx"),
        ("A\n---\n\nx", '{#a covers="b c"}', 'A {#a covers="b c"}\n---\n\nx'),
        ("x", "{#a}", "x"),
    ],
)
def test_attributes_stand_behind_the_words_of_a_heading(words: str, attributes: str, written: str) -> None:
    assert attach_attributes(words, attributes) == written


# ---- refused


def refuse(library: Library, exchange: Exchange) -> list[str]:
    with pytest.raises(NoticeError) as caught:
        receive_exchange(library, exchange)
    return [f"{problem.id} {problem.message}" for problem in caught.value.problems]


def test_a_file_that_is_older_than_the_source_is_refused(site: Path) -> None:
    sent = translate(prepare(load_library(site)), {"data": "## 収集\n\nこれ。", "purposes": "## 目的\n\nあれ。"})
    acme.replace_text(site, EN, "three months", "four months")
    told = refuse(load_library(site), sent)
    assert told == ["TR02 the source of section data has changed since this was exported"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Words without a heading.", "TR03 section purposes must hold its own heading and no other, with 2 # signs"),
        ("### 目的\n\nx", "TR03 section purposes must hold its own heading and no other, with 2 # signs"),
        ("## 目的\n\nx\n\n## 他\n\ny", "TR03 section purposes must hold its own heading and no other, with 2 # signs"),
        ("x\n\n## 目的", "TR03 section purposes must hold its own heading and no other, with 2 # signs"),
        ("## 目的 {#aims}\n\nx", "TR03 the heading of section purposes has an id or other attributes"),
        ("## 目的\n\n```\nx", "TR03 these words would change how other sections are read"),
    ],
)
def test_words_that_would_break_the_text_are_refused(library: Library, words: str, told: str) -> None:
    assert refuse(library, translate(prepare(library), {"purposes": words})) == [told]


def test_everything_that_is_wrong_is_told_at_once(library: Library) -> None:
    sent = prepare(library)
    strange = Entry("aims", "## Aims", "## 目的")
    twice = replace(sent.entries[0], words="no heading", is_unfinished=False)
    told = refuse(library, replace(sent, entries=(strange, twice, twice)))
    assert "TR03 the source has no section aims" in told
    assert "TR03 section data stands here twice" in told
    assert len(told) == 3


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("", 1, "the header does not say which notice"),
        ("content/website/en.md", 1, "is no PO file"),
        ('msgid "a"\nmsgstr "b', 1, "the header does not say which notice"),
        ('msgid ""\nmsgstr ""\n\nnonsense here\n', 4, "is no PO file"),
        ('msgid "a"\nmsgstr "b"c"\n', 2, "is no PO file: unescaped double quote found"),
        ('msgid "a"\nmsgstr "\x07"\n', 2, "holds the control character U+0007"),
    ],
)
def test_what_is_no_po_file_of_ours_is_refused(text: str, line: int, told: str) -> None:
    with pytest.raises(NoticeError) as caught:
        read_po(text, "x.po")
    (problem,) = caught.value.problems
    assert (problem.id, problem.source.line) == ("TEXT", line)
    assert problem.message.startswith(told)


@given(st.text(st.sampled_from(list('msgidtrcx"\\ \n#,|~:[]0')), max_size=120))
@settings(max_examples=100, deadline=None)
def test_any_file_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(NoticeError):
        assert read_po(text, "x.po").notice
