"""What a check is: an id for ever, how bad its worst finding is, who asks for it, and the function that looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from noticepress.checks.desk import Desk, Finder
from noticepress.errors import Problem, Severity


@dataclass(frozen=True, slots=True)
class Check:
    """A check. `decides` is false where it only hints: a heuristic, whose findings are never errors.

    `finds` says in a sentence what it looks for, `why` what harm that does; `wrong` and `right` are an example of each.
    `jurisdictions` are those whose rules ask for it, `all` where everyone does.
    """

    id: str
    severity: Severity
    find: Finder
    finds: str
    why: str
    wrong: str
    right: str
    jurisdictions: tuple[str, ...] = ("all",)
    decides: bool = True

    def __call__(self, desk: Desk) -> Iterator[Problem]:
        """Everything that it finds."""
        return self.find(desk)


def check(
    name: str,
    severity: Severity,
    *,
    why: str,
    wrong: str,
    right: str,
    jurisdictions: tuple[str, ...] = ("all",),
    decides: bool = True,
) -> Callable[[Finder], Check]:
    """Make a check of a function; the first sentence of its docstring says what it finds."""

    def make(find: Finder) -> Check:
        finds = " ".join((find.__doc__ or "").partition("\n\n")[0].split())
        return Check(name, severity, find, finds, why, wrong, right, jurisdictions, decides)

    return make
