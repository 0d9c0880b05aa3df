"""A whole site by way of MkDocs: configured, built beside the old one, looked at, and put in its place."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as run_mkdocs
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError

from noticepress.checks import check_pages
from noticepress.errors import NoticeError, OutsideError, Problem, UsageError
from noticepress.files import find_part
from noticepress.inspection import read_built
from noticepress.publish.folders import check_target, keep_unchanged, make_partial, swap_in
from noticepress.publish.press import Press, ShellPress
from noticepress.publish.shells import Shells
from noticepress.site import Site

PRESS = "noticepress_press"
"""Key of MkDocs's `extra` under which the hook finds the press of this run."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a build has written: how many pages and files there are, and how many files are new or changed."""

    pages: int
    files: int
    changed: int


def publish_site(site: Path, out: Path, press: Press) -> Published:
    """Build into a folder beside `out`, then put it in its place, with the very files that say what they said before.

    Until the last instant `out` stays what it was. Raises NoticeError for pages that ask other hosts, leave out what
    they must show or shut readers out, UsageError for an `out` that is not ours to replace,
    OutsideError where the disk or MkDocs fails.
    """
    out = out.resolve()
    check_target(site.resolve(), out)
    with quiet_mkdocs(), make_partial(out) as partial:
        try:
            run_mkdocs(configure(site, partial, press))
        except (Abort, ConfigurationError) as error:
            msg = f"MkDocs stopped: {error}"
            raise OutsideError(msg) from error
        except OSError as error:
            msg = f"the site could not be written: {error.strerror or error} ({error.filename})"
            raise OutsideError(msg) from error
        if faults := check_sample(partial, press.site):
            raise NoticeError(faults)
        changed = keep_unchanged(partial, out)
        swap_in(partial, out)
    files = [name for _, _, names in os.walk(out) for name in names]
    return Published(sum(name.endswith(".html") for name in files), len(files), changed)


def render_shells(folder: Path, out: Path, site: Site, templates: tuple[Path, ...]) -> Shells:
    """Every shell of the site in `folder`, by MkDocs; the theme's own files are written to `out`.

    Raises UsageError where MkDocs cannot use mkdocs.yml, OutsideError where it stops.
    """
    press = ShellPress(site, templates)
    with quiet_mkdocs():
        try:
            run_mkdocs(configure(folder, out, press))
        except (Abort, ConfigurationError) as error:
            msg = f"MkDocs stopped: {error}"
            raise OutsideError(msg) from error
    return press.shells


def configure(site: Path, out: Path, press: Press) -> MkDocsConfig:
    """MkDocs's settings for a site; what a site does not say itself is given to it. Raises UsageError."""
    site = site.resolve()
    given = _complete_settings(site, press.site.view.library.settings.organisation)
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    try:
        config = load_config(str(site / "mkdocs.yml"), site_dir=str(out), **given)
    except (ConfigurationError, Abort) as error:
        msg = f"MkDocs cannot use {site / 'mkdocs.yml'}: {error}"
        raise UsageError(msg) from error
    config.extra[PRESS] = press
    return config


def _complete_settings(site: Path, organisation: str) -> dict[str, Any]:
    """What a site's mkdocs.yml does not say and MkDocs needs for our pages."""
    given: dict[str, Any] = {}
    raw = (site / "mkdocs.yml").read_text(encoding="utf-8")
    if not re.search(r"^docs_dir:", raw, re.MULTILINE):
        (site / "content").mkdir(exist_ok=True)
        given["docs_dir"] = str(site / "content")
    if not re.search(r"^theme:", raw, re.MULTILINE):
        given["theme"] = {"name": "material", "font": False}
    if not re.search(r"^plugins:", raw, re.MULTILINE):
        given["plugins"] = []
    if not re.search(r"^site_name:", raw, re.MULTILINE):
        given["site_name"] = organisation
    if "notices.py" not in raw:
        given["hooks"] = [str(find_part("hooks/notices.py"))]
    return given


def check_sample(folder: Path, site: Site) -> tuple[Problem, ...]:
    """What is wrong with the first page of each kind and language: what templates do wrong, they do on all."""
    sample = {(page.kind, page.locale): f"{page.path}index.html" for page in reversed(site.pages)}
    built = read_built(folder, sample.values())
    return check_pages(site.view.library, site.view.as_of, built)


@contextmanager
def quiet_mkdocs() -> Iterator[None]:
    """MkDocs's own messages only where something is wrong."""
    logger = logging.getLogger("mkdocs")
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)
