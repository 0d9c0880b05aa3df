"""A site to files: MkDocs and Material give the chrome, archive pages are stamped from a shell, all is swapped in.

Live pages are MkDocs pages whose content is ours. Archive pages (permanent editions, redlines) are by far the most:
for each locale and kind, MkDocs renders one *shell* at the same depth, with tokens where a page's own parts belong, and
every page of that kind is stamped out of it.
"""

from __future__ import annotations

from noticepress.publish.building import PRESS, publish_site, render_shells
from noticepress.publish.folders import check_target, swap_in
from noticepress.publish.press import Findings, Press
from noticepress.publish.shells import Shells, declare_language, place_shell, stamp_fragment

__all__ = [
    "PRESS",
    "Findings",
    "Press",
    "Shells",
    "check_target",
    "declare_language",
    "place_shell",
    "publish_site",
    "render_shells",
    "stamp_fragment",
    "swap_in",
]
