"""Corrections: a revision with the right words, the same effective date, and nothing of the past rewritten."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticepress.corrections import Revision, prepare_correction
from noticepress.errata import apply_errata, find_errata
from noticepress.errors import NoticeError, UsageError
from noticepress.feeds import find_entries
from noticepress.history import Line, trace_line, trace_notice
from noticepress.library import load_library, read_library
from noticepress.lookup import find_answer
from noticepress.model import AsOf, ChangeClass, Erratum
from noticepress.pins import hash_sections
from noticepress.sealing import seal_version
from noticepress.site import build_site
from tests.acme import (
    FIRST,
    LOCALES,
    NOTICE,
    REGIONS,
    SECOND,
    make_history,
    make_site,
    prepare_second,
    release,
    replace_text,
    write_file,
)
from tests.test_release import KilledError, read_tree, stop_at

ROOT = Path(__file__).parent.parent
RECORD = f"content/{NOTICE}/correction.yml"
REVISION = f"{SECOND}.1"
LATER = datetime(2024, 6, 10, 12, tzinfo=UTC)

EDITORIAL = """\
class: editorial
summary: {en: A word was missing.}
errata:
  - old: Pages you read
    new: Pages that you read
    locale: en
"""


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_history(tmp_path_factory.mktemp("history"))


@pytest.fixture
def site(tmp_path: Path, history: Path) -> Path:
    return Path(shutil.copytree(history, tmp_path / "site"))


def prepare(
    site: Path,
    name: str = SECOND,
    as_of: AsOf = LATER,
    *,
    change_class: ChangeClass | None = None,
    adds: Sequence[str] = (),
) -> Revision:
    return prepare_correction(read_library(site), NOTICE, name, as_of, change_class=change_class, adds=adds)


def correct(site: Path, name: str = SECOND, as_of: AsOf = LATER, *, adds: Sequence[str] = ()) -> Revision:
    found = prepare(site, name, as_of, adds=adds)
    seal_version(site, found.sealing)
    return found


def find_reasons(
    site: Path, name: str = SECOND, *, change_class: ChangeClass | None = None, adds: Sequence[str] = ()
) -> list[str]:
    """Why a correction is refused: `place: id message`."""
    before = read_tree(site)
    with pytest.raises(NoticeError) as caught:
        prepare(site, name, change_class=change_class, adds=adds)
    assert read_tree(site) == before
    return [f"{problem.source}: {problem.id} {problem.message}" for problem in caught.value.problems]


def trace(site: Path, as_of: AsOf, region: str = "americas") -> Line:
    return trace_line(NOTICE, region, load_library(site).versions[NOTICE], as_of)


def states_of(line: Line) -> dict[str, str]:
    return {standing.version.id: standing.state for standing in line.standings}


# ---- errata


def test_a_revision_has_the_right_words_and_the_same_effective_date(site: Path) -> None:
    write_file(site, RECORD, EDITORIAL)
    old = load_library(site).versions[NOTICE][-1]
    sealed = read_tree(site / "content" / NOTICE / "versions")
    correct(site)
    new = load_library(site).versions[NOTICE][-1]
    assert (new.id, new.day, new.previous, new.facts_sha256) == (REVISION, old.day, old.sha256, old.facts_sha256)
    assert {name: region.effective for name, region in new.regions.items()} == {
        name: region.effective for name, region in old.regions.items()
    }
    assert new.announced == LATER
    assert new.errata == (Erratum("Pages you read", "Pages that you read", locale="en"),)
    for key, edition in new.editions.items():
        expected = old.editions[key].text.replace("Pages you read", "Pages that you read")
        assert edition.text == expected
    after = read_tree(site / "content" / NOTICE / "versions")
    assert {path: content for path, content in after.items() if path in sealed} == sealed
    assert not (site / RECORD).exists()


def test_the_revision_answers_from_its_publication_on_and_the_date_stays(site: Path) -> None:
    write_file(site, RECORD, EDITORIAL)
    correct(site)
    library = load_library(site)
    before = find_answer(library, NOTICE, "US", "en", datetime(2024, 6, 10, 11, 59, 59, tzinfo=UTC)).standing
    after = find_answer(library, NOTICE, "US", "en", LATER).standing
    assert (before.version.id, after.version.id) == (SECOND, REVISION)
    assert before.effective == after.effective
    assert (after.effective.day, after.since.day) == (date(2024, 5, 20), date(2024, 6, 10))
    assert states_of(trace(site, LATER)) == {FIRST: "superseded", SECOND: "corrected", REVISION: "in-force"}


def test_the_day_of_a_run_is_its_first_instant_where_the_site_is(site: Path) -> None:
    write_file(site, RECORD, EDITORIAL)
    assert prepare(site, as_of=date(2024, 6, 10)).version.announced == datetime(2024, 6, 10, 4, tzinfo=UTC)


def test_a_correction_may_say_itself_when_it_is_published(site: Path) -> None:
    write_file(site, RECORD, EDITORIAL + "announced: 2024-06-20T10:00:00+00:00\n")
    correct(site)
    assert states_of(trace(site, LATER))[REVISION] == "adopted"
    assert states_of(trace(site, date(2024, 6, 20)))[REVISION] == "in-force"


def test_a_second_correction_follows_the_first(site: Path) -> None:
    write_file(site, RECORD, EDITORIAL)
    correct(site)
    write_file(site, RECORD, EDITORIAL.replace("Pages you read", "To answer you").replace("Pages that", "To reply, if"))
    correct(site, as_of=date(2024, 6, 20))
    found = load_library(site).versions[NOTICE]
    assert [version.id for version in found] == [FIRST, SECOND, REVISION, f"{SECOND}.2"]
    assert "Pages that you read" in found[-1].editions["americas", "en"].text


def test_only_editions_that_changed_have_an_entry(site: Path) -> None:
    write_file(site, RECORD, EDITORIAL)
    correct(site)
    library = load_library(site)
    lines = {NOTICE: trace_notice(NOTICE, library.versions[NOTICE], LATER)}
    found = [entry for entry in find_entries(lines, library.settings) if entry.version == REVISION]
    assert {(entry.region, entry.locale, entry.kind) for entry in found} == {
        (region, "en", "correction") for region in REGIONS
    }
    assert {entry.effective.day for entry in found} == {date(2024, 5, 20)}


def test_an_erratum_is_only_about_the_editions_it_names(site: Path) -> None:
    write_file(site, RECORD, EDITORIAL + "    region: americas\n")
    found = prepare(site).version
    assert "Pages that you read" in found.editions["americas", "en"].text
    assert "Pages you read" in found.editions["elsewhere", "en"].text


def test_every_wrong_erratum_is_told_at_its_line(site: Path) -> None:
    write_file(
        site,
        RECORD,
        """\
