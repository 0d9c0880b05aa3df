"""Content elements: what the law of a day asks a notice to say."""

from __future__ import annotations
