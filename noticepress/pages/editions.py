"""What the pages of one line say: an edition, and what stands around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from noticepress.compose import DRAFT
from noticepress.history import Line, Standing
from noticepress.localize import format_date
from noticepress.markdown import parse
from noticepress.model import Edition
from noticepress.pages.definitions import find_definition_sections
from noticepress.pages.plan import (
    COMPARING,
    Page,
    choice_page,
    compare_page,
    draft_page,
    edition_page,
    find_authoritative,
    has_choice,
    has_past,
    history_page,
    languages_page,
    list_comparisons,
    list_other_regions,
    permanent_page,
    regions_page,
    since_page,
    turn_page,
)
from noticepress.pages.proofs import describe_proof
from noticepress.pages.scene import Scene, find_edition, find_standing
from noticepress.pages.surviving import sections_path
from noticepress.pages.texts import Text, list_heads, prepare_text
from noticepress.pages.wishes import list_wishes


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several places to go; `is_here` marks where the reader is."""

    name: Markup | str
    address: str
    is_here: bool = False


def _link_draft(scene: Scene, line: Line) -> str:
    """Where previews show what is being prepared; empty where nothing is, and on a published site."""
    draft = next((s for s in line.standings if s.state == "draft"), None) if scene.view.drafts else None
    return scene.link(draft_page(scene.locale, line.notice, draft.region, draft.version.id)) if draft else ""


def get_line(scene: Scene) -> Line:
    """The line a page belongs to."""
    return scene.view.lines[scene.page.notice][scene.page.region]


def describe_edition(scene: Scene) -> dict[str, Any]:
    """Everything the page of an edition says: in force, permanent, or a draft."""
    line = get_line(scene)
    standing = find_standing(line)
    if scene.page.version:
        standing = next(s for s in line.standings if s.version.id == scene.page.version)
    edition = find_edition(standing, scene.locale, scene.view.library.settings.source_locale)
    text = _prepare(scene, line, standing, edition) if edition else None
    title = text.title if text and text.title else scene.text(standing.version.titles)
    heads = list_heads(edition.text) if edition else ()
    return {
        **describe_standing(scene, line, standing),
        "regions": list_regions(scene),
        "edition": edition,
        "text": text,
        "heads": heads,
        "is_unchanged": edition is not None and not standing.is_changed(edition.locale),
        "supplements": list(_find_supplements(scene, standing)),
        "title": title,
        "citation": _write_citation(scene, standing, title),
        "authoritative": _find_authoritative(scene, standing),
        "beside_link": _link_beside(scene, line, standing),
        "others": list_others(scene) if standing is line.in_force else [],
        "translated": _find_translated(scene, line, standing),
        "plain_text": _find_plain_text(scene, standing, edition),
        "pdf": _find_pdf(scene, standing, edition),
        **describe_proof(scene, standing, edition),
        "wishes": list(list_wishes(scene, standing)),
        "sections_link": scene.link(sections_path(scene.locale, line)) if standing.version.sealed else "",
    }


def _write_citation(scene: Scene, standing: Standing, title: Markup) -> str:
    """How a section of a version is cited, with `{section}` and `{address}` to be filled in."""
    return scene.words.gettext(
        "{title}, “{section}”, version {version}, applies from {date}, {address}",
        title=title.striptags(),
        section="{section}",
        version=standing.version.id,
        date=format_date(standing.effective.day, scene.locale),
        address="{address}",
    )


def _prepare(scene: Scene, line: Line, standing: Standing, edition: Edition) -> Text:
    """The text of an edition, with what a permanent address can be given for: a way to cite each section."""
    cite = scene.link(permanent_of(scene.locale, line.notice, standing)) if standing.is_visible else ""
    defining = find_definition_sections(parse(edition.text))
    return prepare_text(scene, scene.view.render_text(edition.text), edition.locale, cite, defining)


