"""A Word file as its readers see it: every change accepted or rejected, by this project's own reading of the XML."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from xml.etree import ElementTree as ET

from noticepress.blocks import Block, walk_blocks
from noticepress.markdown import parse

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CAME = frozenset({f"{W}ins", f"{W}moveTo"})
WENT = frozenset({f"{W}del", f"{W}moveFrom"})


def read_parts(docx: bytes) -> dict[str, ET.Element]:
    """Every part of a file by its name."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: ET.fromstring(archive.read(name)) for name in archive.namelist()}  # noqa: S314  we wrote it


def read_document(docx: bytes) -> ET.Element:
    return read_parts(docx)["word/document.xml"]


def settle(docx: bytes, *, accept: bool) -> list[str]:
    """The lines that are left when every change is accepted, or every one rejected; blank ones left out."""
    (body,) = read_document(docx)
    lines = _read_blocks(body, WENT if accept else CAME)
    return [line for text in lines if (line := " ".join(text.split()))]


def _read_blocks(parent: ET.Element, gone: frozenset[str]) -> Iterator[str]:
    """A paragraph whose mark is gone runs on in the next one."""
    kept = ""
    for block in parent:
        if block.tag == f"{W}p":
            kept += "".join(_read_words(block, gone))
            if not any(mark.tag in gone for mark in block.findall(f"{W}pPr/{W}rPr/*")):
                yield kept
                kept = ""
        elif block.tag == f"{W}tbl":
            yield kept
            kept = ""
            for row in block.findall(f"{W}tr"):
                if not any(mark.tag in gone for mark in row.findall(f"{W}trPr/*")):
                    for cell in row.findall(f"{W}tc"):
                        yield from _read_blocks(cell, gone)
    yield kept


def _read_words(element: ET.Element, gone: frozenset[str]) -> Iterator[str]:
    for child in element:
        if child.tag in {f"{W}t", f"{W}delText"}:
            yield child.text or ""
        elif child.tag in {f"{W}br", f"{W}tab"}:
            yield " "
        elif child.tag != f"{W}pPr" and child.tag not in gone:
            yield from _read_words(child, gone)


def list_lines(text: str) -> list[str]:
    """The lines that a reader of a notice text sees, footnotes last; blank ones left out."""
    document = parse(text)
    notes = sorted(_find_notes(document), key=lambda note: int(note.attributes["number"]))
    leaves = [*_find_leaves(document), *(leaf for note in notes for leaf in _find_leaves(note, inside=True))]
    told = (re.sub(r"\s+", " ", "".join(" " if s.hard_break else s.text for s in leaf.spans)) for leaf in leaves)
    return [line for words in told if (line := words.strip())]


def _find_notes(document: Block) -> Iterable[Block]:
    return [block for block in walk_blocks(document) if block.kind == "footnote"]


def _find_leaves(block: Block, *, inside: bool = False) -> Iterator[Block]:
    if block.kind == "footnote" and not inside:
        return
    if not block.children:
        yield block
    for child in block.children:
        yield from _find_leaves(child)


# ---- what Word asks of a file

ORDERS = {
    "pPr": "pStyle keepNext keepLines numPr pBdr shd bidi spacing ind jc outlineLvl rPr",
    "rPr": "ins del moveFrom moveTo rStyle rFonts b bCs i iCs strike color sz szCs highlight u shd vertAlign rtl lang",
    "numPr": "ilvl numId",
    "tblPr": "tblStyle bidiVisual tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "trPr": "cantSplit tblHeader ins del",
    "tcPr": "tcW gridSpan vMerge",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "sectPr": "headerReference footerReference pgSz pgMar bidi",
    "style": "name basedOn next qFormat pPr rPr tblPr tblStylePr",
    "styles": "docDefaults style",
    "lvl": "start numFmt lvlText lvlJc pPr rPr",
    "abstractNum": "multiLevelType lvl",
    "num": "abstractNumId lvlOverride",
    "numbering": "abstractNum num",
    "settings": "trackRevisions defaultTabStop characterSpacingControl compat themeFontLang",
}
"""The order in which ECMA-376 (part 1, annex A) lets elements stand in each other, as far as they are written here."""

