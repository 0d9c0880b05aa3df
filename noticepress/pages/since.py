"""What applied on a day, and what has changed since: a table in which a reader, or a script, looks up a row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from noticepress.history import Line, Period, list_periods
from noticepress.pages.editions import describe_standing, get_line, link_comparison, list_regions
from noticepress.pages.scene import Scene, find_edition, find_standing


def describe_since(scene: Scene) -> dict[str, Any]:
    """Every version that has applied, newest first, with the way from it to the one in force."""
    line = get_line(scene)
    standing = find_standing(line)
    periods = list_periods(line)
    return {
        **describe_standing(scene, line, standing),
        "title": scene.text(standing.version.titles),
        "regions": list_regions(scene),
        "rows": [describe_period(scene, line, period) for period in reversed(periods)],
        "first": periods[0],
        "zones": list_zones(line),
        "heads": (),
    }


def describe_period(scene: Scene, line: Line, period: Period) -> Mapping[str, Any]:
    """A version with the days on which it applied, and what separates it from the one in force."""
    settings, standing, current = scene.view.library.settings, period.standing, line.in_force
    edition = find_edition(standing, scene.locale, settings.source_locale)
    now = find_edition(current, scene.locale, settings.source_locale) if current else None
    return {
        **describe_standing(scene, line, standing),
        "period": period,
        "is_current": standing is current,
        "is_unchanged": edition is not None and not standing.is_changed(edition.locale),
        "is_same_now": standing is not current
        and edition is not None
        and now is not None
        and (edition.locale, edition.sha256) == (now.locale, now.sha256),
        "now_link": link_comparison(scene, line, standing, current) if standing.state != "announced" else "",
    }


def list_zones(line: Line) -> tuple[str, ...]:
    """The zones in which the days of a line are counted, newest first: nearly always one."""
    return tuple(dict.fromkeys(standing.effective.zone for standing in reversed(line.visible)))
