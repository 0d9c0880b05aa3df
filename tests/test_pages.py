from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import html5lib
import pytest

from noticepress.history import trace_notice
from noticepress.localize import format_date, territory_name
from noticepress.model import AsOf, ChangeRecord, Entity, Facts, Version
from noticepress.pages import Fragment, Kind, Page, View, make_environment, plan_pages, render_page
from noticepress.pages.places import list_former_names, list_spans
from noticepress.pages.plan import (
    compare_page,
    draft_page,
    edition_page,
    entity_page,
    history_page,
    not_found_page,
    permanent_page,
    start_page,
    turn_page,
)
from noticepress.territories import countries
from tests.factories import make_library, make_lines, make_settings, make_version

ROOT = Path(__file__).parent.parent
TEMPLATES = make_environment([ROOT / "templates" / "pages"])
TODAY = date(2026, 3, 10)

OLD = "# Privacy\n\n## Cookies {#cookies}\n\nWe use cookies. See the [notice for children](/en/children/world/).\n"
NEW = OLD.replace("We use cookies.", "We use no cookies at all.")
GERMAN = "# Datenschutz\n\n## Cookies {#cookies}\n\nWir verwenden Cookies.\n"


def both(text: str, german: str = GERMAN) -> dict[str, dict[str, str]]:
    return {"world": {"en": text, "de": german}}


FIRST = make_version("2024-01-01", both(OLD))
SECOND = make_version(
    "2026-03-01", both(NEW, GERMAN.replace("Cookies.", "keine Cookies.")), announced=datetime(2026, 1, 20, tzinfo=UTC)
)
THIRD = make_version("2026-05-01", both(NEW + "\nMore.\n"), announced=datetime(2026, 3, 2, tzinfo=UTC))
CHILDREN = replace(
    make_version("2025-01-01", {"world": {"en": "# Children\n\nWords.\n"}}, notice="children"), supplements="visitors"
)
ALL = (FIRST, SECOND, THIRD, CHILDREN)


def make_view(
    versions: Sequence[Version] = ALL, as_of: AsOf = TODAY, *, site_url: str = "", drafts: bool = False
) -> View:
    library = make_library(versions, make_settings(site_url=site_url))
    return View(library, make_lines(versions, as_of), as_of, TEMPLATES, drafts=drafts)


VIEW = make_view()
PAGES = plan_pages(VIEW)


def show(page: Page, view: View = VIEW) -> Fragment:
    return render_page(page, view)


def read(markup: str) -> str:
    """What a reader sees: text without tags, on one line."""
    inline = re.sub(r"</?(a|abbr|del|em|ins|span|strong|time)\b[^>]*>", "", markup)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", inline)).split())


def body(page: Page, view: View = VIEW) -> str:
    return read(show(page, view).body)


# ---- which pages there are


def test_every_address_of_the_design_is_planned_once() -> None:
    paths = [page.path for page in PAGES]
    assert len(paths) == len(set(paths))
    for locale in ("en", "de"):
        line = f"{locale}/visitors/world/"
        expected = [
            f"{locale}/",
            line,
            f"{line}2024-01-01/",
            f"{line}2026-03-01/",
            f"{line}2026-05-01/",
            f"{line}compare/2024-01-01/2026-03-01/",
            f"{line}compare/2026-03-01/2026-05-01/",
            f"{line}history/",
            f"{locale}/entities/acme-inc/",
        ]
        assert set(expected) <= set(paths)
    assert paths[0] == ""
    assert paths[-1] == "404.html"


def test_a_version_is_compared_with_the_one_before_and_the_one_in_force() -> None:
    versions = [make_version(f"202{year}-01-01") for year in range(1, 6)]
    pairs = {(page.older[:4], page.version[:4]) for page in plan_pages(make_view(versions)) if page.kind == "compare"}
    assert pairs == {
        ("2021", "2022"), ("2022", "2023"), ("2023", "2024"), ("2024", "2025"),
        ("2021", "2025"), ("2022", "2025"), ("2023", "2025"),
    }  # fmt: skip


def test_what_is_not_announced_has_no_page() -> None:
    view = make_view(as_of=date(2026, 3, 1))
    assert not [page for page in plan_pages(view) if "2026-05-01" in page.path]
    assert "2026-05-01" not in body(history_page("en", "visitors", "world"), view)


