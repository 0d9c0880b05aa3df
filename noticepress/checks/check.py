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

    With `by_notice` the function is given the texts of one notice after another, and `first`, where there is one, the
    whole desk before.
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
    by_notice: bool = False
    first: Finder | None = None

    def look_over(self, desk: Desk) -> Iterator[Problem]:
        """What it finds that is looked for once, on the whole desk."""
        find = self.first if self.by_notice else self.find
        return find(desk) if find else iter(())

    def read(self, desk: Desk) -> Iterator[Problem]:
        """What it finds in the texts of the notice that a desk is for."""
        return self.find(desk) if self.by_notice else iter(())

    def __call__(self, desk: Desk) -> Iterator[Problem]:
        """Everything that it finds."""
        yield from self.look_over(desk)
        for table in desk.split():
            yield from self.read(table)


def check(
    name: str,
    severity: Severity,
    *,
    why: str,
    wrong: str,
    right: str,
    jurisdictions: tuple[str, ...] = ("all",),
    decides: bool = True,
    by_notice: bool = False,
    first: Finder | None = None,
) -> Callable[[Finder], Check]:
    """Make a check of a function; the first sentence of its docstring says what it finds."""

    def make(find: Finder) -> Check:
        finds = " ".join((find.__doc__ or "").partition("\n\n")[0].split())
        return Check(name, severity, find, finds, why, wrong, right, jurisdictions, decides, by_notice, first)

    return make
