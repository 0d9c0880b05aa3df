"""Links: where they lead, and whether they say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from noticepress.checks.desk import Desk
from noticepress.compose import Composed
from noticepress.errors import Problem
from noticepress.markdown import Block, links, parse, sections

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_VAGUE = {"here", "click here", "link", "this", "aquí", "hier", "こちら", "ここ"}


def find_link_faults(desk: Desk) -> Iterator[Problem]:
    """Links without words, with vague words, over http, and links that lead nowhere on this site."""
    seen: set[Problem] = set()
    for _, _, locale, composed in desk.composed_texts():
        document = parse(composed.text)
        for problem in _judge_links(desk, locale, composed, document):
            if problem not in seen:
                seen.add(problem)
                yield problem


def _judge_links(desk: Desk, locale: str, composed: Composed, document: Block) -> Iterator[Problem]:
    ids = {section.id for section in sections(document)}
    for destination, words, line, column in links(document):
        source = composed.source(line, column)
        if not words:
            yield Problem("LC01", source, f"a link without words → {destination}", "write what it leads to", "warning")
        elif words.strip().casefold() in _VAGUE:
            told = f"the link says only {words!r}"
            yield Problem("LC01", source, told, "say what it leads to: 'the complaint form'", "warning")
        if destination.startswith("http://"):
            yield Problem("LC02", source, f"an unprotected link: {destination}", "use https://", "warning")
        elif destination.startswith("#"):
            if destination[1:] not in ids:
                yield Problem("LC03", source, f"section {destination} is not in this text", "use the id of a section of this text")
        elif destination.startswith("/"):
            yield from _judge_inner_link(desk, locale, composed, destination, line, column)
        elif not _SCHEME.match(destination):
            told = f"a relative link, {destination!r}, leads elsewhere on every page"
            yield Problem("LC03", source, told, 'use {{ link("notice") }}, "#section" or a whole address')
        elif destination.split(":")[0].casefold() not in {"https", "mailto", "tel"}:
            yield Problem("LC03", source, f"a link of an unknown kind: {destination}", "use https:, mailto: or tel:")


def _judge_inner_link(
    desk: Desk, locale: str, composed: Composed, destination: str, line: int, column: int
) -> Iterator[Problem]:
    path, _, fragment = destination.partition("#")
    parts = path.strip("/").split("/")
    source = composed.source(line, column)
    library = desk.library
    if len(parts) != 3 or parts[0] not in library.settings.locales or parts[1] not in library.notices or parts[2] not in library.regions:
        yield Problem("LC03", source, f"{destination!r} is no page of this site", 'use {{ link("notice") }}')
        return
    draft = desk.drafts.get(parts[1])
    target = draft.composed.get((parts[2], parts[0])) if draft else None
    if fragment and target and fragment not in {section.id for section in sections(parse(target.text))}:
        told = f"notice {parts[1]!r} has no section #{fragment} in {locale!r}"
        yield Problem("LC03", source, told, "use the id of one of its sections")
