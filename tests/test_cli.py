"""The command line as people and pipelines meet it: its help, what it takes for now, and how it ends."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import noticepress
from noticepress.cli import now, parse_as_of
from noticepress.errors import UsageError
from tests.acme import FIRST, NOTICE, SECOND
from tests.terminal import ROOT, THEN, Shell, start

COMMANDS = [
    *("build", "serve", "check", "status", "diff", "release", "correct", "withdraw", "translations", "show", "verify"),
    "transitions",
]


# ---- help and usage


def test_help_lists_the_commands_in_the_order_of_a_days_work(run: Shell) -> None:
    found = run("--help")
    listed = re.findall(r"^  (\w+)  +(\S.*)$", found.out.partition("Commands:")[2], re.MULTILINE)
    assert found.code == 0
    assert [name for name, _ in listed] == COMMANDS
    assert all(told.endswith(".") and not told.endswith("...") for _, told in listed)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_every_command_explains_itself_and_its_options(run: Shell, command: str, flag: str) -> None:
    found = run(command, flag)
    assert found.code == 0
    assert "--site DIR" in found.out
    assert all(len(line) <= 100 for line in found.out.splitlines())
    options = re.findall(r"^  (-\S.*?)(?:  +(\S.*))?$(?=\n(?: {10,}(\S.*))?)", found.out, re.MULTILINE)
    assert options
    assert [name for name, told, below in options if not told and not below] == []


def test_nothing_asked_is_answered_with_the_help(run: Shell) -> None:
    found = run()
    assert found.code == 2
    assert "Commands:" in found.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["publish"], "No such command 'publish'"),
        (["status", "--fromat", "json"], "No such option '--fromat'. Did you mean '--format'?"),
        (["status", "--format", "xml"], "'xml' is not one of 'text', 'json'"),
        (["status", "--as-of", "tomorrow"], "'tomorrow' is no date; write 2012-03-09 or 2012-03-09T10:00:00+00:00"),
        (["status", "--as-of", "2024-01-01T10:00:00"], "has no offset from UTC; write 2024-01-01T10:00:00+00:00"),
        (["status", "--as-of", "2024-02-30"], "'2024-02-30' is no date"),
        (["status", "--site", "nowhere"], "Directory 'nowhere' does not exist"),
        (["--site", "nowhere", "status"], "Directory 'nowhere' does not exist"),
        (["show", NOTICE, "--locale", "en"], "Missing option '--territory'"),
        (["show", "--territory", "US", "--locale", "en"], "Missing argument 'NOTICE'"),
        (["show", NOTICE, "--territory", "UK", "--locale", "en"], "did you mean 'GB'?"),
        (["show", NOTICE, "--territory", "US", "--locale", "fr"], "'fr' is not a language of this site; it has: en"),
        (["show", "nobody", "--territory", "US", "--locale", "en"], "there is no notice 'nobody'; the site has:"),
        (["diff"], "name a notice, or two files with --files OLD NEW"),
        (["diff", NOTICE, "--files", __file__, __file__], "name a notice, or two files with --files OLD NEW"),
        (["diff", "--files", "a.md", "b.md"], "File 'a.md' does not exist"),
        (["diff", NOTICE, "--from", "2020-01-01"], f"are: {FIRST}, {SECOND}"),
        (["diff", NOTICE, "--to", "draft"], "nothing is being prepared for website"),
        (["diff", NOTICE, "--region", "mars"], "it has: americas, elsewhere"),
        (["diff", NOTICE, "--locale", "fr"], "choose with --locale: en, es, ja, ar"),
        (["release", "nobody"], "there is no notice 'nobody'; the site has: website"),
        (["verify", "--live", "privacy.acme.example"], "is no web address; write https://"),
        (["serve", "--address", "8000"], "'8000' is no address; write 127.0.0.1:8000"),
        (["serve", "--address", "127.0.0.1:99999"], "is no address"),
        (["build", "--out", "."], "choose another folder with --out"),
        (["build", "--out", "content/x"], "choose another folder with --out"),
    ],
)
def test_wrong_usage_ends_with_two_and_says_what_is_right(
    run: Shell, history: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    monkeypatch.chdir(history)
    found = run(*words)
    assert (found.code, found.out) == (2, "")
    assert told in " ".join(found.err.split())


def test_a_folder_that_is_no_site_is_wrong_usage(run: Shell, tmp_path: Path) -> None:
    for command in (["status"], ["check"], ["build"], ["verify"], ["transitions"], ["release", NOTICE]):
        found = run(*command, "--site", tmp_path)
        assert (found.code, found.out) == (2, "")
        assert "mkdocs.yml" in found.err
        assert "--site" in found.err


def test_the_site_may_be_named_before_and_after_the_command(
    run: Shell, history: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    after = run("status", "--site", history)
    assert after.code == 0
    assert run("--site", history, "status") == after
    assert run("--site", tmp_path, "status", "--site", history) == after
    monkeypatch.chdir(history)
    assert run("status") == after


def test_the_module_is_the_command() -> None:
    for words in (["-m", "noticepress"], [str(ROOT / "site_build.py")]):
        found = subprocess.run(
            [sys.executable, *words, "--version"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert found.stdout == f"noticepress, version {noticepress.__version__}\n"


# ---- now


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2012-03-09", date(2012, 3, 9)),
        ("2012-03-09T10:00:00+02:00", datetime(2012, 3, 9, 8, tzinfo=UTC)),
        ("2012-03-09T10:00:00Z", datetime(2012, 3, 9, 10, tzinfo=UTC)),
    ],
)
def test_a_moment_is_a_day_or_an_instant(text: str, expected: date | datetime) -> None:
    assert parse_as_of(text) == expected


@pytest.mark.parametrize("text", ["", "now", "2012-3-9", "0001-01-01T00:00:00+14:00", "2012-03-09T25:00Z"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is no date; write 2012-03-09"):
        parse_as_of(text)


def test_now_is_what_was_asked_for_then_the_epoch_then_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTICEPRESS_AS_OF", "2024-03-01")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert now() == date(2024, 3, 1)
    monkeypatch.delenv("NOTICEPRESS_AS_OF")
    assert now() == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    before = datetime.now(UTC)
    found = now()
    assert isinstance(found, datetime)
    assert before <= found <= datetime.now(UTC)


@pytest.mark.parametrize("epoch", ["soon", "9" * 30])
def test_a_wrong_epoch_is_wrong_usage(run: Shell, history: Path, epoch: str) -> None:
    run.monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    found = run("status", "--site", history)
    assert found.code == 2
    assert "SOURCE_DATE_EPOCH" in found.err


# ---- in the terminal


def test_nobody_reading_is_no_noise(history: Path) -> None:
    process = start(["show", NOTICE, "--site", history, "--territory", "US", "--locale", "en", "--on", THEN])
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 3


def test_a_terminal_without_the_letters_shows_the_rest_and_json_stays_utf_8(history: Path) -> None:
    words = ["show", NOTICE, "--site", history, "--territory", "JP", "--locale", "ja", "--on", THEN]
    out, err = start(words, PYTHONIOENCODING="latin-1", PYTHONUTF8="0").communicate()
    assert (b"??" in out, err) == (True, b"")
    out, err = start([*words, "--format", "json"], PYTHONIOENCODING="latin-1", PYTHONUTF8="0").communicate()
    assert "プライバシー" in json.loads(out.decode("utf-8"))["text"]


def test_an_interrupted_command_says_so(run: Shell, history: Path) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    run.monkeypatch.setattr("noticepress.library.load_library", interrupt)
    found = run("status", "--site", history)
    assert (found.code, found.err.strip()) == (3, "stopped.")


def test_an_error_of_the_disk_names_the_file_and_the_next_step(run: Shell, history: Path) -> None:
    def fail(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "content/x")

    run.monkeypatch.setattr("noticepress.library.load_library", fail)
    found = run("status", "--site", history)
    assert found.code == 3
    assert found.err == "content/x: Permission denied; look at the disk and at who may read and write there\n"
