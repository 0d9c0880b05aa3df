"""Working texts made ready to run: parsed as a small part of Jinja2, and made to tell where each value comes from."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import CodeType
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, Undefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from noticepress.errors import Problem, Source
from noticepress.escaping import Markdown, mark_lines
from noticepress.files import UNPRINTABLE

WORD_FILTERS = ("capitalize", "lower", "title", "trim", "upper")
LIST_FILTERS = (
    *("count", "default", "first", "last", "length", "list", "map", "reject", "rejectattr", "reverse"),
    *("select", "selectattr", "sort", "unique"),
)
"""Jinja's own filters that a text may use: none makes a value that is longer than what it is given."""

_CONSTRUCTS = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Assign),
    *(nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Slice, nodes.Const, nodes.List, nodes.Tuple, nodes.Neg),
    *(nodes.Filter, nodes.Test, nodes.Call, nodes.Keyword, nodes.CondExpr),
    *(nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not),
)
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
GUIDE = "see docs/writing.md on placeholders"


def make_environment(filters: Mapping[str, Callable[..., Any]]) -> Environment:
    """The sandbox that texts run in, with filters of our own beside the few of Jinja's."""
    environment = ImmutableSandboxedEnvironment(
        autoescape=False,
        comment_start_string="{##",
        comment_end_string="##}",
        keep_trailing_newline=True,
        cache_size=0,
    )
    environment.globals.clear()
    known = environment.filters
    for_words = {name: _take_only_words(known[name]) for name in WORD_FILTERS}
    environment.filters = {name: known[name] for name in LIST_FILTERS} | for_words | dict(filters)
    return environment


def _take_only_words(change: Callable[[str], str]) -> Callable[[object], object]:
    """A filter for words that takes nothing else: how Python would show a list is no text."""

    def change_words(value: object) -> object:
        if isinstance(value, Undefined):
            return value
        if not isinstance(value, str):
            raise TypeError(f"'{change.__name__.removeprefix('do_')}' takes words, not a {type(value).__name__}")
        changed = change(value)
        return Markdown(changed) if isinstance(value, Markdown) else changed

    return change_words


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a working text, and how it is written there."""

    line: int
    column: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Program:
    """A working text made ready to run, or what is wrong with it."""

    code: CodeType | None
    places: tuple[Place, ...]
    problems: tuple[Problem, ...]


@functools.lru_cache(maxsize=2048)
def prepare_text(environment: Environment, text: str, path: str) -> Program:
    """A working text as code, each of its lines and values marked; no code, but problems (FE05), where it is wrong."""
    finder = _PlaceFinder(text)
    try:
        tree = environment.parse(text, path, path)
        faults = list(_find_faults(tree, environment))
        if not faults:
            preparer = _Preparer(finder)
            code = environment.compile(preparer.visit(tree), path, path)
            return Program(code, tuple(preparer.places), ())
    except TemplateSyntaxError as error:
        faults = [(error.lineno, f"the placeholders cannot be read: {error.message}", GUIDE)]
    except (RecursionError, MemoryError, SyntaxError):  # Python's own limits on how deep code may go
        faults = [(1, "the placeholders are nested too deeply", "write them flat")]
    except (ValueError, OverflowError) as error:
        faults = [(1, f"the placeholders cannot be read: {error}", GUIDE)]
    places = [finder.find(line) for line, _, _ in faults]
    problems = tuple(
        Problem("FE05", Source(path, place.line, place.column), message, hint)
        for place, (_, message, hint) in zip(places, faults, strict=True)
    )
    return Program(None, tuple(places), problems)


def _find_faults(tree: nodes.Template, environment: Environment) -> Iterator[tuple[int, str, str]]:
    """Line, message and hint of each construct that has no place in a notice."""
    for node in tree.find_all(nodes.Node):
        name = type(node).__name__.lower()
        match node:
            case nodes.Filter() if node.name not in environment.filters:
                hint = f"known here: {', '.join(sorted(environment.filters))}"
                yield node.lineno, f"unknown filter '{node.name}'", hint
            case nodes.Call() if not (isinstance(node.node, nodes.Name) and node.node.name == "link"):
                yield node.lineno, "only link(…) can be called", GUIDE
            case nodes.List() | nodes.Tuple() if not all(isinstance(item, nodes.Const) for item in node.items):
                yield node.lineno, f"a {name} here may hold only words and numbers", GUIDE
            case nodes.For() if node.recursive:
                yield node.lineno, "a loop cannot be recursive", "write it flat"
            case nodes.Const() if isinstance(node.value, str) and UNPRINTABLE.search(node.value):
                yield node.lineno, "a word in a placeholder holds a control character", "delete it"
            case nodes.Name() if node.name.startswith("_") or node.name in {"self", "super"}:
                yield node.lineno, f"'{node.name}' cannot be used here", GUIDE
            case _ if not isinstance(node, _CONSTRUCTS):
                hint = "a text may use values, filters, if, for and set"
                yield node.lineno, f"'{name}' has no place in a notice", hint


class _PlaceFinder:
    """Finds columns, which Jinja does not keep: the nth time that an expression is written on a line."""

    def __init__(self, text: str) -> None:
        only_tags = list(re.sub(r"[^\n]", "\0", text))
        for found in _TAG.finditer(text):
            only_tags[found.start() : found.end()] = found[0]
        self.lines = "".join(only_tags).split("\n")
        self.seen: dict[tuple[int, str], int] = {}

    def find(self, line: int, pattern: str = "") -> Place:
        """The place of an expression on a line; that of the line's first tag where it is not found."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        found = list(re.finditer(pattern, text)) if pattern else []
        if not found:
            return Place(line, len(text) - len(text.lstrip("\0")) + 1 if text.strip("\0") else 1)
        count = self.seen[line, pattern] = self.seen.get((line, pattern), -1) + 1
        chosen = found[min(count, len(found) - 1)]
        return Place(line, chosen.start() + 1, chosen[0])


