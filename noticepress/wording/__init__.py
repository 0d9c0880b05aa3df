"""Words of a notice text, and what became of them: one leaf against another."""

from __future__ import annotations

from noticepress.wording.comparison import Piece, compare_words
from noticepress.wording.matching import SENTENCE_ENDS, match_words
from noticepress.wording.spans import write_spans
from noticepress.wording.tokens import Token, Vocabulary, count_words, is_unspaced, weigh_words

__all__ = [
    "SENTENCE_ENDS",
    "Piece",
    "Token",
    "Vocabulary",
    "compare_words",
    "count_words",
    "is_unspaced",
    "match_words",
    "weigh_words",
    "write_spans",
]
