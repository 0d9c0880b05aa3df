"""The reports over every page of the built sites: valid HTML, links that lead somewhere, headers; none finds a fault.

What was counted is told at the end of a run; `make reports` tells it page by page.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest

from tests.everyone.headers import find_header_faults
from tests.everyone.links import find_links
from tests.everyone.sites import Built, Shown
from tests.everyone.validity import find_faults

Record = Callable[[str, object], None]


@pytest.fixture(params=["ours", "announced", "recent"])
def built(request: pytest.FixtureRequest, built_sites: tuple[Built, ...]) -> Built:
    return next(one for one in built_sites if one.name == request.param)


def test_every_page_is_valid(built: Built, record_property: Record) -> None:
    faults = list(find_faults(built))
    record_property("counted", f"HTML: {built.name}: {len(built.pages)} pages, {len(faults)} faults")
    assert faults == []


def test_every_link_leads_somewhere(built: Built, record_property: Record) -> None:
    found = find_links(built)
    counts = ", ".join(f"{number:,} {sort}" for sort, number in sorted(found.counts.items()))
    record_property("counted", f"links: {built.name}: {counts}; {len(found.broken)} broken")
    assert found.broken == []
    assert found.counts["here"] > 1000
    assert found.counts["anchor"] > 1000


def test_every_page_is_sent_with_its_headers(built: Built, record_property: Record) -> None:
    faults = find_header_faults(built)
    kinds = len({page.kind for page in built.pages})
    told = f"headers: {built.name}: {len(built.pages)} pages of {kinds} kinds, {len(faults)} faults"
    record_property("counted", told)
    assert faults == []


def test_every_page_that_was_written_was_looked_at(built: Built) -> None:
    written = {path.relative_to(built.folder).as_posix() for path in built.folder.rglob("*.html")}
    assert {page.file for page in built.pages} == written


# ---- what a report would find


@pytest.fixture
def broken(built_acme: tuple[Built, ...], tmp_path: Path) -> Built:
    """A site of a few files, to be broken."""
    built = built_acme[0]
    folder = tmp_path / "site"
    shown = Shown("edition", "en", "en/website/americas/")
    for name in (shown.file, "_headers"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(built.folder / name, folder / name)
    return replace(built, folder=folder, pages=(shown,))


def change(built: Built, old: str, new: str, name: str = "") -> None:
    path = built.folder / (name or built.pages[0].file)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("<main", "<p><b></p><main", "unexpected-end-tag"),
        ("<main", "<table><p></table><main", "unexpected"),
        ("<main", '<i id="np-title"></i><main', "id 'np-title' is given twice"),
        ("<main", '<i aria-labelledby="nobody"></i><main', "aria-labelledby names 'nobody', which is not there"),
    ],
)
def test_a_fault_in_a_page_is_found(broken: Built, old: str, new: str, told: str) -> None:
    assert list(find_faults(broken)) == []
    change(broken, old, new)
    assert told in " ".join(fault for _, fault in find_faults(broken))


HERE = "https://privacy.acme.example"
LINK = f'<a href="{HERE}/no/">x</a>'


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.html", '<a href="nowhere/">x</a>', "no such file"),
        ("a.html", '<a href="#nowhere">x</a>', "no such anchor"),
        ("a.html", '<img src="nowhere.png">', "no such file"),
        ("a.html", '<a href="javascript:x">x</a>', "unknown scheme javascript"),
        ("a.html", f'<script type="application/ld+json">{{"a": [{{"b": "{HERE}/no.md"}}]}}</script>', "no such file"),
        ("notices.json", f'{{"urls": {{"en": "{HERE}/no/"}}}}', "no such file"),
        ("changes.json", json.dumps({"content_html": f"<p>{LINK}</p>"}), "no such file"),
        ("changes.atom", f'<feed><content type="html">{escape(LINK)}</content></feed>', "no such file"),
        ("manifest.json", '{"editions": [{"page": "en/no/", "text": "a.html"}]}', "no such file"),
        ("sitemap.xml", f"<urlset><url><loc>{HERE}/no/</loc></url></urlset>", "no such file"),
        ("a.css", 'p { background: url("no.png") }', "no such file"),
    ],
)
def test_a_link_to_nowhere_is_found(broken: Built, name: str, content: str, why: str) -> None:
    (broken.folder / broken.pages[0].file).unlink()
    (broken.folder / "a.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")
    assert find_links(broken).broken == []
    (broken.folder / name).write_text(content, encoding="utf-8")
    [(_, _, told)] = find_links(broken).broken
    assert told == why


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("_headers", "  Referrer-Policy: no-referrer\n", "", "no Referrer-Policy"),
        ("_headers", "script-src 'self'", "script-src 'self' 'unsafe-inline'", "unsafe in the policy"),
        ("_headers", "/:locale/:notice/:region/compare/*", "/*", "noindex as a header only"),
        ("", 'http-equiv="Content-Security-Policy"', 'name="policy"', "the page itself has no policy"),
    ],
)
def test_a_header_that_is_missing_or_too_much_is_found(broken: Built, name: str, old: str, new: str, told: str) -> None:
    assert find_header_faults(broken) == []
    change(broken, old, new, name)
    assert told in " ".join(find_header_faults(broken))
