"""The redline of a page: sections, folded where nothing changed, and each changed block beside what it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from markupsafe import Markup

from noticepress.alignment import Pair, walk_leaves
from noticepress.blocks import Block
from noticepress.hypertext import render_document, replace_unprintable
from noticepress.localize import join_names
from noticepress.marking.anchors import place_anchors
from noticepress.marking.joints import Joint, find_joints
from noticepress.marking.marked import (
    Marker,
    find_ends,
    is_changed,
    list_moved,
    split_replaced,
)
from noticepress.marking.parts import Part, list_parts
from noticepress.marking.travel import Travel, name_end
from noticepress.marking.words import Words
from noticepress.marking.writer import RedlineWriter
from noticepress.redline import Redline, name_change


def render_flat(redline: Redline, words: Words) -> str:
    """The marked text alone, block after block: old and new in one, an anchor for each change."""
    marker = Marker(words, place_anchors(redline), Travel(redline, words), find_ends(redline.root))
    writer = RedlineWriter(words)
    return render_document(marker.mark(redline.root), writer)


def render_page(redline: Redline, words: Words) -> str:
    """The redline for readers: what `render_flat` shows, in a form that a page can show in several views.

    A run of unchanged sections is a `.np-same`, with a line `.np-fold` that names them. What changed is an `.np-edit`:
    what is gone in `.np-gone` and what came in `.np-come`, or a block that holds both beside a copy of what it was in
    `.np-old`. What moved is told at both ends in an `.np-move`. Headings of level 1 become level 2.
    """
    maker = _PageMaker(redline, words)
    maker.write()
    return replace_unprintable("".join(maker.writer.parts))


def _find_notes(pair: Pair) -> Iterator[Pair]:
    for child in pair.children:
        if child.block.kind == "footnote":
            yield child
        else:
            yield from _find_notes(child)


class _PageMaker:
    def __init__(self, redline: Redline, words: Words) -> None:
        self.root = redline.root
        self.words = words
        self.anchors = place_anchors(redline)
        self.travel = Travel(redline, words)
        self.ends = find_ends(redline.root)
        self.marker = Marker(words, self.anchors, self.travel, self.ends)
        self.writer = RedlineWriter(words)
        self.told: set[str] = set()
        self.kept: list[Pair] = []  # what is known by identity must live as long as this

    def write(self) -> None:
        parts = list_parts(self.root, self.words.say.gettext("Introduction"), self.has_changed)
        for changed, group in groupby(parts, key=lambda part: part.is_changed):
            if changed:
                for part in group:
                    self.write_part(part)
            else:
                self.write_same(list(group))
        notes = tuple(_find_notes(self.root))
        for note in notes:
            self.place_moves(note)
        self.writer.write_footnotes([self.marker.mark(note) for note in notes])

    def place_moves(self, note: Pair) -> None:
        """What moved to or from a footnote has no notice there, but its other end leads to it."""
        for op in ("<", ">"):
            for number in self.travel.find_moves(note, op):
                name = name_end(number, is_here=op == ">")
                if name not in self.told:
                    self.told.add(name)
                    leaf = next(leaf for leaf in walk_leaves(note) if number in self.travel.find_moves(leaf, op))
                    self.anchors.setdefault(id(leaf), []).append(name)

    def has_changed(self, pair: Pair) -> bool:
        """Whether there is anything to tell of a block: of a heading that kept its words, that its section moved."""
        return is_changed(pair) or any(id(leaf) in self.anchors for leaf in walk_leaves(pair))

    # ---- sections

    def write_same(self, parts: Sequence[Part]) -> None:
        """Unchanged sections, and the line that stands in their place where they are folded."""
        named = [part for part in parts if part.id or any(pair.block.kind != "heading" for pair in part.pairs)]
        if not named:
            for part in parts:
                self.write_blocks(part.pairs)
            return
        links = [
            Markup('<a href="#{}">{}</a>').format(part.id, part.title) if part.id else Markup.escape(part.title)
            for part in named
        ]
        told = self.words.say.ngettext(
            "{n} section unchanged: {sections}",
            "{n} sections unchanged: {sections}",
            len(named),
            sections=Markup(join_names(links, self.words.locale)),  # noqa: S704 - escaped names and separators
        )
        self.writer.put(f'<div class="np-same">\n<p class="np-fold"{self.words.language}>{told}</p>\n')
        for part in parts:
            self.write_blocks(part.pairs)
        self.writer.put("</div>\n")

    def write_blocks(self, pairs: Sequence[Pair]) -> None:
        for pair in pairs:
            self.write_block(pair)

    def write_block(self, pair: Pair) -> None:
        self.writer.write(_lower(self.marker.mark(pair)))

    def write_part(self, part: Part) -> None:
        """A section in which something changed."""
        gone: list[Pair] = []
        come: list[Pair] = []
        for pair in find_joints(part.pairs):
            if isinstance(pair, Joint):
                self.flush(gone, come)
                self.write_joint(pair)
                continue
            halves = split_replaced(pair)
            if halves:
                self.keep(pair, halves)
            if come and (halves or pair.new is None):
                self.flush(gone, come)
            if halves:
                gone.append(halves[0])
                come.append(halves[1])
            elif pair.new is None:
                gone.append(pair)
            elif pair.old is None:
                come.append(pair)
            else:
                self.flush(gone, come)
                if is_changed(pair):
                    self.write_edited(pair)
                else:
                    self.write_block(pair)
        self.flush(gone, come)

    def keep(self, pair: Pair, halves: tuple[Pair, Pair]) -> None:
        self.kept += halves
        if id(pair) in self.anchors:
            self.anchors[id(halves[1])] = self.anchors[id(pair)]

    # ---- changes

    def write_edited(self, pair: Pair) -> None:
        """A block in which something changed, and beside it what it was."""
        self.writer.put('<div class="np-edit np-edit--both">\n')
        self.tell_moves_within(pair)
        self.tell_moves([pair], "<")
        self.tell_moves([pair], ">")
        self.tell_form(pair)
        self.writer.put('<div class="np-old">\n')
        self.writer.is_copy = True
        self.writer.write(_lower(self.marker.copy_old(pair)))
        self.writer.is_copy = False
        self.writer.put("</div>\n")
        self.write_block(pair)
        self.writer.put("</div>\n")

    def tell_form(self, pair: Pair) -> None:
        """That a list is numbered now, or no longer."""
        if pair.block.kind == "list" and pair.looks_reformed:
            say = self.words.say.gettext
            told = {
                (True, False): say("This list is numbered now."),
                (False, False): say("This list is no longer numbered."),
                (True, True): say("This list is not numbered in the other text."),
                (False, True): say("This list is numbered in the other text."),
            }["start" in pair.block.attributes, self.words.is_beside]
            self.writer.put(f'<p class="np-move"{self.words.language}>{Markup.escape(told)}</p>\n')

    def write_joint(self, joint: Joint) -> None:
        """Paragraphs that were one, or are one now."""
        self.kept += (*joint.old, *joint.new)
        if names := [name for pair in joint.origin for name in self.anchors.get(id(pair), ())]:
            self.anchors[id(joint.new[0])] = names
        say = self.words.say.gettext
        told = {
            (True, False): say("Paragraph split here."),
            (False, False): say("Two paragraphs were joined into this one."),
            (True, True): say("One paragraph in the other text."),
            (False, True): say("Two paragraphs in the other text."),
        }[joint.is_split, self.words.is_beside]
        remark = f'<p class="np-move"{self.words.language}>{Markup.escape(told)}</p>\n'
        self.writer.put('<div class="np-edit np-edit--both">\n<div class="np-old">\n')
        self.writer.is_copy = True
        for pair in joint.old:
            self.writer.write(self.marker.copy_old(pair))
        self.writer.is_copy = False
        self.writer.put('</div>\n<div class="np-come">\n' + ("" if joint.is_split else remark))
        for place, pair in enumerate(joint.new):
            if place:
                self.writer.put(remark)
            self.write_block(pair)
        self.writer.put("</div>\n</div>\n")

    def flush(self, gone: list[Pair], come: list[Pair]) -> None:
        """Write what went and what came in its place."""
        if not gone and not come:
            return
        ops = {name_change(pair) for pair in (*gone, *come)}
        kind = {"+": "come", "-": "gone", ">": "moved", "<": "moved"}[next(iter(ops))] if len(ops) == 1 else "both"
        self.writer.put(f'<div class="np-edit np-edit--{kind}">\n')
        if gone:
            self.writer.put('<div class="np-gone">\n')
            self.write_gone(gone)
            self.writer.put("</div>\n")
        if come:
            self.writer.put('<div class="np-come">\n')
            for pair in come:
                self.tell_moves([pair], ">")
                self.write_block(pair)
            self.writer.put("</div>\n")
        self.writer.put("</div>\n")
        gone.clear()
        come.clear()

    def write_gone(self, gone: Sequence[Pair]) -> None:
        """What went; what only moved away is folded, so that nobody reads it twice."""
        for moved, group in groupby(gone, key=_has_left):
            pairs = list(group)
            if not moved:
                for pair in pairs:
                    self.tell_moves([pair], "<")
                    self.write_block(pair)
                continue
            self.tell_moves(pairs, "<")
            told = self.words.say.gettext("Show this text")
            is_open = any(self.loses_words(leaf) for pair in pairs for leaf in walk_leaves(pair))
            summary = f"<summary{self.words.language}>{Markup.escape(told)}</summary>"
            self.writer.put(f'<details class="np-away"{" open" if is_open else ""}>{summary}\n')
            self.write_blocks(pairs)
            self.writer.put("</details>\n")

    def loses_words(self, leaf: Pair) -> bool:
        """Whether words were deleted here that are shown nowhere else."""
        return id(leaf) not in self.travel.told_elsewhere and any(piece.op == "-" for piece in leaf.pieces)

    def tell_moves_within(self, pair: Pair) -> None:
        """One notice for what left a place in a block and arrived at another in the same."""
        came = set(self.travel.find_moves(pair, ">")) if self.travel.moves else set()
        for number in self.travel.find_moves(pair, "<") if came else ():
            here, there = (name_end(number, is_here=is_here) for is_here in (True, False))
            if number in came and not self.told & {here, there}:
                self.told |= {here, there}
                told = Markup.escape(self.words.say.gettext("Text stands in another order here."))
                anchor = f'<span id="{there}"></span>'
                self.writer.put(f'<p class="np-move" id="{here}"{self.words.language}>{anchor}{told}</p>\n')

    def tell_moves(self, pairs: Sequence[Pair], op: str) -> None:
        """The notices of the moves that begin or end here, each once."""
        moves = (number for pair in pairs for number in self.travel.find_moves(pair, op)) if self.travel.moves else ()
        for number in dict.fromkeys(moves):
            name = name_end(number, is_here=op == ">")
            if name not in self.told:
                self.told.add(name)
                self.writer.put(self.travel.tell(number, is_here=op == ">"))


def _has_left(pair: Pair) -> bool:
    return all(list_moved(leaf.pieces) for leaf in walk_leaves(pair) if leaf.pieces) and name_change(pair) == "<"


def _lower(block: Block) -> Block:
    """Headings of level 1 one lower: the title of the page is another."""
    return replace(block, level=2) if block.kind == "heading" and block.level == 1 else block
