"""The interface's words, from templates and code to the catalogues: `make words` brings these up to date.

A catalogue is in the order of the code, names files without lines and no day, so that it changes only where words do.
What is new is left empty for translators, what nobody says any more goes; nothing is guessed.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages import Catalog, Message
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

ROOT = Path(__file__).parent.parent
CATALOGS = ROOT / "noticepress" / "catalogs"
TAG = "TRANSLATORS:"
"""A comment that begins so, on the lines before a message, is told to translators."""

SPOKEN = {
    **dict.fromkeys(("_", "say", "gettext"), ("one",)),
    **dict.fromkeys(("_n", "ngettext"), ("one", "many")),
    **dict.fromkeys(("_p", "pgettext"), ("context", "one")),
    "npgettext": ("context", "one", "many"),
}
"""What says a message, and what its first arguments are. `say` is short for others, with a context or without."""


class Said(NamedTuple):
    """A message where it is said."""

    path: str
    line: int
    context: str
    one: str
    many: str
    comments: tuple[str, ...]


def list_said() -> list[Said]:
    """Every message of templates and code, in their order."""
    said: list[Said] = []
    for folder in ("templates", "noticepress"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".html", ".typ", ".xml"} and folder == "templates":
                said += read_template(path.read_text("utf-8"), path.relative_to(ROOT).as_posix())
            elif path.suffix == ".py":
                said += read_code(path.read_text("utf-8"), path.relative_to(ROOT).as_posix())
    return sorted(said, key=lambda found: (found.path, found.line))


def read_code(text: str, path: str) -> Iterator[Said]:
    """The messages of a module."""
    comments = {
        number: line.strip().removeprefix("#").strip()
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip().startswith("#")
    }
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            for choice in _list_choices(node.args[:3]):
                yield from _make_said(path, node.lineno, name, choice, comments)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value and _find_comment(comments, node.lineno):
            # Tables whose words are said elsewhere are marked by a comment for translators.
            for constant in _list_constants(node.value):
                yield from _make_said(path, constant.lineno, "_", [str(constant.value)], comments, told_at=node.lineno)


def _list_constants(node: ast.expr) -> Iterator[ast.Constant]:
    """The texts of a literal table, but for its keys."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    elif isinstance(node, ast.Dict | ast.List | ast.Tuple | ast.Set):
        for part in node.values if isinstance(node, ast.Dict) else node.elts:
            yield from _list_constants(part)


def _list_choices(arguments: list[ast.expr]) -> Iterator[list[str | None]]:
    """The literal arguments of a call, once for each branch of a conditional one."""
    branches = [part for part in arguments if isinstance(part, ast.IfExp)]
    if len(arguments) and branches and arguments[0] is branches[0]:
        for part in (branches[0].body, branches[0].orelse):
            yield from _list_choices([part, *arguments[1:]])
    else:
        yield [
            part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else None for part in arguments
        ]


def read_template(text: str, path: str) -> Iterator[Said]:
    """The messages of a template."""
    environment = Environment(autoescape=True)
    comments: dict[int, str] = {}
    for line, kind, value in environment.lex(text):
        if kind == "comment" and value.strip():
            # It is told of what stands on its last line or the next one.
            comments[line + value.count("\n")] = " ".join(value.split())
    calls = environment.parse(text).find_all(nodes.Call)
    for call in sorted(calls, key=lambda node: node.lineno):
        name = call.node.attr if isinstance(call.node, nodes.Getattr) else getattr(call.node, "name", "")
        for choice in _list_branches(call.args[:3]):
            yield from _make_said(path, call.lineno, name, choice, comments)


def _list_branches(arguments: list[nodes.Expr]) -> Iterator[list[str | None]]:
    first = arguments[0] if arguments else None
    if isinstance(first, nodes.CondExpr):
        for part in (first.expr1, first.expr2):
            yield from _list_branches([*([part] if part else []), *arguments[1:]])
    else:
        yield [
            part.value if isinstance(part, nodes.Const) and isinstance(part.value, str) else None for part in arguments
        ]