def test_a_draft_has_pages_in_previews_only() -> None:
    draft = make_version("2026-09-01", both(NEW + "\nDraft.\n"), sealed=False)
    versions = (*ALL[:3], draft)
    assert "draft" not in {page.kind for page in plan_pages(make_view(versions))}
    view = make_view(versions, drafts=True)
    pages = [page for page in plan_pages(view) if page.kind == "draft"]
    assert [page.path for page in pages] == ["draft/en/visitors/world/", "draft/de/visitors/world/"]
    told = show(pages[0], view)
    assert "Draft: not published" in read(told.body)
    assert 'content="noindex"' in told.head
    assert [page for page in plan_pages(view) if page.kind == "compare" and page.version == "2026-09-01"]


@pytest.mark.parametrize(("locale", "open_yet"), [("en", "not decided yet"), ("de", "noch nicht festgelegt")])
def test_a_draft_that_nobody_has_dated_tells_no_date_and_no_class(locale: str, open_yet: str) -> None:
    draft = replace(make_version(THIRD.id, both(NEW + "\nDraft.\n"), sealed=False), id="draft")
    view = make_view((*ALL[:3], draft), drafts=True)
    page = next(page for page in plan_pages(view) if (page.kind, page.locale) == ("draft", locale))
    facts = read(show(page, view).body.partition('<dl class="np-facts">')[2].partition("</dl>")[0])
    assert open_yet in facts
    assert format_date(THIRD.day, locale) not in facts
    assert facts.casefold().count({"en": "draft", "de": "entwurf"}[locale]) == 1
    assert not re.search("minor change|geringfügig", read(show(page, view).body))
    compared = next(p for p in plan_pages(view) if p.kind == "compare" and (p.version, p.locale) == ("draft", locale))
    told = read(show(compared, view).body.partition('<dl class="np-facts">')[2].partition("</dl>")[0])
    assert open_yet in told


def test_a_region_that_was_renamed_keeps_its_old_permanent_addresses() -> None:
    old = make_version("2024-01-01", {"east": {"en": OLD}})
    new = make_version("2025-01-01", {"orient": {"en": NEW}}, succeeds={"orient": ["east"]})
    view = make_view((old, new))
    paths = {page.path for page in plan_pages(view)}
    assert "en/visitors/east/2024-01-01/" in paths
    assert "en/visitors/orient/2024-01-01/" not in paths
    assert "en/visitors/orient/compare/2024-01-01/2025-01-01/" in paths
    history = show(history_page("en", "visitors", "orient"), view).body
    assert 'href="../../east/2024-01-01/"' in history
    ended = show(edition_page("en", "visitors", "east"), view).body
    assert "This notice has ended for this region" in read(ended)
    assert 'href="../orient/"' in ended


def test_the_order_of_pages_is_that_of_the_library() -> None:
    assert plan_pages(make_view()) == PAGES


# ---- links


def find_links(page: Page, view: View = VIEW) -> Iterator[str]:
    fragment = show(page, view)
    yield from map(html.unescape, re.findall(r'href="([^"]*)"', fragment.menu + fragment.sidebar + fragment.body))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "chooser")
def test_every_link_of_every_page_leads_to_a_page_or_a_file(page: Page) -> None:
    known = {"/" + other.path for other in PAGES}
    for link in find_links(page):
        if link.startswith("mailto:"):
            continue
        assert page.kind == "not-found" or not link.startswith(("/", "http")), link
        target = urldefrag(urljoin("/" + page.path, link)).url
        is_file = target.endswith(("/notice.md", "/changes.atom", "/manifest.json"))
        assert target in known or is_file, f"{link} → {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "chooser")
def test_every_page_is_valid_html_with_one_heading_of_the_first_level_and_unique_ids(page: Page) -> None:
    fragment = show(page)
    start = f"<!doctype html><title>{html.escape(fragment.title)}</title>{fragment.head}<body>"
    parser = html5lib.HTMLParser()
    parser.parse(start + fragment.menu + fragment.sidebar + fragment.body)
    assert [code for _, code, _ in parser.errors] == []
    assert fragment.body.count("<h1") == 1
    ids = re.findall(r'\bid="([^"]*)"', fragment.body)
    assert len(ids) == len(set(ids))
    inside = set(ids)
    assert [link for link in find_links(page) if link.startswith("#") and link[1:] not in inside] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "chooser")
