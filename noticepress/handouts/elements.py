"""XML as text."""

from __future__ import annotations

from noticepress.hypertext import escape_attribute, escape_text

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def write_element(name: str, *inside: str, **attributes: str) -> str:
    """An element with what is inside it, which is XML already; `w_val` as an attribute is `w:val`."""
    given = "".join(f' {key.replace("_", ":", 1)}="{escape_attribute(value)}"' for key, value in attributes.items())
    content = "".join(inside)
    return f"<{name}{given}>{content}</{name}>" if content else f"<{name}{given}/>"


def write_text(name: str, text: str) -> str:
    """An element that holds words, every space of them meant."""
    return f'<{name} xml:space="preserve">{escape_text(text)}</{name}>'
