"""A correction of Acme's second version, prepared, made and refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from noticepress.corrections import Revision, prepare_correction
from noticepress.errors import NoticeError
from noticepress.library import read_library
from noticepress.model import AsOf, ChangeClass
from noticepress.sealing import seal_version
from tests.acme import NOTICE, SECOND, read_tree

RECORD = f"content/{NOTICE}/correction.yml"
REVISION = f"{SECOND}.1"
LATER = datetime(2024, 6, 10, 12, tzinfo=UTC)

EDITORIAL = """\
class: editorial
summary: {en: A word was missing.}
errata:
  - old: Pages you read
    new: Pages that you read
    locale: en
"""


def prepare(
    site: Path,
    name: str = SECOND,
    as_of: AsOf = LATER,
    *,
    change_class: ChangeClass | None = None,
    adds: Sequence[str] = (),
) -> Revision:
    return prepare_correction(read_library(site), NOTICE, name, as_of, change_class=change_class, adds=adds)


def correct(site: Path, name: str = SECOND, as_of: AsOf = LATER, *, adds: Sequence[str] = ()) -> Revision:
    found = prepare(site, name, as_of, adds=adds)
    seal_version(site, found.sealing)
    return found


def find_reasons(
    site: Path, name: str = SECOND, *, change_class: ChangeClass | None = None, adds: Sequence[str] = ()
) -> list[str]:
    """Why a correction is refused: `place: id message`."""
    before = read_tree(site)
    with pytest.raises(NoticeError) as caught:
        prepare(site, name, change_class=change_class, adds=adds)
    assert read_tree(site) == before
    return [f"{problem.source}: {problem.id} {problem.message}" for problem in caught.value.problems]
