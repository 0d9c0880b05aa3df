"""Links to other hosts: what they answer, that only public ones are asked, and how long an answer is kept."""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from noticepress.checks import Answer, Built, list_addresses
from noticepress.cli import main
from noticepress.library import read_library
from noticepress.probing import CACHE, probe_links
from noticepress.probing.asking import AT_ONCE, MAX_HOPS, is_public
from tests import acme
from tests.findings import EN, SETTINGS, find, in_every_text

NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)
LIST = "https://authorities.example/list"
"""The address that Acme's texts link to: line 32, column 43 of the English one."""


class Handler(BaseHTTPRequestHandler):
    """Answers with the status that the path begins with: `/404`, `/301/new`, `/405-head`."""

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        host = self.server
        assert isinstance(host, Host)
        host.asked.append(f"{self.command} {self.path}")
        host.headers.append(dict(self.headers))
        name, _, rest = self.path[1:].partition("/")
        if name in host.ways:
            host.ways[name](self)
            return
        status = 200 if name.endswith("-head") and self.command == "GET" else int(name[:3])
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", "/" + rest)
        self.send_header("Set-Cookie", "visitor=1")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        pass


def wait(_: Handler) -> None:
    time.sleep(0.4)


def drip(handler: Handler) -> None:
    """A letter now and then, each well within the time that one may take."""
    with contextlib.suppress(OSError):
        for letter in b"HTTP/1.0 200 " + b"OK" * 50:
            handler.wfile.write(bytes([letter]))
            time.sleep(0.1)


def hang_up(handler: Handler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def crowd(handler: Handler) -> None:
    """Counts who waits at the same time; whoever has an answer waits no more."""
    assert isinstance(handler.server, Host)
    with handler.server.waiting():
        time.sleep(0.05)
    handler.send_response(200)
    handler.end_headers()


def send_on(location: str) -> Callable[[Handler], None]:
    def answer(handler: Handler) -> None:
        handler.send_response(302)
        handler.send_header("Location", location)
        handler.end_headers()

    return answer


class Host(ThreadingHTTPServer):
    """A host on this machine that remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.ways: dict[str, Callable[[Handler], None]] = {
            "wait": wait,
            "drip": drip,
            "hang-up": hang_up,
            "crowd": crowd,
        }
        self.lock, self.present, self.most = threading.Lock(), 0, 0

    @contextlib.contextmanager
    def waiting(self) -> Iterator[None]:
        with self.lock:
            self.present += 1
            self.most = max(self.most, self.present)
        try:
            yield
        finally:
            with self.lock:
                self.present -= 1

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}/{path}"


@pytest.fixture
def host() -> Iterator[Host]:
    with Host() as started:
        thread = threading.Thread(target=started.serve_forever, args=(0.01,))
        thread.start()
        yield started
        started.shutdown()
        thread.join()


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / CACHE


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names that were looked up; every one stands for this machine."""
    names: list[str] = []
    look_up = socket.getaddrinfo

    def note(name: str, *args: int, **more: int) -> object:
        if name != "127.0.0.1":
            names.append(name)
        return look_up("127.0.0.1", *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", note)
    return names


def ask(url: str, cache: Path, now: datetime = NOW, timeout: float = 5) -> Answer:
    return probe_links([url], cache, now, timeout=timeout, allow_private=True)[url]


def find_closed_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


# ---- what hosts answer


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("200", ""),
        ("204", ""),
        ("304", ""),
        ("401", ""),
        ("403", ""),
        ("429", ""),
        ("404", "answers 404 Not Found"),
        ("410", "answers 410 Gone"),
        ("500", "answers 500 Internal Server Error"),
        ("520", "answers 520"),
        ("302/404", "answers 404 Not Found"),
        ("301/404", "answers 404 Not Found"),
        ("hang-up", "breaks off before it has answered"),
        ("302/hang-up", "leads on to an address that breaks off before it has answered"),
        ("302//[", "leads on to what is no web address"),
        ("/".join(["302"] * MAX_HOPS) + "/200", ""),
        ("/".join(["302"] * (MAX_HOPS + 1)) + "/200", f"leads on over more than {MAX_HOPS} addresses"),
    ],
)
def test_what_a_host_answers_is_told(host: Host, cache: Path, path: str, fault: str) -> None:
    assert ask(host.at(path), cache).fault == fault


