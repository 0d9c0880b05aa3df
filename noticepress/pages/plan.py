"""The pages of a site and their addresses, as docs/site.md lists them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from noticepress.history import Line, Standing
from noticepress.pages.view import View

Kind = Literal[
    "chooser", "start", "edition", "permanent", "compare", "choice", "regions", "languages",
    "history", "since", "entity", "search", "link", "not-found", "draft", "receipt",
]  # fmt: skip

COMPARING: frozenset[Kind] = frozenset({"compare", "choice", "regions", "languages"})
"""The pages that hold texts against each other: below `compare/`, for readers and not for search engines."""

UNLISTED: frozenset[Kind] = COMPARING | {"permanent", "receipt", "since", "search", "link", "draft", "not-found"}
"""What search engines may not keep: old versions, which are for citing, and pages that only answer a question."""

SHEETS: Mapping[str, frozenset[Kind]] = {
    "redline.css": COMPARING | {"draft"},
    "history.css": frozenset({"history", "since", "choice"}),
    "finding.css": frozenset({"chooser", "start", "link", "not-found"}),
    "search.css": frozenset({"search"}),
    "receipt.css": frozenset({"receipt"}),
}
"""Style sheets beside the one that every page has, so that a first visit waits for no rule of other pages."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its address from the site's root (folders end with a slash, the chooser is empty) and what it shows.

    `locale` is that of the interface; the chooser and the page for what is not found are in the source locale. A
    comparison goes from `older` to `version`, or to the region or the language that is `other`.
    """

    path: str
    kind: Kind
    locale: str
    notice: str = ""
    region: str = ""
    version: str = ""
    older: str = ""
    entity: str = ""
    other: str = ""


def chooser_page(locale: str) -> Page:
    """The page at the root: every territory, every language."""
    return Page("", "chooser", locale)


def start_page(locale: str) -> Page:
    """All notices in a language."""
    return Page(f"{locale}/", "start", locale)


def link_page(locale: str) -> Page:
    """What the owners of other sites put into them to link to this one."""
    return Page(f"{locale}/link/", "link", locale)


def edition_page(locale: str, notice: str, region: str) -> Page:
    """The edition in force, wherever it may go from version to version."""
    return Page(f"{locale}/{notice}/{region}/", "edition", locale, notice, region)


def permanent_page(locale: str, notice: str, region: str, version: str) -> Page:
    """The address of one edition for ever."""
    return Page(f"{locale}/{notice}/{region}/{version}/", "permanent", locale, notice, region, version)


def receipt_page(locale: str, notice: str, region: str, version: str) -> Page:
    """A sheet that names one edition and how to check its text, to be printed."""
    return Page(f"{locale}/{notice}/{region}/{version}/receipt/", "receipt", locale, notice, region, version)


def compare_page(locale: str, notice: str, region: str, older: str, newer: str) -> Page:
    """The redline from one version to another."""
    path = f"{locale}/{notice}/{region}/compare/{older}/{newer}/"
    return Page(path, "compare", locale, notice, region, newer, older)


def choice_page(locale: str, notice: str, region: str) -> Page:
    """Where any two versions are chosen, and compared where no redline of the two was made beforehand."""
    return Page(f"{locale}/{notice}/{region}/compare/", "choice", locale, notice, region)


def regions_page(locale: str, notice: str, region: str, other: str) -> Page:
    """How what is in force in a region differs from what is in force in another."""
    path = f"{locale}/{notice}/{region}/compare/regions/{other}/"
    return Page(path, "regions", locale, notice, region, other=other)


def languages_page(locale: str, notice: str, region: str, other: str) -> Page:
    """What is in force in a language, beside the same in the authoritative one."""
    path = f"{locale}/{notice}/{region}/compare/languages/{other}/"
    return Page(path, "languages", locale, notice, region, other=other)


def history_page(locale: str, notice: str, region: str) -> Page:
    """All versions of a line."""
    return Page(f"{locale}/{notice}/{region}/history/", "history", locale, notice, region)


def since_page(locale: str, notice: str, region: str) -> Page:
    """What applied on a day, and what has changed since."""
    return Page(f"{locale}/{notice}/{region}/since/", "since", locale, notice, region)


def entity_page(locale: str, entity: str) -> Page:
    """Who an entity is and what it answers for."""
    return Page(f"{locale}/entities/{entity}/", "entity", locale, entity=entity)


def search_page(locale: str) -> Page:
    """Where a reader searches the notices in a language."""
    return Page(f"{locale}/search/", "search", locale)


def search_data(locale: str) -> str:
    """The file with the sections of what is in force in a language."""
    return f"{locale}/search.json"


def archive_data(locale: str) -> str:
    """The file with the sections of all other versions in a language."""
    return f"{locale}/search-archive.json"


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


def list_other_regions(view: View, notice: str, region: str) -> tuple[str, ...]:
    """The regions whose notice in force can be held against that of a region; none where it has none in force."""
    speaking = [name for name, line in view.lines[notice].items() if line.in_force and line.in_force.region == name]
    return tuple(name for name in speaking if name != region) if region in speaking else ()


def find_authoritative(view: View, locale: str, notice: str, region: str) -> str:
    """The language whose text decides in a region, where it can be set beside that of `locale`; else an empty text."""
    standing = view.lines[notice][region].in_force
    if standing is None:
        return ""
    tag = standing.version.authoritative.get(standing.region, "")
    is_there = tag != locale and all(
        standing.edition(name) and (standing.region, name) not in standing.version.removals for name in (tag, locale)
    )
    return tag if is_there else ""


def has_text(standing: Standing) -> bool:
    """Whether a version says something in a region, in any language."""
    return any(region == standing.region for region, _ in standing.version.editions)


def has_choice(line: Line) -> bool:
    """Whether a line has two versions to choose from."""
    return len(line.visible) > 1


def has_past(line: Line) -> bool:
    """Whether some version of a line has been in force, or will be, so that one can ask what applied on a day."""
    return any(standing.has_applied for standing in line.visible)


def list_locales(view: View, page: Page) -> tuple[str, ...]:
    """The languages in which a page is there: all of the site's, but where it sets one language beside another."""
    locales = view.library.settings.locales
    if page.kind != "languages":
        return locales
    return tuple(tag for tag in locales if find_authoritative(view, tag, page.notice, page.region) == page.other)


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
        pages.append(search_page(locale))
        pages.append(link_page(locale))
    return (*pages, not_found_page(settings.source_locale))


