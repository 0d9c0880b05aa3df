"""The tables of checks in docs/checks.md, made from the checks: `make docs` writes them, a test holds them."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

from noticepress.checks import CHECKS, GROUPS, Check, name_group

PAGE = Path(__file__).parent.parent / "docs" / "checks.md"
BEGIN, END = "<!-- made by `make docs` -->", "<!-- end -->"


def write_cell(text: str) -> str:
    """Words as a table's cell takes them."""
    return " ".join(text.replace("|", "\\|").split())


def make_row(check: Check) -> str:
    """A check in a row: what it finds, why that matters, and who asks for it."""
    asked = "" if check.jurisdictions == ("all",) else f" Asked for by: {', '.join(check.jurisdictions)}."
    kind = "decides" if check.decides else "hints"
    return f"| `{check.id}` | {check.severity} | {kind} | {write_cell(check.finds)} | {write_cell(check.why)}{asked} |"


def make_tables() -> str:
    """A table for each group, in the order of the groups."""
    order = [*GROUPS.values(), "Files"]
    found = sorted(CHECKS.values(), key=lambda check: (order.index(name_group(check)), check.id))
    parts = []
    for group, checks in groupby(found, key=name_group):
        head = ["| id | severity | | finds | why |", "|---|---|---|---|---|"]
        parts.append("\n".join([f"### {group}", "", *head, *map(make_row, checks)]))
    return "\n\n".join(parts)


def put_tables(text: str) -> str:
    """The page with the tables that the checks make now."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{make_tables()}\n\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(put_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.exit()
