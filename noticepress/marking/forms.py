"""Changes of form: where a link leads and how words are set off, said in words, though no word changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from noticepress.blocks import Mark
from noticepress.marking.words import Run, Words
from noticepress.wording import Piece


def read_forms(pieces: Sequence[Piece], words: Words) -> tuple[list[Piece], tuple[Run, ...]]:
    """The pieces as they are shown, and what is told of each run of change in them.

    Words that were taken out and put back in another form are shown once, in the new one.
    """
    shown: list[Piece] = []
    runs: list[Run] = []
    for piece, follower in _pair_up(pieces):
        if follower is None:
            _enter(shown, runs, piece, Run())
            continue
        if [token.code for token in piece.tokens] == [token.code for token in follower.tokens]:
            _absorb(shown, piece, follower)
            continue
        same = _read(piece) == _read(follower)
        told = _tell_form(piece, follower, words) if same else _tell_links(piece, follower, words)
        if not same and _are_addresses(_list_links(piece) + _list_links(follower)):
            told = Markup()  # the words that changed are the address
        remark = str(Markup(" ({})").format(told)) if told else ""
        if not same:
            _enter(shown, runs, piece, Run())
        _enter(shown, runs, follower, Run(remark, is_reformed=same))
    return shown, tuple(runs)


def _pair_up(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, Piece | None]]:
    """Each piece alone, or what was taken out with what was put in its place."""
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        follower = pieces[index + 1] if index + 1 < len(pieces) else None
        is_replaced = piece.op == "-" and follower is not None and follower.op == "+"
        yield piece, follower if is_replaced else None
        index += 2 if is_replaced else 1


def _absorb(shown: list[Piece], old: Piece, new: Piece) -> None:
    """Words that stayed, but too few to be read between two changes: they belong to the change before them."""
    if [piece.op for piece in shown[-2:]] == ["-", "+"]:
        shown[-2:] = [
            Piece(last.op, [*last.tokens, *more.tokens]) for last, more in zip(shown[-2:], (old, new), strict=True)
        ]
    else:
        shown.append(Piece("=", new.tokens))


def _enter(shown: list[Piece], runs: list[Run], piece: Piece, run: Run) -> None:
    """Neighbours of one kind are one run."""
    if piece.op != "=" and not (shown and shown[-1].op == piece.op):
        runs.append(run)
    elif piece.op != "=":
        before = runs[-1].remark
        remark = before if run.remark in before else before + run.remark
        runs[-1] = Run(remark, runs[-1].is_reformed and run.is_reformed)
    shown.append(piece)


def _read(piece: Piece) -> str:
    return "".join((" " if token.space and place else "") + token.text for place, token in enumerate(piece.tokens))


def _list_marks(piece: Piece) -> tuple[Mark, ...]:
    return tuple(dict.fromkeys(mark for token in piece.tokens for _, span in token.runs for mark in span.marks))


def _list_links(piece: Piece) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mark.destination for mark in _list_marks(piece) if mark.kind == "link"))


def _are_addresses(destinations: Sequence[str]) -> bool:
    return all(destination.startswith(("mailto:", "tel:")) for destination in destinations)


def _tell_links(old: Piece, new: Piece, words: Words) -> Markup:
    """Where the only link of words leads now, and led before; nothing where there is none, or many."""
    before, after = _list_links(old), _list_links(new)
    if len(before) > 1 or len(after) > 1 or before == after:
        return Markup()
    say, names = words.say.gettext, {"new": _isolate(*after), "old": _isolate(*before)}
    if before and after:
        told = (
            say("link leads to {new}, in the other text to {old}", **names)
            if words.is_beside
            else say("link now leads to {new}, before {old}", **names)
        )
    elif after:
        told = (
            say("link to {new}, none in the other text", **names)
            if words.is_beside
            else say("now a link to {new}", **names)
        )
    else:
        told = (
            say("no link, in the other text one to {old}", **names)
            if words.is_beside
            else say("no longer a link; it led to {old}", **names)
        )
    return Markup(told)  # noqa: S704 - the words of a catalogue, and values that are escaped


def _isolate(destination: str = "") -> Markup:
    """An address amid words that may run the other way."""
    return Markup("<bdi>{}</bdi>").format(destination)


def _tell_form(old: Piece, new: Piece, words: Words) -> Markup:
    """What is different about words that are the same."""
    say = words.say.gettext
    gained = {
        "strong": say("now bold"),
        "emphasis": say("now in italics"),
        "strike": say("now struck through"),
        "code": say("now set as code"),
    }
    lost = {
        "strong": say("no longer bold"),
        "emphasis": say("no longer in italics"),
        "strike": say("no longer struck through"),
        "code": say("no longer set as code"),
    }
    before, after = ({mark.kind for mark in _list_marks(piece)} for piece in (old, new))
    told: list[str] = [gained[kind] for kind in gained if kind in after - before]
    told += [lost[kind] for kind in lost if kind in before - after]
    if told and words.is_beside:
        told = [say("other emphasis in the other text")]
    if links := _tell_links(old, new, words):
        told.append(links)
    elif _list_links(old) != _list_links(new):
        told.append(say("links changed"))
    return Markup("; ").join(told or [say("form changed")])
