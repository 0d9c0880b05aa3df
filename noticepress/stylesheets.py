"""The style sheets of a site: what our pages use of Material's rules, then our own parts, in one file.

Material's style sheet is made for all that its pages may hold: icons, search, tabs, admonitions, code. Ours hold a
tenth of that, and a first visit should not wait for the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from rcssmin import cssmin

from noticepress.model import Settings
from noticepress.pages import SHEETS, View
from noticepress.palette import find_palette

CLASSES = frozenset(
    {
        "js", "no-js", "md-container", "md-content", "md-content__inner", "md-dialog", "md-dialog__inner", "md-grid",
        "md-header", "md-main", "md-main__inner", "md-typeset",
    }
)  # fmt: skip
"""Material's classes that our pages have: those of its frame around a page, and of its typography."""

_TOKEN = re.compile(r'[{}]|"[^"]*"|\burl\([^")]*\)')
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_NEGATION = re.compile(r":not\([^()]*\)")
_COMMA = re.compile(r",(?![^(]*\))")
_OTHERS = re.compile(r"\[data-md|\[role=columnheader|summary:(?:before|after)")
_PROPERTY = re.compile(r'(--[\w-]+):((?:"[^"]*"|\([^()]*(?:\([^()]*\)[^()]*)*\)|[^;"(){}])*);?')
_EMPTY = re.compile(r"[^{}]*\{\}")
_USE = re.compile(r"var\((--[\w-]+)")


def make_stylesheets(view: View) -> Iterator[tuple[str, bytes]]:
    """Site path and content of each style sheet."""
    own = {name: _render_own(view, name) for name in ("noticepress.css", *SHEETS)}
    material = take_rules(_COMMENT.sub("", read_material()), "".join(own.values()))
    for name, rules in own.items():
        taken = material if name == "noticepress.css" else ""
        yield f"assets/stylesheets/{name}", cssmin(taken + rules).encode()


def _render_own(view: View, name: str) -> str:
    settings: Settings = view.library.settings
    template = view.templates.get_template(f"stylesheets/{name}")
    return template.render({"settings": settings, "palette": find_palette(settings.look)})


@cache
def read_material() -> str:
    """Material's style sheet, as its package brings it."""
    found = find_spec("material")
    folders = [Path(folder) for folder in (found.submodule_search_locations or [])] if found else []
    sheets = [path for folder in folders for path in sorted(folder.glob("templates/assets/stylesheets/main.*.min.css"))]
    return sheets[0].read_text(encoding="utf-8") if sheets else ""


@cache
def take_rules(sheet: str, own: str) -> str:
    """The rules of a minified style sheet that can hold for our pages, without custom properties that nobody reads.

    `own` is the style sheet that follows, and may read them.
    """
    kept = "".join(filter(None, map(_take_rule, split_rules(sheet))))
    return _drop_unread(kept, own)


def split_rules(sheet: str) -> list[str]:
    """The outermost rules of a style sheet, each with its braces."""
    rules, depth, start = [], 0, 0
    for token in _TOKEN.finditer(sheet):
        if token[0] == "{":
            depth += 1
        elif token[0] == "}":
            depth -= 1
            if not depth:
                rules.append(sheet[start : token.end()])
                start = token.end()
    return rules


def _take_rule(rule: str) -> str:
    head, _, body = rule.partition("{")
    head = head.rpartition(";")[2].strip()  # `@charset` ends so
    if head.startswith(("@media", "@supports")):
        inner = "".join(filter(None, map(_take_rule, split_rules(body[:-1]))))
        return f"{head}{{{inner}}}" if inner else ""
    if head.startswith("@"):
        return ""
    selectors = [selector for selector in _COMMA.split(head) if _can_match(selector)]
    return f"{','.join(selectors)}{{{body}" if selectors else ""


def _can_match(selector: str) -> bool:
    bare = _NEGATION.sub("", selector)
    return not _OTHERS.search(bare) and CLASSES.issuperset(_CLASS.findall(bare))


def _drop_unread(sheet: str, own: str) -> str:
    """Without the custom properties that nothing reads, nor what only those read; rules that are empty then go too."""
    read = {*_USE.findall(sheet), *_USE.findall(own)}
    shorter = _PROPERTY.sub(lambda match: match[0] if match[1] in read else "", sheet)
    return _drop_unread(shorter, own) if shorter != sheet else _EMPTY.sub("", sheet)
