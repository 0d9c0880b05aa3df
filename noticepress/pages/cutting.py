"""The HTML of a text cut into pieces. Only for what the Markdown renderer writes."""

from __future__ import annotations

import re

TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*?(/?)>")
_VOID = frozenset({"br", "hr"})


def split_blocks(html: str) -> list[str]:
    """The HTML of a text, cut before each of its outermost elements."""
    starts, depth = [], 0
    for tag in TAG.finditer(html):
        if tag[1]:
            depth -= 1
            continue
        if not depth:
            starts.append(tag.start())
        depth += not tag[3] and tag[2] not in _VOID
    return [html[start:end] for start, end in zip(starts, [*starts[1:], len(html)], strict=False)]
