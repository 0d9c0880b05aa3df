"""What an edit does, told to a lawyer, to a review and to a program."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from noticepress.escaping import show_plainly
from noticepress.impact import EditionImpact, Impact
from noticepress.leadtime import Lead
from noticepress.localize import language_name

WIDTH = 100

Place = tuple[str, str]
"""A region and a locale."""

_OPEN = "announced is not set"
"""How the reason begins that a date is counted from today (`leadtime`)."""

_STATES = {
    "stale": "out of date",
    "missing": "missing",
    "machine": "translated by a machine, not reviewed",
}


def describe_impact(impact: Impact) -> dict[str, Any]:
    """An impact as data: the shape of `schemas.ImpactOutput`."""
    return {
        "notice": impact.notice,
        "version": impact.version,
        "effective": impact.effective.isoformat() if impact.effective else None,
        "declared": impact.declared,
        "minimum": impact.minimum.change_class,
        "too_low": impact.is_too_low,
        "editions": [_describe_edition(edition) for edition in impact.editions],
        "translations": [
            {"locale": locale, "section": section, "state": state}
            for locale, sections in impact.behind.items()
            for section, state in sections.items()
        ],
        "feeds": list(impact.feeds),
        "mail": {
            "class": impact.change_class,
            "announced": impact.is_announced,
            "subscriber_lists": impact.subscriber_lists,
            "account_lists": impact.account_lists,
        },
        "leads": [describe_lead(lead) for lead in impact.leads],
        "earliest": impact.earliest.isoformat() if impact.earliest else None,
    }


def describe_lead(lead: Lead) -> dict[str, Any]:
    """A lead time as data: the shape of `schemas.LeadOutput`."""
    return {
        "region": lead.region,
        "policy_days": lead.policy_days,
        "announced": lead.announced.isoformat() if lead.announced else None,
        "counted_from": lead.counted_from.isoformat(),
        "earliest": lead.earliest.isoformat(),
        "reasons": list(lead.reasons),
    }


def _describe_edition(edition: EditionImpact) -> dict[str, Any]:
    kinds: dict[tuple[str, str], list[str]] = {}
    for change in edition.changes:
        kinds.setdefault((change.section, change.title or change.old_title), []).append(change.kind)
    sections: list[dict[str, Any]] = [
        {"section": section, "title": title, "kinds": found, "language": None}
        for (section, title), found in kinds.items()
    ]
    sections += [
        {"section": section, "title": "", "kinds": ["language"], "language": language}
        for section, language in edition.languages.items()
    ]
    return {
        "region": edition.region,
        "locale": edition.locale,
        "replaces": edition.replaced or None,
        "changed": edition.is_changed,
        "redated": edition.is_redated,
        "minimum": edition.minimum.change_class if edition.minimum else None,
        "reasons": [
            {
                "class": reason.change_class,
                "section": reason.section,
                "text": reason.text,
                "token": reason.is_token,
            }
            for reason in (edition.minimum.reasons if edition.minimum else ())
        ],
        "sections": sections,
    }


# ---- what both ways of telling say


def _tell_verdict(found: Mapping[str, Any]) -> str:
    """How the class that is declared stands to the one that is called for."""
    minimum, declared = found["minimum"], found["declared"]
    if not _gather_reasons(found) and all(not e["changed"] or e["redated"] for e in found["editions"]):
        if not any(edition["changed"] for edition in found["editions"]):
            return "Nothing changes: every edition says what it said."
        return "Only the date of the version changes: every edition says what it said."
    told = f"The change is at least {minimum}"
    if declared is None:
        return f"{told}; no class is declared, as there is no next.yml yet."
    if found["too_low"]:
        return f"{told}, but next.yml declares {declared}: too low."
    return f"{told}; next.yml declares {declared}."


def _gather(items: Iterable[tuple[Any, Place]]) -> dict[Any, list[Place]]:
    """What is the same in several editions once, with where it holds."""
    found: dict[Any, list[Place]] = {}
    for item, place in items:
        found.setdefault(item, []).append(place)
    return found


def _gather_reasons(found: Mapping[str, Any]) -> list[tuple[str, str, str, list[Place]]]:
    """Why: class, section, what was touched there, and where that holds; the material reasons first."""
    gathered = _gather(
        ((reason["class"], reason["section"], reason["text"]), (edition["region"], edition["locale"]))
        for edition in found["editions"]
        for reason in edition["reasons"]
    )
    joined: dict[tuple[str, str, tuple[Place, ...]], list[str]] = {}
    for (grave, section, text), places in gathered.items():
        joined.setdefault((grave, section, tuple(dict.fromkeys(places))), []).append(text)
    told = [(grave, section, ", ".join(texts), list(places)) for (grave, section, places), texts in joined.items()]
    return sorted(told, key=lambda item: item[0] != "material")


def _gather_sections(found: Mapping[str, Any]) -> list[tuple[str, str, str, list[Place]]]:
    """Each changed section once: id, title (of the first language told), what happened, and where."""
    titles: dict[str, str] = {}
    items = []
    for edition in found["editions"]:
        for section in edition["sections"]:
            titles[section["section"]] = titles.get(section["section"]) or section["title"]
            kinds = ", ".join(section["kinds"])
            if section["language"]:
                is_own = section["language"] == edition["locale"]
                kinds = "translated again" if is_own else f"shown in {language_name(section['language'], 'en')}"
            items.append(((section["section"], kinds), (edition["region"], edition["locale"])))
    return [(name, titles[name], kinds, places) for (name, kinds), places in _gather(items).items()]


def _tell_places(places: Iterable[Place], everywhere: Sequence[Place]) -> str:
    """`everywhere`, or regions with their languages: `americas, elsewhere (en, es)`."""
    wanted = list(dict.fromkeys(places))
    if len(everywhere) > 1 and set(wanted) == set(everywhere):
        return "everywhere"
    locales: dict[str, list[str]] = {}
    for region, locale in wanted:
        locales.setdefault(region, []).append(locale)
    regions: dict[tuple[str, ...], list[str]] = {}
    for region, found in locales.items():
        regions.setdefault(tuple(found), []).append(region)
    return "; ".join(f"{', '.join(names)} ({', '.join(found)})" for found, names in regions.items())


def _list_places(found: Mapping[str, Any], *, changed: bool | None = None) -> list[Place]:
    return [
        (edition["region"], edition["locale"])
        for edition in found["editions"]
        if changed is None or edition["changed"] is changed
    ]


def _list_redated(found: Mapping[str, Any]) -> list[Place]:
    return [(edition["region"], edition["locale"]) for edition in found["editions"] if edition["redated"]]


def _tell_mail(mail: Mapping[str, Any]) -> str:
    lists = [
        f"{mail[key]} list{'s' * (mail[key] != 1)} of {who}"
        for key, who in (("subscriber_lists", "subscribers"), ("account_lists", "account holders"))
        if mail[key]
    ]
    if not lists:
        return "no mail"
    waiting = "" if mail["announced"] else " (once the version is announced; next.yml sets no date)"
    return f"{' and '.join(lists)} would be mailed{waiting}"


def _tell_earliest(found: Mapping[str, Any]) -> str:
    leads = found["leads"]
    if not leads:
        return "no lead time is needed"
    if len({lead["earliest"] for lead in leads}) == 1:
        return f"{found['earliest']}{' in every region' * (len(leads) > 1)}"
    each = "; ".join(f"{lead['region']} {lead['earliest']}" for lead in leads)
    return f"{found['earliest']} for all regions together ({each})"


def _gather_leads(found: Mapping[str, Any]) -> list[str]:
    """Why that date: what holds in several regions once, and last what a missing announcement leaves open."""
    gathered: dict[tuple[str, str], list[str]] = {}
    for lead in found["leads"]:
        for reason in lead["reasons"]:
            head, is_own, rest = reason.partition(f", {lead['region']}: ")
            gathered.setdefault((head, rest if is_own else ""), []).append(lead["region"])
    told = [f"{head}, {' and '.join(regions)}: {rest}" if rest else head for (head, rest), regions in gathered.items()]
    return sorted(told, key=lambda line: line.startswith(_OPEN))


def _tell_late(found: Mapping[str, Any]) -> str:
    """That the effective date in `next.yml` comes too early, or nothing."""
    effective, earliest = found["effective"], found["earliest"]
    return f"next.yml says {effective}: too early" if effective and earliest and effective < earliest else ""


def _list_feeds(found: Mapping[str, Any]) -> list[str]:
    """The feeds as readers know them: an address for both formats."""
    return list(dict.fromkeys(f"/{path.rpartition('.')[0]}" for path in found["feeds"]))


def _tell_translations(found: Mapping[str, Any]) -> Iterator[str]:
    """Each language with the sections that wait for a translator."""
    gathered: dict[tuple[str, str], list[str]] = {}
    for item in found["translations"]:
        name = f"#{item['section']}" if item["section"] else "the beginning"
        gathered.setdefault((item["locale"], item["state"]), []).append(name)
    for (locale, state), sections in gathered.items():
        yield f"{locale}: {', '.join(sections)} {_STATES[state]}"


# ---- text


def tell_impact(found: Mapping[str, Any]) -> str:
    """An impact to read, given as data: the verdict first, then why, where, and what follows."""
    everywhere = _list_places(found)
    name = "the working text" if found["version"] == "draft" else found["version"]
    parts = [f"What this edit does: {found['notice']}, {name}", _tell_verdict(found)]
    if reasons := _gather_reasons(found):
        lines = [
            f"{_name(section)}{text} → {grave}; {_tell_places(places, everywhere)}"
            for grave, section, text, places in reasons
        ]
        parts.append(_list_under("Why", lines))
    if sections := _gather_sections(found):
        lines = [
            f"{f'#{section}' if section else 'before the first heading'}{f' ({title})' if title else ''}: {kinds}; "
            f"{_tell_places(places, everywhere)}"
            for section, title, kinds, places in sections
        ]
        parts.append(_list_under("Sections that change", lines))
    parts += [_list_under(title, lines) for title, lines in _follow_up(found)]
    return "\n\n".join(parts)


def _follow_up(found: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """What comes of it: titles, and lines under them."""
    if first := [(e["region"], e["locale"]) for e in found["editions"] if e["replaces"] is None]:
        yield "First words here", [_tell_places(first, [])]
    if unchanged := _list_places(found, changed=False):
        yield "Unchanged: no entry, no mail", [_tell_places(unchanged, [])]
    if redated := _list_redated(found):
        yield "Only its own date changes: an entry, no mail", [_tell_places(redated, [])]
    if translations := list(_tell_translations(found)):
        yield "Translations to look at", translations
    if _list_places(found, changed=True):
        yield "Feeds that get an entry (.atom and .json)", _list_feeds(found)
        yield "Mail", [_tell_mail(found["mail"])]
    if found["leads"]:
        late = _tell_late(found)
        yield "Earliest effective date", [_tell_earliest(found), *([late] if late else []), *_gather_leads(found)]


def _name(section: str) -> str:
    return f"#{section}: " if section else ""


def _list_under(title: str, lines: Iterable[str]) -> str:
    wrapped = (
        textwrap.fill(
            line, WIDTH, initial_indent="  ", subsequent_indent="      ", break_long_words=False, break_on_hyphens=False
        )
        for line in lines
    )
    return "\n".join([title, *wrapped])


# ---- Markdown


def mark_impact(found: Mapping[str, Any]) -> str:
    """An impact as a review comment in Markdown, given as data."""
    everywhere = _list_places(found)
    name = "working text" if found["version"] == "draft" else found["version"]
    parts = [
        f"### What this edit does: {show_plainly(found['notice'])}, {show_plainly(name)}",
        f"**{show_plainly(_tell_verdict(found))}**",
    ]
    if sections := _gather_sections(found):
        rows = [
            (
                f"`#{section}`" if section else "before the first heading",
                show_plainly(title),
                kinds,
                show_plainly(where),
            )
            for section, title, kinds, places in sections
            if (where := _tell_places(places, everywhere))
        ]
        parts.append(_make_table(("Section", "Title", "What happened", "Where"), rows))
    if reasons := _gather_reasons(found):
        lines = [
            f"- **{grave}**: {f'`#{section}` ' if section else ''}{show_plainly(text)}; {show_plainly(where)}"
            for grave, section, text, places in reasons
            if (where := _tell_places(places, everywhere))
        ]
        parts.append("\n".join(["Why:", "", *lines]))
    if follow_up := [
        f"- **{show_plainly(title)}**: {'; '.join(show_plainly(line) for line in lines)}"
        for title, lines in _follow_up(found)
    ]:
        parts.append("\n".join(["What follows:", "", *follow_up]))
    return "\n\n".join(parts)


def _make_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
