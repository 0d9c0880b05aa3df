"""What a redline page says on top: how many sections changed and how, and a line for each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from noticepress.changes import Change
from noticepress.localize import Words, join_names
from noticepress.marking.facts import ChangedFact, find_told_facts
from noticepress.redline import Redline

MOST_TOKENS = 6
"""So many protected tokens are named on either side; the rest are counted."""

LONGEST_TOKEN = 60
"""Characters of a token that are shown."""

_KINDS = ("modified", "added", "removed", "moved", "renamed")
"""What happened to a section; where it was several things, it is counted for the first of these."""


@dataclass(frozen=True, slots=True)
class Line:
    """One section that changed: `kinds` in words, `address` of its first change, `former` title where it was renamed.

    `counts` are its words added and removed, `tokens` the protected tokens touched, `facts` what changed of entities.
    """

    kind: str
    kinds: Sequence[str]
    title: str
    former: str
    address: str
    counts: str
    tokens: Sequence[Markup]
    facts: Sequence[Markup]


@dataclass(frozen=True, slots=True)
class Summary:
    """The `headline` counts everything; the lines stand in the order of the text."""

    headline: str
    lines: Sequence[Line]


def summarize(redline: Redline, say: Words, facts: Sequence[ChangedFact] = ()) -> Summary:
    """A redline in short. `facts` are those in which the two versions differ."""
    counter = _Counter(say, characters=counts_characters(redline.changes))
    told = find_told_facts(redline, facts)
    lines: dict[tuple[str, bool], list[tuple[int, Change]]] = {}
    for number, change in enumerate(redline.changes, start=1):
        lines.setdefault((change.section, change.kind == "removed"), []).append((number, change))
    seen: set[ChangedFact] = set()  # a section that is all new does not repeat what another has told
    listed = []
    for key, found in lines.items():
        is_new = all(change.kind == "added" for _, change in found)
        shown = [fact for fact in told.get(key, ()) if not is_new or fact not in seen]
        seen.update(shown)
        listed.append(_describe(found, counter, shown))
    headline = counter.count_all(redline.changes, Counter(line.kind for line in listed))
    return Summary(headline or say.gettext("Nothing changed that a reader can see."), listed)


def counts_characters(changes: Sequence[Change]) -> bool:
    """Whether what is counted as words are characters: most of what changed is written without spaces."""
    counted = sum(change.words_added + change.words_removed for change in changes)
    return 2 * sum(change.characters for change in changes) > counted


def _describe(found: Sequence[tuple[int, Change]], counter: _Counter, facts: Sequence[ChangedFact]) -> Line:
    say = counter.say
    kinds = {
        "added": say.pgettext("section", "added"),
        "removed": say.pgettext("section", "removed"),
        "renamed": say.pgettext("section", "renamed"),
        "moved": say.pgettext("section", "moved"),
        "modified": say.pgettext("section", "changed"),
    }
    number, first = found[0]
    changes = [change for _, change in found]
    added = sum(change.words_added for change in changes)
    removed = sum(change.words_removed for change in changes)
    modified = next((change for change in changes if change.kind == "modified"), None)
    return Line(
        kind=min((change.kind for change in changes), key=_KINDS.index),
        kinds=[kinds[change.kind] for change in changes],
        title=first.title or first.old_title or say.gettext("Introduction"),
        former=next((change.old_title for change in changes if change.kind == "renamed"), ""),
        address=f"#change-{number}",
        counts=counter.join([*filter(None, [counter.count_words(added, removed)]), *_tell_forms(changes, counter)]),
        tokens=_tell_tokens(modified, say, facts) if modified else (),
        facts=_tell_facts(facts, say),
    )


def _tell_forms(changes: Sequence[Change], counter: _Counter) -> list[str]:
    """What happened to a section but for words that came and went."""
    say, told = counter.say, []
    if restyled := sum(change.words_restyled for change in changes):
        if counter.characters:
            told.append(say.ngettext("{n} character in another form", "{n} characters in another form", restyled))
        else:
            told.append(say.ngettext("{n} word in another form", "{n} words in another form", restyled))
    for change in changes:
        if change.old_level not in {0, change.level}:
            told.append(say.gettext("heading level {old} → {new}", old=change.old_level, new=change.level))
        if change.splits:
            told.append(say.ngettext("{n} paragraph split", "{n} paragraphs split", change.splits))
        if change.merges:
            told.append(say.ngettext("{n} paragraph joined", "{n} paragraphs joined", change.merges))
        if change.kind == "modified" and "table" in change.blocks_reformed:
            told.append(say.gettext("a table has other columns"))
        if change.kind == "modified" and "list" in change.blocks_reformed:
            told.append(say.gettext("a list is numbered otherwise"))
        is_plain = change.kind == "modified" and not (change.splits or change.merges) and len(changes) == 1
        if is_plain and (change.words_moved_in or change.words_moved_out):
            told.append(say.gettext("text moved"))
    return list(dict.fromkeys(told))


def _tell_tokens(change: Change, say: Words, facts: Sequence[ChangedFact]) -> list[Markup]:
    """Numbers, dates, names and words that carry a promise, as far as a change touches them and no fact tells them."""
    added, removed = (
        Counter(token.text for token in tokens if token.kind != "tag")
        for tokens in (change.tokens_added, change.tokens_removed)
    )
    known = " ".join(f"{fact.old} {fact.new}" for fact in facts)
    gone, come = ([word for word in words if word not in known] for words in (removed - added, added - removed))
    if len(gone) == 1 and len(come) == 1:
        return [
            _mark(
                say.gettext("“{old}” is now “{new}”", old=_isolate(_shorten(gone[0])), new=_isolate(_shorten(come[0])))
            )
        ]
    told = []
    if come:
        told.append(_mark(say.gettext("new: {words}", words=_list(come, say))))
    if gone:
        told.append(_mark(say.gettext("no longer: {words}", words=_list(gone, say))))
    return told


def _list(words: Sequence[str], say: Words) -> Markup:
    shown = [_mark(say.gettext("“{word}”", word=_isolate(_shorten(word)))) for word in words[:MOST_TOKENS]]
    rest = len(words) - len(shown)
    if rest:
        shown.append(_mark(say.ngettext("{n} more", "{n} more", rest)))
    return _join(shown, say)


def _shorten(word: str) -> str:
    return word if len(word) <= LONGEST_TOKEN else word[: LONGEST_TOKEN - 1] + "…"


def _isolate(words: str) -> Markup:
    return Markup("<bdi>{}</bdi>").format(words)


def _join(items: Sequence[Markup], say: Words) -> Markup:
    return Markup(join_names(items, say.locale))  # noqa: S704 - escaped words and separators


def _mark(told: str) -> Markup:
    """Words of a catalogue, filled with values that are escaped."""
    return Markup(told)  # noqa: S704


def _tell_facts(facts: Sequence[ChangedFact], say: Words) -> list[Markup]:
    """Changed facts: which, whose, what they were and what they are; those of one value in one line."""
    values: dict[tuple[str, str], list[ChangedFact]] = {}
    for fact in facts:
        values.setdefault((fact.old, fact.new), []).append(fact)
    return [_tell_value(old, new, same, say) for (old, new), same in values.items()]


def _tell_value(old: str, new: str, facts: Sequence[ChangedFact], say: Words) -> Markup:
    entities = [_isolate(name) for name in dict.fromkeys(fact.entity for fact in facts)]
    values = {
        "kind": join_names(dict.fromkeys(_name_kind(fact.kind, say) for fact in facts), say.locale),
        "entity": _join(entities, say),
        "old": _isolate(old),
        "new": _isolate(new),
    }
    if not old:
        return _mark(say.gettext("Fact: {kind} of {entity}: now “{new}”", **values))
    if not new:
        return _mark(say.gettext("Fact: {kind} of {entity}: no longer “{old}”", **values))
    return _mark(say.gettext("Fact: {kind} of {entity}: “{old}” → “{new}”", **values))


def _name_kind(kind: str, say: Words) -> str:
    """What a fact is called; a contact by its role."""
    kinds = {
        "legal_name": say.gettext("legal name"),
        "address": say.gettext("address"),
        "register": say.gettext("register"),
    }
    roles = {
        "privacy": say.pgettext("contact", "for privacy"),
        "rights": say.pgettext("contact", "for your rights"),
        "security": say.pgettext("contact", "for security"),
        "post": say.pgettext("contact", "by post"),
    }
    return kinds.get(kind) or say.gettext("contact ({role})", role=roles.get(kind, kind))


@dataclass(frozen=True, slots=True)
class _Counter:
    """Numbers in words: the first of a kind says what is counted, the others do not repeat it."""

    say: Words
    characters: bool

    def count_all(self, changes: Sequence[Change], kinds: Mapping[str, int]) -> str:
        """`3 sections changed, 1 added; 42 words added, 17 removed`."""
        sections = [(kind, kinds[kind]) for kind in _KINDS if kinds.get(kind)]
        parts = [self.count_sections(kind, n, first=place == 0) for place, (kind, n) in enumerate(sections)]
        words = self.count_words(sum(c.words_added for c in changes), sum(c.words_removed for c in changes))
        told = self.join(parts)
        return self.say.gettext("{sections}; {words}", sections=told, words=words) if words else told

    def join(self, parts: Sequence[str]) -> str:
        told = parts[0] if parts else ""
        for part in parts[1:]:
            told = self.say.gettext("{first}, {next}", first=told, next=part)
        return told

    def count_sections(self, kind: str, n: int, *, first: bool) -> str:
        """So many sections, and what happened to them."""
        say = self.say
        if first:
            return {
                "modified": say.ngettext("{n} section changed", "{n} sections changed", n),
                "added": say.ngettext("{n} section added", "{n} sections added", n),
                "removed": say.ngettext("{n} section removed", "{n} sections removed", n),
                "moved": say.ngettext("{n} section moved", "{n} sections moved", n),
                "renamed": say.ngettext("{n} section renamed", "{n} sections renamed", n),
            }[kind]
        return {
            # TRANSLATORS: Goes on after "3 sections changed"; so do the next ones.
            "added": say.npgettext("section", "{n} added", "{n} added", n),
            "removed": say.npgettext("section", "{n} removed", "{n} removed", n),
            "moved": say.npgettext("section", "{n} moved", "{n} moved", n),
            "renamed": say.npgettext("section", "{n} renamed", "{n} renamed", n),
        }[kind]

    def count_words(self, added: int, removed: int) -> str:
        """So many words or characters added and removed; nothing where there are none."""
        say = self.say
        parts = []
        if added and self.characters:
            parts.append(say.ngettext("{n} character added", "{n} characters added", added))
        elif added:
            parts.append(say.ngettext("{n} word added", "{n} words added", added))
        if removed and added and self.characters:
            # TRANSLATORS: Goes on after "12 characters added".
            parts.append(say.npgettext("character", "{n} removed", "{n} removed", removed))
        elif removed and added:
            # TRANSLATORS: Goes on after "12 words added".
            parts.append(say.npgettext("word", "{n} removed", "{n} removed", removed))
        elif removed and self.characters:
            parts.append(say.ngettext("{n} character removed", "{n} characters removed", removed))
        elif removed:
            parts.append(say.ngettext("{n} word removed", "{n} words removed", removed))
        return self.join(parts)
