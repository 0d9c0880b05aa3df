"""What the page says on which a reader searches: where the data is, and every section of what is in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from noticepress.pages.editions import Choice
from noticepress.pages.places import Telling, list_places
from noticepress.pages.plan import archive_data, edition_page, search_data
from noticepress.pages.scene import Scene, find_edition
from noticepress.pages.texts import list_heads

LONGEST_QUERY = 200
"""Characters of what somebody may search for; more is cut off."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A notice in force in a region, with its sections; where it is not in the page's language, that which it is in."""

    title: Markup
    region: Markup
    link: str
    language: str
    sections: tuple[Choice, ...]


def describe_search(scene: Scene) -> dict[str, Any]:
    """The addresses of what a script reads, and the sections of everything in force, which need none."""
    return {
        "data_link": scene.link(search_data(scene.locale)),
        "archive_link": scene.link(archive_data(scene.locale)),
        "root_link": scene.link(""),
        "longest": LONGEST_QUERY,
        "listed": list(_list_sections(scene)),
        "heads": (),
    }


def _list_sections(scene: Scene) -> Iterator[Listed]:
    for place in list_places(scene):
        for telling in place.tellings:
            if telling.standing is telling.line.in_force:
                yield _list_edition(scene, telling)


def _list_edition(scene: Scene, telling: Telling) -> Listed:
    standing = telling.standing
    link = scene.link(edition_page(scene.locale, telling.line.notice, telling.line.region))
    edition = find_edition(standing, scene.locale, scene.view.library.settings.source_locale)
    is_told = edition is not None and edition.locale == scene.locale
    heads = list_heads(edition.text) if edition is not None and is_told else ()
    return Listed(
        title=scene.text(standing.version.titles),
        region=scene.text(standing.sealed_region.names, capital=True),
        link=link,
        language=scene.language(edition.locale) if edition is not None and not is_told else "",
        sections=tuple(Choice(Markup.escape(title), f"{link}#{name}") for _, name, title in heads),
    )
