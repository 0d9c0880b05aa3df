"""A page of a preview: the page as it would be built, the draft beside its redline, and what is wrong at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote

from markupsafe import Markup

from noticepress.errors import Problem
from noticepress.history import Line, Standing
from noticepress.marking import find_words, render_flat
from noticepress.model import Edition
from noticepress.pages import Page, render_page
from noticepress.pages.plan import draft_page, edition_page
from noticepress.pages.scene import Scene, find_edition, find_standing
from noticepress.pages.texts import rename_ids, split_blocks
from noticepress.preview.placing import Numbered, pair_sections, place_findings
from noticepress.preview.state import Look, Shown
from noticepress.publish import stamp_fragment
from noticepress.reports import count_problems
from noticepress.site import Site

OWN = "np-preview"
"""Where a preview's own files and events lie; no language, and so no page, is called like this."""

_TEXT_PATH = re.compile(r"content/([^/]+)/([^/]+)\.md")
_H1 = re.compile(r"</?h1[^>]*>\s*")
_CHANGED = re.compile(r"<(?:ins|del)\b")


def render_shown(shown: Shown, page: Page) -> str:
    """One page, whole, of what a preview shows."""
    if shown.site is None or shown.look is None:
        raise LookupError(page.path)
    maker = _PageMaker(shown, shown.site, shown.look, page)
    fragment = render_page(page, replace(shown.site.view, render_text=maker.render_text))
    html = stamp_fragment(
        shown.look.shells[page.locale, page.kind], replace(fragment, body=maker.render_panel() + fragment.body)
    )
    html = html.replace("</head>", maker.fill("head.html") + "</head>", 1)
    head, body, tail = html.rpartition("</body>")
    return head + maker.render_bar() + body + tail


@dataclass(frozen=True, slots=True)
class Listed:
    """A finding in a list, with the address of the place it belongs to; empty where no page shows that."""

    number: int
    problem: Problem
    address: str


@dataclass(frozen=True, slots=True)
class _PageMaker:
    shown: Shown
    site: Site
    look: Look
    page: Page

    def fill(self, name: str, **values: object) -> str:
        """One of the preview's own templates."""
        scene = Scene(self.page, self.site.view)
        template = self.look.own.get_template(name)
        context = {
            "own": f"/{OWN}",
            "shown": self.shown,
            "counts": count_problems(self.shown.problems),
            "_": scene.words.gettext,
            "_p": scene.words.pgettext,
            **values,
        }
        rendered = template.render(context).strip()
        return f"{rendered}\n" if rendered else ""

    # ---- lists of findings

    def render_bar(self) -> str:
        """One finding at the foot of the page: what stops the preview, else the worst, of this page before others."""
        order = ("error", "warning", "info")
        rest = sorted(self.shown.problems, key=lambda p: (order.index(p.severity), self._find_page(p) != self.page))
        return self.fill("bar.html", first=next(iter((*self.shown.stopping, *rest)), None))

    def render_panel(self) -> str:
        """All findings on top of the page; nothing where nothing is wrong."""
        if not self.shown.problems and not self.shown.trouble:
            return ""
        return self.fill("panel.html", findings=list(self._list_findings()))

    def _list_findings(self) -> Iterator[Listed]:
        for number, problem in enumerate(self.shown.problems, start=1):
            page = self._find_page(problem)
            address = f"/{quote(page.path)}#np-finding-{number}" if page else ""
            yield Listed(number, problem, address)

    def _find_page(self, problem: Problem) -> Page | None:
        """The page that shows the file of a finding: this one where it does, else the first."""
        match = _TEXT_PATH.fullmatch(problem.source.path)
        if match is None:
            return None
        notice, locale = match[1], match[2]
        if (self.page.notice, self.page.locale) == (notice, locale) and self.page.kind in {"draft", "edition"}:
            return self.page
        for region, line in self.site.view.lines.get(notice, {}).items():
            draft = next((s for s in line.standings if s.state == "draft"), None)
            page = (
                draft_page(locale, notice, region, draft.version.id) if draft else edition_page(locale, notice, region)
            )
            if page.path in self.shown.pages:
                return page
        return None

    # ---- the text

    def render_text(self, text: str) -> str:
        """A text with its findings in it; that of a draft beside its redline."""
        view = self.site.view
        blocks = split_blocks(view.render_text(text))
        line = view.lines.get(self.page.notice, {}).get(self.page.region)
        standing = self._find_standing(line) if line and self.page.kind in {"draft", "edition"} else None
        if line is None or standing is None:
            return "".join(blocks)
        edition = find_edition(standing, self.page.locale, view.library.settings.source_locale)
        if edition is None or edition.text != text:
            return "".join(blocks)
        notes = self._render_findings(standing, edition)
        told = [notes.get(index, "") + block for index, block in enumerate(blocks)]
        if blocks and blocks[0].startswith("<h1"):  # a page takes its title from the very beginning of a text
            told[0] = blocks[0] + notes.get(0, "")
        before = find_before(line, edition) if standing.state == "draft" else None
        return self._set_beside(blocks, told, edition, *before) if before else "".join(told)

    def _find_standing(self, line: Line) -> Standing | None:
        return line.find(self.page.version) if self.page.version else find_standing(line)

    def _render_findings(self, standing: Standing, edition: Edition) -> dict[int, str]:
        """The findings of the working text that an edition shows, by block; none where it shows other words."""
        draft = self.shown.drafts.get(edition.notice)
        composed = draft.shown.get((standing.region, edition.locale)) if draft else None
        if composed is None or composed.text != edition.text:
            return {}
        placed = place_findings(composed, enumerate(self.shown.problems, start=1))
        return {index: "".join(map(self._render_finding, found)) for index, found in placed.items()}

    def _render_finding(self, finding: Numbered) -> str:
        return self.fill("finding.html", number=finding[0], problem=finding[1])

    def _set_beside(
        self, blocks: list[str], told: list[str], edition: Edition, standing: Standing, before: Edition
    ) -> str:
        """The draft on one side, its redline on the other, section by section."""
        scene = Scene(self.page, self.site.view)
        is_same = before.sha256 == edition.sha256
        redline = self.site.view.compare_texts(before.text, edition.text)
        marked = [] if is_same else split_blocks(render_flat(redline, find_words(scene.locale, edition.locale)))
        titles = [block for block in marked if block.startswith("<h1")]
        sections = pair_sections(blocks, [block for block in marked if not block.startswith("<h1")])
        head = told[0] if blocks and blocks[0].startswith("<h1") else ""
        # Both are safe HTML: the renderer's, and that of our own templates.
        rows = [
            (
                Markup("".join(told[index] for index in place if index or not head)),  # noqa: S704
                Markup(rename_ids("".join(others), "redline-")),  # noqa: S704
            )
            for place, others in sections
        ]
        beside = self.fill(
            "beside.html",
            rows=[row for row in rows if any(row)],
            titles=[Markup(_H1.sub("", block)) for block in titles if _CHANGED.search(block)],  # noqa: S704
            scene=scene,
            before=standing,
            is_same=is_same,
        )
        return head + beside


def find_before(line: Line, edition: Edition) -> tuple[Standing, Edition] | None:
    """What a draft is held against: the version in force, else the newest that was published, in the same language."""
    standing = line.in_force or next(reversed(line.visible), None)
    found = standing.edition(edition.locale) if standing else None
    return (standing, found) if standing and found else None
