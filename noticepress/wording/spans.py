"""Pieces of a comparison back to runs of text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from noticepress.blocks import Change, Mark, Span
from noticepress.wording.comparison import Piece, share_marks


def write_spans(pieces: Iterable[Piece]) -> tuple[Span, ...]:
    """The runs of a leaf in which each change is marked; accepting or rejecting them gives the words of either side."""
    writer = _SpanWriter()
    seen_old = seen_new = False
    spaced = 0
    last: tuple[Mark, ...] = ()
    steps = tuple(pieces)
    for piece, follower in zip(steps, (*steps[1:], None), strict=True):
        change: Change = "" if piece.op == "=" else piece.op
        on_old, on_new = change in {"", "-", "<"}, change in {"", "+", ">"}
        replaced = piece.op == "-" and follower is not None and follower.op == "+"
        if replaced and follower and seen_old and seen_new and piece.tokens[0].space and follower.tokens[0].space:
            # What is replaced and what replaces it share the space before them.
            marks = share_marks(
                share_marks(last, piece.tokens[0].runs[0][1].marks), follower.tokens[0].runs[0][1].marks
            )
            writer.add(" ", marks, "")
            spaced = 2
        for place, token in enumerate(piece.tokens):
            if place == 0 and spaced:
                spaced -= 1
            elif token.space and ((on_old and seen_old) or (on_new and seen_new)):
                # A space that only one side has belongs to the change that stands before it.
                one_sided = on_old and on_new and not (seen_old and seen_new)
                marks = token.runs[0][1].marks
                shared = marks if marks == last else share_marks(last, marks)
                writer.add(" ", shared, writer.change if one_sided else change)
            for text, span in token.runs:
                last = span.marks
                if span.footnote or span.image or span.hard_break:
                    writer.add_whole(span, change)
                else:
                    writer.add(text, last, change)
            seen_old, seen_new = seen_old or on_old, seen_new or on_new
    return writer.finish()


class _SpanWriter:
    """Joins words under the same marks and with the same fate into one span."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.words: list[str] = []
        self.marks: tuple[Mark, ...] = ()
        self.change: Change = ""

    def add(self, text: str, marks: tuple[Mark, ...], change: Change) -> None:
        if change != self.change or (marks is not self.marks and marks != self.marks):
            self.finish()
            self.marks, self.change = marks, change
        self.words.append(text)

    def add_whole(self, span: Span, change: Change) -> None:
        self.finish()
        self.change = change
        self.spans.append(replace(span, change=change))

    def finish(self) -> tuple[Span, ...]:
        if self.words:
            self.spans.append(Span("".join(self.words), self.marks, change=self.change))
            self.words = []
        return tuple(self.spans)
