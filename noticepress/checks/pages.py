"""What is checked on pages that were built: they ask nobody else, say all they must, and can be read by everyone."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin, urlsplit

from noticepress.checks.check import check
from noticepress.checks.contrast import find_weak_pairs
from noticepress.checks.desk import Desk
from noticepress.checks.markup import Element, Markup, read_markup
from noticepress.errors import Problem, Source
from noticepress.history import Line, Standing, trace_notice
from noticepress.localize import text_direction

_LOADS: Mapping[str, tuple[str, ...]] = {
    "img": ("src", "srcset"),
    "script": ("src",),
    "iframe": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "form": ("action",),
    "input": ("src",),
}
_LOADING_LINKS = {
    "stylesheet",
    "icon",
    "preload",
    "prefetch",
    "modulepreload",
    "manifest",
    "preconnect",
    "dns-prefetch",
}
_STORES = re.compile(r"document\.cookie|localStorage|sessionStorage|indexedDB|navigator\.sendBeacon")
_CSS_LOADS = re.compile(r"(?:@import\s+(?:url\()?|url\()\s*[\"']?((?:https?:)?//[^\"')\s]+)", re.IGNORECASE)
_HEADERLESS = "a table of data without header cells"


def list_pages(desk: Desk) -> Iterator[Markup]:
    """Every built page, read."""
    for path, text in desk.built.pages.items():
        yield read_markup(path, text)


def find_foreign_requests(desk: Desk) -> Iterator[Problem]:
    """What a built page loads from another host, and what it stores with its reader."""
    for page in list_pages(desk):
        for element, address in _list_loads(page):
            if is_foreign(address):
                told = f"{element.name} asks another host: {address}"
                yield Problem("LC05", page.place(element), told, "serve it from this site, or leave it out")
        for script in page.scripts:
            if found := _STORES.search(script.text):
                told = f"a script uses {found[0]}"
                yield Problem("LC05", page.place(script), told, "store nothing with a reader of a notice")
    loaded = {join_address(page.path, address) for page in list_pages(desk) for _, address in _list_loads(page)}
    for path, text in desk.built.files.items():
        if path.endswith(".css"):
            for found in _CSS_LOADS.finditer(text):
                place = Source(path, text.count("\n", 0, found.start()) + 1)
                told = f"a stylesheet asks another host: {found[1]}"
                yield Problem("LC05", place, told, "serve it from this site, or leave it out")
        elif path.endswith(".js") and path in loaded and (used := _STORES.search(text)):
            place = Source(path, text.count("\n", 0, used.start()) + 1)
            yield Problem("LC05", place, f"a script uses {used[0]}", "store nothing with a reader of a notice")


def join_address(page: str, address: str) -> str:
    """The path in the site of what a page names from where it stands."""
    return urljoin(f"/{page}", address.partition("?")[0].partition("#")[0]).lstrip("/")


def _list_loads(page: Markup) -> Iterator[tuple[Element, str]]:
    for name, keys in _LOADS.items():
        for element in page.find(name):
            for key in keys:
                for part in (
                    element.attributes.get(key, "").split(",") if key == "srcset" else [element.attributes.get(key, "")]
                ):
                    yield element, part.strip().partition(" ")[0]
    for element in page.find("link"):
        if _LOADING_LINKS & set(element.attributes.get("rel", "").split()):
            yield element, element.attributes.get("href", "")


def is_foreign(address: str) -> bool:
    """Whether an address names a host: a page's own parts are named from where it stands."""
    return bool(urlsplit(address.strip()).netloc) and not address.startswith("data:")


# ---- dates and facts that a page must show


_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SHAPE = re.compile(r"text-decoration(?!-color)|border|content\s*:|font-weight")


