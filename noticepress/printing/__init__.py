"""Editions on paper: each as one tagged PDF, with its version and its permanent address on every page."""

from __future__ import annotations

from noticepress.printing.paper import describe_paper
from noticepress.printing.printer import Printer, Unprintable, is_installed, open_printer

__all__ = ["Printer", "Unprintable", "describe_paper", "is_installed", "open_printer"]
