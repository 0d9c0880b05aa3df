"""What a page tells machines: what it is, where it belongs, and what stands before and after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from noticepress.history import Standing
from noticepress.localize import format_date
from noticepress.pages.editions import permanent_of
from noticepress.pages.plan import (
    COMPARING,
    SHEETS,
    UNLISTED,
    Kind,
    Page,
    chooser_page,
    edition_page,
    history_page,
    list_locales,
    start_page,
    turn_page,
)
from noticepress.pages.scene import Scene
from noticepress.pages.schema import describe_schema

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; base-uri 'self'; form-action 'self'"
)
"""What a page may load and run, for its browser: files of this site, and no code or style in the page itself."""

SENT_POLICY = f"{POLICY}; frame-ancestors 'none'"
"""The same as a server sends it, with what browsers take only from a header."""

_DESCRIPTION_LENGTH = 300
_DASH = " \N{EN DASH} "


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a page. Links are attributes; `schema` is JSON-LD, empty where nothing is to be said."""

    title: str
    description: str
    is_indexed: bool
    links: tuple[Mapping[str, str], ...]
    schema: Mapping[str, Any]


def is_indexed(page: Page) -> bool:
    """Whether search engines may keep a page: only what stays true at its address; old versions are for citing."""
    return page.kind not in UNLISTED


def describe_head(scene: Scene, described: Mapping[str, Any]) -> Head:
    """The head of a page, from what its body says."""
    title, description = _tell(scene, described)
    organisation = scene.view.library.settings.organisation
    return Head(
        title=title if organisation in title else title + _DASH + organisation,
        description=description[:_DESCRIPTION_LENGTH],
        is_indexed=is_indexed(scene.page),
        links=(*_list_stylesheets(scene), *_list_links(scene, described)),
        schema=describe_schema(scene, described, title),
    )


def _tell(scene: Scene, described: Mapping[str, Any]) -> tuple[str, str]:
    """Title and description, in plain text."""
    say = scene.words.gettext
    match scene.page.kind:
        case "chooser" | "start":
            title = say("Privacy notices of {organisation}", organisation=scene.view.library.settings.organisation)
            if scene.page.kind == "chooser":
                title += _DASH + say("all places and languages")
            return title, say("Find the privacy notice for the place where you live, in your language.")
        case "not-found":
            return say("Page not found"), ""
        case "search":
            return say("Search the privacy notices"), ""
        case "link":
            return say("Link to these notices"), say(
                "The link for the footer of your website or product, ready to copy."
            )
        case "entity":
            name = described["facts"].legal_name
            return name, say("Who {name} is, what it answers for, and how to reach it.", name=name)
        case _:
            return _tell_line(scene, described)


def _tell_line(scene: Scene, described: Mapping[str, Any]) -> tuple[str, str]:
    """Title and description of a page that belongs to a line."""
    say = scene.words.gettext
    names = [scene.plain(described["version"].titles), scene.plain(described["region"].names)]
    before, after = _name_line(scene, described)
    title = _DASH.join(filter(None, [before, *names, after]))
    match scene.page.kind:
        case "history":
            return title, say("All versions of this notice, with their dates and changes.")
        case "compare":
            return title, scene.pick(described["record"].summary)[0].strip()
        case "edition" | "permanent" | "draft":
            day = format_date(described["standing"].effective.day, scene.locale)
            applies = f" {say('Applies from {date}.', date=day)}" if described["is_dated"] else ""
            return title, f"{names[0]}. {names[1]}.{applies}"
        case _:
            return title, ""


def _name_line(scene: Scene, described: Mapping[str, Any]) -> tuple[str, str]:
    """What is said before the names of notice and region, and what after them."""
    say, page = scene.words.gettext, scene.page
    before: Mapping[Kind, str] = {
        "history": say("Version history"),
        "since": say("What changed since a day"),
        "compare": say("Changes from version {older} to version {newer}", older=page.older, newer=page.version),
        "choice": say("Compare two versions"),
        "languages": described.get("heading", ""),
        "receipt": say("Receipt"),
    }
    after: Mapping[Kind, str] = {
        "permanent": say("version {version}", version=page.version),
        "receipt": say("version {version}", version=page.version),
        "draft": say("Draft: not published"),
    }
    if page.kind == "regions":
        other = scene.plain(described["other_region"].names)
        return say("Differences from the notice for: {region}", region=other), ""
    return before.get(page.kind, ""), after.get(page.kind, "")


def _list_stylesheets(scene: Scene) -> Iterator[Mapping[str, str]]:
    """Those that not every page has."""
    for name, kinds in SHEETS.items():
        if scene.page.kind in kinds:
            yield {"rel": "stylesheet", "href": scene.link(f"assets/stylesheets/{name}")}


def _list_links(scene: Scene, described: Mapping[str, Any]) -> Iterator[Mapping[str, str]]:
    page = scene.page
    if page.kind not in {"draft", "not-found"}:
        yield {"rel": "canonical", "href": scene.address(page)}
        for tag in list_locales(scene.view, page):
            other = turn_page(page, tag)
            yield {
                "rel": "alternate",
                "hreflang": tag,
                "href": scene.address(start_page(tag) if page.kind == "chooser" else other),
            }
        yield {"rel": "alternate", "hreflang": "x-default", "href": scene.address(chooser_page(page.locale))}
    if page.notice:
        yield {"rel": "latest-version", "href": scene.address(edition_page(page.locale, page.notice, page.region))}
        yield {"rel": "version-history", "href": scene.address(history_page(page.locale, page.notice, page.region))}
        if page.kind not in COMPARING:
            yield from _list_neighbours(scene, described)
    yield from _list_feeds(scene, described)


def _list_feeds(scene: Scene, described: Mapping[str, Any]) -> Iterator[Mapping[str, str]]:
    """The feeds a reader's program finds here: that of the page's own line first, then that of everything."""
    page, settings = scene.page, scene.view.library.settings
    feeds = {"": settings.site_name or settings.organisation}
    if page.notice:
        names = (described["version"].titles, described["region"].names)
        feeds = {f"{page.locale}/{page.notice}/{page.region}/": " · ".join(map(scene.plain, names)), **feeds}
    for folder, name in feeds.items():
        title = scene.words.gettext("{name}: changes", name=name)
        for file, kind in (("changes.atom", "application/atom+xml"), ("changes.json", "application/feed+json")):
            yield {"rel": "alternate", "type": kind, "title": title, "href": scene.address(folder + file)}


def _list_neighbours(scene: Scene, described: Mapping[str, Any]) -> Iterator[Mapping[str, str]]:
    for relation, key in (("predecessor-version", "previous"), ("successor-version", "following")):
        standing: Standing | None = described[key]
        if standing is not None:
            target = permanent_of(scene.locale, scene.page.notice, standing)
            yield {"rel": relation, "href": scene.address(target)}
