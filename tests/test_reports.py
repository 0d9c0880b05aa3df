"""What the commands tell: the same to people and to machines."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from noticepress.errors import Problem, Severity, Source
from noticepress.history import Transition, find_transitions, trace_notice
from noticepress.lookup import find_answer
from noticepress.model import ChangeRecord, NextVersion
from noticepress.reports import (
    count_problems,
    describe_answer,
    describe_problem,
    describe_status,
    describe_transition,
    make_table,
    tell_answer,
    tell_instant,
    tell_problems,
    tell_status,
    tell_transitions,
)
from tests.factories import make_library, make_version

# ---- problems


def make_problem(severity: Severity = "error", path: str = "content/visitors/es.md", law: str = "all") -> Problem:
    hint = "add 'dpo' under contacts in entities/acme-inc.yml"
    return Problem("FE05", Source(path, 12, 5), "unknown value 'contact.dpo'", hint, severity, law)


def test_problems_are_told_at_their_place_with_the_next_step() -> None:
    repeated = Problem("YAML", Source("entities/acme.yml", 3, 3), "key 'from' is already set on line 2")
    assert tell_problems([make_problem(), repeated], "nothing was written") == (
        "content/visitors/es.md:12:5: FE05 unknown value 'contact.dpo'\n"
        "    hint: add 'dpo' under contacts in entities/acme-inc.yml\n"
        "entities/acme.yml:3:3: YAML key 'from' is already set on line 2\n"
        "2 problems; nothing was written."
    )


def test_a_warning_and_a_law_are_named() -> None:
    told = tell_problems([make_problem("warning", law="eu")], "go on")
    assert told.startswith("content/visitors/es.md:12:5: FE05 [eu] warning: unknown value")
    assert told.endswith("1 warning; go on.")


@pytest.mark.parametrize(
    ("severities", "told"),
    [
        ([], "nothing found"),
        (["error"], "1 problem"),
        (["error", "warning", "error"], "2 problems and 1 warning"),
        (["info", "warning", "error", "warning"], "1 problem, 2 warnings and 1 note"),
    ],
)
def test_problems_are_counted_by_what_they_stop(severities: list[Severity], told: str) -> None:
    assert count_problems([make_problem(severity) for severity in severities]) == told


def test_a_problem_as_data_has_the_promised_keys_and_no_others() -> None:
    assert describe_problem(make_problem()) == {
        "id": "FE05",
        "severity": "error",
        "path": "content/visitors/es.md",
        "line": 12,
        "column": 5,
        "message": "unknown value 'contact.dpo'",
        "hint": "add 'dpo' under contacts in entities/acme-inc.yml",
        "jurisdiction": "all",
    }


# ---- tables, instants


def test_a_table_is_as_wide_as_what_it_holds() -> None:
    assert make_table(("a", "state"), [("2012-03-09", "x"), ("b", "")]) == (
        "a           state\n----------  -----\n2012-03-09  x\nb"
    )


def test_an_instant_is_told_as_its_zone_reads_the_clock() -> None:
    found = tell_instant(datetime(2026, 4, 23, 22, tzinfo=UTC), "Africa/Cairo")
    assert found == "2026-04-24 01:00 Africa/Cairo"


# ---- status

OLD = make_version("2024-01-01", {"world": {"en": "# Old\n", "de": "# Alt\n"}}, zone="Asia/Tokyo")
NEW = make_version("2024-06-01", zone="Asia/Tokyo", announced=datetime(2024, 4, 30, 20, tzinfo=UTC))
LIBRARY = make_library([OLD, NEW])


def tell(day: date, *, prepared: bool = False, working: bool = False) -> str:
    lines = {"visitors": trace_notice("visitors", [OLD, NEW], day)}
    draft = make_version("2024-09-01", change_class="minor", sealed=False)
    record = NextVersion("visitors", date(2024, 9, 1), ChangeRecord("minor"))
    library = replace(LIBRARY, next_versions={"visitors": record} if prepared else {})
    ahead = [item for item in find_transitions(LIBRARY.versions, [], "UTC") if item.is_ahead(day)]
    return tell_status(describe_status(library, lines, {"visitors": draft} if prepared or working else {}, ahead))


def test_status_tells_versions_states_and_languages_newest_first() -> None:
    assert tell(date(2024, 5, 10)) == (
        "visitors\n"
        "  version     region  state      class     announced     effective   until       languages  missing\n"
        "  ----------  ------  ---------  --------  ------------  ----------  ----------  ---------  -------\n"
        "  2024-06-01  world   announced  material  2024-05-01    2024-06-01              en         de\n"
        "  2024-01-01  world   in-force   material  not recorded  2024-01-01  2024-06-01  en de\n"
        "\n"
        "next transitions\n"
        "  instant               local time                   what         of\n"
        "  --------------------  ---------------------------  -----------  -------------------------\n"
        "  2024-05-31T15:00:00Z  2024-06-01 00:00 Asia/Tokyo  effective    visitors 2024-06-01 world\n"
        "  2024-06-30T15:00:00Z  2024-07-01 00:00 Asia/Tokyo  recent-ends  visitors 2024-06-01 world"
    )


def test_status_tells_what_is_sealed_and_not_announced_yet() -> None:
    assert "  sealed, but not announced yet: 2024-06-01" in tell(date(2024, 4, 1))
    assert "not announced yet" not in tell(date(2024, 5, 10))


def test_status_tells_what_is_being_prepared() -> None:
    told = tell(date(2024, 7, 10), prepared=True)
    assert "visitors: 2024-09-01 (minor) is being prepared, announcement not set; not written in de" in told
    told = tell(date(2024, 7, 10), working=True)
    assert "visitors: the working text is not sealed, and there is no next.yml yet; not written in de" in told
    assert "no transitions ahead" in told


def test_a_notice_without_versions_is_told_too() -> None:
    library = replace(LIBRARY, versions={})
    assert tell_status(describe_status(library, {"visitors": {}}, {}, [])) == (
        "visitors\n  no version is sealed yet\n\nno transitions ahead"
    )


def test_status_tells_a_version_once_where_a_region_was_renamed() -> None:
    renamed = make_version("2024-06-01", {"globe": {"en": "# Globe\n"}}, succeeds={"globe": ["world"]})
    lines = {"visitors": trace_notice("visitors", [OLD, renamed], date(2024, 7, 1))}
    [notice] = describe_status(LIBRARY, lines, {}, [])["notices"]
    assert [(item["version"], item["region"], item["state"]) for item in notice["versions"]] == [
        ("2024-06-01", "globe", "in-force"),
        ("2024-01-01", "world", "retired"),
    ]


def test_transitions_are_told_in_utc_and_in_their_own_zone() -> None:
    found = Transition(datetime(2024, 3, 1, 8, tzinfo=UTC), "facts", entity="acme", zone="America/Los_Angeles")
    assert tell_transitions([describe_transition(found)]).split("\n")[-1] == (
        "2024-03-01T08:00:00Z  2024-03-01 00:00 America/Los_Angeles  facts  acme"
    )


# ---- show


def test_an_answer_is_told_before_the_words() -> None:
    version = replace(OLD, authoritative={"world": "de"})
    answer = find_answer(make_library([version, NEW]), "visitors", "US", "de", date(2024, 5, 10))
    told = tell_answer(describe_answer(answer))
    digest = version.editions["world", "de"].sha256
    assert told == (
        "notice     visitors, version 2024-01-01 (in-force)\n"
        "applies    from 2024-01-01 until 2024-06-01 (Asia/Tokyo)\n"
        "who        The acme-inc company\n"
        "why        US → rest → world\n"
        "language   de\n"
        f"sha256     {digest}  \n"
        "\n"
        "# Alt"
    )


def test_an_answer_says_when_its_zone_is_assumed_and_its_language_another() -> None:
    version = make_version("2024-01-01", assumed=True)
    found = describe_answer(find_answer(make_library([version]), "visitors", "US", "de", date(2024, 5, 10)))
    told = tell_answer(found)
    assert "applies    from 2024-01-01 (UTC, assumed: no zone is stated)" in told
    assert "language   en (not written in de)" in told
