"""axe-core finds nothing on any kind of page, in any language; and it would find what is broken."""

from __future__ import annotations

from collections import defaultdict

import pytest
from playwright.sync_api import Browser

from tests.everyone.axe import FEW, SETTINGS, Setting, choose_all, choose_few, find_violations
from tests.everyone.sites import Built, Shown

pytestmark = pytest.mark.browser


def test_axe_finds_nothing_on_any_kind_of_page(browser: Browser, built_sites: tuple[Built, ...]) -> None:
    """Each kind in each language once; over the languages and sites, each kind in each width, scheme and state."""
    seen: dict[str, set[Setting]] = defaultdict(set)
    found = []
    for built, looks in choose_few(built_sites):
        for shown, setting, violations in find_violations(browser, built, looks):
            seen[shown.kind].add(setting)
            found += [f"{built.name}: {violation}" for violation in violations]
    assert not found, "\n".join(found)
    assert {kind: len(settings) for kind, settings in seen.items()} == dict.fromkeys(seen, len(FEW))


def test_a_few_settings_hold_each_width_scheme_and_state() -> None:
    for name in ("width", "scheme", "script"):
        assert {getattr(one, name) for one in FEW} == {getattr(one, name) for one in SETTINGS}


@pytest.mark.slow
@pytest.mark.parametrize("number", range(3), ids=("ours", "announced", "recent"))
def test_axe_finds_nothing_in_any_setting(number: int, browser: Browser, built_sites: tuple[Built, ...]) -> None:
    built = built_sites[number]
    runs = list(find_violations(browser, built, choose_all(built)))
    found = [str(violation) for _, _, violations in runs for violation in violations]
    assert not found, "\n".join(found)
    assert len(runs) == len(built.kinds) * len(SETTINGS)


PLACE = '<article class="md-content__inner md-typeset np-page">'


@pytest.mark.parametrize("script", [True, False], ids=("with-script", "without-script"))
@pytest.mark.parametrize(
    "case",
    [
        ("image-alt", PLACE, f'{PLACE}<img src="/assets/images/noticepress.svg">'),
        ("html-has-lang", '<html lang="en"', "<html"),
        ("color-contrast", PLACE, f'{PLACE}<p class="faint">Words that nobody reads in the dark.</p>'),
        ("heading-order", "<footer", "<h6>Too deep</h6><footer"),
        ("link-name", PLACE, f'{PLACE}<a href="/"></a>'),
    ],
    ids=lambda case: case[0],
)
def test_axe_finds_what_is_broken(
    case: tuple[str, str, str],
    script: bool,  # noqa: FBT001
    browser: Browser,
    built_sites: tuple[Built, ...],
) -> None:
    rule, old, new = case
    built = built_sites[1]
    shown = Shown("edition", "en", "en/website/elsewhere/")
    page = (built.folder / shown.path / "index.html").read_text("utf-8")
    style = (built.folder / "assets/stylesheets/noticepress.css").read_bytes()
    assert old in page
    changed = {
        shown.path: page.replace(old, new, 1).encode(),
        "assets/stylesheets/noticepress.css": style + b".faint { color: #333 }",
    }
    looks = [(shown, Setting(1280, "dark", script=script))]
    ((_, _, found),) = find_violations(browser, built, looks, changed)
    assert rule in {violation.rule for violation in found}, found
    ((_, _, found),) = find_violations(browser, built, looks)
    assert not found
