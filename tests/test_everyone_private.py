"""Nobody learns of a visit, and nothing needs a script: every kind of page in a browser, with and without."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from noticepress.pages.head import POLICY, SENT_POLICY
from tests.everyone.headers import find_header_faults
from tests.everyone.hosting import find_headers, open_host, read_rules
from tests.everyone.sites import Built, Shown

PATH = "en/website/elsewhere/"
META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


def read_page(built: Built, path: str) -> str:
    file = built.folder / path
    return (file / "index.html" if file.is_dir() else file).read_text("utf-8")


# ---- what is asked and kept


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False], ids=("with-script", "without-script"))
def test_a_visit_asks_no_other_host_keeps_nothing_and_breaks_no_policy(
    script: bool,  # noqa: FBT001
    browser: Browser,
    built_sites: tuple[Built, ...],
) -> None:
    seen = set[tuple[str, str]]()
    for built in built_sites:
        with open_host(browser, built, java_script_enabled=script) as host:
            page = host.open_blank()
            for shown in built.kinds.values():
                if (shown.kind, shown.locale) in seen and shown.kind not in {"edition", "chooser"}:
                    continue
                seen.add((shown.kind, shown.locale))
                page.goto(built.address + shown.path)
                if script and page.locator("main [hidden]").count():  # some pages load more, when they have a script
                    page.wait_for_load_state("networkidle")
                assert host.list_traces(page) == [], shown
                assert host.faults == [], shown
            wanted = {"assets/javascripts/noticepress.js"} if script else set()
            assert {path for path in host.asked if path == "assets/javascripts/noticepress.js"} == wanted


@pytest.mark.browser
def test_using_a_page_keeps_nothing_either(browser: Browser, built_sites: tuple[Built, ...]) -> None:
    """Every button, box, list and menu of every kind of page is used."""
    for built in built_sites[1:2]:
        with open_host(browser, built) as host:
            page = host.open_blank()
            page.add_init_script("window.print = () => {}")
            for shown in built.kinds.values():
                if shown.locale != "en":
                    continue
                page.goto(built.address + shown.path, wait_until="networkidle")
                use(page)
                assert host.list_traces(page) == [], shown
                assert host.faults == [], shown


def use(page: Page) -> None:
    for summary in page.locator("summary:visible").all():
        summary.click()
    page.keyboard.press("Escape")
    for control in page.locator("main :is(input[type=radio], input[type=checkbox]):visible").all():
        control.check() if control.get_attribute("type") == "radio" else control.click()
    for button in page.locator("main button[type=button]:visible").all():
        button.click()


BREACHES = {
    "inline script": ("</body>", "<script>document.title = 'run'</script></body>", "script-src"),
    "inline style": ("</body>", '<p style="color: red">red</p></body>', "style-src"),
    "script of another host": ("</body>", '<script src="https://other.example/a.js"></script></body>', "other.example"),
    "picture of another host": ("</body>", '<img src="https://other.example/a.png" alt=""></body>', "other.example"),
    "font of another host": (
        "</head>",
        '<link rel="stylesheet" href="https://other.example/f.css"></head>',
        "other.ex",
    ),
    "frame": ("</body>", '<iframe src="https://other.example/" title="x"></iframe></body>', "other.example"),
    "form to another host": (
        "</body>",
        '<form action="https://other.example/"><button id="go">x</button></form></body>',
        "form-action",
    ),
}


@pytest.mark.browser
@pytest.mark.parametrize("breach", BREACHES)
def test_the_watch_fails_when_a_page_breaks_the_policy(
    breach: str, browser: Browser, built_sites: tuple[Built, ...]
) -> None:
    built = built_sites[1]
    old, new, told = BREACHES[breach]
    with open_host(browser, built) as host:
        host.changed[PATH] = read_page(built, PATH).replace(old, new, 1).encode()
        page = host.open_page(PATH)
        if page.locator("#go").count():
            page.locator("#go").click(no_wait_after=True)
            page.wait_for_timeout(100)
        assert page.title() != "run"
        assert any(told in fault for fault in host.faults), host.faults


@pytest.mark.browser
def test_the_watch_sees_without_a_policy_who_is_asked_and_what_is_kept(
    browser: Browser, built_sites: tuple[Built, ...]
) -> None:
    """With the policy taken away, the request itself is seen; and so is each thing that a script keeps."""
    built = built_sites[1]
    script = "assets/javascripts/noticepress.js"
    with open_host(browser, built) as host:
        host.rules = ()
        changed = META.sub("", read_page(built, PATH))
        host.changed[PATH] = changed.replace(
            "</body>", '<img src="https://other.example/a.png" alt=""></body>'
        ).encode()
        host.changed[script] = b'document.cookie = "a=1"; localStorage.b = 1; sessionStorage.c = 1;'
        page = host.open_page(PATH)
        assert "asked https://other.example/a.png" in host.faults
        assert host.list_traces(page) == ["cookie a", "localStorage b", "sessionStorage c"]


# ---- what is stated


def test_a_page_and_its_host_state_the_same_policy(built_sites: tuple[Built, ...]) -> None:
    for built in built_sites:
        assert find_header_faults(built) == []
        rules = read_rules(built.folder)
        for shown in built.pages:
            sent = find_headers(rules, f"/{shown.path}")["Content-Security-Policy"]
            assert META.findall(read_page(built, shown.path)) == [POLICY.replace("'", "&#39;")] or META.findall(
                read_page(built, shown.path)
            ) == [POLICY], shown
            assert sent == SENT_POLICY == f"{POLICY}; frame-ancestors 'none'"


def test_no_page_holds_code_or_style_of_its_own(built_sites: tuple[Built, ...]) -> None:
    own = re.compile(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*(?:\ssrc=|application/ld\+json))|javascript:")
    for built in built_sites:
        for shown in built.pages:
            assert not own.search(read_page(built, shown.path)), shown


# ---- without script


LIST_HIDDEN = """() => [...document.querySelectorAll("main [hidden]")].map((element) => ({
  told: element.outerHTML.slice(0, 120),
  links: [...element.querySelectorAll("a[href]")].map((link) => link.href),
  values: [...element.querySelectorAll("option")].map((option) => option.value),
  isPrint: element.matches(".np-print"), isText: !element.querySelector("a, button, input, select"),
}))"""
LIST_SHOWN = """() => [...document.querySelectorAll("a[href]")]
  .filter((link) => !link.closest("[hidden]")).map((link) => [link.href, link.textContent.trim()])"""


@pytest.mark.browser
def test_without_script_whatever_is_hidden_has_another_way(browser: Browser, built_sites: tuple[Built, ...]) -> None:
    """A hidden link stands elsewhere too; each choice of a hidden form is a link; the rest tells what a script did."""
    for built in built_sites[:2]:
        with open_host(browser, built, java_script_enabled=False) as host:
            page = host.open_blank()
            for shown in built.kinds.values():
                page.goto(built.address + shown.path)
                links = page.evaluate(LIST_SHOWN)
                addresses, names = {link for link, _ in links}, {name for _, name in links}
                for hidden in page.evaluate(LIST_HIDDEN):
                    elsewhere = {link for link in hidden["links"] if link.partition("#")[0] != page.url}
                    assert elsewhere <= addresses, (shown, hidden)
                    # The code of a place is put into a link by hand, as the page says.
                    values = [] if "data-np-choose" in hidden["told"] else hidden["values"]
                    assert all(any(value in name for name in names) for value in values), (shown, hidden)


@pytest.mark.browser
def test_without_script_every_link_of_a_page_opens(browser: Browser, built_sites: tuple[Built, ...]) -> None:
    """Each link of each kind of page is asked for, as a browser resolves it, and its anchor is there."""
    built = built_sites[1]
    with open_host(browser, built, java_script_enabled=False) as host:
        page = host.open_blank()
        known: dict[str, str] = {}
        for shown in built.kinds.values():
            page.goto(built.address + shown.path)
            for address, name in page.evaluate(LIST_SHOWN):
                assert name, (shown, address)
                parts = urlsplit(urljoin(built.address, address))
                if parts.scheme == "mailto" or not address.startswith(built.address):
                    continue
                path = parts.path.lstrip("/")
                file = built.folder / path
                file = file / "index.html" if file.is_dir() else file
                assert file.is_file(), (shown, address)
                if parts.fragment:
                    text = known.setdefault(path, file.read_text("utf-8"))
                    assert f'id="{unquote(parts.fragment)}"' in text, (shown, address)


@pytest.mark.browser
def test_without_script_a_reader_gets_from_the_chooser_to_any_kind_of_page(
    browser: Browser, built_sites: tuple[Built, ...]
) -> None:
    """Only by clicking and by opening what folds; any two versions need a script, and histories list the same."""
    built = built_sites[1]
    with open_host(browser, built, java_script_enabled=False) as host:
        page = host.open_page("")
        kinds = {shown.path: shown.kind for shown in built.pages}
        seen, waiting = set[str](), [""]
        while waiting:
            path = waiting.pop()
            if path in seen:
                continue
            seen.add(path)
            page.goto(built.address + path)
            found = [address for address, _ in page.evaluate(LIST_SHOWN)]
            for address in found:
                target = address.partition("#")[0].removeprefix(built.address)
                new = {kinds[target] for target in (target,) if target in kinds} - {kinds[one] for one in seen}
                if new:
                    waiting.append(target)
        assert {kinds[path] for path in seen} == set(kinds.values()) - {"not-found", "choice"}


@pytest.mark.browser
def test_without_script_the_languages_fold_out(browser: Browser, built_sites: tuple[Built, ...]) -> None:
    built = built_sites[1]
    with open_host(browser, built, java_script_enabled=False) as host:
        page = host.open_page(PATH)
        page.locator(".np-languages summary").click()
        page.locator(".np-languages a[hreflang=ar]").click()
        page.wait_for_url("**/ar/website/elsewhere/")
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert Shown("edition", "ar", "ar/website/elsewhere/") in built.pages
