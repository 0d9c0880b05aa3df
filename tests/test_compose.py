"""Facts stand in a text as plain words of its language, and a draft is what would be sealed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticepress.compose import compose_draft, effective_in, says_the_same
from noticepress.library import load_library
from noticepress.localize import format_date
from noticepress.placeholders import Record
from noticepress.site import compose_drafts
from tests import acme
from tests.compositions import DAY, GMBH, IBERIA, INC, compose, fill, gather
from tests.factories import make_settings

# ---- values in the text's language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ organisation }} {{ locale }}", "Acme Research en"),
        ("{{ notice.id }} {{ notice.title }}", "website Privacy"),
        ("{{ region.id }} {{ region.name }}", "world the world"),
        ("{{ version.id }} {{ version.effective }}", "2024-01-10 January 10, 2024"),
        ("{{ version.effective.year }}", "2024"),
        ("{{ entity }} {{ entity.legal_name }} {{ entity.id }}", "Acme Research Inc. Acme Research Inc. acme-inc"),
        ("{{ entities }}; {{ entities | names }}", "Acme Research Inc.; Acme Research Inc."),
        ('{{ ["a", "*b*"] | join(" *or* ") }}', "a *or* \\*b\\*"),
        ("{{ contact.privacy }} {{ contact['privacy'] }}", "privacy@acme.example privacy@acme.example"),
        ("{{ contact.privacy | mail }}", "[privacy@acme.example](mailto:privacy@acme.example)"),
        ("{{ contact.post.locality }}", "Boston"),
        ("{{ entity.contact.phone }}", "+1 555 0100"),
        ("{{ seals[0].issuer }} for {{ seals[0].scope }}", "Sealers for the website"),
        ("{{ seals | length }} {{ seals | map(attribute='issuer') | names }}", "1 Sealers"),
        ('{{ roster["acme-inc"].legal_name }}', "Acme Research Inc."),
        ('[x]({{ link("children") }})', "[x](/en/children/world/)"),
        ("{% set e = entities | first %}{{ e.legal_name | upper }}", "ACME RESEARCH INC."),
        ("{% if contact.dpo is defined %}a{% else %}b{% endif %}", "b"),
        ("{{ contact.dpo | default('none') }}", "none"),
        ("{{ 'a' if region.id in ['world', 'x'] else 'b' }}", "a"),
        ("{% for e in entities if e.id != 'x' %}{{ loop.index }}{% else %}none{% endfor %}", "1"),
        ("a {## not told ##}b {#id}", "a b {#id}"),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
    ],
)
def test_a_text_may_name_the_facts_of_its_edition(text: str, expected: str) -> None:
    assert fill(text) == expected


NAMES = "{{ entities | names }}"
DATE = "{{ version.effective | date }}"
ADDRESS = "{{ contact.post | address }}"


@pytest.mark.parametrize(
    ("locale", "text", "expected"),
    [
        ("en", NAMES, r"Acme_Europe GmbH\*, Acme Research Inc., and Iberia Acme SL"),
        ("de", NAMES, r"Acme_Europe GmbH\*, Acme Research Inc. und Iberia Acme SL"),
        ("es", NAMES, r"Acme_Europe GmbH\*, Acme Research Inc. e Iberia Acme SL"),
        ("ja", NAMES, r"Acme_Europe GmbH\*、Acme Research Inc.、Iberia Acme SL"),
        ("en", DATE, "January 10, 2024"),
        ("de", "am " + DATE, "am 10. Januar 2024"),
        ("de", DATE, r"10\. Januar 2024"),  # at the start of a line it would be a list
        ("es", DATE, "10 de enero de 2024"),
        ("ja", DATE, "2024年1月10日"),
        ("en", ADDRESS, "12 Harbor Street, Boston, MA 02110, United States"),
        ("de", ADDRESS, "12 Harbor Street, Boston, MA 02110, Vereinigte Staaten"),
        ("es", ADDRESS, "12 Harbor Street, Boston, MA 02110, Estados Unidos"),
        ("ja", ADDRESS, "12 Harbor Street, Boston, MA 02110, アメリカ合衆国"),
        ("es", "{{ region.name }}", "el mundo"),
        ("ja", "{{ region.name }}", "the world"),
    ],
)
def test_lists_dates_and_addresses_are_in_the_language_of_the_text(locale: str, text: str, expected: str) -> None:
    assert fill(text, gather(GMBH, INC, IBERIA, locale=locale), locale) == expected


def test_the_words_beside_a_filter_do_not_change_with_it() -> None:
    assert fill("{{ version.effective }}") == fill(DATE) == format_date(DAY, "en")
    assert fill("{{ contact.post }}") == fill(ADDRESS)


def test_where_several_have_a_contact_the_first_by_id_is_named() -> None:
    europe = replace(GMBH, contacts={"privacy": "eu@acme.example"})
    facts = gather(europe, INC)
    assert fill("{{ contact.privacy }} {{ contact.phone }}", facts) == "eu@acme.example +1 555 0100"


def test_a_certification_is_named_while_it_holds() -> None:
    issuers = {day: fill("{{ seals | length }}", gather(day=day)) for day in (date(2024, 1, 9), DAY, date(2024, 1, 11))}
    assert list(issuers.values()) == ["2", "1", "0"]


# ---- lines


@given(
    st.lists(
        st.sampled_from(
            [
                *("words", "", "{{ v }} words", "words {{ v }}", "{% if true %}", "{% endif %}", "{% for a in v %}"),
                *(
                    "- {{ a }} b",
                    "{% endfor %}",
                    "{## told to nobody ##}",
                    "{% if false %}gone{% endif %}",
                    "a {%- if v %}",
                ),
            ]
        ),
        max_size=12,
    )
)
def test_a_composed_line_knows_the_line_it_came_from(lines: list[str]) -> None:
    numbered = [
        f"{line} L{number}" if "words" in line or line.startswith("- ") else line
        for number, line in enumerate(lines, 1)
    ]
    composed = compose("\n".join(numbered), {"v": ["x", "y"]})
    for line, origin in zip(composed.text.split("\n"), composed.lines, strict=False):
        if "L" in line:
            assert line.endswith(f"L{origin}")
            assert composed.source(composed.text.split("\n").index(line) + 1).path == "en.md"


def test_a_line_of_tags_alone_leaves_no_line_behind() -> None:
    text = "a\n\n{% for e in v %}\n- {{ e }}\n{% endfor %}\n\n{% if false %}\nb\n\n{% endif %}\nc\n"
    composed = compose(text, {"v": ["x", "y"]})
    assert composed.text == "a\n\n- x\n- y\n\nc\n"
    assert composed.lines == (1, 2, 4, 4, 6, 11)


def test_a_place_in_a_composed_text_leads_back() -> None:
    composed = compose("{% set x = 1 %}\nab [c](d)\n{{ organisation }} [e](f)\n")
    assert str(composed.source(1, 4)) == "en.md:2:4"
    assert str(composed.source(2, 15)) == "en.md:3:1"  # facts moved it
    assert str(composed.source(99)) == "en.md:3:1"
    assert str(compose("").source(1)) == "en.md:1:1"


# ---- drafts


def test_a_draft_is_the_version_that_would_be_sealed(tmp_path: Path) -> None:
    site = acme.make_site(tmp_path)
    draft = compose_draft(load_library(site), "website", acme.DRAFTING)
    assert draft.problems == ()
    acme.release(site)
    (sealed,) = load_library(site).versions["website"]
    assert not draft.version.sealed
    assert {key: edition.text for key, edition in draft.version.editions.items()} == {
        key: edition.text for key, edition in sealed.editions.items()
    }
    assert {name: region.territories for name, region in draft.version.regions.items()} == {
        name: region.territories for name, region in sealed.regions.items()
    }


def test_without_a_record_a_draft_bears_the_newest_date_and_shows_the_facts_of_the_run(tmp_path: Path) -> None:
    site = acme.make_history(tmp_path)
    moved = "  - from: 2024-08-01\n    address: {street: 1 New Road, locality: Salem, country: US}\n"
    path = site / "entities/acme-inc.yml"
    path.write_text(path.read_text(encoding="utf-8") + moved, encoding="utf-8")
    library = load_library(site)
    newest = library.versions["website"][-1]
    for day, is_moved in ((date(2024, 1, 1), False), (date(2024, 7, 31), False), (date(2024, 8, 1), True)):
        draft = compose_draft(library, "website", day).version
        effective = draft.regions["americas"].effective
        assert (draft.day, effective and effective.day) == (newest.day, newest.day)
        text = draft.editions["americas", "en"].text
        assert "applies from May 20, 2024" in text
        assert ("1 New Road" in text) is is_moved
        assert says_the_same(draft, newest) is not is_moved
        assert list(compose_drafts(library, day)) == (["website"] if is_moved else [])


def test_where_only_others_answer_a_draft_is_listed(tmp_path: Path) -> None:
    site = acme.make_history(tmp_path)
    library = load_library(site)
    newest = library.versions["website"][-1]
    draft = compose_draft(library, "website", date(2024, 6, 1)).version
    answering = replace(draft.regions["americas"], entities=(INC, *draft.regions["americas"].entities))
    assert says_the_same(draft, newest)
    assert not says_the_same(replace(draft, regions={**draft.regions, "americas": answering}), newest)


def test_the_same_files_make_the_same_draft(tmp_path: Path) -> None:
    drafts = [
        compose_draft(load_library(acme.make_site(tmp_path / name)), "website", acme.DRAFTING) for name in ("a", "b")
    ]
    assert drafts[0] == drafts[1]


def test_a_draft_tells_what_is_wrong_in_any_region_and_language(tmp_path: Path) -> None:
    site = acme.make_site(tmp_path)
    acme.replace_text(
        site, "content/website/es.md", "## Cambios", "{% if region.id == 'americas' %}{{ x }}{% endif %}\n\n## Cambios"
    )
    acme.replace_text(site, "content/website/ja.md", "## 変更", "{{ entity.legal_name }}\n\n## 変更")
    problems = compose_draft(load_library(site), "website", acme.DRAFTING).problems
    assert [f"{problem.source} {problem.message}" for problem in problems] == [
        "content/website/es.md:34:36 unknown value 'x'",
        "content/website/ja.md:34:4 unknown value 'entity'",
    ]


@pytest.mark.parametrize(
    ("zones", "zone", "assumed"),
    [
        (["America/New_York", "Europe/Madrid"], "America/New_York", False),
        (["Europe/Madrid", ""], "Europe/Madrid", False),
        ([""], "UTC", True),
        ([], "UTC", True),
    ],
)
def test_a_version_applies_when_the_last_company_has_reached_its_day(
    zones: list[str], zone: str, *, assumed: bool
) -> None:
    entities = [replace(INC, entity=f"e{index}", zone=name) for index, name in enumerate(zones)]
    effective = effective_in(entities, make_settings(), DAY)
    assert (effective.zone, effective.assumed) == (zone, assumed)


def test_a_day_of_announcement_begins_last_where_it_begins_last(tmp_path: Path) -> None:
    site = acme.make_site(tmp_path)
    acme.replace_text(site, "content/website/next.yml", "2023-12-06T10:00:00+00:00", "2023-12-06")
    draft = compose_draft(load_library(site), "website", acme.DRAFTING)
    assert str(draft.version.announced) == "2023-12-06 05:00:00+00:00"


def test_a_record_shows_only_what_is_known() -> None:
    record = Record({"name": "A", "number": "", "form": None, "aliases": ()})
    assert list(record) == ["name"]
    assert str(record) == "A"
