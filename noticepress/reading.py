"""YAML that people write: read strictly, every value with its place, every mistake reported.

YAML here has no surprises: plain scalars stay text (`NO` is not false, `1.10` is not 1.1), a repeated key, an alias
or a tag is an error. Shapes are pydantic models; what they refuse comes back as problems with file, line and column.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from noticepress.errors import NoticeError, Problem, Source
from noticepress.files import UNPRINTABLE, read_text

__all__ = [
    "FlowList",
    "YamlFile",
    "fit",
    "fit_each",
    "parse_yaml",
    "read_text",
    "read_yaml",
    "write_yaml",
]

MAX_YAML_CHARACTERS = 1_000_000
MAX_DEPTH = 40

_NULLS = {"", "~", "null"}
_PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "map", "seq")}
_ALIAS = "alias"

Data = dict[str, "Data"] | list["Data"] | str | None
Keys = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)
T = TypeVar("T")


class _Loader(yaml.SafeLoader):
    """Composes nodes and resolves nothing: every plain scalar is text, and an alias stays where it was written."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012 - PyYAML reads it from the class

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.get_event()  # type: ignore[no-untyped-call]
            return yaml.ScalarNode(_ALIAS, f"*{event.anchor}", event.start_mark, event.end_mark)
        return super().compose_node(parent, index)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: `keys` is the path of keys and indexes that leads to it."""

    value: Source
    key: Source


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A YAML file as plain data (dict, list, str, None), and where each value stands."""

    path: str
    data: Data
    places: Mapping[Keys, Place]

    def source(self, *keys: str | int) -> Source:
        """Where a value stands; the nearest place above it where it is absent."""
        while keys and keys not in self.places:
            keys = keys[:-1]
        return self.places[keys].value if keys in self.places else Source(self.path)

    def key_source(self, *keys: str | int) -> Source:
        """Where the key of a value stands."""
        return self.places[keys].key if keys in self.places else self.source(*keys)


class RepeatedKeys(NoticeError):  # noqa: N818 - it names what was met
    """A file in which nothing is wrong but keys that are set twice."""

    def __init__(self, problems: Iterable[Problem], file: YamlFile) -> None:
        super().__init__(problems)
        self.file = file


# ---- YAML


def read_yaml(root: Path, relative: str, *, tagged: bool = False) -> YamlFile:
    """A YAML file below `root`. `tagged` lets tags and aliases pass as text (MkDocs's own settings use them)."""
    return parse_yaml(read_text(root, relative), relative, tagged=tagged)


def parse_yaml(text: str, path: str, *, tagged: bool = False) -> YamlFile:
    """YAML text to data and places. Raises NoticeError (YAML) with every mistake that can be told apart.

    Where only keys are repeated it is RepeatedKeys, which has the file with the first value of each.
    """
    if len(text) > MAX_YAML_CHARACTERS:
        told = f"is longer than {MAX_YAML_CHARACTERS:,} characters"
        raise NoticeError([Problem("YAML", Source(path), told, "split it into smaller files")])
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Source(path, mark.line + 1, mark.column + 1) if mark else Source(path)
        message = " ".join(part for part in (error.context, error.problem) if part)
        raise NoticeError([Problem("YAML", place, message, "check the indentation, colons and quotes here")]) from None
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError) as error:
        reason = "is nested too deeply" if isinstance(error, RecursionError) else f"cannot be read: {error}"
        raise NoticeError([Problem("YAML", Source(path), reason, "write plain YAML")]) from None
    reader = _NodeReader(path, tagged=tagged)
    data = reader.convert(node, (), 0) if node is not None else None
    file = YamlFile(path, data, reader.places)
    if reader.problems:
        if len(reader.problems) == reader.repeated:
            raise RepeatedKeys(reader.problems, file)
        raise NoticeError(reader.problems)
    return file


