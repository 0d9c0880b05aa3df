"""The command line: the only place that prints, exits or asks the clock. Each command is a few lines over the flow.

Exit codes: 0 done, 1 findings or problems in what people wrote, 2 wrong usage, 3 something outside failed.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import NoReturn

import click

import noticepress
from noticepress.cli.answering import show
from noticepress.cli.checking import check
from noticepress.cli.comparing import diff, status
from noticepress.cli.options import OLD_FOLDER, now, parse_as_of
from noticepress.cli.press import is_preview, open_press
from noticepress.cli.publishing import build, serve, transitions, verify
from noticepress.cli.releasing import correct, release, withdraw
from noticepress.cli.translating import translations
from noticepress.errors import NoticeError, OutsideError, UsageError

__all__ = ["commands", "is_preview", "main", "now", "open_press", "parse_as_of", "run"]


def run() -> NoReturn:
    """Run a command line, and end the process with its exit code."""
    sys.exit(main())


def main() -> int:
    """Run a command line; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that cannot show a letter is no reason to stop
            stream.reconfigure(errors="replace")
    try:
        return int(commands.main(standalone_mode=False) or 0)
    except SystemExit:  # so click ends when nobody reads what is printed any more
        return 3
    except click.ClickException as error:
        error.show()
        return 2
    except (NoticeError, UsageError, OutsideError, click.Abort, OSError) as error:
        told, code = _explain_end(error)
        click.echo(told, err=True)
        return code


def _explain_end(error: Exception) -> tuple[str, int]:
    """What to tell about the end of a run, and its exit code."""
    match error:
        case NoticeError():
            from noticepress.reports import tell_problems

            told, code = tell_problems(error.problems, "nothing was written"), 1
        case UsageError():
            told, code = str(error), 2
        case OSError():
            place = f"{error.filename}: " if error.filename else ""
            told = f"{place}{error.strerror or error}; look at the disk and at who may read and write there"
            code = 3
        case _:
            told, code = str(error) or "stopped.", 3
    return told, code


class _InOrder(click.Group):
    """Commands in the order of a day's work, as they are added below."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        return list(self.commands)


@click.group(
    cls=_InOrder,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    no_args_is_help=True,
)
@click.version_option(noticepress.__version__, prog_name="noticepress")
@click.option("--site", type=OLD_FOLDER, metavar="DIR", help="The site's folder (default: here).")
@click.pass_context
def commands(ctx: click.Context, site: Path | None) -> None:
    """Publish privacy notices: localized, versioned, with effective dates, redlines and a feed of changes.

    Legal edits content/ and entities/, looks with 'serve', asks with 'check' and 'diff', and seals a version with
    'release'. The pipeline runs 'build' at each instant that 'transitions' names, and 'verify' after it.

    Exit codes: 0 done, 1 something to mend in what people wrote, 2 called wrongly, 3 something outside failed.
    """
    ctx.obj = site


for command in (build, serve, check, status, diff, release, correct, withdraw, translations, show, verify, transitions):
    commands.add_command(command)
