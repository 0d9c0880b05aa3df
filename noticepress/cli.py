"""The command line: the only place that prints, exits or asks the clock. Each command is a few lines over the flow.

Exit codes: 0 done, 1 findings or problems in what people wrote, 2 wrong usage, 3 something outside failed.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

import noticepress
from noticepress.errors import NoticeError, OutsideError, Problem, UsageError, errors_of

if TYPE_CHECKING:
    from noticepress.history import Line
    from noticepress.library import Reading
    from noticepress.model import AsOf, Library, Version
    from noticepress.publish import Press

DRAFTS = "NOTICEPRESS_DRAFTS"
AS_OF = "NOTICEPRESS_AS_OF"

Command = TypeVar("Command", bound=Callable[..., Any])


# ---- the run


def main() -> int:
    """Run a command line; returns the exit code."""
    try:
        return int(commands.main(standalone_mode=False) or 0)
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.Abort:
        click.echo("stopped; nothing was written.", err=True)
        return 3
    except click.ClickException as error:
        error.show()
        return 2
    except UsageError as error:
        click.echo(f"{error}", err=True)
        return 2
    except NoticeError as error:
        from noticepress.reports import tell_problems

        click.echo(tell_problems(error.problems, "nothing was written"), err=True)
        return 1
    except OutsideError as error:
        click.echo(f"{error}", err=True)
        return 3
    except BrokenPipeError:
        sys.stderr.close()
        return 3
    except OSError as error:
        click.echo(f"{error.filename or 'a file'}: {error.strerror or error}", err=True)
        return 3


def now() -> AsOf:
    """What "now" is for a run: what was asked for, else SOURCE_DATE_EPOCH, else the clock."""
    if asked := os.environ.get(AS_OF):
        return parse_as_of(asked)
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError):
            msg = f"SOURCE_DATE_EPOCH is no number of seconds: {epoch!r}"
            raise UsageError(msg) from None
    return datetime.now(UTC)


def parse_as_of(text: str) -> AsOf:
    """A date, or an instant with its offset. Raises UsageError."""
    try:
        if len(text) == len("2012-03-09"):
            return date.fromisoformat(text)
        instant = datetime.fromisoformat(text)
    except ValueError:
        msg = f"{text!r} is no date; write 2012-03-09 or 2012-03-09T10:00:00+00:00"
        raise UsageError(msg) from None
    if instant.tzinfo is None:
        msg = f"{text!r} is an instant without an offset from UTC; write {text}+00:00"
        raise UsageError(msg)
    return instant.astimezone(UTC)


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


def echo_json(data: Any) -> None:  # noqa: ANN401 - any plain data
    """Data for machines, on standard output."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


# ---- options that several commands share


class _AsOf(click.ParamType):
    name = "DATE-or-INSTANT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 - click's
        if not isinstance(value, str):
            return value
        try:
            return parse_as_of(value)
        except UsageError as error:
            self.fail(str(error), param, ctx)


def _find_site(ctx: click.Context, _: click.Parameter, value: Path | None) -> Path:
    return value or (ctx.obj if isinstance(ctx.obj, Path) else Path())


def with_site(command: Command) -> Command:
    """`--site DIR`: the site to work on."""
    kind = click.Path(path_type=Path, file_okay=False, exists=True)
    return click.option("--site", type=kind, callback=_find_site, metavar="DIR", help="The site's folder (default: here).")(command)


def with_as_of(command: Command) -> Command:
    """`--as-of`: what "now" means."""
    told = "What 'now' means: a date, or an instant with its offset (default: now, or SOURCE_DATE_EPOCH)."
    return click.option("--as-of", type=_AsOf(), default=now, show_default=False, help=told)(command)


def with_format(*formats: str) -> Callable[[Command], Command]:
    """`--format`: for people or for machines."""

    def decorate(command: Command) -> Command:
        return click.option("--format", "form", type=click.Choice(formats), default=formats[0], help="How to tell it.")(command)

    return decorate