@pytest.mark.parametrize("status", [403, 404, 405, 501])
def test_a_host_that_does_not_answer_head_is_asked_for_the_page(host: Host, cache: Path, status: int) -> None:
    assert ask(host.at(f"{status}-head"), cache) == Answer()
    assert host.asked == [f"HEAD /{status}-head", f"GET /{status}-head"]


@pytest.mark.parametrize(
    ("path", "moved"),
    [
        ("301/200", "200"),
        ("308/200", "200"),
        ("302/200", ""),
        ("303/200", ""),
        ("307/200", ""),
        ("301/308/200", "200"),
        ("301/302/200", "302/200"),
        ("302/301/200", ""),
        ("301/200/ü x", "200/%C3%BC%20x"),
    ],
)
def test_only_a_move_for_good_is_told_with_the_new_address(host: Host, cache: Path, path: str, moved: str) -> None:
    assert ask(host.at(path), cache) == Answer(moved=host.at(moved) if moved else "")


def test_a_section_stays_when_its_page_moves(host: Host, cache: Path) -> None:
    old = [host.at(f"301/200{section}") for section in ("", "#form", "#top")]
    answers = probe_links(old, cache, NOW, allow_private=True)
    assert [answers[url].moved for url in old] == [host.at(f"200{section}") for section in ("", "#form", "#top")]
    assert host.asked == ["HEAD /301/200", "HEAD /200"]


def test_a_host_that_wants_cookies_and_gets_none_is_let_be(host: Host, cache: Path) -> None:
    host.ways["x"] = send_on("/302/x")
    assert ask(host.at("302/x"), cache) == Answer()
    assert host.asked == ["HEAD /302/x", "HEAD /x"]


@pytest.mark.parametrize("path", ["wait", "drip"])
def test_a_slow_host_is_not_waited_for(host: Host, cache: Path, path: str) -> None:
    start = time.perf_counter()
    assert ask(host.at(path), cache, timeout=0.25).fault == "does not answer within 0.25 seconds"
    assert time.perf_counter() - start < 2


def test_a_closed_port_is_told(cache: Path) -> None:
    assert ask(f"http://127.0.0.1:{find_closed_port()}/", cache).fault == "is refused by its host"


def test_a_host_without_tls_is_told(host: Host, cache: Path) -> None:
    assert ask(host.at("200").replace("http:", "https:"), cache).fault.startswith("cannot be reached: ")


@pytest.mark.parametrize(
    "url",
    [
        "mailto:a@b.example",
        "ftp://127.0.0.1/",
        "http://",
        "http://[",
        "http://127.0.0.1:x/",
        f"http://{'a' * 70}.example/",
    ],
)
def test_what_is_no_web_address_is_told(cache: Path, url: str) -> None:
    assert ask(url, cache).fault == "is no web address"


