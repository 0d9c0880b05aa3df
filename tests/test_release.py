"""Sealing: everything that was composed, whole or not at all, and never anything else afterwards."""

from __future__ import annotations

import errno
import os
import random
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noticepress.compose import Draft, compose_draft
from noticepress.errors import NoticeError, OutsideError, UsageError
from noticepress.history import start_of
from noticepress.library import load_library, read_library
from noticepress.lookup import find_answer
from noticepress.model import (
    Address,
    ChangeRecord,
    Commitment,
    Erratum,
    Facts,
    Origin,
    Register,
    Seal,
    SealedRegion,
    Version,
)
from noticepress.processing import DataCategory, Processing, Purpose, Recipient
from noticepress.release import prepare_release
from noticepress.sealed import read_version
from noticepress.sealing import Sealing, lay_out_version, seal_version
from tests.acme import (
    DRAFTING,
    FIRST,
    LOCALES,
    NOTICE,
    REGIONS,
    SECOND,
    make_history,
    make_site,
    prepare_second,
    read_tree,
    release,
    replace_text,
    write_file,
)
from tests.crashes import KilledError, kill_while_it_writes, list_steps, stop_at
from tests.factories import make_facts, make_library, make_version

FOLDER = f"content/{NOTICE}/versions/{FIRST}"
NEXT = f"content/{NOTICE}/next.yml"


def prepare(site: Path, as_of: date = DRAFTING) -> Sealing:
    return prepare_release(read_library(site), NOTICE, as_of)


def find_reasons(site: Path, notice: str = NOTICE) -> list[str]:
    """Why a release is refused, as `id path`."""
    before = read_tree(site)
    with pytest.raises(NoticeError) as caught:
        prepare_release(read_library(site), notice, DRAFTING)
    assert read_tree(site) == before
    return [f"{problem.id} {problem.source.path}" for problem in caught.value.problems]


# ---- what is written


