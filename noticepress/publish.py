"""A site to files: MkDocs and Material give the chrome, archive pages are stamped from a shell, all is swapped in.

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
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from markupsafe import escape
from mkdocs.commands.build import build as run_mkdocs
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.structure.files import File, Files, InclusionLevel

from noticepress.checks import check_pages
from noticepress.errors import NoticeError, OutsideError, Problem, UsageError
from noticepress.files import find_part
from noticepress.inspection import read_built
from noticepress.localize import list_fallbacks, text_direction
from noticepress.model import Settings
from noticepress.pages import Fragment, Kind, Page
from noticepress.pages.plan import (
    chooser_page,
    compare_page,
    draft_page,
    edition_page,
    entity_page,
    history_page,
    not_found_page,
    permanent_page,
    start_page,
)
from noticepress.site import Site

PRESS = "noticepress_press"
"""Key of MkDocs's `extra` under which the hook finds the press of this run."""

_TOKENS = Fragment(*(f"@@np-{item.name}@@" for item in fields(Fragment)))
_TOKEN = re.compile(r"@@np-(" + "|".join(item.name for item in fields(Fragment)) + ")@@")
_HTML_TAG = re.compile(r'<html lang="[^"]*"')

Progress = Callable[[int], None]

Shells = Mapping[tuple[str, Kind], Sequence[str]]
"""A shell for each locale and kind of page, cut at its tokens: words, the name of a token, words and so on."""


