"""What is left of Material's style sheet: all that can hold for our pages, and nothing that nobody reads."""

from __future__ import annotations

import gzip
import re
from datetime import date
from pathlib import Path

import pytest

from noticepress.cli import open_press
from noticepress.pages import SHEETS
from noticepress.stylesheets import CLASSES, read_material, split_rules, take_rules

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        ("a{color:red}", "a{color:red}"),
        (".md-typeset p{margin:0}", ".md-typeset p{margin:0}"),
        (".md-typeset p,.md-search p{margin:0}", ".md-typeset p{margin:0}"),
        (".md-search{margin:0}", ""),
        (".md-typeset a:not(.md-button){margin:0}", ".md-typeset a:not(.md-button){margin:0}"),
        (":is(a,.md-nav):hover{margin:0}", ""),
        ("@media print{.md-tabs{top:0}.md-grid{top:0}}", "@media print{.md-grid{top:0}}"),
        ("@media print{.md-tabs{top:0}}", ""),
        ("@keyframes turn{to{top:0}}", ""),
        ('@charset "UTF-8";html{top:0}', "html{top:0}"),
        ("[data-md-color-scheme=slate]{top:0}", ""),
    ],
)
def test_a_rule_stays_where_it_can_hold(rule: str, kept: str) -> None:
    assert take_rules(rule, "") == kept


def test_a_property_stays_while_somebody_reads_it() -> None:
    sheet = ':root{--a:url("data:x;{}");--b:var(--c);--c:1px;--d:2px}p{top:var(--b)}'
    assert take_rules(sheet, "") == ":root{--b:var(--c);--c:1px;}p{top:var(--b)}"
    assert take_rules(sheet, "i{left:var(--d)}") == ":root{--b:var(--c);--c:1px;--d:2px}p{top:var(--b)}"
    assert take_rules(":root{--a:1}p{top:0}", "") == "p{top:0}"


def test_a_brace_in_a_text_ends_no_rule() -> None:
    assert split_rules('a{content:"}"}b{top:0}') == ['a{content:"}"}', "b{top:0}"]


def test_every_class_of_a_page_is_ours_or_kept(history: Path) -> None:
    """A page with a class of Material's whose rules were left out would be missing them."""
    press = open_press(history, date(2024, 6, 1))
    known = set(re.findall(r"\.(md-[\w-]+)", read_material()))
    assert len(known) > 100
    bodies = "".join(press.site.render(page).body for page in press.site.pages)
    frame = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates" / "theme").rglob("*.html"))
    used = {name for found in re.findall(r'class="([^"]*)"', bodies + frame) for name in found.split()}
    assert {name for name in used if name in known} <= CLASSES


def test_the_style_sheet_of_a_first_visit_is_small(history: Path) -> None:
    files = dict(open_press(history, date(2024, 6, 1)).site.files())
    ours = files["assets/stylesheets/noticepress.css"]
    assert b".md-typeset" in ours
    assert len(gzip.compress(ours, mtime=0)) < len(gzip.compress(read_material().encode(), mtime=0))


def test_a_page_links_the_sheets_that_hold_rules_for_it(history: Path) -> None:
    """Each class that a sheet names is named in a sheet that the page has; and each sheet that it has names one."""
    site = open_press(history, date(2024, 6, 1)).site
    files = dict(site.files())
    named = {
        name: set(re.findall(r"\.(np-[\w-]+)", files[f"assets/stylesheets/{name}"].decode()))
        for name in ("noticepress.css", *SHEETS)
    }
    seen: set[str] = set()
    for page in site.pages:
        made = site.render(page)
        linked = {"noticepress.css", *re.findall(r'stylesheets/([\w-]+\.css)"', made.head)}
        held = {name for found in re.findall(r'class="([^"]*)"', made.body) for name in found.split()}
        known = set().union(*(named[sheet] for sheet in linked))
        assert held & set().union(*named.values()) <= known, page
        assert all(held & named[sheet] for sheet in linked), page
        seen |= linked
    assert seen == {*named}


def test_the_page_for_what_is_not_found_looks_like_the_others(history: Path) -> None:
    """Its list of starts is styled where places are."""
    site = open_press(history, date(2024, 6, 1)).site
    page = next(page for page in site.pages if page.kind == "not-found")
    assert "finding.css" in site.render(page).head
