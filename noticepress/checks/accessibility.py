"""Accessibility: headings, languages, redlines and the theme, for everyone and every program that reads aloud."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from noticepress.checks.check import check
from noticepress.checks.desk import Desk
from noticepress.checks.headings import judge_ids, judge_look_alikes, judge_outline
from noticepress.checks.layers import judge_summaries
from noticepress.colours import LEAST
from noticepress.compose import Composed
from noticepress.errors import Problem
from noticepress.markdown import Block, parse, walk_blocks
from noticepress.model import Library
from noticepress.palette import find_palette, find_weaknesses


@check(
    "AX01",
    "error",
    why="Readers find their way by headings and cite sections by their ids, screen readers first of all.",
    wrong="**Your rights**",
    right="## Your rights {#rights}",
    by_notice=True,
)
def find_heading_faults(desk: Desk) -> Iterator[Problem]:
    """A text with no headings or with wrong ones: of a skipped level, without words or id, bold words in their place.

    Raw HTML that is shown as text is told too: it makes no headings.
    """
    names = desk.remember("legal names", partial(_list_legal_names, desk.library))
    for draft, _, _, composed in desk.composed_texts():
        document = parse(composed.text)
        if not document.children:
            yield Problem("AX01", composed.source(1), "the text is empty", "write the notice")
        yield from judge_outline(composed, desk.words_severity(draft.version.notice))
        yield from judge_ids(composed)
        yield from judge_summaries(composed)
        yield from judge_look_alikes(composed, names)
        yield from _judge_markup(composed, document)


def _list_legal_names(library: Library) -> frozenset[str]:
    return frozenset(facts.legal_name for entity in library.entities.values() for facts in entity.slices)


def _judge_markup(composed: Composed, document: Block) -> Iterator[Problem]:
    for block in walk_blocks(document):
        if block.kind == "html" or any(span.html for span in block.spans):
            place = composed.source(block.line, block.column)
            yield Problem("AX01", place, "raw HTML is shown as text", "write Markdown", "warning")


@check(
    "AX06",
    "error",
    why="A colour that suits a brand may be too pale for words, and nobody reads a notice that cannot be seen.",
    wrong="accent: '#ffcc00' (on the white of pages 1.5:1)",
    right="accent: '#7a6200' (5.9:1)",
    jurisdictions=("us-ca", "EAA"),
)
def find_pale_colors(desk: Desk) -> Iterator[Problem]:
    """Colours of the site's own on which words, or which as words, have too little contrast, in light or dark."""
    settings = desk.library.settings
    palette = find_palette(settings.look)
    schemes = (
        ("light", "", palette.light, settings.look.colors),
        ("dark", "dark.", palette.dark, settings.look.dark),
    )
    for scheme, prefix, colors, own in schemes:
        told: set[str] = set()
        for weak in find_weaknesses(colors):
            # What the owners chose is told, each colour once; a tint follows from its colour.
            chosen = next((name for name in (weak.ink, weak.ground) if name.partition("-")[0] in own), "")
            key = chosen.partition("-")[0]
            if key and key not in told:
                told.add(key)
                ink, ground = f"{weak.ink} {colors[weak.ink]}", f"{weak.ground} {colors[weak.ground]}"
                yield Problem(
                    "AX06",
                    settings.find_place(f"look.colors.{prefix}{key}"),
                    f"{ink} on {ground}, in the {scheme} scheme: {weak.contrast:.1f}:1",
                    f"words need {LEAST}:1; {weak.ink} {weak.better} would do",
                )
