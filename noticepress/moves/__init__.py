"""What left one place and arrived at another."""

from __future__ import annotations

from noticepress.moves.finding import mark_moves
from noticepress.moves.listing import Move, list_moves

__all__ = ["Move", "list_moves", "mark_moves"]
