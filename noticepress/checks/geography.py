"""What sentences say about who answers where: "provided by Acme Inc. inside the United States and by … outside"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial

from noticepress.checks.desk import Desk
from noticepress.checks.names import Names, find_lookalikes, gather_names
from noticepress.checks.passages import find_language, read_texts
from noticepress.compose import Draft
from noticepress.errors import Source
from noticepress.localize import territory_name
from noticepress.model import Region
from noticepress.territories import all_territories, countries, expand

# Only where grammar leaves the names of places as the tables have them.
_OUTSIDE = {"en": "outside of|outside", "es": "fuera de"}
_INSIDE = {"en": "inside of|inside|within|in", "es": "dentro de|en"}
_ARTICLE = {"en": "the", "es": "el|la|los|las"}
_AND = {"en": r"and|&|or", "es": "y|e|o|u"}
_ANSWERS = {
    "en": re.compile(r"\b(?:(?:provided|offered|operated) by|answers? (?:for|to)|(?:is|are) responsible|controller)\b"),
    "es": re.compile(r"\b(?:(?:prestad|ofrecid)[oa]s? por|responden?|(?:es|son) responsables?)\b"),
}
_SHORT = {"USA": "US", "U.S.": "US", "UK": "GB", "EU": "eu-gdpr", "UE": "eu-gdpr"}
_GROUPS = ("002", "003", "005", "009", "013", "019", "021", "029", "030", "034", "035", "039", "053", "142", "143")
_MORE_GROUPS = ("145", "150", "151", "154", "155", "419")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z¿¡])")


@dataclass(frozen=True, slots=True)
class Statement:
    """Where a sentence says that companies answer: their ids, the codes named, and whether outside of these.

    `words` are those of the place as written, `names` those of the codes.
    """

    draft: Draft
    source: Source
    language: str
    entities: tuple[str, ...]
    codes: tuple[str, ...]
    names: tuple[str, ...]
    is_outside: bool
    words: str

    def find_wrong(self) -> frozenset[str]:
        """The territories it speaks of that the companies do not answer for in the notice's regions."""
        regions = self.draft.version.regions.values()
        every = frozenset(code for region in regions for code in region.territories)
        held = frozenset(
            code
            for region in regions
            if any(facts.entity in self.entities for facts in region.entities)
            for code in region.territories
        )
        named = expand(self.codes, self.draft.facts_day)
        return ((every - named) if self.is_outside else (every & named)) - held


def find_statements(desk: Desk) -> Iterator[Statement]:
    """Every sentence of a text that says which company answers where, in languages whose grammar is known here."""
    for draft, composed, passages in read_texts(desk):
        language, day = find_language(composed), draft.facts_day
        if language not in _ANSWERS:
            continue
        names = desk.remember(("names", day), partial(gather_names, desk.library, day))
        for passage in passages:
            offset = 0
            for sentence in _SENTENCE.split(passage.text) if _ANSWERS[language].search(passage.text) else ():
                start = passage.text.find(sentence, offset)
                offset = start + len(sentence)
                if _ANSWERS[language].search(sentence):
                    for found, entities in _read_sentence(sentence, language, names):
                        place = passage.locate(composed, start + found.start(), found[0])
                        codes, spoken = _read_places(found["places"], language)
                        is_outside = found["outside"] is not None
                        yield Statement(draft, place, language, entities, codes, spoken, is_outside, found[0])


def _read_sentence(sentence: str, language: str, names: Names) -> Iterator[tuple[re.Match[str], tuple[str, ...]]]:
    """The places in a sentence, each with the entities named since the place before; none where a stranger is."""
    before = 0
    for found in _compile_places(language).finditer(sentence):
        said = sentence[before : found.start()]
        entities = tuple(sorted({facts.entity for name, facts in names.holding.items() if name in said}))
        if entities or any(find_lookalikes(said, names)):
            yield found, entities
        before = found.end()


@cache
def _name_places(language: str) -> Mapping[str, str]:
    codes = (*sorted(countries()), *_GROUPS, *_MORE_GROUPS, "eu-gdpr")
    return {**{territory_name(code, language): code for code in codes}, **_SHORT}


@cache
def _compile_places(language: str) -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _name_places(language)), key=len, reverse=True))
    article = rf"(?:(?:{_ARTICLE[language]})\s)?"
    place = rf"{article}(?:{names})(?!\w)"
    joint = rf"(?:,\s|,?\s(?:{_AND[language]})\s)"
    return re.compile(
        rf"(?<!\w)(?:(?P<outside>{_OUTSIDE[language]})|(?:{_INSIDE[language]}))\s(?P<places>{place}(?:{joint}{place})*)"
    )


def _read_places(words: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes of places in a list of them, and their names."""
    known = _name_places(language)
    pattern = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    names = tuple(dict.fromkeys(re.findall(rf"(?<!\w)(?:{pattern})(?!\w)", words)))
    return tuple(dict.fromkeys(known[name] for name in names)), names


def is_defined(code: str, name: str, language: str, regions: Mapping[str, Region]) -> bool:
    """Whether readers can know what a geographic word means: it is a country, or a region is named or ruled by it."""
    if code in all_territories() or not code.isdigit():
        return True
    rules = {word.lstrip("-") for region in regions.values() for entry in region.rule for word in entry.split()}
    return code in rules or any(name in region.names.get(language, "") for region in regions.values())
