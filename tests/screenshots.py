"""The pictures of the built site in README.md; tests/gallery.py takes those of all kinds of pages.

python -m tests.screenshots
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Route, sync_playwright

from noticepress.cli import open_press
from noticepress.library import load_library
from noticepress.publish import publish_site

ROOT = Path(__file__).parent.parent
ADDRESS = load_library(ROOT).settings.site_url
PICTURES = {
    "edition": "en/website-visitors/elsewhere/",
    "redline": "en/website-visitors/elsewhere/compare/2012-03-09/2015-01-14/",
}


@contextmanager
def open_chromium() -> Iterator[Browser]:
    """Chromium, the machine's own or Playwright's, with a home that is thrown away."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next((path for name in names if (path := shutil.which(name))), None)
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        environment: dict[str, str | float | bool] = {**os.environ, "HOME": home}
        browser = playwright.chromium.launch(executable_path=program, args=arguments, env=environment)
        yield browser
        browser.close()


def answer_from(route: Route, site: Path, address: str) -> None:
    """Answer a browser from a built site, as the host at an address would."""
    wanted = unquote(urlsplit(route.request.url).path).removeprefix(urlsplit(address).path)
    file = site / (wanted + "index.html" if wanted.endswith("/") or not wanted else wanted)
    route.fulfill(path=file) if file.is_file() else route.fulfill(status=404)


def take_picture(
    browser: Browser, site: Path, path: str, target: Path, *, width: int, height: int, scheme: str
) -> None:
    """One page of a built site, as a window of this size shows it."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]

    context.route("**/*", lambda route: answer_from(route, site, ADDRESS))
    page = context.new_page()
    page.goto(ADDRESS + path)
    target.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=target)
    context.close()


def main() -> int:
    """Build the site as of a fixed instant, and take its pictures."""
    with tempfile.TemporaryDirectory() as folder, open_chromium() as browser:
        site = Path(folder) / "site"
        publish_site(ROOT, site, open_press(ROOT, datetime(2026, 11, 23, tzinfo=UTC)))
        for name, path in PICTURES.items():
            target = ROOT / "docs" / "images" / f"{name}.png"
            take_picture(browser, site, path, target, width=1280, height=900, scheme="light")
    return 0


if __name__ == "__main__":
    sys.exit(main())