def test_no_page_loads_anything_or_runs_inline_code(page: Page) -> None:
    fragment = show(page)
    everything = fragment.head + fragment.menu + fragment.sidebar + fragment.body
    assert not re.search(
        r"<(img|iframe|script(?! type=\"application/ld\+json\")|style|object|embed|video|audio)\b", everything
    )
    assert not re.search(r"\s(src|srcset|style|on\w+)=", everything)


def test_links_in_a_text_are_made_relative_to_the_page() -> None:
    page = permanent_page("en", "visitors", "world", "2024-01-01")
    assert "../../../children/world/" in set(find_links(page))


def test_a_link_to_a_notice_that_has_nothing_to_say_here_leads_to_all_notices() -> None:
    view = make_view(ALL[:3])
    page = edition_page("en", "visitors", "world")
    links = set(find_links(page, view))
    assert "../../" in links
    assert not [link for link in links if "children" in link]


def test_what_is_not_found_is_told_in_every_language_from_the_root() -> None:
    fragment = show(not_found_page("en"), make_view(site_url="https://acme.example/notices/"))
    assert "Seite nicht gefunden" in read(fragment.body)
    assert 'href="/notices/de/"' in fragment.body


# ---- the head


def read_links(page: Page, view: View) -> list[dict[str, str]]:
    tags = re.findall(r"<link ([^>]*)>", show(page, view).head)
    return [{name: html.unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)} for tag in tags]


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.kind not in {"not-found", "chooser"}], ids=lambda page: page.path
)
def test_alternates_are_absolute_and_reciprocal_and_the_default_is_the_chooser(page: Page) -> None:
    view = make_view(site_url="https://acme.example/n/")
    alternates = {link["hreflang"]: link["href"] for link in read_links(page, view) if "hreflang" in link}
    assert alternates.pop("x-default") == "https://acme.example/n/"
    assert alternates[page.locale] == "https://acme.example/n/" + page.path
    for address in alternates.values():
        other = next(found for found in PAGES if address == "https://acme.example/n/" + found.path)
        theirs = {link["hreflang"]: link["href"] for link in read_links(other, view) if "hreflang" in link}
        assert theirs.pop("x-default")
        assert theirs == alternates


def test_a_version_links_to_its_neighbours() -> None:
    view = make_view(site_url="https://acme.example/")
    line = "https://acme.example/en/visitors/world/"
    links = {
        link["rel"]: link["href"] for link in read_links(permanent_page("en", "visitors", "world", "2026-03-01"), view)
    }
    assert links["predecessor-version"] == line + "2024-01-01/"
    assert links["successor-version"] == line + "2026-05-01/"
    assert links["latest-version"] == line
    assert links["version-history"] == line + "history/"
    assert links["canonical"] == line + "2026-03-01/"


@pytest.mark.parametrize(
    ("kind", "indexed"),
    [
        ("chooser", True),
        ("start", True),
        ("edition", True),
        ("history", True),
        ("entity", True),
        ("permanent", False),
        ("compare", False),
        ("choice", False),
    ],
)
def test_only_what_stays_true_is_indexed(kind: Kind, *, indexed: bool) -> None:
    page = next(page for page in PAGES if page.kind == kind)
    assert ('content="noindex"' in show(page).head) is not indexed


# ---- what an edition says


def permanent(version: str, locale: str = "en") -> Page:
    return permanent_page(locale, "visitors", "world", version)


CURRENT = edition_page("en", "visitors", "world")


@pytest.mark.parametrize(
    ("page", "as_of", "told"),
    [
        (CURRENT, TODAY, "A new version applies from May 1, 2026"),
        (CURRENT, TODAY, "Changed on March 1, 2026"),
        (CURRENT, TODAY, "Applies until May 1, 2026"),
        (permanent("2026-05-01"), TODAY, "Not yet in force: applies from May 1, 2026"),
        (permanent("2024-01-01"), TODAY, "This version applied from January 1, 2024 until March 1, 2026"),
        (permanent("2024-01-01"), TODAY, "The first version on record"),
        (permanent("2026-03-01"), TODAY, "Announced January 20, 2026"),
        (permanent("2024-01-01"), TODAY, "Announced not recorded"),
        (permanent("2026-03-01", "de"), TODAY, "Eine neue Version gilt ab 1. Mai 2026"),
        (edition_page("en", "children", "world"), TODAY, "Supplements Notice for visitors"),
        (CURRENT, TODAY, "Supplemented by Notice for children"),
    ],
)
def test_a_page_says_where_its_version_stands(page: Page, as_of: AsOf, told: str) -> None:
    assert told in body(page, make_view(as_of=as_of))


