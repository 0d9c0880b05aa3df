"""Every link, anchor and address in a built site, and those that lead nowhere.

python -m tests.everyone.links [DIR]

Looks into pages and what they tell machines, feeds, the sitemap, the data files and the style sheets. Addresses of
other hosts are counted and never fetched.
"""

from __future__ import annotations

import json
import posixpath
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html

from tests.everyone.sites import Built, open_sites

_ADDRESSES = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action", "iframe": "src"}
_STYLED = re.compile(r"url\(\s*[\"']?([^\"')]+)")


@dataclass
class Links:
    """What was found: how many of each sort, and what is broken as (where, address, why)."""

    counts: Counter[str] = field(default_factory=Counter)
    broken: list[tuple[str, str, str]] = field(default_factory=list)


def find_links(built: Built) -> Links:
    """Follow every address of a built site."""
    found = Links()
    names: dict[Path, frozenset[str]] = {}

    def follow(where: str, address: str) -> None:
        sort, why = _judge(built, where, address, names)
        found.counts[sort] += 1
        if why:
            found.broken.append((where, address, why))

    for where, address in _list_addresses(built):
        follow(where, address)
    return found


def _judge(built: Built, where: str, address: str, names: dict[Path, frozenset[str]]) -> tuple[str, str]:
    """The sort of an address, and why it leads nowhere; empty where it leads somewhere."""
    base = built.address if built.address.endswith("/") else f"{built.address}/"
    whole = urljoin(base + where, address.strip())
    parts = urlsplit(whole)
    if parts.scheme in {"mailto", "tel", "data"}:
        return parts.scheme, ""
    if not whole.startswith(base):
        return "elsewhere", "" if parts.scheme in {"http", "https"} else f"unknown scheme {parts.scheme}"
    path = unquote(parts.path).removeprefix(urlsplit(base).path)
    target = built.folder / (posixpath.join(path, "index.html") if path.endswith("/") or not path else path)
    if not target.is_file():
        return "here", "no such file"
    if not parts.fragment or target.suffix != ".html":
        return "here", ""
    if target not in names:
        names[target] = frozenset(html.parse(str(target)).xpath("//@id | //a/@name"))
    return "anchor", "" if unquote(parts.fragment) in names[target] else "no such anchor"


def _list_addresses(built: Built) -> Iterator[tuple[str, str]]:
    for path in sorted(built.folder.rglob("*")):
        where = path.relative_to(built.folder).as_posix()
        match path.suffix:
            case ".html":
                yield from ((where, address) for address in _read_page(path))
            case ".atom" | ".xml":
                yield from ((where, address) for address in _read_xml(path))
            case ".json" if not where.startswith("schemas/"):
                data = json.loads(path.read_text(encoding="utf-8"))
                yield from ((where, address) for address in _read_data(data))
                if where == "manifest.json":  # its addresses begin at the root of the site
                    yield from (("", edition[key]) for edition in data["editions"] for key in ("page", "text"))
            case ".css":
                styled = _STYLED.findall(path.read_text(encoding="utf-8"))
                yield from ((where, address) for address in styled if not address.startswith("data:"))


def _read_page(path: Path) -> Iterator[str]:
    for element in html.parse(str(path)).iter(*_ADDRESSES):
        address = element.get(_ADDRESSES[element.tag])
        if address is not None:
            yield address
    for script in html.parse(str(path)).xpath("//script[@type='application/ld+json']"):
        yield from _read_data(json.loads(script.text))


def _read_xml(path: Path) -> Iterator[str]:
    for element in etree.parse(str(path)).iter():
        if (address := element.get("href")) is not None:
            yield address
        elif etree.QName(element).localname == "loc":
            yield str(element.text)
        elif element.get("type") == "html":
            yield from _read_markup(element.text or "")


def _read_markup(text: str) -> Iterator[str]:
    """The links of a piece of HTML."""
    yield from map(str, html.fragment_fromstring(text, create_parent="div").xpath("//@href"))


def _read_data(data: Any) -> Iterator[str]:  # noqa: ANN401 - any plain data
    """Every whole address, wherever it stands, and the links of HTML."""
    match data:
        case dict():
            for name, value in data.items():
                if name != "@context":
                    yield from _read_data(value)
        case list():
            for value in data:
                yield from _read_data(value)
        case str() if data.startswith(("http://", "https://")):
            yield data
        case str() if data.startswith("<"):
            yield from _read_markup(data)


def main() -> int:
    """Print counts, and what is broken."""
    worst = 0
    with open_sites(__doc__) as sites:
        for built in sites:
            found = find_links(built)
            counts = ", ".join(f"{number:,} {sort}" for sort, number in sorted(found.counts.items()))
            print(f"{built.name}: {counts}; {len(found.broken)} broken")
            for where, address, why in found.broken:
                print(f"  {where}: {address}: {why}")
            worst |= bool(found.broken)
    return worst


if __name__ == "__main__":
    sys.exit(main())
