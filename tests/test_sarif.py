"""Findings in SARIF: valid by the schema of the standard, each at its place, waived ones marked as such."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from noticepress.checks import CHECKS, run_checks
from noticepress.cli import main
from noticepress.library import read_library
from noticepress.sarif import describe_sarif
from tests import acme

SCHEMA = json.loads((Path(__file__).parent / "data" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
EN = "content/website/en.md"

WAIVER = """\
waivers:
  - check: FE05
    scope: content/website/en.md#scope
    reason: The contact is asked for in words.
    by: A. Counsel
    until: 2023-12-31
"""


def make_faulty(folder: Path) -> Path:
    site = acme.make_site(folder)
    acme.replace_text(site, EN, "It covers our website", "It {{ contact.dpo }} [](http://a.example/ü) 資料")
    acme.replace_text(site, "content/website/es.md", "{#scope}", "{#alcance}")
    return site


def describe(site: Path) -> dict[str, Any]:
    return describe_sarif(run_checks(read_library(site), acme.DRAFTING), CHECKS, "1.0")


def assert_valid(log: dict[str, Any]) -> None:
    validator = Draft4Validator(SCHEMA)
    assert [error.message for error in validator.iter_errors(log)] == []


def test_the_schema_refuses_what_is_no_sarif() -> None:
    assert list(Draft4Validator(SCHEMA).iter_errors({"version": "2.1.0", "runs": [{"tool": {}}]}))


@pytest.mark.parametrize("is_faulty", [True, False])
def test_a_log_is_valid_with_findings_and_without(tmp_path: Path, *, is_faulty: bool) -> None:
    log = describe(make_faulty(tmp_path) if is_faulty else acme.make_site(tmp_path))
    assert_valid(log)
    assert bool(log["runs"][0]["results"]) is is_faulty


def test_each_finding_stands_at_its_place_with_its_rule(tmp_path: Path) -> None:
    site = make_faulty(tmp_path)
    run = describe(site)["runs"][0]
    problems = run_checks(read_library(site), acme.DRAFTING).problems
    assert len(run["results"]) == len(problems) > 3
    for result, problem in zip(run["results"], problems, strict=True):
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == problem.source.path
        assert place["region"] == {"startLine": problem.source.line, "startColumn": problem.source.column}
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == problem.id
        assert problem.message in result["message"]["text"]
    levels = {result["ruleId"]: result["level"] for result in run["results"]}
    assert levels["LC02"] == "warning"
    assert levels["TR03"] == "error"


def test_a_finding_keeps_its_fingerprint_on_another_line(tmp_path: Path) -> None:
    first = make_faulty(tmp_path / "a")
    second = make_faulty(tmp_path / "b")
    acme.replace_text(second, EN, "## What it covers", "One line more.\n\n## What it covers")

    def find_prints(site: Path) -> set[str]:
        results = describe(site)["runs"][0]["results"]
        return {r["partialFingerprints"]["finding/v1"] for r in results if r["ruleId"] == "LC02"}

    assert find_prints(first) == find_prints(second) != set()


def test_what_is_waived_is_marked_with_who_and_why(tmp_path: Path) -> None:
    site = make_faulty(tmp_path)
    acme.write_file(site, "waivers.yml", WAIVER)
    log = describe(site)
    assert_valid(log)
    waived = [result for result in log["runs"][0]["results"] if "suppressions" in result]
    assert [result["ruleId"] for result in waived] == ["FE05"]
    assert waived[0]["suppressions"][0]["justification"].startswith("The contact is asked for in words. (A. Counsel,")


def test_the_command_prints_it(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_faulty(tmp_path)
    argv = ["noticepress", "check", "--site", str(site), "--as-of", date(2023, 12, 1).isoformat(), "--format", "sarif"]
    monkeypatch.setattr("sys.argv", argv)
    assert main() == 1
    log = json.loads(capfd.readouterr().out)
    assert_valid(log)
    assert {result["ruleId"] for result in log["runs"][0]["results"]} >= {"FE05", "LC02", "TR03"}