def describe_standing(scene: Scene, line: Line, standing: Standing) -> dict[str, Any]:
    """What is told of a version wherever it is told: dates, neighbours and where to read them."""
    locale, notice, region = scene.locale, line.notice, line.region
    settings = scene.view.library.settings
    following = next((s for s in line.standings if standing.successor and s.version is standing.successor[0]), None)
    previous = next((s for s in line.standings if standing.predecessor and s.version is standing.predecessor[0]), None)
    is_ending = standing.state == "in-force" and standing.until is not None and following is None
    moved = standing.successor if standing.state == "retired" or is_ending else None
    return {
        "line": line,
        "standing": standing,
        "version": standing.version,
        "is_dated": standing.version.id != DRAFT,
        "record": standing.version.record,
        "region": standing.sealed_region,
        "steps": line.list_revisions(standing),
        "news": [s for s in _list_news(scene, line, standing) if _is_changed_for(s, locale, settings.source_locale)],
        "retroactivity": tell_retroactivity(scene, line, standing),
        "is_ending": is_ending,
        "later": _link_all(scene, line, standing, [s for s in line.announced if s is not following]),
        "cancelled": _link_all(scene, line, standing, line.list_cancelled(scene.view.as_of)),
        "following": following,
        "following_steps": line.list_revisions(following) if following else (),
        "is_following_unchanged": following is not None
        and _says_the_same(standing, following, locale, settings.source_locale),
        "previous": previous,
        "previous_link": scene.link(permanent_of(locale, notice, previous)) if previous else "",
        "following_link": scene.link(permanent_of(locale, notice, following)) if following else "",
        "compare_link": link_comparison(scene, line, previous, standing),
        "compare_following_link": link_comparison(scene, line, standing, following),
        "compare_current_link": link_comparison(scene, line, standing, line.in_force)
        or link_comparison(scene, line, line.in_force, standing),
        "current_link": scene.link(edition_page(locale, notice, region)) if line.visible else "",
        "draft_link": _link_draft(scene, line),
        "current": line.in_force,
        "heir_link": scene.link(edition_page(locale, notice, moved[1])) if moved and moved[1] != region else "",
        "heir": scene.text(moved[0].regions[moved[1]].names) if moved and moved[1] != region else "",
        "history_link": scene.link(history_page(locale, notice, region)),
        "since_link": scene.link(since_page(locale, notice, region)) if has_past(line) else "",
        "feed_link": scene.link(f"{locale}/{notice}/{region}/changes.atom"),
        "permanent_link": scene.link(permanent_of(locale, notice, standing)),
        "permanent_address": scene.address(permanent_of(locale, notice, standing)),
    }


def _link_all(scene: Scene, line: Line, standing: Standing, others: Iterable[Standing]) -> list[tuple[Standing, str]]:
    """What the page of the version in force tells of others, each with its address; nothing on other pages."""
    told = others if standing.state == "in-force" else ()
    return [(other, scene.link(permanent_of(scene.locale, line.notice, other))) for other in told]


def permanent_of(locale: str, notice: str, standing: Standing) -> Page:
    """The permanent page of a standing, at the region's name of that time."""
    return permanent_page(locale, notice, standing.region, standing.version.id)


def link_comparison(scene: Scene, line: Line, older: Standing | None, newer: Standing | None) -> str:
    """The address of a redline, or an empty text where there is none."""
    if older is None or newer is None:
        return ""
    pair = (older.version.id, newer.version.id)
    if pair not in list_comparisons(line, drafts=scene.view.drafts):
        return ""
    return scene.link(compare_page(scene.locale, line.notice, line.region, *pair))


def _list_news(scene: Scene, line: Line, standing: Standing) -> list[Standing]:
    """What came into force lately: a version, and its revisions up to the one in force."""
    if standing.state != "in-force":
        return []
    return [s for s in line.list_revisions(standing) if s.is_recent(scene.view.as_of)]


def tell_retroactivity(scene: Scene, line: Line, standing: Standing) -> Markup:
    """What holds for data that was collected before a version applied, as its change record says; empty where not."""
    first = next((s for s in line.list_revisions(standing) if s.version.record.applies_to), None)
    if first is None or first.predecessor is None or not _is_changed_for(standing, scene.locale, scene.locale):
        return Markup()
    say, record, day = scene.words.gettext, first.version.record, scene.date(first.effective.day)
    if record.applies_to == "new-data":
        before = first.predecessor[0]
        page = permanent_page(scene.locale, line.notice, first.predecessor[1], before.id)
        link = Markup('<a href="{}" data-np-hash>{}</a>').format(scene.link(page), before.id)
        told = say(
            "For data we collected before {date}, version {version} continues to apply unless you agree.",
            date=day,
            version=link,
        )
    elif record.consent:
        told = say("It applies to data we collected before {date} too, if you consent.", date=day)
    else:
        told = say("It applies to data we collected before {date} too.", date=day)
    return Markup(told)  # noqa: S704 - the words of a catalogue, and values that are escaped


def _says_the_same(older: Standing, newer: Standing, locale: str, source_locale: str) -> bool:
    """Whether a reader of one version finds the same words in another."""
    edition = find_edition(newer, locale, source_locale)
    before = older.edition(edition.locale) if edition else None
    return edition is not None and before is not None and edition.sha256 == before.sha256


def _is_changed_for(standing: Standing, locale: str, source_locale: str) -> bool:
    edition = find_edition(standing, locale, source_locale)
    return edition is None or standing.is_changed(edition.locale)


