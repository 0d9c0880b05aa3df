"""Links and contacts: where they lead, and whether they say so."""

# ruff: noqa: RUF001 - signs that resemble others are what readers of many languages write

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from noticepress.checks.check import check
from noticepress.checks.desk import Answer, Desk
from noticepress.checks.mailboxes import find_double_names, find_hidden_contacts, find_split_matters, list_mentions
from noticepress.checks.pages import find_foreign_requests
from noticepress.checks.passages import find_language, read_texts
from noticepress.checks.targets import Link, is_for_rights, list_links
from noticepress.compose import Composed
from noticepress.errors import Problem, Source
from noticepress.markdown import parse, read_sections, walk_blocks
from noticepress.model import Library

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SAFE = {"https", "mailto", "tel"}
_VAGUE = frozenset(
    {
        *("here", "click here", "this", "this link", "this page", "link", "more", "read more", "learn more", "click"),
        *("aquí", "haga clic aquí", "pulse aquí", "este enlace", "enlace", "más", "leer más", "ver más"),
        *("hier", "hier klicken", "klicken sie hier", "dieser link", "mehr", "mehr erfahren", "weiterlesen"),
        *("こちら", "ここ", "こちらをクリック", "詳しくはこちら", "詳細はこちら", "リンク"),
        *("هنا", "اضغط هنا", "انقر هنا", "المزيد"),
    }
)
"""Words that say nothing about where a link leads, in small letters."""


@check(
    "LC01",
    "error",
    why="Whoever hears only the links of a page must know where they lead.",
    wrong="Complain [here](https://authority.example/form).",
    right="Use the [complaint form](https://authority.example/form).",
    by_notice=True,
)
def find_unclear_links(desk: Desk) -> Iterator[Problem]:
    """A link without words, one that says only "here", or an image that nobody described."""
    for link in list_links(desk):
        severity = desk.words_severity(link.composed.working.notice)
        if not link.words:
            told = f"a link without words → {link.destination}"
            yield Problem("LC01", link.source, told, "write what it leads to", severity)
        elif link.is_bare_image:
            told = f"an image that nobody described is the only link → {link.destination}"
            yield Problem("LC01", link.source, told, "write between ![ and ] what it leads to", severity)
        elif link.words.casefold().strip(" .…:»›>→") in _VAGUE:
            told = f"the link says only {link.words!r}"
            yield Problem("LC01", link.source, told, "say what it leads to: 'the complaint form'", "warning")


@check(
    "LC02",
    "warning",
    why="Others can read and change what is sent over it.",
    wrong="[complaint form](http://authority.example/form)",
    right="[complaint form](https://authority.example/form)",
    by_notice=True,
)
def find_unprotected_links(desk: Desk) -> Iterator[Problem]:
    """A link that is not protected (http); an error where people complain, use a right or fill in a form."""
    for link in list_links(desk):
        if _find_scheme(link.destination) != "http":
            continue
        if is_for_rights(link):
            severity = desk.words_severity(link.composed.working.notice)
            told = f"the way to complain or to use a right is an unprotected link: {link.destination}"
            yield Problem("LC02", link.source, told, "use https://", severity)
        else:
            told = f"an unprotected link: {link.destination}"
            yield Problem("LC02", link.source, told, "use https://", "warning")


@check(
    "LC03",
    "error",
    why="A notice that points at its complaint form must get its readers there.",
    wrong="[your rights](#right)",
    right="[your rights](#rights)",
    by_notice=True,
)
def find_broken_links(desk: Desk) -> Iterator[Problem]:
    """A link to a section or page that does not exist or was renamed, a relative link, or one of an unknown kind.

    Whether pages of other hosts are still there is told where the caller asked them; a network may fail for reasons
    that are not the author's, so nothing that they answer is an error.
    """
    for link in list_links(desk):
        yield from _judge_destination(desk, link)
        if answer := desk.built.reached.get(link.destination):
            yield from _judge_answer(link, answer)


def _find_scheme(destination: str) -> str:
    found = _SCHEME.match(destination)
    return found[1].casefold() if found else ""


def _judge_destination(desk: Desk, link: Link) -> Iterator[Problem]:
    composed, destination = link.composed, link.destination
    scheme = _find_scheme(destination)
    if destination.startswith("#"):
        if destination[1:] not in _list_ids(composed.text) and not _is_borrowed(desk, composed, destination[1:]):
            told = f"section {destination} is not in this text"
            hint = _trace_section(desk.library, composed.working.notice, composed.working.locale, destination[1:])
            yield Problem("LC03", link.source, told, hint or "use the id of a section of this text")
    elif destination.startswith("/"):
        yield from _judge_page(desk, destination, link.source)
    elif not scheme:
        told = f"a relative link, {destination!r}, leads elsewhere on every page"
        yield Problem("LC03", link.source, told, 'use {{ link("notice") }}, "#section" or a whole address')
    elif scheme not in {*_SAFE, "http"}:
        yield Problem("LC03", link.source, f"a link of an unknown kind: {destination}", "use https:, mailto: or tel:")