def test_a_change_is_no_longer_recent_after_thirty_days() -> None:
    assert "Changed on" in body(CURRENT, make_view(as_of=date(2026, 3, 30)))
    assert "Changed on" not in body(CURRENT, make_view(as_of=date(2026, 3, 31)))


def test_dates_are_for_machines_too_and_never_relative() -> None:
    told = show(CURRENT).body
    assert '<time datetime="2026-03-01">March 1, 2026</time>' in told
    assert '<time datetime="2026-03-01T00:00:00+00:00">00:00, UTC</time>' in told
    assert " ago" not in read(told)


def test_an_assumed_zone_is_said_in_plain_words() -> None:
    assumed = make_version("2024-01-01", zone="America/Los_Angeles", assumed=True)
    stated = make_version("2024-01-01", zone="America/Los_Angeles")
    sentence = "00:00, Los Angeles Time The notice states no time zone; this one is assumed."
    assert sentence in body(CURRENT, make_view([assumed]))
    assert "assumed" not in body(CURRENT, make_view([stated]))


def test_a_day_without_midnight_is_not_said_to_begin_at_it() -> None:
    cairo = make_version("2026-04-24", zone="Africa/Cairo")
    assert "01:00, Cairo Time" in body(CURRENT, make_view([cairo], date(2026, 5, 1)))


def test_a_text_that_equals_its_predecessor_says_that_nothing_changed() -> None:
    view = make_view([FIRST, make_version("2026-03-01", both(OLD))])
    told = body(permanent("2026-03-01"), view)
    assert "Nothing changed for this region" in told
    assert "What changed in this version" not in told
    assert "Nothing changed for this region" in body(
        compare_page("en", "visitors", "world", "2024-01-01", "2026-03-01"), view
    )


def test_an_announced_version_that_changes_nothing_here_says_so() -> None:
    soon = make_version("2026-05-01", both(OLD), announced=datetime(2026, 3, 2, tzinfo=UTC))
    told = body(CURRENT, make_view([FIRST, soon]))
    assert "A new version applies from May 1, 2026 Nothing changes for this region." in told


def test_a_missing_translation_is_said_and_never_replaced_by_an_older_one() -> None:
    untranslated = make_version("2026-03-01", {"world": {"en": NEW}})
    view = make_view([FIRST, untranslated])
    for page in (edition_page("de", "visitors", "world"), permanent("2026-03-01", "de")):
        fragment = show(page, view)
        assert "Noch nicht übersetzt: Deutsch" in read(fragment.body)
        assert '<div class="np-text" lang="en" dir="ltr">' in fragment.body
        assert '<ol class="np-contents__list" lang="en">' in fragment.sidebar
        assert "We use no cookies at all." in read(fragment.body)
        assert "Die letzte Version auf Deutsch nicht mehr in Kraft" in read(fragment.body)
        assert "Wir verwenden" not in fragment.body


def test_a_first_version_that_is_only_announced_is_shown_as_such_at_the_current_address() -> None:
    view = make_view([THIRD])
    assert "Not yet in force: applies from May 1, 2026" in body(CURRENT, view)


def test_a_correction_links_to_the_revision() -> None:
    revised = make_version("2024-01-01.1", both(NEW), announced=datetime(2024, 2, 1, tzinfo=UTC))
    view = make_view([FIRST, revised])
    told = show(permanent("2024-01-01"), view).body
    assert "Corrected on February 1, 2024" in read(told)
    assert 'href="../2024-01-01.1/"' in told


def test_the_text_of_the_notice_is_what_was_sealed() -> None:
    told = show(CURRENT).body
    assert "We use no cookies at all." in told
    assert '<h2 id="cookies">' in told
    assert SECOND.editions["world", "en"].sha256 in told
    assert 'href="2026-03-01/notice.md"' in told


def test_what_people_wrote_is_escaped() -> None:
    record = ChangeRecord("material", {"en": "<script>alert(1)</script> & more"})
    view = make_view([FIRST, replace(SECOND, record=record, titles={"en": "A <b> & B"})])
    fragment = show(CURRENT, view)
    assert "<script>alert" not in fragment.body
    assert "A <b> & B" in fragment.title
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in fragment.body


