"""The pages of a site and their addresses, as docs/site.md lists them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from noticepress.history import Line
from noticepress.pages.view import View

Kind = Literal["chooser", "start", "edition", "permanent", "compare", "history", "entity", "not-found", "draft"]


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its address from the site's root (folders end with a slash, the chooser is empty) and what it shows.

    `locale` is that of the interface; the chooser and the page for what is not found are in the source locale. A
    comparison goes from `older` to `version`.
    """

    path: str
    kind: Kind
    locale: str
    notice: str = ""
    region: str = ""
    version: str = ""
    older: str = ""
    entity: str = ""

    @property
    def is_archive(self) -> bool:
        """Whether the page never changes its place and is stamped out of a shell."""
        return self.kind in {"permanent", "compare"}


def chooser_page(locale: str) -> Page:
    """The page at the root: every territory, every language."""
    return Page("", "chooser", locale)


def start_page(locale: str) -> Page:
    """All notices in a language."""
    return Page(f"{locale}/", "start", locale)


def edition_page(locale: str, notice: str, region: str) -> Page:
    """The edition in force, wherever it may go from version to version."""
    return Page(f"{locale}/{notice}/{region}/", "edition", locale, notice, region)


def permanent_page(locale: str, notice: str, region: str, version: str) -> Page:
    """The address of one edition for ever."""
    return Page(f"{locale}/{notice}/{region}/{version}/", "permanent", locale, notice, region, version)


def compare_page(locale: str, notice: str, region: str, older: str, newer: str) -> Page:
    """The redline from one version to another."""
    path = f"{locale}/{notice}/{region}/compare/{older}/{newer}/"
    return Page(path, "compare", locale, notice, region, newer, older)


def history_page(locale: str, notice: str, region: str) -> Page:
    """All versions of a line."""
    return Page(f"{locale}/{notice}/{region}/history/", "history", locale, notice, region)


def entity_page(locale: str, entity: str) -> Page:
    """Who an entity is and what it answers for."""
    return Page(f"{locale}/entities/{entity}/", "entity", locale, entity=entity)


def draft_page(locale: str, notice: str, region: str, version: str) -> Page:
    """What would be published; previews only."""
    return Page(f"draft/{locale}/{notice}/{region}/", "draft", locale, notice, region, version)


def turn_page(page: Page, locale: str) -> Page:
    """The same page in another language."""
    names = page.path.split("/")
    names[1 if page.kind == "draft" else 0] = locale
    return replace(page, locale=locale, path="/".join(names))


def not_found_page(locale: str) -> Page:
    """The page a server gives for an address that is none."""
    return Page("404.html", "not-found", locale)


def list_comparisons(line: Line, *, drafts: bool = False) -> tuple[tuple[str, str], ...]:
    """Pairs (older, newer) of a line: each version with its predecessor, and with the one in force; each pair once."""
    shown = [s for s in line.standings if s.is_visible or (drafts and s.state == "draft")]
    pairs = dict.fromkeys((s.predecessor[0].id, s.version.id) for s in shown if s.predecessor and s.state != "draft")
    drafted = ((older.version.id, s.version.id) for older, s in pairwise(shown) if s.state == "draft")
    pairs.update(dict.fromkeys(drafted))
    if line.in_force is not None:
        place = shown.index(line.in_force)
        current = line.in_force.version.id
        pairs.update(dict.fromkeys((older.version.id, current) for older in shown[:place]))
        pairs.update(dict.fromkeys((current, newer.version.id) for newer in shown[place + 1 :]))
    return tuple(pairs)


def plan_pages(view: View) -> tuple[Page, ...]:
    """Every page of the site, in a fixed order: the chooser, then language by language, and what is not found last."""
    settings = view.library.settings
    pages = [chooser_page(settings.source_locale)]
    for locale in settings.locales:
        pages.append(start_page(locale))
        for notice, lines in view.lines.items():
            for region in lines:
                pages.extend(_plan_line(view, locale, notice, region))
        pages.extend(entity_page(locale, entity) for entity in view.library.entities)
    return (*pages, not_found_page(settings.source_locale))


def _plan_line(view: View, locale: str, notice: str, region: str) -> Iterator[Page]:
    line = view.lines[notice][region]
    drafts = [s for s in line.standings if s.state == "draft"] if view.drafts else []
    if line.visible:
        yield edition_page(locale, notice, region)
    for standing in line.visible:
        # Under another name the region has a line of its own, and the edition its one permanent address there.
        if standing.region == region:
            yield permanent_page(locale, notice, region, standing.version.id)
    for older, newer in list_comparisons(line, drafts=view.drafts):
        yield compare_page(locale, notice, region, older, newer)
    if line.visible:
        yield history_page(locale, notice, region)
    for standing in drafts:
        yield draft_page(locale, notice, region, standing.version.id)
