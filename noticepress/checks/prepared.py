"""What is being prepared, as the checks of its dates and of its announcement look at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from noticepress.checks.coverage import choose_names
from noticepress.checks.desk import Desk
from noticepress.checks.packs import expand_names
from noticepress.compose import Draft
from noticepress.model import NextVersion, Notice, Version


@dataclass(frozen=True, slots=True)
class Prepared:
    """A version being prepared: its record, how it would be sealed now, and what was sealed before it, oldest first."""

    notice: Notice
    following: NextVersion
    draft: Version
    earlier: tuple[Version, ...]

    @property
    def is_archived(self) -> bool:
        """Whether it is taken over from an archive: then nobody can mend how it was announced."""
        return self.following.origin is not None

    @property
    def newest(self) -> Version | None:
        """The newest sealed version."""
        return self.earlier[-1] if self.earlier else None


def find_prepared(desk: Desk) -> Iterator[Prepared]:
    """Every version being prepared that can be composed and follows the newest one; of others DV02 tells."""
    for name, following in desk.library.next_versions.items():
        earlier = desk.library.list_living(name)
        is_later = not earlier or earlier[-1].day < following.effective
        if name in desk.drafts and name in desk.library.notices and is_later:
            yield Prepared(desk.library.notices[name], following, desk.drafts[name].version, earlier)


def list_unreleased(desk: Desk) -> Iterator[Draft]:
    """Drafts that await their release: those of notices with a `next.yml`, and of those that were never released.

    Those that can stop a release come first: what several of them share is told as badly as it is.
    """
    drafts = [draft for notice, draft in desk.drafts.items() if is_unreleased(desk, notice)]
    yield from sorted(drafts, key=lambda draft: desk.words_severity(draft.version.notice))


def is_unreleased(desk: Desk, notice: str) -> bool:
    """Whether the draft of a notice awaits its release."""
    return notice in desk.library.next_versions or not desk.library.versions.get(notice)


def find_previous(desk: Desk, draft: Draft) -> Version | None:
    """The newest version before the day of a draft that was not withdrawn."""
    living = desk.library.list_living(draft.version.notice)
    return next((version for version in reversed(living) if version.day < draft.version.day), None)


def list_laws(desk: Desk, notice: str) -> frozenset[str] | None:
    """The rule packs that were chosen for a notice and are in force on its day; None where nobody has chosen."""
    chosen = choose_names(desk, notice)
    day = desk.law_day(notice)
    return None if chosen is None else frozenset(pack.id for pack in expand_names(chosen) if pack.applies_on(day))
