from __future__ import annotations

from typing import Any

import html5lib
import pyromark
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from noticepress.hypertext import is_safe_destination, render_document
from noticepress.markdown import (
    headings,
    links,
    parse,
    plain_text,
    render_html,
    sections,
    title,
    walk_blocks,
)
from noticepress.markdown.native import rewrite_html
from noticepress.markdown.reader import OPTIONS

NOTICE = """# プライバシー

Who we are.

## セキュリティ {#security covers="eu:13.2.a us-ca:contact"}

私たちは **太字** と [窓口](mailto:privacy@example.com) です。

### Retention

| Data | Kept |
|------|-----:|
| Mail | 30   |

## Rights {#rights}

- one
- two

  more
"""

ALLOWED = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "blockquote", "pre", "code", "hr", "br", "a", "em"),
    *("strong", "s", "sup", "div", "section", "table", "thead", "tbody", "tr", "th", "td", "span"),
    *("u", "sub", "small", "mark", "kbd", "abbr"),
}
ALLOWED_ATTRIBUTES = {
    *("id", "class", "href", "title", "rel", "role", "tabindex", "aria-labelledby", "scope", "start", "value"),
    *("colspan", "rowspan"),
}
MARKUP = st.lists(
    st.sampled_from(
        [*"#*_`~[]()<>!|-:^{}=&;.\\\"'/ \n\taä日1", "](", "[^a]", "\n\n", "<script ", "onload=", "## ", "- "]
    ),
    max_size=60,
).map("".join)


def read_elements(html: str) -> list[Any]:
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(
        f"<!DOCTYPE html><title>t</title><body>{html}"
    )
    return list(tree.find("body").iter())[1:]


def test_sections_carry_ids_tags_titles_and_places() -> None:
    found = [(s.id, s.title, s.level, s.tags, s.line, s.explicit_id, s.parent) for s in sections(parse(NOTICE))]
    assert found == [
        ("", "", 0, (), 3, False, ""),
        ("security", "セキュリティ", 2, ("eu:13.2.a", "us-ca:contact"), 5, True, ""),
        ("retention", "Retention", 3, (), 9, False, "security"),
        ("rights", "Rights", 2, (), 15, True, ""),
    ]


def test_the_title_is_no_section() -> None:
    document = parse(NOTICE)
    assert title(document) == "プライバシー"
    assert headings(document)[0] == (1, "プライバシー", "プライバシー")
    assert [block.kind for block in sections(document)[-1].blocks] == ["list"]


def test_columns_count_characters_and_not_bytes() -> None:
    assert list(links(parse(NOTICE))) == [("mailto:privacy@example.com", "窓口", 7, 15)]


@pytest.mark.parametrize(
    ("line_end", "lines"), [("\n", [1, 3]), ("\r\n", [1, 3]), ("\r", [1, 3])], ids=["unix", "windows", "old mac"]
)
def test_lines_are_counted_whatever_ends_them(line_end: str, lines: list[int]) -> None:
    assert [block.line for block in parse(f"one{line_end}{line_end}two").children] == lines


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("## A {#x covers=a}", {"id": "x", "covers": "a"}),
        ('## A {#x covers="a"}', {"id": "x", "covers": "a"}),
        ('## A {#x covers="a b"}', {"id": "x", "covers": "a b"}),
        ('## A {covers="a #b" #x}', {"id": "x", "covers": "a #b"}),
        ('## A {#x covers="a #b .c"}', {"id": "x", "covers": "a #b .c"}),
        ('A {#x covers="a b"}\n---', {"id": "x", "covers": "a b"}),
        ('> ## A {#x covers="a b"}', {"id": "x", "covers": "a b"}),
        ("## A {#y #x}", {"id": "x"}),
        ("## A", {}),
    ],
)
def test_heading_attributes_keep_quoted_values_whole(heading: str, expected: dict[str, str]) -> None:
    block = next(block for block in walk_blocks(parse(heading)) if block.kind == "heading")
    assert dict(block.attributes) == expected
    assert plain_text(block) == "A"
    assert f'<h2 id="{expected.get("id", "a")}">A</h2>' in render_html(heading)


