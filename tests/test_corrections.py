"""Corrections: a revision with the right words, the same effective date, and nothing of the past rewritten."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from noticepress.corrections import Revision, prepare_correction
from noticepress.errors import UsageError
from noticepress.feeds import find_entries
from noticepress.history import trace_notice
from noticepress.library import load_library, read_library
from noticepress.lookup import find_answer
from noticepress.model import Erratum
from noticepress.sealing import seal_version
from noticepress.site import build_site
from tests.acme import FIRST, LOCALES, NOTICE, REGIONS, SECOND, read_tree, replace_text, states_of, trace, write_file
from tests.corrections import EDITORIAL, LATER, RECORD, REVISION, correct, find_reasons, prepare
from tests.crashes import crash_at_any_step, kill_while_it_writes
from tests.terminal import ROOT

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

    found = prepare(make("prepared"))
    crash_at_any_step(
        make,
        lambda site: seal_version(site, found.sealing),
        lambda site: check_whole_or_absent(site, found),
        every=3,
    )


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
    kill_while_it_writes(site, "correct", NOTICE, SECOND, "--as-of", LATER.isoformat())
    check_whole_or_absent(site, found)