def _plan_line(view: View, locale: str, notice: str, region: str) -> Iterator[Page]:
    line = view.lines[notice][region]
    drafts = [s for s in line.standings if s.state == "draft"] if view.drafts else []
    if line.visible:
        yield edition_page(locale, notice, region)
    for standing in line.visible:
        # Under another name the region has a line of its own, and the edition its one permanent address there.
        if standing.region == region:
            yield from _plan_version(locale, notice, standing)
    for older, newer in list_comparisons(line, drafts=view.drafts):
        yield compare_page(locale, notice, region, older, newer)
    if has_choice(line):
        yield choice_page(locale, notice, region)
    for other in list_other_regions(view, notice, region):
        yield regions_page(locale, notice, region, other)
    if other := find_authoritative(view, locale, notice, region):
        yield languages_page(locale, notice, region, other)
    if line.visible:
        yield from _plan_past(line, locale)
    for standing in drafts:
        yield draft_page(locale, notice, region, standing.version.id)


def _plan_version(locale: str, notice: str, standing: Standing) -> Iterator[Page]:
    yield permanent_page(locale, notice, standing.region, standing.version.id)
    if has_text(standing):
        yield receipt_page(locale, notice, standing.region, standing.version.id)


def _plan_past(line: Line, locale: str) -> Iterator[Page]:
    yield history_page(locale, line.notice, line.region)
    if has_past(line):
        yield since_page(locale, line.notice, line.region)
