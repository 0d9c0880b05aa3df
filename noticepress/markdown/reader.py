"""Blocks from the parser's events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from types import MappingProxyType
from typing import Any

import pyromark

from noticepress.blocks import (
    Block,
    BlockKind,
    Mark,
    MarkKind,
    Section,
    Span,
    assign_ids,
    join_spans,
    sections,
    walk_blocks,
)
from noticepress.hypertext import replace_unprintable
from noticepress.localize import is_locale, text_direction
from noticepress.markdown.elements import Elements
from noticepress.markdown.layers import mark_summaries
from noticepress.markdown.tags import read_tag
from noticepress.markdown.tree import DEEPEST, Open, Tree

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
)
_ATTRIBUTE_BLOCK = re.compile(r"\{([^{}\r\n]*)\}[ \t]*(?=[\r\n]|$)")
# Braces at the end of a heading that hold nothing of ours: no id, no class, no name with a value. They are words.
_BRACED_WORDS = re.compile(
    r"^([ \t>*+\-0-9.)]*+#{1,6}[ \t][^\r\n]*\{(?![ \t]*+(?:[#.]|[^\s{}\"'=:%]+=))[^{}\r\n]*)(?<!\\)\}(?=[ \t]*+\r?$)",
    re.MULTILINE,
)
_OPEN_BRACE = re.compile(r"\{(?!#)")
_BRACE = "\x1a"
"""Stands for the brace that ends such words, so that the parser lets them be; nothing printable is like it."""

FLAGS = frozenset({"summary", "definitions"})
"""What a heading may say of its section without a value."""

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
    "FootnoteDefinition": "footnote",
}
_CONTAINERS = frozenset({"list", "item", "quote"})
_TOP_LEVEL = frozenset({"heading", "footnote"})


@lru_cache(maxsize=2048)
def parse(text: str) -> Block:
    """Read a notice text into a tree whose root is the document. No text is wrong: what is not Markdown is words."""
    return _Reader(mask_braces(replace_unprintable(text))).read()


@lru_cache(maxsize=1024)
def read_sections(text: str) -> tuple[Section, ...]:
    """The sections of a notice text, in order."""
    return sections(parse(text))


def mask_braces(text: str) -> str:
    """The text in such a form that the parser takes no words for attributes of a heading; its length stays."""
    return _BRACED_WORDS.sub(rf"\1{_BRACE}", text) if _OPEN_BRACE.search(text) else text


def unmask_braces(text: str) -> str:
    """What the parser made of masked text, as it was meant."""
    return text.replace(_BRACE, "}")


def drop_front_matter(text: str) -> str:
    """A Markdown file without the settings that some programs keep at its beginning."""
    return _FRONT_MATTER.sub("", text)


def links(document: Block) -> Iterator[tuple[str, str, int, int]]:
    """Destination, words, line and column of every link and image, in reading order; links without words too."""
    for leaf in walk_blocks(document):
        if not any(span.marks for span in leaf.spans):
            continue
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


class _Reader:
    """Turns the parser's events into blocks. Its ranges count bytes of UTF-8; blocks count characters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.is_masked = _BRACE in text
        self.tree = Tree(text)
        self.elements = Elements(self.tree)
        self.blocks: list[Open | None] = []
        self.marks: list[tuple[int, Mark]] = []
        self.html: list[tuple[str, int]] = []
        self.image: list[str] = []
        self.image_depth = 0
        self.aligns: tuple[str, ...] = ()
        self.headings: list[Open] = []
        self.footnotes: list[Open] = []
        self.numbers: dict[str, int] = {}

    def read(self) -> Block:
        for event, place in pyromark.events_with_range(self.text, options=OPTIONS):
            start, end = place["start"], place["end"]
            name: str
            value: Any  # the parser's own shapes: a text, a number, or the like
            name, value = (event, None) if isinstance(event, str) else next(iter(event.items()))
            if self.is_masked and isinstance(value, str):
                value = unmask_braces(value)
            if self.image_depth:
                self.read_image(name, value, start)
            elif name == "Start":
                tag, detail = (value, None) if isinstance(value, str) else next(iter(value.items()))
                self.open(tag, detail, start, end)
            elif name == "End":
                self.close(value if isinstance(value, str) else next(iter(value)), start)
            elif name == "Rule":
                self.tree.make_room("rule", start)
                self.tree.top.children.append(Open("rule", start, end))
            else:
                self.read_words(name, value, start)
        self.tree.close_raw(len(self.tree.bytes))
        for heading, heading_id in zip(self.headings, self.assign_heading_ids(), strict=True):
            heading.attributes["slug"] = heading_id
        self.number_footnotes()
        return _spread_languages(mark_summaries(self.tree.freeze(self.tree.top), parse))

    def read_words(self, name: str, value: Any, start: int) -> None:  # noqa: ANN401  the parser's own shapes
        if name == "Text":
            self.tree.add(value, start)
        elif name == "SoftBreak":
            self.tree.add("\n", start)
        elif name == "HardBreak":
            self.tree.add("\n", start, hard_break=True)
        elif name == "Code":
            self.tree.add(value, start, Mark("code"))
        elif name == "FootnoteReference":
            number = self.numbers.setdefault(value.casefold(), len(self.numbers) + 1)
            self.tree.add(str(number), start, footnote=value)
        elif name == "Html":
            self.html.append((value, start))
        else:
            self.elements.read_inline(value, start)

    def open(self, tag: str, detail: Any, start: int, end: int) -> None:  # noqa: ANN401  the parser's own shapes
        if tag in _MARKS:
            self.open_mark(Mark(_MARKS[tag]), start)
        elif tag == "Link":
            scheme = "mailto:" if detail["link_type"] == "Email" else ""
            self.elements.end_links(start)
            self.open_mark(Mark("link", scheme + detail["dest_url"], detail["title"]), start)
        elif tag == "Image":
            self.image, self.image_depth = [detail["dest_url"], detail["title"]], 1
        elif tag != "HtmlBlock":
            kind = _BLOCKS[tag]
            if kind in _TOP_LEVEL:  # no section and no footnote stands in an element of raw HTML
                self.tree.close_raw(start)
            too_deep = self.blocks[-1] is None if kind == "item" else len(self.tree.stack) > DEEPEST
            if kind in _CONTAINERS and too_deep:
                self.tree.make_room(kind, start)
                self.blocks.append(None)
                return
            block = self.tree.open(kind, start, end)
            self.describe(block, tag, detail)
            self.blocks.append(block)

    def open_mark(self, mark: Mark, start: int) -> None:
        self.marks.append((self.tree.open_mark(mark, start), mark))

    def describe(self, block: Open, tag: str, detail: Any) -> None:  # noqa: ANN401
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
            align = self.aligns[len(self.tree.stack[-2].children)]
            block.attributes.update({"align": align} if align else {})
        elif tag == "CodeBlock" and isinstance(detail, dict):
            block.attributes["info"] = detail["Fenced"]
        elif tag == "FootnoteDefinition":
            block.attributes["label"] = detail
            self.footnotes.append(block)

    def read_attributes(self, block: Open) -> dict[str, str]:
        """The `{#id covers="a b"}` of a heading, from its source: the parser tears quoted values apart at spaces."""
        written = _ATTRIBUTE_BLOCK.findall(self.tree.bytes[block.start : block.end].decode())
        bare = _QUOTED_VALUE.sub(" ", written[-1]) if written else ""
        attributes = dict(_QUOTED_VALUE.findall(written[-1])) if written else {}
        for word in bare.split():
            name, equals, value = word.partition("=")
            if word[0] == "#":
                attributes["id"] = word[1:]
            elif equals:
                attributes[name] = value
            elif word in FLAGS:
                attributes[word] = ""
        return attributes

    def close(self, tag: str, start: int) -> None:
        if tag in _BLOCKS:
            block = self.blocks.pop()
            if block and block.is_open:
                self.tree.close_through(block)
            else:
                self.tree.end_words()
        elif tag == "HtmlBlock":
            self.elements.read_block(self.html)
            self.html = []
        else:
            self.tree.close_mark(*self.marks.pop(), start)

    def read_image(self, name: str, value: Any, start: int) -> None:  # noqa: ANN401
        """Gather the words of an image; it shows as a link, since nothing is loaded from elsewhere."""
        kind = value if isinstance(value, str) or value is None else next(iter(value))
        if name == "Start" and kind == "Image":
            self.image_depth += 1
        elif name == "End" and kind == "Image":
            self.image_depth -= 1
            if not self.image_depth:
                address, image_title, *words = self.image
                is_linked = any(mark.kind == "link" for mark in self.tree.marks)
                link = () if is_linked else (Mark("link", address, image_title),)
                self.tree.add(" ".join("".join(words).split()) or address, start, *link, image=address)
        elif name in {"Text", "Code"} or (name == "InlineHtml" and read_tag(value).kind == "shown"):
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
