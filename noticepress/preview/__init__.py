"""The live preview: drafts beside their redlines, mistakes at their places, pages new as soon as a file is saved."""

from __future__ import annotations

import contextlib
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from noticepress.errors import Problem
from noticepress.model import AsOf
from noticepress.preview.server import open_server
from noticepress.preview.state import Preview, Shown
from noticepress.preview.watching import watch_site

__all__ = ["Preview", "Shown", "serve_preview"]

PAGES_FIRST = 0.1
"""Seconds that the checks wait for browsers to fetch their pages."""

Tell = Callable[[tuple[Problem, ...], str], None]
"""Is given the findings, and what stopped the preview if something did, each time one of them changes."""


def serve_preview(site: Path, address: str, now: Callable[[], AsOf], tell: Tell, begin: Callable[[], None]) -> None:
    """Show a site at `host:port` until interrupted, new at every change; `begin` is called once it can be looked at.

    Raises UsageError where there is no site, OutsideError where the address is in use.
    """
    with contextlib.suppress(KeyboardInterrupt), tempfile.TemporaryDirectory(prefix="noticepress-") as workshop:
        preview = Preview(site.resolve(), now, Path(workshop))
        with watch_site(preview.folder) as watch, open_server(address, preview) as server:
            preview.refresh()
            saved = threading.Event()
            for work in (server.serve_forever, lambda: _check(preview, saved, tell)):
                threading.Thread(target=work, daemon=True).start()
            begin()
            while True:
                saved.set()
                watch.wait()
                preview.refresh()


def _check(preview: Preview, saved: threading.Event, tell: Tell) -> None:
    """Run the checks after each change, beside the pages, which need not wait for them."""
    told: tuple[tuple[Problem, ...], str] = ((), "")
    while saved.wait():
        time.sleep(PAGES_FIRST)
        saved.clear()
        preview.check()
        if (shown := (preview.shown.problems, preview.shown.trouble)) != told:
            told = shown
            tell(*told)
