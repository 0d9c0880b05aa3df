"""A site to files: the same bytes whoever builds it, whole or not at all, and never over what is not ours."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from noticepress.cli import open_press
from noticepress.errors import OutsideError, UsageError
from noticepress.pages import Kind
from noticepress.publish import Press, check_target, declare_language, publish_site, swap_in
from noticepress.publish.folders import make_partial
from noticepress.publish.processes import share_out
from tests import acme

ROOT = Path(__file__).parent.parent
DAY = date(2016, 1, 1)


def digest_tree(folder: Path) -> dict[str, str]:
    """The hash of every file below a folder, by its path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def run(*words: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command of the project in a process of its own."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def copy_site(folder: Path) -> Path:
    """The project's own site, somewhere else."""
    for name in ("content", "entities", "templates", "hooks"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built") / "site"
    publish_site(ROOT, out, open_press(ROOT, DAY))
    return out


def test_plain_mkdocs_gives_the_same_files_byte_for_byte(built: Path, tmp_path: Path) -> None:
    found = run(
        "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "out"), NOTICEPRESS_AS_OF=DAY.isoformat()
    )
    assert found.returncode == 0, found.stderr
    assert digest_tree(tmp_path / "out") == digest_tree(built)


def test_another_folder_and_another_process_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    site = copy_site(tmp_path / "elsewhere")
    words = ("-m", "noticepress", "build", "--site", str(site), "--as-of", DAY.isoformat())
    found = run(*words, cwd=tmp_path, PYTHONPATH=str(ROOT), PYTHONHASHSEED="7", TZ="Asia/Tokyo", LC_ALL="C")
    assert found.returncode == 0, found.stderr
    assert digest_tree(site / "site") == digest_tree(built)


def test_source_date_epoch_is_the_instant_of_a_build(built: Path, tmp_path: Path) -> None:
    noon = str(int(time.mktime((2016, 1, 1, 12, 0, 0, 0, 0, 0))))
    found = run("site_build.py", "build", "--out", str(tmp_path / "out"), SOURCE_DATE_EPOCH=noon)
    assert found.returncode == 0, found.stderr
    assert digest_tree(tmp_path / "out") == digest_tree(built)


def test_a_page_of_each_kind_is_stamped_as_mkdocs_would_have_rendered_it(built: Path, tmp_path: Path) -> None:
    press = open_press(ROOT, DAY)
    samples = {(page.locale, page.kind): page for page in press.site.pages if page.kind != "not-found"}
    assert {kind for _, kind in samples} == set(get_args(Kind)) - {"draft", "not-found"}
    others = tuple(page for page in press.site.pages if page not in samples.values())
    whole = Press(replace(press.site, pages=others), press.templates)
    whole.live.update({page.path: page for page in samples.values()})
    publish_site(ROOT, tmp_path / "site", whole)
    for page in samples.values():
        rendered = (tmp_path / "site" / page.path / "index.html").read_text(encoding="utf-8")
        stamped = (built / page.path / "index.html").read_text(encoding="utf-8")
        assert stamped == rendered, page.path


def test_no_shell_and_no_token_is_left_in_the_site(built: Path) -> None:
    assert not list(built.rglob("np-*/"))
    for path in built.rglob("*.html"):
        assert "@@np-" not in path.read_text(encoding="utf-8"), path


def test_files_that_say_the_same_stay_the_files_they_were(tmp_path: Path) -> None:
    """Inode and time stay, but of those that changed; a link that somebody put in a file's place is no file of ours."""
    site, out = acme.make_history(tmp_path / "site"), tmp_path / "out"
    publish_site(site, out, open_press(site, date(2024, 5, 1)))
    before = {path: path.stat() for path in out.rglob("*") if path.is_file()}
    same = publish_site(site, out, open_press(site, date(2024, 5, 1)))
    assert (same.changed, same.files) == (0, len(before))
    assert {path: path.stat().st_ino for path in before} == {path: known.st_ino for path, known in before.items()}
    strange = out / "manifest.json"
    strange.rename(out / "elsewhere.json")
    strange.symlink_to("elsewhere.json")
    (out / "robots.txt").write_text("changed by hand", encoding="utf-8")
    later = publish_site(site, out, open_press(site, date(2024, 5, 25)))
    after = {path: path.stat() for path in out.rglob("*") if path.is_file()}
    kept = {path for path, known in after.items() if path in before and known.st_ino == before[path].st_ino}
    assert 0 < later.changed == len(after) - len(kept) < len(after)
    assert all(after[path].st_mtime_ns == before[path].st_mtime_ns for path in kept)
    assert not strange.is_symlink()
    assert strange not in kept
    assert digest_tree(out) == digest_tree_of(site, tmp_path / "fresh", date(2024, 5, 25))


def digest_tree_of(site: Path, out: Path, day: date) -> dict[str, str]:
    publish_site(site, out, open_press(site, day))
    return digest_tree(out)


def test_a_process_that_is_killed_is_told() -> None:
    def work(item: int) -> None:
        if item == 70:
            os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(OutsideError, match="--jobs 1"):
        list(share_out(range(100), work, 2))


def test_processes_end_with_the_one_that_made_them(tmp_path: Path) -> None:
    code = """
import os, sys, time
from pathlib import Path
from noticepress.publish.processes import share_out
def work(item):
    Path(sys.argv[1], str(os.getpid())).touch()
    time.sleep(0.05)
list(share_out(range(4000), work, 2))
"""
    process = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)])
    wait_for(lambda: len(list(tmp_path.iterdir())) == 2)
    process.kill()
    process.wait()
    wait_for(lambda: not any(is_running(int(path.name)) for path in tmp_path.iterdir()))


