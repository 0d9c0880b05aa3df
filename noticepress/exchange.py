"""Translations to and from translators: gettext PO files, an entry a section. Pure: text in, text out.

The only importer of polib. Why PO is told in decision 0008. The source's words in an entry are its pin as well: their
hash says which source text was translated, whatever tools did to the file meanwhile.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polib

from noticepress.errors import NoticeError, Problem, Source, UsageError
from noticepress.files import UNPRINTABLE
from noticepress.markdown import parse
from noticepress.model import Library, Pin, PinState
from noticepress.pins import SectionState, WrittenSection, find_section_states, find_words_line, split_sections

OPENING = ":opening"
"""How the section before the first heading, which has no id, is called where it needs a name."""

_NOTICE, _SOURCE_LOCALE = "X-Notice", "X-Source-Language"
_PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}")
_SYNTAX_ERROR = re.compile(r"\(line (\d+)\)(.*)", re.DOTALL)
_SUMMARY = re.compile(r"""\s*(?<![^\s{])summary="[^"]*\"""")
_CLOSING_MARKS = re.compile(r"(?<![ \t])[ \t]+#+[ \t]*$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A section for a translator: the source's Markdown, and the translation's, which is empty where there is none.

    `is_unfinished` is what PO calls fuzzy: the words are there, but were made from another source text or by a machine.
    `previous` is the source that they were made from, where it is known. `notes` tell the translator more.
    """

    section: str
    source: str
    words: str = ""
    is_unfinished: bool = False
    previous: str = ""
    notes: tuple[str, ...] = ()
    place: Source = field(default=Source(""), compare=False)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What goes to a translator and comes back: some sections of one notice, for one language."""

    notice: str
    locale: str
    source_locale: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a file brought: the translation with its sections in place, their pins, and the entries left alone."""

    text: str
    pins: Mapping[str, Pin]
    unfinished: tuple[str, ...]


def name_section(section: str) -> str:
    """The name of a section in files and commands."""
    return section or OPENING


# ---- out


def prepare_exchange(library: Library, notice: str, locale: str, *, everything: bool = False) -> Exchange:
    """The sections that need a translator, or all of them, in the source's order.

    Raises UsageError where there is nothing to translate from.
    """
    settings = library.settings
    source = library.texts.get((notice, settings.source_locale))
    if source is None or locale == settings.source_locale:
        raise UsageError(f"{notice} has no text to translate into {locale!r}: {settings.source_locale!r} is the source")
    working = library.texts.get((notice, locale))
    states = find_section_states(library, notice, locale)
    ours = {section.id: section for section in split_sections(working.text)} if working else {}
    pins = library.pins.get((notice, locale), {})
    entries = []
    for section in split_sections(source.text):
        state = states.get(section.id, "current")
        if section.text and (everything or state != "current"):
            own = "" if state == "missing" else ours[section.id].text
            previous = _find_previous(library, notice, section, pins.get(section.id)) if state == "stale" else ""
            place = Source(source.path, section.line)
            is_unfinished = state in {"stale", "machine"}
            entries.append(Entry(section.id, section.text, own, is_unfinished, previous, _note(section, state), place))
    return Exchange(notice, locale, settings.source_locale, tuple(entries))


def _note(section: WrittenSection, state: SectionState) -> tuple[str, ...]:
    """What a translator must know of a section."""
    kept = dict.fromkeys(" ".join(found.split()) for found in _PLACEHOLDER.findall(section.text))
    notes = [f"{name_section(section.id)}: {state}"]
    if section.id:
        notes.append("Begin with the heading, with as many # signs; its id is kept for you.")
    return (*notes, *([f"Keep as it is: {' '.join(kept)}"] if kept else []))


def _find_previous(library: Library, notice: str, section: WrittenSection, pin: Pin | None) -> str:
    """The source text that a stale translation was made from, where a sealed version still has it as it was written."""
    for version in reversed(library.versions.get(notice, ())):
        for (_, locale), edition in version.editions.items():
            if locale != library.settings.source_locale:
                continue
            for sealed in split_sections(edition.text):
                is_it = sealed.sha256 == pin.source_sha256 if pin else not _PLACEHOLDER.search(section.text)
                if sealed.id == section.id and is_it:
                    return sealed.text
    return ""


