"""What all pages of one build have in common: the library, the lines at an instant, and the templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from noticepress.history import Line
from noticepress.localize import Words, put_words, words
from noticepress.markdown import render_html
from noticepress.model import AsOf, Library
from noticepress.redline import Redline, compare


@dataclass(frozen=True, slots=True)
class View:
    """A library as visitors see it at an instant. `lines` is keyed by notice, then region.

    `render_text` and `compare_texts` may be given a memory: both are pure functions of the texts. With `drafts`,
    versions that are not sealed have pages too. `pdf_locales` are those whose editions are printed as well.
    """

    library: Library
    lines: Mapping[str, Mapping[str, Line]]
    as_of: AsOf
    templates: Environment
    drafts: bool = False
    render_text: Callable[[str], str] = render_html
    pdf_locales: frozenset[str] = frozenset()
    compare_texts: Callable[[str, str], Redline] = compare

    def words(self, locale: str) -> Words:
        """The interface's words in a locale, with those of the site's own."""
        return put_words(words(locale), self.library.settings.look.words)


def make_environment(folders: Iterable[Path]) -> Environment:
    """The templates of pages; the first folder that has a template wins, so a site may replace any of ours."""
    environment = Environment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}  # pages are UTF-8: half the bytes in Japanese
    return environment
