"""Whether what was published is what was sealed: on disk, in a built site, behind an address."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from noticepress.errors import OutsideError, UsageError
from noticepress.library import read_library
from noticepress.manifest import build_manifest, text_path
from noticepress.model import Version
from noticepress.verification import (
    fetch_site_file,
    find_broken_seals,
    read_built_file,
    verify_published,
)
from tests.acme import FIRST, NOTICE, make_history, replace_text
from tests.everyone.sites import Built
from tests.factories import chain_versions, make_lines, make_settings, make_version
from tests.terminal import Shell

VERSIONS = chain_versions(
    [
        make_version("2024-01-01", {"world": {"en": "# One\n", "de": "# Eins\n"}}),
        make_version("2024-06-01", {"world": {"en": "# Two\n", "de": "# Zwei\n"}}),
    ]
)


def write_site(folder: Path, versions: tuple[Version, ...] = VERSIONS) -> Path:
    """What a built site holds of these versions: their texts, and the manifest."""
    for version in versions:
        for edition in version.editions.values():
            path = folder / text_path(edition)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(edition.text, encoding="utf-8")
    manifest = build_manifest(make_lines(versions), {"visitors": versions}, make_settings())
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def find_faults(folder: Path, versions: tuple[Version, ...] = VERSIONS) -> list[tuple[str, str]]:
    found = verify_published(read_built_file(folder), versions, "site/")
    assert {problem.id for problem in found} <= {"DV05"}
    assert all(problem.hint for problem in found)
    return [(problem.source.path, problem.message) for problem in found]


# ---- sealed versions


def test_a_healthy_site_has_no_broken_seals(tmp_path: Path) -> None:
    assert find_broken_seals(read_library(make_history(tmp_path))) == ()


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("americas/en.md", "This notice tells", "This notice tell"),
        ("elsewhere/ja.md", "この通知は", "あの通知は"),
        ("facts.yml", "Boston", "Austin"),
        ("version.yml", "class: material", "class: minor"),
        ("version.yml", "notice: website", "notice: [website"),
        ("version.yml", "seal: ", "seal: 0"),
    ],
)
def test_one_character_that_differs_is_found_and_its_file_named(tmp_path: Path, path: str, old: str, new: str) -> None:
    site = make_history(tmp_path)
    whole = f"content/{NOTICE}/versions/{FIRST}/{path}"
    replace_text(site, whole, old, new)
    assert whole in {problem.source.path for problem in find_broken_seals(read_library(site))}


@pytest.mark.parametrize("path", ["americas/en.md", "facts.yml", "version.yml"])
def test_a_file_that_is_missing_is_found(tmp_path: Path, path: str) -> None:
    site = make_history(tmp_path)
    whole = f"content/{NOTICE}/versions/{FIRST}/{path}"
    (site / whole).unlink()
    assert whole in {problem.source.path for problem in find_broken_seals(read_library(site))}


def test_a_mistake_elsewhere_breaks_no_seal(tmp_path: Path) -> None:
    site = make_history(tmp_path)
    replace_text(site, "entities/regions.yml", "territories: rest", "territory: rest")
    reading = read_library(site)
    assert reading.problems
    assert find_broken_seals(reading) == ()


# ---- built sites


def test_a_built_site_says_what_was_sealed(tmp_path: Path) -> None:
    assert find_faults(write_site(tmp_path)) == []


def test_a_text_that_differs_is_named(tmp_path: Path) -> None:
    site = write_site(tmp_path)
    path = text_path(VERSIONS[0].editions["world", "de"])
    (site / path).write_text("# Null\n", encoding="utf-8")
    assert [place for place, _ in find_faults(site)] == [f"site/{path}"]


def test_a_site_that_agrees_with_itself_alone_is_found_out(tmp_path: Path) -> None:
    first = VERSIONS[0]
    editions = {key: replace(edition, text="# Lie\n") for key, edition in first.editions.items()}
    digest = "c7e616822f366fb1b5e0756af498cc11d2c0862edcb32ca65882f622ff39de1b"
    forged = replace(first, editions={key: replace(edition, sha256=digest) for key, edition in editions.items()})
    faults = find_faults(write_site(tmp_path, (forged, VERSIONS[1])))
    assert {message for _, message in faults} >= {"is not what is sealed here"}
    assert f"site/{text_path(forged.editions['world', 'de'])}" in {place for place, _ in faults}


def test_a_version_that_is_not_sealed_here_is_named(tmp_path: Path) -> None:
    faults = find_faults(write_site(tmp_path), VERSIONS[:1])
    assert ("site/manifest.json", "publishes visitors 2024-06-01, which is not what is sealed here") in faults


@pytest.mark.parametrize(
    ("manifest", "told"),
    [
        (None, "is missing: this is no published site"),
        ("{", "is not JSON"),
        ("[]", "is no manifest"),
        ('{"format": 1}', "is no manifest"),
        ('{"format": 1, "root": "x", "versions": [3], "editions": []}', "is no manifest"),
    ],
)
def test_what_is_no_manifest_is_a_finding(tmp_path: Path, manifest: str | None, told: str) -> None:
    if manifest is not None:
        (tmp_path / "manifest.json").write_text(manifest, encoding="utf-8")
    [(place, message)] = find_faults(tmp_path)
    assert place == "site/manifest.json"
    assert message.startswith(told)


def test_a_built_file_is_never_read_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    site = tmp_path / "site"
    site.mkdir()
    (site / "link").symlink_to(tmp_path / "secret")
    read = read_built_file(site)
    assert [read(path) for path in ("../secret", "link", str(tmp_path / "secret"), "absent", ".")] == [None] * 5


# ---- deployed sites


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        if "fails" in self.path:
            self.send_error(503)
        else:
            super().do_GET()


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    servers: list[ThreadingHTTPServer] = []

    def start(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_deployed_site_is_compared_file_by_file(tmp_path: Path, serve: Callable[[Path], str]) -> None:
    address = serve(write_site(tmp_path))
    for written in (address, f"{address}/"):
        assert verify_published(fetch_site_file(written), VERSIONS, written) == ()
    path = text_path(VERSIONS[1].editions["world", "en"])
    (tmp_path / path).unlink()
    [problem] = verify_published(fetch_site_file(address), VERSIONS, address)
    assert problem.source.path == f"{address}/{path}"


def test_a_network_that_fails_is_no_finding(tmp_path: Path, serve: Callable[[Path], str]) -> None:
    address = serve(tmp_path)
    with pytest.raises(OutsideError, match=r"503.*try again later"):
        fetch_site_file(f"{address}/fails/")("manifest.json")
    with pytest.raises(OutsideError, match="try again later"):
        fetch_site_file("http://127.0.0.1:9/")("manifest.json")


@pytest.mark.parametrize("address", ["privacy.acme.example", "file:///etc/passwd", "ftp://acme.example", ""])
def test_what_is_no_web_address_is_wrong_usage(address: str) -> None:
    with pytest.raises(UsageError, match="is no web address; write https://"):
        fetch_site_file(address)


@pytest.mark.parametrize("address", ["http://[", "http://acme example/"])
def test_an_address_that_only_begins_well_is_wrong_usage(address: str) -> None:
    with pytest.raises(UsageError, match="is no web address"):
        fetch_site_file(address)("manifest.json")


def test_a_saved_copy_is_looked_up_in_a_deployed_site_without_sources(
    run: Shell, built_acme: tuple[Built, ...], serve: Callable[[Path], str], tmp_path: Path
) -> None:
    folder = built_acme[0].folder
    address = serve(folder)
    for locale, copied in (("ja", "notice.md"), ("ar", "mailed.md")):
        text = (folder / f"{locale}/{NOTICE}/americas/{FIRST}/notice.md").read_bytes()
        (tmp_path / copied).write_bytes(text.replace(b"\n", b"\r\n") if copied == "mailed.md" else text)
    words = ("verify", tmp_path / "notice.md", tmp_path / "mailed.md", "--live", address, "--site", tmp_path)
    copies = run.read_json("copies.json", *words)["copies"]
    assert [(copy["result"], copy["editions"][0]["locale"]) for copy in copies] == [("exact", "ja"), ("resaved", "ar")]
    (tmp_path / "notice.md").write_text("# Something else\n", encoding="utf-8")
    assert run("verify", tmp_path / "notice.md", "--live", address, "--site", tmp_path).code == 1
    assert run("verify", tmp_path / "notice.md", "--live", "http://127.0.0.1:9/").code == 3
