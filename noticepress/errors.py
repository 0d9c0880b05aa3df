"""What can be wrong, and where: every message to a person is made of these."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A place in a file: path relative to the site (POSIX), line and column counted from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: what is wrong, where, and the next step.

    `id` is that of a check (`FE05`), or `YAML` and `TEXT` for files that cannot be read.
    `jurisdiction` names the law that asks for it, `all` where everyone does.
    """

    id: str
    source: Source
    message: str
    hint: str = ""
    severity: Severity = "error"
    jurisdiction: str = "all"


class NoticeError(Exception):
    """People wrote something that cannot be used; carries every problem of the run, sorted by place.

    `found` is what could be read nevertheless, so that other problems can be told in the same run; None where nothing.
    """

    def __init__(self, problems: Iterable[Problem], found: object = None) -> None:
        self.problems = sort_problems(problems)
        self.found = found
        super().__init__("\n".join(f"{p.source}: {p.id} {p.message}" for p in self.problems))


class UsageError(Exception):
    """The command was called wrongly: an argument that names nothing, a folder that is no site."""


class OutsideError(Exception):
    """Something outside failed: the disk, the network, a mail server, MkDocs."""


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by file, line and column: the same words at the same place are one, whatever the hint."""
    found: dict[tuple[Source, str, str], Problem] = {}
    for problem in problems:
        found.setdefault((problem.source, problem.id, problem.message), problem)
    return tuple(found[key] for key in sorted(found))


def errors_of(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Only what stops a build or a release."""
    return tuple(p for p in problems if p.severity == "error")