def _is_locale_of(library: Library, locale: str) -> None:
    if locale not in library.settings.locales:
        msg = f"{locale!r} is not a language of this site; it has: {', '.join(library.settings.locales)}"
        raise UsageError(msg)


def _find_lines(library: Library, notice: str, as_of: AsOf) -> Mapping[str, Line]:
    from noticepress.history import trace_notice

    if notice not in library.notices:
        msg = f"there is no notice {notice!r}; the site has: {', '.join(library.notices) or 'none yet'}"
        raise UsageError(msg)
    return trace_notice(notice, library.versions.get(notice, ()), as_of)


# ---- commands


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.version_option(noticepress.__version__, prog_name="noticepress")
@click.option("--site", type=click.Path(path_type=Path, file_okay=False, exists=True), metavar="DIR", help="The site's folder.")
@click.pass_context
def commands(ctx: click.Context, site: Path | None) -> None:
    """Publish privacy notices: localized, versioned, with effective dates, redlines and a feed of changes.

    Legal edits content/ and entities/, looks with 'serve', asks with 'check' and 'diff', and seals a version with 'release'. The pipeline runs
    'build' at each instant that 'transitions' names, and 'verify' after it.
    """
    ctx.obj = site


@commands.command()
@with_site
@with_as_of
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Where to (default: site/ in the site).")
@click.option("--drafts", is_flag=True, help="Also what is being prepared, under /draft/, marked as such.")
def build(site: Path, as_of: AsOf, out: Path | None, drafts: bool) -> None:
    """Write the site, whole or not at all."""
    from noticepress.publish import publish_site

    press = open_press(site, as_of, drafts=drafts)
    target = out or site / "site"
    with _progress(press, "building"):
        pages = publish_site(site, target, press)
    click.echo(f"{pages} pages in {target.resolve()}")


@contextmanager
def _progress(press: Press, label: str) -> Iterator[None]:
    """A bar while a terminal watches, silence otherwise."""
    if not sys.stderr.isatty():
        yield
        return
    with click.progressbar(length=press.count_steps(), label=label, file=sys.stderr) as bar:
        press.progress = bar.update
        yield


@commands.command()
@with_site
@with_as_of
@click.option("--address", default="127.0.0.1:8000", metavar="HOST:PORT", help="Where to listen.", show_default=True)
def serve(site: Path, as_of: AsOf, address: str) -> None:
    """Preview with drafts: built again whenever a file changes."""
    from noticepress.publish import serve_site

    ctx = click.get_current_context()
    if ctx.get_parameter_source("as_of") is click.core.ParameterSource.COMMANDLINE:
        os.environ[AS_OF] = as_of.isoformat()
    os.environ[DRAFTS] = "1"
    open_press(site, as_of, drafts=True)
    click.echo(f"preview with drafts on http://{address}/ (stop with Ctrl-C)", err=True)
    serve_site(site, address)


@commands.command()
@with_site
@with_as_of
@with_format("text", "json")
def check(site: Path, as_of: AsOf, form: str) -> int:
    """Tell all findings at once; exit 1 when one of them is an error."""
    from noticepress.checks import find_problems
    from noticepress.library import read_library
    from noticepress.reports import count_problems, describe_problem, tell_problems

    problems = find_problems(read_library(site), as_of)
    if form == "json":
        echo_json({"problems": [describe_problem(problem) for problem in problems]})
    elif problems:
        click.echo(tell_problems(problems, "see docs/checks.md for each"))
    else:
        click.echo(f"{count_problems(problems)}.")
    return 1 if errors_of(problems) else 0


@commands.command()
@with_site
@with_as_of
@with_format("text", "json")
def status(site: Path, as_of: AsOf, form: str) -> None:
    """Versions, states, translations, next transitions, what is not announced yet."""
    from noticepress.history import trace_notice
    from noticepress.library import load_library
    from noticepress.reports import describe_status, tell_status
    from noticepress.site import compose_drafts

    library = load_library(site)
    lines = {name: trace_notice(name, versions, as_of) for name, versions in library.versions.items()}
    found = describe_status(library, lines, compose_drafts(library, as_of), _upcoming(library, as_of))
    if form == "json":
        echo_json(found)
    else:
        click.echo(tell_status(found))


