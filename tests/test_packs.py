"""Rule packs: whole, dated, marked with how sure they are, and told in the documentation word for word."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from noticepress.checks.coverage import CASES
from noticepress.checks.packs import (
    Element,
    Mechanism,
    Pack,
    expand_names,
    list_names,
    list_tags,
    load_groups,
    load_mechanisms,
    load_packs,
    load_sources,
    suggest_tags,
)
from noticepress.territories import expand

PACKS = tuple(load_packs().values())
ELEMENTS = tuple((pack, element) for pack in PACKS for element in pack.elements)
DOC = Path(__file__).parent.parent / "docs" / "rule-packs.md"
CERTAINTIES = {"read", "second-hand", "unverified"}
CHECKS = {"CE01", "CE02", "CE05"}

THEN, NOW = date(2012, 3, 9), date(2026, 11, 23)


def name_element(pair: tuple[Pack, Element]) -> str:
    return pair[1].tag


# ---- whole


def test_every_pack_of_the_catalogue_is_there() -> None:
    assert list_names() == (
        *("eu", "uk", "us-ca", "us-caloppa", "us-co", "us-mn", "us-nj", "us-coppa"),
        *("br", "cn", "jp", "ca-qc", "kr", "us-states"),
    )


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_a_pack_has_territories_dates_and_sources(pack: Pack) -> None:
    assert expand(pack.territories, NOW)
    assert expand(pack.home, NOW) >= expand(pack.territories, NOW)
    assert pack.name
    assert pack.jurisdiction
    assert pack.dated in CERTAINTIES
    assert pack.sources
    assert set(pack.sources) <= set(load_sources())
    assert pack.since < (pack.until or date.max)
    tags = [element.tag for element in pack.elements]
    assert len(tags) == len(set(tags)) > 4


@pytest.mark.parametrize(("pack", "element"), ELEMENTS, ids=[name_element(pair) for pair in ELEMENTS])
def test_an_element_has_words_a_provision_a_mark_and_a_source(pack: Pack, element: Element) -> None:
    assert element.tag == f"{pack.id}:{element.name}"
    assert element.words == element.words.strip(" .") != ""
    assert element.law
    assert element.certainty in CERTAINTIES
    assert set(element.sources) <= set(load_sources())
    assert element.sources
    # What nobody looked up is not sure, and what was read names what.
    assert (element.sources == ("heart",)) <= (element.certainty == "unverified")
    assert element.when in {"", *CASES}
    assert element.check in CHECKS
    if element.since is None:
        assert element.dated is None
    else:
        assert element.since > pack.since
        assert element.dated in CERTAINTIES


def test_every_case_is_of_use() -> None:
    assert set(CASES) == {element.when for _, element in ELEMENTS if element.when}


def test_groups_stand_for_packs() -> None:
    assert load_groups() == {"us-states": ("us-co", "us-mn", "us-nj")}
    assert [pack.id for pack in expand_names(("us-states", "us-nj", "eu", "none"))] == ["us-co", "us-mn", "us-nj", "eu"]


def test_every_source_is_of_use() -> None:
    named = {source for pack in PACKS for source in pack.sources}
    named |= {source for _, element in ELEMENTS for source in element.sources}
    named |= {source for mechanism in load_mechanisms() for source in mechanism.sources}
    assert set(load_sources()) == named


@pytest.mark.parametrize("mechanism", load_mechanisms(), ids=lambda mechanism: mechanism.id)
def test_a_mechanism_has_names_and_one_day_that_nobody_verified(mechanism: Mechanism) -> None:
    assert mechanism.names
    assert all(name == name.casefold() for name in mechanism.names)
    assert (mechanism.since is None) != (mechanism.until is None)
    assert mechanism.certainty == "unverified"


# ---- in time


def list_in_force(day: date) -> set[str]:
    return {pack.id for pack in PACKS if pack.applies_on(day)}


def test_the_law_of_2012_is_four_packs() -> None:
    assert list_in_force(THEN) == {"us-caloppa", "us-coppa", "jp", "kr"}
    assert list_in_force(NOW) == set(load_packs())


@pytest.mark.parametrize(
    ("tag", "last_day_without"),
    [
        ("uk:164A", date(2026, 6, 18)),
        ("us-caloppa:dnt", date(2013, 12, 31)),
        ("us-caloppa:third-party-tracking", date(2013, 12, 31)),
        ("us-coppa:third-party-identities", date(2026, 4, 21)),
        ("us-coppa:retention", date(2026, 4, 21)),
        ("us-ca:right-correct", date(2022, 12, 31)),
    ],
)
def test_an_element_that_came_later_is_asked_for_from_its_day(tag: str, last_day_without: date) -> None:
    pack = load_packs()[tag.partition(":")[0]]
    assert tag not in [element.tag for element in pack.list_elements(last_day_without)]
    next_day = date.fromordinal(last_day_without.toordinal() + 1)
    assert tag in [element.tag for element in pack.list_elements(next_day)]


@pytest.mark.parametrize(
    ("pack", "first_day"),
    [
        ("eu", date(2018, 5, 25)),
        ("us-ca", date(2020, 1, 1)),
        ("us-nj", date(2025, 1, 15)),
        ("us-mn", date(2025, 7, 31)),
    ],
)
def test_a_pack_is_in_force_from_its_first_day(pack: str, first_day: date) -> None:
    assert not load_packs()[pack].applies_on(date.fromordinal(first_day.toordinal() - 1))
    assert load_packs()[pack].applies_on(first_day)


# ---- tags


@pytest.mark.parametrize(
    ("tag", "packs"),
    [
        ("eu:13.1.a", {"eu", "uk"}),  # the text is the same
        ("gdpr:13.1.a", {"eu", "uk"}),
        ("uk:13.1.a", {"uk"}),
        ("uk:164A", {"uk"}),
        ("us-states:appeal", {"us-co", "us-mn", "us-nj"}),
        ("us-nj:appeal", {"us-nj"}),
        ("joint-essence", {"eu", "uk"}),
        ("eu:164A", set[str]()),
    ],
)
def test_a_tag_covers_the_elements_of_its_packs(tag: str, packs: set[str]) -> None:
    assert {pack.id for pack, element in ELEMENTS if tag in element.tags} == packs


@pytest.mark.parametrize(
    "tag",
    [
        *("eu:13.1.a", "eu:13.1.c-purposes", "eu:13.1.e", "eu:13.2.a", "eu:13.2.b-rectification"),
        *("eu:13.2.b-erasure", "eu:cookies", "us-caloppa:categories", "us-caloppa:third-parties"),
        *("us-caloppa:review-process", "us-caloppa:change-process", "us-caloppa:effective-date"),
        *("us-caloppa:third-party-tracking", "gdpr:13.1.a", "uk:13.1.a"),
    ],
)
def test_tags_in_use_are_known(tag: str) -> None:
    assert tag in list_tags()[tag.partition(":")[0]]
    assert suggest_tags(tag) is None


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        ("eu:13.2.b", ("eu:13.2.b-access", "eu:13.2.b-rectification", "eu:13.2.b-erasure")),
        ("eu:13.1.c-purpose", ("eu:13.1.c-purposes",)),
        ("us-calopa:dnt", ("us-caloppa:dnt",)),
        ("eu:164A", ()),
    ],
)
def test_a_tag_that_no_pack_knows_is_told_with_what_may_be_meant(tag: str, meant: tuple[str, ...]) -> None:
    suggested = suggest_tags(tag)
    assert suggested is not None
    assert suggested[: len(meant)] == meant
    assert bool(suggested) == bool(meant)


@pytest.mark.parametrize("tag", ["operator", "caloppa:operator", "iso:5.2.8", "our-own:thing", "eur:1"])
def test_tags_of_ones_own_are_left_alone(tag: str) -> None:
    assert suggest_tags(tag) is None


# ---- told


def describe_element(pack: Pack, element: Element) -> str:
    since = f"{element.since}, {element.dated}" if element.since else ""
    case = f"`{element.when}`" if element.when else ""
    others = " ".join(f"`{tag}`" for tag in element.tags if ":" not in tag)
    sources = ", ".join(source for source in element.sources if source != "heart")
    sure = f"{element.certainty} {sources}".strip()
    by = f"`{element.check}`" if element.check != "CE01" else ""
    told = " ".join(part for part in (by, others) if part)
    assert pack.find_element(element.name) is element
    return f"| `{element.tag}` | {element.words} | {case} | {since} | {element.law} | {sure} | {told} |"


def describe_pack(pack: Pack) -> str:
    sources = ", ".join(source for source in pack.sources if source != "heart")
    sure = f"{pack.dated} {sources}".strip()
    where = " ".join(f"`{code}`" for code in pack.territories)
    return f"| `{pack.id}` | {pack.name} | {where} | {pack.since} | {sure} |"


def test_every_pack_is_documented_as_it_is() -> None:
    lines = DOC.read_text(encoding="utf-8").splitlines()
    assert [row for pack in PACKS if (row := describe_pack(pack)) not in lines] == []
    told = {line for line in lines if line.startswith("| `") and line.split("`")[1] in load_packs()}
    assert len(told) == len(PACKS)
    text = " ".join(lines)
    assert [pack.note for pack in PACKS if pack.note not in text] == []


def test_every_element_is_documented_as_it_is() -> None:
    lines = DOC.read_text(encoding="utf-8").splitlines()
    rows = {describe_element(pack, element) for pack, element in ELEMENTS}
    assert sorted(rows - set(lines)) == []
    told = {line for line in lines if line.startswith("| `") and line.split("`")[1].partition(":")[0] in load_packs()}
    assert sorted(line for line in told - rows if ":" in line.split("`")[1]) == []


def test_every_source_case_group_and_mechanism_is_documented() -> None:
    text = DOC.read_text(encoding="utf-8")
    assert [source for source, what in load_sources().items() if f"| {source} | {what} |" not in text] == []
    assert [case for case in CASES if f"| `{case}` |" not in text] == []
    assert [group for group in load_groups() if f"`{group}`" not in text] == []
    for mechanism in load_mechanisms():
        assert (
            f"| {mechanism.name} | {mechanism.since or ''} | {mechanism.until or ''} | {mechanism.certainty} |" in text
        )
