"""Links: where they lead, and whether they say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from noticepress.checks.check import check
from noticepress.checks.desk import Desk
from noticepress.compose import Composed
from noticepress.errors import Problem, Source
from noticepress.markdown import links, parse, sections, walk_blocks

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_VAGUE = {"here", "click here", "link", "this", "aquí", "hier", "こちら", "ここ"}
_SAFE = {"https", "mailto", "tel"}


@check(
    "LC01",
    "error",
    why="Whoever hears only the links of a page must know where they lead.",
    wrong="Complain [here](https://authority.example/form).",
    right="Use the [complaint form](https://authority.example/form).",
)
def find_unclear_links(desk: Desk) -> Iterator[Problem]:
    """A link without words, or one that says only "here"."""
    for destination, words, source, _ in _list_links(desk):
        if not words:
            told = f"a link without words → {destination}"
            yield Problem("LC01", source, told, "write what it leads to", "warning")
        elif words.casefold() in _VAGUE:
            told = f"the link says only {words!r}"
            yield Problem("LC01", source, told, "say what it leads to: 'the complaint form'", "warning")


@check(
    "LC02",
    "warning",
    why="Others can read and change what is sent over it.",
    wrong="[complaint form](http://authority.example/form)",
    right="[complaint form](https://authority.example/form)",
)
def find_unprotected_links(desk: Desk) -> Iterator[Problem]:
    """A link that is not protected (http)."""
    for destination, _, source, _ in _list_links(desk):
        if _find_scheme(destination) == "http":
            yield Problem("LC02", source, f"an unprotected link: {destination}", "use https://", "warning")


@check(
    "LC03",
    "error",
    why="A notice that points at its complaint form must get its readers there.",
    wrong="[your rights](#right)",
    right="[your rights](#rights)",
)
def find_broken_links(desk: Desk) -> Iterator[Problem]:
    """A link to a section or page that does not exist, a relative link, or one of an unknown kind."""
    for destination, _, source, composed in _list_links(desk):
        yield from _judge_destination(desk, composed, destination, source)


def _list_links(desk: Desk) -> Iterator[tuple[str, str, Source, Composed]]:
    """Every link of every text: destination, words, place, and the text that it stands in."""
    for _, _, _, composed in desk.composed_texts():
        for destination, words, line, column in links(parse(composed.text)):
            yield destination, words, composed.source(line, column), composed


def _find_scheme(destination: str) -> str:
    found = _SCHEME.match(destination)
    return found[1].casefold() if found else ""


def _judge_destination(desk: Desk, composed: Composed, destination: str, source: Source) -> Iterator[Problem]:
    scheme = _find_scheme(destination)
    if destination.startswith("#"):
        if destination[1:] not in _list_ids(composed):
            told = f"section {destination} is not in this text"
            yield Problem("LC03", source, told, "use the id of a section of this text")
    elif destination.startswith("/"):
        yield from _judge_page(desk, destination, source)
    elif not scheme:
        told = f"a relative link, {destination!r}, leads elsewhere on every page"
        yield Problem("LC03", source, told, 'use {{ link("notice") }}, "#section" or a whole address')
    elif scheme not in {*_SAFE, "http"}:
        yield Problem("LC03", source, f"a link of an unknown kind: {destination}", "use https:, mailto: or tel:")


def _judge_page(desk: Desk, destination: str, source: Source) -> Iterator[Problem]:
    """A link to another notice, whose pages are all there is: `/<locale>/<notice>/<region>/`."""
    path, _, fragment = destination.partition("#")
    match path.strip("/").split("/"):
        case [locale, name, region] if _has_page(desk, locale, name, region):
            draft = desk.drafts.get(name)
            target = draft.composed.get((region, locale)) if draft else None
            if fragment and target and target.is_whole and fragment not in _list_ids(target):
                told = f"notice {name!r} has no section #{fragment} in {locale!r}"
                yield Problem("LC03", source, told, "use the id of one of its sections")
        case _:
            yield Problem("LC03", source, f"{destination!r} is no page of this site", 'use {{ link("notice") }}')


def _has_page(desk: Desk, locale: str, name: str, region: str) -> bool:
    library = desk.library
    notice = library.notices.get(name)
    return notice is not None and locale in library.settings.locales and region in (notice.regions or library.regions)


def _list_ids(composed: Composed) -> set[str]:
    return {section.id for section in sections(parse(composed.text))}


@check(
    "LC05",
    "error",
    why="Reading a privacy notice must not tell a third party about its readers.",
    wrong="![seal](https://seal.example/seal.png)",
    right="The notice is certified: [check the seal](https://seal.example/check).",
    jurisdictions=("eu", "uk"),
)
def find_third_parties(desk: Desk) -> Iterator[Problem]:
    """An image or anything else that a page would load from another host."""
    for _, _, _, composed in desk.composed_texts():
        for block in walk_blocks(parse(composed.text)):
            for span in block.spans:
                if span.image:
                    told = f"an image from {span.image!r} is not loaded: a notice page asks no other host"
                    place = composed.source(span.line, span.column)
                    yield Problem("LC05", place, told, "describe it in words", "warning")
