"""The command line: the only place that prints, exits or asks the clock. Each command is a few lines over the flow.

Exit codes: 0 done, 1 findings or problems in what people wrote, 2 wrong usage, 3 something outside failed.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

import noticepress
from noticepress.errors import NoticeError, OutsideError, UsageError, errors_of

if TYPE_CHECKING:
    from noticepress.history import Transition
    from noticepress.model import AsOf, Library, Version
    from noticepress.publish import Press

DRAFTS = "NOTICEPRESS_DRAFTS"
PREVIEW = "NOTICEPRESS_PREVIEW"
AS_OF = "NOTICEPRESS_AS_OF"

Command = TypeVar("Command", bound=Callable[..., Any])


# ---- the run


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


def now() -> AsOf:
    """What "now" is for a run: what was asked for, else SOURCE_DATE_EPOCH, else the clock."""
    if asked := os.environ.get(AS_OF):
        return parse_as_of(asked)
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError):
            raise UsageError(
                f"SOURCE_DATE_EPOCH is no number of seconds: {epoch!r}; set it right or unset it"
            ) from None
    return datetime.now(UTC)


def parse_as_of(text: str) -> AsOf:
    """A date, or an instant with its offset. Raises UsageError."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
        instant = datetime.fromisoformat(text)
        if instant.tzinfo:
            return instant.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    else:
        raise UsageError(f"{text!r} has no offset from UTC; write {instant.isoformat()}+00:00")
    raise UsageError(f"{text!r} is no date; write 2012-03-09 or 2012-03-09T10:00:00+00:00")


def open_press(site: Path, as_of: AsOf | None = None, *, drafts: bool | None = None) -> Press:
    """Check a site and make it ready to be printed. Raises NoticeError with everything that is wrong.

    Without being told, it reads NOTICEPRESS_AS_OF and NOTICEPRESS_DRAFTS, so that plain `mkdocs build` obeys them too.
    """
    from noticepress.checks import find_problems
    from noticepress.library import read_library
    from noticepress.publish import Press, find_templates
    from noticepress.site import build_site

    moment = now() if as_of is None else as_of
    reading = read_library(site)
    if errors := errors_of(find_problems(reading, moment)):
        raise NoticeError(errors)
    templates = find_templates(site)
    wanted = os.environ.get(DRAFTS, "") not in {"", "0"} if drafts is None else drafts
    return Press(build_site(reading.library, moment, templates, drafts=wanted), templates)


def is_preview() -> bool:
    """Whether findings are shown in the browser rather than ending the run."""
    return os.environ.get(PREVIEW, "") not in {"", "0"}


def echo_json(data: Any, indent: int | None = 2) -> None:  # noqa: ANN401 - any plain data
    """Data for machines, on standard output: always UTF-8, whatever the terminal speaks."""
    click.echo(f"{json.dumps(data, ensure_ascii=False, indent=indent)}\n".encode(), nl=False)


# ---- options that several commands share


def _read_as_of(ctx: click.Context, param: click.Parameter, value: str | None) -> AsOf:
    if value is None:
        return now()
    try:
        return parse_as_of(value)
    except UsageError as error:
        raise click.BadParameter(str(error), ctx, param) from None


def _read_address(ctx: click.Context, param: click.Parameter, value: str) -> str:
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or int(port) >= 2**16:
        raise click.BadParameter(f"{value!r} is no address; write 127.0.0.1:8000", ctx, param)
    return value


def _find_site(ctx: click.Context, _: click.Parameter, value: Path | None) -> Path:
    return value or (ctx.obj if isinstance(ctx.obj, Path) else Path())


_FOLDER = click.Path(path_type=Path, file_okay=False)
_OLD_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)
_OLD_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


def with_site(command: Command) -> Command:
    """`--site DIR`: the site to work on."""
    told = "The site's folder (default: here); may stand before the command too."
    return click.option("--site", type=_OLD_FOLDER, callback=_find_site, metavar="DIR", help=told)(command)


