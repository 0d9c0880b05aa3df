"""The live preview: what is saved is seen at once, and a mistake is told at its place and never the end."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from noticepress.cli import open_press
from noticepress.errors import OutsideError, Problem, Source, UsageError
from noticepress.files import Collector
from noticepress.library import read_library
from noticepress.markdown import parse, render_html
from noticepress.model import WorkingText
from noticepress.pages.texts import rename_ids, split_blocks
from noticepress.placeholders import Composed
from noticepress.preview import Preview
from noticepress.preview.memory import DraftMemory, SealedMemory
from noticepress.preview.placing import find_block, pair_sections, place_findings
from noticepress.preview.rendering import render_shown
from noticepress.preview.server import is_own_host, name_type, open_server
from noticepress.preview.watching import find_part, watch_site
from noticepress.publish import publish_site
from noticepress.sealed import read_versions
from tests import acme
from tests.test_publish import copy_site, run

ROOT = Path(__file__).parent.parent
TODAY = date(2024, 6, 25)
TEXT = f"content/{acme.NOTICE}/en.md"
NEXT = f"content/{acme.NOTICE}/next.yml"
DRAFT = f"draft/en/{acme.NOTICE}/americas/"

_NEXT = """\
effective: 2024-09-01
class: material
summary: {en: We say more., es: Decimos más., ja: 詳しく書きました。, ar: نقول المزيد.}
impact: {en: You can read more., es: Puede leer más., ja: 詳しく読めます。, ar: يمكنك قراءة المزيد.}
options: {en: You can object., es: Puede oponerse., ja: 異議を申し立てられます。, ar: يمكنك الاعتراض.}
announced: 2024-06-28
approved_by: Legal
"""

_WORDS = (
    ("en", "It covers our website", "It covers all our websites"),
    ("es", "Abarca nuestro sitio web", "Abarca todos nuestros sitios web"),
    ("ja", "当社のウェブサイト", "当社のすべてのウェブサイト"),
    ("ar", "يشمل موقعنا", "يشمل كل مواقعنا"),
)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return acme.make_history(tmp_path_factory.mktemp("history") / "acme")


@pytest.fixture
def site(history: Path, tmp_path: Path) -> Path:
    return prepare_third(history, tmp_path / "site")


def prepare_third(history: Path, folder: Path) -> Path:
    """Two versions are sealed, a third is being written."""
    shutil.copytree(history, folder)
    acme.write_file(folder, NEXT, _NEXT)
    for locale, old, new in _WORDS:
        acme.replace_text(folder, f"content/{acme.NOTICE}/{locale}.md", old, new)
    return folder


@pytest.fixture
def preview(site: Path, tmp_path: Path) -> Preview:
    return open_preview(site, tmp_path / "workshop")


def open_preview(site: Path, workshop: Path) -> Preview:
    """Opened, read and checked."""
    workshop.mkdir(exist_ok=True)
    opened = Preview(site, lambda: TODAY, workshop)
    take_in(opened)
    return opened


def take_in(preview: Preview) -> None:
    """What follows a save."""
    preview.refresh()
    preview.check()


def render(preview: Preview, path: str = DRAFT) -> str:
    return render_shown(preview.shown, preview.shown.pages[path])


def find_ids(preview: Preview, severity: str = "error") -> set[str]:
    return {problem.id for problem in preview.shown.problems if problem.severity == severity}


# ---- what is shown


def test_a_draft_is_marked_and_stands_beside_its_redline(preview: Preview) -> None:
    page = render(preview)
    assert "Draft: not published" in page
    left, right = page.partition('<h2 id="redline-scope"')[::2]
    assert "It covers all our websites" in left
    assert re.search(r"<ins>.*all", right)
    assert re.search(r"<del>.*website", right)
    assert acme.SECOND in page[page.index("np-beside__names") : page.index('id="scope"')]


def test_both_sides_of_a_section_stand_in_one_row(preview: Preview) -> None:
    rows = render(preview).split('<div class="np-beside__row">')[1:]
    scope = next(row for row in rows if '<h2 id="scope"' in row)
    assert '<h2 id="redline-scope"' in scope
    assert "<ins>" in scope
    assert '<h2 id="data"' not in scope


def test_no_id_is_given_twice_on_a_page(preview: Preview) -> None:
    acme.replace_text(preview.folder, TEXT, "one year", "one year [^1]")
    acme.write_file(preview.folder, TEXT, (preview.folder / TEXT).read_text(encoding="utf-8") + "\n[^1]: At most.\n")
    take_in(preview)
    ids = re.findall(r' id="([^"]*)"', render(preview))
    assert "fn:1" in ids
    assert len(ids) == len(set(ids))


def test_a_draft_that_follows_nothing_stands_alone(tmp_path: Path) -> None:
    site = acme.make_site(tmp_path / "first")
    first = Preview(site, lambda: acme.DRAFTING, tmp_path)
    take_in(first)
    page = render(first)
    assert "Draft: not published" in page
    assert "np-beside" not in page


def test_a_saved_sentence_is_on_the_next_page(preview: Preview) -> None:
    before = preview.shown.token
    acme.replace_text(preview.folder, TEXT, "To answer you.", "To answer you politely.")
    preview.refresh()
    assert preview.shown.token != before
    assert "To answer you politely." in render(preview)


def test_what_is_saved_again_without_a_change_is_no_news(preview: Preview) -> None:
    before = preview.shown
    path = preview.folder / TEXT
    path.write_bytes(path.read_bytes())
    take_in(preview)
    assert preview.shown is before


def test_pages_are_those_of_a_build(history: Path, tmp_path: Path) -> None:
    preview = Preview(history, lambda: TODAY, tmp_path)
    take_in(preview)
    publish_site(history, tmp_path / "out", open_press(history, TODAY, drafts=True))
    pages = preview.shown.pages
    kinds = {page.kind: page for page in pages.values()}
    assert kinds.keys() >= {"chooser", "start", "edition", "permanent", "compare", "history", "entity", "not-found"}
    for page in [*kinds.values(), pages["ar/"], pages[f"ja/{acme.NOTICE}/elsewhere/"]]:
        name = page.path if page.kind == "not-found" else f"{page.path}index.html"
        html = render_shown(preview.shown, page)
        own = re.compile(
            r'<link rel="stylesheet" href="/np-preview/.*>\n<script src="/np-preview/.*</script>\n(?=</head>)'
        )
        assert own.search(html)
        assert own.sub("", html) == (tmp_path / "out" / name).read_text(encoding="utf-8")


def test_nothing_of_the_preview_is_in_a_built_site(history: Path, tmp_path: Path) -> None:
    publish_site(history, tmp_path / "out", open_press(history, TODAY, drafts=True))
    for path in (tmp_path / "out").rglob("*"):
        assert not path.is_file() or b"np-preview" not in path.read_bytes(), path


def test_feeds_and_data_are_made_as_for_a_build(preview: Preview) -> None:
    assert b"atom" in preview.shown.files["changes.atom"]
    assert {"manifest.json", "notices.json", "sitemap.xml"} <= preview.shown.files.keys()


# ---- what is wrong


def test_a_broken_file_keeps_the_last_good_page_and_tells_until_it_is_mended(preview: Preview) -> None:
    acme.write_file(preview.folder, NEXT, _NEXT + "class: minor\n")
    acme.replace_text(preview.folder, TEXT, "To answer you.", "To answer nobody.")
    take_in(preview)
    page = render(preview)
    assert "To answer you." in page
    assert "To answer nobody." not in page
    assert "Not what is saved: the last good page" in page
    assert f"{NEXT}:8:1" in page
    for path in ("", "en/", f"en/{acme.NOTICE}/americas/history/", "404.html"):
        assert f"{NEXT}:8:1" in render(preview, path)
    acme.write_file(preview.folder, NEXT, _NEXT)
    take_in(preview)
    page = render(preview)
    assert "To answer nobody." in page
    assert NEXT not in page
    assert "Not what is saved" not in page
    acme.replace_text(preview.folder, TEXT, "To answer nobody.", "To answer you.")
    take_in(preview)
    page = render(preview)
    assert "np-bar" not in page
    assert "np-panel" not in page


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("mkdocs.yml", "site_name: [\n"),
        ("entities/regions.yml", "americas: {}\n"),
        ("entities/acme-inc.yml", "facts:\n  - from: never\n"),
        (TEXT, "# Notice\n\n{% if region.id %}\n"),
        (f"content/{acme.NOTICE}/versions/{acme.FIRST}/americas/en.md", "# Other words\n"),
        ("templates/pages/start.html", "{% if %}"),
        ("templates/theme/main.html", "{% nonsense %}"),
    ],
)
def test_whatever_is_broken_the_last_good_page_stays(preview: Preview, path: str, text: str) -> None:
    target = preview.folder / path
    saved = target.read_text(encoding="utf-8") if target.exists() else None
    acme.write_file(preview.folder, path, text)
    take_in(preview)
    assert "all our websites" in render(preview)
    if path != "templates/pages/start.html":  # other pages do without it
        assert not preview.shown.is_current
        assert "Not what is saved" in render(preview)
    if saved is None:
        target.unlink()
    else:
        acme.write_file(preview.folder, path, saved)
    take_in(preview)
    assert preview.shown.is_current
    assert "np-bar" not in render(preview)


def test_mistakes_of_words_are_shown_with_the_text_and_not_instead_of_it(preview: Preview) -> None:
    acme.replace_text(preview.folder, TEXT, "To answer you.", "To answer you at {{ contact.nope }}.")
    take_in(preview)
    assert preview.shown.is_current
    page = render(preview)
    assert "To answer you at ." in page
    assert "FE05" in page
    assert "Not what is saved" not in page


def test_a_finding_stands_right_before_the_block_of_its_line(preview: Preview) -> None:
    acme.replace_text(preview.folder, TEXT, "Write to {{ contact.privacy", "Write to {{ contact.nope")
    take_in(preview)
    number = next(n for n, p in enumerate(preview.shown.problems, start=1) if p.id == "FE05")
    page = render(preview)
    aside = page.index(f'id="np-finding-{number}"')
    assert page.index('<h2 id="rights"') < aside < page.index("<p>Write to")
    assert 'role="note"' in page[page.rindex("<aside", 0, aside) : aside]
    assert f'href="/{DRAFT}#np-finding-{number}"' in page
    elsewhere = render(preview, "ja/")
    assert f'href="/{DRAFT}#np-finding-{number}"' in elsewhere
    assert f'id="np-finding-{number}"' not in elsewhere


def test_a_finding_of_another_file_is_told_on_top(preview: Preview) -> None:
    acme.replace_text(
        preview.folder, "entities/acme-europe.yml", "privacy: datenschutz@acme.example", "privacy: nobody"
    )
    acme.write_file(preview.folder, NEXT, _NEXT.replace("2024-09-01", "2024-01-01"))
    take_in(preview)
    assert "DV02" in find_ids(preview)
    page = render(preview)
    panel = page[page.index('<details class="np-panel"') : page.index("</details>", page.index("np-panel"))]
    assert NEXT in panel
    assert "DV02" in panel


def test_what_a_file_says_can_never_become_markup(preview: Preview) -> None:
    bad = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    acme.replace_text(preview.folder, TEXT, "To answer you.", f"To answer [you]({{{{ link({bad!r}) }}}}).")
    acme.write_file(preview.folder, NEXT, _NEXT + f"{bad!r}: 1\n")
    take_in(preview)
    pages = [render(preview)]
    acme.write_file(preview.folder, NEXT, _NEXT)
    take_in(preview)
    pages.append(render(preview))
    for page in pages:
        assert "alert(1)" in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_a_preview_opens_while_nothing_can_be_built_yet(site: Path, tmp_path: Path) -> None:
    right = (site / "mkdocs.yml").read_text(encoding="utf-8")
    acme.write_file(site, "mkdocs.yml", right.replace("organisation:", "organization:"))
    opened = Preview(site, lambda: TODAY, tmp_path)
    take_in(opened)
    assert opened.shown.site is None
    assert "YAML" in find_ids(opened)
    acme.write_file(site, "mkdocs.yml", right)
    take_in(opened)
    assert "all our websites" in render(opened)


def test_what_is_no_site_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not a site"):
        Preview(tmp_path, lambda: TODAY, tmp_path).refresh()


def test_a_new_language_and_a_new_template_need_no_restart(preview: Preview) -> None:
    acme.replace_text(preview.folder, "mkdocs.yml", "[en, es, ja, ar]", "[en, es, ja, ar, fr]")
    shutil.copytree(ROOT / "templates" / "pages", preview.folder / "templates" / "pages")
    acme.replace_text(preview.folder, "templates/pages/not-found.html", "</header>", "<p>Sorry!</p></header>")
    take_in(preview)
    assert '<html lang="fr"' in render(preview, "fr/")
    assert "Sorry!" in render(preview, "404.html")


def test_a_site_in_order_is_shown_without_a_word_about_it(preview: Preview) -> None:
    assert preview.shown.problems == ()
    assert "np-bar" not in render(preview)
    assert "np-panel" not in render(preview)


def test_findings_that_come_late_are_those_of_what_is_shown(preview: Preview) -> None:
    acme.replace_text(preview.folder, TEXT, "To answer you.", "To answer {{ nope }}.")
    preview.refresh()
    assert "FE05" not in find_ids(preview)
    preview.check()
    assert "FE05" in find_ids(preview)


# ---- places

_WORKING = """\
# Title

