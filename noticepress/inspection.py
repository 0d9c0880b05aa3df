"""A built site as the checks see it: its pages, the files around them, and the data that was published."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from noticepress.checks import Built
from noticepress.errors import OutsideError

_FILES = (".css", ".js", ".xml", ".atom", ".txt")
_PUBLISHED = ("changes.json", "manifest.json", "notices.json")


def read_built(folder: Path, pages: Iterable[str] | None = None) -> Built:
    """Everything of a built site that is text, by its path in it; of its pages only those that are named, if any are.

    Raises OutsideError where the folder cannot be read.
    """
    try:
        names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
        wanted = set(names if pages is None else pages)
        return Built(
            pages={name: _read(folder / name) for name in names if name.endswith(".html") and name in wanted},
            files={name: _read(folder / name) for name in names if name.endswith(_FILES)},
            published={name: _read(folder / name) for name in names if name in _PUBLISHED},
        )
    except OSError as error:
        raise OutsideError(f"{folder} cannot be read: {error.strerror or error}") from error


def read_templates(folders: Iterable[Path]) -> dict[str, str]:
    """Every template by its path below templates/; of two with one path, the first folder's."""
    found: dict[str, str] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".html", ".txt", ".xml", ".css"} and path.is_file():
                found.setdefault(path.relative_to(folder).as_posix(), _read(path))
    return found


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
