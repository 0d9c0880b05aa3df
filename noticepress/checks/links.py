"""Links: where they lead, and whether they say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from noticepress.checks.desk import Desk
from noticepress.compose import Composed
from noticepress.errors import Problem, Source
from noticepress.markdown import links, parse, sections

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_VAGUE = {"here", "click here", "link", "this", "aquí", "hier", "こちら", "ここ"}
_SAFE = {"https", "mailto", "tel"}


def find_link_faults(desk: Desk) -> Iterator[Problem]:
    """Links without words, with vague words, over http, and links that lead nowhere on this site."""
    for _, _, _, composed in desk.composed_texts():
        for destination, words, line, column in links(parse(composed.text)):
            source = composed.source(line, column)
            yield from _judge_words(destination, words, source)
            yield from _judge_destination(desk, composed, destination, source)


def _judge_words(destination: str, words: str, source: Source) -> Iterator[Problem]:
    if not words:
        yield Problem("LC01", source, f"a link without words → {destination}", "write what it leads to", "warning")
    elif words.casefold() in _VAGUE:
        told = f"the link says only {words!r}"
        yield Problem("LC01", source, told, "say what it leads to: 'the complaint form'", "warning")


def _judge_destination(desk: Desk, composed: Composed, destination: str, source: Source) -> Iterator[Problem]:
    scheme = _SCHEME.match(destination)
    if destination.startswith("#"):
        if destination[1:] not in _list_ids(composed):
            told = f"section {destination} is not in this text"
            yield Problem("LC03", source, told, "use the id of a section of this text")
    elif destination.startswith("/"):
        yield from _judge_page(desk, destination, source)
    elif scheme is None:
        told = f"a relative link, {destination!r}, leads elsewhere on every page"
        yield Problem("LC03", source, told, 'use {{ link("notice") }}, "#section" or a whole address')
    elif scheme[1].casefold() == "http":
        yield Problem("LC02", source, f"an unprotected link: {destination}", "use https://", "warning")
    elif scheme[1].casefold() not in _SAFE:
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
