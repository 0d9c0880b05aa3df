"""The small files for machines around the pages: sitemap, robots.txt, and the headers a static host should send."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from noticepress.history import Transition, find_transitions, order_of
from noticepress.manifest import format_utc
from noticepress.model import Settings
from noticepress.pages import Page, View
from noticepress.pages.head import SENT_POLICY, is_indexed
from noticepress.pages.plan import list_locales, start_page, turn_page

Tell = Callable[[Page], datetime | None]
"""Since when a page has said what it says; None where nothing is known."""


def index_files(pages: Iterable[Page], view: View) -> Iterator[tuple[str, bytes]]:
    """Site path and content of each file."""
    listed = [page for page in pages if is_indexed(page)]
    yield "sitemap.xml", make_sitemap(listed, view).encode()
    yield "robots.txt", make_robots(view.library.settings).encode()
    yield "_headers", make_headers(list_versions(view)).encode()


def find_last_changes(view: View) -> Tell:
    """When what is public of a page's notice, or of its entity, last changed; no clock is asked but the view's."""
    library = view.library
    found = find_transitions(library.versions, library.entities.values(), library.settings.zone)
    past = [change for change in found if change.kind != "recent-ends" and not change.is_ahead(view.as_of)]
    shown = {
        (notice, region): {(standing.version.id, standing.region) for standing in line.visible}
        for notice, lines in view.lines.items()
        for region, line in lines.items()
    }
    public = {(notice, *key) for (notice, _), keys in shown.items() for key in keys}

    def concerns(change: Transition, page: Page) -> bool:
        if page.entity:
            return change.entity == page.entity
        if page.notice:
            own = shown[page.notice, page.region]
            return change.notice == page.notice and (change.version, change.region) in own
        return bool(change.entity) or (change.notice, change.version, change.region) in public

    @cache
    def find_last(page: Page) -> datetime | None:
        return max((change.instant for change in past if concerns(change, page)), default=None)

    return lambda page: find_last(Page("", "start", "", page.notice, page.region, entity=page.entity))


def list_versions(view: View) -> tuple[str, ...]:
    """The name of every public version, oldest first."""
    names = {s.version.id for lines in view.lines.values() for line in lines.values() for s in line.visible}
    return tuple(sorted(names, key=order_of))


def make_sitemap(pages: Iterable[Page], view: View) -> str:
    """The pages a search engine should know, each with its other languages. Without a site address it lists nothing."""
    settings, tell = view.library.settings, find_last_changes(view)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for page in pages if settings.site_url else ():
        lines.append(f"  <url><loc>{escape(settings.site_url + page.path)}</loc>")
        if changed := tell(page):
            lines.append(f"    <lastmod>{format_utc(changed)}</lastmod>")
        for tag in list_locales(view, page):
            other = start_page(tag) if page.kind == "chooser" else turn_page(page, tag)
            lines.append(_alternate(tag, settings.site_url + other.path))
        lines.append(_alternate("x-default", settings.site_url))
        lines.append("  </url>")
    lines.append("</urlset>")
    return "\n".join(lines) + "\n"


def _alternate(language: str, address: str) -> str:
    return f'    <xhtml:link rel="alternate" hreflang={quoteattr(language)} href={quoteattr(address)}/>'


def make_robots(settings: Settings) -> str:
    """Everyone may read everything; what should not be listed says so itself."""
    sitemap = f"Sitemap: {settings.site_url}sitemap.xml\n" if settings.site_url else ""
    return f"User-agent: *\nDisallow:\n{sitemap}"


def make_headers(versions: Iterable[str]) -> str:
    """Headers in the form that static hosts read: nothing is loaded from elsewhere, no address is passed on.

    What lies below a version's name or below compare/ is for citing and not for search engines. `:name` stands for one
    folder and `*` for anything; a rule for each version and none for each page, since some hosts take only a hundred.
    """
    feed = {"Content-Type": "application/feed+json; charset=utf-8", "Access-Control-Allow-Origin": "*"}
    rules = [
        (
            "/*",
            {
                "Content-Security-Policy": SENT_POLICY,
                "X-Content-Type-Options": "nosniff",
                "Referrer-Policy": "no-referrer",
                "X-DNS-Prefetch-Control": "off",
                "Permissions-Policy": "geolocation=(), camera=(), microphone=(), interest-cohort=()",
                "Cross-Origin-Opener-Policy": "same-origin",
            },
        ),
        ("/*.atom", {"Content-Type": "application/atom+xml; charset=utf-8"}),
        ("/changes*.json", feed),
        ("/*/changes*.json", feed),
        ("/notices.json", {"Access-Control-Allow-Origin": "*"}),
        ("/manifest.json", {"Access-Control-Allow-Origin": "*"}),
        ("/schemas/*", {"Content-Type": "application/schema+json; charset=utf-8"}),
        ("/*/notice.md", {"Content-Type": "text/markdown; charset=utf-8"}),
    ]
    folders = ("compare", *versions)
    archive = [(f"/:locale/:notice/:region/{folder}/*", {"X-Robots-Tag": "noindex"}) for folder in folders]
    blocks = []
    for path, headers in (*rules, *archive):
        blocks.append("\n".join([path, *(f"  {name}: {value}" for name, value in headers.items())]))
    return "\n".join(blocks) + "\n"
