"""Proof on the page: the lines that check a saved copy are run for real, and a receipt is one sheet of paper."""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pypdf
import pytest
from lxml.html import HtmlElement
from lxml.html import parse as parse_page
from playwright.sync_api import Browser

from noticepress.model import Withdrawal
from noticepress.pages import plan_pages, render_page
from noticepress.pages.plan import Page, edition_page, permanent_page, receipt_page
from noticepress.pages.proofs import list_commands
from tests.acme import FIRST, LOCALES, NOTICE, SECOND
from tests.everyone.hosting import open_host
from tests.everyone.sites import Built
from tests.factories import make_hash, make_version
from tests.test_pages import make_view


@pytest.fixture(scope="module")
def built(built_acme: tuple[Built, ...]) -> Built:
    return built_acme[-1]


def open_file(built: Built, path: str) -> HtmlElement:
    return parse_page(str(built.folder / path / "index.html")).getroot()


def list_printed(built: Built, path: str) -> list[str]:
    """The lines for a terminal that a page shows."""
    return [str(code.text_content()) for code in open_file(built, path).xpath("//code[contains(@class, 'np-command')]")]


# ---- the lines for a terminal


@pytest.mark.parametrize("path", [f"ar/{NOTICE}/elsewhere/{FIRST}/", f"en/{NOTICE}/americas/{FIRST}/receipt/"])
def test_the_printed_line_proves_a_saved_text_and_finds_out_any_other(built: Built, path: str, tmp_path: Path) -> None:
    linux = list_printed(built, path)[0]
    raw = (built.folder / path.removesuffix("receipt/") / "notice.md").read_bytes()
    (tmp_path / "notice.md").write_bytes(raw)
    done = subprocess.run(["sh", "-c", linux], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "notice.md: OK\n")
    (tmp_path / "notice.md").write_bytes(raw.replace(b"2024", b"2025", 1))
    done = subprocess.run(["sh", "-c", linux], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "notice.md: FAILED\n")


def test_every_edition_states_the_hash_of_the_text_beside_it(built: Built) -> None:
    for shown in built.pages:
        if shown.kind in {"edition", "permanent", "receipt"}:
            page = open_file(built, shown.path)
            [link] = {str(a.get("href")) for a in page.xpath("//a[@download]")}
            raw = (built.folder / shown.path / link).resolve().read_bytes()
            lines = list_printed(built, shown.path)
            assert lines[:3] == [line for _, line in list_commands(hashlib.sha256(raw).hexdigest())], shown.path
            assert lines[3:] == [f"noticepress verify notice.md --live {built.address}"]


def test_the_lines_for_macos_and_windows_name_the_same_hash_and_file() -> None:
    commands = dict(list_commands("0f" * 32))
    assert commands["macOS"] == f'echo "{"0f" * 32}  notice.md" | shasum -a 256 -c'
    assert commands["Windows (PowerShell)"] == f'(Get-FileHash notice.md -Algorithm SHA256).Hash -eq "{"0f" * 32}"'


def test_the_record_of_a_version_is_the_one_in_the_manifest(built: Built) -> None:
    manifest = json.loads((built.folder / "manifest.json").read_bytes())
    chain = {version["version"]: version for version in manifest["versions"]}
    for version, previous in ((FIRST, None), (SECOND, chain[FIRST]["sha256"])):
        codes = open_file(built, f"en/{NOTICE}/americas/{version}/receipt/").xpath("//code")
        shown = {str(code.text_content()) for code in codes}
        assert chain[version]["sha256"] in shown
        assert chain[version]["previous"] == previous
        assert (previous in shown) is bool(previous)


def test_a_draft_and_a_site_without_an_address_promise_nothing_they_have_not() -> None:
    version = make_version("2024-01-01")
    view = make_view((version,), site_url="")
    body = html.unescape(render_page(permanent_page("en", "visitors", "world", "2024-01-01"), view).body)
    assert "noticepress verify notice.md<" in re.sub("</?span[^>]*>", "", body)
    drafts = make_view((version, replace(make_version("2030-01-01"), sealed=False)), drafts=True)
    [draft] = [page for page in plan_pages(drafts) if page.kind == "draft" and page.locale == "en"]
    assert "np-check" not in render_page(draft, drafts).body
    assert not [page for page in plan_pages(drafts) if page.kind == "receipt" and page.version == "2030-01-01"]


def test_of_a_text_that_was_taken_away_the_published_hash_is_told() -> None:
    removal = Withdrawal(datetime(2024, 6, 1, tzinfo=UTC), {"en": "A court said so."})
    version = make_version("2024-01-01")
    digest = make_hash("what was published")
    editions = {key: replace(edition, sha256=digest) for key, edition in version.editions.items()}
    removed = replace(version, editions=editions, removals={("world", "en"): removal})
    view = make_view((removed,))
    for page in (edition_page("en", "visitors", "world"), receipt_page("en", "visitors", "world", "2024-01-01")):
        body = html.unescape(render_page(page, view).body)
        assert "This text was taken away." in body
        assert "Save the" not in body
        assert digest in body


# ---- receipts


