"""What the checks look at: the library, and every working text with its facts in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from noticepress.compose import Composed, Draft
from noticepress.errors import Problem
from noticepress.model import AsOf, Library, WorkingText


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on the table. `drafts` has each notice with working texts as it would be sealed now."""

    library: Library
    drafts: Mapping[str, Draft]
    as_of: AsOf

    def working_texts(self) -> Iterator[WorkingText]:
        """Every working text, in a fixed order."""
        yield from self.library.texts.values()

    def composed_texts(self) -> Iterator[tuple[Draft, str, str, Composed]]:
        """Every text that could be composed: its draft, region and locale. Why others could not, FE05 tells."""
        for draft in self.drafts.values():
            for (region, locale), composed in draft.composed.items():
                if composed.is_whole:
                    yield draft, region, locale, composed


Finder = Callable[[Desk], Iterator[Problem]]
"""Finds one kind of mistake. What several editions share may be found several times; it is told once."""
