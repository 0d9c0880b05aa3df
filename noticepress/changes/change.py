"""One change as data: the record that classes, summaries, feeds, mails and pages read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from noticepress.blocks import BlockKind, MarkKind
from noticepress.protected import Protected

ChangeKind = Literal["added", "removed", "renamed", "moved", "modified"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened to one section.

    `section` is its id in the new text, in the old one where it was removed, and empty for what stands before the first
    heading. `old_title` and `old_level` differ from `title` and `level` where it was renamed, or its heading set higher
    or lower. `id` is made of the kind and the section: the same for the same pair of texts, different for each change
    in it, and still the same when other sections change too.

    Words count as the marks of a redline do: `words_added` and `words_removed` came and went, `words_moved_in` and
    `words_moved_out` stand elsewhere now, in the same section or another, `words_restyled` stayed, and only their links
    or emphasis changed, which `marks` names. No word counts twice. In scripts without spaces every character counts as
    a word; `characters` says how many of all that is counted are such.

    `blocks` counts paragraphs, items and cells that came or went whole; `blocks_added` and `blocks_removed` name the
    outermost of them (`item`, `row`), `blocks_reformed` those that took another form: a table with another column, a
    list that is numbered now. `splits` and `merges` count paragraphs that were cut in two, or joined. `moved_from` and
    `moved_to` are the other sections that passages came from and went to: an id in the old text, an id in the new.

    `tokens` are the protected tokens touched, `tokens_added` and `tokens_removed` those on either side; a token of both
    was put in at one place and taken out at another. A link's destination is one, whether or not its words changed.
    """

    kind: ChangeKind
    section: str
    title: str = ""
    old_title: str = ""
    words_added: int = 0
    words_removed: int = 0
    blocks: int = 0
    tokens: tuple[Protected, ...] = ()
    id: str = ""
    tokens_added: tuple[Protected, ...] = ()
    tokens_removed: tuple[Protected, ...] = ()
    blocks_added: tuple[BlockKind, ...] = ()
    blocks_removed: tuple[BlockKind, ...] = ()
    words_moved_in: int = 0
    words_moved_out: int = 0
    words_restyled: int = 0
    characters: int = 0
    marks: tuple[MarkKind, ...] = ()
    level: int = 0
    old_level: int = 0
    blocks_reformed: tuple[BlockKind, ...] = ()
    splits: int = 0
    merges: int = 0
    moved_from: tuple[str, ...] = ()
    moved_to: tuple[str, ...] = ()
