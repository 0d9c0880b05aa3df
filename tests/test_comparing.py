"""The command that compares, as people and pipelines meet it: drafts, versions and files."""

from __future__ import annotations

import re
import sys
import zipfile
from pathlib import Path

import pytest

from tests.acme import FIRST, NOTICE, SECOND, write_file
from tests.terminal import THEN, Shell
from tests.tracked import find_faults, list_lines, settle


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
    assert re.search(r"<del\b[^>]*>30</del>\s*<ins\b[^>]*>60</ins>", data["html"])
    assert run("diff", "--files", "new.md", "new.md").out == "no changes.\n"


def test_a_text_says_what_is_compared(run: Shell, history: Path) -> None:
    words = ["diff", NOTICE, "--site", history, "--locale", "ja"]
    head = f"Website privacy notice: {SECOND} compared with {FIRST} (the Americas, Japanese)"
    assert " ".join(run(*words).out.partition("\n\n")[0].split()) == head
    first = run(*words, "--to", FIRST)
    assert first.out.startswith(f"Website privacy notice: {FIRST}, the first version (the Americas, Japanese)\n\n")


# ---- any two


def test_versions_may_be_named_by_what_they_are(run: Shell, preparing: Path) -> None:
    words = ["diff", NOTICE, "--site", preparing, "--as-of", THEN]
    assert run(*words, "--from", "in-force", "--to", "draft").out == run(*words).out
    assert "[-two" in run(*words, "--from", "draft", "--to", "in-force").out


def test_regions_are_compared(run: Shell, history: Path) -> None:
    words = ["diff", NOTICE, "--site", history, "--region", "elsewhere", "--against-region", "americas"]
    found = run(*words)
    told = f"Website privacy notice: the rest of the world compared with the Americas ({SECOND}, English)"
    assert (found.code, found.err) == (0, "")
    assert " ".join(found.out.partition("\n\n")[0].split()) == told
    assert "We tell you of [-material-]{+all+} changes" in " ".join(found.out.split())
    assert {change["section"] for change in run.read_json("diff.json", *words)["changes"]} >= {"controller"}


def test_languages_are_set_side_by_side(run: Shell, history: Path) -> None:
    words = ["diff", NOTICE, "--site", history, "--locale", "es", "--against-locale", "en", "--to", FIRST]
    found = run(*words)
    assert (found.code, found.err) == (0, "")
    assert re.search(r"^## \S.* \| ## What it covers$", found.out, re.MULTILINE)
    data = run.read_json("parallel.json", *words)
    assert (data["old"]["locale"], data["new"]["locale"]) == ("en", "es")
    (covers,) = [section for section in data["sections"] if section["id"] == "scope"]
    assert covers["old"]["title"] == "What it covers"
    assert covers["new"]["paragraphs"]
    html = run(*words, "--format", "html").out
    assert html.count('<td lang="es" dir="ltr">') == html.count('<td lang="en" dir="ltr">') == len(data["sections"])
    for form in ("docx", "markdown"):
        refused = run(*words, "--format", form, "--out", "x")
        assert (refused.code, refused.out) == (2, "")
        assert f"--against-locale takes text, html or json, not {form}" in refused.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--region", "amerikas"], "did you mean 'americas'? It has: americas, elsewhere"),
        (["--against-region", "mars"], "there is no region 'mars' in website; it has: americas, elsewhere"),
        (["--against-locale", "fr"], "choose with --against-locale: en, es, ja, ar"),
        (["--from", "2024-05-2"], f"did you mean '{SECOND}'? There are: {FIRST}, {SECOND}"),
        (["--impact", "--out", "x"], "--impact tells of a notice everywhere"),
        (["--impact", "--against-locale", "es"], "--impact tells of a notice everywhere"),
    ],
)
def test_what_cannot_be_compared_is_told_with_what_can(run: Shell, history: Path, words: list[str], told: str) -> None:
    found = run("diff", NOTICE, "--site", history, *words)
    assert (found.code, found.out) == (2, "")
    assert told in " ".join(found.err.split())


def test_files_have_no_regions_and_a_known_language(run: Shell) -> None:
    words = ["diff", "--files", __file__, __file__]
    assert "it takes --locale, --format and --out" in run(*words, "--region", "x").err
    found = run(*words, "--locale", "english")
    assert (found.code, found.out) == (2, "")
    assert "is not a language tag" in found.err


# ---- out of the house


def test_a_word_file_is_written_with_every_change_tracked(run: Shell, history: Path, tmp_path: Path) -> None:
    words = ["diff", NOTICE, "--site", history, "--region", "elsewhere", "--locale", "ar", "--format", "docx"]
    out = tmp_path / "changes.docx"
    found = run(*words, "--out", out)
    assert (found.code, found.out) == (0, f"written to {out}\n")
    docx = out.read_bytes()
    assert find_faults(docx) == []
    for version, accept in ((FIRST, False), (SECOND, True)):
        sealed = history / f"content/{NOTICE}/versions/{version}/elsewhere/ar.md"
        assert settle(docx, accept=accept) == list_lines(sealed.read_text(encoding="utf-8"))
    with zipfile.ZipFile(out) as archive:
        document = archive.read("word/document.xml").decode()
        links = archive.read("word/_rels/document.xml.rels").decode()
    assert 'w:author="Acme Research privacy"' in document
    assert f'w:date="{SECOND}T04:00:00Z"' in document or 'w:date="2024-05-19T22:00:00Z"' in document
    assert "https://authorities.example/list" in links
    run(*words, "--out", tmp_path / "again.docx")
    assert (tmp_path / "again.docx").read_bytes() == docx


def test_a_word_file_is_no_text_for_a_terminal(run: Shell, history: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["diff", NOTICE, "--site", history, "--format", "docx"]
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    found = run(*words)
    assert found.code == 2
    assert "--out FILE.docx" in found.err


def test_a_page_stands_alone(run: Shell, history: Path, tmp_path: Path) -> None:
    out = tmp_path / "changes.html"
    run("diff", NOTICE, "--site", history, "--locale", "ja", "--format", "html", "--out", out)
    html = out.read_text(encoding="utf-8")
    assert html.startswith('<!DOCTYPE html>\n<html lang="ja" dir="ltr">')
    assert re.search(r"<(script|link|img|iframe)\b|@import|url\(", html) is None
    ids = re.findall(r'\bid="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    assert [name for name in re.findall(r'href="#([^"]*)"', html) if name not in ids] == []
    assert re.findall(r'href="(?!#|https:|mailto:)', html) == []


def test_colour_is_for_terminals_that_want_it(run: Shell, history: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["diff", NOTICE, "--site", history]
    plain = run(*words).out
    assert "\x1b" not in plain
    for name, value, coloured in (("NO_COLOR", "", True), ("NO_COLOR", "1", False), ("TERM", "dumb", False)):
        with monkeypatch.context() as patch:
            patch.setattr(sys.stdout, "isatty", lambda: True)
            patch.setenv(name, value)
            out = run(*words).out
            assert ("\x1b[" in out) is coloured
            assert re.sub(r"\x1b\[\d*m", "", out) == plain
