"""Every page through a strict HTML parser: each error of the standard, none allowed.

python -m tests.everyone.validity [DIR]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import html5lib
from lxml import html

from tests.everyone.sites import Built, open_sites


def find_faults(built: Built) -> Iterator[tuple[str, str]]:
    """Page and fault: parse errors, ids given twice, references to ids that are not there."""
    for page in built.pages:
        path = page.file
        text = (built.folder / path).read_text(encoding="utf-8")
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(text)
        for (line, column), code, _ in parser.errors:
            yield path, f"{line}:{column}: {code}"
        yield from ((path, fault) for fault in _find_references(text))


def _find_references(text: str) -> Iterator[str]:
    tree = html.document_fromstring(text)
    ids = tree.xpath("//@id")
    yield from (f"id {name!r} is given twice" for name in set(ids) if ids.count(name) > 1)
    for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "headers", "list"):
        for value in tree.xpath(f"//@{attribute}"):
            yield from (f"{attribute} names {name!r}, which is not there" for name in value.split() if name not in ids)


def main() -> int:
    """Print what is wrong, and how many pages were read."""
    worst = 0
    with open_sites(__doc__) as sites:
        for built in sites:
            faults = list(find_faults(built))
            print(f"{built.name}: {len(built.pages)} pages, {len(faults)} faults")
            for path, fault in faults:
                print(f"  {path}: {fault}")
            worst |= bool(faults)
    return worst


if __name__ == "__main__":
    sys.exit(main())
