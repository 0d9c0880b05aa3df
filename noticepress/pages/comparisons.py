"""What a redline page says: two versions, why they differ, where, and the redline itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from noticepress.changes import Change
from noticepress.history import Standing
from noticepress.model import Edition
from noticepress.pages.editions import describe_standing, get_line, list_regions, permanent_of
from noticepress.pages.scene import Scene
from noticepress.pages.texts import list_heads, prepare_text
from noticepress.redline import Words as Spoken

_TITLE_TAG = re.compile(r"<(/?)h1\b")


def describe_comparison(scene: Scene) -> dict[str, Any]:
    """What a redline page says: two versions, why they differ, where, and the redline."""
    line = get_line(scene)
    places = {s.version.id: place for place, s in enumerate(line.standings)}
    first, last = places[scene.page.older], places[scene.page.version]
    older, newer = line.standings[first], line.standings[last]
    source_locale = scene.view.library.settings.source_locale
    old, new = _find_pair(older, newer, scene.locale, source_locale)
    if any(
        (edition.region, edition.locale) in version.removals
        for edition, version in ((old, older.version), (new, newer.version))
        if edition
    ):
        old = new = None  # there is nothing to compare with
    redline = scene.view.compare_texts(old.text, new.text) if old and new and old.sha256 != new.sha256 else None
    # The title of the page is another, and a notice that changed its title has two here.
    rendered = _TITLE_TAG.sub(r"<\1h2", redline.page_html(speak_changes(scene))) if redline else ""
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
        "changes": tell_changes(scene, redline.changes if redline else ()),
        "text": text,
        "heads": list_heads(new.text) if redline and new else (),
        "title": scene.text(newer.version.titles),
        "older_link": scene.link(permanent_of(scene.locale, line.notice, older)),
        "newer_link": scene.link(permanent_of(scene.locale, line.notice, newer)),
    }


def speak_changes(scene: Scene) -> Spoken:
    """What a screen reader says where a change begins and ends."""
    say = scene.words.gettext
    return Spoken(
        inserted=say("[inserted:") + " ",
        inserted_end=" " + say("end of insertion]"),
        deleted=say("[deleted:") + " ",
        deleted_end=" " + say("end of deletion]"),
        moved_here=say("[moved here:") + " ",
        moved_here_end=" " + say("end of moved text]"),
        moved_away=say("[moved away:") + " ",
        moved_away_end=" " + say("end of moved text]"),
    )


def tell_changes(scene: Scene, changes: Sequence[Change]) -> list[Mapping[str, Any]]:
    """The changes as the list above a redline shows them: a row for each section, whatever happened to it."""
    say = scene.words.pgettext
    kinds = {
        "added": say("section", "added"),
        "removed": say("section", "removed"),
        "renamed": say("section", "renamed"),
        "moved": say("section", "moved"),
        "modified": say("section", "changed"),
    }
    rows: dict[tuple[str, bool], dict[str, Any]] = {}
    for number, change in enumerate(changes, start=1):
        title = change.title or change.old_title or scene.words.gettext("Introduction")
        row = rows.setdefault(
            (change.section, change.kind == "removed"),
            {"title": title, "former": "", "address": f"#change-{number}", "kind": change.kind, "kinds": []},
        )
        row["kinds"].append(kinds[change.kind])
        if change.kind == "renamed":
            row["former"] = change.old_title
    return [{**row, "label": scene.join(row["kinds"])} for row in rows.values()]


def _find_pair(
    older: Standing, newer: Standing, locale: str, source_locale: str
) -> tuple[Edition | None, Edition | None]:
    """Two editions in one language: the reader's, else the authoritative, the source's, or any that both have."""
    authoritative = newer.version.authoritative.get(newer.region, source_locale)
    for tag in (locale, authoritative, source_locale, *newer.version.locales):
        old, new = older.edition(tag), newer.edition(tag)
        if old and new:
            return old, new
    return None, None
