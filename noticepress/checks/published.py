"""What a site built before tells programs, compared with what was sealed and with what it would tell now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from noticepress.checks.desk import Desk
from noticepress.errors import Problem, Source
from noticepress.feeds import Entry, find_entries
from noticepress.history import Line, local_day, trace_notice
from noticepress.manifest import find_published, list_editions
from noticepress.schemas import FeedItem, FeedOutput, ManifestOutput, NoticesOutput

MANIFEST, NOTICES, FEED = "manifest.json", "notices.json", "changes.json"
_BUILD = "build the site and publish it"
_RESTORE = "restore content/*/versions/ from version control: what was published is never changed"

Shape = TypeVar("Shape", bound=BaseModel)


def _read(desk: Desk, name: str, shape: type[Shape]) -> Shape | None:
    """A data file of the site built before; None where it is not there, or is no such file."""
    text = desk.built.published.get(name)
    try:
        return None if text is None else shape.model_validate_json(text)
    except ValidationError:
        return None


def _trace(desk: Desk) -> Mapping[str, Mapping[str, Line]]:
    return {name: trace_notice(name, versions, desk.as_of) for name, versions in desk.library.versions.items()}


def _locate(desk: Desk, notice: str, version: str, name: str) -> Source:
    """The file of a sealed version; the published file where it is not there."""
    found = (item.path for item in desk.library.versions.get(notice, ()) if item.id == version)
    path = next(found, "")
    return Source(f"{path}/version.yml" if path else name)


# ---- sealed versions


def find_lost_versions(desk: Desk) -> Iterator[Problem]:
    """Versions that were published and are gone, or are other files now."""
    manifest = _read(desk, MANIFEST, ManifestOutput)
    sealed = {(v.notice, v.id): v.sha256 for found in desk.library.versions.values() for v in found}
    for version in manifest.versions if manifest else ():
        name = f"{version.notice} {version.version}"
        digest = sealed.get((version.notice, version.version))
        place = _locate(desk, version.notice, version.version, MANIFEST)
        if digest is None:
            yield Problem("DV05", place, f"{name} was published, and is not among the sealed versions", _RESTORE)
        elif digest != version.sha256:
            told = f"{name} differs from the manifest: sha256 {digest[:12]}…, published as {version.sha256[:12]}…"
            yield Problem("DV05", place, told, _RESTORE)


def find_stale_state(desk: Desk) -> Iterator[Problem]:
    """Versions that are public or in force now, and that the site built before does not tell of."""
    settings, lines = desk.library.settings, _trace(desk)
    if manifest := _read(desk, MANIFEST, ManifestOutput):
        known = {(item.notice, item.version, item.region, item.locale) for item in manifest.editions}
        for standing in find_published(lines):
            version = standing.version
            editions = list_editions(standing, settings)
            if any((version.notice, version.id, item.region, item.locale) not in known for item in editions):
                told = f"{version.notice} {version.id} is public, and the built site lacks it or a part of it"
                yield Problem("DV08", _locate(desk, version.notice, version.id, MANIFEST), told, _BUILD, "warning")
    notices = _read(desk, NOTICES, NoticesOutput)
    for notice in notices.notices if notices else ():
        for line in notice.lines:
            now = lines.get(notice.notice, {}).get(line.region)
            if now and now.in_force and now.in_force.version.id != line.in_force:
                name = now.in_force.version.id
                told = f"{notice.notice} {name} is in force in {line.region}; the built site says {line.in_force}"
                yield Problem("DV08", _locate(desk, notice.notice, name, NOTICES), told, _BUILD, "warning")


# ---- feeds


def find_feed_faults(desk: Desk) -> Iterator[Problem]:
    """Entries that programs have read, and that are gone now or say something else."""
    feed = _read(desk, FEED, FeedOutput)
    zone = desk.library.settings.zone
    # Asked for an earlier day, nothing that came later is there: that is no fault.
    if feed is None or any(local_day(item.date_modified, zone) > desk.today for item in feed.items):
        return
    now = {entry.id: entry for entry in find_entries(_trace(desk), desk.library.settings)}
    for item in feed.items:
        own = item.noticepress
        place = _locate(desk, own.notice, own.version, FEED)
        if entry := now.get(item.id):
            for told in _compare_entry(item, entry):
                yield Problem("CN08", place, f"entry {item.id} {told}", "entries that were read stay as they are")
        else:
            hint = "keep what was published: its version, its locale, and the address of the site"
            yield Problem("CN08", place, f"entry {item.id} vanished", hint)


def _compare_entry(item: FeedItem, entry: Entry) -> Iterator[str]:
    """What an entry says otherwise than it was read."""
    own = item.noticepress
    if (own.notice, own.version, own.region, own.locale) != (entry.notice, entry.version, entry.region, entry.locale):
        yield f"was used for {own.notice} {own.version} in {own.region}, {own.locale}: an id is never used again"
    elif own.sha256 != entry.sha256:
        yield f"stands for other words: sha256 {entry.sha256[:12]}…, read as {own.sha256[:12]}…"
    if item.date_published != entry.announced:
        yield f"was published {item.date_published or 'on an unknown day'}, announced {entry.announced or 'never'}"
    if item.date_modified > entry.updated:
        yield f"moves back: updated {entry.updated}, read as {item.date_modified}"
