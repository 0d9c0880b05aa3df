"""HTML of a redline: that of the text, and the remarks of the page in it."""

from __future__ import annotations

from noticepress.blocks import Span
from noticepress.hypertext import HtmlWriter, escape_text
from noticepress.marking.words import Remark, Words


class RedlineWriter(HtmlWriter):
    """Writes marked blocks. While `is_copy`, what is written stands on the page a second time and gets no id."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.is_copy = False

    def put(self, html: str) -> None:
        """Words of the page itself, and what lies around blocks."""
        self.start_line()
        self.parts.append(html)

    def write_leaf(self, span: Span) -> None:
        """A run of text, a remark, or words for those who hear the page."""
        if isinstance(span, Remark):
            self.parts.append(f'<span class="np-remark"{self.words.language}>{span.text}</span>')
        elif span.hidden:
            self.parts.append(f'<span class="np-hidden"{self.words.language}>{escape_text(span.text)}</span>')
        elif span.footnote and self.is_copy:
            self.parts.append(f"<sup>{escape_text(span.text)}</sup>")
        else:
            super().write_leaf(span)
