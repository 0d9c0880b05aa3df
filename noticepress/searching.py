"""What a browser searches: the sections of all editions in one language, each wording once with all that hold it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from noticepress.blocks import Section, plain_text, sections, title, title_heading
from noticepress.history import Line, Standing
from noticepress.localize import Words, format_date
from noticepress.markdown import parse
from noticepress.pages import Page, View
from noticepress.pages.plan import archive_data, edition_page, permanent_page, search_data
from noticepress.pages.scene import Scene

FORMAT = 1

Wording = tuple[str, str, str]
"""A section as it is found: its id, its title, its words."""


def search_files(view: View) -> Iterator[tuple[str, bytes]]:
    """Site path and content of the data of each language: what is in force, and apart from it all other versions."""
    for locale in view.library.settings.locales:
        yield search_data(locale), _write(index_sections(view, locale, archive=False))
        yield archive_data(locale), _write(index_sections(view, locale, archive=True))


def index_sections(view: View, locale: str, *, archive: bool) -> dict[str, Any]:
    """The sections of what is in force in a language, or of every other version that a visitor may see.

    `places` are editions, those of a line in the order of their versions. A section names the editions that hold it
    word for word by runs of places, each the first and the last of it.
    """
    scene = Scene(Page("", "search", locale), view)
    places: list[dict[str, str]] = []
    found: dict[Wording, list[list[int]]] = {}
    read: dict[str, tuple[Wording, ...]] = {}
    last: Standing | None = None
    for line in _list_lines(view):
        shown = line.visible
        for standing in list_searched(line, locale, archive=archive):
            edition = standing.version.editions[standing.region, locale]
            if edition.text not in read:
                read[edition.text] = tuple(read_wordings(edition.text))
            number = len(places)
            # A run has no gap: between its versions there is none in which the section said something else.
            follows = standing is not shown[0] and last is shown[shown.index(standing) - 1]
            last = standing
            places.append(describe_place(scene, line, standing))
            for wording in dict.fromkeys(read[edition.text]):
                runs = found.setdefault(wording, [])
                if follows and runs and runs[-1][1] == number - 1:
                    runs[-1][1] = number
                else:
                    runs.append([number, number])
    return {
        "$schema": f"{view.library.settings.site_url}schemas/search.json",
        "format": FORMAT,
        "locale": locale,
        "scope": "archive" if archive else "in-force",
        "places": places,
        "sections": [
            {"id": name, "title": heading, "words": words, "places": runs}
            for (name, heading, words), runs in found.items()
        ],
    }


def _list_lines(view: View) -> Iterator[Line]:
    """Main notices before those that supplement them, as all lists have it."""
    for notice in sorted(view.lines, key=lambda name: bool(view.library.notices[name].supplements)):
        yield from view.lines[notice].values()


def list_searched(line: Line, locale: str, *, archive: bool) -> Iterable[Standing]:
    """The standings of a line whose words can be searched in a language: public, and not taken away."""
    return [
        standing
        for standing in line.visible
        # Under another name the region has a line of its own, where the edition has its address.
        if standing.region == line.region
        and (standing is line.in_force) is not archive
        and standing.edition(locale) is not None
        and (standing.region, locale) not in standing.version.removals
    ]


def read_wordings(text: str) -> Iterator[Wording]:
    """The sections of a text; the first, without an id, has the text's own title. What another language says is none.

    A section of a translation that was not translated yet stands in it in the source's language.
    """
    document = parse(text)
    parts = sections(document)
    if not parts or parts[0].id:
        parts = (Section("", "", 0, (), (), 1, 1, explicit_id=False), *parts)
    for part in parts:
        heading = part.heading or title_heading(document)
        if heading is not None and "lang" in heading.attributes:
            continue
        words = "\n".join(told for block in part.blocks if (told := plain_text(block)))
        yield part.id, part.title if part.id else title(document), words


def describe_place(scene: Scene, line: Line, standing: Standing) -> dict[str, str]:
    """An edition as results name it."""
    version = standing.version.id
    is_in_force = standing is line.in_force
    page = edition_page(scene.locale, line.notice, line.region)
    if not is_in_force:
        page = permanent_page(scene.locale, line.notice, line.region, version)
    return {
        "notice": line.notice,
        "region": line.region,
        "version": version,
        "state": standing.state,
        "title": scene.plain(standing.version.titles),
        "place": scene.plain(standing.sealed_region.names),
        "period": tell_period(scene.words, standing, scene.locale),
        "page": page.path,
    }


def tell_period(words: Words, standing: Standing, locale: str) -> str:
    """When a version applied, in words."""
    start = format_date(standing.effective.day, locale)
    if standing.state in {"in-force", "announced"}:
        return words.gettext("applies from {date}", date=start)
    if not standing.has_applied:
        return words.gettext("never applied")
    if standing.until is None:
        return words.gettext("applied from {date}", date=start)
    return words.gettext("applied from {start} until {end}", start=start, end=format_date(standing.until.day, locale))


def _write(data: dict[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
