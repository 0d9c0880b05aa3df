"""Redlines as a stranger reads them: with parsers and rules that are not the engine's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import html5lib
import lxml.html
from icu4py.breakers import WordBreaker

from noticepress.redline import Redline

OLD, NEW = "=-<", "=+>"
"""The operations that make up either text."""

_FLOW = {"div", "section", "tbody", "span", "ins", "del"}
"""Elements that say nothing about the structure of a text."""
_MARKS = {"a", "em", "strong", "s", "code", "sup"}
_OBJECTS = {"br", "hr", "img"}
_CELLS = {"td", "th"}
_BLOCKS = {"p", "li", "ul", "ol", "table", "thead", "tr", "td", "th", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5"}
_NO_MARKS_IN = {"ul", "ol", "table", "thead", "tbody", "tr"}
_ONE_BY_ONE = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_JOINED = "\u0300-\u036f\u064b-\u0652\u0670\u0900-\u0963\u0966-\u097f"
_WORD = re.compile(
    rf"\d+(?:[.,]\d+)+|(?:(?![{_ONE_BY_ONE}])[\w{_JOINED}])+(?:['\u2019](?:(?![{_ONE_BY_ONE}])[\w{_JOINED}])+)*"
)
_TOKEN = re.compile(rf"[{_ONE_BY_ONE}]|(?:(?![{_ONE_BY_ONE}])[\w{_JOINED}])+|[^\s\w]")
_UNSPACED_RUN = re.compile(rf"[{_ONE_BY_ONE}]+")

Event = tuple[str, ...]


def read_tokens(text: str) -> list[str]:
    """A character of a script without spaces, a run of letters and digits, or a sign."""
    return _TOKEN.findall(text)


def read_side(redline: Redline, side: str) -> str:
    """One of the two texts, as its operations join to it."""
    return "".join(text for op, text in redline.ops if op in side)


def count_tokens(redline: Redline, ops: str) -> Counter[str]:
    """The tokens under some of the operations."""
    return Counter(token for op, text in redline.ops if op in ops for token in read_tokens(text))


def is_shown(redline: Redline) -> bool:
    """Whether a reader sees any change at all."""
    return any(op != "=" for op, _ in redline.ops) or any(True for _ in parse(redline.html).iter("ins", "del"))


# ---- documents


def parse(html: str) -> Any:  # noqa: ANN401  lxml has no types here
    return lxml.html.fragment_fromstring(html or " ", create_parent="div")


def read_lines(html: str, dropped: str = "") -> list[str]:
    """The words of each block, with those in the element `dropped` left out; footnotes come last."""
    return [line for part in _read_text(parse(html), dropped).split("\n\n") if (line := " ".join(part.split()))]


def _read_text(element: Any, dropped: str) -> str:  # noqa: ANN401
    if element.tag == dropped or element.get("role") == "doc-backlink":
        return ""
    inside = (element.text or "") + "".join(_read_text(child, dropped) + (child.tail or "") for child in element)
    inside = inside if element.tag != "br" else "\n"
    return f"\n\n{inside}\n\n" if element.tag in _BLOCKS else inside


def outline(html: str, dropped: str = "") -> list[Event]:
    """The blocks of a text, its words under their marks, and where links lead; without white space and footnotes."""
    return _join(_outline(parse(html), dropped, ()))


def _outline(element: Any, dropped: str, marks: tuple[str, ...]) -> list[Event]:  # noqa: ANN401
    tag = element.tag
    if tag == dropped or element.get("role") in {"doc-endnotes", "doc-backlink"}:
        return []
    if tag in _OBJECTS:
        return [("object", tag)]
    if tag in _MARKS and element.get("role") != "doc-noteref":
        marks = tuple(sorted({*marks, f"{tag} {element.get('href', '')}".strip()}))
    inside: list[Event] = []
    for text, child in [(element.text, None), *((child.tail, child) for child in element)]:
        inside += _outline(child, dropped, marks) if child is not None else []
        if shown := "".join((text or "").split()):
            inside.append(("text", shown, *marks))
    if tag in _MARKS | _FLOW:
        return inside
    is_empty = not any(event[0] in {"text", "object"} for event in inside)
    return [] if is_empty and tag not in _CELLS else [("open", tag), *inside, ("close", tag)]


def _join(events: Iterable[Event]) -> list[Event]:
    joined: list[Event] = []
    for event in events:
        if joined and event[0] == joined[-1][0] == "text" and event[2:] == joined[-1][2:]:
            joined[-1] = ("text", joined[-1][1] + event[1], *event[2:])
        else:
            joined.append(event)
    return joined


def find_faults(html: str) -> list[str]:
    """What a validator would say: errors of the parser, and marks where none may stand."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(f"<!DOCTYPE html><title>t</title><body>{html}")
    faults = [str(code) for _, code, _ in parser.errors]
    root = parse(html)
    for mark in root.iter("ins", "del"):
        above = [element.tag for element in mark.iterancestors()]
        below = [element.tag for element in mark.iterdescendants()]
        if above[0] in _NO_MARKS_IN:
            faults.append(f"{mark.tag} in {above[0]}")
        if {"ins", "del"} & set(above):
            faults.append(f"{mark.tag} in {above}")
        faults += [f"{tag} in {mark.tag} in {above[0]}" for tag in below if tag in _BLOCKS]
        if not mark.text_content().strip() and not _OBJECTS & set(below) and not mark.text_content():
            faults.append(f"an empty {mark.tag}")
    faults += [f"li in {item.getparent().tag}" for item in root.iter("li") if item.getparent().tag not in {"ul", "ol"}]
    names = [element.get("id") for element in root.iter() if element.get("id")]
    return faults + [name for name, count in Counter(names).items() if count > 1]


