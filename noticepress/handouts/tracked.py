"""`word/document.xml`: the laid out redline with every change tracked, as a person at Word would have made them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from noticepress.blocks import Change, Mark
from noticepress.handouts.elements import DECLARATION, write_element, write_text
from noticepress.handouts.handout import Handout
from noticepress.handouts.layout import Layout, Paragraph, Part, Place, Row, Run, Table, arrange_cells, walk_paragraphs
from noticepress.localize import text_direction

NAMESPACES = {
    "xmlns_w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "xmlns_r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
STEP = 360
"""How far a list or a quote stands in, in twentieths of a point."""

_WIDTH = 9638
"""The width of the text on A4 with margins of two centimetres."""

_TAGS: dict[Change, str] = {"+": "w:ins", "-": "w:del", ">": "w:moveTo", "<": "w:moveFrom"}
_SPACES = re.compile(r"[\r\n]+")
_PIECES = re.compile(r"([\t\n])")


@dataclass(slots=True)
class Document:
    """The XML of the document, and the addresses that its links lead to: link N is relationship `linkN`."""

    xml: str
    links: Sequence[str]


def write_document(layout: Layout, handout: Handout) -> Document:
    """The document of a laid out redline."""
    writer = _Writer(handout, _count_ends(layout.parts), _name_bookmarks(layout.parts))
    for part in layout.parts:
        if isinstance(part, Table):
            writer.parts.append(writer.write_table(part))
        else:
            writer.write_moving(part)
    # The last paragraph mark of a document cannot be tracked, so this one is no part of the text.
    writer.parts.append(write_element("w:p", write_element("w:pPr", write_element("w:pStyle", w_val="Gap"))))
    writer.parts.append(_write_section(handout))
    body = write_element("w:body", *writer.parts)
    return Document(DECLARATION + write_element("w:document", body, **NAMESPACES), tuple(writer.links))


def _write_section(handout: Handout) -> str:
    margins = {f"w_{side}": "1134" for side in ("top", "right", "bottom", "left")}
    return write_element(
        "w:sectPr",
        write_element("w:headerReference", w_type="default", r_id="header"),
        write_element("w:footerReference", w_type="default", r_id="footer"),
        write_element("w:pgSz", w_w="11906", w_h="16838"),
        write_element("w:pgMar", **margins, w_header="567", w_footer="567", w_gutter="0"),
        write_element("w:bidi") if text_direction(handout.locale) == "rtl" else "",
    )


def _count_ends(parts: Sequence[Part]) -> Counter[tuple[Change, int]]:
    """In how many paragraphs each end of a move stands."""
    return Counter(
        end
        for part in parts
        if isinstance(part, Paragraph)
        for end in {(r.change, r.move) for r in part.runs if r.move}
    )


def _name_bookmarks(parts: Sequence[Part]) -> dict[str, str]:
    """A name that Word takes for each id that links inside the text may name."""
    ids = dict.fromkeys(name for paragraph in walk_paragraphs(parts) for name in paragraph.ids)
    return {name: f"section{number}" for number, name in enumerate(ids, start=1)}


@dataclass(slots=True)
class _Writer:
    handout: Handout
    ends: Counter[tuple[Change, int]]
    bookmarks: dict[str, str]
    parts: list[str] = field(default_factory=list)
    links: dict[str, int] = field(default_factory=dict)
    number: int = 0
    seen: Counter[tuple[Change, int]] = field(default_factory=Counter)
    ranges: dict[tuple[Change, int], str] = field(default_factory=dict)

    def count(self) -> str:
        """A number that no other change, range or bookmark of the document has."""
        self.number += 1
        return str(self.number)

    def sign(self) -> dict[str, str]:
        """Who changed something, when, and the change's own number."""
        changed = self.handout.changed
        when = {"w_date": f"{changed:%Y-%m-%dT%H:%M:%SZ}"} if changed else {}
        return {"w_id": self.count(), "w_author": self.handout.author, **when}

    def write_moving(self, paragraph: Paragraph) -> None:
        """A paragraph of the body, between the beginnings and the ends of the moves that it takes part in."""
        ends = tuple(dict.fromkeys((run.change, run.move) for run in paragraph.runs if run.move))
        starts, stops = [], []
        for end in ends:
            name = "w:moveFromRange" if end[0] == "<" else "w:moveToRange"
            self.seen[end] += 1
            if end not in self.ranges:
                signed = self.sign()
                self.ranges[end] = signed["w_id"]
                starts.append(write_element(f"{name}Start", w_name=f"move{end[1]}", **signed))
            if self.seen[end] == self.ends[end]:
                stops.append(write_element(f"{name}End", w_id=self.ranges[end]))
        self.parts.append(self.write_paragraph(paragraph, *starts))
        self.parts += stops

    def write_paragraph(self, paragraph: Paragraph, *before: str) -> str:
        bookmarks = [(self.count(), self.bookmarks[name]) for name in paragraph.ids]
        return write_element(
            "w:p",
            self.write_properties(paragraph),
            *before,
            *(write_element("w:bookmarkStart", w_id=number, w_name=name) for number, name in bookmarks),
            *self.write_links(paragraph),
            *(write_element("w:bookmarkEnd", w_id=number) for number, _ in bookmarks),
        )

    def write_properties(self, paragraph: Paragraph) -> str:
        """Word asks for this order."""
        item, rtl = paragraph.item, paragraph.is_rtl
        numbering = (
            write_element("w:ilvl", w_val=str(item[1])) + write_element("w:numId", w_val=str(item[0])) if item else ""
        )
        # Word means the beginning of a line by left, whichever side that is.
        align = {"left": "right", "right": "left"}.get(paragraph.align, paragraph.align) if rtl else paragraph.align
        indent = str(STEP * paragraph.depth)
        hanging = {"w_hanging": str(STEP)} if item else {}
        mark = (write_element(_TAGS[paragraph.change], **self.sign()) if paragraph.change else "") + (
            write_element("w:rtl") if rtl else ""
        )
        return write_element(
            "w:pPr",
            write_element("w:pStyle", w_val=paragraph.style),
            write_element("w:numPr", numbering) if numbering else "",
            write_element("w:bidi") if rtl else "",
            write_element("w:ind", w_left=indent, **hanging) if paragraph.depth else "",
            write_element("w:jc", w_val=align) if align else "",
            write_element("w:rPr", mark) if mark else "",
        )

    def write_links(self, paragraph: Paragraph) -> Iterable[str]:
        """The runs of a paragraph, those of one link together."""
        for link, linked in groupby(paragraph.runs, key=_find_link):
            runs = list(linked)
            name = self.bookmarks.get(link.destination[1:], "") if link and link.destination[:1] == "#" else ""
            address = self.handout.find_address(link.destination) if link and not name else ""
            inside = "".join(self.write_changes(runs, paragraph, is_link=bool(name or address)))
            if name:
                yield write_element("w:hyperlink", inside, w_anchor=name, w_history="1")
            elif link and address:
                number = self.links.setdefault(address, len(self.links) + 1)
                hint = {"w_tooltip": _SPACES.sub(" ", link.title)} if link.title else {}
                yield write_element("w:hyperlink", inside, r_id=f"link{number}", w_history="1", **hint)
            else:
                yield inside

    def write_changes(self, runs: Iterable[Run], paragraph: Paragraph, *, is_link: bool) -> Iterable[str]:
        for (change, _), same in groupby(runs, key=lambda run: (run.change, run.move)):
            written = "".join(
                _write_run(run, paragraph, is_link=is_link, is_deleted=change == "-") for run in same if run.span.text
            )
            if written:
                yield write_element(_TAGS[change], written, **self.sign()) if change else written

    def write_table(self, table: Table) -> str:
        grid = arrange_cells(table.rows)
        columns = max((sum(place.columns for place in places) for places in grid), default=0) or 1
        width = (_WIDTH - STEP * table.depth) // columns
        return write_element(
            "w:tbl",
            write_element(
                "w:tblPr",
                write_element("w:tblStyle", w_val="NoticeTable"),
                write_element("w:bidiVisual") if text_direction(table.locale) == "rtl" else "",
                write_element("w:tblW", w_w="0", w_type="auto"),
                write_element("w:tblInd", w_w=str(STEP * table.depth), w_type="dxa") if table.depth else "",
                write_element("w:tblLook", w_val="0020", w_firstRow="1"),
            ),
            write_element("w:tblGrid", *[write_element("w:gridCol", w_w=str(width))] * columns),
            *(self.write_row(row, places, width) for row, places in zip(table.rows, grid, strict=True)),
        )

    def write_row(self, row: Row, places: Sequence[Place], width: int) -> str:
        properties = (write_element("w:tblHeader") if row.is_header else "") + (
            write_element(_TAGS[row.change], **self.sign()) if row.change else ""
        )
        return write_element(
            "w:tr",
            write_element("w:trPr", write_element("w:cantSplit"), properties),
            *(self.write_cell(place, width) for place in places),
        )

    def write_cell(self, place: Place, width: int) -> str:
        reach = {"w_val": "restart"} if place.cell else {}
        return write_element(
            "w:tc",
            write_element(
                "w:tcPr",
                write_element("w:tcW", w_w=str(width * place.columns), w_type="dxa"),
                write_element("w:gridSpan", w_val=str(place.columns)) if place.columns > 1 else "",
                write_element("w:vMerge", **reach) if place.reaches_down or not place.cell else "",
            ),
            *map(self.write_part, place.cell.parts if place.cell else [Paragraph("Cell", locale=self.handout.locale)]),
        )

    def write_part(self, part: Part) -> str:
        """What stands in a cell, where nothing moves."""
        return self.write_table(part) if isinstance(part, Table) else self.write_paragraph(part)


