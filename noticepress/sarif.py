"""Findings in SARIF 2.1.0 (OASIS), which code hosts show in a review, each at its line."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from noticepress.checks import Check, Findings, name_group
from noticepress.errors import Problem, Severity
from noticepress.model import Waiver

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


def describe_sarif(findings: Findings, checks: Mapping[str, Check], release: str) -> dict[str, Any]:
    """A SARIF log of one run: the rules, every finding, and those that a waiver lets pass, marked so.

    Paths are relative to the site and columns count characters, both as everywhere here. `release` is our own.
    """
    used = sorted({problem.id for problem in findings.problems} | {problem.id for problem, _ in findings.waived})
    places = {name: index for index, name in enumerate(used)}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "Noticepress",
                        "version": release,
                        "rules": [_describe_rule(checks[name]) for name in used],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [
                    *(_describe_result(problem, places) for problem in findings.problems),
                    *(_describe_waived(problem, waiver, places) for problem, waiver in findings.waived),
                ],
            }
        ],
    }


def _describe_rule(check: Check) -> dict[str, Any]:
    return {
        "id": check.id,
        "shortDescription": {"text": check.finds},
        "fullDescription": {"text": check.why},
        "help": {
            "text": f"{check.why}\n\nWrong: {check.wrong}\nRight: {check.right}",
            "markdown": f"{check.why}\n\n- wrong: `{check.wrong}`\n- right: `{check.right}`",
        },
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
        "properties": {
            "precision": "very-high" if check.decides else "medium",
            "tags": [name_group(check), *(law for law in check.jurisdictions if law != "all")],
        },
    }


def _describe_result(problem: Problem, places: Mapping[str, int]) -> dict[str, Any]:
    source = problem.source
    hint = f" Next: {problem.hint}." if problem.hint else ""
    law = f"[{problem.jurisdiction}] " if problem.jurisdiction != "all" else ""
    identity = f"{problem.id}\n{source.path}\n{problem.message}"
    return {
        "ruleId": problem.id,
        "ruleIndex": places[problem.id],
        "level": _LEVELS[problem.severity],
        "message": {"text": f"{law}{problem.message}.{hint}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(source.path)},
                    "region": {"startLine": max(source.line, 1), "startColumn": max(source.column, 1)},
                }
            }
        ],
        # The same finding on another line is the same finding.
        "partialFingerprints": {"finding/v1": hashlib.sha256(identity.encode()).hexdigest()},
    }


def _describe_waived(problem: Problem, waiver: Waiver, places: Mapping[str, int]) -> dict[str, Any]:
    told = f"{waiver.reason} ({waiver.by}, until {waiver.until})"
    suppression = {"kind": "external", "status": "accepted", "justification": told}
    return {**_describe_result(problem, places), "suppressions": [suppression]}
