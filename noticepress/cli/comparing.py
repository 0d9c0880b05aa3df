"""The commands that tell where things stand, and what an edit changes."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from noticepress.cli.handing import Comparison, hand_out
from noticepress.cli.options import NEW_FILE, OLD_FILE, echo_json, with_as_of, with_format, with_site
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
    "--from",
    "older",
    default="",
    metavar="V|draft|in-force",
    help="Default: the one before; for a draft, the one in force; the same one for regions and languages.",
)
@click.option(
    "--to", "newer", default="", metavar="V|draft|in-force", help="Default: the draft, else the newest version."
)
@click.option("--region", default="", metavar="R", help="Default: the first one.")
@click.option("--locale", default="", metavar="L", help="Default: the site's source language; with --files, English.")
@click.option("--against-region", default="", metavar="R2", help="How region R differs from this one.")
@click.option("--against-locale", default="", metavar="L2", help="Language L beside this one, section by section.")
@click.option(
    "--impact", is_flag=True, help="What the working text does, everywhere: class, feeds, mail, earliest date."
)
@with_format("text", "markdown", "html", "docx", "json")
@click.option("--out", type=NEW_FILE, metavar="FILE", help="Where to write it (default: standard output).")
def diff(
    *,
    notice: str | None,
    site: Path,
    as_of: AsOf,
    files: tuple[Path, Path] | None,
    impact: bool,
    form: str,
    out: Path | None,
    **choice: str,
) -> None:
    """Changes and redline between two texts.

    Compares two versions of NOTICE, the working text with the version in force, two regions, two languages, or two
    Markdown files. With --impact it tells what the working text does once it is released, in every region and language.

    \b
        noticepress diff visitors
        noticepress diff visitors --from 2012-03-09 --to in-force --region us --locale de
        noticepress diff visitors --region elsewhere --against-region us
        noticepress diff visitors --locale de --against-locale en --format html --out beside.html
        noticepress diff visitors --format docx --out visitors.docx
        noticepress diff visitors --impact --format markdown
        noticepress diff --files old.md new.md
    """  # noqa: D301 - click's mark for lines to be left as they are
    if bool(files) == bool(notice):
        raise UsageError("name a notice, or two files with --files OLD NEW; 'diff --help' shows how")
    if impact:
        if files or out or form in {"html", "docx"} or any(choice.values()):
            raise UsageError(
                "--impact tells of a notice everywhere: it takes --site, --as-of, and text, markdown or json"
            )
        _tell_impact(site, str(notice), as_of, form)
        return
    if form == "docx" and out is None and sys.stdout.isatty():
        raise UsageError("a Word file is nothing for a terminal; say where to write it: --out FILE.docx")
    comparison = _compare_files(files, choice) if files else _compare_sides(site, str(notice), as_of, choice, form)
    if comparison.note and form in {"text", "markdown"}:
        click.echo(comparison.note, err=True)
    hand_out(comparison, form, out)


def _compare_files(files: tuple[Path, Path], choice: Mapping[str, str]) -> Comparison:
    from noticepress.blocks import title
    from noticepress.handouts import Handout
    from noticepress.localize import is_locale
    from noticepress.lookup import decode_text
    from noticepress.markdown import parse

    if any(value for name, value in choice.items() if name != "locale"):
        raise UsageError("--files compares two texts: it takes --locale, --format and --out")
    locale = choice["locale"] or "en"
    if not is_locale(locale):
        raise UsageError(f"{locale!r} is not a language tag: write it like 'en' or 'pt-BR'")
    old, new = (decode_text(path.read_bytes(), str(path)) for path in files)
    named = title(parse(new)) or title(parse(old)) or files[1].stem
    return Comparison(old, new, Handout(named, str(files[0]), str(files[1]), locale))


def _compare_sides(site: Path, notice: str, as_of: AsOf, choice: Mapping[str, str], form: str) -> Comparison:
    """Two sides of a notice; where there is no draft and nobody chose, which versions they are of is told."""
    from noticepress.handouts import describe_sides
    from noticepress.library import load_library
    from noticepress.sides import Choice, find_sides

    library = load_library(site)
    draft = _compose_drafts(library, as_of).get(notice)
    chosen = Choice(**choice)
    old, new = find_sides(library, notice, draft, as_of, chosen)
    note = ""
    if draft is None and not chosen.newer and not chosen.is_across:
        versions = (
            f"comparing {old.version.id} with {new.version.id}" if old else f"{new.version.id} is the first version"
        )
        note = f"no draft: {versions}"
    # What a terminal says is English; a handout speaks the language of its text.
    handout = describe_sides(library.settings, old, new, "en" if form in {"text", "markdown"} else "")
    locales = (old.locale, new.locale) if old and chosen.against_locale else None
    return Comparison(old.edition.text if old else "", new.edition.text, handout, locales, headed=True, note=note)


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