TRACKED = {f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo")}
RANGES = {f"{W}moveFromRange": "moveFrom", f"{W}moveToRange": "moveTo", f"{W}bookmark": ""}
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def find_faults(docx: bytes) -> list[str]:
    """What Word would stumble over."""
    parts = read_parts(docx)
    document = parts["word/document.xml"]
    return [
        *_find_loose_parts(parts),
        *(fault for part in parts.values() for fault in _find_disorder(part)),
        *_find_loose_names(document, parts),
        *_find_loose_changes(document),
        *_find_loose_ranges(document),
    ]


def _find_loose_parts(parts: Mapping[str, ET.Element]) -> Iterator[str]:
    """Parts without a kind, and relationships to parts that are not there."""
    types = parts["[Content_Types].xml"]
    told = {kind.get("PartName", "").lstrip("/") for kind in types if kind.get("PartName")}
    yield from (f"{name} has no kind" for name in list(parts)[1:] if not name.endswith(".rels") and name not in told)
    yield from (f"{name} is told and not there" for name in told - set(parts))
    for name, part in parts.items():
        if name.endswith(".rels"):
            folder = name.partition("_rels/")[0]
            ids = [relation.get("Id") for relation in part]
            yield from (f"relationship {found} twice" for found, count in Counter(ids).items() if count > 1)
            for relation in part:
                if relation.get("TargetMode") != "External" and f"{folder}{relation.get('Target')}" not in parts:
                    yield f"{relation.get('Target')} is not there"


def _find_disorder(part: ET.Element) -> Iterator[str]:
    for element in part.iter():
        name = element.tag.removeprefix(W)
        if name in ORDERS:
            order = ORDERS[name].split()
            found = [child.tag.removeprefix(W) for child in element]
            if unknown := set(found) - set(order):
                yield f"{name} holds {sorted(unknown)}"
            elif found != sorted(found, key=order.index):
                yield f"{name} holds {found}"


def _find_loose_names(document: ET.Element, parts: Mapping[str, ET.Element]) -> Iterator[str]:
    """Styles, lists, bookmarks and relationships that are named and do not exist."""
    styles = {style.get(f"{W}styleId") for style in parts["word/styles.xml"].iter(f"{W}style")}
    lists = {found.get(f"{W}numId") for found in parts["word/numbering.xml"].iter(f"{W}num")}
    bookmarks = {mark.get(f"{W}name") for mark in document.iter(f"{W}bookmarkStart")}
    relations = {relation.get("Id") for relation in parts["word/_rels/document.xml.rels"]}
    for element in document.iter():
        if element.tag in {f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle"} and element.get(f"{W}val") not in styles:
            yield f"no style {element.get(f'{W}val')}"
        if element.tag == f"{W}numId" and element.get(f"{W}val") not in lists:
            yield f"no list {element.get(f'{W}val')}"
        if element.get(f"{R}id", "header") not in relations:
            yield f"no relationship {element.get(f'{R}id')}"
        if element.tag == f"{W}hyperlink" and element.get(f"{W}anchor") not in {None, *bookmarks}:
            yield f"no bookmark {element.get(f'{W}anchor')}"


def _find_loose_changes(document: ET.Element) -> Iterator[str]:
    """Changes nobody made or that share a number, changes in changes, and words in the wrong element."""
    above = {child: parent for parent in document.iter() for child in parent}
    ends = {f"{name}End" for name in RANGES}
    ids = [e.get(f"{W}id") for e in document.iter() if e.get(f"{W}id") and e.tag not in ends]
    yield from (f"number {found} twice" for found, count in Counter(ids).items() if count > 1)
    for element in document.iter():
        if element.tag in TRACKED:
            if not (element.get(f"{W}id") and element.get(f"{W}author")):
                yield f"{element.tag} is nobody's"
            if any(child.tag in TRACKED for child in element.iter() if child is not element):
                yield f"a change in {element.tag}"
        if element.tag in {f"{W}t", f"{W}delText"}:
            parent = above[above[element]]
            if (element.tag == f"{W}delText") != (parent.tag == f"{W}del"):
                yield f"{element.tag} in {parent.tag}"
    for cell in document.iter(f"{W}tc"):
        if cell[-1].tag != f"{W}p":
            yield "a cell without a last paragraph"
    tables = [(one.tag, two.tag) for parent in document.iter() for one, two in pairwise(parent)]
    if (f"{W}tbl", f"{W}tbl") in tables:
        yield "two tables that Word makes one"


def _find_loose_ranges(document: ET.Element) -> Iterator[str]:
    """Ranges that do not begin and end once, moves that lack an end, and moved words outside."""
    names: dict[str, list[str]] = {}
    for name, tag in RANGES.items():
        starts = [e.get(f"{W}id") for e in document.iter(f"{name}Start")]
        if starts and sorted(map(str, starts)) != sorted(str(e.get(f"{W}id")) for e in document.iter(f"{name}End")):
            yield f"{name} begins and does not end, or the other way"
        if tag:
            names[tag] = [str(e.get(f"{W}name")) for e in document.iter(f"{name}Start")]
            depth = 0
            for element in document.iter():
                depth += (element.tag == f"{name}Start") - (element.tag == f"{name}End")
                if element.tag == f"{W}{tag}" and not depth and element.find(f"{W}r") is not None:
                    yield f"{tag} outside of every range"
    if sorted(names["moveFrom"]) != sorted(names["moveTo"]) or len(set(names["moveTo"])) < len(names["moveTo"]):
        yield f"moves {names}"
