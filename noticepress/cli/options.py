"""What several commands share: the clock, the options, and data for machines."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from noticepress.errors import UsageError

if TYPE_CHECKING:
    from noticepress.model import AsOf

AS_OF = "NOTICEPRESS_AS_OF"

Command = TypeVar("Command", bound=Callable[..., Any])


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


def echo_json(data: Any, indent: int | None = 2) -> None:  # noqa: ANN401 - any plain data
    """Data for machines, on standard output: always UTF-8, whatever the terminal speaks."""
    click.echo(format_json(data, indent), nl=False)


def format_json(data: Any, indent: int | None = 2) -> bytes:  # noqa: ANN401 - any plain data
    """Data for machines as UTF-8, with a line feed at its end."""
    return f"{json.dumps(data, ensure_ascii=False, indent=indent)}\n".encode()


# ---- options


def _read_as_of(ctx: click.Context, param: click.Parameter, value: str | None) -> AsOf:
    if value is None:
        return now()
    try:
        return parse_as_of(value)
    except UsageError as error:
        raise click.BadParameter(str(error), ctx, param) from None


def read_address(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """A click callback: where a preview listens."""
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or int(port) >= 2**16:
        raise click.BadParameter(f"{value!r} is no address; write 127.0.0.1:8000", ctx, param)
    return value


def _find_site(ctx: click.Context, _: click.Parameter, value: Path | None) -> Path:
    return value or (ctx.obj if isinstance(ctx.obj, Path) else Path())


FOLDER = click.Path(path_type=Path, file_okay=False)
OLD_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)
OLD_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
READABLE = click.Path(path_type=Path, dir_okay=False, exists=True, allow_dash=True)
NEW_FILE = click.Path(path_type=Path, dir_okay=False, writable=True)


def with_site(command: Command) -> Command:
    """`--site DIR`: the site to work on."""
    told = "The site's folder (default: here); may stand before the command too."
    return click.option("--site", type=OLD_FOLDER, callback=_find_site, metavar="DIR", help=told)(command)


def with_as_of(*names: str) -> Callable[[Command], Command]:
    """`--as-of`: what "now" means."""
    told = "What 'now' means: a date, or an instant with its offset (default: now, or SOURCE_DATE_EPOCH)."
    return click.option(*names, "--as-of", "as_of", callback=_read_as_of, metavar="DATE-or-INSTANT", help=told)


def with_format(*formats: str) -> Callable[[Command], Command]:
    """`--format`: for people or for machines."""
    return click.option("--format", "form", type=click.Choice(formats), default=formats[0], help="How to tell it.")
