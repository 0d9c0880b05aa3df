"""Where an answer stands: the words that apply in a territory, and what a command names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from noticepress.errors import NoticeError, Problem, Source, UsageError
from noticepress.history import Standing, is_reached, order_of, start_of, trace_line
from noticepress.localize import list_fallbacks
from noticepress.markdown import drop_front_matter
from noticepress.model import AsOf, Edition, Library, Version
from noticepress.territories import UnknownTerritory, all_territories, explain_territory, find_region


@dataclass(frozen=True, slots=True)
class Answer:
    """The words that apply in a territory, in the language asked for or the one that decides, and why.

    `path` leads from the territory to what its region's rule names, or no further where the rule has changed since.
    """

    territory: str
    asked_locale: str
    standing: Standing
    edition: Edition
    path: tuple[str, ...]


def find_answer(library: Library, notice: str, territory: str, locale: str, as_of: AsOf) -> Answer:
    """The words of a notice for a territory, a language and a moment.

    Raises UsageError for a notice, territory or language that does not exist, NoticeError where nothing applied.
    """
    check_notice(library, notice)
    versions = library.versions.get(notice, ())
    known = dict.fromkeys((*library.settings.locales, *(loc for version in versions for loc in version.locales)))
    wanted = next((tag for tag in list_fallbacks(locale) if tag in known), "")
    if not wanted:
        raise UsageError(f"{locale!r} is not a language of this site; it has: {', '.join(known)}")
    try:
        standing = find_applicable(versions, territory, as_of)
    except UnknownTerritory as error:
        raise UsageError(f"{error}; write an ISO 3166 code such as JP, ES or US-CA") from None
    if standing is None:
        raise _nothing_found(notice, f"no version of {notice} is in force in {territory} on {as_of}")
    decisive = standing.version.authoritative.get(standing.region, "")
    found = (standing.edition(tag) for tag in (wanted, decisive, library.settings.source_locale, *known))
    edition = next((edition for edition in found if edition), None)
    if edition is None:
        raise _nothing_found(notice, f"version {standing.version.id} has no text for {standing.region}")
    return Answer(territory, locale, standing, edition, _explain(library, standing, territory))


def check_notice(library: Library, notice: str) -> None:
    """Raises UsageError for a notice that the site does not have."""
    if notice not in library.notices:
        raise UsageError(f"there is no notice {notice!r}; {list_known(notice, library.notices, 'the site has')}")


def list_known(name: str, known: Iterable[str], told: str) -> str:
    """What there is where a name is not: `did you mean 'asia'? It has: asia, rest`."""
    names = list(known)
    near = get_close_matches(name, names, n=1)
    listed = ", ".join(names) or "none yet"
    return f"did you mean {near[0]!r}? {told[:1].upper()}{told[1:]}: {listed}" if near else f"{told}: {listed}"


def tell_missing_source(library: Library, notice: str) -> NoticeError:
    """That a notice has no working text in the source language, where one is asked for."""
    place = Source(f"content/{notice}/{library.settings.source_locale}.md")
    return NoticeError([Problem("TR01", place, "the text in the source language is missing", f"write {place.path}")])


def find_version(library: Library, notice: str, name: str) -> Version:
    """The newest revision of a version, named by its day or by any of its revisions. Raises UsageError."""
    check_notice(library, notice)
    versions = library.versions.get(notice, ())
    if all(version.id != name for version in versions):
        known = ", ".join(version.id for version in versions) or "none yet"
        raise UsageError(f"there is no version {name!r} of {notice}; there are: {known}")
    day = order_of(name)[0]
    return max((version for version in versions if order_of(version.id)[0] == day), key=lambda v: order_of(v.id))


def _nothing_found(notice: str, told: str) -> NoticeError:
    return NoticeError([Problem("DV06", Source(f"content/{notice}"), told, "see 'status' for its versions and dates")])


def find_applicable(versions: Sequence[Version], territory: str, as_of: AsOf) -> Standing | None:
    """What applies in a territory: the newest version that has begun in the region which holds it there.

    None before the first version, and where the newest leaves the territory out. `versions` come oldest first. Raises
    UnknownTerritory for a code that does not exist: a notice is never chosen by guess.
    """
    if territory not in all_territories():
        find_region({}, territory)  # says what may have been meant
    sealed = [version for version in versions if version.sealed]
    for version in reversed([version for version in sealed if not version.withdrawn]):
        try:
            region = find_region(version.regions, territory).id
        except UnknownTerritory:
            region = ""
        if all(is_reached(start_of(version, name), as_of) for name in ([region] if region else version.regions)):
            standing = trace_line(version.notice, region, sealed, as_of).find(version.id) if region else None
            # Regions begin in their own zones: a territory that moves between them keeps its words until the new one's.
            return replace(standing, state="in-force") if standing else None
    return None


def _explain(library: Library, standing: Standing, territory: str) -> tuple[str, ...]:
    """Why the region holds the territory, by the rule as it is written now; a sealed version holds the outcome only."""
    region = library.regions.get(standing.region)
    held = territory if territory in standing.sealed_region.territories else territory.partition("-")[0]
    try:
        path = explain_territory(held, region.rule, standing.effective.day) if region else ()
    except UnknownTerritory:
        path = ()
    return tuple(dict.fromkeys((territory, *path)))


def decode_text(raw: bytes, path: str) -> str:
    """A Markdown file as an edition: line feeds, and no front matter. Raises UsageError for what is no text."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8; save it as UTF-8") from None
    return drop_front_matter(text.replace("\r\n", "\n").replace("\r", "\n"))
