"""Where translations stand, and what people decide about them, written to the site whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from noticepress.errors import NoticeError, OutsideError, Problem, Source, UsageError
from noticepress.exchange import OPENING, Arrival, name_section
from noticepress.lookup import check_notice
from noticepress.model import Library, Pin
from noticepress.paperwork import PINS
from noticepress.pins import find_section_states, hash_sections, is_optional
from noticepress.reading import write_yaml
from noticepress.reports import make_table

_HEAD = "# Which source section each translated section was made from. 'noticepress translations' writes this file.\n"
_COUNTED = ("current", "stale", "missing", "machine", "added")


# ---- where they stand


def describe_translations(library: Library, notice: str = "") -> dict[str, Any]:
    """Each translation of each notice, or of one: how many of its sections are current, stale or missing, and which."""
    rows = []
    for name in [notice] if notice else library.notices:
        if (name, library.settings.source_locale) not in library.texts:
            continue
        for locale in library.settings.locales:
            if locale == library.settings.source_locale:
                continue
            states = find_section_states(library, name, locale)
            counts: Counter[str] = Counter(states.values())
            row: dict[str, Any] = {
                "notice": name,
                "locale": locale,
                "required": not is_optional(library, library.notices[name], locale),
                "sections": len(states) - counts["added"],
            }
            row |= {state: counts[state] for state in _COUNTED}
            row["outdated"] = [name_section(section) for section, state in states.items() if state != "current"]
            rows.append(row)
    return {"translations": rows}


def tell_translations(found: Mapping[str, Any]) -> str:
    """The same to read: a table, then the sections that need somebody."""
    rows = found["translations"]
    if not rows:
        return "nothing is translated: the site has one language."
    header = ("notice", "locale", "required", "sections", "current", "stale", "missing", "machine")
    table = [
        (row["notice"], row["locale"], "yes" if row["required"] else "no", *(str(row[name]) for name in header[3:]))
        for row in rows
    ]
    lines = [make_table(header, table)]
    lines += [
        f"{row['notice']} {row['locale']}: {', '.join(row['outdated'])}"
        for row in rows
        if row["outdated"] and row["missing"] < row["sections"]
    ]
    if any(row["outdated"] for row in rows):
        lines.append("next: mend them, then 'translations update'; or 'translations export' for a translator.")
    return "\n".join(lines)


# ---- decisions


def check_translation(library: Library, notice: str, locale: str) -> None:
    """Raises UsageError for a notice or a language that there is no translation of or into."""
    check_notice(library, notice)
    settings = library.settings
    others = [tag for tag in settings.locales if tag != settings.source_locale]
    if locale not in others:
        told = f"the site translates into: {', '.join(others)}" if others else "the site has one language"
        raise UsageError(f"there is no translation into {locale!r}; {told}")


def record_sections(library: Library, notice: str, locale: str, sections: Sequence[str], by: str) -> dict[str, Pin]:
    """Pins that say of sections that they translate the source as it is now, and were reviewed.

    Without sections all that are translated. Raises UsageError for a section that one of the texts does not have.
    """
    check_translation(library, notice, locale)
    states = find_section_states(library, notice, locale)
    hashes = hash_sections(library.texts[notice, library.settings.source_locale].text) if states else {}
    there = [name for name in hashes if states[name] != "missing"]
    wanted = [_find_name(name, states) for name in sections] if sections else there
    for name in wanted:
        if name not in hashes:
            known = ", ".join(map(name_section, hashes))
            raise UsageError(f"{notice} has no section {name_section(name)!r}; it has: {known}")
        if name not in there:
            raise UsageError(
                f"section {name_section(name)!r} is not in content/{notice}/{locale}.md; translate it first"
            )
    if not wanted:
        place = Source(f"content/{notice}/{locale}.md")
        told = f"nothing of {notice} is translated into {locale!r} yet"
        raise NoticeError([Problem("TR01", place, told, f"write {place.path}")])
    return {name: Pin(hashes[name], "reviewed", by) for name in wanted}


def _find_name(name: str, known: Mapping[str, object]) -> str:
    plain = name.removeprefix("#")
    return "" if name == OPENING and OPENING not in known else plain


def lay_out_pins(library: Library, notice: str, locale: str, new: Mapping[str, Pin]) -> bytes:
    """`translations.yml` with new pins for one language; those of sections that the source has no more are left out."""
    settings = library.settings
    names = hash_sections(library.texts[notice, settings.source_locale].text)
    data: dict[str, dict[str, dict[str, str]]] = {}
    for tag in settings.locales:
        pins = {**library.pins.get((notice, tag), {}), **(new if tag == locale else {})}
        if found := {name: _describe_pin(pins[name]) for name in names if name in pins}:
            data[tag] = found
    return (_HEAD + write_yaml(data)).encode()


def _describe_pin(pin: Pin) -> dict[str, str]:
    return {"source": pin.source_sha256, "state": pin.state, **({"by": pin.by} if pin.by else {})}


def write_pins(site: Path, library: Library, notice: str, locale: str, new: Mapping[str, Pin]) -> str:
    """Record pins; the path of the file, relative to the site. Raises OutsideError when the disk refuses."""
    path = f"content/{notice}/{PINS}"
    _replace_files(site, {path: lay_out_pins(library, notice, locale, new)})
    return path


def write_arrival(site: Path, library: Library, notice: str, locale: str, arrival: Arrival) -> list[str]:
    """Put a translation and its pins in place; the files that changed. Raises OutsideError when the disk refuses.

    The text goes first: should the pins not follow, its sections count as older than they are, and never as newer.
    """
    files = {f"content/{notice}/{locale}.md": arrival.text.encode()}
    files[f"content/{notice}/{PINS}"] = lay_out_pins(library, notice, locale, arrival.pins)
    _replace_files(site, files)
    return list(files)


def _replace_files(site: Path, files: Mapping[str, bytes]) -> None:
    """Write files beside their places, all of them, before the first is moved in."""
    ready: list[tuple[Path, Path]] = []
    try:
        for path, content in files.items():
            target = site / path
            ready.append((_write_beside(target, content), target))
        for temporary, target in ready:
            temporary.replace(target)
    except OSError as error:
        told = f"{error.filename or site}: {error.strerror or error}"
        raise OutsideError(f"{told}; look at the disk and at who may write there") from error
    finally:
        for temporary, _ in ready:
            temporary.unlink(missing_ok=True)


def _write_beside(target: Path, content: bytes) -> Path:
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o644
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    path = Path(name)
    path.chmod(mode)
    return path
