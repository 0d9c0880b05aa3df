"""What is published, for programs: every edition's address and hash, the chain of versions, and one hash over it all.

Whoever keeps the root hash (in a signed tag, with a time-stamping service) can later prove every word of the site.
"""

from __future__ import annotations

from noticepress.manifest.hashes import build_manifest
from noticepress.manifest.notices import build_notices
from noticepress.manifest.published import (
    Lines,
    edition_path,
    find_published,
    format_effective,
    format_utc,
    line_path,
    list_editions,
    text_path,
)
from noticepress.manifest.verifying import verify_editions

__all__ = [
    "Lines",
    "build_manifest",
    "build_notices",
    "edition_path",
    "find_published",
    "format_effective",
    "format_utc",
    "line_path",
    "list_editions",
    "text_path",
    "verify_editions",
]
