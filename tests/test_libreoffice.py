"""Word files as LibreOffice, which is not ours, accepts and rejects them."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from noticepress.handouts import Handout, write_docx
from noticepress.library import load_library
from noticepress.redline import compare
from tests.acme import FIRST, NOTICE, SECOND
from tests.editing import make_pair, make_strangers
from tests.test_handouts import EVERY_KIND_NEW, EVERY_KIND_OLD, HTML_TABLES, MOVED
from tests.tongues import TONGUES
from tests.tracked import list_lines

pytestmark = pytest.mark.slow

ASK = Path(__file__).with_name("ask_libreoffice.py")
HANDOUT = Handout("Berths", "2024-01-10", "2024-05-20")
EACH = 12
"""How many generated pairs are opened in each language."""

Pair = tuple[str, str, str]
"""A language and two texts in it."""


def list_written_pairs() -> dict[str, Pair]:
    return {
        "every-kind": ("en", EVERY_KIND_OLD, EVERY_KIND_NEW),
        "every-kind-back": ("en", EVERY_KIND_NEW, EVERY_KIND_OLD),
        **{f"moved-{name}": ("en", *texts) for name, texts in MOVED.items()},
        "html-tables": ("en", *HTML_TABLES),
        "html-table-kept": ("en", HTML_TABLES[0], f"{HTML_TABLES[0]}\nMore.\n"),
        "from-nothing": ("en", "", EVERY_KIND_NEW),
        "to-nothing": ("en", EVERY_KIND_OLD, ""),
    }


def list_generated_pairs() -> dict[str, Pair]:
    """As many in each language, one in four of two texts that have nothing in common."""
    pairs: dict[str, Pair] = {}
    for tongue in TONGUES:
        for seed in range(EACH):
            chance = Random(seed)  # noqa: S311  nothing to guess here
            old, new = make_pair(chance, tongue) if seed % 4 else make_strangers(chance)
            pairs[f"{tongue.name}-{seed}"] = (tongue.name, old, new)
    return pairs


def list_acme_pairs(site: Path) -> dict[str, Pair]:
    """Acme's two versions in each region and language."""
    versions = {version.id: version for version in load_library(site).versions[NOTICE]}
    old, new = versions[FIRST].editions, versions[SECOND].editions
    return {f"{name}-{tag}": (tag, old[name, tag].text, new[name, tag].text) for name, tag in new}


def check_pairs(pairs: dict[str, Pair], folder: Path) -> None:
    files = {}
    for name, (locale, old, new) in pairs.items():
        path = folder / f"{name}.docx"
        path.write_bytes(write_docx(compare(old, new), replace(HANDOUT, locale=locale)))
        files[str(path)] = (list_lines(old), list_lines(new))
    command = ["/usr/bin/python3", str(ASK), str(folder / "profile"), *files]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, timeout=600).stdout)
    assert set(told) == set(files)
    assert {name: found["accepted"] for name, found in told.items()} == {name: new for name, (_, new) in files.items()}
    assert {name: found["rejected"] for name, found in told.items()} == {name: old for name, (old, _) in files.items()}
    # What LibreOffice took for words is none: most files have changes, and it knows them.
    assert sum(bool(found["changes"]) for found in told.values()) > len(told) / 2


def test_what_was_written_by_hand_is_accepted_and_rejected(tmp_path: Path) -> None:
    check_pairs(list_written_pairs(), tmp_path)


def test_generated_documents_are_accepted_and_rejected_in_every_language(tmp_path: Path) -> None:
    check_pairs(list_generated_pairs(), tmp_path)


def test_sealed_versions_are_accepted_and_rejected(tmp_path: Path, history: Path) -> None:
    check_pairs(list_acme_pairs(history), tmp_path)
