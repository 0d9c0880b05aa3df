"""Which words apply in a territory, and what a command names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticepress.errors import NoticeError, UsageError
from noticepress.history import first_instant, is_reached, start_of
from noticepress.lookup import decode_text, find_answer, find_applicable
from noticepress.model import AsOf, Effective, Library, Region, SealedRegion, Version
from noticepress.territories import UnknownTerritory
from tests.factories import make_library, make_version

EARLY, LATE = "Pacific/Kiritimati", "Pacific/Pago_Pago"


def hold(version: Version, territories: Mapping[str, Sequence[str]], **zones: str) -> Version:
    """The version with these territories by region, each region in a zone of its own."""

    def place(region: SealedRegion) -> SealedRegion:
        zone = zones.get(region.id, "UTC")
        effective = Effective(version.day, zone, first_instant(version.day, zone))
        return replace(region, territories=tuple(territories[region.id]), effective=effective)

    return replace(version, regions={name: place(region) for name, region in version.regions.items()})


def make_places(day: str, territories: Mapping[str, Sequence[str]], **zones: str) -> Version:
    texts = {region: {"en": f"# {region} {day}\n"} for region in territories}
    return hold(make_version(day, texts), territories, **zones)


FIRST = make_places("2024-01-01", {"asia": ["JP", "TW"], "rest": ["US", "US-CA", "ES", "FR"]})
SECOND = make_places("2024-06-01", {"asia": ["JP"], "rest": ["US", "ES", "FR", "TW"]})
BOTH = [FIRST, SECOND]


@pytest.mark.parametrize(
    ("territory", "day", "expected"),
    [
        ("JP", "2023-12-31", None),
        ("JP", "2024-01-01", ("2024-01-01", "asia")),
        ("TW", "2024-05-31", ("2024-01-01", "asia")),
        ("TW", "2024-06-01", ("2024-06-01", "rest")),
        ("US-CA", "2024-05-31", ("2024-01-01", "rest")),
        ("US-CA", "2024-06-01", ("2024-06-01", "rest")),  # nobody names it any more: it goes with its country
        ("CU", "2024-06-01", None),  # a territory, but this notice is not for it
    ],
)
def test_what_applies_follows_the_territory_as_sealed(
    territory: str, day: str, expected: tuple[str, str] | None
) -> None:
    found = find_applicable(BOTH, territory, date.fromisoformat(day))
    assert (found and (found.version.id, found.region)) == expected
    assert found is None or found.state == "in-force"


@pytest.mark.parametrize(
    ("code", "meant"),
    [("UK", "GB"), ("jp", "JP"), ("Japan", "JP"), ("XX", ""), ("US-PR", "PR"), ("US-ZZ", ""), ("ES-CN", "IC")],
)
@pytest.mark.parametrize("versions", [BOTH, []])
def test_an_unknown_territory_fails_closed(code: str, meant: str, versions: Sequence[Version]) -> None:
    with pytest.raises(UnknownTerritory) as caught:
        find_applicable(versions, code, date(2024, 7, 1))
    assert caught.value.suggestion == meant


def test_a_territory_that_a_notice_drops_has_no_words_any_more() -> None:
    dropped = make_places("2024-06-01", {"rest": ["US"]})
    assert find_applicable([FIRST, dropped], "JP", date(2024, 6, 1)) is None
    before = find_applicable([FIRST, dropped], "JP", date(2024, 5, 31))
    assert before is not None
    assert before.version is FIRST


def test_a_draft_applies_nowhere() -> None:
    found = find_applicable([FIRST, replace(SECOND, sealed=False)], "JP", date(2024, 7, 1))
    assert found is not None
    assert found.version is FIRST


@given(
    st.sampled_from([EARLY, LATE, "UTC"]),
    st.sampled_from([EARLY, LATE, "UTC"]),
    st.datetimes(
        *(datetime(2024, month, day, tzinfo=UTC).replace(tzinfo=None) for month, day in ((5, 30), (6, 3))),
        timezones=st.just(UTC),
    ),
)
def test_a_territory_that_changes_regions_is_never_without_words(asia: str, rest: str, moment: AsOf) -> None:
    first = make_places("2024-01-01", {"asia": ["JP", "TW"], "rest": ["US"]}, asia=asia, rest=rest)
    second = make_places("2024-06-01", {"asia": ["JP"], "rest": ["US", "TW"]}, asia=asia, rest=rest)
    found = find_applicable([first, second], "TW", moment)
    assert found is not None
    moved = is_reached(start_of(second, "rest"), moment)
    assert (found.version.id, found.region) == (("2024-06-01", "rest") if moved else ("2024-01-01", "asia"))


# ---- answers


def make_answers() -> Library:
    texts = {"world": {"en": "# English\n", "de": "# Deutsch\n"}}
    version = make_version("2024-01-01", texts)
    version = replace(hold(version, {"world": ["JP", "DE"]}), authoritative={"world": "de"})
    library = make_library([version])
    settings = replace(library.settings, locales=("en", "de", "ja"))
    return replace(library, settings=settings)


@pytest.mark.parametrize(("asked", "given"), [("en", "en"), ("de", "de"), ("de-AT", "de"), ("ja", "de")])
def test_a_missing_language_falls_back_to_its_own_then_to_the_text_that_decides(asked: str, given: str) -> None:
    found = find_answer(make_answers(), "visitors", "JP", asked, date(2024, 2, 1))
    assert (found.asked_locale, found.edition.locale) == (asked, given)


def test_without_a_text_that_decides_the_source_language_answers() -> None:
    library = make_answers()
    version = replace(library.versions["visitors"][0], authoritative={})
    found = find_answer(replace(library, versions={"visitors": (version,)}), "visitors", "JP", "ja", date(2024, 2, 1))
    assert found.edition.locale == "en"


def test_why_is_the_path_from_the_territory_to_the_rule() -> None:
    library = make_answers()
    for rule, path in (
        (("001",), ("JP", "030", "142", "001")),
        (("rest",), ("JP", "rest")),
        (("150",), ("JP",)),  # the rule has changed since
        (("nonsense",), ("JP",)),
    ):
        changed = replace(library, regions={"world": Region("world", {"en": "the world"}, rule)})
        assert find_answer(changed, "visitors", "JP", "en", date(2024, 2, 1)).path == path
    gone = replace(library, regions={})
    assert find_answer(gone, "visitors", "JP", "en", date(2024, 2, 1)).path == ("JP",)


@pytest.mark.parametrize(
    ("notice", "territory", "locale", "told"),
    [
        ("nobody", "JP", "en", "there is no notice 'nobody'; the site has: visitors"),
        ("visitors", "UK", "en", "unknown territory or group 'UK'; did you mean 'GB'?; write an ISO 3166 code"),
        ("visitors", "JP", "fr", "'fr' is not a language of this site; it has: en, de, ja"),
    ],
)
def test_an_answer_is_never_guessed(notice: str, territory: str, locale: str, told: str) -> None:
    with pytest.raises(UsageError, match=r".") as caught:
        find_answer(make_answers(), notice, territory, locale, date(2024, 2, 1))
    assert str(caught.value).startswith(told)


def test_a_day_before_the_first_version_is_told_as_such() -> None:
    with pytest.raises(NoticeError) as caught:
        find_answer(make_answers(), "visitors", "JP", "en", date(2023, 12, 31))
    assert caught.value.problems[0].message == "no version of visitors is in force in JP on 2023-12-31"
    assert "status" in caught.value.problems[0].hint


# ---- files


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"# A\r\nb\r", "# A\nb\n"),
        (b"\xef\xbb\xbf# A\n", "# A\n"),
        (b"---\ntitle: A\n---\n# A\n", "# A\n"),
        ("# プライバシー\n".encode(), "# プライバシー\n"),
    ],
)
def test_a_file_is_read_as_an_edition(raw: bytes, text: str) -> None:
    assert decode_text(raw, "a.md") == text


def test_a_file_that_is_no_utf_8_is_refused() -> None:
    with pytest.raises(UsageError, match=r"a\.md is not UTF-8; save it as UTF-8"):
        decode_text(b"\xff\xfe", "a.md")
