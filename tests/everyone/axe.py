"""axe-core over every kind of page, language, colour scheme and width, with and without script.

python -m tests.everyone.axe [DIR]

The rules of WCAG 2.0 to 2.2, A and AA, and axe's own best practices. Without script means that the browser's scripts
are off; axe itself runs through the browser's debugger, so that neither that nor a policy is weakened for it.
"""

from __future__ import annotations

import itertools
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from playwright.sync_api import Browser, Page

from tests.everyone.hosting import open_host
from tests.everyone.sites import Built, Shown, open_sites
from tests.screenshots import open_chromium

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark")


@dataclass(frozen=True)
class Setting:
    """How a page is looked at."""

    width: int
    scheme: str
    script: bool

    def __str__(self) -> str:
        return f"{self.width} px, {self.scheme}, {'with' if self.script else 'without'} script"


SETTINGS = tuple(Setting(*values) for values in itertools.product(WIDTHS, SCHEMES, (True, False)))
FEW = (Setting(360, "light", script=True), Setting(1280, "dark", script=True), Setting(768, "dark", script=False))
"""Each width, each scheme, and both with and without script at least once."""


@dataclass(frozen=True)
class Violation:
    """One rule that a page breaks: the rule, how bad, and where (the first places)."""

    page: Shown
    setting: Setting
    rule: str
    impact: str
    places: tuple[str, ...]

    def __str__(self) -> str:
        return f"/{self.page.path} ({self.setting}): {self.rule} ({self.impact}): {'; '.join(self.places)}"


@cache
def read_axe() -> str:
    """axe-core as the package brings it."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def choose_few(sites: Sequence[Built]) -> list[tuple[Built, list[tuple[Shown, Setting]]]]:
    """Each kind of page in each language once, on one of the sites and in one of the few settings, in turn.

    A kind that has one language is taken from every site, so that each kind is seen in all of them.
    """
    found: dict[tuple[str, str], list[tuple[Built, Shown]]] = {}
    for built in sites:
        for key, shown in built.kinds.items():
            found.setdefault(key, []).append((built, shown))
    tongues = Counter(kind for kind, _ in found)
    turns: Counter[str] = Counter()
    chosen: dict[str, list[tuple[Shown, Setting]]] = {built.name: [] for built in sites}
    for (kind, _), candidates in found.items():
        turn = turns[kind]
        for built, shown in candidates if tongues[kind] == 1 else [candidates[turn % len(candidates)]]:
            chosen[built.name].append((shown, FEW[turns[kind] % len(FEW)]))
            turns[kind] += 1
    return [(built, chosen[built.name]) for built in sites]


def choose_all(built: Built) -> list[tuple[Shown, Setting]]:
    """Every setting for each kind of page in each language."""
    return list(itertools.product(built.kinds.values(), SETTINGS))


def find_violations(
    browser: Browser,
    built: Built,
    wanted: Iterable[tuple[Shown, Setting]],
    changed: Mapping[str, bytes] | None = None,
) -> Iterator[tuple[Shown, Setting, list[Violation]]]:
    """Every wanted look at a page, with what axe finds there. `changed` are files that are answered otherwise."""
    looks = sorted(wanted, key=lambda look: (look[1].script, look[0].path))
    for script, group in itertools.groupby(looks, lambda look: look[1].script):
        with open_host(browser, built, java_script_enabled=script, reduced_motion="reduce") as host:
            host.changed.update(changed or {})
            page = host.open_blank()
            for shown, settings in itertools.groupby(group, lambda look: look[0]):
                page.goto(built.address + shown.path)
                if not script:
                    page.evaluate(_NO_TIMERS)
                page.evaluate(read_axe())
                for _, setting in settings:
                    page.set_viewport_size({"width": setting.width, "height": 800})
                    page.emulate_media(color_scheme=setting.scheme)  # type: ignore[arg-type]
                    yield shown, setting, list(_run(page, shown, setting))


def _run(page: Page, shown: Shown, setting: Setting) -> Iterator[Violation]:
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"], "preload": False}
    found = page.evaluate("options => axe.run(document, options)", options)
    for violation in found["violations"]:
        places = tuple(" ".join(map(str, node["target"])) for node in violation["nodes"][:3])
        yield Violation(shown, setting, violation["id"], str(violation["impact"]), places)


# Where scripts are off, timers never fire, and axe would wait for them for ever; promises are kept.
_NO_TIMERS = "window.setTimeout = (call) => { Promise.resolve().then(call); return 0; }"


def main() -> int:
    """Print how many runs there were of each kind of page, and every violation."""
    runs: Counter[str] = Counter()
    violations: list[Violation] = []
    with open_sites(__doc__) as sites, open_chromium() as browser:
        for built in sites:
            for shown, _, found in find_violations(browser, built, choose_all(built)):
                runs[shown.kind] += 1
                violations += found
    broken = Counter(violation.page.kind for violation in violations)
    print(f"{'kind of page':16}{'runs':>8}{'violations':>12}")
    for kind, number in sorted(runs.items()):
        print(f"{kind:16}{number:8}{broken[kind]:12}")
    print(f"{'all':16}{runs.total():8}{len(violations):12}")
    print("".join(f"{violation}\n" for violation in violations), end="")
    return bool(violations)


if __name__ == "__main__":
    sys.exit(main())
