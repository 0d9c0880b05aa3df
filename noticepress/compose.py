"""Sections and facts to editions: Jinja2, sandboxed and strict, over Markdown.

The text is Markdown; what stands in double braces are facts, put in so that they read right in the text's language
and can never become markup. Every line of a composed text remembers the line of the working text it came from, so
that whatever is found wrong later is told at its place.
"""

from __future__ import annotations

import functools
import hashlib
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import CodeType
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, Undefined, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError

from noticepress.errors import Problem, Source
from noticepress.history import first_instant
from noticepress.localize import format_address, format_date, join_names, pick
from noticepress.model import (
    Address,
    AsOf,
    ChangeRecord,
    Edition,
    Effective,
    Facts,
    Library,
    Notice,
    Region,
    Seal,
    SealedRegion,
    Settings,
    Version,
    WorkingText,
)
from noticepress.territories import answering_entities, claim

MAX_CHARACTERS = 2_000_000
_MARK = re.compile("\ue000(\\d+)\ue001")
_AT_LINE_START = re.compile(r"^([\s>]*(?:(?:[-*+]|\d+[.)])\s+)*\d*)\ue002")
_ONLY_TAGS = re.compile(r"\s*(\{%[^%]*%\}\s*)+")
_NAME = r"(?:[A-Za-z_]\w*(?:\[[^\]]*\])?\.)*"


class Markup(str):
    """Markdown made on purpose by a filter: it is not escaped again."""

    __slots__ = ()


class Record:
    """Named facts as a template sees them: `record.name`, `record["name"]`; what is not known is not there."""

    __slots__ = ("_facts",)

    def __init__(self, facts: Mapping[str, object]) -> None:
        self._facts = {name: value for name, value in facts.items() if value not in ("", None, ())}

    def __getitem__(self, name: str) -> object:
        return self._facts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __str__(self) -> str:
        return str(self._facts.get("legal_name") or self._facts.get("name") or "")


class _Environment(ImmutableSandboxedEnvironment):
    """Nothing in it reaches outside, depends on chance, or grows without end."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - Jinja's signature
        sized = next((value for value in (left, right) if isinstance(value, str | list | tuple)), None)
        factor = right if sized is left else left
        if operator == "**" or (sized is not None and isinstance(factor, int) and len(sized) * factor > 10_000):
            msg = f"'{operator}' makes a value that is too large"
            raise SecurityError(msg)
        return super().call_binop(context, operator, left, right)


def escape_markdown(text: str) -> str:
    """A fact as plain words: no character of it is read as Markdown, and it stays on one line."""
    text = " ".join(text.split())
    text = re.sub(r"([\\`*\[\]<>|~])|(?<!\w)_|_(?!\w)", lambda m: "\\" + m[0], text)
    text = re.sub(r"&(?=#?\w+;)", r"\\&", text)
    # What only means something at the start of a line is decided once the line is known: see _unmark.
    return re.sub(r"^(\d*)([.)#+=-])", "\\1\ue002\\2", text)


def _show(context: Context, value: object) -> str:
    """What `{{ value }}` writes."""
    locale = context["locale"]
    if isinstance(value, Markup):
        return value
    if isinstance(value, Undefined):
        return str(value)
    if isinstance(value, date):
        return escape_markdown(format_date(value, locale))
    if isinstance(value, Address):
        return escape_markdown(str(format_address(value, locale)))
    if isinstance(value, list | tuple):
        return _names(context, value)
    if value is None or value == "":
        context["report"]("", "an empty value is written here", "give the value, or leave the sentence out")
        return ""
    return escape_markdown(str(value))


@pass_context
def _finalize(context: Context, value: object) -> str:
    return _show(context, value)


def _is_missing(value: object) -> bool:
    """Whether a filter was given a name that is not there; the name reports itself."""
    return isinstance(value, Undefined) and not str(value)


@pass_context
def _names(context: Context, values: object) -> Markup:
    """A list in words: "A, B and C" in the text's language."""
    if _is_missing(values):
        return Markup()
    items = [values] if isinstance(values, str | Record) else list(values)  # type: ignore[call-overload]
    return Markup(join_names([escape_markdown(str(item)) for item in items], context["locale"]))


