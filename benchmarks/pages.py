# ruff: noqa: INP001, T201  a program to run, not a package
"""A first visit: what it transfers and how long it takes, ours beside plain Material's page of the same text.

    python benchmarks/pages.py [--notice NOTICE] [--region REGION] [--locales en,ja] [--runs N]

Both sites are built from the sealed text of the version in force and served by one gzip-compressing server. The peer is
Material with its default features and its search, but `font: false`: its web fonts would add two hosts. Each run is a
new browser context, its cache empty, at 1280 by 800 and at 360 by 740, with a network of 1.6 Mbit/s and 150 ms to and
fro, and the processor slowed down four times (Lighthouse's slow 4G). Times come from Chromium's own trace: first
contentful paint, the time the main thread was blocked (the part of each task beyond 50 ms), and how long the browser
took from a key that leads to the next link of the page to the next frame (event timing, in steps of 8 ms). Medians,
in milliseconds. It ends with 1 where ours is not ahead in everything.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import statistics
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page, sync_playwright

from noticepress.cli import open_press
from noticepress.publish import publish_site

ROOT = Path(__file__).parent.parent
LIMIT = 100_000
"""Bytes that HTML, CSS, script and fonts of a first visit may take together, compressed."""

NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
SLOWDOWN = 4
WINDOWS = ((1280, 800), (360, 740))
LONG_TASK = 50_000
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}


@dataclass(frozen=True, slots=True)
class Visit:
    """One first visit. Bytes are compressed bodies; times are milliseconds."""

    requests: int
    transferred: int
    paint: float
    blocked: float
    interaction: float


class Host(BaseHTTPRequestHandler):
    """Static files, compressed as any host does it."""

    protocol_version = "HTTP/1.1"
    folder = Path()
    seen: list[tuple[str, int]]

    def do_GET(self) -> None:
        """One file; the index of a folder."""
        path = self.folder / self.path.partition("?")[0].lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file()
        raw = path.read_bytes() if found else b""
        is_text = path.suffix in {".html", ".css", ".js", ".json", ".svg"}
        body = gzip.compress(raw, 9, mtime=0) if is_text else raw
        self.seen.append((self.path, len(body)))
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", TYPES.get(path.suffix, "application/octet-stream"))
        if is_text:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silence."""


@contextmanager
def serve(folder: Path) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """A folder at an address, with the list of what was asked for."""
    seen: list[tuple[str, int]] = []
    handler = type("Folder", (Host,), {"folder": folder, "seen": seen})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", seen
    server.shutdown()


def build_peer(text: Path, locale: str, folder: Path) -> Path:
    """Plain Material with one page, the same text."""
    (folder / "docs").mkdir(parents=True)
    shutil.copy(text, folder / "docs" / "index.md")
    settings = (
        "site_name: Privacy notices\nsite_url: http://127.0.0.1/\n"
        f"theme: {{name: material, font: false, language: {locale}}}\n"
        "markdown_extensions: [attr_list, tables, footnotes]\n"
    )
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    out = folder / "site"
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    build(load_config(str(folder / "mkdocs.yml"), site_dir=str(out), plugins=["search"]))
    return out


def visit(browser: Browser, address: str, seen: list[tuple[str, int]], window: tuple[int, int]) -> Visit:
    """Open a page for the first time, then follow its first link within the page."""
    context = browser.new_context(viewport={"width": window[0], "height": window[1]})
    page = context.new_page()
    page.goto("about:blank")
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    del seen[:]
    browser.start_tracing(page=page, categories=["loading", "devtools.timeline", "blink.user_timing", "toplevel"])
    page.goto(address, wait_until="networkidle")
    loaded = list(seen)
    interact(page)
    trace = json.loads(browser.stop_tracing())["traceEvents"]
    context.close()
    return Visit(len(loaded), sum(size for _, size in loaded), *read_trace(trace, address))


def interact(page: Page) -> None:
    """Five keys, each a turn to what can be reached next, as a reader without a mouse does it."""
    for _ in range(5):
        page.keyboard.press("Tab")
        page.wait_for_timeout(250)


