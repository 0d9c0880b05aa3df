"""What changed between two editions, section by section; what class of change that calls for, `classes` tells."""

from __future__ import annotations

from noticepress.changes.change import Change, ChangeKind
from noticepress.changes.finding import compare_texts, find_changes, find_partners

__all__ = ["Change", "ChangeKind", "compare_texts", "find_changes", "find_partners"]
