"""What the tests of the checks have in common: a case is a small change to Acme's site, and what is told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from noticepress.checks import Built, find_problems
from noticepress.errors import Problem
from noticepress.library import read_library
from noticepress.model import AsOf
from tests import acme

EN, ES, JA = (f"content/website/{locale}.md" for locale in ("en", "es", "ja"))
NEXT = "content/website/next.yml"
NOTICE = "content/website/notice.yml"
SETTINGS = "mkdocs.yml"
REGIONS = "entities/regions.yml"

Edit = tuple[str, str, str]
"""A file, what stands in it, and what is put in its place."""

MARKS = {"error": "", "warning": "w ", "info": "i "}


@dataclass(frozen=True)
class Case:
    """Changes to Acme's site, and what one check then tells: the beginning of each finding; none for a near miss.

    A finding is written `path:line:column: message`, with `w ` before the message of a warning, `i ` of an info.
    `files` are written whole before `edits` are made. `has_history` begins from the site with two sealed versions.
    """

    check: str
    edits: Sequence[Edit] = ()
    told: Sequence[str] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    as_of: AsOf = acme.DRAFTING
    has_history: bool = False
    built: Built | None = None

    def __str__(self) -> str:
        return self.check


def make_case(folder: Path, case: Case) -> Path:
    """The site that a case is about."""
    site = acme.make_history(folder) if case.has_history else acme.make_site(folder)
    for path, text in case.files.items():
        acme.write_file(site, path, text)
    for path, old, new in case.edits:
        acme.replace_text(site, path, old, new)
    return site


def tell(problem: Problem) -> str:
    return f"{problem.source}: {MARKS[problem.severity]}{problem.message}"


def find(site: Path, check: str, as_of: AsOf = acme.DRAFTING, built: Built | None = None) -> list[str]:
    """What one check tells of a site."""
    return [tell(p) for p in find_problems(read_library(site), as_of, built) if p.id == check]


def assert_case(folder: Path, case: Case) -> None:
    """A case finds what it says, each finding beginning as told, and nothing else of its check."""
    found = find(make_case(folder, case), case.check, case.as_of, case.built)
    assert len(found) == len(case.told), found
    for line, beginning in zip(found, case.told, strict=True):
        assert line.startswith(beginning), f"{line!r} does not begin with {beginning!r}"


def in_every_text(old: str, new: str, locales: Sequence[str] = acme.LOCALES) -> list[Edit]:
    """The same change in every language."""
    return [(f"content/website/{locale}.md", old, new) for locale in locales]


LATER = date(2024, 6, 1)
"""A day after both of Acme's versions."""
