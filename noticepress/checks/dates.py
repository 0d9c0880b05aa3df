"""Dates and versions: their order, lead times, what is written out, what was sealed, and what is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from noticepress.checks.check import check
from noticepress.checks.desk import Desk
from noticepress.checks.prepared import Prepared, find_prepared, list_laws
from noticepress.checks.published import find_lost_versions, find_stale_state
from noticepress.checks.timeline import (
    add_year,
    find_coming_gaps,
    find_day_in_force,
    find_due_transitions,
    find_overtaken,
    find_sealed_gaps,
    locate,
)
from noticepress.checks.written_dates import find_written_dates
from noticepress.errors import Problem, Severity, Source
from noticepress.history import local_day, order_of, start_of
from noticepress.leadtime import Lead, count_whole_days, find_leads, group_leads
from noticepress.localize import join_names
from noticepress.model import NextVersion, Version

_YEARLY_LAW = "us-ca"
"""The pack whose law asks for an update every year."""


@check(
    "DV01",
    "error",
    why="It goes stale, and is not written as the other languages write dates.",
    wrong="Effective 9th March 2012",
    right="Effective {{ version.effective | date }}",
    by_notice=True,
)
def find_literal_dates(desk: Desk) -> Iterator[Problem]:
    """A date that is written out in a working text: an error where it is the notice's own, else a warning."""
    for working in desk.working_texts():
        following = desk.library.next_versions.get(working.notice)
        days = {version.day for version in desk.library.versions.get(working.notice, ())}
        days |= {following.effective} if following else set()
        for found in find_written_dates(working.text, working.locale):
            is_own = found.is_own(days)
            hint = "set the date in next.yml and use {{ version.effective | date }}"
            yield Problem(
                "DV01",
                Source(working.path, found.line, found.column),
                f"a date is written out: {found.words!r}",
                hint if is_own else f"{hint}; the date of a law may stand",
                desk.words_severity(working.notice) if is_own else "warning",
            )


@check(
    "DV02",
    "error",
    why="People are told before a notice applies, and one version applies at a time.",
    wrong="effective: 2026-03-01 with announced: 2026-03-05",
    right="effective: 2026-04-10 with announced: 2026-03-05",
)
def find_disordered_dates(desk: Desk) -> Iterator[Problem]:
    """An announcement after the effective date, or versions that do not follow one another."""
    for notice, following in desk.library.next_versions.items():
        day = _find_announced_day(desk, following)
        if day and day > following.effective:
            told = f"effective {following.effective} is before announced {day}"
            place = following.find_place("announced")
            yield Problem("DV02", place, told, "announce first: choose a later effective date")
        elif late := _find_earlier_start(desk, following):
            told = f"announced {following.announced} is after the version applies ({late})"
            yield Problem("DV02", following.find_place("announced"), told, "announce before that instant", "warning")
        newest = desk.library.find_newest(notice)
        if newest and newest.day >= following.effective:
            told = f"effective {following.effective} is not after {newest.day}, the newest version"
            place = following.find_place("effective")
            yield Problem("DV02", place, told, "choose a later date: versions follow one another")
    for versions in desk.library.versions.values():
        yield from _find_late_announcements(versions)


def _find_earlier_start(desk: Desk, following: NextVersion) -> datetime | None:
    """The first instant at which a version applies somewhere, where it is announced only after that."""
    draft = desk.drafts.get(following.notice)
    if draft is None or not isinstance(following.announced, datetime):
        return None
    starts = [region.effective.instant for region in draft.version.regions.values() if region.effective]
    first = min(starts, default=following.announced)
    return first if first < following.announced else None


def _find_announced_day(desk: Desk, following: NextVersion) -> date | None:
    """The day of an announcement as the calendars of its regions have it: the latest of them."""
    if not isinstance(following.announced, datetime):
        return following.announced
    return max(local_day(following.announced, zone) for zone in _list_zones(desk, following))