@pass_context
def _date(context: Context, value: object) -> str:
    """A day, written out in the text's language."""
    if _is_missing(value):
        return Markup()
    if not isinstance(value, date):
        msg = f"'date' takes a date, not {str(value)!r}"
        raise TypeError(msg)
    return format_date(value, context["locale"])


@pass_context
def _postal(context: Context, value: object) -> str:
    """A postal address on one line, its country in the text's language."""
    if _is_missing(value):
        return Markup()
    return str(format_address(value, context["locale"])) if isinstance(value, Address) else str(value)


def _mail(value: object) -> Markup:
    """A mail address as a link."""
    if _is_missing(value):
        return Markup()
    address = str(value)
    target = re.sub(r"[\s<>()\\]", "", address)
    return Markup(f"[{escape_markdown(address)}](mailto:{target})")


def _make_environment() -> _Environment:
    environment = _Environment(
        undefined=StrictUndefined,
        finalize=_finalize,
        autoescape=False,  # noqa: S701 - the output is Markdown; _finalize escapes for that
        comment_start_string="{##",
        comment_end_string="##}",
        keep_trailing_newline=True,
        cache_size=0,
    )
    environment.globals = {"range": environment.globals["range"]}
    for name in ("random", "pprint", "xmlattr", "urlize"):
        environment.filters.pop(name, None)
    environment.filters.update({"names": _names, "date": _date, "mail": _mail, "address": _postal, "list": list})
    return environment


_ENVIRONMENT = _make_environment()


@functools.lru_cache(maxsize=512)
def _compile(text: str, path: str) -> CodeType:
    """A working text as code, each line of it marked with its number. Raises TemplateSyntaxError."""
    pieces = []
    for line, kind, value in _ENVIRONMENT.lex(text, filename=path):
        if kind == "data":
            parts = value.split("\n")
            marked = [f"{part}\ue000{line + index}\ue001\n" for index, part in enumerate(parts[:-1])]
            value = "".join(marked) + parts[-1]  # noqa: PLW2901 - the same piece, marked
        pieces.append(value)
    return _ENVIRONMENT.compile("".join(pieces), name=path, filename=path)


@dataclass(frozen=True, slots=True)
class Composed:
    """A text with its facts in place; `lines[i]` is the line of the working text that line i + 1 came from."""

    text: str
    lines: tuple[int, ...]
    problems: tuple[Problem, ...]
    working: WorkingText

    def source(self, line: int, column: int = 1) -> Source:
        """The place in the working text of a place in the composed one (column 1 where facts moved it)."""
        origin = self.lines[min(line, len(self.lines)) - 1] if self.lines else 1
        here = self.text.split("\n")[line - 1 : line]
        there = self.working.text.split("\n")[origin - 1 : origin]
        same = bool(here) and bool(there) and here[0][: column - 1] == there[0][: column - 1]
        return Source(self.working.path, origin, column if same else 1)


