# ruff: noqa: INP001, T201  a program to run, not a package
"""The search with 1,000 editions in the reader's language: sizes, times and memory, beside Material's own search.

    python benchmarks/search.py [--versions 250] [--runs 3]

The notices are made up, the same in every run: a notice of 20 sections and some 2,500 words for each of four regions;
each version has two sections that the one before has not, and one section is of its own in each region. The peer is
Material's search (lunr) over the same permanent editions, built by MkDocs: it knows one index of everything. Both are
asked in Chromium with its processor slowed down four times, from files of a server beside it, so that no network is in
the times. Bytes are also given as any host sends them, compressed with gzip.
"""

from __future__ import annotations

import argparse
import gzip
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page

from benchmarks.pages import SLOWDOWN, open_chromium, serve
from noticepress.pages import View, make_environment, render_page
from noticepress.pages.plan import search_page
from noticepress.searching import search_files
from tests.factories import make_library, make_lines, make_settings, make_version

ROOT = Path(__file__).parent.parent
REGIONS = ("americas", "asia", "europe", "oceania")
SECTIONS = 20
WORDS = 125
FIRST = date(2004, 1, 1)

LIMITS = {"in force, kB gzip": 150.0, "archive, MB gzip": 1.0, "first result, ms": 300.0}
"""What may be reached at most: transfer of a usual search, of the archive on request, and the wait for a result."""

_STEMS = re.findall(
    r"\w+",
    "account address adviser agree analyse answer ask authority browser child choose collect company consent "
    "contact contract cookie correct country court customer data date decide delete device disclose document "
    "duty email employ encrypt file form group health identify inform insurance interest job keep language law "
    "letter location mail market measure message name need number object office operate order page partner pay "
    "person phone place platform prevent print privacy process product profile protect provide publish purpose "
    "question reason receive record region register remove reply report request research right safe school "
    "secure send server service share sign site state store study supply support survey system tell term third "
    "time track transfer use user visit web withdraw work write",
)
_ENDINGS = ("", "s", "ed", "ing", "able", "ment", "er", "ly")
_SMALL = ("the", "of", "and", "to", "we", "you", "your", "our", "in", "for", "with", "that", "is", "or", "by", "as")


def write_words(chance: random.Random, count: int) -> str:
    """Sentences that look like a notice: small words between words of a vocabulary with a long tail."""
    vocabulary = [stem + ending for stem in _STEMS for ending in _ENDINGS]
    weights = [1 / (place + 5) for place in range(len(vocabulary))]
    chance.shuffle(vocabulary)
    words = [
        chance.choice(_SMALL) if chance.random() < 0.45 else chance.choices(vocabulary, weights)[0]  # noqa: PLR2004
        for _ in range(count)
    ]
    sentences = [" ".join(words[start : start + 18]) for start in range(0, count, 18)]
    return " ".join(f"{sentence.capitalize()}." for sentence in sentences)


def write_versions(versions: int) -> Iterator[tuple[str, dict[str, str]]]:
    """The day of each version, and its text in each region."""
    chance = random.Random(5)  # noqa: S311  no secret
    shared = [write_words(chance, WORDS) for _ in range(SECTIONS - 1)]
    own = {region: write_words(chance, WORDS) for region in REGIONS}
    for number in range(versions):
        day = FIRST + timedelta(days=30 * number)
        if number:
            for place in chance.sample(range(SECTIONS - 1), 2):
                shared[place] = edit(chance, shared[place])
            if number % 10 == 0:
                region = chance.choice(REGIONS)
                own[region] = edit(chance, own[region])
        yield day.isoformat(), {region: write_text(shared, own[region]) for region in REGIONS}


def edit(chance: random.Random, words: str) -> str:
    """The same section with a sentence put in another's place."""
    sentences = words.split(". ")
    sentences[chance.randrange(len(sentences) - 1)] = write_words(chance, 18).rstrip(".")
    return ". ".join(sentences)


