"""What class the changes of a text call for: by its protected tokens, its sections, and what these are about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from noticepress.blocks import Section, sections
from noticepress.changes import Change, find_changes
from noticepress.classes.reason import Minimum, Reason, make_minimum
from noticepress.classes.topics import Topic, find_topics
from noticepress.localize import language_name
from noticepress.markdown import parse
from noticepress.model import ChangeClass
from noticepress.protected import Protected
from noticepress.written import split_sections

GROWING: frozenset[Topic] = frozenset(
    {"purposes", "recipients", "transfers", "data", "retention", "children", "automated decisions"}
)
"""What more is done with data where a section about it grows."""

PROMISING: frozenset[Topic] = frozenset({"rights", "changes", "security"})
"""What a reader loses where a section about it shrinks."""

WATCHED: frozenset[Topic] = GROWING | PROMISING | {"tracking"}
"""Where words that go, or come in other words' place, may take something with them: a recipient, a right, a limit."""

LEAST_GROWTH = 3
"""So many words more are no mere correction in a section about what is done with data."""

LEAST_LOSS = 3
"""So many words that go are none in a section that is watched."""

_IN_OTHERS = frozenset({"address", "mail", "name", "number", "phone"})
"""Kinds of tokens that are told as a part of a longer one."""

_LINKS = re.compile("(?:mailto|tel):")


def find_text_minimum(old: str, new: str, names: Collection[str] = ()) -> Minimum:
    """The least class of a change from one edition to another, given as Markdown, and why.

    `names` are the legal names, addresses and contacts that are known on either side.
    """
    return make_minimum(find_text_reasons(old, new, names))


def find_text_reasons(old: str, new: str, names: Collection[str] = ()) -> Iterator[Reason]:
    """Each reason why the change of a text is not editorial, in the order of the text.

    Where `names` is a mapping, it gives for the parts of an address the whole, as which they are told.
    """
    wholes = names if isinstance(names, Mapping) else {}
    before, after = _index(old), _index(new)
    for change in find_changes(old, new, names):
        match change.kind:
            case "added":
                yield _judge_added(change, after)
            case "removed":
                yield Reason("material", change.section, _place("section removed", change.section))
            case "modified":
                topics = _find_topics(change, before, after)
                found = [*_judge_tokens(change, wholes), *_judge_blocks(change, topics)]
                yield from found or _judge_loss(change, topics)
            case "renamed" | "moved":
                pass  # the words of a heading are judged as words


def find_edition_reasons(
    before: Mapping[str, str], after: Mapping[str, str], locale: str, names: Collection[str] = ()
) -> Iterator[Reason]:
    """Why the change of an edition is not editorial; `before` and `after` are a region's texts by locale.

    A section that is shown in the source's words says what the source says: there the source's changes count.
    """
    if locale not in before:
        yield Reason("minor", "", "translation added")
        return
    old, new = _find_borrowed(before[locale], locale), _find_borrowed(after[locale], locale)
    borrowed = old | new
    own = find_text_reasons(before[locale], after[locale], names)
    yield from (reason for reason in own if reason.section not in borrowed)
    for lang in sorted(set(borrowed.values())):
        if lang in before and lang in after:
            theirs = find_text_reasons(before[lang], after[lang], names)
            yield from (reason for reason in theirs if borrowed.get(reason.section) == lang)
    for section, lang in borrowed.items():
        if (section in old) != (section in new):
            shown = f"shown in {language_name(lang, 'en')}, as its translation waits"
            told = shown if section in new else "now translated"
            yield Reason("minor", section, _place(told, section))


def _find_borrowed(text: str, locale: str) -> dict[str, str]:
    """The sections of a text that are in another language, and that language."""
    return {
        section.id: section.heading.attributes["lang"]
        for section in split_sections(text)
        if section.heading and not section.is_in(locale)
    }


def _index(text: str) -> Mapping[str, Section]:
    return {section.id: section for section in sections(parse(text))}


