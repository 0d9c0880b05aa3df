"""Processes that stop half-way: at any step of what they do to files, or killed while they write."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.acme import NOTICE
from tests.terminal import ROOT


class KilledError(BaseException):
    """The process ends here: nothing that follows is done, not even what stands under `finally`."""


@contextmanager
def stop_at(step: int, error: Callable[[], BaseException] = KilledError) -> Iterator[list[str]]:
    """Run until the file operation number `step`, which fails; a killed process does nothing afterwards either."""
    done: list[str] = []

    def watch(owner: Any, name: str) -> None:  # noqa: ANN401 - a class or a module
        real = getattr(owner, name)

        def call(*args: object, **options: object) -> object:
            done.append(name)
            is_dead = len(done) > step and isinstance(error(), KilledError)
            if len(done) == step or is_dead:
                if options.get("ignore_errors") and isinstance(error(), OSError):
                    return None
                raise error()
            return real(*args, **options)

        patch.setattr(owner, name, call)

    with pytest.MonkeyPatch.context() as patch:
        for name in ("open", "mkdir", "rename", "unlink"):
            watch(Path, name)
        watch(os, "fsync")
        watch(shutil, "rmtree")
        yield done


def list_steps(act: Callable[[], object]) -> list[str]:
    """What is done to files, operation by operation."""
    with stop_at(10**6) as done:
        act()
    return done


def crash_at_any_step(
    make: Callable[[str], Path], act: Callable[[Path], object], is_done: Callable[[Path], bool], *, every: int = 1
) -> None:
    """Kill an act at each of its steps (or every third), on a new site each time: it is done, or as if never begun.

    `is_done` holds a site against what must be there, and says which of the two it is; both must come up.
    """
    steps = list_steps(lambda: act(make("first")))
    outcomes = set()
    for step in range(1, len(steps) + 1, every):
        site = make(str(step))
        with stop_at(step), suppress(KilledError):
            act(site)
        outcomes.add(is_done(site))
    assert outcomes == {False, True}


def kill_while_it_writes(site: Path, *words: str, after: float = 0) -> None:
    """Run a command in a process of its own, and kill it some seconds after it has begun to write."""
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "site_build.py"), *words, "--site", str(site)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    # Most of its life a command that seals only reads.
    while process.poll() is None and not (site / f"content/{NOTICE}/.sealing").exists():
        time.sleep(0.0002)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
