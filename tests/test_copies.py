"""Saved copies: whether a text is one that was published, whatever a mail program or an editor made of it."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest

from noticepress.copies import Copy, Kept, examine_copy, list_sealed
from noticepress.library import load_library
from noticepress.model import AsOf
from noticepress.verification import ReadFile
from tests.acme import FIRST, NOTICE, SECOND, replace_text, write_file
from tests.corrections import EDITORIAL, RECORD, REVISION, correct
from tests.everyone.sites import Built
from tests.terminal import THEN, Shell

FOLDER = f"content/{NOTICE}/versions"


def read_sealed(site: Path, version: str = FIRST, region: str = "americas", locale: str = "en") -> bytes:
    return (site / FOLDER / version / region / f"{locale}.md").read_bytes()


@cache
def list_kept(site: Path, as_of: AsOf) -> tuple[tuple[Kept, ...], ReadFile]:
    return list_sealed(load_library(site), as_of)


def examine(site: Path, raw: bytes, as_of: AsOf = date(2024, 6, 1)) -> Copy:
    kept, read = list_kept(site, as_of)
    return examine_copy("copy.md", raw, kept, read)


def name(kept: Kept | None) -> tuple[str, str, str] | None:
    return (kept.version, kept.region, kept.locale) if kept else None


# ---- what is published is known


@pytest.mark.parametrize("version", [FIRST, SECOND])
@pytest.mark.parametrize("region", ["americas", "elsewhere"])
@pytest.mark.parametrize("locale", ["en", "es", "ja", "ar"])
def test_every_published_text_is_known_by_its_bytes(history: Path, version: str, region: str, locale: str) -> None:
    found = examine(history, read_sealed(history, version, region, locale))
    assert (found.result, found.resaved, found.is_right) == ("exact", (), True)
    assert [name(one) for one in found.editions] == [(version, region, locale)]


@pytest.mark.parametrize("locale", ["en", "ja", "ar"])
@pytest.mark.parametrize(
    ("save", "marks"),
    [
        (lambda text: text.replace("\n", "\r\n").encode(), ("line-ends",)),
        (lambda text: text.replace("\n", "\r").encode(), ("line-ends",)),
        (lambda text: text.encode("utf-8-sig"), ("byte-order-mark",)),
        (lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"), ("byte-order-mark", "line-ends")),
        (lambda text: b"\xff\xfe" + text.encode("utf-16-le"), ("byte-order-mark", "encoding")),
        (lambda text: b"\xfe\xff" + text.encode("utf-16-be"), ("byte-order-mark", "encoding")),
        (lambda text: text.rstrip("\n").encode(), ("last-line-end",)),
        (lambda text: (text + "\n\n").encode(), ("last-line-end",)),
    ],
)
def test_the_same_words_saved_otherwise_are_known(
    history: Path, locale: str, save: Callable[[str], bytes], marks: tuple[str, ...]
) -> None:
    found = examine(history, save(read_sealed(history, locale=locale).decode()))
    assert (found.result, found.resaved, found.is_right) == ("resaved", marks, True)
    assert [name(one) for one in found.editions] == [(FIRST, "americas", locale)]


def test_the_same_words_in_an_old_encoding_are_known(history: Path) -> None:
    found = examine(history, read_sealed(history, locale="es").decode().encode("cp1252"))
    assert (found.result, found.resaved) == ("resaved", ("encoding",))
    assert name(found.editions[0]) == (FIRST, "americas", "es")


# ---- what is not published


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [("one year", "two years", 1), ("\n## Why we use it {#purposes}\n", "", 2), ("# Website", "# Web\n# Site", 2)],
)
def test_other_words_are_told_with_the_nearest_text_and_how_far_it_is(
    history: Path, old: str, new: str, lines: int
) -> None:
    text = read_sealed(history).decode()
    assert old in text
    found = examine(history, text.replace(old, new).encode())
    assert (found.result, found.editions, found.is_right) == ("unknown", (), False)
    assert (name(found.nearest), found.differing_lines) == ((FIRST, "americas", "en"), lines)


def test_a_copy_with_a_changed_letter_is_never_right(history: Path) -> None:
    raw = read_sealed(history)
    for place in range(0, len(raw), 97):
        assert not examine(history, raw[:place] + b"\x7f" + raw[place + 1 :]).is_right


@pytest.mark.parametrize(
    ("raw", "result"),
    [
        (b"<!doctype html>\n<html lang=en><title>x</title>", "page"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE HTML>", "page"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\x81", "unreadable"),
        (b"", "unknown"),
        (b"Nothing that was ever published.", "unknown"),
    ],
)
def test_what_is_no_notice_is_named(history: Path, raw: bytes, result: str) -> None:
    found = examine(history, raw)
    assert (found.result, found.editions, found.nearest) == (result, (), None)


# ---- when it applied


@pytest.mark.parametrize(
    ("as_of", "state", "until"),
    [
        (date(2024, 3, 1), "in-force", None),
        (date(2024, 5, 10), "in-force", datetime(2024, 5, 20, 4, tzinfo=UTC)),
        (date(2024, 6, 1), "superseded", datetime(2024, 5, 20, 4, tzinfo=UTC)),
    ],
)
def test_a_text_is_told_with_the_time_it_applied(
    history: Path, as_of: date, state: str, until: datetime | None
) -> None:
    [kept] = examine(history, read_sealed(history), as_of).editions
    assert (kept.state, kept.since, kept.until) == (state, datetime(2024, 1, 10, 5, tzinfo=UTC), until)
    assert kept.has_applied


def test_a_revision_applies_from_the_day_it_was_published(site: Path) -> None:
    write_file(site, RECORD, EDITORIAL)
    correct(site)
    corrected, right = read_sealed(site, SECOND), read_sealed(site, REVISION)
    [old], [new] = (examine(site, raw, date(2024, 8, 1)).editions for raw in (corrected, right))
    assert (old.state, new.version) == ("corrected", REVISION)
    assert old.until == new.since > old.since


def test_a_text_that_is_not_public_yet_is_not_told(history: Path) -> None:
    assert examine(history, read_sealed(history, SECOND), date(2024, 2, 1)).result == "unknown"


# ---- the command


def test_files_are_examined_in_their_order(run: Shell, history: Path, tmp_path: Path) -> None:
    sealed = read_sealed(history)
    (tmp_path / "notice.md").write_bytes(sealed)
    (tmp_path / "mailed.md").write_bytes(sealed.replace(b"\n", b"\r\n"))
    found = run("verify", tmp_path / "notice.md", tmp_path / "mailed.md", "--site", history, "--as-of", "2024-06-01")
    assert (found.code, found.err) == (0, "")
    first, second = found.out.split(f"{tmp_path / 'mailed.md'}: ")
    told = f"{NOTICE} {FIRST} for americas in en: applied from 2024-01-10 00:00 until 2024-05-20 00:00"
    assert first.startswith(f"{tmp_path / 'notice.md'}: exactly what was published.\n    {told} (America/New_York)\n")
    assert second.startswith(f"the words that were published, saved with other line ends.\n    {told}")


def test_one_that_differs_ends_with_one(run: Shell, history: Path, tmp_path: Path) -> None:
    (tmp_path / "right.md").write_bytes(read_sealed(history))
    write_file(tmp_path, "wrong.md", read_sealed(history).decode().replace("one year", "two years"))
    found = run("verify", tmp_path / "right.md", tmp_path / "wrong.md", "--site", history)
    assert (found.code, found.err) == (1, "")
    assert "no published version has this text.\n    nearest: website 2024-01-10 for americas in en" in found.out
    assert found.out.endswith("/americas/2024-01-10/notice.md: 1 line differs\n")


def test_a_page_is_answered_with_what_to_save(run: Shell, history: Path, tmp_path: Path) -> None:
    write_file(tmp_path, "saved.html", "<!doctype html><title>Notice</title>")
    found = run("verify", tmp_path / "saved.html", "--site", history)
    assert found.code == 1
    assert "this is a page; save the plain text (notice.md), which the page links." in found.out


def test_standard_input_is_a_file_too(run: Shell, history: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(read_sealed(history))))
    found = run("verify", "-", "--site", history)
    assert (found.code, found.out.partition(":")[0]) == (0, "-")


def test_programs_get_the_same(run: Shell, history: Path, tmp_path: Path) -> None:
    write_file(tmp_path, "right.md", read_sealed(history).decode())
    write_file(tmp_path, "wrong.md", read_sealed(history).decode().replace("one year", "two years"))
    words = ("verify", tmp_path / "right.md", tmp_path / "wrong.md", "--site", history, "--as-of", THEN)
    right, wrong = run.read_json("copies.json", *words, code=1)["copies"]
    assert (right["result"], right["nearest"], right["differing_lines"]) == ("exact", None, None)
    assert right["editions"][0]["since"] == "2024-01-10T00:00:00-05:00"
    assert right["editions"][0]["until"] is None
    assert (wrong["result"], wrong["editions"], wrong["differing_lines"]) == ("unknown", [], 1)
    assert wrong["nearest"]["sha256"] == right["sha256"] != wrong["sha256"]


def test_broken_seals_prove_nothing(run: Shell, site: Path, tmp_path: Path) -> None:
    write_file(tmp_path, "copy.md", read_sealed(site).decode())
    replace_text(site, f"{FOLDER}/{SECOND}/americas/en.md", "two months", "ten months")
    found = run("verify", tmp_path / "copy.md", "--site", site)
    assert (found.code, found.out) == (1, "")
    assert f"{FOLDER}/{SECOND}/americas/en.md" in found.err


def test_a_published_site_is_enough(run: Shell, built_acme: tuple[Built, ...], tmp_path: Path) -> None:
    built = built_acme[-1]
    manifest = json.loads((built.folder / "manifest.json").read_bytes())
    for edition in manifest["editions"]:
        [copy] = run.read_json("copies.json", "verify", built.folder / edition["text"], "--built", built.folder)[
            "copies"
        ]
        assert edition["page"] in {found["page"] for found in copy["editions"]}
    write_file(tmp_path, "copy.md", "Nothing.\n")
    assert run("verify", tmp_path / "copy.md", "--built", built.folder).code == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--built", "{folder}"], "is no published site: manifest.json or notices.json is missing or wrong"),
        (["--built", "{folder}", "--live", "https://acme.example/"], "name --built or --live"),
        (["--live", "acme.example"], "is no web address"),
    ],
)
def test_a_wrong_place_is_wrong_usage(run: Shell, tmp_path: Path, words: list[str], told: str) -> None:
    write_file(tmp_path, "copy.md", "Words.\n")
    found = run("verify", tmp_path / "copy.md", *(word.format(folder=tmp_path) for word in words))
    assert (found.code, found.out) == (2, "")
    assert told in found.err


def test_a_file_that_is_not_there_is_wrong_usage(run: Shell, history: Path) -> None:
    found = run("verify", "absent.md", "--site", history)
    assert found.code == 2
    assert "absent.md" in found.err
