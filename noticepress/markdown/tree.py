"""The tree of a text while it grows: the blocks that are open, the marks around what comes next, and their places."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from operator import is_
from types import MappingProxyType

from noticepress.blocks import NO_ATTRIBUTES, Block, BlockKind, Mark, Span

DEEPEST = 100
"""Containers and marks nested deeper than this are taken as if they were not there."""

ENDED = Mark("strong")
"""Stands in the place of a mark that ended before those that began within it."""

SPACE = " \t\r\n\f"
_LINE_END = re.compile(rb"\r\n|\r|\n")
_LEAVES = frozenset({"paragraph", "heading", "cell", "code", "html"})
_ENDED_BY_BLOCKS = frozenset({"paragraph", "html"})
_NEVER_EMPTY = frozenset({"paragraph", "html", "list", "table", "row", "quote"})


@dataclass(slots=True, eq=False)
class Open:
    """A block while it is being read.

    `start` and `end` count bytes. `tag` is the element of raw HTML that opened it, empty for Markdown. `marks` is how
    many marks were open before it, `first` where its words begin.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    attributes: dict[str, str] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    more: list[str] = field(default_factory=list)
    """What the last span goes on with; joined at its end, since the parser tells words in small pieces."""
    children: list[Open] = field(default_factory=list)
    tag: str = ""
    marks: int = 0
    first: int = -1
    is_open: bool = True
    is_raw: bool = False

    def end_span(self) -> None:
        """Give the last span all its words."""
        if self.more:
            self.spans[-1] = replace(self.spans[-1], text="".join((self.spans[-1].text, *self.more)))
            self.more = []

    def trim(self) -> None:
        """Take the white space off the end of words that raw HTML stands among."""
        self.end_span()
        while self.is_raw and self.spans:
            last = self.spans[-1]
            if last.hard_break or last.footnote or last.image or last.code:
                return
            text = last.text.rstrip(SPACE)
            if text or last.link:
                self.spans[-1] = last if text == last.text else replace(last, text=text)
                return
            self.spans.pop()

    @property
    def is_bare(self) -> bool:
        """Whether it is a paragraph that nobody opened: bare words among blocks."""
        return "tight" in self.attributes or "bare" in self.attributes


