"""The commands that seal: what they write, nobody changes afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from noticepress.cli.options import echo_json, with_as_of, with_format, with_site

if TYPE_CHECKING:
    from noticepress.model import AsOf


@click.command()
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
