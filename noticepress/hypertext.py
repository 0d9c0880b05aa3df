"""Safe HTML of a tree of blocks: what is written here is all the HTML that a notice can ever contain."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from urllib.parse import quote

from noticepress.blocks import Block, Span, walk_blocks

SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel", "about"})
"""A link may use these or no scheme at all; anything else (`javascript:`, `data:` …) becomes plain text."""

_HREF_SAFE = "!#$%&'()*+,-./:;=?@^_~"
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_IGNORED_IN_ADDRESSES = re.compile(r"[\x00-\x20\x7f-\x9f]+")
# What HTML forbids: controls, halves of surrogate pairs, and noncharacters.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\r"))
_SUSPECT_PAIRS = (b"\xef\xb7", b"\xbf\xbe", b"\xbf\xbf")
_HIGH_CONTROLS = re.compile(rb"\xc2[\x80-\x9f]")
_MARK_TAGS: Mapping[str, str] = {
    "strong": "strong",
    "emphasis": "em",
    "strike": "s",
    "code": "code",
    "underline": "u",
    "subscript": "sub",
    "superscript": "sup",
    "small": "small",
    "highlight": "mark",
    "keyboard": "kbd",
    "abbreviation": "abbr",
}
_CELL_SPANS = ("colspan", "rowspan")
_CHANGE_TAGS: Mapping[str, str] = {"+": "ins", "-": "del", ">": "ins", "<": "del"}
_MOVE_CLASSES: Mapping[str, str] = {">": "np-moved-here", "<": "np-moved-away"}
_CHANGE_CLASSES: Mapping[str, str] = {"+": "np-inserted", "-": "np-deleted", ">": "np-moved-here", "<": "np-moved-away"}
_TEXT_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ATTRIBUTE_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


def replace_unprintable(text: str) -> str:
    """The text with U+FFFD for every character that HTML does not allow; its length stays."""
    try:
        encoded = text.encode()
    except UnicodeEncodeError:
        return _UNPRINTABLE.sub("\ufffd", text)
    # Looking at bytes spares nearly every text the slow expression.
    suspect = (
        len(encoded.translate(None, _CONTROLS)) < len(encoded)
        or _HIGH_CONTROLS.search(encoded)
        or any(pair in encoded for pair in _SUSPECT_PAIRS)
    )
    return _UNPRINTABLE.sub("\ufffd", text) if suspect else text


def escape_text(text: str) -> str:
    """Text as it stands between tags."""
    return text.translate(_TEXT_ESCAPES)


def escape_attribute(text: str) -> str:
    """Text as it stands between the quotes of an attribute."""
    return text.translate(_ATTRIBUTE_ESCAPES)


def is_safe_destination(destination: str) -> bool:
    """Whether a link may lead there: a relative address, or one of the safe schemes."""
    scheme = _SCHEME.match(_IGNORED_IN_ADDRESSES.sub("", destination))
    return scheme is None or scheme.group(1).lower() in SAFE_SCHEMES


def is_outside(destination: str) -> bool:
    """Whether a destination names another host."""
    return destination.lower().startswith(("http:", "https:", "//"))


def _class(*names: str) -> str:
    given = " ".join(name for name in names if name)
    return f' class="{given}"' if given else ""


def _language(block: Block) -> str:
    """The attributes of a block in another language than its text."""
    tag, direction = block.attributes.get("lang", ""), block.attributes.get("dir", "")
    return f' lang="{escape_attribute(tag)}" dir="{escape_attribute(direction)}"' if tag and direction else ""


def open_heading(level: int, heading_id: str, more: str = "") -> str:
    """The start tag of a heading: the id is all it says, but for its language and the class that a redline adds."""
    name = f' id="{escape_attribute(heading_id)}"' if heading_id else ""
    return f"<h{level}{name}{more}>"


def open_table(heading_id: str, more: str = "") -> str:
    """The start of a table that scrolls on its own and is named after the heading it stands under."""
    name = f' role="group" aria-labelledby="{escape_attribute(heading_id)}"' if heading_id else ""
    return f'<div class="np-table" tabindex="0"{name}><table{more}>'


def open_cell(align: str, *, header: bool, change_class: str = "", scope: str = "col", more: str = "") -> str:
    """The start tag of a cell; a header cell speaks for its column, or else for its row."""
    css = _class(f"np-{align}" if align else "", change_class)
    return f'<th scope="{scope}"{css}{more}>' if header else f"<td{css}{more}>"


def open_link(destination: str, link_title: str) -> str:
    """The start tag of a link to a safe destination."""
    address = f' href="{escape_attribute(quote(destination, safe=_HREF_SAFE))}"'
    name = f' title="{escape_attribute(link_title)}"' if link_title else ""
    relation = ' rel="noopener"' if is_outside(destination) else ""
    return f"<a{address}{name}{relation}>"


def render_document(document: Block, writer: HtmlWriter | None = None) -> str:
    """The HTML of a document, with its footnotes last; by a writer of one's own where one is given."""
    writer = writer or HtmlWriter()
    for block in document.children:
        writer.write(block)
    writer.write_footnotes([block for block in walk_blocks(document) if block.kind == "footnote"])
    return replace_unprintable("".join(writer.parts))


