"""What is being prepared, as the checks of its dates and of its announcement look at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from noticepress.checks.coverage import choose_names
from noticepress.checks.desk import Desk
from noticepress.checks.packs import expand_names
from noticepress.model import Library, NextVersion, Notice, Version


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
        earlier = list_standing(desk.library, name)
        is_later = not earlier or earlier[-1].day < following.effective
        if name in desk.drafts and name in desk.library.notices and is_later:
            yield Prepared(desk.library.notices[name], following, desk.drafts[name].version, earlier)


def list_standing(library: Library, notice: str) -> tuple[Version, ...]:
    """The sealed versions of a notice that were not withdrawn, oldest first."""
    return tuple(version for version in library.versions.get(notice, ()) if version.withdrawn is None)


def list_laws(desk: Desk, notice: str) -> frozenset[str] | None:
    """The rule packs that were chosen for a notice and are in force on its day; None where nobody has chosen."""
    chosen = choose_names(desk, notice)
    day = desk.law_day(notice)
    return None if chosen is None else frozenset(pack.id for pack in expand_names(chosen) if pack.applies_on(day))
