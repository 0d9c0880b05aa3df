"""What a receipt says: one edition named on one sheet, to be printed."""

from __future__ import annotations

from typing import Any

from noticepress.pages.editions import describe_standing, get_line
from noticepress.pages.proofs import describe_proof
from noticepress.pages.scene import Scene, find_edition


def describe_receipt(scene: Scene) -> dict[str, Any]:
    """Everything a receipt says. It names no moment of its own: the line for it is left to whoever prints it."""
    line = get_line(scene)
    standing = next(s for s in line.standings if s.version.id == scene.page.version)
    edition = find_edition(standing, scene.locale, scene.view.library.settings.source_locale)
    return {
        **describe_standing(scene, line, standing),
        **describe_proof(scene, standing, edition),
        "edition": edition,
        "heads": (),
    }
