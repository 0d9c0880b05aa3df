"""A redline in Markdown, for a review."""

from __future__ import annotations

from noticepress.escaping import show_plainly
from noticepress.redline import Redline
from noticepress.redlines.passages import Op, Passage, gather_sections
from noticepress.redlines.terminal import count_sections, summarize_section
from noticepress.redlines.trimming import trim_context

_SIGNS: dict[Op, str] = {"-": "~~", "+": "**", ">": "*", "<": "~~"}


def mark_redline(found: Redline) -> str:
    """A redline as a list in Markdown: an item for each section, and its changed paragraphs quoted under it."""
    sections = gather_sections(found)
    if not sections:
        return "No changes."
    lines = [f"{count_sections(sections)}: ~~deleted~~, **inserted**, *moved here*.", ""]
    for section in sections:
        lines.append(f"- **{show_plainly(section.title)}**: {show_plainly(summarize_section(section))}")
        for passage in section.passages:
            lines += ["", f"  > {_quote(passage)}"]
    return "\n".join(lines)


def _quote(passage: Passage) -> str:
    words = "".join(_emphasize(segment.op, segment.text) for segment in trim_context(passage.segments)).strip()
    notes = [f"({show_plainly(note)})" for note in dict.fromkeys(passage.notes)]
    return " ".join(["\u2022"] * passage.is_item + [words] * bool(words) + notes)


def _emphasize(op: Op, text: str) -> str:
    """Marked words in Markdown, which sees a mark only where it touches a word."""
    words = text.strip()
    if not words:
        return " "
    sign = _SIGNS.get(op, "")
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{sign}{show_plainly(words)}{sign}{after}"
