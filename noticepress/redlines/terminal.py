"""A redline to read in a terminal or a mail: marks in plain ASCII, colour only beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from noticepress.changes import Change
from noticepress.redline import Redline
from noticepress.redlines.passages import Op, Passage, SectionTold, gather_sections
from noticepress.redlines.trimming import trim_context
from noticepress.redlines.widths import Styled, fill, measure

_MARKS: dict[Op, tuple[str, str]] = {
    "-": ("[-", "-]"),
    "+": ("{+", "+}"),
    "<": ("[<", "<]"),
    ">": ("{>", ">}"),
    "~": ("{~", "~}"),
}
_LEGEND: dict[Op, str] = {
    "-": "deleted",
    "+": "inserted",
    "<": "moved away",
    ">": "moved here",
    "~": "the same words in another form",
}
_COLOURS: dict[Op, str] = {"-": "\x1b[31m", "+": "\x1b[32m", "<": "\x1b[33m", ">": "\x1b[36m", "~": "\x1b[35m"}
_BOLD = "\x1b[1m"
_INDENT = " " * 4


def tell_redline(found: Redline, *, coloured: bool = False) -> str:
    """What changed, section by section: counts, and each changed paragraph with as much around a change as is needed.

    `[-deleted-]`, `{+inserted+}`, `[<moved away<]`, `{>moved here>}`, `{~the same words in another form~}`. Lines have
    78 columns at most, words that are longer excepted.
    """
    sections = gather_sections(found)
    if not sections:
        return "no changes."
    parts = ["\n".join((fill([(count_sections(sections), "")], "", ""), *_tell_legend(sections, coloured=coloured)))]
    for section in sections:
        parts.append(_tell_section(section, coloured=coloured))
        # The items of a list stand close together.
        for is_item, passages in groupby(section.passages, key=lambda passage: passage.is_item):
            told = [_tell_passage(passage, coloured=coloured) for passage in passages]
            parts += ["\n".join(told)] if is_item else told
    return "\n\n".join(parts)


def count_sections(sections: Sequence[SectionTold]) -> str:
    """`3 sections changed, 1 added; 42 words inserted, 17 deleted`."""
    names = {"added": "added", "removed": "removed"}
    kinds = Counter(names.get(section.changes[0].kind, "changed") for section in sections)
    told = [f"{kinds[kind]} {kind}" for kind in ("changed", "added", "removed") if kinds[kind]]
    count, _, rest = told[0].partition(" ")
    told[0] = f"{count} section{'s' * (count != '1')} {rest}"
    words = list(_count_words([change for section in sections for change in section.changes], in_full=False))
    return "; ".join([", ".join(told), ", ".join(words)] if words else [", ".join(told)])


def _count_words(changes: Sequence[Change], *, in_full: bool) -> Iterator[str]:
    """`42 words inserted`, `17 deleted`, and `in_full` also what moved and what only looks different."""
    counts = {
        "inserted": sum(change.words_added for change in changes),
        "deleted": sum(change.words_removed for change in changes),
    }
    if in_full:
        counts |= {
            "moved here": sum(change.words_moved_in for change in changes),
            "moved away": sum(change.words_moved_out for change in changes),
            "in another form": sum(change.words_restyled for change in changes),
        }
    every = sum(c.words_added + c.words_removed + c.words_moved_in + c.words_moved_out for c in changes)
    unit = "character" if 2 * sum(change.characters for change in changes) > every else "word"
    for number, (what, count) in enumerate((what, count) for what, count in counts.items() if count):
        yield f"{count} {what}" if number else f"{count} {unit}{'s' * (count != 1)} {what}"


def summarize_section(section: SectionTold) -> str:
    """`renamed, before "Safety"; modified; 2 words inserted; touches "30 days"`."""
    changes = section.changes
    told = [_name_kind(change, section) for change in changes]
    told += [", ".join(words)] if (words := list(_count_words(changes, in_full=not section.place))) else []
    told += list(_tell_paragraphs(changes))
    tokens = dict.fromkeys(f'"{token}"' for change in changes for token in change.tokens if "://" not in str(token))
    if tokens:  # where links lead is told where they stand
        told.append(f"touches {', '.join(tokens)}")
    return "; ".join(told)


def _tell_paragraphs(changes: Sequence[Change]) -> Iterator[str]:
    for what, count in (("split", sum(c.splits for c in changes)), ("merged", sum(c.merges for c in changes))):
        if count:
            yield f"{count} paragraph{'s' * (count != 1)} {what}"


def _name_kind(change: Change, section: SectionTold) -> str:
    if change.kind == "renamed":
        return f'renamed, before "{change.old_title}"' if change.old_title else "now has a title"
    if change.kind == "moved" and section.place:
        return f"moved: now {section.place}"
    return change.kind


def _tell_legend(sections: Sequence[SectionTold], *, coloured: bool) -> Iterator[str]:
    """The marks that are used."""
    used = {segment.op for section in sections for passage in section.passages for segment in passage.segments}
    parts = [part for op in _LEGEND if op in used for part in ((_mark(op, _LEGEND[op], coloured=coloured)), (" ", ""))]
    if parts:
        yield fill(parts, "", "")


def _tell_section(section: SectionTold, *, coloured: bool) -> str:
    title = fill([(section.title, _BOLD if coloured else "")], "", "")
    width = max(measure(line) for line in fill([(section.title, "")], "", "").split("\n"))
    return f"{title}\n{'-' * width}\n{fill([(summarize_section(section), '')], '', '  ')}"


def _tell_passage(passage: Passage, *, coloured: bool) -> str:
    parts = [_mark(segment.op, segment.text, coloured=coloured) for segment in trim_context(passage.segments)]
    first, others = (f"{_INDENT}* ", f"{_INDENT}  ") if passage.is_item else (_INDENT, _INDENT)
    lines = [fill(parts, first, others)] if "".join(words for words, _ in parts).strip() else []
    lines += [fill([(note, "")], f"{others}-> ", f"{others}   ") for note in dict.fromkeys(passage.notes)]
    return "\n".join(lines)


def _mark(op: Op, text: str, *, coloured: bool) -> Styled:
    if op not in _MARKS or not text.strip():
        return text, ""
    opened, closed = _MARKS[op]
    return f"{opened}{text}{closed}", _COLOURS[op] if coloured else ""
