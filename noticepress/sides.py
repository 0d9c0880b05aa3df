"""The two texts that a comparison is about: versions, regions and languages of a notice, any with any other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from noticepress.errors import UsageError
from noticepress.history import Line, Standing, trace_notice
from noticepress.lookup import check_notice, list_known, tell_missing_source
from noticepress.model import AsOf, Edition, Library, Version

IN_FORCE = "in-force"
DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Choice:
    """What to compare; whatever is empty is left to `find_sides`.

    `older` and `newer` are versions, `draft` or `in-force`. `against_region` and `against_locale` are those of the
    older side, where they are not the newer side's.
    """

    older: str = ""
    newer: str = ""
    region: str = ""
    locale: str = ""
    against_region: str = ""
    against_locale: str = ""

    @property
    def is_across(self) -> bool:
        """Whether the sides are of different regions or languages, rather than of different times."""
        return bool(self.against_region or self.against_locale)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two texts: an edition, and the version and region that it is of (the region by its id at that time)."""

    version: Version
    region: str
    edition: Edition

    @property
    def locale(self) -> str:
        """The language of the text."""
        return self.edition.locale


def find_sides(
    library: Library, notice: str, draft: Version | None, as_of: AsOf, choice: Choice
) -> tuple[Side | None, Side]:
    """The older and the newer side; no older one where there is none before.

    The newer version is by default the draft, else the newest, in the first region and the source language. The older
    one is by default the one before it (for a draft: the one in force), and the same version where regions or languages
    are compared. Raises UsageError for what does not exist, and says what does; NoticeError where a working text in the
    source language should be there and is not.
    """
    check_notice(library, notice)
    versions = [*library.versions.get(notice, ()), *([draft] if draft else [])]
    lines = trace_notice(notice, versions, as_of)
    if not lines:
        raise tell_missing_source(library, notice)
    line = _find_line(lines, notice, choice.region)
    new = _find_standing(line, choice.newer) if choice.newer else line.standings[-1]
    source_locale = library.settings.source_locale
    if not choice.locale and new.version is draft and (new.region, source_locale) not in draft.editions:
        raise tell_missing_source(library, notice)
    locale = choice.locale or source_locale
    newer = Side(new.version, new.region, _get_edition(new.version, new.region, locale, "--locale"))
    other = _find_line(lines, notice, choice.against_region) if choice.against_region else line
    if choice.older or choice.is_across:
        old = _find_standing(other, choice.older or new.version.id)
        held: tuple[Version, str] | None = (old.version, old.region)
    else:
        held = new.predecessor
    if held is None:
        return None, newer
    told = "--against-locale" if choice.against_locale else "--locale"
    return Side(*held, _get_edition(*held, choice.against_locale or locale, told)), newer


def _find_line(lines: Mapping[str, Line], notice: str, region: str) -> Line:
    name = region or next(iter(lines))
    if name not in lines:
        raise UsageError(f"there is no region {name!r} in {notice}; {list_known(name, lines, 'it has')}")
    return lines[name]


def _find_standing(line: Line, name: str) -> Standing:
    """The version of a line that has a name, or is in a state."""
    states = {standing.state: standing for standing in line.standings}
    found = [standing for standing in line.standings if standing.version.id == name]
    if name in {DRAFT, IN_FORCE} and name in states:
        return states[name]
    if name == DRAFT:
        raise UsageError(f"nothing is being prepared for {line.notice}; change its text, or write its next.yml")
    if name == IN_FORCE:
        raise UsageError(f"nothing of {line.notice} is in force in {line.region}; see 'status' for its versions")
    if not found:
        told = list_known(name, [standing.version.id for standing in line.standings], "there are")
        raise UsageError(f"there is no version {name!r} of {line.notice} in {line.region}; {told}")
    return found[-1]


def _get_edition(version: Version, region: str, locale: str, option: str) -> Edition:
    edition = version.editions.get((region, locale))
    if edition is None:
        written = ", ".join(loc for name, loc in version.editions if name == region) or "none"
        raise UsageError(
            f"{version.notice} {version.id} has no text in {locale!r} for {region}; choose with {option}: {written}"
        )
    return edition
