"""What the checks look at: the library, every working text with its facts in place, and what was built from them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar, cast

from noticepress.compose import Composed, Draft
from noticepress.errors import Problem, Severity
from noticepress.history import local_day
from noticepress.model import AsOf, Library, WorkingText

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking an address on another host: what is wrong with it, and where it has moved for good.

    `fault` goes on after the address ("answers 404 Not Found"); both are empty where all is well.
    """

    fault: str = ""
    moved: str = ""


@dataclass(frozen=True, slots=True)
class Built:
    """What readers' browsers and programs get, by its path in the site: HTML pages, and all other text files.

    `is_whole` is false where pages are only what the templates make, without the theme around them; then some checks
    have nothing to look at. `published` holds the data files of a site built before (`changes.json`, `manifest.json`).
    `reached` has the answers of other hosts, by the address as it was written; nothing is told of what was not asked.
    """

    pages: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    templates: Mapping[str, str] = field(default_factory=dict)
    published: Mapping[str, str] = field(default_factory=dict)
    reached: Mapping[str, Answer] = field(default_factory=dict)
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on the table. `drafts` has each notice with working texts as it would be sealed now.

    Where `notice` names one, the texts of that notice alone are read, its working texts being `texts`; everything else
    is still there to be looked up. `memory` holds what was made of the library in this run.
    """

    library: Library
    drafts: Mapping[str, Draft]
    as_of: AsOf
    built: Built = field(default_factory=Built)
    notice: str = ""
    texts: tuple[WorkingText, ...] = ()
    memory: dict[Hashable, object] = field(default_factory=dict, compare=False, repr=False)

    def split(self) -> Iterator[Desk]:
        """A desk for each notice with texts: whoever reads one after another finds what was read of a text at hand."""
        if self.notice:
            yield self
            return
        texts: dict[str, list[WorkingText]] = {name: [] for name in self.drafts}
        for working in self.library.texts.values():
            texts.setdefault(working.notice, []).append(working)
        for name, found in texts.items():
            yield replace(self, notice=name, texts=tuple(found))

    def remember(self, key: Hashable, make: Callable[[], T]) -> T:
        """What a function makes, made once for a key in a run."""
        if key not in self.memory:
            self.memory[key] = make()
        return cast("T", self.memory[key])

    @property
    def today(self) -> date:
        """The day of the run on the site's own calendar."""
        return local_day(self.as_of, self.library.settings.zone)

    def law_day(self, notice: str) -> date:
        """The day whose law a text must meet: that of the run, or of the version being prepared where that is later."""
        following = self.library.next_versions.get(notice)
        return max(self.today, following.effective) if following else self.today

    def words_severity(self, notice: str) -> Severity:
        """How bad faults of words are: nobody can mend what an archived text said, so there they stop nothing.

        A text whose newest version was taken over from an archive is that text until its next version is prepared.
        """
        following = self.library.next_versions.get(notice)
        newest = self.library.versions.get(notice, ())[-1:]
        origins = [following.origin] if following else [version.origin for version in newest]
        return "warning" if any(origins) else "error"

    def working_texts(self) -> Iterator[WorkingText]:
        """Every working text, in a fixed order."""
        yield from self.texts if self.notice else self.library.texts.values()

    def read_drafts(self) -> Iterator[tuple[str, Draft]]:
        """The drafts whose texts are read, by notice."""
        if not self.notice:
            yield from self.drafts.items()
        elif self.notice in self.drafts:
            yield self.notice, self.drafts[self.notice]

    def composed_texts(self) -> Iterator[tuple[Draft, str, str, Composed]]:
        """Every text that could be composed: its draft, region and locale. Why others could not, FE05 tells."""
        for _, draft in self.read_drafts():
            for (region, locale), composed in draft.composed.items():
                if composed.is_whole:
                    yield draft, region, locale, composed


Finder = Callable[[Desk], Iterator[Problem]]
"""Finds one kind of mistake. What several editions share may be found several times; it is told once."""