def _make_said(
    path: str, line: int, name: str, given: list[str | None], comments: dict[int, str], *, told_at: int = 0
) -> Iterator[Said]:
    """A call as a message, where it says one that is written out."""
    roles = SPOKEN.get(name, ())
    if name == "say" and len(given) > 1 and all(given[:2]):
        roles = SPOKEN["pgettext"]
    words = dict(zip(roles, given, strict=False))
    if not roles or not words.get("one"):
        return
    if not all(words.get(role) for role in roles):
        return
    told = _find_comment(comments, told_at or line)
    yield Said(path, line, words.get("context") or "", words["one"] or "", words.get("many") or "", told)


def _find_comment(comments: dict[int, str], line: int) -> tuple[str, ...]:
    """The comment for translators that ends on a line or the one before it."""
    for last in (line, line - 1):
        block: list[str] = []
        at = last
        while at in comments:
            block.insert(0, comments[at])
            if comments[at].startswith(TAG):
                return (" ".join(block).removeprefix(TAG).strip(),)
            at -= 1
    return ()


def make_template() -> Catalog:
    """Every message that is said, each once, with the files that say it."""
    catalog = Catalog(fuzzy=False)
    for said in list_said():
        text: str | tuple[str, ...] | list[str] = (said.one, said.many) if said.many else said.one
        known = catalog.get(said.one, said.context or None)
        places = [place for place in (known.locations if known else []) if place != (said.path, 0)]
        comments = list(dict.fromkeys([*(known.auto_comments if known else []), *said.comments]))
        if known and said.many and not known.pluralizable:
            catalog.delete(said.one, said.context or None)
        if known and known.pluralizable and not said.many:
            text = known.id
        catalog.add(text, locations=[*places, (said.path, 0)], auto_comments=comments, context=said.context or None)
    return catalog


def read_catalog(locale: str) -> Catalog:
    """A catalogue as it is kept."""
    return read_po(io.BytesIO((CATALOGS / f"{locale}.po").read_bytes()), locale=locale)


def list_locales() -> list[str]:
    """The languages that the interface is translated into."""
    return sorted(path.stem for path in CATALOGS.glob("*.po"))


def update_catalog(locale: str, template: Catalog) -> str:
    """A catalogue with exactly the messages of the template, and the translations it has."""
    old = (CATALOGS / f"{locale}.po").read_text("utf-8")
    header = old.partition("\n\n")[0]
    known = read_catalog(locale)
    updated = Catalog(locale=locale, fuzzy=False)
    updated.mime_headers = known.mime_headers
    for message in template:
        if message.id:
            had = known.get(_first(message), message.context)
            empty: str | tuple[str, ...] = ("",) * known.num_plurals if message.pluralizable else ""
            fits = had is not None and had.pluralizable == message.pluralizable
            updated.add(
                message.id,
                had.string if had is not None and fits else empty,
                locations=message.locations,
                auto_comments=message.auto_comments,
                flags=had.flags - {"python-brace-format"} if had is not None else (),
                context=message.context,
            )
    for message in updated:
        message.flags.discard("python-brace-format")
    written = io.BytesIO()
    write_po(written, updated, width=0, omit_header=True, include_lineno=False, ignore_obsolete=True)
    return f"{header}\n\n{written.getvalue().decode().strip()}\n"


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def list_missing(locale: str) -> list[str]:
    """The messages of a catalogue that lack a translation, or a form of it."""
    missing = []
    for message in read_catalog(locale):
        forms = message.string if isinstance(message.string, (list, tuple)) else [message.string]
        if message.id and (message.fuzzy or not all(forms)):
            missing.append(_first(message))
    return missing


def main() -> None:
    """Bring every catalogue up to date, and tell what is missing."""
    template = make_template()
    for locale in list_locales():
        (CATALOGS / f"{locale}.po").write_text(update_catalog(locale, template), encoding="utf-8")
        missing = list_missing(locale)
        print(f"{locale}: {len(template)} messages, {len(missing)} to translate")
        for message in missing:
            print(f"    {message}")


if __name__ == "__main__":
    main()
    sys.exit()
