"""A notice text as a tree of blocks, and the sections it falls into. What a parser reads, everyone else walks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

MarkKind = Literal[
    "strong",
    "emphasis",
    "strike",
    "code",
    "link",
    "underline",
    "subscript",
    "superscript",
    "small",
    "highlight",
    "keyboard",
    "abbreviation",
]
BlockKind = Literal[
    "document",
    "heading",
    "paragraph",
    "list",
    "item",
    "table",
    "row",
    "cell",
    "quote",
    "code",
    "rule",
    "footnote",
    "html",
]
Change = Literal["", "+", "-", ">", "<"]

NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Mark:
    """What lies around a run of text; `destination` and `title` belong to links."""

    kind: MarkKind
    destination: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text under one set of marks, outermost mark first, so that the nesting can be written again.

    `text` is what a reader sees; a line feed in it is a soft break. A footnote reference shows its number and holds its
    label in `footnote`; an image shows its words and holds its address in `image`; raw HTML (`html`) shows its source.
    `change` and `hidden` are set in redlines only: how the run changed, and whether it is there for screen readers
    alone. `line` and `column` count characters from 1.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    footnote: str = ""
    image: str = ""
    html: bool = False
    hard_break: bool = False
    change: Change = ""
    hidden: bool = False
    line: int = field(default=1, compare=False)
    column: int = field(default=1, compare=False)

    @property
    def code(self) -> bool:
        """Whether the run is code."""
        return bool(self.marks) and any(mark.kind == "code" for mark in self.marks)

    @property
    def link(self) -> str:
        """The destination of the link the run belongs to, or an empty text."""
        return next((mark.destination for mark in self.marks if mark.kind == "link"), "")


@dataclass(frozen=True, slots=True)
class Block:
    """A block and what it holds: `spans` in leaves (heading, paragraph, cell, code, html), `children` in all others.

    A cell holds either: blocks where raw HTML put them there. What raw HTML may say is read like Markdown; the rest is
    shown as it is written, in spans that are `html`, and in blocks of the kind `html` where it stands alone.

    `id` is set on headings: the one written, else a slug of the title; unique in the document. `tags` is what `covers`
    names. `attributes` holds what else was written or matters: `id`, `covers` and others of a heading, `start` of a
    list, `tight` of a paragraph (bare words in an item or a cell) or `bare` (others that no paragraph was written for),
    `info` of code, `header` of a row, `align`, `colspan` and `rowspan` of a cell, and its `header` where the row does
    not say it, `label` and `number` of a footnote. `lang` and `dir` are set on all blocks of a section whose heading
    says that it is in another language. Lines and columns count characters from 1.
    """

    kind: BlockKind
    level: int = 0
    id: str = ""
    tags: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=lambda: NO_ATTRIBUTES, hash=False)
    spans: tuple[Span, ...] = ()
    children: tuple[Block, ...] = ()
    line: int = 1
    column: int = 1
    end_line: int = 1
    change: Change = ""

    @property
    def explicit_id(self) -> str:
        """The id as written, or an empty text."""
        return self.attributes.get("id", "")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its id, and the blocks under it up to the next heading.

    What stands before the first heading is the section with the empty id. `parent` is the id of the section this one
    belongs to.
    """

    id: str
    title: str
    level: int
    tags: tuple[str, ...]
    blocks: tuple[Block, ...]
    line: int
    column: int
    explicit_id: bool
    parent: str = ""
    heading: Block | None = None


def walk_blocks(block: Block) -> Iterator[Block]:
    """The block and everything in it, in reading order."""
    ahead = [block]
    while ahead:
        here = ahead.pop()
        yield here
        ahead.extend(reversed(here.children))


def join_spans(spans: Iterable[Span]) -> str:
    """The words of inline runs on one line, without the numbers of footnotes."""
    return " ".join("".join([" " if span.hard_break else span.text for span in spans if not span.footnote]).split())


def plain_text(block: Block) -> str:
    """The words of a block: a line for each leaf in it."""
    return "\n".join(text for leaf in walk_blocks(block) if (text := join_spans(leaf.spans)))


def _is_letter(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] in "LMN"


@lru_cache(maxsize=4096)
def make_slug(title: str) -> str:
    """An id from the words of a title in any script: letters, their marks and digits, joined by hyphens."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "-".join("".join(c if _is_letter(c) else " " for c in folded).split()) or "section"


def assign_ids(headings: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """A unique id for each heading, given (id as written, title): written ids first, so that no slug takes one away."""
    pairs = tuple(headings)
    taken = {explicit for explicit, _ in pairs}
    seen: set[str] = set()
    numbers: dict[str, int] = {}  # how far each id has been counted, so that many equal titles are counted once
    ids = []
    for explicit, title in pairs:
        wanted = candidate = explicit or make_slug(title)
        number = numbers.get(wanted, 1)
        while candidate in seen or (candidate in taken and candidate != explicit):
            number += 1
            candidate = f"{wanted}-{number}"
        numbers[wanted] = number
        seen.add(candidate)
        ids.append(candidate)
    return tuple(ids)


def title_heading(document: Block) -> Block | None:
    """The heading that names the document: the first of level 1."""
    return next((block for block in document.children if block.kind == "heading" and block.level == 1), None)


def title(document: Block) -> str:
    """The title of a document: its first heading of level 1, or an empty text."""
    heading = title_heading(document)
    return join_spans(heading.spans) if heading else ""


def headings(document: Block) -> tuple[tuple[int, str, str], ...]:
    """Level, id and title of each heading that opens a section, and of the title, for a table of contents."""
    return tuple((b.level, b.id, join_spans(b.spans)) for b in document.children if b.kind == "heading")


def sections(document: Block) -> tuple[Section, ...]:
    """The sections of a document, in order; the title opens none, text before the first heading has the id ``""``."""
    named = title_heading(document)
    found: list[Section] = []
    heading: Block | None = None
    body: list[Block] = []
    parents: list[tuple[int, str]] = []

    def close() -> None:
        if heading is not None:
            while parents and parents[-1][0] >= heading.level:
                parents.pop()
            parent = parents[-1][1] if parents else ""
            parents.append((heading.level, heading.id))
            found.append(
                Section(
                    heading.id,
                    join_spans(heading.spans),
                    heading.level,
                    heading.tags,
                    tuple(body),
                    heading.line,
                    heading.column,
                    bool(heading.explicit_id),
                    parent,
                    heading,
                )
            )
        elif body:
            found.append(Section("", "", 0, (), tuple(body), body[0].line, body[0].column, explicit_id=False))

    for block in document.children:
        if block is named:
            continue
        if block.kind == "heading":
            close()
            heading, body = block, []
        else:
            body.append(block)
    close()
    return tuple(found)
