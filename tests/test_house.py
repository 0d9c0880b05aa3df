"""The rules of the house, held by reading the house: who may import whom, who touches the world, what no file names."""

from __future__ import annotations

import ast
import graphlib
import importlib.metadata
import os
import re
import shlex
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parent.parent

# A module imports from the rows above its own, and in its own row only from its left: the parts of one idea.
ROWS = """
errors processing model
blocks hypertext colours files reading localize markdown values documents
chain conversions sealed paperwork looks library
territories belonging bynames history order wording alignment moves protected changes redline marking
escaping programs placeholders filling written borrowing classes pins compose leadtime errata
exchange schemas lookup sides manifest feeds pages searching printing palette stylesheets indexes
impact summaries redlines handouts checks reports sarif
site inspection
sealing release mending corrections withdrawals translating publish preview verification copies probing notify
cli
__main__
"""
PLACES = {name: (row, place) for row, line in enumerate(ROWS.split("\n")) for place, name in enumerate(line.split())}

# A library is imported in one place, so that it can be replaced in one place.
IMPORTERS = {
    "yaml": {"reading"},
    "babel": {"localize"},
    "pyromark": {"markdown"},
    "polib": {"exchange"},
    "typst": {"printing"},
    "markdown": set[str](),
    "mkdocs": {"cli", "publish"},
    "material": set[str](),
}

EDGE = re.compile(
    r"(console\.)?print|input|(sys\.)?exit|os\._exit|quit|SystemExit"
    r"|(\w+\.)*(datetime|date)\.(now|today|utcnow)|time\.(time|time_ns|localtime|gmtime|ctime|strftime)"
)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def name_module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_module(path): path for path in sorted(ROOT.joinpath("noticepress").rglob("*.py"))}


