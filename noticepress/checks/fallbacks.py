"""What readers of a translation are shown in another language: names of regions, titles, the words around the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from noticepress.checks.desk import Desk
from noticepress.errors import Problem, Severity
from noticepress.localize import has_words, list_fallbacks, pick
from noticepress.model import Texts

_NAMED = re.compile(r"\bregion\s*\.\s*name\b")


def find_unnamed(desk: Desk) -> Iterator[Problem]:
    """Names of regions and titles that are not there in the language of a text: those of another one are sealed in it.

    An error where the language is required and its text prints the name.
    """
    library = desk.library
    for (name, locale), working in library.texts.items():
        notice = library.notices[name]
        if locale == library.settings.source_locale:
            continue
        for region in (library.regions[each] for each in notice.regions or library.regions if each in library.regions):
            if shown := _find_other(region.names, locale, library.settings.source_locale):
                told = f"no name in {locale!r} for region {region.id!r}: texts in {locale!r} will say {shown!r}"
                is_required = locale in region.required_locales and _NAMED.search(working.text)
                severity: Severity = desk.words_severity(name) if is_required else "warning"
                yield Problem("TR01", region.source, told, f"add '{locale}: …' under name", severity)
        is_read = "title" in notice.places  # a notice.yml that cannot be read is told by itself
        if is_read and (shown := _find_other(notice.titles, locale, library.settings.source_locale)):
            told = f"no title in {locale!r}: pages in {locale!r} will say {shown!r}"
            yield Problem("TR01", notice.find_place("title"), told, f"add '{locale}: …' under title", "warning")


def _find_other(texts: Texts, locale: str, source_locale: str) -> str:
    """What stands in for words that a language lacks; empty where it has them, or there are none at all."""
    shown, tag = pick(texts, locale, source_locale)
    return "" if tag in list_fallbacks(locale) else shown


def find_unlabelled(desk: Desk) -> Iterator[Problem]:
    """Languages of texts that the words of the interface are not written in."""
    settings = desk.library.settings
    written = {locale for _, locale in desk.library.texts}
    for index, locale in enumerate(settings.locales):
        if locale in written and not has_words(locale):
            told = f"pages in {locale!r} have English labels around the text, such as 'Applies from'"
            hint = "nothing that a site can mend: the labels are part of the program, in noticepress/catalogs"
            yield Problem("TR01", settings.find_place(f"locales.{index}"), told, hint, "info")
