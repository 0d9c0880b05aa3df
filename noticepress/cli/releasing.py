"""The commands that seal: what they write, nobody changes afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from noticepress.cli.options import echo_json, with_as_of, with_format, with_site
from noticepress.errors import NoticeError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from noticepress.checks import Findings
    from noticepress.classes import Minimum
    from noticepress.errors import Problem
    from noticepress.library import Reading
    from noticepress.model import AsOf, ChangeClass
    from noticepress.release import Terms

_OF_CLASS = "CN02"
"""The check whose findings are mended by another class: then the reasons and the allowed dates are told."""

with_dry_run = click.option("--dry-run", is_flag=True, help="Show everything that would be written, and write nothing.")


@click.command()
@click.argument("notice")
@with_site
@with_as_of()
@with_dry_run
@with_format("text", "json")
def release(*, notice: str, site: Path, as_of: AsOf, dry_run: bool, form: str) -> None:
    """Check NOTICE, then seal it as a version.

    The working text and next.yml become a folder under versions/ that nobody changes afterwards. Refuses with all
    reasons at once, and then writes nothing. Tells the earliest date that is allowed in each region, and why.
    """
    from noticepress.checks import run_checks
    from noticepress.library import read_library
    from noticepress.release import find_terms, prepare_release
    from noticepress.sealing import seal_version
    from noticepress.summaries import describe_lead

    reading = read_library(site)
    findings = run_checks(reading, as_of)
    try:
        sealing = prepare_release(reading, notice, as_of, findings)
    except NoticeError as error:
        if _OF_CLASS in {problem.id for problem in error.problems}:
            _echo_terms(_try_terms(reading, notice, as_of), err=True)
        raise
    terms = find_terms(reading.library, notice, as_of)
    if not dry_run:
        seal_version(site, sealing)
    files = {f"{sealing.folder}/{name}": content for name, content in sealing.files.items()}
    if form == "json":
        echo_json(
            {
                "notice": notice,
                "version": sealing.version,
                **_describe_files(files, is_dry=dry_run),
                **_describe_minimum(terms.minimum if terms else None),
                "leads": [describe_lead(lead) for lead in (terms.leads if terms else ())],
            }
        )
        return
    _echo_files(files, is_dry=dry_run)
    _echo_terms(terms)
    _echo_findings(findings, notice)
    told = "would be sealed; nothing was written." if dry_run else "is sealed. Next: commit it, then 'build'."
    click.echo(f"{notice} {sealing.version} {told}")


def _echo_findings(findings: Findings, notice: str) -> None:
    """The warnings that a version is released with, and what waivers let pass; not those of other notices."""
    from noticepress.reports import tell_problems, tell_waived

    def is_about(problem: Problem) -> bool:
        path = problem.source.path
        return not path.startswith("content/") or path.startswith(f"content/{notice}/")

    warnings = [problem for problem in findings.problems if problem.severity == "warning" and is_about(problem)]
    waived = [item for item in findings.waived if is_about(item[0])]
    if warnings:
        click.echo(tell_problems(warnings, "none of them stops a release"))
    for item in waived:
        click.echo(tell_waived(item))
    if waived:
        click.echo(f"{len(waived)} {'finding' if len(waived) == 1 else 'findings'} waived in waivers.yml.")


def _try_terms(reading: Reading, notice: str, as_of: AsOf) -> Terms | None:
    """The terms of what was refused, which may be too broken to have any."""
    from noticepress.release import find_terms

    return find_terms(reading.library, notice, as_of) if reading.is_roster_whole else None


def _describe_files(files: Mapping[str, bytes], *, is_dry: bool) -> dict[str, Any]:
    contents = {path: content.decode() for path, content in files.items()} if is_dry else {}
    return {"written": not is_dry, "files": list(files), "contents": contents}


def _describe_minimum(minimum: Minimum | None) -> dict[str, Any]:
    if minimum is None:
        return {"minimum": None, "reasons": []}
    return {"minimum": minimum.change_class, "reasons": [str(reason) for reason in minimum.reasons]}


def _echo_files(files: Mapping[str, bytes], *, is_dry: bool) -> None:
    """Each file with its size, and before, where nothing is written, all that they hold: the end is what is seen."""
    for path, content in files.items() if is_dry else ():
        click.echo(f"---- {path} ".ljust(78, "-"))
        click.echo(content, nl=not content.endswith(b"\n"))
    if is_dry:
        click.echo("-" * 78)
    for path, content in files.items():
        click.echo(f"  {path}  {len(content):,} bytes")


def _echo_terms(terms: Terms | None, *, err: bool = False) -> None:
    """The least class and the earliest dates, with the reasons."""
    from noticepress.leadtime import group_leads
    from noticepress.localize import join_names

    if terms is None:
        return
    if terms.minimum:
        _echo_minimum(terms.minimum, err=err)
    for leads in group_leads(terms.leads):
        days, lead = leads[0].policy_days, leads[0]
        needed = f": {days} whole {'day' if days == 1 else 'days'} after {lead.counted_from}" if days else ""
        names = join_names([lead.region for lead in leads], "en")
        click.echo(f"earliest   {lead.earliest} in {names}{needed}", err=err)
        for reason in dict.fromkeys(reason for lead in leads for reason in lead.others):
            click.echo(f"           {reason}", err=err)


def _echo_minimum(minimum: Minimum, *, err: bool = False) -> None:
    click.echo(f"class      {minimum.change_class} at least", err=err)
    for reason in minimum.reasons:
        click.echo(f"           {reason}", err=err)


@click.command()
@click.argument("notice")
@click.argument("version")
@with_site
@with_as_of()
@with_dry_run
@click.option(
    "--class",
    "change_class",
    type=click.Choice(["editorial", "minor", "material"]),
    help="How much it changes, where there is no correction.yml.",
)
@click.option("--add", "adds", multiple=True, metavar="LOCALE", help="Publish a late translation; may be repeated.")
@with_format("text", "json")
def correct(
    *,
    notice: str,
    version: str,
    site: Path,
    as_of: AsOf,
    dry_run: bool,
    change_class: ChangeClass | None,
    adds: Sequence[str],
    form: str,
) -> None:
    """Correct a published VERSION of NOTICE by a revision.

    The right words come from correction.yml, or from the working texts where it lists no errata. The effective date
    stays. Refuses with all reasons at once: what told another practice is no correction, but a new version.

    \b
        noticepress correct visitors 2012-03-09 --dry-run
        noticepress correct visitors 2012-03-09 --add ja
    """  # noqa: D301 - click's mark for lines to be left as they are
    from noticepress.corrections import prepare_correction
    from noticepress.library import read_library
    from noticepress.sealing import seal_version

    found = prepare_correction(read_library(site), notice, version, as_of, change_class=change_class, adds=adds)
    sealing = found.sealing
    if not dry_run:
        seal_version(site, sealing)
    files = {f"{sealing.folder}/{name}": content for name, content in sealing.files.items()}
    errata = [
        {"old": item.old, "new": item.new, "region": item.region or None, "locale": item.locale or None}
        for item in found.version.errata
    ]
    if form == "json":
        echo_json(
            {
                "notice": notice,
                "version": sealing.version,
                "corrects": found.corrects,
                "class": found.version.record.change_class,
                **_describe_files(files, is_dry=dry_run),
                **_describe_minimum(found.minimum),
                "errata": errata,
                "hints": list(found.hints),
            }
        )
        return
    _echo_files(files, is_dry=dry_run)
    for item in errata:
        where = "/".join(str(item[key]) for key in ("region", "locale") if item[key]) or "everywhere"
        click.echo(f"erratum    {where}: [-{item['old']}-] {{+{item['new']}+}}")
    _echo_minimum(found.minimum)
    for hint in found.hints:
        click.echo(f"hint: {hint}", err=True)
    told = "would be sealed; nothing was written." if dry_run else "is sealed. Next: commit it, then 'build'."
    click.echo(f"{notice} {sealing.version}, a revision of {found.corrects}, {told}")


@click.command()
@click.argument("notice")
@click.argument("version")
@with_site
@with_as_of()
@with_dry_run
@click.option("--reason", required=True, metavar="TEXT", help="Why, in the site's source language; pages tell it.")
@click.option("--reason-in", "others", nargs=2, multiple=True, metavar="LOCALE TEXT", help="Why, in another language.")
@click.option("--by", default="", metavar="NAME", help="Who decided.")
@click.option("--text", metavar="REGION/LOCALE", help="Take away this one text instead: for a court, for a person.")
@with_format("text", "json")
def withdraw(
    *,
    notice: str,
    version: str,
    site: Path,
    as_of: AsOf,
    dry_run: bool,
    reason: str,
    others: Sequence[tuple[str, str]],
    by: str,
    text: str | None,
    form: str,
) -> None:
    """Cancel an announced VERSION of NOTICE before it applies.

    Its address stays, and says that it was cancelled and why. A version that is in force cannot be withdrawn: release
    a new one. With --text, in whatever state, one text is removed for legal cause; its hash stays.
    """
    from noticepress.library import read_library
    from noticepress.withdrawals import (
        name_reasons,
        prepare_removal,
        prepare_withdrawal,
        remove_text,
        withdraw_version,
    )

    reading = read_library(site)
    reasons = name_reasons({reading.library.settings.source_locale: reason, **dict(others)})
    if text is not None:
        removal = prepare_removal(reading, notice, version, text, as_of, reason=reasons, by=by)
        if not dry_run:
            remove_text(site, removal)
        name, verb, files = f"{version} {text}", "removed", {removal.path: removal.content}
        following = f"commit it, and take {removal.edition.path} out of version control's past"
    else:
        found = prepare_withdrawal(reading, notice, version, as_of, reasons, by=by)
        if not dry_run:
            withdraw_version(site, found)
        version = name = found.version.id
        verb, files, following = "withdrawn", {found.path: found.content}, "commit it, then 'build'"
    if form == "json":
        echo_json({"notice": notice, "version": version, **_describe_files(files, is_dry=dry_run)})
        return
    _echo_files(files, is_dry=dry_run)
    told = f"would be {verb}; nothing was written." if dry_run else f"is {verb}. Next: {following}."
    click.echo(f"{notice} {name} {told}")