def compose_text(working: WorkingText, facts: Mapping[str, object]) -> Composed:
    """Put the facts into a working text. What is wrong is reported, all of it, and leaves a gap in the text."""
    problems: list[Problem] = []
    lines = working.text.split("\n")

    def report(name: str, message: str, hint: str, check: str = "FE05", line: int = 0) -> None:
        line = line or _line_being_rendered(working.path, template)
        source, label = _locate(name, lines, line)
        problems.append(Problem(check, Source(working.path, line, source), message.replace("{name}", label), hint))

    class Unknown(StrictUndefined):
        """A name that nothing defines: reported where it is used, and empty from there on."""

        def _tell(self, *_: object) -> Any:  # noqa: ANN401 - stands for any value
            report(str(self._undefined_name or ""), "unknown value '{name}'", _hint(self, facts))
            return ""

        __str__ = _tell
        __getattr__ = lambda self, name: self._chain(name)  # noqa: E731
        __getitem__ = lambda self, name: self._chain(name)  # noqa: E731

        def _chain(self, name: object) -> Any:  # noqa: ANN401
            if isinstance(name, str) and name.startswith("__"):
                raise AttributeError(name)
            self._tell()
            return self

        def __iter__(self) -> Iterator[Any]:
            self._tell()
            return iter(())

        def __bool__(self) -> bool:
            self._tell()
            return False

        def __len__(self) -> int:
            self._tell()
            return 0

        def __eq__(self, other: object) -> bool:
            self._tell()
            return False

        def __ne__(self, other: object) -> bool:
            self._tell()
            return False

        def __hash__(self) -> int:
            return id(type(self))

        def __call__(self, *_: object, **__: object) -> Any:  # noqa: ANN401
            self._tell()
            return Markup()

    environment = _ENVIRONMENT.overlay(undefined=Unknown)
    template: Template | None = None
    rendered = ""
    try:
        template = Template.from_code(environment, _compile(working.text, working.path), {**environment.globals, **facts})
        size = 0
        pieces = []
        for piece in template.generate(report=report):
            size += len(piece)
            if size > MAX_CHARACTERS:
                msg = "the composed text is too long"
                raise SecurityError(msg)
            pieces.append(piece)
        rendered = "".join(pieces)
    except TemplateSyntaxError as error:
        report("", f"the placeholders cannot be read: {error.message}", "see docs/writing.md on placeholders", "FE05", error.lineno)
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
        line = _line_of_error(error, working.path, template)
        report("", f"a placeholder cannot be written: {_plainly(error)}", "see docs/writing.md on placeholders", "FE05", line)
    text, origins = _unmark(rendered, lines)
    return Composed(text, origins, tuple(dict.fromkeys(problems)), working)


def _plainly(error: BaseException) -> str:
    return str(error).split("\n")[0][:200] or type(error).__name__


def _hint(unknown: Any, facts: Mapping[str, object]) -> str:  # noqa: ANN401 - Jinja's Undefined
    """The next step for a name that is not there."""
    name, owner = unknown._undefined_name, unknown._undefined_obj  # noqa: SLF001 - Jinja's way to ask
    files = ", ".join(f"entities/{entity['id']}.yml" for entity in _records(facts.get("entities")))
    if owner is facts.get("contact"):
        return f"add '{name}' under contacts in {files or 'the file of an answering entity'}"
    if isinstance(owner, Record):
        return f"add '{name}' to the facts in {files}" if files else f"give a value for '{name}'"
    if name == "entity":
        return "several entities answer for this region: use {{ entities | names }} or a loop"
    known = ", ".join(sorted(key for key in facts if key != "link"))
    return f"known here: {known}"


def _records(value: object) -> Iterable[Record]:
    return [item for item in value if isinstance(item, Record)] if isinstance(value, list | tuple) else []


def _locate(name: str, lines: Sequence[str], line: int) -> tuple[int, str]:
    """Column and full name of an expression on a line."""
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    if name and (found := re.search(rf"{_NAME}{re.escape(name)}\b", text)):
        return found.start() + 1, found[0]
    brace = re.search(r"\{[{%]", text)
    return (brace.start() + 1 if brace else 1), name


def _line_being_rendered(path: str, template: Template | None) -> int:
    """The line of the working text that is being rendered now, read off the stack."""
    frame = sys._getframe(1)  # noqa: SLF001 - the only way to know
    while frame:
        if frame.f_code.co_filename == path and template:
            return template.get_corresponding_lineno(frame.f_lineno)
        if frame.f_back is None:
            break
        frame = frame.f_back
    return 1


def _line_of_error(error: BaseException, path: str, template: Template | None) -> int:
    line, step = 1, error.__traceback__
    while step:
        if step.tb_frame.f_code.co_filename == path:
            is_mapped = template is None or "__jinja_exception__" in step.tb_frame.f_globals
            line = step.tb_lineno if is_mapped else template.get_corresponding_lineno(step.tb_lineno)
        step = step.tb_next
    return line


