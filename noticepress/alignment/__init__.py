"""Which block of the old text became which of the new: the one alignment that redlines and changes are read from."""

from __future__ import annotations

from noticepress.alignment.aligning import LEAST_MOVED, align, is_backward
from noticepress.alignment.pairs import Pair, walk_leaves

__all__ = ["LEAST_MOVED", "Pair", "align", "is_backward", "walk_leaves"]