# ---- words


def find_cut_words(redline: Redline) -> list[str]:
    """The words, between spaces or signs, in which a change begins or ends."""
    found = []
    for text, edges in map(_find_edges, (redline, redline), (OLD, NEW)):
        words = (match for match in _WORD.finditer(text))
        found += [word[0] for word in words if any(word.start() < edge < word.end() for edge in edges)]
    return found


def find_cut_unspaced(redline: Redline) -> list[str]:
    """The runs of a script without spaces in which a change begins or ends elsewhere than a dictionary says."""
    found = []
    for text, edges in map(_find_edges, (redline, redline), (OLD, NEW)):
        for run in _UNSPACED_RUN.finditer(text):
            inside = {edge - run.start() for edge in edges if run.start() < edge < run.end()}
            if inside - {end for _, end in WordBreaker(run[0], "root").segments()}:
                found.append(run[0])
    return found


def _find_edges(redline: Redline, side: str) -> tuple[str, set[int]]:
    """One of the two texts, and where in it one operation ends and another begins."""
    text, last, edges = "", "", set[int]()
    for op, part in redline.ops:
        if op in side:
            edges |= {len(text)} if op != last else set()
            text, last = text + part, op
    return text, edges


def count_islands(redline: Redline) -> tuple[int, int]:
    """How many unchanged stretches of a word or none stand between two changes of a block, and how many stretches."""
    gaps: list[int] = []
    for block in _split_blocks(redline.ops):
        stretch: str | None = None
        for op, text in block:
            if op == "=":
                stretch = None if stretch is None else stretch + text
            elif read_tokens(text):
                if stretch is not None and stretch.strip():
                    gaps.append(sum(any(map(str.isalnum, token)) for token in read_tokens(stretch)))
                stretch = ""
    return sum(words <= 1 for words in gaps), len(gaps)


def _split_blocks(ops: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    blocks: list[list[tuple[str, str]]] = [[]]
    for op, text in ops:
        first, *rest = text.split("\n")
        blocks[-1].append((op, first))
        blocks += [[(op, line)] for line in rest]
    return blocks
