"""What an edit does before anybody merges it: sections, class, translations, feeds, mail, and the earliest date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from noticepress.changes import Change, find_changes
from noticepress.classes import Minimum, find_minimums, find_replaced, set_date, strictest, weigh_class
from noticepress.leadtime import Lead, find_leads
from noticepress.manifest import line_path
from noticepress.model import AsOf, ChangeClass, Library, Version
from noticepress.pins import SectionState, find_section_states
from noticepress.written import split_sections

FEEDS = ("changes.atom", "changes.json")
"""The files of a feed in its folder; the feed of all changes stands at the root."""

BEHIND: frozenset[SectionState] = frozenset({"stale", "missing", "machine"})
"""What is told of a translation: not the sections that are current, nor those without a source."""


_OWN_DATE = re.compile(r"\{[{%][^{}]{0,200}\bversion\.")
"""Where a working text tells the date, or the name, of its own version."""


@dataclass(frozen=True, slots=True)
class EditionImpact:
    """What becomes of one edition.

    `replaced` is the version whose words it replaces; empty for a first one. `is_changed` says that it gets a feed
    entry: its words differ. `is_redated` says that nothing differs but the date that it tells of itself: then nobody is
    mailed. `changes` leave that date out, and the sections that change their language: `languages` holds those that
    are shown in another one now, or in their own again. `minimum` is None where nothing is replaced.
    """

    region: str
    locale: str
    replaced: str
    is_changed: bool
    is_redated: bool = False
    changes: tuple[Change, ...] = ()
    languages: Mapping[str, str] = field(default_factory=dict)
    minimum: Minimum | None = None


@dataclass(frozen=True, slots=True)
class Impact:
    """What a draft does. `declared` is the class in `next.yml`, None where there is none.

    `behind` holds the sections of translations that do not say what the source says, by locale. `feeds` are paths in
    the site. `subscriber_lists` and `account_lists` count the mailing lists that would be mailed: one for each edition
    that says something else, for whoever subscribed, and for account holders. `earliest` is the first effective date
    that is allowed in every region, None where no lead time is needed.
    """

    notice: str
    version: str
    effective: date | None
    is_announced: bool
    declared: ChangeClass | None
    minimum: Minimum
    editions: tuple[EditionImpact, ...]
    behind: Mapping[str, Mapping[str, SectionState]]
    feeds: tuple[str, ...]
    subscriber_lists: int
    account_lists: int
    leads: tuple[Lead, ...]
    earliest: date | None

    @property
    def change_class(self) -> ChangeClass:
        """The class that the change has: the declared one, or the least one where that is stricter."""
        return max(self.declared or "editorial", self.minimum.change_class, key=weigh_class)

    @property
    def is_too_low(self) -> bool:
        """Whether a class is declared below the least one."""
        return self.declared is not None and weigh_class(self.declared) < weigh_class(self.minimum.change_class)


def find_impact(library: Library, draft: Version, as_of: AsOf) -> Impact:
    """What a draft does, compared in each region and locale with the version that it replaces there."""
    versions = library.versions.get(draft.notice, ())
    minimums = find_minimums(versions, draft)
    editions = tuple(
        _find_edition(library, draft, region, locale, minimums.get((region, locale)))
        for region, locale in draft.editions
    )
    if any(edition.is_changed for edition in editions) and draft.notice not in library.next_versions:
        editions = tuple(_foresee_date(library, draft, edition) for edition in editions)
    changed = [edition for edition in editions if edition.is_changed]
    told = [edition for edition in changed if not edition.is_redated]
    following = library.next_versions.get(draft.notice)
    declared = following.record.change_class if following else None
    minimum = strictest(minimums.values())
    mailed = max(declared or "editorial", minimum.change_class, key=weigh_class)
    leads = find_leads(library, draft, mailed, as_of) if changed or minimum.reasons else ()
    return Impact(
        notice=draft.notice,
        version=draft.id if following else "draft",
        effective=draft.day if following else None,
        is_announced=draft.announced is not None,
        declared=declared,
        minimum=minimum,
        editions=editions,
        behind=_find_behind(library, draft.notice),
        feeds=_list_feeds(draft.notice, changed),
        subscriber_lists=len(told) if mailed != "editorial" else 0,
        account_lists=len(told) if mailed == "material" else 0,
        leads=leads,
        earliest=max((lead.earliest for lead in leads), default=None),
    )


def _find_edition(library: Library, draft: Version, region: str, locale: str, minimum: Minimum | None) -> EditionImpact:
    edition = draft.editions[region, locale]
    replaced = find_replaced(library.versions.get(draft.notice, ()), draft, region)
    if replaced is None:
        return EditionImpact(region, locale, "", is_changed=True)
    version, name = replaced
    before = version.editions.get((name, locale))
    if before is not None and before.sha256 == edition.sha256:
        return EditionImpact(region, locale, version.id, is_changed=False, minimum=minimum)
    if before is None:
        return EditionImpact(region, locale, version.id, is_changed=True, minimum=minimum)
    text = set_date(edition.text, locale, draft.day, version.day)
    languages = _find_languages(before.text, text, locale)
    return EditionImpact(
        region,
        locale,
        version.id,
        is_changed=True,
        is_redated=text == before.text,
        changes=tuple(change for change in find_changes(before.text, text) if change.section not in languages),
        languages=languages,
        minimum=minimum,
    )


def _foresee_date(library: Library, draft: Version, edition: EditionImpact) -> EditionImpact:
    """An edition of a draft without a date of its own: where its text tells one, that will be another."""
    working = library.texts.get((draft.notice, edition.locale))
    if edition.is_changed or working is None or not _OWN_DATE.search(working.text):
        return edition
    return replace(edition, is_changed=True, is_redated=True)


def _find_languages(old: str, new: str, locale: str) -> Mapping[str, str]:
    """The sections that change their language, and the one they are in now; the text's own where it is that again."""
    before, after = (
        {
            section.id: section.heading.attributes["lang"]
            for section in split_sections(text)
            if section.heading and not section.is_in(locale)
        }
        for text in (old, new)
    )
    known = {section.id for section in split_sections(new)} & {section.id for section in split_sections(old)}
    changed = {name: after.get(name, locale) for name in {**before, **after} if before.get(name) != after.get(name)}
    return {name: language for name, language in changed.items() if name in known}


def _find_behind(library: Library, notice: str) -> Mapping[str, Mapping[str, SectionState]]:
    """The sections that wait for a translator, in each language that the notice is written in."""
    found = {}
    for name, locale in library.texts:
        if name == notice and locale != library.settings.source_locale:
            states = find_section_states(library, notice, locale)
            if behind := {section: state for section, state in states.items() if state in BEHIND}:
                found[locale] = behind
    return found


def _list_feeds(notice: str, changed: list[EditionImpact]) -> tuple[str, ...]:
    folders = ["", *(line_path(edition.locale, notice, edition.region) for edition in changed)] if changed else []
    return tuple(folder + name for folder in folders for name in FEEDS)
