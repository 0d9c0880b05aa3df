"""Whatever a placeholder cannot say is told at its place; what it says is read as it is, and reaches nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from noticepress.files import UNPRINTABLE
from noticepress.markdown import parse, plain_text
from noticepress.placeholders import MAX_ROUNDS
from tests.compositions import GMBH, INC, compose, fill, gather, tell

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
