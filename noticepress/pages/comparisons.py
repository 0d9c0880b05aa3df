"""What a redline page says: two versions, why they differ, where, and the redline itself."""

from __future__ import annotations

from typing import Any

from noticepress.history import Standing
from noticepress.marking import Summary, find_words, list_changed_facts, render_page, summarize
from noticepress.model import Edition
from noticepress.pages.editions import describe_standing, get_line, list_regions, permanent_of
from noticepress.pages.scene import Scene
from noticepress.pages.texts import list_heads, prepare_text
from noticepress.redline import Redline


def describe_comparison(scene: Scene) -> dict[str, Any]:
    """What a redline page says: two versions, why they differ, where, and the redline."""
    line = get_line(scene)
    places = {s.version.id: place for place, s in enumerate(line.standings)}
    first, last = places[scene.page.older], places[scene.page.version]
    older, newer = line.standings[first], line.standings[last]
    source_locale = scene.view.library.settings.source_locale
    old, new = find_pair(older, newer, scene.locale, source_locale)
    if any(
        (edition.region, edition.locale) in version.removals
        for edition, version in ((old, older.version), (new, newer.version))
        if edition
    ):
        old = new = None  # there is nothing to compare with
    redline = scene.view.compare_texts(old.text, new.text) if old and new and old.sha256 != new.sha256 else None
    rendered = render_page(redline, find_words(scene.locale, new.locale, scene.words)) if redline and new else ""
    text = prepare_text(scene, rendered, new.locale) if redline and new else None
    return {
        **describe_standing(scene, line, newer),
        "regions": list_regions(scene),
        "older": older,
        "newer": newer,
        "steps": [s for s in line.standings[first + 1 : last + 1] if s.is_visible or s is newer],
        "old": old,
        "new": new,
        "redline": redline,
        "summary": _summarize(scene, redline, older, newer, new.locale) if redline and new else None,
        "text": text,
        "heads": list_heads(new.text) if redline and new else (),
        "title": scene.text(newer.version.titles),
        "older_link": scene.link(permanent_of(scene.locale, line.notice, older)),
        "newer_link": scene.link(permanent_of(scene.locale, line.notice, newer)),
    }


def _summarize(scene: Scene, redline: Redline, older: Standing, newer: Standing, locale: str) -> Summary:
    facts = list_changed_facts(older.sealed_region.entities, newer.sealed_region.entities, locale)
    return summarize(redline, scene.words, facts)


def find_pair(
    older: Standing, newer: Standing, locale: str, source_locale: str
) -> tuple[Edition | None, Edition | None]:
    """Two editions in one language: the reader's, else the authoritative, the source's, or any that both have."""
    authoritative = newer.version.authoritative.get(newer.region, source_locale)
    for tag in (locale, authoritative, source_locale, *newer.version.locales):
        old, new = older.edition(tag), newer.edition(tag)
        if old and new:
            return old, new
    return None, None
