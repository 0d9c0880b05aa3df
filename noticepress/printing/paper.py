"""What a printed edition says, as plain data: the template of paper sets it, and decides nothing.

Only what never changes once a version is sealed goes on paper: a sheet is read for years after the site has moved on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from noticepress.blocks import Block, Mark, Span, join_spans, walk_blocks
from noticepress.history import Standing
from noticepress.localize import find_locale, format_date, join_names, text_direction, zone_name
from noticepress.markdown import parse
from noticepress.model import Edition
from noticepress.pages.plan import permanent_page
from noticepress.pages.scene import Scene

_LETTER_SIZE = frozenset({"US", "CA", "MX", "PH", "CL", "CO", "VE", "PR"})
"""Territories whose offices print on Letter; all others use A4. Source: CLDR, `measurementData`."""


def describe_paper(scene: Scene, standing: Standing, edition: Edition) -> dict[str, Any]:
    """An edition as the template of paper takes it; every value is text, a number, a truth, or a list of such.

    The scene speaks the edition's own language.
    """
    document = parse(edition.text)
    named = next((block for block in document.children if block.kind == "heading" and block.level == 1), None)
    blocks = [block for block in document.children if block is not named]
    version, say = standing.version, scene.words.gettext
    title = join_spans(named.spans) if named else scene.plain(version.titles)
    locale = find_locale(edition.locale)
    page = permanent_page(edition.locale, edition.notice, edition.region, version.id)
    region = scene.plain(standing.sealed_region.names)
    return {
        "title": title,
        "authors": [facts.legal_name for facts in standing.sealed_region.entities],
        "description": f"{title}. {region}. {say('version {version}', version=version.id)}",
        "language": locale.language,
        "territory": locale.territory or "",
        "script": locale.script or "",
        "direction": text_direction(edition.locale),
        "paper": "us-letter" if _is_read_on_letter(standing) else "a4",
        "facts": [[label, value] for label, value in _list_facts(scene, standing, edition, region) if value],
        "hash": [say("SHA-256 of the text"), edition.sha256],
        "footer": f"{say('Version {version}', version=_isolate(version.id))} · {region}",
        "address": scene.address(page) if scene.view.library.settings.site_url else "",
        "pages": say("Page {page} of {pages}", page="{page}", pages="{pages}"),
        "ids": [block.id for block in walk_blocks(document) if block.kind == "heading"],
        "blocks": [_describe_block(block) for block in blocks],
    }


def _is_read_on_letter(standing: Standing) -> bool:
    countries = {code.partition("-")[0] for code in standing.sealed_region.territories}
    return "US" in countries or (bool(countries) and countries <= _LETTER_SIZE)


def _list_facts(scene: Scene, standing: Standing, edition: Edition, region: str) -> Iterator[tuple[str, str]]:
    """Labels and values above the text."""
    locale, version, effective = edition.locale, standing.version, standing.effective
    say = scene.words.gettext
    zone = zone_name(effective.zone, locale)
    told = say("{time}, {zone}", time=f"{effective.instant.astimezone(ZoneInfo(effective.zone)):%H:%M}", zone=zone)
    yield say("Effective"), f"{format_date(effective.day, locale)} ({told})"
    if effective.assumed:
        yield "", say("The notice states no time zone; this one is assumed.")
    yield say("Version"), _isolate(version.id)
    if version.announced:
        yield say("Announced"), format_date(version.announced.astimezone(ZoneInfo(effective.zone)).date(), locale)
    yield say("Region"), region
    roster = standing.sealed_region.entities
    names = join_names([facts.legal_name for facts in roster], locale)
    yield say("Who answers to you"), say("{names}, jointly", names=names) if len(roster) > 1 else names
    yield say("Who this notice is for"), scene.plain(version.audiences)


def _isolate(name: str) -> str:
    """A name of digits and hyphens in its own order, also among words that run from right to left."""
    return f"\N{LEFT-TO-RIGHT ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}"


# ---- the text


def _describe_block(block: Block) -> dict[str, Any]:
    described: dict[str, Any] = {"kind": block.kind, **_describe_language(block)}
    match block.kind:
        case "heading":
            described |= {"level": block.level, "id": block.id, "spans": _describe_spans(block.spans)}
        case "code" | "html":
            described["text"] = "".join(span.text for span in block.spans).rstrip("\n")
        case "list":
            described |= {
                "ordered": "start" in block.attributes,
                "start": int(block.attributes.get("start") or 1),
                "items": [_describe_children(item.children) for item in block.children],
            }
        case "table":
            described |= _describe_table(block)
        case "footnote":
            described |= {
                "number": block.attributes.get("number", ""),
                "children": _describe_children(block.children),
            }
        case _:
            described["tight"] = bool({"tight", "bare"} & set(block.attributes))
            described["spans"] = _describe_spans(block.spans)
            described["children"] = _describe_children(block.children)
    return described


def _describe_language(block: Block) -> dict[str, str]:
    tag = block.attributes.get("lang", "")
    return {"language": tag.partition("-")[0], "direction": block.attributes.get("dir", "ltr")} if tag else {}


def _describe_children(children: Iterable[Block]) -> list[dict[str, Any]]:
    return [_describe_block(child) for child in children]


def _describe_table(table: Block) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [
        {
            "header": "header" in row.attributes,
            "cells": [_describe_cell(cell, header="header" in row.attributes) for cell in row.children],
        }
        for row in table.children
    ]
    columns = max((sum(cell["columns"] for cell in row["cells"]) for row in rows), default=1)
    return {"rows": rows, "columns": max(columns, 1)}


def _describe_cell(cell: Block, *, header: bool) -> dict[str, Any]:
    return {
        "columns": int(cell.attributes.get("colspan") or 1),
        "rows": int(cell.attributes.get("rowspan") or 1),
        "align": {"right": "end", "center": "center"}.get(cell.attributes.get("align", ""), "start"),
        "strong": header or "header" in cell.attributes,
        "spans": _describe_spans(cell.spans),
        "children": _describe_children(cell.children),
    }


def _describe_spans(spans: Iterable[Span]) -> list[dict[str, Any]]:
    return [_describe_span(span) for span in spans]


def _describe_span(span: Span) -> dict[str, Any]:
    marks = [_describe_mark(mark) for mark in span.marks]
    if span.footnote:
        marks.append({"kind": "superscript", "to": ""})
    return {"text": "" if span.hard_break else span.text, "break": span.hard_break, "marks": marks}


def _describe_mark(mark: Mark) -> dict[str, str]:
    return {"kind": mark.kind, "to": mark.destination}
