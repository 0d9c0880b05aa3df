"""Work shared out over processes that have everything already: they are forked, and only counts come back."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

Item = TypeVar("Item")

BATCH = 64
"""Items taken at a time, at most: neighbours are much alike, and what was read for one serves the next."""

_work: Callable[[slice], int]  # what a forked process does with the items that it inherited


def count_processors() -> int:
    """How many processes this one may keep busy."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def share_out(items: Sequence[Item], work: Callable[[Item], object], jobs: int) -> Iterator[int]:
    """Do `work` for every item, in `jobs` processes; yields how many were done, batch by batch.

    What `work` returns is dropped: it leaves its result in a file. What it raises in a process is raised here, and then
    the rest is not done. Where processes cannot be forked, one does it all.
    """
    size = max(1, min(BATCH, len(items) // (4 * jobs)))
    batches = [slice(start, start + size) for start in range(0, len(items), size)]

    def take(batch: slice) -> int:
        for item in items[batch]:
            work(item)
        return len(items[batch])

    if min(jobs, len(batches)) == 1 or not batches or not _can_fork():
        yield from map(take, batches)
        return
    global _work  # noqa: PLW0603 - a forked process finds it here; it could not be sent
    _work = take
    with _forked().Pool(jobs) as pool:
        yield from pool.imap_unordered(_take, batches)


def _take(batch: slice) -> int:
    return _work(batch)


def _can_fork() -> bool:
    """Not on macOS, whose own libraries do not survive it."""
    return sys.platform != "darwin" and "fork" in multiprocessing.get_all_start_methods()


def _forked() -> Any:  # noqa: ANN401 - the context of a platform
    return multiprocessing.get_context("fork")
