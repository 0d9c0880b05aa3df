"""Who answers for the data of people in a place, and why: the sentence, its reason, and the places it is true of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from noticepress.belonging import Belonging, find_belonging
from noticepress.history import local_day
from noticepress.localize import format_date, join_names, territory_name, text_direction
from noticepress.model import Facts
from noticepress.pages.places import Place, Telling
from noticepress.pages.scene import Scene
from noticepress.territories import UnknownTerritory, countries, find_region

_NAMED = 6
"""Up to so many places a heading names each of them."""

_REASONS = ("itself", "country", "geographic", "legal", "legal-then", "left-out", "rest", "published")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is true of all places that belong to a region for the same reason. `id` is its anchor on start pages.

    `place` holds only the notices that are for these places; `territories` are those that a list shows, by code.
    """

    id: str
    place: Place
    belonging: Belonging
    territories: tuple[str, ...]

    @property
    def roster(self) -> tuple[Facts, ...]:
        """Who answers, by the notice that comes first: a main notice where there is one."""
        return self.place.tellings[0].standing.sealed_region.entities


@dataclass(frozen=True, slots=True)
class Answers:
    """Every answer of a site, by its id, and the ids that a territory has: one, unless notices part the world apart.

    `listed` are the territories that a list shows: countries, and subdivisions that do not go with their country.
    """

    by_id: Mapping[str, Answer]
    ids: Mapping[str, tuple[str, ...]]
    listed: tuple[str, ...]

    def of_region(self, region: str) -> list[Answer]:
        """The answers that a list shows of a region: what the rule names first, what is left last."""
        return [answer for answer in self.by_id.values() if answer.place.region.id == region and answer.territories]


_Key = tuple[int, tuple[str, ...], Belonging]
"""The number of a region, the notices that are for a place there, and why the place belongs to it."""


def find_answers(scene: Scene, places: Sequence[Place], territories: Sequence[str]) -> Answers:
    """The answers for these territories; a subdivision that no notice names goes with its country."""
    holders = {code: list(_find_holders(places, code)) for code in territories}
    shown = {code for code in territories if code in countries() or _leaves_country(holders, code)}
    keys: dict[_Key, tuple[Place, list[str]]] = {}
    found: dict[str, list[_Key]] = {code: [] for code in territories}
    for code, place in ((code, place) for code, held in holders.items() for place in held):
        notices = tuple(telling.line.notice for telling in place.tellings)
        key = (place.number, notices, _explain(scene, place, code))
        keys.setdefault(key, (place, []))[1].append(code)
        found[code].append(key)
    order = sorted(keys, key=lambda key: (key[0], _REASONS.index(key[2].kind), key[2].code, key[2].other, key[1]))
    names = _name_answers([(keys[key][0].region.id, key[2]) for key in order])
    ids = dict(zip(order, names, strict=True))
    by_id = {
        ids[key]: Answer(ids[key], keys[key][0], key[2], tuple(code for code in keys[key][1] if code in shown))
        for key in order
    }
    return Answers(
        by_id,
        {code: tuple(ids[key] for key in own) for code, own in found.items()},
        tuple(code for code in territories if code in shown),
    )


def _find_holders(places: Sequence[Place], code: str) -> Iterator[Place]:
    """The regions that hold a territory, each with those of its notices that are for it."""
    for place in places:
        tellings = tuple(telling for telling in place.tellings if _holds(telling, code))
        if tellings:
            yield replace(place, tellings=tellings)


def _holds(telling: Telling, code: str) -> bool:
    try:
        return find_region(telling.standing.version.regions, code).id == telling.standing.region
    except UnknownTerritory:
        return False


def _leaves_country(holders: Mapping[str, Sequence[Place]], code: str) -> bool:
    """Whether a subdivision is told otherwise than its country."""
    country = holders.get(code.partition("-")[0], ())
    return [place.region.id for place in holders[code]] != [place.region.id for place in country]


