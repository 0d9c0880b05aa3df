"""A folder becomes a library whole, or every problem in it is told at once; sealed words are proven on every load."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from noticepress.checks import find_problems
from noticepress.errors import NoticeError, UsageError
from noticepress.files import UNPRINTABLE
from noticepress.library import SEAL_PREFIX, load_library, read_library, seal_of
from noticepress.model import Address, Register
from tests import acme

VERSION = "content/website/versions/2024-01-10"
LATER = "content/website/versions/2024-05-20"


NAME = "a name of small letters, digits and hyphens"


def tell(site: Path) -> list[str]:
    return [f"{p.source}: {p.id} {p.message}" for p in read_library(site).problems]


# ---- what people write


def test_a_site_is_read_whole(tmp_path: Path) -> None:
    library = load_library(acme.make_site(tmp_path))
    assert (library.settings.organisation, library.settings.locales) == ("Acme Research", acme.LOCALES)
    assert library.settings.site_url == "https://privacy.acme.example/"
    assert library.regions["elsewhere"].rule == ("rest",)
    assert library.regions["elsewhere"].source.line == 4
    assert list(library.entities) == ["acme-europe", "acme-iberia", "acme-inc"]
    europe = library.entities["acme-europe"].slices[0]
    assert europe.jointly
    assert europe.register == Register("Amtsgericht Charlottenburg", "HRB 1")
    assert list(library.texts) == [("website", locale) for locale in sorted(acme.LOCALES)]
    following = library.next_versions["website"]
    assert following.announced == datetime(2023, 12, 6, 10, tzinfo=UTC)
    assert following.record.summary["es"] == "El primer aviso."


def test_a_folder_without_settings_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not a site"):
        read_library(tmp_path)


def test_everything_that_is_wrong_is_told_in_one_run(tmp_path: Path) -> None:
    site = acme.make_site(
        tmp_path,
        {
            "mkdocs.yml": acme.FILES["mkdocs.yml"].replace("zone: America/New_York", "zone: America/Nowhere"),
            "entities/regions.yml": acme.FILES["entities/regions.yml"].replace("territories: rest", "territory: rest"),
            "entities/acme-inc.yml": "facts:\n  - from: yesterday\n",
            "entities/Acme.yml": acme.FILES["entities/acme-inc.yml"],
            "entities/acme-asia.yaml": "facts: []\n",
            "content/website/notice.yml": "title: A\ntitle: B\n",
            "content/website/next.yml": "effective: 2024-13-01\nclass: minor\n",
            "content/website/fr.md": "\x07",
            "content/other/en.md": "x\n",
        },
    )
    (site / "content/website/es.md").write_bytes(b"caf\xe9\n")
    assert tell(site) == [
        "content/other/notice.yml:1:1: TEXT the file is missing",
        "content/website/es.md:1:4: TEXT is not UTF-8 here",
        "content/website/fr.md:1:1: TEXT holds the control character U+0007",
        "content/website/next.yml:1:12: YAML 'effective': there is no such day: '2024-13-01'",
        "content/website/notice.yml:2:1: YAML key 'title' is already set on line 1",
        f"entities/Acme.yml:1:1: YAML the name of the file or folder: expected {NAME}, found 'Acme'",
        "entities/acme-asia.yaml:1:1: YAML is not read",
        "entities/acme-inc.yml:2:11: YAML 'from': expected a date such as 2012-03-09, found 'yesterday'",
        "entities/regions.yml:5:3: YAML 'territories' is missing",
        "entities/regions.yml:6:3: YAML unknown key 'territory'",
        "mkdocs.yml:12:11: YAML 'zone': expected a time zone such as Europe/Madrid, found 'America/Nowhere'",
    ]
    with pytest.raises(NoticeError) as caught:
        load_library(site)
    assert len(caught.value.problems) == 11


@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        (
            "mkdocs.yml",
            "source_locale: en",
            "source_locale: de",
            "mkdocs.yml:10:20: YAML source_locale 'de' is not one",
        ),
        ("mkdocs.yml", "[en, es, ja, ar]", "[en, es, en]", "mkdocs.yml:11:23: YAML locale 'en' is listed twice"),
        ("mkdocs.yml", "  noticepress:", "  other:", "mkdocs.yml:8:3: YAML extra.noticepress is missing"),
        ("mkdocs.yml", "site_url: https", "site_url: [https]\nx: https", "mkdocs.yml:2:11: YAML 'site_url': expected"),
        ("mkdocs.yml", "ja, ar]", "ja]", "content/website/ar.md:1:1: TR06 'ar' is not a language of this site"),
        (
            "content/website/notice.yml",
            "americas: en",
            "asia: en",
            "content/website/notice.yml:1:1: RG03 unknown region",
        ),
        ("content/website/notice.yml", "americas: en", "americas: de", "content/website/notice.yml:1:1: TR06 authori"),
        (
            "content/website/notice.yml",
            "audience:",
            "supplements: x\naudience:",
            "content/website/notice.yml:1:1: CE07",
        ),
        (
            "content/website/notice.yml",
            "audience:",
            "supplements: website\naudience:",
            "content/website/notice.yml:1:1: CE07 'website' supplements itself",
        ),
        ("entities/regions.yml", "[es]", "[es, fr]", "entities/regions.yml:4:1: TR06 required locale 'fr' is not"),
        (
            "entities/acme-inc.yml",
            "legal_name: Acme",
            "form: Acme",
            "entities/acme-inc.yml:2:5: FE03 entity 'acme-inc'",
        ),
    ],
)
def test_a_name_must_exist_where_it_is_used(tmp_path: Path, path: str, old: str, new: str, told: str) -> None:
    site = acme.make_site(tmp_path)
    acme.replace_text(site, path, old, new)
    assert [line[: len(told)] for line in tell(site)] == [told]


def test_notices_that_supplement_each_other_are_found(tmp_path: Path) -> None:
    site = acme.make_site(tmp_path)
    for name, other in (("one", "two"), ("two", "three"), ("three", "two")):
        acme.write_file(site, f"content/{name}/notice.yml", f"title: A\nsupplements: {other}\n")
    assert [line for line in tell(site) if "CE07" in line] == [
        "content/three/notice.yml:1:1: CE07 'three' supplements itself",
        "content/two/notice.yml:1:1: CE07 'two' supplements itself",
    ]


def test_a_region_may_only_succeed_one_that_was_published(tmp_path: Path) -> None:
    site = acme.make_history(tmp_path)
    acme.replace_text(site, "entities/regions.yml", "rest\n", "rest\n  succeeds: [americas, asia]\n")
    assert tell(site) == [
        "entities/regions.yml:4:1: RG03 region 'elsewhere' succeeds 'asia', which no version was sealed for"
    ]


@pytest.mark.parametrize(
    ("break_site", "told"),
    [
        (lambda site: (site / "entities/regions.yml").unlink(), "entities/regions.yml:1:1: TEXT the file is missing"),
        (lambda site: acme.write_file(site, "content/website/next.yaml", ""), "content/website/next.yaml:1:1: YAML is"),
        (
            lambda site: acme.write_file(site, "content/website/De.MD", ""),
            "content/website/De.MD:1:1: YAML is not read",
        ),
        (lambda site: (site / "entities/x.yml").mkdir(), "entities/x.yml:1:1: TEXT is no file"),
        (
            lambda site: acme.write_file(site, "content/Web/notice.yml", "title: A"),
            "content/Web/notice.yml:1:1: YAML the",
        ),
        (
            lambda site: acme.write_file(site, "content/draft/notice.yml", "title: A"),
            "content/draft/notice.yml:1:1: YAML",
        ),
        (
            lambda site: (site / "entities").rename(site / "companies"),
            "entities/regions.yml:1:1: TEXT the file is miss",
        ),
        (
            lambda site: (site / "content" / os.fsdecode(b"\xff")).mkdir(),
            "content:1:1: TEXT holds a file with an unprin",
        ),
    ],
)
def test_what_is_missing_or_elsewhere_is_told(tmp_path: Path, break_site: Callable[[Path], object], told: str) -> None:
    site = acme.make_site(tmp_path)
    break_site(site)
    assert any(line.startswith(told) for line in tell(site))


@pytest.mark.parametrize("name", [".#en.md", ".en.md.swp", "notes.txt", "en.md~"])
def test_what_editors_leave_behind_is_no_text(tmp_path: Path, name: str) -> None:
    site = acme.make_site(tmp_path, {f"content/website/{name}": "\0"})
    assert tell(site) == []


# ---- slices of time


def test_a_fact_carries_over_until_it_is_changed_or_ended(tmp_path: Path) -> None:
    later = """
  - from: 2020-01-01
    aliases: [Acme]
  - from: 2021-01-01
    address: {locality: Denver}
    aliases:
    contacts: {privacy: new@acme.example}
