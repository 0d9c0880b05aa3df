"""What a site's owners set about its look, read and checked: a logo that only shows, words that messages can be."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from pathlib import Path
from xml.etree import ElementTree as ET

from noticepress.documents import LookDocument
from noticepress.errors import NoticeError, Problem, Source
from noticepress.files import read_bytes
from noticepress.localize import list_messages
from noticepress.model import Logo, Look

MAX_LOGO = 50_000
"""Bytes; a first visit should not wait for a picture."""

_PNG = b"\x89PNG\r\n\x1a\n"
_HEADER = 24
_SVG = "{http://www.w3.org/2000/svg}"
_LINK = re.compile(r"(\{[^}]*\})?(href|src|from|to|values)", re.IGNORECASE)
_LOADS = re.compile(r"url\(\s*[\"']?\s*(?!#)|@import|javascript:", re.IGNORECASE)
_ACTIVE = ("<!doctype", "<!entity", "<?xml-stylesheet")
_ACTIVE_ELEMENTS = {"script", "foreignObject", "handler", "listener", "iframe"}
_LENGTH = re.compile(r"([0-9]+(?:\.[0-9]+)?)(px)?")
_MARKUP = re.compile(r"[<>&]")

Place = Callable[..., Source]
"""Where a key of `look` stands."""


def read_look(site: Path, found: LookDocument, place: Place) -> Look:
    """The look that settings ask for. Raises NoticeError with every mistake, and what can be used of it."""
    problems: list[Problem] = []
    logos: dict[str, Logo] = {}
    asked = {"light": found.logo.light, "dark": found.logo.dark} if found.logo else {}
    for scheme, path in asked.items():
        if path:
            try:
                logos[scheme] = read_logo(site, path, "logo-dark" if scheme == "dark" else "logo")
            except ValueError as error:
                hint = f"name an SVG or PNG file of the site, of {MAX_LOGO:,} bytes or less, that only draws"
                problems.append(Problem("LOOK", place("logo", scheme), f"logo {path!r} {error}", hint))
    words: dict[str, dict[str, str]] = {}
    for locale, own in found.words.items():
        for key, text in own.items():
            if fault := judge_word(key, text):
                problems.append(Problem("LOOK", place("words", locale, key), *fault))
            else:
                words.setdefault(locale, {})[key] = text
    colors = found.colors
    look = Look(
        colors={name: getattr(colors, name) for name in colors.model_fields_set if name != "dark"},
        dark={name: getattr(colors.dark, name) for name in colors.dark.model_fields_set},
        logo=logos.get("light"),
        dark_logo=logos.get("dark"),
        words=words,
    )
    if problems:
        raise NoticeError(problems, look)
    return look


# ---- words


def judge_word(key: str, text: str) -> tuple[str, str] | None:
    """What is wrong with words in place of a message's, and what to do."""
    messages = list_messages()
    if key not in messages:
        near = get_close_matches(key, messages, n=1, cutoff=0.5)
        hint = (
            f"did you mean {near[0]!r}?" if near else "copy the English words from a page; noticepress/catalogs has all"
        )
        return f"no message of the interface is {key!r}", hint
    if messages[key]:
        return f"{key!r} counts something, and has other words for other numbers", "leave it out"
    if _MARKUP.search(text):
        return f"{text!r} holds markup", "write plain words, without <, > and &"
    asked = _list_values(key.rpartition(" | ")[2])
    if (given := _list_values(text)) != asked:
        return f"{key!r} has the values {_tell(asked)}, and these words {_tell(given)}", "keep the values in braces"
    return None


def _list_values(text: str) -> tuple[str, ...]:
    """The names in braces; what is no plain name is given as it stands."""
    try:
        parts = [part[1:] for part in string.Formatter().parse(text)]
    except ValueError:
        return (text,)
    found = {name or "" for name, form, turn in parts if name is not None and not form and not turn}
    strange = [text for name, form, turn in parts if name is not None and (form or turn or not name.isidentifier())]
    return (*sorted(found), *strange)


def _tell(values: tuple[str, ...]) -> str:
    return ", ".join(f"{{{value}}}" for value in values) or "none"


# ---- logo


def read_logo(site: Path, path: str, name: str) -> Logo:
    """A logo, under its fixed name in the site. Raises ValueError that goes on after the file's name."""
    try:
        content = read_bytes(site, path)
    except NoticeError as error:
        raise ValueError(error.problems[0].message) from None
    if len(content) > MAX_LOGO:
        raise ValueError(f"has {len(content):,} bytes")
    ending = path.rpartition(".")[2].lower()
    if ending == "png" and content.startswith(_PNG) and len(content) > _HEADER:
        width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    elif ending == "svg":
        width, height = _measure_svg(_parse_svg(content))
    else:
        raise ValueError("is neither SVG nor PNG")
    if not width or not height:
        raise ValueError("has no size")
    return Logo(f"assets/images/{name}.{ending}", content, width, height)


def _parse_svg(content: bytes) -> ET.Element:
    """A drawing that only draws. Raises ValueError."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8") from None
    # Before it is parsed: an entity may stand for anything, or for so much that it fills the memory.
    if active := next((sign for sign in _ACTIVE if sign in text.lower()), None):
        raise ValueError(f"has {active}…>")
    try:
        root = ET.fromstring(text)  # noqa: S314  it declares no entities
    except ET.ParseError as error:
        raise ValueError(f"is no XML: {error}") from None
    if root.tag != f"{_SVG}svg":
        raise ValueError("is no SVG: its root is not <svg xmlns='http://www.w3.org/2000/svg'>")
    for element in root.iter():
        if fault := next(_find_activity(element), None):
            raise ValueError(fault)
    return root


def _find_activity(element: ET.Element) -> Iterator[str]:
    """What a drawing does but draw: runs code, or loads what is not in it."""
    name = str(element.tag).removeprefix(_SVG)
    if name in _ACTIVE_ELEMENTS or "xhtml" in name:
        yield f"holds <{name}>"
    for key, value in element.attrib.items():
        if key.lower().startswith("on"):
            yield f"runs code: {key} of <{name}>"
        if _LINK.fullmatch(key) and not _stays(value, name):
            yield f"leads elsewhere: {key} of <{name}>"
        if _LOADS.search(value):
            yield f"loads something: {key} of <{name}>"
    if name == "style" and _LOADS.search(element.text or ""):
        yield "loads something: its <style>"


def _stays(address: str, name: str) -> bool:
    """Whether an address leads to a part of the drawing, or is a picture in itself. Animations go through values."""
    if name.startswith("animate") or name == "set":
        return ":" not in address
    return address.strip().startswith(("#", "data:image/png;", "data:image/jpeg;"))


def _measure_svg(root: ET.Element) -> tuple[int, int]:
    """Width and height, from those attributes or the box that is seen."""
    lengths = [_LENGTH.fullmatch(root.get(key, "").strip()) for key in ("width", "height")]
    if all(lengths):
        width, height = (round(float(length[1])) for length in lengths if length)
        return width, height
    box = re.split(r"[ ,]+", root.get("viewBox", "").strip())
    try:
        _, _, width, height = (round(float(part)) for part in box)
    except (ValueError, OverflowError):
        raise ValueError("states neither width and height nor a viewBox") from None
    return width, height
