"""The commands that tell where things stand, and what an edit changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from noticepress.cli.options import OLD_FILE, echo_json, with_as_of, with_format, with_site
from noticepress.errors import NoticeError, UsageError, errors_of

if TYPE_CHECKING:
    from noticepress.model import AsOf, Library, Version


@click.command()
@with_site
@with_as_of()
@with_format("text", "json")
def status(*, site: Path, as_of: AsOf, form: str) -> None:
    """What is in force, announced or being prepared.

    Tells each version's state, dates and languages, what is not announced yet, and the next transitions.
    """
    from noticepress.history import find_transitions, trace_notice
    from noticepress.library import load_library
    from noticepress.reports import describe_status, tell_status

    library = load_library(site)
    lines = {name: trace_notice(name, versions, as_of) for name, versions in library.versions.items()}
    ahead = [
        transition
        for transition in find_transitions(library.versions, library.entities.values(), library.settings.zone)
        if transition.is_ahead(as_of)
    ]
    found = describe_status(library, lines, _compose_drafts(library, as_of), ahead)
    if form == "json":
        echo_json(found)
    else:
        click.echo(tell_status(found))


def _compose_drafts(library: Library, as_of: AsOf) -> dict[str, Version]:
    """What is being prepared. Raises NoticeError where the regions do not say for whom."""
    from noticepress.checks.regions import find_region_problems
    from noticepress.site import compose_drafts

    if faults := errors_of(tuple(find_region_problems(library, as_of))):
        raise NoticeError(faults)
    return compose_drafts(library, as_of)


@click.command()
@click.argument("notice", required=False)
@with_site
@with_as_of()
@click.option("--files", nargs=2, type=OLD_FILE, metavar="OLD NEW", help="Two Markdown files in place of versions.")
@click.option(
    "--from", "older", default="", metavar="V", help="Default: the one before; for a draft, the one in force."
)
@click.option("--to", "newer", default="", metavar="V|draft", help="Default: the draft, else the newest version.")
@click.option("--region", default="", metavar="R", help="Default: the first one.")
@click.option("--locale", default="", metavar="L", help="Default: the site's source language.")
@with_format("text", "html", "json")
def diff(
    *, notice: str | None, site: Path, as_of: AsOf, files: tuple[Path, Path] | None, form: str, **choice: str
) -> None:
    """Changes and redline between two texts.

    Compares two versions of NOTICE, the working text with the version in force, or two Markdown files.

    \b
        noticepress diff visitors
        noticepress diff visitors --from 2012-03-09 --to 2015-01-14 --region us --locale de
        noticepress diff --files old.md new.md --format html
    """  # noqa: D301 - click's mark for lines to be left as they are
    from noticepress.library import load_library
    from noticepress.lookup import decode_text, find_texts
    from noticepress.redline import compare, to_json
    from noticepress.reports import tell_redline

    if bool(files) == bool(notice):
        raise UsageError("name a notice, or two files with --files OLD NEW; 'diff --help' shows how")
    if files:
        old, new = (decode_text(path.read_bytes(), str(path)) for path in files)
    else:
        library = load_library(site)
        old, new = find_texts(library, str(notice), _compose_drafts(library, as_of).get(str(notice)), as_of, **choice)
    found = compare(old, new)
    if form == "json":
        echo_json(to_json(found), indent=None)
    else:
        click.echo((found.html if form == "html" else tell_redline(found)).encode())
