"""What the owner of another site puts into its footer: a link to these notices, ready to copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from noticepress.localize import text_direction
from noticepress.pages.answers import find_answers
from noticepress.pages.finding import list_audiences, make_atlas
from noticepress.pages.places import Telling, list_places
from noticepress.pages.plan import Page, chooser_page, edition_page, start_page
from noticepress.pages.scene import Scene
from noticepress.territories import all_territories

UNKNOWN_ADDRESS = "https://…/"
"""What stands for the address of a site that does not state its own."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of HTML for another site, as it is shown.

    `id` names it on the page; `is_open` says that a place is still to be chosen in it.
    """

    id: str
    title: Markup | str
    code: Markup
    note: str = ""
    is_open: bool = False


def describe_link(scene: Scene) -> dict[str, Any]:
    """Every link that another site may want, in the page's language."""
    places = list_places(scene)
    answers = find_answers(scene, places, sorted(all_territories()))
    example = next((code for answer in answers.by_id.values() for code in answer.territories), "")
    return {
        "snippets": list(_list_general(scene, example)),
        "own": [
            (scene.text(audience.first.standing.version.titles), list(_list_notices(scene, audience.tellings)))
            for audience in list_audiences(places)
        ],
        "atlas": make_atlas(scene, answers, scene.locale),
        "example": example,
        "unknown_address": "" if scene.view.library.settings.site_url else UNKNOWN_ADDRESS,
        "heads": (),
    }


def _list_general(scene: Scene, example: str) -> Iterator[Snippet]:
    """The links that lead to all notices: in the page's language, in each, to the chooser, and to a place's answer."""
    say = scene.words.gettext
    settings = scene.view.library.settings
    start = start_page(scene.locale)
    yield Snippet(
        "all",
        say("All notices, in this language"),
        write_link(scene, start, scene.locale),
        say("Readers find their place there. For most footers this is the right one."),
    )
    yield Snippet(
        "chooser",
        say("All places and languages"),
        write_link(scene, chooser_page(scene.locale), scene.locale, is_translated=False),
        say("For readers of whom you do not know the language."),
    )
    if example:
        yield Snippet(
            "place",
            say("The answer for one place"),
            write_link(scene, start, scene.locale, territory=example),
            say(
                "Where you know the place that your site is for. The code is that of ISO 3166, here {code}.",
                code=example,
            ),
            is_open=True,
        )
    if len(settings.locales) > 1:
        links = [write_link(scene, start_page(tag), tag) for tag in settings.locales]
        yield Snippet("languages", say("One link for each language"), Markup("\n").join(links))


def _list_notices(scene: Scene, tellings: Sequence[Telling]) -> Iterator[Snippet]:
    for telling in tellings:
        line = telling.line
        if line.visible:
            title = scene.plain(telling.standing.version.titles)
            page = edition_page(scene.locale, line.notice, line.region)
            name = scene.text(telling.standing.sealed_region.names, capital=True)
            yield Snippet(f"{line.notice}-{line.region}", name, write_link(scene, page, scene.locale, title=title))


def write_link(
    scene: Scene, target: Page, locale: str, *, title: str = "", territory: str = "", is_translated: bool = True
) -> Markup:
    """A link to a page, as HTML to be shown; its territory, which readers may change, is marked."""
    settings = scene.view.library.settings
    say = scene.view.words(locale).gettext
    told = title or say("Privacy notices of {organisation}", organisation=settings.organisation)
    address = (settings.site_url or UNKNOWN_ADDRESS) + target.path
    language = Markup(' hreflang="{}"').format(locale) if is_translated else Markup("")
    marked = Markup("<span data-np-territory>{}</span>").format(territory)
    query = Markup("?territory={}").format(marked) if territory else Markup("")
    opening = Markup('<a rel="privacy-policy" href="{}').format(address)
    closing = Markup('"{} lang="{}">').format(language, locale)
    words = str(Markup.escape(told))
    if locale != scene.locale:
        words = Markup('<span lang="{}" dir="{}">{}</span>').format(locale, text_direction(locale), words)
    return Markup("{}{}{}{}{}").format(str(opening), query, str(closing), words, "</a>")