def test_every_public_version_has_a_receipt_in_every_language(built: Built) -> None:
    found = {(shown.locale, shown.path) for shown in built.pages if shown.kind == "receipt"}
    expected = {
        (locale, f"{locale}/{NOTICE}/{region}/{version}/receipt/")
        for locale in LOCALES
        for region in ("americas", "elsewhere")
        for version in (FIRST, SECOND)
    }
    assert found == expected


def test_a_receipt_says_what_when_who_and_where(built: Built) -> None:
    path = f"en/{NOTICE}/elsewhere/{FIRST}/"
    told = " ".join(str(open_file(built, f"{path}receipt/").text_content()).split())
    for words in (
        "Website privacy notice", "Visitors of our website".lower(), "The rest of the world", "Acme Europe GmbH",
        "Amtsgericht Charlottenburg HRB 1", "Lindenallee 5", "Acme Iberia SL", FIRST, "January 10, 2024",
        "May 20, 2024", "December 6, 2023", f"{built.address}{path}", "Printed or received on",
    ):  # fmt: skip
        assert words in told, words


@pytest.mark.parametrize(
    ("as_of", "told"),
    [
        (date(2026, 2, 1), "No later version was announced when this page was made."),
        (date(2026, 4, 1), "Applies until"),
        (date(2026, 6, 1), "Replaced on"),
    ],
)
def test_a_receipt_ends_where_its_version_ends(as_of: date, told: str) -> None:
    later = make_version("2026-05-01", announced=datetime(2026, 3, 2, tzinfo=UTC))
    view = make_view((make_version("2024-01-01"), later), as_of)
    assert told in render_page(receipt_page("en", "visitors", "world", "2024-01-01"), view).body


def test_a_receipt_of_a_cancelled_version_says_that_it_never_applied() -> None:
    cancelled = replace(
        make_version("2026-05-01", announced=datetime(2026, 3, 2, tzinfo=UTC)),
        withdrawn=Withdrawal(datetime(2026, 4, 1, tzinfo=UTC), {"en": "Not needed."}),
    )
    view = make_view((make_version("2024-01-01"), cancelled), date(2026, 6, 1))
    body = render_page(receipt_page("en", "visitors", "world", "2026-05-01"), view).body
    assert "Withdrawn: this version never applied" in body
    assert "Applies until" not in body


def test_a_receipt_knows_no_day_of_its_own() -> None:
    page = receipt_page("en", "visitors", "world", "2024-01-01")
    versions = (make_version("2024-01-01"),)
    first, second = (render_page(page, make_view(versions, day)) for day in (date(2026, 1, 1), date(2026, 12, 1)))
    assert first == second


# ---- in a browser


@pytest.fixture(params=["en", "ja", "ar"])
def locale(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def read_pdf(raw: bytes) -> Iterator[str]:
    for sheet in pypdf.PdfReader(io.BytesIO(raw)).pages:
        yield unicodedata.normalize("NFKC", "".join(sheet.extract_text().split()))


@pytest.mark.browser
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_receipt_is_one_sheet_that_names_text_and_place(
    browser: Browser, built: Built, locale: str, paper: str
) -> None:
    path = f"{locale}/{NOTICE}/elsewhere/{SECOND}/"
    raw = (built.folder / path / "notice.md").read_bytes()
    with open_host(browser, built) as host:
        [sheet] = read_pdf(host.open_page(f"{path}receipt/").pdf(format=paper))
    assert hashlib.sha256(raw).hexdigest() in sheet
    assert f"{built.address}{path}" in sheet
    assert SECOND in sheet
    assert host.faults == []


@pytest.mark.browser
def test_a_line_is_copied_as_it_is_run_in_any_direction(browser: Browser, built: Built, locale: str) -> None:
    path = f"{locale}/{NOTICE}/americas/{SECOND}/"
    with open_host(browser, built, width=320) as host:
        page = host.open_page(path)
        page.locator(".np-check > summary").click()
        copied = [
            code.evaluate("code => { getSelection().selectAllChildren(code); return getSelection().toString() }")
            for code in page.locator(".np-command").all()
        ]
        directions = page.locator(".np-command").evaluate_all(
            "all => all.map((one) => getComputedStyle(one).direction)"
        )
        assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert copied == list_printed(built, path)
    assert set(directions) == {"ltr"}
    assert host.faults == []


@pytest.mark.browser
def test_a_receipt_is_printed_by_its_button_and_read_on_a_phone(browser: Browser, built: Built, locale: str) -> None:
    with open_host(browser, built, width=320) as host:
        page = host.open_page(f"{locale}/{NOTICE}/elsewhere/{SECOND}/")
        page.locator("a[href='receipt/']").click()
        page.evaluate("window.print = () => { window.printed = true }")
        page.locator("[data-np-print]").click()
        assert page.evaluate("window.printed")
        assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert host.faults == []


def test_a_receipt_is_as_deep_as_its_address() -> None:
    assert receipt_page("en", "n", "r", "2024-01-01") == Page(
        "en/n/r/2024-01-01/receipt/", "receipt", "en", "n", "r", "2024-01-01"
    )
