"""What a page tells search engines and archives in the words of schema.org, as JSON-LD.

Schema.org has no type for privacy notices: a web page whose main entity is a creative work, as its own discussions
advise. Every type and property used here is one that it defines; the tests hold them against its vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from noticepress.history import Standing
from noticepress.manifest import format_utc
from noticepress.model import Address, Edition, Facts
from noticepress.pages.plan import (
    Page,
    chooser_page,
    edition_page,
    entity_page,
    permanent_page,
    start_page,
)
from noticepress.pages.scene import Scene

PRIVACY_POLICY = "https://www.wikidata.org/wiki/Q1999831"
"""What a privacy notice is in Wikidata, since schema.org has no word for it."""

_DESCENDING = "https://schema.org/ItemListOrderDescending"
_HERE = "#np-title"
"""The anchor that every page has: it tells what a page is about from the page."""

Node = dict[str, Any]


def describe_schema(scene: Scene, described: Mapping[str, Any], title: str) -> Node:
    """A page as JSON-LD; empty where nothing is to be said."""
    match scene.page.kind:
        case "edition" | "permanent":
            more = _describe_edition(scene, described)
        case "history":
            more = _describe_history(scene, described)
        case "entity":
            more = {"@type": "ProfilePage", "mainEntity": describe_entity(scene, described["facts"], whole=True)}
        case "chooser" | "start":
            more = {"@type": "CollectionPage", "mainEntity": _list_items(scene, list(_name_notices(scene, described)))}
        case _:
            return {}
    address = scene.address(scene.page)
    return {
        "@context": "https://schema.org",
        "@id": address,
        "url": address,
        "name": title,
        "inLanguage": scene.locale,
        "isPartOf": _describe_site(scene),
        **_describe_way(scene, described),
        **more,
    }


def _describe_site(scene: Scene) -> Node:
    settings = scene.view.library.settings
    root = scene.address(chooser_page(scene.locale))
    name = scene.words.gettext("Privacy notices of {organisation}", organisation=settings.organisation)
    publisher = {"@type": "Organization", "name": settings.organisation}
    tongues = list(settings.locales)
    return {"@type": "WebSite", "@id": root, "url": root, "name": name, "inLanguage": tongues, "publisher": publisher}


def _describe_way(scene: Scene, described: Mapping[str, Any]) -> Node:
    """The pages above this one."""
    page, say = scene.page, scene.words.gettext
    if page.kind in {"chooser", "start"}:
        return {}
    way: list[tuple[str, Page]] = [(say("All notices"), start_page(page.locale))]
    if page.notice:
        name = scene.plain(described["version"].titles)
        way.append((name, edition_page(page.locale, page.notice, page.region)))
    match page.kind:
        case "permanent":
            way.append((say("version {version}", version=page.version), page))
        case "history":
            way.append((say("Version history"), page))
        case "entity":
            way.append((described["facts"].legal_name, page))
        case _:
            pass
    steps = [
        {
            "@type": "ListItem",
            "position": place,
            "item": {"@type": "WebPage", "@id": scene.address(there), "name": name},
        }
        for place, (name, there) in enumerate(way, 1)
    ]
    return {"breadcrumb": {"@type": "BreadcrumbList", "itemListElement": steps}}


# ---- editions


def _describe_edition(scene: Scene, described: Mapping[str, Any]) -> Node:
    standing: Standing = described["standing"]
    return {
        "@type": "WebPage",
        "dateModified": _find_modified(standing),
        "publisher": [describe_entity(scene, facts) for facts in standing.sealed_region.entities],
        "mainEntity": _describe_work(scene, standing, described["edition"]),
    }


def _find_modified(standing: Standing) -> str:
    """When what is said last changed: never a day that is still to come, where another is known."""
    version = standing.version
    if standing.state == "withdrawn" and version.withdrawn:
        return format_utc(version.withdrawn.instant)
    if standing.state == "announced" and version.announced:
        return format_utc(version.announced)
    return standing.since.day.isoformat()


def _describe_work(scene: Scene, standing: Standing, edition: Edition | None) -> Node:
    """The words of a version for a region in a language, and when they apply."""
    version = standing.version
    work: Node = {
        "@type": "CreativeWork",
        "additionalType": PRIVACY_POLICY,
        "name": scene.plain(version.titles),
        "version": version.id,
        "creativeWorkStatus": standing.state,
        "dateModified": _find_modified(standing),
        "spatialCoverage": {"@type": "Place", "name": scene.plain(standing.sealed_region.names)},
        "publisher": [_refer_entity(scene, facts) for facts in standing.sealed_region.entities],
    }
    if scene.pick(version.audiences)[0]:
        work["audience"] = {"@type": "Audience", "audienceType": scene.plain(version.audiences)}
    if version.announced:
        work["datePublished"] = format_utc(version.announced)
    if standing.has_applied:
        end = standing.until.day.isoformat() if standing.until else ".."
        work["temporalCoverage"] = f"{standing.since.day.isoformat()}/{end}"
        if standing.until:
            work["expires"] = format_utc(standing.until.instant)
    return work | (_describe_words(scene, standing, edition) if edition else {})


def _describe_words(scene: Scene, standing: Standing, edition: Edition) -> Node:
    """An edition: its language, its translations, its hash, and the files it can be had as."""
    address = scene.address(_locate(standing, edition.locale))
    words: Node = {
        "@id": address + _HERE,
        "url": address,
        "inLanguage": edition.locale,
        "identifier": {"@type": "PropertyValue", "propertyID": "sha256", "value": edition.sha256},
        "encoding": list(_list_encodings(scene, address, edition)),
    }
    source = standing.version.authoritative.get(standing.region, "")
    others = [tag for tag in scene.view.library.settings.locales if tag != edition.locale and standing.edition(tag)]
    if source in others:
        words["translationOfWork"] = _refer_words(scene, standing, source)
    elif source == edition.locale and others:
        words["workTranslation"] = [_refer_words(scene, standing, tag) for tag in others]
    return words


def _list_encodings(scene: Scene, address: str, edition: Edition) -> Iterator[Node]:
    text: Node = {"@type": "MediaObject", "contentUrl": f"{address}notice.md", "encodingFormat": "text/markdown"}
    yield text | {"sha256": edition.sha256}
    if edition.locale in scene.view.pdf_locales:
        yield {"@type": "MediaObject", "contentUrl": f"{address}notice.pdf", "encodingFormat": "application/pdf"}


def _refer_words(scene: Scene, standing: Standing, locale: str) -> Node:
    address = scene.address(_locate(standing, locale))
    return {"@type": "CreativeWork", "@id": address + _HERE, "url": address, "inLanguage": locale}


def _locate(standing: Standing, locale: str) -> Page:
    return permanent_page(locale, standing.version.notice, standing.region, standing.version.id)


# ---- lists


def _describe_history(scene: Scene, described: Mapping[str, Any]) -> Node:
    versions = [
        (scene.words.gettext("version {version}", version=row["version"].id), _locate(row["standing"], scene.locale))
        for row in described["rows"]
    ]
    return {"@type": "CollectionPage", "mainEntity": _list_items(scene, versions) | {"itemListOrder": _DESCENDING}}


def _name_notices(scene: Scene, described: Mapping[str, Any]) -> Iterator[tuple[str, Page]]:
    """Every notice in every region, as the lists on the page have them."""
    for place in described["places"]:
        for telling in place.tellings:
            names = (telling.standing.version.titles, telling.standing.sealed_region.names)
            name = " \N{EN DASH} ".join(scene.plain(texts) for texts in names)
            yield name, edition_page(scene.locale, telling.line.notice, telling.line.region)


def _list_items(scene: Scene, items: Sequence[tuple[str, Page]]) -> Node:
    listed = [
        {"@type": "ListItem", "position": place, "name": name, "url": scene.address(page)}
        for place, (name, page) in enumerate(items, 1)
    ]
    return {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": listed}


# ---- people


def _refer_entity(scene: Scene, facts: Facts) -> Node:
    known = facts.entity in scene.view.library.entities
    there = {"@id": scene.address(entity_page(scene.locale, facts.entity)) + _HERE} if known else {}
    return {"@type": "Organization", **there, "name": facts.legal_name}


def describe_entity(scene: Scene, facts: Facts, *, whole: bool = False) -> Node:
    """A legal person by its facts of a day; with its other names and contacts where it is told whole."""
    told = _refer_entity(scene, facts) | {"legalName": facts.legal_name}
    if facts.entity in scene.view.library.entities:
        told["url"] = scene.address(entity_page(scene.locale, facts.entity))
    if facts.address:
        told["address"] = _describe_address(facts.address)
    if facts.register and facts.register.number:
        register = {"@type": "PropertyValue", "value": facts.register.number}
        told["identifier"] = register | ({"propertyID": facts.register.name} if facts.register.name else {})
    if whole:
        if facts.aliases:
            told["alternateName"] = list(facts.aliases)
        if points := list(_list_contacts(facts)):
            told["contactPoint"] = points
    return told


def _describe_address(address: Address) -> Node:
    parts = {
        "streetAddress": address.street,
        "addressLocality": address.locality,
        "addressRegion": address.region,
        "postalCode": address.postal_code,
        "addressCountry": address.country,
    }
    return {"@type": "PostalAddress", **{name: part for name, part in parts.items() if part}}


def _list_contacts(facts: Facts) -> Iterator[Node]:
    """Mail addresses and telephone numbers; what else a contact is, the page tells people."""
    for role, contact in facts.contacts.items():
        if not isinstance(contact, str) or "://" in contact:
            continue
        way = "email" if "@" in contact else "telephone"
        yield {"@type": "ContactPoint", "contactType": role, way: contact.removeprefix("mailto:").removeprefix("tel:")}
