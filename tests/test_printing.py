"""Editions on paper: read back by a stranger, the same on every run, and nothing of a text becomes code."""

from __future__ import annotations

import importlib.metadata
import io
import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest

from noticepress import printing
from noticepress.cli import open_press
from noticepress.errors import OutsideError, UsageError
from noticepress.library import load_library
from noticepress.pages.scene import Scene
from noticepress.printing import Printer, Unprintable, open_printer
from tests.terminal import Shell

ROOT = Path(__file__).parent.parent
TEMPLATE = ROOT / "templates" / "print" / "edition.typ"
DAY = date(2024, 6, 1)
ISSUED = datetime(2024, 5, 20, tzinfo=UTC)
PERMANENT = re.compile(r"(en|es|ar|ja)/website/(americas|elsewhere)/\d{4}-\d{2}-\d{2}/notice\.pdf")


def turn_on(site: Path, value: str) -> None:
    path = site / "mkdocs.yml"
    settings = path.read_text(encoding="utf-8").partition("    pdf: ")[0]
    path.write_text(f"{settings}    pdf: {value}\n", encoding="utf-8")


def print_site(site: Path) -> dict[str, bytes]:
    turn_on(site, "auto")
    return {path: content for path, content in open_press(site, DAY).site.files() if path.endswith(".pdf")}


def open_pdf(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def squeeze(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="session")
def printer() -> Printer:
    return open_printer(TEMPLATE, ["en", "de"])


def make_paper(blocks: list[Mapping[str, Any]], **more: object) -> dict[str, Any]:
    return {
        "title": "A notice",
        "authors": ["Acme Research Inc."],
        "description": "A notice.",
        "language": "en",
        "territory": "",
        "script": "",
        "direction": "ltr",
        "paper": "a4",
        "facts": [["Version", "2024-05-20"]],
        "hash": ["SHA-256", "0" * 64],
        "footer": "Version 2024-05-20",
        "address": "https://privacy.acme.example/",
        "pages": "Page {page} of {pages}",
        "ids": [],
        "blocks": blocks,
        **more,
    }


def make_words(text: str) -> dict[str, Any]:
    return {
        "kind": "paragraph",
        "tight": False,
        "children": [],
        "spans": [{"text": text, "break": False, "marks": []}],
    }


def test_every_sealed_edition_has_a_pdf_at_its_permanent_address(site: Path) -> None:
    found = print_site(site)
    sealed = [
        f"{locale}/website/{region}/{version.id}/notice.pdf"
        for version in load_library(site).versions["website"]
        for region, locale in version.editions
        if locale in ("en", "es")
    ]
    assert len(sealed) == 8
    assert set(sealed) <= set(found)
    assert all(PERMANENT.fullmatch(path) for path in found)


def test_each_page_says_which_version_it_is_and_where_it_stands(site: Path) -> None:
    text = site / "content" / "website" / "versions" / "2024-05-20" / "elsewhere" / "en.md"
    found = print_site(site)["en/website/elsewhere/2024-05-20/notice.pdf"]
    pages = open_pdf(found).pages
    assert text.is_file()
    assert len(pages) >= 1
    for page in pages:
        words = squeeze(page.extract_text())
        assert "2024-05-20" in words
        assert "https://privacy.acme.example/en/website/elsewhere/2024-05-20/" in words


def test_a_long_text_has_its_version_on_the_last_page_too(printer: Printer) -> None:
    made = printer.print_paper(make_paper([make_words("Words of a notice. " * 60)] * 12), ISSUED)
    pages = [page.extract_text() for page in open_pdf(made).pages]
    assert len(pages) > 2
    assert all("Version 2024-05-20" in page for page in pages)
    assert [f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1)] == [True] * len(pages)


def test_a_pdf_is_tagged_titled_and_in_its_language(site: Path) -> None:
    found = open_pdf(print_site(site)["es/website/elsewhere/2024-05-20/notice.pdf"])
    root: Any = found.trailer["/Root"].get_object()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "es"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    metadata = found.metadata
    assert metadata is not None
    assert metadata.title == "Aviso de privacidad del sitio web"
    assert found.outline, "its headings are its contents"
    tags = set(re.findall(r"/S': '/(\w+)'", str(list(_walk_tags(root["/StructTreeRoot"])))))
    assert {"H1", "H2", "P", "L", "LI", "Table", "TH", "TD", "Link"} <= tags


def _walk_tags(node: Any) -> list[Any]:  # noqa: ANN401 - a tree of pypdf's
    found: list[Any] = []
    waiting = [node]
    while waiting:
        item = waiting.pop().get_object()
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            if "/S" in item:
                found.append({"/S": str(item["/S"])})
            if "/K" in item:
                waiting.append(item["/K"])
    return found


