"""Blocks from the parser's events."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby
from operator import is_
from types import MappingProxyType
from typing import Any

import pyromark

from noticepress.blocks import (
    NO_ATTRIBUTES,
    Block,
    BlockKind,
    Mark,
    MarkKind,
    Span,
    assign_ids,
    join_spans,
    walk_blocks,
)
from noticepress.hypertext import replace_unprintable
from noticepress.localize import is_locale, text_direction

OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
)
_LINE_END = re.compile(rb"\r\n|\r|\n")
_ATTRIBUTE_BLOCK = re.compile(r"\{([^{}\r\n]*)\}[ \t]*(?=[\r\n]|$)")
_QUOTED_VALUE = re.compile(r'(?<!\S)([^\s"=#.][^\s"=]*)="([^"]*)"(?!\S)')
_MARKS: dict[str, MarkKind] = {"Strong": "strong", "Emphasis": "emphasis", "Strikethrough": "strike"}
_BLOCKS: dict[str, BlockKind] = {
    "Paragraph": "paragraph",
    "Heading": "heading",
    "List": "list",
    "Item": "item",
    "Table": "table",
    "TableHead": "row",
    "TableRow": "row",
    "TableCell": "cell",
    "BlockQuote": "quote",
    "CodeBlock": "code",
    "HtmlBlock": "html",
    "FootnoteDefinition": "footnote",
}
DEEPEST = 100
"""Containers and marks nested deeper than this are taken as if they were not there."""

_CONTAINERS = frozenset({"list", "item", "quote"})
_LEAVES = frozenset({"paragraph", "heading", "cell", "code", "html"})


@lru_cache(maxsize=256)
def parse(text: str) -> Block:
    """Read a notice text into a tree whose root is the document. No text is wrong: what is not Markdown is words."""
    return _Reader(replace_unprintable(text)).read()


def links(document: Block) -> Iterator[tuple[str, str, int, int]]:
    """Destination, words, line and column of every link and image, in reading order; links without words too."""
    for leaf in walk_blocks(document):
        for mark, run in groupby(leaf.spans, key=_LinkOf):
            spans = list(run)
            if mark.link is not None:
                yield mark.link.destination, join_spans(spans), spans[0].line, spans[0].column


class _LinkOf:
    """The link around a run, told apart from a twin beside it."""

    def __init__(self, span: Span) -> None:
        self.link = next((mark for mark in span.marks if mark.kind == "link"), None)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _LinkOf) and self.link is other.link

    __hash__ = None  # type: ignore[assignment]


@dataclass(slots=True)
class _Open:
    """A block while it is being read."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    attributes: dict[str, str] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    more: list[str] = field(default_factory=list)
    """What the last span goes on with; joined at its end, since the parser tells words in small pieces."""
    children: list[_Open] = field(default_factory=list)

    def end_span(self) -> None:
        """Give the last span all its words."""
        if self.more:
            self.spans[-1] = replace(self.spans[-1], text="".join((self.spans[-1].text, *self.more)))
            self.more = []


