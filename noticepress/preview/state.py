"""What a preview shows: the newest site that could be built, and what is wrong with the files as they are now.

Good files make a new site, with the findings of the checks beside it. A file that cannot be read, a text that cannot be
composed or a template that cannot be used leaves the last good site standing, with a message, until it is mended.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

from jinja2 import Environment

from noticepress.checks import run_checks
from noticepress.compose import Draft
from noticepress.errors import OutsideError, Problem, UsageError, errors_of, sort_problems
from noticepress.files import find_templates
from noticepress.library import Reading, read_library
from noticepress.markdown import render_html
from noticepress.model import AsOf
from noticepress.pages import Page, make_environment
from noticepress.preview.memory import DraftMemory, SealedMemory, Stamps, stamp_files
from noticepress.publish import Shells, render_shells
from noticepress.redline import compare
from noticepress.site import Site, build_site

UNREADABLE = frozenset({"DV05", "TEXT", "YAML"})
"""Errors that mean a file could not be read: what is built from the rest would not be the site that was meant."""

_REMEMBERED = 512
"""How many texts and redlines are kept rendered."""


@dataclass(frozen=True)
class Look:
    """How pages look, until a template or mkdocs.yml changes: shells, templates, and the folder of the theme's files.

    `templates` are those of pages, `own` those of the preview itself.
    """

    stamps: Stamps
    shells: Shells
    templates: Environment
    own: Environment
    folder: Path


@dataclass(frozen=True)
class Shown:
    """One moment of a preview. `site` is None until one could be built; `is_current` tells whether it is what is saved.

    `drafts` are what its working texts were composed to, by notice.
    `stopping` are the findings that keep what is saved from being shown; `trouble` says what does where that is no
    finding: a template, MkDocs, the disk. `token` names the moment.
    """

    token: str
    site: Site | None = None
    look: Look | None = None
    drafts: Mapping[str, Draft] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    stopping: tuple[Problem, ...] = ()
    trouble: str = ""
    is_current: bool = False

    @cached_property
    def pages(self) -> dict[str, Page]:
        """The pages by their addresses."""
        return {page.path: page for page in self.site.pages} if self.site else {}

    @cached_property
    def files(self) -> dict[str, bytes]:
        """All other files by their addresses: made when the first of them is asked for."""
        return dict(self.site.files()) if self.site else {}


class Preview:
    """A site under work. `refresh` and `check` are called after each change; any thread may look at `shown`.

    `now` says what "now" means, `workshop` is a folder for the theme's files.
    """

    def __init__(self, site: Path, now: Callable[[], AsOf], workshop: Path) -> None:
        self.folder, self._now, self._workshop = site, now, workshop
        self._run = secrets.token_hex(4)
        self._count = 0
        self._sealed, self._drafts = SealedMemory(), DraftMemory()
        self._render_text = lru_cache(_REMEMBERED)(render_html)
        self._compare_texts = lru_cache(_REMEMBERED)(compare)
        self._reading: Reading | None = None
        self._as_of: AsOf | None = None
        self._found: tuple[Problem, ...] = ()
        self._changed = threading.Condition()
        self.shown = Shown(self._run)

    def wait(self, token: str, seconds: float) -> str:
        """The token of what is shown, as soon as it is another one than `token`, or after some time."""
        with self._changed:
            self._changed.wait_for(lambda: self.shown.token != token, seconds)
            return self.shown.token

    # ---- after a change

    def refresh(self) -> None:
        """Read what is saved, and show it where it can be built. Raises UsageError where there never was a site."""
        as_of = self._now()
        try:
            reading = read_library(self.folder, self._sealed.read_versions)
        except UsageError as error:
            if self._reading is None:
                raise
            self._show(replace(self.shown, trouble=str(error), is_current=False))
            return
        stamps = stamp_files(self.folder / "mkdocs.yml", *find_templates(self.folder))
        look = self.shown.look if self.shown.look and self.shown.look.stamps == stamps else None
        if self._reading == reading and look and self.shown.is_current:
            return
        self._reading, self._as_of = reading, as_of
        built = self._build(reading, as_of, stamps, look)
        # Until the checks have run again, what they found last still counts.
        problems = sort_problems([*built.stopping, *(p for p in self._found if p.id not in UNREADABLE)])
        before = self.shown.look
        if built.is_current or self.shown.site is None:
            self._show(replace(built, problems=problems))
        else:
            told = {"stopping": built.stopping, "trouble": built.trouble, "problems": problems}
            self._show(replace(self.shown, **told, is_current=False))  # type: ignore[arg-type]
        if before and before is not self.shown.look:
            shutil.rmtree(before.folder, ignore_errors=True)

    def check(self) -> None:
        """Run the checks over what `refresh` read last; their findings join the page when nothing newer is there."""
        reading, as_of = self._reading, self._as_of
        if reading is None or as_of is None:
            return
        trouble = ""
        try:
            problems = run_checks(reading, as_of, compose=self._drafts.compose_draft).problems
        except Exception as error:  # noqa: BLE001 - as in _build
            problems, trouble = reading.problems, tell_trouble(error, self.folder)
        with self._changed:
            if reading is self._reading:
                self._found = problems
                self._show(replace(self.shown, problems=problems, trouble=trouble or self.shown.trouble))

    def _show(self, shown: Shown) -> None:
        """Show something else, and tell those who wait; what is the same makes no new moment."""
        with self._changed:
            if replace(shown, token=self.shown.token) == self.shown:
                return
            self._count += 1
            self.shown = replace(shown, token=f"{self._run}-{self._count}")
            self._changed.notify_all()

    # ---- what is built

    def _build(self, reading: Reading, as_of: AsOf, stamps: Stamps, look: Look | None) -> Shown:
        """What would be shown of what was read: a site, or what stops it."""
        stopping = tuple(p for p in errors_of(reading.problems) if p.id in UNREADABLE)
        if stopping or not reading.is_roster_whole:
            return Shown("", look=look, stopping=stopping)
        library, compose, templates = reading.library, self._drafts.compose_draft, find_templates(self.folder)
        try:
            site = build_site(library, as_of, templates, drafts=True, compose=compose)
            drafts = {notice: compose(library, notice, as_of) for notice, _ in library.texts}
            if stopping := tuple(find_torn(drafts.values())):
                return Shown("", stopping=stopping)
            look = look or self._make_look(stamps, site, templates)
        except Exception as error:  # noqa: BLE001 - whatever it is, the preview goes on and says so
            return Shown("", trouble=tell_trouble(error, self.folder))
        return Shown("", self._dress(site, look), look, drafts, is_current=True)

    def _make_look(self, stamps: Stamps, site: Site, templates: tuple[Path, ...]) -> Look:
        folder = Path(tempfile.mkdtemp(prefix="look-", dir=self._workshop))
        shells = render_shells(self.folder, folder, site, templates)
        own = make_environment([path / "preview" for path in templates])
        return Look(stamps, shells, site.view.templates, own, folder)

    def _dress(self, site: Site, look: Look) -> Site:
        """A site with templates that are compiled already, and a memory for texts and redlines."""
        view = replace(
            site.view,
            templates=look.templates,
            render_text=self._render_text,
            compare_texts=self._compare_texts,
        )
        return replace(site, view=view)


def find_torn(drafts: Iterable[Draft]) -> Iterator[Problem]:
    """What keeps a working text from being composed at all: without its words, a draft shows nothing."""
    for draft in drafts:
        for composed in draft.composed.values():
            yield from () if composed.is_whole else composed.problems


def tell_trouble(error: Exception, folder: Path) -> str:
    """What stopped a preview, where that is no finding; the site's own folder is left out of paths."""
    told = str(error) if isinstance(error, OutsideError | UsageError) else f"{type(error).__name__}: {error}"
    name, line = getattr(error, "filename", None), getattr(error, "lineno", None)
    place = f" ({name}:{line})" if name and line else ""
    return f"{told}{place}".replace(f"{folder.resolve()}/", "")
