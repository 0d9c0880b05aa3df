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
    Page,
    chooser_page,
    edition_page,
    history_page,
    list_locales,
    start_page,
    turn_page,
)
from noticepress.pages.scene import Scene

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
    return page.kind not in {"permanent", "since", "draft", "not-found", *COMPARING}


def describe_head(scene: Scene, described: Mapping[str, Any]) -> Head:
    """The head of a page, from what its body says."""
    title, description = _tell(scene, described)
    organisation = scene.view.library.settings.organisation
    return Head(
        title=title if organisation in title else title + _DASH + organisation,
        description=description[:_DESCRIPTION_LENGTH],
        is_indexed=is_indexed(scene.page),
        links=(*_list_stylesheets(scene), *_list_links(scene, described)),
        schema=_describe_schema(scene, described, title),
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
        case "entity":
            name = described["facts"].legal_name
            return name, say("Who {name} is, what it answers for, and how to reach it.", name=name)
        case _:
            return _tell_line(scene, described)


def _tell_line(scene: Scene, described: Mapping[str, Any]) -> tuple[str, str]:
    """Title and description of a page that belongs to a line."""
    say, page = scene.words.gettext, scene.page
    parts = [scene.plain(described["version"].titles), scene.plain(described["region"].names)]
    day = format_date(described["standing"].effective.day, scene.locale)
    description = f"{parts[0]}. {parts[1]}."
    if described["is_dated"]:
        description += f" {say('Applies from {date}.', date=day)}"
    match page.kind:
        case "history":
            parts.insert(0, say("Version history"))
            description = say("All versions of this notice, with their dates and changes.")
        case "since":
            parts.insert(0, say("What changed since a day"))
            description = ""
        case "compare":
            parts.insert(
                0, say("Changes from version {older} to version {newer}", older=page.older, newer=page.version)
            )
            description = scene.pick(described["record"].summary)[0].strip()
        case "choice":
            parts.insert(0, say("Compare two versions"))
            description = ""
        case "regions":
            names = scene.plain(described["other_region"].names)
            parts.insert(0, say("Differences from the notice for: {region}", region=names))
            description = ""
        case "languages":
            parts.insert(0, described["heading"])
            description = ""
        case "permanent":
            parts.append(say("version {version}", version=page.version))
        case "draft":
            parts.append(say("Draft: not published"))
        case _:
            pass
    return _DASH.join(parts), description


def _list_stylesheets(scene: Scene) -> Iterator[Mapping[str, str]]:
    """Those that not every page has."""
    if scene.page.kind in {"draft", *COMPARING}:
        yield {"rel": "stylesheet", "href": scene.link("assets/stylesheets/redline.css")}


def _list_links(scene: Scene, described: Mapping[str, Any]) -> Iterator[Mapping[str, str]]:
    page = scene.page
    if page.kind == "not-found":
        return
    if page.kind != "draft":
        yield {"rel": "canonical", "href": scene.address(page)}
        for tag in list_locales(scene.view, page):
            other = turn_page(page, tag)
            yield {
                "rel": "alternate",
                "hreflang": tag,
                "href": scene.address(start_page(tag) if page.kind == "chooser" else other),
            }
        yield {"rel": "alternate", "hreflang": "x-default", "href": scene.address(chooser_page(page.locale))}
    feeds = (("changes.atom", "application/atom+xml"), ("changes.json", "application/feed+json"))
    folder = ""
    if page.notice:
        folder = f"{page.locale}/{page.notice}/{page.region}/"
        yield {"rel": "latest-version", "href": scene.address(edition_page(page.locale, page.notice, page.region))}
        yield {"rel": "version-history", "href": scene.address(history_page(page.locale, page.notice, page.region))}
        if page.kind not in COMPARING:
            yield from _list_neighbours(scene, described)
    title = scene.words.gettext("Changes")
    for name, kind in feeds:
        yield {"rel": "alternate", "type": kind, "title": title, "href": scene.address(folder + name)}


def _list_neighbours(scene: Scene, described: Mapping[str, Any]) -> Iterator[Mapping[str, str]]:
    for relation, key in (("predecessor-version", "previous"), ("successor-version", "following")):
        standing: Standing | None = described[key]
        if standing is not None:
            target = permanent_of(scene.locale, scene.page.notice, standing)
            yield {"rel": relation, "href": scene.address(target)}


def _describe_schema(scene: Scene, described: Mapping[str, Any], title: str) -> Mapping[str, Any]:
    """Schema.org has no type for privacy notices: a web page about a creative work, as its own discussions advise."""
    page = scene.page
    if page.kind not in {"edition", "permanent"}:
        return {}
    standing: Standing = described["standing"]
    edition = described["edition"]
    work: dict[str, Any] = {
        "@type": "CreativeWork",
        "additionalType": "https://www.wikidata.org/wiki/Q1999831",
        "name": scene.plain(standing.version.titles),
        "version": standing.version.id,
        "temporalCoverage": standing.effective.day.isoformat()
        + "/"
        + (standing.until.day.isoformat() if standing.until else ".."),
        "spatialCoverage": scene.plain(standing.sealed_region.names),
        "publisher": [{"@type": "Organization", "name": facts.legal_name} for facts in standing.sealed_region.entities],
        "creativeWorkStatus": standing.state,
    }
    if edition is not None:
        work["inLanguage"] = edition.locale
        work["identifier"] = {"@type": "PropertyValue", "propertyID": "sha256", "value": edition.sha256}
    if standing.until:
        work["expires"] = standing.until.instant.isoformat()
    return {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": title,
        "inLanguage": page.locale,
        "url": scene.address(page),
        "dateModified": standing.since.day.isoformat(),
        "mainEntity": work,
    }
