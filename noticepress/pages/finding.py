"""How a reader finds the right notice: the three questions of the chooser, and of the start of each language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from markupsafe import Markup

from noticepress.bynames import list_bynames
from noticepress.history import local_day
from noticepress.localize import format_date, join_names, language_name, territory_name, text_direction
from noticepress.pages.answers import Answer, Answers, describe_answers, find_answers, tell_answer
from noticepress.pages.editions import describe_standing
from noticepress.pages.places import Place, Telling, fold_name, list_entities, list_places
from noticepress.pages.plan import chooser_page, link_page, list_other_regions, regions_page, start_page
from noticepress.pages.scene import Scene
from noticepress.pages.view import View
from noticepress.territories import all_territories, countries, expand

PLACES_PATH = "assets/places.json"
"""What the field for places reads: names, answers and words. It is for our own script, which the site brings too."""

_DASH = " \N{EN DASH} "

CONTINENTS = ("002", "019", "142", "150", "009")
"""The groups of UN M.49 that part the world: Africa, the Americas, Asia, Europe, Oceania."""


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory by name, with the answers for it and the regions they are of: one, unless something is wrong."""

    code: str
    name: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Atlas:
    """Every territory in a language: by continent, then name. `there` is a scene that speaks it."""

    locale: str
    direction: str
    name: str
    start_link: str
    there: Scene
    continents: tuple[tuple[str, tuple[Territory, ...]], ...]


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a notice is for, and the regions in which it says something."""

    tellings: tuple[Telling, ...]

    @property
    def first(self) -> Telling:
        """The telling that names the notice and whom it is for."""
        return self.tellings[0]


def describe_finding(scene: Scene) -> dict[str, Any]:
    """Every territory, region, language and audience; on the chooser, territories in every language."""
    places = list_places(scene)
    answers = find_answers(scene, places, sorted(all_territories()))
    locales = scene.view.library.settings.locales if scene.page.kind == "chooser" else (scene.locale,)
    return {
        "places": places,
        "atlases": [make_atlas(scene, answers, tag) for tag in locales],
        "reasons": {place.region.id: describe_answers(scene, answers, place.region.id) for place in places},
        "audiences": list_audiences(places),
        "differences": list(_list_differences(scene, places)),
        "roster": list_entities(scene),
        "standing_of": lambda telling: describe_standing(scene, telling.line, telling.standing),
        "title_of": lambda notice: _name_notice(scene, notice),
        "region_name": lambda telling: scene.text(telling.standing.sealed_region.names, capital=True),
        "places_link": scene.link(PLACES_PATH),
        "link_link": scene.link(link_page(scene.locale)),
        "heads": (),
    }


def make_atlas(scene: Scene, answers: Answers, locale: str) -> Atlas:
    """Every territory that a list shows, in a language."""
    there = Scene(replace(scene.page, locale=locale), scene.view)
    day = local_day(scene.view.as_of, scene.view.library.settings.zone)
    continents = tuple(
        (
            territory_name(continent, locale),
            tuple(_list_territories(answers, locale, expand([continent], day))),
        )
        for continent in CONTINENTS
    )
    name = language_name(locale, locale)
    return Atlas(locale, text_direction(locale), name, scene.link(start_page(locale)), there, continents)


def _list_territories(answers: Answers, locale: str, held: frozenset[str]) -> list[Territory]:
    found = [
        Territory(
            code,
            territory_name(code, locale),
            tuple((name, answers.by_id[name].place.region.id) for name in answers.ids[code]),
        )
        for code in answers.listed
        if code in held
    ]
    return sorted(found, key=lambda territory: fold_name(territory.name))


def list_audiences(places: Sequence[Place]) -> list[Audience]:
    """The notices by whom they are for, in the order of the regions' lists: supplements last."""
    by_notice: dict[str, list[Telling]] = {}
    for place in places:
        for telling in place.tellings:
            by_notice.setdefault(telling.line.notice, []).append(telling)
    audiences = [Audience(tuple(tellings)) for tellings in by_notice.values()]
    return sorted(audiences, key=lambda audience: bool(audience.first.standing.version.supplements))


