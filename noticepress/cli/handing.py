"""How a comparison is handed out: to a terminal, to another program, or as a file."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from noticepress.cli.options import format_json
from noticepress.errors import UsageError

if TYPE_CHECKING:
    from noticepress.handouts import Handout


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts as Markdown, and what a handout says of them.

    `locales` are set where the texts are in two languages, so that they are set side by side. `headed` says that a text
    begins with what is compared; `note` is told beside it.
    """

    old: str
    new: str
    handout: Handout
    locales: tuple[str, str] | None = None
    headed: bool = False
    note: str = ""


def hand_out(comparison: Comparison, form: str, out: Path | None) -> None:
    """Print a comparison, or write it to a file and say so. Raises UsageError for a form that it does not have."""
    written = (_write_parallel if comparison.locales else _write_redline)(comparison, form, to_file=out is not None)
    if out is None:
        click.echo(written, nl=False)
    else:
        out.write_bytes(written)
        click.echo(f"written to {out}")


def _write_redline(comparison: Comparison, form: str, *, to_file: bool) -> bytes:
    from noticepress.handouts import write_docx, write_page
    from noticepress.redline import compare, describe
    from noticepress.redlines import fill, mark_redline, tell_redline

    if form == "json":
        return format_json(describe(comparison.old, comparison.new), indent=None)
    found, handout = compare(comparison.old, comparison.new), comparison.handout
    match form:
        case "docx":
            return write_docx(found, handout)
        case "html":
            return write_page(found, handout).encode()
        case "markdown":
            told = mark_redline(found)
        case _:
            told = tell_redline(found, coloured=not to_file and _shows_colours())
    head = f"{fill([(handout.headline, '')], '', '')}\n\n" if comparison.headed else ""
    return f"{head}{told}\n".encode()


def _write_parallel(comparison: Comparison, form: str, *, to_file: bool) -> bytes:  # noqa: ARG001  as above
    from noticepress.handouts import describe_parallel, write_parallel_page
    from noticepress.redlines import fill, pair_sections, tell_parallel

    handout, locales = comparison.handout, comparison.locales or ("", "")
    match form:
        case "json":
            return format_json(describe_parallel(pair_sections(comparison.old, comparison.new), handout, locales))
        case "html":
            return write_parallel_page(comparison.old, comparison.new, handout, locales).encode()
        case "text":
            rows = pair_sections(comparison.old, comparison.new)
            head = fill([(handout.headline, "")], "", "")
            return f"{head}\n\n{tell_parallel(rows, handout.old, handout.new)}\n".encode()
        case _:
            raise UsageError(
                f"two languages have no words in common to mark: --against-locale takes text, html or json, not {form}"
            )


def _shows_colours() -> bool:
    """Whether a terminal reads, and nobody asked for plain words (https://no-color.org)."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return wanted and sys.stdout.isatty()
