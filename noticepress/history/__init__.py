"""What is in force, announced or superseded, computed from dates and an instant, never typed.

A *line* is one notice in one region through time. A region that succeeds another continues its line, so a line may hold
versions of differently named regions. The rules are those of docs/time.md.
"""

from __future__ import annotations

from noticepress.history.moments import (
    effective_of,
    find_instant,
    first_instant,
    is_reached,
    local_day,
    order_of,
    start_of,
)
from noticepress.history.periods import Period, Roster, find_periods, list_periods, list_rosters, starts_midday
from noticepress.history.standing import RECENT_DAYS, Line, Standing, State
from noticepress.history.tracing import trace_line, trace_notice
from noticepress.history.transitions import Transition, TransitionKind, find_transitions

__all__ = [
    "RECENT_DAYS",
    "Line",
    "Period",
    "Roster",
    "Standing",
    "State",
    "Transition",
    "TransitionKind",
    "effective_of",
    "find_instant",
    "find_periods",
    "find_transitions",
    "first_instant",
    "is_reached",
    "list_periods",
    "list_rosters",
    "local_day",
    "order_of",
    "start_of",
    "starts_midday",
    "trace_line",
    "trace_notice",
]
