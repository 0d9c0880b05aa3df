"""manifest.json: the hash of every published edition, the chain of versions, and one hash over it all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from noticepress.manifest.published import (
    FORMAT,
    Lines,
    edition_path,
    find_published,
    format_utc,
    list_editions,
    text_path,
)
from noticepress.model import Settings, Version


def build_manifest(lines: Lines, versions: Mapping[str, Sequence[Version]], settings: Settings) -> dict[str, Any]:
    """/manifest.json: the hash of every published edition, and the chain of public versions; nothing else.

    Addresses are relative to the site, so that the root hash does not depend on where the site stands.
    """
    published = find_published(lines)
    public = {(standing.version.notice, standing.version.id) for standing in published}
    cancelled = {(s.version.notice, s.version.id) for s in published if s.state == "withdrawn"}
    body = {
        "versions": [
            {
                "notice": version.notice,
                "version": version.id,
                "sha256": version.sha256,
                "previous": version.previous or None,
                "facts": version.facts_sha256,
                **(
                    {"withdrawn": format_utc(version.withdrawn.instant)}
                    if version.withdrawn and (version.notice, version.id) in cancelled
                    else {}
                ),
            }
            for notice in sorted(versions)
            for version in versions[notice]
            if (version.notice, version.id) in public
        ],
        "editions": [
            {
                "notice": edition.notice,
                "version": edition.version,
                "region": edition.region,
                "locale": edition.locale,
                "page": edition_path(edition),
                "text": text_path(edition),
                "sha256": edition.sha256,
                **(
                    {"removed": format_utc(removal.instant)}
                    if (removal := standing.version.removals.get((edition.region, edition.locale)))
                    else {}
                ),
            }
            for standing in published
            for edition in list_editions(standing, settings)
        ],
    }
    return {"$schema": f"{settings.site_url}schemas/manifest.json", "format": FORMAT, "root": hash_root(body), **body}


def hash_root(body: Mapping[str, Any]) -> str:
    """The one hash over all editions and versions; what else a manifest holds does not count."""
    plain = {"editions": body["editions"], "versions": body["versions"]}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