def _unmark(rendered: str, lines: Sequence[str]) -> tuple[str, tuple[int, ...]]:
    """Take the line marks out; a line that held only tags leaves no blank line behind."""
    kept: list[str] = []
    origins: list[int] = []
    last = 0
    pieces = rendered.split("\n")
    for index, piece in enumerate(pieces):
        marks = _MARK.findall(piece)
        text = _AT_LINE_START.sub(r"\1\\", _MARK.sub("", piece)).replace("\ue002", "")
        last = int(marks[-1]) if marks else min(last + 1, len(lines))
        only_tags = not text.strip() and 0 < last <= len(lines) and _ONLY_TAGS.fullmatch(lines[last - 1])
        if only_tags and (marks or index == len(pieces) - 1):
            continue
        kept.append(text)
        origins.append(last)
    text = "\n".join(kept).strip("\n") + "\n"
    leading = next((i for i, line in enumerate(kept) if line), 0)
    return text, tuple(origins[leading : leading + text.count("\n")])


# ---- facts for a template


def describe_entity(facts: Facts, locale: str, source_locale: str, day: date) -> Record:
    """An entity's facts as a template sees them."""
    seals = tuple(describe_seal(seal, locale, source_locale) for seal in facts.seals if _is_valid(seal, day))
    register = facts.register
    return Record(
        {
            "id": facts.entity,
            "legal_name": facts.legal_name,
            "aliases": facts.aliases,
            "form": facts.form,
            "address": facts.address,
            "register": Record({"name": register.name, "number": register.number}) if register else None,
            "contacts": Record(facts.contacts),
            "contact": Record(facts.contacts),
            "owner": facts.owner,
            "seals": list(seals),
        }
    )


def describe_seal(seal: Seal, locale: str, source_locale: str) -> Record:
    """A certification as a template sees it."""
    return Record(
        {
            "issuer": seal.issuer,
            "holder": seal.holder,
            "id": seal.id,
            "scope": pick(seal.scope, locale, source_locale)[0] if seal.scope else "",
            "verify_url": seal.verify_url,
            "complaint_url": seal.complaint_url,
            "requirements_url": seal.requirements_url,
        }
    )


def _is_valid(seal: Seal, day: date) -> bool:
    return (seal.valid_from is None or seal.valid_from <= day) and (seal.valid_to is None or day <= seal.valid_to)


def gather_facts(library: Library, notice: Notice, region: SealedRegion, locale: str, day: date) -> dict[str, object]:
    """Everything that a working text may name, for one region and locale on one day."""
    source_locale = library.settings.source_locale
    entities = [describe_entity(facts, locale, source_locale, day) for facts in region.entities]
    contacts: dict[str, str | Address] = {}
    for facts in region.entities:
        contacts = {**facts.contacts, **contacts}
    known = {entity.id: entity.facts_on(day) for entity in library.entities.values()}
    roster = {name: describe_entity(facts, locale, source_locale, day) for name, facts in known.items() if facts}

    def link(target: object) -> Markup:
        name = str(target)
        if not _is_missing(target) and name not in library.notices:
            msg = f"there is no notice {name!r}"
            raise ValueError(msg)
        return Markup(f"/{locale}/{name}/{region.id}/")

    facts: dict[str, object] = {
        "organisation": library.settings.organisation,
        "locale": locale,
        "notice": Record({"id": notice.id, "title": pick(notice.titles, locale, source_locale)[0]}),
        "region": Record({"id": region.id, "name": pick(region.names, locale, source_locale)[0]}),
        "version": Record({"id": day.isoformat(), "effective": day}),
        "entities": entities,
        "contact": Record(contacts),
        "seals": [seal for entity in entities if "seals" in entity for seal in entity["seals"]],  # type: ignore[attr-defined]
        "roster": Record(roster),
        "link": link,
    }
    if len(entities) == 1:
        facts["entity"] = entities[0]
    return facts


