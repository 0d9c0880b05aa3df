"""What translators and reviewers do at the prompt: what it tells, what it writes, and that it writes all or nothing."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polib
import pytest
from jsonschema import Draft202012Validator

from noticepress.cli import main
from noticepress.library import load_library
from noticepress.model import Pin
from noticepress.pins import find_section_states, hash_sections
from noticepress.schemas import output_schemas
from tests import acme

EN, ES, JA, PINS = (f"content/website/{name}" for name in ("en.md", "es.md", "ja.md", "translations.yml"))


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str


class Desk:
    """A prompt in Acme's site, where English has gone on and Japanese lacks a section besides."""

    def __init__(self, site: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
        self.site, self.capsys, self.monkeypatch = site, capsysbinary, monkeypatch

    def __call__(self, *words: object) -> Run:
        told = ["noticepress", "translations", *map(str, words), "--site", str(self.site)]
        self.monkeypatch.setattr(sys, "argv", told)
        code = main()
        out, err = (stream.decode() for stream in self.capsys.readouterr())
        assert "Traceback" not in out + err
        return Run(code, out, err)

    def digest(self) -> Mapping[str, str]:
        files = (path for path in self.site.rglob("*") if path.is_file())
        return {path.relative_to(self.site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    def states(self, locale: str) -> Mapping[str, str]:
        states = find_section_states(load_library(self.site), acme.NOTICE, locale)
        return {name: state for name, state in states.items() if state != "current"}


@pytest.fixture
def desk(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Desk:
    site = acme.make_history(tmp_path / "site")
    acme.replace_text(site, EN, "two months", "three months")
    acme.replace_text(site, JA, "## 目的 {#purposes}\n\n1. お返事をするため。\n2. *訪問*を数えるため。\n\n", "")
    return Desk(site, capsysbinary, monkeypatch)


# ---- status


def test_status_counts_the_sections_and_names_those_that_need_somebody(desk: Desk) -> None:
    found = desk("status")
    assert (found.code, found.err) == (0, "")
    assert found.out == (
        "notice   locale  required  sections  current  stale  missing  machine\n"
        "-------  ------  --------  --------  -------  -----  -------  -------\n"
        "website  es      yes       7         6        1      0        0\n"
        "website  ja      no        7         5        1      1        0\n"
        "website  ar      no        7         6        1      0        0\n"
        "website es: data\n"
        "website ja: data, purposes\n"
        "website ar: data\n"
        "next: mend them, then 'translations update'; or 'translations export' for a translator.\n"
    )


def test_status_as_data_keeps_its_schema(desk: Desk) -> None:
    data: Any = json.loads(desk("status", acme.NOTICE, "--format", "json").out)
    Draft202012Validator(output_schemas()["translations-status.json"]).validate(data)
    japanese = data["translations"][1]
    assert japanese["outdated"] == ["data", "purposes"]
    assert (japanese["current"], japanese["stale"], japanese["missing"]) == (5, 1, 1)


# ---- update


def test_what_was_reviewed_is_recorded_as_current(desk: Desk) -> None:
    acme.replace_text(desk.site, ES, "dos meses", "tres meses")
    before = desk.digest()
    found = desk("update", acme.NOTICE, "es", "data", ":opening", "--by", "Eva")
    assert (found.code, found.out) == (0, f"website es: recorded as current in {PINS}: data, :opening\n")
    hashes = hash_sections((desk.site / EN).read_text(encoding="utf-8"))
    pins = load_library(desk.site).pins[acme.NOTICE, "es"]
    assert pins == {name: Pin(hashes[name], "reviewed", "Eva") for name in ("", "data")}
    after = desk.digest()
    assert {path for path in after if after[path] != before.get(path)} == {PINS}
    assert set(before) - set(after) == set()


def test_pins_of_other_languages_stay(desk: Desk) -> None:
    desk("update", acme.NOTICE, "es", "data", "--by", "Eva")
    desk("update", acme.NOTICE, "ja", "--all", "--by", "Aiko")
    pins = load_library(desk.site).pins
    assert pins[acme.NOTICE, "es"]["data"].by == "Eva"
    assert list(pins[acme.NOTICE, "ja"]) == ["", "scope", "controller", "data", "rights", "changes"]
    assert desk.states("ja") == {"purposes": "missing"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nothing", "es", "data"], "there is no notice 'nothing'"),
        (["website", "en", "data"], "there is no translation into 'en'; the site translates into: es, ja, ar"),
        (["website", "fr", "--all"], "there is no translation into 'fr'"),
        (["website", "es", "aims"], "website has no section 'aims'; it has: :opening, scope, controller, data,"),
        (["website", "ja", "purposes"], "section 'purposes' is not in content/website/ja.md; translate it first"),
        (["website", "es"], "name the sections that were reviewed, or all of them with --all"),
        (["website", "es", "data", "--all"], "name the sections that were reviewed, or all of them with --all"),
    ],
)
def test_a_name_that_does_not_exist_is_refused(desk: Desk, words: list[str], told: str) -> None:
    before = desk.digest()
    found = desk("update", *words)
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith(told)
    assert desk.digest() == before


def test_a_disk_that_refuses_is_told_and_leaves_nothing_behind(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:  # noqa: ARG001 - as Path.replace
        raise OSError(28, "No space left on device", str(target))

    before = desk.digest()
    monkeypatch.setattr(Path, "replace", refuse)
    found = desk("update", acme.NOTICE, "es", "data")
    assert found.code == 3
    assert "No space left on device" in found.err
    assert desk.digest() == before


# ---- export and import


def export(desk: Desk, tmp_path: Path, locale: str = "ja", *more: str) -> Path:
    path = tmp_path / "words.po"
    assert desk("export", acme.NOTICE, locale, "--out", path, *more).code == 0
    return path


def translate(path: Path, **words: str) -> None:
    """Fill a file as a translator's tool does."""
    file = polib.pofile(str(path))
    for entry in file:
        if entry.msgctxt in words:
            entry.msgstr = words[entry.msgctxt]
            entry.flags = []
    file.save(str(path))


DATA = "## 収集するもの\n\n| データ | 期間 |\n|---|---|\n| **メール**アドレス | 一年 |\n| 閲覧したページ | 三か月 |"


def test_a_translation_goes_out_and_comes_back(desk: Desk, tmp_path: Path) -> None:
    path = export(desk, tmp_path)
    translate(path, data=DATA, purposes="## 目的\n\n1. お返事をするため。\n2. *訪問*を数えるため。")
    before = desk.digest()
    found = desk("import", path, "--by", "Aiko")
    assert (found.code, found.out) == (0, f"data, purposes: written to {JA} and {PINS}\n")
    assert (desk.site / JA).read_text(encoding="utf-8") == acme.FILES[JA].replace("一か月", "三か月")
    assert desk.states("ja") == {}
    after = desk.digest()
    assert {path for path in after if after[path] != before.get(path)} == {JA, PINS}
    assert (
        desk("export", acme.NOTICE, "ja").err == "website ja: nothing to translate; --all exports what is current too\n"
    )


def test_what_is_not_finished_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    path = export(desk, tmp_path)
    before = desk.digest()
    found = desk("import", path)
    assert (found.code, found.out) == (
        0,
        "still marked as needing work (fuzzy), or empty: left alone: data, purposes\nnothing was written.\n",
    )
    assert desk.digest() == before


def test_a_machine_s_words_wait_for_a_review(desk: Desk, tmp_path: Path) -> None:
    path = export(desk, tmp_path)
    translate(path, data=DATA)
    assert desk("import", path, "--machine").code == 0
    assert desk.states("ja") == {"data": "machine", "purposes": "missing"}
    assert desk("update", acme.NOTICE, "ja", "data", "--by", "Aiko").code == 0
    assert desk.states("ja") == {"purposes": "missing"}


def test_a_file_with_one_fault_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    path = export(desk, tmp_path)
    translate(path, data=DATA, purposes="no heading")
    acme.replace_text(desk.site, EN, "three months", "four months")
    before = desk.digest()
    found = desk("import", path)
    assert found.code == 1
    assert "TR02 the source of section data has changed since this was exported" in found.err
    assert "TR03 section purposes must hold its own heading and no other" in found.err
    assert found.err.endswith("2 problems; nothing was written.\n")
    assert desk.digest() == before


def test_a_file_of_another_site_is_refused(desk: Desk, tmp_path: Path) -> None:
    path = export(desk, tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("X-Notice: website", "X-Notice: app"), encoding="utf-8")
    assert desk("import", path).code == 2
    path.write_bytes(b"\xff\xfe")
    assert desk("import", path).code == 2
    path.write_text("nonsense", encoding="utf-8")
    assert desk("import", path).code == 1


def test_everything_can_be_exported_and_printed(desk: Desk) -> None:
    found = desk("export", acme.NOTICE, "ar", "--all")
    assert [entry.msgctxt for entry in polib.pofile(found.out)] == [
        *(":opening", "scope", "controller", "data", "purposes", "rights", "changes")
    ]
