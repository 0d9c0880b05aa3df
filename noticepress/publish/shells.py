"""Shells: what MkDocs renders once for each language and kind, and pages are stamped out of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig

from noticepress.localize import list_fallbacks, text_direction
from noticepress.model import Settings
from noticepress.pages import Fragment, Kind, Page
from noticepress.pages.plan import (
    choice_page,
    chooser_page,
    compare_page,
    draft_page,
    edition_page,
    entity_page,
    history_page,
    languages_page,
    link_page,
    not_found_page,
    permanent_page,
    receipt_page,
    regions_page,
    search_page,
    since_page,
    start_page,
)

TOKENS = Fragment(*(f"@@np-{item.name}@@" for item in fields(Fragment)))
TOKEN = re.compile(r"@@np-(" + "|".join(item.name for item in fields(Fragment)) + ")@@")
_TOGGLES = re.compile(r'\s*(?:<input class="md-toggle"[^>]*>|<label class="md-overlay"[^>]*></label>)')
_HTML_TAG = re.compile(r'<html lang="[^"]*"')

Shells = Mapping[tuple[str, Kind], Sequence[str]]
"""A shell for each locale and kind of page, cut at its tokens: words, the name of a token, words and so on."""


def invent_pages(settings: Settings) -> Iterator[Page]:
    """A page of each kind in each locale that has one, as deep as any such page is."""
    yield chooser_page(settings.source_locale)
    yield not_found_page(settings.source_locale)
    for locale in settings.locales:
        yield start_page(locale)
        yield edition_page(locale, "x", "x")
        yield permanent_page(locale, "x", "x", "x")
        yield receipt_page(locale, "x", "x", "x")
        yield compare_page(locale, "x", "x", "x", "x")
        yield choice_page(locale, "x", "x")
        yield regions_page(locale, "x", "x", "x")
        yield languages_page(locale, "x", "x", "x")
        yield history_page(locale, "x", "x")
        yield since_page(locale, "x", "x")
        yield entity_page(locale, "x")
        yield search_page(locale)
        yield link_page(locale)
        yield draft_page(locale, "x", "x", "x")


def stamp_fragment(shell: Sequence[str], fragment: Fragment) -> str:
    """A page out of a shell: words, tokens' names in every second place, words."""
    values = {item.name: getattr(fragment, item.name) for item in fields(Fragment)}
    values["title"] = escape(fragment.title)
    return "".join(values[part] if index % 2 else part for index, part in enumerate(shell))


def find_material_language(locale: str, config: MkDocsConfig) -> str:
    """Material's name for a locale's words: the nearest language that it has."""
    for candidate in (*list_fallbacks(locale), "en"):
        if any(
            (Path(folder) / "partials" / "languages" / f"{candidate}.html").is_file() for folder in config.theme.dirs
        ):
            return candidate
    return "en"


def drop_toggles(output: str) -> str:
    """Take out Material's hidden switches for menus that no page has; HTML does not allow what they say."""
    return _TOGGLES.sub("", output)


def declare_language(output: str, locale: str) -> str:
    """State the page's own language and direction, which Material only knows by its own languages."""
    direction = text_direction(locale)
    output = _HTML_TAG.sub(f'<html lang="{locale}" dir="{direction}"', output, count=1)
    return output.replace('<body dir="ltr"', f'<body dir="{direction}"', 1) if direction == "rtl" else output
