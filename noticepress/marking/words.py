"""The words of the page in a redline: what is heard at both ends of a change, and its remarks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from noticepress import localize
from noticepress.blocks import Change, Mark, Span


@dataclass(frozen=True, slots=True)
class Words:
    """What a screen reader says at both ends of a change, in the language of the page: `inserted` … `inserted_end`.

    `reformed` stands around words that stayed the same in another form. Remarks are told in `locale`; `language` says
    so to programs, as attributes, where the text is in another. `is_beside` says that neither text is older.
    `spoken` is the catalogue where a site has words of its own.
    """

    inserted: str
    inserted_end: str
    deleted: str
    deleted_end: str
    moved_here: str
    moved_here_end: str
    moved_away: str
    moved_away_end: str
    reformed: str = ""
    reformed_end: str = ""
    locale: str = "en"
    language: str = ""
    is_beside: bool = False
    spoken: localize.Words | None = None

    def around(self, change: Change) -> tuple[str, str]:
        """The words before and after a run of change."""
        return {
            "+": (self.inserted, self.inserted_end),
            "-": (self.deleted, self.deleted_end),
            ">": (self.moved_here, self.moved_here_end),
            "<": (self.moved_away, self.moved_away_end),
        }.get(change, ("", ""))

    @property
    def say(self) -> localize.Words:
        """The catalogue of the page's language."""
        return self.spoken or localize.words(self.locale)


@dataclass(frozen=True, slots=True)
class Remark(Span):
    """A remark of the page within a text; `text` is safe HTML."""


def find_words(locale: str, text_locale: str = "", spoken: localize.Words | None = None) -> Words:
    """The words in a language of the interface, for a text in that language or another; a site may speak its own."""
    direction = localize.text_direction(locale)
    say = (spoken or localize.words(locale)).gettext
    return Words(
        inserted=say("[inserted:") + " ",
        inserted_end=" " + say("end of insertion]"),
        deleted=say("[deleted:") + " ",
        deleted_end=" " + say("end of deletion]"),
        moved_here=say("[moved here:") + " ",
        moved_here_end=" " + say("end of moved text]"),
        moved_away=say("[moved away:") + " ",
        moved_away_end=" " + say("end of moved text]"),
        reformed=say("[same words, other form:") + " ",
        reformed_end=" " + say("end of other form]"),
        locale=locale,
        language=f' lang="{locale}" dir="{direction}"' if text_locale not in {"", locale} else "",
        spoken=spoken,
    )


@dataclass(frozen=True, slots=True)
class Ends:
    """Which ends of a leaf are those of a run: within a block that came or went whole only the first and the last."""

    opens: bool = True
    closes: bool = True


@dataclass(frozen=True, slots=True)
class Run:
    """What is told of one run of change in a leaf: `remark` after it, in HTML; `is_reformed` when no word changed."""

    remark: str = ""
    is_reformed: bool = False


def add_words(
    spans: tuple[Span, ...], words: Words, runs: tuple[Run, ...] = (), ends: Ends = Ends()
) -> tuple[Span, ...]:
    """Hidden words at both ends of each run of one change, outside the marks that begin or end with it."""
    result: list[Span] = []
    before: tuple[Mark, ...] = ()
    told = iter(runs)
    stretches = [(change, tuple(run)) for change, run in groupby(spans, key=lambda span: span.change)]
    for number, (change, stretch) in enumerate(stretches):
        if not change:
            result += stretch
        else:
            run = next(told, Run())
            after = stretches[number + 1][1][0].marks if number + 1 < len(stretches) else ()
            first, last = _share(before, stretch[0].marks), _share(stretch[-1].marks, after)
            start, end = (words.reformed, words.reformed_end) if run.is_reformed else words.around(change)
            shown = stretch
            if run.is_reformed and stretch[0].text.startswith(" "):
                # The space before words that are shown once is no part of what changed.
                result.append(Span(" ", first))
                shown = (replace(stretch[0], text=stretch[0].text[1:]), *stretch[1:])
            if ends.opens or number:
                result.append(Span(start, first, change=change, hidden=True))
            result += shown
            if ends.closes or number + 1 < len(stretches):
                result.append(Span(end, last, change=change, hidden=True))
            if run.remark:
                result.append(Remark(run.remark, last))
        before = stretch[-1].marks
    return tuple(result)


def _share(left: tuple[Mark, ...], right: tuple[Mark, ...]) -> tuple[Mark, ...]:
    length = 0
    while length < min(len(left), len(right)) and left[length] == right[length]:
        length += 1
    return left[:length]
