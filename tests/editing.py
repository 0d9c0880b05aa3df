"""What editors do to a document, and pairs of texts that come of it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from random import Random

from tests.documents import (
    Document,
    Grid,
    Item,
    Items,
    Prose,
    happens,
    make_cell,
    make_chapter,
    make_document,
    make_part,
    make_prose,
    walk_prose,
)
from tests.layouts import PLAIN, make_layout, write_document
from tests.tongues import Tongue

Edit = Callable[[Document, Random], None]


def edit_words(document: Document, chance: Random) -> None:
    """Put in, take out or replace a few words somewhere."""
    if prose := [prose for prose in document.list_prose() if prose.list_places()]:
        edit_prose(chance.choice(prose), document.tongue, chance)


def edit_prose(prose: Prose, tongue: Tongue, chance: Random) -> None:
    if places := prose.list_places():
        run, place = chance.choice(places)
        new = [chance.choice(tongue.words) for _ in range(chance.randint(1, 3))]
        match chance.choice(("replace", "insert", "delete")):
            case "insert":
                run.words[place:place] = new
            case "delete" if len(places) > len(new):
                del run.words[place : place + len(new)]
            case _:
                run.words[place : place + len(new)] = new


def edit_items(document: Document, chance: Random) -> None:
    """Put in, take out, swap or rewrite items."""
    if found := [part for part in document.list_parts() if isinstance(part, Items)]:
        items = chance.choice(found).items
        place = chance.randrange(len(items))
        match chance.choice(("insert", "delete", "swap", "nest")):
            case "delete" if len(items) > 1:
                del items[place]
            case "swap" if len(items) > 1:
                items.insert(chance.randrange(len(items)), items.pop(place))
            case "nest" if not items[place].inner:
                items[place].inner = Items([Item(make_prose(chance, document.tongue, 1))])
            case _:
                items.insert(place, Item(make_prose(chance, document.tongue, 1)))


def edit_table(document: Document, chance: Random) -> None:
    """Put in or take out a row or a column, or set it otherwise."""
    if found := [part for part in document.list_parts() if isinstance(part, Grid)]:
        grid = chance.choice(found)
        row, column = chance.randrange(len(grid.rows)), chance.randrange(len(grid.aligns))
        match chance.choice(("row", "no row", "column", "no column", "align", "swap")):
            case "no row" if row:
                del grid.rows[row]
            case "column":
                grid.aligns.insert(column, "---")
                for line in grid.rows:
                    line.insert(column, make_cell(chance, document.tongue))
            case "no column" if len(grid.aligns) > 1:
                del grid.aligns[column]
                for line in grid.rows:
                    del line[column]
            case "align":
                grid.aligns[column] = chance.choice(("---", ":-:"))
            case "swap" if row:
                grid.rows.insert(chance.randrange(1, len(grid.rows)), grid.rows.pop(row))
            case _:
                grid.rows.insert(row + 1, [make_cell(chance, document.tongue) for _ in grid.aligns])


def edit_chapters(document: Document, chance: Random) -> None:
    """Put in, take out or move a section; one that moves may be edited on the way."""
    chapters = document.chapters
    place = chance.randrange(len(chapters)) if chapters else 0
    match chance.choice(("move", "insert", "delete", "move and edit")):
        case "delete" if chapters:
            del chapters[place]
        case "move" | "move and edit" as how if len(chapters) > 1:
            chapter = chapters.pop(place)
            chapters.insert(chance.randrange(len(chapters) + 1), chapter)
            prose = [prose for part in chapter.parts for prose in walk_prose(part)]
            if how == "move and edit" and prose:
                edit_prose(chance.choice(prose), document.tongue, chance)
        case _:
            chapters.insert(place, make_chapter(chance, document.tongue, 10 + chance.randrange(5)))


def edit_headings(document: Document, chance: Random) -> None:
    """Rename a heading, or set it higher or lower."""
    if document.chapters:
        chapter = chance.choice(document.chapters)
        if chance.choice(("rename", "level")) == "level":
            chapter.level = chance.choice((2, 3, 4))
        else:
            edit_prose(chapter.title, document.tongue, chance)


def edit_parts(document: Document, chance: Random) -> None:
    """Put in, take out or move a paragraph, a list, a table …; one that moves may be edited on the way."""
    bodies = document.list_bodies()
    body = chance.choice(bodies)
    place = chance.randrange(len(body)) if body else 0
    match chance.choice(("move", "insert", "delete", "move and edit")):
        case "delete" if body:
            del body[place]
        case "move" | "move and edit" as how if body:
            part = body.pop(place)
            other = chance.choice(bodies)
            other.insert(chance.randrange(len(other) + 1), part)
            prose = list(walk_prose(part))
            if how == "move and edit" and prose:
                edit_prose(chance.choice(prose), document.tongue, chance)
        case _:
            body.insert(place, make_part(chance, document.tongue))


def edit_breaks(document: Document, chance: Random) -> None:
    """Split a paragraph, join two, or make an item of one."""
    bodies = [body for body in document.list_bodies() if any(isinstance(part, Prose) for part in body)]
    if not bodies:
        return
    body = chance.choice(bodies)
    place = chance.choice([place for place, part in enumerate(body) if isinstance(part, Prose)])
    prose, follower = body[place], body[place + 1] if place + 1 < len(body) else None
    assert isinstance(prose, Prose)
    match chance.choice(("split", "merge", "item")):
        case "merge" if isinstance(follower, Prose):
            body[place : place + 2] = [Prose([*prose.runs, *follower.runs])]
        case "item":
            body[place] = Items([Item(prose)])
        case _ if len(prose.runs) > 1:
            cut = chance.randrange(1, len(prose.runs))
            parts = [Prose(prose.runs[:cut]), Prose(prose.runs[cut:])]
            body[place : place + 1] = [part for part in parts if part.list_places()]


def edit_marks(document: Document, chance: Random) -> None:
    """Lead a link elsewhere, or emphasize otherwise: no word changes."""
    runs = [run for prose in document.list_prose() for run in prose.runs if run.words and run.mark != "note"]
    if runs:
        run = chance.choice(runs)
        if run.mark == "link" and happens(chance, 7):
            run.target += "2"
        elif run.mark:
            run.mark = "strong" if run.mark == "emphasis" else ""
        elif len(runs) > 1:
            run.mark = chance.choice(("strong", "emphasis"))


EDITS: Sequence[Edit] = (
    edit_words,
    edit_words,
    edit_items,
    edit_table,
    edit_chapters,
    edit_headings,
    edit_parts,
    edit_breaks,
    edit_marks,
)


def edit_document(document: Document, chance: Random) -> Document:
    """The same document after one to five edits."""
    edited = copy.deepcopy(document)
    for _ in range(chance.randint(1, 5)):
        chance.choice(EDITS)(edited, chance)
    return edited


def make_pair(chance: Random, tongue: Tongue | None = None) -> tuple[str, str]:
    """The Markdown of a document before and after it was edited, perhaps written by another hand."""
    document = make_document(chance, tongue)
    edited = edit_document(document, chance)
    return write_document(document), write_document(edited, make_layout(chance) if happens(chance, 3) else PLAIN)


def make_strangers(chance: Random) -> tuple[str, str]:
    """The Markdown of two documents that have nothing to do with each other."""
    return write_document(make_document(chance)), write_document(make_document(chance))
