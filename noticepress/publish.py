"""A site to files: MkDocs and Material give the chrome, archive pages are stamped from a shell, the whole is swapped in.

Live pages are MkDocs pages whose content is ours. Archive pages (permanent editions, redlines) are by far the most:
for each locale and kind, MkDocs renders one *shell* at the same depth, with tokens where a page's own parts belong, and
every page of that kind is stamped out of it.
"""

from __future__ import annotations

import ctypes
import errno
import logging
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field, fields
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as run_mkdocs
from mkdocs.commands.serve import serve as run_preview
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.structure.files import File, Files, InclusionLevel

from noticepress.errors import OutsideError, UsageError
from noticepress.localize import list_fallbacks, text_direction
from noticepress.pages import Fragment, Kind, Page
from noticepress.site import Site

PRESS = "noticepress_press"
"""Key of MkDocs's `extra` under which the hook finds the press of this run."""

_TOKENS = Fragment(*(f"@@np-{item.name}@@" for item in fields(Fragment)))
_TOKEN = re.compile(r"@@np-(" + "|".join(item.name for item in fields(Fragment)) + ")@@")
_HTML_TAG = re.compile(r'<html lang="[^"]*"')

Progress = Callable[[int], None]


def find_templates(site: Path) -> Path:
    """The folder of templates: the site's own, else those that come with the package."""
    here = Path(__file__).parent
    candidates = [site / "templates", here / "templates", here.parent / "templates"]
    return next(path for path in candidates if (path / "pages").is_dir())


def find_hook() -> Path:
    """The hook that comes with the package."""
    here = Path(__file__).parent
    return next(path for path in (here / "hooks" / "notices.py", here.parent / "hooks" / "notices.py") if path.is_file())


@dataclass(slots=True)
class Press:
    """One run: the site, and the shells met so far, by locale and kind."""

    site: Site
    templates: Path
    progress: Progress = lambda _: None
    shells: dict[tuple[str, Kind], list[str]] = field(default_factory=dict)

    # ---- what MkDocs is given

    def adjust_config(self, config: MkDocsConfig) -> None:
        """Make sure of what the pages rely on: our theme folder, no web fonts, no sitemap of MkDocs's own."""
        theme = str(self.templates / "theme")
        if theme not in config.theme.dirs:
            place = 1 if config.theme.custom_dir else 0
            config.theme.dirs.insert(place, theme)
        config.theme["font"] = False
        config.theme.static_templates -= {"sitemap.xml"}
        config.theme.static_templates |= {"404.html"}

    def list_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Our pages and shells in place of whatever lies in the folder of documents; the theme's files stay."""
        kept = [file for file in files if file.src_dir != config.docs_dir]
        ours = [self._make_file(config, page.path) for page in self.site.pages if not page.is_archive and page.path.endswith(("/", ""))]
        shells = [self._make_file(config, path) for path in self._shell_paths()]
        return Files([*kept, *[file for file in ours if file], *[file for file in shells if file]])

    def _make_file(self, config: MkDocsConfig, path: str) -> File | None:
        if path and not path.endswith("/"):
            return None
        return File.generated(config, f"{path}index.md", content="", inclusion=InclusionLevel.NOT_IN_NAV)

    def _shell_paths(self) -> dict[str, tuple[str, Kind]]:
        """A path of the right depth for each shell that is needed."""
        found: dict[str, tuple[str, Kind]] = {}
        for page in self.site.pages:
            if page.is_archive and page.locale:
                depth = page.path.rstrip("/").count("/") - 1
                found[f"{page.locale}/np-{page.kind}/" + "x/" * depth] = (page.locale, page.kind)
        return found

    # ---- what MkDocs asks

    def find_page(self, path: str) -> Page | None:
        """The page at a site path; None for a shell."""
        return self._pages().get(path)

    def _pages(self) -> dict[str, Page]:
        return {page.path: page for page in self.site.pages if not page.is_archive}

    def fill_context(self, context: Any, path: str, config: MkDocsConfig) -> None:  # noqa: ANN401 - a TypedDict of MkDocs
        """Give a template its five strings, and Material the language of the page."""
        page = self.find_page(path)
        shell = self._shell_paths().get(path)
        if page is None and shell is None:
            return
        locale = page.locale if page else shell[0] if shell else ""
        config.theme["language"] = find_material_language(locale or self.site.view.library.settings.source_locale, config)
        context["np"] = self.site.render(page) if page else _TOKENS
        self.progress(1)

    def finish_page(self, output: str, path: str) -> str:
        """What is written for a rendered page: itself, or nothing when it is a shell, which is kept."""
        page = self.find_page(path)
        shell = self._shell_paths().get(path)
        locale = page.locale if page else shell[0] if shell else ""
        output = declare_language(output, locale or self.site.view.library.settings.source_locale)
        if shell:
            self.shells[shell] = _TOKEN.split(output)
            return ""
        return output

    def write_rest(self, folder: Path) -> None:
        """Stamp the archive pages and write every other file into the built site."""
        for path, content in self.render_rest():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            self.progress(1)

    def render_rest(self) -> Iterator[tuple[str, bytes]]:
        """Everything that MkDocs does not write: archive pages, one at a time, then the other files."""
        for page in self.site.pages:
            if page.is_archive:
                yield f"{page.path}index.html", self.stamp(page).encode()
        yield from self.site.files()

    def stamp(self, page: Page) -> str:
        """An archive page out of its shell."""
        fragment = self.site.render(page)
        parts = self.shells[page.locale, page.kind]
        return "".join(part if index % 2 == 0 else getattr(fragment, part) for index, part in enumerate(parts))

    def count_steps(self) -> int:
        """How many steps a run has, for its progress."""
        return len(self.site.pages) + len(self._shell_paths())


