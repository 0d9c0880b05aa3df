"""A text in the reader's language beside the one that decides: section by section, paired by id."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from noticepress.history import Standing
from noticepress.markdown import headings, parse
from noticepress.pages.editions import describe_standing, get_line, list_regions
from noticepress.pages.plan import edition_page
from noticepress.pages.scene import Scene
from noticepress.pages.texts import Text, prepare_text, rename_ids, split_blocks

_PREFIX = "decisive-"
_HEADING = re.compile(r'<h[2-6] id="([^"]*)"')

Sections = Mapping[str, Markup]
"""The HTML of a text by the id of its sections; what stands before the first heading has the empty id."""


@dataclass(frozen=True, slots=True)
class Row:
    """A section in both languages; None where a text has no such section. The other has ids of its own."""

    id: str
    own: Markup | None
    other: Markup | None


@dataclass(frozen=True, slots=True)
class Column:
    """One of the two texts: its language, as the page calls it, and its words."""

    locale: str
    name: str
    text: Text
    titles: Mapping[str, str]
    address: str


def name_pair(scene: Scene) -> str:
    """The two languages, as a heading tells them."""
    names = {"language": scene.language(scene.page.locale), "other": scene.language(scene.page.other)}
    told = scene.words.gettext("{language} beside {other}", **names)
    return told[:1].upper() + told[1:]


def describe_languages(scene: Scene) -> dict[str, Any]:
    """The text in force in two languages, side by side."""
    line = get_line(scene)
    standing = line.in_force
    if standing is None:  # no such page is planned
        raise LookupError(scene.page.path)
    own, other = (_make_column(scene, standing, tag) for tag in (scene.locale, scene.page.other))
    rows = pair_sections(split_sections(own.text.body), split_sections(other.text.body))
    return {
        **describe_standing(scene, line, standing),
        "regions": list_regions(scene),
        "title": own.text.title or scene.text(standing.version.titles),
        "heading": name_pair(scene),
        "columns": (own, other),
        "rows": rows,
        "missing": [
            (row, *((own, other) if row.other is None else (other, own)))
            for row in rows
            if row.own is None or row.other is None
        ],
        "heads": (),
    }


def _make_column(scene: Scene, standing: Standing, locale: str) -> Column:
    edition = standing.edition(locale)
    if edition is None:  # no such page is planned
        raise LookupError(scene.page.path)
    return Column(
        locale,
        scene.language(locale),
        prepare_text(scene, scene.view.render_text(edition.text), locale),
        {name: told for _, name, told in headings(parse(edition.text))},
        scene.link(edition_page(locale, scene.page.notice, scene.page.region)),
    )


def _rename_ids(body: Markup) -> Markup:
    """The same text with ids of its own; the title of the page is one for both."""
    renamed = rename_ids(body, _PREFIX)
    for attribute in ('href="#', 'aria-labelledby="'):
        renamed = renamed.replace(f'{attribute}{_PREFIX}np-title"', f'{attribute}np-title"')
    return Markup(renamed)  # noqa: S704 - it was Markup


def split_sections(body: str) -> Sections:
    """The sections of a text without its title, in order."""
    found: dict[str, str] = {}
    here = ""
    for block in split_blocks(body):
        heading = _HEADING.match(block)
        here = heading[1] if heading else here
        found[here] = found.get(here, "") + block
    return {name: Markup(html) for name, html in found.items() if html.strip()}  # noqa: S704 - pieces of Markup


def pair_sections(own: Sections, other: Sections) -> Sequence[Row]:
    """Every section of either text, in the reader's order; one that only the other has comes where that has it."""
    order = list(own)
    place = 0
    for name in other:
        if name in own:
            place = order.index(name) + 1
        else:
            order.insert(place, name)
            place += 1
    return [Row(name, own.get(name), _rename_ids(other[name]) if name in other else None) for name in order]