def _upcoming(library: Library, as_of: AsOf) -> list[Any]:
    from noticepress.history import find_transitions, first_instant

    zone = library.settings.zone
    instant = as_of if isinstance(as_of, datetime) else first_instant(as_of, zone)
    return [item for item in find_transitions(library.versions, library.entities.values(), zone) if item.instant > instant]


@commands.command()
@with_site
@with_as_of
@with_format("text", "json")
@click.option("--all", "every", is_flag=True, help="Past ones too.")
def transitions(site: Path, as_of: AsOf, form: str, every: bool) -> None:
    """The instants at which the site must be built again."""
    from noticepress.history import find_transitions
    from noticepress.library import load_library
    from noticepress.reports import describe_transition, make_table

    library = load_library(site)
    found = (
        list(find_transitions(library.versions, library.entities.values(), library.settings.zone))
        if every
        else _upcoming(library, as_of)
    )
    rows = [describe_transition(item) for item in found]
    if form == "json":
        echo_json({"transitions": rows})
    elif rows:
        header = ("instant", "kind", "notice", "version", "region")
        click.echo(make_table(header, [[str(row[name]) for name in header] for row in rows]))
    else:
        click.echo("none ahead.")


@commands.command()
@click.argument("notice", required=False)
@with_site
@with_as_of
@click.option("--files", nargs=2, type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="OLD NEW", help="Two Markdown files.")
@click.option("--from", "older", metavar="V", help="The older version (default: the one in force).")
@click.option("--to", "newer", metavar="V|draft", help="The newer version (default: the draft, else the newest).")
@click.option("--region", metavar="R", help="The region (default: the first).")
@click.option("--locale", metavar="L", help="The language (default: the source's).")
@with_format("text", "html", "json")
def diff(
    notice: str | None,
    site: Path,
    as_of: AsOf,
    files: tuple[Path, Path] | None,
    older: str | None,
    newer: str | None,
    region: str | None,
    locale: str | None,
    form: str,
) -> None:
    """Changes and redline between two versions of NOTICE, or between two files."""
    from noticepress.redline import compare, tell_redline, to_json

    if files:
        old, new = (_read_file(path) for path in files)
    elif notice:
        old, new = _find_texts(site, as_of, notice, older, newer, region, locale)
    else:
        msg = "name a notice, or two files with --files OLD NEW"
        raise UsageError(msg)
    found = compare(old, new)
    if form == "json":
        click.echo(json.dumps(to_json(found), ensure_ascii=False))
    elif form == "html":
        click.echo(found.html)
    else:
        click.echo(tell_redline(found))


