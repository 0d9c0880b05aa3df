"""What a history says: every version of a line, and the ways to hold them against each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from noticepress.history import Line, Standing
from noticepress.pages.choices import offer_choice
from noticepress.pages.editions import Choice, describe_standing, get_line, list_others, list_regions, permanent_of
from noticepress.pages.scene import Scene, find_edition, find_standing


def describe_history(scene: Scene) -> dict[str, Any]:
    """All versions of a line, newest first."""
    line = get_line(scene)
    standing = find_standing(line)
    return {
        **describe_standing(scene, line, standing),
        "title": scene.text(standing.version.titles),
        "regions": list_regions(scene),
        "rows": [describe_row(scene, line, s) for s in reversed(line.visible)],
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
        "last_day": standing.until.day - timedelta(days=1) if standing.until else None,
        "texts": [
            Choice(scene.language(tag), scene.link(permanent_of(tag, line.notice, standing)), tag == scene.locale)
            for tag in settings.locales
            if standing.edition(tag)
        ],
        "missing": [scene.language(tag) for tag in settings.locales if not standing.edition(tag)],
    }
