"""The command line as people and pipelines meet it: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import noticepress
from noticepress.cli import main, now, parse_as_of
from noticepress.errors import UsageError
from noticepress.schemas import output_schemas
from tests.acme import (
    DRAFTING,
    FIRST,
    NOTICE,
    SECOND,
    make_history,
    make_site,
    prepare_second,
    release,
    replace_text,
    write_file,
)

ROOT = Path(__file__).parent.parent
COMMANDS = [
    *("build", "serve", "check", "status", "diff", "release", "correct", "withdraw", "translations", "show", "verify"),
    "transitions",
]
THEN = "2024-03-01"
"""A day on which the first version is in force and the second is not announced."""


@dataclass(frozen=True)
class Run:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


class Shell:
    """Runs commands in this process, as from a prompt."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys

    def __call__(self, *words: object) -> Run:
        self.monkeypatch.setattr(sys, "argv", ["noticepress", *map(str, words)])
        code = main()
        out, err = self.capsys.readouterr()
        assert "Traceback" not in out + err
        return Run(code, out, err)

    def read_json(self, schema: str, *words: object, code: int = 0) -> Any:  # noqa: ANN401 - any plain data
        """What a command prints as JSON, held against its published schema; it prints nothing else."""
        found = self(*words, "--format", "json")
        assert (found.code, found.err) == (code, "")
        data = json.loads(found.out)
        Draft202012Validator(output_schemas()[schema]).validate(data)
        return data


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    for name in ("NOTICEPRESS_AS_OF", "NOTICEPRESS_DRAFTS", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    return Shell(monkeypatch, capsys)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two versions sealed, nothing being prepared: to be read, never to be changed."""
    return make_history(tmp_path_factory.mktemp("history"))


@pytest.fixture(scope="module")
def preparing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One version sealed, the second being prepared: to be read, never to be changed."""
    site = make_site(tmp_path_factory.mktemp("preparing"))
    release(site)
    prepare_second(site)
    return site


def digest_tree(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def start(words: Sequence[object], **environment: str) -> subprocess.Popen[bytes]:
    """A command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, str(ROOT / "site_build.py"), *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
    )


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
        (["diff", NOTICE, "--from", "2020-01-01"], f"there are: {FIRST}, {SECOND}"),
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


# ---- check


def test_a_site_without_faults_is_told_so(run: Shell, history: Path) -> None:
    found = run("check", "--site", history, "--as-of", "2024-06-01")
    assert (found.code, found.out, found.err) == (0, "nothing found.\n", "")
    assert run.read_json("check.json", "check", "--site", history)["problems"] == []


def test_faults_are_told_together_and_end_with_one(run: Shell, tmp_path: Path) -> None:
    site = make_site(tmp_path)
    replace_text(site, f"content/{NOTICE}/en.md", "{{ organisation }}", "{{ contact.dpo }}")
    replace_text(site, "entities/acme-inc.yml", "legal_name", "legal_nom")
    found = run("check", "--site", site, "--as-of", DRAFTING)
    assert found.code == 1
    assert re.search(r"^entities/acme-inc\.yml:3:\d+: YAML .*\n    hint: ", found.out, re.MULTILINE)
    assert found.out.endswith("mend these before you build or release.\n")
    problems = run.read_json("check.json", "check", "--site", site, "--as-of", DRAFTING, code=1)
    assert list(problems) == ["problems"]
    replace_text(site, "entities/acme-inc.yml", "legal_nom", "legal_name")
    found = run("check", "--site", site, "--as-of", DRAFTING)
    assert f"content/{NOTICE}/en.md:3:" in found.out
    assert "FE05" in found.out


def test_warnings_alone_stop_nothing(run: Shell, tmp_path: Path) -> None:
    site = make_site(tmp_path)
    (site / f"content/{NOTICE}/ja.md").unlink()
    found = run("check", "--site", site, "--as-of", DRAFTING)
    assert found.code == 0
    assert "warning" in found.out


# ---- status and transitions


def test_status_tells_where_each_version_stands(run: Shell, history: Path) -> None:
    found = run.read_json("status.json", "status", "--site", history, "--as-of", "2024-05-10")
    versions = found["notices"][0]["versions"]
    assert {(item["version"], item["region"], item["state"]) for item in versions} == {
        (FIRST, "americas", "in-force"),
        (FIRST, "elsewhere", "in-force"),
        (SECOND, "americas", "announced"),
        (SECOND, "elsewhere", "announced"),
    }
    assert {item["until"] for item in versions} == {None, SECOND}
    assert [item["kind"] for item in found["transitions"][:2]] == ["effective", "effective"]
    told = run("status", "--site", history, "--as-of", "2024-05-10")
    assert re.search(rf"^  {FIRST}  elsewhere  in-force .* 2024-05-20 ", told.out, re.MULTILINE)


def test_status_tells_what_is_being_prepared(run: Shell, preparing: Path) -> None:
    [draft] = run.read_json("status.json", "status", "--site", preparing, "--as-of", THEN)["drafts"]
    assert (draft["version"], draft["class"], draft["prepared"]) == (SECOND, "minor", True)
    assert f"{SECOND} (minor) is being prepared" in run("status", "--site", preparing, "--as-of", THEN).out


@pytest.mark.parametrize("command", [["status"], ["diff", NOTICE]])
def test_regions_that_do_not_part_the_world_are_told_not_thrown(run: Shell, tmp_path: Path, command: list[str]) -> None:
    site = make_history(tmp_path)
    replace_text(site, "entities/regions.yml", '["019"]', '["Narnia"]')
    found = run(*command, "--site", site)
    assert (found.code, found.out) == (1, "")
    assert "entities/regions.yml" in found.err
    assert "Narnia" in found.err


def test_transitions_are_the_instants_ahead_in_order(run: Shell, history: Path) -> None:
    found = run.read_json("transitions.json", "transitions", "--site", history, "--as-of", "2024-05-10")
    instants = [item["instant"] for item in found["transitions"]]
    assert instants == sorted(instants)
    assert instants[0] == "2024-05-19T22:00:00Z"
    every = run.read_json("transitions.json", "transitions", "--site", history, "--as-of", "2024-05-10", "--all")
    assert every["transitions"][-len(instants) :] == found["transitions"]
    assert len(every["transitions"]) > len(instants)
    assert run("transitions", "--site", history, "--as-of", "2030-01-01").out == "none ahead.\n"
    told = run("transitions", "--site", history, "--as-of", "2024-05-10").out
    assert "2024-05-19T22:00:00Z  2024-05-20 00:00 Europe/Madrid" in told


# ---- show


@pytest.mark.parametrize(
    ("asked", "version", "region", "given", "entities"),
    [
        (("US", "en", "2024-03-01"), FIRST, "americas", "en", ["acme-inc"]),
        (("ES", "es", "2024-03-01"), FIRST, "elsewhere", "es", ["acme-europe", "acme-iberia"]),
        (("JP", "ja", "2024-06-01"), SECOND, "elsewhere", "ja", ["acme-europe", "acme-iberia"]),
        (("US-CA", "es-MX", "2024-06-01"), SECOND, "americas", "es", ["acme-inc"]),
        # It is still the 19th in New York, and the 20th in Madrid.
        (("US", "en", "2024-05-20T00:00:00+02:00"), FIRST, "americas", "en", ["acme-inc"]),
        (("ES", "en", "2024-05-20T00:00:00+02:00"), SECOND, "elsewhere", "en", ["acme-europe", "acme-iberia"]),
    ],
)
def test_show_gives_the_words_that_applied_there_and_then(
    run: Shell,
    history: Path,
    *,
    asked: tuple[str, str, str],
    version: str,
    region: str,
    given: str,
    entities: list[str],
) -> None:
    territory, locale, day = asked
    words = ["show", NOTICE, "--site", history, "--territory", territory, "--locale", locale, "--on", day]
    found = run.read_json("show.json", *words)
    assert {
        key: found[key] for key in ("notice", "version", "state", "region", "locale", "effective", "entity_ids")
    } == {
        "notice": NOTICE,
        "version": version,
        "state": "in-force",
        "region": region,
        "locale": given,
        "effective": version,
        "entity_ids": entities,
    }
    sealed = (history / f"content/{NOTICE}/versions/{version}/{region}/{given}.md").read_bytes()
    assert found["text"].encode() == sealed
    assert found["sha256"] == hashlib.sha256(sealed).hexdigest()
    assert found["why"][0] == territory
    assert found["why"][-1] == region
    told = run(*words).out
    assert found["text"].rstrip("\n") in told
    assert f"version {version} (in-force)" in told


def test_on_and_as_of_are_the_same(run: Shell, history: Path) -> None:
    words = ["show", NOTICE, "--site", history, "--territory", "US", "--locale", "en"]
    assert run(*words, "--on", THEN) == run(*words, "--as-of", THEN)


def test_a_day_before_the_first_version_ends_with_one(run: Shell, history: Path) -> None:
    words = ["show", NOTICE, "--site", history, "--territory", "US", "--locale", "en", "--on", "2024-01-09"]
    found = run(*words)
    assert (found.code, found.out) == (1, "")
    assert "no version of website is in force in US on 2024-01-09" in found.err
    assert "'status'" in found.err


def test_a_language_that_was_never_written_falls_back_to_the_text_that_decides(run: Shell, tmp_path: Path) -> None:
    site = make_site(tmp_path)
    (site / f"content/{NOTICE}/ar.md").unlink()
    release(site)
    words = ["show", NOTICE, "--site", site, "--territory", "EG", "--locale", "ar", "--on", THEN]
    assert run.read_json("show.json", *words)["locale"] == "en"
    assert "language   en (not written in ar)" in run(*words).out


# ---- diff


def test_a_draft_is_compared_with_the_version_in_force(run: Shell, preparing: Path) -> None:
    words = ["diff", NOTICE, "--site", preparing, "--as-of", THEN]
    found = run(*words)
    assert (found.code, found.err) == (0, "")
    assert "[-one month-]" in found.out or "[-one-]" in found.out
    assert run(*words, "--to", "draft", "--from", FIRST) == found
    data = run.read_json("diff.json", *words)
    assert data["kind"] == "rendered"
    assert {change["section"] for change in data["changes"]} >= {"data"}


def test_sealed_versions_are_compared_by_region_and_language(run: Shell, history: Path) -> None:
    words = ["diff", NOTICE, "--site", history]
    assert run(*words).out == run(*words, "--from", FIRST, "--to", SECOND).out
    assert run(*words).err == f"no draft: comparing {FIRST} with {SECOND}\n"
    for silent in (["--to", SECOND], ["--format", "json"], ["--format", "html"]):
        assert run(*words, *silent).err == ""
    japanese = run.read_json("diff.json", *words, "--region", "elsewhere", "--locale", "ja")
    assert "か月" in "".join(text for _, text in japanese["ops"])
    forth = run.read_json("diff.json", *words, "--from", FIRST, "--to", SECOND)["ops"]
    old = "".join(text for op, text in forth if op in "=-<")
    back = run.read_json("diff.json", *words, "--from", SECOND, "--to", FIRST)["ops"]
    assert "".join(text for op, text in back if op in "=+>") == old


def test_files_are_compared_without_a_site(run: Shell, tmp_path: Path) -> None:
    run.monkeypatch.chdir(tmp_path)
    write_file(tmp_path, "old.md", "---\ntitle: x\n---\n# Notice\r\n\r\nWe keep it 30 days.\r\n")
    write_file(tmp_path, "new.md", "# Notice\n\nWe keep it 60 days.\n")
    words = ["diff", "--files", "old.md", "new.md"]
    assert "We keep it [-30-]{+60+} days." in run(*words).out
    data = run.read_json("diff.json", *words)
    assert ["-", "30"] in data["ops"]
    assert ["+", "60"] in data["ops"]
    html = run(*words, "--format", "html").out
    assert html.strip() == data["html"].strip()
    assert re.search(r"<del\b[^>]*>30</del>\s*<ins\b[^>]*>60</ins>", html)
    assert run("diff", "--files", "new.md", "new.md").out == "no changes.\n"


# ---- release


def test_a_dry_run_shows_everything_and_writes_nothing(run: Shell, preparing: Path) -> None:
    before = digest_tree(preparing)
    words = ["release", NOTICE, "--site", preparing, "--as-of", "2024-05-01", "--dry-run"]
    found = run(*words)
    assert found.code == 0
    assert "would be sealed; nothing was written" in found.out
    assert f"content/{NOTICE}/versions/{SECOND}/americas/en.md" in found.out
    printed = run(*words, "--format", "json")
    assert json.loads(printed.out)["written"] is False
    assert digest_tree(preparing) == before


def test_a_release_writes_what_it_tells(run: Shell, tmp_path: Path) -> None:
    site = make_site(tmp_path)
    before = digest_tree(site)
    words = ["release", NOTICE, "--site", site, "--as-of", DRAFTING, "--format", "json"]
    found = run(*words)
    data = json.loads(found.out)
    assert found.code == 0
    assert (data["notice"], data["version"], data["written"]) == (NOTICE, FIRST, True)
    assert set(digest_tree(site)) == set(before) - {f"content/{NOTICE}/next.yml"} | set(data["files"])
    again = run(*words)
    assert (again.code, again.out) == (1, "")
    assert "nothing is being prepared" in again.err
    assert "nothing was written" in again.err


def test_a_release_is_refused_with_every_reason(run: Shell, tmp_path: Path) -> None:
    site = make_site(tmp_path)
    (site / f"content/{NOTICE}/es.md").unlink()
    replace_text(site, f"content/{NOTICE}/en.md", "{{ organisation }}", "{{ organization }}")
    before = digest_tree(site)
    found = run("release", NOTICE, "--site", site, "--as-of", DRAFTING)
    assert (found.code, found.out) == (1, "")
    assert "TR01" in found.err
    assert "FE05" in found.err
    assert digest_tree(site) == before


def test_what_the_disk_refuses_ends_with_three(run: Shell, tmp_path: Path) -> None:
    site = make_site(tmp_path)
    before = digest_tree(site)

    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    run.monkeypatch.setattr(os, "fsync", refuse)
    found = run("release", NOTICE, "--site", site, "--as-of", DRAFTING)
    assert (found.code, found.out) == (3, "")
    assert f"content/{NOTICE}/versions/{FIRST} could not be written: No space left on device; look at" in found.err
    assert digest_tree(site) == before


# ---- build and verify


@pytest.fixture(scope="module")
def built(history: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built") / "site"
    words = ["build", "--site", history, "--as-of", "2024-06-01", "--out", out]
    process = start(words)
    told, complaint = process.communicate(timeout=120)
    assert process.returncode == 0, complaint
    pages = len(list(out.rglob("*.html")))
    assert told.decode() == f"{pages} pages in {out}\n"
    return out


def test_a_site_with_faults_is_not_built(run: Shell, tmp_path: Path) -> None:
    site = make_site(tmp_path / "acme")
    replace_text(site, f"content/{NOTICE}/en.md", "{{ organisation }}", "{{ organization }}")
    found = run("build", "--site", site, "--as-of", DRAFTING, "--out", tmp_path / "out")
    assert (found.code, found.out) == (1, "")
    assert "nothing was written" in found.err
    assert [path.name for path in tmp_path.iterdir()] == ["acme"]


def test_a_place_that_cannot_be_written_ends_with_three(run: Shell, history: Path, tmp_path: Path) -> None:
    write_file(tmp_path, "file", "in the way")
    found = run("build", "--site", history, "--as-of", "2024-06-01", "--out", tmp_path / "file" / "below")
    assert (found.code, found.out) == (3, "")
    assert "file" in found.err


def test_a_folder_that_is_not_ours_is_not_replaced(run: Shell, history: Path, tmp_path: Path) -> None:
    write_file(tmp_path, "thesis.txt", "mine")
    found = run("build", "--site", history, "--as-of", "2024-06-01", "--out", tmp_path)
    assert (found.code, found.out) == (2, "")
    assert "--out" in found.err
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_what_was_sealed_and_built_is_verified(run: Shell, history: Path, built: Path) -> None:
    found = run("verify", "--site", history, "--built", built)
    assert (found.code, found.err) == (0, "")
    assert found.out == f"2 versions, 16 editions, {built}: all hashes and the chain are right.\n"
    data = run.read_json("verify.json", "verify", "--site", history, "--built", built)
    manifest = json.loads((built / "manifest.json").read_bytes())
    assert (data["editions"], data["root"], data["problems"]) == (16, manifest["root"], [])
    assert run.read_json("verify.json", "verify", "--site", history)["root"] is None


@pytest.mark.parametrize("path", ["elsewhere/es.md", "version.yml", "facts.yml"])
def test_one_changed_character_ends_with_one_and_its_file(run: Shell, history: Path, tmp_path: Path, path: str) -> None:
    site = tmp_path / "site"
    shutil.copytree(history, site)
    target = site / f"content/{NOTICE}/versions/{FIRST}/{path}"
    raw = bytearray(target.read_bytes())
    place = raw.index(b"e", len(raw) // 2)
    raw[place] = ord("o")
    target.write_bytes(raw)
    found = run("verify", "--site", site)
    assert found.code == 1
    assert f"content/{NOTICE}/versions/{FIRST}/{path}" in found.out
    problems = run.read_json("verify.json", "verify", "--site", site, code=1)["problems"]
    assert f"content/{NOTICE}/versions/{FIRST}/{path}" in {problem["path"] for problem in problems}


def test_a_changed_page_of_a_built_site_ends_with_one(run: Shell, history: Path, built: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    shutil.copytree(built, out)
    text = next(out.rglob(f"en/{NOTICE}/americas/{FIRST}/notice.md"))
    text.write_text(text.read_text(encoding="utf-8") + ".", encoding="utf-8")
    found = run("verify", "--site", history, "--built", out)
    assert found.code == 1
    assert text.relative_to(out).as_posix() in found.out


def test_a_network_that_fails_ends_with_three(run: Shell, history: Path) -> None:
    found = run("verify", "--site", history, "--live", "http://127.0.0.1:9/")
    assert (found.code, found.out) == (3, "")
    assert "try again later" in found.err


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


@contextlib.contextmanager
def listen() -> Iterator[tuple[socket.socket, int]]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server, server.getsockname()[1]


def test_an_address_in_use_ends_with_three(preparing: Path) -> None:
    with listen() as (_, port):
        process = start(["serve", "--site", preparing, "--as-of", THEN, "--address", f"127.0.0.1:{port}"])
        _, err = process.communicate(timeout=120)
    assert process.returncode == 3
    assert b"Traceback" not in err
    assert b"in use" in err


def test_the_preview_shows_what_is_being_prepared_until_it_is_stopped(preparing: Path) -> None:
    with listen() as (_, port):
        pass
    process = start(["serve", "--site", preparing, "--as-of", THEN, "--address", f"127.0.0.1:{port}"])
    page = ""
    try:
        deadline = time.monotonic() + 60
        while not page and process.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                address = f"http://127.0.0.1:{port}/draft/en/{NOTICE}/americas/"
                page = urllib.request.urlopen(address, timeout=5).read().decode()
            time.sleep(0.1)
    finally:
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert "two months" in page, err
    assert process.returncode == 0
    assert b"Traceback" not in err


def test_a_mistake_is_shown_in_the_preview_until_it_is_mended(preparing: Path) -> None:
    with listen() as (_, port):
        pass
    text = preparing / "content" / NOTICE / "en.md"
    right = text.read_text(encoding="utf-8")
    process = start(["serve", "--site", preparing, "--as-of", THEN, "--address", f"127.0.0.1:{port}"])

    def wait_for(words: str) -> str:
        page, deadline = "", time.monotonic() + 60
        while words not in page and process.poll() is None and time.monotonic() < deadline:
            try:
                address = f"http://127.0.0.1:{port}/draft/en/{NOTICE}/americas/"
                page = urllib.request.urlopen(address, timeout=20).read().decode()
            except urllib.error.HTTPError as error:
                page = error.read().decode()
            except OSError:
                page = ""
            time.sleep(0.1)
        return page

    try:
        assert "two months" in wait_for("two months")
        text.write_text(right + "\n{{ nope }}\n", encoding="utf-8")
        assert "unknown value &#39;nope&#39;" in wait_for("nope")
        text.write_text(right, encoding="utf-8")
        assert "two months" in wait_for("two months")
    finally:
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert b"Traceback" not in err
