"""Change notice: what people are told about a change, how, and when."""

from __future__ import annotations