class _Reader:
    """Turns the parser's events into blocks. Its ranges count bytes of UTF-8; blocks count characters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.bytes = text.encode()
        self.lines = [0, *(match.end() for match in _LINE_END.finditer(self.bytes))]
        self.known = (0, 1)
        self.stack = [_Open("document", 0, len(self.bytes))]
        self.ignored = 0
        self.marks: list[Mark] = []
        self.link_start = -1
        self.image: list[str] = []
        self.image_depth = 0
        self.aligns: tuple[str, ...] = ()
        self.headings: list[_Open] = []
        self.footnotes: list[_Open] = []
        self.numbers: dict[str, int] = {}

    def read(self) -> Block:
        for event, place in pyromark.events_with_range(self.text, options=OPTIONS):
            start, end = place["start"], place["end"]
            name: str
            value: Any  # the parser's own shapes: a text, a number, or the like
            name, value = (event, None) if isinstance(event, str) else next(iter(event.items()))
            if self.image_depth:
                self.read_image(name, value, start)
            elif name == "Start":
                tag, detail = (value, None) if isinstance(value, str) else next(iter(value.items()))
                self.open(tag, detail, start, end)
            elif name == "End":
                self.close(value if isinstance(value, str) else next(iter(value)), start)
            elif name == "Rule":
                self.close_paragraph()
                self.stack[-1].children.append(_Open("rule", start, end))
            else:
                self.read_words(name, value, start)
        self.close_paragraph()
        for heading, heading_id in zip(self.headings, self.assign_heading_ids(), strict=True):
            heading.attributes["slug"] = heading_id
        self.number_footnotes()
        return _spread_languages(self.freeze(self.stack[0]))

    def read_words(self, name: str, value: Any, start: int) -> None:  # noqa: ANN401  the parser's own shapes
        if name == "Text":
            self.add(value, start)
        elif name == "SoftBreak":
            self.add("\n", start)
        elif name == "HardBreak":
            self.add("\n", start, hard_break=True)
        elif name == "Code":
            self.add(value, start, Mark("code"))
        elif name == "FootnoteReference":
            number = self.numbers.setdefault(value.casefold(), len(self.numbers) + 1)
            self.add(str(number), start, footnote=value)
        else:  # Html, InlineHtml
            self.add(value, start, html=True)

    def open(self, tag: str, detail: Any, start: int, end: int) -> None:  # noqa: ANN401  the parser's own shapes
        if tag in _MARKS:
            self.marks.append(Mark(_MARKS[tag]))
        elif tag == "Link":
            scheme = "mailto:" if detail["link_type"] == "Email" else ""
            self.marks.append(Mark("link", scheme + detail["dest_url"], detail["title"]))
            self.link_start = start
        elif tag == "Image":
            self.image, self.image_depth = [detail["dest_url"], detail["title"]], 1
        else:
            self.close_paragraph()
            kind = _BLOCKS[tag]
            too_deep = self.stack[-1].kind != "list" if kind == "item" else len(self.stack) > DEEPEST
            if kind in _CONTAINERS and too_deep:
                self.ignored += 1
                return
            block = _Open(kind, start, end)
            self.describe(block, tag, detail)
            self.stack.append(block)

    def describe(self, block: _Open, tag: str, detail: Any) -> None:  # noqa: ANN401
        """What the parser says about a block beyond its kind."""
        if tag == "Heading":
            block.level = int(detail["level"][1])
            block.attributes = self.read_attributes(block) if detail["id"] or detail["attrs"] else {}
            self.headings.append(block)
        elif tag == "List" and detail is not None:
            block.attributes["start"] = str(detail)
        elif tag == "Table":
            self.aligns = tuple("" if align == "None" else align.lower() for align in detail)
        elif tag == "TableHead":
            block.attributes["header"] = "true"
        elif tag == "TableCell":
            align = self.aligns[len(self.stack[-1].children)]
            block.attributes.update({"align": align} if align else {})
        elif tag == "CodeBlock" and isinstance(detail, dict):
            block.attributes["info"] = detail["Fenced"]
        elif tag == "FootnoteDefinition":
            block.attributes["label"] = detail
            self.footnotes.append(block)

    def read_attributes(self, block: _Open) -> dict[str, str]:
        """The `{#id covers="a b"}` of a heading, from its source: the parser tears quoted values apart at spaces."""
        written = _ATTRIBUTE_BLOCK.findall(self.bytes[block.start : block.end].decode())
        bare = _QUOTED_VALUE.sub(" ", written[-1]) if written else ""
        attributes = dict(_QUOTED_VALUE.findall(written[-1])) if written else {}
        for word in bare.split():
            name, equals, value = word.partition("=")
            if word[0] == "#":
                attributes["id"] = word[1:]
            elif equals:
                attributes[name] = value
        return attributes

    def close(self, tag: str, start: int) -> None:
        if tag in _BLOCKS:
            self.close_paragraph()
            if self.ignored and _BLOCKS[tag] in _CONTAINERS:
                self.ignored -= 1
                return
            self.close_block()
        else:
            mark = self.marks[-1]
            last = self.stack[-1].spans[-1:]
            if mark.kind == "link" and not any(mark is other for span in last for other in span.marks):
                self.add("", start)  # a link without words is still a link
            self.marks.pop()

    def close_paragraph(self) -> None:
        """End the paragraph that an item opened without saying so."""
        if "tight" in self.stack[-1].attributes:
            self.close_block()

    def close_block(self) -> None:
        block = self.stack.pop()
        block.end_span()
        self.stack[-1].children.append(block)

    def locate(self, start: int) -> tuple[int, int]:
        """Line and column of a byte, counted on from the place asked for before where that is in the same line."""
        line = bisect_right(self.lines, start)
        known, column = self.known
        if not self.lines[line - 1] <= known <= start:
            known, column = self.lines[line - 1], 1
        column += len(self.bytes[known:start].decode(errors="replace"))
        self.known = (start, column)
        return line, column

    def add(
        self,
        text: str,
        start: int,
        *inner: Mark,
        footnote: str = "",
        image: str = "",
        html: bool = False,
        hard_break: bool = False,
    ) -> None:
        """A run of text into the leaf that is open; one is opened where an item or a quote holds bare words."""
        if self.stack[-1].kind not in _LEAVES:
            self.stack.append(_Open("paragraph", start, start, attributes={"tight": "true"}))
        leaf = self.stack[-1]
        if self.link_start >= 0:  # the words of a link stand where its bracket does
            start, self.link_start = self.link_start, -1
        marks = (*self.marks[:DEEPEST], *inner)
        plain = not (inner or footnote or image or hard_break)
        if leaf.spans and plain:
            last = leaf.spans[-1]
            bare = not (last.footnote or last.image or last.hard_break)
            if bare and last.html == html and len(last.marks) == len(marks) and all(map(is_, last.marks, marks)):
                leaf.more.append(text)
                return
        leaf.end_span()
        line, column = self.locate(start)
        leaf.end = max(leaf.end, start + len(text.encode()))
        leaf.spans.append(Span(text, marks, footnote, image, html, hard_break, line=line, column=column))

    def read_image(self, name: str, value: Any, start: int) -> None:  # noqa: ANN401
        """Gather the words of an image; it shows as a link, since nothing is loaded from elsewhere."""
        kind = value if isinstance(value, str) or value is None else next(iter(value))
        if name == "Start" and kind == "Image":
            self.image_depth += 1
        elif name == "End" and kind == "Image":
            self.image_depth -= 1
            if not self.image_depth:
                address, image_title, *words = self.image
                link = () if any(mark.kind == "link" for mark in self.marks) else (Mark("link", address, image_title),)
                self.add(" ".join("".join(words).split()) or address, start, *link, image=address)
        elif name in {"Text", "Code", "InlineHtml"}:
            self.image.append(value)
        elif name in {"SoftBreak", "HardBreak"}:
            self.image.append(" ")

    def assign_heading_ids(self) -> tuple[str, ...]:
        return assign_ids((block.attributes.get("id", ""), join_spans(block.spans)) for block in self.headings)

    def number_footnotes(self) -> None:
        """Footnotes are counted in the order in which the text refers to them, then those it never refers to."""
        taken: set[int] = set()
        for note in self.footnotes:
            number = self.numbers.get(note.attributes["label"].casefold(), 0)
            if number in taken or not number:
                number = len(self.numbers) + 1
                self.numbers[f"\n{number}"] = number
            taken.add(number)
            note.attributes["number"] = str(number)

    def freeze(self, block: _Open) -> Block:
        line, column = self.locate(block.start)
        last = self.bytes[block.start : block.end].rstrip()
        slug = block.attributes.pop("slug", "")
        return Block(
            block.kind,
            block.level,
            slug,
            tuple(block.attributes.get("covers", "").replace(",", " ").split()),
            MappingProxyType(block.attributes) if block.attributes else NO_ATTRIBUTES,
            tuple(block.spans),
            tuple(self.freeze(child) for child in block.children),
            line,
            column,
            max(line, bisect_right(self.lines, block.start + max(len(last) - 1, 0))),
        )


def _spread_languages(document: Block) -> Block:
    """The document with the `lang` of a heading, and its direction, on all blocks of that section."""
    if not any(block.kind == "heading" and "lang" in block.attributes for block in document.children):
        return document
    language: dict[str, str] = {}
    children = []
    for block in document.children:
        if block.kind == "heading":
            tag = block.attributes.get("lang", "")
            language = {"lang": tag, "dir": text_direction(tag)} if is_locale(tag) else {}
        others = {name: value for name, value in block.attributes.items() if name not in {"lang", "dir"}}
        children.append(replace(block, attributes=MappingProxyType({**others, **language})))
    return replace(document, children=tuple(children))
