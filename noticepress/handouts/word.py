"""A Word file: a redline as tracked changes that Word and its like show, accept and reject."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from noticepress.handouts.handout import Handout
from noticepress.handouts.parts import write_parts
from noticepress.handouts.setting import lay_out
from noticepress.handouts.tracked import write_document
from noticepress.redline import Redline

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The first day that a ZIP file knows: the same redline is the same file on every day."""


def write_docx(redline: Redline, handout: Handout) -> bytes:
    """The redline as a Word file: accepting all changes leaves the new text, rejecting all the old one.

    Office Open XML (ECMA-376, transitional). The same redline and handout give the same bytes.
    """
    layout = lay_out(redline.root, handout.locale)
    document = write_document(layout, handout)
    return _pack({**write_parts(layout, document, handout), "word/document.xml": document.xml})


def _pack(files: Mapping[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode())
    return stream.getvalue()
