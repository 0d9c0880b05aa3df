"""Where the words of two texts stay and where they change: the reading that costs a reader least.

Each changed word costs its weight, and each separate change a fixed price. So a few unchanged words between two changes
become part of them, and of all ways to match two texts the one with few and natural changes wins. It is alignment with
affine gaps (Gotoh, Journal of Molecular Biology 162, 1982). Its cost is one cell for each pair of words, and therefore
long equal stretches, which are certain to stay, cut a text into windows first; what is too long even for that is
matched more coarsely, but no less exactly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import inf

from rapidfuzz.distance import LCSseq

from noticepress.order import keep_heaviest
from noticepress.wording.tokens import Token, is_unspaced

LEAST_SURVIVING = 0.28
"""When a smaller part of a leaf's words survives, the leaf is shown replaced as a whole."""

SENTENCE_ENDS = frozenset(".!?\u3002\uff01\uff1f\u0964")
_CLAUSE_ENDS = frozenset(",;:)\u3001\uff0c\uff1b\uff1a\uff09")

# Found on 170 pairs of real notices in thirteen languages; docs/redline.md shows what they give.
_PRICE = 5.6
"""What a change costs beside its words: unchanged words that weigh less than half of it do not part two changes."""
_SIGN_WEIGHT = 0.4
_UNSPACED_WEIGHT = 0.8
_AT_START, _AFTER_SENTENCE, _AFTER_CLAUSE = 0.4, 0.3, 0.2
"""How much cheaper it is for a change to begin there."""

_CERTAIN = 10
"""An equal stretch of so many tokens stays, whatever stands around it."""
_SLACK = 4
"""So many tokens at its ends may still become part of a change that begins or ends better there."""
_MOST_CELLS = 30_000
_MOST_PLACES = 400_000_000

