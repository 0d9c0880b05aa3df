"""Elements of raw HTML in the tree of a text: those that are read become blocks and marks, all others show as text.

No tag is wrong: what is not ended ends with what it stands in, and an end without a start says nothing. Tags never
reach across the Markdown around them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import accumulate

from noticepress.blocks import BlockKind, Mark
from noticepress.markdown.tags import (
    BLOCKS,
    DIVISIONS,
    MARKS,
    TABLES,
    Tag,
    is_inline,
    read_characters,
    read_tag,
    read_tags,
)
from noticepress.markdown.tree import DEEPEST, ENDED, SPACE, Open, Tree

_KINDS: dict[str, BlockKind] = {
    "ul": "list",
    "ol": "list",
    "li": "item",
    "blockquote": "quote",
    "table": "table",
    "thead": "table",
    "tbody": "table",
    "tfoot": "table",
    "tr": "row",
    "td": "cell",
    "th": "cell",
}
_LINE_FEEDS = re.compile(r"[\t\r\n\f]+")
_SMALL_NUMBER = re.compile(r"[1-9][0-9]{0,2}", re.ASCII)
_START_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)
_WITH_WORDS = frozenset({"paragraph", "cell", "heading", "html"})
_IN_TABLES = frozenset({"table", "row", "cell"})


class Elements:
    """Reads the raw HTML of a text into its tree."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def read_block(self, lines: Sequence[tuple[str, int]]) -> None:
        """A block of raw HTML: its lines, each with its place."""
        self.tree.is_raw = True
        source = "".join(line for line, _ in lines)
        places = _Places(lines)
        for tag in read_tags(source):
            start = places.find(tag.start)
            self.tree.here = max(self.tree.here, start)
            if tag.kind == "words":
                self.read_words(source[tag.start : tag.end], start)
                continue
            if tag.kind == "shown" and (self.tree.top.kind not in _WITH_WORDS or self.tree.top.children):
                self.tree.open("html", start, tag="html")
            self.read(tag, source, start, places.find(tag.end))
        self.tree.end_words()

    def read_inline(self, source: str, start: int) -> None:
        """A tag or the like among the words of Markdown."""
        self.tree.is_raw = True
        if self.tree.top.kind in _WITH_WORDS:
            self.tree.top.is_raw = True
        self.read(read_tag(source), source, start, start + len(source.encode()))

    def read_words(self, written: str, start: int) -> None:
        """Words between tags, with the line feeds of their source."""
        lines = written.split("\n")
        if len(lines) > 1:
            inner = (line.strip(SPACE) for line in lines[1:-1])
            written = "\n".join((lines[0].rstrip(SPACE), *inner, lines[-1].lstrip(SPACE)))
        spans = self.tree.top.spans
        is_gap = not written.strip(SPACE) and bool(spans) and spans[-1].html
        self.tree.add(read_characters(written), start, html=is_gap)

    def read(self, tag: Tag, source: str, start: int, end: int) -> None:
        """Anything but words."""
        tree = self.tree
        if tag.kind == "comment":
            return
        if tag.kind == "shown" or (tree.top.kind == "heading" and not is_inline(tag)):
            tree.add(source[tag.start : tag.end], start, html=True)
        elif tag.kind == "start":
            tree.here = max(tree.here, start)
            self.start(tag, start, end)
        else:
            tree.here = max(tree.here, end)
            self.end(tag.name, start)

    # ---- start tags

    def start(self, tag: Tag, start: int, end: int) -> None:
        """What is to be done where an element begins."""
        tree, name = self.tree, tag.name
        if name in MARKS:
            self.open_mark(Mark(MARKS[name]), start, name)
        elif name == "a" and "href" in tag.attributes:
            self.open_link(tag, start)
        elif name == "br":
            tree.add("\n", start, hard_break=True)
        elif name == "hr":
            tree.make_room("rule", start)
            tree.top.children.append(Open("rule", start, end))
        elif name in TABLES:
            self.start_part_of_table(tag, start)
        elif name in BLOCKS:
            self.start_block(tag, start)
        elif name in DIVISIONS:
            self.end_division(start)

    def end_division(self, start: int) -> None:
        """End the words that are open, where there may be any."""
        if self.tree.top.kind not in {"list", "table", "row"}:
            self.tree.make_room("paragraph", start)

    def open_mark(self, mark: Mark, start: int, name: str) -> None:
        """A mark around what follows, unless that is too deep."""
        if len(self.tree.marks) < DEEPEST:
            self.tree.open_mark(mark, start, name)

    def open_link(self, tag: Tag, start: int) -> None:
        """A link; it ends one of raw HTML that is open, and is none within one of Markdown."""
        self.end_links(start)
        if not any(mark.kind == "link" for mark in self.tree.marks[:DEEPEST]):
            destination = _LINE_FEEDS.sub("", tag.attributes["href"].strip())
            self.open_mark(Mark("link", destination, tag.attributes.get("title", "")), start, "a")

    def end_links(self, start: int) -> None:
        """End the links of raw HTML, since links stand in no other."""
        for number, name in enumerate(self.tree.tags[:DEEPEST]):
            if name == "a":
                self.end_mark(number, start)

    def start_block(self, tag: Tag, start: int) -> None:
        """A paragraph, a list, an item or a quotation."""
        tree, name = self.tree, tag.name
        if name == "p":
            tree.open("paragraph", start, tag=name)
        elif name == "li":
            number = self.find({"list"}, stop=_IN_TABLES | {"quote"})
            self.close_to(number) if number else None
            if number or self.open_container("list", start, "ul"):
                tree.open("item", start, tag=name)
        elif self.open_container(_KINDS[name], start, name) and name == "ol":
            first = tag.attributes.get("start", "")
            tree.top.attributes["start"] = str(int(first)) if _START_NUMBER.fullmatch(first) else "1"

    def start_part_of_table(self, tag: Tag, start: int) -> None:
        """A table, a part of it, a row or a cell. Outside of tables there are none."""
        tree, name = self.tree, tag.name
        if name == "table":
            self.open_container("table", start, name)
            return
        number = self.find({"row", "table"} if name in {"td", "th"} else {"table"})
        if not number:
            self.end_division(start)
            return
        self.close_to(number)
        if name == "tr" or (name in {"td", "th"} and tree.top.kind == "table"):
            is_head = tree.top.tag == "thead"
            tree.open("row", start, tag="tr").attributes.update({"header": "true"} if is_head else {})
        if name in {"td", "th"}:
            is_head = "header" in tree.top.attributes
            tree.open("cell", start, tag=name).attributes.update(_describe_cell(tag, is_head=is_head))
        elif name != "tr":
            tree.top.tag = name  # the part of the table that is open

    def open_container(self, kind: BlockKind, start: int, name: str) -> bool:
        """Open what blocks may stand in, unless that is too deep."""
        if len(self.tree.stack) > DEEPEST:
            return False
        self.tree.open(kind, start, tag=name)
        return True

    # ---- end tags

    def end(self, name: str, start: int) -> None:
        """What is to be done where an element ends."""
        tree = self.tree
        if name in MARKS or name == "a":
            self.end_inline(name, start)
        elif name == "p":
            if tree.top.kind == "paragraph":
                tree.close_block(ends_marks=tree.top.tag != "")
        elif name in DIVISIONS:
            self.end_division(start)
        elif name in {"thead", "tbody", "tfoot"}:
            if number := self.find({"table"}):
                self.close_to(number)
                tree.top.tag = "table"
        elif name in _KINDS:
            stop = {"tr": {"table"}, "td": {"table"}, "th": {"table"}, "table": set()}.get(name, _IN_TABLES)
            if number := self.find({_KINDS[name]}, stop):
                self.close_to(number)
                tree.close_block()

    def end_inline(self, name: str, start: int) -> None:
        """End the innermost mark of an element, as far out as the block that is open reaches."""
        least = self.tree.top.marks
        for number in reversed(range(least, min(len(self.tree.marks), DEEPEST))):
            if self.tree.tags[number] == name:
                self.end_mark(number, start)
                return

    def end_mark(self, number: int, start: int) -> None:
        """End one mark; those that began within it go on."""
        tree = self.tree
        tree.end_link(tree.marks[number], start)
        tree.marks[number], tree.tags[number] = ENDED, ""
        while tree.marks and tree.marks[-1] is ENDED:
            tree.end_marks(len(tree.marks) - 1)

    # ---- what is open

    def find(self, kinds: Collection[str], stop: Collection[str] = ()) -> int:
        """The number of the innermost block of raw HTML of some kinds, before any of others; 0 where there is none."""
        stack = self.tree.stack
        for number in reversed(range(len(stack))):
            block = stack[number]
            if block.tag and block.kind in kinds:
                return number
            if block.kind in stop or not (block.tag or block.kind == "paragraph"):
                return 0
        return 0

    def close_to(self, number: int) -> None:
        """Close all that is in a block."""
        while len(self.tree.stack) > number + 1:
            self.tree.close_block()


def _describe_cell(tag: Tag, *, is_head: bool) -> dict[str, str]:
    is_header = tag.name == "th"
    attributes = {} if is_header == is_head else {"header": "true" if is_header else ""}
    for name in ("colspan", "rowspan"):
        value = tag.attributes.get(name, "").strip()
        if _SMALL_NUMBER.fullmatch(value) and value != "1":
            attributes[name] = value
    return attributes


class _Places:
    """Where the characters of some lines stand in the text. Asked in order, since it counts on."""

    def __init__(self, lines: Sequence[tuple[str, int]]) -> None:
        self.lines = lines
        self.starts = [0, *accumulate(len(line) for line, _ in lines)]
        self.line = 0
        self.offset = 0
        self.place = lines[0][1] if lines else 0

    def find(self, offset: int) -> int:
        """The byte at which a character stands, or at which the last one ends."""
        while self.line + 1 < len(self.lines) and self.starts[self.line + 1] <= offset:
            self.line += 1
            self.offset, self.place = self.starts[self.line], self.lines[self.line][1]
        if self.line < len(self.lines):
            written = self.lines[self.line][0]
            base = self.starts[self.line]
            self.place += len(written[self.offset - base : offset - base].encode())
            self.offset = offset
        return self.place
