"""What is said: a notice, its working texts and what it will become, from a folder of content/."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from noticepress import documents as doc
from noticepress.conversions import make_commitment, make_origin, make_record, name_locales
from noticepress.errors import Source
from noticepress.files import Collector, read_text
from noticepress.library.folders import check_file_name
from noticepress.localize import is_locale
from noticepress.model import NextVersion, Notice, Settings, WorkingText
from noticepress.paperwork import list_places
from noticepress.reading import fit, read_yaml


def read_notice(site: Path, name: str, settings: Settings) -> Notice:
    """A notice as its notice.yml describes it. Raises NoticeError."""
    path = f"content/{name}/notice.yml"
    check_file_name(name, path)
    file = read_yaml(site, path)
    found = fit(file, doc.NoticeDocument)
    return Notice(
        id=name,
        titles=name_locales(found.title, settings.source_locale),
        audiences=name_locales(found.audience, settings.source_locale),
        supplements=found.supplements or "",
        regions=tuple(found.regions or ()),
        authoritative=dict(found.authoritative),
        commitments=tuple(make_commitment(item) for item in found.commitments),
        packs=None if found.packs is None else tuple(found.packs),
        reviewed=found.reviewed,
        source=Source(path),
        places=list_places(file),
    )


def read_texts(
    site: Path, notice: str, files: list[str], settings: Settings, collector: Collector
) -> Iterator[WorkingText]:
    """Each working text of a notice; a file for no language of the site is told, and left out."""
    for name in files:
        locale, path = name.removesuffix(".md"), f"content/{notice}/{name}"
        if not name.endswith(".md"):
            continue
        if locale not in settings.locales if settings.locales else not is_locale(locale):
            told = f"{locale!r} is not a language {'of this site' if is_locale(locale) else 'tag'}"
            hint = f"rename it, or add the language to locales in mkdocs.yml ({', '.join(settings.locales)})"
            collector.report("TR06", Source(path), told, hint)
        elif (text := collector.attempt(read_text, site, path)) is not None:
            yield WorkingText(notice, locale, text, path)


def read_next(site: Path, notice: str, settings: Settings) -> NextVersion:
    """The version being prepared, from next.yml. Raises NoticeError."""
    path = f"content/{notice}/next.yml"
    file = read_yaml(site, path)
    found = fit(file, doc.NextDocument)
    return NextVersion(
        notice=notice,
        effective=found.effective,
        record=make_record(found, settings.source_locale),
        announced=found.announced,
        origin=make_origin(found.origin),
        source=Source(path),
        places=list_places(file),
    )