{% if region.id == "x" %}
Left out.
{% endif %}
One
of two lines.

- item
- item

Last.
"""


def compose_plainly() -> Composed:
    lines = [line for line in enumerate(_WORKING.splitlines(), start=1) if line[0] not in {3, 4, 5}]
    text = "\n".join(line for _, line in lines) + "\n"
    origins = (*(number for number, _ in lines), 12)
    return Composed(text, origins, (), WorkingText("n", "en", _WORKING, TEXT))


@pytest.mark.parametrize(
    ("line", "block"), [(1, 0), (2, 0), (3, 0), (4, 0), (6, 1), (7, 1), (9, 2), (10, 2), (12, 3), (99, 3), (0, 0)]
)
def test_a_line_belongs_to_the_block_that_it_became(line: int, block: int) -> None:
    assert find_block(compose_plainly(), Source(TEXT, line)) == block


def test_a_line_of_another_file_belongs_to_what_was_taken_from_it() -> None:
    plain = compose_plainly()
    other = WorkingText("n", "de", _WORKING, "content/n/de.md")
    mixed = replace(plain, borrowed={number: other for number, origin in enumerate(plain.lines, start=1) if origin > 8})
    assert find_block(mixed, Source(other.path, 9)) == 2
    assert find_block(mixed, Source(TEXT, 9)) == 1
    assert find_block(plain, Source(other.path, 9)) is None


def test_findings_of_a_block_keep_their_order() -> None:
    problems = [Problem("X1", Source(TEXT, 6), "one"), Problem("X2", Source(TEXT, 7), "two")]
    assert place_findings(compose_plainly(), list(enumerate(problems))) == {1: list(enumerate(problems))}


@pytest.mark.parametrize("locale", acme.LOCALES)
def test_the_html_of_a_text_is_cut_where_its_blocks_begin(locale: str) -> None:
    text = acme.FILES[f"content/{acme.NOTICE}/{locale}.md"]
    html = render_html(text)
    assert "".join(split_blocks(html)) == html
    assert len(split_blocks(html)) == len(parse(text).children)


def test_a_block_in_a_block_is_not_cut() -> None:
    text = "# T\n\n> ## In a quote\n>\n> - a\n\n---\n\n1. a\\\n   b\n\n   | x |\n   |---|\n   | y |\n\n<b>raw</b>\n"
    assert [re.findall(r"<(\w+)", block)[0] for block in split_blocks(render_html(text))] == [
        *("h1", "blockquote", "hr", "ol", "p")
    ]


def test_what_was_deleted_stands_with_the_section_before_it() -> None:
    draft = ["<p>0</p>", '<h2 id="a">A</h2>', "<p>1</p>", '<h2 id="b">B</h2>']
    redline = ["<p>0</p>", '<h2 id="a">A</h2>', '<h2 class="np-deleted">Old</h2>', "<p>old</p>", '<h2 id="b">B</h2>']
    assert list(pair_sections(draft, redline)) == [
        (range(1), ["<p>0</p>"]),
        (range(1, 3), redline[1:4]),
        (range(3, 4), redline[4:]),
    ]


def test_words_that_look_like_an_id_are_left_alone() -> None:
    html = '<p>the attribute id="x" and href="#y"</p><a href="#y">z</a><a href="/y">z</a>'
    assert rename_ids(html, "redline-") == html.replace('<a href="#y">', '<a href="#redline-y">')


# ---- memory and watch


def test_sealed_versions_are_verified_again_only_after_a_change(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[str] = []

    def count(folder: Path, notice: str, collector: Collector) -> object:
        reads.append(notice)
        return read_versions(folder, notice, collector)

    monkeypatch.setattr("noticepress.preview.memory.read_versions", count)
    kept = SealedMemory()
    first = kept.read_versions(site, acme.NOTICE, Collector())
    assert kept.read_versions(site, acme.NOTICE, Collector()) is first
    assert reads == [acme.NOTICE]
    path = f"content/{acme.NOTICE}/versions/{acme.FIRST}/americas/en.md"
    acme.replace_text(site, path, "one year", "two days")
    for _ in range(2):
        found = Collector()
        assert len(kept.read_versions(site, acme.NOTICE, found)) == len(first) - 1
        assert [problem.id for problem in found.problems] == ["DV05"]
    assert len(reads) == 2


def test_a_draft_is_composed_again_only_after_a_change_of_what_it_is_made_of(site: Path) -> None:
    kept = DraftMemory()
    first = kept.compose_draft(read_library(site).library, acme.NOTICE, TODAY)
    assert kept.compose_draft(read_library(site).library, acme.NOTICE, TODAY + timedelta(days=1)) is first
    changes = ((TEXT, "To answer you.", "To answer."), ("entities/acme-inc.yml", "12 Harbor", "13 Harbor"))
    for path, old, new in (*changes, (NEXT, "2024-09-01", "2024-09-02")):
        acme.replace_text(site, path, old, new)
        following = kept.compose_draft(read_library(site).library, acme.NOTICE, TODAY)
        assert following is not first
        first = following


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("content/website/en.md", ""),
        ("entities/regions.yml", ""),
        ("templates/pages/start.html", ""),
        ("mkdocs.yml", ""),
        ("waivers.yml", ""),
        ("content", "content"),
        ("../engine/templates/pages/start.html", ""),
        ("content/website/.en.md.swp", None),
        ("content/website/en.md~", None),
        ("content/website/versions/.sealing/version.yml", None),
        ("site/index.html", None),
        ("site", None),
        (".git/index", None),
        ("README.md", None),
        (".", None),
    ],
)
def test_a_change_counts_where_it_may_change_a_page(path: str, part: str | None) -> None:
    site = Path("/somewhere/site")
    assert find_part(site, Path(os.path.normpath(site / path))) == part


def test_a_save_is_noticed_also_in_a_folder_that_came_later(site: Path) -> None:
    with watch_site(site.resolve()) as watch:

        def save(path: str) -> bool:
            waiting = threading.Thread(target=watch.wait, daemon=True)
            waiting.start()
            acme.write_file(site, path, "# New\n")
            waiting.join(10)
            return not waiting.is_alive()

        assert save(TEXT)
        time.sleep(0.3)  # a file is written in several steps
        assert save("templates/mail/a.html")
        time.sleep(0.3)
        assert save("templates/mail/b.html")


# ---- the server


@contextlib.contextmanager
def listen(preview: Preview) -> Iterator[int]:
    with open_server("127.0.0.1:0", preview) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield int(server.server_address[1])
        server.shutdown()


@pytest.fixture(scope="module")
def port(history: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Where a preview listens that no test changes."""
    folder = tmp_path_factory.mktemp("listening")
    with listen(open_preview(prepare_third(history, folder / "site"), folder)) as found:
        yield found


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """An answer as it comes: no client in between that mends paths or follows."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    line.request(method, path, headers=headers)
    answer = line.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    line.close()
    return found


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/", 200, "text/html; charset=utf-8"),
        ("/index.html", 200, "text/html; charset=utf-8"),
        (f"/{DRAFT}", 200, "text/html; charset=utf-8"),
        (f"/{DRAFT}index.html?x=1", 200, "text/html; charset=utf-8"),
        (f"/{DRAFT[:-1]}", 301, "text/plain; charset=utf-8"),
        ("/changes.atom", 200, "application/atom+xml; charset=utf-8"),
        ("/notices.json", 200, "application/json; charset=utf-8"),
        (f"/en/{acme.NOTICE}/americas/{acme.FIRST}/notice.md", 200, "text/markdown; charset=utf-8"),
        ("/assets/stylesheets/noticepress.css", 200, "text/css; charset=utf-8"),
        ("/assets/images/noticepress.svg", 200, "image/svg+xml; charset=utf-8"),
        ("/np-preview/preview.js", 200, "text/javascript; charset=utf-8"),
        ("/np-preview/preview.css", 200, "text/css; charset=utf-8"),
        ("/np-preview/bar.html", 404, "text/plain; charset=utf-8"),
        ("/nowhere/", 404, "text/html; charset=utf-8"),
        ("/404.html", 404, "text/html; charset=utf-8"),
    ],
)
def test_an_address_is_answered_with_its_type(port: int, path: str, status: int, kind: str) -> None:
    found, headers, _ = ask(port, path)
    assert (found, headers["Content-Type"]) == (status, kind)
    assert "connect-src 'self'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/../mkdocs.yml",
        "/%2e%2e/%2e%2e/mkdocs.yml",
        "/..%2f..%2f..%2f..%2f..%2fetc/passwd",
        "/np-preview/../../mkdocs.yml",
        "/np-preview/..%2fpages%2fstart.html",
        "//etc/passwd",
        "/%00",
        "/content/website/en.md",
        "/" + "x" * 5000,
        "/%ff%fe",
    ],
)
def test_no_path_leads_out_of_the_preview(port: int, path: str) -> None:
    status, _, content = ask(port, path)
    assert status == 404
    assert b"organisation:" not in content
    assert b"root:" not in content


def test_a_redirect_never_leads_to_another_host(port: int) -> None:
    status, headers, _ = ask(port, f"//{DRAFT[:-1]}")
    assert (status, headers["Location"]) == (301, f"/{DRAFT}")


def test_pages_are_found_below_the_path_of_the_site_too(site: Path, tmp_path: Path) -> None:
    acme.replace_text(site, "mkdocs.yml", "https://privacy.acme.example/", "https://acme.example/privacy/")
    with listen(open_preview(site, tmp_path / "workshop")) as port:
        assert ask(port, "/privacy/en/")[2] == ask(port, "/en/")[2]
        assert ask(port, "/privacy")[0] == 200


def test_a_head_is_a_page_without_its_content(port: int) -> None:
    status, headers, content = ask(port, "/en/", "HEAD")
    assert (status, content) == (200, b"")
    assert int(headers["Content-Length"]) == len(ask(port, "/en/")[2])
    assert ask(port, "/en/", "POST")[0] == 501


@pytest.mark.parametrize(
    ("header", "host", "is_own"),
    [
        ("127.0.0.1:8000", "127.0.0.1", True),
        ("localhost:8000", "127.0.0.1", True),
        ("[::1]:8000", "::1", True),
        ("preview.localhost", "127.0.0.1", True),
        ("192.168.1.5:8000", "0.0.0.0", True),  # noqa: S104 - an author may show it to the room
        ("desk.example:8000", "desk.example", True),
        ("attacker.example:8000", "127.0.0.1", False),
        ("127.0.0.1.attacker.example", "127.0.0.1", False),
        ("localhost.attacker.example", "127.0.0.1", False),
        ("", "127.0.0.1", False),
    ],
)
def test_only_an_address_of_its_own_is_answered(header: str, host: str, *, is_own: bool) -> None:
    assert is_own_host(header, host) is is_own


def test_a_name_that_was_led_here_gets_nothing(port: int) -> None:
    status, _, content = ask(port, "/en/", Host="attacker.example")
    assert status == 403
    assert b"Acme" not in content


def test_a_page_that_fails_says_so_and_others_go_on(site: Path, tmp_path: Path) -> None:
    acme.write_file(site, "templates/pages/history.html", "{{ nothing.at.all }}")
    with listen(open_preview(site, tmp_path / "workshop")) as port:
        status, _, content = ask(port, f"/en/{acme.NOTICE}/americas/history/")
        assert status == 500
        assert b"nothing" in content
        assert b"/np-preview/preview.js" in content
        assert ask(port, f"/{DRAFT}")[0] == 200


def test_while_nothing_can_be_shown_the_findings_are(site: Path, tmp_path: Path) -> None:
    acme.write_file(site, "entities/regions.yml", "<b>: {}\n")
    with listen(open_preview(site, tmp_path / "workshop")) as port:
        status, _, content = ask(port, "/en/")
    assert status == 503
    assert b"To mend before anything can be shown" in content
    assert b"entities/regions.yml:1" in content
    assert b"<b>" not in content


def test_a_browser_is_told_of_a_new_moment(preview: Preview) -> None:
    with listen(preview) as port:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        line.request("GET", f"/np-preview/events?token={preview.shown.token}")
        events = line.getresponse()
        assert events.getheader("Content-Type") == "text/event-stream"
        assert events.readline() == b"retry: 500\n"
        acme.replace_text(preview.folder, TEXT, "To answer you.", "To answer you soon.")
        preview.refresh()
        assert events.readline() == b"\n"
        assert events.readline() == f"data: {preview.shown.token}\n".encode()
        line.close()


def test_a_browser_that_comes_late_is_told_at_once(port: int) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    line.request("GET", "/np-preview/events?token=another-run")
    events = line.getresponse()
    told = [events.readline() for _ in range(3)][-1].decode().strip().removeprefix("data: ")
    assert f'data-token="{told}"' in ask(port, "/en/")[2].decode()
    line.close()


def test_an_address_in_use_is_something_outside(preview: Preview) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OutsideError, match="in use"):
            open_server(f"127.0.0.1:{taken.getsockname()[1]}", preview)


def test_a_file_of_no_known_kind_is_only_bytes() -> None:
    assert name_type("x.unheard-of") == "application/octet-stream"


# ---- in a browser


@contextlib.contextmanager
def serve(site: Path) -> Iterator[str]:
    """`noticepress serve`, as an author starts it; ended with Ctrl-C."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    words = ["-m", "noticepress", "serve", "--site", str(site), "--as-of", TODAY.isoformat(), "--address", address]
    process = subprocess.Popen([sys.executable, *words], cwd=ROOT, stderr=subprocess.PIPE)
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None:
            with contextlib.suppress(ConnectionError):
                ask(int(address.partition(":")[2]), "/")
                break
            time.sleep(0.1)
        yield f"http://{address}/"
    finally:
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert b"Traceback" not in err


