"""A checked site, ready to be printed: what `build`, the preview and MkDocs's hook have in common."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from noticepress.cli.options import now
from noticepress.errors import NoticeError, OutsideError, UsageError

if TYPE_CHECKING:
    from noticepress.model import AsOf, Settings
    from noticepress.printing import Printer
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
    printer = find_printer(site, reading.library.settings, templates)
    return Press(build_site(reading.library, moment, templates, drafts=wanted, printer=printer), templates)


def find_printer(site: Path, settings: Settings, templates: Iterable[Path]) -> Printer | None:
    """What prints the editions, as the setting `pdf` says; None where nothing is printed.

    Raises UsageError where it says `always` and the extra is not installed, OutsideError where a font is missing then.
    """
    from noticepress.printing import is_installed, open_printer

    if settings.pdf == "never" or (settings.pdf == "auto" and not is_installed()):
        return None
    if not is_installed():
        raise UsageError("'pdf: always' needs Typst, which is not installed: pip install 'noticepress[pdf]'")
    template = next(path for folder in templates if (path := folder / "print" / "edition.typ").is_file())
    printer = open_printer(template, settings.locales, site / "fonts")
    if settings.pdf == "always" and printer.unprintable:
        told = "; ".join(f"{locale}: {reason}" for locale, reason in printer.unprintable.items())
        raise OutsideError(f"PDFs cannot be made for want of a font ({told}); install one, or put its file into fonts/")
    return printer


def is_preview() -> bool:
    """Whether findings are shown in the browser rather than ending the run."""
    return os.environ.get(PREVIEW, "") not in {"", "0"}
