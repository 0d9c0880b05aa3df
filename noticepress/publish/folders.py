"""The folder that a site is built into: beside the old one until it is whole, then in its place in one step."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from noticepress.errors import OutsideError, UsageError

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def write_file(path: Path, content: bytes) -> None:
    """A file with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def keep_unchanged(new: Path, old: Path) -> int:
    """Let each file of a new site that says what the old one's said be that very file, its inode and its time too.

    So a copy to a host takes only what changed. Returns how many files are new or say something else.
    """
    changed = 0
    for folder, _, names in os.walk(new):
        for name in names:
            path = Path(folder, name)
            changed += not _keep(path, old / path.relative_to(new))
    return changed


def _keep(path: Path, known: Path) -> bool:
    """Whether both say the same, and then `path` is `known` where the disk can give a file two names."""
    try:
        is_same = stat.S_ISREG(known.lstat().st_mode) and known.read_bytes() == path.read_bytes()
    except OSError:
        return False  # it is new, or a folder stands there
    if is_same:
        second = path.with_name(f"{path.name}.kept")
        with suppress(OSError):  # this disk cannot: the new file stays
            os.link(known, second)
            second.replace(path)
    return is_same


def check_target(site: Path, out: Path) -> None:
    """Refuse to replace what we did not make. Raises UsageError."""
    if out == site or site.is_relative_to(out) or out.parent == out:
        msg = f"{out} holds the site's sources; choose another folder with --out"
        raise UsageError(msg)
    for name in ("content", "entities", "templates"):
        if out.is_relative_to(site / name):
            msg = f"{out} lies in {name}/; choose another folder with --out"
            raise UsageError(msg)
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / "manifest.json").is_file())):
        msg = f"{out} is not a built site, so it is not replaced; empty it, or choose another folder with --out"
        raise UsageError(msg)


@contextmanager
def make_partial(out: Path) -> Iterator[Path]:
    """A new folder on the same disk, gone afterwards whatever happens; leftovers of killed runs go too."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        if not out.exists() and (old := _name_old(out)).exists():
            old.rename(out)  # a run was killed between two renames
        for leftover in out.parent.glob(f".{out.name}.*.partial"):
            shutil.rmtree(leftover, ignore_errors=True)
        partial = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".partial", dir=out.parent))
    except OSError as error:
        msg = f"{out.parent} cannot be written: {error.strerror or error}"
        raise OutsideError(msg) from error
    try:
        partial.chmod(0o755)
        yield partial
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _name_old(out: Path) -> Path:
    """Where the old site waits where two folders cannot be exchanged in one step."""
    return out.with_name(f".{out.name}.old.partial")


def swap_in(partial: Path, out: Path) -> None:
    """Put the finished folder in place of the old one in one step; the old one ends where the new one was."""
    if not out.exists():
        partial.rename(out)
        return
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        swap = libc.renameat2
    except (OSError, AttributeError, TypeError):
        swap = None
    if swap is not None:
        result = swap(_AT_FDCWD, os.fsencode(partial), _AT_FDCWD, os.fsencode(out), _RENAME_EXCHANGE)
        if result == 0:
            return
        if ctypes.get_errno() not in {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(out))
    # No exchange here (another system, an odd file system): two renames, the old site kept until the new one stands.
    old = _name_old(out)
    shutil.rmtree(old, ignore_errors=True)
    out.rename(old)
    partial.rename(out)
    shutil.rmtree(old, ignore_errors=True)
