"""Each of the 59 checks has a case that it finds and a near miss that it leaves alone."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from noticepress.checks import CHECKS, GROUPS
from tests import test_checks_pages
from tests.findings import Case

PATHS = [*sorted(Path(__file__).parent.glob("test_checks_*.py")), Path("test_look.py")]
MODULES = [import_module(f"tests.{path.stem}") for path in PATHS]
"""Where the tables are; those of built pages hold no site, but what is put into a page."""


def list_cases(table: str) -> set[str]:
    """The checks that have a case in some module's table."""
    return {case.check for module in MODULES for case in getattr(module, table, ()) if isinstance(case, Case)}


FOUND = list_cases("FOUND") | {name for name, *_ in test_checks_pages.FAULTS}
LEFT_ALONE = list_cases("NEAR") | {name for name, *_ in test_checks_pages.NEAR}


def test_there_are_59_checks_in_nine_groups() -> None:
    numbered = [name for name in CHECKS if name[:2] in GROUPS and name[2:].isdigit()]
    assert len(numbered) == 59
    sizes = {group: sum(name.startswith(group) for name in numbered) for group in GROUPS}
    assert sizes == {"FE": 8, "RG": 5, "DV": 9, "TR": 6, "CN": 8, "CE": 8, "LC": 5, "PL": 4, "AX": 6}


@pytest.mark.parametrize("name", [name for name in CHECKS if name[2:].isdigit()])
def test_a_check_has_a_case_and_a_near_miss(name: str) -> None:
    assert name in FOUND
    assert name in LEFT_ALONE


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: check.id)
def test_a_check_explains_itself(check: object) -> None:
    for text in ("finds", "why", "wrong", "right"):
        assert len(str(getattr(check, text))) > 10
    assert getattr(check, "severity", "") in {"error", "warning", "info"}