def read_trace(trace: list[dict[str, Any]], address: str) -> tuple[float, float, float]:
    """First contentful paint, blocked time until the page was idle, and the longest key press until its frame."""
    starts = {
        event["args"]["data"]["navigationId"]: event["ts"]
        for event in trace
        if event.get("name") == "navigationStart" and event["args"]["data"].get("documentLoaderURL") == address
    }
    paint = next(
        event
        for event in trace
        if event.get("name") == "firstContentfulPaint" and event["args"]["data"]["navigationId"] in starts
    )
    start, process = starts[paint["args"]["data"]["navigationId"]], paint["pid"]
    tasks = [
        event["dur"]
        for event in trace
        if event.get("name", "").endswith("RunTask") and event["pid"] == process and event["tid"] == paint["tid"]
        and event["ts"] >= start and event.get("dur", 0) > LONG_TASK
    ]  # fmt: skip
    pressed = [
        event["args"]["data"]["duration"]
        for event in trace
        if event.get("name") == "EventTiming"
        and event.get("ph") in {"b", "n"}
        and event.get("args", {}).get("data", {}).get("type") in {"keydown", "keyup"}
    ]
    blocked = sum(task - LONG_TASK for task in tasks) / 1000
    return (paint["ts"] - start) / 1000, blocked, max(pressed, default=float("nan"))


@contextmanager
def open_chromium() -> Iterator[Browser]:
    """Chromium, the machine's own or Playwright's."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next((path for name in names if (path := shutil.which(name))), None)
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


def measure(sites: dict[str, tuple[Path, str]], runs: int) -> dict[tuple[str, int], Visit]:
    """The median visit of each site in each window; the sites take turns."""
    found: dict[tuple[str, int], list[Visit]] = {}
    with open_chromium() as browser:
        for number in range(runs + 1):
            for name, (folder, path) in sites.items():
                with serve(folder) as (address, seen):
                    for window in WINDOWS:
                        made = visit(browser, address + path, seen, window)
                        if number:  # the first warms the browser
                            found.setdefault((name, window[0]), []).append(made)
    return {key: Visit(*(_median(visits, name) for name in Visit.__slots__)) for key, visits in found.items()}


def _median(visits: list[Visit], name: str) -> Any:  # noqa: ANN401 - a number
    return statistics.median(getattr(item, name) for item in visits)


def main() -> int:
    """Build, visit, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, default=ROOT)
    parser.add_argument("--notice", default="website-visitors")
    parser.add_argument("--region", default="elsewhere")
    parser.add_argument("--locales", default="en,ja")
    parser.add_argument("--runs", type=int, default=7)
    asked = parser.parse_args()
    is_ahead = True
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "ours"
        press = open_press(asked.site, datetime.now(UTC))
        publish_site(asked.site, out, press)
        line = press.site.view.lines[asked.notice][asked.region]
        if line.in_force is None:
            print("nothing is in force there", file=sys.stderr)
            return 2
        print(f"{'':26}{'requests':>9}{'kB gzip':>9}{'FCP ms':>9}{'blocked':>9}{'key ms':>9}")
        for locale in asked.locales.split(","):
            path = f"{locale}/{asked.notice}/{asked.region}/"
            text = out / path / line.in_force.version.id / "notice.md"
            peer = build_peer(text, locale, Path(scratch) / f"peer-{locale}")
            found = measure({"noticepress": (out, path), "material": (peer, "")}, asked.runs)
            for window, _ in WINDOWS:
                ours, theirs = found["noticepress", window], found["material", window]
                for name, one in (("noticepress", ours), ("material", theirs)):
                    numbers = f"{one.transferred / 1000:9.1f}{one.paint:9.0f}{one.blocked:9.0f}{one.interaction:9.0f}"
                    print(f"{locale} {window:4} px  {name:14}{one.requests:9}{numbers}")
                ratios = [
                    ours.requests / theirs.requests,
                    ours.transferred / theirs.transferred,
                    ours.paint / theirs.paint,
                    ours.blocked / theirs.blocked if theirs.blocked else float("nan"),
                    ours.interaction / theirs.interaction,
                ]
                print(f"{'':12}{'ratio':14}" + "".join(f"{ratio:9.2f}" for ratio in ratios))
                print(f"{'':12}of {LIMIT / 1000:.0f} kB: {ours.transferred / LIMIT:.2f}")
                is_ahead &= ours.transferred <= min(LIMIT, theirs.transferred) and ours.paint < theirs.paint
                is_ahead &= ours.blocked <= theirs.blocked and ours.interaction <= theirs.interaction
    print("ours ahead everywhere" if is_ahead else "NOT ahead everywhere")
    return not is_ahead


if __name__ == "__main__":
    sys.exit(main())