"""
    site = acme.make_site(tmp_path, {"entities/acme-inc.yml": acme.FILES["entities/acme-inc.yml"] + later})
    first, second, third = load_library(site).entities["acme-inc"].slices
    assert replace(second, since=first.since, aliases=()) == first
    assert second.aliases == ("Acme",)
    assert third.aliases == ()
    assert third.address == Address(locality="Denver")  # an address is one fact
    assert third.contacts == {"privacy": "new@acme.example"}
    assert (third.legal_name, third.zone) == (first.legal_name, first.zone)
    assert third.source.line == 13


@pytest.mark.parametrize(("day", "expected"), [("2015-05-31", None), ("2015-06-01", "MA"), ("2024-05-01", "CO")])
def test_a_slice_holds_from_its_day_on(tmp_path: Path, day: str, expected: str | None) -> None:
    library = load_library(acme.make_history(tmp_path))
    facts = library.entities["acme-inc"].facts_on(date.fromisoformat(day))
    assert (facts.address.region if facts and facts.address else None) == expected


@pytest.mark.parametrize("day", ["2015-06-01", "2014-01-01"])
def test_slices_are_in_order(tmp_path: Path, day: str) -> None:
    later = f"  - from: {day}\n"
    site = acme.make_site(tmp_path, {"entities/acme-inc.yml": acme.FILES["entities/acme-inc.yml"] + later})
    assert tell(site) == [f"entities/acme-inc.yml:10:11: YAML {day} does not follow 2015-06-01"]


# ---- sealed versions


def test_sealed_versions_are_read_oldest_first(site: Path) -> None:
    first, second = load_library(site).versions["website"]
    assert (first.id, second.id) == ("2024-01-10", "2024-05-20")
    assert first.previous == ""
    assert second.previous == first.sha256
    assert set(second.editions) == {(region, locale) for region in acme.REGIONS for locale in acme.LOCALES}
    edition = second.editions["elsewhere", "es"]
    assert edition.text.encode() == (site / edition.path).read_bytes()
    assert edition.sha256 == hashlib.sha256(edition.text.encode()).hexdigest()
    region = second.regions["americas"]
    assert [facts.address.locality for facts in region.entities if facts.address] == ["Denver"]
    assert region.effective
    assert region.effective.instant == datetime(2024, 5, 20, 4, tzinfo=UTC)
    assert "US-CA" in region.territories


def test_a_fact_that_changes_leaves_what_was_sealed_alone(site: Path) -> None:
    before = load_library(site).versions
    acme.replace_text(site, "entities/acme-inc.yml", "Acme Research Inc.", "Acme Ltd")
    assert load_library(site).versions == before


SEALED = [f"{VERSION}/{name}" for name in ("version.yml", "facts.yml", "americas/en.md", "elsewhere/ja.md")]


@pytest.mark.parametrize("path", SEALED)
@pytest.mark.parametrize("edit", ["first", "middle", "last", "more", "less", "crlf", "bom"])
def test_a_sealed_file_with_one_character_edited_is_named(site: Path, path: str, edit: str) -> None:
    raw = (site / path).read_bytes()
    place = {"first": 0, "middle": len(raw) // 2, "last": len(raw) - 1}.get(edit)
    if place is not None:
        raw = raw[:place] + (b"x" if raw[place : place + 1] != b"x" else b"y") + raw[place + 1 :]
    raw = {
        "more": raw + b"\n",
        "less": raw[:-1],
        "crlf": raw.replace(b"\n", b"\r\n"),
        "bom": b"\xef\xbb\xbf" + raw,
    }.get(edit, raw)
    (site / path).write_bytes(raw)
    told = tell(site)
    assert told
    assert all(line.startswith(f"{path}:") for line in told)
    with pytest.raises(NoticeError):
        load_library(site)


@pytest.mark.parametrize("path", SEALED)
def test_a_sealed_file_that_is_missing_is_named(site: Path, path: str) -> None:
    (site / path).unlink()
    assert tell(site) == [f"{path}:1:1: TEXT the file is missing"]


@pytest.mark.parametrize(
    "path",
    [f"{VERSION}/americas/de.md", f"{VERSION}/asia/en.md", f"{VERSION}/notes.txt", f"{VERSION}/americas/x/en.md"],
)
def test_a_file_that_was_not_sealed_is_named(site: Path, path: str) -> None:
    acme.write_file(site, path, "x\n")
    named = path.removesuffix("/en.md") if "/x/" in path else path
    assert tell(site) == [f"{named}:1:1: DV05 was not sealed with this version"]


def test_extra_missing_and_changed_files_are_told_together(site: Path) -> None:
    acme.write_file(site, f"{VERSION}/americas/de.md", "x\n")
    acme.write_file(site, f"{VERSION}/americas/en.md", "x\n")
    (site / VERSION / "facts.yml").unlink()
    (site / LATER / "elsewhere" / "es.md").unlink()
    assert [line.partition(":")[0] for line in tell(site)] == [
        f"{VERSION}/americas/de.md",
        f"{VERSION}/americas/en.md",
        f"{VERSION}/facts.yml",
        f"{LATER}/elsewhere/es.md",
    ]


def test_a_version_that_is_missing_breaks_the_chain(site: Path) -> None:
    shutil.rmtree(site / VERSION)
    (line,) = tell(site)
    assert line.startswith(f"{LATER}/version.yml:1:1: DV05 names ")
    assert line.endswith("as the hash of the version before, which is absent")


def reseal(site: Path, path: str, old: str, new: str) -> None:
    """Change a version.yml and seal it again, as somebody would who knows how."""
    text = (site / path).read_text(encoding="utf-8").replace(old, new)
    above = text.rpartition(SEAL_PREFIX)[0]
    acme.write_file(site, path, f"{above}{SEAL_PREFIX}{seal_of(above)}\n")


def test_a_version_that_is_sealed_again_breaks_the_chain(site: Path) -> None:
    reseal(site, f"{VERSION}/version.yml", "The first notice.", "A notice.")
    (line,) = tell(site)
    assert line.startswith(f"{LATER}/version.yml:1:1: DV05 names ")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("notice: website", "notice: other", "says other 2024-05-20, but lies in"),
        ("version: 2024-05-20", "version: 2024-05-21", "says website 2024-05-21, but lies in"),
        ("effective: 2024-05-20", "effective: 2024-05-21", "is named after another day"),
        ("editions:\n  americas:", "editions:\n  asia:", "the regions here are not those of version.yml"),
        ("regions:\n  americas:", "regions:\n  asia:", "the regions here are not those of version.yml"),
        ("instant: 2024-05-20T04:00:00Z", "instant: 2024-05-20", "expected an instant"),
        ("instant: 2024-05-20T04:00:00Z", "instant: 0001-01-01T00:00:00+14:00", "expected a year"),
        ("notice: website", "notice: website\nmore: 1", "unknown key 'more'"),
    ],
)
def test_a_sealed_version_that_contradicts_itself_is_refused(site: Path, old: str, new: str, told: str) -> None:
    reseal(site, f"{LATER}/version.yml", old, new)
    assert any(told in line for line in tell(site))
    assert [version.id for version in read_library(site).library.versions["website"]] == ["2024-01-10"]


def test_facts_that_lack_an_entity_are_refused(site: Path) -> None:
    path = site / LATER / "facts.yml"
    facts = path.read_text(encoding="utf-8").replace("- id: acme-inc", "- id: acme-asia")
    old = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_text(facts, encoding="utf-8")
    reseal(site, f"{LATER}/version.yml", old, hashlib.sha256(facts.encode()).hexdigest())
    assert tell(site) == [f"{LATER}/facts.yml:1:1: DV05 the facts of acme-inc are missing"]


def test_a_stray_file_among_versions_is_named(site: Path) -> None:
    acme.write_file(site, "content/website/versions/2024-06-01", "x")
    acme.write_file(site, "content/website/versions/.DS_Store", "x")
    assert tell(site) == ["content/website/versions/2024-06-01:1:1: DV05 is no sealed version"]


@pytest.mark.parametrize("kind", ["file", "outside"])
def test_versions_are_a_folder_of_the_site(site: Path, tmp_path: Path, kind: str) -> None:
    versions = site / "content/website/versions"
    versions.rename(tmp_path / "elsewhere")
    if kind == "file":
        versions.write_text("x", encoding="utf-8")
    else:
        versions.symlink_to(tmp_path / "elsewhere")
    assert [line.partition(" ")[0] for line in tell(site)] == ["content/website/versions:1:1:"]


def test_a_broken_version_does_not_hide_the_others(site: Path) -> None:
    acme.write_file(site, f"{VERSION}/americas/en.md", "x\n")
    acme.write_file(site, f"{VERSION}/version.yml", "x\n")
    assert [version.id for version in read_library(site).library.versions["website"]] == ["2024-05-20"]
    assert {line.partition(":")[0] for line in tell(site)} == {f"{VERSION}/version.yml"}


# ---- whatever people write

SNIPPETS = st.sampled_from(
    [
        *(
            "",
            "\n",
            " ",
            "\t",
            ":",
            "- ",
            "{",
            "}",
            "[",
            "]",
            "'",
            '"',
            "&a ",
            "*a",
            "!!x ",
            "<<: ",
            "#",
            "|",
            ">",
            "%",
        ),
        *("{{", "}}", "{%", "%}", "{##", "{{ x }}", "{% for a in b %}", "{% endif %}", "{{ contact.none.x | mail }}"),
        *("\0", "\ue000", "\u2028", "\ufeff", "\u202e", "é", "日本", "🙂", "\\ud800", '"\\ud800"', "~", "null", "NO"),
        *("0000-00-00", "9999-12-31", "0001-01-01", "2024-02-30", "-1", "1e999", "NaN", "x" * 5000, "[" * 2000),
        *("en", "americas", "rest", "ZZ", "Europe/Madrid", "2024-01-10T10:00:00+14:00", "# ", "[a](b)", "[^1]: "),
    ]
)
Damage = Callable[[Path], None]


def edit_text(path: str, place: float, length: int, snippet: str) -> Damage:
    def damage(site: Path) -> None:
        raw = (site / path).read_bytes() if (site / path).is_file() else b""
        start = int(len(raw) * place)
        written = raw[:start] + snippet.encode() + raw[start + length :]
        if (site / path).is_file():
            (site / path).write_bytes(written)

    return damage


def swap_lines(path: str, first: int, second: int) -> Damage:
    def damage(site: Path) -> None:
        if (site / path).is_file():
            lines = (site / path).read_bytes().split(b"\n")
            one, other = first % len(lines), second % len(lines)
            lines[one], lines[other] = lines[other], lines[one]
            (site / path).write_bytes(b"\n".join(lines))

    return damage


def put_otherwise(path: str, kind: str) -> Damage:
    """A folder, a link, nothing, or other bytes in place of a file."""

    def damage(site: Path) -> None:
        target = site / path
        if not target.is_file():
            return
        target.unlink()
        match kind:
            case "folder":
                target.mkdir()
            case "link":
                target.symlink_to(target)
            case "outside":
                target.symlink_to("/")
            case "bytes":
                target.write_bytes(b"\xff\xfe\0a: b")
            case "empty":
                target.write_bytes(b"")

    return damage


def list_paths() -> list[str]:
    folder = f"{VERSION}/"
    return [*acme.FILES, f"{folder}version.yml", f"{folder}facts.yml", f"{folder}americas/en.md"]


DAMAGES = st.one_of(
    st.builds(edit_text, st.sampled_from(list_paths()), st.floats(0, 1), st.integers(0, 40), SNIPPETS),
    st.builds(edit_text, st.sampled_from(list_paths()), st.floats(0, 1), st.integers(0, 4), st.text(max_size=8)),
    st.builds(swap_lines, st.sampled_from(list_paths()), st.integers(0, 99), st.integers(0, 99)),
    st.builds(
        put_otherwise,
        st.sampled_from(list_paths()),
        st.sampled_from(["folder", "link", "outside", "bytes", "empty", ""]),
    ),
)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with one version released and the next one being prepared."""
    site = acme.make_site(tmp_path_factory.mktemp("begun"))
    acme.release(site)
    acme.prepare_second(site)
    return site