def _name_notice(scene: Scene, notice: str) -> Markup:
    """The title of a notice that another supplements; empty where nothing is told of it."""
    lines = scene.view.lines.get(notice, {})
    versions = [standing.version for line in lines.values() for standing in line.visible]
    return scene.text(versions[-1].titles) if versions else Markup("")


def _list_differences(scene: Scene, places: Sequence[Place]) -> Iterator[tuple[Markup, list[tuple[Markup, str]]]]:
    """For each notice, the pairs of regions whose texts can be held against each other, and where."""
    for audience in list_audiences(places):
        notice = audience.first.line.notice
        names = {t.standing.region: scene.text(t.standing.sealed_region.names, capital=True) for t in audience.tellings}
        pairs = [
            (
                names[one] + _DASH + names[other],
                scene.link(regions_page(scene.locale, notice, one, other)),
            )
            for one, other in combinations(names, 2)
            if other in list_other_regions(scene.view, notice, one)
        ]
        if pairs:
            yield scene.text(audience.first.standing.version.titles), pairs


# ---- for the script


def describe_names(view: View) -> dict[str, Any]:
    """What a script needs to find a place by any of its names and to tell the answer, in every language of the site.

    Addresses are those of the site, from its root. `{place}` and `{code}` in a text are for the script to fill.
    """
    settings = view.library.settings
    scenes = {tag: Scene(chooser_page(tag), view) for tag in settings.locales}
    scene = scenes[settings.source_locale]
    answers = find_answers(scene, list_places(scene), sorted(all_territories()))
    return {
        "languages": {tag: _describe_language(there) for tag, there in scenes.items()},
        "answers": {
            name: {tag: _describe_answer(there, answers, name) for tag, there in scenes.items()}
            for name in answers.by_id
        },
        "places": [
            [code, list(answers.ids[code]), [territory_name(code, tag) for tag in scenes], *_list_others(code)]
            for code in sorted(all_territories(), key=lambda code: (code not in countries(), code))
        ],
    }


def _list_others(code: str) -> Iterator[list[str]]:
    if names := list_bynames(code):
        yield list(names)


def _describe_language(there: Scene) -> dict[str, Any]:
    say = there.words.gettext
    start = start_page(there.locale).path
    return {
        "name": language_name(there.locale, there.locale),
        "direction": text_direction(there.locale),
        "unknown": say("There is no place with the code “{code}” on this list.", code="{code}"),
        "open": say("{place}: no notice is for this place.", place="{place}"),
        "unsure": [say("All notices, and what differs between them"), f"{start}#unsure"],
        "region": say("Region"),
    }


def _describe_answer(there: Scene, answers: Answers, name: str) -> dict[str, Any]:
    answer = answers.by_id[name]
    region = answer.place.region
    anchor = name if answer.territories else f"region-{region.id}"
    return {
        "told": tell_answer(there, answer, "{place}"),
        "region": [there.plain(region.names), f"{start_page(there.locale).path}#{anchor}"],
        "notices": [_describe_telling(there, telling, answer) for telling in answer.place.tellings],
    }


def _describe_telling(there: Scene, telling: Telling, answer: Answer) -> Mapping[str, str]:
    standing = telling.standing
    names = [facts.legal_name for facts in standing.sealed_region.entities]
    is_own = names != [facts.legal_name for facts in answer.roster]
    told = describe_standing(there, telling.line, standing)
    dates = []
    if told["is_dated"]:
        day = format_date(standing.effective.day, there.locale)
        dates.append(there.words.gettext("Applies from {date}.", date=day))
    if told["following"] and standing.state == "in-force":
        day = format_date(told["following"].effective.day, there.locale)
        dates.append(there.words.gettext("A new version applies from {date}", date=day))
    return {
        "audience": there.plain(standing.version.audiences),
        "title": there.plain(standing.version.titles),
        "link": told["current_link"] or told["draft_link"],
        "who": f"{there.words.gettext('Who answers to you:')} {join_names(names, there.locale)}" if is_own else "",
        "dates": " ".join(dates),
    }
