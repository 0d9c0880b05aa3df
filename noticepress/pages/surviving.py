"""What became of the sections of a line: `sections.json`, by which a link to one that a version lacks still arrives.

For each version and each id that it lacks it names the section that continues it there, else the nearest one that is
left. The script of a page asks for it where the page has no section of the id in its address.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from noticepress.blocks import Section, sections
from noticepress.changes import find_partners
from noticepress.history import Line, Standing
from noticepress.localize import format_date
from noticepress.markdown import parse
from noticepress.pages.plan import permanent_page
from noticepress.pages.scene import find_edition
from noticepress.pages.view import View


@dataclass(frozen=True, slots=True)
class Step:
    """A version of a line as its readers of one language have it: its sections by id, in order."""

    standing: Standing
    text: str
    sections: Mapping[str, Section]


@dataclass(frozen=True, slots=True)
class Survivor:
    """Where a reader is led who looks for a section that a version lacks.

    `step` is the version that has it, `is_later` says that it came after this one, `to` is the id to go to (empty for
    the top), and `continues` that the section goes on there and is not only a neighbour.
    """

    id: str
    step: Step
    to: str
    is_later: bool
    continues: bool


def sections_path(locale: str, line: Line) -> str:
    """The address of a line's file."""
    return f"{locale}/{line.notice}/{line.region}/sections.json"


def section_files(view: View) -> Iterator[tuple[str, bytes]]:
    """Site path and content of the file of each line in each language."""
    for lines in view.lines.values():
        for line in lines.values():
            if line.visible:
                for locale in view.library.settings.locales:
                    data = describe_sections(view, locale, line)
                    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
                    yield sections_path(locale, line), f"{written}\n".encode()


def describe_sections(view: View, locale: str, line: Line) -> dict[str, Any]:
    """The file of a line, for readers of one language."""
    steps = list_steps(view, locale, line)
    folder = posixpath.dirname(sections_path(locale, line))
    titles: dict[str, dict[str, str]] = {}
    for step in steps:
        for name, section in step.sections.items():
            told = titles.setdefault(name, {})
            if section.title != next(reversed(told.values()), None):
                told[step.standing.version.id] = section.title
    return {
        "words": _choose_words(view, locale),
        "versions": {
            step.standing.version.id: {
                "date": format_date(step.standing.effective.day, locale),
                "address": posixpath.relpath(_permanent(locale, line, step), folder) + "/",
            }
            for step in steps
        },
        "titles": titles,
        "missing": {
            step.standing.version.id: {
                found.id: {
                    "title": found.step.sections[found.id].title,
                    "version": found.step.standing.version.id,
                    "to": found.to,
                    "how": "continues" if found.continues else "later" if found.is_later else "gone",
                }
                for found in find_survivors(steps, place)
            }
            for place, step in enumerate(steps)
        },
    }


def _permanent(locale: str, line: Line, step: Step) -> str:
    return permanent_page(locale, line.notice, step.standing.region, step.standing.version.id).path.rstrip("/")


def _choose_words(view: View, locale: str) -> dict[str, str]:
    """What the page says of a section that it lacks, with names in braces to be filled in."""
    say = view.words(locale).gettext
    keep = {name: f"{{{name}}}" for name in ("title", "version", "date", "section")}
    return {
        "continues": say(
            "The section “{title}” of version {version} ({date}) continues here, under “{section}”.", **keep
        ),
        "gone": say(
            "This version no longer has the section “{title}”. Version {version} ({date}) was the last to have it. You are at the nearest section that is left.",  # noqa: E501
            **keep,
        ),
        "later": say(
            "This version does not have the section “{title}” yet. It came with version {version} ({date}). You are at the nearest section.",  # noqa: E501
            **keep,
        ),
        "link": say("Read it in version {version}", **keep),
    }


def list_steps(view: View, locale: str, line: Line) -> list[Step]:
    """The versions that a visitor may read, oldest first; without those whose text was taken away."""
    steps = []
    for standing in line.visible:
        edition = find_edition(standing, locale, view.library.settings.source_locale)
        if edition and (standing.region, edition.locale) not in standing.version.removals:
            found = {section.id: section for section in sections(parse(edition.text)) if section.id}
            steps.append(Step(standing, edition.text, found))
    return steps


def find_survivors(steps: list[Step], place: int) -> Iterator[Survivor]:
    """For each id that some version has and the one at `place` lacks, where to go in that one."""
    here = steps[place]
    known = dict.fromkeys(name for step in steps for name in step.sections)
    for name in known:
        if name in here.sections:
            continue
        older = [number for number in range(place) if name in steps[number].sections]
        # What was withdrawn never applied: only where nothing else has the section is it named.
        told = [number for number in older if steps[number].standing.state != "withdrawn"] or older
        later = [number for number in range(place + 1, len(steps)) if name in steps[number].sections]
        holder = told[-1] if told else later[0]
        to = _follow(steps, holder, place, name)
        yield Survivor(name, steps[holder], to or _find_nearest(steps, holder, place, name), not told, bool(to))


def _follow(steps: list[Step], start: int, end: int, name: str) -> str:
    """The id under which a section goes on, from version to version; empty where it does not."""
    if name in steps[end].sections:
        return name
    step = 1 if end > start else -1
    for number in range(start, end, step):
        before, after = steps[number], steps[number + step]
        if name in after.sections:
            continue  # ids are the same in every version
        older, newer = (before, after) if step > 0 else (after, before)
        partners = find_partners(older.text, newer.text)  # by new id
        name = {old: new for new, old in partners.items()}.get(name, "") if step > 0 else partners.get(name, "")
        if not name:
            return ""
    return name


def _find_nearest(steps: list[Step], start: int, end: int, name: str) -> str:
    """Where the nearest section goes on that stood before one that is gone: a sibling, else what it was part of.

    Then any other before it, and last those behind it.
    """
    holder = steps[start].sections
    order = list(holder)
    place = order.index(name)
    siblings = [other for other in reversed(order[:place]) if holder[other].parent == holder[name].parent]
    for other in (*siblings[:1], holder[name].parent, *reversed(order[:place]), *order[place + 1 :]):
        if other and (found := _follow(steps, start, end, other)):
            return found
    return ""