def is_running(number: int) -> bool:
    """Whether a process is there and not only waiting to be forgotten."""
    stat = Path(f"/proc/{number}/stat")
    return stat.exists() and stat.read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"


def wait_for(holds: Callable[[], bool]) -> None:
    """Until something holds; a minute at most."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize("jobs", [2, 5])
def test_many_processes_give_the_same_bytes_as_one(jobs: int, built: Path, tmp_path: Path) -> None:
    press = open_press(ROOT, DAY)
    press.jobs = jobs
    done: list[int] = []
    press.progress = done.append
    publish_site(ROOT, tmp_path / "site", press)
    assert digest_tree(tmp_path / "site") == digest_tree(built)
    assert sum(done) == press.count_steps()


def test_what_fails_in_a_process_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    site = acme.make_history(tmp_path / "site")
    press = open_press(site, date(2024, 5, 1))
    press.jobs = 2

    def refuse(text: str) -> str:
        msg = f"not this one: {text[:2]}"
        raise ValueError(msg)

    press.site = replace(press.site, view=replace(press.site.view, render_text=refuse))
    with pytest.raises(ValueError, match="not this one: #"):
        publish_site(site, tmp_path / "out", press)
    assert not (tmp_path / "out").exists()


def test_nothing_is_written_when_something_is_wrong(tmp_path: Path) -> None:
    site = copy_site(tmp_path / "broken")
    (site / "entities" / "userzoom-inc.yml").write_text(
        "facts:\n  - from: never\n    from: 2005-01-01\n", encoding="utf-8"
    )
    found = run("site_build.py", "build", "--site", str(site))
    assert found.returncode == 1
    assert "entities/userzoom-inc.yml:3:5: YAML key 'from' is already set on line 2" in found.stderr
    assert "nothing was written" in found.stderr
    assert not (site / "site").exists()
    plain = run("-m", "mkdocs", "build", cwd=site)
    assert plain.returncode == 1
    assert "key 'from' is already set on line 2" in plain.stderr
    assert "Traceback" not in plain.stderr


def test_a_build_killed_at_any_moment_leaves_the_old_site(tmp_path: Path) -> None:
    site = acme.make_history(tmp_path / "killed")
    out = site / "site"
    first, second = ("2024-05-01", "2024-06-01")
    assert run("site_build.py", "build", "--site", str(site), "--as-of", first).returncode == 0
    old = digest_tree(out)
    began = time.monotonic()
    whole = run("site_build.py", "build", "--site", str(site), "--as-of", second, "--out", str(tmp_path / "other"))
    took = time.monotonic() - began
    assert whole.returncode == 0
    new = digest_tree(tmp_path / "other")
    assert old != new
    chance = random.Random(20120309)  # noqa: S311 - moments, not secrets
    killed = 0
    for _ in range(8):
        words = [sys.executable, "site_build.py", "build", "--site", str(site), "--as-of", second]
        process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.3, 0.95) * took)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        found = digest_tree(out)
        assert found in (old, new)
        if found == new:
            shutil.rmtree(out)
            assert run("site_build.py", "build", "--site", str(site), "--as-of", first).returncode == 0
    assert killed
    assert run("site_build.py", "build", "--site", str(site), "--as-of", second).returncode == 0
    assert digest_tree(out) == new
    assert not list(site.glob(".site.*")), "leftovers of killed builds are cleared away"


def test_swapping_works_where_the_system_cannot_exchange(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("new", "out"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name, encoding="utf-8")

    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("ctypes.CDLL", refuse)
    swap_in(tmp_path / "new", tmp_path / "out")
    assert (tmp_path / "out" / "file").read_text(encoding="utf-8") == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("place", [".", "..", "content", "entities/x", "notes"])
def test_a_build_replaces_nothing_but_a_built_site(place: str, tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "notes").mkdir(parents=True)
    (site / "notes" / "mine.txt").write_text("keep me", encoding="utf-8")
    with pytest.raises(UsageError, match="choose another folder"):
        check_target(site, (site / place).resolve())


def test_a_build_may_go_into_an_empty_or_a_new_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    check_target(tmp_path / "site", tmp_path / "empty")
    check_target(tmp_path / "site", tmp_path / "new" / "deep")


def test_a_disk_that_refuses_is_told_and_nothing_changes(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(OutsideError, match="cannot be written"):
        publish_site(ROOT, tmp_path / "file" / "below", open_press(ROOT, DAY))


def test_a_page_states_its_own_language_and_direction() -> None:
    page = '<html lang="en" class="no-js"><body dir="ltr" data-x>'
    assert declare_language(page, "ja") == '<html lang="ja" dir="ltr" class="no-js"><body dir="ltr" data-x>'
    assert declare_language(page, "ar") == '<html lang="ar" dir="rtl" class="no-js"><body dir="rtl" data-x>'


def test_an_installed_wheel_builds_a_site_that_has_only_its_words(tmp_path: Path) -> None:
    source = tmp_path / "source"
    names = ("noticepress", "templates", "hooks")
    for name in names:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    installed = tmp_path / "installed"
    words = ("-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--target", str(installed))
    made = run(*words, str(source), cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    site = tmp_path / "site"
    for name in ("content", "entities"):
        shutil.copytree(ROOT / name, site / name)
    lines = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nextra:")[2]
    (site / "mkdocs.yml").write_text("site_name: Notices\nextra:" + lines, encoding="utf-8")
    found = run("-m", "noticepress", "build", "--site", str(site), cwd=tmp_path, PYTHONPATH=str(installed))
    assert found.returncode == 0, found.stderr
    edition = site / "site" / "ja" / "website-visitors" / "elsewhere" / "index.html"
    assert "UserZoom Technologies SL" in edition.read_text(encoding="utf-8")
    assert (site / "site" / "assets" / "stylesheets" / "noticepress.css").is_file()


def test_what_was_never_published_has_a_draft_that_can_be_reached(tmp_path: Path) -> None:
    acme.make_site(tmp_path / "acme")
    found = run(str(ROOT / "site_build.py"), "build", "--site", "acme", "--drafts", cwd=tmp_path)
    assert found.returncode == 0, found.stderr
    start = (tmp_path / "acme" / "site" / "en" / "index.html").read_text(encoding="utf-8")
    assert 'href="../draft/en/website/americas/"' in start
    draft = (tmp_path / "acme" / "site" / "draft" / "en" / "website" / "americas" / "index.html").read_text(
        encoding="utf-8"
    )
    assert "Draft: not published" in draft
    assert not (tmp_path / "acme" / "site" / "en" / "website").exists()


def test_a_site_left_aside_by_a_killed_swap_is_put_back(tmp_path: Path) -> None:
    aside = tmp_path / ".site.old.partial"
    aside.mkdir()
    (aside / "manifest.json").write_text("{}", encoding="utf-8")
    with make_partial(tmp_path / "site") as partial:
        assert partial.is_dir()
    assert (tmp_path / "site" / "manifest.json").is_file()
    assert not aside.exists()