def _describe_pattern(node: nodes.Node) -> str:
    """What an access looks like in a text, as a regular expression; empty where it begins with something else."""
    match node:
        case nodes.Name():
            return rf"(?<![\w.\"']){re.escape(node.name)}"
        case nodes.Getattr():
            return rf"{_describe_pattern(node.node)}\s*\.\s*{re.escape(node.attr)}"
        case nodes.Getitem(arg=nodes.Const(value=value)):
            key = re.escape(str(value))
            return rf"{_describe_pattern(node.node)}\s*\[\s*[\"']?{key}[\"']?\s*\]"
    return ""


class _Preparer(NodeTransformer):
    """Makes a tree that marks its lines, counts its rounds, and tells where each of its values comes from."""

    def __init__(self, finder: _PlaceFinder) -> None:
        self.finder = finder
        self.places = [Place(1, 1)]

    def visit_TemplateData(self, node: nodes.TemplateData) -> nodes.Node:  # noqa: N802 - Jinja's way to find it
        return nodes.TemplateData(mark_lines(node.data, node.lineno), lineno=node.lineno)

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802
        written = []
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                written.append(self.visit(child))
            else:
                before = len(self.places)
                inner = self.visit(child)
                # What is written is told at the first value in it, else at its tag.
                place = before if len(self.places) > before else self._add(self.finder.find(child.lineno))
                written.append(self._call("_write", inner, place))
        return nodes.Output(written, lineno=node.lineno)

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        turn = nodes.Call(nodes.Name("_turn", "load"), [], [], None, None)
        node.body.insert(0, nodes.ExprStmt(turn, lineno=node.lineno).set_lineno(node.lineno))
        return node

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802
        return self._note(node) if node.ctx == "load" else node

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802
        return self._note(node)

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802
        return self._note(node)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        node.args = [self.visit(argument) for argument in node.args]
        return node

    def _note(self, node: nodes.Name | nodes.Getattr | nodes.Getitem) -> nodes.Node:
        pattern = _describe_pattern(node)
        place = self._add(self.finder.find(node.lineno, rf"{pattern}(?!\w)" if pattern else ""))
        self.generic_visit(node)
        return self._call("_note", node, place)

    def _add(self, place: Place) -> int:
        self.places.append(place)
        return len(self.places) - 1

    def _call(self, name: str, node: nodes.Node, place: int) -> nodes.Node:
        function = nodes.Name(name, "load")
        return nodes.Call(function, [nodes.Const(place), node], [], None, None).set_lineno(node.lineno)
