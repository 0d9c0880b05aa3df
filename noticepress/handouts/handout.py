"""What a redline says of itself once it has left the site."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urljoin

from noticepress.hypertext import is_safe_destination
from noticepress.localize import text_direction

AUTHOR = "Noticepress"
"""Who is named for changes where nobody else is known."""

_LEFT_TO_RIGHT = "\u200e"
"""Keeps the parts of a date in order behind Arabic letters."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HREF_SAFE = "!#$%&'()*+,-./:;=?@^_~"


@dataclass(frozen=True, slots=True)
class Handout:
    """Which two texts these are, and where they come from.

    `title` is that of the notice; `old` and `new` name the two texts by what differs between them, `common` by what
    does not; `old` is empty where there is none. `locale` is the language of the texts. `changed` is when the newer one
    begins to apply, None where that is not known. `site` is the address of the site and `page` where in it the newer
    one stands, for the links that leave it, or empty. `author` is who is named for each change.
    """

    title: str
    old: str
    new: str
    locale: str = "en"
    common: tuple[str, ...] = ()
    author: str = AUTHOR
    changed: datetime | None = None
    site: str = ""
    page: str = ""

    @property
    def headline(self) -> str:
        """What is compared, in a line."""
        compared = f"{self.new} compared with {self.old}" if self.old else f"{self.new}, the first version"
        return f"{self.title}: {compared}" + (f" ({', '.join(self.common)})" if self.common else "")

    @property
    def names(self) -> str:
        """The names of both texts, in any language."""
        is_rtl = text_direction(self.locale) == "rtl"
        arrow, mark = ("\u2190", _LEFT_TO_RIGHT) if is_rtl else ("\u2192", "")
        return f" {arrow} ".join(f"{mark}{name}" for name in (self.old, self.new) if name)

    def find_address(self, destination: str) -> str:
        """Where a link leads from outside the site; nothing where that cannot be said, or is not safe.

        As on the pages, `/` is the top of the site.
        """
        is_site = destination[:1] == "/" and destination[:2] != "//"
        base = self.site if is_site else self.site + self.page
        address = urljoin(base, destination.lstrip("/") if is_site else destination) if self.site else destination
        is_whole = _SCHEME.match(address) is not None
        return quote(address, safe=_HREF_SAFE) if is_whole and is_safe_destination(address) else ""
