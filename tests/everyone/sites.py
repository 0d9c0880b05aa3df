"""The built sites that are looked at: that of this repository, and Acme Research's in every state and in Arabic."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from noticepress.cli import open_press
from noticepress.library import load_library
from noticepress.model import AsOf
from noticepress.publish import publish_site
from tests.acme import make_history

ROOT = Path(__file__).parent.parent.parent
TODAY = datetime(2026, 11, 23, tzinfo=UTC)
ANNOUNCED, RECENT = date(2024, 5, 10), date(2024, 5, 25)


@dataclass(frozen=True)
class Shown:
    """A page by its kind, language and address below the site's."""

    kind: str
    locale: str
    path: str

    @property
    def file(self) -> str:
        """The file it lies in."""
        return self.path if self.path.endswith(".html") else f"{self.path}index.html"


@dataclass(frozen=True)
class Built:
    """A built site: where it lies, where it is published, and its pages."""

    name: str
    folder: Path
    address: str
    pages: tuple[Shown, ...]

    @property
    def kinds(self) -> dict[tuple[str, str], Shown]:
        """One page of each kind in each language: the first edition that is in force, the last of the others."""
        found: dict[tuple[str, str], Shown] = {}
        for page in self.pages:
            found.setdefault((page.kind, page.locale), page)
        return found


def build(name: str, site: Path, out: Path, as_of: AsOf, *, drafts: bool = False) -> Built:
    """Build a site as of a day."""
    press = open_press(site, as_of, drafts=drafts)
    publish_site(site, out, press)
    pages = tuple(Shown(page.kind, page.locale, page.path) for page in press.site.pages)
    return Built(name, out, load_library(site).settings.site_url, pages)


def build_ours(folder: Path) -> Built:
    """The site of this repository."""
    return build("ours", ROOT, folder / "ours", TODAY)


def build_acme(folder: Path) -> tuple[Built, ...]:
    """Acme Research: with a version announced, and with one that came into force lately."""
    site = make_history(folder / "acme")
    return (
        build("announced", site, folder / "announced", ANNOUNCED),
        build("recent", site, folder / "recent", RECENT),
    )


def list_shown(built: Built) -> list[Shown]:
    """A page of each kind in two languages, one of them Arabic where there is one."""
    found: dict[tuple[str, bool], Shown] = {}
    for (kind, locale), shown in built.kinds.items():
        first = found.setdefault((kind, False), shown)
        if locale in ("ar", "de") and shown is not first:
            found.setdefault((kind, True), shown)
    return list(found.values())


def find_built(folder: Path) -> Built:
    """A site that was built before: its pages are found by their addresses, all of one kind."""
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    shown = tuple(Shown("page", path.partition("/")[0], path.removesuffix("index.html")) for path in paths)
    sitemap = (folder / "sitemap.xml").read_text(encoding="utf-8")
    return Built(folder.name, folder, sitemap.partition("<loc>")[2].partition("</loc>")[0], shown)


@contextmanager
def open_sites(doc: str | None) -> Iterator[tuple[Built, ...]]:
    """For a report: the folder named on the command line, or all the sites there are."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", nargs="?", type=Path, metavar="DIR", help="a built site (default: all of our own)")
    asked = parser.parse_args()
    if asked.site:
        yield (find_built(asked.site),)
        return
    with tempfile.TemporaryDirectory() as name:
        yield (build_ours(Path(name)), *build_acme(Path(name)))
