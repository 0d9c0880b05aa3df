"""The commands that only answer: what is found, where each version stands, and the words that applied."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from tests.acme import DRAFTING, FIRST, NOTICE, SECOND, make_history, make_site, release, replace_text
from tests.terminal import THEN, Shell

# ---- check


def test_a_site_without_faults_is_told_so(run: Shell, history: Path) -> None:
    found = run("check", "--site", history, "--as-of", "2024-06-01")
    assert (found.code, found.out, found.err) == (0, "nothing found.\n", "")
    assert run.read_json("check.json", "check", "--site", history)["problems"] == []


def test_faults_are_told_together_and_end_with_one(run: Shell, tmp_path: Path) -> None:
    site = make_site(tmp_path)
    replace_text(site, f"content/{NOTICE}/en.md", "{{ organisation }}", "{{ contact.dpo }}")
    replace_text(site, "entities/acme-inc.yml", "legal_name", "legal_nom")
    found = run("check", "--site", site, "--as-of", DRAFTING)
    assert found.code == 1
    assert re.search(r"^entities/acme-inc\.yml:3:\d+: YAML .*\n    hint: ", found.out, re.MULTILINE)
    assert found.out.endswith("mend these before you build or release.\n")
    problems = run.read_json("check.json", "check", "--site", site, "--as-of", DRAFTING, code=1)
    assert list(problems) == ["problems"]
    replace_text(site, "entities/acme-inc.yml", "legal_nom", "legal_name")
    found = run("check", "--site", site, "--as-of", DRAFTING)
    assert f"content/{NOTICE}/en.md:3:" in found.out
    assert "FE05" in found.out


def test_warnings_alone_stop_nothing(run: Shell, tmp_path: Path) -> None:
    site = make_site(tmp_path)
    (site / f"content/{NOTICE}/ja.md").unlink()
    found = run("check", "--site", site, "--as-of", DRAFTING)
    assert found.code == 0
    assert "warning" in found.out


# ---- status and transitions


def test_status_tells_where_each_version_stands(run: Shell, history: Path) -> None:
    found = run.read_json("status.json", "status", "--site", history, "--as-of", "2024-05-10")
    versions = found["notices"][0]["versions"]
    assert {(item["version"], item["region"], item["state"]) for item in versions} == {
        (FIRST, "americas", "in-force"),
        (FIRST, "elsewhere", "in-force"),
        (SECOND, "americas", "announced"),
        (SECOND, "elsewhere", "announced"),
    }
    assert {item["until"] for item in versions} == {None, SECOND}
    assert [item["kind"] for item in found["transitions"][:2]] == ["effective", "effective"]
    told = run("status", "--site", history, "--as-of", "2024-05-10")
    assert re.search(rf"^  {FIRST}  elsewhere  in-force .* 2024-05-20 ", told.out, re.MULTILINE)


def test_status_tells_what_is_being_prepared(run: Shell, preparing: Path) -> None:
    [draft] = run.read_json("status.json", "status", "--site", preparing, "--as-of", THEN)["drafts"]
    assert (draft["version"], draft["class"], draft["prepared"]) == (SECOND, "minor", True)
    assert f"{SECOND} (minor) is being prepared" in run("status", "--site", preparing, "--as-of", THEN).out


@pytest.mark.parametrize("command", [["status"], ["diff", NOTICE]])
def test_regions_that_do_not_part_the_world_are_told_not_thrown(run: Shell, tmp_path: Path, command: list[str]) -> None:
    site = make_history(tmp_path)
    replace_text(site, "entities/regions.yml", '["019"]', '["Narnia"]')
    found = run(*command, "--site", site)
    assert (found.code, found.out) == (1, "")
    assert "entities/regions.yml" in found.err
    assert "Narnia" in found.err


def test_transitions_are_the_instants_ahead_in_order(run: Shell, history: Path) -> None:
    found = run.read_json("transitions.json", "transitions", "--site", history, "--as-of", "2024-05-10")
    instants = [item["instant"] for item in found["transitions"]]
    assert instants == sorted(instants)
    assert instants[0] == "2024-05-19T22:00:00Z"
    every = run.read_json("transitions.json", "transitions", "--site", history, "--as-of", "2024-05-10", "--all")
    assert every["transitions"][-len(instants) :] == found["transitions"]
    assert len(every["transitions"]) > len(instants)
    assert run("transitions", "--site", history, "--as-of", "2030-01-01").out == "none ahead.\n"
    told = run("transitions", "--site", history, "--as-of", "2024-05-10").out
    assert "2024-05-19T22:00:00Z  2024-05-20 00:00 Europe/Madrid" in told


# ---- show


@pytest.mark.parametrize(
    ("asked", "version", "region", "given", "entities"),
    [
        (("US", "en", "2024-03-01"), FIRST, "americas", "en", ["acme-inc"]),
        (("ES", "es", "2024-03-01"), FIRST, "elsewhere", "es", ["acme-europe", "acme-iberia"]),
        (("JP", "ja", "2024-06-01"), SECOND, "elsewhere", "ja", ["acme-europe", "acme-iberia"]),
        (("US-CA", "es-MX", "2024-06-01"), SECOND, "americas", "es", ["acme-inc"]),
        # It is still the 19th in New York, and the 20th in Madrid.
        (("US", "en", "2024-05-20T00:00:00+02:00"), FIRST, "americas", "en", ["acme-inc"]),
        (("ES", "en", "2024-05-20T00:00:00+02:00"), SECOND, "elsewhere", "en", ["acme-europe", "acme-iberia"]),
    ],
)
def test_show_gives_the_words_that_applied_there_and_then(
    run: Shell,
    history: Path,
    *,
    asked: tuple[str, str, str],
    version: str,
    region: str,
    given: str,
    entities: list[str],
) -> None:
    territory, locale, day = asked
    words = ["show", NOTICE, "--site", history, "--territory", territory, "--locale", locale, "--on", day]
    found = run.read_json("show.json", *words)
    assert {
        key: found[key] for key in ("notice", "version", "state", "region", "locale", "effective", "entity_ids")
    } == {
        "notice": NOTICE,
        "version": version,
        "state": "in-force",
        "region": region,
        "locale": given,
        "effective": version,
        "entity_ids": entities,
    }
    sealed = (history / f"content/{NOTICE}/versions/{version}/{region}/{given}.md").read_bytes()
    assert found["text"].encode() == sealed
    assert found["sha256"] == hashlib.sha256(sealed).hexdigest()
    assert found["why"][0] == territory
    assert found["why"][-1] == region
    told = run(*words).out
    assert found["text"].rstrip("\n") in told
    assert f"version {version} (in-force)" in told


def test_on_and_as_of_are_the_same(run: Shell, history: Path) -> None:
    words = ["show", NOTICE, "--site", history, "--territory", "US", "--locale", "en"]
    assert run(*words, "--on", THEN) == run(*words, "--as-of", THEN)


def test_a_day_before_the_first_version_ends_with_one(run: Shell, history: Path) -> None:
    words = ["show", NOTICE, "--site", history, "--territory", "US", "--locale", "en", "--on", "2024-01-09"]
    found = run(*words)
    assert (found.code, found.out) == (1, "")
    assert "no version of website is in force in US on 2024-01-09" in found.err
    assert "'status'" in found.err


def test_a_language_that_was_never_written_falls_back_to_the_text_that_decides(run: Shell, tmp_path: Path) -> None:
    site = make_site(tmp_path)
    (site / f"content/{NOTICE}/ar.md").unlink()
    release(site)
    words = ["show", NOTICE, "--site", site, "--territory", "EG", "--locale", "ar", "--on", THEN]
    assert run.read_json("show.json", *words)["locale"] == "en"
    assert "language   en (not written in ar)" in run(*words).out
