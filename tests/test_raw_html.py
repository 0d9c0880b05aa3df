"""Raw HTML in a notice: a small harmless part of it is read, all else is shown as it is written."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator

import lxml.html
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from noticepress.blocks import Block
from noticepress.hypertext import is_safe_destination, render_document
from noticepress.markdown import links, parse, plain_text, render_html, sections, walk_blocks
from tests.test_markdown import ALLOWED, ALLOWED_ATTRIBUTES, read_elements

TABLE = """<table onclick="x">
    <thead><tr><th>Data</th><th>Why</th></tr></thead>
    <tbody>
        <tr>
            <td colspan="2" style="color: red">
                <p>Mail <strong>and</strong> post</p>
                <ul>
                    <li>one</li>
                    <li><a href="https://b.example" target="_top">two</a></li>
                </ul>
            </td>
        </tr>
        <tr><th>Kept</th><td>

Read as **Markdown**.

- three

</td></tr>
    </tbody>
</table>
"""
SCHEMES = ["javascript:x", "JaVa\tScRiPt&colon;x", "&#106;avascript:x", "data:text/html,x", "vbscript:x", "//c.example"]
TAGS = [
    *("p", "ul", "ol", "li", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "blockquote", "hr", "br"),
    *("span", "div", "section", "a", "b", "strong", "i", "em", "u", "s", "del", "ins", "sub", "sup", "code"),
    *("kbd", "mark", "small", "abbr", "script", "style", "iframe", "form", "input", "svg", "math", "template"),
    *("textarea", "select", "h1", "img", "object", "x-y"),
]
ATTRIBUTES = [
    *("", " onclick=alert(1)", ' style="x"', " id=a class='np-hidden'", " start=3", " colspan=\"2\" rowspan='3'"),
    *(f' href="{scheme}"' for scheme in SCHEMES),
    *(
        " href=#a",
        ' href=" https://b.example" title="<b>&quot;&#x27;"',
        " href=mailto:a@b.example title='\"'",
        " src=x",
    ),
]
MARKDOWN = [
    "\n",
    "\n\n",
    "- ",
    "1. ",
    "> ",
    "**",
    "*",
    "~~",
    "`",
    "## ",
    "[",
    "](x)",
    "| a | b |\n|---|---|\n| ",
    "    ",
    "&lt;",
    "|",
]
PARTS = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
    st.sampled_from([f"</{tag}>" for tag in TAGS]),
    st.sampled_from(
        ["<!-- c -->", "<!--", "-->", "<?x?>", "<!DOCTYPE html>", "<![CDATA[", "]]>", "<", ">", "</", "<br/>", "é日"]
    ),
    st.sampled_from(MARKDOWN),
    st.sampled_from(
        ["\n<table>\n", "\n<tr><td>\n", "\n\n<td>\n\n", "\n</td></tr>\n", "\n\n</table>\n\n", "\n\n<ul>\n<li>"]
    ),
)
RAW = st.lists(PARTS, max_size=30)


def outline(block: Block) -> object:
    """What a block holds, in short: its kind with its words, or with what is in it."""
    return (block.kind, *map(outline, block.children)) if block.children else (block.kind, plain_text(block))


def test_a_table_of_raw_html_is_read_into_rows_and_cells_that_hold_blocks_and_markdown() -> None:
    document = parse(TABLE)
    assert outline(document) == (
        "document",
        (
            "table",
            ("row", ("cell", "Data"), ("cell", "Why")),
            (
                "row",
                (
                    "cell",
                    ("paragraph", "Mail and post"),
                    ("list", ("item", ("paragraph", "one")), ("item", ("paragraph", "two"))),
                ),
            ),
            (
                "row",
                ("cell", "Kept"),
                ("cell", ("paragraph", "Read as Markdown."), ("list", ("item", ("paragraph", "three")))),
            ),
        ),
    )
    html = render_html(TABLE)
    assert '<thead><tr><th scope="col">Data</th><th scope="col">Why</th></tr></thead><tbody>' in html
    assert '<td colspan="2">\n<p>Mail <strong>and</strong> post</p>\n<ul>\n<li>one</li>' in html
    assert '<tr><th scope="row">Kept</th><td>\n<p>Read as <strong>Markdown</strong>.</p>' in html
    assert not {"onclick", "style", "target"} & {name for e in read_elements(html) for name in e.attrib}


def test_words_of_raw_html_stand_where_they_are_written() -> None:
    places = {
        span.text: (span.line, span.column) for block in walk_blocks(parse(TABLE)) for span in block.spans if span.text
    }
    assert places["Data"] == (2, 20)
    assert places["and"] == (6, 33)
    assert places["one"] == (8, 25)
    assert places["Read as "] == (15, 1)
    assert list(links(parse(TABLE))) == [("https://b.example", "two", 9, 25)]
    assert [(b.line, b.column, b.end_line) for b in walk_blocks(parse(TABLE)) if b.kind == "row"] == [
        *((2, 12, 2), (4, 9, 12), (13, 9, 19))
    ]
    quoted = parse("> <p>日本 <b>x</b>\n> <i>y</i></p>")
    assert [(s.text, s.line, s.column) for b in walk_blocks(quoted) for s in b.spans] == [
        *(("日本 ", 1, 6), ("x", 1, 12), ("\n", 1, 17), ("y", 2, 6))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a <b>c</b> <i>d</i>", "<p>a <strong>c</strong> <em>d</em></p>\n"),
        ("<u>a</u><sub>b</sub><sup>c</sup>", "<p><u>a</u><sub>b</sub><sup>c</sup></p>\n"),
        ("<small>a</small> <mark>b</mark> <kbd>c</kbd>", "<p><small>a</small> <mark>b</mark> <kbd>c</kbd></p>\n"),
        ("<del>a</del> <ins>b</ins> <strike>c</strike>", "<p><s>a</s> <u>b</u> <s>c</s></p>\n"),
        ("<span class='x'>a</span> <a id='y'>b</a>", "<p>a b</p>\n"),
        ("a<br>b<br/>\nc</br>", "<p>a<br />\nb<br />\nc</p>\n"),
        ("a <!-- b -->c", "<p>a c</p>\n"),
        ("<!-- a\n\nb -->\n\nc", "<p>c</p>\n"),
        (
            '<a href="https://b.example" title="c">d</a>',
            '<p><a href="https://b.example" title="c" rel="noopener">d</a></p>\n',
        ),
        ("<a href='java&#10;script:x'>d</a>", "<p>d</p>\n"),
        ("<a href=b>c [d](e) f</a>", '<p><a href="b">c </a><a href="e">d</a> f</p>\n'),
        ("[a <a href=b>c</a>](d)", '<p><a href="d">a c</a></p>\n'),
        ("<a href=b>c[^1]</a>\n\n[^1]: d", None),
        ("**a <b>c** d</b> e", "<p><strong>a <strong>c</strong></strong> d e</p>\n"),
        ("<b>a <i>b</b> c</i> d", "<p><strong>a <em>b</em></strong><em> c</em> d</p>\n"),
        ("<b>a\n\nb</b>", "<p><strong>a</strong></p>\n<p>b</p>\n"),
        ("<ol start='4'><li>a<li>b</ol>", '<ol start="4">\n<li>a</li>\n<li>b</li>\n</ol>\n'),
        ("<ol start='4x'><li>a</ol>", "<ol>\n<li>a</li>\n</ol>\n"),
        ("<li>a", "<ul>\n<li>a</li>\n</ul>\n"),
        ("<p>a<p>b</p></p>", "<p>a</p>\n<p>b</p>\n"),
        ("<p>a\n   &amp; b</p>", "<p>a\n&amp; b</p>\n"),
        ("<div>a</div><div>b</div>", "<div>a</div>\n<div>b</div>\n"),
        ("a <p>b</p> c", "<p>a</p>\n<p>b</p>\n<div>c</div>\n"),
        ("</td></ul></b>a", "<div>a</div>\n"),
        ("<td>a", "<div>a</div>\n"),
        ("## a <b>b</b> <p>c", '<h2 id="a-b-p-c">a <strong>b</strong> &lt;p&gt;c</h2>\n'),
        ("<form>a</form>", "<p>&lt;form&gt;a&lt;/form&gt;</p>\n"),
        ("<script>\nx<b>y\n</script>\n", "<p>&lt;script&gt;\nx&lt;b&gt;y\n&lt;/script&gt;</p>\n"),
        ("<h2 onclick=x>a</h2>", "<p>&lt;h2 onclick=x&gt;a&lt;/h2&gt;</p>\n"),
        ("- <input>a", "<ul>\n<li>&lt;input&gt;a</li>\n</ul>\n"),
        ("<p>a <img src=x onerror=y>", "<p>a &lt;img src=x onerror=y&gt;</p>\n"),
        ("    <b>a</b>\n\n<b>b</b>", "<pre><code>&lt;b&gt;a&lt;/b&gt;\n</code></pre>\n<p><strong>b</strong></p>\n"),
        ("![a <b>b</b>](c)", '<p><a href="c">a b</a></p>\n'),
        ("| a |\n|---|\n| b<ul><li>c</ul> |", None),
    ],
)
def test_what_is_read_becomes_ours_and_all_else_is_shown(text: str, expected: str | None) -> None:
    html = render_html(text)
    assert expected is None or html == expected
    assert {element.tag for element in read_elements(html)} <= ALLOWED
    assert html == render_document(parse(text))


def test_a_cell_is_as_wide_as_a_small_number_says() -> None:
    cells = ('colspan="2"', 'rowspan="1"', 'colspan="0"', 'colspan="4000"', 'rowspan="2;x"', 'colspan="٣"')
    html = render_html("<table><tr>" + "".join(f"<td {cell}>a</td>" for cell in cells) + "</tr></table>")
    assert [dict(e.attrib) for e in read_elements(html) if e.tag == "td"] == [{"colspan": "2"}, *[{}] * 5]


def test_sections_stand_in_no_element_that_was_left_open() -> None:
    text = "<table><tr><td>\n\n<ul><li>a\n\n## One {#one}\n\nb\n\n</li></ul>\n\n## Two {#two}\n\nc"
    assert [(s.id, plain_text(s.blocks[0])) for s in sections(parse(text))] == [("", "a"), ("one", "b"), ("two", "c")]


def test_raw_html_reaches_no_further_than_the_markdown_around_it() -> None:
    text = "- <table><tr><td>a\n- b</td></tr></table>\n\n> <b><ul><li>c\n\nd"
    assert outline(parse(text)) == (
        "document",
        ("list", ("item", ("table", ("row", ("cell", "a")))), ("item", ("paragraph", "b"))),
        ("quote", ("list", ("item", ("paragraph", "c")))),
        ("paragraph", "d"),
    )


@pytest.mark.parametrize(
    ("heading", "title", "written"),
    [
        ("## A {: #x }", "A {: #x }", ""),
        ("## A {your name}", "A {your name}", ""),
        ("## A {% b %}", "A {% b %}", ""),
        ("> ## A {}", "A {}", ""),
        ("## A {b} {#x}", "A {b}", "x"),
        ("## A { #x }", "A", "x"),
    ],
)
def test_braces_that_say_nothing_of_ours_are_words_of_a_heading(heading: str, title: str, written: str) -> None:
    block = next(block for block in walk_blocks(parse(heading)) if block.kind == "heading")
    assert (plain_text(block), block.explicit_id) == (title, written)
    assert f">{title}</h2>" in render_html(heading)
    assert render_html(heading) == render_document(parse(heading))


def _check_order(block: Block) -> Iterator[bool]:
    """Whether each kind of block holds what it must, and stands after the one before it."""
    wanted = {"list": {"item"}, "table": {"row"}, "row": {"cell"}}.get(block.kind)
    inside = {child.kind for child in block.children}
    yield inside <= wanted if wanted else not inside & {"item", "row", "cell"}
    yield not (block.children and block.spans)
    yield all(one.line <= other.line for one, other in itertools.pairwise(block.children))
    for child in block.children:
        yield from _check_order(child)


@given(RAW)
@example(["<table>", "<a href=#a>", "<td>", "b", "</a>", "<p>", "\n\n", "- ", "</table>"])
@example(["**", "<b>", "<p>", "**", "</b>"])
def test_no_raw_html_gives_anything_but_the_allowed_html(parts: list[str]) -> None:
    html = render_html("".join(parts))
    elements = read_elements(html)
    assert {element.tag for element in elements} <= ALLOWED
    assert {name for element in elements for name in element.attrib} <= ALLOWED_ATTRIBUTES
    assert all(is_safe_destination(element.get("href")) for element in elements if element.get("href"))
    assert all(name.startswith(("np-", "language-")) for e in elements for name in e.get("class", "").split())
    assert 'class="np-hidden"' not in html
    again = lxml.html.fragment_fromstring(html, create_parent="div")
    assert {str(element.tag) for element in again.iter()} <= ALLOWED | {"div"}
    assert {str(name) for element in again.iter() for name in element.attrib} <= ALLOWED_ATTRIBUTES


@given(RAW)
def test_a_tree_with_raw_html_is_a_tree_like_any_other(parts: list[str]) -> None:
    assert all(_check_order(parse("".join(parts))))


@given(
    st.lists(
        st.one_of(
            st.sampled_from([f"<{t}>" for t in TAGS[:28]] + [f"</{t}>" for t in TAGS[:28]] + ["\n\n"]), st.just("WORD")
        )
    )
)
def test_tags_lose_no_words(parts: list[str]) -> None:
    words = [f"w{number}w" if part == "WORD" else part for number, part in enumerate(parts)]
    shown = plain_text(parse(" ".join(words)))
    assert [word for word in words if word[0] == "w" and word not in shown] == []


@pytest.mark.parametrize("start", ["", "<table>", "a "])
@pytest.mark.parametrize(
    "unit",
    [
        "<td>",
        "<b>",
        "<b>x</b>",
        "<table><td>",
        "<ul><li>",
        "<!--",
        "<!",
        '<a b="',
        "<a href=x>",
        "<script>",
        "</i>",
        "> <td>\n",
    ],
)
def test_eight_times_the_tags_take_about_eight_times_as_long(start: str, unit: str) -> None:
    def measure(size: int) -> float:
        text = start + unit * (size // len(unit))
        began = time.process_time()
        render_document(parse.__wrapped__(text))
        return time.process_time() - began

    measure(1_000)
    small = measure(10_000)
    assert measure(80_000) < 20 * small + 0.2
