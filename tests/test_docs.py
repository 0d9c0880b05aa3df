"""The documentation tells all there is, and nothing that is not: every name in it is held against the code."""

from __future__ import annotations

import ast
import json
import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import pytest

from noticepress.checks import CHECKS
from noticepress.cli import commands
from noticepress.documents import SettingsDocument, input_schemas
from noticepress.filling import _ENVIRONMENT
from noticepress.schemas import output_schemas
from tests.catalogue import put_tables

ROOT = Path(__file__).parent.parent
DOCS = sorted(ROOT.joinpath("docs").glob("*.md"))
PAGES = [ROOT / "README.md", *DOCS]
SOURCES = [path for folder in ("noticepress", "hooks") for path in sorted(ROOT.joinpath(folder).rglob("*.py"))]

FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"(`+).+?\1")
VARIABLE = re.compile(r"\b(?:NOTICEPRESS_[A-Z_]+|SOURCE_DATE_EPOCH|NO_MKDOCS_2_WARNING)\b")
CHECK_ID = re.compile(r"[A-Z]{2}\d{2}|YAML|TEXT|LOOK|WAIVER")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def name_page(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def is_told(name: str, text: str) -> bool:
    """Whether a name stands in code somewhere: `name`, `name: value`, `--name VALUE`."""
    return re.search(rf"`{re.escape(name)}(?![\w-])[^`\n]*`", text) is not None


# ---- commands


def find_commands(group: click.Group = commands, above: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command with its name; one in a group as `subscribers add`."""
    for name, command in group.commands.items():
        full = f"{above}{name}"
        yield full, command
        if isinstance(command, click.Group):
            yield from find_commands(command, f"{full} ")


COMMANDS = dict(find_commands())


def list_options(command: click.Command) -> list[str]:
    options = [param for param in command.params if isinstance(param, click.Option)]
    return [name for option in options for name in (*option.opts, *option.secondary_opts)]


def read_sections(text: str) -> dict[str, str]:
    """What stands under each heading of the second and third level."""
    parts = re.split(r"^#{2,3} (.+)$", FENCE.sub("", text), flags=re.MULTILINE)
    return {title.strip("` "): body for title, body in zip(parts[1::2], parts[2::2], strict=True)}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name: str) -> None:
    section = read_sections(read(ROOT / "docs/commands.md")).get(name)
    assert section is not None, f"docs/commands.md has no section '## {name}'"
    command = COMMANDS[name]
    assert [option for option in list_options(command) if not is_told(option, section)] == []
    for param in command.params:
        if isinstance(param, click.Argument) and param.required:
            assert param.make_metavar(click.Context(command)) in section
        if isinstance(param.type, click.Choice) and "text" in param.type.choices:
            assert [choice for choice in param.type.choices if not is_told(choice, section)] == []


def test_the_options_of_the_whole_are_documented() -> None:
    head = read(ROOT / "docs/commands.md").partition("## build")[0]
    for option in [*list_options(commands), "--help", "--version"]:
        assert re.search(rf"{option}\b", head), option


def test_no_command_or_option_is_documented_that_does_not_exist() -> None:
    text = read(ROOT / "docs/commands.md")
    known = {"--help", *(name for command in (commands, *COMMANDS.values()) for name in list_options(command))}
    told = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", FENCE.sub("", text)))
    assert told - known == set()
    titles = set(re.findall(r"^## (.+)$", text, re.MULTILINE))
    assert titles - set(COMMANDS) == {"Options of many commands", "Exit codes"}


def test_a_new_command_would_be_missed() -> None:
    assert "subscribers" not in read_sections("## build\n\n`--out`\n")
    assert not is_told("--out", "| `--output DIR` |")
    assert is_told("--out", "| `--out DIR` |")


# ---- keys


def find_keys(schema: Mapping[str, Any]) -> set[str]:
    """Every key that a file of this shape may have, at any depth."""
    parts = [schema, *schema.get("$defs", {}).values()]
    return {key for part in parts for key in part.get("properties", {})}


def test_every_setting_is_documented() -> None:
    text = read_place("settings.json")
    keys = find_keys(SettingsDocument.model_json_schema(by_alias=True))
    assert keys >= {"organisation", "lead_days"}
    assert sorted(key for key in keys if not is_told(key, text)) == []


PLACES = {
    "entity.json": "docs/entities.md",
    "regions.json": "docs/entities.md",
    "notice.json": "docs/writing.md",
    "next.json": "docs/versions.md",
    "processing.json": "docs/processing.md",
    "settings.json": "docs/settings.md docs/look.md",
    "waivers.json": "docs/checks.md",
    "translations.json": "docs/translations.md",
}
"""Where the keys of a file that people write are told; those of sealed files may be told anywhere."""


def read_place(schema: str) -> str:
    pages = [ROOT / page for page in PLACES[schema].split()] if schema in PLACES else DOCS
    return "\n".join(map(read, pages))


@pytest.mark.parametrize("schema", sorted(input_schemas()))
def test_every_key_of_a_file_is_documented(schema: str) -> None:
    text = read_place(schema)
    keys = find_keys(input_schemas()[schema])
    assert keys
    assert sorted(key for key in keys if not is_told(key, FENCE.sub("", text))) == []


# ---- checks


def find_check_ids() -> set[str]:
    """Every id of a check that the engine writes down."""
    return {text for path in SOURCES for text in list_messages(read(path)) if CHECK_ID.fullmatch(text)}


def find_rows() -> set[tuple[str, str]]:
    """Id and severity of each row in the table of checks."""
    return set(re.findall(r"^\| `(\w+)` \| (\w+) \|", read(ROOT / "docs/checks.md"), flags=re.MULTILINE))


def test_every_check_is_documented_with_its_severity() -> None:
    assert {(check.id, check.severity) for check in CHECKS.values()} - find_rows() == set()
    written = find_check_ids()
    assert written >= {"YAML", "TEXT", "FE05", "DV05"}
    assert written - {name for name, _ in find_rows()} == set()


def test_the_tables_of_checks_are_made_from_the_checks() -> None:
    page = read(ROOT / "docs/checks.md")
    assert put_tables(page) == page, "`make docs` writes the tables"


def test_no_check_is_documented_that_does_not_exist() -> None:
    assert {name for name, _ in find_rows()} - find_check_ids() == set()


# ---- variables, files, addresses


def test_every_variable_of_the_environment_is_documented() -> None:
    found = {name for path in SOURCES for name in VARIABLE.findall(read(path))}
    assert "NOTICEPRESS_AS_OF" in found
    text = read(ROOT / "docs/settings.md")
    assert sorted(name for name in found if not is_told(name, text)) == []


def test_every_schema_is_documented() -> None:
    text = read(ROOT / "docs/site.md")
    assert [name for name in {**input_schemas(), **output_schemas()} if not is_told(name, text)] == []


def test_every_legal_group_is_documented() -> None:
    text = read(ROOT / "docs/entities.md")
    groups = json.loads(read(ROOT / "noticepress/data/legal_groups.json"))["groups"]
    assert [name for name in groups if not is_told(name, text)] == []


def test_every_template_and_colour_is_documented() -> None:
    text = read(ROOT / "docs/pages.md")
    pages = [path.name for path in ROOT.joinpath("templates/pages").glob("*.html")]
    assert pages
    assert [name for name in pages if not is_told(name, text)] == []
    style = read(ROOT / "templates/theme/stylesheets/tokens.css")
    told = set(re.findall(r"--np-[a-z-]+", text))
    assert told - set(re.findall(r"--np-[a-z-]+", style)) == set()


def test_every_placeholder_and_filter_is_documented() -> None:
    text = read(ROOT / "docs/writing.md")
    own = {name for name, call in _ENVIRONMENT.filters.items() if call.__module__ == "noticepress.filling"}
    assert own >= {"names", "date"}
    assert sorted(name for name in own if not is_told(name, text)) == []
    source = read(ROOT / "noticepress/filling.py").partition("def gather_facts")[2].partition("\n# ----")[0]
    names = set(re.findall(r'^        "(\w+)": ', source, re.MULTILINE)) | set(re.findall(r'facts\["(\w+)"\]', source))
    assert names >= {"entities", "entity", "contact"}
    assert sorted(name for name in names if not re.search(rf"\{{\{{ {name}\b", text)) == []


# ---- links


def list_anchors(path: Path) -> set[str]:
    """The ids that headings have where Markdown is shown."""
    titles = re.findall(r"^#{1,6} (.+)$", FENCE.sub("", read(path)), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-") for title in titles}


def find_links(path: Path) -> Iterator[tuple[bool, str]]:
    """Whether it is a picture, and where it leads; what stands in code is no link."""
    for mark, target in LINK.findall(CODE.sub("", FENCE.sub("", read(path)))):
        yield bool(mark), target


def find_fault(page: Path, target: str) -> str:
    """What is wrong with a relative link; empty where nothing is."""
    name, _, anchor = target.partition("#")
    file = page.parent / name if name else page
    if not file.is_file():
        return f"{target} does not exist"
    if anchor and anchor not in list_anchors(file):
        return f"{target}: no such heading"
    return ""


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CONTRIBUTING.md"], ids=name_page)
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = [target for is_picture, target in find_links(page) if not is_picture and not re.match(r"\w+:", target)]
    assert [fault for target in targets if (fault := find_fault(page, target))] == []


@pytest.mark.parametrize("target", ["docs/nowhere.md", "docs/site.md#nowhere", "#nowhere"])
def test_a_link_to_nowhere_is_seen(target: str) -> None:
    assert find_fault(ROOT / "README.md", target)


def test_every_picture_exists_and_is_described() -> None:
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)\s]+)\)", read(ROOT / "README.md"))
    assert pictures
    for words, target in pictures:
        assert len(words) > 40
        assert ROOT.joinpath(target).is_file(), f"{target} is missing: make screenshots"


def test_the_readme_leads_to_every_page() -> None:
    targets = {target.partition("#")[0] for _, target in find_links(ROOT / "README.md")}
    assert [name for name in map(name_page, DOCS) if name not in targets] == []


def list_messages(source: str) -> Iterator[str]:
    """The texts in a module that are no docstrings."""
    tree = ast.parse(source)
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.value


def test_every_page_that_a_message_names_exists() -> None:
    texts = [text for path in SOURCES for text in list_messages(read(path))]
    named = {name for text in texts for name in re.findall(r"docs/[\w/-]+\.md", text)}
    assert "docs/rule-packs.md" in named
    assert sorted(name for name in named if not ROOT.joinpath(name).is_file()) == []


# ---- commands in fences


def find_command_lines(path: Path) -> Iterator[list[str]]:
    """The words of each command in a block of shell, or behind a `$`."""
    for _, language, body in FENCE.findall(read(path)):
        for line in body.splitlines():
            told = line.strip()
            if language == "sh" or told.startswith("$ "):
                yield shlex.split(told.removeprefix("$ "), comments=True)


def list_targets() -> set[str]:
    return set(re.findall(r"^([a-z][\w-]*):(?!=)", read(ROOT / "Makefile"), flags=re.MULTILINE))


def find_wrong_words(words: list[str]) -> list[str]:
    """What of a command line does not exist."""
    if words[:1] == ["make"]:
        return [word for word in words[1:] if "=" not in word and word not in list_targets()]
    if words[:1] == ["noticepress"]:
        name = next((name for name in (" ".join(words[1:3]), *words[1:2]) if name in COMMANDS), "")
        if not name:
            return words[1:2]
        known = {"--help", *list_options(COMMANDS[name])}
        return [word for word in words if word.startswith("--") and word.partition("=")[0] not in known]
    return []


@pytest.mark.parametrize("page", PAGES, ids=name_page)
def test_every_command_line_can_be_run(page: Path) -> None:
    assert [wrong for words in find_command_lines(page) if (wrong := find_wrong_words(words))] == []


def test_the_readme_begins_with_two_commands() -> None:
    lines = list(find_command_lines(ROOT / "README.md"))
    assert lines[:2] == [["make", "site"], ["make", "test"]]
    assert sum(words[:1] == ["noticepress"] for words in lines) > 5


@pytest.mark.parametrize("line", ["make nothing", "noticepress frobnicate", "noticepress build --colour"])
def test_a_command_line_that_cannot_be_run_is_seen(line: str) -> None:
    assert find_wrong_words(shlex.split(line))


# ---- prose


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "feeds.md"], ids=name_page)
def test_prose_has_one_sentence_a_line(page: Path) -> None:
    prose = CODE.sub("code", FENCE.sub("", read(page)))
    lines = [line for line in prose.splitlines() if not line.startswith(("|", "#", "!"))]
    assert [line for line in lines if re.search(r"[a-z)][.?!] +[A-Z]", line)] == []
