"""The links of the texts: where each leads, what it says, and whether people complain or use a right by it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from noticepress.blocks import Block, walk_blocks
from noticepress.checks.desk import Desk
from noticepress.compose import Composed
from noticepress.errors import Source
from noticepress.markdown import links, parse, read_sections

_SAID = re.compile(
    r"\b(?:complain\w*|complaints?|watchdog|(?:online|web|contact|request|application) form|opt[- ]?out)\b|\bform$"
    r"|\b(?:reclamaci[oó]n(?:es)?|quejas?|formulario)\b"
    r"|\b(?:beschwerde\w*|\w*formular)\b"
    r"|苦情|申立|申し立て|お?問い合わせフォーム|請求フォーム|شكوى|الشكاوى|نموذج"
)
"""Words of a link, in small letters, by which people complain, use a right or fill in a form."""

_ADDRESSED = frozenset(
    {
        *("complain", "complaint", "complaints", "watchdog", "form", "forms", "dsar", "optout", "rights"),
        *("reclamacion", "reclamaciones", "queja", "quejas", "formulario", "formularios"),
        *("beschwerde", "beschwerden", "formular", "kontaktformular", "beschwerdeformular"),
    }
)
"""The same as words of an address."""

_WEB = re.compile(r"https?://", re.IGNORECASE)

_COVERED = re.compile(r"13\.2\.[bcd]|rights|authority|complaint|withdraw|opt-out|review-process")
"""Tags of sections that tell people what they can do."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a text: where it leads, its words, the tags of its section, and whether an image is all it has.

    `is_bare_image` is true where that image has no words of its own.
    """

    destination: str
    words: str
    line: int
    column: int
    composed: Composed
    tags: tuple[str, ...] = ()
    is_bare_image: bool = False

    @property
    def source(self) -> Source:
        """Where it stands in the working text."""
        return self.composed.source(self.line, self.column)


def list_links(desk: Desk) -> Iterator[Link]:
    """Every link of every text, in reading order; images are links too, for that is how they are shown."""
    for _, _, _, composed in desk.composed_texts():
        for destination, words, line, column, tags, is_bare_image in _read_links(composed.text):
            yield Link(destination, words, line, column, composed, tags, is_bare_image)


@lru_cache(maxsize=1024)
def _read_links(text: str) -> tuple[tuple[str, str, int, int, tuple[str, ...], bool], ...]:
    """The links of a text: where each leads, its words and place, the tags above, whether an image is all it has."""
    document = parse(text)
    opened = [(section.line, section.tags) for section in read_sections(text) if section.heading]
    starts = [line for line, _ in opened]
    images = _find_bare_images(document)
    found = []
    for destination, words, line, column in links(document):
        above = bisect_right(starts, line)
        tags = opened[above - 1][1] if above else ()
        found.append((destination, words, line, column, tags, (line, column) in images))
    return tuple(found)


def find_addresses(desk: Desk) -> tuple[str, ...]:
    """The web addresses that links lead to, each once, in reading order; those of this site are not among them.

    What the site's own host shows now says nothing: this is what it will show.
    """
    own = desk.library.settings.site_url
    found = (link.destination for link in list_links(desk) if _WEB.match(link.destination))
    return tuple(dict.fromkeys(address for address in found if not (own and address.startswith(own))))


def _find_bare_images(document: Block) -> frozenset[tuple[int, int]]:
    """Where images without words stand: their address is shown in place of words."""
    return frozenset(
        (span.line, span.column)
        for leaf in walk_blocks(document)
        for span in leaf.spans
        if span.image and span.text == span.image
    )


def is_for_rights(link: Link) -> bool:
    """Whether people complain, use a right or fill in a form by a link: by its words, its address or its section."""
    if _SAID.search(link.words.casefold()) or any(_COVERED.search(tag) for tag in link.tags):
        return True
    return not _ADDRESSED.isdisjoint(re.split(r"[^a-z]+", _read_address(link.destination)))


def _read_address(destination: str) -> str:
    """An address in small letters; the host's last two labels say whose it is, not what it is for."""
    try:
        parts = urlsplit(destination.casefold())
    except ValueError:
        return ""
    own = parts.netloc.rsplit(".", 2)[0] if parts.netloc.count(".") > 1 else ""
    return f"{own}/{parts.path}?{parts.query}"