def _list_zones(desk: Desk, following: NextVersion) -> list[str]:
    """The zones of the regions of a version being prepared; the site's where they are not known."""
    draft = desk.drafts.get(following.notice)
    regions = draft.version.regions.values() if draft else ()
    return [region.effective.zone for region in regions if region.effective] or [desk.library.settings.zone]


def _find_late_announcements(versions: Sequence[Version]) -> Iterator[Problem]:
    """Sealed versions that were announced when they applied already: nobody can mend that, and a revision may be."""
    for version in versions:
        starts = [start_of(version, region).instant for region in version.regions]
        is_revision = order_of(version.id)[1] > 0
        if version.announced and starts and version.announced > min(starts) and not is_revision:
            told = f"version {version.id} was announced at {version.announced.isoformat()}, when it applied already"
            yield Problem("DV02", locate(version), told, "it is sealed: announce the next one before", "warning")


@check(
    "DV03",
    "error",
    why="People need time to read what changes and to decide what to do.",
    wrong="effective: 2026-03-12 with announced: 2026-03-01 and class: material",
    right="effective: 2026-04-01 with announced: 2026-03-01 and class: material",
)
def find_short_leads(desk: Desk) -> Iterator[Problem]:
    """Fewer whole days between announcement and effect than the class needs or was promised; no announcement at all."""
    for prepared in find_prepared(desk):
        following = prepared.following
        announced = _find_announced_day(desk, following)
        is_disordered = announced is not None and announced > following.effective
        if is_disordered or (announced is None and _is_past(desk, following)):
            continue  # DV02 and DV04 tell of these
        record = prepared.draft.record
        leads = find_leads(desk.library, prepared.draft, record.change_class, desk.as_of)
        if announced is None and any(lead.policy_days for lead in leads):
            told = "announced is missing: readers learn of the version only on the day that it applies"
            hint = "set 'announced:' to the day on which they are told, before the effective date"
            yield Problem("DV03", following.find_place("announced"), told, hint, "warning")
        for short in group_leads(lead for lead in leads if lead.earliest > following.effective):
            yield _tell_lead(prepared, short)


def _tell_lead(prepared: Prepared, leads: Sequence[Lead]) -> Problem:
    following, lead = prepared.following, leads[0]
    days, change_class = max(count_whole_days(lead.counted_from, following.effective), 0), following.record.change_class
    begin = "announcement" if lead.announced == lead.counted_from else "today"
    told = (
        f"{'an' if change_class == 'editorial' else 'a'} {change_class} change: {days} whole"
        f" {'day' if days == 1 else 'days'} between {begin} ({lead.counted_from}) and effect ({following.effective})"
        f" in {join_names([lead.region for lead in leads], 'en')};"
    )
    if lead.policy_days:
        told += f" {lead.policy_days} {'is' if lead.policy_days == 1 else 'are'} needed"
    else:
        told += " it must be announced on an earlier day"
    why = "; ".join(dict.fromkeys(reason for lead in leads for reason in lead.others))
    hint = f"{lead.earliest} is the earliest date that is allowed{f': {why}' if why else ''}"
    return Problem("DV03", following.find_place("effective"), told, hint)


@check(
    "DV04",
    "error",
    why="Nobody can keep to words that were not there yet.",
    wrong="effective: 2026-02-01 in a version that is released on 2026-02-09",
    right="effective: 2026-03-15 in a version that is released on 2026-02-09",
)
def find_back_dating(desk: Desk) -> Iterator[Problem]:
    """A version being prepared whose effective date or announcement has passed."""
    for notice, following in desk.library.next_versions.items():
        newest = desk.library.find_newest(notice)
        if following.origin or (newest and newest.day >= following.effective):
            continue  # taken over from an archive, or told of by DV02
        if _is_past(desk, following):
            told = f"effective {following.effective} is past: it cannot apply before it is published"
            hint = "choose a later date, or add origin: when the text was published elsewhere before"
            yield Problem("DV04", following.find_place("effective"), told, hint)
        if _is_announcement_past(desk, following):
            told = f"announced {following.announced} is past, and nothing was published then"
            hint = "set the day on which it will be announced, or add origin: when it was published elsewhere before"
            yield Problem("DV04", following.find_place("announced"), told, hint)


