"""The preview's own small web server: local, for one author; it shows mistakes, its own too, instead of dying."""

from __future__ import annotations

import ipaddress
import mimetypes
import socket
from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from urllib.parse import parse_qs, quote, unquote, urlsplit

from markupsafe import escape

from noticepress.errors import OutsideError
from noticepress.files import find_templates
from noticepress.pages.head import SENT_POLICY
from noticepress.preview.rendering import OWN, render_shown
from noticepress.preview.state import Preview, Shown, tell_trouble
from noticepress.reports import tell_problems

HEARTBEAT = 10
"""Seconds after which an open line to a browser shows that it is open."""

_TYPES: Mapping[str, str] = MappingProxyType(
    {".atom": "application/atom+xml", ".md": "text/markdown", ".js": "text/javascript", ".json": "application/json"}
)
_OWN_FILES = frozenset({"preview.css", "preview.js"})


def open_server(address: str, preview: Preview) -> ThreadingHTTPServer:
    """A server that listens at `host:port`. Raises OutsideError where it cannot, as when the address is in use."""
    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    try:
        return _Server((host, int(port)), partial(_Handler, preview, host))
    except OSError as error:
        msg = f"{address}: {error.strerror or error}; choose another with --address"
        raise OutsideError(msg) from error


class _Server(ThreadingHTTPServer):
    daemon_threads = True  # a browser that listens for changes holds no one back from ending

    def __init__(self, place: tuple[str, int], handler: partial[_Handler]) -> None:
        self.address_family = socket.AF_INET6 if ":" in place[0] else socket.AF_INET
        super().__init__(place, handler)

    def server_bind(self) -> None:
        """Listen, without asking anybody for the name of this machine."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away is no error."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "noticepress", ""

    def __init__(self, preview: Preview, host: str, *args: object) -> None:
        self.preview, self.host = preview, host
        super().__init__(*args)  # type: ignore[arg-type]

    def log_message(self, *_: object) -> None:
        """Nothing: the terminal is for what authors have to mend."""

    def do_HEAD(self) -> None:
        """As GET, without the content."""
        self.do_GET()

    def do_GET(self) -> None:
        """Answer, whatever happens."""
        if not is_own_host(self.headers.get("Host", ""), self.host):
            self._send(HTTPStatus.FORBIDDEN, "text/plain", b"This preview answers only to its own address.\n")
            return
        parts = urlsplit(self.path)
        path = unquote(parts.path, errors="replace").lstrip("/")
        if path == f"{OWN}/events":
            self._stream(parse_qs(parts.query).get("token", [""])[0])
            return
        shown = self.preview.shown
        try:
            self._answer(shown, path)
        except (BrokenPipeError, ConnectionError, TimeoutError):
            raise
        except Exception as error:  # noqa: BLE001 - a template may fail in any way; the page says so, and others go on
            told = f"This page cannot be shown: {tell_trouble(error, self.preview.folder)}"
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, "text/html", write_trouble(shown, told))

    def _answer(self, shown: Shown, path: str) -> None:
        if path.startswith(f"{OWN}/"):
            self._send_own(path.removeprefix(f"{OWN}/"))
            return
        if shown.site is None or shown.look is None:
            told = shown.trouble or "To mend before anything can be shown"
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, "text/html", write_trouble(shown, told))
            return
        # Pages work below the path of `site_url` too, as on the server that they will go to.
        mount = urlsplit(shown.site.view.library.settings.site_url).path.strip("/")
        if mount and (path + "/").startswith(f"{mount}/"):
            path = path.removeprefix(mount).removeprefix("/")
        name = path.removesuffix("index.html") if f"/{path}".endswith("/index.html") else path
        if page := shown.pages.get(name):
            status = HTTPStatus.NOT_FOUND if page.kind == "not-found" else HTTPStatus.OK
            self._send(status, "text/html", render_shown(shown, page).encode())
        elif f"{name}/" in shown.pages:
            self._send(HTTPStatus.MOVED_PERMANENTLY, "text/plain", b"", {"Location": f"/{quote(name)}/"})
        elif (content := read_below(shown.look.folder, path)) is not None or (content := shown.files.get(path)):
            self._send(HTTPStatus.OK, name_type(path), content)
        else:
            page = shown.pages["404.html"]
            self._send(HTTPStatus.NOT_FOUND, "text/html", render_shown(shown, page).encode())

    def _send_own(self, name: str) -> None:
        folders = find_templates(self.preview.folder) if name in _OWN_FILES else ()
        found = (read_below(folder / "preview", name) for folder in folders)
        content = next((content for content in found if content is not None), None)
        if content is None:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", b"There is no such file.\n")
        else:
            self._send(HTTPStatus.OK, name_type(name), content)

    def _send(self, status: HTTPStatus, kind: str, content: bytes, more: Mapping[str, str] | None = None) -> None:
        text = kind.startswith("text/") or kind.endswith(("+xml", "json"))
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Content-Security-Policy", SENT_POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        for name, value in (more or {}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _stream(self, token: str) -> None:
        """Tell a browser each new moment as it comes, as Server-Sent Events, until it goes away."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        if self.command == "HEAD":
            return
        self.wfile.write(b"retry: 500\n\n")
        while True:
            newest = self.preview.wait(token, HEARTBEAT)
            self.wfile.write(b": still here\n\n" if newest == token else f"data: {newest}\n\n".encode())
            self.wfile.flush()
            token = newest


def is_own_host(header: str, host: str) -> bool:
    """Whether a request was addressed to this machine and not to a name that somebody led here (DNS rebinding)."""
    name = urlsplit(f"//{header}").hostname or ""
    if name in {"localhost", host} or name.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def read_below(folder: Path, path: str) -> bytes | None:
    """A file below a folder; None where there is none, or where the path leads elsewhere."""
    root = folder.resolve()
    try:
        target = (root / path).resolve()
        return target.read_bytes() if target.is_relative_to(root) and target.is_file() else None
    except (OSError, ValueError):  # a name that no file can have
        return None


def name_type(path: str) -> str:
    """The media type of a file by its name."""
    suffix = Path(path).suffix
    return _TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"


def write_trouble(shown: Shown, told: str) -> bytes:
    """A page that needs no template and no theme: what is in the way, until it is mended."""
    problems = tell_problems(shown.problems, "the page comes by itself once this is mended") if shown.problems else ""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><title>To mend</title>'
        f'<link rel="stylesheet" href="/{OWN}/preview.css">'
        f'<script src="/{OWN}/preview.js" data-token="{escape(shown.token)}" defer></script></head>\n'
        f'<body class="np-trouble"><main><h1>{escape(told)}</h1>\n<pre>{escape(problems)}</pre></main></body></html>\n'
    ).encode()
