"""A page and a view to the strings that the chrome takes in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from noticepress.localize import language_name, text_direction
from noticepress.pages.choices import describe_choice
from noticepress.pages.comparisons import describe_comparison
from noticepress.pages.editions import Choice, describe_edition
from noticepress.pages.finding import describe_finding
from noticepress.pages.head import Head, describe_head
from noticepress.pages.histories import describe_history
from noticepress.pages.languages import describe_languages
from noticepress.pages.linking import describe_link
from noticepress.pages.places import describe_entity
from noticepress.pages.plan import (
    Kind,
    Page,
    chooser_page,
    edition_page,
    list_locales,
    search_page,
    start_page,
    turn_page,
)
from noticepress.pages.receipts import describe_receipt
from noticepress.pages.regions import describe_regions
from noticepress.pages.scene import Scene
from noticepress.pages.searches import describe_search
from noticepress.pages.since import describe_since
from noticepress.pages.view import View


@dataclass(frozen=True, slots=True)
class Fragment:
    """What a page puts into the chrome. `title` is plain text, to be escaped where it is put; the others are HTML."""

    title: str
    head: str
    menu: str
    sidebar: str
    body: str


_DESCRIPTIONS: Mapping[Kind, tuple[str, Callable[[Scene], dict[str, Any]]]] = {
    "chooser": ("chooser.html", describe_finding),
    "start": ("start.html", describe_finding),
    "edition": ("edition.html", describe_edition),
    "permanent": ("edition.html", describe_edition),
    "draft": ("edition.html", describe_edition),
    "receipt": ("receipt.html", describe_receipt),
    "compare": ("compare.html", describe_comparison),
    "choice": ("choice.html", describe_choice),
    "regions": ("regions.html", describe_regions),
    "languages": ("languages.html", describe_languages),
    "history": ("history.html", describe_history),
    "since": ("since.html", describe_since),
    "entity": ("entity.html", describe_entity),
    "search": ("search.html", describe_search),
    "link": ("link.html", describe_link),
    "not-found": ("not-found.html", lambda _: {"heads": ()}),
}


def render_page(page: Page, view: View) -> Fragment:
    """One page, whole. Every link in it is relative to the page's own depth, but for those that machines follow."""
    scene = Scene(page, view)
    template, describe = _DESCRIPTIONS[page.kind]
    described = describe(scene)
    head = describe_head(scene, described)
    context = {
        **described,
        "scene": scene,
        "page": page,
        "settings": view.library.settings,
        "heads_locale": text.locale if (text := described.get("text")) else page.locale,
        "numbers": {place.region.id: place.number for place in described.get("places", [])},
        "_": scene.words.gettext,
        "_p": scene.words.pgettext,
        "_n": scene.words.ngettext,
        "languages": list_languages(scene),
        "starts": _list_starts(scene) if page.kind in {"chooser", "start", "not-found"} else (),
        "chooser_link": scene.link(chooser_page(page.locale)),
        "start_link": scene.link(start_page(page.locale)),
        "search_link": scene.link(search_page(page.locale)),
    }

    def fill(name: str, values: Mapping[str, object]) -> str:
        return view.templates.get_template(name).render(values).strip()

    return Fragment(
        title=head.title,
        head=_render_head(head, fill),
        menu=fill("menu.html", context),
        sidebar=fill("sidebar.html", context),
        body=fill(template, context),
    )


def _render_head(head: Head, fill: Callable[[str, Mapping[str, object]], str]) -> str:
    return fill("head.html", {"head": head})


def list_languages(scene: Scene) -> list[tuple[str, Choice]]:
    """The languages of the site, each in its own words, at this very page."""
    page = scene.page
    choices = []
    for tag in scene.view.library.settings.locales:
        target = start_page(tag)
        if page.kind not in {"chooser", "not-found"}:
            target = turn_page(page, tag)
            if tag not in list_locales(scene.view, page):
                target = edition_page(tag, page.notice, page.region)
        is_here = tag == page.locale and page.kind not in {"chooser", "not-found"}
        choices.append((tag, Choice(language_name(tag, tag), scene.link(target), is_here)))
    return choices


def _list_starts(scene: Scene) -> list[dict[str, object]]:
    """The start pages, each told in its own language."""
    starts: list[dict[str, object]] = []
    for tag in scene.view.library.settings.locales:
        there = Scene(replace(scene.page, locale=tag), scene.view)
        starts.append(
            {
                "locale": tag,
                "direction": text_direction(tag),
                "name": language_name(tag, tag),
                "link": scene.link(start_page(tag)),
                "say": there.words.gettext,
            }
        )
    return starts