def test_ids_are_unique_and_written_ones_come_first() -> None:
    document = parse("## Rights\n\n## Rights\n\n## Other {#rights}\n\n## हिन्दी नीति\n\n## ???")
    assert [block.id for block in document.children] == ["rights-2", "rights-3", "rights", "हिन्दी-नीति", "section"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"),
        ("a <x>c</x>", "<p>a &lt;x&gt;c&lt;/x&gt;</p>\n"),
        ("[a](javascript:x)", "<p>a</p>\n"),
        ("[a](<java\tscript:x>)", "<p>a</p>\n"),
        ("[a](JaVaScRiPt&#58;x)", "<p>a</p>\n"),
        ("[a](data:text/html,x)", "<p>a</p>\n"),
        ("<vbscript:x>", "<p>vbscript:x</p>\n"),
        ("[a](/b)", '<p><a href="/b">a</a></p>\n'),
        ("[a](https://b.example 'c')", '<p><a href="https://b.example" title="c" rel="noopener">a</a></p>\n'),
        ("![a *b*](https://c.example/d.png)", '<p><a href="https://c.example/d.png" rel="noopener">a b</a></p>\n'),
        ("[![a](b.png)](c)", '<p><a href="c">a</a></p>\n'),
        ("~~a~~", "<p><s>a</s></p>\n"),
        ("a&#1;b", "<p>a\ufffdb</p>\n"),
    ],
)
def test_html_says_what_the_text_says_and_nothing_else(text: str, expected: str) -> None:
    assert render_html(text) == expected


def test_a_table_is_named_after_its_heading_and_can_be_scrolled() -> None:
    html = render_html(NOTICE)
    assert '<div class="np-table" tabindex="0" role="group" aria-labelledby="retention"><table><thead>' in html
    assert '<th scope="col" class="np-right">Kept</th>' in html
    assert '<div class="np-table" tabindex="0"><table>' in render_html("| a |\n|---|\n| b |")


def test_footnotes_are_numbered_as_referred_to_and_link_back() -> None:
    html = render_html("One[^b] two[^a] three[^b].\n\n[^a]: A\n\n[^b]: B\n\n[^c]: C\n")
    assert [e.get("id") for e in read_elements(html) if e.tag == "a"] == [
        "fnref:1",
        "fnref:2",
        "fnref:1:2",
        *[None] * 3,
    ]
    assert [e.get("id") for e in read_elements(html) if e.tag == "li"] == ["fn:1", "fn:2", "fn:3"]
    assert [e.get("href") for e in read_elements(html) if e.get("role") == "doc-backlink"] == [
        *("#fnref:1", "#fnref:1:2", "#fnref:2")
    ]


def test_a_link_without_words_is_still_found() -> None:
    assert list(links(parse("a [](https://b.example) [c](d)[e](d)"))) == [
        ("https://b.example", "", 1, 3),
        ("d", "c", 1, 25),
        ("d", "e", 1, 31),
    ]


def test_nesting_without_end_is_cut_off_and_not_an_error() -> None:
    assert "deep" in render_html(">" * 5000 + " deep")
    assert "deep" in render_html("*a " * 3000 + "deep" + "*" * 3000)


def test_many_equal_titles_are_each_counted_on_from_the_last() -> None:
    names = [section.id for section in sections(parse("## Rights\n\n" * 20_000 + "## Rights {#rights-7}\n"))]
    assert names[:7] == ["rights", *(f"rights-{number}" for number in range(2, 7)), "rights-8"]
    assert names[-2:] == ["rights-20001", "rights-7"]


def test_a_long_line_of_brackets_is_words() -> None:
    assert plain_text(parse("](" * 100_000)) == "](" * 100_000
    assert not list(links(parse("](" * 100_000)))


def test_braces_that_are_never_closed_are_words() -> None:
    assert plain_text(parse("{" + " #" * 50_000)) == "{" + " #" * 50_000
    assert render_html("{" + " #" * 50_000) == "<p>{" + " #" * 50_000 + "</p>\n"


@pytest.mark.parametrize(
    ("destination", "safe"),
    [
        ("mailto:a@b.example", True),
        ("tel:+1", True),
        ("#a", True),
        ("a:b", False),
        (" javascript:x", False),
        ("", True),
    ],
)
def test_only_known_schemes_are_safe(destination: str, *, safe: bool) -> None:
    assert is_safe_destination(destination) is safe


@given(st.one_of(st.text(), MARKUP))
@example("<img src=x onerror=alert(1)>")
@example('[a](x "\\"><script>")')
@example('## a {#x"><script> covers="b c"}')
@example('```a"onload=b\nc\n```')
@example("\ud800 \x00 \ufffe")
def test_no_text_renders_to_anything_but_the_allowed_html(text: str) -> None:
    elements = read_elements(render_html(text))
    assert {element.tag for element in elements} <= ALLOWED
    assert {name for element in elements for name in element.attrib} <= ALLOWED_ATTRIBUTES
    assert all(is_safe_destination(element.get("href")) for element in elements if element.get("href"))
    ids = [element.get("id") for element in elements if element.get("id")]
    assert len(ids) == len(set(ids))


@given(st.one_of(st.text(), MARKUP, st.just(NOTICE)))
def test_the_fast_way_and_the_tree_give_the_same_html(text: str) -> None:
    assert render_html(text) == render_document(parse(text))


def test_the_fast_way_is_taken_for_an_ordinary_notice() -> None:
    native = pyromark.html(NOTICE, options=OPTIONS)
    assert rewrite_html(native) == render_document(parse(NOTICE))