@dataclass(slots=True)
class Press:
    """One run: the site, where its pages and shells stand, and the shells met so far, cut at their tokens."""

    site: Site
    templates: tuple[Path, ...]
    progress: Progress = lambda _: None
    live: dict[str, Page] = field(init=False)
    shell_kinds: dict[str, tuple[str, Kind]] = field(init=False)
    shells: dict[tuple[str, Kind], list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.live = {page.path: page for page in self.site.pages if not page.is_archive}
        archive = {(page.locale, page.kind): page.path for page in self.site.pages if page.is_archive}
        self.shell_kinds = {place_shell(*kind, path): kind for kind, path in archive.items()}

    # ---- what MkDocs is given

    def adjust_config(self, config: MkDocsConfig) -> None:
        """Make sure of what the pages rely on: our theme folder, no web fonts, no sitemap of MkDocs's own."""
        known = [Path(folder).resolve() for folder in config.theme.dirs]
        ours = [str(folder / "theme") for folder in self.templates if folder / "theme" not in known]
        place = 1 if config.theme.custom_dir else 0
        config.theme.dirs[place:place] = ours
        config.theme["font"] = False
        config.theme.static_templates -= {"sitemap.xml"}
        config.theme.static_templates |= {"404.html"}

    def list_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Our pages and shells in place of whatever lies in the folder of documents; the theme's files stay."""
        kept = [file for file in files if file.src_dir != config.docs_dir]
        folders = [path for path in (*self.live, *self.shell_kinds) if not path or path.endswith("/")]
        inclusion = InclusionLevel.NOT_IN_NAV
        ours = [File.generated(config, f"{path}index.md", content="", inclusion=inclusion) for path in folders]
        return Files([*kept, *ours])

    # ---- what MkDocs asks

    def fill_context(self, context: Any, path: str, config: MkDocsConfig) -> None:  # noqa: ANN401 - a TypedDict of MkDocs
        """Give a template its five strings, and Material the language of the page."""
        if locale := self._find_locale(path):
            config.theme["language"] = find_material_language(locale, config)
            context["np"] = self.site.render(self.live[path]) if path in self.live else _TOKENS
            self.progress(1)

    def finish_page(self, output: str, path: str) -> str:
        """What is written for a rendered page: itself, or nothing when it is a shell, which is kept."""
        locale = self._find_locale(path)
        output = declare_language(output, locale) if locale else output
        if path not in self.shell_kinds:
            return output
        self.shells[self.shell_kinds[path]] = _TOKEN.split(output)
        return ""

    def _find_locale(self, path: str) -> str:
        """The language of a page or a shell; empty where there is neither."""
        return self.live[path].locale if path in self.live else self.shell_kinds.get(path, ("",))[0]

    def write_rest(self, folder: Path) -> None:
        """Write what MkDocs does not into the built site: archive pages, one at a time, then all other files."""
        for page in self.site.pages:
            if page.is_archive:
                write_file(folder / page.path / "index.html", self.stamp(page).encode())
                self.progress(1)
        for path, content in self.site.files():
            write_file(folder / path, content)

    def stamp(self, page: Page) -> str:
        """An archive page out of its shell."""
        return stamp_fragment(self.shells[page.locale, page.kind], self.site.render(page))

    def count_steps(self) -> int:
        """How many steps a run has, for its progress."""
        return len(self.site.pages) + len(self.shell_kinds)


@dataclass(slots=True)
class ShellPress(Press):
    """Shells for every kind of page, those that a build leaves to MkDocs too, and no page: previews stamp them all.

    Each stands at the address of an invented page of its kind, so that relative links are right.
    """

    def __post_init__(self) -> None:
        self.live = {}
        samples = invent_pages(self.site.view.library.settings)
        self.shell_kinds = {page.path: (page.locale, page.kind) for page in samples}

    def write_rest(self, folder: Path) -> None:
        """Nothing but the theme's own files is written."""


def invent_pages(settings: Settings) -> Iterator[Page]:
    """A page of each kind in each locale that has one, as deep as any such page is."""
    yield chooser_page(settings.source_locale)
    yield not_found_page(settings.source_locale)
    for locale in settings.locales:
        yield start_page(locale)
        yield edition_page(locale, "x", "x")
        yield permanent_page(locale, "x", "x", "x")
        yield compare_page(locale, "x", "x", "x", "x")
        yield history_page(locale, "x", "x")
        yield entity_page(locale, "x")
        yield draft_page(locale, "x", "x", "x")


@dataclass(frozen=True, slots=True)
class Findings:
    """In place of a press while a site has mistakes: previews show them at every address until they are mended."""

    told: str

    def adjust_config(self, config: MkDocsConfig) -> None:
        """No page of the theme is wanted."""
        config.theme.static_templates.clear()

    def list_files(self, _: Files, __: MkDocsConfig) -> Files:
        """No page at all: every address gets the page for what is not found."""
        return Files([])

    def fill_context(self, context: Any, path: str, config: MkDocsConfig) -> None:  # noqa: ANN401 - as a press has it
        """Nothing is rendered."""

    def finish_page(self, output: str, _: str) -> str:
        """Nothing is rendered."""
        return output

    def write_rest(self, folder: Path) -> None:
        """The findings, on a page that looks again by itself."""
        page = (
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="2">'
            "<title>To mend</title></head>\n<body><h1>To mend before anything can be shown</h1>\n"
            f"<pre>{escape(self.told)}</pre></body></html>\n"
        )
        write_file(folder / "404.html", page.encode())


def stamp_fragment(shell: Sequence[str], fragment: Fragment) -> str:
    """A page out of a shell: words, tokens' names in every second place, words."""
    values = {item.name: getattr(fragment, item.name) for item in fields(Fragment)}
    values["title"] = escape(fragment.title)
    return "".join(values[part] if index % 2 else part for index, part in enumerate(shell))


def place_shell(locale: str, kind: Kind, path: str) -> str:
    """Where the shell for pages such as the one at `path` stands: as deep as they, so that relative links are right."""
    return f"{locale}/np-{kind}/" + "x/" * (path.rstrip("/").count("/") - 1)


def write_file(path: Path, content: bytes) -> None:
    """A file with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def find_material_language(locale: str, config: MkDocsConfig) -> str:
    """Material's name for a locale's words: the nearest language that it has."""
    for candidate in (*list_fallbacks(locale), "en"):
        if any(
            (Path(folder) / "partials" / "languages" / f"{candidate}.html").is_file() for folder in config.theme.dirs
        ):
            return candidate
    return "en"


def declare_language(output: str, locale: str) -> str:
    """State the page's own language and direction, which Material only knows by its own languages."""
    direction = text_direction(locale)
    output = _HTML_TAG.sub(f'<html lang="{locale}" dir="{direction}"', output, count=1)
    return output.replace('<body dir="ltr"', f'<body dir="{direction}"', 1) if direction == "rtl" else output


# ---- a whole site


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


def publish_site(site: Path, out: Path, press: Press) -> int:
    """Build into a folder beside `out`, then put it in its place; returns the number of pages.

    Until the last instant `out` stays what it was. Raises NoticeError for pages that ask other hosts, leave out what
    they must show or shut readers out, UsageError for an `out` that is not ours to replace,
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
        if faults := check_sample(partial, press.site):
            raise NoticeError(faults)
        swap_in(partial, out)
    return sum(1 for _ in out.rglob("*.html"))


def check_sample(folder: Path, site: Site) -> tuple[Problem, ...]:
    """What is wrong with the first page of each kind and language: what templates do wrong, they do on all."""
    sample = {(page.kind, page.locale): f"{page.path}index.html" for page in reversed(site.pages)}
    built = read_built(folder, sample.values())
    return check_pages(site.view.library, site.view.as_of, built)


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
        if not out.exists() and (old := _name_old(out)).exists():
            old.rename(out)  # a run was killed between two renames
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


def _name_old(out: Path) -> Path:
    """Where the old site waits where two folders cannot be exchanged in one step."""
    return out.with_name(f".{out.name}.old.partial")


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
    old = _name_old(out)
    shutil.rmtree(old, ignore_errors=True)
    out.rename(old)
    partial.rename(out)
    shutil.rmtree(old, ignore_errors=True)
