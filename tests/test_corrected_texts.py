"""Corrections from the working texts: their own words, translations that come late, and every difference told."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticepress.errata import apply_errata, find_errata
from noticepress.errors import UsageError
from noticepress.feeds import find_entries
from noticepress.history import trace_notice
from noticepress.library import load_library
from noticepress.model import Erratum
from noticepress.pins import hash_sections
from noticepress.sealing import seal_version
from tests.acme import (
    FIRST,
    LOCALES,
    NOTICE,
    REGIONS,
    SECOND,
    make_site,
    prepare_second,
    release,
    replace_text,
    write_file,
)
from tests.corrections import LATER, RECORD, REVISION, correct, find_reasons, prepare

# ---- from the working texts


def test_without_a_record_the_working_texts_hold_the_right_words(site: Path) -> None:
    replace_text(site, f"content/{NOTICE}/es.md", "Para responderle.", "Para contestarle.")
    found = prepare(site)
    assert found.version.errata == (Erratum("responderle.", "contestarle.", locale="es"),)
    assert found.version.record.change_class == "editorial"
    assert not found.version.record.summary
    seal_version(site, found.sealing)
    new = load_library(site).versions[NOTICE][-1]
    assert "Para contestarle." in new.editions["elsewhere", "es"].text
    assert (
        new.editions["elsewhere", "en"].sha256
        == load_library(site).versions[NOTICE][1].editions["elsewhere", "en"].sha256
    )


def test_a_comma_in_the_source_leaves_every_translation_as_it_was_sealed(site: Path) -> None:
    sha256 = hash_sections((site / f"content/{NOTICE}/en.md").read_text(encoding="utf-8"))["scope"]
    pins = "".join(f"{locale}:\n  scope: {{source: {sha256}}}\n" for locale in ("ja", "ar"))
    write_file(site, f"content/{NOTICE}/translations.yml", pins)
    replace_text(site, f"content/{NOTICE}/en.md", "our website, and applies", "our website and applies")
    found = correct(site)
    old, new = (load_library(site).versions[NOTICE][place] for place in (-2, -1))
    changed = {key for key, edition in new.editions.items() if edition.sha256 != old.editions[key].sha256}
    assert changed == {(region, "en") for region in REGIONS}
    assert found.minimum.change_class == "editorial"


def test_what_stood_in_the_words_of_the_source_stays_so_while_it_waits(site: Path) -> None:
    for locale, words, others in (("en", "two months", "three months"), ("es", "dos meses", "tres meses")):
        replace_text(site, f"content/{NOTICE}/{locale}.md", words, others)
    record = "effective: 2024-06-20\nclass: minor\nsummary: {en: Longer., es: Más.}\nannounced: 2024-06-02\n"
    write_file(site, f"content/{NOTICE}/next.yml", record)
    release(site, as_of=date(2024, 6, 2))
    replace_text(site, f"content/{NOTICE}/en.md", "our website, and applies", "our website and applies")
    replace_text(site, f"content/{NOTICE}/ja.md", "お返事をするため。", "お返事するため。")
    correct(site, "2024-06-20")
    old, new = (load_library(site).versions[NOTICE][place] for place in (-2, -1))
    texts = {
        locale: (old.editions["americas", locale].text, new.editions["americas", locale].text) for locale in LOCALES
    }
    assert {locale for locale, (was, now) in texts.items() if was != now} == {"en", "ja"}
    was, now = texts["ja"]
    assert now == was.replace("お返事をするため。", "お返事するため。")
    assert '{#data lang="en"}' in now


def test_a_correction_has_the_facts_of_its_version(site: Path) -> None:
    moved = "  - from: 2024-06-01\n    address: {street: 1 New Road, locality: Salem, country: US}\n"
    path = site / "entities/acme-inc.yml"
    path.write_text(path.read_text(encoding="utf-8") + moved, encoding="utf-8")
    replace_text(site, f"content/{NOTICE}/en.md", "our website, and applies", "our website and applies")
    correct(site)
    new = load_library(site).versions[NOTICE][-1]
    assert "1 New Road" not in new.editions["americas", "en"].text


def test_a_corrected_fact_needs_a_class(site: Path) -> None:
    replace_text(site, "entities/acme-inc.yml", "80 Summit Avenue", "8 Summit Avenue")
    (told,) = find_reasons(site)
    assert told.startswith(f"{RECORD}:1:1: CN02 this is a minor change at least: ")
    found = prepare(site, change_class="minor").version
    (address,) = {facts.address for facts in found.regions["americas"].entities}
    assert address is not None
    assert address.street == "8 Summit Avenue"


def test_texts_that_say_the_same_correct_nothing(site: Path) -> None:
    assert find_reasons(site) == [
        f"{RECORD}:1:1: CN01 there is nothing to correct in {SECOND}: the working texts say what it says"
    ]


def test_working_texts_of_another_version_are_not_taken(site: Path) -> None:
    replace_text(site, f"content/{NOTICE}/es.md", "Para responderle.", "Para contestarle.")
    assert find_reasons(site, FIRST) == [
        f"{RECORD}:1:1: CN01 the working texts are those of a later version than {FIRST}"
    ]
    write_file(site, f"content/{NOTICE}/next.yml", "effective: 2024-08-01\nclass: minor\n")
    assert [told.partition(": ")[2][:43] for told in find_reasons(site)] == [
        "CN01 the working texts are those of the ver"
    ]


def test_other_territories_are_no_correction(site: Path) -> None:
    replace_text(site, f"content/{NOTICE}/es.md", "Para responderle.", "Para contestarle.")
    replace_text(site, "entities/regions.yml", '["019"]', '["019", "JP"]')
    assert [told.partition(": its")[0] for told in find_reasons(site)] == [
        f"{RECORD}:1:1: RG03 americas",
        f"{RECORD}:1:1: RG03 elsewhere",
    ]


# ---- translations that come late


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Acme's site with two versions that have no Japanese, whose text has been written since."""
    site = make_site(tmp_path_factory.mktemp("late"))
    release_without(site, site / f"content/{NOTICE}/ja.md")
    return site


