"""Whether addresses on other hosts still answer: asked seldom, for what they say is kept for a while."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from noticepress.checks import Answer
from noticepress.probing.asking import TIMEOUT, Prober

CACHE = Path(".noticepress", "links.json")
"""Where a site's answers are kept, seen from its folder."""

GOOD_FOR, BAD_FOR = timedelta(hours=24), timedelta(hours=1)
"""How long an answer is kept: what is wrong may be mended soon."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """An answer, and when it was given."""

    asked: AwareDatetime
    fault: str = ""
    moved: str = ""

    def is_fresh(self, now: datetime) -> bool:
        return timedelta() <= now - self.asked < (BAD_FOR if self.fault else GOOD_FOR)


_CACHE = TypeAdapter(dict[str, _Kept])


def probe_links(
    urls: Iterable[str],
    cache: Path,
    now: datetime,
    *,
    timeout: float = TIMEOUT,
    allow_private: bool = False,
    tell: Callable[[int], object] = lambda _: None,
) -> dict[str, Answer]:
    """What each address answers, by the address as given; answers are kept in the file `cache` for a while.

    `now` is the clock's, with its zone. `tell` is called with how many more addresses are done. Addresses that are not
    public are refused, by whatever name; `allow_private` is for tests, whose hosts are on their own machine.
    A cache that cannot be read is empty, and one that cannot be written is not kept.
    """
    wanted = {url: url.partition("#")[0] for url in urls}
    counts = Counter(wanted.values())
    kept = {page: answer for page, answer in _read_cache(cache).items() if answer.is_fresh(now)}
    missing = [page for page in counts if page not in kept]
    tell(len(wanted) - sum(counts[page] for page in missing))
    for page, answer in Prober(timeout, allow_private=allow_private).ask_all(missing):
        kept[page] = _Kept(now, answer.fault, answer.moved)
        tell(counts[page])
    if missing:
        _write_cache(cache, kept)
    return {url: _restore(url, kept[page]) for url, page in wanted.items()}


def _restore(url: str, kept: _Kept) -> Answer:
    """The answer for an address with its section, which stays the same where the page has moved."""
    _, mark, section = url.partition("#")
    moved = f"{kept.moved}{mark}{section}" if kept.moved and "#" not in kept.moved else kept.moved
    return Answer(kept.fault, moved)


def _read_cache(cache: Path) -> dict[str, _Kept]:
    try:
        return _CACHE.validate_json(cache.read_bytes())
    except (OSError, ValidationError):
        return {}


def _write_cache(cache: Path, kept: dict[str, _Kept]) -> None:
    """Write the file whole or not at all, in a folder that keeps itself out of Git."""
    with contextlib.suppress(OSError):
        if not cache.parent.exists():
            cache.parent.mkdir(parents=True)
            (cache.parent / ".gitignore").write_text("*\n", encoding="utf-8")
        handle, name = tempfile.mkstemp(prefix=f".{cache.name}.", dir=cache.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(_CACHE.dump_json(kept, indent=2))
            Path(name).replace(cache)
        finally:
            Path(name).unlink(missing_ok=True)
