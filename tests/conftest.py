from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

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
