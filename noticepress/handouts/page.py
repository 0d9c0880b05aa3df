"""A redline as one HTML file: its style is in it, and it has no script and asks nobody for anything."""

from __future__ import annotations

import re
from html import unescape
from importlib.resources import files

from markupsafe import Markup

from noticepress.blocks import Block, Section
from noticepress.handouts.handout import Handout
from noticepress.hypertext import escape_attribute, render_document
from noticepress.localize import Words, has_words, language_name, text_direction, words
from noticepress.marking import Summary, find_words, render_page, summarize
from noticepress.pages.texts import rename_ids
from noticepress.redline import Redline
from noticepress.redlines import Row, pair_sections

_ENGLISH = "en"
_LINK = re.compile(r'<a href="([^"#][^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)


def write_page(redline: Redline, handout: Handout) -> str:
    """The redline as a page: what changed in short, with links, then the whole text with every change marked."""
    locale = handout.locale if has_words(handout.locale) else _ENGLISH
    spoken = find_words(locale, handout.locale)
    body = _resolve_links(render_page(redline, spoken), handout)
    parts = [_write_summary(summarize(redline, spoken.say)), _write_legend(spoken.say)] if redline.changes else []
    if not redline.changes:
        told = spoken.say.gettext("The text of both versions is the same, word for word.")
        parts = [Markup("<p>{}</p>").format(told)]
    return _write_document(handout, locale, Markup("\n").join([*parts, _write_text(body, handout.locale)]))


def write_parallel_page(old: str, new: str, handout: Handout, locales: tuple[str, str]) -> str:
    """Two languages side by side: a row for each section, the newer side first."""
    locale = handout.locale if has_words(handout.locale) else _ENGLISH
    say = words(locale)
    heads = Markup("").join(
        Markup('<th scope="col">{}</th>').format(language_name(tag, locale)) for tag in reversed(locales)
    )
    rows = Markup("\n").join(_write_row(row, locales, handout, say) for row in pair_sections(old, new))
    table = Markup('<table class="np-beside">\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>')
    return _write_document(handout, locale, table.format(heads, rows))


def _write_row(row: Row, locales: tuple[str, str], handout: Handout, say: Words) -> Markup:
    cells = []
    for section, locale, prefix in ((row.new, locales[1], ""), (row.old, locales[0], "other-")):
        if section is None:
            told = say.gettext(
                "This section is not in the text in {language}.", language=language_name(locale, say.locale)
            )
            cells.append(Markup('<td class="np-missing">{}</td>').format(told))
            continue
        html = _resolve_links(render_document(_gather(section)), handout)
        text = Markup(rename_ids(html, prefix) if prefix else html)  # noqa: S704 - safe HTML, as the renderer writes it
        cells.append(Markup("<td {}>{}</td>").format(_tell_language(locale), text))
    return Markup("<tr>{}</tr>").format(Markup("").join(cells))


def _gather(section: Section) -> Block:
    return Block("document", children=(*([section.heading] if section.heading else []), *section.blocks))


def _write_document(handout: Handout, locale: str, body: Markup) -> str:
    style = files("noticepress").joinpath("data", "handout.css").read_text(encoding="utf-8")
    return Markup(
        "<!DOCTYPE html>\n"
        "<html {language}>\n<head>\n"
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="robots" content="noindex">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        "<title>{title}: {names}</title>\n"
        "<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        '<header>\n<h1 {text_language}>{title}</h1>\n<p class="np-names">{names}</p>\n{common}</header>\n'
        "{body}\n"
        "</main>\n</body>\n</html>\n"
    ).format(
        language=_tell_language(locale),
        text_language=_tell_language(handout.locale),
        title=handout.title,
        names=handout.names,
        common=Markup("<p>{}</p>\n").format(" \u00b7 ".join(handout.common)) if handout.common else "",
        style=Markup(style),  # noqa: S704 - our own
        body=body,
    )


def _tell_language(locale: str) -> Markup:
    return Markup('lang="{}" dir="{}"').format(locale, text_direction(locale))


def _write_summary(summary: Summary) -> Markup:
    lines = []
    for line in summary.lines:
        former = Markup(" <q>{}</q> \u2192").format(line.former) if line.former else Markup("")
        told = Markup(" \u00b7 ").join(
            [Markup.escape(part) for part in (*line.kinds, line.counts) if part] + [*line.tokens, *line.facts]
        )
        lines.append(Markup('<li>{} <a href="{}">{}</a>: {}</li>').format(former, line.address, line.title, told))
    return Markup('<section class="np-summary">\n<h2>{}</h2>\n<ul>\n{}\n</ul>\n</section>').format(
        summary.headline, Markup("\n").join(lines)
    )


def _write_legend(say: Words) -> Markup:
    return Markup(
        '<p class="np-legend">{}: <ins>{}</ins> <del>{}</del> '
        '<ins class="np-moved-here">{}</ins> <del class="np-moved-away">{}</del></p>'
    ).format(
        *map(say.gettext, ("Legend", "inserted", "deleted", "moved here", "moved away")),
    )


def _write_text(body: str, locale: str) -> Markup:
    # The Markdown renderer wrote it: safe HTML and nothing else.
    return Markup('<div class="np-text" {}>\n{}\n</div>').format(_tell_language(locale), Markup(body))  # noqa: S704


def _resolve_links(html: str, handout: Handout) -> str:
    """Links that lead from the site lead there from anywhere; one whose place is not known is plain words."""

    def resolve(match: list[str]) -> str:
        address = handout.find_address(unescape(match[0]))
        return f'<a href="{escape_attribute(address)}"{match[1]}>{match[2]}</a>' if address else match[2]

    return _LINK.sub(lambda found: resolve([found[1], found[2], found[3]]), html)
