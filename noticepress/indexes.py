"""The small files for machines around the pages: sitemap, robots.txt, and the headers a static host should send."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from noticepress.model import Settings
from noticepress.pages import Page
from noticepress.pages.head import SENT_POLICY, is_indexed


def index_files(pages: Iterable[Page], settings: Settings) -> Iterator[tuple[str, bytes]]:
    """Site path and content of each file."""
    listed = [page for page in pages if is_indexed(page)]
    yield "sitemap.xml", make_sitemap(listed, settings).encode()
    yield "robots.txt", make_robots(settings).encode()
    yield "_headers", make_headers(settings).encode()


def make_sitemap(pages: Iterable[Page], settings: Settings) -> str:
    """The pages a search engine should know, each with its other languages. Without a site address it lists nothing."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    listed = list(pages) if settings.site_url else []
    paths = {page.path for page in listed}
    for page in listed:
        lines.append(f"  <url><loc>{escape(settings.site_url + page.path)}</loc>")
        rest = page.path.removeprefix(page.locale) if page.locale and page.path.startswith(page.locale + "/") else None
        if rest is not None:
            others = [locale for locale in settings.locales if locale + rest in paths]
            lines.extend(_alternate(locale, settings.site_url + locale + rest) for locale in others)
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


def make_headers(settings: Settings) -> str:
    """Headers in the form that static hosts read: nothing is loaded from elsewhere, no address is passed on."""
    feed = {"Content-Type": "application/feed+json; charset=utf-8", "Access-Control-Allow-Origin": "*"}
    rules = [
        (
            "/*",
            {
                "Content-Security-Policy": SENT_POLICY,
                "X-Content-Type-Options": "nosniff",
                "Referrer-Policy": "no-referrer",
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
    archive = [(f"/{locale}/*/compare/*", {"X-Robots-Tag": "noindex"}) for locale in settings.locales]
    blocks = []
    for path, headers in (*rules, *archive):
        blocks.append("\n".join([path, *(f"  {name}: {value}" for name, value in headers.items())]))
    return "\n".join(blocks) + "\n"
