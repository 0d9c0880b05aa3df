"""Names in one file that another must have: regions, notices, languages."""

from __future__ import annotations

from collections.abc import Iterator

from noticepress.errors import Problem
from noticepress.model import Library, Notice


def check_names(library: Library) -> Iterator[Problem]:
    """Every name that is used and is not there."""
    for notice in library.notices.values():
        yield from _check_notice(library, notice)
    locales = library.settings.locales
    versions = [version for found in library.versions.values() for version in found]
    sealed = {name for version in versions for name in version.regions}
    for region in library.regions.values():
        for locale in region.required_locales:
            if locale not in locales:
                told = f"required locale {locale!r} is not a language of this site"
                yield Problem("TR06", region.source, told, "add it to locales in mkdocs.yml")
        for name in region.succeeds:
            if versions and name not in sealed:
                told = f"region {region.id!r} succeeds {name!r}, which no version was sealed for"
                yield Problem("RG03", region.source, told, f"use one of {', '.join(sorted(sealed))}")


def _check_notice(library: Library, notice: Notice) -> Iterator[Problem]:
    if notice.supplements and notice.supplements not in library.notices:
        told = f"supplements {notice.supplements!r}, which is no notice here"
        yield Problem("CE07", notice.source, told, "name a folder of content/")
    elif notice.id in _follow_supplements(library, notice):
        yield Problem("CE07", notice.source, f"{notice.id!r} supplements itself", "remove 'supplements:'")
    for name in dict.fromkeys((*notice.regions, *(name for name in notice.authoritative if name))):
        if name not in library.regions:
            yield Problem("RG03", notice.source, f"unknown region {name!r}", f"use one of {', '.join(library.regions)}")
    for locale in notice.authoritative.values():
        if locale not in library.settings.locales:
            told = f"authoritative locale {locale!r} is not a language of this site"
            yield Problem("TR06", notice.source, told, "add it to locales in mkdocs.yml")


def _follow_supplements(library: Library, notice: Notice) -> list[str]:
    """The notices that a notice supplements, one after the other, until one supplements none or comes again."""
    found: list[str] = []
    name = notice.supplements
    while name and name not in found:
        found.append(name)
        name = library.notices[name].supplements if name in library.notices else ""
    return found
