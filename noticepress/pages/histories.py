"""What a history says: every version of a line, and the ways to hold them against each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from noticepress.history import Line, Roster, Standing, list_rosters
from noticepress.pages.choices import offer_choice
from noticepress.pages.editions import Choice, describe_standing, get_line, list_others, list_regions, permanent_of
from noticepress.pages.scene import Scene, find_edition, find_standing
from noticepress.pages.since import list_zones
from noticepress.pages.timelines import draw_timeline


def describe_history(scene: Scene) -> dict[str, Any]:
    """All versions of a line, newest first."""
    line = get_line(scene)
    standing = find_standing(line)
    return {
        **describe_standing(scene, line, standing),
        "title": scene.text(standing.version.titles),
        "regions": list_regions(scene),
        "rows": [describe_row(scene, line, s) for s in reversed(line.visible)],
        "zones": list_zones(line),
        "timeline": draw_timeline(scene, line),
        "rosters": list_region_rosters(scene, line),
        "offer": offer_choice(scene, line),
        "others": list_others(scene),
        "heads": (),
    }


def describe_row(scene: Scene, line: Line, standing: Standing) -> Mapping[str, Any]:
    """One version in a history."""
    settings = scene.view.library.settings
    edition = find_edition(standing, scene.locale, settings.source_locale)
    return {
        **describe_standing(scene, line, standing),
        "is_unchanged": edition is not None and not standing.is_changed(edition.locale),
        "texts": [
            Choice(scene.language(tag), scene.link(permanent_of(tag, line.notice, standing)), tag == scene.locale)
            for tag in settings.locales
            if standing.edition(tag)
        ],
        "missing": [scene.language(tag) for tag in settings.locales if not standing.edition(tag)],
    }


def list_region_rosters(scene: Scene, here: Line) -> list[tuple[Markup, tuple[Roster, ...]]]:
    """Who answered, from when until when, in each region of the notice: that of the page first."""
    lines = [other for other in scene.view.lines[here.notice].values() if other.visible and other is not here]
    return [
        (scene.text(find_standing(line).sealed_region.names, capital=True), rosters)
        for line in (here, *lines)
        if (rosters := list_rosters(line))
    ]
