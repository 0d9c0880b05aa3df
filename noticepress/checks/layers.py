"""Short versions of sections: what a heading promises is there, and in every language alike."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

from noticepress.blocks import Section
from noticepress.compose import Composed
from noticepress.errors import Problem
from noticepress.markdown import parse


def judge_summaries(composed: Composed) -> Iterator[Problem]:
    """Headings that say a short version follows, where none does."""
    for block, following in pairwise((*parse(composed.text).children, None)):
        if block is None or block.kind != "heading" or "summary" not in block.attributes:
            continue
        if following is None or "summary" not in following.attributes or following.kind == "heading":
            place = composed.source(block.line, block.column)
            told = f"section #{block.id} has no short version, though its heading says so"
            hint = "write it under the heading as a quotation, paragraph or list, or leave out 'summary'"
            yield Problem("AX01", place, told, hint, "warning")


def find_other_summaries(
    theirs: Mapping[str, Section], ours: Mapping[str, Section], translation: Composed, outdated: Collection[str]
) -> Iterator[Problem]:
    """Short versions that only one of a text and its source has."""
    for name, section in ours.items():
        if name not in theirs or name in outdated or has_summary(section) == has_summary(theirs[name]):
            continue
        place = translation.source(section.line, section.column)
        if has_summary(section):
            told = f"section #{name} has a short version here only"
            hint = "write one in the source too, or leave it out here"
        else:
            told = f"section #{name} lacks the short version that the source has"
            hint = 'translate it, and mark it alike: {#… summary} over the block, or summary="…"'
        yield Problem("TR03", place, told, hint, "warning")


def has_summary(section: Section) -> bool:
    """Whether the authors wrote a short version of a section."""
    return bool(section.blocks) and "summary" in section.blocks[0].attributes
