"""The commands of the pipeline: build and preview, verify, and the instants at which to build again."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from noticepress.cli.examining import Place, examine_files
from noticepress.cli.options import (
    FOLDER,
    OLD_FOLDER,
    READABLE,
    echo_json,
    now,
    read_address,
    with_as_of,
    with_format,
    with_site,
)
from noticepress.cli.press import open_press
from noticepress.errors import Problem, errors_of

if TYPE_CHECKING:
    from noticepress.model import AsOf
    from noticepress.publish import Press


@click.command()
@with_site
@with_as_of()
@click.option("--out", type=FOLDER, metavar="DIR", help="Where to (default: site/ in the site).")
@click.option("--drafts", is_flag=True, help="Also what is being prepared, marked as a draft.")
@click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help="Processes to make pages in (default: one for each processor)."
)
def build(*, site: Path, as_of: AsOf, out: Path | None, drafts: bool, jobs: int | None) -> None:
    """Write the site, whole or not at all.

    Files that say what they said before stay as they are, with their time.
    """
    from noticepress.publish import count_processors, publish_site

    press = open_press(site, as_of, drafts=drafts)
    press.jobs = jobs or count_processors()
    _tell_unprinted(press)
    target = out or site / "site"
    with _show_progress(press, "building"):
        made = publish_site(site, target, press)
    click.echo(f"{made.pages} pages in {target.resolve()}")
    click.echo(f"{made.changed} of {made.files} files are new or changed", err=True)


def _tell_unprinted(press: Press) -> None:
    """Which PDFs `pdf: auto` leaves out, and why."""
    settings, printer = press.site.view.library.settings, press.site.printer
    if settings.pdf == "auto" and printer is None:
        click.echo("without PDFs: Typst is not installed (pip install 'noticepress[pdf]')", err=True)
    elif printer is not None:
        for locale, reason in printer.unprintable.items():
            click.echo(f"without PDFs in '{locale}': {reason}; install a font for it", err=True)


@contextmanager
def _show_progress(press: Press, label: str) -> Iterator[None]:
    """A bar while a terminal watches, silence otherwise."""
    if not sys.stderr.isatty():
        yield
        return
    with click.progressbar(length=press.count_steps(), label=label, file=sys.stderr) as bar:
        press.progress = bar.update
        yield


@click.command()
@with_site
@with_as_of()
@click.option("--address", default="127.0.0.1:8000", callback=read_address, metavar="HOST:PORT", show_default=True)
@click.pass_context
def serve(ctx: click.Context, *, site: Path, as_of: AsOf, address: str) -> None:
    """Preview with drafts, new at every change.

    Shows each draft beside its redline against the version in force, and every mistake at its place until it is
    mended. Stop it with Ctrl-C.
    """
    from noticepress.preview import serve_preview
    from noticepress.reports import tell_problems

    def tell(problems: tuple[Problem, ...], trouble: str) -> None:
        if trouble:
            click.echo(trouble, err=True)
        click.echo(tell_problems(problems, "the preview shows them") if problems else "nothing found.", err=True)

    is_given = ctx.get_parameter_source("as_of") is click.core.ParameterSource.COMMANDLINE
    serve_preview(
        site,
        address,
        (lambda: as_of) if is_given else now,
        tell,
        lambda: click.echo(f"preview with drafts on http://{address}/ (stop with Ctrl-C)", err=True),
    )


@click.command()
@click.argument("files", nargs=-1, type=READABLE, metavar="[FILE]...")
@with_site
@with_as_of()
@click.option("--built", type=OLD_FOLDER, metavar="DIR", help="A built site to check as well, or to look files up in.")
@click.option("--live", metavar="URL", help="A deployed site to check as well, or to look files up in.")
@with_format("text", "json")
def verify(*, files: tuple[Path, ...], site: Path, as_of: AsOf, built: Path | None, live: str | None, form: str) -> int:
    """Check what was published, or saved copies of it.

    Reads every sealed version, and the built or deployed site if you name one: hashes and chain. Exits with 1 where a
    word differs.

    With FILEs (- is standard input), tells of each plain text that somebody saved (notice.md) which published edition
    it is, and when that applied. It is looked up among the sealed versions; with --built or --live only there, and no
    sources are needed. Exits with 1 where one of them is none.

    \b
        noticepress verify notice.md
        noticepress verify notice.md --live https://privacy.example.com/
    """  # noqa: D301 - click's mark for lines to be left as they are
    if files:
        return examine_files(files, Place(site, as_of, built, live), form)
    from noticepress.library import read_library
    from noticepress.reports import describe_problem, tell_problems
    from noticepress.verification import (
        fetch_site_file,
        find_broken_seals,
        read_built_file,
        read_root,
        verify_published,
    )

    reading = read_library(site)
    versions = [version for found in reading.library.versions.values() for version in found]
    problems = [*find_broken_seals(reading)]
    published = {str(built): read_built_file(built)} if built else {}
    published |= {live: fetch_site_file(live)} if live else {}
    for place, read in published.items():
        problems += verify_published(read, versions, place)
    root = next((read_root(read) for read in reversed(published.values())), None)
    editions = sum(len(version.editions) for version in versions)
    if form == "json":
        told = [describe_problem(problem) for problem in problems]
        echo_json({"versions": len(versions), "editions": editions, "root": root, "problems": told})
    elif problems:
        is_wrong = bool(errors_of(problems))
        click.echo(tell_problems(problems, f"what was published is {'not ' if is_wrong else ''}what is here"))
    else:
        where = "".join(f", {place}" for place in published)
        click.echo(f"{len(versions)} versions, {editions} editions{where}: all hashes and the chain are right.")
    return 1 if errors_of(problems) else 0


@click.command()
@with_site
@with_as_of()
@with_format("text", "json")
@click.option("--all", "every", is_flag=True, help="Past ones too.")
def transitions(*, site: Path, as_of: AsOf, form: str, every: bool) -> None:
    """The instants at which the site must be built again."""
    from noticepress.history import find_transitions
    from noticepress.library import load_library
    from noticepress.reports import describe_transition, tell_transitions

    library = load_library(site)
    found = [
        item
        for item in find_transitions(library.versions, library.entities.values(), library.settings.zone)
        if every or item.is_ahead(as_of)
    ]
    rows = [describe_transition(transition) for transition in found]
    if form == "json":
        echo_json({"transitions": rows})
    else:
        click.echo(tell_transitions(rows) if rows else "none ahead.")
