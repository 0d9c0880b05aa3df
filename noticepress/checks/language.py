"""Plain language: sentences, words and punctuation. Heuristics; none decides."""

from __future__ import annotations
