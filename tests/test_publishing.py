"""The commands that build, verify and serve a site, as people and pipelines meet them."""

from __future__ import annotations

import contextlib
import json
import shutil
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acme import DRAFTING, FIRST, NOTICE, make_site, replace_text, write_file
from tests.terminal import THEN, Shell, start

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


# ---- serve


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
        text.write_text(right, encoding="utf-8")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert b"Traceback" not in err
