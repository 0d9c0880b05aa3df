"""The checks do each piece of work once: a text is parsed once, and the texts of one notice are read before the next's.

Nothing here looks at a clock: what is done is counted.
"""

from __future__ import annotations

from collections import Counter
from itertools import count, groupby, islice
from pathlib import Path
from typing import Any

import pyromark
import pytest

from noticepress.checks import CHECKS, Desk, passages, run_checks
from noticepress.checks.numerals import read_numbers
from noticepress.compose import compose_draft
from noticepress.errors import sort_problems
from noticepress.library import read_library
from tests import acme

LOCALES = ("en", "es", "ja", "ar")
FEW, MANY = 3, 9
"""Notices of the sites whose work is compared."""


_NEW = count(1)
"""Makes the texts of each site others than those of all before, which may be remembered."""


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often the parser beneath is given each text."""
    counts: Counter[str] = Counter()
    original = pyromark.events_with_range

    def count_parsed(text: str, **options: Any) -> Any:  # noqa: ANN401 - the parser's own shapes
        counts[text] += 1
        return original(text, **options)

    monkeypatch.setattr(pyromark, "events_with_range", count_parsed)
    return counts


def make_site(folder: Path, notices: int) -> Path:
    """Acme's site with several notices; each text is its own, and says something else in each of the regions."""
    files = {}
    for number in islice(_NEW, notices):
        name = f"content/notice-{number}"
        files[f"{name}/notice.yml"] = acme.FILES["content/website/notice.yml"]
        for locale in LOCALES:
            text = acme.FILES[f"content/website/{locale}.md"]
            files[f"{name}/{locale}.md"] = f"{text}\n{{{{ region.name }}}} {number}: [Acme](https://acme.example/).\n"
    return acme.make_site(folder, files)


def lay_desk(site: Path) -> Desk:
    library = read_library(site).library
    drafts = {name: compose_draft(library, name, acme.DRAFTING) for name in library.notices}
    return Desk(library, drafts, acme.DRAFTING)


def test_every_text_is_parsed_once(tmp_path: Path, parsed: Counter[str]) -> None:
    desk = lay_desk(make_site(tmp_path, FEW))
    run_checks(read_library(tmp_path), acme.DRAFTING)
    texts = {working.text for working in desk.working_texts()}
    texts |= {composed.text for _, _, _, composed in desk.composed_texts()}
    assert len(texts) >= FEW * len(LOCALES) * len(("working", "americas", "elsewhere"))
    assert set(parsed.values()) == {1}
    assert parsed.keys() <= texts


def test_work_grows_as_the_texts_do(tmp_path: Path, parsed: Counter[str]) -> None:
    work = []
    for notices in (FEW, MANY):
        parsed.clear()
        known = read_numbers.cache_info().misses
        run_checks(read_library(make_site(tmp_path / str(notices), notices)), acme.DRAFTING)
        work.append((parsed.total(), read_numbers.cache_info().misses - known))
    for few, many in zip(*work, strict=True):
        assert 0 < many <= few * MANY / FEW


def test_texts_are_read_notice_by_notice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = make_site(tmp_path, FEW)
    owners = {composed.text: draft.version.notice for draft, _, _, composed in lay_desk(site).composed_texts()}
    read: list[str] = []
    original = passages.list_passages

    def record(text: str) -> tuple[passages.Passage, ...]:
        read.append(owners[text])
        return original(text)

    monkeypatch.setattr(passages, "list_passages", record)
    run_checks(read_library(site), acme.DRAFTING)
    assert [notice for notice, _ in groupby(read)] == list(dict.fromkeys(owners.values()))


@pytest.mark.parametrize("name", [name for name, check in CHECKS.items() if check.by_notice])
def test_notice_by_notice_a_check_finds_what_it_finds_in_all(tmp_path: Path, name: str) -> None:
    desk, check = lay_desk(make_site(tmp_path, FEW)), CHECKS[name]
    assert sort_problems(check(desk)) == sort_problems([*check.look_over(desk), *check.find(desk)])


def test_what_is_made_of_a_library_is_made_once_for_all_its_notices(tmp_path: Path) -> None:
    desk = lay_desk(make_site(tmp_path, FEW))
    made: list[str] = []
    for table in desk.split():
        assert list(table.split()) == [table]
        table.remember("legal names", lambda: made.append("once"))
    assert made == ["once"]
