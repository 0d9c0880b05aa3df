"""Noticepress: localized, versioned privacy notices from one source policy and a file per legal entity."""

__version__ = "0.1.0"
