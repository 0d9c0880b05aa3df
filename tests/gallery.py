"""Every kind of page in pictures: narrow, middle and wide, light and dark, left to right and right to left.

python -m tests.gallery [--out DIR] [--only NAME]

Looked at before a release. `index.html` in the folder shows them side by side.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, Page, Route

from noticepress.cli import open_press
from noticepress.library import load_library
from noticepress.model import AsOf
from noticepress.publish import publish_site
from tests.acme import make_history
from tests.screenshots import ROOT, answer_from, open_chromium

TODAY = datetime(2026, 11, 23, tzinfo=UTC)
TALL = 8000
"""Pixels of a page that a picture shows at most."""


@dataclass(frozen=True)
class View:
    """A page of a site as of a day. `name` is what the pictures are called after; `fragment` is where it is opened."""

    name: str
    path: str
    fragment: str = ""


OURS = (
    View("chooser", ""),
    View("chooser-answer", "", "?territory=JP"),
    View("start", "en/"),
    View("start-ja", "ja/"),
    View("edition", "en/website-visitors/elsewhere/"),
    View("section-gone", "en/website-visitors/elsewhere/", "#client-data"),
    View("edition-ja", "ja/website-visitors/us-asia/"),
    View("edition-de", "de/website-visitors/elsewhere/"),
    View("superseded", "es/website-visitors/us-asia/2012-03-09/"),
    View("supplement", "es/children/elsewhere/"),
    View("receipt", "en/website-visitors/elsewhere/2015-01-14/receipt/"),
    View("history", "en/website-visitors/elsewhere/history/"),
    View("since", "en/website-visitors/elsewhere/since/", "?date=2013-05-01"),
    View("redline", "en/website-visitors/elsewhere/compare/2012-03-09/2015-01-14/"),
    View("choice", "de/website-visitors/elsewhere/compare/"),
    View("regions", "en/website-visitors/elsewhere/compare/regions/us-asia/"),
    View("languages", "ja/website-visitors/elsewhere/compare/languages/en/"),
    View("entity", "en/entities/userzoom-ltd/"),
    View("link", "en/link/"),
    View("start-unknown", "en/", "?territory=XX"),
    View("search", "en/search/", "#q=cookies"),
    View("not-found", "404.html"),
)
FIXTURES: tuple[tuple[AsOf, tuple[View, ...]], ...] = (
    (
        date(2024, 5, 10),
        (
            View("announced", "en/website/elsewhere/"),
            View("announced-ar", "ar/website/elsewhere/"),
            View("not-yet-in-force", "en/website/elsewhere/2024-05-20/"),
        ),
    ),
    (
        date(2024, 5, 25),
        (
            View("recent", "en/website/elsewhere/"),
            View("recent-ar", "ar/website/elsewhere/"),
            View("superseded-ar", "ar/website/elsewhere/2024-01-10/"),
            View("receipt-ar", "ar/website/elsewhere/2024-05-20/receipt/"),
            View("start-ar", "ar/"),
            View("start-answer-ar", "ar/", "?territory=JP"),
            View("history-ar", "ar/website/elsewhere/history/"),
            View("since-ar", "ar/website/elsewhere/since/", "?date=2024-02-01"),
            View("redline-ar", "ar/website/elsewhere/compare/2024-01-10/2024-05-20/"),
            View("entity-ar", "ar/entities/acme-europe/"),
            View("search-ar", "ar/search/"),
        ),
    ),
)
WINDOWS = ((360, "light"), (360, "dark"), (768, "light"), (1280, "light"), (1280, "dark"))


def take_pictures(browser: Browser, site: Path, address: str, views: list[View], out: Path) -> list[str]:
    """Every view in every window; returns the names of the pictures."""
    names = []
    for width, scheme in WINDOWS:
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()

        def answer(route: Route, *, root: Path = site, base: str = address) -> None:
            answer_from(route, root, base)

        page.route("**/*", answer)
        for view in views:
            page.goto("about:blank")
            page.goto(address + view.path + view.fragment, wait_until="networkidle")
            name = f"{view.name}-{width}-{scheme}.png"
            _shoot(page, out / name, width)
            names.append(name)
        context.close()
    return names


def _shoot(page: Page, target: Path, width: int) -> None:
    height = page.evaluate("document.documentElement.scrollHeight")
    page.screenshot(path=target, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": min(height, TALL)})


def write_index(out: Path, views: list[View]) -> None:
    """A page with all pictures, a row for each view."""
    rows = [
        f"<h2>{escape(view.name)}</h2><div>"
        + "".join(
            f'<a href="{view.name}-{width}-{scheme}.png">'
            f'<img src="{view.name}-{width}-{scheme}.png" loading="lazy" alt="{width} pixels, {scheme}"></a>'
            for width, scheme in WINDOWS
        )
        + "</div>"
        for view in views
    ]
    style = (
        "body{font:14px system-ui;background:#888}div{display:flex;gap:12px;align-items:start}img{width:100%}a{flex:1}"
    )
    page = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Gallery</title><style>{style}</style>'
    (out / "index.html").write_text(page + "\n".join(rows) + "\n", encoding="utf-8")


def main() -> int:
    """Build the sites as of fixed instants, and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "gallery", metavar="DIR")
    parser.add_argument("--only", default="", metavar="NAME", help="only views whose name begins so")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    shown: list[View] = []
    with tempfile.TemporaryDirectory() as folder, open_chromium() as browser:
        acme = make_history(Path(folder) / "acme")
        for number, (source, as_of, views) in enumerate(
            [(ROOT, TODAY, OURS), *((acme, day, v) for day, v in FIXTURES)]
        ):
            wanted = [view for view in views if view.name.startswith(asked.only)]
            if wanted:
                site = Path(folder) / f"site-{number}"
                publish_site(source, site, open_press(source, as_of))
                take_pictures(browser, site, load_library(source).settings.site_url, wanted, asked.out)
                shown.extend(wanted)
    write_index(asked.out, shown)
    print(f"{len(shown) * len(WINDOWS)} pictures in {asked.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
