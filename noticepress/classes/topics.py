"""What a section is about, as far as its id and its tags say so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from noticepress.blocks import Section

Topic = Literal[
    "purposes", "recipients", "transfers", "data", "retention", "rights", "children", "automated decisions",
    "changes", "security", "tracking",
]  # fmt: skip

# The articles of the GDPR that ask for an element; `13.2.b-erasure` belongs to `13.2.b`.
_ARTICLES: Mapping[str, Topic] = {
    "13.1.c": "purposes",
    "13.1.d": "purposes",
    "13.1.e": "recipients",
    "13.1.f": "transfers",
    "13.2.a": "retention",
    "13.2.b": "rights",
    "13.2.c": "rights",
    "13.2.d": "rights",
    "13.2.f": "automated decisions",
    "14.1.c": "purposes",
    "14.1.d": "data",
    "14.1.e": "recipients",
    "14.1.f": "transfers",
    "14.2.a": "retention",
    "14.2.b": "purposes",
    "14.2.c": "rights",
    "14.2.d": "rights",
    "14.2.e": "rights",
    "14.2.f": "data",
    "14.2.g": "automated decisions",
}

_WORDS_OF: Mapping[Topic, str] = {
    "purposes": "purpose purposes basis bases interests",
    "recipients": "recipient recipients sharing disclosure disclosures disclosed sold shared sale third parties",
    "transfers": "transfer transfers overseas foreign outside",
    "data": "categories sources sensitive",
    "retention": "retention",
    "rights": "rights rectification erasure restriction objection portability withdrawal complaint complaints"
    " authority appeal opt parental review",
    "children": "child children minors",
    "automated decisions": "automated profiling",
    "changes": "changes change",
    "security": "security",
    "tracking": "cookie cookies tracking trackers analytics beacon beacons pixels",
}
_WORDS = {word: topic for topic, words in _WORDS_OF.items() for word in words.split()}

_NAMES: tuple[tuple[re.Pattern[str], Topic], ...] = (
    (re.compile(r"(?:how-we-)?uses?|use-of-.+|how-we-use-.+"), "purposes"),
    (re.compile(r"(?:data|information)(?:-.+)?|.+-data|(?:personal|usage)-information"), "data"),
    (re.compile(r"how-long.*|storage-(?:period|duration)s?"), "retention"),
    (re.compile(r"(?:your-)?choices|access"), "rights"),
)
"""What whole ids and elements of packs are called; other names hold the same words for something else."""


def find_topics(section: Section, others: Mapping[str, Section]) -> frozenset[Topic]:
    """What a section is about: by its own id and tags, and by those of the sections that it stands in."""
    found = set(_read_names([section.id, *(tag.partition(":")[2] for tag in section.tags)]))
    parent = others.get(section.parent) if section.parent and section.parent != section.id else None
    return frozenset(found | find_topics(parent, others)) if parent else frozenset(found)


def _read_names(names: Iterable[str]) -> Iterable[Topic]:
    for name in names:
        if article := re.match(r"1[34]\.\d\.[a-z]", name):
            if topic := _ARTICLES.get(article[0]):
                yield topic
            continue
        yield from (_WORDS[word] for word in re.split(r"[-.]", name) if word in _WORDS)
        yield from (topic for pattern, topic in _NAMES if pattern.fullmatch(name))
