"""Mail addresses in a text: which are no links, which serve one purpose together, which are called by two names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from noticepress.checks.passages import Passage
from noticepress.checks.readability import split_sentences
from noticepress.compose import Composed
from noticepress.errors import Source
from noticepress.model import Address, Facts
from noticepress.placeholders import cut_lines

MAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9_+-]{1,64}(?:\.[A-Za-z0-9_+-]{1,64}){0,8}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"
)

_QUESTIONS = MappingProxyType(
    {
        "en": "question", "es": r"pregunta|consulta|duda", "de": r"frage", "ja": "質問|問い合わせ",
    }
)  # fmt: skip
_COMPLAINTS = MappingProxyType(
    {
        "en": r"complain", "es": r"queja|reclamaci[oó]n", "de": r"beschwerde", "ja": "苦情",
    }
)  # fmt: skip
_POLICIES = MappingProxyType(
    {
        "en": r"privacy (?:policy|notice|statement)",
        "es": r"(?:aviso|política|declaración) de privacidad",
        "de": r"datenschutz(?:hinweis|erklärung|richtlinie|information)",
        "ja": "プライバシー(?:通知|ポリシー|ステートメント)",
    }
)
_MATTERS = MappingProxyType(
    {
        f"{named} about {about}": {
            language: (re.compile(words[language]), re.compile(_POLICIES[language])) for language in words
        }
        for named, about, words in (
            ("questions", "the notice", _QUESTIONS),
            ("complaints", "the notice", _COMPLAINTS),
        )
    }
)
"""What people write about, and by language the words that all stand in a sentence which says where to."""

_TEAMS = MappingProxyType(
    {
        "support": re.compile(r"\b(?:customer|user|technical) (?:support|service|care)\b|\bsupport (?:team|desk)\b"),
        "privacy": re.compile(r"\bprivacy (?:team|office|desk)\b|\bdata protection (?:team|officer|office)\b"),
        "security": re.compile(r"\bsecurity (?:team|office|desk)\b"),
        "legal": re.compile(r"\blegal (?:team|department)\b"),
        "sales": re.compile(r"\bsales (?:team|department)\b"),
    }
)
"""Those who read mail, as English texts call them; people name their mailboxes in English nearly everywhere."""

_ROLE = re.compile(r"\{\{-?\s*contact\s*\.\s*(?P<role>\w+)")

_NEAR = 40
"""Characters before an address in which its reader is named: "our Customer Support at …"."""

_REACHED = re.compile(r"\s*(?:at|via|by|:|,|\()\s*$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A mail address where a text shows it, and the words of its sentence that lead to it, in small letters."""

    passage: Passage
    offset: int
    address: str
    words: str

    @property
    def is_linked(self) -> bool:
        """Whether a reader can follow it."""
        return bool(self.passage.find_span(self.offset).link)


def list_mentions(passages: Iterable[Passage]) -> Iterator[Mention]:
    """Every mail address that is shown, in reading order. One in code is an example, and left alone."""
    for passage in passages:
        if "@" not in passage.text:
            continue
        for sentence in split_sentences(passage.text):
            last = 0
            for found in MAIL.finditer(sentence.text):
                words = sentence.text[last : found.start()]
                yield Mention(passage, sentence.start + found.start(), found[0], words.casefold())
                last = found.end()


def find_split_matters(mentions: Iterable[Mention], language: str) -> Iterator[tuple[Mention, str, Mention]]:
    """Addresses that are given for what another one was given for: the later one, the matter, the earlier one."""
    first: dict[str, Mention] = {}
    for mention in mentions:
        for matter, words in _MATTERS.items():
            if language in words and all(word.search(mention.words) for word in words[language]):
                known = first.setdefault(matter, mention)
                if known.address.casefold() != mention.address.casefold():
                    yield mention, matter, known


def find_double_names(mentions: Iterable[Mention]) -> Iterator[tuple[Mention, str, str]]:
    """Addresses with names that do not agree: the mention, how it is called there, and what speaks against it.

    Either the text gives the same address to somebody else too, or another address bears the name.
    """
    every = list(mentions)
    boxes = {mention.address.casefold().partition("@")[0]: mention.address for mention in every}
    called: dict[str, str] = {}
    for mention in every:
        team, named = _name_reader(mention.words)
        address = mention.address.casefold()
        if not team:
            continue
        box = address.partition("@")[0]
        known = called.setdefault(address, team)
        if known != team:
            yield mention, named, f"elsewhere it is that of {known}"
        elif box in _TEAMS and box != team and team in boxes:
            yield mention, named, f"there is {boxes[team]} too"


def find_hidden_contacts(composed: Composed, entities: Sequence[Facts]) -> Iterator[tuple[Source, str, str, str]]:
    """Where a text gives the contact of the first of several entities, and never that of another one for the role.

    A place, the role, and both entities. What a condition keeps from the readers of a region does not count.
    """
    lines = cut_lines(composed.working.text) if len(entities) > 1 else ()
    named = [(number, found) for number, line in enumerate(lines, 1) for found in _ROLE.finditer(line)]
    hidden = {role: _find_hidden(composed, role, entities) for role in {found["role"] for _, found in named}}
    if not any(hidden.values()):
        return
    shown: dict[int, str] = {}
    for text, number in zip(cut_lines(composed.text), composed.lines, strict=False):
        shown[number] = f"{shown.get(number, '')}\n{_unmark(text)}"
    for number, found in named:
        if (pair := hidden[found["role"]]) and _name_contact(pair[0], found["role"]) in shown.get(number, ""):
            place = Source(composed.working.path, number, found.start() + 1)
            yield place, found["role"], pair[0].entity, pair[1].entity


def _find_hidden(composed: Composed, role: str, entities: Sequence[Facts]) -> tuple[Facts, Facts] | None:
    """The first entity that has a contact for a role, and the first whose own is nowhere in a text."""
    having = [facts for facts in entities if _name_contact(facts, role)]
    text = _unmark(composed.text) if len(having) > 1 else ""
    other = next((facts for facts in having[1:] if _name_contact(facts, role) not in text), None)
    return (having[0], other) if other else None


def _name_contact(facts: Facts, role: str) -> str:
    """A mail address, a telephone number, or the street of a postal address."""
    contact = facts.contacts.get(role, "")
    return contact.street if isinstance(contact, Address) else contact


def _unmark(text: str) -> str:
    """A text without the marks of Markdown before signs."""
    return text.replace("\\", "")


def _name_reader(words: str) -> tuple[str, str]:
    """Who reads what is sent, named right before an address: the kind of team, and what it is called."""
    before = _REACHED.sub("", words[-_NEAR:])
    for team, pattern in _TEAMS.items():
        for found in pattern.finditer(before):
            if found.end() == len(before):
                return team, found[0]
    return "", ""