@given(damages=st.lists(DAMAGES, min_size=1, max_size=3), as_of=st.dates(date(1900, 1, 1), date(2900, 1, 1)))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_no_input_makes_a_traceback(
    begun: Path, tmp_path_factory: pytest.TempPathFactory, damages: list[Damage], as_of: date
) -> None:
    site = tmp_path_factory.mktemp("damaged") / "site"
    shutil.copytree(begun, site)
    try:
        for damage in damages:
            damage(site)
        reading = read_library(site)
        problems = find_problems(reading, as_of)
        assert not any("\n" in problem.message or UNPRINTABLE.search(problem.message) for problem in problems)
        assert set(reading.problems) <= set(problems)
        "".join(f"{problem.source} {problem.message} {problem.hint}" for problem in problems).encode()
    except UsageError:
        assert not (site / "mkdocs.yml").is_file()
    finally:
        shutil.rmtree(site)


def test_a_repeated_key_hides_no_misspelt_placeholder(tmp_path: Path) -> None:
    site = acme.make_site(tmp_path)
    text = site / "content" / "website" / "es.md"
    acme.write_file(site, "content/website/es.md", text.read_text(encoding="utf-8") + "\n{{ contact.dpo }}\n")
    acme.replace_text(site, "entities/acme-inc.yml", "    legal_name:", "    legal_name: X\n    legal_name:")
    told = [(problem.id, problem.source.path) for problem in find_problems(read_library(site), acme.DRAFTING)]
    assert set(told) == {("FE05", "content/website/es.md"), ("YAML", "entities/acme-inc.yml")}


def test_a_notice_that_cannot_be_described_hides_nothing_in_its_texts(tmp_path: Path) -> None:
    site = acme.make_site(tmp_path)
    text = site / "content" / "website" / "es.md"
    acme.write_file(site, "content/website/es.md", text.read_text(encoding="utf-8") + "\n{{ contact.dpo }}\n")
    acme.write_file(site, "content/website/notice.yml", "title: [\n")
    told = [(problem.id, problem.source.path) for problem in find_problems(read_library(site), acme.DRAFTING)]
    assert told == [("FE05", "content/website/es.md"), ("YAML", "content/website/notice.yml")]


def test_an_effective_day_in_the_past_is_one_mistake(tmp_path: Path) -> None:
    site = acme.make_history(tmp_path)
    acme.write_file(site, "content/website/next.yml", "effective: 2001-01-01\nclass: minor\nsummary: x\n")
    told = [(problem.id, problem.source.path) for problem in find_problems(read_library(site), acme.DRAFTING)]
    assert told == [("DV02", "content/website/next.yml")]