def find_imports(source: str, modules: frozenset[str] = frozenset(MODULES)) -> Iterator[tuple[ast.stmt, str]]:
    """Every import, at the top or inside a function, as the full name of the module it reaches."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: imports name their module in full"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield node, inner if inner in modules else str(node.module)


def find_calls(source: str) -> list[str]:
    calls = (ast.unparse(node.func) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [call for call in calls if EDGE.fullmatch(call)]


def name_library(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement)[0].lower().replace("_", "-")


def get_part(module: str) -> str:
    """`noticepress.checks.links` is a part of `checks`, and has its place."""
    return f"{module}.".split(".")[1]


def find_committed_files() -> Iterator[Path]:
    """What a checkout holds: all but what .gitignore leaves out. Reads no git, so that an archive can be tested."""
    left_out = {".git"} | {line.strip("/") for line in read(ROOT / ".gitignore").splitlines() if "/" in line}
    for folder, names, files in os.walk(ROOT):
        names[:] = sorted(set(names) - left_out)
        yield from (Path(folder, name) for name in sorted(files))


COMMITTED = list(find_committed_files())


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_above(module: str) -> None:
    part = get_part(module)
    if not part:  # the package itself
        assert not [name for _, name in find_imports(read(MODULES[module])) if name.startswith("noticepress")]
        return
    assert part in PLACES, f"give {part!r} its place in ROWS"
    for node, name in find_imports(read(MODULES[module])):
        other = get_part(name) if name.startswith("noticepress.") else ""
        if other and other != part:
            (row, place), (other_row, other_place) = PLACES[part], PLACES[other]
            above = other_row < row or (other_row == row and other_place < place)
            assert above, f"{MODULES[module]}:{node.lineno}: {part} stands above {other} and may not import it"


def test_no_import_leads_back_to_where_it_started() -> None:
    graph = {
        module: {name for _, name in find_imports(read(path)) if name in MODULES and name != "noticepress"}
        for module, path in MODULES.items()
    }
    assert len(list(graphlib.TopologicalSorter(graph).static_order())) == len(MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_a_library_is_imported_only_by_its_own_module(module: str) -> None:
    source = read(MODULES[module])
    for node, name in find_imports(source):
        library = name.partition(".")[0]
        assert get_part(module) in IMPORTERS.get(library, {get_part(module)}), f"line {node.lineno}: {library}"
        if library == "mkdocs" and get_part(module) == "cli":
            assert node not in ast.parse(source).body
            assert node.col_offset > 0, f"line {node.lineno}: cli calls MkDocs late"


def test_every_library_in_use_is_declared() -> None:
    project = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    declared = {name_library(line) for line in lines}
    distributions = importlib.metadata.packages_distributions()
    imported = {name.partition(".")[0] for path in MODULES.values() for _, name in find_imports(read(path))}
    for package in imported - sys.stdlib_module_names - {"noticepress"}:
        assert declared & {name_library(name) for name in distributions[package]}, package


@pytest.mark.parametrize("module", [module for module in MODULES if get_part(module) != "cli"])
def test_only_the_command_line_prints_exits_or_asks_the_clock(module: str) -> None:
    assert find_calls(read(MODULES[module])) == []


@pytest.mark.parametrize(
    "source",
    [
        "print(1)",
        "sys.exit(1)",
        "raise SystemExit(1)",
        "def f(): return datetime.now(UTC)",
        "datetime.date.today()",
        "x = time.time()",
    ],
)
def test_a_call_to_the_world_is_seen(source: str) -> None:
    assert find_calls(source)


@pytest.mark.parametrize("source", ["parse(date)", "history.today(x)", "time(0, 0)", "time.perf_counter()"])
def test_other_calls_are_left_alone(source: str) -> None:
    assert not find_calls(source)


def test_an_import_is_seen_wherever_it_hides() -> None:
    source = "def f():\n    from noticepress import site\n    import yaml.nodes"
    assert [name for _, name in find_imports(source, frozenset({"noticepress.site"}))] == [
        "noticepress.site",
        "yaml.nodes",
    ]


def test_the_engine_knows_no_company() -> None:
    engine = [path for path in COMMITTED if path.relative_to(ROOT).parts[0] in {"noticepress", "hooks"}]
    assert engine
    assert [path for path in engine if b"userzoom" in path.read_bytes().lower()] == []


# Written in pieces: this file is committed too.
HOSTS = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("deb", "debian"))]
PLACES_OF_A_MACHINE = ["/".join(("", *parts)) for parts in (("root", "x"), ("work", "x"), ("home", "someone", "x"))]
NAMED = re.compile("|".join([*map(re.escape, HOSTS), r"(?<![\w./])/(root|work|home/\w+)\b"]))


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_file_names_a_registry_or_a_machine(path: Path) -> None:
    found = NAMED.search(path.read_bytes().decode(errors="replace"))
    assert found is None, f"names {found[0]}"


@pytest.mark.parametrize("text", [*HOSTS, *PLACES_OF_A_MACHINE])
def test_such_a_name_is_seen(text: str) -> None:
    assert NAMED.search(f"{text}/simple")
    assert NAMED.search(f"cd '{text}'")


@pytest.mark.parametrize("text", ["https://example.com/home/", "../work/", "the chooser at /homeless"])
def test_an_address_is_not_taken_for_a_machine(text: str) -> None:
    assert not NAMED.search(text)


@pytest.mark.parametrize("lock", ["site.lock", "dev.lock"])
def test_a_lock_pins_every_requirement_by_hash_and_says_nothing_else(lock: str) -> None:
    text = read(ROOT / "requirements" / lock)
    lines = text.replace("\\\n", "").splitlines()
    requirements = [line for line in lines if line.strip() and not line.startswith("#")]
    assert len(requirements) > 10
    pinned = re.compile(r"[a-z0-9.-]+==[\w.]+(\s+--hash=sha256:[0-9a-f]{64})+")
    assert [line[:60] for line in requirements if not pinned.fullmatch(line)] == []


def test_the_readme_and_the_pipeline_give_one_test_command() -> None:
    lines = [shlex.split(line, comments=True) for line in read(ROOT / ".ci" / "run").splitlines()]
    commands = [" ".join(words) for words in lines if words and words[0] not in {"set", "cd"}]
    assert commands == ["make test"]
    blocks = re.findall(r"^```\w*\n(.*?)^```", read(ROOT / "README.md"), flags=re.DOTALL | re.MULTILINE)
    shown = [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]
    assert shown.count("make test") == 1


def test_what_is_pinned_installs_on_the_oldest_python() -> None:
    """Debian 12 has Python 3.11.2: a package that asks for a later patch stops `make site` there."""
    pinned = re.findall(r"^([\w.-]+)==", (ROOT / "requirements/dev.lock").read_text(), re.MULTILINE)
    asked = {name: importlib.metadata.metadata(name)["Requires-Python"] for name in pinned if is_installed(name)}
    assert len(asked) > len(pinned) / 2
    assert [name for name, versions in asked.items() if "3.11.0" not in SpecifierSet(versions or "")] == []


def is_installed(name: str) -> bool:
    try:
        importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:  # of another platform
        return False
    return True
