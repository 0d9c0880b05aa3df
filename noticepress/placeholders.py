"""The language of placeholders: a small part of Jinja2, in a sandbox, where nothing unknown passes in silence.

A working text is parsed, checked against the few constructs that notices need, and run with the facts of an edition.
What is wrong is reported at its line and column, all of it, and leaves a gap in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, ClassVar

from jinja2 import Environment, Template, TemplateError, Undefined
from jinja2.runtime import Context

from noticepress.errors import Problem, Source
from noticepress.escaping import Markdown, escape_markdown, remove_marks
from noticepress.localize import format_address, format_date, join_names
from noticepress.model import Address, WorkingText
from noticepress.programs import GUIDE, Place, prepare_text

MAX_CHARACTERS = 2_000_000
MAX_ROUNDS = 10_000
"""How often the loops of a text may turn, all of them together."""

_FAILURES = (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError, RecursionError)
"""What a filter or a comparison may raise when it is given a value that it cannot take."""

LATER = "those to come"
"""Key of the days on which entities begin that are not there yet, by id: no name that a text could write."""

_RUN = "the run"
"""Key of the run in a template's context: no name that a text could write."""


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

    __repr__ = __str__


@lru_cache(maxsize=64)
def cut_lines(text: str) -> tuple[str, ...]:
    """The lines of a text, cut once for the many places that are asked for."""
    return tuple(text.split("\n"))


@dataclass(frozen=True, slots=True)
class Composed:
    """A text with its facts in place; `lines[i]` is the line of the working text that line i + 1 came from.

    `is_whole` is false where something stopped it: then the text is empty, and `problems` say why. `borrowed` has the
    lines that came from another working text: those of sections which are shown in the source's words.
    """

    text: str
    lines: tuple[int, ...]
    problems: tuple[Problem, ...]
    working: WorkingText
    is_whole: bool = True
    borrowed: Mapping[int, WorkingText] = field(default_factory=dict)

    def source(self, line: int, column: int = 1) -> Source:
        """The place in the working text of a place in the composed one (column 1 where facts moved it)."""
        line = min(line, len(self.lines))
        origin, working = self.lines[line - 1], self.borrowed.get(line, self.working)
        here, there = cut_lines(self.text)[line - 1 : line], cut_lines(working.text)[origin - 1 : origin]
        is_same = bool(here) and bool(there) and here[0][: column - 1] == there[0][: column - 1]
        return Source(working.path, origin, column if is_same else 1)


# ---- running


@dataclass(slots=True)
class Run:
    """One working text being filled in: where it is, and what was found wrong so far."""

    working: WorkingText
    facts: Mapping[str, object]
    places: tuple[Place, ...]
    place: int = 0
    rounds: int = 0
    problems: list[Problem] = field(default_factory=list)

    def report(self, message: str, hint: str, place: int | None = None) -> None:
        """A problem where the run is; `{label}` in the message is what is written there."""
        here = self.places[self.place if place is None else place]
        told = message.replace("{label}", here.label)
        self.problems.append(Problem("FE05", Source(self.working.path, here.line, here.column), told, hint))

    def note(self, place: int, value: object) -> object:
        """Remember where a value comes from, so that one that is not there can tell."""
        self.place = place
        if isinstance(value, _Unknown) and value.place is None:
            value.place = place
        return value

    def turn(self) -> None:
        """Count one round of a loop."""
        self.rounds += 1
        if self.rounds > MAX_ROUNDS:
            raise ValueError(f"the loops of this text turn more than {MAX_ROUNDS:,} times")

    def write(self, place: int, value: object) -> str:
        """What `{{ value }}` writes."""
        self.place = place
        if isinstance(value, Undefined):
            return str(value)
        written = self.show(value)
        here = self.places[place]
        if not written and all((p.source.line, p.source.column) != (here.line, here.column) for p in self.problems):
            self.report("an empty value is written here", "give the value, or leave the sentence out")
        return written

    def show(self, value: object) -> Markdown:
        """A value in the text's language, as plain words."""
        if isinstance(value, Markdown):
            return value
        locale = self.working.locale
        if isinstance(value, list | tuple | Iterator):
            return Markdown(join_names([self.show_item(item) for item in value], locale))
        return escape_markdown(_name_value(value, locale))

    def show_item(self, item: object) -> str:
        """One value of a list."""
        if isinstance(item, list | tuple | Iterator):
            raise TypeError("a list in a list cannot be written")
        return str(item) if isinstance(item, Undefined) else self.show(item)


