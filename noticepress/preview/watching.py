"""Tells when something that a site is made of was saved."""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from noticepress.files import find_templates

PATIENCE = 2.0
"""Seconds that an ending preview waits for the system to stop telling of changes."""

SETTLED = 0.05
"""Seconds of quiet after which a save is taken to be finished: editors write a file in several steps."""

LONGEST = 1.0
"""Seconds after which a change is told even where something goes on being written."""

FOLDERS = frozenset({"content", "entities", "templates"})
FILES = frozenset({"mkdocs.yml", "waivers.yml"})
_CHANGES = frozenset({"created", "modified", "moved", "deleted"})


class Watch(FileSystemEventHandler):
    """What was noted of a site and not yet asked for."""

    def __init__(self, site: Path, observer: BaseObserver) -> None:
        self._site, self._observer = site, observer
        self._noted: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._covered: dict[str, ObservedWatch] = {}
        observer.schedule(self, str(site))
        for name in FOLDERS:
            self._cover(name)
        for folder in find_templates(site):
            if not folder.is_relative_to(site):  # those that come with the engine
                observer.schedule(self, str(folder), recursive=True)

    def wait(self) -> None:
        """Return once something has changed, and nothing more for a moment."""
        names = {self._noted.get()}
        deadline = time.monotonic() + LONGEST
        while time.monotonic() < deadline:
            try:
                names.add(self._noted.get(timeout=SETTLED))
            except queue.Empty:
                break
        for name in names & FOLDERS:
            self._cover(name)

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note a change; that somebody opened a file is none."""
        if event.event_type in _CHANGES:
            for path in (os.fsdecode(event.src_path), os.fsdecode(event.dest_path)):
                if path and (name := find_part(self._site, Path(path))) is not None:
                    self._noted.put(name)

    def _cover(self, name: str) -> None:
        """Watch a folder of the site, anew where another one took its place."""
        if name in self._covered:
            self._observer.unschedule(self._covered.pop(name))
        if (self._site / name).is_dir():
            self._covered[name] = self._observer.schedule(self, str(self._site / name), recursive=True)


def find_part(site: Path, path: Path) -> str | None:
    """What a changed path means for a site: one of its folders as a whole, or empty for something in one.

    None for what is none of its business: hidden files, backups of editors, what is built.
    """
    if not path.is_relative_to(site):
        return ""
    parts = path.relative_to(site).parts
    if not parts or any(part.startswith(".") or part.endswith("~") for part in parts):
        return None
    if len(parts) == 1 and parts[0] in FOLDERS:
        return parts[0]
    return "" if parts[0] in FOLDERS or (len(parts) == 1 and parts[0] in FILES) else None


@contextmanager
def watch_site(site: Path) -> Iterator[Watch]:
    """Watch a site until the end of the block: by what the system tells, else by looking again and again."""
    observer: BaseObserver = Observer()
    try:
        watch = Watch(site, observer)
        observer.start()
    except OSError:  # so many folders that the system refuses to watch them all
        observer.stop()
        observer = PollingObserver(timeout=SETTLED)
        watch = Watch(site, observer)
        observer.start()
    try:
        yield watch
    finally:
        # Its threads end with the program, and none that is busy with an event may hold that up.
        ending = threading.Thread(target=observer.stop, daemon=True)
        ending.start()
        ending.join(PATIENCE)