def _read_file(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        msg = f"{path} is not a UTF-8 text"
        raise UsageError(msg) from None


def _find_texts(
    site: Path, as_of: AsOf, notice: str, older: str | None, newer: str | None, region: str | None, locale: str | None
) -> tuple[str, str]:
    from noticepress.library import load_library
    from noticepress.site import compose_drafts

    library = load_library(site)
    lines = _find_lines(library, notice, as_of)
    locale = locale or library.settings.source_locale
    _is_locale_of(library, locale)
    draft = compose_drafts(library, as_of).get(notice)
    names = list(draft.regions if draft else lines)
    region = region or (names[0] if names else "")
    line = lines.get(region)
    if line is None and (draft is None or region not in draft.regions):
        msg = f"there is no region {region!r} in {notice}; it has: {', '.join(names)}"
        raise UsageError(msg)
    standings = line.standings if line else ()

    def text_of(wanted: str | None, side: str) -> str:
        if side == "to" and (wanted == "draft" or (wanted is None and draft)):
            if draft is None:
                msg = f"nothing is being prepared for {notice}"
                raise UsageError(msg)
            edition = draft.editions.get((region, locale))
        elif not standings:
            return ""
        else:
            in_force = line.in_force if line else None
            default = (in_force or standings[-1]) if side == "from" else standings[-1]
            standing = default if wanted is None else (line.find(wanted) if line else None)
            if standing is None:
                known = ", ".join(item.version.id for item in standings)
                msg = f"there is no version {wanted!r} of {notice} in {region}; there are: {known}"
                raise UsageError(msg)
            edition = standing.edition(locale)
        if edition is None:
            msg = f"{notice} has no text in {locale!r} there"
            raise UsageError(msg)
        return edition.text

    return text_of(older, "from"), text_of(newer, "to")


@commands.command()
@click.argument("notice")
@with_site
@with_as_of
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@with_format("text", "json")
def release(notice: str, site: Path, as_of: AsOf, dry_run: bool, form: str) -> None:
    """Check NOTICE, then seal its working text and next.yml as a version that nobody changes afterwards."""
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
@click.option("--locale", required=True, metavar="L", help="The reader's language.")
@click.option("--on", "--as-of", "on", type=_AsOf(), default=now, show_default=False, help="On which day, or at which instant.")
@with_site
@with_format("text", "json")
def show(notice: str, territory: str, locale: str, on: AsOf, site: Path, form: str) -> None:
    """The words of NOTICE that applied in a territory on a day, and why."""
    from noticepress.library import load_library
    from noticepress.reports import NothingApplies, describe_edition, find_applicable, tell_edition
    from noticepress.territories import UnknownTerritory

    library = load_library(site)
    _is_locale_of(library, locale)
    lines = _find_lines(library, notice, on)
    try:
        line, region = find_applicable(lines, territory)
    except UnknownTerritory as error:
        raise UsageError(str(error)) from None
    except NothingApplies:
        source = _problem_at(f"content/{notice}", f"no version of {notice} is in force in {territory} on {on}")
        raise NoticeError([source]) from None
    standing = line.in_force
    edition = standing.edition(locale) if standing else None
    if standing and edition is None:
        fallback = standing.version.authoritative.get(region, library.settings.source_locale)
        edition = standing.edition(fallback) or standing.edition(library.settings.source_locale)
    if edition is None:
        raise NoticeError([_problem_at(f"content/{notice}", f"{notice} has no text for {region} in {locale}")])
    found = describe_edition(library, line, edition, territory, locale, on)
    if form == "json":
        echo_json(found)
    else:
        click.echo(tell_edition(found))


def _problem_at(path: str, message: str) -> Problem:
    from noticepress.errors import Source

    return Problem("DV06", Source(path), message, "see 'status' for its versions")


@commands.command()
@with_site
@click.option("--built", type=click.Path(path_type=Path, file_okay=False, exists=True), metavar="DIR", help="A built site to check as well.")
@click.option("--live", metavar="URL", help="A deployed site to check as well.")
@with_format("text", "json")
def verify(site: Path, built: Path | None, live: str | None, form: str) -> int:
    """Check the hashes and the chain of sealed versions, of a built site, of a deployed one."""
    from noticepress.library import read_library
    from noticepress.reports import describe_problem, tell_problems
    from noticepress.verification import fetch_site_file, read_built_file, verify_published

    reading = read_library(site)
    problems = [problem for problem in reading.problems if problem.id == "DV05"]
    versions = [version for found in reading.library.versions.values() for version in found]
    counts = {"versions": len(versions), "editions": sum(len(version.editions) for version in versions)}
    if built:
        problems += verify_published(read_built_file(built), versions, str(built))
    if live:
        problems += verify_published(fetch_site_file(live), versions, live)
    if form == "json":
        echo_json({"problems": [describe_problem(problem) for problem in problems], **counts})
    elif problems:
        click.echo(tell_problems(problems, "what was published is not what is here"))
    else:
        where = "".join([f", {built}" if built else "", f", {live}" if live else ""])
        click.echo(f"{counts['versions']} versions, {counts['editions']} editions{where}: all hashes and the chain are right.")
    return 1 if problems else 0


def _stop() -> NoReturn:
    sys.exit(main())


if __name__ == "__main__":
    _stop()
