"""The right words of a correction: from its errata, from the working texts, or of a locale that is published late."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from noticepress.blocks import sections
from noticepress.borrowing import borrow_sections
from noticepress.checks import find_problems
from noticepress.compose import compose_for
from noticepress.errata import apply_errata, find_errata
from noticepress.errors import Problem, Source, errors_of
from noticepress.filling import compose_text, gather_facts
from noticepress.history import find_instant, first_instant, order_of
from noticepress.library import Reading
from noticepress.markdown import parse
from noticepress.model import AsOf, Correction, Edition, Erratum, Library, Texts, Version
from noticepress.pins import OUTDATED, SectionState, hash_sections, split_sections
from noticepress.placeholders import Composed
from noticepress.territories import UnknownTerritory

RECORD = "correction.yml"

_ABOUT_NEXT = frozenset({"CN01", "CN02", "CN03", "CN04", "CN05", "DV02", "DV03", "DV04"})
"""Checks of a version that is being prepared; a correction has its own rules."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be corrected, and what was asked for."""

    reading: Reading
    old: Version
    correction: Correction | None
    adds: tuple[str, ...]
    as_of: AsOf

    @property
    def library(self) -> Library:
        """Everything that can be read of the site."""
        return self.reading.library

    @property
    def source(self) -> Source:
        """Where the correction is described, or would be."""
        return self.correction.source if self.correction else Source(f"content/{self.old.notice}/{RECORD}")


def correct_words(task: Task, problems: list[Problem]) -> Version:
    """The corrected version, without its record; what is wrong with it is added to `problems`."""
    old, correction = task.old, task.correction
    before = {key: edition.text for key, edition in old.editions.items()}
    errata = correction.errata if correction else ()
    base = old
    if errata:
        problems.extend(_check_errata(task, errata))
        words, missing = apply_errata(before, errata)
        problems.extend(_tell_missing(task, item.index, item.editions) for item in missing)
    elif task.adds:
        words = dict(before)
    else:
        base, words = _take_working_texts(task, problems)
        errata = find_errata(before, words)
        if not errata and not problems:
            told = f"there is nothing to correct in {old.id}: the working texts say what it says"
            hint = f"delete {RECORD} if it is sealed already; else correct the texts, or list errata"
            problems.append(Problem("CN01", task.source, told, hint))
    if task.adds:
        words = {**words, **_add_translations(task, problems)}
        base = _add_names(task, base)
    day, number = order_of(old.id)
    name = f"{day}.{number + 1}"
    return replace(
        base,
        id=name,
        editions={key: _make_edition(old.notice, name, key, text) for key, text in words.items()},
        announced=find_moment(task),
        errata=tuple(errata),
        sha256="",
        previous="",
        facts_sha256="",
        sealed=False,
        path="",
    )


def _add_names(task: Task, base: Version) -> Version:
    """A version with what its notice and regions are called today in the languages that are added."""
    notice = task.library.notices[base.notice]

    def join(ours: Texts, theirs: Texts) -> Texts:
        return {**{locale: ours[locale] for locale in task.adds if locale in ours}, **theirs}

    regions = {
        name: replace(region, names=join(task.library.regions[name].names, region.names))
        if name in task.library.regions
        else region
        for name, region in base.regions.items()
    }
    titles, audiences = join(notice.titles, base.titles), join(notice.audiences, base.audiences)
    return replace(base, titles=titles, audiences=audiences, regions=regions)


def _make_edition(notice: str, version: str, key: tuple[str, str], text: str) -> Edition:
    return Edition(notice, version, *key, text, hashlib.sha256(text.encode()).hexdigest())


def _check_errata(task: Task, errata: Iterable[Erratum]) -> Iterator[Problem]:
    locales = dict.fromkeys(locale for _, locale in task.old.editions)
    for index, erratum in enumerate(errata):
        place = _find_place(task, index)
        if erratum.region and erratum.region not in task.old.regions:
            told = f"version {task.old.id} has no region {erratum.region!r}"
            yield Problem("RG03", place, told, f"use one of {', '.join(task.old.regions)}")
        elif erratum.locale and erratum.locale not in locales:
            told = f"version {task.old.id} has no text in {erratum.locale!r}"
            yield Problem("TR06", place, told, f"use one of {', '.join(locales)}")
        if erratum.old == erratum.new:
            yield Problem("CN01", place, f"{quote(erratum.old)} is replaced by itself", "write the right words")
        if "{{" in erratum.new or "{%" in erratum.new:
            told = f"{quote(erratum.new)} holds a placeholder, which nobody fills in a published text"
            yield Problem("FE05", place, told, "write the words as they are to be read")


def _tell_missing(task: Task, index: int, editions: Sequence[tuple[str, str]]) -> Problem:
    errata = task.correction.errata if task.correction else ()
    where = ", ".join(f"{region}/{locale}" for region, locale in editions)
    told = f"{quote(errata[index].old)} does not stand in {where} of {task.old.id}"
    hint = f"copy the words as published, or narrow them with region or locale; delete {RECORD} if it is sealed already"
    return Problem("CN01", _find_place(task, index), told, hint)


def _find_place(task: Task, index: int) -> Source:
    return task.correction.find_place(f"errata.{index}") if task.correction else task.source


def quote(text: str) -> str:
    """Words for a message: on one line, and no longer than half of it."""
    longest = 60
    flat = " ".join(text.split())
    return f'"{flat if len(flat) <= longest else flat[: longest - 1] + "…"}"'


