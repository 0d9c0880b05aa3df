"""Facts stand in a text as plain words of its language; whatever a placeholder cannot say is told at its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from noticepress.compose import Composed, compose_draft, compose_text, effective_in, gather_facts, says_the_same
from noticepress.files import UNPRINTABLE
from noticepress.library import load_library
from noticepress.localize import format_date
from noticepress.markdown import parse, plain_text
from noticepress.model import Address, Entity, Facts, Library, Notice, Region, Seal, SealedRegion, WorkingText
from noticepress.placeholders import MAX_ROUNDS, Record
from noticepress.site import compose_drafts
from tests import acme
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


# ---- values in the text's language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ organisation }} {{ locale }}", "Acme Research en"),
        ("{{ notice.id }} {{ notice.title }}", "website Privacy"),
        ("{{ region.id }} {{ region.name }}", "world the world"),
        ("{{ version.id }} {{ version.effective }}", "2024-01-10 January 10, 2024"),
        ("{{ version.effective.year }}", "2024"),
        ("{{ entity }} {{ entity.legal_name }} {{ entity.id }}", "Acme Research Inc. Acme Research Inc. acme-inc"),
        ("{{ entities }}; {{ entities | names }}", "Acme Research Inc.; Acme Research Inc."),
        ('{{ ["a", "*b*"] | join(" *or* ") }}', "a *or* \\*b\\*"),
        ("{{ contact.privacy }} {{ contact['privacy'] }}", "privacy@acme.example privacy@acme.example"),
        ("{{ contact.privacy | mail }}", "[privacy@acme.example](mailto:privacy@acme.example)"),
        ("{{ contact.post.locality }}", "Boston"),
        ("{{ entity.contact.phone }}", "+1 555 0100"),
        ("{{ seals[0].issuer }} for {{ seals[0].scope }}", "Sealers for the website"),
        ("{{ seals | length }} {{ seals | map(attribute='issuer') | names }}", "1 Sealers"),
        ('{{ roster["acme-inc"].legal_name }}', "Acme Research Inc."),
        ('[x]({{ link("children") }})', "[x](/en/children/world/)"),
        ("{% set e = entities | first %}{{ e.legal_name | upper }}", "ACME RESEARCH INC."),
        ("{% if contact.dpo is defined %}a{% else %}b{% endif %}", "b"),
        ("{{ contact.dpo | default('none') }}", "none"),
        ("{{ 'a' if region.id in ['world', 'x'] else 'b' }}", "a"),
        ("{% for e in entities if e.id != 'x' %}{{ loop.index }}{% else %}none{% endfor %}", "1"),
        ("a {## not told ##}b {#id}", "a b {#id}"),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
    ],
)
def test_a_text_may_name_the_facts_of_its_edition(text: str, expected: str) -> None:
    assert fill(text) == expected


NAMES = "{{ entities | names }}"
DATE = "{{ version.effective | date }}"
ADDRESS = "{{ contact.post | address }}"


@pytest.mark.parametrize(
    ("locale", "text", "expected"),
    [
        ("en", NAMES, r"Acme_Europe GmbH\*, Acme Research Inc., and Iberia Acme SL"),
        ("de", NAMES, r"Acme_Europe GmbH\*, Acme Research Inc. und Iberia Acme SL"),
        ("es", NAMES, r"Acme_Europe GmbH\*, Acme Research Inc. e Iberia Acme SL"),
        ("ja", NAMES, r"Acme_Europe GmbH\*、Acme Research Inc.、Iberia Acme SL"),
        ("en", DATE, "January 10, 2024"),
        ("de", "am " + DATE, "am 10. Januar 2024"),
        ("de", DATE, r"10\. Januar 2024"),  # at the start of a line it would be a list
        ("es", DATE, "10 de enero de 2024"),
        ("ja", DATE, "2024年1月10日"),
        ("en", ADDRESS, "12 Harbor Street, Boston, MA 02110, United States"),
        ("de", ADDRESS, "12 Harbor Street, Boston, MA 02110, Vereinigte Staaten"),
        ("es", ADDRESS, "12 Harbor Street, Boston, MA 02110, Estados Unidos"),
        ("ja", ADDRESS, "12 Harbor Street, Boston, MA 02110, アメリカ合衆国"),
        ("es", "{{ region.name }}", "el mundo"),
        ("ja", "{{ region.name }}", "the world"),
    ],
)
def test_lists_dates_and_addresses_are_in_the_language_of_the_text(locale: str, text: str, expected: str) -> None:
    assert fill(text, gather(GMBH, INC, IBERIA, locale=locale), locale) == expected


def test_the_words_beside_a_filter_do_not_change_with_it() -> None:
    assert fill("{{ version.effective }}") == fill(DATE) == format_date(DAY, "en")
    assert fill("{{ contact.post }}") == fill(ADDRESS)


def test_where_several_have_a_contact_the_first_by_id_is_named() -> None:
    europe = replace(GMBH, contacts={"privacy": "eu@acme.example"})
    facts = gather(europe, INC)
    assert fill("{{ contact.privacy }} {{ contact.phone }}", facts) == "eu@acme.example +1 555 0100"


def test_a_certification_is_named_while_it_holds() -> None:
    issuers = {day: fill("{{ seals | length }}", gather(day=day)) for day in (date(2024, 1, 9), DAY, date(2024, 1, 11))}
    assert list(issuers.values()) == ["2", "1", "0"]


# ---- what is not there


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a\n\nWrite to {{ contact.dpo }}.", ["3:13 unknown value 'contact.dpo'"]),
        ("dpo: {{ contact.dpo | mail }}", ["1:9 unknown value 'contact.dpo'"]),
        ("{{ x }} and {{ x }}", ["1:4 unknown value 'x'", "1:16 unknown value 'x'"]),
        (
            "{{ contact.post.x }}{{ x }}\n{{ y }}",
            ["1:4 unknown value 'contact.post.x'", "1:24 unknown value 'x'", "2:4 unknown value 'y'"],
        ),
        ("{{ contact.x.y.z }}", ["1:4 unknown value 'contact.x'"]),
        (
            '{{ contact["x"] }} {{ seals[7].issuer }}',
            ["1:4 unknown value 'contact[\"x\"]'", "1:23 unknown value 'seals[7]'"],
        ),
        ('{{ roster["x"].legal_name }}', ["1:4 unknown value 'roster[\"x\"]'"]),
        ("{% if x %}a{% endif %}\n{% if y == 1 %}b{% endif %}", ["1:7 unknown value 'x'", "2:7 unknown value 'y'"]),
        ("{% for e in x %}a{% endfor %}", ["1:13 unknown value 'x'"]),
        ("{% for e in entities %}\n- {{ e.x }} {{ e.legal_name }}\n{% endfor %}", ["2:6 unknown value 'e.x'"]),
        (
            "{{ x | names }} {{ y | upper }} {{ z | date }} {{ w | address }}",
            ["1:4 unknown value 'x'", "1:20 unknown value 'y'", "1:36 unknown value 'z'", "1:51 unknown value 'w'"],
        ),
        ("{{ x | length }}{{ y | first }}", ["1:4 unknown value 'x'", "1:20 unknown value 'y'"]),
        ("{{ entities | map(attribute='x') | names }}", ["1:4 unknown value 'entities'"]),
        ("{% set a = x %}\n\n{{ a }}", ["1:12 unknown value 'x'"]),
        ("{{ contact.post }} {{ entity.post }}", ["1:23 unknown value 'entity.post'"]),
        ("{{\n  contact.x\n  | mail }}", ["2:3 unknown value 'contact.x'"]),
        (
            "a\n\n{%- if x %}\nb{% endif %}\n\n{{ y -}}\n\n{{ z }}",
            ["3:8 unknown value 'x'", "6:4 unknown value 'y'", "8:4 unknown value 'z'"],
        ),
        ("{{ link(x) }}", ["1:9 unknown value 'x'"]),
        (
            "{{ contact._facts }}{{ organisation.__class__.__mro__ }}",
            ["1:4 unknown value 'contact._facts'", "1:24 unknown value 'organisation.__class__'"],
        ),
        ("{{ version.effective.__class__ }}", ["1:4 unknown value 'version.effective.__class__'"]),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_every_unknown_value_is_told_with_line_and_column(text: str, told: list[str]) -> None:
    assert sorted(tell(text), key=lambda line: [int(part) for part in line.split(" ")[0].split(":")]) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ entity.owner }}", ["1:4 unknown value 'entity.owner'"]),
        ("{{ '' }}", ["1:1 an empty value is written here"]),
        ("a {{ contact.post.street | default('') }}", []),
        ("{{ contact.post | mail }}", ["1:4 'mail' takes a mail address, not 'contact.post'"]),
        (
            "{{ contact.phone | mail }} {{ contact.phone | date }}",
            ["1:4 'mail' takes a mail address, not 'contact.phone'", "1:31 'date' takes a date, not 'contact.phone'"],
        ),
        ("{{ contact.phone | address }}", ["1:4 'address' takes a postal address, not 'contact.phone'"]),
        ('{{ link("nowhere") }}\n{{ x }}', ["1:1 there is no notice 'nowhere'", "2:4 unknown value 'x'"]),
        ("{{ contact }}", ["1:4 an empty value is written here"]),
        ("{{ true }}", ["1:1 a placeholder cannot be written: a bool cannot be written"]),
        ("{{ link }}", ["1:4 a placeholder cannot be written: a function cannot be written"]),
        ("{{ entities | upper }}", ["1:4 a placeholder cannot be written: 'upper' takes words, not a list"]),
        (
            "{{ contact.phone < 3 }}",
            ["1:4 a placeholder cannot be written: '<' not supported between instances of 'str' and 'int'"],
        ),
        ("{{ 3 is divisibleby 0 }}", ["1:1 a placeholder cannot be written: integer modulo by zero"]),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_a_value_that_cannot_be_written_is_told(text: str, told: list[str]) -> None:
    assert tell(text) == told


def test_a_text_with_several_entities_names_no_single_one() -> None:
    (problem,) = compose("{{ entity }}", gather(GMBH, INC)).problems
    assert problem.hint.startswith("several entities answer")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("{{ contact.privcy | mail }}", "did you mean 'contact.privacy'?"),
        ("{{ entity.legalname }}", "did you mean 'legal_name'?"),
        ("{{ organization }}", "did you mean 'organisation'?"),
        ("{{ contact.x }}", "add 'x' under contacts in entities/acme-inc.yml"),
        ("{{ entity.x }}", "add 'x' to the facts in entities/acme-inc.yml"),
        ("{{ roster.x }}", "the entities on this day are: acme-inc"),
        ("{{ nobody }}", "known everywhere: contact, entities, link, locale, notice, organisation, region, roster, "),
    ],
)
def test_a_hint_names_the_next_step(text: str, hint: str) -> None:
    (problem,) = compose(text).problems
    assert problem.hint.startswith(hint)


def test_a_hint_says_from_when_on_an_entity_exists() -> None:
    facts = gather(INC, replace(GMBH, since=date(2999, 1, 1)))
    (problem,) = compose(f'{{{{ roster["{GMBH.entity}"].legal_name }}}}', facts).problems
    assert problem.hint == "it exists from 2999-01-01: write a next.yml with that effective date, or a later one"


# ---- the sandbox


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ 'x' * 1000000000 }}", ["1:1 'mul' has no place in a notice"]),
        ("a\n{{ 9 ** 9 ** 9 }}", ["2:1 'pow' has no place in a notice"]),
        ("{% set a = a ~ a %}", ["1:1 'concat' has no place in a notice"]),
        ("{% for i in range(1000000000) %}{% endfor %}", ["1:1 only link(…) can be called"]),
        ("{{ organisation.upper() }}", ["1:1 only link(…) can be called"]),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", ["1:1 only link(…) can be called"]),
        (
            "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
            [
                "1:1 'macro' has no place in a notice",
                "1:1 only link(…) can be called",
            ],
        ),
        ("{% include 'x' %}", ["1:1 'include' has no place in a notice"]),
        ("{% filter upper %}a{% endfilter %}", ["1:1 'filterblock' has no place in a notice"]),
        ("{% set a %}b{% endset %}", ["1:1 'assignblock' has no place in a notice"]),
        ("{% for e in entities recursive %}{% endfor %}", ["1:1 a loop cannot be recursive"]),
        ("{% set a = [a, a] %}", ["1:1 a list here may hold only words and numbers"]),
        ("{{ 'x' | center(1000000000) }}", ["1:1 unknown filter 'center'"]),
        (
            "{{ entities | random }}\n{{ x | format(1) }}",
            ["1:1 unknown filter 'random'", "2:1 unknown filter 'format'"],
        ),
        ("{{ _note }}", ["1:1 '_note' cannot be used here"]),
        ("{{ '\\ud800' }}", ["1:1 a word in a placeholder holds a control character"]),
        ("{{ self }}", ["1:1 'self' cannot be used here"]),
        ("x {% if %}", ["1:3 the placeholders cannot be read: Expected an expression, got 'end of statement block'"]),
        (
            "x\n\n{{ a",
            ["3:1 the placeholders cannot be read: unexpected end of template, expected 'end of print statement'."],
        ),
        ("{{ " + "(" * 5000 + ")" * 5000 + " }}", ["1:1 the placeholders are nested too deeply"]),
        ("{% for e in entities %}" * 30 + "{% endfor %}" * 30, ["1:1 the placeholders are nested too deeply"]),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_nothing_reaches_outside_or_grows_without_end(text: str, told: list[str]) -> None:
    found = tell(text)
    if "unexpected end" in told[0]:
        assert [line[:35] for line in found] == [line[:35] for line in told]
    else:
        assert found == told


def test_loops_end() -> None:
    letters = "{% set a = '" + "x" * 100 + "' %}"
    nested = letters + "{% for b in a %}{% for c in a %}{% for d in a %}{% endfor %}{% endfor %}{% endfor %}"
    (told,) = tell(nested)
    assert told.endswith(f"the loops of this text turn more than {MAX_ROUNDS:,} times")


PIECES = st.sampled_from(
    [
        *(
            "{{",
            "}}",
            "{%",
            "%}",
            "{##",
            "##}",
            " if ",
            " for ",
            " in ",
            " set ",
            " else ",
            " endif ",
            " endfor ",
            "=",
            "-",
        ),
        *(" x ", " entities ", " contact", ".post", ".x", "[0]", '["a"]', "|", " names ", " mail ", " date ", " list "),
        *(
            "1",
            "'a'",
            "(",
            ")",
            ",",
            "\n",
            "a *b* [c](d)",
            "\\",
            "~",
            " is ",
            " not ",
            " defined ",
            " link",
            " loop.index ",
        ),
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_no_working_text_makes_a_traceback(text: str) -> None:
    composed = compose(text)
    assert composed.text.endswith("\n")
    assert len(composed.lines) == composed.text.count("\n")
    assert all(1 <= line <= text.count("\n") + 1 for line in composed.lines)
    assert all(problem.hint for problem in composed.problems)
    assert compose(text) == composed


# ---- escaping

VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), min_size=1, max_size=20),
    st.text(st.sampled_from("\\`*_[]<>|~{}#!&;:.)+=-(\"'1 a\t"), min_size=1, max_size=12),
).filter(lambda text: text.strip() and not UNPRINTABLE.search(text))


def collapse(text: str) -> str:
    return " ".join(text.split())


def read(text: str, value: str) -> str:
    composed = compose(text, {"v": value})
    assert composed.problems == ()
    return plain_text(parse(composed.text))


@given(VALUES)
@example("__x__").via("a pair of underscores beside another")
@example("10.").via("a number at the start of a line")
@example("a {#id .class}").via("attributes of a heading")
@example("&amp").via("the start of an entity")
@example("\\|").via("a bar in a table")
@example("## a ##").via("a heading that closes")
@example(":-").via("the second line of a table")
def test_a_fact_is_read_as_it_is_wherever_it_stands(value: str) -> None:
    words, bare = collapse(value), value.strip(" \t")
    assert collapse(read("x {{ v }} y", value)) == f"x {words} y"
    assert collapse(read("{{ v }} y", value)) == f"{words} y"
    assert collapse(read("{{ v }}", value)) == words
    assert collapse(read("x\n{{ v }}\ny", value)) == f"x {words} y"
    assert collapse(read("{{ v }}{{ v }}.", value)) == collapse(f"{bare}{bare}.")
    assert collapse(read("- {{ v }}\n- x", value)) == f"{words} x"
    assert collapse(read("1. > {{ v }}", value)) == words
    assert collapse(read("x[^1]\n\n[^1]: {{ v }}", value)) == f"x {words}"
    assert collapse(read("## {{ v }}", value)) == words
    assert collapse(read("## x {{ v }} {#x}", value)) == f"x {words}"
    assert collapse(read("[{{ v }}](https://a.example/)", value)) == words
    assert collapse(read("{{ v }}[x](https://a.example/){{ v }};", value)) == collapse(f"{bare}x{bare};")
    assert read("| a | b |\n|---|---|\n| {{ v }} | {{ v }} |", value).split("\n")[2:] == [words, words]


@given(VALUES)
def test_a_fact_makes_no_block_no_link_and_no_emphasis(value: str) -> None:
    document = parse(compose("x\n\n{{ v }}\n\ny", {"v": value}).text)
    assert [block.kind for block in document.children] == ["paragraph"] * 3
    assert not any(span.marks or span.html or span.image for span in document.children[1].spans)


@given(st.lists(VALUES, min_size=1, max_size=3))
def test_a_list_of_facts_is_read_as_it_is(values: list[str]) -> None:
    composed = compose("x {{ v | names }} y", {"v": values})
    assert composed.problems == ()
    document = parse(composed.text)
    assert [block.kind for block in document.children] == ["paragraph"]
    assert not any(span.marks for span in document.children[0].spans)
    assert all(collapse(value) in collapse(plain_text(document)) for value in values)


@pytest.mark.parametrize(
    "value", ["Acme (UK) Ltd.", "a_b@acme.example", "P.O. Box 7, 2nd floor", "Yahoo!", "C# & Co. — “x”"]
)
def test_ordinary_facts_stay_as_they_are(value: str) -> None:
    assert fill("x {{ v }} y", {"v": value}) == f"x {value} y"


# ---- lines


@given(
    st.lists(
        st.sampled_from(
            [
                *("words", "", "{{ v }} words", "words {{ v }}", "{% if true %}", "{% endif %}", "{% for a in v %}"),
                *(
                    "- {{ a }} b",
                    "{% endfor %}",
                    "{## told to nobody ##}",
                    "{% if false %}gone{% endif %}",
                    "a {%- if v %}",
                ),
            ]
        ),
        max_size=12,
    )
)
def test_a_composed_line_knows_the_line_it_came_from(lines: list[str]) -> None:
    numbered = [
        f"{line} L{number}" if "words" in line or line.startswith("- ") else line
        for number, line in enumerate(lines, 1)
    ]
    composed = compose("\n".join(numbered), {"v": ["x", "y"]})
    for line, origin in zip(composed.text.split("\n"), composed.lines, strict=False):
        if "L" in line:
            assert line.endswith(f"L{origin}")
            assert composed.source(composed.text.split("\n").index(line) + 1).path == "en.md"


def test_a_line_of_tags_alone_leaves_no_line_behind() -> None:
    text = "a\n\n{% for e in v %}\n- {{ e }}\n{% endfor %}\n\n{% if false %}\nb\n\n{% endif %}\nc\n"
    composed = compose(text, {"v": ["x", "y"]})
    assert composed.text == "a\n\n- x\n- y\n\nc\n"
    assert composed.lines == (1, 2, 4, 4, 6, 11)


def test_a_place_in_a_composed_text_leads_back() -> None:
    composed = compose("{% set x = 1 %}\nab [c](d)\n{{ organisation }} [e](f)\n")
    assert str(composed.source(1, 4)) == "en.md:2:4"
    assert str(composed.source(2, 15)) == "en.md:3:1"  # facts moved it
    assert str(composed.source(99)) == "en.md:3:1"
    assert str(compose("").source(1)) == "en.md:1:1"


# ---- drafts


def test_a_draft_is_the_version_that_would_be_sealed(tmp_path: Path) -> None:
    site = acme.make_site(tmp_path)
    draft = compose_draft(load_library(site), "website", acme.DRAFTING)
    assert draft.problems == ()
    acme.release(site)
    (sealed,) = load_library(site).versions["website"]
    assert not draft.version.sealed
    assert {key: edition.text for key, edition in draft.version.editions.items()} == {
        key: edition.text for key, edition in sealed.editions.items()
    }
    assert {name: region.territories for name, region in draft.version.regions.items()} == {
        name: region.territories for name, region in sealed.regions.items()
    }


def test_without_a_record_a_draft_bears_the_newest_date_and_shows_the_facts_of_the_run(tmp_path: Path) -> None:
    site = acme.make_history(tmp_path)
    moved = "  - from: 2024-08-01\n    address: {street: 1 New Road, locality: Salem, country: US}\n"
    path = site / "entities/acme-inc.yml"
    path.write_text(path.read_text(encoding="utf-8") + moved, encoding="utf-8")
    library = load_library(site)
    newest = library.versions["website"][-1]
    for day, is_moved in ((date(2024, 1, 1), False), (date(2024, 7, 31), False), (date(2024, 8, 1), True)):
        draft = compose_draft(library, "website", day).version
        effective = draft.regions["americas"].effective
        assert (draft.day, effective and effective.day) == (newest.day, newest.day)
        text = draft.editions["americas", "en"].text
        assert "applies from May 20, 2024" in text
        assert ("1 New Road" in text) is is_moved
        assert says_the_same(draft, newest) is not is_moved
        assert list(compose_drafts(library, day)) == (["website"] if is_moved else [])


def test_where_only_others_answer_a_draft_is_listed(tmp_path: Path) -> None:
    site = acme.make_history(tmp_path)
    library = load_library(site)
    newest = library.versions["website"][-1]
    draft = compose_draft(library, "website", date(2024, 6, 1)).version
    answering = replace(draft.regions["americas"], entities=(INC, *draft.regions["americas"].entities))
    assert says_the_same(draft, newest)
    assert not says_the_same(replace(draft, regions={**draft.regions, "americas": answering}), newest)


def test_the_same_files_make_the_same_draft(tmp_path: Path) -> None:
    drafts = [
        compose_draft(load_library(acme.make_site(tmp_path / name)), "website", acme.DRAFTING) for name in ("a", "b")
    ]
    assert drafts[0] == drafts[1]


def test_a_draft_tells_what_is_wrong_in_any_region_and_language(tmp_path: Path) -> None:
    site = acme.make_site(tmp_path)
    acme.replace_text(
        site, "content/website/es.md", "## Cambios", "{% if region.id == 'americas' %}{{ x }}{% endif %}\n\n## Cambios"
    )
    acme.replace_text(site, "content/website/ja.md", "## 変更", "{{ entity.legal_name }}\n\n## 変更")
    problems = compose_draft(load_library(site), "website", acme.DRAFTING).problems
    assert [f"{problem.source} {problem.message}" for problem in problems] == [
        "content/website/es.md:34:36 unknown value 'x'",
        "content/website/ja.md:34:4 unknown value 'entity'",
    ]


@pytest.mark.parametrize(
    ("zones", "zone", "assumed"),
    [
        (["America/New_York", "Europe/Madrid"], "America/New_York", False),
        (["Europe/Madrid", ""], "Europe/Madrid", False),
        ([""], "UTC", True),
        ([], "UTC", True),
    ],
)
def test_a_version_applies_when_the_last_company_has_reached_its_day(
    zones: list[str], zone: str, *, assumed: bool
) -> None:
    entities = [replace(INC, entity=f"e{index}", zone=name) for index, name in enumerate(zones)]
    effective = effective_in(entities, make_settings(), DAY)
    assert (effective.zone, effective.assumed) == (zone, assumed)


def test_a_day_of_announcement_begins_last_where_it_begins_last(tmp_path: Path) -> None:
    site = acme.make_site(tmp_path)
    acme.replace_text(site, "content/website/next.yml", "2023-12-06T10:00:00+00:00", "2023-12-06")
    draft = compose_draft(load_library(site), "website", acme.DRAFTING)
    assert str(draft.version.announced) == "2023-12-06 05:00:00+00:00"


def test_a_record_shows_only_what_is_known() -> None:
    record = Record({"name": "A", "number": "", "form": None, "aliases": ()})
    assert list(record) == ["name"]
    assert str(record) == "A"