@check(
    "DV09",
    "error",
    why="Whoever reads or keeps a page must see from when it applies, who answers, and what came before and after.",
    wrong="a page that says neither since when it applies nor which version it is",
    right="dates, version, entity and language in the first lines, and a link to all versions",
    jurisdictions=("us-ca", "us-caloppa", "ca-qc", "us-co", "us-nj"),
)
def find_incomplete_pages(desk: Desk) -> Iterator[Problem]:
    """A built notice page without its dates, version, entity or language, or without links to history and successor."""
    if not desk.built.pages:
        return
    for notice, versions in desk.library.versions.items():
        for line in trace_notice(notice, versions, desk.as_of).values():
            for standing in line.visible:
                for locale in desk.library.settings.locales:
                    yield from _judge_edition(desk, line, standing, locale)


def _judge_edition(desk: Desk, line: Line, standing: Standing, locale: str) -> Iterator[Problem]:
    folder = f"{locale}/{line.notice}/{standing.region}/"
    paths = [f"{folder}{standing.version.id}/index.html"]
    if standing is line.in_force and standing.region == line.region:
        paths.append(f"{folder}index.html")
    for path in paths:
        if path in desk.built.pages:
            page = read_markup(path, desk.built.pages[path])
            for missing in _list_missing(page, standing, locale, is_whole=desk.built.is_whole):
                hint = "add it to templates/pages/edition.html, or build the site again if it is older than the text"
                yield Problem("DV09", page.place(), f"missing {missing}", hint)


def _list_missing(page: Markup, standing: Standing, locale: str, *, is_whole: bool) -> Iterator[str]:
    version = standing.version
    times = {found.attributes.get("datetime", "") for found in page.find("time")}
    if standing.effective.day.isoformat() not in times:
        yield f"the effective date {standing.effective.day}"
    if not _has_fact(page, "dateModified"):
        yield "the date of the last update"
    if version.id not in page.text:
        yield f"the version {version.id}"
    for facts in standing.sealed_region.entities:
        if facts.legal_name not in page.text:
            yield f"who answers: {facts.legal_name}"
    if is_whole and next((found.attributes.get("lang", "") for found in page.find("html")), "") != locale:
        yield f"the language {locale}"
    if not page.links("version-history"):
        yield "a link to all versions"
    if standing.successor and not page.links("successor-version"):
        yield "a link to its successor"
    if standing.until and standing.until.day.isoformat() not in times:
        yield f"until when it applies: {standing.until.day}"


def _has_fact(page: Markup, name: str) -> bool:
    """Whether the page's data for machines (JSON-LD) hold a fact."""
    for script in page.scripts:
        if script.attributes.get("type") == "application/ld+json":
            try:
                if json.loads(script.text).get(name):
                    return True
            except (ValueError, AttributeError):
                continue
    return False


# ---- everyone can read it


@check(
    "AX02",
    "error",
    why="A screen reader speaks a page in the language that it states, and a window is found by its title.",
    wrong="<html> without lang; two pages called Privacy notice",
    right='<html lang="es" dir="ltr">; a title of its own for each page',
)
def find_unnamed_pages(desk: Desk) -> Iterator[Problem]:
    """A built page without language, direction or a title of its own."""
    if not desk.built.is_whole:
        return
    titles: Counter[tuple[str, str]] = Counter()
    for page in list_pages(desk):
        root = next(page.find("html"), None)
        language = root.attributes.get("lang", "") if root else ""
        if not language:
            yield Problem("AX02", page.place(root), "no lang", "state the page's language on <html>")
        elif text_direction(language) == "rtl" and root and root.attributes.get("dir") != "rtl":
            yield Problem("AX02", page.place(root), f"{language} is written from the right: no dir", 'add dir="rtl"')
        if not page.title:
            yield Problem("AX02", page.place(), "no title", "give the page a title of its own")
        elif is_indexed(page):
            titles[language, page.title] += 1
            if titles[language, page.title] == 2:  # noqa: PLR2004 - the second is the first too many
                told = f"the title {page.title!r} is another page's too"
                yield Problem("AX02", page.place(), told, "give each page a title of its own")


def is_indexed(page: Markup) -> bool:
    """Whether search engines may list a page."""
    robots = [found.attributes for found in page.find("meta") if found.attributes.get("name") == "robots"]
    return all("noindex" not in found.get("content", "") for found in robots)


