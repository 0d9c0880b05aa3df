"""axe-core over every kind of page, language, colour scheme and width, with and without script.

python -m tests.everyone.axe [DIR]

The rules of WCAG 2.0 to 2.2, A and AA, and axe's own best practices. Without script means that the site's scripts are
refused; axe itself is run through the browser's debugger, so that no policy has to be weakened for it.
"""

from __future__ import annotations

import itertools
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
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
FEW = (Setting(360, "light", script=True), Setting(1280, "dark", script=True), Setting(768, "light", script=False))
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


def find_violations(
    browser: Browser, built: Built, pages: Iterable[Shown], settings: Iterable[Setting] = SETTINGS
) -> Iterator[tuple[Shown, Setting, list[Violation]]]:
    """Every page in every setting, with what axe finds there."""
    pages = list(pages)
    for script, group in itertools.groupby(sorted(settings, key=lambda one: one.script), lambda one: one.script):
        wanted = list(group)
        with open_host(browser, built) as host:
            host.blocks_scripts = not script
            for shown in pages:
                page = host.open_page(shown.path)
                page.evaluate(read_axe())
                for setting in wanted:
                    page.set_viewport_size({"width": setting.width, "height": 800})
                    page.emulate_media(color_scheme=setting.scheme)  # type: ignore[arg-type]
                    yield shown, setting, list(_run(page, shown, setting))
                page.close()


def _run(page: Page, shown: Shown, setting: Setting) -> Iterator[Violation]:
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)
    for violation in found["violations"]:
        places = tuple(" ".join(map(str, node["target"])) for node in violation["nodes"][:3])
        yield Violation(shown, setting, violation["id"], str(violation["impact"]), places)


def main() -> int:
    """Print how many runs there were of each kind of page, and every violation."""
    runs: Counter[str] = Counter()
    violations: list[Violation] = []
    with open_sites(__doc__) as sites, open_chromium() as browser:
        for built in sites:
            for shown, _, found in find_violations(browser, built, built.kinds.values()):
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