_DELETE, _INSERT, _BEGIN = 1, 2, 3
"""The last step of a change: a word deleted, a word inserted, or none yet."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens that are equal, or that replace each other: where they stand on both sides."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int
    equal: bool


def match_words(old: Sequence[Token], new: Sequence[Token], *, backward: bool = False) -> list[Stretch]:
    """Where the words of a leaf stay and where they change, in reading order.

    Of equally good readings the first is taken; `backward` takes the one that the way from new to old would take.
    """
    before, after = "".join([token.code for token in old]), "".join([token.code for token in new])
    if backward:
        found = _match(after, before, new, old)
        stretches = [Stretch(s.new_start, s.new_end, s.old_start, s.old_end, s.equal) for s in found]
    else:
        stretches = _match(before, after, old, new)
    surviving = sum(_count(new[s.new_start : s.new_end]) for s in stretches if s.equal)
    if surviving < LEAST_SURVIVING * min(_count(old), _count(new)):
        return _replace_whole(before, after, new)
    return stretches


def _count(tokens: Sequence[Token]) -> int:
    """Words and signs."""
    return sum(token.words or 1 for token in tokens)


def _replace_whole(before: str, after: str, new: Sequence[Token]) -> list[Stretch]:
    """All of it replaced, but for signs that both end with."""
    tail = 0
    while tail < min(len(before), len(after)) and before[-tail - 1] == after[-tail - 1] and not new[-tail - 1].words:
        tail += 1
    olds, news = len(before) - tail, len(after) - tail
    return _join([Stretch(0, olds, 0, news, equal=False), Stretch(olds, len(before), news, len(after), equal=True)])


def _join(stretches: Iterable[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for stretch in stretches:
        if stretch.old_start == stretch.old_end and stretch.new_start == stretch.new_end:
            continue
        if joined and joined[-1].equal == stretch.equal:
            joined[-1] = replace(joined[-1], old_end=stretch.old_end, new_end=stretch.new_end)
        else:
            joined.append(stretch)
    return joined


def _match(before: str, after: str, old: Sequence[Token], new: Sequence[Token]) -> list[Stretch]:
    stretches: list[Stretch] = []
    for window in _find_windows(before, after):
        if window.equal:
            stretches.append(window)
        else:
            stretches += _read_window(window, before, after, old, new)
    return _join(stretches)


def _weigh(token: Token) -> float:
    """What it costs a reader to read a token in a change."""
    if is_unspaced(token):
        return token.words * _UNSPACED_WEIGHT
    return 1.0 if token.words else _SIGN_WEIGHT


# ---- windows


def _find_windows(before: str, after: str) -> list[Stretch]:
    """Long equal stretches, which are certain to stay, and all between two of them as one changed stretch."""
    if len(before) * len(after) > _MOST_PLACES:
        return _find_landmarks(before, after)
    windows = []
    for op in LCSseq.opcodes(before, after):
        i, i_end, j, j_end = op.src_start, op.src_end, op.dest_start, op.dest_end
        if op.tag == "equal" and i_end - i >= _CERTAIN:
            head = 0 if (i, j) == (0, 0) else _SLACK
            tail = 0 if (i_end, j_end) == (len(before), len(after)) else _SLACK
            windows.append(Stretch(i, i + head, j, j + head, equal=False))
            windows.append(Stretch(i + head, i_end - tail, j + head, j_end - tail, equal=True))
            i, j = i_end - tail, j_end - tail
        windows.append(Stretch(i, i_end, j, j_end, equal=False))
    return _join(windows)


def _find_landmarks(before: str, after: str) -> list[Stretch]:
    """The same for texts too long for that: what stands around words that there is but one of on either side."""
    counts = Counter(before), Counter(after)
    places = {code: place for place, code in enumerate(after)}
    once = [(i, places[code], 1) for i, code in enumerate(before) if counts[0][code] == counts[1][code] == 1]
    found: list[Stretch] = []
    i = j = 0
    for i2, j2 in [*keep_heaviest(once), (len(before), len(after))]:
        if i2 < i or j2 < j:
            continue  # inside the stretch that the last one began
        back = forth = 0
        while i2 - back > i and j2 - back > j and before[i2 - back - 1] == after[j2 - back - 1]:
            back += 1
        while i2 + forth < len(before) and j2 + forth < len(after) and before[i2 + forth] == after[j2 + forth]:
            forth += 1
        found.append(Stretch(i, i2 - back, j, j2 - back, equal=False))
        i, j = i2 + forth, j2 + forth
        found.append(Stretch(i2 - back, i, j2 - back, j, equal=True))
    return _join(found)


def _read_window(
    window: Stretch, before: str, after: str, old: Sequence[Token], new: Sequence[Token]
) -> Sequence[Stretch]:
    rows, columns = window.old_end - window.old_start, window.new_end - window.new_start
    if not rows or not columns:
        return [window]
    if rows * columns > _MOST_CELLS:
        return _read_coarsely(window, before, after, new)
    return _read_cheapest(window, before, after, old, new)


def _read_coarsely(window: Stretch, before: str, after: str, new: Sequence[Token]) -> list[Stretch]:
    """A window too large to find what costs least: of its longest common words, the stretches worth their price."""
    a, b = before[window.old_start : window.old_end], after[window.new_start : window.new_end]
    if len(a) * len(b) > _MOST_PLACES:
        return [window]
    i, j = window.old_start, window.new_start
    stretches = []
    for op in LCSseq.opcodes(a, b):
        worth = 2 * sum(map(_weigh, new[j + op.dest_start : j + op.dest_end]))
        equal = op.tag == "equal" and worth > _PRICE
        stretches.append(Stretch(i + op.src_start, i + op.src_end, j + op.dest_start, j + op.dest_end, equal=equal))
    return _join(stretches)


# ---- the cheapest reading of a window


def _read_cheapest(
    window: Stretch, before: str, after: str, old: Sequence[Token], new: Sequence[Token]
) -> list[Stretch]:
    """For each pair of places the least cost up to there, when the last thing read is kept, and when it is a change."""
    a, b = before[window.old_start : window.old_end], after[window.new_start : window.new_end]
    old_weights = [_weigh(token) for token in old[window.old_start : window.old_end]]
    new_weights = [_weigh(token) for token in new[window.new_start : window.new_end]]
    prices = [_PRICE - _rate_break(new, window.new_start + j) for j in range(len(b) + 1)]
    kept, changed = [0.0] + [inf] * len(b), [prices[0]]
    for weight in new_weights:
        changed.append(changed[-1] + weight)
    steps = [bytearray([_BEGIN] + [_INSERT] * len(b))]
    resumed = [bytearray(len(b) + 1)]  # whether a change stands right before a pair that is kept
    for code, weight in zip(a, old_weights, strict=True):
        above_kept, above_changed = kept, changed
        kept, changed = [inf], [above_changed[0] + weight]
        step, resume = bytearray([_DELETE] * (len(b) + 1)), bytearray(len(b) + 1)
        last = changed[0]
        for j, other in enumerate(b):
            keep = inf
            if code == other:
                keep = above_kept[j]
                if above_changed[j] < keep:
                    keep, resume[j + 1] = above_changed[j], 1
            begun, last = keep + prices[j + 1], last + new_weights[j]
            down = above_changed[j + 1] + weight
            if begun <= down and begun <= last:
                last, step[j + 1] = begun, _BEGIN
            elif down <= last:
                last = down
            else:
                step[j + 1] = _INSERT
            kept.append(keep)
            changed.append(last)
        steps.append(step)
        resumed.append(resume)
    return _trace(window, steps, resumed, is_kept=kept[-1] <= changed[-1])


def _rate_break(tokens: Sequence[Token], start: int) -> float:
    """How natural it is for a change to begin there."""
    if start == 0:
        return _AT_START
    last = tokens[start - 1].text[-1:]
    if last in SENTENCE_ENDS:
        return _AFTER_SENTENCE
    return _AFTER_CLAUSE if last in _CLAUSE_ENDS else 0.0


def _trace(
    window: Stretch, steps: Sequence[bytearray], resumed: Sequence[bytearray], *, is_kept: bool
) -> list[Stretch]:
    """The way back through the cells, as stretches in reading order."""
    found: list[Stretch] = []
    i, j = window.old_end - window.old_start, window.new_end - window.new_start
    while i or j:
        if not is_kept and steps[i][j] == _BEGIN:
            is_kept = True
            continue
        i2, j2, equal = i, j, is_kept
        if is_kept:
            is_kept = not resumed[i][j]
            i, j = i - 1, j - 1
        elif steps[i][j] == _DELETE:
            i -= 1
        else:
            j -= 1
        o, n = window.old_start, window.new_start
        found.append(Stretch(o + i, o + i2, n + j, n + j2, equal=equal))
    return found[::-1]