class: editorial
errata:
  - {old: Pages you read, new: Pages that you read}
  - {old: Nobody wrote this, new: x, locale: en, region: americas}
  - {old: website, new: website, locale: en}
  - {old: website, new: "{{ organisation }}", locale: en}
  - {old: website, new: site, locale: de}
  - {old: website, new: site, region: asia}
""",
    )
    told = find_reasons(site)
    missing = ", ".join(f"{region}/{locale}" for region in REGIONS for locale in LOCALES if locale != "en")
    assert f'{RECORD}:3:5: CN01 "Pages you read" does not stand in {missing} of {SECOND}' in told
    assert f'{RECORD}:4:5: CN01 "Nobody wrote this" does not stand in americas/en of {SECOND}' in told
    assert f'{RECORD}:5:5: CN01 "website" is replaced by itself' in told
    assert any(line.startswith(f"{RECORD}:6:5: FE05 ") for line in told)
    assert f"{RECORD}:7:5: TR06 version {SECOND} has no text in 'de'" in told
    assert f"{RECORD}:8:5: RG03 version {SECOND} has no region 'asia'" in told


def test_old_words_that_still_stand_elsewhere_are_told(site: Path) -> None:
    write_file(site, RECORD, EDITORIAL)
    assert prepare(site).hints == (
        f'content/{NOTICE}/en.md still says "Pages you read": correct it for the next version',
    )


# ---- which version


@pytest.mark.parametrize(("notice", "name"), [("nobody", SECOND), (NOTICE, "2024-05-21"), (NOTICE, REVISION)])
def test_what_does_not_exist_is_wrong_usage(site: Path, notice: str, name: str) -> None:
    with pytest.raises(UsageError):
        prepare_correction(read_library(site), notice, name, LATER)


def test_a_version_in_force_can_be_corrected_while_its_successor_is_announced(site: Path) -> None:
    write_file(site, RECORD, EDITORIAL)
    as_of = datetime(2024, 5, 10, 12, tzinfo=UTC)
    found = correct(site, FIRST, as_of)
    assert found.sealing.version == f"{FIRST}.1"
    assert f'version {SECOND} says "Pages you read" too: correct it as well' in found.hints
    assert states_of(trace(site, as_of)) == {FIRST: "corrected", f"{FIRST}.1": "in-force", SECOND: "announced"}
    assert states_of(trace(site, LATER)) == {FIRST: "corrected", f"{FIRST}.1": "superseded", SECOND: "in-force"}
    # What the announced version was compared with stays what it is compared with.
    assert trace(site, LATER).standings[-1].predecessor == trace(site, date(2024, 5, 7)).standings[-1].predecessor


def test_an_announced_version_can_be_corrected_before_it_applies(site: Path) -> None:
    write_file(site, RECORD, EDITORIAL)
    as_of = datetime(2024, 5, 10, 12, tzinfo=UTC)
    correct(site, as_of=as_of)
    first, second, revision = trace(site, as_of).standings
    assert (first.state, second.state, revision.state) == ("in-force", "corrected", "announced")
    assert first.successor == (revision.version, "americas")
    assert first.until == revision.effective
    assert (second.has_applied, revision.has_applied) == (False, True)
    assert states_of(trace(site, LATER)) == {FIRST: "superseded", SECOND: "corrected", REVISION: "in-force"}


def test_a_version_nobody_was_told_of_is_announced_with_its_correction(site: Path) -> None:
    write_file(site, RECORD, EDITORIAL)
    as_of = datetime(2024, 5, 2, tzinfo=UTC)
    found = correct(site, as_of=as_of).version
    announced = datetime(2024, 5, 6, 8, 30, tzinfo=UTC)
    assert found.announced == announced
    assert states_of(trace(site, as_of)) == {FIRST: "in-force", SECOND: "adopted", REVISION: "adopted"}
    assert states_of(trace(site, announced)) == {FIRST: "in-force", SECOND: "corrected", REVISION: "announced"}


def test_the_page_of_a_correction_says_what_was_corrected_and_when(site: Path) -> None:
    write_file(site, RECORD, EDITORIAL)
    correct(site)
    view = build_site(load_library(site), LATER, [ROOT / "templates"])
    pages = {page.path: page for page in view.pages}
    told = view.render(pages[f"en/{NOTICE}/americas/"]).body
    assert "“Pages that you read” in place of “Pages you read”" in told
    assert "A word was missing." in told
    assert "We keep page views longer." in told  # the version itself is new, too
    assert 'datetime="2024-05-06' in told
    assert 'datetime="2024-06-10' in told
    spanish = view.render(pages[f"es/{NOTICE}/americas/"]).body
    assert "Pages that you read" not in spanish
    assert "Guardamos más las visitas." in spanish
    assert "Corrected on" in view.render(pages[f"en/{NOTICE}/americas/{SECOND}/"]).body


def test_a_correction_of_what_is_over_brings_nothing_back(site: Path) -> None:
    write_file(site, RECORD, EDITORIAL)
    correct(site, FIRST)
    line = trace(site, LATER)
    assert states_of(line) == {FIRST: "superseded", f"{FIRST}.1": "superseded", SECOND: "in-force"}
    assert [standing.has_applied for standing in line.standings] == [True, False, True]


# ---- the class


def test_a_fact_is_never_corrected_as_editorial(site: Path) -> None:
    record = EDITORIAL.replace("Pages you read", "80 Summit Avenue").replace("Pages that you read", "8 Summit Avenue")
    write_file(site, RECORD, record + "    region: americas\nconfirmed: The house number was mistyped.\n")
    (told,) = find_reasons(site)
    assert told.startswith(f"{RECORD}:1:1: CN02 class editorial, but minor at least: ")
    assert 'a fact is touched: "80 Summit Avenue"' in told
    replace_text(site, RECORD, "class: editorial", "class: minor")
    assert prepare(site).version.record.change_class == "minor"


def test_what_told_another_practice_is_no_correction(site: Path) -> None:
    write_file(site, RECORD, EDITORIAL.replace("Pages that you read", "Pages you do not read"))
    replace_text(site, RECORD, "class: editorial", "class: material")
    (told,) = find_reasons(site)
    assert told.startswith(f"{RECORD}:1:1: CN02 this is a material change: ")


def test_a_confirmation_speaks_for_changed_tokens(site: Path) -> None:
    write_file(site, RECORD, EDITORIAL.replace("Pages that you read", "All pages you read"))
    assert any("CN02 class editorial, but" in told or "material change" in told for told in find_reasons(site))
    write_file(site, RECORD, (site / RECORD).read_text(encoding="utf-8") + "confirmed: All pages were meant before.\n")
    assert prepare(site).version.record.change_class == "editorial"


def test_a_class_is_given_in_one_place(site: Path) -> None:
    write_file(site, RECORD, EDITORIAL)
    with pytest.raises(UsageError, match="gives the class already"):
        prepare(site, change_class="minor")


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


# ---- whole or not at all


def check_whole_or_absent(site: Path, found: Revision) -> bool:
    reading = read_library(site)
    assert not [problem for problem in reading.problems if problem.severity == "error"]
    is_there = (site / found.sealing.folder).exists()
    if not is_there:
        assert (site / RECORD).exists()
        seal_version(site, found.sealing)
    assert read_tree(site / found.sealing.folder) == dict(found.sealing.files)
    return is_there


def test_a_correction_that_is_killed_at_any_step_is_whole_or_absent(tmp_path: Path, history: Path) -> None:
    def make(name: str) -> Path:
        site = Path(shutil.copytree(history, tmp_path / name))
        write_file(site, RECORD, EDITORIAL)
        return site

    found = prepare(make("first"))
    with stop_at(10**6, KilledError) as done:
        seal_version(tmp_path / "first", found.sealing)
    outcomes = []
    for step in range(1, len(done) + 1, 3):
        site = make(str(step))
        with stop_at(step, KilledError), suppress(KilledError):
            seal_version(site, found.sealing)
        outcomes.append(check_whole_or_absent(site, found))
    assert set(outcomes) == {False, True}


def test_after_a_crash_the_record_is_not_sealed_twice(site: Path) -> None:
    write_file(site, RECORD, EDITORIAL)
    found = prepare(site)
    seal_version(site, replace(found.sealing, record="nothing.yml"))
    assert (site / RECORD).exists()
    told = find_reasons(site)
    assert told
    assert all('"Pages you read" does not stand in' in line for line in told)


def test_a_killed_command_leaves_a_whole_revision_or_none(site: Path) -> None:
    write_file(site, RECORD, EDITORIAL)
    found = prepare(site)
    words = [sys.executable, str(ROOT / "site_build.py"), "correct", NOTICE, SECOND]
    process = subprocess.Popen(
        [*words, "--site", str(site), "--as-of", LATER.isoformat()],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None and not (site / f"content/{NOTICE}/.sealing").exists():
        time.sleep(0.0002)
    process.send_signal(signal.SIGKILL)
    process.wait()
    check_whole_or_absent(site, found)