def test_switches_stay_on_the_same_notice_and_version() -> None:
    versions = [
        make_version(day, {"east": {"en": text}, "west": {"en": text}})
        for day, text in (("2024-01-01", OLD), ("2025-01-01", NEW))
    ]
    view = make_view(versions)
    page = permanent_page("en", "visitors", "east", "2024-01-01")
    fragment = show(page, view)
    assert (
        'href="../../../../de/visitors/east/2024-01-01/"' in fragment.menu
        or 'de/visitors/east/2024-01-01/"' in fragment.menu
    )
    assert 'href="../../west/2024-01-01/" data-np-hash' in fragment.body
    compared = show(compare_page("en", "visitors", "east", "2024-01-01", "2025-01-01"), view)
    assert "west/compare/2024-01-01/2025-01-01/" in compared.body


# ---- redlines and histories


def test_a_redline_lists_what_changed_and_marks_it_for_eyes_and_ears() -> None:
    fragment = show(compare_page("en", "visitors", "world", "2024-01-01", "2026-03-01"))
    assert "1 section changed" in read(fragment.body)
    assert 'href="#change-1"' in fragment.body
    assert 'id="change-1"' in fragment.body
    assert re.search(r"<ins>.*\[inserted:.*no.*end of insertion\].*</ins>", fragment.body)
    assert "What is new on 2026-03-01." in read(fragment.body)


def test_a_redline_over_several_versions_tells_each_of_their_reasons() -> None:
    versions = [make_version(f"202{year}-01-01", both(f"# A\n\nWords of year {year}.\n")) for year in (1, 2, 3)]
    told = body(compare_page("en", "visitors", "world", "2021-01-01", "2023-01-01"), make_view(versions))
    assert "What is new on 2022-01-01." in told
    assert "What is new on 2023-01-01." in told
    assert "What is new on 2021-01-01." not in told


def test_a_redline_without_a_translation_is_shown_in_a_language_that_both_have() -> None:
    view = make_view([FIRST, make_version("2026-03-01", {"world": {"en": NEW}})])
    told = body(compare_page("de", "visitors", "world", "2024-01-01", "2026-03-01"), view)
    assert "Der Vergleich steht hier auf Englisch." in told
    assert "[eingefügt:" in told


def test_a_redline_of_two_titles_is_one_page_with_one_title() -> None:
    view = make_view([FIRST, make_version("2026-03-01", both("# Something else entirely\n\nNew words.\n"))])
    told = show(compare_page("en", "visitors", "world", "2024-01-01", "2026-03-01"), view).body
    assert told.count("<h1") == 1
    assert "Privacy" in told
    assert "Something else entirely" in told


def test_titles_are_unique_in_a_language() -> None:
    titles = [(page.locale, show(page).title) for page in PAGES if page.kind != "not-found"]
    assert len(titles) == len(set(titles))


def test_a_history_has_a_row_for_each_version_newest_first() -> None:
    told = show(history_page("en", "visitors", "world")).body
    assert re.findall(r'<tbody id="v([\d-]+)"', told) == ["2026-05-01", "2026-03-01", "2024-01-01"]
    text = read(told)
    for words_ in (
        "not recorded",
        "January 20, 2026",
        "material change",
        "What is new on 2026-03-01.",
        "with the version before",
    ):
        assert words_ in text


# ---- places and people


@pytest.mark.parametrize("locale", ["en", "de"])
def test_every_territory_is_on_the_page_of_a_language_by_its_name_there(locale: str) -> None:
    told = read(show(start_page(locale)).body)
    assert [code for code in countries() if territory_name(code, locale) not in told] == []


def test_the_chooser_has_every_territory_every_region_and_every_language() -> None:
    version = make_version("2024-01-01", {"east": {"en": OLD}, "west": {"en": OLD}})
    regions = {
        "east": replace(version.regions["east"], territories=("JP", "US-CA")),
        "west": replace(version.regions["west"], territories=("US", "US-NY")),
    }
    view = make_view([replace(version, regions=regions)])
    fragment = show(plan_pages(view)[0], view)
    told = read(fragment.body)
    assert "New York" not in told  # it goes with its country
    for locale in ("en", "de"):
        assert [code for code in countries() if territory_name(code, locale) not in told] == []
        for code in ("JP", "US-CA"):
            assert f'href="{locale}/#why-east-published">{territory_name(code, locale)}<' in fragment.body
        for region in regions:
            assert f'href="{locale}/visitors/{region}/"' in fragment.body


