"""A site to files: MkDocs and Material give the chrome, pages are stamped from shells, all is swapped in.

For each locale and kind of page, MkDocs renders one *shell* at the same depth, with tokens where a page's own parts
belong, and every page of that kind is stamped out of it, in several processes. Files that say what they said before
stay the files they were.
"""

from __future__ import annotations

from noticepress.publish.building import PRESS, Published, publish_site, render_shells
from noticepress.publish.folders import check_target, swap_in
from noticepress.publish.press import Findings, Press
from noticepress.publish.processes import count_processors
from noticepress.publish.shells import Shells, declare_language, stamp_fragment

__all__ = [
    "PRESS",
    "Findings",
    "Press",
    "Published",
    "Shells",
    "check_target",
    "count_processors",
    "declare_language",
    "publish_site",
    "render_shells",
    "stamp_fragment",
    "swap_in",
]
