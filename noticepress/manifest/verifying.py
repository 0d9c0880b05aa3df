"""Whether a site holds the words that its manifest states."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from noticepress.errors import Problem, Source, sort_problems
from noticepress.manifest.hashes import hash_root
from noticepress.manifest.published import edition_path, text_path
from noticepress.model import Edition
from noticepress.schemas import ManifestEdition, ManifestOutput, ManifestVersion

_RESTORE = "publish the site again from its sealed versions"


def verify_editions(
    manifest: Mapping[str, Any], read: Callable[[str], bytes | None], expected_root: str = ""
) -> tuple[Problem, ...]:
    """Whether a site holds the words that its manifest states (DV05).

    `read` gives a file of the site by its path (`en/…/notice.md`), None where there is none; what it raises is passed
    on. `expected_root` is a root hash kept elsewhere: without it a manifest can only be compared with itself.
    """
    try:
        found = ManifestOutput.model_validate(manifest)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        return (_report("manifest.json", f"is no manifest: {where or 'it'} is missing or wrong"),)
    problems = [*_verify_root(manifest, found.root, expected_root), *_verify_chain(found.versions)]
    known = {(version.notice, version.version) for version in found.versions}
    for edition in found.editions:
        if (edition.notice, edition.version) not in known:
            problems.append(_report(edition.text, f"belongs to version {edition.version}, which the chain lacks"))
        problems.extend(_verify_edition(edition, read))
    return sort_problems(problems)


def _verify_root(manifest: Mapping[str, Any], stated: str, expected: str) -> Iterator[Problem]:
    root = hash_root(manifest)
    if root != stated:
        yield _report("manifest.json", f"states the root hash {stated[:12]}…, but its entries make {root[:12]}…")
    if expected not in {"", root}:
        yield _report("manifest.json", f"makes the root hash {root[:12]}…; {expected[:12]}… was expected")


def _verify_chain(versions: Iterable[ManifestVersion]) -> Iterator[Problem]:
    """One beginning for each notice, and no version named twice as the one before."""
    by_notice: dict[str, list[ManifestVersion]] = {}
    for version in versions:
        by_notice.setdefault(version.notice, []).append(version)
    for notice, chain in by_notice.items():
        public = {version.sha256 for version in chain}
        named = Counter(version.previous for version in chain)
        for version in chain:
            told = f"{notice} {version.version}"
            if named[version.previous] > 1:
                yield _report("manifest.json", f"{told}: another version names the same version before it")
            elif version.previous == version.sha256:
                yield _report("manifest.json", f"{told}: names itself as the version before")
            elif version.previous and version.previous not in public:
                hint = "this is so while that version is adopted, or when it was withdrawn before it was announced"
                text = f"{told}: the version before, {version.previous[:12]}…, is not public"
                yield Problem("DV05", Source("manifest.json"), text, hint, severity="warning")


def _verify_edition(edition: ManifestEdition, read: Callable[[str], bytes | None]) -> Iterator[Problem]:
    own = Edition(edition.notice, edition.version, edition.region, edition.locale, "", edition.sha256)
    if edition.text != text_path(own):
        yield _report("manifest.json", f"says that {edition.text} is the text of {edition_path(own)}")
        return
    content = read(edition.text)
    if content is None:
        yield _report(edition.text, "is missing")
    elif edition.removed:
        return  # what stands there says that the text was taken away
    elif (digest := hashlib.sha256(content).hexdigest()) != edition.sha256:
        yield _report(edition.text, f"differs from the manifest: sha256 is {digest[:12]}…, not {edition.sha256[:12]}…")


def _report(path: str, message: str) -> Problem:
    return Problem("DV05", Source(path), message, _RESTORE)
