"""Whether a built or deployed site still says what was sealed: its files read back and compared."""

from __future__ import annotations

import http.client
import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from noticepress.errors import OutsideError, Problem, Severity, Source, UsageError, sort_problems
from noticepress.library import Reading
from noticepress.manifest import verify_editions
from noticepress.model import Version
from noticepress.schemas import ManifestOutput

TIMEOUT = 20
"""Seconds to wait for a deployed site."""

_SEALED = re.compile(r"content/[^/]+/versions/")

ReadFile = Callable[[str], bytes | None]
"""Gives a file of a site by its path, None where there is none."""


def find_broken_seals(reading: Reading) -> tuple[Problem, ...]:
    """Whatever is wrong with a sealed version: words that differ, files that are missing or cannot be read."""
    return tuple(problem for problem in reading.problems if _SEALED.match(problem.source.path))


def read_built_file(folder: Path) -> ReadFile:
    """Reads a built site's files; never outside its folder."""
    root = folder.resolve()

    def read(path: str) -> bytes | None:
        target = (root / path).resolve()
        return target.read_bytes() if target.is_relative_to(root) and target.is_file() else None

    return read


def fetch_site_file(address: str) -> ReadFile:
    """Fetches a deployed site's files.

    Raises UsageError for what is no web address; what it gives raises OutsideError where the network fails.
    """
    if not address.startswith(("https://", "http://")):
        raise UsageError(f"{address!r} is no web address; write https://…")
    base = address if address.endswith("/") else address + "/"

    def fetch(path: str) -> bytes | None:
        try:
            request = urllib.request.Request(base + path, headers={"User-Agent": "noticepress-verify"})  # noqa: S310 - checked above
            with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310 - checked above
                return bytes(answer.read())
        except urllib.error.HTTPError as error:
            with error:
                if error.code in {http.HTTPStatus.NOT_FOUND, http.HTTPStatus.GONE}:
                    return None
                raise OutsideError(f"{base}{path}: {error.code} {error.reason}; try again later") from error
        except (http.client.InvalidURL, ValueError) as error:
            raise UsageError(f"{address!r} is no web address: {error}; write https://…") from error
        except (http.client.HTTPException, OSError) as error:
            raise OutsideError(f"{base}{path}: {getattr(error, 'reason', error)}; try again later") from error

    return fetch


def read_root(read: ReadFile) -> str | None:
    """The root hash that a published site states, to be kept elsewhere; None where it states none."""
    try:
        return ManifestOutput.model_validate_json(read("manifest.json") or b"").root
    except ValidationError:
        return None


def verify_published(read: ReadFile, versions: Sequence[Version], where: str) -> tuple[Problem, ...]:
    """Compare a published site with its own manifest and with the sealed versions. Findings are DV05, at `where`."""
    raw = read("manifest.json")
    if raw is None:
        return (_report(where, "manifest.json", "is missing: this is no published site", "build it again"),)
    try:
        manifest = json.loads(raw)
    except ValueError:
        return (_report(where, "manifest.json", "is not JSON", "build it again"),)
    found = [_report(where, p.source.path, p.message, p.hint, p.severity) for p in verify_editions(manifest, read)]
    try:
        stated = ManifestOutput.model_validate(manifest)
    except ValidationError:
        return sort_problems(found)  # told above
    return sort_problems([*found, *_compare_with_sealed(stated, versions, where)])


def _compare_with_sealed(stated: ManifestOutput, versions: Sequence[Version], where: str) -> Iterator[Problem]:
    """A manifest may agree with its own site and both be false: what is sealed here decides."""
    hint = "build and deploy the site from these sources"
    sealed = {(version.notice, version.id): version for version in versions}
    for item in stated.versions:
        version = sealed.get((item.notice, item.version))
        if version is None or version.sha256 != item.sha256:
            told = f"publishes {item.notice} {item.version}, which is not what is sealed here"
            yield _report(where, "manifest.json", told, hint)
    for text in stated.editions:
        version = sealed.get((text.notice, text.version))
        edition = version.editions.get((text.region, text.locale)) if version else None
        if edition is None or edition.sha256 != text.sha256:
            yield _report(where, text.text, "is not what is sealed here", hint)


def _report(where: str, path: str, message: str, hint: str, severity: Severity = "error") -> Problem:
    return Problem("DV05", Source(f"{where.rstrip('/')}/{path}"), message, hint, severity)
