"""Notices of an invented harbour company, made by chance.

Chance is a `random.Random`: a seeded one gives a corpus that never changes, Hypothesis's gives cases that shrink.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from tests.tongues import TONGUES, Tongue

MarkName = Literal["", "strong", "emphasis", "strike", "code", "link", "note", "break"]

# ---- what a document is made of


@dataclass
class Run:
    """Words under one mark; those of a `note` stand at the end of the text, a `break` has none."""

    words: list[str]
    mark: MarkName = ""
    target: str = ""


@dataclass
class Prose:
    """A paragraph, an item's words, a cell, a title."""

    runs: list[Run]

    def list_places(self) -> list[tuple[Run, int]]:
        """Every word that a change may touch."""
        return [(run, place) for run in self.runs if run.mark != "break" for place in range(len(run.words))]


@dataclass
class Item:
    """An item with its words and, perhaps, a list in it."""

    words: Prose
    inner: Items | None = None


@dataclass
class Items:
    """A list."""

    items: list[Item]
    ordered: bool = False


@dataclass
class Grid:
    """A table; its first row names the columns."""

    rows: list[list[Prose]]
    aligns: list[str]


@dataclass
class Quote:
    """Paragraphs that are quoted."""

    parts: list[Prose]


@dataclass
class Code:
    """Lines of code."""

    lines: list[str]


@dataclass
class Rule:
    """A line across the page."""


Part = Prose | Items | Grid | Quote | Code | Rule


@dataclass
class Chapter:
    """A heading and what stands under it."""

    title: Prose
    level: int
    id: str
    parts: list[Part]


@dataclass
class Document:
    """A notice."""

    tongue: Tongue
    title: Prose | None
    lead: list[Part]
    chapters: list[Chapter] = field(default_factory=list)

    def list_bodies(self) -> list[list[Part]]:
        """Every list of parts, in order."""
        return [self.lead, *(chapter.parts for chapter in self.chapters)]

    def list_parts(self) -> list[Part]:
        """Every part, in order."""
        return [part for body in self.list_bodies() for part in body]

    def list_prose(self) -> list[Prose]:
        """Everything that has words, in order."""
        found = [self.title] if self.title else []
        found += [prose for part in self.lead for prose in walk_prose(part)]
        for chapter in self.chapters:
            found += [chapter.title, *(prose for part in chapter.parts for prose in walk_prose(part))]
        return found


def walk_prose(part: Part) -> Iterator[Prose]:
    match part:
        case Prose():
            yield part
        case Items():
            for item in part.items:
                yield item.words
                if item.inner:
                    yield from walk_prose(item.inner)
        case Grid():
            yield from (cell for row in part.rows for cell in row)
        case Quote():
            yield from part.parts
        case _:
            pass


# ---- making one


def happens(chance: Random, share: int) -> bool:
    """True so many times in ten; never, once a case has shrunk."""
    return chance.randrange(10) >= 10 - share


def make_document(chance: Random, tongue: Tongue | None = None) -> Document:
    spoken = tongue or chance.choice(TONGUES)
    document = Document(spoken, None, [])
    if happens(chance, 7):
        document.title = Prose([Run(list(chance.choice(spoken.titles)))])
    document.lead = [make_part(chance, spoken) for _ in range(chance.randrange(3))]
    for number in range(chance.randrange(5)):
        document.chapters.append(make_chapter(chance, spoken, number))
    return document


def make_chapter(chance: Random, tongue: Tongue, number: int) -> Chapter:
    return Chapter(
        Prose([Run(list(tongue.titles[number % len(tongue.titles)]))]),
        chance.choice((2, 2, 3, 4)),
        f"s{number}" if happens(chance, 5) else "",
        [make_part(chance, tongue) for _ in range(chance.randrange(4))],
    )


def make_part(chance: Random, tongue: Tongue) -> Part:
    match chance.choice(("prose", "prose", "prose", "items", "grid", "quote", "code", "rule")):
        case "items":
            return make_items(chance, tongue)
        case "grid":
            columns = chance.randint(1, 3)
            rows = [[make_cell(chance, tongue) for _ in range(columns)] for _ in range(chance.randint(1, 4))]
            return Grid(rows, [chance.choice(("---", ":--", "--:", ":-:")) for _ in range(columns)])
        case "quote":
            return Quote([make_prose(chance, tongue) for _ in range(chance.randint(1, 2))])
        case "code":
            return Code([chance.choice(("berth = 7", "open('log')", "wind  >  9", "x")) for _ in range(3)])
        case "rule":
            return Rule()
        case _:
            return make_prose(chance, tongue)


def make_items(chance: Random, tongue: Tongue, depth: int = 0) -> Items:
    items = [Item(make_prose(chance, tongue, 1)) for _ in range(chance.randint(1, 4))]
    if depth < 2 and happens(chance, 3):
        chance.choice(items).inner = make_items(chance, tongue, depth + 1)
    return Items(items, ordered=happens(chance, 3))


def make_cell(chance: Random, tongue: Tongue) -> Prose:
    words = chance.choice((*tongue.titles, *(sentence[:4] for sentence in tongue.sentences)))
    return Prose(dress(chance, list(words), 1))


def make_prose(chance: Random, tongue: Tongue, most: int = 3) -> Prose:
    runs: list[Run] = []
    for _ in range(chance.randint(1, most)):
        runs += dress(chance, list(chance.choice(tongue.sentences)), 3)
    if happens(chance, 1) and tongue.glue:
        runs.append(Run(list(chance.choice(tongue.sentences)), "note"))
    return Prose(runs)


def dress(chance: Random, words: list[str], share: int) -> list[Run]:
    """A sentence of which some words may be emphasized or linked, or broken in two lines."""
    if not happens(chance, share) or len(words) < 3:
        return [Run(words)]
    start = chance.randrange(1, len(words) - 1)
    end = min(len(words) - 1, start + chance.randint(1, 3))
    mark: MarkName = chance.choice(("strong", "emphasis", "link", "link", "strike", "code", "break"))
    if mark == "break":
        return [Run(words[:start]), Run([], "break"), Run(words[start:])]
    target = (
        chance.choice(("/berths", "https://port.example/fees", "mailto:quay@port.example")) if mark == "link" else ""
    )
    return [Run(words[:start]), Run(words[start:end], mark, target), Run(words[end:])]
