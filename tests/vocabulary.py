"""What schema.org defines of the types that our pages use: their properties, and what each may hold.

python -m tests.vocabulary FOLDER   (FOLDER: `npm pack schema-dts`, unpacked)

`tests/data/schema_org.json` is made from npm's schema-dts, which is made from schema.org's own vocabulary. Only facts
are kept: names of types, the types above them, names of properties, and the types of their values.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

FILE = Path(__file__).parent / "data" / "schema_org.json"
WANTED = (
    "Audience", "BreadcrumbList", "CollectionPage", "ContactPoint", "CreativeWork", "ItemList", "ListItem",
    "MediaObject", "Organization", "Person", "Place", "PostalAddress", "ProfilePage", "PropertyValue", "WebPage",
    "WebSite",
)  # fmt: skip
"""The types that are kept, with all above them."""

_INTERFACE = re.compile(
    r"^(?:export )?interface (\w+?)(Base|Leaf) extends ([^{]+) \{\n(.*?)^\}", re.MULTILINE | re.DOTALL
)
_PROPERTY = re.compile(r'^    "(\w+)"\?: SchemaValue<([^,]+), "\w+">;', re.MULTILINE)
_PARENT = re.compile(r"(\w+?)(?:Base|Leaf)\b")
_MEMBERS = re.compile(r"^export type (\w+) = (.*);$", re.MULTILINE)


def read_vocabulary() -> dict[str, Any]:
    """What is kept."""
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def extract(package: Path) -> dict[str, Any]:
    """The facts of schema-dts, unpacked in a folder."""
    text = (package / "dist" / "schema.d.ts").read_text(encoding="utf-8")
    parents: dict[str, list[str]] = {}
    properties: dict[str, dict[str, list[str]]] = {}
    for name, _, above, body in _INTERFACE.findall(text):
        parents.setdefault(name, [])
        parents[name] += [one for one in _PARENT.findall(above) if one != name and one not in parents[name]]
        for key, values in _PROPERTY.findall(body):
            properties.setdefault(name, {})[key] = sorted({v.strip() for v in values.split("|")} - {"IdReference"})
    kept = set(WANTED)
    while more := {above for name in kept for above in parents.get(name, ())} - kept:
        kept |= more
    told = {value for name in kept for values in properties.get(name, {}).values() for value in values}
    enumerations = {
        name: sorted(set(re.findall(r'"https://schema\.org/(\w+)"', members)))
        for name, members in _MEMBERS.findall(text)
        if name in told and '"https://schema.org/' in members
    }
    return {
        "source": _describe_source(package),
        "types": {
            name: {"parents": parents.get(name, []), "properties": properties.get(name, {})} for name in sorted(kept)
        },
        "enumerations": enumerations,
    }


def _describe_source(package: Path) -> str:
    found = json.loads((package / "package.json").read_text(encoding="utf-8"))
    return (
        f"npm {found['name']} {found['version']} ({found['license']}), from the vocabulary of schema.org, "
        "which is published under CC BY-SA 3.0: names of types and properties, and what each may hold"
    )


def find_faults(node: Any, vocabulary: Mapping[str, Any], where: str = "") -> Iterator[str]:  # noqa: ANN401 - plain data
    """What in a JSON-LD node schema.org does not define: types, properties of a type, sorts of values."""
    types = vocabulary["types"]
    name = node.get("@type")
    if name not in types:
        yield f"{where}: type {name!r}"
        return
    allowed = _list_properties(name, types)
    for key, value in node.items():
        if key.startswith("@"):
            continue
        place = f"{where}{name}.{key}"
        if key not in allowed:
            yield f"{place}: no such property"
            continue
        for one in value if isinstance(value, list) else [value]:
            yield from _judge(one, allowed[key], vocabulary, place)


def _judge(value: Any, ranges: list[str], vocabulary: Mapping[str, Any], place: str) -> Iterator[str]:  # noqa: ANN401
    if isinstance(value, dict):
        if not set(_list_above(value.get("@type", ""), vocabulary["types"])) & set(ranges):
            yield f"{place}: {value.get('@type')} is not one of {ranges}"
        yield from find_faults(value, vocabulary, f"{place} > ")
    elif not any(_is_of(value, sort, vocabulary["enumerations"]) for sort in ranges):
        yield f"{place}: {value!r} is not one of {ranges}"


def _is_of(value: Any, sort: str, enumerations: Mapping[str, list[str]]) -> bool:  # noqa: ANN401 - plain data
    """Whether a plain value is one of a data type, or a member of an enumeration."""
    if sort in _READ:
        return _READ[sort](value)
    prefix = "https://schema.org/"
    return str(value).startswith(prefix) and str(value).removeprefix(prefix) in enumerations.get(sort, ())


def _reads(read: Callable[[Any], object], value: Any) -> bool:  # noqa: ANN401 - plain data
    try:
        read(value)
    except (TypeError, ValueError):
        return False
    return True


_READ: Mapping[str, Callable[[Any], bool]] = {
    "Text": lambda value: isinstance(value, str),
    "URL": lambda value: isinstance(value, str) and urlsplit(value).scheme in {"http", "https"},
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "Boolean": lambda value: isinstance(value, bool),
    "Date": lambda value: _reads(date.fromisoformat, value),
    "DateTime": lambda value: "T" in str(value) and _reads(datetime.fromisoformat, value),
}
"""Schema.org's data types, and whether a value is one."""


def _list_above(name: str, types: Mapping[str, Any]) -> Iterator[str]:
    """A type and all above it."""
    yield name
    for above in types.get(name, {"parents": ()})["parents"]:
        yield from _list_above(above, types)


def _list_properties(name: str, types: Mapping[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in _list_above(name, types):
        found |= types[one]["properties"] if one in types else {}
    return found


if __name__ == "__main__":
    FILE.write_text(json.dumps(extract(Path(sys.argv[1])), indent=1, sort_keys=True) + "\n", encoding="utf-8")
