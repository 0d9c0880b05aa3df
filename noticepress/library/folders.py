"""What lies in a folder of a site, and what its files may be called."""

from __future__ import annotations

from pathlib import Path

from noticepress.errors import NoticeError, Problem, Source
from noticepress.files import Collector, list_entries
from noticepress.values import check_id


def list_notices(site: Path, collector: Collector) -> list[str]:
    """The folders of content/ that hold a notice."""
    folders, _ = collector.attempt(list_entries, site, "content") or ([], [])
    return [name for name in folders if not name.startswith("_")]


def list_files(site: Path, folder: str, collector: Collector) -> list[str]:
    """What is in a folder, and is or may be meant as a file; a suffix that nobody reads is told."""
    folders, files = collector.attempt(list_entries, site, folder) or ([], [])
    for name in files:
        stem, dot, suffix = name.rpartition(".")
        wanted = {"yaml": "yml", "markdown": "md"}.get(suffix.lower(), suffix.lower())
        if dot and wanted in {"yml", "md"} and wanted != suffix:
            collector.report("YAML", Source(f"{folder}/{name}"), "is not read", f"rename it to {stem}.{wanted}")
    return sorted([*files, *(name for name in folders if name.endswith((".yml", ".md")))])


def check_file_name(name: str, path: str) -> None:
    """File and folder names become ids in addresses."""
    try:
        check_id(name)
    except ValueError as error:
        raise refuse(Source(path), f"the name of the file or folder: {error}", "rename it") from None


def refuse(source: Source, message: str, hint: str) -> NoticeError:
    """A mistake that leaves nothing to read on with."""
    return NoticeError([Problem("YAML", source, message, hint)])
