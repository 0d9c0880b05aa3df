"""A page of a feed as Atom (RFC 4287, archives after RFC 5005) and as JSON Feed 1.1."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree as ET

from markupsafe import escape

from noticepress.feeds.entries import Entry, make_tag
from noticepress.feeds.paging import Feed, FeedPage, name_page
from noticepress.localize import format_date, format_instant, text_direction, words
from noticepress.manifest import format_effective, format_utc
from noticepress.model import Settings

NAMESPACE = "tag:noticepress.invalid,2026:changes"
HISTORY_NAMESPACE = "http://purl.org/syndication/history/1.0"

# A feed has no effective date of its own, and what it is called must never change: any year, for ever.
_FEED_YEAR = 2005

# For feeds that have no entry yet: Atom asks for a date, and there is none to tell.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _locate(path: str, feed: Feed, settings: Settings) -> str:
    """An absolute address; where the site has none, one relative to the feed."""
    return settings.site_url + path if settings.site_url else "../" * feed.folder.count("/") + path


def _locate_entry(entry: Entry, feed: Feed, settings: Settings) -> tuple[str, str]:
    """Where an entry's edition stands, and its redline; empty where there is none."""
    return _locate(entry.url, feed, settings), _locate(entry.compare, feed, settings) if entry.compare else ""


# ---- words of an entry


@lru_cache(maxsize=1 << 14)
def _render_content(entry: Entry, url: str, compare: str) -> str:
    """What a feed reader shows, as HTML: the summary, since when and how much, and where the words are."""
    say = words(entry.locale).gettext
    parts = [f"<div{_say_language(entry.locale)}>"]
    if entry.summary:
        parts.append(f"<p{_say_language(entry.summary_locale)}>{escape(entry.summary)}</p>")
    parts.append(f"<p>{escape(_say_application(entry))}<br>{escape(_say_kind(entry))}</p>")
    parts.append(f'<p><a href="{escape(url)}">{escape(say("Full text"))}</a>')
    if compare:
        parts.append(f' · <a href="{escape(compare)}">{escape(say("What changed"))}</a>')
    return "".join([*parts, "</p></div>"])


def _say_language(locale: str) -> str:
    return f' lang="{escape(locale)}" dir="{text_direction(locale)}"'


def _say_effective(entry: Entry) -> str:
    """The day, and its first instant where the zone is known; an assumed one is not told as a fact."""
    effective = entry.effective
    if effective.assumed:
        return format_date(effective.day, entry.locale)
    return format_instant(effective.instant, effective.zone, entry.locale)


def _say_application(entry: Entry) -> str:
    say = words(entry.locale).gettext
    if entry.kind == "withdrawn":
        return say(
            "This version was withdrawn before it applied. It would have applied from {date}.",
            date=_say_effective(entry),
        )
    return say("Applies from {date}.", date=_say_effective(entry))


def _say_kind(entry: Entry) -> str:
    """What happened, in a word: a translation that came late changes nothing."""
    say = words(entry.locale).gettext
    match entry.kind:
        case "translation-added":
            return say("translation added")
        case "correction":
            return f"{say('correction')}, {_say_class(entry)}"
        case "withdrawn":
            return say("withdrawn")
        case "version":
            return _say_class(entry)


def _say_class(entry: Entry) -> str:
    say = words(entry.locale).gettext
    match entry.change_class:
        case "material":
            return say("material change")
        case "minor":
            return say("minor change")
        case "editorial":
            return say("editorial change")


# ---- Atom