def write_text(shared: Sequence[str], own: str) -> str:
    """A notice of sections with stable ids."""
    parts = [f"## Section {place + 1} {{#s{place + 1}}}\n\n{words}\n" for place, words in enumerate((*shared, own))]
    return "# Privacy notice\n\n" + "\n".join(parts)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search took, in milliseconds and megabytes: to be ready, to a first result after that, its heap.

    Material's index lives in a worker, whose heap is not seen from the page.
    """

    ready: float
    result: float
    heap: float
    hits: int


def ask(browser: Browser, address: str, use: Callable[[Page], tuple[float, float, int]]) -> Answer:
    """Open a page in a new context of a slow processor, and search."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    page.goto(address)
    ready, result, hits = use(page)
    session.send("HeapProfiler.collectGarbage")
    heap = session.send("Runtime.getHeapUsage")["usedSize"] / 1e6
    context.close()
    return Answer(ready, result, heap, hits)


_OURS = """async ([file, query]) => {
  const { Shelf, readQuery } = await import(new URL("assets/javascripts/searching/shelf.js", location.href));
  const start = performance.now();
  const shelf = await Shelf.load(new URL(file, location.href));
  const ready = performance.now();
  globalThis.kept = shelf; // for its memory
  const hits = shelf.find(readQuery(query), "found");
  return [ready - start, performance.now() - ready, hits.length];
}"""
"""Fetching, reading and indexing; then a query. What is drawn after it is at most twenty results."""

_MATERIAL = """async ([file, query, program]) => {
  const config = await (await fetch(file)).text();
  const start = performance.now();
  const worker = new Worker(program);
  const answers = [];
  let wake = () => {};
  worker.onmessage = ({ data }) => { answers.push(data); wake(); };
  const until = async (type) => {
    while (!answers.some((answer) => answer.type === type)) await new Promise((resolve) => { wake = resolve; });
    return answers.find((answer) => answer.type === type);
  };
  worker.postMessage({ type: 0, data: { ...JSON.parse(config), options: { suggest: false } } });
  await until(1);
  const ready = performance.now();
  worker.postMessage({ type: 2, data: query });
  const found = await until(3);
  return [ready - start, performance.now() - ready, found.data.items.length];
}"""
"""Material's own worker, spoken to as its page does: set up with an index (0, 1), asked (2), answered (3)."""


def build_ours(view: View, folder: Path) -> float:
    """The data and the scripts of a search; returns the seconds that the data took."""
    start = time.perf_counter()
    files = dict(search_files(view))
    seconds = time.perf_counter() - start
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    scripts = ROOT / "templates/theme/assets/javascripts"
    for source in scripts.rglob("searching/*.js"):
        target = folder / "assets/javascripts" / source.relative_to(scripts)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    page = folder / "index.html"
    page.write_text('<!doctype html><html lang="en"><title>Search</title>', encoding="utf-8")
    return seconds


def build_peer(texts: dict[str, str], folder: Path) -> tuple[Path, float]:
    """Material's site of the same texts, a page for each; returns it with the seconds that MkDocs took."""
    for path, text in texts.items():
        target = folder / "docs" / f"{path}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    settings = "site_name: Notices\ntheme: {name: material, font: false}\nmarkdown_extensions: [attr_list]\n"
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    out = folder / "site"
    start = time.perf_counter()
    build(load_config(str(folder / "mkdocs.yml"), site_dir=str(out), plugins=["search"]))
    seconds = time.perf_counter() - start
    page = '<!doctype html><html lang="en"><title>Search</title>'
    (out / "index.html").write_text(page, encoding="utf-8")
    return out, seconds


def measure_ours(browser: Browser, folder: Path, file: str, query: str, runs: int) -> Answer:
    """The median of our search over a file of data."""
    return _repeat(browser, folder, lambda page: page.evaluate(_OURS, [file, query]), runs)


def measure_peer(browser: Browser, folder: Path, query: str, runs: int) -> Answer:
    """The median of Material's over its index."""
    worker = next((folder / "assets/javascripts/workers").glob("search.*.min.js")).relative_to(folder).as_posix()
    return _repeat(
        browser, folder, lambda page: page.evaluate(_MATERIAL, ["search/search_index.json", query, worker]), runs
    )


