"""As much of the unchanged words around a change as a reader needs to see where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from icu4py.breakers import SentenceBreaker, WordBreaker

from noticepress.redlines.passages import Segment
from noticepress.redlines.widths import measure

_MOST = 160
"""Columns of context that are shown on either side of a change at most: about two lines."""

_ENOUGH = 40
"""So many columns of whole sentences are enough."""

_GAIN = 60
"""Fewer columns than this are not worth a cut."""

_CUT = "\u2026"
_NO_START = " ,;:.)\u3001\u3002\uff0c\uff1b\uff1a\uff09"
"""What no line begins with."""

_ABBREVIATION = re.compile(r"(?<![^\W\d_])(?:[a-z]|[A-Z][a-z]{0,2})\.\s*\Z")
"""`No. 7`, `1054 S. De Anza`, `z. B.`: where it is an end nevertheless, more context does no harm."""


def trim_context(segments: Sequence[Segment]) -> list[Segment]:
    """The segments with long unchanged stretches cut, at the ends of sentences where that leaves enough."""
    last = len(segments) - 1
    result = []
    for place, segment in enumerate(segments):
        text = segment.text
        if segment.op == "=" and last:
            text = _trim(text, is_first=place == 0, is_last=place == last)
        elif segment.op == "<" and measure(text) > _MOST / 2:
            text = _keep_start(text, _MOST // 4) + _CUT  # it stands in full where it moved to
        result.append(Segment(segment.op, text))
    return result


def _trim(text: str, *, is_first: bool, is_last: bool) -> str:
    """Unchanged words, before the first change, after the last one, or between two."""
    sentences = _split_sentences(text)
    start = end = ""
    if not is_first:
        start = "".join(_gather(sentences)) or _keep_start(text, _MOST // 2)
    if not is_last:
        end = "".join(_gather(sentences[::-1])[::-1]) or _keep_end(text, _MOST // 2)
    if measure(start) + measure(end) + _GAIN >= measure(text):
        return text
    space = " " if " " in text else ""
    return f"{start.rstrip()}{space if start else ''}{_CUT}{space if end else ''}{end.lstrip()}"


def _split_sentences(text: str) -> list[str]:
    sentences: list[str] = []
    for start, end in SentenceBreaker(text, "root").segments() if text.strip() else ():
        if sentences and _ABBREVIATION.search(sentences[-1]):
            sentences[-1] += text[start:end]
        else:
            sentences.append(text[start:end])
    return sentences


def _gather(sentences: Sequence[str]) -> list[str]:
    """The first sentences that are enough; none where they are too much."""
    kept: list[str] = []
    for sentence in sentences:
        kept.append(sentence)
        width = sum(map(measure, kept))
        if width >= _ENOUGH:
            return kept if width <= _MOST else []
    return kept


def _keep_start(text: str, width: int) -> str:
    kept = ""
    for start, end in WordBreaker(text, "root").segments():
        if measure(kept) + measure(text[start:end]) > width:
            break
        kept = text[:end]
    return kept.rstrip()


def _keep_end(text: str, width: int) -> str:
    kept = ""
    for start, end in reversed(list(WordBreaker(text, "root").segments())):
        if measure(kept) + measure(text[start:end]) > width:
            break
        kept = text[start:]
    return kept.lstrip(_NO_START)