# ---- versions


@dataclass(frozen=True, slots=True)
class Draft:
    """A version as it would be sealed now, and what is wrong with it. `composed` is keyed by (region, locale)."""

    version: Version
    composed: Mapping[tuple[str, str], Composed]
    problems: tuple[Problem, ...]


def effective_in(entities: Sequence[Facts], settings: Settings, day: date) -> Effective:
    """When a day begins for the entities of a region: in their own zones, the last of them to reach it.

    Nobody is bound before the day has begun for every company that speaks. Where none states a zone, the site's is assumed.
    """
    zones = sorted({facts.zone for facts in entities if facts.zone}) or [settings.zone]
    instant, zone = max((first_instant(day, zone), zone) for zone in zones)
    return Effective(day, zone, instant, assumed=not any(facts.zone for facts in entities))


def resolve_region(library: Library, region: Region, claims: Mapping[str, frozenset[str]], day: date) -> SealedRegion:
    """A region with its territories and entities on a day."""
    entities = answering_entities(library.entities.values(), region.id, day)
    return SealedRegion(
        id=region.id,
        names=region.names,
        territories=tuple(sorted(claims[region.id])),
        entities=entities,
        succeeds=region.succeeds,
        effective=effective_in(entities, library.settings, day),
    )


def draft_day(library: Library, notice: str, as_of: AsOf) -> date:
    """The day a draft is composed for: that of `next.yml`, else of the newest version, else `as_of`."""
    if notice in library.next_versions:
        return library.next_versions[notice].effective
    if library.versions.get(notice):
        return library.versions[notice][-1].day
    return as_of.date() if isinstance(as_of, datetime) else as_of


def compose_draft(library: Library, notice_id: str, as_of: AsOf) -> Draft:
    """The working texts of a notice as the version they would become, for every region and locale.

    Raises UnknownTerritory where the regions are not well described; check those first.
    """
    notice = library.notices[notice_id]
    following = library.next_versions.get(notice_id)
    day = draft_day(library, notice_id, as_of)
    claims = claim(library.regions.values(), day)
    names = notice.regions or tuple(library.regions)
    regions = {name: resolve_region(library, library.regions[name], claims, day) for name in names if name in library.regions}
    composed: dict[tuple[str, str], Composed] = {}
    editions: dict[tuple[str, str], Edition] = {}
    for region in regions.values():
        for locale in library.settings.locales:
            working = library.texts.get((notice_id, locale))
            if working is None:
                continue
            found = compose_text(working, gather_facts(library, notice, region, locale, day))
            composed[region.id, locale] = found
            digest = hashlib.sha256(found.text.encode()).hexdigest()
            editions[region.id, locale] = Edition(notice_id, day.isoformat(), region.id, locale, found.text, digest)
    announced = following.announced if following else None
    zones = [region.effective.zone for region in regions.values() if region.effective]
    if announced is not None and not isinstance(announced, datetime):
        announced = max((first_instant(announced, zone) for zone in zones), default=None)
    version = Version(
        notice=notice_id,
        id=day.isoformat(),
        day=day,
        titles=notice.titles,
        audiences=notice.audiences,
        record=following.record if following else ChangeRecord("minor"),
        regions=regions,
        editions=editions,
        announced=announced,
        origin=following.origin if following else None,
        authoritative=_authoritative(notice, library),
        commitments=notice.commitments,
        supplements=notice.supplements,
        sealed=False,
    )
    problems = tuple(dict.fromkeys(problem for found in composed.values() for problem in found.problems))
    return Draft(version, composed, problems)


def _authoritative(notice: Notice, library: Library) -> dict[str, str]:
    """The authoritative locale of each region; the site's source locale where nothing is said."""
    default = notice.authoritative.get("", library.settings.source_locale)
    names = notice.regions or tuple(library.regions)
    return {name: notice.authoritative.get(name, default) for name in names}
