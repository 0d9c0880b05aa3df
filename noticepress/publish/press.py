"""What MkDocs asks a run for, and what it is given: pages, shells and all other files."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from noticepress.pages import Kind, Page
from noticepress.pages.head import POLICY
from noticepress.publish.folders import write_file
from noticepress.publish.processes import share_out
from noticepress.publish.shells import (
    TOKEN,
    TOKENS,
    declare_language,
    drop_toggles,
    find_material_language,
    invent_pages,
    stamp_fragment,
)
from noticepress.site import Site

_UNUSED = re.compile(
    r"stylesheets/|.*\.map$|assets/stylesheets/(main|palette)\.|assets/javascripts/(bundle|lunr|workers)[./]"
    r"|assets/images/favicon\.png"
)
"""Files of the theme that no page asks for: Material's script and its parts, and ours before they are put together."""

Progress = Callable[[int], None]


@dataclass(slots=True)
class Press:
    """One run: the site, where its shells are rendered, and the shells met so far, cut at their tokens.

    MkDocs renders one shell for each locale and kind, at the address of the first such page, and the page for what is
    not found, which is a template of the theme. All pages are stamped in `jobs` processes.
    """

    site: Site
    templates: tuple[Path, ...]
    jobs: int = 1
    progress: Progress = lambda _: None
    live: dict[str, Page] = field(init=False)
    shell_kinds: dict[str, tuple[str, Kind]] = field(init=False)
    shells: dict[tuple[str, Kind], list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.live = {page.path: page for page in self.site.pages if page.kind == "not-found"}
        first = {(page.locale, page.kind): page.path for page in reversed(self.site.pages) if page.kind != "not-found"}
        self.shell_kinds = {path: kind for kind, path in first.items()}

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
        """Our pages and shells in place of whatever lies in the folder of documents; of the theme, what pages use."""
        kept = [file for file in files if file.src_dir != config.docs_dir and not _UNUSED.match(file.src_uri)]
        folders = [path for path in (*self.live, *self.shell_kinds) if not path or path.endswith("/")]
        inclusion = InclusionLevel.NOT_IN_NAV
        ours = [File.generated(config, f"{path}index.md", content="", inclusion=inclusion) for path in folders]
        return Files([*kept, *ours])

    # ---- what MkDocs asks

    def fill_context(self, context: Any, path: str, config: MkDocsConfig) -> None:  # noqa: ANN401 - a TypedDict of MkDocs
        """Give a template its five strings, and Material the language of the page."""
        if locale := self._find_locale(path):
            config.theme["language"] = find_material_language(locale, config)
            context["np_policy"] = POLICY
            context["np"] = self.site.render(self.live[path]) if path in self.live else TOKENS
            self.progress(1)

    def finish_page(self, output: str, path: str) -> str:
        """What is written for a rendered page: itself, or nothing when it is a shell, which is kept."""
        locale = self._find_locale(path)
        output = drop_toggles(declare_language(output, locale)) if locale else output
        if path not in self.shell_kinds:
            return output
        self.shells[self.shell_kinds[path]] = TOKEN.split(output)
        return ""

    def _find_locale(self, path: str) -> str:
        """The language of a page or a shell; empty where there is neither."""
        return self.live[path].locale if path in self.live else self.shell_kinds.get(path, ("",))[0]

    def write_rest(self, folder: Path) -> None:
        """Write what MkDocs does not into the built site: the pages, then all other files."""

        def write(page: Page) -> None:
            write_file(folder / page.path / "index.html", self.stamp(page).encode())

        pages = [page for page in self.site.pages if page.path not in self.live]
        for done in share_out(pages, write, self.jobs):
            self.progress(done)
        for path, content in self.site.files():
            write_file(folder / path, content)

    def stamp(self, page: Page) -> str:
        """A page out of its shell."""
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
