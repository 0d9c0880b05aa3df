"""Opens Word files in LibreOffice, accepts or rejects every tracked change, and tells the words that are left.

Run by the Python that has `uno` (Debian: python3-uno), never by our own: `python3 ask_libreoffice.py PROFILE FILE …`
prints `{file: {"changes": kinds, "accepted": [line …], "rejected": [line …]}}`. Needs nothing but LibreOffice.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

PIPE = "uno:pipe,name={};urp;StarOffice.ComponentContext"
PATIENCE = 120
"""Seconds that LibreOffice may take to start."""


def start(profile: Path) -> tuple[subprocess.Popen[bytes], Callable[[str], Any]]:
    """LibreOffice without a window, with a profile of its own, and what makes its objects."""
    name = f"noticepress-{profile.name}"
    program = subprocess.Popen(
        [
            "soffice",
            "--headless",
            "--norestore",
            "--nologo",
            f"-env:UserInstallation={profile.as_uri()}",
            f"--accept=pipe,name={name};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(PATIENCE * 5):
        try:
            remote = resolver.resolve(PIPE.format(name))
        except NoConnectException:
            time.sleep(0.2)
        else:
            return program, partial(_make, remote)
    program.kill()
    raise SystemExit("LibreOffice does not answer")


def _make(context: Any, service: str) -> Any:  # noqa: ANN401  UNO has no types
    return context.ServiceManager.createInstanceWithContext(service, context)


def read_lines(text: Any) -> Iterator[str]:  # noqa: ANN401
    """Each paragraph of a text, those of tables cell by cell; blank ones left out."""
    for part in text:
        if part.supportsService("com.sun.star.text.TextTable"):
            for name in part.CellNames:
                yield from read_lines(part.getCellByName(name))
        elif words := " ".join(part.String.split()):
            yield words


def settle(make: Callable[[str], Any], path: Path, command: str) -> tuple[list[str], list[str]]:
    """The kinds of changes of a file, and the lines that are left after a command."""
    hidden = PropertyValue(Name="Hidden", Value=True)
    document = make("com.sun.star.frame.Desktop").loadComponentFromURL(path.as_uri(), "_blank", 0, (hidden,))
    try:
        found = sorted({redline.RedlineType for redline in document.Redlines})
        helper = make("com.sun.star.frame.DispatchHelper")
        helper.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
        left = len(list(document.Redlines))
        if left:
            raise SystemExit(f"{path}: {left} changes are left after {command}")
        return found, list(read_lines(document.Text))
    finally:
        document.close(False)  # noqa: FBT003  UNO takes no names


def main(profile: str, *files: str) -> None:
    """Tell of each file."""
    program, make = start(Path(profile).resolve())
    told = {}
    try:
        for file in files:
            path = Path(file).resolve()
            changes, accepted = settle(make, path, ".uno:AcceptAllTrackedChanges")
            _, rejected = settle(make, path, ".uno:RejectAllTrackedChanges")
            told[file] = {"changes": changes, "accepted": accepted, "rejected": rejected}
    finally:
        try:
            make("com.sun.star.frame.Desktop").terminate()
        finally:
            program.wait(PATIENCE)
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
