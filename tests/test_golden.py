"""Each of the 58 checks has a case that it finds and a near miss that it leaves alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from noticepress.checks import CHECKS, GROUPS
from tests import (
    test_checks_announcements,
    test_checks_content,
    test_checks_dates,
    test_checks_facts,
    test_checks_headings,
    test_checks_language,
    test_checks_links,
    test_checks_pages,
    test_checks_regions,
    test_checks_translations,
)
from tests.findings import Case

TABLES: Sequence[tuple[Sequence[Case], Sequence[Case]]] = [
    (module.FOUND, module.NEAR)
    for module in (
        test_checks_announcements,
        test_checks_content,
        test_checks_dates,
        test_checks_facts,
        test_checks_headings,
        test_checks_language,
        test_checks_links,
        test_checks_regions,
        test_checks_translations,
    )
]

FOUND = {case.check for found, _ in TABLES for case in found} | {name for name, *_ in test_checks_pages.FAULTS}
LEFT_ALONE = {case.check for _, near in TABLES for case in near} | {name for name, *_ in test_checks_pages.NEAR}

OF_A_BUILT_SITE = {"CN08", "DV05"}
"""Their cases tamper with files that were published, in tests of their own beside the tables."""


def test_there_are_58_checks_in_nine_groups() -> None:
    numbered = [name for name in CHECKS if name[:2] in GROUPS and name[2:].isdigit()]
    assert len(numbered) == 58
    sizes = {group: sum(name.startswith(group) for name in numbered) for group in GROUPS}
    assert sizes == {"FE": 8, "RG": 5, "DV": 9, "TR": 6, "CN": 8, "CE": 8, "LC": 5, "PL": 4, "AX": 5}


@pytest.mark.parametrize("name", [name for name in CHECKS if name[2:].isdigit() and name not in OF_A_BUILT_SITE])
def test_a_check_has_a_case_and_a_near_miss(name: str) -> None:
    assert name in FOUND
    assert name in LEFT_ALONE


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: check.id)
def test_a_check_explains_itself(check: object) -> None:
    for text in ("finds", "why", "wrong", "right"):
        assert len(str(getattr(check, text))) > 10
    assert getattr(check, "severity", "") in {"error", "warning", "info"}
