"""Files that people write: read strictly, every value with its place, every mistake reported.

YAML here has no surprises: plain scalars stay text (`NO` is not false, `1.10` is not 1.1), a repeated key, an alias
or a tag is an error. Shapes are pydantic models; what they refuse comes back as problems with file, line and column.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from noticepress.errors import NoticeError, Problem, Source

MAX_BYTES = 4_000_000
MAX_DEPTH = 40
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u2028\u2029\ufeff\ufffe\uffff\ue000-\uf8ff]")
_NULLS = {"", "~", "null"}
_PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "map", "seq")}

Data = dict[str, "Data"] | list["Data"] | str | None
Model = TypeVar("Model", bound=BaseModel)


class _Loader(yaml.SafeLoader):
    """Composes nodes and resolves nothing: every plain scalar is text."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012 - PyYAML reads it from the class


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
    places: Mapping[tuple[str | int, ...], Place]

    def source(self, *keys: str | int) -> Source:
        """Where a value stands; the nearest place above it where it is absent."""
        while keys and keys not in self.places:
            keys = keys[:-1]
        return self.places[keys].value if keys in self.places else Source(self.path)

    def key_source(self, *keys: str | int) -> Source:
        """Where the key of a value stands."""
        return self.places[keys].key if keys in self.places else self.source(*keys)


def read_text(root: Path, relative: str) -> str:
    """A text file below `root`, as UTF-8 with line feeds. Raises NoticeError (TEXT) for anything else."""
    path = root / relative
    try:
        if not path.resolve().is_relative_to(root.resolve()):
            raise _text_error(relative, "leads out of the site", "put the file itself here, not a link to another place")
        raw = path.read_bytes()
    except FileNotFoundError:
        raise _text_error(relative, "the file is missing", f"create {relative}") from None
    except OSError as error:
        raise _text_error(relative, f"cannot be read: {error.strerror or error}", "make it a readable file") from None
    if len(raw) > MAX_BYTES:
        raise _text_error(relative, f"is larger than {MAX_BYTES:,} bytes", "split it into smaller files")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        raise _text_error(relative, "is not UTF-8 here", "save the file as UTF-8", line, column) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - (text.rfind("\n", 0, found.start()) + 1) + 1
        name = f"U+{ord(found[0]):04X}"
        raise _text_error(relative, f"holds the control character {name}", "delete it", line, column)
    return text


def _text_error(path: str, message: str, hint: str, line: int = 1, column: int = 1) -> NoticeError:
    return NoticeError([Problem("TEXT", Source(path, line, column), message, hint)])


def read_yaml(root: Path, relative: str, *, tagged: bool = False) -> YamlFile:
    """A YAML file below `root`. `tagged` lets foreign tags pass as text (MkDocs's own settings use them)."""
    return parse_yaml(read_text(root, relative), relative, tagged=tagged)


def parse_yaml(text: str, path: str, *, tagged: bool = False) -> YamlFile:
    """YAML text to data and places. Raises NoticeError (YAML) with every mistake that can be told apart."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Source(path, mark.line + 1, mark.column + 1) if mark else Source(path)
        message = " ".join(part for part in (error.context, error.problem) if part)
        raise NoticeError([Problem("YAML", place, message, "check the indentation, colons and quotes here")]) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        reason = "is nested too deeply" if isinstance(error, RecursionError) else f"cannot be read: {error}"
        raise NoticeError([Problem("YAML", Source(path), reason, "write plain YAML")]) from None
    reader = _NodeReader(path, tagged=tagged)
    data = reader.convert(node, (), 0) if node is not None else None
    if reader.problems:
        raise NoticeError(reader.problems)
    return YamlFile(path, data, reader.places)


class _NodeReader:
    """Turns YAML nodes into plain data, and remembers where each value stood."""

    def __init__(self, path: str, *, tagged: bool) -> None:
        self.path = path
        self.tagged = tagged
        self.problems: list[Problem] = []
        self.places: dict[tuple[str | int, ...], Place] = {}
        self._seen: set[int] = set()

    def convert(self, node: yaml.Node, keys: tuple[str | int, ...], depth: int) -> Data:
        """One node and all below it."""
        here = self._at(node)
        self.places.setdefault(keys, Place(here, here))
        if depth > MAX_DEPTH:
            return self._refuse(here, "is nested too deeply", f"stay within {MAX_DEPTH} levels")
        if not isinstance(node, yaml.ScalarNode):
            if id(node) in self._seen:
                return self._refuse(here, "an alias (*) repeats another part of the file", "write the part out again")
            self._seen.add(id(node))
        if not self.tagged and node.tag not in _PLAIN_TAGS:
            return self._refuse(here, f"tag {node.tag!r} is not allowed", "remove it; every value is text, a list or a mapping")
        if isinstance(node, yaml.MappingNode):
            return self._convert_mapping(node, keys, depth)
        if isinstance(node, yaml.SequenceNode):
            return [self.convert(item, (*keys, index), depth + 1) for index, item in enumerate(node.value)]
        text = str(node.value)
        return None if node.style is None and text in _NULLS else text

    def _convert_mapping(self, node: yaml.MappingNode, keys: tuple[str | int, ...], depth: int) -> Data:
        found: dict[str, Data] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            place = self._at(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self._refuse(place, "a key is a list or a mapping", "use a word as the key")
                continue
            key = str(key_node.value)
            if key in found:
                self._refuse(place, f"key {key!r} is already set on line {lines[key]}", "keep one of the two")
                continue
            if key == "<<":
                self._refuse(place, "merge keys (<<) are not supported", "write the keys out again")
                continue
            lines[key] = place.line
            self.places[(*keys, key)] = Place(self._at(value_node), place)
            found[key] = self.convert(value_node, (*keys, key), depth + 1)
        return found

    def _at(self, node: yaml.Node) -> Source:
        return Source(self.path, node.start_mark.line + 1, node.start_mark.column + 1)

    def _refuse(self, source: Source, message: str, hint: str) -> None:
        self.problems.append(Problem("YAML", source, message, hint))


def fit(file: YamlFile, shape: type[Model], *keys: str | int) -> Model:
    """The file's data (or the part under `keys`) as a model. Raises NoticeError with every mistake at its place."""
    data: Any = file.data
    for key in keys:
        data = data[key] if isinstance(data, dict | list) else None
    try:
        return shape.model_validate({} if data is None else data)
    except ValidationError as error:
        known = _known_keys(shape)
        raise NoticeError(_explain(file, keys, item, known) for item in error.errors()) from None
    except RecursionError:
        raise NoticeError([Problem("YAML", file.source(*keys), "is nested too deeply", "write it flat")]) from None