def _take_working_texts(task: Task, problems: list[Problem]) -> tuple[Version, dict[tuple[str, str], str]]:
    """The words that the working texts make today of the version's day, and the version with the facts of that day."""
    old, library = task.old, task.library
    before = {key: edition.text for key, edition in old.editions.items()}
    hint = f"list the words in {RECORD} under 'errata:'"
    if old.notice in library.next_versions:
        told = f"the working texts are those of the version being prepared, {library.next_versions[old.notice].source}"
        problems.append(Problem("CN01", task.source, told, hint))
        return old, before
    if any(version.day > old.day for version in library.list_living(old.notice)):
        told = f"the working texts are those of a later version than {old.id}"
        problems.append(Problem("CN01", task.source, told, hint))
        return old, before
    problems.extend(p for p in errors_of(find_problems(task.reading, task.as_of)) if p.id not in _ABOUT_NEXT)
    try:
        composed = compose_for(library, old.notice, old.day, old.day)
    except UnknownTerritory:
        return old, before  # told among the problems
    draft = composed.version
    differing = [
        name for name in {**old.regions, **draft.regions} if _map_region(old, name) != _map_region(draft, name)
    ]
    for name in differing:
        told = f"{name}: its territories or who answers there are others than {old.id} was sealed with"
        problems.append(Problem("RG03", task.source, told, "that is no correction: release a new version"))
    for region, locale in before:
        if (region, locale) not in composed.composed and region not in differing:
            path = f"content/{old.notice}/{locale}.md"
            told = f"the text in {locale!r} is missing, which {old.id} has for {region}"
            problems.append(Problem("TR01", Source(path), told, "write it again, or list errata"))
    regions = {
        name: replace(region, names=draft.regions[name].names, entities=draft.regions[name].entities)
        if name in draft.regions
        else region
        for name, region in old.regions.items()
    }
    source = library.settings.source_locale
    words = {
        key: _take_own_words(text, composed.composed[key], composed.composed.get((key[0], source)), composed.states)
        if key in composed.composed
        else text
        for key, text in before.items()
    }
    return replace(old, regions=regions, titles=draft.titles, audiences=draft.audiences), words


def _take_own_words(
    sealed: str, written: Composed, source: Composed | None, states: Mapping[str, Mapping[str, SectionState]]
) -> str:
    """A text as its own working text has it now; as it was sealed where that is the same.

    Sections stand in the source's words only where they did before and still wait: a comma that is mended in the
    source makes no translation worse than it was.
    """
    locale = written.working.locale
    waiting = {name for name, state in states.get(locale, {}).items() if state in OUTDATED}
    before = [section for section in split_sections(sealed) if section.text]
    borrowed = {section.id for section in before if not section.is_in(locale)} & waiting
    own = {section.id: section.sha256 for section in before if section.id not in borrowed}
    now = {name: sha256 for name, sha256 in hash_sections(written.text).items() if name not in borrowed}
    if borrowed and own == now:
        return sealed
    if borrowed and source is not None and (mixed := borrow_sections(written, source, borrowed)):
        return mixed.text
    return written.text


def _map_region(version: Version, name: str) -> tuple[object, ...]:
    """What a correction may not change in a region."""
    region = version.regions.get(name)
    return (region.territories, tuple(facts.entity for facts in region.entities)) if region else ()


def _add_translations(task: Task, problems: list[Problem]) -> dict[tuple[str, str], str]:
    """The editions of the locales that are published late: the working texts with the facts as they were sealed."""
    old, library = task.old, task.library
    place = task.correction.find_place("adds") if task.correction else task.source
    words: dict[tuple[str, str], str] = {}
    for locale in task.adds:
        path = f"content/{old.notice}/{locale}.md"
        working = library.texts.get((old.notice, locale))
        if locale in old.locales:
            hint = f"delete {RECORD} if it is sealed already; correct a translation with errata"
            problems.append(Problem("TR01", place, f"version {old.id} has a text in {locale!r} already", hint))
        elif working is None:
            problems.append(Problem("TR01", Source(path), f"there is no text in {locale!r}", f"write {path}"))
        else:
            problems.extend(p for p in errors_of(find_problems(task.reading, task.as_of)) if p.source.path == path)
            for sealed in old.regions.values():
                today = library.regions.get(sealed.id)  # what the region is called in a language that is new
                region = replace(sealed, names={**(today.names if today else {}), **sealed.names})
                facts = gather_facts(library, library.notices[old.notice], region, locale, old.day)
                composed = compose_text(working, facts)
                problems.extend(errors_of(composed.problems))
                problems.extend(_compare_sections(task, region.id, path, composed.text))
                words[region.id, locale] = composed.text
    return words


def _compare_sections(task: Task, region: str, path: str, text: str) -> Iterator[Problem]:
    """A translation has the sections of the version that it translates."""
    old = task.old
    edition = old.editions.get((region, task.library.settings.source_locale))
    if edition is None:
        return
    wanted, found = (_list_sections(words) for words in (edition.text, text))
    for name in wanted:
        if name not in found:
            yield Problem("TR03", Source(path), f"#{name} is missing, which {old.id} has", "translate that version")
    for name, line in found.items():
        if name not in wanted:
            yield Problem("TR03", Source(path, line), f"#{name} is not in {old.id}", "translate that version")


def _list_sections(text: str) -> dict[str, int]:
    return {section.id: section.line for section in sections(parse(text)) if section.id}


def find_moment(task: Task) -> datetime | None:
    """When the correction is published: as it says itself, else at the moment of the run.

    A version that nobody has been told of is announced together with its correction.
    """
    old, zone = task.old, task.library.settings.zone
    now = find_instant(task.as_of, zone)
    starts = [region.effective for region in old.regions.values() if region.effective]
    if not any(start.instant <= now for start in starts) and (old.announced is None or old.announced > now):
        return old.announced
    given = task.correction.announced if task.correction else None
    if given is None or isinstance(given, datetime):
        return given or now
    return max(first_instant(given, start.zone) for start in starts)