def test_a_name_that_no_host_has_is_told(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert ask("https://nobody.example/", cache).fault == "names a host that cannot be found"


def test_a_certificate_that_has_expired_is_told(host: Host, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: ssl.SSLSocket) -> None:
        error = ssl.SSLCertVerificationError(1, "[SSL: CERTIFICATE_VERIFY_FAILED]")
        error.verify_message = "certificate has expired"
        raise error

    monkeypatch.setattr(ssl.SSLSocket, "do_handshake", refuse)
    url = host.at("200").replace("http:", "https:")
    assert ask(url, cache).fault == "has a certificate that cannot be trusted: certificate has expired"


def test_a_request_names_noticepress_and_nobody_else(host: Host, cache: Path) -> None:
    ask(host.at("302/200").replace("http://", "http://user:secret@"), cache)
    assert len(host.headers) == 2
    for sent in host.headers:
        assert sent["User-Agent"].startswith("Noticepress")
        assert set(sent) == {"Host", "User-Agent", "Accept", "Connection", "Accept-Encoding"}


def test_an_address_is_sent_as_bytes_that_hosts_understand(host: Host, cache: Path) -> None:
    assert ask(host.at("200/Menü und mehr%20?q=é&r=%41#teil"), cache) == Answer()
    assert host.asked == ["HEAD /200/Men%C3%BC%20und%20mehr%20?q=%C3%A9&r=%41"]


def test_a_host_is_asked_one_thing_after_another(host: Host, cache: Path) -> None:
    probe_links([host.at(f"crowd/{number}") for number in range(4)], cache, NOW, allow_private=True)
    assert (len(host.asked), host.most) == (4, 1)


def test_several_hosts_are_asked_at_once(host: Host, cache: Path, looked_up: list[str]) -> None:
    names = [f"host-{number}.example" for number in range(2 * AT_ONCE)]
    urls = [host.at("crowd").replace("127.0.0.1", name) for name in names]
    assert probe_links(urls, cache, NOW, allow_private=True) == dict.fromkeys(urls, Answer())
    assert sorted(looked_up) == sorted(names)
    assert 1 < host.most <= AT_ONCE


# ---- who is asked


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "127.8.8.8",
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",  # noqa: S104 - nothing listens there
        ),
        *("224.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fd00::1", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:808:808::1"),
    ],
)
def test_an_address_that_is_not_public_is_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "172.15.0.1", "2606:4700::1111", "64:ff9b::808:808"])
def test_a_public_address_is_known(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "127.1", "2130706433", "[::ffff:127.0.0.1]"])
def test_a_private_host_is_never_called(host: Host, cache: Path, name: str) -> None:
    url = host.at("200").replace("127.0.0.1", name)
    found = probe_links([url], cache, NOW)[url]
    assert found.fault == "is on a private network, and is not asked"
    assert host.asked == []


