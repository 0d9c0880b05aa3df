"""An HTML page as a browser's neighbours see it: its language, links, what it loads, its marks and its tables.

It is read by Python's own tolerant parser; whether a page is valid HTML, a validator says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

from noticepress.errors import Source

Attributes = dict[str, str]

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

_BLOCKS = {"p", "div", "ul", "ol", "table", "section", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "dl"}


@dataclass(slots=True)
class Element:
    """An element: its name, its attributes, the line it begins on, and the words in it."""

    name: str
    attributes: Attributes
    line: int
    text: str = ""


@dataclass(slots=True)
class Markup:
    """What stands in a page: its elements by name, its words, and marks of changes that are not nested as they must be.

    `crossing` are `ins` and `del` elements that hold blocks or end elsewhere than they began.
    """

    path: str
    elements: dict[str, list[Element]] = field(default_factory=lambda: defaultdict(list))
    text: str = ""
    scripts: list[Element] = field(default_factory=list)
    styles: list[Element] = field(default_factory=list)
    crossing: list[Element] = field(default_factory=list)

    def find(self, *names: str) -> Iterator[Element]:
        """Every element with one of the names."""
        for name in names:
            yield from self.elements.get(name, ())

    def links(self, relation: str) -> list[Attributes]:
        """The attributes of each `<link>` of a relation."""
        return [found.attributes for found in self.find("link") if relation in found.attributes.get("rel", "").split()]

    def place(self, element: Element | None = None) -> Source:
        """Where an element stands; the page where there is none."""
        return Source(self.path, element.line if element else 1)

    @property
    def title(self) -> str:
        """The title of the window."""
        return " ".join(next((found.text for found in self.find("title")), "").split())


@lru_cache(maxsize=512)
def read_markup(path: str, text: str) -> Markup:
    """Read a page. To be looked at, never to be changed."""
    reader = _Reader(path)
    reader.feed(text)
    reader.close()
    return reader.markup


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.markup = Markup(path)
        self._open: list[Element] = []
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.getpos()[0])
        self.markup.elements[tag].append(element)
        if tag == "script":
            self.markup.scripts.append(element)
        elif tag == "style":
            self.markup.styles.append(element)
        if tag in _BLOCKS:
            self.markup.crossing += [found for found in self._open if found.name in {"ins", "del"}]
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if all(found.name != tag for found in self._open):
            return
        while self._open:
            ended = self._open.pop()
            if ended.name == tag:
                break
            if ended.name in {"ins", "del"} and tag not in {"ins", "del"}:
                self.markup.crossing.append(ended)

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1].name in {"script", "style", "title", "a", "button", "th"}:
            self._open[-1].text += data
        if not self._open or self._open[-1].name not in {"script", "style", "title"}:
            self._words.append(data)

    def close(self) -> None:
        super().close()
        self.markup.text = " ".join("".join(self._words).split())