def _find_link(run: Run) -> Mark | None:
    return next((mark for mark in run.span.marks if mark.kind == "link"), None)


def _write_run(run: Run, paragraph: Paragraph, *, is_link: bool, is_deleted: bool) -> str:
    span = run.span
    kinds = {mark.kind for mark in span.marks}
    style = "Hyperlink" if is_link else "CodeWords" if kinds & {"code", "keyboard"} else ""
    raised = "superscript" if span.footnote or "superscript" in kinds else "subscript" if "subscript" in kinds else ""
    properties = "".join(  # Word asks for this order
        (
            write_element("w:rStyle", w_val=style) if style else "",
            write_element("w:b") + write_element("w:bCs") if "strong" in kinds else "",
            write_element("w:i") + write_element("w:iCs") if "emphasis" in kinds else "",
            write_element("w:strike") if "strike" in kinds else "",
            write_element("w:sz", w_val="18") + write_element("w:szCs", w_val="18") if "small" in kinds else "",
            write_element("w:highlight", w_val="yellow") if "highlight" in kinds else "",
            write_element("w:u", w_val="single") if "underline" in kinds else "",
            write_element("w:vertAlign", w_val=raised) if raised else "",
            write_element("w:rtl") if paragraph.is_rtl else "",
            _write_language(paragraph.locale),
        )
    )
    name = "w:delText" if is_deleted else "w:t"
    if span.hard_break:
        words = write_element("w:br")
    else:
        text = span.text if paragraph.style == "Code" else span.text.replace("\n", " ")
        signs = {"\n": write_element("w:br"), "\t": write_element("w:tab")}
        words = "".join(signs.get(piece) or write_text(name, piece) for piece in _PIECES.split(text) if piece)
    return write_element("w:r", write_element("w:rPr", properties), words)


def _write_language(locale: str) -> str:
    """In which language words are, in the place that Word looks at for their script."""
    language = locale.partition("-")[0]
    key = "w_bidi" if text_direction(locale) == "rtl" else "w_eastAsia" if language in {"ja", "zh", "ko"} else "w_val"
    return write_element("w:lang", **{key: locale})
