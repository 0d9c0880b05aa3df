"""Texts with the facts of a few invented companies in place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from noticepress.compose import Composed, compose_text, gather_facts
from noticepress.model import Address, Entity, Facts, Library, Notice, Region, Seal, SealedRegion, WorkingText
from tests.factories import make_settings

DAY = date(2024, 1, 10)
POST = Address("12 Harbor Street", "Boston", "MA", "02110", "US")
INC = Facts(
    "acme-inc",
    date(2015, 6, 1),
    "Acme Research Inc.",
    answers_for=("world",),
    contacts={"privacy": "privacy@acme.example", "post": POST, "phone": "+1 555 0100"},
    seals=(
        Seal("Sealers", scope={"en": "the website"}, valid_from=date(2020, 1, 1), valid_to=date(2024, 1, 10)),
        Seal("Former", valid_to=date(2024, 1, 9)),
    ),
)
GMBH = Facts("acme-europe", date(2018, 3, 1), "Acme_Europe GmbH*", answers_for=("world",), jointly=True)
IBERIA = Facts("acme-iberia", date(2019, 9, 1), "Iberia Acme SL", answers_for=("world",), jointly=True)


def gather(*entities: Facts, locale: str = "en", day: date = DAY) -> dict[str, object]:
    """What a text may name where these entities answer."""
    found = entities or (INC,)
    library = Library(
        settings=make_settings(locales=("en", "es", "de", "ja")),
        entities={facts.entity: Entity(facts.entity, (facts,)) for facts in found},
        regions={"world": Region("world", {"en": "the world", "es": "el mundo"}, ("rest",))},
        notices={"website": Notice("website", {"en": "Privacy"}), "children": Notice("children", {"en": "Children"})},
        texts={},
        next_versions={},
        versions={},
    )
    region = SealedRegion("world", library.regions["world"].names, ("US",), found)
    return gather_facts(library, library.notices["website"], region, locale, day)


def compose(text: str, facts: Mapping[str, object] | None = None, locale: str = "en") -> Composed:
    given_facts = gather(locale=locale) if facts is None else facts
    return compose_text(WorkingText("website", locale, text, "en.md"), given_facts)


def fill(text: str, facts: Mapping[str, object] | None = None, locale: str = "en") -> str:
    """The composed text of one that is in order, without its line end."""
    composed = compose(text, facts, locale)
    assert composed.problems == ()
    return composed.text.removesuffix("\n")


def tell(text: str, facts: Mapping[str, object] | None = None) -> list[str]:
    return [f"{p.source.line}:{p.source.column} {p.message}" for p in compose(text, facts).problems]