def find_material_language(locale: str, config: MkDocsConfig) -> str:
    """Material's name for a locale's words: the nearest language that it has."""
    for candidate in (*list_fallbacks(locale), "en"):
        if any((Path(folder) / "partials" / "languages" / f"{candidate}.html").is_file() for folder in config.theme.dirs):
            return candidate
    return "en"


def declare_language(output: str, locale: str) -> str:
    """State the page's own language and direction, which Material only knows by its own languages."""
    direction = text_direction(locale)
    output = _HTML_TAG.sub(f'<html lang="{locale}" dir="{direction}"', output, count=1)
    return output.replace('<body dir="ltr"', f'<body dir="{direction}"', 1) if direction == "rtl" else output


# ---- a whole site


def configure(site: Path, out: Path, press: Press | None = None) -> MkDocsConfig:
    """MkDocs's settings for a site; what a site does not say itself is given to it. Raises UsageError."""
    organisation = press.site.view.library.settings.organisation if press else "Notices"
    given = _complete_settings(site, organisation)
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    try:
        config = load_config(str(site / "mkdocs.yml"), site_dir=str(out), **given)
    except (ConfigurationError, Abort) as error:
        msg = f"MkDocs cannot use {site / 'mkdocs.yml'}: {error}"
        raise UsageError(msg) from error
    if press:
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
        given["hooks"] = [str(find_hook())]
    return given


def publish_site(site: Path, out: Path, press: Press) -> int:
    """Build into a folder beside `out`, then put it in its place; returns the number of pages.

    Until the last instant `out` stays what it was. Raises UsageError for an `out` that is not ours to replace,
    OutsideError where the disk or MkDocs fails.
    """
    out = out.resolve()
    check_target(site.resolve(), out)
    with quiet_mkdocs(), _beside(out) as partial:
        try:
            run_mkdocs(configure(site, partial, press))
        except (Abort, ConfigurationError) as error:
            msg = f"MkDocs stopped: {error}"
            raise OutsideError(msg) from error
        except OSError as error:
            msg = f"the site could not be written: {error.strerror or error} ({error.filename})"
            raise OutsideError(msg) from error
        swap_in(partial, out)
    return sum(1 for _ in out.rglob("*.html"))


def serve_site(site: Path, address: str) -> None:
    """MkDocs's live preview of a site, until interrupted; the hook loads the site again at every change."""
    given = _complete_settings(site, "Notices")
    given["dev_addr"] = address
    watched = [str(path) for path in (site / "content", site / "entities", find_templates(site)) if path.is_dir()]
    try:
        run_preview(str(site / "mkdocs.yml"), watch=watched, **given)
    except (Abort, ConfigurationError) as error:
        msg = f"the preview stopped: {error}"
        raise OutsideError(msg) from error


def check_target(site: Path, out: Path) -> None:
    """Refuse to replace what we did not make. Raises UsageError."""
    if out == site or site.is_relative_to(out) or out.parent == out:
        msg = f"{out} holds the site's sources; choose another folder with --out"
        raise UsageError(msg)
    for name in ("content", "entities", "templates"):
        if out.is_relative_to(site / name):
            msg = f"{out} lies in {name}/; choose another folder with --out"
            raise UsageError(msg)
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / "manifest.json").is_file())):
        msg = f"{out} is not a built site, so it is not replaced; empty it, or choose another folder with --out"
        raise UsageError(msg)


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


@contextmanager
def _beside(out: Path) -> Iterator[Path]:
    """A new folder on the same disk, gone afterwards whatever happens; leftovers of killed runs go too."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        for leftover in out.parent.glob(f".{out.name}.*.partial"):
            shutil.rmtree(leftover, ignore_errors=True)
        partial = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".partial", dir=out.parent))
    except OSError as error:
        msg = f"{out.parent} cannot be written: {error.strerror or error}"
        raise OutsideError(msg) from error
    try:
        partial.chmod(0o755)
        yield partial
    finally:
        shutil.rmtree(partial, ignore_errors=True)


_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def swap_in(partial: Path, out: Path) -> None:
    """Put the finished folder in place of the old one in one step; the old one ends where the new one was."""
    if not out.exists():
        partial.rename(out)
        return
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        swap = libc.renameat2
    except (OSError, AttributeError, TypeError):
        swap = None
    if swap is not None:
        result = swap(_AT_FDCWD, os.fsencode(partial), _AT_FDCWD, os.fsencode(out), _RENAME_EXCHANGE)
        if result == 0:
            return
        if ctypes.get_errno() not in {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(out))
    # No exchange here (another system, an odd file system): two renames, the old site kept until the new one stands.
    old = out.with_name(f".{out.name}.old.partial")
    shutil.rmtree(old, ignore_errors=True)
    out.rename(old)
    partial.rename(out)
    shutil.rmtree(old, ignore_errors=True)
