"""Sections of a translation beside those of its source, as they are written, and what one of the two lacks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from noticepress.checks.desk import Desk
from noticepress.compose import Draft
from noticepress.errors import Source
from noticepress.model import Notice, WorkingText
from noticepress.pins import SectionState, WrittenSection, find_section_states, is_optional, split_sections

# Each stops at the next brace, bracket or line, so that no text takes long to read.
_TAG = re.compile(r"\{\{-?(?P<value>[^{}]*?)-?\}\}|\{%[-+]?(?P<tag>[^{}]*?)[-+]?%\}")
_OTHER_NOTICE = re.compile(r"\{\{-?\s*link\([\"']([\w-]*)[\"']\)\s*-?\}\}(?=#)")
_CONDITION = re.compile(r"(?:if|elif|for)\b")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>()\"'\u3000-\u9fff\uff00-\uffef]+")
_MAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_DESTINATION = re.compile(r"\]\(\s*<?([^\s)>]+)|^\[[^\]^\n]+\]:[ \t]*<?([^\s>]+)", re.MULTILINE)
_NO_WORDS = re.compile(r"\]\([^()\n]*\)|^\[[^\]\n]+\]:.*$|\[\^[^\[\]\n]+\]|^[ \t>]*\d+[.)](?=\s)", re.MULTILINE)
_MARKUP = re.compile(r"[\]\d]")
"""Where nothing of this is, all are words."""

_NONE: frozenset[str] = frozenset()
_TRAILING = ".,;:!?"


@dataclass(frozen=True, slots=True)
class Translation:
    """A working text in a translated language beside the source's; `states` tells how its sections stand to it.

    `gaps` are the lines of both, by path, where a placeholder could not be filled in; line 0 stands for all of a text.
    """

    notice: Notice
    source: WorkingText
    working: WorkingText
    states: dict[str, SectionState]
    is_optional: bool
    gaps: frozenset[tuple[str, int]] = frozenset()

    def find_place(self, section: WrittenSection) -> Source:
        """Where a section of the translation begins."""
        return Source(self.working.path, section.heading.line if section.heading else section.line)

    def list_sections(self) -> dict[str, WrittenSection]:
        """The sections of the translation by id."""
        return {section.id: section for section in split_sections(self.working.text)}

    def pair_sections(self) -> Iterator[tuple[WrittenSection, WrittenSection]]:
        """Each section of the source with its translation, where that was made from it as it is now.

        Left out is what stands before another section than in the source: words may be under the wrong heading there,
        and the heading is told first.
        """
        theirs, ours = split_sections(self.source.text), self.list_sections()
        following = dict(zip(ours, [*list(ours)[1:], ""], strict=False))
        for place, section in enumerate(theirs):
            after = theirs[place + 1].id if place + 1 < len(theirs) else ""
            if self.states.get(section.id) in {"current", "machine"} and following[section.id] == after:
                yield section, ours[section.id]

    def has_gap(self, source: WrittenSection, section: WrittenSection) -> bool:
        """Whether a placeholder of a section or of its source could not be filled in: then FE05 tells of it."""
        return bool(self.gaps) and any(
            (path, line) in self.gaps
            for path, each in ((self.source.path, source), (self.working.path, section))
            for line in (0, *range(each.line, each.line + each.raw.count("\n") + 1))
        )

    def compare_links(self, theirs: Contents, ours: Contents) -> tuple[list[str], list[str]]:
        """The links that only a section's source has, and those that only the section has.

        Where one of them leads to no section of its text, LC03 tells of it, and none within the texts is compared.
        """
        missing, added = theirs.links - ours.links, ours.links - theirs.links
        if inner := {link for link in missing | added if link.startswith("#")}:
            texts = (self.source.text, self.working.text)
            if inner - {f"#{section.id}" for text in texts for section in split_sections(text)}:
                return sorted(missing - inner), sorted(added - inner)
        return sorted(missing), sorted(added)


def list_translations(desk: Desk) -> Iterator[Translation]:
    """Every working text that translates another."""
    library = desk.library
    for working in desk.working_texts():
        name, locale = working.notice, working.locale
        source = library.texts.get((name, library.settings.source_locale))
        if source is None or locale == source.locale:
            continue
        draft, notice = desk.drafts.get(name), library.notices[name]
        states = draft.states.get(locale) if draft else None
        found = find_section_states(library, name, locale) if states is None else states
        optional, gaps = (
            is_optional(library, notice, locale),
            desk.remember(("gaps", name), partial(_find_gaps, draft)) if draft else frozenset[tuple[str, int]](),
        )
        yield Translation(notice, source, working, dict(found), optional, gaps)


def _find_gaps(draft: Draft) -> frozenset[tuple[str, int]]:
    """The lines of a notice's texts where something could not be filled in, and 0 for those that could not be run."""
    broken = {(text.working.path, 0) for text in draft.composed.values() if not text.is_whole}
    return frozenset({(problem.source.path, problem.source.line) for problem in draft.problems} | broken)


