"""A static host for a browser: the files of a built site with the headers that its `_headers` asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.everyone.sites import Built

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".xml": "application/xml",
    ".pdf": "application/pdf",
}


def read_rules(folder: Path) -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    """The rules of `_headers`: a pattern of paths (`*` is anything, `:name` a folder), and the headers it adds."""
    rules: list[tuple[re.Pattern[str], dict[str, str]]] = []
    for line in (folder / "_headers").read_text(encoding="utf-8").splitlines():
        if line.startswith("/"):
            rules.append((re.compile("".join(map(_match_part, re.split(r"(\*|:\w+)", line.strip())))), {}))
        elif line.strip():
            name, _, value = line.strip().partition(": ")
            rules[-1][1][name] = value
    return tuple(rules)


def _match_part(part: str) -> str:
    return ".*" if part == "*" else "[^/]+" if part.startswith(":") else re.escape(part)


def find_headers(rules: tuple[tuple[re.Pattern[str], dict[str, str]], ...], path: str) -> dict[str, str]:
    """The headers of a path that begins with a slash; later rules win."""
    found: dict[str, str] = {}
    for pattern, headers in rules:
        if pattern.fullmatch(path):
            found |= headers
    return found


@dataclass
class Host:
    """A browser's context on a site: what was asked for, and whatever went wrong in it."""

    built: Built
    context: BrowserContext
    asked: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    changed: dict[str, bytes] = field(default_factory=dict)
    """Files that are answered with other content, by path."""

    blocks_scripts: bool = False
    """Whether files of scripts are refused, as if scripts were off, while a test can still look into the page."""

    def __post_init__(self) -> None:
        self.rules = read_rules(self.built.folder)
        self.context.route("**/*", self.answer)

    def answer(self, route: Route) -> None:
        """One file, with its headers."""
        address = route.request.url
        if not address.startswith(self.built.address):
            self.faults.append(f"asked {address}")
            route.abort()
            return
        path = unquote(urlsplit(address).path).removeprefix(urlsplit(self.built.address).path)
        self.asked.append(path)
        file = self.built.folder / (f"{path}index.html" if path.endswith("/") or not path else path)
        if self.blocks_scripts and file.suffix == ".js":
            route.fulfill(body="", headers={"Content-Type": _TYPES[".js"]})
            return
        is_found = file.is_file()
        file = file if is_found else self.built.folder / "404.html"
        headers = {"Content-Type": _TYPES.get(file.suffix, "text/plain; charset=utf-8")}
        headers |= find_headers(self.rules, f"/{path}")
        body = self.changed.get(path, file.read_bytes())
        route.fulfill(status=200 if is_found else 404, body=body, headers=headers)

    def open_page(self, path: str = "") -> Page:
        """A new page at an address, watched."""
        page = self.open_blank()
        page.goto(self.built.address + path)
        return page

    def open_blank(self) -> Page:
        """A new page whose complaints are kept: the console's errors and warnings, exceptions, broken policies."""
        page = self.context.new_page()
        page.on("console", lambda said: self.faults.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.add_init_script(_WATCH)
        return page

    def list_traces(self, page: Page) -> list[str]:
        """Whatever is kept on the reader's device: cookies, storage, databases, caches, workers."""
        kept = [f"cookie {cookie.get('name')}" for cookie in self.context.cookies()]
        return kept + list(page.evaluate(_LIST_STORAGE))


_WATCH = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy broken: ${event.violatedDirective} ${event.blockedURI}`);
});
"""
_LIST_STORAGE = """async () => {
  const kept = [];
  for (const [name, store] of [["localStorage", localStorage], ["sessionStorage", sessionStorage]]) {
    for (let place = 0; place < store.length; place++) kept.push(`${name} ${store.key(place)}`);
  }
  for (const { name } of await indexedDB.databases()) kept.push(`indexedDB ${name}`);
  if (self.caches) for (const name of await caches.keys()) kept.push(`cache ${name}`);
  for (const worker of await (navigator.serviceWorker?.getRegistrations() ?? [])) kept.push(`worker ${worker.scope}`);
  return kept;
}"""


@contextmanager
def open_host(browser: Browser, built: Built, *, width: int = 1280, **settings: Any) -> Iterator[Host]:  # noqa: ANN401
    """A context of its own on a site."""
    context = browser.new_context(viewport={"width": width, "height": 800}, **settings)
    try:
        yield Host(built, context)
    finally:
        context.close()
