"""Tags in raw HTML: which ones are read, and where they stand in a stretch of it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from noticepress.blocks import NO_ATTRIBUTES, MarkKind
from noticepress.hypertext import replace_unprintable

MARKS: Mapping[str, MarkKind] = MappingProxyType(
    {
        "strong": "strong",
        "b": "strong",
        "em": "emphasis",
        "i": "emphasis",
        "s": "strike",
        "strike": "strike",
        "del": "strike",  # never a deletion: those are for redlines alone
        "u": "underline",
        "ins": "underline",
        "code": "code",
        "sub": "subscript",
        "sup": "superscript",
        "small": "small",
        "mark": "highlight",
        "kbd": "keyboard",
        "abbr": "abbreviation",
    }
)
"""Elements that become marks around words; `b` and `i` look like their better brothers, so they are the same."""

BLOCKS = frozenset({"p", "ul", "ol", "li", "blockquote", "hr"})
TABLES = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th"})
DIVISIONS = frozenset({"div", "section", "article"})
"""Elements that say nothing but that words begin and end there."""

_INLINE = frozenset({*MARKS, "a", "br", "span", "font", "wbr"})
_READ = _INLINE | BLOCKS | TABLES | DIVISIONS
_OPAQUE = frozenset({"script", "style", "textarea", "title", "iframe", "noscript", "xmp", "svg", "math", "template"})
"""What stands in these is no part of the text, so that it is shown with them as it is."""

# As CommonMark defines a tag, but that a value holds no `<`: so no tag runs over the next one, and reading is linear.
_TAG = re.compile(
    r"<(?P<end>/)?(?P<name>[A-Za-z][A-Za-z0-9-]*+)"
    r"(?P<attributes>(?:\s++[A-Za-z_:][A-Za-z0-9_.:-]*+(?:\s*+=\s*+(?:[^\s\"'=<>`]++|'[^'<]*+'|\"[^\"<]*+\"))?+)*+)"
    r"\s*+/?>"
)
_ATTRIBUTE = re.compile(r"\s([^\s=\"'/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+)))?")
_START = re.compile(r"<!--|<(?=[A-Za-z/!?])")

Kind = Literal["start", "end", "words", "shown", "comment"]


class Tag(NamedTuple):
    """A stretch of raw HTML: a tag that is read, words between tags, or what is shown as it is written.

    `name` belongs to tags, `attributes` to start tags; both in small letters, values without character references.
    """

    kind: Kind
    start: int
    end: int
    name: str = ""
    attributes: Mapping[str, str] = NO_ATTRIBUTES


def read_tags(source: str) -> Iterator[Tag]:
    """All of a stretch of raw HTML, in order."""
    place = words = 0
    unclosed = False
    while found := _START.search(source, place):
        start = found.start()
        if found[0] == "<!--":
            # `<!-->` is a whole comment too
            end = -1 if unclosed else source.find("-->", start + 2)
            unclosed = end < 0
            tag = Tag("shown", start, len(source)) if unclosed else Tag("comment", start, end + 3)
        else:
            tag = _read_tag(source, start)
        if words < start and tag.kind != "words":
            yield Tag("words", words, start)
        place = tag.end
        if tag.kind != "words":
            words = place
            yield tag
    if words < len(source):
        yield Tag("words", words, len(source))


def read_tag(source: str) -> Tag:
    """The one tag, comment or the like that a text is."""
    tag = next(read_tags(source))
    return tag if tag.end == len(source) else Tag("shown", 0, len(source))


def is_inline(tag: Tag) -> bool:
    """Whether a tag may stand within a line of words."""
    return tag.name in _INLINE


def _read_tag(source: str, start: int) -> Tag:
    match = _TAG.match(source, start)
    if match is None:
        closed = source[start + 1] in "!?" and source.find(">", start, start + 1000)
        return Tag("shown", start, closed + 1) if closed and closed > 0 else Tag("words", start, start + 1)
    name = match["name"].lower()
    if name not in _READ:
        end = match.end()
        if name in _OPAQUE and not match["end"]:
            close = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(source, end)
            end = close.end() if close else len(source)
        return Tag("shown", start, end)
    if match["end"]:
        return Tag("end", start, match.end(), name)
    return Tag("start", start, match.end(), name, _read_attributes(match["attributes"]))


def _read_attributes(written: str) -> Mapping[str, str]:
    if not written:
        return NO_ATTRIBUTES
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(written):
        found.setdefault(name.lower(), read_characters("".join(values)))
    return found


def read_characters(written: str) -> str:
    """Words of raw HTML with their character references put in."""
    return replace_unprintable(html.unescape(written)) if "&" in written else written