def name_section(name: str) -> str:
    """How a section is told: `section #data`."""
    return f"section #{name}" if name else "the text before the first section"


# ---- what stands in a section


@dataclass(frozen=True, slots=True)
class Contents:
    """What of a section must be the same in every language; `words` are its own, without markup and placeholders."""

    values: Counter[str]
    conditions: Counter[str]
    links: frozenset[str]
    addresses: frozenset[str]
    mails: frozenset[str]
    words: str


@lru_cache(maxsize=2048)
def read_contents(text: str) -> Contents:
    """What a section's Markdown holds."""
    text = _remove_remarks(text)
    bare = _TAG.sub(" ", text)
    values: Counter[str] = Counter()
    conditions: Counter[str] = Counter()
    for tag in _TAG.finditer(text):
        if tag["value"] is not None:
            values[_tidy(tag["value"].partition("|")[0])] += 1
        elif _CONDITION.match(inner := _tidy(tag["tag"])):
            conditions[re.sub(r"^elif\b", "if", inner)] += 1
    linked = _TAG.sub(" ", _OTHER_NOTICE.sub(r"/\1/", text))
    targets = [first or second for first, second in _DESTINATION.findall(linked)]
    addresses = frozenset(found.rstrip(_TRAILING) for found in _ADDRESS.findall(bare)) if _has_address(bare) else _NONE
    mails = frozenset(found.casefold() for found in _MAIL.findall(_ADDRESS.sub(" ", bare))) if "@" in bare else _NONE
    return Contents(
        values,
        conditions,
        frozenset(target for target in targets if target.startswith(("#", "tel:", "/"))),
        addresses,
        mails,
        _find_words(bare),
    )


def read_words(text: str) -> str:
    """What a section's Markdown, or a part of it, says in words of its own."""
    return _find_words(_TAG.sub(" ", _remove_remarks(text)))


def _find_words(bare: str) -> str:
    bare = _NO_WORDS.sub(" ", bare) if _MARKUP.search(bare) else bare
    bare = _ADDRESS.sub(" ", bare) if _has_address(bare) else bare
    return _MAIL.sub(" ", bare) if "@" in bare else bare


def _has_address(text: str) -> bool:
    return "://" in text or "www." in text


def _remove_remarks(text: str) -> str:
    """A text without what is not published."""
    first, *others = text.split("{##")
    return first + " ".join(after or before for before, _, after in (other.partition("##}") for other in others))


def _tidy(expression: str) -> str:
    return " ".join(expression.replace("'", '"').split())


def find_missing_addresses(theirs: Contents, ours: Contents) -> list[str]:
    """The web addresses of one text that another lacks; another page of the same host is its own language's."""
    hosts = {_name_host(address) for address in ours.addresses - theirs.addresses}
    return sorted(a for a in theirs.addresses - ours.addresses if _name_host(a) not in hosts)


def _name_host(address: str) -> str:
    """The last two parts of a host: `en.example.org` and `example.org` are one's."""
    host = re.sub(r"^(?:https?://)?", "", address).partition("/")[0].partition(":")[0].casefold()
    return ".".join(host.split(".")[-2:])
