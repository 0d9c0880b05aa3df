"""The checks of built pages: each finds its fault in HTML or CSS, and leaves the nearest neighbour alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from noticepress.checks import Built, find_problems
from noticepress.colours import measure_contrast
from noticepress.files import find_templates
from noticepress.inspection import read_templates
from noticepress.library import Reading, read_library
from tests import acme
from tests.findings import tell

PAGE = "en/website/americas/2024-01-10/index.html"
COMPARE = "en/website/americas/compare/2024-01-10/2024-05-20/index.html"
CSS = "assets/site.css"
NOW = date(2024, 6, 1)

GOOD = """\
<!doctype html>
<html lang="en">
<head><title>Website privacy notice, 2024-01-10</title>
<link rel="version-history" href="../history/"><link rel="successor-version" href="../2024-05-20/">
<link rel="stylesheet" href="../../../../assets/site.css">
<script type="application/ld+json">{"dateModified": "2024-01-10"}</script>
<script src="/assets/site.js"></script>
</head>
<body><p>From <time datetime="2024-01-10">January 10</time> until <time datetime="2024-05-20">May 20</time>,
version 2024-01-10 by Acme Research Inc.</p> <a href="notice.md">Plain text</a> <a href="https://other.example/">other</a>
<table><tr><th>Data</th></tr><tr><td>Mail</td></tr></table></body></html>
"""

REDLINE = """\
<!doctype html>
<html lang="en"><head><title>Changes</title></head>
<body><ul class="np-legend"><li><ins>inserted</ins></li></ul><a href="#change-1">1 section changed</a>
<p>We do <del>not</del> <ins>always</ins> ask.</p></body></html>
"""

SHEET = """\
:root { --np-paper: #fff; --np-ink: #222; --np-line: #eee; }
ins { text-decoration: underline; }
del { text-decoration: line-through; }
@media print { nav { display: none; } }
"""

Files = Mapping[str, str]


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return read_library(acme.make_history(tmp_path_factory.mktemp("acme")))


def find(reading: Reading, check: str, pages: Files, files: Files | None = None) -> list[str]:
    built = Built(pages=pages, files={CSS: SHEET, "assets/site.js": "print()"} if files is None else files)
    return [tell(p) for p in find_problems(reading, NOW, built) if p.id == check]


@pytest.mark.parametrize("check", ["AX02", "AX03", "AX04", "AX05", "DV09", "LC05"])
def test_good_pages_have_no_findings(reading: Reading, check: str) -> None:
    assert find(reading, check, {PAGE: GOOD, COMPARE: REDLINE}) == []


FAULTS = [
    (
        "LC05",
        "<table>",
        '<img src="https://seal.example/s.png" alt="">\n<table>',
        f"{PAGE}:11:1: img asks another host: https",
    ),
    (
        "LC05",
        "<table>",
        '<img srcset="a.png 1x, //cdn.example/b.png 2x" alt=""><table>',
        f"{PAGE}:11:1: img asks another",
    ),
    (
        "LC05",
        'rel="stylesheet" href="',
        'rel="stylesheet" href="//fonts.example/',
        f"{PAGE}:5:1: link asks another host",
    ),
    ("LC05", "</body>", "<script>localStorage.x = 1</script></body>", f"{PAGE}:11:1: a script uses localStorage"),
    ("DV09", '<time datetime="2024-01-10">', "<time>", f"{PAGE}:1:1: missing the effective date 2024-01-10"),
    ("DV09", '"dateModified"', '"x"', f"{PAGE}:1:1: missing the date of the last update"),
    ("DV09", "version 2024-01-10", "version 3", f"{PAGE}:1:1: missing the version 2024-01-10"),
    ("DV09", "Acme Research Inc.", "Acme", f"{PAGE}:1:1: missing who answers: Acme Research Inc."),
    ("DV09", 'lang="en"', 'lang="es"', f"{PAGE}:1:1: missing the language en"),
    ("DV09", "version-history", "x", f"{PAGE}:1:1: missing a link to all versions"),
    ("DV09", "successor-version", "x", f"{PAGE}:1:1: missing a link to its successor"),
    ("DV09", 'datetime="2024-05-20"', "", f"{PAGE}:1:1: missing until when it applies: 2024-05-20"),
    ("AX02", ' lang="en"', "", f"{PAGE}:2:1: no lang"),
    ("AX02", 'lang="en"', 'lang="ar"', f"{PAGE}:2:1: ar is written from the right: no dir"),
    ("AX02", "Website privacy notice, 2024-01-10", " ", f"{PAGE}:1:1: no title"),
    ("AX03", "<p>From", "<ins><p>x</p></ins><p>From", f"{PAGE}:9:1: <ins> runs over the end of a block"),
    ("AX03", "<p>From", "<p><del>x</p><p>From", f"{PAGE}:9:1: <del> runs over the end of a block"),
    ("AX04", "<th>Data</th>", "<td>Data</td>", f"{PAGE}:11:1: a table of data without header cells"),
    ("AX05", "notice.md", "other.txt", f"{PAGE}:1:1: w no plain text beside it"),
]


@pytest.mark.parametrize(("check", "old", "new", "told"), FAULTS)
def test_a_fault_of_a_page_is_found(reading: Reading, check: str, old: str, new: str, told: str) -> None:
    assert old in GOOD
    found = find(reading, check, {PAGE: GOOD.replace(old, new)})
    assert [line[: len(told)] for line in found] == [told]


NEAR = [
    ("LC05", "<table>", '<img src="data:image/png;base64,AA" alt=""><img src="/assets/a.png" alt=""><table>'),
    ("LC05", "<table>", '<a href="https://seal.example/">seal</a><table>'),
    ("DV09", 'rel="version-history"', 'rel="x version-history"'),
    ("AX02", 'lang="en"', 'lang="en-GB" dir="ltr"'),
    ("AX03", "<p>From", "<p><ins>x <em>y</em></ins></p><p>From"),
    ("AX04", "<table>", '<table role="presentation">'),
    ("AX05", "notice.md", "./notice.md"),
]


@pytest.mark.parametrize(("check", "old", "new"), NEAR)
def test_a_near_miss_is_left_alone(reading: Reading, check: str, old: str, new: str) -> None:
    assert old in GOOD
    assert [line for line in find(reading, check, {PAGE: GOOD.replace(old, new)}) if "language" not in line] == []


def test_a_redline_needs_legend_list_and_more_than_colour(reading: Reading) -> None:
    assert find(reading, "AX03", {COMPARE: REDLINE.replace("np-legend", "x")}) == [
        f"{COMPARE}:1:1: the marks are not explained in words"
    ]
    assert find(reading, "AX03", {COMPARE: REDLINE.replace("#change-1", "/x")}) == [
        f"{COMPARE}:1:1: no list of changes leads to them"
    ]
    pale = {CSS: SHEET.replace("text-decoration: line-through", "color: red")}
    assert find(reading, "AX03", {COMPARE: REDLINE}, pale) == ["assets:1:1: the stylesheet shows <del> by colour only"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("--np-ink: #222", "--np-ink: #999", f"{CSS}:1:1: --np-ink on --np-paper: 2.8:1"),
        ("--np-line: #eee", "--np-ink-tint: #555", f"{CSS}:1:1: --np-ink on --np-ink-tint: 2.1:1"),
    ],
)
def test_pale_words_are_found(reading: Reading, old: str, new: str, told: str) -> None:
    assert find(reading, "AX04", {}, {CSS: SHEET.replace(old, new)}) == [told]


def test_a_dark_scheme_is_measured_with_what_it_leaves_as_it_was(reading: Reading) -> None:
    dark = SHEET + "@media (prefers-color-scheme: dark) {\n  :root { --np-paper: #111; }\n}\n"
    assert find(reading, "AX04", {}, {CSS: dark}) == [f"{CSS}:6:1: --np-ink on --np-paper: 1.2:1"]


def test_a_stylesheet_asks_no_other_host_and_knows_print(reading: Reading) -> None:
    asking = {CSS: SHEET + '@import "https://fonts.example/a.css";\nb { background: url(//x.example/y.png) }\n'}
    assert find(reading, "LC05", {}, asking) == [
        f"{CSS}:5:1: a stylesheet asks another host: https://fonts.example/a.css",
        f"{CSS}:6:1: a stylesheet asks another host: //x.example/y.png",
    ]
    assert find(reading, "AX05", {PAGE: GOOD}, {CSS: SHEET.replace("@media print", "@media tv")}) == [
        f"{CSS}:1:1: w no rules for print"
    ]


def test_a_script_counts_only_where_a_page_loads_it(reading: Reading) -> None:
    stores = {CSS: SHEET, "assets/site.js": "\nsessionStorage.x = 1"}
    assert find(reading, "LC05", {PAGE: GOOD}, stores) == ["assets/site.js:2:1: a script uses sessionStorage"]
    assert find(reading, "LC05", {PAGE: GOOD.replace("/assets/site.js", "/assets/a.js")}, stores) == []


def test_two_pages_may_not_share_a_title_unless_one_is_not_listed(reading: Reading) -> None:
    other = "en/website/elsewhere/2024-01-10/index.html"
    twice = {PAGE: GOOD, other: GOOD}
    assert find(reading, "AX02", twice) == [
        f"{other}:1:1: the title 'Website privacy notice, 2024-01-10' is another page's too"
    ]
    unlisted = GOOD.replace("<head>", '<head><meta name="robots" content="noindex">')
    assert find(reading, "AX02", {PAGE: GOOD, other: unlisted}) == []


@pytest.mark.parametrize(
    ("one", "other", "contrast"), [("#000", "#fff", 21.0), ("#777777", "#ffffff", 4.48), ("#fff", "#fff", 1.0)]
)
def test_contrast_is_that_of_wcag(one: str, other: str, contrast: float) -> None:
    assert measure_contrast(one, other) == measure_contrast(other, one) == pytest.approx(contrast, abs=0.01)


@cache
def list_own_templates() -> Mapping[str, str]:
    return read_templates(find_templates(Path(__file__).parent.parent))


def test_our_own_theme_has_no_weak_pair(reading: Reading) -> None:
    built = Built(templates=list_own_templates())
    assert any(path.endswith(".css") for path in built.templates)
    assert [tell(p) for p in find_problems(reading, NOW, built) if p.id == "AX04"] == []
