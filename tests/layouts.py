"""Documents written as Markdown, by one hand or another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from tests.documents import Code, Document, Grid, Items, Part, Prose, Quote, Rule
from tests.tongues import Tongue

SIGNS: Mapping[str, str] = {"strong": "**", "strike": "~~", "code": "`"}


@dataclass(frozen=True)
class Layout:
    """Everything about a file that no reader sees."""

    width: int = 10_000
    bullet: str = "-"
    emphasis: str = "*"
    padding: str = " "
    underlined: bool = False
    blank_lines: int = 1
    trailing: str = ""
    escaped: bool = False


PLAIN = Layout()


def make_layout(chance: Random) -> Layout:
    return Layout(
        chance.choice((10_000, 60, 24)),
        chance.choice("-*+"),
        chance.choice("*_"),
        chance.choice((" ", "   ")),
        chance.choice((False, True)),
        chance.choice((1, 3)),
        chance.choice(("", " ")),
        chance.choice((False, True)),
    )


def write_document(document: Document, layout: Layout = PLAIN) -> str:
    return _Writer(document.tongue, layout).write(document)


class _Writer:
    def __init__(self, tongue: Tongue, layout: Layout) -> None:
        self.tongue = tongue
        self.layout = layout
        self.notes: list[str] = []

    def write(self, document: Document) -> str:
        parts = [self.write_heading(1, document.title, "")] if document.title else []
        parts += self.write_parts(document.lead)
        for chapter in document.chapters:
            parts += [self.write_heading(chapter.level, chapter.title, chapter.id), *self.write_parts(chapter.parts)]
        parts += self.notes
        return ("\n" * (self.layout.blank_lines + 1)).join(parts) + "\n"

    def write_parts(self, parts: Sequence[Part]) -> list[str]:
        """The parts, with a rule between two lists, which would else be one."""
        written: list[str] = []
        for before, part in zip([None, *parts], parts, strict=False):
            if isinstance(before, Items) and isinstance(part, Items) and before.ordered == part.ordered:
                written.append("***")
            written.append(self.write_part(part))
        return written

    def write_heading(self, level: int, title: Prose, name: str) -> str:
        words = self.write_prose(title, wrapped=False) + (f" {{#{name}}}" if name else "")
        if self.layout.underlined and level <= 2:
            return f"{words}\n{'=-'[level - 1] * 5}"
        return f"{'#' * level} {words}"

    def write_part(self, part: Part) -> str:
        match part:
            case Prose():
                return self.write_prose(part)
            case Items():
                return self.write_items(part)
            case Grid():
                pad = self.layout.padding
                rows = [
                    f"|{pad}{f'{pad}|{pad}'.join(self.write_prose(c, wrapped=False) for c in r)}{pad}|"
                    for r in part.rows
                ]
                return "\n".join([rows[0], f"|{'|'.join(part.aligns)}|", *rows[1:]])
            case Quote():
                inner = "\n\n".join(self.write_prose(prose) for prose in part.parts)
                return "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))
            case Code():
                return "\n".join(["```", *part.lines, "```"])
            case Rule():
                return "***"

    def write_items(self, part: Items) -> str:
        lines = []
        for number, item in enumerate(part.items, start=1):
            sign = f"{number}." if part.ordered else self.layout.bullet
            text = self.write_prose(item.words) + (f"\n{self.write_items(item.inner)}" if item.inner else "")
            indent = " " * (len(sign) + 1)
            lines.append(f"{sign} " + f"\n{indent}".join(text.split("\n")))
        return "\n".join(lines)

    def write_prose(self, prose: Prose, *, wrapped: bool = True) -> str:
        glue = self.tongue.glue
        written = ""
        for run in prose.runs:
            text = glue.join(run.words)
            match run.mark:
                case "break":
                    text = "\\\n" if wrapped else ""
                case "note" if wrapped and text:
                    text = f"[^{len(self.notes) + 1}]"
                    self.notes.append(f"[^{len(self.notes) + 1}]: {glue.join(run.words)}")
                case "link" if text:
                    text = f"[{text}]({run.target})"
                case "emphasis" if text:
                    sign = self.layout.emphasis if glue else "*"
                    text = f"{sign}{text}{sign}"
                case "strong" | "strike" | "code" if text:
                    text = f"{SIGNS[run.mark]}{text}{SIGNS[run.mark]}"
                case _:
                    text = text.replace("'", "&#39;") if self.layout.escaped else text
            joined = text and written and not written.endswith("\n") and run.mark != "break"
            written += (glue if joined else "") + text
        return self.wrap(written) if wrapped and glue else written

    def wrap(self, text: str) -> str:
        lines = []
        for line in text.split("\n"):
            row = ""
            for word in line.split(" "):
                if row and len(row) + len(word) >= self.layout.width and not row.endswith("\\"):
                    lines.append(row + self.layout.trailing)
                    row = word
                else:
                    row = f"{row} {word}" if row else word
            lines.append(row)
        return "\n".join(lines)
