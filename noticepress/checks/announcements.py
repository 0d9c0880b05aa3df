"""Change notice: what people are told about a change, how, and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from noticepress.checks.changed_facts import ask_for_record, compare_versions, find_changed_facts
from noticepress.checks.check import check
from noticepress.checks.desk import Desk
from noticepress.checks.mailings import find_header_faults, find_promotion
from noticepress.checks.poor_promises import find_poor_promises
from noticepress.checks.prepared import Prepared, find_prepared, list_laws
from noticepress.checks.promises import find_broken_promises, find_weaker_promises
from noticepress.checks.published import find_feed_faults
from noticepress.classes import Reason, find_minimums, strictest, weigh_class
from noticepress.compose import Draft, compose_for
from noticepress.errors import Problem, Severity
from noticepress.model import ChangeClass, Version

SHOWN_REASONS = 5
"""How many reasons a message gives before it counts the others."""


@check(
    "CN01",
    "error",
    why="Who is told neither what changes nor what to do about it has not been told.",
    wrong="class: material with a summary in English alone, where Spanish is required",
    right="class: material with summary, impact and options in English and Spanish",
)
def find_unrecorded_changes(desk: Desk) -> Iterator[Problem]:
    """A text or a fact that changed and has no change record, or a record that says too little in a required language.

    A text ahead of its record is a warning while it is worked on; `release` asks for the record.
    """
    for name, draft in desk.drafts.items():
        has_record, newest = name in desk.library.next_versions, desk.library.find_newest(name)
        if newest and not has_record and name not in desk.library.corrections:
            yield from _find_unrecorded(draft, newest, desk)
        if (newest or has_record) and draft.version.origin is None:
            yield from find_changed_facts(desk, draft, has_record=has_record)
    for prepared in find_prepared(desk):
        if prepared.earlier:
            yield from _find_unsaid(desk, prepared)


def _find_unrecorded(draft: Draft, sealed: Version, desk: Desk) -> Iterator[Problem]:
    """Once for a notice: the first text that readers would find other than it was sealed, with the facts of its day."""
    library, name, day = desk.library, draft.version.notice, draft.version.day
    then = draft if draft.facts_day == day else compose_for(library, name, day, day, draft.states)
    source = library.settings.source_locale
    for key, shown in sorted(then.shown.items(), key=lambda item: item[0][1] != source):
        before = sealed.editions.get(key)
        if before is None or not shown.is_whole or shown.text == before.text:
            continue
        found = compare_versions(sealed, replace(then.version, editions={key: then.version.editions[key]}), source)
        count = f"{len(found.sections)} {'section' if len(found.sections) == 1 else 'sections'}"
        told = f"{count} changed since {before.version} ({found.name_sections()}), and there is no change record"
        if not found.sections:
            told = f"the text is written otherwise than in {before.version}, and reads the same"
        yield Problem("CN01", then.composed[key].source(1), told, ask_for_record(name), "warning")
        return
    if regions := compare_versions(sealed, then.version, source).regions:
        told = f"others answer for {', '.join(regions)} than in {sealed.id}, and there is no change record"
        yield Problem("CN01", library.notices[name].source, told, ask_for_record(name), "warning")


def _find_unsaid(desk: Desk, prepared: Prepared) -> Iterator[Problem]:
    """What a record does not say in the source language or in one that a region requires."""
    record, library = prepared.following.record, desk.library
    regions = [library.regions[name] for name in prepared.draft.regions if name in library.regions]
    required = [library.settings.source_locale, *(locale for region in regions for locale in region.required_locales)]
    wanted = {"summary": record.summary}
    if record.change_class == "material":
        wanted |= {"impact": record.impact, "options": record.options}
    for key, texts in wanted.items():
        if missing := [locale for locale in dict.fromkeys(required) if not texts.get(locale)]:
            told = f"{record.change_class} change: {key!r} is missing in {', '.join(missing)}"
            hint = {
                "summary": "say in a few sentences what changes",
                "impact": "say what that means for readers",
                "options": "say what readers can do",
            }[key]
            place = prepared.following.find_place(key)
            yield Problem("CN01", place, told, hint, desk.words_severity(prepared.notice.id))


@check(
    "CN02",
    "error",
    why="A change that is called small is told to fewer people, and later.",
    wrong="class: editorial, where '30 days' became '60 days'",
    right="class: material, with summary, impact and options",
    jurisdictions=("eu", "uk", "us", "cn", "br", "jp"),
)
def find_low_classes(desk: Desk) -> Iterator[Problem]:
    """A declared class below the least that the change calls for."""
    for prepared in find_prepared(desk):
        record = prepared.following.record
        least = strictest(find_minimums(prepared.earlier, prepared.draft).values())
        declared = weigh_class(record.change_class)
        reasons = [reason for reason in least.reasons if weigh_class(reason.change_class) > declared]
        is_confirmed = bool(record.confirmed) and all(reason.is_token for reason in reasons)
        if reasons and not is_confirmed:
            told = f"class {record.change_class}; {_join_reasons(reasons)}"
            place = prepared.following.find_place("class")
            severity = desk.words_severity(prepared.notice.id)
            yield Problem("CN02", place, told, _advise(least.change_class, reasons), severity)


def _join_reasons(reasons: list[Reason]) -> str:
    told = list(dict.fromkeys(str(reason) for reason in reasons))
    more = len(told) - SHOWN_REASONS
    return "; ".join(told[:SHOWN_REASONS]) + (f"; and {more} more" if more > 0 else "")


def _advise(least: ChangeClass, reasons: list[Reason]) -> str:
    hint = f"set class: {least}"
    if all(reason.is_token for reason in reasons):
        return f"{hint}, or say in a line of 'confirmed:' why the change is editorial all the same"
    return f"{hint}, or record a waiver"


@check(
    "CN03",
    "error",
    why="The version in force says how people learn of changes; that binds whoever changes it.",
    wrong="a material change without channels, where the version in force promises an email",
    right="channels: [email] and announced: before the effective date",
)
def find_unkept_promises(desk: Desk) -> Iterator[Problem]:
    """An announcement that does not keep what the replaced version promised about changes."""
    for prepared in find_prepared(desk):
        if not prepared.is_archived:
            yield from find_broken_promises(prepared)


@check(
    "CN04",
    "error",
    why="Data was given under the words of its day; other uses of it need a new consent.",
    wrong="applies_to: existing-data and class: material without consent",
    right="applies_to: existing-data with consent: asked at the next sign-in",
    jurisdictions=("us", "us-co", "us-mn", "us-coppa", "cn"),
)
def find_missing_consent(desk: Desk) -> Iterator[Problem]:
    """A material change to data collected before without consent, or about children without a notice to parents."""
    for prepared in find_prepared(desk):
        following, record = prepared.following, prepared.following.record
        if prepared.is_archived or not prepared.earlier or record.change_class != "material":
            continue
        laws = list_laws(desk, prepared.notice.id) or frozenset()
        if record.applies_to == "existing-data" and not record.consent:
            law = next((name for name in sorted(laws) if name == "cn" or name.startswith("us-")), "")
            told = f"applies_to: existing-data, {law or 'us'}: consent is missing"
            hint = "say in 'consent:' how people are asked again, or let it apply to new data alone"
            yield Problem("CN04", following.find_place("applies_to"), told, hint, *_judge(law, "us"))
        processing = prepared.draft.processing
        if processing and processing.children and not record.parents:
            law = "us-coppa" if "us-coppa" in laws else ""
            told = "data of children: a direct notice to parents is missing"
            hint = "say in 'parents:' how parents are told directly"
            yield Problem("CN04", following.find_place("class"), told, hint, *_judge(law, "us-coppa"))


def _judge(law: str, otherwise: str) -> tuple[Severity, str]:
    """An error under a law that was chosen, else a warning that names the law it comes from."""
    return ("error", law) if law else ("warning", otherwise)


@check(
    "CN05",
    "warning",
    why="People do not come back to read a notice again; those who change it have to tell them.",
    wrong="Please review this page periodically. Continued use means that you accept the changes.",
    right="We tell you by email before a change takes effect.",
    jurisdictions=("eu", "uk", "us"),
    by_notice=True,
    first=find_weaker_promises,
)
def find_weak_promises(desk: Desk) -> Iterator[Problem]:
    """A promise about changes that is weaker than before, or that leaves it to readers to find changes."""
    yield from find_poor_promises(desk)


@check(
    "CN06",
    "error",
    why="News of a change that comes with an offer is read as advertising, and is advertising in law.",
    wrong="{% block offer %} in templates/mail/change.html",
    right="a mail that begins with the change and links the redline",
    jurisdictions=("eu", "uk", "us"),
)
def find_mixed_mails(desk: Desk) -> Iterator[Problem]:
    """A template of a mail about changes with promotion, images from elsewhere, or no link to the change."""
    yield from find_promotion(desk)


@check(
    "CN07",
    "error",
    why="People and mail programs must know who writes, that no person does, and how to leave the list.",
    wrong="List-Unsubscribe-Post: List-Unsubscribe=One-Click without an https address in List-Unsubscribe",
    right="List-Unsubscribe: <https://notices.example/leave?key=…> with List-Unsubscribe-Post",
    jurisdictions=("us", "eu"),
)
def find_mail_headers(desk: Desk) -> Iterator[Problem]:
    """Headers of a mail that are missing or contradict one another."""
    yield from find_header_faults(desk)


@check(
    "CN08",
    "error",
    why="Programs that read the feed tell people of each change once: what moves is told twice or never.",
    wrong="an entry that changes.json no longer has, because a locale was taken out of the site",
    right="entries that stay as they were published",
)
def find_feed_changes(desk: Desk) -> Iterator[Problem]:
    """An entry of the feed that vanished, changed or moved back since the site was built before."""
    yield from find_feed_faults(desk)
