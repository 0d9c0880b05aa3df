"""The layers of a notice: the short versions that its authors wrote, each over its full section, and all on top."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from noticepress.pages.cutting import split_blocks

_HEADING = re.compile(r'<h([2-6]) id="([^"]*)"([^>]*)>(.*?)</h\1>', re.DOTALL)
_SHORT = re.compile(r'<div(?P<more>(?: lang="[^"]*" dir="[^"]*")?) class="np-short[^>]*>\n?')
_END = re.compile(r"</div>\s*\Z")
_ID = re.compile(r' id="[^"]*"')
_LINKED = re.compile(r"</?a(?: [^>]*)?>")


@dataclass(frozen=True, slots=True)
class Short:
    """The short version of a section, as its authors wrote it; `level` is that of its heading."""

    id: str
    title: Markup
    level: int
    body: Markup


def list_shorts(body: str) -> Iterator[Short]:
    """The short versions in the HTML of a text, in its order. Their ids stay behind: they stand there once already."""
    if 'class="np-short' not in body:
        return
    for before, block in pairwise(split_blocks(body)):
        heading, short = _HEADING.match(before), _SHORT.match(block)
        if heading and short:
            # The Markdown renderer wrote both: safe HTML and nothing else.
            words = _ID.sub("", _END.sub("", block[short.end() :]))
            told = Markup(f"<div{short['more']}>{words}</div>") if short["more"] else Markup(words)  # noqa: S704
            title = Markup(_ID.sub("", _LINKED.sub("", heading[4])).strip())  # noqa: S704
            yield Short(heading[2], title, int(heading[1]), told)


def label_shorts(body: str, label: str) -> str:
    """The HTML of a text with a label, which is HTML, in front of each short version."""
    return _SHORT.sub(lambda found: f"{found[0].rstrip()}\n{label}\n", body) if 'class="np-short' in body else body
