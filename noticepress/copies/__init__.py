"""Whether a text that somebody saved is one that was published: which edition it is, and when that applied."""

from __future__ import annotations

from noticepress.copies.finding import Copy, Kept, examine_copy, list_published, list_sealed
from noticepress.copies.telling import describe_copy, tell_copy

__all__ = ["Copy", "Kept", "describe_copy", "examine_copy", "list_published", "list_sealed", "tell_copy"]
