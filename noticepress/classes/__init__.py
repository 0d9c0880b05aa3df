"""The least class that a change may be announced as, for each region and locale, with a reason for each.

What a change touches decides: the words, who answers, what is done with data, what is promised. Where several rules
apply, the strictest class counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from noticepress.classes.parties import find_party_reasons, map_names
from noticepress.classes.practices import find_commitment_reasons, find_processing_reasons
from noticepress.classes.printed import Printed
from noticepress.classes.reason import Minimum, Reason, find_strictest, make_minimum, weigh_class
from noticepress.classes.wording import find_edition_reasons, find_text_minimum
from noticepress.history import order_of
from noticepress.localize import format_date
from noticepress.model import Version

__all__ = [
    "Minimum",
    "Reason",
    "find_minimums",
    "find_replaced",
    "find_text_minimum",
    "set_date",
    "strictest",
    "weigh_class",
]


def strictest(minimums: Iterable[Minimum]) -> Minimum:
    """One minimum for all of them: the strictest class, and every reason once."""
    return find_strictest(minimums)


def find_replaced(versions: Sequence[Version], draft: Version, region: str) -> tuple[Version, str] | None:
    """The version that another replaces in a region, and the region's name in it; None where it is the first.

    It is the newest sealed version of the notice before the draft that was not withdrawn and has the region, or one
    that the region succeeds. `versions` come oldest first. A draft that has no date of its own bears the newest
    version's, and replaces that.
    """
    names = (region, *(draft.regions[region].succeeds if region in draft.regions else ()))
    for version in reversed(versions):
        if (
            version.sealed
            and version.withdrawn is None
            and version.notice == draft.notice
            and _precedes(version, draft)
        ):
            for name in names:
                if name in version.regions:
                    return version, name
    return None


def _precedes(version: Version, draft: Version) -> bool:
    """Whether it was there before; a draft follows every revision of the versions up to its day."""
    if draft.sealed:
        return order_of(version.id) < order_of(draft.id)
    return version.day <= draft.day


def find_minimums(versions: Sequence[Version], draft: Version) -> dict[tuple[str, str], Minimum]:
    """The least class for each (region, locale) whose words replace a version's; `versions` come oldest first."""
    found: dict[tuple[str, str], Minimum] = {}
    printed: dict[str, Printed] = {}
    for region in draft.regions:
        if replaced := find_replaced(versions, draft, region):
            former, name = replaced
            if former.id not in printed:
                printed[former.id] = Printed.read(former, draft)
            common = tuple(_find_common_reasons(former, name, draft, region, printed[former.id]))
            for key in draft.editions:
                if key[0] == region:
                    words = _find_word_reasons(former, name, draft, key)
                    found[key] = make_minimum([*words, *common])
    return found


def _find_common_reasons(former: Version, name: str, draft: Version, region: str, printed: Printed) -> Iterator[Reason]:
    """What changed in a region for every language."""
    yield from find_party_reasons(former.regions[name], draft.regions[region], former, printed)
    yield from find_commitment_reasons(former.commitments, draft.commitments)
    yield from find_processing_reasons(former.processing, draft.processing)
    if former.supplements != draft.supplements:
        told = (
            f"now supplements {draft.supplements}"
            if draft.supplements
            else f"no longer supplements {former.supplements}"
        )
        yield Reason("minor", "", told)


def _find_word_reasons(former: Version, name: str, draft: Version, key: tuple[str, str]) -> Iterator[Reason]:
    region, locale = key
    if (name, locale) in former.removals:
        return iter(())  # what stands in place of a text that had to go are no words of the notice
    before = {
        loc: edition.text
        for (of_region, loc), edition in former.editions.items()
        if of_region == name and (name, loc) not in former.removals
    }
    after = {
        loc: set_date(edition.text, loc, draft.day, former.day)
        for (of_region, loc), edition in draft.editions.items()
        if of_region == region
    }
    return find_edition_reasons(before, after, locale, map_names(former.regions[name], draft.regions[region]))


def set_date(text: str, locale: str, day: date, other: date) -> str:
    """A text that tells its own date, with another: it differs from the one before in nothing by that alone."""
    return text.replace(format_date(day, locale), format_date(other, locale)).replace(
        day.isoformat(), other.isoformat()
    )