def test_preparing_writes_nothing(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    before = read_tree(site)
    assert prepare(site).files
    assert read_tree(site) == before


def test_sealing_writes_exactly_the_files_and_takes_the_record_away(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    before = read_tree(site)
    sealing = prepare(site)
    seal_version(site, sealing)
    written = {f"{FOLDER}/{name}": content for name, content in sealing.files.items()}
    assert read_tree(site) == {path: content for path, content in before.items() if path != NEXT} | written
    editions = [f"{FOLDER}/{region}/{locale}.md" for region in REGIONS for locale in LOCALES]
    assert sorted(written) == sorted([*editions, f"{FOLDER}/facts.yml", f"{FOLDER}/version.yml"])
    assert not list(site.rglob(".*"))


def test_the_same_site_seals_the_same_bytes(tmp_path: Path) -> None:
    assert prepare(make_site(tmp_path / "a")) == prepare(make_site(tmp_path / "b"), date(2023, 12, 6))


def test_what_is_read_back_is_what_was_composed(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    draft = compose_draft(load_library(site), NOTICE, DRAFTING).version
    release(site)
    [found] = load_library(site).versions[NOTICE]
    assert forget_seals(found) == forget_seals(draft)
    assert found.announced == datetime(2023, 12, 6, 10, tzinfo=UTC)
    assert {region: start_of(found, region).instant.isoformat() for region in REGIONS} == {
        "americas": "2024-01-10T05:00:00+00:00",
        "elsewhere": "2024-01-09T23:00:00+00:00",
    }


def forget_seals(version: Version) -> Version:
    """The version without what only sealing knows."""
    return replace(
        version,
        sealed=False,
        sha256="",
        previous="",
        facts_sha256="",
        path="",
        editions={key: replace(edition, path="") for key, edition in version.editions.items()},
    )


def test_each_version_names_the_hash_of_the_one_before(tmp_path: Path) -> None:
    first, second = load_library(make_history(tmp_path)).versions[NOTICE]
    assert (first.id, second.id) == (FIRST, SECOND)
    assert (first.previous, second.previous) == ("", first.sha256)


# Words as they come out of the strict reader: no blanks around them, no control characters.
WORDS = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"], exclude_characters="\ufeff")
    | st.sampled_from(":#-'\"{}[]&*!|>%@`,?\\~= \u2028é"),
    min_size=1,
    max_size=30,
).map(str.strip)
LINES = WORDS.filter(lambda text: text and len(text.splitlines()) == 1)
PROSE = st.lists(LINES, min_size=1, max_size=3).map("\n".join)


@st.composite
def drafts(draw: st.DrawFn) -> Version:
    """A version in which every text that people write is something odd."""
    word, prose = draw(LINES), draw(PROSE)
    address = Address(word, word, "", word, "DE")
    facts = Facts(
        "acme",
        date(2020, 1, 1),
        draw(LINES),
        aliases=(word,),
        form=word,
        answers_for=("world",),
        address=draw(st.none() | st.just(address)),
        register=draw(st.none() | st.just(Register(word, draw(LINES), "DE"))),
        contacts={draw(LINES): draw(st.just(address) | LINES)},
        seals=(Seal(draw(LINES), scope={"en": draw(LINES)}, valid_to=date(2030, 1, 1)),),
        owner=word,
        succession=word,
    )
    version = make_version("2024-01-01", {"world": {"en": f"{prose}\n"}}, sealed=False)
    record = ChangeRecord("minor", {"en": prose}, {"de": prose}, {}, prose, "new-data", draw(LINES))
    world = version.regions["world"]
    return replace(
        version,
        titles={"en": draw(LINES)},
        record=record,
        regions={"world": SealedRegion("world", {"en": word}, ("NO", "US"), (facts,), ("asia",), world.effective)},
        origin=draw(st.none() | st.just(Origin("https://acme.example/a?b#c", date(2020, 2, 29), word))),
        commitments=(Commitment("all", draw(LINES), (word, "email"), draw(st.booleans()), word), Commitment("none")),
        authoritative={"world": "en"},
        errata=draw(st.just(()) | st.just((Erratum(prose, word, "world", "en", prose), Erratum(word, prose)))),
        processing=draw(st.none() | processing_records()),
    )


@st.composite
def processing_records(draw: st.DrawFn) -> Processing:
    """A record of processing with something in it: one that says nothing is not sealed."""
    words = LINES | st.just("")
    purpose = Purpose("answer", ("mail",), draw(st.sampled_from(["", "consent"])), draw(words), retention=draw(words))
    return Processing(
        data=(DataCategory("mail", "third-party", draw(st.booleans())),),
        purposes=draw(st.sampled_from([(), (purpose, replace(purpose, id="more", automated=True))])),
        recipients=draw(st.sampled_from([(), (Recipient("host", "processor", ("answer",), "DE"),)])),
        features=draw(st.sampled_from([(), ("logging", "contact-form")])),
        children=draw(st.booleans()),
    )


@given(drafts())
@settings(max_examples=60)
def test_whatever_is_sealed_can_be_read_back(draft: Version) -> None:
    library = replace(make_library([make_version("2020-01-01")], entities=[make_facts()]), versions={})
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        seal_version(site, lay_out_version(library, Draft(draft, {}, ())))
        found = read_version(site, "visitors", "2024-01-01")
    facts = [
        replace(facts, source=draft.regions["world"].entities[0].source) for facts in found.regions["world"].entities
    ]
    assert forget_seals(found) == forget_seals(draft)
    assert facts == list(draft.regions["world"].entities)


def test_a_version_without_a_record_of_processing_seals_none(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    assert b"processing" not in prepare(site).files["facts.yml"]
    write_file(site, f"content/{NOTICE}/processing.yml", "data: []\n")
    assert b"processing" not in prepare(site).files["facts.yml"]
    write_file(site, f"content/{NOTICE}/processing.yml", "data: [{id: mail, special: true}]\n")
    assert (
        prepare(site)
        .files["facts.yml"]
        .endswith(b"processing:\n  data:\n  - id: mail\n    source: subject\n    special: true\n")
    )


# ---- the past stays


def test_what_is_sealed_outlives_every_edit_of_its_sources(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    folder = release(site)
    sealed = read_tree(folder)
    before = find_answer(load_library(site), NOTICE, "US", "en", date(2024, 2, 1))
    replace_text(site, "entities/acme-inc.yml", "Acme Research Inc.", "Zenith Holdings LLC")
    replace_text(site, "entities/acme-inc.yml", "12 Harbor Street", "1 Other Road")
    replace_text(site, "entities/regions.yml", '["019"]', '["142"]')
    replace_text(site, f"content/{NOTICE}/en.md", "This notice tells", "These words tell")
    after = find_answer(load_library(site), NOTICE, "US", "en", date(2024, 2, 1))
    assert read_tree(folder) == sealed
    assert after.edition == before.edition
    assert "12 Harbor Street" in after.edition.text
    assert [facts.legal_name for facts in after.standing.sealed_region.entities] == ["Acme Research Inc."]


# ---- what is refused


def test_a_notice_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"there is no notice 'nobody'; the site has: {NOTICE}"):
        prepare_release(read_library(make_site(tmp_path)), "nobody", DRAFTING)


def test_without_a_change_record_nothing_is_being_prepared(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    (site / NEXT).unlink()
    assert find_reasons(site) == [f"CN01 {NEXT}"]


def test_every_reason_is_told_at_once(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    (site / f"content/{NOTICE}/es.md").unlink()
    replace_text(site, f"content/{NOTICE}/en.md", "{{ organisation }}", "{{ organization }}")
    replace_text(site, NEXT, "announced: 2023-12-06T10:00:00+00:00", "announced: 2024-03-01")
    reasons = find_reasons(site)
    assert {f"TR01 content/{NOTICE}/es.md", f"FE05 content/{NOTICE}/en.md", f"DV02 {NEXT}"} <= set(reasons)


@pytest.mark.parametrize("path", [NEXT, f"content/{NOTICE}/notice.yml", "entities/regions.yml", "mkdocs.yml"])
def test_a_file_that_cannot_be_read_is_the_reason_and_not_that_it_is_missing(tmp_path: Path, path: str) -> None:
    site = make_site(tmp_path, {path: "a: [1\n"})
    assert {reason.split()[1] for reason in find_reasons(site)} == {path}


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (FIRST, f"version {FIRST} is sealed already"),
        ("2024-01-09", f"effective 2024-01-09 is not after {FIRST}, the newest version"),
    ],
)
def test_a_version_follows_the_newest_one(tmp_path: Path, day: str, told: str) -> None:
    site = make_site(tmp_path)
    release(site)
    prepare_second(site)
    replace_text(site, NEXT, SECOND, day)
    replace_text(site, NEXT, "announced: 2024-05-06T08:30:00+00:00\n", "")
    with pytest.raises(NoticeError) as caught:
        prepare(site)
    assert told in [problem.message for problem in caught.value.problems]
    assert {problem.source.path for problem in caught.value.problems} == {NEXT}


def test_a_broken_seal_stands_against_a_new_one(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    path = release(site).relative_to(site).as_posix() + "/americas/en.md"
    prepare_second(site)
    replace_text(site, path, "This notice tells", "This notice told")
    assert f"DV05 {path}" in find_reasons(site)


def test_a_folder_that_stands_in_the_way_is_never_replaced(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    sealing = prepare(site)
    write_file(site, f"{FOLDER}/mine.txt", "mine")
    before = read_tree(site)
    with pytest.raises(OutsideError, match="exists already; nothing was sealed"):
        seal_version(site, sealing)
    assert read_tree(site) == before


def test_what_does_not_read_back_is_not_sealed(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    before = read_tree(site)
    sealing = prepare(site)
    files = {**sealing.files, "facts.yml": sealing.files["facts.yml"] + b"\n"}
    with pytest.raises(OutsideError, match=r"does not read back: .*facts\.yml.*nothing was sealed"):
        seal_version(site, replace(sealing, files=files))
    assert read_tree(site) == before


# ---- whole or not at all


def check_whole_or_absent(site: Path, sealing: Sealing) -> bool:
    """Whether the version is there, which then is whole and verified; otherwise its record still is."""
    reading = read_library(site)
    assert not [problem for problem in reading.problems if problem.id in {"DV05", "TEXT", "YAML"}]
    versions = reading.library.versions.get(NOTICE, ())
    if not versions:
        assert not (site / sealing.folder).exists()
        assert (site / NEXT).exists()
        seal_version(site, sealing)  # what was left behind is in nobody's way
    assert read_tree(site / sealing.folder) == dict(sealing.files)
    return bool(versions)


@pytest.mark.parametrize(
    "error",
    [KilledError, lambda: OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))],
    ids=["killed", "disk full"],
)
def test_a_crash_at_any_step_leaves_a_whole_version_or_none(tmp_path: Path, error: Callable[[], BaseException]) -> None:
    sealing = prepare(make_site(tmp_path / "first"))
    done = list_steps(lambda: seal_version(tmp_path / "first", sealing))
    assert {"open", "mkdir", "rename", "unlink", "fsync", "rmtree"} <= set(done)
    outcomes = []
    for step in range(1, len(done) + 1):
        site = make_site(tmp_path / str(step))
        refused = ""
        with stop_at(step, error):
            try:
                seal_version(site, sealing)
            except KilledError:
                pass
            except OutsideError as found:
                refused = str(found)
        is_there = (site / sealing.folder).exists()
        assert not refused or ("No space left on device" in refused and ("is sealed, but" in refused) == is_there)
        outcomes.append(check_whole_or_absent(site, sealing))
    assert set(outcomes) == {False, True}


def test_a_killed_release_leaves_a_whole_version_or_none(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - moments, not secrets
    template = make_site(tmp_path / "template")
    sealing = prepare(template)
    for number in range(10):
        site = tmp_path / str(number)
        shutil.copytree(template, site)
        words = ["release", NOTICE, "--as-of", DRAFTING.isoformat()]
        kill_while_it_writes(site, *words, after=chance.uniform(0, 0.008))
        check_whole_or_absent(site, sealing)