def test_a_preview_started_on_a_broken_site_serves_it_once_mended(site: Path) -> None:
    acme.write_file(site, NEXT, "effective: soon\n")
    with serve(site) as base:
        port = int(base.strip("/").rpartition(":")[2])
        status, _, content = ask(port, f"/{DRAFT}")
        assert status == 503
        assert f"{NEXT}:1" in content.decode()
        acme.write_file(site, NEXT, _NEXT)
        wait_until(lambda: ask(port, f"/{DRAFT}")[0] == 200)


def test_mkdocs_alone_shows_findings_where_it_is_asked_to(tmp_path: Path) -> None:
    site = copy_site(tmp_path / "site")
    acme.write_file(site, "entities/userzoom-inc.yml", "facts:\n  - from: <never>\n")
    assert run("-m", "mkdocs", "build", cwd=site, PYTHONPATH=str(ROOT)).returncode == 1
    asked = run("-m", "mkdocs", "build", cwd=site, PYTHONPATH=str(ROOT), NOTICEPRESS_PREVIEW="1")
    assert asked.returncode == 0, asked.stderr
    page = (site / "site" / "404.html").read_text(encoding="utf-8")
    assert "entities/userzoom-inc.yml:2" in page
    assert "<never>" not in page


@pytest.mark.browser
def test_an_author_sees_each_save_without_a_reload_by_hand(site: Path, browser: Browser) -> None:
    with serve(site) as base, browser.new_context(viewport={"width": 1280, "height": 700}) as context:
        page = context.new_page()
        told: list[str] = []
        page.on("console", lambda message: told.append(message.text))
        page.on("request", lambda request: told.append(request.url) if not request.url.startswith(base) else None)
        page.goto(base + DRAFT)
        page.evaluate("scrollTo(0, document.querySelector('#purposes').offsetTop - 100)")
        top = page.evaluate("document.querySelector('#purposes').getBoundingClientRect().top")
        assert page.evaluate("scrollY") > 500
        bar = page.locator(".np-bar")
        acme.replace_text(site, TEXT, "To answer you.", "To answer you before noon.")
        expect(page.locator(".np-beside__draft", has_text="before noon")).to_be_visible()
        expect(page.locator(".np-beside__redline ins", has_text="before noon")).to_be_visible()
        expect(bar).to_contain_text("TR02")  # the checks have run: no reload is under way
        stays = f"Math.abs(document.querySelector('#purposes').getBoundingClientRect().top - {top}) < 2"
        wait_until(lambda: bool(page.evaluate(stays)))
        acme.write_file(site, NEXT, _NEXT + "class: minor\n")
        expect(bar).to_contain_text(f"{NEXT}:8:1")
        expect(bar).to_contain_text("Not what is saved")
        expect(page.locator(".np-beside__draft", has_text="before noon")).to_be_visible()
        expect(bar).to_contain_text("2 problems and 3 warnings")
        bar.get_by_role("link").click()
        expect(page.locator("#np-findings")).to_be_visible()
        acme.write_file(site, NEXT, _NEXT)
        expect(page.locator(".np-bar--old")).to_have_count(0)
        acme.replace_text(site, TEXT, "To answer you before noon.", "To answer you.")
        expect(bar).to_have_count(0)
        assert told == []


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_on_a_narrow_screen_one_of_both_sides_is_shown(
    site: Path,
    browser: Browser,
    script: bool,  # noqa: FBT001 - a case
) -> None:
    acme.replace_text(site, TEXT, "To answer you.", "To answer {{ contact.nope }}.")
    size = {"width": 360, "height": 740}
    with serve(site) as base, browser.new_context(viewport=size, java_script_enabled=script) as context:  # type: ignore[arg-type]
        page = context.new_page()
        wait_until(lambda: b"np-finding" in ask_once(base + DRAFT))
        page.goto(base + DRAFT)
        draft, redline = page.locator('h2[id="scope"]'), page.locator('h2[id="redline-scope"]')
        expect(draft).to_be_visible()
        expect(redline).to_be_hidden()
        page.locator('label[for="np-side-redline"]').click()
        expect(redline).to_be_visible()
        expect(draft).to_be_hidden()
        page.locator('label[for="np-side-draft"]').click()
        expect(page.locator(".np-finding--error").first).to_be_visible()
        if script:
            assert page.evaluate("document.documentElement.scrollWidth") == 360


def ask_once(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 - our own server
        return bytes(answer.read())


def wait_until(is_reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not is_reached():
        assert time.monotonic() < deadline
        time.sleep(0.1)
