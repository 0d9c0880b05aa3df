# noqa: INP001  a program to run, not a package
"""How long three Markdown parsers take for a tree with positions, and for HTML.

    python benchmarks/markdown_engines.py

Needs `markdown-it-py` and `mistune` beside what Noticepress itself needs. The text is made up: 20 sections of a notice,
about 2,500 words, with lists, links and a table. Figures are medians of 15 runs, in milliseconds.
"""

from __future__ import annotations

import platform
import statistics
import time
from collections.abc import Callable

import mistune
import pyromark
from markdown_it import MarkdownIt

from noticepress.hypertext import render_document
from noticepress.markdown import parse, render_html
from noticepress.markdown.reader import OPTIONS

SECTION = """## Section {number} {{#section-{number} covers="eu:13.1.{number}"}}

We keep **server logs** for {number} days and look at them when something breaks, so that a service goes on that people
rely on; after that time they are deleted from every place where we know them to be, backups included, and nobody can
bring them back. Whoever wants to know more [writes to us](mailto:privacy@example.com) or reads the
[notice on cookies](https://example.com/cookies), and we answer as soon as we can.

- your name, and the way you want to be called
- your address, where something is sent to you
- what you told us, as long as *you* want us to know it

| Data | Kept |
|------|-----:|
| Mail | {number} days |
| Logs | 7 days |

"""
TEXT = "# Notice\n\n" + "".join(SECTION.format(number=number) for number in range(1, 21))
RUNS = 15


def measure(work: Callable[[], object]) -> float:
    """The median time of a piece of work in milliseconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times)


def list_candidates() -> dict[str, Callable[[], object]]:
    """What is measured, by name."""
    markdown_it = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tree_of_mistune = mistune.create_markdown(renderer=None, plugins=["table", "footnotes", "strikethrough"])
    html_of_mistune = mistune.create_markdown(plugins=["table", "footnotes", "strikethrough"])
    return {
        "pyromark, events with ranges": lambda: list(pyromark.events_with_range(TEXT, options=OPTIONS)),
        "pyromark, our tree": lambda: parse.__wrapped__(TEXT),
        "markdown-it-py, tokens with lines": lambda: markdown_it.parse(TEXT),
        "mistune, tree without positions": lambda: tree_of_mistune(TEXT),
        "pyromark, its HTML": lambda: pyromark.html(TEXT, options=OPTIONS),
        "pyromark, our HTML, rewritten": lambda: render_html(TEXT),
        "pyromark, our HTML, from the tree": lambda: render_document(parse.__wrapped__(TEXT)),
        "markdown-it-py, its HTML": lambda: markdown_it.render(TEXT),
        "mistune, its HTML": lambda: html_of_mistune(TEXT),
    }


def main() -> None:
    """Print the table."""
    print(f"{len(TEXT.split())} words, {len(TEXT)} characters, Python {platform.python_version()}")  # noqa: T201  a tool for the terminal
    for name, work in list_candidates().items():
        work()
        print(f"| {name} | {measure(work):.2f} |")  # noqa: T201


if __name__ == "__main__":
    main()
