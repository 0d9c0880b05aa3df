"""Two languages side by side: section by section, since no word of one is a word of the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from noticepress.blocks import Block, Section, join_spans, plain_text, sections
from noticepress.markdown import parse
from noticepress.redlines.widths import WIDTH, fill, measure

_COLUMN = (WIDTH - 3) // 2
_MISSING = "(not in this text)"


@dataclass(frozen=True, slots=True)
class Row:
    """A section in both texts, by its id; None where a text has no such section."""

    id: str
    old: Section | None
    new: Section | None


def pair_sections(old: str, new: str) -> tuple[Row, ...]:
    """Every section of either text, in the order of the new one; one that only the old has comes where that has it."""
    before, after = ({section.id: section for section in sections(parse(text))} for text in (old, new))
    order, place = list(after), 0
    for name in before:
        if name in after:
            place = order.index(name) + 1
        else:
            order.insert(place, name)
            place += 1
    return tuple(Row(name, before.get(name), after.get(name)) for name in order)


def list_paragraphs(section: Section) -> Iterator[str]:
    """The words of a section without its heading: a text for each paragraph, item and row."""
    for block in section.blocks:
        yield from _walk_paragraphs(block)


def _walk_paragraphs(block: Block) -> Iterator[str]:
    if block.kind == "row":
        yield " | ".join(plain_text(cell).replace("\n", " / ") for cell in block.children)
    elif not block.children:
        if text := join_spans(block.spans):
            yield text
    elif block.kind == "item":
        first, *rest = [text for child in block.children for text in _walk_paragraphs(child)] or [""]
        yield from (f"* {first}", *rest)
    else:
        for child in block.children:
            yield from _walk_paragraphs(child)


def tell_parallel(rows: Sequence[Row], old: str, new: str) -> str:
    """Both texts in two columns, the new one on the left; `old` and `new` say which they are."""
    parts = [_set_beside([new], [old]), "-" * _COLUMN + "-+-" + "-" * _COLUMN]
    for row in rows:
        left, right = ([*_tell_section(section)] for section in (row.new, row.old))
        parts.append(_set_beside(left, right) + "\n")
    return "\n".join(parts).rstrip("\n")


def _tell_section(section: Section | None) -> Iterator[str]:
    if section is None:
        yield _MISSING
        return
    if section.title:
        yield f"## {section.title}"
    yield from list_paragraphs(section)


def _set_beside(left: Sequence[str], right: Sequence[str]) -> str:
    columns = ([line for text in texts for line in (*_fill_column(text), "")][:-1] for texts in (left, right))
    return "\n".join(
        f"{one}{' ' * max(_COLUMN - measure(one), 0)} | {other}".rstrip()
        for one, other in zip_longest(*columns, fillvalue="")
    )


def _fill_column(text: str) -> list[str]:
    first, others = ("* ", "  ") if text.startswith("* ") else ("", "")
    return fill([(text.removeprefix("* "), "")], first, others, _COLUMN).split("\n")
