"""A checked site, ready to be printed: what `build`, the preview and MkDocs's hook have in common."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from noticepress.cli.options import now
from noticepress.errors import NoticeError

if TYPE_CHECKING:
    from noticepress.model import AsOf
    from noticepress.publish import Press

DRAFTS = "NOTICEPRESS_DRAFTS"
PREVIEW = "NOTICEPRESS_PREVIEW"


def open_press(site: Path, as_of: AsOf | None = None, *, drafts: bool | None = None) -> Press:
    """Check a site and make it ready to be printed. Raises NoticeError with every mistake that stops a build.

    Without being told, it reads NOTICEPRESS_AS_OF and NOTICEPRESS_DRAFTS, so that plain `mkdocs build` obeys them too.
    """
    from noticepress.checks import find_obstacles
    from noticepress.files import find_templates
    from noticepress.library import read_library
    from noticepress.publish import Press
    from noticepress.site import build_site

    moment = now() if as_of is None else as_of
    reading = read_library(site)
    if errors := find_obstacles(reading, moment):
        raise NoticeError(errors)
    templates = find_templates(site)
    wanted = os.environ.get(DRAFTS, "") not in {"", "0"} if drafts is None else drafts
    return Press(build_site(reading.library, moment, templates, drafts=wanted), templates)


def is_preview() -> bool:
    """Whether findings are shown in the browser rather than ending the run."""
    return os.environ.get(PREVIEW, "") not in {"", "0"}
