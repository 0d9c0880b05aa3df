"""The files beside the texts: the record of processing, corrections, what translations were made from, waivers.

Each is optional, and what is wrong in one hides nothing in the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from noticepress import documents as doc
from noticepress.conversions import make_erratum, make_processing, make_record
from noticepress.errors import NoticeError, Problem, Source
from noticepress.model import Correction, Pin, Settings, Waiver
from noticepress.processing import Processing
from noticepress.reading import YamlFile, fit, fit_each, read_yaml

PINS = "translations.yml"
WAIVERS = "waivers.yml"


def read_processing(site: Path, notice: str) -> Processing:
    """`content/<notice>/processing.yml`. Raises NoticeError (YAML); an id is used once in its list."""
    path = f"content/{notice}/processing.yml"
    file = read_yaml(site, path)
    found = fit(file, doc.ProcessingDocument)
    lines: dict[tuple[str, str], int] = {}
    problems = []
    for kind in ("data", "purposes", "recipients"):
        for index, item in enumerate(getattr(found, kind)):
            place = file.source(kind, index)
            if (kind, item.id) in lines:
                told = f"{kind}: id {item.id!r} is already used on line {lines[kind, item.id]}"
                problems.append(Problem("YAML", place, told, "give each item an id of its own"))
            lines.setdefault((kind, item.id), place.line)
    known = {item.id for item in found.data}, {item.id for item in found.purposes}
    for index, purpose in enumerate(found.purposes):
        problems += [
            _tell_unknown(file.source("purposes", index, "data", at), "data", name)
            for at, name in enumerate(purpose.data)
            if name not in known[0]
        ]
    for index, recipient in enumerate(found.recipients):
        problems += [
            _tell_unknown(file.source("recipients", index, "purposes", at), "purposes", name)
            for at, name in enumerate(recipient.purposes)
            if name not in known[1]
        ]
    if problems:
        raise NoticeError(problems)
    return make_processing(found, path, lines)


def _tell_unknown(place: Source, kind: str, name: str) -> Problem:
    return Problem("YAML", place, f"{name!r} is not among '{kind}:'", f"add it to '{kind}:' or correct the name")


def read_correction(site: Path, notice: str, settings: Settings) -> Correction:
    """`content/<notice>/correction.yml`. Raises NoticeError (YAML)."""
    path = f"content/{notice}/correction.yml"
    file = read_yaml(site, path)
    found = fit(file, doc.CorrectionDocument)
    for index, locale in enumerate(found.adds):
        if locale not in settings.locales:
            told = f"{locale!r} is not a language of this site"
            hint = f"use one of {', '.join(settings.locales)}"
            raise NoticeError([Problem("TR06", file.source("adds", index), told, hint)])
    return Correction(
        notice=notice,
        record=make_record(found, settings.source_locale),
        errata=tuple(make_erratum(item) for item in found.errata),
        adds=tuple(found.adds),
        announced=found.announced,
        source=Source(path),
        places={
            **list_places(file),
            **{f"errata.{index}": file.source("errata", index) for index in range(len(found.errata))},
        },
    )


def read_pins(site: Path, notice: str) -> dict[str, dict[str, Pin]]:
    """`content/<notice>/translations.yml`: by locale, then by section. Raises NoticeError (YAML)."""
    file = read_yaml(site, f"content/{notice}/{PINS}")
    if file.data is None:
        return {}
    found = fit_each(file, doc.PINS)
    return {
        locale: {
            section: Pin(pin.source, pin.state, pin.by or "", file.source(locale, section).line)
            for section, pin in sections.items()
        }
        for locale, sections in found.items()
    }


def read_waivers(site: Path) -> tuple[Waiver, ...]:
    """`waivers.yml` of a site, which may be absent. Raises NoticeError (YAML)."""
    if not (site / WAIVERS).exists():
        return ()
    file = read_yaml(site, WAIVERS)
    found = fit(file, doc.WaiversDocument)
    return tuple(
        Waiver(item.check, item.scope, item.reason, item.by, item.until, file.source("waivers", index))
        for index, item in enumerate(found.waivers)
    )


def list_places(file: YamlFile) -> Mapping[str, Source]:
    """Where each of a file's first keys stands."""
    return {str(keys[0]): place.key for keys, place in file.places.items() if len(keys) == 1}