class _NodeReader:
    """Turns YAML nodes into plain data, and remembers where each value stood."""

    def __init__(self, path: str, *, tagged: bool) -> None:
        self.path = path
        self.tagged = tagged
        self.problems: list[Problem] = []
        self.repeated = 0
        self.places: dict[Keys, Place] = {}

    def convert(self, node: yaml.Node, keys: Keys, depth: int) -> Data:
        """One node and all below it; what is refused is reported, and nothing stands in its place."""
        here = self._find_place(node)
        self.places.setdefault(keys, Place(here, here))
        if depth > MAX_DEPTH:
            self._refuse(here, "is nested too deeply", f"stay within {MAX_DEPTH} levels")
            return None
        if not self._accepts_tag(node):
            return None
        if isinstance(node, yaml.MappingNode):
            return dict(self._convert_pairs(node, keys, depth))
        if isinstance(node, yaml.SequenceNode):
            return [self.convert(item, (*keys, index), depth + 1) for index, item in enumerate(node.value)]
        text = self._read_scalar(node)
        is_plain = isinstance(node, yaml.ScalarNode) and node.style is None
        return None if is_plain and text in _NULLS else text

    def _convert_pairs(self, node: yaml.MappingNode, keys: Keys, depth: int) -> Iterator[tuple[str, Data]]:
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            place = self._find_place(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self._refuse(place, "a key is a list or a mapping", "use a word as the key")
                continue
            if not self._accepts_tag(key_node):
                continue
            key = self._read_scalar(key_node)
            if key in lines:
                self.repeated += 1
                self._refuse(place, f"key {key!r} is already set on line {lines[key]}", "keep one of the two")
            elif key == "<<" and not self.tagged:
                self._refuse(place, "merge keys (<<) are not supported", "write the keys out again")
            else:
                lines[key] = place.line
                self.places[*keys, key] = Place(self._find_place(value_node), place)
                yield key, self.convert(value_node, (*keys, key), depth + 1)

    def _read_scalar(self, node: yaml.Node) -> str:
        text = str(node.value)
        if found := UNPRINTABLE.search(text):
            told = f"the value holds the control character U+{ord(found[0]):04X}"
            self._refuse(self._find_place(node), told, "write it without")
        return text

    def _accepts_tag(self, node: yaml.Node) -> bool:
        if self.tagged or node.tag in _PLAIN_TAGS:
            return True
        if node.tag == _ALIAS:
            told, hint = f"the alias {node.value} repeats another part of the file", "write the part out again"
        else:
            told = f"tag {node.tag!r} is not allowed"
            hint = "remove it; every value is text, a list or a mapping"
        self._refuse(self._find_place(node), told, hint)
        return False

    def _find_place(self, node: yaml.Node) -> Source:
        return Source(self.path, node.start_mark.line + 1, node.start_mark.column + 1)

    def _refuse(self, source: Source, message: str, hint: str) -> None:
        self.problems.append(Problem("YAML", source, message, hint))


# ---- shapes


def fit(file: YamlFile, shape: type[Model], *keys: str | int) -> Model:
    """The file's data (or the part under `keys`) as a model. Raises NoticeError with every mistake at its place."""
    return _validate(file, keys, shape.model_validate, shape.model_json_schema)


def fit_each(file: YamlFile, adapter: TypeAdapter[T]) -> T:
    """The same through a type adapter, for files that are a mapping of names to models."""
    return _validate(file, (), adapter.validate_python, adapter.json_schema)


def _validate(file: YamlFile, keys: Keys, validate: Callable[[Any], T], describe: Callable[[], dict[str, Any]]) -> T:
    data: Any = file.data
    for key in keys:
        data = data[key]
    try:
        return validate({} if data is None else data)
    except ValidationError as error:
        known = _list_keys(describe())
        raise NoticeError(_explain(file, keys, item, known) for item in error.errors()) from None


def _list_keys(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """Every key that some part of a file of this shape may have."""
    parts = [schema, *schema.get("$defs", {}).values()]
    return tuple(dict.fromkeys(key for part in parts for key in part.get("properties", {})))


_MESSAGES = {
    "model_type": "expected a mapping (keys and values)",
    "model_attributes_type": "expected a mapping (keys and values)",
    "dict_type": "expected a mapping (keys and values)",
    "list_type": "expected a list",
    "string_type": "expected a text",
    "too_short": "expected at least one",
}
"""Pydantic's kinds of mistakes in words for people who write no Python."""


def _explain(file: YamlFile, prefix: Keys, item: Mapping[str, Any], known: tuple[str, ...]) -> Problem:
    """A pydantic error (ErrorDetails) in words, at the place of the value or key it is about."""
    # Its location names branches of unions too: keep only what leads through the file.
    keys = prefix
    for step in item["loc"]:
        if (*keys, step) in file.places:
            keys = (*keys, step)
    kind, name = item["type"], str(item["loc"][-1]) if item["loc"] else "the file"
    if kind == "extra_forbidden":
        close = difflib.get_close_matches(name, known, 1, cutoff=0.75)
        hint = f"did you mean {close[0]!r}?" if close else "see the schema of this file for the keys it may have"
        return Problem("YAML", file.key_source(*keys), f"unknown key {name!r}", hint)
    if kind == "missing":
        return Problem("YAML", file.source(*keys), f"{name!r} is missing", f"add '{name}:' here")
    message = _MESSAGES.get(kind) or item["msg"].removeprefix("Value error, ")
    if kind == "literal_error":
        message = f"expected {item['ctx']['expected']}, found {item['input']!r:.60}"
    key = next((step for step in reversed(keys) if isinstance(step, str)), name)
    if name == "[key]":
        return Problem("YAML", file.key_source(*keys), f"key {key!r}: {message}", "correct the key here")
    return Problem("YAML", file.source(*keys), f"{key!r}: {message}", "correct the value here")


# ---- writing


class FlowList(list[str]):
    """A list that is written on as few lines as it fits."""


class _Dumper(yaml.SafeDumper):
    """Writes what the strict reader reads, and what other readers take for the same text."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012 - PyYAML reads it from the class

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True


def _represent_flow_list(dumper: yaml.SafeDumper, data: FlowList) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)


_Dumper.add_representer(FlowList, _represent_flow_list)
# Text that would be taken for nothing, or elsewhere for a switch (Norway's NO) or a number, is put in quotes.
_NOT_TEXT = re.compile(
    r"(|~|=|<<|null|Null|NULL|[yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|True|TRUE|False|FALSE"
    r"|[-+]?(\.?[0-9][0-9_,.:]*([eE][-+]?[0-9]+)?|0[xob][0-9a-fA-F_]+|\.(inf|Inf|INF))|\.(nan|NaN|NAN))$"
)
_Dumper.add_implicit_resolver("tag:yaml.org,2002:null", _NOT_TEXT, None)


def write_yaml(data: Mapping[str, Any]) -> str:
    """Text, lists and mappings as YAML, in the order given; the same data always gives the same bytes."""
    return str(yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110))
