"""Facts in a text: what a working text may name, and how each fact reads in the text's language.

The text is Markdown; what stands in double braces are facts, put in so that they read right in the text's language
and can never become markup. How placeholders work is told in `placeholders`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from jinja2 import Undefined, pass_context
from jinja2.runtime import Context

from noticepress.escaping import Markdown, escape_markdown
from noticepress.localize import pick
from noticepress.model import Address, Facts, Library, Notice, SealedRegion, Texts, WorkingText
from noticepress.placeholders import LATER, Composed, Record, fill_placeholders, find_run, list_values
from noticepress.programs import GUIDE, make_environment

MAX_SEPARATOR = 20
"""How many characters `join` may put between two items."""


def compose_text(working: WorkingText, facts: Mapping[str, object]) -> Composed:
    """Put the facts into a working text. What is wrong is reported, all of it, and leaves a gap in the text."""
    return fill_placeholders(_ENVIRONMENT, working, facts)


# ---- filters and functions
# A value that is not there passes through, and tells so itself when it is written.


@pass_context
def _names(context: Context, values: object) -> object:
    """A list in words: "A, B and C" in the text's language."""
    return values if isinstance(values, Undefined) else find_run(context).show(list(list_values(values)))


@pass_context
def _join(context: Context, values: object, separator: object = "") -> object:
    """A list with the same words between all of its items; `names` is what reads right in every language."""
    if isinstance(values, Undefined):
        return values
    if not isinstance(separator, str) or len(separator) > MAX_SEPARATOR:
        raise TypeError(f"'join' takes at most {MAX_SEPARATOR} characters to put between the items")
    run = find_run(context)
    return Markdown(separator.join(run.show_item(item) for item in list_values(values)))


@pass_context
def _date(context: Context, value: object) -> object:
    """A day, written out in the text's language."""
    return _show_only(context, value, date, "'date' takes a date")


@pass_context
def _postal(context: Context, value: object) -> object:
    """A postal address on one line, its country in the text's language."""
    return _show_only(context, value, Address, "'address' takes a postal address")


def _show_only(context: Context, value: object, kind: type, told: str) -> object:
    if isinstance(value, Undefined):
        return value
    run = find_run(context)
    if not isinstance(value, kind):
        run.report(f"{told}, not '{{label}}'", GUIDE)
    return run.show(value)


@pass_context
def _mail(context: Context, value: object) -> object:
    """A mail address as a link."""
    if isinstance(value, Undefined):
        return value
    address = str(value)
    if "@" not in address:
        find_run(context).report("'mail' takes a mail address, not '{label}'", GUIDE)
    target = re.sub(r"[\s<>()\\]", "", address)
    return Markdown(f"[{escape_markdown(address)}](mailto:{target})")


_ENVIRONMENT = make_environment({"names": _names, "join": _join, "date": _date, "mail": _mail, "address": _postal})


# ---- facts for a template


def gather_facts(
    library: Library, notice: Notice, region: SealedRegion, locale: str, day: date, *, effective: date | None = None
) -> dict[str, object]:
    """Everything that a working text may name, for one region and locale on one day.

    `effective` is the version's own date, where the facts are those of another day.
    """
    effective = effective or day
    source_locale = library.settings.source_locale

    def describe(answering: Facts) -> Record:
        return _describe_entity(answering, locale, source_locale, day)

    def pick_text(texts: Texts) -> str:
        return pick(texts, locale, source_locale)[0]

    @pass_context
    def link(context: Context, target: object) -> Markdown:
        name = str(target)
        if not isinstance(target, Undefined) and name not in library.notices:
            find_run(context).report(f"there is no notice {name!r}", f"the notices are {', '.join(library.notices)}")
        return Markdown(f"/{locale}/{name}/{region.id}/")

    entities = [describe(answering) for answering in region.entities]
    known = {entity.id: entity.facts_on(day) for entity in library.entities.values()}
    contacts: dict[str, str | Address] = {}
    for answering in region.entities:
        contacts = {**answering.contacts, **contacts}
    facts: dict[str, object] = {
        "organisation": library.settings.organisation,
        "locale": locale,
        "notice": Record({"id": notice.id, "title": pick_text(notice.titles)}),
        "region": Record({"id": region.id, "name": pick_text(region.names)}),
        "version": Record({"id": effective.isoformat(), "effective": effective}),
        "entities": entities,
        "contact": Record(contacts),
        "seals": [seal for answering in region.entities for seal in _list_seals(answering, locale, source_locale, day)],
        "roster": Record({name: describe(found) for name, found in known.items() if found}),
        "link": link,
        LATER: {
            entity.id: entity.slices[0].since
            for entity in library.entities.values()
            if entity.slices and not known[entity.id]
        },
    }
    if len(entities) == 1:
        facts["entity"] = entities[0]
    return facts


def _describe_entity(facts: Facts, locale: str, source_locale: str, day: date) -> Record:
    register, contacts = facts.register, Record(facts.contacts)
    return Record(
        {
            "id": facts.entity,
            "legal_name": facts.legal_name,
            "aliases": facts.aliases,
            "form": facts.form,
            "address": facts.address,
            "register": Record({"name": register.name, "number": register.number}) if register else None,
            "contacts": contacts,
            "contact": contacts,
            "owner": facts.owner,
            "seals": _list_seals(facts, locale, source_locale, day),
        }
    )


def _list_seals(facts: Facts, locale: str, source_locale: str, day: date) -> list[Record]:
    """The certifications that hold on a day."""
    return [
        Record(
            {
                "issuer": seal.issuer,
                "holder": seal.holder,
                "id": seal.id,
                "scope": pick(seal.scope, locale, source_locale)[0],
                "verify_url": seal.verify_url,
                "complaint_url": seal.complaint_url,
                "requirements_url": seal.requirements_url,
            }
        )
        for seal in facts.seals
        if (seal.valid_from or date.min) <= day <= (seal.valid_to or date.max)
    ]
