"""What moved, for readers: a notice at both ends, and the edits that were made on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from noticepress.alignment import Pair, walk_leaves
from noticepress.blocks import Block, sections
from noticepress.marking.words import Words
from noticepress.moves import Move
from noticepress.redline import Redline
from noticepress.wording import Piece, compare_words


@dataclass(frozen=True)
class Travel:
    """The moves of a redline as its page tells them."""

    redline: Redline
    words: Words

    @cached_property
    def moves(self) -> Mapping[int, Move]:
        """The moves by number."""
        return {move.number: move for move in self.redline.moves}

    @cached_property
    def rewritten(self) -> Mapping[int, list[Piece]]:
        """For each leaf (by identity) that moved with edits, its pieces where it is now; `=` are those that moved."""
        return {id(new): pieces for _, new, pieces in self._arrivals}

    @cached_property
    def told_elsewhere(self) -> frozenset[int]:
        """The leaves (by identity) that are compared with what they became where they went to."""
        return frozenset(id(old) for old, _, _ in self._arrivals)

    @cached_property
    def _arrivals(self) -> list[tuple[Pair, Pair, list[Piece]]]:
        """Whole leaves that left, what they became, and how."""
        leaves = tuple(walk_leaves(self.redline.root))
        gone: dict[tuple[int, str], list[Pair]] = {}
        for leaf in leaves:
            if leaf.new is None and (key := self.name_passage(leaf, "<")):
                gone.setdefault(key, []).append(leaf)
        found = []
        for leaf in leaves:
            olds = gone.get(key) if leaf.old is None and (key := self.name_passage(leaf, ">")) else None
            if olds and key:
                old = olds.pop(0)
                if any(piece.op in {"-", "+"} for piece in (*old.pieces, *leaf.pieces)):
                    found.append((old, leaf, _join(old, leaf)))
        return found

    def name_passage(self, leaf: Pair, op: str) -> tuple[int, str] | None:
        """The move that a leaf belongs to, and the words of it that moved."""
        moved = [piece for piece in leaf.pieces if piece.op == op]
        if not moved:
            return None
        return moved[0].move, "".join(token.code for piece in moved for token in piece.tokens)

    def find_moves(self, pair: Pair, op: str) -> Sequence[int]:
        """The numbers of the moves that begin or end in a block, each once."""
        pieces = (piece for leaf in walk_leaves(pair) for piece in leaf.pieces if piece.op == op)
        return tuple(dict.fromkeys(piece.move for piece in pieces))

    # ---- notices

    @cached_property
    def _old_titles(self) -> Sequence[tuple[str, str]]:
        return self._list_titles(self.redline.root.old)

    @cached_property
    def _new_titles(self) -> Sequence[tuple[str, str]]:
        return self._list_titles(self.redline.root.new)

    def _list_titles(self, document: Block | None) -> Sequence[tuple[str, str]]:
        introduction = self.words.say.gettext("Introduction")
        found = [(section.id, section.title or introduction) for section in sections(document)] if document else []
        return found if found and not found[0][0] else [("", introduction), *found]

    def tell(self, number: int, *, is_here: bool) -> str:
        """The notice at one end of a move: where something is now, or where it was; with a link to the other end."""
        move, say = self.moves[number], self.words.say.gettext
        ours, theirs = (self._new_titles, self._old_titles) if is_here else (self._old_titles, self._new_titles)
        own, other = (move.new_section, move.old_section) if is_here else (move.old_section, move.new_section)
        kind = "section" if move.whole else "within" if own == other else "passage"
        told = (_BESIDE if self.words.is_beside else _OVER_TIME)[kind][is_here]
        title = _find_before(theirs, other) if move.whole else dict(theirs).get(other, other)
        target = name_end(number, is_here=not is_here)
        link = Markup('<a href="#{}">{}</a>').format(target, say("there") if kind == "within" else title)
        shown = Markup("<cite>{}</cite>").format(dict(ours).get(own, own))
        notice = say(told, section=link, title=shown)
        name = name_end(number, is_here=is_here)
        return f'<p class="np-move" id="{name}"{self.words.language}>{notice}</p>\n'


_Notices = Mapping[str, Mapping[bool, str]]
"""What is said of a section, of a passage, and of one that stays within its section; here, and at the other end."""

# TRANSLATORS: Marks a passage that moved, at its place now and at its place before; a place is a section's title.
_OVER_TIME: _Notices = {
    "section": {
        True: "This section was moved here; it stood after {section}.",
        False: "The section {title} was moved; it now stands after {section}.",
    },
    "passage": {True: "Moved here from {section}.", False: "Moved to {section}."},
    "within": {
        True: "Moved here within the section, from {section}.",
        False: "Moved within the section, to {section}.",
    },
}
# TRANSLATORS: As above, of two texts that hold at the same time, for two places.
_BESIDE: _Notices = {
    "section": {
        True: "In the other text this section stands after {section}.",
        False: "In this text the section {title} stands after {section}.",
    },
    "passage": {True: "In the other text this stands in {section}.", False: "In this text this stands in {section}."},
    "within": {
        True: "In the other text this stands elsewhere in the section: {section}.",
        False: "In this text this stands elsewhere in the section: {section}.",
    },
}


def name_end(number: int, *, is_here: bool) -> str:
    """The id of the notice at one end of a move."""
    return f"moved-{number}" if is_here else f"moved-{number}-from"


def _find_before(titles: Sequence[tuple[str, str]], section: str) -> str:
    """The title of the section before one."""
    place = next((place for place, (name, _) in enumerate(titles) if name == section), 0)
    return titles[max(0, place - 1)][1]


def _join(old: Pair, new: Pair) -> list[Piece]:
    """The words of a leaf where it is now, compared with what they were."""
    before = [token for piece in old.pieces for token in piece.tokens]
    after = [token for piece in new.pieces for token in piece.tokens]
    return compare_words(before, after)
