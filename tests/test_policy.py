"""What a site's people may make of findings: severities, waivers with an end, and what nobody can waive."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from noticepress.checks import CHECKS, find_obstacles, run_checks
from noticepress.errors import errors_of
from noticepress.library import read_library
from tests import acme
from tests.findings import EN, SETTINGS, tell

TODAY = acme.DRAFTING
BROKEN = "It {{ contact.dpo }} applies"
SCOPE = "It covers our website, and applies"


def waive(check: str = "FE05", scope: str = EN, until: str = "2023-12-31") -> str:
    return (
        f"waivers:\n  - check: {check}\n    scope: '{scope}'\n    reason: It is being asked for.\n"
        f"    by: A. Counsel\n    until: {until}\n"
    )


def make_broken(folder: Path, waivers: str = "", settings: str = "") -> Path:
    site = acme.make_site(folder)
    acme.replace_text(site, EN, SCOPE, BROKEN)
    if waivers:
        acme.write_file(site, "waivers.yml", waivers)
    if settings:
        acme.replace_text(site, SETTINGS, "    zone:", f"    {settings}\n    zone:")
    return site


def run(site: Path, day: date = TODAY) -> tuple[list[str], int]:
    """What counts, and how many findings are waived."""
    found = run_checks(read_library(site), day)
    return [f"{p.id} {tell(p)}" for p in found.problems], len(found.waived)


def test_a_waiver_lets_its_finding_pass(tmp_path: Path) -> None:
    assert run(make_broken(tmp_path / "a"))[0][0].startswith(f"FE05 {EN}:7:7: unknown value 'contact.dpo'")
    assert run(make_broken(tmp_path / "b", waive())) == ([], 1)


@pytest.mark.parametrize(
    "scope", [EN, "content/website/*.md", "content/*", f"{EN}#scope", "content/website/*.md#scope"]
)
def test_a_scope_is_a_file_a_pattern_or_a_section(tmp_path: Path, scope: str) -> None:
    assert run(make_broken(tmp_path, waive(scope=scope))) == ([], 1)


@pytest.mark.parametrize("scope", ["content/website/es.md", f"{EN}#rights", "entities/*", "*.yml"])
def test_a_waiver_for_another_place_lets_nothing_pass(tmp_path: Path, scope: str) -> None:
    told, waived = run(make_broken(tmp_path, waive(scope=scope)))
    assert waived == 0
    assert [line[:4] for line in told] == ["FE05"]


def test_a_waiver_holds_on_its_last_day_and_is_an_error_afterwards(tmp_path: Path) -> None:
    site = make_broken(tmp_path, waive(until="2023-12-01"))
    assert run(site, date(2023, 12, 1)) == ([], 1)
    told, waived = run(site, date(2023, 12, 2))
    assert waived == 0
    assert told[-1] == f"WAIVER waivers.yml:2:5: the waiver of FE05 for {EN} expired on 2023-12-01"
    assert "FE05" in told[0]


@pytest.mark.parametrize("check", ["DV05", "ZZ99"])
def test_what_cannot_be_waived_is_told(tmp_path: Path, check: str) -> None:
    told, _ = run(make_broken(tmp_path, waive(check)))
    assert f"WAIVER waivers.yml:2:5: there is no check {check} that can be waived" in told


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("severities: {FE05: warning}", "FE05 is an error; mkdocs.yml cannot make it 'warning'"),
        ("severities: {FE05: off}", "FE05 is an error; mkdocs.yml cannot make it 'off'"),
        ("severities: {XX01: error}", "there is no check 'XX01' to set"),
        ("severities: {PL01: error}", "PL01 only hints, and a hint is never an error"),
    ],
)
def test_a_setting_cannot_do_what_a_waiver_must(tmp_path: Path, settings: str, told: str) -> None:
    lines, _ = run(make_broken(tmp_path, settings=settings))
    assert any(line.startswith("WAIVER mkdocs.yml:") and told in line for line in lines), lines


def test_a_warning_can_be_made_more_or_nothing(tmp_path: Path) -> None:
    def find(folder: str, settings: str) -> list[str]:
        site = acme.make_site(tmp_path / folder)
        acme.replace_text(site, EN, "https://authorities", "http://authorities")
        if settings:
            acme.replace_text(site, SETTINGS, "    zone:", f"    {settings}\n    zone:")
        return [p.severity for p in run_checks(read_library(site), TODAY).problems if p.id == "LC02"]

    assert find("as-is", "") == ["warning"]
    assert find("error", "severities: {LC02: error}") == ["error"]
    assert find("info", "severities: {LC02: info}") == ["info"]
    assert find("off", "severities: {LC02: off}") == []


def test_no_heuristic_is_an_error_by_itself() -> None:
    assert [found.id for found in CHECKS.values() if not found.decides and found.severity == "error"] == []


def test_a_broken_waiver_file_lets_nothing_pass(tmp_path: Path) -> None:
    site = make_broken(tmp_path, "waivers:\n  - check: FE05\n    until: soon\n")
    problems = run_checks(read_library(site), TODAY).problems
    assert {p.id for p in errors_of(problems)} == {"FE05", "YAML"}


def test_what_a_day_brings_stops_a_release_and_no_build(tmp_path: Path) -> None:
    """A sealed version is published on its day, however late the next one is, and whatever waiver has run out."""
    site = acme.make_history(tmp_path)
    acme.write_file(
        site,
        "content/website/next.yml",
        "effective: 2024-06-10\nclass: editorial\nsummary: Late.\nannounced: 2024-06-05\n",
    )
    acme.replace_text(site, EN, SCOPE, BROKEN)
    acme.write_file(site, "waivers.yml", waive(until="2024-06-01"))
    found = {p.id for p in errors_of(run_checks(read_library(site), date(2024, 6, 20)).problems)}
    assert found >= {"DV04", "FE05", "WAIVER"}
    assert find_obstacles(read_library(site), date(2024, 6, 20)) == ()


@pytest.mark.parametrize("path", [EN, "entities/acme-inc.yml"])
def test_a_mistake_stops_a_build(tmp_path: Path, path: str) -> None:
    site = make_broken(tmp_path) if path == EN else acme.make_site(tmp_path, {path: "facts: 3\n"})
    assert [p.source.path for p in find_obstacles(read_library(site), TODAY)] == [path]