def test_a_name_that_stands_for_a_private_host_among_others_is_never_called(
    host: Host, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, host.server_port)) for ip in ("8.8.8.8", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    url = "http://rebound.example/200"
    assert probe_links([url], cache, NOW)[url].fault == "is on a private network, and is not asked"


def test_the_address_that_was_judged_is_the_one_that_is_called(host: Host, cache: Path, looked_up: list[str]) -> None:
    assert ask(host.at("200").replace("127.0.0.1", "name.example"), cache) == Answer()
    assert looked_up == ["name.example"]
    assert host.headers[0]["Host"] == f"name.example:{host.server_port}"


def test_a_redirect_to_a_private_host_is_not_followed(host: Host, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("noticepress.probing.asking.is_public", lambda address: address == "127.0.0.1")
    host.ways["inside"] = send_on("http://127.0.0.2/secret")
    found = probe_links([host.at("inside")], cache, NOW)[host.at("inside")]
    assert found.fault == "leads on to an address that is on a private network, and is not asked"


# ---- how long answers are kept


@pytest.mark.parametrize(
    ("path", "later", "asked"),
    [
        ("200", timedelta(hours=23, minutes=59), 1),
        ("200", timedelta(hours=24), 2),
        ("301/200", timedelta(hours=23), 2),
        ("404", timedelta(minutes=59), 2),
        ("404", timedelta(hours=1), 4),
        ("200", timedelta(hours=-1), 2),
    ],
)
def test_a_good_answer_is_kept_for_a_day_and_a_bad_one_for_an_hour(
    host: Host, cache: Path, path: str, later: timedelta, asked: int
) -> None:
    first = ask(host.at(path), cache)
    assert ask(host.at(path), cache, NOW + later) == first
    assert len(host.asked) == asked


def test_what_is_kept_stays_until_it_is_old(host: Host, cache: Path) -> None:
    for path, moment in (("200/a", NOW), ("200/b", NOW + timedelta(hours=1)), ("200/c", NOW + timedelta(hours=24))):
        ask(host.at(path), cache, moment)
    assert list(json.loads(cache.read_bytes())) == [host.at("200/b"), host.at("200/c")]
    assert sorted(path.name for path in cache.parent.iterdir()) == [".gitignore", "links.json"]
    assert (cache.parent / ".gitignore").read_text() == "*\n"


@pytest.mark.parametrize("content", ["", "{", "[]", '{"http://a.example/": 1}', '{"x": {"asked": "soon"}}', "\udcff"])
def test_a_broken_cache_is_empty(host: Host, cache: Path, content: str) -> None:
    cache.parent.mkdir()
    cache.write_bytes(content.encode(errors="surrogateescape"))
    assert ask(host.at("200"), cache) == Answer()
    assert list(json.loads(cache.read_bytes())) == [host.at("200")]


def test_a_cache_that_cannot_be_written_is_not_kept(host: Host, cache: Path) -> None:
    cache.mkdir(parents=True)
    assert ask(host.at("200"), cache) == Answer()
    assert list(cache.parent.iterdir()) == [cache]


def test_progress_counts_every_address_once(host: Host, cache: Path) -> None:
    ask(host.at("200/kept"), cache)
    urls = [host.at(path) for path in ("200/kept", "200/new", "200/new#a", "404")]
    told: list[int] = []
    probe_links(urls, cache, NOW, allow_private=True, tell=told.append)
    assert (told[0], sum(told)) == (1, len(urls))


# ---- what the check tells


def test_a_dead_link_is_a_warning_at_its_place(tmp_path: Path) -> None:
    site = acme.make_site(tmp_path)
    for path, old, new in in_every_text(LIST, "https://other.example/", acme.LOCALES[1:]):
        acme.replace_text(site, path, old, new)
    dead = Built(reached={LIST: Answer("answers 404 Not Found"), "https://other.example/": Answer()})
    assert find(site, "LC03", built=dead) == [f"{EN}:32:43: w {LIST} answers 404 Not Found"]


def test_a_link_that_moved_is_a_note_and_what_was_not_asked_is_nothing(tmp_path: Path) -> None:
    site = acme.make_site(tmp_path)
    moved = Built(reached={LIST: Answer(moved="https://new.example/")})
    assert f"{EN}:32:43: i {LIST} has moved for good to https://new.example/" in find(site, "LC03", built=moved)
    assert find(site, "LC03", built=Built(reached={"https://unlinked.example/": Answer("is gone")})) == []
    assert find(site, "LC03") == []


def test_addresses_of_other_hosts_are_listed_once_and_those_of_the_site_are_not(tmp_path: Path) -> None:
    site = acme.make_site(tmp_path)
    acme.replace_text(
        site, EN, "[what we collect](#data)", "[us](https://privacy.acme.example/en/) [it](HTTP://a.example)"
    )
    assert list_addresses(read_library(site), acme.DRAFTING) == ("HTTP://a.example", LIST)
    acme.replace_text(site, SETTINGS, "site_url: https://privacy.acme.example/\n", "")
    assert "https://privacy.acme.example/en/" in list_addresses(read_library(site), acme.DRAFTING)


# ---- the command


def run(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr(sys, "argv", ["noticepress", "check", *map(str, words)])
    return main()


def test_hosts_are_asked_only_with_online_and_answers_are_kept_in_the_site(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("noticepress.probing.asking.is_public", lambda _: True)
    site = acme.make_site(tmp_path)
    for edit in in_every_text(LIST, host.at("404")):
        acme.replace_text(site, *edit)
    asked = ("--site", site, "--as-of", acme.DRAFTING, "--select", "LC03")
    assert run(monkeypatch, *asked) == 0
    assert capsys.readouterr() == ("nothing found.\n", "")
    assert run(monkeypatch, *asked[:-1], "LC01", "--online") == 0
    assert host.asked == []
    for _ in range(2):
        assert run(monkeypatch, *asked, "--online") == 0
        out, err = capsys.readouterr()
        assert (
            f"{EN}:32:43: LC03 warning: {host.at('404')} answers 404 Not Found\n    hint: correct or remove it" in out
        )
        assert err == ""
    assert host.asked == ["HEAD /404", "GET /404"]
    assert (site / CACHE).is_file()
