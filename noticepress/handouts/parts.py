"""What a Word file holds beside its document: styles, lists, relationships, and what it says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from noticepress.handouts.elements import DECLARATION, write_element, write_text
from noticepress.handouts.handout import Handout
from noticepress.handouts.layout import DEEPEST_LEVEL, Layout
from noticepress.handouts.tracked import NAMESPACES, STEP, Document
from noticepress.localize import text_direction

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FORMAT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_KINDS = {
    "document": f"{_FORMAT}.document.main+xml",
    "styles": f"{_FORMAT}.styles+xml",
    "numbering": f"{_FORMAT}.numbering+xml",
    "settings": f"{_FORMAT}.settings+xml",
    "header": f"{_FORMAT}.header+xml",
    "footer": f"{_FORMAT}.footer+xml",
}
_FONTS = {"ja": "Yu Gothic", "zh": "Microsoft YaHei", "zh-Hant": "Microsoft JhengHei", "zh-TW": "Microsoft JhengHei"}
_FONTS |= {"zh-HK": "Microsoft JhengHei", "ko": "Malgun Gothic"}
_SIZES = {1: 36, 2: 28, 3: 24, 4: 22, 5: 22, 6: 22}
"""Of headings by level, in half points."""

_BULLETS = ("\u2022", "\u25e6", "\u25aa")


def write_parts(layout: Layout, document: Document, handout: Handout) -> Mapping[str, str]:
    """Every other file of the package by its name, the list of contents first, as readers ask for."""
    return {
        "[Content_Types].xml": _write_types(),
        "_rels/.rels": _write_relations(
            [
                ("document", f"{_OFFICE}/officeDocument", "word/document.xml", False),
                ("properties", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml", False),
            ]
        ),
        "docProps/core.xml": _write_properties(handout),
        "word/_rels/document.xml.rels": _write_relations(
            [(name, f"{_OFFICE}/{name}", f"{name}.xml", False) for name in _KINDS if name != "document"]
            + [(f"link{n}", f"{_OFFICE}/hyperlink", link, True) for n, link in enumerate(document.links, start=1)]
        ),
        "word/styles.xml": _write_part("w:styles", *_write_styles(handout.locale)),
        "word/numbering.xml": _write_part("w:numbering", *_write_lists(layout)),
        "word/settings.xml": _write_part("w:settings", *_write_settings(handout)),
        "word/header.xml": _write_part("w:hdr", _write_header(handout)),
        "word/footer.xml": _write_part("w:ftr", _write_footer()),
    }


def _write_part(name: str, *inside: str) -> str:
    return DECLARATION + write_element(name, *inside, **NAMESPACES)


def _write_types() -> str:
    return DECLARATION + write_element(
        "Types",
        write_element(
            "Default", Extension="rels", ContentType="application/vnd.openxmlformats-package.relationships+xml"
        ),
        write_element("Default", Extension="xml", ContentType="application/xml"),
        *(write_element("Override", PartName=f"/word/{name}.xml", ContentType=kind) for name, kind in _KINDS.items()),
        write_element(
            "Override",
            PartName="/docProps/core.xml",
            ContentType="application/vnd.openxmlformats-package.core-properties+xml",
        ),
        xmlns=f"{_PACKAGE}/content-types",
    )


def _write_relations(relations: Iterable[tuple[str, str, str, bool]]) -> str:
    """Each with its id, what it is, where it leads, and whether that is outside the file."""
    return DECLARATION + write_element(
        "Relationships",
        *(
            write_element(
                "Relationship", Id=name, Type=kind, Target=target, **({"TargetMode": "External"} if out else {})
            )
            for name, kind, target, out in relations
        ),
        xmlns=f"{_PACKAGE}/relationships",
    )


def _write_properties(handout: Handout) -> str:
    return DECLARATION + write_element(
        "cp:coreProperties",
        write_text("dc:title", _name_comparison(handout)),
        write_text("dc:creator", handout.author),
        write_text("dc:language", handout.locale),
        xmlns_cp=f"{_PACKAGE}/metadata/core-properties",
        xmlns_dc="http://purl.org/dc/elements/1.1/",
    )


def _name_comparison(handout: Handout) -> str:
    return " \u00b7 ".join((f"{handout.title}: {handout.names}", *handout.common))


def _write_settings(handout: Handout) -> Iterable[str]:
    """Word asks for this order. Whoever edits on leaves tracks too."""
    yield write_element("w:trackRevisions")
    yield write_element("w:defaultTabStop", w_val=str(STEP * 2))
    yield write_element("w:characterSpacingControl", w_val="doNotCompress")
    word = {"w_uri": "http://schemas.microsoft.com/office/word"}
    yield write_element("w:compat", write_element("w:compatSetting", w_name="compatibilityMode", **word, w_val="15"))
    yield _write_languages("w:themeFontLang", handout.locale)


def _write_languages(name: str, locale: str) -> str:
    latin = locale if text_direction(locale) == "ltr" and _find_font(locale) == "" else "en"
    more = {"w_eastAsia": locale} if _find_font(locale) else {}
    more |= {"w_bidi": locale} if text_direction(locale) == "rtl" else {}
    return write_element(name, w_val=latin, **more)


def _find_font(locale: str) -> str:
    return next((font for tag, font in reversed(_FONTS.items()) if f"{locale}-".startswith(f"{tag}-")), "")


def _write_header(handout: Handout) -> str:
    rtl = text_direction(handout.locale) == "rtl"
    return write_element(
        "w:p",
        write_element("w:pPr", write_element("w:pStyle", w_val="Header"), write_element("w:bidi") if rtl else ""),
        write_element(
            "w:r",
            write_element("w:rPr", write_element("w:rtl")) if rtl else "",
            write_text("w:t", _name_comparison(handout)),
        ),
    )


def _write_footer() -> str:
    page = write_element("w:fldSimple", write_element("w:r", write_text("w:t", "1")), w_instr=" PAGE ")
    return write_element("w:p", write_element("w:pPr", write_element("w:pStyle", w_val="Footer")), page)


def _write_lists(layout: Layout) -> Iterable[str]:
    """Two kinds of lists, then each list of the text as one of them: Word asks for this order."""
    numbered = [("decimal", f"%{level + 1}.") for level in range(DEEPEST_LEVEL + 1)]
    bulleted = [("bullet", _BULLETS[level % len(_BULLETS)]) for level in range(DEEPEST_LEVEL + 1)]
    for kind, levels in enumerate((bulleted, numbered)):
        yield write_element(
            "w:abstractNum",
            write_element("w:multiLevelType", w_val="hybridMultilevel"),
            *(_write_level(level, *told) for level, told in enumerate(levels)),
            w_abstractNumId=str(kind),
        )
    for number, found in enumerate(layout.lists, start=1):
        yield write_element(
            "w:num",
            write_element("w:abstractNumId", w_val=str(int(found.start is not None))),
            write_element(
                "w:lvlOverride",
                write_element("w:startOverride", w_val=str(found.start or 1)),
                w_ilvl=str(found.level),
            ),
            w_numId=str(number),
        )


def _write_level(level: int, form: str, sign: str) -> str:
    return write_element(
        "w:lvl",
        write_element("w:start", w_val="1"),
        write_element("w:numFmt", w_val=form),
        write_element("w:lvlText", w_val=sign),
        write_element("w:lvlJc", w_val="left"),
        write_element("w:pPr", write_element("w:ind", w_left=str(STEP * (level + 1)), w_hanging=str(STEP))),
        w_ilvl=str(level),
    )


def _write_styles(locale: str) -> Iterable[str]:
    fonts = {"w_ascii": "Calibri", "w_hAnsi": "Calibri", "w_cs": "Arial"}
    fonts |= {"w_eastAsia": font} if (font := _find_font(locale)) else {}
    yield write_element(
        "w:docDefaults",
        write_element(
            "w:rPrDefault",
            write_element(
                "w:rPr",
                write_element("w:rFonts", **fonts),
                _size(22),
                _write_languages("w:lang", locale),
            ),
        ),
        write_element("w:pPrDefault", write_element("w:pPr", _space(0, 120, 264))),
    )
    yield _write_style("paragraph", "Normal", "Normal", based="", is_default=True)
    yield _write_style("paragraph", "Text", "Body Text")
    for level, size in _SIZES.items():
        keep = write_element("w:keepNext") + write_element("w:keepLines")
        outline = write_element("w:outlineLvl", w_val=str(level - 1))
        bold = write_element("w:b") + write_element("w:bCs") + _size(size)
        yield _write_style(
            "paragraph",
            f"Heading{level}",
            f"heading {level}",
            keep + _space(240, 80, 240) + outline,
            bold,
            after="Text",
        )
    grey = write_element("w:shd", w_val="clear", w_color="auto", w_fill="F2F2F2")
    mono = write_element("w:rFonts", w_ascii="Courier New", w_hAnsi="Courier New", w_cs="Courier New")
    yield _write_style("paragraph", "Code", "Code", grey, mono + _size(19))
    line = write_element("w:bottom", w_val="single", w_sz="6", w_space="1", w_color="808080")
    yield _write_style("paragraph", "Rule", "Rule", write_element("w:pBdr", line))
    yield _write_style("paragraph", "Cell", "Cell", _space(40, 40, 240))
    yield _write_style(
        "paragraph", "HeadCell", "Head Cell", "", write_element("w:b") + write_element("w:bCs"), based="Cell"
    )
    yield _write_style("paragraph", "Gap", "Gap", _space(0, 0, 120), _size(8))
    small = write_element("w:color", w_val="595959") + _size(18)
    yield _write_style("paragraph", "Header", "header", "", small)
    yield _write_style("paragraph", "Footer", "footer", write_element("w:jc", w_val="center"), small)
    yield _write_style("character", "CodeWords", "Code Words", "", mono + _size(20), based="")
    blue = write_element("w:color", w_val="0B4F9E") + write_element("w:u", w_val="single")
    yield _write_style("character", "Hyperlink", "Hyperlink", "", blue, based="")
    yield _write_table_style()


def _size(half_points: int) -> str:
    return write_element("w:sz", w_val=str(half_points)) + write_element("w:szCs", w_val=str(half_points))


def _space(before: int, after: int, line: int) -> str:
    return write_element("w:spacing", w_before=str(before), w_after=str(after), w_line=str(line), w_lineRule="auto")


def _write_style(
    kind: str,
    style: str,
    name: str,
    paragraph: str = "",
    words: str = "",
    *,
    based: str = "Normal",
    after: str = "",
    is_default: bool = False,
) -> str:
    return write_element(
        "w:style",
        write_element("w:name", w_val=name),
        write_element("w:basedOn", w_val=based) if based else "",
        write_element("w:next", w_val=after) if after else "",
        write_element("w:qFormat") if kind == "paragraph" else "",
        write_element("w:pPr", paragraph) if paragraph else "",
        write_element("w:rPr", words) if words else "",
        w_type=kind,
        **({"w_default": "1"} if is_default else {}),
        w_styleId=style,
    )


def _write_table_style() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = [write_element(f"w:{side}", w_val="single", w_sz="4", w_space="0", w_color="A6A6A6") for side in sides]
    padding = [write_element(f"w:{side}", w_w="100", w_type="dxa") for side in ("left", "right")]
    return write_element(
        "w:style",
        write_element("w:name", w_val="Notice Table"),
        write_element("w:tblPr", write_element("w:tblBorders", *borders), write_element("w:tblCellMar", *padding)),
        w_type="table",
        w_styleId="NoticeTable",
    )
