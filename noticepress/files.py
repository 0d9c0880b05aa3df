"""Text files below a site's folder: read whole and strictly, whatever is in the way told as a problem.

And where the templates lie, which come from the site and with Noticepress.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

from noticepress.errors import NoticeError, Problem, Source

MAX_BYTES = 4_000_000

# Controls, separators that other programs take for line ends, private use (marks of our own), halves of characters.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff\ue000-\uf8ff]"
)

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(slots=True)
class Collector:
    """Gathers problems, so that one broken file does not hide the next."""

    problems: list[Problem] = field(default_factory=list)

    def attempt(self, read: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """What a function reads; where it raises NoticeError its problems are kept, with what it found."""
        try:
            return read(*args, **kwargs)
        except NoticeError as error:
            self.problems.extend(error.problems)
            return cast("T | None", error.found)

    def report(self, check: str, source: Source, message: str, hint: str) -> None:
        """One problem more."""
        self.problems.append(Problem(check, source, message, hint))


def read_text(root: Path, relative: str) -> str:
    """A text file below `root`, as UTF-8 with line feeds. Raises NoticeError (TEXT) for anything else."""
    raw = read_bytes(root, relative)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        raise _refuse_text(relative, "is not UTF-8 here", "save the file as UTF-8", before) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := UNPRINTABLE.search(text):
        told = f"holds the control character U+{ord(found[0]):04X}"
        raise _refuse_text(relative, told, "delete it", text[: found.start()])
    return text


def read_bytes(root: Path, relative: str) -> bytes:
    """A file below `root` as it is. Raises NoticeError (TEXT) where it cannot be read."""
    with _reading(root, relative) as path:
        if path.exists() and not path.is_file():
            raise _refuse_text(relative, "is no file", f"put a file here: {relative}")
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise _refuse_text(relative, f"is larger than {MAX_BYTES:,} bytes", "split it into smaller files")
    return raw


def list_entries(root: Path, relative: str) -> tuple[list[str], list[str]]:
    """The names of the folders and of the files in a folder below `root`, sorted, hidden ones left out.

    Empty where there is no such folder. Raises NoticeError (TEXT) where it cannot be read.
    """
    with _reading(root, relative) as path:
        if not path.exists():
            return [], []
        with os.scandir(path) as entries:
            found = sorted((entry.name, entry.is_dir()) for entry in entries if not entry.name.startswith("."))
    for name, _ in found:
        if not name.isprintable():  # bytes that are not UTF-8 are among what cannot be printed
            raise _refuse_text(relative, f"holds a file with an unprintable name, {name!a}", "rename it")
    return [name for name, is_folder in found if is_folder], [name for name, is_folder in found if not is_folder]


@contextmanager
def _reading(root: Path, relative: str) -> Iterator[Path]:
    """The path of something inside `root`; whatever the disk has against it becomes a problem."""
    path = root / relative
    try:
        if not path.resolve().is_relative_to(root.resolve()):
            hint = "put the file itself here, not a link to another place"
            raise _refuse_text(relative, "leads out of the site", hint)
        yield path
    except FileNotFoundError:
        raise _refuse_text(relative, "the file is missing", f"create {relative}") from None
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError before Python 3.13
        told = error.strerror if isinstance(error, OSError) else None
        raise _refuse_text(relative, f"cannot be read: {told or error}", "make it readable") from None


def _refuse_text(path: str, message: str, hint: str, before: str = "") -> NoticeError:
    """A problem with a file, at the place that `before` ends at."""
    lines = re.split(r"\r\n|\r|\n", before)
    return NoticeError([Problem("TEXT", Source(path, len(lines), len(lines[-1]) + 1), message, hint)])


def find_templates(site: Path) -> tuple[Path, ...]:
    """The folders of templates: the site's own first, so that it may replace any file, then those of the package."""
    folders = [path.resolve() for path in (site / "templates", find_part("templates/pages").parent) if path.is_dir()]
    return tuple(dict.fromkeys(folders))


def find_part(name: str) -> Path:
    """A file or folder that comes with Noticepress: inside the package, or beside it in a checkout."""
    here = Path(__file__).parent
    return next(path for folder in (here, here.parent) if (path := folder / name).exists())