def _place(told: str, section: str) -> str:
    return told if section else f"before the first heading: {told}"


def _judge_added(change: Change, after: Mapping[str, Section]) -> Reason:
    """A new section is material where it is about what is done with data, or about what a reader can do."""
    topics = find_topics(after[change.section], after) & (GROWING | PROMISING - {"security"})
    # A heading put over words that were there before says nothing new.
    title = change.title if _counts_characters(change) else change.title.split()
    is_new = change.words_added > len(title) or bool(change.blocks_added)
    found: ChangeClass = "material" if topics and is_new else "minor"
    about = f" about {', '.join(sorted(topics))}" if found == "material" else ""
    return Reason(found, change.section, _place(f"section{about} added", change.section))


def _judge_tokens(change: Change, wholes: Mapping[str, str]) -> Iterator[Reason]:
    sides = ((change.tokens_removed, "removed"), (change.tokens_added, "added"))
    for tokens, what in sides:
        for token in _join_parts(tokens, wholes):
            found: ChangeClass = "material" if token.kind == "negation" else "minor"
            yield Reason(found, change.section, _place(f"{_quote(token)} {what}", change.section), is_token=True)


def _join_parts(tokens: Iterable[Protected], wholes: Mapping[str, str]) -> Iterator[Protected]:
    """Each token once, addresses and mail addresses as a whole: not their parts, nor what only leads to them."""
    found = [
        replace(token, text=wholes.get(token.text, _LINKS.sub("", token.text, count=1)))
        if token.kind in _IN_OTHERS
        else token
        for token in tokens
    ]
    told: dict[str, Protected] = {}
    for token in found:
        is_part = token.kind in _IN_OTHERS and any(
            token.text != other.text and re.search(rf"(?<!\w){re.escape(token.text)}(?!\w)", other.text)
            for other in found
            if other.kind in _IN_OTHERS
        )
        if not is_part:
            told.setdefault(f"tag {token.text}" if token.kind == "tag" else token.text, token)
    yield from told.values()


def _quote(token: Protected) -> str:
    return f"tag {token.text}" if token.kind == "tag" else f'"{token.text}"'


def _find_topics(change: Change, *texts: Mapping[str, Section]) -> frozenset[Topic]:
    """What a section is about in either text."""
    return frozenset(
        topic for known in texts if (section := known.get(change.section)) for topic in find_topics(section, known)
    )


def _judge_blocks(change: Change, topics: frozenset[Topic]) -> Iterator[Reason]:
    """Whole paragraphs, items and rows that came or went, and words that came."""
    for kinds, what, grave in (
        (change.blocks_removed, "removed", PROMISING),
        (change.blocks_added, "added", GROWING),
    ):
        found: ChangeClass = "material" if topics & grave else "minor"
        for kind, count in sorted(Counter(kinds).items()):
            told = f"{count} {kind}{'s' * (count != 1)} {what}"
            yield Reason(found, change.section, _place(told, change.section))
    growth = change.words_added - change.words_removed
    if topics & GROWING and not change.blocks_added and growth >= LEAST_GROWTH:
        told = _place(f"{growth} words more about {', '.join(sorted(topics & GROWING))}", change.section)
        yield Reason("minor", change.section, told, is_token=True)


def _judge_loss(change: Change, topics: frozenset[Topic]) -> Iterator[Reason]:
    """Words that went from a sentence, where nothing else is told of it; in Japanese every sign counts as a word."""
    least = LEAST_LOSS * (2 if _counts_characters(change) else 1)
    if topics & WATCHED and change.words_removed >= least:
        told = _place(f"{change.words_removed} words gone about {', '.join(sorted(topics & WATCHED))}", change.section)
        yield Reason("minor", change.section, told, is_token=True)


def _counts_characters(change: Change) -> bool:
    """Whether most of what is counted as words are characters of a script without spaces."""
    return 2 * change.characters > change.words_added + change.words_removed
