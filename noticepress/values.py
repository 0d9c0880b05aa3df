"""The kinds of values that stand in files: a day, an instant, a name in an address, a language, a zone.

YAML gives text alone. A kind says which text it takes, what becomes of it, and how the JSON Schema tells an editor.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from noticepress.colours import parse_color
from noticepress.localize import is_locale

_ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    rf"{_DAY.pattern}[T ][0-9]{{2}}:[0-9]{{2}}(:[0-9]{{2}}(\.[0-9]+)?)?(Z|[+-][0-9]{{2}}:[0-9]{{2}})?"
)
_COLOR = r"^(#([0-9a-fA-F]{3}){1,2}|rgb\(.*\))$"
_COUNTRY = re.compile(r"[A-Z]{2}")
_COUNT = re.compile(r"[0-9]{1,4}")
_URL = re.compile(r"https?://[^\s<>\"'`\\(){}]+")
_YEARS = range(1800, 3000)

SOURCE_LOCALE = ""
"""Key of a text that is written without a language: it is in the site's source locale."""

RESERVED_NAMES = frozenset(
    {
        *("assets", "changes", "compare", "draft", "entities", "history", "index"),
        *("link", "manifest", "notices", "rest", "schemas", "search", "versions"),
    }
)
"""Words that addresses use themselves, so that no notice, region or entity may be called so."""


# ---- times


def _parse_day(value: object) -> date:
    if type(value) is date:
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError(f"expected a date such as 2012-03-09, found {show_value(value)}")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"there is no such day: {value!r}") from None
    if day.year not in _YEARS:
        raise ValueError(f"expected a year from {_YEARS[0]} to {_YEARS[-1]}, found {value!r}")
    return day


def _parse_instant(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        raise ValueError(f"expected an instant such as 2012-02-08T10:00:00+00:00, found {show_value(value)}")
    _parse_day(value[:10])
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(f"there is no such time: {value!r}") from None
    if moment.tzinfo is None:
        raise ValueError(f"expected an instant with its offset from UTC, such as {value}+00:00")
    return moment.astimezone(UTC)


def _parse_moment(value: object) -> datetime | date:
    is_day = isinstance(value, str) and _DAY.fullmatch(value)
    return _parse_day(value) if is_day or type(value) is date else _parse_instant(value)


# ---- switches and numbers


def _parse_flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in {"true", "false"}:
        return value == "true"
    raise ValueError(f"expected true or false, found {show_value(value)}")


def _parse_count(value: object) -> int:
    if isinstance(value, int):
        return value
    if isinstance(value, str) and _COUNT.fullmatch(value):
        return int(value)
    raise ValueError(f"expected a whole number of days, found {show_value(value)}")


# ---- words


def show_value(value: object, longest: int = 60) -> str:
    """A value as a message quotes it."""
    text = repr(value)
    return text if len(text) <= longest else f"{text[: longest - 3]}…'"


def _check_prose(value: str) -> str:
    prose = value.strip()
    if not prose:
        raise ValueError("expected some text, found nothing")
    return prose


def _check_word(value: str) -> str:
    word = _check_prose(value)
    if "\n" in word:
        raise ValueError("expected one line of text")
    return word


def check_id(value: str) -> str:
    """A name that may stand in an address. Raises ValueError."""
    if not _ID.fullmatch(value):
        raise ValueError(f"expected a name of small letters, digits and hyphens, found {show_value(value)}")
    if value in RESERVED_NAMES:
        raise ValueError(f"{value!r} is a word that the site's addresses use; choose another name")
    return value


def _check_locale(value: str) -> str:
    if not is_locale(value):
        raise ValueError(f"expected a language tag such as en or pt-BR, found {show_value(value)}")
    return value


def _check_locale_key(value: str) -> str:
    return value if value == SOURCE_LOCALE else _check_locale(value)


def _check_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ValueError, OSError, LookupError):
        raise ValueError(f"expected a time zone such as Europe/Madrid, found {show_value(value)}") from None
    return value


def _check_url(value: str) -> str:
    if not _URL.fullmatch(value):
        raise ValueError(f"expected an address that begins with https://, found {show_value(value)}")
    return value


def _check_country(value: str) -> str:
    if not _COUNTRY.fullmatch(value):
        raise ValueError(f"expected an ISO 3166-1 code such as ES, found {show_value(value)}")
    return value


def _parse_color(value: object) -> str:
    # Without quotes YAML takes what follows # for a comment, and there is no value.
    return parse_color(value if isinstance(value, str) else "")


def take_source_locale(value: object) -> object:
    """A text alone stands for a mapping that holds it in the site's source locale."""
    if isinstance(value, dict) and SOURCE_LOCALE in value:
        raise ValueError("expected a language tag such as en before the colon")
    return {SOURCE_LOCALE: value} if isinstance(value, str) else value


def take_one_as_list(value: object) -> object:
    """A text alone stands for a list of it."""
    return [value] if isinstance(value, str) else value


def schema_of_list(item: dict[str, Any]) -> WithJsonSchema:
    """The schema of a list whose only item may stand alone."""
    return WithJsonSchema({"anyOf": [item, {"type": "array", "items": item}]})


TEXTS_SCHEMA = WithJsonSchema(
    {"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}]}
)
"""A text for each key, or one text for all."""

_ID_SCHEMA: dict[str, Any] = {"type": "string", "pattern": f"^{_ID.pattern}$"}
_DAY_SCHEMA: dict[str, Any] = {"type": "string", "format": "date"}
_INSTANT_SCHEMA: dict[str, Any] = {"type": "string", "format": "date-time"}

Word = Annotated[str, AfterValidator(_check_word)]
Prose = Annotated[str, AfterValidator(_check_prose)]
Id = Annotated[str, AfterValidator(check_id), WithJsonSchema(_ID_SCHEMA)]
Ids = Annotated[list[Id], BeforeValidator(take_one_as_list), schema_of_list(_ID_SCHEMA)]
LocaleTag = Annotated[str, AfterValidator(_check_locale)]
LocaleKey = Annotated[str, AfterValidator(_check_locale_key)]
LocalizedWord = Annotated[dict[LocaleKey, Word], BeforeValidator(take_source_locale), TEXTS_SCHEMA]
LocalizedProse = Annotated[dict[LocaleKey, Prose], BeforeValidator(take_source_locale), TEXTS_SCHEMA]
Zone = Annotated[str, AfterValidator(_check_zone)]
Url = Annotated[str, AfterValidator(_check_url), WithJsonSchema({"type": "string", "format": "uri"})]
Color = Annotated[str, BeforeValidator(_parse_color), WithJsonSchema({"type": "string", "pattern": _COLOR})]
Country = Annotated[str, AfterValidator(_check_country), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$"})]
Day = Annotated[date, BeforeValidator(_parse_day), WithJsonSchema(_DAY_SCHEMA)]
Instant = Annotated[datetime, BeforeValidator(_parse_instant), WithJsonSchema(_INSTANT_SCHEMA)]
Moment = Annotated[
    datetime | date, BeforeValidator(_parse_moment), WithJsonSchema({"anyOf": [_INSTANT_SCHEMA, _DAY_SCHEMA]})
]
Flag = Annotated[bool, BeforeValidator(_parse_flag)]
Count = Annotated[int, BeforeValidator(_parse_count)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
