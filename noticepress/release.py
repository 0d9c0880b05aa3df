"""Release: check everything, then lay out what is being prepared as a version, with every reason against it at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from noticepress.checks import Findings, run_checks
from noticepress.classes import Minimum, find_minimums, strictest
from noticepress.compose import compose_draft
from noticepress.errors import NoticeError, Problem, Source, errors_of
from noticepress.leadtime import Lead, find_leads
from noticepress.library import Reading
from noticepress.lookup import check_notice
from noticepress.model import AsOf, Library
from noticepress.sealing import Sealing, lay_out_version
from noticepress.territories import UnknownTerritory


@dataclass(frozen=True, slots=True)
class Terms:
    """What a version may be called and when it may begin: the least class of its changes, and each region's lead."""

    minimum: Minimum | None
    leads: tuple[Lead, ...]


def prepare_release(reading: Reading, notice: str, as_of: AsOf, findings: Findings | None = None) -> Sealing:
    """Check everything, and lay out the version that would be sealed; `findings` where all was checked already.

    Raises NoticeError with every reason against it, UsageError for a notice that does not exist.
    """
    library = reading.library
    problems = list(errors_of((findings or run_checks(reading, as_of)).problems))
    broken = {problem.source.path for problem in problems}
    if "content" in broken:  # nobody can say which notices there are
        raise NoticeError(problems)
    if f"content/{notice}/notice.yml" not in broken:
        check_notice(library, notice)
    record = f"content/{notice}/next.yml"
    if notice in library.next_versions:
        problems.extend(find_obstacles(library, notice))
    elif record not in broken:
        hint = f"write {record} with effective, class and summary"
        problems.append(
            Problem("CN01", Source(record), "nothing is being prepared: the change record is missing", hint)
        )
    if problems:
        raise NoticeError(problems)
    return lay_out_version(library, compose_draft(library, notice, as_of))


def find_obstacles(library: Library, notice: str) -> Iterator[Problem]:
    """What stands against sealing whatever the checks say: a date that is taken, or before the newest version's."""
    following = library.next_versions[notice]
    newest = library.find_newest(notice)
    taken = next((v for v in library.versions.get(notice, ()) if v.day == following.effective), None)
    if taken:
        told = f"version {following.effective} is sealed already"
        hint = "delete next.yml if it is that version's record; choose a later date for a new version"
        if taken.withdrawn:
            told = f"version {following.effective} was withdrawn, and its name stays taken"
            hint = "choose another date"
        yield Problem("DV06", following.find_place("effective"), told, hint)
    elif newest and newest.day > following.effective:
        told = f"effective {following.effective} is not after {newest.day}, the newest version"
        hint = "choose a later date: versions follow one another"
        yield Problem("DV02", following.find_place("effective"), told, hint)


def find_terms(library: Library, notice: str, as_of: AsOf) -> Terms | None:
    """The earliest date of what is being prepared, and the least class; None where there is nothing to compose."""
    following = library.next_versions.get(notice)
    if following is None:
        return None
    try:
        draft = compose_draft(library, notice, as_of).version
    except UnknownTerritory:
        return None
    minimums = find_minimums(library.versions.get(notice, ()), draft)
    leads = find_leads(library, draft, following.record.change_class, as_of)
    return Terms(strictest(minimums.values()) if minimums else None, leads)
