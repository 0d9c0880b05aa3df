"""How what is in force in a region differs from what is in force in another: a redline over places and not time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from noticepress.changes import Change
from noticepress.marking import Words, find_words, render_page
from noticepress.pages.comparisons import find_pair
from noticepress.pages.editions import describe_standing, get_line, list_others, list_regions
from noticepress.pages.plan import edition_page, regions_page
from noticepress.pages.scene import Scene
from noticepress.pages.texts import list_heads, prepare_text


def describe_regions(scene: Scene) -> dict[str, Any]:
    """The notice of another region, and what stands in this one's instead."""
    page, view = scene.page, scene.view
    line, their_line = get_line(scene), view.lines[scene.page.notice][scene.page.other]
    ours, theirs = line.in_force, their_line.in_force
    if ours is None or theirs is None:  # no such page is planned
        raise LookupError(page.path)
    old, new = find_pair(theirs, ours, scene.locale, view.library.settings.source_locale)
    removed = any(
        edition and (edition.region, edition.locale) in standing.version.removals
        for edition, standing in ((old, theirs), (new, ours))
    )
    redline = None
    if old and new and not removed and old.sha256 != new.sha256:
        redline = view.compare_texts(old.text, new.text)
    rendered = render_page(redline, speak_differences(scene, new.locale)) if redline and new else ""
    return {
        **describe_standing(scene, line, ours),
        "regions": list_regions(scene),
        "others": list_others(scene),
        "ours": ours,
        "theirs": theirs,
        "other_region": theirs.sealed_region,
        "is_comparable": old is not None and new is not None and not removed,
        "new": new,
        "redline": redline,
        "differences": tell_differences(scene, redline.changes if redline else ()),
        "text": prepare_text(scene, rendered, new.locale) if redline and new else None,
        "heads": list_heads(new.text) if redline and new else (),
        "title": scene.text(ours.version.titles),
        "other_link": scene.link(edition_page(page.locale, page.notice, page.other)),
        "reverse_link": scene.link(regions_page(page.locale, page.notice, page.other, page.region)),
    }


def speak_differences(scene: Scene, text_locale: str) -> Words:
    """What a screen reader says where a difference begins and ends: nothing was inserted, one region has it."""
    say = scene.words.gettext
    end = " " + say("end]")
    return replace(
        find_words(scene.locale, text_locale, scene.words),
        inserted=say("[only in this region:") + " ",
        inserted_end=end,
        deleted=say("[only in the other region:") + " ",
        deleted_end=end,
        moved_here=say("[in this place in this region:") + " ",
        moved_here_end=end,
        moved_away=say("[in this place in the other region:") + " ",
        moved_away_end=end,
        is_beside=True,
    )


def tell_differences(scene: Scene, changes: Sequence[Change]) -> list[dict[str, str]]:
    """The differing sections, as the list above the text shows them: a row for each."""
    say = scene.words.pgettext
    kinds = {
        "added": say("section", "only in this region"),
        "removed": say("section", "only in the other region"),
        "renamed": say("section", "another title"),
        "moved": say("section", "another place"),
        "modified": say("section", "other words"),
    }
    rows: dict[tuple[str, bool], dict[str, Any]] = {}
    for number, change in enumerate(changes, start=1):
        title = change.title or change.old_title or scene.words.gettext("Introduction")
        key = (change.section, change.kind == "removed")
        row = rows.setdefault(key, {"title": title, "address": f"#change-{number}", "kind": change.kind, "kinds": []})
        row["kinds"].append(kinds[change.kind])
    return [{**row, "label": scene.join(row["kinds"])} for row in rows.values()]
