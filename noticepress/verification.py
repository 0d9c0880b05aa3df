"""Whether a built or deployed site still says what was sealed: its files read back and compared."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

from noticepress.errors import OutsideError, Problem, Source, UsageError, sort_problems
from noticepress.manifest import verify_editions
from noticepress.model import Version

TIMEOUT = 20
"""Seconds to wait for a deployed site."""

ReadFile = Callable[[str], bytes | None]


def read_built_file(folder: Path) -> ReadFile:
    """Reads a built site's files; never outside its folder."""
    root = folder.resolve()

    def read(path: str) -> bytes | None:
        target = (root / path).resolve()
        return target.read_bytes() if target.is_relative_to(root) and target.is_file() else None

    return read


def fetch_site_file(address: str) -> ReadFile:
    """Fetches a deployed site's files. Raises UsageError for what is no web address, OutsideError where the network fails."""
    if not address.startswith(("https://", "http://")):
        msg = f"{address!r} is no web address; write https://…"
        raise UsageError(msg)
    base = address if address.endswith("/") else address + "/"

    def fetch(path: str) -> bytes | None:
        request = urllib.request.Request(base + path, headers={"User-Agent": "noticepress-verify"})  # noqa: S310 - checked above
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310 - checked above
                return bytes(answer.read())
        except urllib.error.HTTPError as error:
            if error.code in {404, 410}:
                return None
            msg = f"{base}{path}: {error.code} {error.reason}"
            raise OutsideError(msg) from error
        except (urllib.error.URLError, OSError) as error:
            msg = f"{base}{path}: {getattr(error, 'reason', error)}"
            raise OutsideError(msg) from error

    return fetch


def verify_published(read: ReadFile, versions: Sequence[Version], where: str) -> tuple[Problem, ...]:
    """Compare a published site with itself (its manifest) and with the sealed versions. Findings are DV05, at `where`."""
    raw = read("manifest.json")
    if raw is None:
        return (Problem("DV05", Source(f"{where}/manifest.json"), "is missing: this is no published site", "build it again"),)
    try:
        manifest = json.loads(raw)
    except ValueError:
        return (Problem("DV05", Source(f"{where}/manifest.json"), "is not JSON", "build it again"),)
    found = [
        Problem(item.id, Source(f"{where.rstrip('/')}/{item.source.path}"), item.message, item.hint, item.severity)
        for item in verify_editions(manifest, read)
    ]
    if not isinstance(manifest, dict) or not isinstance(manifest.get("versions"), list):
        return sort_problems(found)
    sealed = {(version.notice, version.id): version for version in versions}
    for stated in manifest["versions"]:
        version = sealed.get((stated.get("notice"), stated.get("version"))) if isinstance(stated, dict) else None
        if version is None or version.sha256 != stated.get("sha256"):
            told = f"publishes {stated.get('notice')} {stated.get('version')}, which is not what is sealed here" if isinstance(stated, dict) else "is odd"
            hint = "build and deploy the site from these sources"
            found.append(Problem("DV05", Source(f"{where.rstrip('/')}/manifest.json"), told, hint))
    return sort_problems(found)
