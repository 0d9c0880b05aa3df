"""A class of change, and why a change is at least of that class."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from noticepress.model import ChangeClass

_WEIGHTS = {"editorial": 0, "minor": 1, "material": 2}


@dataclass(frozen=True, slots=True)
class Reason:
    """What was touched, and the class that this calls for.

    `section` is empty for what stands in no section, such as a fact. `is_token` says that only a protected token was
    touched: a person may confirm that the change is editorial all the same.
    """

    change_class: ChangeClass
    section: str
    text: str
    is_token: bool = False

    def __str__(self) -> str:
        return f"{self.place}{self.text} → {self.change_class}"

    @property
    def place(self) -> str:
        """`#cookies: `, or nothing."""
        return f"#{self.section}: " if self.section else ""


@dataclass(frozen=True, slots=True)
class Minimum:
    """The least class that a change may be announced as; the weightiest reasons come first, and none is editorial."""

    change_class: ChangeClass
    reasons: tuple[Reason, ...] = ()


def weigh_class(change_class: ChangeClass) -> int:
    """Sort key of a class: editorial 0, minor 1, material 2."""
    return _WEIGHTS[change_class]


def make_minimum(reasons: Iterable[Reason]) -> Minimum:
    """The class that the strictest of the reasons calls for."""
    kept = sorted(dict.fromkeys(reasons), key=lambda reason: -weigh_class(reason.change_class))
    return Minimum(kept[0].change_class, tuple(kept)) if kept else Minimum("editorial")


def find_strictest(minimums: Iterable[Minimum]) -> Minimum:
    """One minimum for all: every reason once."""
    return make_minimum(reason for minimum in minimums for reason in minimum.reasons)
