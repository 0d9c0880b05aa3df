"""What an edit does, told before anybody merges it: the same to a lawyer, to a review and to a program."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator, FormatChecker

from noticepress.blocks import walk_blocks
from noticepress.cli import commands
from noticepress.compose import compose_draft
from noticepress.corrections import prepare_correction
from noticepress.errors import UsageError
from noticepress.feeds import plan_feeds
from noticepress.history import trace_notice
from noticepress.impact import Impact, find_impact
from noticepress.library import load_library, read_library
from noticepress.markdown import parse
from noticepress.schemas import output_schemas
from noticepress.sealing import seal_version
from noticepress.summaries import describe_impact, mark_impact, tell_impact
from tests import acme

TODAY = date(2024, 6, 1)
EN = "content/website/en.md"
NEXT = "content/website/next.yml"
ADDED = (EN, "2. To count *visits*.", "2. To count *visits*.\n3. To advertise.")
COMMA = (EN, "This notice tells visitors", "This notice, tells visitors")
COMMAS = (
    COMMA,
    ("content/website/es.md", "Este aviso explica", "Este aviso, explica"),
    ("content/website/ja.md", "この通知は、", "この通知は"),
    ("content/website/ar.md", "هذا الإشعار لزوار", "هذا الإشعار، لزوار"),
)
MOVES = """\
  - from: 2024-08-01
    contacts:
      privacy: privacy@acme.example
      post: {street: P.O. Box 9, locality: Denver, region: CO, postal_code: "80201", country: US}