def fit_each(file: YamlFile, adapter: TypeAdapter[Any]) -> Any:  # noqa: ANN401 - the adapter knows the type
    """The file's data through a type adapter (for files that are a mapping of names to models)."""
    try:
        return adapter.validate_python({} if file.data is None else file.data)
    except ValidationError as error:
        raise NoticeError(_explain(file, (), item, ()) for item in error.errors()) from None


def _known_keys(shape: type[BaseModel]) -> tuple[str, ...]:
    """Every key that some part of a file of this shape may have."""
    schema = shape.model_json_schema(by_alias=True)
    parts = [schema, *schema.get("$defs", {}).values()]
    return tuple(dict.fromkeys(key for part in parts for key in part.get("properties", {})))


def _explain(
    file: YamlFile,
    prefix: tuple[str | int, ...],
    item: Any,  # noqa: ANN401 - pydantic's ErrorDetails
    known: tuple[str, ...],
) -> Problem:
    """A pydantic error in words, at the place of the value it is about."""
    # Locations name union branches and "[key]" too: keep only what leads through the file.
    keys: tuple[str | int, ...] = prefix
    for step in item["loc"]:
        if (*keys, step) in file.places:
            keys = (*keys, step)
    name = str(item["loc"][-1]) if item["loc"] else "the file"
    kind = item["type"]
    context = item.get("ctx") or {}
    if kind == "extra_forbidden":
        close = difflib.get_close_matches(name, known, 1)
        hint = f"did you mean {close[0]!r}?" if close else "see the schema of this file for the keys it may have"
        return Problem("YAML", file.key_source(*keys), f"unknown key {name!r}", hint)
    if kind == "missing":
        return Problem("YAML", file.source(*keys), f"{name!r} is missing", f"add '{name}:' here")
    message = item["msg"].removeprefix("Value error, ")
    if kind in {"model_type", "dict_type", "model_attributes_type"}:
        message = "expected a mapping (keys and values)"
    elif kind in {"list_type", "tuple_type"}:
        message = "expected a list"
    elif kind == "string_type":
        message = "expected a text"
    elif kind == "literal_error":
        message = f"expected {context.get('expected', 'another value')}, found {_shorten(item['input'])}"
    key = next((step for step in reversed(keys) if isinstance(step, str)), name)
    return Problem("YAML", file.source(*keys), f"{key!r}: {message}", "correct the value here")


def _shorten(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…'"


class _Dumper(yaml.SafeDumper):
    """Writes what the strict reader reads: text stays plain unless it would be taken for nothing."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012 - PyYAML reads it from the class

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True


class FlowList(list[str]):
    """A list that is written on as few lines as it fits."""


_Dumper.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), None)
_Dumper.add_representer(FlowList, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True))


def write_yaml(data: Mapping[str, Any]) -> str:
    """Text, lists and mappings as YAML, in the order given; the same data always gives the same bytes."""
    return str(yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110))