def _repeat(browser: Browser, folder: Path, use: Callable[[Page], Any], runs: int) -> Answer:
    with serve(folder) as (address, _):
        answers = [ask(browser, address, use) for _ in range(runs)]
    return Answer(*(statistics.median(getattr(one, name) for one in answers) for name in Answer.__slots__))


def weigh(*paths: Path) -> tuple[float, float]:
    """Kilobytes raw and compressed."""
    contents = [path.read_bytes() for path in paths]
    return sum(map(len, contents)) / 1000, sum(len(gzip.compress(one, 9, mtime=0)) for one in contents) / 1000


def main() -> int:
    """Build both, ask both, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--versions", type=int, default=250)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    texts = list(write_versions(asked.versions))
    announced = datetime(2000, 1, 1, tzinfo=UTC)
    versions = [
        make_version(day, {region: {"en": text} for region, text in by_region.items()}, announced=announced)
        for day, by_region in texts
    ]
    as_of = FIRST + timedelta(days=30 * asked.versions)
    library = make_library(versions, make_settings(locales=("en",)))
    view = View(library, make_lines(versions, as_of), as_of, make_environment([ROOT / "templates/pages"]))
    count = asked.versions * len(REGIONS)
    words = len(re.findall(r"\w+", texts[-1][1][REGIONS[0]]))
    print(f"{count} editions of {words} words in one language: {asked.versions} versions, {len(REGIONS)} regions")
    with tempfile.TemporaryDirectory() as scratch, open_chromium() as browser:
        ours = Path(scratch) / "ours"
        seconds = build_ours(view, ours)
        newest = {f"{region}/{texts[-1][0]}": texts[-1][1][region] for region in REGIONS}
        everything = {f"{region}/{day}": by_region[region] for day, by_region in texts for region in REGIONS}
        rows: list[tuple[str, tuple[float, float], Answer, float]] = []
        for name, file, peer_texts in (
            ("in force", "en/search.json", newest),
            ("archive", "en/search-archive.json", everything),
        ):
            rows.append(
                (f"{name}, ours", weigh(ours / file), measure_ours(browser, ours, file, "cookies", asked.runs), seconds)
            )
            peer, peer_seconds = build_peer(peer_texts, Path(scratch) / f"peer-{len(peer_texts)}")
            index = peer / "search/search_index.json"
            found = measure_peer(browser, peer, "cookies", asked.runs)
            rows.append((f"{name}, Material", weigh(index), found, peer_seconds))
        print(
            f"\n{'':20}{'kB':>9}{'kB gzip':>9}{'ready ms':>10}{'result ms':>11}{'heap MB':>9}{'hits':>6}{'build s':>9}"
        )
        for name, (raw, packed), answer, taken in rows:
            heap = f"{answer.heap:9.1f}" if name.endswith("ours") else f"{'—':>9}"
            times = f"{answer.ready:10.0f}{answer.result:11.1f}{heap}{answer.hits:6.0f}"
            print(f"{name:20}{raw:9.1f}{packed:9.1f}{times}{taken:9.1f}")
        for place in (0, 2):
            (name, mine, one, _), (_, theirs, other, _) = rows[place : place + 2]
            ratios = (mine[0] / theirs[0], mine[1] / theirs[1], one.ready / other.ready, one.result / other.result)
            print(f"{name.split(',')[0]:12}ours/theirs: " + ", ".join(
                f"{label} {ratio:.3f}" for label, ratio in zip(("kB", "gzip", "ready", "result"), ratios, strict=True)
            ))  # fmt: skip
        scripts = weigh(*sorted((ours / "assets/javascripts/searching").glob("*.js")))
        body = render_page(search_page("en"), view).body.encode()
        print(f"scripts of the search: {scripts[1]:.1f} kB gzip; the page without one: {len(body) / 1000:.1f} kB")
        reached = {
            "in force, kB gzip": rows[0][1][1],
            "archive, MB gzip": rows[2][1][1] / 1000,
            "first result, ms": max(rows[0][2].result, rows[2][2].result),
        }
    for name, limit in LIMITS.items():
        print(f"{name}: {reached[name]:.2f} of {limit:g} ({reached[name] / limit:.2f})")
    return 0 if all(reached[name] <= limit for name, limit in LIMITS.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
