from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from tests.acme import make_history, make_site, prepare_second, release
from tests.everyone.sites import Built, build_acme, build_ours
from tests.terminal import Shell

# The same cases on every machine and every day: a change is judged by what it changes. `make test-all` searches.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile("same")


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium: the machine's own, else the one Playwright keeps in .venv/ (see get-chromium.sh)."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next((path for name in names if (path := shutil.which(name))), None)
    # Chromium refuses its sandbox to root, and containers run as root.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    environment: dict[str, str | float | bool] = {
        **os.environ,
        "HOME": str(tmp_path_factory.mktemp("chromium")),
    }  # it writes to ~/.config otherwise
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=arguments, env=environment)
        yield chromium
        chromium.close()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A prompt with a clean environment."""
    for name in ("NOTICEPRESS_AS_OF", "NOTICEPRESS_DRAFTS", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    return Shell(monkeypatch, capsys)


@pytest.fixture(scope="session")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two versions sealed, nothing being prepared: to be read, never to be changed."""
    return make_history(tmp_path_factory.mktemp("history"))


@pytest.fixture
def site(tmp_path: Path, history: Path) -> Path:
    """A copy of it, to be changed."""
    return Path(shutil.copytree(history, tmp_path / "site"))


@pytest.fixture(scope="session")
def built_acme(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, ...]:
    """Acme Research's site with a version announced, and with that version in force lately: to be read only."""
    return build_acme(tmp_path_factory.mktemp("built_acme"))


@pytest.fixture(scope="session")
def built_sites(tmp_path_factory: pytest.TempPathFactory, built_acme: tuple[Built, ...]) -> tuple[Built, ...]:
    """This repository's site too."""
    return (build_ours(tmp_path_factory.mktemp("built_ours")), *built_acme)


@pytest.fixture(scope="session")
def preparing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One version sealed, the second being prepared: to be read, never to be changed."""
    site = make_site(tmp_path_factory.mktemp("preparing"))
    release(site)
    prepare_second(site)
    return site


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the reports over whole sites counted, whether anything is wrong or not."""
    told = [
        str(value)
        for outcome in ("passed", "failed")
        for report in terminalreporter.getreports(outcome)
        for name, value in report.user_properties
        if name == "counted"
    ]
    if told:
        terminalreporter.section("counted on the built sites")
        terminalreporter.write("".join(f"{line}\n" for line in told))