def render_atom(page: FeedPage, settings: Settings) -> str:
    """A page as an Atom document; archives are those of RFC 5005.

    An archive names no later one: the day it is written is the last on which its bytes change.
    """
    feed = page.feed
    root = ET.Element(
        "feed",
        {
            "xmlns": "http://www.w3.org/2005/Atom",
            "xmlns:np": NAMESPACE,
            "xmlns:fh": HISTORY_NAMESPACE,
            "xml:lang": feed.language,
        },
    )
    _add(root, "id", make_tag((f"{feed.folder}changes",), _FEED_YEAR, settings))
    _add(root, "title", feed.title)
    _add(root, "updated", format_utc(page.entries[0].updated if page.entries else _NEVER))
    _add(_add(root, "author"), "name", settings.organisation)
    relations = {
        "self": page.number,
        **({"current": 0} if page.number else {}),
        **({"prev-archive": page.older} if page.older else {}),
    }
    for relation, number in relations.items():
        address = _locate(feed.folder + name_page(number, "atom"), feed, settings)
        _add(root, "link", rel=relation, href=address, type="application/atom+xml")
    _add(root, "link", rel="alternate", href=_locate(feed.folder, feed, settings) or "./", type="text/html")
    if page.number:
        _add(root, "fh:archive")
    for entry in page.entries:
        _add_entry(root, entry, feed, settings)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _add_entry(root: ET.Element, entry: Entry, feed: Feed, settings: Settings) -> None:
    element = _add(root, "entry", **{"xml:lang": entry.locale})
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "updated", format_utc(entry.updated))
    if entry.announced:
        _add(element, "published", format_utc(entry.announced))
    url, compare = _locate_entry(entry, feed, settings)
    link = {"type": "text/html", "hreflang": entry.locale}
    _add(element, "link", rel="alternate", href=url, **link)
    if compare:
        _add(element, "link", rel="related", href=compare, **link)
    _add(element, "category", term=entry.change_class, label=_say_class(entry))
    if entry.summary:
        _add(element, "summary", entry.summary, **{"xml:lang": entry.summary_locale})
    _add(element, "content", _render_content(entry, url, compare), type="html")
    facts = {"notice": entry.notice, "version": entry.version, "region": entry.region, "locale": entry.locale}
    kind = {} if entry.kind == "version" else {"kind": entry.kind}
    for name, value in (facts | {"class": entry.change_class, "sha256": entry.sha256} | kind).items():
        _add(element, f"np:{name}", value)
    effective = entry.effective
    zone = {"zone": effective.zone, "assumed": "true"} if effective.assumed else {"zone": effective.zone}
    _add(element, "np:effective", format_effective(effective), date=effective.day.isoformat(), **zone)
    if entry.announced:
        _add(element, "np:announced", format_utc(entry.announced))


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    """A child element. Characters that XML cannot hold become U+FFFD: one of them would cost all readers the feed."""
    element = ET.SubElement(parent, name, {key: _NOT_XML.sub("\ufffd", value) for key, value in attributes.items()})
    element.text = _NOT_XML.sub("\ufffd", text) or None
    return element


# ---- JSON Feed


def render_json_feed(page: FeedPage, settings: Settings) -> dict[str, Any]:
    """A page as a JSON Feed, as `schemas.FeedOutput` describes it; `next_url` leads to what is older."""
    feed = page.feed
    own: dict[str, str] = {}
    if settings.site_url:
        own["home_page_url"] = settings.site_url + feed.folder
        own["feed_url"] = settings.site_url + feed.folder + name_page(page.number, "json")
    if page.older:
        own["next_url"] = _locate(feed.folder + name_page(page.older, "json"), feed, settings)
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        **own,
        "language": feed.language,
        "authors": [{"name": settings.organisation}],
        "items": [_describe_item(entry, feed, settings) for entry in page.entries],
    }


def _describe_item(entry: Entry, feed: Feed, settings: Settings) -> dict[str, Any]:
    url, compare = _locate_entry(entry, feed, settings)
    announced = format_utc(entry.announced) if entry.announced else None
    return {
        "id": entry.id,
        "url": url,
        "title": entry.title,
        "content_html": _render_content(entry, url, compare),
        **({"summary": entry.summary} if entry.summary else {}),
        **({"date_published": announced} if announced else {}),
        "date_modified": format_utc(entry.updated),
        "language": entry.locale,
        "tags": [entry.change_class, *([] if entry.kind == "version" else [entry.kind])],
        "_noticepress": {
            "notice": entry.notice,
            "version": entry.version,
            "region": entry.region,
            "locale": entry.locale,
            "class": entry.change_class,
            "announced": announced,
            "effective": format_effective(entry.effective),
            "effective_date": entry.effective.day.isoformat(),
            "summary": entry.summary,
            "summary_locale": entry.summary_locale,
            "compare": compare or None,
            "sha256": entry.sha256,
            **({} if entry.kind == "version" else {"kind": entry.kind}),
        },
    }
