"""The commands that tell where things stand, and what an edit changes."""

from __future__ import annotations

import textwrap
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

    Tells each version's state, dates and languages, what is not announced yet, what the working texts would change,
    the next transitions, and where translations stand.
    """
    from noticepress.history import find_transitions, trace_notice
    from noticepress.impact import find_impact
    from noticepress.library import load_library
    from noticepress.reports import describe_status, tell_status
    from noticepress.translating import describe_translations, tell_translations

    library = load_library(site)
    lines = {name: trace_notice(name, versions, as_of) for name, versions in library.versions.items()}
    ahead = [
        transition
        for transition in find_transitions(library.versions, library.entities.values(), library.settings.zone)
        if transition.is_ahead(as_of)
    ]
    drafts = _compose_drafts(library, as_of)
    impacts = {name: find_impact(library, draft, as_of) for name, draft in drafts.items()}
    found = describe_status(library, lines, drafts, ahead, impacts) | describe_translations(library)
    if form == "json":
        echo_json(found)
        return
    click.echo(tell_status(found))
    if found["translations"]:
        click.echo("\ntranslations\n" + textwrap.indent(tell_translations(found), "  "))


def _compose_drafts(library: Library, as_of: AsOf) -> dict[str, Version]:
    """What is being prepared. Raises NoticeError where the regions do not say for whom."""
    from noticepress.site import compose_drafts

    _refuse_regions(library, as_of)
    return compose_drafts(library, as_of)


def _refuse_regions(library: Library, as_of: AsOf) -> None:
    from noticepress.checks.regions import find_region_problems

    if faults := errors_of(tuple(find_region_problems(library, as_of))):
        raise NoticeError(faults)


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
@click.option(
    "--impact", is_flag=True, help="What the working text does, everywhere: class, feeds, mail, earliest date."
)
@with_format("text", "markdown", "html", "json")
def diff(
    *,
    notice: str | None,
    site: Path,
    as_of: AsOf,
    files: tuple[Path, Path] | None,
    impact: bool,
    form: str,
    **choice: str,
) -> None:
    """Changes and redline between two texts.

    Compares two versions of NOTICE, the working text with the version in force, or two Markdown files. With --impact
    it tells what the working text does once it is released, in every region and language.

    \b
        noticepress diff visitors
        noticepress diff visitors --from 2012-03-09 --to 2015-01-14 --region us --locale de
        noticepress diff visitors --impact --format markdown
        noticepress diff --files old.md new.md --format html
    """  # noqa: D301 - click's mark for lines to be left as they are
    if bool(files) == bool(notice):
        raise UsageError("name a notice, or two files with --files OLD NEW; 'diff --help' shows how")
    if not impact:
        _tell_redline(*_find_texts(site, notice, files, as_of, choice, is_told=form in {"text", "markdown"}), form)
    elif files or form == "html" or any(choice.values()):
        raise UsageError("--impact tells of a notice everywhere: it takes --site, --as-of, and text, markdown or json")
    else:
        _tell_impact(site, str(notice), as_of, form)


def _find_texts(
    site: Path,
    notice: str | None,
    files: tuple[Path, Path] | None,
    as_of: AsOf,
    choice: dict[str, str],
    *,
    is_told: bool,
) -> tuple[str, str]:
    """Both texts; where there is no draft and nobody chose, which versions they are of is told first."""
    from noticepress.library import load_library
    from noticepress.lookup import decode_text, find_pair, find_texts

    if files:
        old, new = (decode_text(path.read_bytes(), str(path)) for path in files)
        return old, new
    library = load_library(site)
    draft = _compose_drafts(library, as_of).get(str(notice))
    texts = find_texts(library, str(notice), draft, as_of, **choice)
    if is_told and draft is None and not choice["newer"]:
        versions = {key: value for key, value in choice.items() if key != "locale"}
        before, (version, _) = find_pair(library, str(notice), draft, as_of, **versions)
        told = f"comparing {before[0].id} with {version.id}" if before else f"{version.id} is the first version"
        click.echo(f"no draft: {told}", err=True)
    return texts


def _tell_redline(old: str, new: str, form: str) -> None:
    from noticepress.redline import compare, to_json
    from noticepress.redlines import mark_redline, tell_redline

    found = compare(old, new)
    if form == "json":
        echo_json(to_json(found), indent=None)
    elif form == "html":
        click.echo(found.html.encode())
    else:
        click.echo((mark_redline if form == "markdown" else tell_redline)(found).encode())


def _tell_impact(site: Path, notice: str, as_of: AsOf, form: str) -> None:
    from noticepress.compose import compose_draft
    from noticepress.impact import find_impact
    from noticepress.library import load_library
    from noticepress.lookup import check_notice, tell_missing_source
    from noticepress.summaries import describe_impact, mark_impact, tell_impact

    library = load_library(site)
    check_notice(library, notice)
    _refuse_regions(library, as_of)
    draft = compose_draft(library, notice, as_of).version
    if not draft.editions:
        raise tell_missing_source(library, notice)
    found = describe_impact(find_impact(library, draft, as_of))
    if form == "json":
        echo_json(found)
    else:
        click.echo((mark_impact if form == "markdown" else tell_impact)(found).encode())
