"""Asking other hosts for their pages: only public addresses, and nothing is sent but the request.

A text may come from anyone, and is checked on machines that reach more than its author does. So the address that a
name stands for is looked up once, judged, and then called.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from noticepress.checks import Answer

TIMEOUT = 10.0
"""Seconds to wait for a connection, and then for an answer."""

AT_ONCE = 8
"""Hosts that are asked at the same time; each is asked one thing after another."""

MAX_HOPS = 10
"""Addresses that one may lead on to."""

MAX_ADDRESSES = 4
"""Addresses of one host that are tried: it may have one of a kind that this machine cannot call."""

_PORTS = {"http": 80, "https": 443}
_SIGNS = "/:@!$&'()*+,;=~%?[]"
_HEADERS = {"User-Agent": "Noticepress (checks the links of a notice)", "Accept": "*/*", "Connection": "close"}

_FOR_GOOD = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}
_LEADS_ON = {*_FOR_GOOD, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT}

# The page is there, and its host shows it to people rather than to programs.
_TURNED_AWAY = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS}

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""Where networks without IPv4 see its addresses (RFC 6052)."""


class _UnansweredError(Exception):
    """An address that gives no answer, or is not asked: its words go on after the address."""


@dataclass(frozen=True, slots=True)
class Prober:
    """Asks addresses. `timeout` is in seconds; `allow_private` lets it call what is not public, as tests do."""

    timeout: float
    allow_private: bool = False
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def ask_all(self, pages: Iterable[str]) -> Iterator[tuple[str, Answer]]:
        """Each address with its answer, as they come: several hosts at once, one address of each at a time."""
        hosts: dict[str, list[str]] = {}
        for page in pages:
            hosts.setdefault(_name_host(page), []).append(page)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for done in as_completed([pool.submit(self._ask_host, found) for found in hosts.values()]):
                yield from done.result()

    def _ask_host(self, pages: Iterable[str]) -> list[tuple[str, Answer]]:
        return [(page, self._probe(page)) for page in pages]

    def _probe(self, page: str) -> Answer:
        """Follow an address to where it leads."""
        seen, moved, is_for_good = [page], "", True
        try:
            for _ in range(MAX_HOPS + 1):
                status, location = self._ask(seen[-1])
                if status not in _LEADS_ON or not location:
                    fault = _judge(status)
                    return Answer(fault, "" if fault else moved)
                following = _quote(urljoin(seen[-1], location))
                is_for_good = is_for_good and status in _FOR_GOOD
                moved = following if is_for_good else moved
                if (page := following.partition("#")[0]) in seen:  # whoever keeps cookies, as browsers do, gets through
                    return Answer()
                seen.append(page)
        except _UnansweredError as error:
            return Answer(str(error) if len(seen) == 1 else f"leads on to an address that {error}")
        except ValueError:
            return Answer("leads on to what is no web address")
        return Answer(f"leads on over more than {MAX_HOPS} addresses")

    def _ask(self, page: str) -> tuple[int, str]:
        """The status of an answer, and its Location. Raises _UnansweredError."""
        try:
            parts = urlsplit(_quote(page))
            if parts.scheme not in _PORTS or not parts.hostname:
                raise _UnansweredError("is no web address")
            port = parts.port or _PORTS[parts.scheme]
            addresses = self._look_up(parts.hostname, port)
            status, location = self._request("HEAD", parts, addresses, port)
            if status >= HTTPStatus.BAD_REQUEST:  # some hosts know no HEAD, or answer it wrongly
                status, location = self._request("GET", parts, addresses, port)
        except (OSError, http.client.HTTPException) as error:
            raise _UnansweredError(self._describe(error)) from error
        except ValueError:  # a port that is no number, a name that no host may have
            raise _UnansweredError("is no web address") from None
        return status, location

    def _look_up(self, host: str, port: int) -> list[str]:
        """The addresses of a host, which are the ones to call: looked up again, its name may stand for others."""
        found = [str(item[4][0]) for item in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        if not self.allow_private and not all(map(is_public, found)):
            raise _UnansweredError("is on a private network, and is not asked")
        return found[:MAX_ADDRESSES]

    def _request(self, method: str, parts: SplitResult, addresses: Iterable[str], port: int) -> tuple[int, str]:
        host, is_safe = str(parts.hostname), parts.scheme == "https"
        kind = http.client.HTTPSConnection if is_safe else http.client.HTTPConnection
        target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        with contextlib.closing(kind(host, port)) as connection:
            connected = self._connect(addresses, port)
            connection.sock = connected
            if is_safe:
                connected = self.context.wrap_socket(connected, server_hostname=host, do_handshake_on_connect=False)
                connection.sock = connected
            with self._limit(connected):
                if isinstance(connected, ssl.SSLSocket):
                    connected.do_handshake()
                connection.request(method, target, headers=_HEADERS)
                answer = connection.getresponse()
            with answer:
                return answer.status, answer.headers.get("Location", "").encode("latin-1").decode(errors="replace")

    def _connect(self, addresses: Iterable[str], port: int) -> socket.socket:
        """A connection to the first address that takes one. Raises the last one's OSError."""
        refused = OSError("it has no address")
        for address in addresses:
            try:
                return socket.create_connection((address, port), self.timeout)
            except OSError as error:
                refused = error
        raise refused

    @contextlib.contextmanager
    def _limit(self, connected: socket.socket) -> Iterator[None]:
        """Hang up when time is out: a host that sends a letter now and then would keep us waiting for ever."""
        is_over = threading.Event()

        def hang_up() -> None:
            is_over.set()
            with contextlib.suppress(OSError):
                socket.socket.shutdown(connected, socket.SHUT_RDWR)  # below TLS, which another thread is reading

        timer = threading.Timer(self.timeout, hang_up)
        timer.start()
        try:
            yield
        except (OSError, http.client.HTTPException):
            if is_over.is_set():
                raise TimeoutError from None
            raise
        finally:
            timer.cancel()

    def _describe(self, error: Exception) -> str:
        match error:
            case socket.gaierror():
                return "names a host that cannot be found"
            case TimeoutError():
                return f"does not answer within {self.timeout:g} seconds"
            case ConnectionRefusedError():
                return "is refused by its host"
            case ssl.SSLCertVerificationError():
                return f"has a certificate that cannot be trusted: {error.verify_message}"
            case ConnectionResetError() | http.client.HTTPException():
                return "breaks off before it has answered"
            case _:
                return f"cannot be reached: {getattr(error, 'strerror', None) or error}"


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, whatever it is wrapped in."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(found) % 2**32)))
        if found.ipv4_mapped or found.sixtofour or found.teredo:
            return False  # nobody publishes them, and they lead to any IPv4 address
    return found.is_global and not found.is_multicast


def _judge(status: int) -> str:
    """What is wrong with an answer; empty where nothing is, as far as a program can tell."""
    if status in _TURNED_AWAY or not HTTPStatus.BAD_REQUEST <= status < 600:  # noqa: PLR2004 - where errors end
        return ""
    known = {item.value: item.phrase for item in HTTPStatus}
    return f"answers {status} {known.get(status, '')}".strip()


def _name_host(page: str) -> str:
    """Whom an address asks; itself where it is none."""
    try:
        return urlsplit(page).hostname or page
    except ValueError:
        return page


def _quote(address: str) -> str:
    """An address as it may be sent: signs that are not ASCII, and spaces, in their bytes; the host is left alone."""
    parts = urlsplit(address)
    path, query = quote(parts.path, safe=_SIGNS), quote(parts.query, safe=_SIGNS)
    return urlunsplit((parts.scheme, parts.netloc, path, query, quote(parts.fragment, safe=_SIGNS)))
