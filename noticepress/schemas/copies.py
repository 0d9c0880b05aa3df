"""What `verify` prints of saved files."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from noticepress.history import State
from noticepress.schemas.parts import Instant, Output, Sha256, SitePath, VersionId


class CopyEdition(Output):
    """A published edition: when it applied in its zone, where its page and text stand, and the hash of its version.

    `until` is null where no successor is public; `has_applied` is false for what was cancelled, or replaced before it
    began. `removed` is when the text had to be taken away.
    """

    notice: str
    version: VersionId
    region: str
    locale: str
    state: State
    has_applied: bool
    zone: str
    since: Instant
    until: Instant | None
    page: SitePath
    text: SitePath
    sha256: Sha256
    version_sha256: Sha256
    removed: Instant | None


class CopyOutput(Output):
    """A saved file. `sha256` is that of its bytes, `result` whether they are what was published.

    `exact`: byte for byte. `resaved`: the same words, but saved as `resaved` names. `unknown`: other words; `nearest`
    is the edition most like it, null where none is. `page`, `pdf`, `unreadable`: no plain text.
    """

    file: str
    sha256: Sha256
    result: Literal["exact", "resaved", "unknown", "page", "pdf", "unreadable"]
    resaved: list[Literal["byte-order-mark", "encoding", "line-ends", "last-line-end"]]
    editions: Annotated[list[CopyEdition], Field(description="every published edition that has these words")]
    nearest: CopyEdition | None
    differing_lines: Annotated[int | None, Field(ge=0)]


class CopiesOutput(Output):
    """What `verify FILE… --format json` prints: each file, in the order they were named."""

    copies: list[CopyOutput]
