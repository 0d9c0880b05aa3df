# noqa: INP001  a program to run, not a package
"""How long a redline takes, beside word difflib on the same texts.

    python benchmarks/redline.py [FOLDER]

FOLDER holds pairs of texts, each in a folder of its own as `old.md` and `new.md`; without it sixty pairs are made up.
Redlines are made whole: reading, comparing, writing operations, HTML and changes. Times are the best of three, in
milliseconds; the last lines are two texts of one megabyte that have nothing in common, against the limit of 5 s.
"""

from __future__ import annotations

import difflib
import platform
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from noticepress.changes import compare_texts
from noticepress.markdown import parse
from noticepress.redline import diff

RUNS = 3
LIMIT_S = 5.0
WORDS = [
    "data", "server", "address", "account", "we", "you", "keep", "collect", "share", "delete", "not", "may", "must",
    "days", "months", "cookie", "partner", "authority", "purpose", "consent", "the", "of", "and", "to", "your", "our",
]  # fmt: skip


def make_pair(chance: Random) -> tuple[str, str]:
    """A notice of 20 sections, and the same with a few words, paragraphs and sections changed."""
    sections = [
        f"## Section {number}\n\n" + "\n\n".join(write_paragraph(chance) for _ in range(chance.randint(1, 5)))
        for number in range(20)
    ]
    edited = list(sections)
    for _ in range(chance.randint(1, 12)):
        place = chance.randrange(len(edited))
        words = edited[place].split(" ")
        words[chance.randrange(len(words))] = chance.choice(WORDS)
        edited[place] = " ".join(words)
    edited.insert(chance.randrange(20), "## New\n\n" + write_paragraph(chance))
    edited.insert(chance.randrange(20), edited.pop(chance.randrange(20)))
    return "\n\n".join(sections) + "\n", "\n\n".join(edited) + "\n"


def write_paragraph(chance: Random) -> str:
    """Forty to a hundred words."""
    return " ".join(chance.choices(WORDS, k=chance.randint(40, 100))).capitalize() + "."


def read_pairs(folder: Path) -> Iterator[tuple[str, str]]:
    """The pairs in a folder."""
    for old in sorted(folder.glob("*/old.md")):
        yield old.read_text(encoding="utf-8"), old.with_name("new.md").read_text(encoding="utf-8")


def compare_words(old: str, new: str) -> None:
    """The peer: difflib over words."""
    before, after = (re.findall(r"\S+\s*|\s+", text) for text in (old, new))
    difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()


def compare_anew(old: str, new: str) -> None:
    """A redline without what an earlier one left in memory."""
    parse.cache_clear()
    compare_texts.cache_clear()
    diff(old, new)


def measure(work: Callable[[str, str], None], old: str, new: str) -> float:
    """The best time in milliseconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work(old, new)
        times.append((time.perf_counter() - start) * 1e3)
    return min(times)


def find_quantile(values: list[float], share: float) -> float:
    """The value below which a share of them lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def write_alone(stem: str, paragraph: int) -> str:
    """A megabyte of words of its own."""
    letters = str.maketrans("0123456789", "abdegiklnr")
    words = [stem + str(number).translate(letters) for number in range(110_000)]
    return "\n\n".join(" ".join(words[i : i + paragraph]) + "." for i in range(0, len(words), paragraph)) + "\n"


def main() -> None:
    """Measure and print."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    pairs = list(read_pairs(folder)) if folder else [make_pair(Random(seed)) for seed in range(60)]  # noqa: S311
    print(f"Python {platform.python_version()}, {len(pairs)} pairs\n")  # noqa: T201
    peer = [measure(compare_words, *pair) for pair in pairs]
    ours = [measure(compare_anew, *pair) for pair in pairs]
    ratios = [mine / other for mine, other in zip(ours, peer, strict=True)]
    print("| | median ms | 95 % ms | longest ms |\n|---|--:|--:|--:|")  # noqa: T201
    for name, times in (("difflib, words", peer), ("redline", ours)):
        print(f"| {name} | {statistics.median(times):.1f} | {find_quantile(times, 0.95):.0f} | {max(times):.0f} |")  # noqa: T201
    print(f"\nmedian of ratios {statistics.median(ratios):.1f} (goal 10)")  # noqa: T201
    print(f"ratio of the 95 % values {find_quantile(ours, 0.95) / find_quantile(peer, 0.95):.1f} (goal 3)\n")  # noqa: T201
    for name, paragraph in (("paragraphs of 100 words", 100), ("one paragraph", 10**6)):
        old, new = write_alone("anker", paragraph), write_alone("boje", paragraph)
        start = time.perf_counter()
        compare_anew(old, new)
        took = time.perf_counter() - start
        print(f"1 MB with nothing in common, {name}: {took:.1f} s, {took / LIMIT_S:.2f} of the limit")  # noqa: T201


if __name__ == "__main__":
    main()