@pytest.fixture
def without_japanese(tmp_path: Path, late: Path) -> Path:
    return Path(shutil.copytree(late, tmp_path / "site"))


def release_without(site: Path, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.unlink()
    release(site)
    path.write_text(text, encoding="utf-8")
    prepare_second(site)
    text = path.read_text(encoding="utf-8")
    path.unlink()
    release(site, as_of=date(2024, 5, 1))
    path.write_text(text, encoding="utf-8")


def test_a_late_translation_is_a_revision_that_adds_a_locale(without_japanese: Path) -> None:
    site = without_japanese
    old = load_library(site).versions[NOTICE][-1]
    assert "ja" not in old.locales
    correct(site, adds=["ja"])
    library = load_library(site)
    new = library.versions[NOTICE][-1]
    assert {key: e.sha256 for key, e in new.editions.items() if key[1] != "ja"} == {
        key: e.sha256 for key, e in old.editions.items()
    }
    assert "二か月" in new.editions["americas", "ja"].text
    assert "2024年5月20日" in new.editions["americas", "ja"].text
    assert new.record.change_class == "editorial"
    assert not new.errata
    lines = {NOTICE: trace_notice(NOTICE, library.versions[NOTICE], LATER)}
    found = [entry for entry in find_entries(lines, library.settings) if entry.version == REVISION]
    assert {(entry.locale, entry.kind, entry.change_class) for entry in found} == {
        ("ja", "translation-added", "editorial")
    }
    assert len(found) == len(REGIONS)


def test_the_record_may_name_the_locale(without_japanese: Path) -> None:
    write_file(without_japanese, RECORD, "class: editorial\nadds: [ja]\n")
    correct(without_japanese)
    assert "ja" in load_library(without_japanese).versions[NOTICE][-1].locales
    assert not (without_japanese / RECORD).exists()


def test_a_late_translation_has_the_sections_of_what_it_translates(without_japanese: Path) -> None:
    replace_text(without_japanese, f"content/{NOTICE}/ja.md", "{#scope}", "{#range}")
    told = find_reasons(without_japanese, adds=["ja"])
    assert f"content/{NOTICE}/ja.md:1:1: TR03 #scope is missing, which {SECOND} has" in told
    assert any(f"TR03 #range is not in {SECOND}" in line for line in told)


def test_a_late_translation_speaks_with_the_facts_of_its_version(without_japanese: Path) -> None:
    replace_text(without_japanese, "entities/acme-inc.yml", "80 Summit Avenue", "1 New Road")
    found = prepare(without_japanese, adds=["ja"]).version
    assert "80 Summit Avenue" in found.editions["americas", "ja"].text


def test_a_locale_that_is_there_or_unknown_is_refused(without_japanese: Path) -> None:
    assert [told.partition(": ")[2] for told in find_reasons(without_japanese, adds=["es"])] == [
        f"TR01 version {SECOND} has a text in 'es' already"
    ]
    with pytest.raises(UsageError, match="'fr' is not a language of this site"):
        prepare(without_japanese, adds=["fr"])


# ---- words and their differences

KEY = ("world", "en")
LINES = st.lists(st.sampled_from(["", "one two", "two three", "three", "# four", "- five six"]), max_size=8)


@given(LINES, LINES)
def test_every_difference_in_words_has_an_erratum(old: list[str], new: list[str]) -> None:
    before, after = "\n".join(["# Title", *old]), "\n".join(["# Title", *new])
    found = find_errata({KEY: before}, {KEY: after})
    assert before.split() == after.split() or found
    assert all(erratum.old and erratum.new for erratum in found)


@pytest.mark.parametrize(
    ("old", "new", "errata"),
    [
        ("We keep it one month.\n", "We keep it two months.\n", [("one month.", "two months.")]),
        ("A cat sat.\n\nMore.\n", "A black cat sat.\n\nMore.\n", [("A", "A black")]),
        ("A.\n\nB.\n", "A.\n\nB.\n\nC.\n", [("B.", "B.\n\nC.")]),
        ("same\n", "same\n", []),
    ],
)
def test_differences_are_told_by_their_words(old: str, new: str, errata: list[tuple[str, str]]) -> None:
    found = find_errata({KEY: old}, {KEY: new})
    assert [(erratum.old, erratum.new) for erratum in found] == errata
    assert apply_errata({KEY: old}, found) == ({KEY: new}, [])


def test_the_same_difference_in_some_regions_names_them() -> None:
    old = {(region, "en"): "one\n" for region in ("a", "b", "c")}
    found = find_errata(old, {**old, ("a", "en"): "two\n", ("b", "en"): "two\n"})
    assert found == (Erratum("one", "two", "a", "en"), Erratum("one", "two", "b", "en"))