def _name_value(value: object, locale: str) -> str:
    """A fact in words."""
    match value:
        case None:
            return ""
        case date():
            return format_date(value, locale)
        case Address():
            return format_address(value, locale)
        case str() | int() | Record() if not isinstance(value, bool):
            return str(value)
    raise TypeError(f"a {type(value).__name__} cannot be written")


def find_run(context: Context) -> Run:
    """The run that a filter or function is called in."""
    run: Run = context[_RUN]
    return run


class _Unknown(Undefined):
    """A value that is not there: reported where it is used, and empty from there on."""

    run: ClassVar[Run]
    place: int | None = None

    def _tell(self) -> None:
        hint = _suggest(self._undefined_name, self._undefined_obj, self.run.facts)
        self.run.report("unknown value '{label}'", hint, self.place)

    def __str__(self) -> str:
        self._tell()
        return ""

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

    __hash__ = Undefined.__hash__

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - stands for any value
        if name.startswith("__"):
            raise AttributeError(name)
        self._tell()
        return self

    def __getitem__(self, key: object) -> Any:  # noqa: ANN401 - see above
        self._tell()
        return self


def _suggest(name: object, owner: object, facts: Mapping[str, object]) -> str:
    """The next step for a name that is not there."""
    later, is_entity = facts.get(LATER), isinstance(owner, Record) and owner is facts.get("roster")
    if is_entity and isinstance(later, Mapping) and name in later:
        return f"it exists from {later[name]}: write a next.yml with that effective date, or a later one"
    if name == "entity" and not isinstance(owner, Record):
        return "several entities answer for this region: use {{ entities | names }} or a loop"
    known = list(owner) if isinstance(owner, Record) else _list_known(facts)
    if near := get_close_matches(str(name), known, n=1):
        return f"did you mean '{'contact.' if owner is facts.get('contact') else ''}{near[0]}'?"
    if is_entity:
        return f"the entities on this day are: {', '.join(known)}"
    if isinstance(owner, Record):
        return _ask_for_fact(name, owner, facts)
    return f"known everywhere: {', '.join(sorted({*known} - {'entity'}))}"


def _ask_for_fact(name: object, owner: Record, facts: Mapping[str, object]) -> str:
    """Where a fact that is missing belongs."""
    entities = facts.get("entities")
    records = [item for item in entities if isinstance(item, Record)] if isinstance(entities, list) else []
    files = ", ".join(f"entities/{record['id']}.yml" for record in records)
    if owner is facts.get("contact"):
        return f"add '{name}' under contacts in {files or 'the file of an answering entity'}"
    return f"add '{name}' to the facts in {files}" if files else f"give a value for '{name}'"


def _list_known(facts: Mapping[str, object]) -> list[str]:
    """The names that a text can write."""
    return [name for name in facts if name.isidentifier()]


def fill_placeholders(environment: Environment, working: WorkingText, facts: Mapping[str, object]) -> Composed:
    """Put the facts into a working text. What is wrong is reported, all of it, and leaves a gap in the text."""
    program = prepare_text(environment, working.text, working.path)
    run = Run(working, facts, program.places)
    rendered, is_whole = "", False
    if program.code:
        overlay = environment.overlay(undefined=type("Unknown", (_Unknown,), {"run": run}))
        template = Template.from_code(overlay, program.code, dict(facts))
        try:
            rendered, is_whole = _render(template, run), True
        except _FAILURES as error:
            reason = str(error).split("\n")[0][:200] or type(error).__name__
            run.report(f"a placeholder cannot be written: {reason}", GUIDE)
    text, origins = remove_marks(rendered, working.text.split("\n"))
    problems = tuple(dict.fromkeys([*program.problems, *run.problems]))
    return Composed(text, origins, problems, working, is_whole)


def _render(template: Template, run: Run) -> str:
    pieces: list[str] = []
    size = 0
    for piece in template.generate({_RUN: run, "_note": run.note, "_turn": run.turn, "_write": run.write}):
        size += len(piece)
        if size > MAX_CHARACTERS:
            raise ValueError(f"the text becomes longer than {MAX_CHARACTERS:,} characters")
        pieces.append(piece)
    return "".join(pieces)


def list_values(value: object) -> Iterable[object]:
    """What a filter for lists is given: a list, or one value alone."""
    return value if isinstance(value, list | tuple | Iterator) else [value]
