"""What a browser prints: the words whole, with version, address and number on each sheet, and nothing of the screen."""

from __future__ import annotations

import io

import pypdf
import pytest
from playwright.sync_api import Browser

from tests.everyone.hosting import open_host
from tests.everyone.sites import Built

pytestmark = pytest.mark.browser

LINE = "website/elsewhere/"
SHEETS = [
    ("en", LINE, "2024-01-10/"),
    ("ar", LINE, "2024-01-10/"),
    ("ja", f"{LINE}2024-05-20/", ""),
    ("en", f"{LINE}compare/2024-01-10/2024-05-20/", ""),
    ("es", f"{LINE}history/", ""),
]


def squeeze(text: str) -> str:
    return "".join(text.split())


def print_page(browser: Browser, built: Built, path: str) -> list[str]:
    """The words of each sheet, on small paper so that there are several."""
    with open_host(browser, built, java_script_enabled=False) as host:
        content = host.open_page(path).pdf(width="120mm", height="120mm", tagged=True)
        assert host.faults == []
    return [squeeze(sheet.extract_text()) for sheet in pypdf.PdfReader(io.BytesIO(content)).pages]


@pytest.mark.parametrize(("locale", "path", "permanent"), SHEETS, ids=lambda value: str(value).strip("/") or "-")
def test_each_sheet_says_where_its_words_stand(
    locale: str, path: str, permanent: str, browser: Browser, built_sites: tuple[Built, ...]
) -> None:
    built = built_sites[1]
    sheets = print_page(browser, built, f"{locale}/{path}")
    assert len(sheets) > 1
    for number, sheet in enumerate(sheets, 1):
        assert f"{built.address}{locale}/{path}{permanent}" in sheet
        assert f"{number}/{len(sheets)}" in sheet or (locale == "ar" and f"{len(sheets)}/{number}" in sheet)


def test_an_edition_is_printed_whole_and_without_what_only_a_screen_can_do(
    browser: Browser, built_sites: tuple[Built, ...]
) -> None:
    said = "".join(print_page(browser, built_sites[1], f"en/{LINE}"))
    for words in (
        "What it covers",
        "Pages you read",
        "We tell you of all changes",
        "(https://authorities.example/list)",
    ):
        assert squeeze(words) in said
    for words in ("All notices", "Which region am I in?", "Plain text", "Feed of changes"):
        assert squeeze(words) not in said


def test_what_folds_on_the_screen_is_printed_open(browser: Browser, built_sites: tuple[Built, ...]) -> None:
    said = "".join(print_page(browser, built_sites[1], f"en/{LINE}history/"))
    assert squeeze("Compared with") in said
    assert squeeze("Plain text") in said
    assert squeeze("From version") not in said
