"""A redline told in words: for a terminal, and in Markdown for a review."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from noticepress.changes import Change
from noticepress.escaping import show_plainly
from noticepress.redline import Redline

WIDTH = 78
"""Columns of a text for a terminal or a mail."""

_MARKS = {"-": "[-{}-]", "m-": "[-{}-]", "+": "{{+{}+}}", "<": "[<{}<]", ">": "{{>{}>}}"}
_GLIMPSE = 60

Op = tuple[str, str]


def tell_redline(found: Redline) -> str:
    """A redline to read in a terminal or a mail: for each section what changed, with the words in their paragraphs.

    `[-deleted-]`, `{+inserted+}`, `[<moved away<]`, `{>moved here>}`.
    """
    if not found.changes:
        return "no changes."
    parts = [f"{_count(found.changes)}: [-deleted-] {{+inserted+}} [<moved away<] {{>moved here>}}"]
    for changes, blocks in _walk(found):
        parts += [_tell_section(changes)] if changes else []
        parts += [_fill("".join(_mark(op, text) for op, text in block)) for block in blocks]
    return "\n\n".join(parts)


def mark_redline(found: Redline) -> str:
    """A redline as a list in Markdown: an item for each section, and its changed paragraphs quoted under it."""
    if not found.changes:
        return "No changes."
    lines = [f"{_count(found.changes)}: ~~deleted~~, **inserted**, *moved here*.", ""]
    for changes, blocks in _walk(found):
        lines += [f"- {show_plainly(_tell_section(changes))}"] if changes else []
        for block in blocks:
            lines += ["", f"  > {''.join(_emphasize(op, text) for op, text in block)}"]
    return "\n".join(lines)


def _count(changes: Sequence[Change]) -> str:
    return f"{len(changes)} change{'s' * (len(changes) != 1)}"


def _fill(told: str) -> str:
    indent = " " * 4
    return textwrap.fill(
        told,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _walk(found: Redline) -> Iterator[tuple[Sequence[Change], Sequence[Sequence[Op]]]]:
    """The changes of each section with the operations of each changed paragraph in it; first what has no heading."""
    groups: dict[tuple[str, bool], list[Change]] = {}
    for change in found.changes:
        groups.setdefault((change.section, change.kind == "removed"), []).append(change)
    changes: Sequence[Change] = groups.pop(("", False), ())
    blocks: list[Sequence[Op]] = []
    for block in _split_blocks(found.ops):
        if heading := _find_heading(block, groups):
            yield changes, blocks
            changes, blocks = groups.pop(heading), []
        if any(op != "=" and text.strip() for op, text in block):
            blocks.append(block)
    yield changes, blocks
    yield from ((left, ()) for left in groups.values())


def _split_blocks(ops: Iterable[Op]) -> Iterator[list[Op]]:
    """The operations of each paragraph, heading, item or cell, without the line feed that ends it."""
    block: list[Op] = []
    for op, text in ops:
        first, *rest = text.split("\n")
        block.append((op, first))
        for piece in rest:
            yield [part for part in block if part[1]]
            block = [(op, piece)]
    yield [part for part in block if part[1]]


def _find_heading(block: Sequence[Op], groups: Mapping[tuple[str, bool], Sequence[Change]]) -> tuple[str, bool] | None:
    """The changed section, if any, whose heading a block is."""
    new = "".join(text for op, text in block if op in {"=", "+", ">"})
    gone = "".join(text for op, text in block if op == "-")
    titles = ((key, changes[0].title, gone if key[1] and not new else new) for key, changes in groups.items())
    return next((key for key, title, told in titles if title and title == told), None)


def _mark(op: str, text: str) -> str:
    if op not in _MARKS or not text.strip():
        return text
    if op == "<" and len(text) > _GLIMPSE:
        text = text[:_GLIMPSE].rstrip() + "…"  # it stands in full where it moved to
    return _MARKS[op].format(text)


def _emphasize(op: str, text: str) -> str:
    """Marked words in Markdown, which sees a mark only where it touches a word."""
    words = text.strip()
    sign = {"-": "~~", "m-": "~~", "+": "**", ">": "*", "<": "~~"}.get(op, "")
    if not words:
        return " "
    if op == "<" and len(words) > _GLIMPSE:
        words = words[:_GLIMPSE].rstrip() + "…"
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{sign}{show_plainly(words)}{sign}{after}"


def _tell_section(changes: Sequence[Change]) -> str:
    """`Security (before: Safety): renamed, modified; 2 words inserted; touches "30 days"`."""
    first = changes[0]
    counts = ((sum(c.words_added for c in changes), "inserted"), (sum(c.words_removed for c in changes), "deleted"))
    told = [
        ", ".join(dict.fromkeys(change.kind for change in changes)),
        *(f"{count} word{'s' * (count != 1)} {what}" for count, what in counts if count),
    ]
    if tokens := dict.fromkeys(f'"{token}"' for change in changes for token in change.tokens):
        told.append(f"touches {', '.join(tokens)}")
    before = next((f" (before: {c.old_title})" for c in changes if c.old_title and c.old_title != c.title), "")
    return f"{first.title or 'The beginning'}{before}: {'; '.join(told)}"