class HtmlWriter:
    """Writes blocks one after another into `parts`, and remembers what later ones refer to."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.heading = ""
        self.references: dict[str, int] = {}

    def start_line(self) -> None:
        """Begin a new line of HTML, unless one has begun."""
        if self.parts and not self.parts[-1].endswith("\n"):
            self.parts.append("\n")

    def write(self, block: Block) -> None:
        """One block in its place; footnotes are left for the end."""
        if "summary" in block.attributes and block.kind != "heading":
            self.write_summary(block)
            return
        more = _language(block) + _class(_CHANGE_CLASSES.get(block.change, ""))
        match block.kind:
            case "paragraph" | "html":
                self.write_paragraph(block, more)
            case "heading":
                self.start_line()
                self.heading = block.id or self.heading
                self.surround(open_heading(block.level, block.id, more), block, f"</h{block.level}>\n")
            case "list":
                self.write_list(block, more)
            case "item":
                self.start_line()
                self.surround(f"<li{more}>", block, "</li>\n")
            case "quote":
                self.start_line()
                self.surround(f"<blockquote{more}>\n", block, "</blockquote>\n")
            case "code":
                self.start_line()
                info = block.attributes.get("info", "").split(" ")[0]
                language = _class(f"language-{escape_attribute(info)}" if info else "")
                self.surround(f"<pre{more}><code{language}>", block, "</code></pre>\n")
            case "rule":
                self.start_line()
                tag = _CHANGE_TAGS.get(block.change, "")
                self.parts.append(f"<{tag}><hr /></{tag}>\n" if tag else "<hr />\n")
            case "table":
                self.write_table(block, more)
            case _:
                pass

    def write_summary(self, block: Block) -> None:
        """The short version of a section: a quotation is only how it is written."""
        self.start_line()
        is_quote = block.kind == "quote"
        change = _CHANGE_CLASSES.get(block.change, "") if is_quote else ""
        self.parts.append(f"<div{_language(block)}{_class('np-short', change)}>\n")
        others = {name: value for name, value in block.attributes.items() if name != "summary"}
        for child in block.children if is_quote else (replace(block, attributes=others),):
            self.write(child)
        self.parts.append("</div>\n")

    def surround(self, start: str, block: Block, end: str) -> None:
        """What a block holds, between its tags."""
        self.parts.append(start)
        if block.children:
            for child in block.children:
                self.write(child)
        else:
            self.write_inline(block)
        self.parts.append(end)

    def write_paragraph(self, block: Block, more: str) -> None:
        """A paragraph; bare words in an item or a cell have no element of their own."""
        if "tight" in block.attributes:
            self.write_inline(block)
            return
        self.start_line()
        tag = "div" if "bare" in block.attributes else "p"
        self.surround(f"<{tag}{more}>", block, f"</{tag}>\n")

    def write_list(self, block: Block, more: str) -> None:
        """A list with its items."""
        self.start_line()
        start = block.attributes.get("start", "")
        name = "ol" if start else "ul"
        number = f' start="{start}"' if start not in {"", "1"} else ""
        self.surround(f"<{name}{number}{more}>\n", block, f"</{name}>\n")

    def write_table(self, block: Block, more: str) -> None:
        """A table, its head being the first rows that are headers."""
        self.parts.append(open_table(self.heading, more))
        headers = list(takewhile(lambda row: "header" in row.attributes, block.children))
        self.parts.append("<thead>" if headers else "<tbody>\n")
        for number, row in enumerate(block.children):
            is_last = number == len(headers) - 1
            self.write_row(row, "</tr></thead><tbody>\n" if is_last else "</tr>\n")
        self.parts.append("</tbody></table></div>\n")

    def write_row(self, row: Block, end: str) -> None:
        """A row with its cells; a header cell in it speaks for the row, unless all are headers."""
        self.parts.append(f"<tr{_class(_CHANGE_CLASSES.get(row.change, ''))}>")
        heads = ["header" in row.attributes] * len(row.children)
        heads = [bool(cell.attributes.get("header", head)) for cell, head in zip(row.children, heads, strict=True)]
        scope = "col" if all(heads) or "header" in row.attributes else "row"
        for cell, is_head in zip(row.children, heads, strict=True):
            spans = "".join(f' {name}="{cell.attributes[name]}"' for name in _CELL_SPANS if name in cell.attributes)
            css, align = _CHANGE_CLASSES.get(cell.change, ""), cell.attributes.get("align", "")
            start = open_cell(align, header=is_head, change_class=css, scope=scope, more=spans)
            self.surround(start, cell, "</th>" if is_head else "</td>")
        self.parts.append(end)

    def write_footnotes(self, notes: Sequence[Block]) -> None:
        """The footnotes, with links back to where they are referred to."""
        if not notes:
            return
        self.start_line()
        self.parts.append('<section class="np-footnotes" role="doc-endnotes">\n<ol>\n')
        for note in sorted(notes, key=_read_place):
            number = note.attributes["number"]
            kept = note.change not in {"-", "<"}
            name = f' id="fn:{number}"' if kept else ""
            more = _language(note) + _class(_CHANGE_CLASSES.get(note.change, ""))
            self.parts.append(f'<li value="{number}"{name}{more}>\n')
            for child in note.children:
                self.write(child)
            if kept:
                links = " ".join(
                    f'<a href="#{_name_reference(number, count)}" role="doc-backlink">\u21a9\ufe0e</a>'
                    for count in range(1, self.references.get(number, 0) + 1)
                )
                self.parts.append(f"<p>{links}</p>\n" if links else "")
            self.parts.append("</li>\n")
        self.parts.append("</ol>\n</section>\n")

    def write_inline(self, block: Block) -> None:
        """The words of a leaf."""
        anchor = block.attributes.get("anchor", "")
        for name in anchor.split():
            self.parts.append(f'<span id="{escape_attribute(name)}"></span>')
        self.write_spans(block.spans, 0, changed=False)

    def write_spans(self, spans: Sequence[Span], depth: int, *, changed: bool) -> None:
        """Write each stretch under one mark as one element; a change goes around marks that end no later."""
        index = 0
        while index < len(spans):
            span = spans[index]
            mark = span.marks[depth] if len(span.marks) > depth else None
            marked = index + 1
            while mark and marked < len(spans) and spans[marked].marks[depth : depth + 1] == (mark,):
                marked += 1
            if span.change and not changed:
                end = index + 1
                while end < len(spans) and spans[end].change == span.change:
                    end += 1
                if mark is None or end >= marked:
                    tag = _CHANGE_TAGS[span.change]
                    self.parts.append(f"<{tag}{_class(_MOVE_CLASSES.get(span.change, ''))}>")
                    self.write_spans(spans[index:end], depth, changed=True)
                    self.parts.append(f"</{tag}>")
                    index = end
                    continue
            if mark is None:
                self.write_leaf(span)
            else:
                safe = mark.kind != "link" or is_safe_destination(mark.destination)
                tag = _MARK_TAGS.get(mark.kind, "a")
                if safe:
                    self.parts.append(open_link(mark.destination, mark.title) if tag == "a" else f"<{tag}>")
                self.write_spans(spans[index:marked], depth + 1, changed=changed)
                if safe:
                    self.parts.append(f"</{tag}>")
            index = marked

    def write_leaf(self, span: Span) -> None:
        """A run of words without its marks."""
        if span.hard_break:
            self.parts.append("<br />\n")
        elif span.hidden:
            self.parts.append(f'<span class="np-hidden">{escape_text(span.text)}</span>')
        elif span.footnote and span.change in {"-", "<"}:
            self.parts.append(f"<sup>{escape_text(span.text)}</sup>")
        elif span.footnote:
            count = self.references[span.text] = self.references.get(span.text, 0) + 1
            name = _name_reference(span.text, count)
            link = f'<a href="#fn:{span.text}" id="{name}" role="doc-noteref">{span.text}</a>'
            self.parts.append(f"<sup>{link}</sup>")
        elif span.text:
            self.parts.append(escape_text(span.text))


def _read_place(note: Block) -> int:
    """The number of a footnote; a redline has numbers of two texts, and says where among them it stands."""
    return int(note.attributes.get("place", note.attributes["number"]))


def _name_reference(number: str, count: int) -> str:
    return f"fnref:{number}" if count == 1 else f"fnref:{number}:{count}"
