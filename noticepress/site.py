"""The whole flow on one screen: a library and an instant to everything a site consists of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from noticepress.compose import DRAFT, ComposeDraft, compose_draft, says_the_same
from noticepress.documents import input_schemas
from noticepress.errors import OutsideError
from noticepress.feeds import feed_files
from noticepress.history import Line, trace_notice
from noticepress.indexes import index_files
from noticepress.manifest import build_manifest, build_notices
from noticepress.model import AsOf, Library, Version
from noticepress.pages import Fragment, Page, View, make_environment, plan_pages, render_page
from noticepress.pages.finding import PLACES_PATH, describe_names
from noticepress.pages.plan import permanent_page
from noticepress.pages.scene import Scene
from noticepress.pages.surviving import section_files
from noticepress.printing import Printer, Unprintable, describe_paper
from noticepress.schemas import output_schemas
from noticepress.searching import search_files
from noticepress.stylesheets import make_stylesheets

Lines = Mapping[str, Mapping[str, Line]]


@dataclass(frozen=True, slots=True)
class Site:
    """What a site consists of at an instant: pages to render one by one, and files that are ready."""

    view: View
    pages: tuple[Page, ...]
    printer: Printer | None = None

    def render(self, page: Page) -> Fragment:
        """One page's parts."""
        return render_page(page, self.view)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Site path and content of everything that is not a page: sealed texts, feeds, data, schemas, indexes."""
        view = self.view
        settings = view.library.settings
        yield from sealed_texts(view.lines)
        if self.printer is not None:
            yield from print_editions(view, self.printer)
        yield from section_files(view)
        yield from feed_files(view.lines, settings)
        yield "manifest.json", _json(build_manifest(view.lines, view.library.versions, settings))
        yield "notices.json", _json(build_notices(view.lines, view.library, view.as_of))
        yield PLACES_PATH, json.dumps(describe_names(view), ensure_ascii=False, separators=(",", ":")).encode()
        for name, schema in {**input_schemas(), **output_schemas()}.items():
            yield f"schemas/{name}", _json(schema)
        yield from index_files(self.pages, view)
        yield from search_files(view)
        yield from make_stylesheets(view)
        yield from ((logo.path, logo.content) for logo in (settings.look.logo, settings.look.dark_logo) if logo)


def build_site(
    library: Library,
    as_of: AsOf,
    templates: Iterable[Path],
    *,
    drafts: bool = False,
    compose: ComposeDraft = compose_draft,
    printer: Printer | None = None,
) -> Site:
    """Everything a site consists of at `as_of`; `templates` are folders with pages/ and theme/; the first wins."""
    prepared = compose_drafts(library, as_of, compose) if drafts else {}
    lines = {}
    for name in library.notices:
        versions = [*library.versions.get(name, ()), *([prepared[name]] if name in prepared else [])]
        if versions:
            traced = trace_notice(name, versions, as_of)
            lines[name] = {region: line for region, line in traced.items() if _is_told(line)}
    environment = make_environment([folder / part for part in ("pages", "theme") for folder in templates])
    printed = printer.locales if printer else frozenset()
    view = View(library, lines, as_of, environment, drafts=drafts, pdf_locales=printed)
    return Site(view, plan_pages(view), printer)


def _is_told(line: Line) -> bool:
    """Whether something is public or drafted under the region's own name; until then its predecessor speaks."""
    return any(s.region == line.region and (s.is_visible or s.state == "draft") for s in line.standings)


def compose_drafts(library: Library, as_of: AsOf, compose: ComposeDraft = compose_draft) -> dict[str, Version]:
    """Each notice's working text as the version it would become, where there is one and it says something new."""
    drafts = {}
    for name in library.notices:
        if not any(notice == name for notice, _ in library.texts):
            continue
        draft = compose(library, name, as_of).version
        if name not in library.next_versions:
            editions = {key: replace(edition, version=DRAFT) for key, edition in draft.editions.items()}
            draft = replace(draft, id=DRAFT, editions=editions)
        newest = library.find_newest(name)
        if name in library.next_versions or not newest or not says_the_same(draft, newest):
            drafts[name] = draft
    return drafts


def sealed_texts(lines: Lines) -> Iterator[tuple[str, bytes]]:
    """`notice.md` beside each permanent edition: the sealed text, byte for byte."""
    done: set[str] = set()
    for by_region in lines.values():
        for line in by_region.values():
            for standing in line.visible:
                for (region, locale), edition in standing.version.editions.items():
                    path = f"{locale}/{edition.notice}/{region}/{edition.version}/notice.md"
                    if region == standing.region and path not in done:
                        done.add(path)
                        yield path, edition.text.encode()


def print_editions(view: View, printer: Printer) -> Iterator[tuple[str, bytes]]:
    """`notice.pdf` beside each permanent edition that can be printed. Raises OutsideError for one that cannot."""
    for notice, lines in view.lines.items():
        for line in lines.values():
            for standing in line.visible:
                for (region, locale), edition in standing.version.editions.items():
                    if region != line.region or standing.region != region or locale not in printer.locales:
                        continue
                    page = permanent_page(locale, notice, region, standing.version.id)
                    paper = describe_paper(Scene(page, view), standing, edition)
                    try:
                        yield f"{page.path}notice.pdf", printer.print_paper(paper, standing.effective.instant)
                    except Unprintable as error:
                        raise OutsideError(f"{page.path}notice.pdf cannot be printed: {error}") from error


def _json(data: Mapping[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
