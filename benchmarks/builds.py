# ruff: noqa: INP001, S603, T201  a program to run, not a package
"""Whole builds: ours cold, with nothing changed and with a new version, beside Hugo and MkDocs with Material.

    python benchmarks/builds.py [--pages N] [--versions V] [--runs N] [--hugo PROGRAM] [--without-mkdocs]

The site is that of `benchmarks/corpus.py`. The peers get the texts of as many pages as ours has: Hugo with a theme of
one page of its own (a heading, a menu of languages, the text) and without feeds, MkDocs with Material, ten entries of
navigation and no search, once only, for it takes long. Each is a process of its own, and each cold run writes into an
empty folder. Everything lies in memory (/dev/shm) where there is such a place. Medians of seconds, the memory of all
processes together at its height (their own pages, sampled every 20 ms), and the ratio to Hugo's time.

`hugo` comes from the registry: `make bench` sets it up in build/peers/.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from noticepress.library import load_library
from noticepress.markdown import parse, title

ROOT = Path(__file__).parent.parent
DAY = "2026-11-30"
LAYOUT = """<!doctype html><html lang="{{ .Lang }}"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><nav>{{ range .Site.Sections }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</nav>
<main><h1>{{ .Title }}</h1>{{ .Content }}</main></body></html>
"""
HUGO = """baseURL = "https://example.com/"
title = "Notices"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "404", "section", "home"]
"""


@dataclass(frozen=True, slots=True)
class Run:
    """A process that ended well: seconds, and megabytes of all its processes at their height."""

    seconds: float
    memory: float


def measure(words: Sequence[object], folder: Path) -> Run:
    """Run a command. Raises CalledProcessError where it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(list(map(str, words)), cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    heights = [0.0]
    watch = threading.Thread(target=_watch, args=(process.pid, process, heights))
    watch.start()
    code = process.wait()
    seconds = time.perf_counter() - started
    watch.join()
    if code:
        raise subprocess.CalledProcessError(code, list(map(str, words)))
    return Run(seconds, max(heights))


def _watch(pid: int, process: subprocess.Popen[bytes], heights: list[float]) -> None:
    while process.poll() is None:
        heights.append(sum(map(_weigh, _list_family(pid))))
        time.sleep(0.02)


def _list_family(pid: int) -> list[int]:
    """A process and all below it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return [pid]
    return [pid, *itertools.chain.from_iterable(_list_family(int(child)) for child in children)]


def _weigh(pid: int) -> float:
    """Megabytes that a process has for itself, with its part of what it shares."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1000


def list_texts(site: Path, pages: int) -> list[tuple[str, str, str]]:
    """Address, title and text of as many pages as are wanted, the site's editions over and over."""
    library = load_library(site)
    editions = [
        edition
        for versions in library.versions.values()
        for version in versions
        for edition in version.editions.values()
    ]
    found = []
    for number, edition in zip(range(pages), itertools.cycle(editions), strict=False):
        place = f"{edition.locale}/{edition.notice}-{edition.region}-{edition.version}-{number}"
        found.append((place, title(parse(edition.text)) or "Notice", edition.text.partition("\n")[2]))
    return found


def make_hugo(folder: Path, texts: Sequence[tuple[str, str, str]]) -> None:
    """The same texts for Hugo."""
    for place, name, text in texts:
        path = folder / "content" / f"{place}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        told = name.replace('"', "'")
        path.write_text(f'---\ntitle: "{told}"\n---\n{text}', encoding="utf-8")
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True)
    (layouts / "single.html").write_text(LAYOUT, encoding="utf-8")
    (folder / "hugo.toml").write_text(HUGO, encoding="utf-8")


def make_mkdocs(folder: Path, texts: Sequence[tuple[str, str, str]]) -> None:
    """The same texts for MkDocs with Material."""
    for place, name, text in texts:
        path = folder / "docs" / f"{place}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}\n{text}", encoding="utf-8")
    nav = "".join(f"  - '{place}.md'\n" for place, _, _ in texts[:10])
    settings = (
        "site_name: Notices\nsite_url: https://example.com/\ntheme: {name: material, font: false}\nplugins: []\n"
        f"markdown_extensions: [attr_list, tables, footnotes]\nnav:\n{nav}"
    )
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")


def tell(name: str, runs: Sequence[Run], peer: float) -> float:
    """A row of the table; its seconds."""
    seconds = statistics.median(run.seconds for run in runs)
    memory = max(run.memory for run in runs)
    ratio = f"{seconds / peer:10.2f}" if peer else f"{'':10}"
    print(f"{name:34}{seconds:10.2f}{memory:10.0f}{ratio}", flush=True)
    return seconds


def main() -> int:
    """Make the sites, run, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--versions", type=int, default=1)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--hugo", default=str(ROOT / "build" / "peers" / "bin" / "hugo"))
    parser.add_argument("--without-mkdocs", action="store_true")
    asked = parser.parse_args()
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    memory = Path("/dev/shm")  # noqa: S108 - a memory file system; the folder in it is private
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as scratch:
        place = Path(scratch)
        size = ["--pages", asked.pages, "--versions", asked.versions]
        corpus = [sys.executable, ROOT / "benchmarks" / "corpus.py", *size, "--out", place / "ours"]
        subprocess.run(list(map(str, corpus)), check=True, stdout=subprocess.DEVNULL)
        build = [sys.executable, "-m", "noticepress", "build", "--site", place / "ours", "--as-of", DAY, "--out"]
        cold = []
        for _ in range(asked.runs):
            shutil.rmtree(place / "out", ignore_errors=True)
            cold.append(measure([*build, place / "out"], place))
        pages = sum(1 for _ in (place / "out").rglob("*.html"))
        texts = list_texts(place / "ours", pages)
        make_hugo(place / "hugo", texts)
        print(f"{pages} pages{'':22}{'seconds':>10}{'MB':>10}{'to Hugo':>10}")
        runs = []
        for _ in range(asked.runs):
            shutil.rmtree(place / "hugo" / "public", ignore_errors=True)
            runs.append(measure([asked.hugo, "--quiet"], place / "hugo"))
        peer = tell("Hugo, its own small theme", runs, 0)
        if not asked.without_mkdocs:
            make_mkdocs(place / "mkdocs", texts)
            command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
            tell("MkDocs with Material, once", [measure(command, place / "mkdocs")], peer)
        tell("noticepress, cold", cold, peer)
        again = [measure([*build, place / "out"], place) for _ in range(asked.runs)]
        tell("noticepress, nothing changed", again, peer)
        one = [measure([*build, place / "one", "--jobs", 1], place)]
        tell("noticepress, cold, one process", one, peer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
