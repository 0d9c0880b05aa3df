"""Any two versions of a line: the redlines that were made beforehand, and the texts that a browser can compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from noticepress.history import Line, Standing
from noticepress.localize import text_direction
from noticepress.marking import find_words
from noticepress.pages.editions import describe_standing, get_line, list_regions, permanent_of
from noticepress.pages.plan import choice_page, compare_page, has_choice, list_comparisons
from noticepress.pages.scene import Scene, find_standing


@dataclass(frozen=True, slots=True)
class PublishedText:
    """A sealed text as a script fetches it: where it is, what it must hash to, and how it is written."""

    locale: str
    language: str
    direction: str
    address: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Ready:
    """A redline that was made beforehand, from an older version."""

    older: str
    address: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A version to choose: its texts, best language first, and its redlines, nearest version first."""

    standing: Standing
    permanent_link: str
    texts: tuple[PublishedText, ...]
    ready: tuple[Ready, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered to choose from, newest version first; `older` and `newer` are chosen until a reader chooses."""

    address: str
    candidates: tuple[Candidate, ...]
    older: str
    newer: str


def describe_choice(scene: Scene) -> dict[str, Any]:
    """What the page says on which any two versions are compared."""
    line = get_line(scene)
    standing = find_standing(line)
    return {
        **describe_standing(scene, line, standing),
        "title": scene.text(standing.version.titles),
        "regions": list_regions(scene),
        "offer": offer_choice(scene, line),
        "spoken": find_words(scene.locale, spoken=scene.words),
        "heads": (),
    }


def offer_choice(scene: Scene, line: Line) -> Offer | None:
    """Every version that a visitor may see; none where there are no two."""
    if not has_choice(line):
        return None
    shown = line.visible
    pairs = set(list_comparisons(line))
    locales = _list_locales(scene, line)
    newer = line.in_force if line.in_force in shown[1:] else shown[-1]
    candidates = tuple(
        Candidate(
            standing,
            scene.link(permanent_of(scene.locale, line.notice, standing)),
            tuple(_list_texts(scene, line, standing, locales)),
            tuple(
                Ready(older, scene.link(compare_page(scene.locale, line.notice, line.region, older, newest)))
                for older in (s.version.id for s in reversed(shown))
                if (older, newest := standing.version.id) in pairs
            ),
        )
        for standing in reversed(shown)
    )
    address = scene.link(choice_page(scene.locale, line.notice, line.region))
    return Offer(address, candidates, shown[shown.index(newer) - 1].version.id, newer.version.id)


def _list_locales(scene: Scene, line: Line) -> tuple[str, ...]:
    """The reader's language where every version has it, else all, the reader's and the source's first."""
    settings = scene.view.library.settings
    if all(_has_text(standing, scene.locale) for standing in line.visible):
        return (scene.locale,)
    return tuple(dict.fromkeys((scene.locale, settings.source_locale, *settings.locales)))


def _has_text(standing: Standing, locale: str) -> bool:
    return standing.edition(locale) is not None and (standing.region, locale) not in standing.version.removals


def _list_texts(scene: Scene, line: Line, standing: Standing, locales: tuple[str, ...]) -> list[PublishedText]:
    return [
        PublishedText(
            tag,
            scene.language(tag),
            text_direction(tag),
            scene.link(permanent_of(tag, line.notice, standing).path + "notice.md"),
            edition.sha256,
        )
        for tag in locales
        if _has_text(standing, tag) and (edition := standing.edition(tag))
    ]