class Tree:
    """Blocks that are open, outermost first, and what is done to them. Places count bytes of UTF-8."""

    def __init__(self, text: str) -> None:
        self.bytes = text.encode()
        self.lines = [0, *(match.end() for match in _LINE_END.finditer(self.bytes))]
        self.known = (0, 1)
        self.stack = [Open("document", 0, len(self.bytes))]
        self.marks: list[Mark] = []
        self.tags: list[str] = []
        self.link_start = -1
        self.here = 0
        self.is_raw = False

    @property
    def top(self) -> Open:
        """The innermost block that is open."""
        return self.stack[-1]

    # ---- blocks

    def open(self, kind: BlockKind, start: int, end: int = 0, tag: str = "") -> Open:
        """Open a block, and what must stand around it."""
        self.make_room(kind, start)
        return self.push(kind, start, end, tag)

    def push(self, kind: BlockKind, start: int, end: int = 0, tag: str = "") -> Open:
        """Open a block in the one that is open."""
        block = Open(kind, start, max(start, end), tag=tag, marks=len(self.marks), is_raw=tag != "")
        self.stack.append(block)
        return block

    def make_room(self, kind: BlockKind, start: int) -> None:
        """End the words that are open, and open what a block of a kind must stand in: an item, a row, a cell."""
        if self.top.kind in _ENDED_BY_BLOCKS:
            self.close_block(ends_marks=False)
        top = self.top
        if top.kind == "cell" and top.spans:
            self.wrap_words(top)
        elif top.kind == "list" and kind != "item":
            self.push("item", start, tag="li")
        elif top.kind == "table" and kind != "row":
            self.push("row", start, tag="tr")
            if kind != "cell":
                self.push("cell", start, tag="td")
        elif top.kind == "row" and kind != "cell":
            self.push("cell", start, tag="td")

    def wrap_words(self, cell: Open) -> None:
        """Make the words of a cell its first paragraph, since blocks follow."""
        cell.trim()
        if cell.spans:
            words = Open("paragraph", cell.first, cell.end, attributes={"tight": "true"}, spans=cell.spans)
            cell.children.append(words)
            cell.spans = []

    def close_block(self, *, ends_marks: bool = True) -> None:
        """Close the innermost block, and the marks that began in it. Raw HTML without words leaves nothing."""
        block = self.stack.pop()
        block.is_open = False
        block.end_span()
        if ends_marks and not block.is_bare:
            self.end_marks(block.marks)
        if block.is_raw:
            block.trim()
            block.end = max(block.end, self.here) if block.tag else block.end
            if not block.spans and not block.children and block.kind in _NEVER_EMPTY:
                return
        self.top.children.append(block)

    def close_through(self, block: Open) -> None:
        """Close a block, and whatever is open in it."""
        self.here = max(self.here, block.end)
        while block.is_open:
            self.close_block()

    def close_raw(self, start: int) -> None:
        """Close the words and all raw HTML up to the Markdown around it."""
        self.here = max(self.here, start)
        while len(self.stack) > 1 and (self.top.tag or self.top.kind == "paragraph"):
            self.close_block()

    # ---- marks

    def open_mark(self, mark: Mark, start: int, tag: str = "") -> int:
        """Put a mark around what comes next. Returns its number."""
        self.marks.append(mark)
        self.tags.append(tag)
        if mark.kind == "link":
            self.link_start = start
        return len(self.marks) - 1

    def close_mark(self, number: int, mark: Mark, start: int) -> None:
        """End a mark of Markdown, and those of raw HTML within it."""
        if number >= len(self.marks) or self.marks[number] is not mark:
            return  # raw HTML has ended the block that it was in
        self.end_link(mark, start)
        self.end_marks(number)

    def end_link(self, mark: Mark, start: int) -> None:
        """See to it that a link without words is still a link."""
        if mark.kind == "link" and self.link_start >= 0:
            self.add("", start)

    def end_marks(self, number: int) -> None:
        """End all marks but the first so many."""
        if len(self.marks) > number:
            if any(mark.kind == "link" for mark in self.marks[number:]):
                self.link_start = -1
            del self.marks[number:], self.tags[number:]

    def end_words(self) -> None:
        """End the words that are open, and the marks that raw HTML left open around them."""
        if self.top.kind in _ENDED_BY_BLOCKS:
            self.close_block()
        self.end_marks(self.top.marks)

    # ---- words

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
        leaf = self.stack[-1]
        if self.is_raw and not (inner or footnote or image or html or hard_break) and text:
            text, start = self.trim(text, start)
            if not text:
                return
        if leaf.kind not in _LEAVES or leaf.children:
            leaf = self.open_words(start)
        if self.link_start >= 0:  # the words of a link stand where its bracket does
            start, self.link_start = self.link_start, -1
        marks = (*self.marks[:DEEPEST], *inner) if not self.is_raw else self.read_marks(inner, footnote)
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
        leaf.first = start if leaf.first < 0 else leaf.first
        leaf.spans.append(Span(text, marks, footnote, image, html, hard_break, line=line, column=column))

    def open_words(self, start: int) -> Open:
        """A leaf for bare words. Those that follow others in an item are a division of their own."""
        self.make_room("paragraph", start)
        top = self.top
        if top.kind == "cell" and not top.children:
            return top
        is_first = not (top.children and top.children[-1].is_bare)
        name = "tight" if top.kind in {"item", "cell"} and is_first else "bare"
        words = self.push("paragraph", start)
        words.attributes[name] = "true"
        words.marks = top.marks
        words.is_raw = self.is_raw
        return words

    def read_marks(self, inner: tuple[Mark, ...], footnote: str) -> tuple[Mark, ...]:
        """The marks that are open; a footnote is a link itself, and stands in no other."""
        marks = tuple(mark for mark in self.marks[:DEEPEST] if mark is not ENDED)
        if footnote:
            marks = tuple(mark for mark in marks if mark.kind != "link")
        return (*marks, *inner)

    def trim(self, text: str, start: int) -> tuple[str, int]:
        """Words without the white space that nobody sees: between blocks, and after a break."""
        top = self.top
        has_words = top.kind in _LEAVES and top.spans and (top.more or not top.spans[-1].hard_break)
        if has_words or top.kind == "code":
            return text, start
        bare = text.lstrip(SPACE)
        return bare, start + len(text) - len(bare)

    # ---- places

    def locate(self, start: int) -> tuple[int, int]:
        """Line and column of a byte, counted on from the place asked for before where that is in the same line."""
        line = bisect_right(self.lines, start)
        known, column = self.known
        if not self.lines[line - 1] <= known <= start:
            known, column = self.lines[line - 1], 1
        column += len(self.bytes[known:start].decode(errors="replace"))
        self.known = (start, column)
        return line, column

    def freeze(self, block: Open) -> Block:
        """An open block and all that is in it, as it stays."""
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
