"""Where versions stand in a line: one notice in one region through time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from noticepress.history.moments import local_day, start_of
from noticepress.model import AsOf, Edition, Effective, SealedRegion, Version

State = Literal["draft", "adopted", "announced", "in-force", "superseded", "corrected", "retired", "withdrawn"]

RECENT_DAYS = 30
"""How long a page says that it has changed lately: days, from the first one in force."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one version of a line stands at an instant.

    `effective` is its effective date, which a revision shares with what it corrects. `until` is when it no longer
    applies, where a successor is public. `predecessor` is the version that a visitor could see when this one was
    sealed, and `successor` what follows for a visitor now. `region` is the region's id in this version.
    """

    version: Version
    region: str
    state: State
    effective: Effective
    until: Effective | None = None
    predecessor: tuple[Version, str] | None = None
    successor: tuple[Version, str] | None = None

    @property
    def is_visible(self) -> bool:
        """Whether a visitor may see it: a version that was withdrawn before anybody was told of it, never."""
        if self.state == "withdrawn":
            announced, withdrawn = self.version.announced, self.version.withdrawn
            return announced is not None and withdrawn is not None and announced <= withdrawn.instant
        return self.state not in {"draft", "adopted"}

    @property
    def since(self) -> Effective:
        """When its words began to be shown, or will: a revision's from its publication on."""
        return start_of(self.version, self.region)

    @property
    def has_applied(self) -> bool:
        """Whether it has ever been in force, or will be as far as is known."""
        return self.state != "withdrawn" and (self.until is None or self.until.instant > self.since.instant)

    @property
    def sealed_region(self) -> SealedRegion:
        """The region as this version was sealed with it."""
        return self.version.regions[self.region]

    def edition(self, locale: str) -> Edition | None:
        """The edition in a locale; None where it was never written."""
        return self.version.editions.get((self.region, locale))

    def previous_edition(self, locale: str) -> Edition | None:
        """The predecessor's edition in the same locale."""
        if self.predecessor is None:
            return None
        version, region = self.predecessor
        return version.editions.get((region, locale))

    def is_changed(self, locale: str) -> bool:
        """Whether this edition says something else than its predecessor's (a first one always does)."""
        edition, previous = self.edition(locale), self.previous_edition(locale)
        return edition is not None and (previous is None or edition.sha256 != previous.sha256)

    def is_recent(self, as_of: AsOf) -> bool:
        """Whether it came into force less than RECENT_DAYS ago and follows another version."""
        if self.state not in {"in-force", "corrected"} or self.predecessor is None or not self.has_applied:
            return False
        return local_day(as_of, self.since.zone) < self.since.day + timedelta(days=RECENT_DAYS)


@dataclass(frozen=True, slots=True)
class Line:
    """One notice in one region: its standings at an instant, oldest first."""

    notice: str
    region: str
    standings: tuple[Standing, ...]

    @property
    def in_force(self) -> Standing | None:
        """The version that applies; None before the first and after the last."""
        return next((s for s in reversed(self.standings) if s.state == "in-force"), None)

    @property
    def announced(self) -> tuple[Standing, ...]:
        """The versions that are public but do not apply yet, next one first."""
        return tuple(s for s in self.standings if s.state == "announced")

    @property
    def visible(self) -> tuple[Standing, ...]:
        """What a visitor may see, oldest first."""
        return tuple(s for s in self.standings if s.is_visible)

    def list_cancelled(self, as_of: AsOf) -> tuple[Standing, ...]:
        """Versions that were announced and then withdrawn, while people still expect them.

        That is until RECENT_DAYS after the day from which they would have applied, unless another has come since.
        """
        current = self.in_force
        return tuple(
            s
            for s in self.visible
            if s.state == "withdrawn"
            and (current is None or s.effective.instant >= current.since.instant)
            and local_day(as_of, s.effective.zone) < s.effective.day + timedelta(days=RECENT_DAYS)
        )

    def list_revisions(self, standing: Standing) -> tuple[Standing, ...]:
        """A version and its revisions up to a standing, as far as visitors may see them, oldest first."""
        place = self.standings.index(standing)
        return tuple(
            s for s in self.standings[: place + 1] if s is standing or (s.is_visible and is_revision(standing, s))
        )

    def find(self, version_id: str) -> Standing | None:
        """The standing of one version."""
        return next((s for s in self.standings if s.version.id == version_id), None)


def is_revision(newer: Standing, older: Standing) -> bool:
    """Whether one standing is of a revision of the other's version."""
    return newer.version.day == older.version.day and newer.version.id != older.version.id