def _is_past(desk: Desk, following: NextVersion) -> bool:
    """Whether the effective day is over somewhere before the version is released."""
    return any(following.effective < local_day(desk.as_of, zone) for zone in _list_zones(desk, following))


def _is_announcement_past(desk: Desk, following: NextVersion) -> bool:
    """Whether the day of the announcement is over wherever people live; it is made once, for all of them."""
    announced, zones = following.announced, _list_zones(desk, following)
    if announced is None:
        return False
    if isinstance(announced, datetime):
        return all(local_day(announced, zone) < local_day(desk.as_of, zone) for zone in zones)
    return all(announced < local_day(desk.as_of, zone) for zone in zones)


@check(
    "DV05",
    "error",
    why="What was published is the proof of what people were told.",
    wrong="a comma set in content/website/versions/2024-01-10/eu/en.md",
    right="a new version, or a revision made by 'correct'",
)
def find_changed_seals(desk: Desk) -> Iterator[Problem]:
    """A published file whose bytes changed or that is missing, or a broken chain of versions.

    Whoever reads sealed versions verifies each, and tells of it there. What is left to find here is what a site built
    before knows of and the sealed versions do not.
    """
    yield from find_lost_versions(desk)


@check(
    "DV06",
    "error",
    why="At every instant one version applies to everyone whom the notice is for.",
    wrong="regions: [americas] in a notice whose sealed versions are for the rest of the world too",
    right="the same regions, or a waiver that says that the service ended there",
)
def find_timeline_faults(desk: Desk) -> Iterator[Problem]:
    """A gap or an overlap in the timeline of a notice, or a withdrawn version that was in force.

    Of withdrawals that came too late whoever reads them tells.
    """
    prepared = {found.notice.id: found for found in find_prepared(desk)}
    for notice in desk.library.versions:
        living = desk.library.list_living(notice)
        coming = prepared.get(notice)
        place = coming.following.find_place("effective") if coming else None
        drafts = [coming.draft] if coming else []
        yield from find_sealed_gaps(living)
        yield from find_overtaken([*living, *drafts], place, desk.as_of)
        if coming:
            yield from find_coming_gaps(coming)


@check(
    "DV07",
    "error",
    why="A notice that nobody has looked at for a year hardly says what is done today.",
    wrong="reviewed: 2024-10-01 on 2025-11-22",
    right="reviewed: 2025-10-01 on 2025-11-22",
    jurisdictions=("us-ca", "uk"),
)
def find_unreviewed_notices(desk: Desk) -> Iterator[Problem]:
    """A notice in force that was neither reviewed nor updated for more than 12 months.

    Where no rule packs are chosen nobody asked, and nothing is told; nor where a new version is being prepared.
    """
    for notice in desk.library.notices.values():
        laws = list_laws(desk, notice.id)
        updated = find_day_in_force(desk, notice.id)
        if laws is None or updated is None or notice.id in desk.library.next_versions:
            continue
        last = max(updated, notice.reviewed or updated)
        if add_year(last) < desk.today:
            done = "updated" if last == updated else "reviewed"
            told = f"last {done} {last}: {(desk.today - last).days} days ago"
            hint = "review it, then set 'reviewed:' to that day; release a version where it no longer holds"
            severity: Severity = "error" if _YEARLY_LAW in laws else "warning"
            law = _YEARLY_LAW if _YEARLY_LAW in laws else "uk" if "uk" in laws else "all"
            yield Problem("DV07", notice.find_place("reviewed"), told, hint, severity, law)


@check(
    "DV08",
    "warning",
    why="A static site does not know what day it is: it tells the new state once it is built again.",
    wrong="a site last built before the version that is in force now",
    right="a build at each instant that 'transitions' lists",
)
def find_due_builds(desk: Desk) -> Iterator[Problem]:
    """A transition that is due within days, or a built site that does not tell what is public now."""
    yield from find_due_transitions(desk)
    yield from find_stale_state(desk)
