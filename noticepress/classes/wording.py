"""What class the changes of a text call for: by its protected tokens, its sections, and what these are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from noticepress.blocks import Section, sections
from noticepress.changes import Change, find_changes
from noticepress.classes.reason import Minimum, Reason, make_minimum
from noticepress.classes.topics import Topic, find_topics
from noticepress.markdown import parse
from noticepress.model import ChangeClass
from noticepress.pins import split_sections
from noticepress.protected import Protected

GROWING: frozenset[Topic] = frozenset(
    {"purposes", "recipients", "transfers", "data", "retention", "children", "automated decisions"}
)
"""What more is done with data where a section about it grows."""

PROMISING: frozenset[Topic] = frozenset({"rights", "changes", "security"})
"""What a reader loses where a section about it shrinks."""

LEAST_GROWTH = 3
"""So many words more are no mere correction in a section about what is done with data."""


def find_text_minimum(old: str, new: str, names: Collection[str] = ()) -> Minimum:
    """The least class of a change from one edition to another, given as Markdown, and why.

    `names` are the legal names, addresses and contacts that are known on either side.
    """
    return make_minimum(find_text_reasons(old, new, names))


def find_text_reasons(old: str, new: str, names: Collection[str] = ()) -> Iterator[Reason]:
    """Each reason why the change of a text is not editorial, in the order of the text."""
    before, after = _index(old), _index(new)
    for change in find_changes(old, new, names):
        match change.kind:
            case "added":
                yield _judge_added(change, after)
            case "removed":
                yield Reason("material", change.section, _place("section removed", change.section))
            case "modified":
                yield from _judge_tokens(change)
                yield from _judge_blocks(change, after, before)
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
            told = f"shown in {lang}, as its translation waits" if section in new else "now translated"
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
    is_new = change.words_added > len(change.title.split()) or bool(change.blocks_added)
    found: ChangeClass = "material" if topics and is_new else "minor"
    about = f" about {', '.join(sorted(topics))}" if found == "material" else ""
    return Reason(found, change.section, _place(f"section{about} added", change.section))


def _judge_tokens(change: Change) -> Iterator[Reason]:
    sides = ((change.tokens_removed, "removed"), (change.tokens_added, "added"))
    for tokens, what in sides:
        for token in tokens:
            found: ChangeClass = "material" if token.kind == "negation" else "minor"
            yield Reason(found, change.section, _place(f"{_quote(token)} {what}", change.section), is_token=True)


def _quote(token: Protected) -> str:
    return f"tag {token.text}" if token.kind == "tag" else f'"{token.text}"'


def _judge_blocks(change: Change, after: Mapping[str, Section], before: Mapping[str, Section]) -> Iterator[Reason]:
    """Whole paragraphs, items and rows that came or went."""
    topics = frozenset[Topic]()
    for known in (after, before):
        if section := known.get(change.section):
            topics |= find_topics(section, known)
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
