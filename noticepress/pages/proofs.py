"""How a reader checks a saved copy of an edition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from noticepress.history import Standing
from noticepress.model import Edition
from noticepress.pages.plan import permanent_page, receipt_page
from noticepress.pages.scene import Scene

TEXT = "notice.md"
"""What the plain text of an edition is called, and a saved copy of it."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves an edition: its hash, that of its version's file, and the lines of a terminal that compare them.

    `text` is the whole address of the plain text, `link` that from the page. `is_removed` tells that the words had to
    be taken away there.
    """

    sha256: str
    chain: str
    previous: str
    text: str
    link: str
    manifest: str
    receipt: str
    commands: tuple[tuple[str, str], ...]
    own_command: str
    is_removed: bool


def describe_proof(scene: Scene, standing: Standing, edition: Edition | None) -> dict[str, Any]:
    """The proof of an edition; none for a draft, or where there are no words."""
    return {"proof": find_proof(scene, standing, edition)}


def find_proof(scene: Scene, standing: Standing, edition: Edition | None) -> Proof | None:
    """The proof of an edition that is sealed."""
    version = standing.version
    if edition is None or not version.sealed:
        return None
    site_url = scene.view.library.settings.site_url
    sheet = receipt_page(scene.locale, edition.notice, standing.region, version.id)
    page = permanent_page(edition.locale, edition.notice, standing.region, version.id)
    return Proof(
        sha256=edition.sha256,
        chain=version.sha256,
        previous=version.previous,
        text=scene.address(page.path + TEXT),
        link=scene.link(page.path + TEXT),
        manifest=scene.link("manifest.json"),
        receipt=scene.link(sheet),
        commands=tuple(list_commands(edition.sha256)),
        own_command=f"noticepress verify {TEXT}" + (f" --live {site_url}" if site_url else ""),
        is_removed=(standing.region, edition.locale) in version.removals,
    )


def list_commands(sha256: str) -> Iterator[tuple[str, str]]:
    """System and command, with nothing but what comes with it: each compares the file beside it with a hash."""
    yield "Linux", f'echo "{sha256}  {TEXT}" | sha256sum -c'
    yield "macOS", f'echo "{sha256}  {TEXT}" | shasum -a 256 -c'
    yield "Windows (PowerShell)", f'(Get-FileHash {TEXT} -Algorithm SHA256).Hash -eq "{sha256}"'