def write_po(exchange: Exchange) -> str:
    """An exchange as a PO file; the same one always gives the same text."""
    file = polib.POFile(wrapwidth=0)
    file.header = f"Sections of the notice {exchange.notice!r}, as Markdown. Translate what is readable; keep the rest."
    file.metadata = {
        "Project-Id-Version": exchange.notice,
        "Language": exchange.locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        _NOTICE: exchange.notice,
        _SOURCE_LOCALE: exchange.source_locale,
    }
    for entry in exchange.entries:
        file.append(
            polib.POEntry(
                msgctxt=name_section(entry.section),
                msgid=entry.source,
                msgstr=entry.words,
                previous_msgid=entry.previous or None,
                flags=["fuzzy"] if entry.is_unfinished and entry.words else [],
                comment="\n".join(entry.notes),
                occurrences=[(entry.place.path, str(entry.place.line))] if entry.place.path else [],
            )
        )
    return f"{file}\n"


# ---- back


def read_po(text: str, path: str) -> Exchange:
    """A PO file as an exchange. Raises NoticeError (TEXT) for what is no PO file, or not one of ours."""
    if found := UNPRINTABLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        told = f"holds the control character U+{ord(found[0]):04X}"
        raise NoticeError([Problem("TEXT", Source(path, line), told, "delete it")])
    try:
        file = polib.pofile(f"\n{text}", encoding="utf-8")  # a text that begins so is never taken for a file's name
    except (OSError, ValueError, IndexError) as error:
        where = _SYNTAX_ERROR.search(str(error))
        place = Source(path, max(int(where[1]) - 1, 1) if where else 1)
        told = f"is no PO file: {where[2].strip(' :') if where and where[2] else 'it cannot be read here'}"
        raise NoticeError([Problem("TEXT", place, told, "give the file that 'translations export' wrote")]) from None
    notice, locale = file.metadata.get(_NOTICE, ""), file.metadata.get("Language", "")
    if not notice or not locale:
        told = f"the header does not say which notice ({_NOTICE}) and which language (Language) this is"
        raise NoticeError([Problem("TEXT", Source(path), told, "give the file that 'translations export' wrote")])
    entries = tuple(
        Entry(
            "" if entry.msgctxt == OPENING else entry.msgctxt or "?",
            entry.msgid,
            entry.msgstr,
            is_unfinished=entry.fuzzy,
            previous=entry.previous_msgid or "",
            notes=tuple(entry.comment.split("\n")) if entry.comment else (),
            place=Source(path, max((entry.linenum or 1) - 1, 1)),
        )
        for entry in file
        if not entry.obsolete
    )
    return Exchange(notice, locale.replace("_", "-"), file.metadata.get(_SOURCE_LOCALE, ""), entries)


def receive_exchange(library: Library, exchange: Exchange, *, by: str = "", state: PinState = "reviewed") -> Arrival:
    """The translation with the sections of an exchange in place, in the source's order; all else stays as it is.

    Sections without words and unfinished ones are left alone; a machine's are taken though they are unfinished. Raises
    NoticeError with everything that is wrong: a source that has changed since (TR02), sections that are not the
    source's or whose heading does not fit (TR03).
    """
    notice, locale = exchange.notice, exchange.locale
    source = library.texts[notice, library.settings.source_locale]
    working = library.texts.get((notice, locale))
    theirs = {section.id: section for section in split_sections(source.text) if section.text}
    finished = [entry for entry in exchange.entries if entry.words.strip()]
    if state == "reviewed":
        finished = [entry for entry in finished if not entry.is_unfinished]
    new = {entry.section: _tidy(entry.words) for entry in finished}
    problems = [problem for entry in finished for problem in _find_faults(entry, theirs)]
    names = [entry.section for entry in exchange.entries]
    for place, entry in enumerate(exchange.entries):
        if entry.section in names[:place]:
            told = f"section {name_section(entry.section)} stands here twice"
            problems.append(Problem("TR03", entry.place, told, "keep one of the two"))
    if problems:
        raise NoticeError(problems)
    text = place_sections(working.text if working else "", theirs, new)
    if faults := list(_read_back(text, working.text if working else "", new, finished)):
        raise NoticeError(faults)
    pins = {name: Pin(theirs[name].sha256, state, by) for name in new}
    return Arrival(text, pins, tuple(name for name in names if name not in new))