def _judge_answer(link: Link, answer: Answer) -> Iterator[Problem]:
    if answer.fault:
        told = f"{link.destination} {answer.fault}"
        yield Problem("LC03", link.source, told, "correct or remove it", "warning")
    elif answer.moved:
        told = f"{link.destination} has moved for good to {answer.moved}"
        yield Problem("LC03", link.source, told, "link to the new address", "info")


def _judge_page(desk: Desk, destination: str, source: Source) -> Iterator[Problem]:
    """A link to another notice, whose pages are all there is: `/<locale>/<notice>/<region>/`."""
    path, _, fragment = destination.partition("#")
    match path.strip("/").split("/"):
        case [locale, name, region] if _has_page(desk, locale, name, region):
            draft = desk.drafts.get(name)
            target = draft.shown.get((region, locale)) if draft else None
            if fragment and target and target.is_whole and fragment not in _list_ids(target.text):
                told = f"notice {name!r} has no section #{fragment} in {locale!r}"
                hint = _trace_section(desk.library, name, locale, fragment)
                yield Problem("LC03", source, told, hint or "use the id of one of its sections")
        case _:
            yield Problem("LC03", source, f"{destination!r} is no page of this site", 'use {{ link("notice") }}')


def _has_page(desk: Desk, locale: str, name: str, region: str) -> bool:
    library = desk.library
    notice = library.notices.get(name)
    return notice is not None and locale in library.settings.locales and region in (notice.regions or library.regions)


def _is_borrowed(desk: Desk, composed: Composed, section: str) -> bool:
    """Whether readers are given a section that the text lacks: in the source's words."""
    draft, locale = desk.drafts.get(composed.working.notice), composed.working.locale
    shown = [text for (_, tag), text in draft.shown.items() if tag == locale] if draft else []
    return any(section in _list_ids(text.text) for text in shown)


@lru_cache(maxsize=4096)
def _list_ids(text: str) -> frozenset[str]:
    return frozenset(section.id for section in read_sections(text))


def _trace_section(library: Library, name: str, locale: str, section: str) -> str:
    """The next step where a published version had the section: it was renamed or removed, and no page leads on."""
    for version in reversed(library.versions.get(name, ())):
        for (_, language), edition in version.editions.items():
            if language == locale and section in _list_ids(edition.text):
                told = f"version {version.id} has it, so others may link to it too"
                return f"{told}: give the section its id back, or link to the one that says this now"
    return ""


@check(
    "LC04",
    "warning",
    why="Whoever writes to the wrong address, or cannot follow it, may never be answered.",
    wrong="Questions about this notice: privacy@acme.example … Questions about this notice: policy@acme.example",
    right="Questions about this notice: {{ contact.privacy | mail }}",
    by_notice=True,
)
def find_unclear_contacts(desk: Desk) -> Iterator[Problem]:
    """A mail address that is no link, several for one matter, one with names that do not agree, or one of several."""
    for _, composed, passages in read_texts(desk):
        mentions = list(list_mentions(passages))
        for mention in mentions:
            if not mention.is_linked:
                place = mention.passage.locate(composed, mention.offset, mention.address)
                told = f"{mention.address} is no link"
                yield Problem("LC04", place, told, "use {{ contact.… | mail }}", "warning")
        for mention, matter, known in find_split_matters(mentions, find_language(composed)):
            place = mention.passage.locate(composed, mention.offset, mention.address)
            line = known.passage.locate(composed, known.offset, known.address).line
            told = f"{matter} go to {mention.address} here, and to {known.address} on line {line}"
            yield Problem("LC04", place, told, "give one address for each matter", "warning")
        for mention, named, against in find_double_names(mentions):
            place = mention.passage.locate(composed, mention.offset, mention.address)
            told = f"{mention.address} is called {named!r}; {against}"
            yield Problem("LC04", place, told, "call each address by one name", "warning")
    for draft, region, _, composed in desk.composed_texts():
        for place, role, first, other in find_hidden_contacts(composed, draft.version.regions[region].entities):
            told = f"contact.{role} is that of {first}; {other} answers too, and has another"
            hint = f'name both, with roster["{other}"].contact.{role}, or let them have the same'
            yield Problem("LC04", place, told, hint, "warning")


@check(
    "LC05",
    "error",
    why="Reading a privacy notice must not tell a third party about its readers.",
    wrong="![seal](https://seal.example/seal.png)",
    right="The notice is certified: [check the seal](https://seal.example/check).",
    jurisdictions=("eu", "uk"),
    by_notice=True,
    first=find_foreign_requests,
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
