"""The command that tells everything that is wrong, before anything is published."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from noticepress.cli.options import echo_json, with_as_of, with_format, with_site
from noticepress.errors import errors_of

if TYPE_CHECKING:
    from noticepress.model import AsOf


@click.command()
@with_site
@with_as_of()
@with_format("text", "json")
def check(*, site: Path, as_of: AsOf, form: str) -> int:
    """Tell everything that is wrong, with the next step.

    Exits with 1 when one of the findings is an error; warnings stop nothing.
    """
    from noticepress.checks import find_problems
    from noticepress.library import read_library
    from noticepress.reports import describe_problem, tell_problems

    problems = find_problems(read_library(site), as_of)
    errors = errors_of(problems)
    if form == "json":
        echo_json({"problems": [describe_problem(problem) for problem in problems]})
    elif problems:
        advice = "mend these before you build or release" if errors else "nothing stands against a build or a release"
        click.echo(tell_problems(problems, f"docs/checks.md explains each; {advice}"))
    else:
        click.echo("nothing found.")
    return 1 if errors else 0
