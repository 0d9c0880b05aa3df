"""In which order versions were sealed: each names the hash of the one sealed before it, whatever its day."""

from __future__ import annotations

from collections.abc import Sequence

from noticepress.model import Version


def follow_chain(versions: Sequence[Version]) -> tuple[Version, ...]:
    """Sealed versions of one notice in the order of sealing; as far as the chain goes, where it is broken.

    A revision of an old version is sealed after versions with a later day, so this is not the order of their names.
    """
    followers = {version.previous: version for version in reversed(versions)}
    found: list[Version] = []
    digest = ""
    while version := followers.pop(digest, None):
        found.append(version)
        digest = version.sha256
    return tuple(found)