def with_as_of(*names: str) -> Callable[[Command], Command]:
    """`--as-of`: what "now" means."""
    told = "What 'now' means: a date, or an instant with its offset (default: now, or SOURCE_DATE_EPOCH)."
    return click.option(*names, "--as-of", "as_of", callback=_read_as_of, metavar="DATE-or-INSTANT", help=told)


def with_format(*formats: str) -> Callable[[Command], Command]:
    """`--format`: for people or for machines."""
    return click.option("--format", "form", type=click.Choice(formats), default=formats[0], help="How to tell it.")


class _InOrder(click.Group):
    """Commands in the order of a day's work, as they stand below."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        return list(self.commands)


# ---- commands


@click.group(
    cls=_InOrder,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    no_args_is_help=True,
)
@click.version_option(noticepress.__version__, prog_name="noticepress")
@click.option("--site", type=_OLD_FOLDER, metavar="DIR", help="The site's folder (default: here).")
@click.pass_context
def commands(ctx: click.Context, site: Path | None) -> None:
    """Publish privacy notices: localized, versioned, with effective dates, redlines and a feed of changes.

    Legal edits content/ and entities/, looks with 'serve', asks with 'check' and 'diff', and seals a version with
    'release'. The pipeline runs 'build' at each instant that 'transitions' names, and 'verify' after it.

    Exit codes: 0 done, 1 something to mend in what people wrote, 2 called wrongly, 3 something outside failed.
    """
    ctx.obj = site


@commands.command()
@with_site
@with_as_of()
@click.option("--out", type=_FOLDER, metavar="DIR", help="Where to (default: site/ in the site).")
@click.option("--drafts", is_flag=True, help="Also what is being prepared, marked as a draft.")
def build(*, site: Path, as_of: AsOf, out: Path | None, drafts: bool) -> None:
    """Write the site, whole or not at all."""
    from noticepress.publish import publish_site

    press = open_press(site, as_of, drafts=drafts)
    target = out or site / "site"
    with _show_progress(press, "building"):
        pages = publish_site(site, target, press)
    click.echo(f"{pages} pages in {target.resolve()}")


@contextmanager
def _show_progress(press: Press, label: str) -> Iterator[None]:
    """A bar while a terminal watches, silence otherwise."""
    if not sys.stderr.isatty():
        yield
        return
    with click.progressbar(length=press.count_steps(), label=label, file=sys.stderr) as bar:
        press.progress = bar.update
        yield


@commands.command()
@with_site
@with_as_of()
@click.option("--address", default="127.0.0.1:8000", callback=_read_address, metavar="HOST:PORT", show_default=True)
@click.pass_context
def serve(ctx: click.Context, *, site: Path, as_of: AsOf, address: str) -> None:
    """Preview with drafts, built again at every change.

    Shows each page and its redline against the version in force. Stop it with Ctrl-C.
    """
    from noticepress.publish import serve_site

    if ctx.get_parameter_source("as_of") is click.core.ParameterSource.COMMANDLINE:
        os.environ[AS_OF] = as_of.isoformat()
    os.environ[DRAFTS] = "1"
    os.environ[PREVIEW] = "1"
    open_press(site, as_of, drafts=True)
    click.echo(f"preview with drafts on http://{address}/ (stop with Ctrl-C)", err=True)
    serve_site(site, address)


@commands.command()
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


@commands.command()
@with_site
@with_as_of()
@with_format("text", "json")
def status(*, site: Path, as_of: AsOf, form: str) -> None:
    """What is in force, announced or being prepared.

    Tells each version's state, dates and languages, what is not announced yet, and the next transitions.
    """
    from noticepress.history import trace_notice
    from noticepress.library import load_library
    from noticepress.reports import describe_status, tell_status

    library = load_library(site)
    lines = {name: trace_notice(name, versions, as_of) for name, versions in library.versions.items()}
    ahead = [transition for transition in _find_transitions(library) if transition.is_ahead(as_of)]
    found = describe_status(library, lines, _compose_drafts(library, as_of), ahead)
    if form == "json":
        echo_json(found)
    else:
        click.echo(tell_status(found))


def _find_transitions(library: Library) -> tuple[Transition, ...]:
    from noticepress.history import find_transitions

    return find_transitions(library.versions, library.entities.values(), library.settings.zone)


def _compose_drafts(library: Library, as_of: AsOf) -> dict[str, Version]:
    """What is being prepared. Raises NoticeError where the regions do not say for whom."""
    from noticepress.checks.regions import find_region_problems
    from noticepress.site import compose_drafts

    if faults := errors_of(tuple(find_region_problems(library, as_of))):
        raise NoticeError(faults)
    return compose_drafts(library, as_of)


@commands.command()
@click.argument("notice", required=False)
@with_site
@with_as_of()
@click.option("--files", nargs=2, type=_OLD_FILE, metavar="OLD NEW", help="Two Markdown files in place of versions.")
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


@commands.command()
@click.argument("notice")
@with_site
@with_as_of()
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@with_format("text", "json")
def release(*, notice: str, site: Path, as_of: AsOf, dry_run: bool, form: str) -> None:
    """Check NOTICE, then seal it as a version.

    The working text and next.yml become a folder under versions/ that nobody changes afterwards. Refuses with all
    reasons at once, and then writes nothing.
    """
    from noticepress.library import read_library
    from noticepress.release import prepare_release, seal_version

    sealing = prepare_release(read_library(site), notice, as_of)
    if not dry_run:
        seal_version(site, sealing)
    if form == "json":
        files = [f"{sealing.folder}/{name}" for name in sealing.files]
        echo_json({"notice": notice, "version": sealing.version, "written": not dry_run, "files": files})
        return
    for name, content in sealing.files.items():
        click.echo(f"  {sealing.folder}/{name}  {len(content):,} bytes")
    told = "would be sealed; nothing was written." if dry_run else "is sealed. Next: commit it, then 'build'."
    click.echo(f"{notice} {sealing.version} {told}")


@commands.command()
@click.argument("notice")
@click.option("--territory", required=True, metavar="CC", help="ISO 3166 code: JP, ES, US-CA.")
@click.option("--locale", required=True, metavar="L", help="The reader's language: en, pt-BR.")
@with_as_of("--on")
@with_site
@with_format("text", "json")
def show(*, notice: str, territory: str, locale: str, as_of: AsOf, site: Path, form: str) -> None:
    """The words that applied in a territory on a day.

    Tells which version of NOTICE that was, who answered, why, and in which language it was written.
    """
    from noticepress.library import load_library
    from noticepress.lookup import find_answer
    from noticepress.reports import describe_answer, tell_answer

    found = describe_answer(find_answer(load_library(site), notice, territory, locale, as_of))
    if form == "json":
        echo_json(found)
    else:
        click.echo(tell_answer(found))


@commands.command()
@with_site
@click.option("--built", type=_OLD_FOLDER, metavar="DIR", help="A built site to check as well.")
@click.option("--live", metavar="URL", help="A deployed site to check as well.")
@with_format("text", "json")
def verify(*, site: Path, built: Path | None, live: str | None, form: str) -> int:
    """Check hashes and chain of what was published.

    Reads every sealed version, and the built or deployed site if you name one. Exits with 1 where a word differs.
    """
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


@commands.command()
@with_site
@with_as_of()
@with_format("text", "json")
@click.option("--all", "every", is_flag=True, help="Past ones too.")
def transitions(*, site: Path, as_of: AsOf, form: str, every: bool) -> None:
    """The instants at which the site must be built again."""
    from noticepress.library import load_library
    from noticepress.reports import describe_transition, tell_transitions

    found = [item for item in _find_transitions(load_library(site)) if every or item.is_ahead(as_of)]
    rows = [describe_transition(transition) for transition in found]
    if form == "json":
        echo_json({"transitions": rows})
    else:
        click.echo(tell_transitions(rows) if rows else "none ahead.")


if __name__ == "__main__":
    run()