@check(
    "AX03",
    "error",
    why="Whoever sees no colours, or hears the page, must still be told what was inserted and what was deleted.",
    wrong='<span style="color: red">not</span>',
    right="<del>not</del> with a line through it, a legend in words, and a list of the changed sections",
)
def find_unclear_redlines(desk: Desk) -> Iterator[Problem]:
    """A redline without legend or list of changes, or with marks that colour alone shows or that cross blocks."""
    has_redlines = False
    for page in list_pages(desk):
        for mark in page.crossing:
            told = f"<{mark.name}> runs over the end of a block"
            yield Problem("AX03", page.place(mark), told, "mark each block for itself")
        if "/compare/" in page.path:
            has_redlines = True
            yield from _judge_redline(page)
    sheets = "\n".join(text for path, text in desk.built.files.items() if path.endswith(".css"))
    for name in ("ins", "del") if has_redlines and sheets else ():
        rules = [rule[2] for rule in _RULE.finditer(sheets) if re.search(rf"\b{name}\b", rule[1])]
        if not any(_SHAPE.search(rule) for rule in rules):
            told = f"the stylesheet shows <{name}> by colour only"
            yield Problem("AX03", Source("assets"), told, "add a line under or through the words")


def _judge_redline(page: Markup) -> Iterator[Problem]:
    marks = [*page.find("ins"), *page.find("del")]
    classes = {
        name
        for found in page.find("section", "div", "p", "ul", "ol", "dl")
        for name in found.attributes.get("class", "").split()
    }
    if marks and not any("legend" in name for name in classes):
        yield Problem("AX03", page.place(), "the marks are not explained in words", "add a legend to the page")
    if marks and not any(found.attributes.get("href", "").startswith("#") for found in page.find("a")):
        yield Problem("AX03", page.place(), "no list of changes leads to them", "list the changed sections with links")


@check(
    "AX04",
    "error",
    why="Words that are too pale, and tables whose columns nobody names, shut people out.",
    wrong="--np-quiet: #aaa on --np-paper: #fff (2.3:1)",
    right="--np-quiet: #566469 on --np-paper: #fff (6.1:1)",
    jurisdictions=("us-ca", "EAA"),
)
def find_theme_faults(desk: Desk) -> Iterator[Problem]:
    """Colours of the theme with too little contrast, and tables of data without header cells."""
    sheets = {**{p: t for p, t in desk.built.templates.items() if p.endswith(".css")}, **desk.built.files}
    for path, text in sheets.items():
        if path.endswith(".css"):
            for line, told in find_weak_pairs(text):
                yield Problem("AX04", Source(path, line), told, "choose colours with a contrast of 4.5:1 or more")
    for page in list_pages(desk):
        for table in page.find("table"):
            role = table.attributes.get("role", "")
            if role not in {"presentation", "none"} and not page.elements.get("th"):
                yield Problem("AX04", page.place(table), _HEADERLESS, "make its first row header cells")


@check(
    "AX05",
    "warning",
    why="People print notices, keep them, and read them in programs that know no pages.",
    wrong="a theme without print rules; an edition without its plain text beside it",
    right="@media print in the stylesheet; a link to notice.md on each edition",
    jurisdictions=("us-ca", "cn"),
)
def find_missing_forms(desk: Desk) -> Iterator[Problem]:
    """A site without a print style, or editions without plain text beside them."""
    sheets = {path: text for path, text in desk.built.files.items() if path.endswith(".css")}
    if (
        desk.built.pages
        and desk.built.is_whole
        and sheets
        and not any("@media print" in text for text in sheets.values())
    ):
        yield Problem("AX05", Source(min(sheets)), "no rules for print", "add @media print", "warning")
    for notice, versions in desk.library.versions.items():
        for version in versions:
            for region, locale in version.editions:
                path = f"{locale}/{notice}/{region}/{version.id}/index.html"
                if path in desk.built.pages:
                    page = read_markup(path, desk.built.pages[path])
                    if all(not found.attributes.get("href", "").endswith("notice.md") for found in page.find("a")):
                        yield Problem("AX05", page.place(), "no plain text beside it", "link notice.md", "warning")
