"""A text made ready for the page it stands in, and what its contents list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from markupsafe import Markup

from noticepress.localize import text_direction
from noticepress.markdown import headings, parse
from noticepress.pages.cutting import TAG, split_blocks
from noticepress.pages.definitions import link_terms
from noticepress.pages.layers import Short, label_shorts, list_shorts
from noticepress.pages.plan import start_page
from noticepress.pages.scene import Scene

_TITLE = re.compile(r"\s*<h1[^>]*>(.*?)</h1>\s*", re.DOTALL)
_HEADING = re.compile(r'(<h([2-6]) id="([^"]*)"[^>]*>)(.*?)(</h\2>)', re.DOTALL)
_ID = re.compile(r'<h1[^>]* id="([^"]*)"')
_LANGUAGE = re.compile(r'<h[1-6][^>]* lang="([^"]*)" dir="([^"]*)"')
__all__ = ["Short", "Text", "list_heads", "prepare_text", "rename_ids", "split_blocks"]

_NAMED = re.compile(r'( id="| aria-labelledby="| href="#)')
_ROOT_LINK = re.compile(r'href="/(?!/)([^"#]*)(#[^"]*)?"')


@dataclass(frozen=True, slots=True)
class Text:
    """A text made ready for a page: its title apart, its links relative, its headings with a link to themselves.

    `shorts` are the short versions that its authors wrote of its sections; they stand in the body too.
    """

    title: Markup
    body: Markup
    locale: str
    direction: str
    shorts: tuple[Short, ...] = ()


def list_heads(text: str) -> tuple[tuple[int, str, str], ...]:
    """The headings of a text as its contents list them: level (from 2), id and title, marked if in another language."""
    document = parse(text)
    told = {block.id: block.attributes for block in document.children if "lang" in block.attributes}
    return tuple(
        (level, name, _mark_language(title, told[name]["lang"], told[name]["dir"]) if name in told else title)
        for level, name, title in headings(document)
        if level in {2, 3}
    )


def _mark_language(words: str, tag: str, direction: str) -> Markup:
    return Markup('<span lang="{}" dir="{}">{}</span>').format(tag, direction, words)


def prepare_text(
    scene: Scene, rendered: str, locale: str, cite: str = "", definitions: frozenset[str] = frozenset()
) -> Text:
    """Rendered HTML of a text as it stands in this page.

    `cite` is the address of the edition that each section is cited by, `definitions` names the sections that define
    terms.
    """
    found = _TITLE.match(rendered)
    title, body = (found[1], rendered[found.end() :]) if found else ("", rendered)
    told = Markup.escape(scene.words.gettext("Link to this section"))
    cited = Markup.escape(scene.words.gettext("Cite this section of this version"))
    # TRANSLATORS: A link beside each heading, to cite the section.
    cite_word = Markup.escape(scene.words.pgettext("section", "Cite"))
    here = f' lang="{scene.locale}" dir="{text_direction(scene.locale)}"' if locale != scene.locale else ""

    def add_anchor(match: re.Match[str]) -> str:
        foreign = _LANGUAGE.match(match[1])
        language = f' lang="{scene.locale}"' if foreign else ""
        link = f'<a class="np-anchor" href="#{match[3]}"{language} title="{told}" aria-label="{told}">#</a>'
        if cite:
            link += (
                f' <a class="np-cite" href="{cite}#{match[3]}"{here or language} aria-label="{cited}">{cite_word}</a>'
            )
        return f"{match[1]}{match[4]} {link}{match[5]}{_tell_untranslated(scene, foreign, locale)}"

    def make_relative(match: re.Match[str]) -> str:
        return f'href="{Markup.escape(_resolve_link(scene, unescape(match[1])))}{match[2] or ""}"'

    if found and (own := _ID.search(found[0])):
        for attribute in ('href="#', 'aria-labelledby="'):
            body = body.replace(f'{attribute}{own[1]}"', f'{attribute}np-title"')
    body = link_terms(_ROOT_LINK.sub(make_relative, body), definitions)
    shorts = tuple(list_shorts(body))
    label = Markup('<p class="np-short__label"{}>{}</p>').format(Markup(here), scene.words.gettext("In short"))  # noqa: S704
    body = label_shorts(_HEADING.sub(add_anchor, body), label)
    if found and (foreign := _LANGUAGE.match(found[0].strip())):
        title = _mark_language(Markup(title), foreign[1], foreign[2])  # noqa: S704 - see below
        body = f"{_tell_untranslated(scene, foreign, locale)}\n{body}"
    # The Markdown renderer wrote it: safe HTML and nothing else.
    return Text(Markup(title), Markup(body), locale, text_direction(locale), shorts)  # noqa: S704


def _tell_untranslated(scene: Scene, foreign: re.Match[str] | None, locale: str) -> str:
    """In the page's language, that a section of a text is still in another; nothing where it is not."""
    if foreign is None:
        return ""
    told = scene.words.gettext(
        "This section has not been translated into {language} yet. Until then the text in {source} applies.",
        language=scene.language(locale),
        source=scene.language(unescape(foreign[1])),
    )
    here = Markup('lang="{}" dir="{}"').format(scene.locale, text_direction(scene.locale))
    return str(Markup('\n<p class="np-untranslated" {}>{}</p>').format(here, told))


def _resolve_link(scene: Scene, path: str) -> str:
    """A link of a text to another notice; where that has nothing to say in the region, to all notices instead."""
    locale, _, rest = path.partition("/")
    notice, _, region = rest.strip("/").partition("/")
    if locale in scene.view.library.settings.locales and region and "/" not in region:
        line = scene.view.lines.get(notice, {}).get(region)
        if line is None or not line.visible:
            return scene.link(start_page(locale))
    return scene.link(path)


def rename_ids(html: str, prefix: str) -> str:
    """The same HTML with ids of its own, so that it can stand on one page with its twin."""
    return TAG.sub(lambda tag: _NAMED.sub(rf"\1{prefix}", tag[0]), html)