def _tidy(words: str) -> str:
    return words.replace("\r\n", "\n").replace("\r", "\n").strip()


def _find_faults(entry: Entry, theirs: Mapping[str, WrittenSection]) -> Iterator[Problem]:
    """Why the words of an entry cannot be taken."""
    name = name_section(entry.section)
    if entry.section not in theirs:
        told = f"the source has no section {name}"
        yield Problem("TR03", entry.place, told, "export again, and translate what it gives")
        return
    section = theirs[entry.section]
    if hashlib.sha256(entry.source.encode()).hexdigest() != section.sha256:
        told = f"the source of section {name} has changed since this was exported"
        yield Problem("TR02", entry.place, told, "export again, and translate what it gives")
    blocks = parse(_tidy(entry.words)).children
    wanted = [section.heading.level] if section.heading else []
    headings = [block for block in blocks if block.kind == "heading"]
    if [block.level for block in headings] != wanted or (entry.section and blocks[0] is not headings[0]):
        told = f"section {name} must hold its own heading and no other, with {wanted[0] if wanted else 0} # signs"
        yield Problem("TR03", entry.place, told, "begin with the heading, as the source does")
    elif any(block.attributes for block in headings):
        told = f"the heading of section {name} has an id or other attributes"
        yield Problem("TR03", entry.place, told, "leave out what stands in braces: it is kept for you")


def place_sections(text: str, theirs: Mapping[str, WrittenSection], new: Mapping[str, str]) -> str:
    """A translation with new words for some of its sections; those that it lacks go where the source has them."""
    written = {section.id: section for section in split_sections(text)}
    chunks = {name: section.raw for name, section in written.items()}
    order = list(theirs)
    for name in (name for name in order if name in new):
        words = new[name]
        if name in written:
            section = written[name]
            is_own = not (section.heading and "lang" in section.heading.attributes)
            attributes = section.attributes if is_own else _leave_words(theirs[name].attributes)
            if section.text != words or not is_own:
                start = section.raw[: len(section.raw) - len(section.raw.lstrip())]
                chunks[name] = start + attach_attributes(words, attributes) + (section.tail or "\n")
        else:
            before = [other for other in order[: order.index(name)] if other in chunks]
            chunks = _insert(chunks, name, attach_attributes(words, _leave_words(theirs[name].attributes)), before[-1:])
    return "".join(chunks.values())


def _insert(chunks: Mapping[str, str], name: str, words: str, after: Sequence[str]) -> dict[str, str]:
    """The chunks with a new one behind another, or before all of them; a blank line on either side."""
    place = list(chunks).index(after[0]) + 1 if after else 0
    items = list(chunks.items())
    if place:
        key, previous = items[place - 1]
        items[place - 1] = (key, previous.rstrip() + "\n\n")
    return dict([*items[:place], (name, words + ("\n\n" if items[place:] else "\n")), *items[place:]])


def _leave_words(attributes: str) -> str:
    """The attributes of a source's heading, without the short version in its language."""
    return _SUMMARY.sub("", attributes)


def attach_attributes(words: str, attributes: str) -> str:
    """A section's words with the attributes of its heading where they belong."""
    heading = next((block for block in parse(words).children if block.kind == "heading"), None)
    if heading is None or not attributes:
        return words
    lines = words.split("\n")
    place = find_words_line(heading) - 1
    lines[place] = f"{_CLOSING_MARKS.sub('', lines[place]).rstrip()} {attributes}"
    return "\n".join(lines)


def _read_back(text: str, before: str, new: Mapping[str, str], entries: Iterable[Entry]) -> Iterator[Problem]:
    """What would not read as it was meant: words that run into the next section, or change another one."""
    written = {section.id: section.text for section in split_sections(text)}
    others = {section.id: section.text for section in split_sections(before) if section.id not in new}
    kept = {name: words for name, words in written.items() if name not in new}
    if {name: words for name, words in others.items() if words} != {
        name: words for name, words in kept.items() if words
    }:
        place = next(iter(entries)).place
        told = "these words would change how other sections are read"
        yield Problem("TR03", place, told, "close code fences and quotations in the section that opens them")
        return
    for entry in entries:
        if written.get(entry.section) != new[entry.section]:
            told = f"section {name_section(entry.section)} would not be read as it is written here"
            yield Problem("TR03", entry.place, told, "write its heading on one line, and close what the section opens")