def _explain(scene: Scene, place: Place, code: str) -> Belonging:
    """Why, by the rules as they are written now, read as of the day from which the notice applies."""
    library = scene.view.library
    today = local_day(scene.view.as_of, library.settings.zone)
    return find_belonging(code, place.region.id, library.regions, place.tellings[0].standing.effective.day, today)


def _name_answers(answers: Sequence[tuple[str, Belonging]]) -> Iterator[str]:
    taken: Counter[str] = Counter()
    for region, belonging in answers:
        name = f"why-{region}-{(belonging.code or belonging.kind).lower()}"
        taken[name] += 1
        yield name if taken[name] == 1 else f"{name}.{taken[name]}"


# ---- in words


def tell_answer(scene: Scene, answer: Answer, place: str) -> str:
    """Who answers for the data of people in a place, and why, in a sentence."""
    names = [facts.legal_name for facts in answer.roster]
    return scene.words.ngettext(
        "{place}: {names} answers for your data, because {reason}.",
        "{place}: {names} answer jointly for your data, because {reason}.",
        len(names),
        place=_isolate(scene, place),
        names=join_names([_isolate(scene, name) for name in names], scene.locale),
        reason=tell_reason(scene, answer),
    )


def tell_reason(scene: Scene, answer: Answer) -> str:
    """Why these places belong to their region: what follows "because"."""
    say = scene.words.pgettext
    belonging, region = answer.belonging, _isolate(scene, scene.pick(answer.place.region.names)[0].strip())
    group = _isolate(scene, territory_name(belonging.code, scene.locale)) if belonging.code else ""
    match belonging.kind:
        case "itself":
            told = say("because", "the region “{region}” names this place", region=region)
        case "country":
            told = say("because", "the region “{region}” names its country: {country}", region=region, country=group)
        case "geographic":
            told = say("because", "this place is part of “{group}”, as the United Nations group countries", group=group)
        case "legal":
            told = say("because", "this place is in this legal area: {group}", group=group)
        case "legal-then":
            told = say(
                "because",
                "this place was in this legal area on {date}, when the notice began to apply: {group}",
                date=format_date(answer.place.tellings[0].standing.effective.day, scene.locale),
                group=group,
            )
        case "rest":
            told = say("because", "no other region names this place")
        case "left-out":
            other = scene.view.library.regions[belonging.other].names
            name = _isolate(scene, scene.pick(other)[0].strip())
            told = say("because", "the region “{region}” leaves this place out, and no other names it", region=name)
        case _:
            told = say("because", "the notice in force was published for this place")
    return told


def name_answer(scene: Scene, answer: Answer) -> str:
    """What the places of an answer are called together."""
    kind, count = answer.belonging.kind, len(answer.territories)
    if kind == "rest":
        return scene.words.gettext("Every other place")
    if kind in {"geographic", "legal", "country"}:
        name = territory_name(answer.belonging.code, scene.locale)
        return name[:1].upper() + name[1:]
    if count <= _NAMED:
        return join_names([territory_name(code, scene.locale) for code in answer.territories], scene.locale)
    return scene.words.ngettext("{n} place", "{n} places", count)


def describe_answers(scene: Scene, answers: Answers, region: str) -> list[tuple[str, Markup]]:
    """Each reason of a region for its page: the anchor, and the sentence."""
    place = Markup("<strong>{}</strong>")
    return [
        (answer.id, Markup.escape(tell_answer(scene, answer, place.format(name_answer(scene, answer)))))
        for answer in answers.of_region(region)
    ]


def _isolate(scene: Scene, name: str) -> str:
    """A name in a sentence that runs from right to left: its marks stay on their side."""
    if text_direction(scene.locale) == "ltr":
        return name
    return Markup("\u2068{}\u2069").format(name) if isinstance(name, Markup) else f"\u2068{name}\u2069"
