# noqa: INP001  a program to run, not a package
"""How long the preview takes: until it can be looked at, and from saving a text until the new page has arrived.

    python benchmarks/preview.py [--site DIR] [--runs N]

Works on a copy of the site. The last figure is what MkDocs's own live server does at every change: the whole site
again, through the hook, in a process that is warm. Figures are medians, in milliseconds.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

from noticepress.library import read_library

ROOT = Path(__file__).parent.parent
PARTS = ("content", "entities", "templates", "hooks", "mkdocs.yml", "waivers.yml")


def copy_site(site: Path, folder: Path) -> Path:
    """A site's sources in another folder."""
    for name in PARTS:
        if (site / name).is_dir():
            shutil.copytree(site / name, folder / name)
        elif (site / name).exists():
            shutil.copy(site / name, folder / name)
    return folder


def fetch(address: str) -> bytes:
    """A page, or nothing where there is none yet."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - our own server
            return bytes(answer.read())
    except urllib.error.HTTPError as error:
        return bytes(error.read())
    except OSError:
        return b""


def wait_for(address: str, words: bytes) -> bytes:
    """The page, once it holds the words."""
    while words not in (page := fetch(address)):
        time.sleep(0.01)
    return page


def measure_saves(text: Path, base: str, page: str, token: str, runs: int) -> list[float]:
    """Milliseconds from the save of a text until a browser that listens has the new page."""
    took = []
    original = text.read_text(encoding="utf-8")
    for number in range(runs):
        with urllib.request.urlopen(f"{base}/np-preview/events?token={token}", timeout=60) as events:  # noqa: S310
            words = f"Saved for the {number}th time."
            start = time.perf_counter()
            text.write_text(f"{original}\n{words}\n", encoding="utf-8")
            found = b""
            while words.encode() not in found:
                while not (line := events.readline()).startswith(b"data: "):
                    pass
                token = line.decode().removeprefix("data: ").strip()
                found = fetch(base + page)
            took.append((time.perf_counter() - start) * 1e3)
        time.sleep(1)  # the checks run on
        token = fetch(base + page).decode().partition('data-token="')[2].partition('"')[0]
    return took


def measure_rebuilds(site: Path, out: Path, runs: int) -> list[float]:
    """Milliseconds of each build of the whole site by MkDocs, after a first one."""
    os.environ |= {"NOTICEPRESS_DRAFTS": "1", "NO_MKDOCS_2_WARNING": "1"}
    took = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        build(load_config(str(site / "mkdocs.yml"), site_dir=str(out)))
        took.append((time.perf_counter() - start) * 1e3)
    return took[1:]


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--site", type=Path, default=ROOT)
    parser.add_argument("--runs", type=int, default=5)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, socket.socket() as probe:
        site = copy_site(wanted.site.resolve(), Path(scratch, "site"))
        rebuilds = measure_rebuilds(site, Path(scratch, "out"), min(wanted.runs, 3))
        locale = read_library(site).library.settings.source_locale
        text = max((site / "content").glob(f"*/{locale}.md"), key=lambda path: path.stat().st_size)
        text.write_text(text.read_text(encoding="utf-8") + "\nWords of a draft.\n", encoding="utf-8")
        probe.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{probe.getsockname()[1]}"
        probe.close()
        start = time.perf_counter()
        words = [sys.executable, "-m", "noticepress", "serve", "--site", str(site), "--address", base[7:]]
        server = subprocess.Popen(words, cwd=ROOT, stderr=subprocess.DEVNULL)  # noqa: S603 - our own command
        try:
            chooser = wait_for(f"{base}/", b"data-token")
            began = (time.perf_counter() - start) * 1e3
            region = next(iter(chooser.decode().partition('id="region-')[2].split('"')))
            page = f"/draft/{locale}/{text.parent.name}/{region}/"
            time.sleep(1.5)
            token = wait_for(base + page, b"data-token").decode().partition('data-token="')[2].partition('"')[0]
            saves = measure_saves(text, base, page, token, wanted.runs)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait()
    saved, rebuilt = statistics.median(saves), statistics.median(rebuilds)
    for name, value in (("start to first page", began), ("save to new page", saved), ("whole site by MkDocs", rebuilt)):
        print(f"{name:22} {value:8.0f} ms")  # noqa: T201  a tool for the terminal
    told = ", ".join(f"{ms:.0f}" for ms in saves)
    print(f"{'ratio':22} {saved / rebuilt:8.3f}    (saves: {told} ms)")  # noqa: T201


if __name__ == "__main__":
    main()
