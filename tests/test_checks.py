"""Each check finds its mistake at its line and column, and leaves its nearest neighbour alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from noticepress.checks import CHECKS, find_problems
from noticepress.errors import NoticeError, errors_of
from noticepress.library import read_library
from noticepress.model import AsOf
from noticepress.release import prepare_release
from tests import acme

ROOT = Path(__file__).parent.parent
EN, ES = "content/website/en.md", "content/website/es.md"
NEXT = "content/website/next.yml"

Edit = tuple[str, str, str]
"""A file, what stands in it, and what is put in its place."""


def check(site: Path, as_of: AsOf = acme.DRAFTING) -> list[str]:
    found = find_problems(read_library(site), as_of)
    return [f"{p.source}: {p.id} {'' if p.severity == 'error' else 'w '}{p.message}" for p in found]


def edit(folder: Path, edits: Sequence[Edit]) -> Path:
    site = acme.make_site(folder)
    for path, old, new in edits:
        acme.replace_text(site, path, old, new)
    return site


def in_every_text(old: str, new: str) -> list[Edit]:
    return [(f"content/website/{locale}.md", old, new) for locale in acme.LOCALES]


def test_a_site_in_order_has_no_findings(tmp_path: Path) -> None:
    assert check(acme.make_site(tmp_path)) == []
    assert check(acme.make_history(tmp_path / "later")) == []


SCOPE = "It covers our website, and applies"
"""Line 7 of the English text."""


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        # facts
        ([(EN, SCOPE, "It {{ contact.dpo }} applies")], [f"{EN}:7:7: FE05 unknown value 'contact.dpo'"]),
        (
            [(EN, SCOPE, "It {% if x %} applies")],
            [f"{EN}:36:16: FE05 the placeholders cannot be read: Unexpected end of template. Jinja was"],
        ),
        ([(EN, SCOPE, "Write to privacy@acme.example")], [f"{EN}:7:10: FE05 literal 'privacy@acme.example', which"]),
        (
            [(EN, SCOPE, "We are Acme Europe GmbH")],
            [f"{EN}:7:8: FE05 literal 'Acme Europe GmbH', which the entities'"],
        ),
        ([(EN, SCOPE, "At 12 Harbor Street")], [f"{EN}:7:4: FE05 literal '12 Harbor Street', which the entities'"]),
        ([(EN, SCOPE, "At Apartado 9")], [f"{EN}:7:4: FE05 literal 'Apartado 9', which the entities' files hold"]),
        (
            [("content/website/ja.md", "この通知は当社", "連絡先privacy@acme.exampleまで当社")],
            ["content/website/ja.md:7:4: FE05 literal 'privacy@acme.example', which the entities' files hold"],
        ),
        # dates
        ([(EN, SCOPE, "It applies, as of January 10, 2024,")], [f"{EN}:7:19: DV01 a date is written out: 'January"]),
        ([(EN, SCOPE, "On 2024-01-10")], [f"{EN}:7:4: DV01 a date is written out: '2024-01-10'"]),
        ([(EN, SCOPE, "On the 9th of March 2012")], [f"{EN}:7:8: DV01 w a date is written out: '9th of March 2012'"]),
        ([(ES, "Abarca nuestro", "El 10 de enero de 2024")], [f"{ES}:7:4: DV01 a date is written out: '10 de enero"]),
        (
            [("content/website/ja.md", "この通知は当社", "施行日2024年1月10日は当社")],
            ["content/website/ja.md:7:4: DV01 a date is written out: '2024年1月10日'"],
        ),
        (
            [("content/website/ja.md", "この通知は当社", "施行日2024-01-10は当社")],
            ["content/website/ja.md:7:4: DV01 a date is written out: '2024-01-10'"],
        ),
        (
            [("content/website/ar.md", "يشمل موقعنا", "في 10 يناير 2024")],
            ["content/website/ar.md:7:4: DV01 a date is"],
        ),
        (
            [(NEXT, "2023-12-06T10:00:00+00:00", "2024-01-11")],
            [f"{NEXT}:5:1: DV02 effective 2024-01-10 is before announced 2024-01-11"],
        ),
        (
            [(NEXT, "2023-12-06T10:00:00+00:00", "2024-01-10T23:30:00+00:00")],
            [
                f"{NEXT}:5:1: DV02 effective 2024-01-10 is before announced 2024-01-11"  # in Madrid it is the next day
            ],
        ),
        # links
        ([(EN, "[what we collect](#data)", "[](#data)")], [f"{EN}:32:10: LC01 a link without words → #data"]),
        ([(EN, "[what we collect](#data)", "[here](#data)")], [f"{EN}:32:10: LC01 w the link says only 'here'"]),
        ([(EN, "https://authorities", "http://authorities")], [f"{EN}:32:43: LC02 w an unprotected link: http://auth"]),
        ([(EN, "(#data)", "(#date)")], [f"{EN}:32:10: LC03 section #date is not in this text"]),
        ([(EN, "(#data)", "(data.md)")], [f"{EN}:32:10: LC03 a relative link, 'data.md', leads elsewhere on every"]),
        ([(EN, "(#data)", "(data:text/html;x)")], [f"{EN}:32:10: LC03 a link of an unknown kind: data:text/html;x"]),
        ([(EN, "(#data)", "(/en/none/americas/)")], [f"{EN}:32:10: LC03 '/en/none/americas/' is no page of this site"]),
        ([(EN, "(#data)", "(//other.example/x/y)")], [f"{EN}:32:10: LC03 '//other.example/x/y' is no page of this"]),
        (
            [(EN, "(#data)", '({{ link("website") }}#x)')],
            [f"{EN}:32:10: LC03 notice 'website' has no section #x in 'en'"],
        ),
        (
            [(EN, "**email**", "![email](https://a.example/e.png)")],
            [f"{EN}:21:8: LC05 w an image from 'https://a.example/e.png' is not loaded"],
        ),
        # structure
        (
            [(EN, " {#scope}", "")],
            [
                f"{EN}:5:1: AX01 w section 'What it covers' has no id of its own",
                *(
                    f"content/website/{locale}.md:5:1: TR03 section #scope is not in the"
                    for locale in ("ar", "es", "ja")
                ),
                f"{ES}:1:1: TR03 section #what-it-covers is",
                *(f"content/website/{locale}.md:1:1: TR03 w section #what-it-covers is" for locale in ("ar", "ja")),
            ],
        ),
        (
            in_every_text("## ", "#### "),
            [
                f"content/website/{locale}.md:5:1: AX01 a heading of level 4 follows one of level 1"
                for locale in acme.LOCALES
            ],
        ),
        (
            in_every_text("{#scope}", "{#np-scope}"),
            [f"content/website/{locale}.md:5:1: AX01 id 'np-scope' cannot stand in an" for locale in acme.LOCALES],
        ),
        (
            in_every_text("{#scope}", "{#用}"),
            [f"content/website/{locale}.md:5:1: AX01 id '用' cannot stand in an address" for locale in acme.LOCALES],
        ),
        ([(EN, "## What it covers {#scope}", "## {#scope}")], [f"{EN}:5:1: AX01 a heading without words"]),
        ([(EN, SCOPE, "It <x>covers</x>")], [f"{EN}:7:1: AX01 w raw HTML is shown as text"]),
        (
            in_every_text("{#purposes}", "{#data}"),
            [f"content/website/{locale}.md:24:1: TR03 id #data is already used on line 17" for locale in acme.LOCALES],
        ),
        # translations
        (
            [(ES, "## Qué recogemos {#data}", "**Qué recogemos**"), (ES, "(#data)", "(#scope)")],
            [f"{ES}:9:1: TR03 section #data is missing"],
        ),
        (
            [(ES, "## Cambios", "## Más {#more}\n\nMás.\n\n## Cambios")],
            [f"{ES}:34:1: TR03 section #more is not in the source text"],
        ),
        (
            [(ES, "## Cambios {#changes}", "### Cambios {#changes}")],
            [f"{ES}:34:1: TR03 section #changes has a heading of level 3, the source of level 2"],
        ),
        (
            [(ES, "{#purposes}", "{#x}"), (ES, "{#rights}", "{#purposes}"), (ES, "{#x}", "{#rights}")],
            [f"{ES}:24:1: TR03 section #rights stands where the source has #purposes"],
        ),
        # regions
        (
            [
                ("entities/regions.yml", '["019"]', '["019", ES]'),
                ("entities/regions.yml", ": rest", ": [ES, '001', '-019']"),
            ],
            ["entities/regions.yml:1:1: RG01 1 territory (ES) → americas and elsewhere"],
        ),
        (
            [("entities/regions.yml", ": rest", ': ["001", "-019", "-ES"]')],
            ["entities/regions.yml:1:1: RG02 no region holds 1"],
        ),
        (
            [("entities/regions.yml", '"019"', "Americas")],
            ["entities/regions.yml:1:1: RG03 region 'americas': unknown territory or group 'Americas'"],
        ),
        (
            [("entities/acme-inc.yml", "[americas]", "[]")],
            ["entities/regions.yml:1:1: RG02 no entity answers for region 'americas' on 2023-12-01"],
        ),
        (
            [("entities/acme-iberia.yml", "jointly: true", "jointly: false")],
            ["entities/acme-iberia.yml:2:5: RG01 acme-iberia answers for region 'elsewhere', and so does acme-europe"],
        ),
    ],
)
def test_a_mistake_is_found_at_its_place(tmp_path: Path, edits: list[Edit], told: list[str]) -> None:
    found = check(edit(tmp_path, edits))
    missing = [line for line in told if not any(other.startswith(line) for other in found)]
    assert missing == [], found
    ids = {line.split(" ")[1] for line in told}
    extra = [line for line in found if line.split(" ")[1] in ids and not any(line.startswith(one) for one in told)]
    if ids not in ({"RG02"}, {"AX01", "TR03"}):  # a region is looked at on several days, a section from both sides
        assert extra == []


@pytest.mark.parametrize(
    "edits",
    [
        # facts: part of a longer word, the organisation's own name, a fact that no file holds
        [(EN, SCOPE, "<Not-privacy@acme.example.invalid> or <yourprivacy@acme.example>")],
        [(EN, SCOPE, "Acme Research is Acme Researchers")],
        [(EN, SCOPE, "Acme Europe is an alias, 123 Harbor Street is another place")],
        [(EN, SCOPE, "{% if organisation == 'privacy@acme.example' %}a{% endif %} it")],
        # dates: of no day, in an address, in an id, in a placeholder
        [(EN, SCOPE, "In March, in May 2024, 10 January or 1/2 or 2024-01")],
        [(EN, "https://authorities.example/list", "https://authorities.example/2024-01-10")],
        [(EN, SCOPE, "{% if version.id == '2024-01-10' %}It{% endif %} applies")],
        [(NEXT, "2023-12-06T10:00:00+00:00", "2024-01-10")],
        [(NEXT, "announced: 2023-12-06T10:00:00+00:00", "reason: unknown")],
        # links
        [(EN, "[what we collect](#data)", "[here is what we collect](#data)")],
        [(EN, "(#data)", "(mailto:x@acme.example)"), (EN, "https://authorities", "HTTPS://authorities")],
        [(EN, "(#data)", "(tel:+15550100)")],
        [(EN, "(#data)", '({{ link("website") }}#data)')],
        [(EN, SCOPE, "See http://example.org, which is no link,")],
        # structure
        in_every_text("{#scope}", "{#Scope_1.a}"),
        [(EN, SCOPE, "1 < 2 and a > b, &lt;b&gt;")],
        in_every_text("## ", "### "),
        # regions
        [("entities/regions.yml", ": rest", ': ["001", "-019"]')],
        [("entities/acme-europe.yml", "[elsewhere]", "[]"), ("entities/acme-iberia.yml", "true", "false")],
    ],
)
def test_what_only_resembles_a_mistake_is_left_alone(tmp_path: Path, edits: list[Edit]) -> None:
    found = check(edit(tmp_path, edits))
    if edits and edits[0][1] == "## ":  # level 3 under the title is skipped, which is another matter
        found = [line for line in found if "follows one of level 1" not in line]
    # What one text says alone is missing in its translations.
    assert [line for line in found if not re.search(r" TR0[34] ", line)] == []


# ---- translations and files


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("en", "content/website/en.md:1:1: TR01 the text in the source language is missing"),
        ("es", "content/website/es.md:1:1: TR01 region 'elsewhere' requires 'es': missing"),
        ("ja", "content/website/ja.md:1:1: TR01 w not translated into 'ja': readers are shown the source text"),
    ],
)
def test_a_missing_text_is_told(tmp_path: Path, locale: str, told: str) -> None:
    site = acme.make_site(tmp_path)
    (site / f"content/website/{locale}.md").unlink()
    (line,) = check(site)
    assert line.startswith(told)


def test_a_language_is_required_only_where_the_notice_is_for_the_region(tmp_path: Path) -> None:
    notice = ("content/website/notice.yml", "audience:", "regions: [americas]\naudience:")
    site = edit(tmp_path, [notice, ("content/website/notice.yml", ", elsewhere: en", "")])
    (site / ES).unlink()
    (line,) = check(site)
    assert line.startswith(f"{ES}:1:1: TR01 w not translated into 'es'")


def test_an_empty_text_is_told(tmp_path: Path) -> None:
    site = acme.make_site(tmp_path, {ES: "\n"})
    assert f"{ES}:1:1: AX01 the text is empty" in check(site)


def test_a_link_to_a_region_that_a_notice_is_not_for_leads_nowhere(tmp_path: Path) -> None:
    site = edit(tmp_path, [(EN, "(#data)", '({{ link("children") }})')])
    acme.write_file(site, "content/children/notice.yml", "title: Children\nregions: [americas]\n")
    acme.write_file(site, "content/children/en.md", "# Children\n\nWords.\n")
    found = [line for line in check(site) if "LC03" in line]
    assert found == [f"{EN}:32:10: LC03 '/en/children/elsewhere/' is no page of this site"]


def test_a_version_follows_the_newest_one(tmp_path: Path) -> None:
    site = acme.make_history(tmp_path)
    record = "effective: 2024-05-20\nclass: minor\nsummary: {en: More., es: Más.}\nannounced: 2024-05-06\n"
    acme.write_file(site, NEXT, record)
    assert check(site) == [f"{NEXT}:1:1: DV02 effective 2024-05-20 is not after 2024-05-20, the newest version"]
    acme.replace_text(site, NEXT, "2024-05-20", "2024-05-21")
    assert check(site) == []


# ---- nothing passes where it is not known for whom


@pytest.mark.parametrize(
    "edits",
    [
        [("entities/regions.yml", '"019"', '"019", XX')],
        [("entities/regions.yml", '["019"]', "[europe-and-more]")],
        [("entities/acme-inc.yml", "[americas]", "[]")],
        [("entities/acme-inc.yml", "2015-06-01", "2024-01-11")],
        [("entities/acme-inc.yml", "[americas]", "[amerikas]")],
    ],
)
def test_an_unknown_territory_and_a_region_without_an_entity_fail_closed(tmp_path: Path, edits: list[Edit]) -> None:
    site = edit(tmp_path, edits)
    reading = read_library(site)
    assert errors_of(find_problems(reading, acme.DRAFTING))
    with pytest.raises(NoticeError):
        prepare_release(reading, "website", acme.DRAFTING)


def test_regions_are_checked_on_the_day_of_the_next_version_too(tmp_path: Path) -> None:
    gone = acme.FILES["entities/acme-inc.yml"] + "  - from: 2024-01-05\n    answers_for:\n"
    site = acme.make_site(tmp_path, {"entities/acme-inc.yml": gone})
    assert check(site) == ["entities/regions.yml:1:1: RG02 no entity answers for region 'americas' on 2024-01-10"]
    assert check(site, datetime(2023, 12, 1, 23, tzinfo=UTC)) == check(site)


def test_mistakes_of_regions_and_texts_are_told_together(tmp_path: Path) -> None:
    iberia = ("entities/acme-iberia.yml", "jointly: true", "jointly: false")
    found = check(edit(tmp_path, [iberia, (EN, SCOPE, "{{ x }} on 2024-01-10")]))
    ids = {line.split(" ")[1] for line in found}
    assert ids - {"TR03", "TR04"} == {"RG01", "FE05", "DV01"}  # the translations lack what was added


@pytest.mark.parametrize(("name", "told"), [("contact.dpo", set()), ("entity", set()), ("entites", {EN})])
def test_where_the_roster_cannot_be_read_a_fact_may_be_missing_but_no_name_is_unknown(
    name: str, told: set[str], tmp_path: Path
) -> None:
    site = edit(tmp_path, [("entities/acme-inc.yml", "facts:", "fact:"), (EN, SCOPE, "{{ " + name + " }}")])
    assert {line.split(":")[0] for line in check(site)} == {"entities/acme-inc.yml", *told}


def test_findings_are_in_order_and_told_once(tmp_path: Path) -> None:
    site = edit(tmp_path, [*in_every_text("(#data)", "(#none)"), (EN, SCOPE, "{{ x }} {{ y }}")])
    problems = find_problems(read_library(site), acme.DRAFTING)
    assert list(problems) == sorted(set(problems), key=lambda p: (p.source, p.id, p.message))
    assert problems == find_problems(read_library(site), acme.DRAFTING)


# ---- the catalogue


def find_written_ids() -> set[str]:
    """Every id that the engine gives to a problem."""
    sources = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "noticepress").rglob("*.py"))]
    constants = (node for source in sources for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return {
        c.value
        for c in constants
        if isinstance(c.value, str) and re.fullmatch(r"[A-Z]{2}\d{2}|YAML|TEXT|LOOK|WAIVER", c.value)
    }


def test_the_catalogue_has_one_entry_for_each_check() -> None:
    ids = [check.id for check in CHECKS.values()]
    assert ids == sorted(set(ids))
    in_use = find_written_ids()
    assert set(ids) == in_use
    assert in_use >= {"FE05", "YAML", "TEXT", "DV06", "CN01"}


@pytest.mark.parametrize("entry", CHECKS.values(), ids=lambda entry: entry.id)
def test_an_entry_tells_what_is_found_and_why(entry: object) -> None:
    for told in (getattr(entry, "finds", ""), getattr(entry, "why", "")):
        assert told[:1].isupper()
        assert told.endswith(".")


def test_a_day_and_an_instant_of_it_are_checked_alike(tmp_path: Path) -> None:
    site = edit(tmp_path, [(EN, SCOPE, "{{ x }}")])
    assert check(site, date(2023, 12, 1)) == check(site, datetime(2023, 12, 1, 12, tzinfo=UTC))