"""


def edit(site: Path, *edits: tuple[str, str, str], record: str = "") -> Path:
    for path, old, new in edits:
        acme.replace_text(site, path, old, new)
    if record:
        acme.write_file(site, NEXT, record)
    return site


def find(site: Path, as_of: date = TODAY) -> Impact:
    library = load_library(site)
    return find_impact(library, compose_draft(library, acme.NOTICE, as_of).version, as_of)


def prepare(change_class: str, effective: str = "2024-09-01", announced: str = "") -> str:
    told = f"announced: {announced}\n" if announced else ""
    return f"effective: {effective}\nclass: {change_class}\nsummary: {{en: Something changes.}}\n{told}"


def list_classes(impact: Impact) -> dict[tuple[str, str], str]:
    return {(e.region, e.locale): e.minimum.change_class for e in impact.editions if e.minimum}


# ---- what is found


def test_a_text_that_nobody_touched_does_nothing(site: Path) -> None:
    impact = find(site)
    assert not any(edition.is_changed for edition in impact.editions)
    assert (impact.feeds, impact.subscriber_lists, impact.account_lists, impact.leads) == ((), 0, 0, ())
    assert tell_impact(describe_impact(impact)) == (
        "What this edit does: website, the working text\n"
        "\n"
        "Nothing changes: every edition says what it said.\n"
        "\n"
        "Unchanged: no entry, no mail\n"
        "  americas, elsewhere (en, es, ja, ar)"
    )


def test_an_edit_of_the_source_changes_its_editions_and_makes_translations_stale(site: Path) -> None:
    impact = find(edit(site, ADDED))
    changed = {edition.locale for edition in impact.editions if edition.is_changed and not edition.is_redated}
    assert "en" in changed
    assert "es" not in changed  # required elsewhere: a release waits for it, and its words stay
    assert impact.minimum.change_class == "material"
    assert str(impact.minimum.reasons[0]) == "#purposes: 1 item added → material"
    assert {locale: dict(found) for locale, found in impact.behind.items()} == {
        locale: {"purposes": "stale"} for locale in ("es", "ja", "ar")
    }


def test_an_edit_for_one_region_leaves_the_other_alone(site: Path) -> None:
    impact = find(edit(site, (EN, "{% else %}all{% endif %}", "{% else %}few{% endif %}")))
    changed = {e.region for e in impact.editions if e.is_changed and not e.is_redated and e.locale == "en"}
    assert changed == {"elsewhere"}
    classes = list_classes(impact)
    assert (classes["elsewhere", "en"], classes["americas", "en"]) == ("minor", "editorial")


@pytest.mark.parametrize(
    ("change_class", "lists"),
    [("editorial", (0, 0)), ("minor", (8, 0)), ("material", (8, 8))],
)
def test_the_class_decides_who_is_mailed(site: Path, change_class: str, lists: tuple[int, int]) -> None:
    impact = find(edit(site, *COMMAS, record=prepare(change_class)))
    assert impact.minimum.change_class == "editorial"
    assert (impact.declared, impact.change_class) == (change_class, change_class)
    assert (impact.subscriber_lists, impact.account_lists) == lists


@pytest.mark.parametrize("change_class", ["editorial", "material"])
def test_the_date_that_a_text_tells_of_itself_makes_an_entry_and_no_mail(site: Path, change_class: str) -> None:
    impact = find(edit(site, record=prepare(change_class)))
    assert all(edition.is_changed and edition.is_redated and not edition.changes for edition in impact.editions)
    assert impact.minimum.change_class == "editorial"
    assert (impact.subscriber_lists, impact.account_lists, len(impact.feeds)) == (0, 0, 2 * (1 + 8))
    told = tell_impact(describe_impact(impact))
    assert "Only the date of the version changes: every edition says what it said." in told
    assert "Sections that change" not in told


def test_without_a_date_of_its_own_a_draft_foresees_that_texts_will_tell_another(site: Path) -> None:
    impact = find(edit(site, COMMA))
    assert {edition.locale for edition in impact.editions if edition.is_redated} == {"es", "ja", "ar"}
    told = tell_impact(describe_impact(impact))
    assert "Only its own date changes: an entry, no mail\n  americas, elsewhere (es, ja, ar)" in told


def test_a_class_below_the_least_one_is_too_low_and_the_least_one_is_mailed(site: Path) -> None:
    impact = find(edit(site, ADDED, record=prepare("minor")))
    assert impact.is_too_low
    assert impact.account_lists == impact.subscriber_lists > 0
    assert not find(edit(site, record=prepare("material"))).is_too_low


def test_every_feed_that_gets_an_entry_is_named(site: Path) -> None:
    impact = find(edit(site, COMMA))
    library = load_library(site)
    lines = {acme.NOTICE: trace_notice(acme.NOTICE, library.versions[acme.NOTICE], TODAY)}
    folders = {feed.folder for feed in plan_feeds(lines, library.settings)}
    told = {path.rpartition("changes.")[0] for path in impact.feeds}
    changed = [edition for edition in impact.editions if edition.is_changed]
    assert told == {"", *(f"{e.locale}/website/{e.region}/" for e in changed)}
    assert told <= folders
    assert {path.rpartition("changes.")[2] for path in impact.feeds} == {"atom", "json"}


def test_the_earliest_date_is_one_for_all_regions(site: Path) -> None:
    acme.replace_text(
        site,
        "entities/regions.yml",
        "  required_locales: [es]",
        "  required_locales: [es]\n  lead_days: {material: 60}",
    )
    impact = find(edit(site, ADDED, record=prepare("material", "2024-07-15", "2024-06-02T08:00:00+00:00")))
    earliest = {lead.region: lead.earliest for lead in impact.leads}
    assert earliest == {"americas": date(2024, 7, 3), "elsewhere": date(2024, 8, 2)}
    assert impact.earliest == date(2024, 8, 2)
    told = tell_impact(describe_impact(impact))
    assert "2024-08-02 for all regions together (americas 2024-07-03; elsewhere 2024-08-02)" in told
    assert "next.yml says 2024-07-15: too early" in told


def test_a_first_version_replaces_nothing(tmp_path: Path) -> None:
    impact = find(acme.make_site(tmp_path), acme.DRAFTING)
    assert all(edition.is_changed and not edition.replaced for edition in impact.editions)
    told = tell_impact(describe_impact(impact))
    assert "First words here\n  americas, elsewhere (en, es, ja, ar)" in told


# ---- how it is told


def test_a_lawyer_reads_the_verdict_the_reasons_and_what_follows(site: Path) -> None:
    told = tell_impact(describe_impact(find(edit(site, ADDED))))
    parts = dict(part.partition("\n")[::2] for part in told.split("\n\n"))
    assert "The change is at least material; no class is declared, as there is no next.yml yet." in parts
    assert parts["Why"].startswith("  #purposes: 1 item added → material; americas, elsewhere (en")
    assert "  #purposes (Why we use it): modified; americas, elsewhere (en)" in parts["Sections that change"]
    assert "  es: #purposes out of date" in parts["Translations to look at"]
    assert "  /en/website/americas/changes" in parts["Feeds that get an entry (.atom and .json)"].split("\n")
    assert "lists of subscribers and" in parts["Mail"]
    assert "next.yml sets no date" in parts["Mail"]
    assert parts["Earliest effective date"].split("\n")[0] == "  2024-07-02 in every region"


def test_a_class_that_is_too_low_is_told(site: Path) -> None:
    told = describe_impact(find(edit(site, ADDED, record=prepare("minor"))))
    assert "The change is at least material, but next.yml declares minor: too low." in tell_impact(told)
    assert "**The change is at least material, but next.yml declares minor: too low.**" in mark_impact(told)


def test_a_review_comment_is_markdown_without_html(site: Path) -> None:
    told = mark_impact(describe_impact(find(edit(site, ADDED))))
    document = parse(told)
    kinds = {block.kind for block in walk_blocks(document)}
    assert {"heading", "table", "list"} <= kinds
    assert "html" not in kinds
    assert not any(span.html for block in walk_blocks(document) for span in block.spans)
    assert "- **material**: `#purposes` 1 item added; " in told


def test_words_of_a_text_cannot_become_markup_in_a_comment() -> None:
    edition = {
        "region": "world",
        "locale": "en",
        "replaces": None,
        "changed": True,
        "redated": False,
        "minimum": "minor",
        "reasons": [{"class": "minor", "section": "a", "text": '"<b>|*x*" added', "token": True}],
        "sections": [{"section": "a", "title": "Use | <i>share</i>", "kinds": ["modified"], "language": None}],
    }
    found: Mapping[str, Any] = {
        "notice": "visitors",
        "version": "draft",
        "effective": None,
        "declared": None,
        "minimum": "minor",
        "too_low": False,
        "editions": [edition],
        "translations": [{"locale": "de", "section": "", "state": "missing"}],
        "feeds": [],
        "mail": {"class": "minor", "announced": True, "subscriber_lists": 1, "account_lists": 0},
        "leads": [],
        "earliest": None,
    }
    document = parse(mark_impact(found))
    assert not any(span.html for block in walk_blocks(document) for span in block.spans)
    rows = [block for block in walk_blocks(document) if block.kind == "row"]
    assert [len(row.children) for row in rows] == [4, 4]
    assert "de: the beginning missing" in tell_impact(found)
    assert "1 list of subscribers would be mailed" in tell_impact(found)


def test_an_impact_as_data_is_as_its_schema_says(site: Path) -> None:
    validator = Draft202012Validator(output_schemas()["impact.json"], format_checker=FormatChecker())
    validator.validate(describe_impact(find(site)))
    validator.validate(describe_impact(find(edit(site, ADDED, record=prepare("minor")))))


# ---- facts that change


def test_a_fact_that_changes_shows_on_its_day_and_not_before(site: Path) -> None:
    acme.write_file(site, "entities/acme-inc.yml", acme.FILES["entities/acme-inc.yml"] + acme.MOVED + MOVES)
    assert not any(edition.is_changed for edition in find(site, date(2024, 7, 31)).editions)
    impact = find(site, date(2024, 8, 1))
    assert {edition.region for edition in impact.editions if not edition.is_redated} == {"americas"}
    assert impact.minimum == find(edit(site, record=prepare("minor", "2024-08-01"))).minimum, (
        "whoever writes the record"
    )


def test_an_address_is_told_as_a_whole(site: Path) -> None:
    acme.write_file(site, "entities/acme-inc.yml", acme.FILES["entities/acme-inc.yml"] + acme.MOVED + MOVES)
    reasons = [str(reason) for reason in find(site, date(2024, 8, 1)).minimum.reasons]
    assert reasons == [
        '#rights: "P.O. Box 7, Boston, MA 02111, United States" removed → minor',
        '#rights: "P.O. Box 9, Denver, CO 80201, United States" added → minor',
        "Acme Research Inc.: contact 'post' changed → minor",
    ]


def test_a_mail_address_is_told_once(site: Path) -> None:
    moved = acme.FILES["entities/acme-inc.yml"] + acme.MOVED + MOVES.replace("privacy@", "legal@")
    acme.write_file(site, "entities/acme-inc.yml", moved.replace("P.O. Box 9, locality: Denver", "P.O. Box 7"))
    reasons = [str(reason) for reason in find(site, date(2024, 8, 1)).minimum.reasons]
    assert [reason for reason in reasons if "@" in reason] == [
        '#rights: "privacy@acme.example" removed → minor',
        '#rights: "legal@acme.example" added → minor',
    ]


def test_a_section_that_waits_for_its_translation_is_told_as_shown_in_the_source(site: Path) -> None:
    impact = find(edit(site, ADDED))
    japanese = next(edition for edition in impact.editions if (edition.region, edition.locale) == ("americas", "ja"))
    assert (japanese.changes, japanese.languages) == ((), {"purposes": "en"})
    told = tell_impact(describe_impact(impact))
    assert "  #purposes (Why we use it): shown in English; americas, elsewhere (ja, ar)" in told


def test_what_holds_in_several_regions_is_told_once_and_what_is_open_last(site: Path) -> None:
    told = tell_impact(describe_impact(find(edit(site, ADDED))))
    lines = told.partition("Earliest effective date\n")[2].split("\n  ")
    assert lines[-1] == "announced is not set: days are counted as if it were announced today"
    assert len([line for line in lines if "promises" in line]) == 1


def test_a_correction_is_what_the_working_text_is_compared_with(site: Path) -> None:
    edit(site, COMMA)
    seal_version(site, prepare_correction(read_library(site), acme.NOTICE, acme.SECOND, TODAY).sealing)
    impact = find(site, date(2024, 6, 2))
    assert {edition.replaced for edition in impact.editions} == {f"{acme.SECOND}.1"}
    assert not any(edition.is_changed for edition in impact.editions)


# ---- commands


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(commands, [str(arg) for arg in args])


def diff(site: Path, *args: str) -> Result:
    return run("diff", "website", "--site", site, "--as-of", "2024-06-01", *args)


def test_the_command_tells_it_in_three_ways(site: Path) -> None:
    edit(site, ADDED)
    expected = describe_impact(find(site))
    assert diff(site, "--impact").output == f"{tell_impact(expected)}\n"
    assert diff(site, "--impact", "--format", "markdown").output == f"{mark_impact(expected)}\n"
    assert json.loads(diff(site, "--impact", "--format", "json").output) == expected


def test_the_command_lists_changes_in_markdown(site: Path) -> None:
    edit(site, COMMA)
    told = diff(site, "--format", "markdown").output
    assert "\n\n1 section changed: ~~deleted~~, **inserted**, *moved here*.\n\n- **The beginning**: modified" in told
    assert "  > This notice**,** tells visitors" in told


@pytest.mark.parametrize(
    "args",
    [("--format", "html"), ("--region", "americas"), ("--locale", "es"), ("--to", "draft"), ("--from", acme.FIRST)],
)
def test_an_impact_is_everywhere_and_has_no_redline(site: Path, args: Sequence[str]) -> None:
    result = diff(site, "--impact", *args)
    assert isinstance(result.exception, UsageError)


def test_an_impact_is_of_a_notice(site: Path) -> None:
    result = run("diff", "--impact", "--files", site / EN, site / EN)
    assert isinstance(result.exception, UsageError)
    assert isinstance(run("diff", "nothing", "--impact", "--site", site).exception, UsageError)


def test_status_tells_what_each_working_text_would_do(site: Path) -> None:
    edit(site, ADDED)
    told = run("status", "--site", site, "--as-of", "2024-06-01").output
    assert "\n  What this edit does: website, the working text\n" in told
    status = json.loads(run("status", "--site", site, "--as-of", "2024-06-01", "--format", "json").output)
    [draft] = status["drafts"]
    assert draft["impact"] == describe_impact(find(site))
    Draft202012Validator(output_schemas()["status.json"], format_checker=FormatChecker()).validate(status)


def test_status_tells_no_impact_where_nothing_is_being_prepared(site: Path) -> None:
    assert "What this edit does" not in run("status", "--site", site, "--as-of", "2024-06-01").output


def test_an_archived_version_needs_no_lead_time(site: Path) -> None:
    edit(site, ADDED, record=prepare("material") + "origin: {url: https://archive.example/1}\n")
    told = describe_impact(find(site))
    assert (told["leads"], told["earliest"]) == ([], None)
    assert "Earliest effective date" not in tell_impact(told)
