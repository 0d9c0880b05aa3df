"""The commands for whoever asks later what a notice said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from noticepress.cli.options import echo_json, with_as_of, with_format, with_site

if TYPE_CHECKING:
    from noticepress.model import AsOf


@click.command()
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
