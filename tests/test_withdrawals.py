"""Withdrawals: an announced version is cancelled before it applies, says so at its address, and never applies."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from noticepress.corrections import prepare_correction
from noticepress.errors import NoticeError, UsageError
from noticepress.feeds import Entry, find_entries
from noticepress.history import trace_notice
from noticepress.library import load_library, read_library
from noticepress.lookup import find_answer
from noticepress.manifest import build_manifest, build_notices, verify_editions
from noticepress.model import AsOf
from noticepress.sealing import seal_version
from noticepress.site import build_site
from noticepress.withdrawals import (
    Cancellation,
    name_reasons,
    prepare_removal,
    prepare_withdrawal,
    remove_text,
    withdraw_version,
)
from tests.acme import FIRST, NOTICE, REGIONS, SECOND, read_tree, release, replace_text, states_of, trace, write_file
from tests.crashes import crash_at_any_step, kill_while_it_writes
from tests.terminal import ROOT

FILE = f"content/{NOTICE}/versions/{SECOND}/withdrawn.yml"
CANCELLED = datetime(2024, 5, 15, 12, tzinfo=UTC)
LATER = date(2024, 6, 10)
REASON = {"en": "The provider was not changed after all.", "de": "Es bleibt beim Anbieter."}


def prepare(site: Path, name: str = SECOND, as_of: AsOf = CANCELLED) -> Cancellation:
    return prepare_withdrawal(read_library(site), NOTICE, name, as_of, {"en": REASON["en"]}, by="Legal")


def withdraw(site: Path, name: str = SECOND, as_of: AsOf = CANCELLED) -> None:
    withdraw_version(site, prepare(site, name, as_of))


def find_reasons(site: Path, name: str = SECOND, as_of: AsOf = CANCELLED) -> list[str]:
    before = read_tree(site)
    with pytest.raises(NoticeError) as caught:
        prepare(site, name, as_of)
    assert read_tree(site) == before
    return [f"{problem.id} {problem.message}" for problem in caught.value.problems]


# ---- what is written


def test_a_withdrawal_is_one_file_more_and_nothing_else(site: Path) -> None:
    before = read_tree(site)
    found = prepare(site)
    withdraw_version(site, found)
    assert read_tree(site) == {**before, FILE: found.content}
    version = load_library(site).versions[NOTICE][-1]
    assert version.withdrawn is not None
    assert (version.withdrawn.instant, version.withdrawn.reason, version.withdrawn.by) == (
        CANCELLED,
        {"en": REASON["en"]},
        "Legal",
    )


def test_a_withdrawal_that_was_changed_is_told(site: Path) -> None:
    withdraw(site)
    replace_text(site, FILE, "not changed", "changed")
    assert [f"{p.source}: {p.id} {p.message}" for p in read_library(site).problems] == [
        f"{FILE}:1:1: DV05 differs from what was sealed"
    ]


def test_a_withdrawal_belongs_to_its_version(site: Path) -> None:
    withdraw(site)
    elsewhere = f"content/{NOTICE}/versions/{FIRST}/withdrawn.yml"
    write_file(site, elsewhere, (site / FILE).read_text(encoding="utf-8"))
    (told,) = [p.message for p in read_library(site).problems if p.source.path == elsewhere]
    assert told.startswith(f"is the withdrawal of {NOTICE} {SECOND}, ")


def test_the_newest_living_version_is_one_that_was_not_withdrawn(site: Path) -> None:
    assert [version.id for version in load_library(site).list_living(NOTICE)] == [FIRST, SECOND]
    withdraw(site)
    library = load_library(site)
    assert [version.id for version in library.list_living(NOTICE)] == [FIRST]
    assert library.find_newest(NOTICE) is library.versions[NOTICE][0]
    assert library.find_newest("nobody") is None


# ---- when


@pytest.mark.parametrize("instant", ["2024-05-19T22:00:00+00:00", "2024-05-20T04:00:00+00:00", "2024-06-10"])
def test_what_applies_anywhere_cannot_be_withdrawn(site: Path, instant: str) -> None:
    as_of: AsOf = datetime.fromisoformat(instant) if "T" in instant else date.fromisoformat(instant)
    assert find_reasons(site, as_of=as_of) == [
        f"DV06 version {SECOND} is in force since 2024-05-20 in elsewhere (Europe/Madrid)"
    ]


def test_a_moment_before_it_applies_it_can(site: Path) -> None:
    withdraw(site, as_of=datetime(2024, 5, 19, 21, 59, 59, tzinfo=UTC))
    assert states_of(trace(site, LATER))[SECOND] == "withdrawn"


def test_nothing_is_withdrawn_twice(site: Path) -> None:
    withdraw(site)
    assert find_reasons(site) == [f"DV06 version {SECOND} was withdrawn already, at 2024-05-15T12:00:00Z"]


def test_a_reason_in_a_language_of_the_site_is_needed(site: Path) -> None:
    with pytest.raises(NoticeError) as caught:
        prepare_withdrawal(read_library(site), NOTICE, SECOND, CANCELLED, {"de": REASON["de"]})
    assert [problem.id for problem in caught.value.problems] == ["CN01", "TR06"]
    with pytest.raises(UsageError, match="a reason says something"):
        name_reasons({"en": "  "})


def test_what_does_not_exist_is_wrong_usage(site: Path) -> None:
    with pytest.raises(UsageError, match="there is no version '2024-05-21'"):
        prepare(site, "2024-05-21")


# ---- what follows


@pytest.mark.parametrize(
    ("moment", "first", "second"),
    [
        ("2024-05-06T08:29:59+00:00", "in-force", "adopted"),
        ("2024-05-06T08:30:00+00:00", "in-force", "announced"),
        ("2024-05-15T11:59:59+00:00", "in-force", "announced"),
        ("2024-05-15T12:00:00+00:00", "in-force", "withdrawn"),
        ("2024-05-20T04:00:00+00:00", "in-force", "withdrawn"),
        ("2030-01-01T00:00:00+00:00", "in-force", "withdrawn"),
    ],
)
def test_from_its_withdrawal_on_a_version_never_applies(site: Path, moment: str, first: str, second: str) -> None:
    withdraw(site)
    assert states_of(trace(site, datetime.fromisoformat(moment))) == {FIRST: first, SECOND: second}


def test_what_it_would_have_replaced_goes_on_without_an_end(site: Path) -> None:
    withdraw(site)
    before, after = (trace(site, moment).standings for moment in (datetime(2024, 5, 10, tzinfo=UTC), CANCELLED))
    assert before[0].until == before[1].effective
    assert (after[0].until, after[0].successor) == (None, None)
    assert (after[1].until, after[1].has_applied, after[1].is_visible) == (None, False, True)
    answer = find_answer(load_library(site), NOTICE, "US", "en", LATER)
    assert (answer.standing.version.id, answer.standing.until) == (FIRST, None)


def test_a_version_that_nobody_was_told_of_disappears(site: Path) -> None:
    withdraw(site, as_of=datetime(2024, 5, 2, tzinfo=UTC))
    line = trace(site, LATER)
    assert states_of(line) == {FIRST: "in-force", SECOND: "withdrawn"}
    assert [standing.version.id for standing in line.visible] == [FIRST]


def test_a_correction_is_withdrawn_with_what_it_corrects(site: Path) -> None:
    path = f"content/{NOTICE}/correction.yml"
    write_file(site, path, "class: editorial\nerrata:\n  - {old: Pages you, new: Pages that you, locale: en}\n")
    as_of = datetime(2024, 5, 10, tzinfo=UTC)
    seal_version(site, prepare_correction(read_library(site), NOTICE, SECOND, as_of).sealing)
    withdraw(site)
    assert states_of(trace(site, LATER)) == {FIRST: "in-force", SECOND: "withdrawn", f"{SECOND}.1": "withdrawn"}
    write_file(site, path, "class: editorial\nerrata:\n  - {old: To answer, new: To reply to, locale: en}\n")
    with pytest.raises(NoticeError, match="it never applied, and there is nothing to correct"):
        prepare_correction(read_library(site), NOTICE, SECOND, as_of)


@pytest.mark.parametrize("day", ["2024-05-18", "2024-07-20"])
def test_the_next_version_follows_what_is_in_force_on_another_day(site: Path, day: str) -> None:
    withdraw(site, as_of=datetime(2024, 5, 8, tzinfo=UTC))
    path = f"content/{NOTICE}/next.yml"
    write_file(site, path, f"effective: {SECOND}\nclass: minor\nsummary: Other days.\n")
    with pytest.raises(NoticeError, match=f"version {SECOND} was withdrawn, and its name stays taken"):
        release(site, as_of=date(2024, 5, 9))
    write_file(
        site,
        path,
        f"effective: {day}\nclass: material\nannounced: 2024-05-09T00:00:00+00:00\n"
        "summary: {en: Longer., es: Más., ja: 長く。, ar: أطول.}\nreason: We asked readers.\n"
        "impact: {en: Longer., es: Más., ja: 長く。, ar: أطول.}\n"
        "options: {en: Write., es: Escriba., ja: 連絡。, ar: اكتب.}\napproved_by: Legal\nchannels: [email]\n",
    )
    write_file(
        site,
        "waivers.yml",
        f"waivers:\n  - {{check: DV03, scope: {path}, reason: a test, by: Legal, until: 2030-01-01}}\n",
    )
    release(site, as_of=date(2024, 5, 9))
    versions = {version.id: version for version in load_library(site).versions[NOTICE]}
    assert versions[day].previous == versions[SECOND].sha256
    line = trace(site, date(2024, 8, 1))
    assert states_of(line) == {FIRST: "superseded", SECOND: "withdrawn", day: "in-force"}
    found = line.find(day)
    assert found is not None
    assert found.predecessor == (versions[FIRST], "americas")


# ---- what visitors and programs see


def test_pages_and_files_tell_of_it(site: Path) -> None:
    withdraw(site)
    library = load_library(site)
    view = build_site(library, LATER, [ROOT / "templates"])
    pages = {page.path: page for page in view.pages}
    own = view.render(pages[f"en/{NOTICE}/americas/{SECOND}/"])
    assert "Withdrawn: this version never applied" in own.body
    assert REASON["en"] in own.body
    assert 'datetime="2024-05-06' in own.body
    assert 'datetime="2024-05-15' in own.body
    assert "noindex" in own.head
    assert "withdrawn" in view.render(pages[f"en/{NOTICE}/americas/history/"]).body
    current = view.render(pages[f"en/{NOTICE}/americas/"])
    assert "A new version applies from" not in current.body
    assert "successor-version" not in current.head
    files = dict(view.files())
    assert f"en/{NOTICE}/americas/{SECOND}/notice.md" in files


def test_feeds_tell_of_it_beside_the_announcement(site: Path) -> None:
    before = {entry.id: entry for entry in list_entries(site, date(2024, 5, 14))}
    withdraw(site)
    after = list_entries(site, LATER)
    added = [entry for entry in after if entry.id not in before]
    assert {entry.id: entry for entry in after if entry.id in before} == before
    assert {(entry.region, entry.kind) for entry in added} == {(region, "withdrawn") for region in REGIONS}
    assert {(entry.announced, entry.updated, entry.summary) for entry in added} == {
        (CANCELLED, CANCELLED, REASON["en"])
    }
    assert all(entry.id.endswith("/withdrawn") for entry in added)
    assert after[0].kind == "withdrawn"


def list_entries(site: Path, as_of: AsOf) -> list[Entry]:
    library = load_library(site)
    lines = {NOTICE: trace_notice(NOTICE, library.versions[NOTICE], as_of)}
    return list(find_entries(lines, library.settings))


def test_data_files_tell_of_it(site: Path) -> None:
    withdraw(site)
    library = load_library(site)
    for moment, told in ((date(2024, 5, 14), None), (LATER, "2024-05-15T12:00:00Z")):
        lines = {NOTICE: trace_notice(NOTICE, library.versions[NOTICE], moment)}
        manifest = build_manifest(lines, library.versions, library.settings)
        found = {version["version"]: version.get("withdrawn") for version in manifest["versions"]}
        assert found == {FIRST: None, SECOND: told}
        texts = dict(build_site(library, moment, [ROOT / "templates"]).files())
        assert not verify_editions(manifest, texts.get)
        [notice] = build_notices(lines, library, moment)["notices"]
        versions = {item["version"]: item for item in notice["lines"][0]["versions"]}
        assert versions[SECOND]["withdrawn"] == told
        assert (versions[SECOND]["state"] == "withdrawn") == bool(told)


# ---- one text


def remove(site: Path) -> None:
    remove_text(
        site,
        prepare_removal(read_library(site), NOTICE, FIRST, "americas/es", LATER, reason={"en": "A court said so."}),
    )


def test_a_text_that_is_taken_away_leaves_its_hash_and_says_so(site: Path) -> None:
    before = load_library(site).versions[NOTICE][0].editions["americas", "es"]
    remove(site)
    library = load_library(site)
    version = library.versions[NOTICE][0]
    after = version.editions["americas", "es"]
    assert not (site / before.path).exists()
    assert after.sha256 == before.sha256
    assert "A court said so." in after.text
    assert before.sha256 in after.text
    assert "Se eliminó el texto" in after.text
    assert {key for key, _ in version.removals.items()} == {("americas", "es")}
    view = build_site(library, LATER, [ROOT / "templates"])
    files = dict(view.files())
    assert files[f"es/{NOTICE}/americas/{FIRST}/notice.md"].decode() == after.text
    lines = {NOTICE: trace_notice(NOTICE, library.versions[NOTICE], LATER)}
    assert not verify_editions(build_manifest(lines, library.versions, library.settings), files.get)
    pages = {page.path: page for page in view.pages}
    assert "A court said so." in view.render(pages[f"es/{NOTICE}/americas/{FIRST}/"]).body
    redline = view.render(pages[f"es/{NOTICE}/americas/compare/{FIRST}/{SECOND}/"]).body
    assert "A court said so." not in redline
    assert before.text.split("\n")[-2] not in redline


def test_a_text_that_was_removed_may_not_come_back(site: Path) -> None:
    text = load_library(site).versions[NOTICE][0].editions["americas", "es"]
    remove(site)
    with pytest.raises(NoticeError, match="the text was removed already"):
        remove(site)
    write_file(site, text.path, text.text)
    assert [f"{p.source}: {p.id} {p.message}" for p in read_library(site).problems] == [
        f"{text.path}:1:1: DV05 its text was removed, but it is still here"
    ]


def test_a_removal_that_was_changed_or_put_elsewhere_is_told(site: Path) -> None:
    remove(site)
    folder = f"content/{NOTICE}/versions/{FIRST}/americas"
    sealed = (site / folder / "es.removed.yml").read_text(encoding="utf-8")
    write_file(site, f"{folder}/en.removed.yml", sealed)
    replace_text(site, f"{folder}/es.removed.yml", "court", "Court")
    told = {problem.source.path: problem.message for problem in read_library(site).problems}
    assert told[f"{folder}/es.removed.yml"] == "differs from what was sealed"
    assert told[f"{folder}/en.removed.yml"].startswith("is the removal of another text: ")


def test_only_a_text_that_exists_can_be_removed(site: Path) -> None:
    with pytest.raises(UsageError, match="has no text 'asia/es'; write one of americas/en"):
        prepare_removal(read_library(site), NOTICE, FIRST, "asia/es", LATER, reason={"en": "x"})


# ---- whole or not at all


def test_a_crash_at_any_step_leaves_a_whole_withdrawal_or_none(tmp_path: Path, history: Path) -> None:
    def make(name: str) -> Path:
        return Path(shutil.copytree(history, tmp_path / name))

    def check_whole_or_absent(site: Path) -> bool:
        assert not read_library(site).problems
        is_there = (site / FILE).exists()
        if not is_there:
            withdraw_version(site, found)
        assert (site / FILE).read_bytes() == found.content
        return is_there

    found = prepare(make("prepared"))
    crash_at_any_step(make, lambda site: withdraw_version(site, found), check_whole_or_absent)


def test_a_killed_command_leaves_a_whole_withdrawal_or_none(site: Path) -> None:
    words = ["withdraw", NOTICE, SECOND, "--reason", REASON["en"], "--as-of", CANCELLED.isoformat()]
    kill_while_it_writes(site, *words)
    assert not read_library(site).problems
    if not (site / FILE).exists():
        withdraw(site)
    assert states_of(trace(site, LATER))[SECOND] == "withdrawn"
