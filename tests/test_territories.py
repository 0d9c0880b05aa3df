"""Rules, the partition of the world, and the way from a territory to its region."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Mapping
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticepress.errors import Source
from noticepress.model import Entity, Facts, Region, SealedRegion
from noticepress.territories import (
    Overlap,
    UnknownTerritory,
    all_territories,
    answering_entities,
    check_regions,
    claim,
    countries,
    expand,
    explain_territory,
    find_gaps,
    find_overlaps,
    find_region,
    shorten_territories,
)

DAY = date(2026, 11, 23)
ASIA_LISTED = (
    "AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK "
    "PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE"
)
ASIA = ASIA_LISTED.split()

FAULTY = {"inc": ["US", "142"], "ltd": ["001 - US"], "third": ["001 - US"]}
TERMS = {"inc": ["019"], "ltd": ["150 - ES", "002", "142", "009"], "es": ["ES"]}
MSA = {
    "inc": ["019"],
    "ltd": ["150 - AT FR DE ES CH", "002", "142", "009"],
    "es": ["ES"],
    "gmbh": ["AT", "DE", "CH"],
    "fr": ["FR"],
}


def make_region(id_: str, *rule: str, line: int = 1) -> Region:
    return Region(id_, {}, rule, source=Source("entities/regions.yml", line))


def make_regions(rules: Mapping[str, list[str]]) -> dict[str, Region]:
    return {id_: make_region(id_, *rule, line=line) for line, (id_, rule) in enumerate(rules.items(), start=1)}


def make_entity(id_: str, *answers_for: str, jointly: bool = False, since: date = date(2000, 1, 1)) -> Entity:
    source = Source(f"entities/{id_}.yml", 2)
    facts = Facts(id_, since, id_.title(), answers_for=answers_for, jointly=jointly, source=source)
    return Entity(id_, (facts,))


def list_claims(rules: Mapping[str, list[str]]) -> Mapping[str, frozenset[str]]:
    return claim(make_regions(rules).values(), DAY)


# ---- the data


def test_the_world_has_257_countries() -> None:
    assert len(countries()) == 257
    assert all(len(code) == 2 and code.isupper() for code in countries())
    assert countries() >= {"AQ", "AC", "CP", "DG", "TA"}, "Outlying Oceania is expanded"
    assert "QO" not in countries()


@pytest.mark.parametrize(
    ("group", "size"), [("001", 257), ("002", 62), ("019", 57), ("142", 51), ("150", 53), ("009", 34)]
)
def test_continents_have_their_size(group: str, size: int) -> None:
    assert len(expand([group], DAY) & countries()) == size


def test_subdivisions_are_the_states_with_dc_and_the_provinces() -> None:
    counts = Counter(code[:2] for code in all_territories() - countries())
    assert counts == {"US": 51, "CA": 13}


def test_asia_is_the_known_list() -> None:
    assert sorted(expand(["142"], DAY)) == ASIA


@pytest.mark.parametrize(
    ("territory", "group", "held"),
    [
        ("CY", "142", True),
        ("CY", "150", False),
        ("CY", "eu-gdpr", True),
        ("TR", "142", True),
        ("RU", "150", True),
        ("GL", "019", True),
        ("GL", "eu-gdpr", False),
        ("RE", "002", True),
        ("IC", "002", True),
        ("GP", "019", True),
        *((code, "eu-gdpr", True) for code in ("RE", "GP", "MQ", "GF", "YT", "MF", "IC", "EA", "AX")),
        *((code, "eu-gdpr", False) for code in ("GB", "IS", "NO", "LI", "CH", "BL", "NC", "PF", "SJ", "FO")),
        *((code, "eea", True) for code in ("IS", "NO", "LI", "FR", "RE")),
        ("CH", "eea", False),
        ("GB", "uk", True),
        *((code, "uk", False) for code in ("JE", "GG", "IM", "GI")),
        *((code, "cn", False) for code in ("HK", "MO", "TW")),
        ("US-CA", "us-ca", True),
        ("US", "us-ca", False),
        ("CA-QC", "ca-qc", True),
        ("US-CA", "US", True),
        ("CA-QC", "021", True),
    ],
)
def test_geography_is_not_law(territory: str, group: str, held: bool) -> None:  # noqa: FBT001 - a column of the table
    assert (territory in expand([group], DAY)) is held


@pytest.mark.parametrize(
    ("territory", "group", "day", "held"),
    [
        ("GB", "eu-gdpr", "2012-03-09", True),
        ("GB", "eu-gdpr", "2020-12-31", True),
        ("GB", "eu-gdpr", "2021-01-01", False),
        ("GB", "eea", "2020-12-31", True),
        ("GB", "eea", "2021-01-01", False),
        ("HR", "eu-gdpr", "2013-06-30", False),
        ("HR", "eu-gdpr", "2013-07-01", True),
        ("YT", "eu-gdpr", "2013-12-31", False),
        ("YT", "eu-gdpr", "2014-01-01", True),
        ("RO", "eu-gdpr", "2005-01-01", False),
    ],
)
def test_legal_groups_are_dated(territory: str, group: str, day: str, held: bool) -> None:  # noqa: FBT001 - see above
    assert (territory in expand([group], date.fromisoformat(day))) is held


def test_today_s_union_is_that_of_cldr_and_what_cldr_leaves_out() -> None:
    text = (files("noticepress") / "data" / "territoryContainment.json").read_text("utf-8")
    union = frozenset(json.loads(text)["supplemental"]["territoryContainment"]["EU"]["_contains"])
    assert len(union) == 27
    assert expand(["eu-gdpr"], DAY) - union == {"RE", "GP", "MQ", "GF", "YT", "MF", "IC", "EA", "AX"}
    assert union < expand(["eu-gdpr"], DAY)


def test_every_line_of_the_legal_groups_says_how_sure_it_is() -> None:
    groups = json.loads((files("noticepress") / "data" / "legal_groups.json").read_text("utf-8"))["groups"]
    known = all_territories() | groups.keys()
    for group in groups.values():
        assert set(group["name"]) == {"en", "es", "de", "ja"}
        for member in group["members"]:
            assert member["basis"] in {"read", "second-hand", "measured", "unverified", "judgement"}
            assert member["code"] in known
            assert member.get("why") or member["basis"] == "judgement"
            assert member.keys() <= {"code", "from", "until", "basis", "why"}


# ---- rules


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ([], []),
        (["ES"], ["ES"]),
        (["ES", "-ES"], []),
        (["-ES", "ES"], ["ES"]),
        (["155 - AT FR DE"], ["BE", "CH", "LI", "LU", "MC", "NL"]),
        (["155 -AT -FR -DE"], ["BE", "CH", "LI", "LU", "MC", "NL"]),
        (["FR", "155 - FR"], ["AT", "BE", "CH", "DE", "FR", "LI", "LU", "MC", "NL"]),
        (["155", "-AT FR DE"], ["BE", "CH", "LI", "LU", "MC", "NL"]),
        (["155", "- AT FR DE"], ["BE", "CH", "LI", "LU", "MC", "NL"]),
        ("BE NL LU", ["BE", "LU", "NL"]),
        (["US-CA", "us-co"], ["US-CA", "US-CO"]),
    ],
)
def test_a_rule_is_read_from_left_to_right(rule: list[str] | str, expected: list[str]) -> None:
    assert sorted(expand(rule, DAY)) == expected


def test_a_country_brings_its_subdivisions_and_one_can_be_taken_away() -> None:
    held = expand(["US", "-US-CA"], DAY)
    assert "US" in held
    assert "US-TX" in held
    assert "US-CA" not in held
    assert not expand(["001", "-US"], DAY) & expand(["US"], DAY)


@pytest.mark.parametrize(
    ("code", "suggestion"),
    [
        ("UK", "GB"),
        ("EL", "GR"),
        ("EU", "eu-gdpr"),
        ("us", "US"),
        ("EEA", "eea"),
        ("Asia", "142"),
        ("United States", "US"),
        ("eu-gpdr", "eu-gdpr"),
        ("150-ES", "150 - ES"),
        ("US-PR", "PR"),
        ("ES-CN", "IC"),
        ("US-XX", ""),
        ("QO", ""),
        ("ZZ", ""),
        ("", ""),
        ("001 -", ""),
        ("rest", ""),
    ],
)
def test_an_unknown_code_is_refused_with_a_suggestion(code: str, suggestion: str) -> None:
    with pytest.raises(UnknownTerritory) as caught:
        expand(["ES", code], DAY)
    assert (caught.value.code, caught.value.suggestion) == (code, suggestion)


def test_unknown_codes_are_refused_where_they_are_taken_away_too() -> None:
    with pytest.raises(UnknownTerritory, match="did you mean 'GB'"):
        expand(["001", "-UK"], DAY)


@pytest.mark.parametrize(
    ("territory", "rule", "path"),
    [
        ("JP", ["142"], ("JP", "030", "142")),
        ("JP", ["001", "JP"], ("JP",)),
        ("AQ", ["009"], ("AQ", "QO", "009")),
        ("US-CA", ["001"], ("US-CA", "US", "021", "019", "001")),
        ("US-CA", ["us-ca"], ("US-CA", "us-ca")),
        ("MX", ["419"], ("MX", "013", "419")),
        ("RE", ["eea"], ("RE", "eu-gdpr", "eea")),
        ("FR", ["150 - ES"], ("FR", "155", "150")),
        ("ES", ["150 - ES"], ()),
        ("ES", ["rest"], ("ES", "rest")),
    ],
)
def test_the_way_from_a_territory_to_a_rule_is_told(territory: str, rule: list[str], path: tuple[str, ...]) -> None:
    assert explain_territory(territory, rule, DAY) == path


def test_an_unknown_territory_is_not_explained() -> None:
    with pytest.raises(UnknownTerritory):
        explain_territory("UK", ["001"], DAY)


# ---- claims


def test_the_faulty_rule_gives_51_territories_three_candidates_and_205_two() -> None:
    claims = list_claims(FAULTY)
    assert find_gaps(claims) == ()
    three, two = find_overlaps(claims)
    assert three == Overlap(tuple(ASIA), ("inc", "ltd", "third"))
    assert two.candidates == ("ltd", "third")
    assert len(two.territories) == 205
    single = countries() - frozenset(three.territories) - frozenset(two.territories)
    assert single == {"US"}


@pytest.mark.parametrize(("rules", "sizes"), [(TERMS, [57, 199, 1]), (MSA, [57, 195, 1, 3, 1])])
def test_true_partitions_have_no_overlap_and_no_gap(rules: Mapping[str, list[str]], sizes: list[int]) -> None:
    claims = list_claims(rules)
    assert find_overlaps(claims) == ()
    assert find_gaps(claims) == ()
    assert [len(held & countries()) for held in claims.values()] == sizes


def test_rest_is_what_no_other_claims_wherever_it_stands() -> None:
    for order in ({"rest": ["rest"], "us": ["US"]}, {"us": ["US"], "rest": ["rest"]}):
        claims = list_claims(order)
        assert list(claims) == list(order)
        assert claims["rest"] == all_territories() - expand(["US"], DAY)


def test_a_subdivision_is_listed_only_where_it_does_not_go_with_its_country() -> None:
    claims = list_claims({"california": ["US-CA"], "world": ["001"]})
    assert find_overlaps(claims) == (Overlap(("US-CA",), ("california", "world")),)
    assert find_gaps(list_claims({"most": ["001 - US CA-QC"]})) == ("CA-QC", "US")


def test_territories_are_shortened_only_where_nothing_is_lost() -> None:
    assert shorten_territories(expand(["021"], DAY)) == ("BM", "CA", "GL", "PM", "US")
    partly = shorten_territories(expand(["US", "-US-CA"], DAY))
    assert len(partly) == 51
    assert {"US", "US-TX"} < set(partly)


CODES = st.sampled_from([*sorted(all_territories()), "001", "002", "142", "419", "eu-gdpr", "eea", "uk"])
RULES = st.lists(st.builds(str.__add__, st.sampled_from(["", "-"]), CODES), max_size=6)


@given(st.lists(RULES, max_size=5), st.dates())
def test_with_a_rest_there_is_never_a_gap(rules: list[list[str]], day: date) -> None:
    regions = [make_region(f"r{number}", *rule) for number, rule in enumerate(rules)]
    claims = claim([*regions, make_region("rest", "rest")], day)
    assert find_gaps(claims) == ()
    assert all(not claims["rest"] & claims[region.id] for region in regions)


@given(RULES, st.dates())
def test_shortened_territories_stand_for_the_same(rule: list[str], day: date) -> None:
    held = expand(rule, day)
    assert held == held.union(*(expand([code], day) for code in shorten_territories(held) if code not in partial(held)))


def partial(held: frozenset[str]) -> set[str]:
    return {country for country in ("US", "CA") if not held.issuperset(expand([country], DAY))}


# ---- who answers


def test_entities_answer_by_their_facts_of_the_day_sorted_by_id() -> None:
    late = make_entity("alpha", "europe", since=date(2020, 1, 1))
    early = make_entity("beta", "europe", "asia")
    assert [facts.entity for facts in answering_entities([early, late], "europe", DAY)] == ["alpha", "beta"]
    assert [facts.entity for facts in answering_entities([early, late], "europe", date(2019, 12, 31))] == ["beta"]
    assert answering_entities([early, late], "africa", DAY) == ()


SEALED = {
    "us": SealedRegion("us", {}, ("US",), ()),
    "california": SealedRegion("california", {}, ("US-CA",), ()),
    "quebec": SealedRegion("quebec", {}, ("CA-QC",), ()),
}


@pytest.mark.parametrize(
    ("territory", "region"), [("US", "us"), ("US-TX", "us"), ("US-CA", "california"), ("CA-QC", "quebec")]
)
def test_a_subdivision_goes_with_its_country_unless_named(territory: str, region: str) -> None:
    assert find_region(SEALED, territory).id == region


@pytest.mark.parametrize("territory", ["CA", "CA-ON", "JP", "UK", "us", "", "Atlantis"])
def test_an_unknown_territory_fails_closed(territory: str) -> None:
    with pytest.raises(UnknownTerritory):
        find_region(SEALED, territory)


def test_a_territory_that_two_regions_hold_fails_closed() -> None:
    twice = SEALED | {"again": SealedRegion("again", {}, ("US",), ())}
    with pytest.raises(UnknownTerritory, match="several regions hold 'US'"):
        find_region(twice, "US-TX")


def test_a_region_is_found_within_a_millisecond() -> None:
    world = {id_: SealedRegion(id_, {}, tuple(sorted(held)), ()) for id_, held in list_claims(MSA).items()}
    begun = time.perf_counter()
    for territory in countries():
        find_region(world, territory)
    assert (time.perf_counter() - begun) / len(countries()) < 0.001


# ---- findings


def find_problems(rules: Mapping[str, list[str]], *entities: Entity) -> list[tuple[str, str, str]]:
    found = check_regions(make_regions(rules), {entity.id: entity for entity in entities}, DAY)
    return [(problem.id, str(problem.source), problem.message) for problem in found]


def test_a_true_partition_with_answers_has_no_problem() -> None:
    answers = [make_entity(f"of-{region}", region) for region in TERMS]
    assert find_problems(TERMS, *answers) == []


def test_overlaps_are_told_with_counts_and_codes() -> None:
    answers = [make_entity(f"of-{region}", region) for region in FAULTY]
    assert find_problems(FAULTY, *answers) == [
        (
            "RG01",
            "entities/regions.yml:1:1",
            (
                f"51 territories ({', '.join(ASIA)}) → inc and ltd and third; "
                "205 more (AC, AD, AG, … ZW) → ltd and third; 1 more (US) → one alone"
            ),
        )
    ]


def test_gaps_are_told() -> None:
    assert find_problems({"most": ["001 - AQ BV US"]}, make_entity("acme", "most")) == [
        ("RG02", "entities/regions.yml:1:1", "no region holds 3 territories (AQ, BV, US)")
    ]
    assert find_problems({}) == [
        ("RG02", "entities/regions.yml:1:1", "no region holds 257 territories (AC, AD, AE, … ZW)")
    ]


def test_a_region_that_nobody_answers_for_is_told() -> None:
    late = make_entity("acme", "all", since=date(2030, 1, 1))
    assert find_problems({"all": ["rest"]}, late) == [
        ("RG02", "entities/regions.yml:1:1", "no entity answers for region 'all' on 2026-11-23")
    ]


def test_every_unknown_code_is_told_with_a_suggestion_and_no_gap_is_guessed() -> None:
    regions = make_regions({"a": ["UK", "150 - ES XX"], "b": ["Asia"], "c": ["rest", "US"]})
    found = list(check_regions(regions, {"acme": make_entity("acme", "a", "b", "c")}, DAY))
    assert [(problem.id, problem.source.line, problem.message) for problem in found] == [
        ("RG03", 1, "region 'a': unknown territory or group 'UK'"),
        ("RG03", 1, "region 'a': unknown territory or group 'XX'"),
        ("RG03", 2, "region 'b': unknown territory or group 'Asia'"),
        ("RG03", 3, "region 'c': 'rest' beside other territories"),
    ]
    assert found[0].hint == "did you mean 'GB'?"
    assert found[2].hint == "did you mean '142'?"


def test_several_entities_answer_for_one_region_only_jointly() -> None:
    both = [make_entity("alpha", "all", jointly=True), make_entity("beta", "all")]
    assert find_problems({"all": ["rest"]}, *both) == [
        ("RG01", "entities/beta.yml:2:1", "beta answers for region 'all', and so does alpha")
    ]
    third = make_entity("gamma", "all", jointly=True)
    assert find_problems({"all": ["rest"]}, *both, third) == [
        ("RG01", "entities/beta.yml:2:1", "beta answers for region 'all', and so do alpha and gamma")
    ]
    agreed = [make_entity("alpha", "all", jointly=True), make_entity("beta", "all", jointly=True)]
    assert find_problems({"all": ["rest"]}, *agreed) == []


def test_an_answer_for_a_region_that_does_not_exist_is_told() -> None:
    regions = make_regions({"elsewhere": ["rest"]})
    found = list(check_regions(regions, {"acme": make_entity("acme", "elsewhere", "elswhere")}, DAY))
    assert [(problem.id, str(problem.source), problem.hint) for problem in found] == [
        ("RG03", "entities/acme.yml:2:1", "did you mean 'elsewhere'?")
    ]


def test_two_rests_are_one_problem() -> None:
    assert find_problems({"a": ["rest"], "b": ["rest"]}, make_entity("acme", "a", "b")) == [
        ("RG01", "entities/regions.yml:2:1", "both 'a' and 'b' claim the rest")
    ]
