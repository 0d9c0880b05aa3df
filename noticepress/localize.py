"""How things are said in a locale: dates, zones, lists, places, addresses, and the words of the interface.

The only importer of Babel. Locales are BCP 47 tags with a hyphen; one that is not known is a ValueError, never a guess.
"""

from __future__ import annotations

import gettext
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, overload
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError, dates, lists, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup

from noticepress.model import Address, Texts

_LOCALE_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_ENGLISH = "en"

# Spanish says "e" for "y" before the sound i: "e Iberia", "e hijos", "e Ybarra", but "y hierro", "y Yamaha".
_SPANISH_I_SOUND = re.compile(r"(h?[iíï](?![aeouáéóú])|y(?![aeiouáéíóú]))", re.IGNORECASE)


# ---- locales


@cache
def find_locale(tag: str) -> Locale:
    """Babel's locale for a tag; ValueError where there is none."""
    if not _LOCALE_TAG.fullmatch(tag):
        raise ValueError(f"'{tag}' is not a language tag: write it like 'en' or 'pt-BR'")
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        raise ValueError(f"unknown locale '{tag}'") from error


def is_locale(tag: str) -> bool:
    """Whether a tag is a locale that can be written in: BCP 47, with hyphens, in its usual case (`pt-BR`)."""
    try:
        find_locale(tag)
    except ValueError:
        return False
    return True


def correct_tag(locale: str) -> str:
    """A tag with the code that its territory really has: `en-GB` for `en-UK`; most are right as they are."""
    *parts, last = locale.split("-")
    territory = find_locale(locale).territory
    return "-".join([*parts, territory]) if parts and last.isupper() and territory else locale


def list_fallbacks(locale: str) -> Iterator[str]:
    """A tag and what it falls back to, nearest first: `zh-Hant-TW`, `zh-Hant`, `zh`."""
    parts = locale.split("-")
    return ("-".join(parts[:count]) for count in range(len(parts), 0, -1))


def pick(texts: Texts, locale: str, source_locale: str) -> tuple[str, str]:
    """The text for a reader and the locale it is in: theirs, its language, the source locale, else the first there is.

    A blank text counts as missing. Where nothing is written at all: an empty text in the reader's locale.
    """
    for tag in (*list_fallbacks(locale), source_locale, *texts):
        if texts.get(tag, "").strip():
            return texts[tag], tag
    return "", locale


@cache
def text_direction(locale: str) -> Literal["ltr", "rtl"]:
    """The direction a locale is written in, as HTML's `dir` wants it."""
    return "rtl" if find_locale(locale).text_direction == "rtl" else "ltr"


@cache
def language_name(locale: str, in_locale: str) -> str:
    """The name of a locale's language; in its own locale with a capital, as it stands in a list of languages."""
    name = find_locale(locale).get_display_name(find_locale(in_locale)) or locale
    return name[:1].upper() + name[1:] if locale == in_locale else name


# ---- dates and zones


@lru_cache(maxsize=65536)
def format_date(day: date, locale: str) -> str:
    """A calendar day in words (CLDR `long`): `March 9, 2012`, `9. März 2012`."""
    return dates.format_date(day, format="long", locale=find_locale(locale))


@cache
def month_names(locale: str) -> tuple[str, ...]:
    """The months' names as they stand in a written-out date, in order."""
    return tuple(find_locale(locale).months["format"]["wide"][number] for number in range(1, 13))


def format_instant(instant: datetime, zone: str, locale: str) -> str:
    """An instant as a zone's clock shows it, zone named: `March 9, 2012, 00:00 (Los Angeles Time)`.

    The clock has 24 hours in every locale: the midnight on which a notice takes effect must not read "12:00 AM".
    """
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    reader = find_locale(locale)
    local = instant.astimezone(_find_zone(zone))
    # CLDR quotes literal letters ("{1} 'um' {0}"); Babel fills the pattern the same way.
    pattern = str(dates.get_datetime_format("long", locale=reader)).replace("'", "")
    moment = pattern.replace("{0}", dates.format_time(local, "HH:mm", locale=reader, tzinfo=local.tzinfo))
    moment = moment.replace("{1}", format_date(local.date(), locale))
    # TRANSLATORS: A time of day on a date, and the zone whose clock shows it.
    return words(locale).gettext("{moment} ({zone})", moment=moment, zone=zone_name(zone, locale))


