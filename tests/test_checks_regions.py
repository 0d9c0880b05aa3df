"""Regions: each mistake is found at its place, and what only resembles one is left alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests import acme
from tests.findings import (
    EN,
    ES,
    IBERIA,
    INC,
    NEXT,
    NOTICE,
    PREPARED,
    REGIONS,
    SCOPE,
    Case,
    Edit,
    assert_case,
    choose,
    find,
    in_every_text,
)


def say(words: str) -> Edit:
    """The English text says something else on line 7, from its first column on."""
    return (EN, SCOPE, f"{words} It applies")


def rule(americas: str, elsewhere: str = "rest") -> list[Edit]:
    """Other territories for both regions."""
    return [(REGIONS, '["019"]', americas), (REGIONS, "territories: rest", f"territories: {elsewhere}")]


_TERMS = {
    "content/terms/notice.yml": "title: {en: Terms}\n",
    "content/terms/en.md": "# Terms\n\n## Who we are {#controller}\n\n{{ entities | names }} answer.\n",
    "content/terms/es.md": "# Condiciones\n\n## Quiénes somos {#controller}\n\nResponden {{ entities | names }}.\n",
    "content/terms/next.yml": PREPARED,
}
"""A second notice that is being prepared, for a day after the first one's versions."""

_SWAPPED = "  - {from: 2024-05-25, answers_for: [americas, elsewhere]}\n"
"""Acme Iberia SL comes to answer for the Americas too."""

_JOINED = "  - {from: 2024-05-25, jointly: true}\n"

FOUND = [
    Case("RG01", rule('["019", ES]', '["001", "-019"]'), [f"{REGIONS}:1:1: 1 territory (ES) → americas and elsewhere"]),
    Case(
        "RG01",
        [(IBERIA, "jointly: true", "jointly: false")],
        [f"{IBERIA}:2:5: acme-iberia answers for region 'elsewhere', and so does acme-europe"],
    ),
    Case("RG02", rule('["019"]', '["001", "-019", "-ES"]'), [f"{REGIONS}:1:1: no region holds 1 territory (ES)"]),
    Case(
        "RG02",
        [(INC, "[americas]", "[]")],
        [f"{REGIONS}:1:1: no entity answers for region 'americas' on {day}" for day in ("2023-12-01", "2024-01-10")],
    ),
    Case("RG03", rule("[Asia]"), [f"{REGIONS}:1:1: region 'americas': unknown territory or group 'Asia'"]),
    Case(
        "RG03",
        [say("Our services are provided by Acme Research Inc. in Asia.")],
        [f'{EN}:7:49: i "Asia" says where a company answers, and no region defines it'],
    ),
    Case(
        "RG03",
        [(ES, "Abarca nuestro", "Los servicios son prestados por Acme Iberia SL dentro de Europa. Abarca nuestro")],
        [f'{ES}:7:48: i "Europa" says where a company answers'],
    ),
    Case(
        "RG04",
        files={**_TERMS, IBERIA: acme.FILES[IBERIA] + _SWAPPED, INC: acme.FILES[INC] + _JOINED},
        told=[
            "content/terms/next.yml:1:1: 2024-06-01: terms: AG, AI, AR, AW, BB, BL, BM, BO, BQ, BR, BS, BV … VI → acme-"
        ],
    ),
    Case(
        "RG04",
        [say("The services are provided by Acme Iberia SL in the United States and Spain.")],
        [f'{EN}:7:45: w "in the United States and Spain": acme-iberia does not answer for US'],
    ),
    Case(
        "RG04",
        [say("They are provided by Acme Europe outside Spain.")],
        [f'{EN}:7:34: w "outside Spain": acme-europe does not answer for AG, '],
    ),
    Case(
        "RG05",
        [choose("eu")],
        [f"{REGIONS}:1:1: i region 'americas': group \"Americas\" contains GF, GP, MF, MQ (eu-gdpr)"],
    ),
    Case(
        "RG05",
        [choose("eu"), *rule('["150"]')],
        [f"{REGIONS}:1:1: i region 'americas': group \"Europe\" lacks CY, EA, GF"],
    ),
    Case("RG05", [choose("eu"), *rule("[ES]")], [f"{REGIONS}:1:1: i region 'americas': ES lacks EA, IC"]),
]

NEAR = [
    Case("RG01", rule('["019"]', '["001", "-019"]')),
    Case("RG02", rule('["019"]', '["001", "-019"]')),
    Case("RG02", [("entities/acme-europe.yml", "[elsewhere]", "[]"), (IBERIA, "jointly: true", "jointly: false")]),
    # a country; a group in a region's rule or name; no company; a word inside another
    Case("RG03", [say("They are provided by Acme Research Inc. in Canada.")]),
    Case("RG03", [say("They are provided by Acme Research Inc. in the Americas.")]),
    Case("RG03", [(REGIONS, "en: the Americas", "en: Asia"), say("They are provided by Acme Research Inc. in Asia.")]),
    Case("RG03", [say("They are provided by partners in Asia.")]),
    Case("RG03", [say("They are provided by Acme Research Inc. in Asiana.")]),
    Case("RG03", [say("Acme Research Inc. has friends in Asia.")]),
    # what the regions say; what is said of no company; another notice with the same entities
    Case("RG04", [say("They are provided by Acme Research Inc. in Canada and by Acme Iberia SL in Spain.")]),
    Case("RG04", [say("They are provided by Acme Europe outside the Americas.")]),
    Case("RG04", [say("They are provided by partners in Spain. Acme Research Inc. has friends in Spain.")]),
    Case("RG04", in_every_text("{{ organisation }}", "{{ entities | names }} answers for {{ region.name }}")),
    Case("RG04", files=_TERMS, has_history=True),
    # nobody has asked; all of the Union; the territories of a country with it
    Case("RG05"),
    Case("RG05", [choose("eu"), *rule('["019", "-GF", "-GP", "-MF", "-MQ"]')]),
    Case("RG05", [choose("eu"), *rule("[US, JP]")]),
    Case("RG05", [choose("eu"), *rule("[eea]")]),
]


@pytest.mark.parametrize("case", FOUND, ids=str)
def test_a_mistake_is_found_at_its_place(tmp_path: Path, case: Case) -> None:
    assert case.told
    assert_case(tmp_path, case)


@pytest.mark.parametrize("case", NEAR, ids=str)
def test_what_only_resembles_a_mistake_is_left_alone(tmp_path: Path, case: Case) -> None:
    assert not case.told
    assert_case(tmp_path, case)


def test_territories_that_two_sealed_notices_give_to_others_are_a_warning(tmp_path: Path) -> None:
    site = acme.make_site(tmp_path)
    acme.release(site)
    changed = {**_TERMS, IBERIA: acme.FILES[IBERIA] + _SWAPPED, INC: acme.FILES[INC] + _JOINED}
    for path, text in changed.items():
        acme.write_file(site, path, text)
    (now,) = find(site, "RG04")
    assert now.startswith("content/terms/next.yml:1:1: 2024-06-01: terms: ")
    acme.write_file(site, NEXT, PREPARED)
    assert find(site, "RG04") == []  # both are prepared for the same day
    acme.release(site, "terms")
    (site / NEXT).unlink()
    assert find(site, "RG04", date(2024, 5, 31)) == []
    (later,) = find(site, "RG04", date(2024, 6, 2))
    assert later.startswith(f"{NOTICE}:1:1: w 2024-06-02: terms: ")
