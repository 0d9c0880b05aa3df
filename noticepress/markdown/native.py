"""Safe HTML from the parser's own, which is far quicker than the way through blocks, and says the same."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

import pyromark

from noticepress.blocks import assign_ids
from noticepress.hypertext import (
    is_outside,
    is_safe_destination,
    open_cell,
    open_heading,
    open_table,
    render_document,
    replace_unprintable,
)
from noticepress.markdown.reader import OPTIONS, mask_braces, parse, unmask_braces
from noticepress.markdown.tree import DEEPEST

# Where the parser's own HTML is not enough: raw HTML, images, footnotes, heading attributes it drops or tears apart.
_NEEDS_TREE = re.compile(r"<[A-Za-z/!?]|!\[|\[\^|\{(?=[^{}\n]*\})[^{}\n]*\s(?:[#.]|lang=|summary)|\{(?:lang|summary)=")
_TWINS = re.compile(r"</(a|em|strong|del)><\1[ >]")
_NESTED = re.compile(r"<(?:blockquote|ul|ol|em|strong|del)\b")
_HEADING = re.compile(r"<h[1-6]([^>]*)>(.*?)</h[1-6]>", re.DOTALL)
_HEADING_ID = re.compile(r'^ id="([^"]*)"')
_TAG = re.compile(r"<[^>]*>")
_REWRITTEN = re.compile(
    r"<h(?P<level>[1-6])[^>]*>"
    r"|<(?P<table>/?table)>"
    r'|<(?P<cell>t[hd])(?: style="text-align: (?P<align>[a-z]+)")?>'
    r'|<a href="(?P<href>[^"]*)"(?P<name> title="[^"]*")?>'
    r"|<(?P<strike>/?)del>"
)


def render_html(text: str) -> str:
    """A whole notice text as safe HTML: nothing in it loads, runs or names anything that the text does not say.

    Headings carry their id, tables stand in a `div.np-table` that scrolls, raw HTML that is not read shows as text,
    images show as links, footnotes last.
    """
    source = replace_unprintable(text)
    if not _NEEDS_TREE.search(source):
        rewritten = rewrite_html(unmask_braces(pyromark.html(mask_braces(source), options=OPTIONS)))
        if rewritten is not None:
            return rewritten
    return render_document(parse(text))


def rewrite_html(native: str) -> str | None:
    """The parser's HTML made ours, or None where only the tree gives the same result as `render_document`."""
    if _TWINS.search(native) or len(_NESTED.findall(native)) > DEEPEST:
        return None
    pairs = []
    for attributes, words in _HEADING.findall(native):
        written = _HEADING_ID.match(attributes)
        explicit = html.unescape(written[1]) if written else ""
        pairs.append((explicit, " ".join(html.unescape(_TAG.sub("", words)).split())))
    ids = iter(assign_ids(pairs))
    heading = ""
    unsafe = False

    def rewrite(match: re.Match[str]) -> str:
        nonlocal heading, unsafe
        if match["href"] is not None:
            destination = html.unescape(match["href"])
            unsafe = unsafe or not is_safe_destination(unquote(destination))
            return f'{match[0][:-1]} rel="noopener">' if is_outside(destination) else match[0]
        if match["level"]:
            heading = next(ids)
            return open_heading(int(match["level"]), heading)
        if match["cell"]:
            return open_cell(match["align"] or "", header=match["cell"] == "th")
        if match["table"]:
            return open_table(heading) if match["table"] == "table" else "</table></div>"
        return f"<{match['strike']}s>"

    rewritten = _REWRITTEN.sub(rewrite, native)
    return None if unsafe else replace_unprintable(rewritten)
