"""The generator of sites that benchmarks build: the same bytes everywhere, valid, and changing as real notices do."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest

from noticepress.checks import run_checks
from noticepress.errors import errors_of
from noticepress.library import read_library

ROOT = Path(__file__).parent.parent


def generate(out: Path, *options: str) -> Path:
    program: list[str | Path] = [sys.executable, ROOT / "benchmarks/corpus.py", "--out", out, *options]
    subprocess.run(program, check=True, capture_output=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT), "PATH": ""})
    return out


def hash_tree(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(
        tmp_path_factory.mktemp("corpus"), "--pages", "450", "--versions", "20", "--locales", "3", "--regions", "2"
    )


def test_a_corpus_is_a_valid_site(corpus: Path) -> None:
    assert list(errors_of(run_checks(read_library(corpus), date(2026, 1, 1)).problems)) == []


def test_a_corpus_is_the_same_every_time(tmp_path: Path) -> None:
    small = ("--pages", "40", "--versions", "3", "--locales", "5", "--regions", "1")
    first, second = (generate(tmp_path / name, *small) for name in ("first", "second"))
    assert hash_tree(first) == hash_tree(second)
    assert hash_tree(generate(tmp_path / "third", *small, "--seed", "2")) != hash_tree(first)


def test_versions_differ_as_real_ones_do(corpus: Path) -> None:
    shares = []
    folders = sorted(path for path in (corpus / "content/notice-0/versions").iterdir())
    for older, newer in pairwise(folders):
        for name in ("africa/en.md", "africa/es.md", "americas/en.md"):
            old, new = ((folder / name).read_text(encoding="utf-8").split() for folder in (older, newer))
            blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
            shares.append(1 - 2 * sum(block.size for block in blocks) / (len(old) + len(new)))
    assert 0.02 <= median(share for share in shares if share) <= 0.055
    assert max(shares) > 0.2, "a rewrite"
    assert min(shares) == 0, "a region that keeps its words"


def test_one_version_makes_no_redlines(tmp_path: Path) -> None:
    site = generate(tmp_path / "site", "--pages", "60", "--versions", "1", "--locales", "4")
    versions = list(site.glob("content/*/versions/*"))
    assert len(versions) == len(list(site.glob("content/*"))) == 5
    assert {len([path for path in version.iterdir() if path.is_dir()]) for version in versions} == {1}
