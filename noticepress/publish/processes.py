"""Work shared out over processes that have everything already: they are forked, and only counts come back."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import TypeVar

from noticepress.errors import OutsideError

Item = TypeVar("Item")

BATCH = 64
"""Items taken at a time, at most: neighbours are much alike, and what was read for one serves the next."""


def count_processors() -> int:
    """How many processes this one may keep busy."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def share_out(items: Sequence[Item], work: Callable[[Item], object], jobs: int) -> Iterator[int]:
    """Do `work` for every item, in `jobs` processes; yields how many were done, batch by batch.

    What `work` returns is dropped: it leaves its result in a file. What it raises in a process is raised here, and then
    the rest is not done; OutsideError where a process was killed. Where processes cannot be forked, one does it all.
    """
    size = max(1, min(BATCH, len(items) // (4 * jobs)))
    batches = [items[start : start + size] for start in range(0, len(items), size)]

    def take(batch: Sequence[Item]) -> int:
        for item in batch:
            work(item)
        return len(batch)

    if min(jobs, len(batches)) > 1 and _can_fork():
        yield from _fork_out(batches, take, min(jobs, len(batches)))
    else:
        yield from map(take, batches)


def _fork_out(batches: Sequence[Sequence[Item]], take: Callable[[Sequence[Item]], int], jobs: int) -> Iterator[int]:
    context = multiprocessing.get_context("fork")
    readers: list[Connection] = []
    processes = []
    try:
        for number in range(jobs):
            reader, writer = context.Pipe(duplex=False)
            readers.append(reader)
            share = batches[number::jobs]
            process = context.Process(target=_toil, args=(share, take, writer, tuple(readers)), daemon=True)
            process.start()
            writer.close()
            processes.append(process)
        busy = list(readers)
        while busy:
            ready = wait(busy)
            for reader in [one for one in busy if one in ready]:
                told = _receive(reader)
                if told is None:
                    busy.remove(reader)
                else:
                    yield told
    finally:
        for process in processes:
            process.terminate()
            process.join()
        for reader in readers:
            reader.close()


def _receive(reader: Connection) -> int | None:
    """How many items were done; None where a process is through. Raises what it raised."""
    try:
        told: int | Exception | None = reader.recv()
    except EOFError as error:
        msg = "a process that makes pages was stopped before it was through; where memory is short, try --jobs 1"
        raise OutsideError(msg) from error
    if isinstance(told, Exception):
        raise told
    return told


def _toil(
    share: Sequence[Sequence[Item]],
    take: Callable[[Sequence[Item]], int],
    writer: Connection,
    readers: Sequence[Connection],
) -> None:
    """What a forked process does. It holds no end that others read from, so that it ends soon after its parent."""
    for reader in readers:
        reader.close()
    with suppress(BrokenPipeError):
        try:
            for batch in share:
                writer.send(take(batch))
            writer.send(None)
        except Exception as error:  # noqa: BLE001 - the parent raises it
            writer.send(error)


def _can_fork() -> bool:
    """Not on macOS, whose own libraries do not survive it."""
    return sys.platform != "darwin" and "fork" in multiprocessing.get_all_start_methods()