def test_a_chooser_line_says_who_answers_and_what_is_coming() -> None:
    told = body(PAGES[0])
    assert "Who answers to you: The acme-inc company" in told
    assert "A new version applies from May 1, 2026" in told


SLICES = (
    Facts("acme-ltd", date(2010, 1, 1), "Acme Old Ltd", answers_for=("world",), jointly=True),
    Facts(
        "acme-ltd",
        date(2015, 1, 1),
        "Acme Ltd",
        contacts={"privacy": "privacy@acme.example", "rights": "privacy@acme.example"},
    ),
)


def test_an_entity_is_told_with_its_former_name_and_until_when_it_answered() -> None:
    view = make_view()
    library = replace(view.library, entities={"acme-ltd": Entity("acme-ltd", SLICES)})
    told = body(entity_page("en", "acme-ltd"), replace(view, library=library))
    assert "Acme Old Ltd (until January 1, 2015)" in told
    assert "The world: from January 1, 2010, no longer since January 1, 2015 (jointly with others)" in told
    assert "Privacy · Your rights privacy@acme.example" in told
    assert "Register" not in told


def test_spans_and_names_follow_the_slices() -> None:
    again = Facts("acme-ltd", date(2020, 1, 1), "Acme Ltd", answers_for=("world",))
    spans = list_spans([*SLICES, again])
    assert [(span.since.year, span.until and span.until.year) for span in spans] == [(2020, None), (2010, 2015)]
    assert list_former_names([*SLICES, again]) == [("Acme Old Ltd", date(2015, 1, 1))]


# ---- words


def test_a_message_that_has_no_translation_is_shown_in_english() -> None:
    versions = [replace(FIRST, editions={("world", "fr"): replace(FIRST.editions["world", "en"], locale="fr")})]
    library = make_library(versions, make_settings(locales=("fr",)))
    view = View(library, {"visitors": trace_notice("visitors", versions, TODAY)}, TODAY, TEMPLATES)
    assert "Who answers to you" in body(edition_page("fr", "visitors", "world"), view)


# ---- the look


def read_colours() -> dict[str, dict[str, str]]:
    """The colour tokens of the style sheet, as they stand in each scheme."""
    css = (ROOT / "templates" / "theme" / "stylesheets" / "tokens.css").read_text(encoding="utf-8")
    roots = [
        dict(re.findall(r"--np-([\w-]+): (#\w+);", block))
        for block in re.findall(r":root \{([^}]*?--np-paper.*?)\}", css, re.DOTALL)
    ]
    return {"light": roots[0], "dark": roots[0] | roots[1]}


def measure_luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def measure_contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21."""
    dark, light = sorted((measure_luminance(one), measure_luminance(other)))
    return (light + 0.05) / (dark + 0.05)


TONES = ("inserted", "deleted", "moved", "future", "recent", "past")
PAIRS = [
    *((name, ground) for name in ("ink", "quiet", "accent", "accent-strong") for ground in ("paper", "accent-tint")),
    *((tone, ground) for tone in TONES for ground in (f"{tone}-tint", "paper")),
    *((name, f"{tone}-tint") for name in ("ink", "accent") for tone in ("future", "recent", "past")),
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(scheme: str) -> None:
    colours = read_colours()[scheme]
    ratios = {pair: measure_contrast(colours[pair[0]], colours[pair[1]]) for pair in PAIRS}
    assert {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < 4.5} == {}


def test_contrast_is_measured_as_wcag_does() -> None:
    assert measure_contrast("#000", "#fff") == pytest.approx(21)
    assert measure_contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_theme_asks_no_other_host_and_stores_nothing() -> None:
    for path in sorted((ROOT / "templates" / "theme").rglob("*.*")):
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        text = re.sub(r"/\*.*?\*/|^[ \t]*//[^\n]*", "", text, flags=re.DOTALL | re.MULTILINE)
        assert not re.search(r"https?://|@import|localStorage|sessionStorage|document\.cookie", text), path.name


@pytest.mark.parametrize(
    ("page", "path"),
    [
        (draft_page("en", "visitors", "world", "draft"), "draft/de/visitors/world/"),
        (edition_page("en", "en", "en"), "de/en/en/"),
        (start_page("en"), "de/"),
    ],
)
def test_a_page_turns_to_itself_in_another_language(page: Page, path: str) -> None:
    turned = turn_page(page, "de")
    assert (turned.path, turned.locale) == (path, "de")
