"""The commands for translations: where they stand, what was reviewed, and the way to translators and back."""

from __future__ import annotations

from pathlib import Path

import click

from noticepress.cli.options import OLD_FILE, echo_json, with_format, with_site
from noticepress.errors import UsageError


@click.group(no_args_is_help=True)
@with_site
@click.pass_context
def translations(ctx: click.Context, *, site: Path) -> None:
    """Tell where translations stand; export and import them.

    Each section of a translation is pinned to the source section that it translates, in translations.yml.
    """
    ctx.obj = site


@translations.command()
@click.argument("notice", required=False)
@with_site
@with_format("text", "json")
def status(*, notice: str | None, site: Path, form: str) -> None:
    """Count the sections that are current, stale or missing.

    Names those that need somebody, of all notices or of NOTICE alone.
    """
    from noticepress.library import load_library
    from noticepress.lookup import check_notice
    from noticepress.translating import describe_translations, tell_translations

    library = load_library(site)
    if notice:
        check_notice(library, notice)
    found = describe_translations(library, notice or "")
    if form == "json":
        echo_json(found)
    else:
        click.echo(tell_translations(found))


@translations.command()
@click.argument("notice")
@click.argument("locale")
@click.argument("sections", nargs=-1, metavar="[SECTION]...")
@with_site
@click.option("--all", "everything", is_flag=True, help="Every section that is translated.")
@click.option("--by", default="", metavar="NAME", help="Who has reviewed them.")
def update(*, notice: str, locale: str, sections: tuple[str, ...], site: Path, everything: bool, by: str) -> None:
    """Record that sections were reviewed and are current.

    They say what the source says now; no text is touched. SECTION is the id of a heading, or ':opening' for what stands
    before the first one.
    """
    from noticepress.exchange import name_section
    from noticepress.library import load_library
    from noticepress.translating import record_sections, write_pins

    if bool(sections) == everything:
        raise UsageError("name the sections that were reviewed, or all of them with --all")
    library = load_library(site)
    pins = record_sections(library, notice, locale, sections, by)
    path = write_pins(site, library, notice, locale, pins)
    click.echo(f"{notice} {locale}: recorded as current in {path}: {', '.join(map(name_section, pins))}")


@translations.command()
@click.argument("notice")
@click.argument("locale")
@with_site
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Where to (default: print it)."
)
@click.option("--all", "everything", is_flag=True, help="Every section, also those that are current.")
def export(*, notice: str, locale: str, site: Path, out: Path | None, everything: bool) -> None:
    """Write what needs a translator as a PO file.

    Those are the sections that are stale, missing, or made by a machine.
    """
    from noticepress.exchange import prepare_exchange, write_po
    from noticepress.library import load_library
    from noticepress.translating import check_translation

    library = load_library(site)
    check_translation(library, notice, locale)
    exchange = prepare_exchange(library, notice, locale, everything=everything)
    if not exchange.entries:
        click.echo(f"{notice} {locale}: nothing to translate; --all exports what is current too", err=True)
    elif out is None:
        click.echo(write_po(exchange).encode(), nl=False)
    else:
        out.write_text(write_po(exchange), encoding="utf-8", newline="")
        count = len(exchange.entries)
        click.echo(f"{notice} {locale}: {count} {'section' if count == 1 else 'sections'} in {out}")


@translations.command("import")
@click.argument("file", type=OLD_FILE)
@with_site
@click.option("--by", default="", metavar="NAME", help="Who has translated or reviewed them.")
@click.option("--machine", is_flag=True, help="A machine made them: they wait for a review.")
def import_(*, file: Path, site: Path, by: str, machine: bool) -> None:
    """Put the sections of a PO file in their places.

    Each is pinned to the source section that it translates.

    Refuses a file whose source has changed since it was exported, and anything that would change other sections; then
    nothing is written. What the file leaves empty or marks as fuzzy is left alone.
    """
    from noticepress.exchange import name_section, read_po, receive_exchange
    from noticepress.library import load_library
    from noticepress.lookup import decode_text
    from noticepress.translating import check_translation, write_arrival

    library = load_library(site)
    exchange = read_po(decode_text(file.read_bytes(), str(file)), str(file))
    check_translation(library, exchange.notice, exchange.locale)
    arrival = receive_exchange(library, exchange, by=by, state="machine" if machine else "reviewed")
    if arrival.pins:
        written = write_arrival(site, library, exchange.notice, exchange.locale, arrival)
        click.echo(f"{', '.join(map(name_section, arrival.pins))}: written to {' and '.join(written)}")
    if arrival.unfinished:
        names = ", ".join(map(name_section, arrival.unfinished))
        click.echo(f"still marked as needing work (fuzzy), or empty: left alone: {names}")
    if not arrival.pins:
        click.echo("nothing was written.")
