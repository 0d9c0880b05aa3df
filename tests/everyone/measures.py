"""What axe cannot see, measured in a browser: targets, sideways scroll, lost text, motion, languages.

Each function takes an open page and gives what is wrong there, as lines for people; an empty list is right.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }
"""
"""What WCAG 2.2 lets a reader ask for in 1.4.12."""

LARGE_TEXT = "html { font-size: 250% !important }"
"""Twice the size of text alone: the site's own is 125 %."""


def _measure(page: Page, name: str) -> list[str]:
    script = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    return [str(line) for line in page.evaluate(f"{script}.{name}()")]


def find_small_targets(page: Page) -> list[str]:
    """Targets below 24 by 24 CSS pixels with another nearer than WCAG 2.5.8 lets it be; not links within a sentence."""
    return _measure(page, "findSmallTargets")


def find_sideways(page: Page) -> list[str]:
    """A page wider than its window, and what scrolls on its own without focus and a name."""
    return _measure(page, "findSideways")


def find_lost_text(page: Page) -> list[str]:
    """Words that are cut off by their frame, and words that lie over other words."""
    return _measure(page, "findLostText")


def find_motion(page: Page) -> list[str]:
    """Whatever fades, moves or glides."""
    return _measure(page, "findMotion")


def find_unmarked_languages(page: Page) -> list[str]:
    """Words in another language than their nearest `lang` says, where the letters tell, and a `lang` that
    runs in the wrong direction; a single word, such as the name of a language, needs none.
    """
    return _measure(page, "findUnmarkedLanguages")


def add_style(page: Page, style: str) -> None:
    """A reader's own style, in a way that no policy of the page hinders."""
    page.evaluate(
        "text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text);"
        " document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; }",
        style,
    )
