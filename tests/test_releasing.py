"""The commands that seal, as people and pipelines meet them: what they show, what they write, and how they end."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path

import pytest

from tests.acme import DRAFTING, FIRST, LOCALES, NOTICE, SECOND, make_site, read_tree, replace_text, write_file
from tests.terminal import Shell

RECORD = f"content/{NOTICE}/correction.yml"
CORRECTION = "class: editorial\nerrata:\n  - {old: Pages you read, new: Pages that you read, locale: en}\n"
LATER = "2024-06-10"


# ---- release


def test_a_dry_run_shows_everything_and_writes_nothing(run: Shell, preparing: Path) -> None:
    before = read_tree(preparing)
    words = ["release", NOTICE, "--site", preparing, "--as-of", "2024-05-01", "--dry-run"]
    found = run(*words)
    assert found.code == 0
    assert "would be sealed; nothing was written" in found.out
    assert f"content/{NOTICE}/versions/{SECOND}/americas/en.md" in found.out
    printed = run(*words, "--format", "json")
    assert json.loads(printed.out)["written"] is False
    assert read_tree(preparing) == before


def test_a_release_writes_what_it_tells(run: Shell, tmp_path: Path) -> None:
    site = make_site(tmp_path)
    before = read_tree(site)
    words = ["release", NOTICE, "--site", site, "--as-of", DRAFTING, "--format", "json"]
    found = run(*words)
    data = json.loads(found.out)
    assert found.code == 0
    assert (data["notice"], data["version"], data["written"]) == (NOTICE, FIRST, True)
    assert set(read_tree(site)) == set(before) - {f"content/{NOTICE}/next.yml"} | set(data["files"])
    again = run(*words)
    assert (again.code, again.out) == (1, "")
    assert "nothing is being prepared" in again.err
    assert "nothing was written" in again.err


def test_a_release_is_refused_with_every_reason(run: Shell, tmp_path: Path) -> None:
    site = make_site(tmp_path)
    (site / f"content/{NOTICE}/es.md").unlink()
    replace_text(site, f"content/{NOTICE}/en.md", "{{ organisation }}", "{{ organization }}")
    before = read_tree(site)
    found = run("release", NOTICE, "--site", site, "--as-of", DRAFTING)
    assert (found.code, found.out) == (1, "")
    assert "TR01" in found.err
    assert "FE05" in found.err
    assert read_tree(site) == before


def test_what_the_disk_refuses_ends_with_three(run: Shell, tmp_path: Path) -> None:
    site = make_site(tmp_path)
    before = read_tree(site)

    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    run.monkeypatch.setattr(os, "fsync", refuse)
    found = run("release", NOTICE, "--site", site, "--as-of", DRAFTING)
    assert (found.code, found.out) == (3, "")
    assert f"content/{NOTICE}/versions/{FIRST} could not be written: No space left on device; look at" in found.err
    assert read_tree(site) == before


def test_a_dry_run_prints_every_file_with_all_it_holds(run: Shell, preparing: Path) -> None:
    words = ["release", NOTICE, "--site", preparing, "--as-of", "2024-05-01", "--dry-run"]
    data = run.read_json("release.json", *words)
    assert list(data["contents"]) == data["files"]
    told = run(*words).out
    summary = told[told.rindex("-" * 78) :].splitlines()  # what a terminal shows last
    assert [line.split()[0] for line in summary[1 : len(data["files"]) + 1]] == data["files"]
    assert summary[-1].endswith("nothing was written.")
    for path, content in data["contents"].items():
        assert f"  {path}  {len(content.encode()):,} bytes\n" in told
        assert f"---- {path} " in told
        assert content in told
    assert "class: minor" in told
    assert "legal_name: Acme Research Inc." in told


def test_a_release_tells_the_earliest_date_and_the_least_class(run: Shell, preparing: Path) -> None:
    words = ["release", NOTICE, "--site", preparing, "--as-of", "2024-05-01", "--dry-run"]
    told = run(*words).out
    assert "class      minor at least\n" in told
    assert told.count("2024-05-14") == 1
    assert "earliest   2024-05-14 in americas and elsewhere: 7 whole days after 2024-05-06\n" in told
    data = run.read_json("release.json", *words)
    assert data["minimum"] == "minor"
    assert data["reasons"]
    assert {item["region"]: item["earliest"] for item in data["leads"]} == {
        "americas": "2024-05-14",
        "elsewhere": "2024-05-14",
    }
    assert all(item["reasons"] for item in data["leads"])


def test_a_refusal_for_the_date_tells_the_earliest_one(run: Shell, preparing: Path, tmp_path: Path) -> None:
    site = Path(shutil.copytree(preparing, tmp_path / "site"))
    replace_text(site, f"content/{NOTICE}/next.yml", f"effective: {SECOND}", "effective: 2024-05-08")
    found = run("release", NOTICE, "--site", site, "--as-of", "2024-05-01")
    assert (found.code, found.out) == (1, "")
    assert " DV03 a minor change: 1 whole day between announcement (2024-05-06) and effect (2024-05-08)" in found.err
    assert found.err.count("hint: 2024-05-14 is the earliest date that is allowed\n") == 1
    assert found.err.endswith("nothing was written.\n")


def test_a_release_tells_its_warnings_and_what_was_waived(run: Shell, preparing: Path, tmp_path: Path) -> None:
    site = Path(shutil.copytree(preparing, tmp_path / "site"))
    path = f"content/{NOTICE}/next.yml"
    replace_text(site, path, f"effective: {SECOND}", "effective: 2024-05-08")
    for locale in LOCALES:
        replace_text(site, f"content/{NOTICE}/{locale}.md", "https://authorities", "http://authorities")
    waiver = f"{{check: DV03, scope: {path}, reason: A court asks for it., by: Legal, until: 2024-05-09}}"
    write_file(site, "waivers.yml", f"waivers:\n  - {waiver}\n")
    write_file(site, "content/other/notice.yml", "title: Other\n")
    write_file(site, "content/other/en.md", "# Other\n\nSee <http://a.example/>.\n")
    write_file(site, "content/other/es.md", "# Otro\n\nVea <http://a.example/>.\n")
    words = ["--site", site, "--as-of", "2024-05-01"]
    waived = f"waived: {path}:1:1: DV03 (A court asks for it.; by Legal, until 2024-05-09)\n"
    checked = run("check", *words).out
    assert waived in checked
    assert checked.index(waived) > checked.rindex("hint:")
    assert run("check", *words, "--select", "DV").out == f"{waived}nothing found; 1 waived in waivers.yml.\n"
    told = run("release", NOTICE, *words).out
    assert f"content/{NOTICE}/en.md:32:43: LC02 warning: an unprotected link" in told
    assert "none of them stops a release.\n" + waived + "1 finding waived in waivers.yml.\n" in told
    assert "content/other" not in told
    assert told.endswith(f"{NOTICE} 2024-05-08 is sealed. Next: commit it, then 'build'.\n")


# ---- correct


def test_a_correction_is_shown_then_written(run: Shell, site: Path) -> None:
    write_file(site, RECORD, CORRECTION)
    before = read_tree(site)
    words = ["correct", NOTICE, SECOND, "--site", site, "--as-of", LATER]
    shown = run(*words, "--dry-run")
    assert shown.code == 0
    assert "erratum    en: [-Pages you read-] {+Pages that you read+}" in shown.out
    assert f"---- content/{NOTICE}/versions/{SECOND}.1/version.yml " in shown.out
    assert f"hint: content/{NOTICE}/en.md still says" in shown.err
    assert shown.out.endswith(f"{SECOND}.1, a revision of {SECOND}, would be sealed; nothing was written.\n")
    assert read_tree(site) == before
    data = run.read_json("correct.json", *words)
    assert (data["version"], data["corrects"], data["class"], data["minimum"], data["written"]) == (
        f"{SECOND}.1",
        SECOND,
        "editorial",
        "editorial",
        True,
    )
    assert data["errata"] == [
        {"old": "Pages you read", "new": "Pages that you read", "region": None, "locale": "en"},
    ]
    assert set(read_tree(site)) == set(before) - {RECORD} | set(data["files"])
    assert run("verify", "--site", site).code == 0
    assert "corrected" in run("status", "--site", site, "--as-of", LATER).out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["correct", NOTICE, "2024-05-21"], 2, "there is no version '2024-05-21'"),
        (["correct", "nobody", SECOND], 2, "there is no notice 'nobody'"),
        (["correct", NOTICE, SECOND, "--class", "huge"], 2, "--class"),
        (["correct", NOTICE, SECOND, "--add", "fr"], 2, "'fr' is not a language of this site"),
        (["correct", NOTICE, SECOND], 1, "there is nothing to correct"),
        (["withdraw", NOTICE, SECOND], 2, "--reason"),
        (["withdraw", NOTICE, SECOND, "--reason", " "], 2, "a reason says something"),
        (["withdraw", NOTICE, "2024-05-21", "--reason", "x"], 2, "there is no version '2024-05-21'"),
        (["withdraw", NOTICE, SECOND, "--reason", "x"], 1, "is in force since"),
        (["withdraw", NOTICE, SECOND, "--reason", "x"], 1, "release a new version instead"),
    ],
)
def test_what_cannot_be_done_writes_nothing(run: Shell, history: Path, words: list[str], code: int, told: str) -> None:
    before = read_tree(history)
    found = run(*words, "--site", history, "--as-of", LATER)
    assert (found.code, found.out) == (code, "")
    assert told in found.err
    assert read_tree(history) == before


# ---- withdraw


def test_a_withdrawal_is_shown_then_written(run: Shell, site: Path) -> None:
    before = read_tree(site)
    path = f"content/{NOTICE}/versions/{SECOND}/withdrawn.yml"
    words = ["withdraw", NOTICE, SECOND, "--site", site, "--as-of", "2024-05-15", "--reason", "Not needed."]
    words += ["--reason-in", "es", "No hace falta.", "--by", "Legal"]
    shown = run(*words, "--dry-run")
    assert f"---- {path} " in shown.out
    assert "es: No hace falta." in shown.out
    assert shown.out.endswith(f"{NOTICE} {SECOND} would be withdrawn; nothing was written.\n")
    assert read_tree(site) == before
    data = run.read_json("withdraw.json", *words)
    assert (data["files"], data["written"]) == ([path], True)
    assert set(read_tree(site)) == {*before, path}
    status = run.read_json("status.json", "status", "--site", site, "--as-of", LATER)
    states = {item["version"]: item["state"] for item in status["notices"][0]["versions"]}
    assert states[SECOND] == "withdrawn"
    shown = run("show", NOTICE, "--territory", "ES", "--locale", "es", "--on", LATER, "--site", site)
    assert f"version {SECOND}" not in shown.out
    assert "un mes" in shown.out
    assert run("verify", "--site", site).code == 0
