"""The catalogues say all that the interface says, whole, in every language; `make words` was run."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from babel.messages import Catalog, Message

from noticepress.localize import find_locale, words
from tests.catalogs import (
    CATALOGS,
    Said,
    list_locales,
    list_missing,
    make_template,
    read_catalog,
    read_code,
    read_template,
    update_catalog,
)

LOCALES = ("ar", "de", "es", "ja")
FORMS = {"ar": 6, "de": 2, "es": 2, "ja": 1}
SAMPLES = {"ar": (0, 1, 2, 3, 11, 100), "de": (1, 2), "es": (1, 2), "ja": (1,)}
"""A number for each plural form, in the order of the forms: CLDR's zero, one, two, few, many and other."""


def list_messages(locale: str) -> list[Message]:
    return [message for message in read_catalog(locale) if message.id]


def as_tuple(text: object) -> tuple[str, ...]:
    return tuple(str(form) for form in text) if isinstance(text, (list, tuple)) else (str(text),)


def find_placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


# ---- what is kept


def test_the_interface_speaks_these_languages() -> None:
    assert tuple(list_locales()) == LOCALES


@pytest.mark.parametrize("locale", LOCALES)
def test_a_catalogue_holds_exactly_what_templates_and_code_say(locale: str) -> None:
    assert update_catalog(locale, make_template()) == (CATALOGS / f"{locale}.po").read_text("utf-8"), "run `make words`"


@pytest.mark.parametrize("locale", LOCALES)
def test_no_message_is_untranslated_fuzzy_or_obsolete(locale: str) -> None:
    assert len(list_messages(locale)) > 300
    assert list_missing(locale) == []
    assert "#~" not in (CATALOGS / f"{locale}.po").read_text("utf-8")


@pytest.mark.parametrize("locale", LOCALES)
def test_values_are_the_same_in_every_translation(locale: str) -> None:
    for message in list_messages(locale):
        asked = set().union(*(find_placeholders(form) for form in as_tuple(message.id)))
        for form in filter(None, as_tuple(message.string)):
            # "One day" may say its number in a word.
            allowed = asked - {"n"} if message.pluralizable else asked
            assert allowed <= find_placeholders(form) <= asked, (message.id, form)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_message_begins_and_ends_as_its_source_does(locale: str) -> None:
    """What is put together from parts relies on it, and a full stop that is lost is seen nowhere else."""
    ends = {".": ".。", ":": ":：", "[": "[［"}  # noqa: RUF001  Japanese has its own signs
    for message in list_messages(locale):
        for form in as_tuple(message.string):
            source = as_tuple(message.id)[0]
            assert form == form.strip(), message.id
            if source[-1] in ".:" and form:
                assert form[-1] in ends[source[-1]], (source, form)
            assert (source[0] == "[") == (form[:1] in ends["["]), (source, form)


@pytest.mark.parametrize("locale", LOCALES)
def test_plural_forms_are_complete(locale: str) -> None:
    catalog = read_catalog(locale)
    assert str(catalog.locale) == locale
    assert catalog.charset == "utf-8"
    assert catalog.num_plurals == FORMS[locale]
    plurals = [message for message in list_messages(locale) if message.pluralizable]
    assert plurals
    assert [message.id for message in plurals if len(as_tuple(message.string)) != FORMS[locale]] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_a_number_chooses_the_form_that_cldr_says(locale: str) -> None:
    forms = as_tuple(next(m for m in list_messages(locale) if as_tuple(m.id)[0] == "{n} word added").string)
    for number in range(300):
        kinds = [find_locale(locale).plural_form(sample) for sample in SAMPLES[locale]]
        form = forms[kinds.index(find_locale(locale).plural_form(number))]
        told = words(locale).ngettext("{n} word added", "{n} words added", number)
        assert told == form.replace("{n}", str(number)), number


# ---- how it is found

MODULE = """\
def tell(say, words, kind):
    # TRANSLATORS: A day
    # in a year.
    yield say("One")
    yield say("place", "Two")
    yield words.ngettext("{n} day", "{n} days", 3)
    yield words.npgettext("short", "{n} d", "{n} d", 3)
    yield say("Three" if kind else "Four")
    yield say(kind)
    # A remark.
    yield words.gettext("Five", name=kind)

# TRANSLATORS: Names of days.
DAYS = {"mo": "Monday", "tu": ("Tuesday", "Tue")}
NIGHTS = {"mo": "Never said"}
"""

PAGE = """\
{# TRANSLATORS: A greeting. #}
<h1 title="{{ _('Hello') }}">{{ start.say("Good day") }}</h1>
<p>{{ _n("{n} page", "{n} pages", count) }} {{ _p("page", "next") }}</p>
{% if x %}{{ _("Yes" if x else "No") }}{% endif %}{{ _(x) }}
"""


@pytest.mark.parametrize(
    ("read", "text", "found"),
    [
        (
            read_code,
            MODULE,
            {
                ("", "One", "", "A day in a year."),
                ("place", "Two", "", ""),
                ("", "{n} day", "{n} days", ""),
                ("short", "{n} d", "{n} d", ""),
                ("", "Three", "", ""),
                ("", "Four", "", ""),
                ("", "Five", "", ""),
                *(("", day, "", "Names of days.") for day in ("Monday", "Tuesday", "Tue")),
            },
        ),
        (
            read_template,
            PAGE,
            {
                ("", "Hello", "", "A greeting."),
                ("", "Good day", "", "A greeting."),
                ("", "{n} page", "{n} pages", ""),
                ("page", "next", "", ""),
                ("", "Yes", "", ""),
                ("", "No", "", ""),
            },
        ),
    ],
)
def test_every_way_to_say_a_message_is_found(
    read: Callable[[str, str], list[Said]], text: str, found: set[tuple[str, ...]]
) -> None:
    said = {(item.context, item.one, item.many, " ".join(item.comments)) for item in read(text, "x")}
    assert said == found


def test_a_catalogue_keeps_what_was_translated_and_nothing_else() -> None:
    template = Catalog(fuzzy=False)
    template.add("Permanent address", locations=[("a.html", 0)], auto_comments=["A title."])
    template.add(("{n} gnu", "{n} gnus"), locations=[("b.html", 0)])
    header, changes, gnus = update_catalog("ar", template).rstrip("\n").split("\n\n")
    assert header == (CATALOGS / "ar.po").read_text("utf-8").partition("\n\n")[0]
    assert changes == '#. A title.\n#: a.html\nmsgid "Permanent address"\nmsgstr "العنوان الدائم"'
    assert gnus.splitlines()[:3] == ["#: b.html", 'msgid "{n} gnu"', 'msgid_plural "{n} gnus"']
    assert gnus.count('""') == 6
