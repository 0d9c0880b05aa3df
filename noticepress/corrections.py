"""Corrections: what was published wrongly is put right by a revision; its effective date stays, and so does the past.

The right words come from `correction.yml` (errata), or from the working texts where it names none. A translation that
is published late is a revision too: it adds a locale, and leaves every other edition as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

from noticepress.classes import Minimum, Reason, find_minimums, strictest, weigh_class
from noticepress.errata import concerns
from noticepress.errors import NoticeError, Problem, UsageError, errors_of
from noticepress.library import Reading
from noticepress.lookup import find_version
from noticepress.mending import RECORD, Task, correct_words, find_moment, quote
from noticepress.model import (
    Address,
    AsOf,
    ChangeClass,
    ChangeRecord,
    Facts,
    Version,
)
from noticepress.sealing import Sealing, lay_out_files


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision ready to be sealed: its files, the version it makes, the least class, and what to think of next."""

    sealing: Sealing
    version: Version
    corrects: str
    minimum: Minimum
    hints: tuple[str, ...]


def prepare_correction(
    reading: Reading,
    notice: str,
    name: str,
    as_of: AsOf,
    *,
    change_class: ChangeClass | None = None,
    adds: Sequence[str] = (),
) -> Revision:
    """Lay out the revision of a version: that of its newest revision, with the right words.

    `change_class` and `adds` stand in for, or add to, what `correction.yml` says. Raises NoticeError with every reason
    against it, UsageError for a notice, version or locale that does not exist.
    """
    library = reading.library
    if errors := errors_of(reading.problems):
        raise NoticeError(errors)
    old = find_version(library, notice, name)
    correction = library.corrections.get(notice)
    if correction and change_class:
        raise UsageError(f"{correction.source.path} gives the class already; leave --class out")
    for locale in adds:
        if locale not in library.settings.locales:
            known = ", ".join(library.settings.locales)
            raise UsageError(f"{locale!r} is not a language of this site; it has: {known}")
    wanted = tuple(dict.fromkeys((*(correction.adds if correction else ()), *adds)))
    task = Task(reading, old, correction, wanted, as_of)
    problems = list(_find_obstacles(task))
    new = correct_words(task, problems)
    minimum = _find_minimum(task, new)
    given = correction.record.change_class if correction else change_class
    problems.extend(_check_class(task, given, minimum))
    if problems:
        raise NoticeError(problems)
    record = correction.record if correction else ChangeRecord(given or minimum.change_class)
    version = replace(new, record=record)
    hints = tuple(dict.fromkeys(_find_leftovers(task, version)))
    return Revision(lay_out_files(library, version, RECORD), version, old.id, minimum, hints)


def _find_obstacles(task: Task) -> Iterator[Problem]:
    """What stands against any correction: a version that was withdrawn, or a publication out of order."""
    if task.old.withdrawn:
        told = f"version {task.old.id} was withdrawn: it never applied, and there is nothing to correct"
        yield Problem("DV06", task.source, told, "release a new version instead")
    for region, locale in task.old.removals:
        told = f"the text of {task.old.id} for {region} in {locale!r} was removed: a revision cannot hold it"
        yield Problem("DV06", task.source, told, "release a new version instead")
    moment = find_moment(task)
    if moment and task.old.announced and moment < task.old.announced:
        told = f"the correction is published before {task.old.id}, announced {task.old.announced.isoformat()}"
        place = task.correction.find_place("announced") if task.correction else task.source
        yield Problem("DV02", place, told, "choose a later moment")


# ---- how much it changes


def _find_minimum(task: Task, new: Version) -> Minimum:
    """The least class of what was published before and reads otherwise now; an added translation is no change.

    Where only protected tokens ask for more, a recorded confirmation lowers it; where a fact is touched, never.
    """
    old = task.old
    changed = {key: edition for key, edition in new.editions.items() if key in old.editions}
    minimum = strictest(find_minimums([old], replace(new, editions=changed)).values())
    facts = tuple(Reason("minor", "", f"a fact is touched: {quote(fact)}") for fact in _find_touched_facts(old, new))
    confirmed = task.correction.record.confirmed if task.correction else ""
    if confirmed:
        minimum = Minimum("editorial", tuple(reason for reason in minimum.reasons if not reason.is_token))
    return strictest([minimum, Minimum("minor", facts)])


def _find_touched_facts(old: Version, new: Version) -> list[str]:
    """The facts that either version was sealed with, and that the one names more often than the other."""
    touched: dict[str, None] = {}
    for key, edition in old.editions.items():
        if key not in new.editions or edition.sha256 == new.editions[key].sha256:
            continue
        known = [facts for version in (old, new) for facts in version.regions[key[0]].entities]
        for fact in dict.fromkeys(text for facts in known for text in _list_facts(facts)):
            if edition.text.count(fact) != new.editions[key].text.count(fact):
                touched[fact] = None
    return list(touched)


def _list_facts(facts: Facts) -> Iterator[str]:
    """Names, contacts and the parts of addresses, as they stand in a text."""
    yield facts.legal_name
    if facts.register and facts.register.number:
        yield facts.register.number
    for contact in (facts.address, *facts.contacts.values()):
        if isinstance(contact, Address):
            parts = (getattr(contact, item.name) for item in fields(contact) if item.name in {"street", "postal_code"})
            yield from (part for part in parts if part)
        elif contact:
            yield contact


def _check_class(task: Task, given: ChangeClass | None, minimum: Minimum) -> Iterator[Problem]:
    place = task.correction.find_place("class") if task.correction else task.source
    told = "; ".join(str(reason) for reason in minimum.reasons)
    if minimum.change_class == "material":
        hint = "words that told another practice are no correction: release a new version"
        yield Problem("CN02", place, f"this is a material change: {told}", hint)
    elif given is None and minimum.change_class != "editorial":
        hint = f"write {RECORD} with class and summary, or give --class {minimum.change_class}"
        yield Problem("CN02", place, f"this is a {minimum.change_class} change at least: {told}", hint)
    elif given and weigh_class(given) < weigh_class(minimum.change_class):
        hint = f"set class: {minimum.change_class}; 'confirmed:' speaks for changed tokens only"
        yield Problem("CN02", place, f"class {given}, but {minimum.change_class} at least: {told}", hint)


# ---- what to think of next


def _find_leftovers(task: Task, version: Version) -> Iterator[str]:
    """Where old words still stand: in the working texts, and in versions that come after."""
    library = task.library
    later = [other for other in library.list_living(version.notice) if other.day > version.day]
    for erratum in version.errata if task.correction and task.correction.errata else ():
        for (notice, locale), working in library.texts.items():
            if notice == version.notice and erratum.locale in {"", locale} and erratum.old in working.text:
                yield f"{working.path} still says {quote(erratum.old)}: correct it for the next version"
        for other in later:
            if any(concerns(erratum, *key) and erratum.old in e.text for key, e in other.editions.items()):
                yield f"version {other.id} says {quote(erratum.old)} too: correct it as well"
    if task.adds and later:
        yield f"{', '.join(task.adds)}: later versions have a text of their own; add the translation there too"
