"""The command that tells everything that is wrong, before anything is published."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

import noticepress
from noticepress.cli.options import OLD_FOLDER, echo_json, with_as_of, with_format, with_site
from noticepress.errors import UsageError, errors_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from noticepress.checks import Answer, Findings
    from noticepress.model import AsOf

ALL = "all"


@click.command()
@with_site
@with_as_of()
@with_format("text", "json", "sarif")
@click.option("--select", multiple=True, metavar="IDS", help="Only these checks: FE05, or a group: FE,LC.")
@click.option("--ignore", multiple=True, metavar="IDS", help="All but these checks or groups.")
@click.option("--built", type=OLD_FOLDER, metavar="DIR", help="Look at the pages of a built site as well.")
@click.option("--online", is_flag=True, help="Ask other hosts whether what texts link to is still there.")
@click.option("--explain", metavar="ID", help="What a check means, why, and an example; 'all' lists them.")
def check(
    *,
    site: Path,
    as_of: AsOf,
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    built: Path | None,
    online: bool,
    explain: str | None,
) -> int:
    """Tell everything that is wrong, with the next step.

    Exits with 1 when one of the findings is an error; warnings stop nothing. Texts are checked against the law and the
    facts of --as-of. A file that cannot be read is told whatever is selected.

    \b
        noticepress check --select FE,TR03 --ignore FE04
        noticepress check --as-of 2012-03-09
        noticepress check --online --select LC
        noticepress check --explain CN02
        noticepress check --format sarif > findings.sarif
    """  # noqa: D301 - click's mark for lines to be left as they are
    if explain:
        _explain(explain, form)
        return 0
    from noticepress.checks import CHECKS, Built, list_addresses, run_checks
    from noticepress.files import find_templates
    from noticepress.inspection import read_built, read_templates
    from noticepress.library import read_library
    from noticepress.reports import describe_problem, tell_problems, tell_waived

    wanted = _choose(select, CHECKS) or set(CHECKS)
    wanted -= _choose(ignore, CHECKS) or set()
    pages = read_built(built) if built else Built()
    pages = replace(pages, templates=read_templates(find_templates(site)))
    reading = read_library(site)
    if online and "LC03" in wanted:
        pages = replace(pages, reached=_ask_hosts(site, list_addresses(reading, as_of)))
    findings = _keep(run_checks(reading, as_of, pages), wanted)
    errors = errors_of(findings.problems)
    if form == "json":
        echo_json({"problems": [describe_problem(problem) for problem in findings.problems]})
    elif form == "sarif":
        from noticepress.sarif import describe_sarif

        echo_json(describe_sarif(findings, CHECKS, noticepress.__version__))
    elif findings.problems:
        advice = "mend these before you build or release" if errors else "nothing stands against a build or a release"
        advice = f"'check --explain ID' explains each; {advice}"
        click.echo(tell_problems(findings.problems, advice + _tell_waived(findings), findings.waived))
    else:
        for waived in findings.waived:
            click.echo(tell_waived(waived))
        click.echo(f"nothing found{_tell_waived(findings)}.")
    return 1 if errors else 0


def _ask_hosts(site: Path, addresses: Collection[str]) -> Mapping[str, Answer]:
    """What addresses answer now, whatever day --as-of names; with a bar while a terminal watches."""
    from noticepress.probing import CACHE, probe_links

    moment = datetime.now(UTC)
    if not sys.stderr.isatty():
        return probe_links(addresses, site / CACHE, moment)
    with click.progressbar(length=len(addresses), label="asking other hosts", file=sys.stderr) as bar:
        return probe_links(addresses, site / CACHE, moment, tell=bar.update)


def _choose(asked: Iterable[str], known: Collection[str]) -> set[str]:
    """The checks that ids and groups name. Raises UsageError for one that names nothing."""
    chosen: set[str] = set()
    for name in (part.strip().upper() for text in asked for part in text.split(",") if part.strip()):
        found = {check for check in known if check == name or check[:2] == name}
        if not found:
            raise UsageError(f"there is no check or group {name!r}; 'check --explain all' lists them")
        chosen |= found
    return chosen


def _keep(findings: Findings, wanted: Collection[str]) -> Findings:
    """The findings of the checks that are wanted, and what could not be read."""
    told = {*wanted, "YAML", "TEXT"}
    return replace(
        findings,
        problems=tuple(problem for problem in findings.problems if problem.id in told),
        waived=tuple(item for item in findings.waived if item[0].id in told),
    )


def _tell_waived(findings: Findings) -> str:
    count = len(findings.waived)
    return f"; {count} waived in waivers.yml" if count else ""


def _explain(name: str, form: str) -> None:
    """Print what a check means; every check in a line where all are asked for."""
    from noticepress.checks import CHECKS
    from noticepress.reports import describe_check, tell_check, tell_checks

    if form == "sarif":
        raise UsageError("--explain tells as text or json")
    if name.lower() != ALL and name.upper() not in CHECKS:
        raise UsageError(f"there is no check {name!r}; 'check --explain all' lists them")
    chosen = list(CHECKS.values()) if name.lower() == ALL else [CHECKS[name.upper()]]
    if form == "json":
        echo_json({"checks": [describe_check(item) for item in chosen]})
    else:
        click.echo(tell_checks(chosen) if name.lower() == ALL else tell_check(chosen[0]))