@cache
def zone_name(zone: str, locale: str) -> str:
    """An IANA zone by its city (CLDR exemplar city and region format): `Los Angeles Time`, `hora de Los Ángeles`.

    A zone without a city is named by its distance from GMT. An unknown zone is a ValueError.
    """
    reader, found = find_locale(locale), _find_zone(zone)
    if zone in {"UTC", "Etc/UTC"}:
        return "UTC"
    if "/" not in zone or zone.startswith("Etc/"):
        return dates.get_timezone_gmt(datetime(2000, 1, 1, tzinfo=found), width="long", locale=reader)
    city = dates.get_timezone_location(found, locale=reader, return_city=True)
    pattern: str = reader.zone_formats["region"]
    return pattern % city


@cache
def _find_zone(zone: str) -> ZoneInfo:
    try:
        return ZoneInfo(zone)
    except (LookupError, ValueError, OSError) as error:
        raise ValueError(f"unknown time zone '{zone}'") from error


# ---- numbers and lists


def format_number(value: float, locale: str) -> str:
    """A number with the locale's digits, marks and groups."""
    return str(numbers.format_decimal(value, locale=find_locale(locale)))


def join_names(names: Iterable[str], locale: str) -> str:
    """Names as a list in running text (CLDR list pattern): `A, B y C`, `A、B、C`; empty for none."""
    items = list(names)
    joined = lists.format_list(items, locale=find_locale(locale))
    if len(items) > 1 and locale.partition("-")[0] == "es" and _SPANISH_I_SOUND.match(items[-1]):
        # CLDR knows this rule, but Babel's patterns do not carry it.
        return f"{joined.removesuffix(f' y {items[-1]}')} e {items[-1]}"
    return joined


# ---- places


def territory_name(code: str, locale: str) -> str:
    """The name of a territory, M.49 group or legal group; in English where the locale has no word for it.

    A code that is none of these is a ValueError. Sources: CLDR, and for subdivisions and legal groups our own tables.
    """
    reader = find_locale(locale)
    own = _load_own_names().get(code, {})
    for tag in (*list_fallbacks(locale), _ENGLISH):
        if tag in own:
            return own[tag]
    name = reader.territories.get(code) or find_locale(_ENGLISH).territories.get(code)
    if name is None:
        raise ValueError(f"unknown territory '{code}'")
    return str(name)


@cache
def _load_own_names() -> Mapping[str, Texts]:
    data = files("noticepress") / "data"
    subdivisions = json.loads((data / "subdivisions.json").read_text("utf-8"))["subdivisions"]
    groups = json.loads((data / "legal_groups.json").read_text("utf-8"))["groups"]
    return {code: entry["name"] for code, entry in (subdivisions | groups).items()}


@overload
def format_address(address: Address, locale: str, *, lines: Literal[False] = False) -> str: ...
@overload
def format_address(address: Address, locale: str, *, lines: Literal[True]) -> list[str]: ...
def format_address(address: Address, locale: str, *, lines: bool = False) -> str | list[str]:
    """A postal address in the order of the country it is in, the country named in the reader's locale.

    One line, or with `lines` a list of them. Unknown parts are left out; a country code that nobody knows stands as
    it was written.
    """
    try:
        country = address.country and territory_name(address.country, locale)
    except ValueError:
        country = address.country
    domestic_japanese = address.country == "JP" and locale.partition("-")[0] == "ja"
    arranged = _arrange_japanese(address, country) if domestic_japanese else [*_arrange_address(address), country]
    present = [line for line in arranged if line]
    if lines:
        return present
    return (" " if domestic_japanese else ", ").join(present)


def _arrange_address(address: Address) -> Sequence[str]:
    """The lines without the country. Most of the world writes the postal code before the town."""
    street = [line.strip() for line in address.street.splitlines()]
    match address.country:
        case "US" | "CA" | "AU":
            return [*street, _join_parts(", ", address.locality, _join_parts(" ", address.region, address.postal_code))]
        case "JP":
            return [*street, _join_parts(", ", address.locality, _join_parts(" ", address.region, address.postal_code))]
        case "GB" | "IE" | "GG" | "JE" | "IM":
            return [*street, address.locality, address.region, address.postal_code]
        case "ES" if address.region and address.region != address.locality:
            return [*street, _join_parts(" ", address.postal_code, address.locality, f"({address.region})")]
        case "DE" | "ES":
            # The state is no part of a German address, nor is a province that repeats the town of a Spanish one.
            return [*street, _join_parts(" ", address.postal_code, address.locality)]
        case _:
            return [*street, _join_parts(" ", address.postal_code, address.locality), address.region]


