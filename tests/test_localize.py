"""Dates, zones, lists, places, addresses and the words of the interface, in the reader's locale."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from noticepress.localize import (
    format_address,
    format_date,
    format_instant,
    format_number,
    is_locale,
    join_names,
    language_name,
    pick,
    territory_name,
    text_direction,
    words,
    zone_name,
)
from noticepress.model import Address
from noticepress.territories import all_territories

LOCALES = ("en", "es", "de", "ja")


# ---- locales


@pytest.mark.parametrize("tag", ["en", "es", "de", "ja", "ar", "pt-BR", "en-GB", "zh-Hant", "zh-Hant-TW", "es-419"])
def test_a_bcp_47_tag_is_a_locale(tag: str) -> None:
    assert is_locale(tag)


@pytest.mark.parametrize("tag", ["", "xx", "pt_BR", "pt-br", "EN", "en-", "english", "en\n", "../en", "en-QQQ"])
def test_anything_else_is_none_and_says_so(tag: str) -> None:
    assert not is_locale(tag)
    with pytest.raises(ValueError, match=r"language tag|unknown locale"):
        format_date(date(2012, 3, 9), tag)
    with pytest.raises(ValueError, match=r"language tag|unknown locale"):
        words(tag)


@pytest.mark.parametrize(("locale", "direction"), [("en", "ltr"), ("ja", "ltr"), ("ar", "rtl"), ("he", "rtl")])
def test_a_locale_has_a_direction(locale: str, direction: str) -> None:
    assert text_direction(locale) == direction


@pytest.mark.parametrize(
    ("locale", "in_locale", "name"),
    [
        ("es", "es", "Español"),
        ("ja", "ja", "日本語"),
        ("pt-BR", "pt-BR", "Português (Brasil)"),
        ("de", "es", "alemán"),
        ("de", "en", "German"),
    ],
)
def test_a_language_has_a_capital_in_its_own_locale(locale: str, in_locale: str, name: str) -> None:
    assert language_name(locale, in_locale) == name


@pytest.mark.parametrize(
    ("texts", "locale", "picked"),
    [
        ({"en": "a", "pt": "b", "pt-BR": "c"}, "pt-BR", ("c", "pt-BR")),
        ({"en": "a", "pt": "b"}, "pt-BR", ("b", "pt")),
        ({"de": "d", "en": "a"}, "pt-BR", ("a", "en")),
        ({"de": "d", "ja": "j"}, "pt-BR", ("d", "de")),
        ({"es": " ", "en": "a"}, "es", ("a", "en")),
        ({}, "es", ("", "es")),
    ],
)
def test_a_text_falls_back_to_the_language_then_the_source(
    texts: dict[str, str], locale: str, picked: tuple[str, str]
) -> None:
    assert pick(texts, locale, "en") == picked


# ---- dates and zones


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "March 9, 2012"),
        ("en-GB", "9 March 2012"),
        ("es", "9 de marzo de 2012"),
        ("de", "9. März 2012"),
        ("ja", "2012年3月9日"),
    ],
)
def test_a_date_is_written_in_words(locale: str, text: str) -> None:
    assert format_date(date(2012, 3, 9), locale) == text


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "March 9, 2012, 00:00 (Los Angeles Time)"),
        ("es", "9 de marzo de 2012, 00:00 (hora de Los Ángeles)"),
        ("de", "9. März 2012, 00:00 Uhr, Los Angeles (Ortszeit)"),
        ("ja", "2012年3月9日 00:00（ロサンゼルス時間）"),  # noqa: RUF001 - Japanese has its own brackets
        ("fr", "9 mars 2012, 00:00 (heure : Los Angeles)"),
    ],
)
def test_an_instant_is_shown_on_the_zone_s_clock(locale: str, text: str) -> None:
    assert format_instant(datetime(2012, 3, 9, 8, tzinfo=UTC), "America/Los_Angeles", locale) == text


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        format_instant(datetime(2012, 3, 9), "UTC", "en")  # noqa: DTZ001 - what is refused


@pytest.mark.parametrize(
    ("zone", "locale", "name"),
    [
        ("Europe/Madrid", "es", "hora de Madrid"),
        ("Atlantic/Canary", "en", "Canary Time"),
        ("Europe/London", "ja", "ロンドン時間"),
        ("UTC", "de", "UTC"),
        ("Etc/GMT+12", "en", "GMT-12:00"),
    ],
)
def test_a_zone_is_named_by_its_city(zone: str, locale: str, name: str) -> None:
    assert zone_name(zone, locale) == name


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../zone", "europe"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(ValueError, match="unknown time zone"):
        zone_name(zone, "en")


# ---- numbers and lists


@pytest.mark.parametrize(("locale", "text"), [("en", "12,345.5"), ("es", "12.345,5"), ("de", "12.345,5")])
def test_numbers_are_grouped_as_the_locale_does(locale: str, text: str) -> None:
    assert format_number(12345.5, locale) == text


@pytest.mark.parametrize(
    ("locale", "names", "text"),
    [
        ("en", [], ""),
        ("en", ["A"], "A"),
        ("en", ["A", "B"], "A and B"),
        ("en", ["A", "B", "C"], "A, B, and C"),
        ("en-GB", ["A", "B", "C"], "A, B and C"),
        ("de", ["A", "B", "C"], "A, B und C"),
        ("ja", ["A", "B", "C"], "A、B、C"),
        ("es", ["A", "B", "C"], "A, B y C"),
        ("es", ["A", "Iberia"], "A e Iberia"),
        ("es", ["A", "B", "Hijos SL"], "A, B e Hijos SL"),
        ("es", ["A", "Íñigo"], "A e Íñigo"),
        ("es", ["A", "Ybarra"], "A e Ybarra"),
        ("es", ["A", "Hierros SA"], "A y Hierros SA"),
        ("es", ["A", "Yamaha"], "A y Yamaha"),
        ("es-419", ["A", "Iberia"], "A e Iberia"),
        ("es", ["Iberia"], "Iberia"),
    ],
)
def test_names_become_a_list(locale: str, names: list[str], text: str) -> None:
    assert join_names(names, locale) == text


@given(st.lists(st.sampled_from(["Acme", "Iberia", "y y", "Hijos", "株式会社"]), min_size=1), st.sampled_from(LOCALES))
def test_no_name_is_lost_in_a_list(names: list[str], locale: str) -> None:
    joined = join_names(names, locale)
    for name in names:
        assert name in joined
        joined = joined.replace(name, "", 1)


# ---- places


@pytest.mark.parametrize(
    ("code", "locale", "name"),
    [
        ("US", "es", "Estados Unidos"),
        ("142", "ja", "アジア"),
        ("001", "de", "Welt"),
        ("US-CA", "de", "Kalifornien"),
        ("CA-QC", "ja", "ケベック州"),
        ("US-NJ", "es", "Nueva Jersey"),
        ("US-CA", "ar", "California"),
        ("eu-gdpr", "de", "die Europäische Union (DSGVO)"),
    ],
)
def test_a_territory_has_a_name(code: str, locale: str, name: str) -> None:
    assert territory_name(code, locale) == name


@pytest.mark.parametrize("locale", [*LOCALES, "ar", "pt-BR"])
def test_every_territory_has_a_name_of_its_own(locale: str) -> None:
    names = [territory_name(code, locale) for code in all_territories()]
    assert all(names)
    # Georgia is a country and a state.
    assert len(names) - len(set(names)) <= 1


def test_an_unknown_territory_has_no_name() -> None:
    with pytest.raises(ValueError, match="unknown territory 'UK2'"):
        territory_name("UK2", "en")


AMERICAN = Address("1 Main St\nSuite 2", "Springfield", "CA", "90000", "US")
BRITISH = Address("1 High Street", "London", "", "EC1A 1BB", "GB")
SPANISH = Address("Calle Mayor 1", "Alcobendas", "Madrid", "28100", "ES")
GERMAN = Address("Hauptstraße 1", "Berlin", "Berlin", "10115", "DE")
JAPANESE = Address("神宮前1-2-3", "渋谷区", "東京都", "150-0001", "JP")


@pytest.mark.parametrize(
    ("address", "locale", "lines"),
    [
        (AMERICAN, "de", ["1 Main St", "Suite 2", "Springfield, CA 90000", "Vereinigte Staaten"]),
        (BRITISH, "en", ["1 High Street", "London", "EC1A 1BB", "United Kingdom"]),
        (SPANISH, "es", ["Calle Mayor 1", "28100 Alcobendas (Madrid)", "España"]),
        (GERMAN, "en", ["Hauptstraße 1", "10115 Berlin", "Germany"]),
        (JAPANESE, "ja", ["日本", "〒150-0001", "東京都渋谷区神宮前1-2-3"]),
        (JAPANESE, "en", ["神宮前1-2-3", "渋谷区, 東京都 150-0001", "Japan"]),
        (Address("Rue 1", "Paris", "", "75001", "FR"), "en", ["Rue 1", "75001 Paris", "France"]),
        (Address(locality="Springfield", country="US"), "en", ["Springfield", "United States"]),
        (Address(region="CA", country="US"), "en", ["CA", "United States"]),
        (Address(locality="Nowhere", country="Utopia"), "en", ["Nowhere", "Utopia"]),
        (Address(), "en", []),
    ],
)
def test_an_address_has_the_order_of_its_country(address: Address, locale: str, lines: list[str]) -> None:
    assert format_address(address, locale, lines=True) == lines


def test_an_address_fits_on_one_line() -> None:
    assert format_address(BRITISH, "es") == "1 High Street, London, EC1A 1BB, Reino Unido"
    assert format_address(JAPANESE, "ja") == "日本 〒150-0001 東京都渋谷区神宮前1-2-3"
    assert format_address(Address(), "en") == ""


# ---- words of the interface


def test_a_message_is_translated_with_its_values() -> None:
    assert words("ja").gettext("{moment} ({zone})", moment="A", zone="B") == "A（B）"  # noqa: RUF001 - Japanese has its own brackets
    assert words("es").pgettext("version", "in force") == "en vigor"
    assert words("es-419").pgettext("version", "in force") == "en vigor"


def test_a_missing_message_is_english() -> None:
    for locale in ("en", "es", "fr"):
        assert words(locale).gettext("No such {thing}", thing="message") == "No such message"
        assert words(locale).ngettext("{n} gnu", "{n} gnus", 2) == "2 gnus"
    assert words("es").gettext("in force") == "in force", "the context belongs to the message"
    assert words("es").gettext("") == "", "the header is no message"


@pytest.mark.parametrize(
    ("locale", "number", "text"),
    [
        ("en", 1, "1 word added"),
        ("en", 1234, "1,234 words added"),
        ("es", 1, "1 palabra añadida"),
        ("de", 1234, "1.234 Wörter hinzugefügt"),
        ("ja", 1, "1語を追加"),
        ("ar", 1, "كلمة واحدة مضافة"),
        ("ar", 2, "كلمتان مضافتان"),
        ("ar", 5, "5 كلمات مضافة"),
        ("ar", 11, "11 كلمة مضافة"),
        ("ar", 100, "100 كلمة مضافة"),
    ],
)
def test_plurals_follow_the_locale(locale: str, number: int, text: str) -> None:
    assert words(locale).ngettext("{n} word added", "{n} words added", number) == text


def test_markup_stays_markup_and_the_rest_is_escaped() -> None:
    filled = words("en").gettext("{link} & {name}", link=Markup("<a>x</a>"), name="<b>")
    assert isinstance(filled, Markup)
    assert filled == "<a>x</a> &amp; &lt;b&gt;"
    assert not isinstance(words("en").gettext("{name}", name="<b>"), Markup)


def test_a_value_is_never_read_as_a_pattern() -> None:
    assert words("en").gettext("{name}", name="{secret}") == "{secret}"
