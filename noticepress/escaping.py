"""Facts as plain words in Markdown, and marks that tell which line of a working text a composed line came from.

Marks are private-use characters, which no text or value may hold when it is read; none is left in a composed text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from noticepress.files import UNPRINTABLE

_LINE_MARK = re.compile("\ue000([0-9]+)\ue001")
_DOUBT = "\ue002"
"""Stands before a character that is markup only where the value happens to stand."""

_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_MARKUP = re.compile(r"[\\`*\[\]<>|~{}]|(?<!\S)#|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w*(?:;|$))")
_AT_START = re.compile(r"^[0-9]+(?=[.)]|$)|^(?=[-+.)=:])")
_AT_END = re.compile(r"!$")
_BEFORE_ITEM = r"(?:[ \t>]|[-*+][ \t]|[0-9]+[.)][ \t]|\[\^[^\]]+\]:)*"
# Where an item, a rule, an underline or a table would begin: after a number from a value, or at a sign from one.
_DOUBT_AT_START = re.compile(
    rf"^({_BEFORE_ITEM}){_DOUBT}*"
    rf"(?:([0-9][0-9{_DOUBT}]*)(?=[.)](?:[ \t]|$))|(?=[-+](?:[ \t]|$)|[-=:][-=:| \t]*$))(?<={_DOUBT})"
)
_DOUBT_AT_LINK = re.compile(rf"{_DOUBT}!(?=\[)")
_ONLY_TAGS = re.compile(r"\s*(\{%.*?%\}\s*)+")


class Markdown(str):
    """Markdown made on purpose: it is not escaped again."""

    __slots__ = ()


def escape_markdown(text: str) -> Markdown:
    """A fact as plain words on one line: no character of it is read as Markdown, wherever it stands.

    What only means something at the start of a line, or before a link, is decided by `remove_marks`.
    """
    text = _SPACES.sub(" ", UNPRINTABLE.sub("", text)).strip(" ")
    text = _MARKUP.sub(lambda found: "\\" + found[0], text)
    text = _AT_END.sub(f"{_DOUBT}!", text)
    return Markdown(_AT_START.sub(lambda found: found[0] + _DOUBT, text, count=1))


def show_plainly(text: str) -> str:
    """Plain words as a line of Markdown that nothing else is composed into."""
    return remove_marks(escape_markdown(text), [text])[0].strip()


def mark_lines(text: str, first: int) -> str:
    """A piece of a working text that begins on line `first`, with its number at the end of each line."""
    parts = text.split("\n")
    return "".join(f"{part}\ue000{first + index}\ue001\n" for index, part in enumerate(parts[:-1])) + parts[-1]


def remove_marks(rendered: str, lines: Sequence[str]) -> tuple[str, tuple[int, ...]]:
    """The composed text, and for each line of it the line of the working text (`lines`) that it came from.

    A line that held only tags leaves no blank line behind.
    """
    kept: list[tuple[str, int]] = []
    origin = 0
    for piece in rendered.split("\n"):
        marks = _LINE_MARK.findall(piece) if "\ue000" in piece else ()
        origin = int(marks[-1]) if marks else min(origin + 1, len(lines))
        text = _decide(_LINE_MARK.sub("", piece) if marks else piece)
        if text.strip() or not _ONLY_TAGS.fullmatch(lines[origin - 1]):
            kept.append((text, origin))
    while kept and not kept[0][0]:
        del kept[0]
    while kept and not kept[-1][0]:
        del kept[-1]
    return "\n".join(text for text, _ in kept) + "\n", tuple(origin for _, origin in kept) or (1,)


def _decide(line: str) -> str:
    """A line with backslashes where a doubtful character is markup after all."""
    if _DOUBT not in line:
        return line
    line = _DOUBT_AT_START.sub(r"\1\2\\", line)
    return _DOUBT_AT_LINK.sub(r"\\!", line).replace(_DOUBT, "")