def test_a_pdf_says_all_the_words_of_its_text(site: Path) -> None:
    found = open_pdf(print_site(site)["en/website/americas/2024-05-20/notice.pdf"])
    said = squeeze("".join(page.extract_text() for page in found.pages))
    for words in (
        "What it covers",
        "Acme Research Inc.",
        "P.O. Box 7",
        "Pages you read",
        "To answer you.",
        "Your rights",
    ):
        assert squeeze(words) in said
    targets = {
        str(link["/A"]["/URI"])
        for page in found.pages
        for note in page.get("/Annots", [])
        if (link := note.get_object()).get("/A", {}).get("/URI")
    }
    assert {"mailto:privacy@acme.example", "https://authorities.example/list"} <= targets


def test_the_same_edition_gives_the_same_bytes(site: Path) -> None:
    first = print_site(site)
    again = {path: content for path, content in open_press(site, DAY).site.files() if path.endswith(".pdf")}
    later = dict(open_press(site, date(2030, 1, 1)).site.files())
    assert first == again
    assert {path: later[path] for path in first} == first


@pytest.mark.parametrize(
    "text",
    [
        '#eval("1")',
        "$x^2$",
        "*bold* _it_ `raw`",
        "<label> @ref // note",
        '"quoted" \\ #import "x"',
        "[brackets] {braces}",
    ],
)
def test_words_that_look_like_code_stay_words(printer: Printer, text: str) -> None:
    made = printer.print_paper(make_paper([make_words(text)], footer=text, title=text), ISSUED)
    said = squeeze(open_pdf(made).pages[0].extract_text())
    assert said.count(squeeze(text)) == 3


def test_a_letter_without_glyph_is_an_error_and_no_box(printer: Printer) -> None:
    with pytest.raises(Unprintable, match="could not be displayed"):
        printer.print_paper(make_paper([make_words("\U0001d800\U00013000 \ufdd0 \U000e0fff")]), ISSUED)


def test_a_page_links_to_its_pdf_only_where_there_is_one(site: Path) -> None:
    page = "en/website/elsewhere/"
    press = open_press(site, DAY)
    plain = press.site.render(next(p for p in press.site.pages if p.path == page)).body
    assert "notice.pdf" not in plain
    turn_on(site, "auto")
    press = open_press(site, DAY)
    assert 'href="2024-05-20/notice.pdf"' in press.site.render(next(p for p in press.site.pages if p.path == page)).body


def test_without_typst_auto_goes_on_and_always_stops(site: Path, run: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "is_installed", lambda: False)
    turn_on(site, "auto")
    assert open_press(site, DAY).site.printer is None
    told = run("build", "--site", site, "--as-of", DAY)
    assert (told.code, "noticepress[pdf]" in told.err) == (0, True)
    turn_on(site, "always")
    with pytest.raises(UsageError, match=r"noticepress\[pdf\]"):
        open_press(site, DAY)


def test_a_language_without_a_font_is_left_out_or_stops(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def open_blind(template: Path, locales: list[str], _: Path | None = None) -> Printer:
        made = open_printer(template, locales)
        return Printer(made.template, made.fonts, frozenset(locales) - {"ja"}, {"ja": "no letters"})

    monkeypatch.setattr(printing, "open_printer", open_blind)
    assert {path.partition("/")[0] for path in print_site(site)} >= {"en", "es"}
    assert not [path for path in print_site(site) if path.startswith("ja/")]
    path = site / "mkdocs.yml"
    path.write_text(
        re.sub("(    pdf: auto\n)+", "    pdf: always\n", path.read_text(encoding="utf-8")), encoding="utf-8"
    )
    with pytest.raises(OutsideError, match="ja: no letters"):
        open_press(site, DAY)


def test_what_is_printed_is_plain_data(site: Path) -> None:
    turn_on(site, "auto")
    shown = open_press(site, DAY).site
    standing = shown.view.lines["website"]["elsewhere"].visible[-1]
    edition = standing.edition("en")
    assert edition is not None
    page = next(p for p in shown.pages if p.path == "en/website/elsewhere/2024-05-20/")
    paper = printing.describe_paper(Scene(page, shown.view), standing, edition)
    assert json.loads(json.dumps(paper)) == paper
    assert (paper["paper"], paper["hash"][1]) == ("a4", edition.sha256)


def test_every_language_is_tagged_named_and_placed_on_each_page(site: Path) -> None:
    """In those that this machine has letters for; others are left out, as is tested above."""
    found = print_site(site)
    assert {"en", "es"} <= {path.partition("/")[0] for path in found}
    for path, content in found.items():
        reader = open_pdf(content)
        root: Any = reader.trailer["/Root"].get_object()
        assert root["/MarkInfo"]["/Marked"], path
        assert root["/Lang"].partition("-")[0] == path.partition("/")[0], path
        for page in reader.pages:
            words = squeeze(page.extract_text())
            assert path.split("/")[3] in words, path
            assert f"https://privacy.acme.example/{path.removesuffix('notice.pdf')}" in words, path


def test_typst_comes_only_with_the_extra() -> None:
    needed = importlib.metadata.requires("noticepress") or []
    lines = [line.replace('"', "'") for line in needed if line.startswith("typst")]
    assert lines
    assert all("extra == 'pdf'" in line for line in lines)
