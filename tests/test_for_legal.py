"""docs/for-legal.md is done as told, on a copy of this site: edits fit, and commands answer what it says."""

from __future__ import annotations

import io
import re
import shlex
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from noticepress.cli import main

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/for-legal.md"
TODAY = "2026-11-24"
"""The day of the page; a command that asks about another one says so itself."""

ANYTHING = "…"
FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)
FILE = re.compile(r"`((?:content|entities)/[\w./-]+|[\w.-]+\.(?:yml|po))`")
GOES_ON = re.compile(r"goes on from \[([^\]]+)\]\(#")
EDITS = {"diff", "yaml", "markdown"}


@dataclass(frozen=True)
class Block:
    """What stands between fences, and the file that was named last before it."""

    kind: str
    body: str
    file: str


@dataclass(frozen=True)
class Task:
    """A section of the page; it begins on the site as it is, or where another one ended."""

    title: str
    after: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Shown:
    """A command in the page, and the lines that it answers."""

    words: list[str]
    answer: list[str]


# ---- reading the page


def read_tasks(text: str) -> dict[str, Task]:
    """The sections of a page by their titles."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return {title: read_task(title, body) for title, body in zip(parts[1::2], parts[2::2], strict=True)}


def read_task(title: str, text: str) -> Task:
    blocks, end, file = [], 0, ""
    for fence in FENCE.finditer(text):
        indent, kind, body = fence.groups()
        file = next(reversed(FILE.findall(text[end : fence.start()])), file)
        lines = [line.removeprefix(indent) for line in body.splitlines(keepends=True)]
        blocks.append(Block(kind, "".join(lines), file))
        end = fence.end()
    after = GOES_ON.search(text)
    return Task(title, after[1] if after else "", tuple(blocks))


def read_commands(body: str) -> Iterator[Shown]:
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, *answer = part.splitlines()
        yield Shown(shlex.split(command), answer)


TASKS = read_tasks(PAGE.read_text(encoding="utf-8"))


# ---- doing what it says


def change_text(text: str, diff: str) -> str:
    """A text after a change of `-`, `+` and unchanged lines, whose place it names by its words."""
    lines = diff.splitlines(keepends=True)
    old, new = ("".join(line[1:] for line in lines if line[0] in marks) for marks in (" -", " +"))
    assert text.count(old) == 1, f"this stands {text.count(old)} times in the file:\n{old}"
    return text.replace(old, new)


def edit_file(site: Path, block: Block) -> None:
    assert block.file, f"no file is named before:\n{block.body}"
    path = site / block.file
    if block.kind == "diff":
        path.write_text(change_text(path.read_text(encoding="utf-8"), block.body), encoding="utf-8")
    else:
        path.write_text(block.body, encoding="utf-8")


def answer_command(site: Path, words: Sequence[str]) -> list[str]:
    """The lines that a command answers in the site's folder, as a terminal shows them."""
    screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(screen), redirect_stderr(screen):
        patch.chdir(site)
        patch.delenv("SOURCE_DATE_EPOCH", raising=False)
        patch.setenv("NOTICEPRESS_AS_OF", TODAY)
        patch.setattr(sys, "argv", list(words))
        main()
    buffer = screen.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode().splitlines()


def find_lack(found: Sequence[str], told: Sequence[str]) -> str:
    """The first line that is told and not found in its place; empty where all are. `…` stands for anything."""
    place, is_loose = 0, False
    for line in told:
        if line.strip() == ANYTHING:
            is_loose = True
            continue
        pattern = re.compile(".*".join(map(re.escape, line.rstrip().split(ANYTHING))))
        places = range(place, len(found)) if is_loose else range(place, min(place + 1, len(found)))
        hit = next((at for at in places if pattern.fullmatch(found[at].rstrip())), None)
        if hit is None:
            return line
        place, is_loose = hit + 1, False
    return "" if is_loose or place == len(found) else f"an end, where this follows: {found[place]}"


def do_task(site: Path, task: Task) -> None:
    for block in task.blocks:
        if block.kind in EDITS:
            edit_file(site, block)
        elif block.kind == "console":
            for shown in read_commands(block.body):
                found = answer_command(site, shown.words)
                lack = find_lack(found, shown.answer)
                assert not lack, "\n".join([f"$ {shlex.join(shown.words)}", *found, "---- the page says:", lack])


class Desks:
    """Copies of this site, each as a task leaves it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.done: dict[str, Path] = {}

    def leave(self, title: str) -> Path:
        """The site after a task, and after those that it goes on from; to be copied, never to be changed."""
        if title not in self.done:
            task = TASKS[title]
            begin = self.leave(task.after) if task.after else None
            site = self.folder / str(len(list(self.folder.iterdir())))
            if begin:
                shutil.copytree(begin, site)
            else:
                for name in ("content", "entities"):
                    shutil.copytree(ROOT / name, site / name)
                shutil.copy(ROOT / "mkdocs.yml", site)
            do_task(site, task)
            self.done[title] = site
        return self.done[title]


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Desks:
    return Desks(tmp_path_factory.mktemp("legal"))


@pytest.mark.parametrize("title", TASKS)
def test_a_task_is_done_as_told(title: str, desks: Desks) -> None:
    desks.leave(title)


# ---- the page


@pytest.mark.parametrize(
    "words",
    [
        "change a sentence",
        "change an address",
        "add a language",
        "add an entity",
        "prepare and release a version",
        "correct a typo",
        "read a finding",
    ],
)
def test_every_task_of_a_lawyer_is_told(words: str) -> None:
    task = next(task for title, task in TASKS.items() if title.lower() == words)
    assert any(block.kind == "console" for block in task.blocks)


def test_it_names_no_language_of_programmers() -> None:
    assert not re.search(r"python|\.py\b|traceback", PAGE.read_text(encoding="utf-8"), re.IGNORECASE)


def test_every_command_of_the_page_is_run() -> None:
    told = [line for task in TASKS.values() for block in task.blocks for line in block.body.splitlines()]
    shown = [
        shown
        for task in TASKS.values()
        for block in task.blocks
        if block.kind == "console"
        for shown in read_commands(block.body)
    ]
    assert len(shown) == sum(line.startswith("$ ") for line in told) > len(TASKS)
    assert {words.words[0] for words in shown} == {"noticepress"}


def test_every_task_goes_on_from_one_that_exists() -> None:
    assert {task.after for task in TASKS.values()} - {"", *TASKS} == set()


# ---- the test itself


@pytest.mark.parametrize(
    ("told", "lack"),
    [
        (["one", "two", "three"], ""),
        (["one", "…"], ""),
        (["…", "two", "…"], ""),
        (["…", "three"], ""),
        (["o…e", "t…", "three"], ""),
        (["one", "three"], "three"),
        (["one", "two"], "an end, where this follows: three"),
        (["…", "four", "…"], "four"),
        (["…", "two", "one", "…"], "one"),
        (["one", "two", "three", "four"], "four"),
        ([], "an end, where this follows: one"),
    ],
)
def test_an_answer_that_differs_is_seen(told: list[str], lack: str) -> None:
    assert find_lack(["one", "two", "three"], told) == lack


@pytest.mark.parametrize("text", ["", "old old", "other"])
def test_an_edit_that_does_not_fit_is_seen(text: str) -> None:
    with pytest.raises(AssertionError, match="times in the file"):
        change_text(text, "-old")


def test_an_edit_is_made_at_its_place() -> None:
    assert change_text("a\nb\nc\n", " a\n-b\n+x\n+y\n c\n") == "a\nx\ny\nc\n"
