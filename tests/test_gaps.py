"""Where a file cannot be read at all, everything that does not follow from the gap is told in the same run."""

from __future__ import annotations

from pathlib import Path

import pytest

from noticepress.checks import run_checks
from noticepress.library import read_library
from tests import acme
from tests.findings import EN, ES

BROKEN = [
    ("entities/regions.yml", "a: [\n", "YAML entities/regions.yml:2:1"),
    ("entities/regions.yml", "", "YAML entities/regions.yml:1:1"),
    ("entities/acme-inc.yml", "facts: 3\n", "YAML entities/acme-inc.yml:1:8"),
    ("entities/acme-europe.yml", "- [\n", "YAML entities/acme-europe.yml:2:1"),
    ("mkdocs.yml", "a: [\n", "YAML mkdocs.yml:2:1"),
    ("mkdocs.yml", "extra: {noticepress: {organisation: Acme, zone: UTC}}\n", "YAML mkdocs.yml:1:22"),
]


@pytest.mark.parametrize(("path", "text", "told"), BROKEN)
def test_a_gap_hides_no_other_mistake_and_brings_none(tmp_path: Path, path: str, text: str, told: str) -> None:
    site = acme.make_site(tmp_path)
    acme.replace_text(site, EN, "(#data)", "(#date)")
    acme.replace_text(site, ES, "{#scope}", "{#alcance}")
    acme.replace_text(site, EN, "To answer you.", "To answer you, {{ entites }}.")
    acme.write_file(site, path, text)
    found = [f"{p.id} {p.source}" for p in run_checks(read_library(site), acme.DRAFTING).problems]
    line = (site / EN).read_text(encoding="utf-8").partition("{{ entites")[0].count("\n") + 1
    assert f"FE05 {EN}:{line}:" in " ".join(found)
    found = [problem for problem in found if not problem.startswith("FE05")]
    assert sorted(found) == sorted([told, f"LC03 {EN}:32:10", f"TR03 {ES}:1:1", f"TR03 {ES}:5:1"])


@pytest.mark.parametrize(("path", "text", "told"), BROKEN[:4])
def test_a_gap_hides_no_translation_that_is_missing(tmp_path: Path, path: str, text: str, told: str) -> None:
    site = acme.make_site(tmp_path)
    (site / ES).unlink()
    acme.write_file(site, path, text)
    found = [f"{p.id} {p.source}" for p in run_checks(read_library(site), acme.DRAFTING).problems]
    assert sorted(found) == sorted([told, f"TR01 {ES}:1:1"])


@pytest.mark.parametrize(("path", "text", "told"), BROKEN)
def test_a_gap_alone_is_told_alone(tmp_path: Path, path: str, text: str, told: str) -> None:
    site = acme.make_site(tmp_path)
    acme.write_file(site, path, text)
    found = [f"{p.id} {p.source}" for p in run_checks(read_library(site), acme.DRAFTING).problems]
    assert found == [told]