def _arrange_japanese(address: Address, country: str) -> Sequence[str]:
    """As the post writes it at home: from the large to the small, without spaces."""
    code = address.postal_code and f"〒{address.postal_code}"
    return [country, code, f"{address.region}{address.locality}{address.street}"]


def _join_parts(separator: str, *parts: str) -> str:
    return separator.join(part for part in parts if part)


# ---- words of the interface


@dataclass(frozen=True, slots=True)
class Words:
    """The interface's words in one locale. English is the message id, and what a missing message falls back to.

    Values fill `{name}`. Where a value is Markup the answer is Markup too, and everything else in it is escaped.
    `own` are a site's own words for messages without a number, by their key in `list_messages`.
    """

    locale: str
    translations: gettext.NullTranslations
    own: Texts = field(default_factory=dict)

    def gettext(self, msgid: str, /, **values: object) -> str:
        """A message with its values."""
        return _fill(self.own.get(msgid) or (self.translations.gettext(msgid) if msgid else ""), values)

    def pgettext(self, context: str, msgid: str, /, **values: object) -> str:
        """A message that English would not tell from another: the context does."""
        return _fill(self.own.get(f"{context} | {msgid}") or self.translations.pgettext(context, msgid), values)

    def ngettext(self, singular: str, plural: str, n: int, /, **values: object) -> str:
        """A message that depends on a number, which stands in it as `{n}`, written as the locale writes numbers."""
        chosen = self.translations.ngettext(singular, plural, n)
        return _fill(chosen, {"n": format_number(n, self.locale), **values})

    def npgettext(self, context: str, singular: str, plural: str, n: int, /, **values: object) -> str:
        """A message that depends on a number, and that English would not tell from another."""
        chosen = self.translations.npgettext(context, singular, plural, n)
        return _fill(chosen, {"n": format_number(n, self.locale), **values})


@cache
def words(locale: str) -> Words:
    """The interface's words for a locale, from `catalogs/<locale>.po`, then its language's, then English."""
    find_locale(locale)
    found = [catalog for tag in list_fallbacks(locale) if (catalog := _load_catalog(tag))]
    first = found[0] if found else gettext.NullTranslations()
    for catalog in found[1:]:
        first.add_fallback(catalog)
    return Words(locale, first)


def put_words(said: Words, own: Mapping[str, Texts]) -> Words:
    """The same words with a site's own in place of some, by locale: the nearest locale's count."""
    chosen: dict[str, str] = {}
    for tag in list_fallbacks(said.locale) if own else ():
        chosen = {**own.get(tag, {}), **chosen}
    return replace(said, own=chosen) if chosen else said


@cache
def list_messages() -> Mapping[str, bool]:
    """Every message of the interface, as `message` or `context | message`, and whether it depends on a number."""
    folder = files("noticepress") / "catalogs"
    path = min((path for path in folder.iterdir() if path.name.endswith(".po")), key=lambda path: path.name)
    found = [message for message in read_po(io.BytesIO(path.read_bytes())) if message.id]
    return {
        " | ".join(filter(None, [message.context, message.id if isinstance(message.id, str) else message.id[0]])): (
            message.pluralizable
        )
        for message in found
    }


@cache
def has_words(locale: str) -> bool:
    """Whether there are words of the interface in a locale, or in its language."""
    return locale.partition("-")[0] == _ENGLISH or any(_load_catalog(tag) for tag in list_fallbacks(locale))


def _load_catalog(tag: str) -> gettext.NullTranslations | None:
    """A PO file as gettext reads it: compiled in memory, so that no compiled file can lag behind its source."""
    path = files("noticepress") / "catalogs" / f"{tag}.po"
    if not path.is_file():
        return None
    catalog = read_po(io.BytesIO(path.read_bytes()), ignore_obsolete=True)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _fill(text: str, values: Mapping[str, object]) -> str:
    if not values:
        return text
    if any(hasattr(value, "__html__") for value in values.values()):
        return Markup.escape(text).format(**values)
    return text.format(**values)