def _find_authoritative(scene: Scene, standing: Standing) -> Choice | None:
    """The language whose text decides, where it is another than the one shown and can be read."""
    tag = standing.version.authoritative.get(standing.region, "")
    if tag in {"", scene.locale} or standing.edition(tag) is None:
        return None
    page = turn_page(scene.page, tag)
    return Choice(scene.language(tag), scene.link(page))


def _link_beside(scene: Scene, line: Line, standing: Standing) -> str:
    """Where the text stands beside the one that decides; empty where it is that one, or is not in force."""
    other = find_authoritative(scene.view, scene.locale, line.notice, line.region)
    if not other or standing is not line.in_force:
        return ""
    return scene.link(languages_page(scene.locale, line.notice, line.region, other))


def list_others(scene: Scene) -> list[Choice]:
    """The other regions, each at its differences from the notice of this one."""
    page, lines = scene.page, scene.view.lines[scene.page.notice]
    return [
        Choice(
            scene.text(find_standing(lines[other]).sealed_region.names, capital=True),
            scene.link(regions_page(page.locale, page.notice, page.region, other)),
            other == page.other,
        )
        for other in list_other_regions(scene.view, page.notice, page.region)
    ]


def _find_translated(scene: Scene, line: Line, standing: Standing) -> tuple[Standing, str] | None:
    """The newest earlier version that can be read in the page's language, and its address."""
    place = line.standings.index(standing)
    for earlier in reversed(line.standings[:place]):
        if earlier.is_visible and earlier.edition(scene.locale):
            return earlier, scene.link(permanent_of(scene.locale, line.notice, earlier))
    return None


def _find_plain_text(scene: Scene, standing: Standing, edition: Edition | None) -> str:
    if edition is None or not standing.version.sealed:
        return ""
    return scene.link(permanent_of(edition.locale, edition.notice, standing).path + "notice.md")


def _find_pdf(scene: Scene, standing: Standing, edition: Edition | None) -> str:
    if edition is None or not standing.version.sealed or edition.locale not in scene.view.pdf_locales:
        return ""
    return scene.link(permanent_of(edition.locale, edition.notice, standing).path + "notice.pdf")


def _find_supplements(scene: Scene, standing: Standing) -> Iterator[tuple[str, Choice]]:
    """The notice this one supplements, and those that supplement it, for the same region."""
    for other, lines in scene.view.lines.items():
        line = lines.get(scene.page.region)
        if line is None or not line.visible or other == scene.page.notice:
            continue
        told = find_standing(line)
        if standing.until and told.effective.instant >= standing.until.instant:
            continue  # the two never applied together
        theirs = told.version
        address = scene.link(edition_page(scene.locale, other, line.region))
        if standing.version.supplements == other:
            yield "main", Choice(scene.text(theirs.titles), address)
        elif theirs.supplements == scene.page.notice and line.in_force:
            yield "supplement", Choice(scene.text(theirs.titles), address)


def list_regions(scene: Scene) -> list[Choice]:
    """The regions of the notice, each at the page most like this one."""
    choices = []
    for region, line in scene.view.lines[scene.page.notice].items():
        is_here = region == scene.page.region
        if not line.visible or (find_standing(line).state == "retired" and not is_here):
            continue
        names = find_standing(line).sealed_region.names
        choices.append(Choice(scene.text(names, capital=True), scene.link(_turn_to(scene, line)), is_here))
    return choices


def _turn_to(scene: Scene, line: Line) -> Page:
    """The same page in another region, or the edition in force there."""
    page, locale, notice = scene.page, scene.locale, line.notice
    if page.kind == "history":
        return history_page(locale, notice, line.region)
    if page.kind == "since" and has_past(line):
        return since_page(locale, notice, line.region)
    if page.kind in COMPARING:
        return _turn_comparison(scene, line) or edition_page(locale, notice, line.region)
    standing = line.find(page.version)
    if page.kind == "permanent" and standing and standing.is_visible and standing.region == line.region:
        return permanent_page(locale, notice, line.region, page.version)
    return edition_page(locale, notice, line.region)


def _turn_comparison(scene: Scene, line: Line) -> Page | None:
    """The same comparison in another region, where that has it."""
    page, view, locale, notice, region = scene.page, scene.view, scene.locale, line.notice, line.region
    if page.kind == "compare" and (page.older, page.version) in list_comparisons(line, drafts=view.drafts):
        return compare_page(locale, notice, region, page.older, page.version)
    if page.kind == "choice" and has_choice(line):
        return choice_page(locale, notice, region)
    if page.kind == "languages" and (other := find_authoritative(view, locale, notice, region)):
        return languages_page(locale, notice, region, other)
    # From a's page on b one turns to b's on a, not to b's on itself.
    other = page.region if page.other == region else page.other
    if page.kind == "regions" and other in list_other_regions(view, notice, region):
        return regions_page(locale, notice, region, other)
    return None
