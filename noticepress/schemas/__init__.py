"""The shape of everything Noticepress prints or publishes as JSON, from which the JSON Schemas under /schemas/ come.

Each model is a promise to other programs: these keys are always there. Further keys may join later, except in what
`check` prints, which is fixed. The shapes of the files that people write are in `documents`.
"""

from __future__ import annotations

from typing import Any

from noticepress.documents import DRAFT
from noticepress.schemas.copies import CopiesOutput
from noticepress.schemas.parts import Output
from noticepress.schemas.printed import (
    CheckOutput,
    CorrectOutput,
    DiffOutput,
    ImpactOutput,
    ParallelOutput,
    ReleaseOutput,
    ShowOutput,
    StatusOutput,
    TransitionsOutput,
    TranslationsOutput,
    VerifyOutput,
    WithdrawOutput,
)
from noticepress.schemas.published import (
    FeedItem,
    FeedOutput,
    ManifestEdition,
    ManifestOutput,
    ManifestVersion,
    NoticesOutput,
    SearchOutput,
    SectionsOutput,
)

__all__ = [
    "DRAFT",
    "FeedItem",
    "FeedOutput",
    "ManifestEdition",
    "ManifestOutput",
    "ManifestVersion",
    "NoticesOutput",
    "SearchOutput",
    "SectionsOutput",
    "output_schemas",
]

_OUTPUTS: dict[str, type[Output]] = {
    "check.json": CheckOutput,
    "copies.json": CopiesOutput,
    "diff.json": DiffOutput,
    "feed.json": FeedOutput,
    "impact.json": ImpactOutput,
    "manifest.json": ManifestOutput,
    "notices.json": NoticesOutput,
    "search.json": SearchOutput,
    "parallel.json": ParallelOutput,
    "release.json": ReleaseOutput,
    "sections.json": SectionsOutput,
    "correct.json": CorrectOutput,
    "withdraw.json": WithdrawOutput,
    "show.json": ShowOutput,
    "status.json": StatusOutput,
    "transitions.json": TransitionsOutput,
    "translations-status.json": TranslationsOutput,
    "verify.json": VerifyOutput,
}


def output_schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema (2020-12) of every JSON output, by the file name it has under /schemas/."""
    return {name: {"$schema": DRAFT, **model.model_json_schema()} for name, model in _OUTPUTS.items()}
