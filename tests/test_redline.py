from __future__ import annotations

import json
import re
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticepress.blocks import Block, walk_blocks
from noticepress.markdown import parse, render_html
from noticepress.redline import Redline, compare, diff, to_json

COLLECT = "We collect your name, email address and payment details when you create an account."
RETAIN = "We keep server logs for thirty days and then delete them permanently from every backup."
RIGHTS = "You can ask us at any time to export, correct or erase the personal data that we hold."

SENTENCES = st.lists(
    st.sampled_from(
        [
            COLLECT,
            RETAIN,
            RIGHTS,
            "We may share it.",
            "We may not share it.",
            "**Never** [here](/a), `ever`.",
            "お客様の情報を第三者に提供しません。",
            "[there](https://b.example)~~no~~\\\nmore",
            "a*b*c <i>d</i> &amp; e[^n]",
        ]
    ),
    min_size=1,
    max_size=3,
).map(" ".join)
BLOCKS = st.one_of(
    SENTENCES,
    SENTENCES.map("- {}\n- fixed\n".format),
    SENTENCES.map("1. {}\n\n   more\n2. b\n   - deep\n".format),
    SENTENCES.map("> {}".format),
    SENTENCES.map("| Data | Kept |\n|---|---|\n| {} | 30 |\n| IP | 7 |".format),
    st.sampled_from(
        ["## Use {#use}", "## Rights {#rights}", "### Use", "# Title", "***", "```\na  b\n```", "[^n]: Note."]
    ),
    st.sampled_from(["| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |", "<div>\nraw\n</div>", "- a\n\n- b"]),
)
NOTICES = st.lists(BLOCKS, max_size=7).map("\n\n".join)


def see(document: Block) -> str:
    """The visible words of a text, without the white space that no reader can tell apart."""
    return " ".join("\n".join("".join(s.text for s in leaf.spans) for leaf in walk_blocks(document)).split())


def read_side(redline: Redline, ops: str) -> str:
    return " ".join("".join(text for op, text in redline.ops if op in ops).split())


def read_body(html: str) -> Any:  # noqa: ANN401  the trees of html5lib have no type of their own
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(f"<!DOCTYPE html><title>t</title><body>{html}").find("body")


def drop(element: Any, name: str) -> str:  # noqa: ANN401
    """What is left to read, and where blocks are, once every change of one kind is taken out."""
    if element.tag == name:
        return ""
    inside = (element.text or "") + "".join(drop(child, name) + (child.tail or "") for child in element)
    inside = re.sub(r"\s+", "", inside)
    return (
        inside if element.tag in {"ins", "del", "body", "div", "section"} or not inside else f"{element.tag}({inside})"
    )


@given(NOTICES, NOTICES)
def test_accepting_gives_the_new_words_and_rejecting_the_old(old: str, new: str) -> None:
    redline = compare(old, new)
    assert read_side(redline, "=+>") == see(parse(new))
    assert read_side(redline, "=-<") == see(parse(old))


@given(NOTICES)
def test_a_text_against_itself_shows_no_change(text: str) -> None:
    redline = compare(text, text)
    assert {op for op, _ in redline.ops} <= {"="}
    assert redline.changes == ()
    assert redline.html == render_html(text)


@given(NOTICES, NOTICES)
def test_html_is_valid_and_marks_stand_on_words(old: str, new: str) -> None:
    body = read_body(compare(old, new).html)
    for parent in body.iter():
        for child in parent:
            if child.tag in {"ins", "del"}:
                assert parent.tag not in {"ul", "ol", "table", "thead", "tbody", "tr", "ins", "del"}
                inner = {element.tag for element in child.iter()} - {child.tag}
                assert not inner & {"p", "li", "ul", "ol", "table", "td", "th", "ins", "del", "blockquote"}
    ids = [element.get("id") for element in body.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


@given(NOTICES.filter(lambda text: "[^n]" not in text), NOTICES.filter(lambda text: "[^n]" not in text))
def test_html_keeps_the_structure_of_both_sides(old: str, new: str) -> None:
    body = read_body(compare(old, new).html)
    for name, text in (("del", new), ("ins", old)):
        left = re.sub(r"(em|strong|a|code|s)\(|[()]", "", drop(body, name))
        wanted = re.sub(r"(em|strong|a|code|s)\(|[()]", "", drop(read_body(render_html(text)), "nothing"))
        assert left == wanted


@given(NOTICES, NOTICES)
def test_the_same_pair_gives_the_same_redline(old: str, new: str) -> None:
    first = json.dumps(to_json(compare(old, new)))
    assert first == json.dumps(to_json(compare(old + "\n", new)))


@pytest.mark.parametrize(
    ("old", "new", "inside"),
    [
        ("We keep logs for 30 days.", "We keep logs for 90 days.", "We keep logs for <del>30</del><ins>90</ins> days."),
        ("We may share it.", "We may not share it.", "We may<ins> not</ins> share it."),
        ("We use pixels, tags and logs.", "We use pixels and logs.", "We use pixels<del>, tags</del> and logs."),
        ("The old house stands.", "old house stands.", "<del>The </del>old house stands."),
        (
            "You must go now.",
            "You **must** go now.",
            "You <del>must</del><ins><strong>must</strong></ins> go now.",
        ),
        (
            "See [a b](/1).",
            "See [a b](/2).",
            'See <del><a href="/1">a b</a></del><ins><a href="/2">a b</a></ins>.',
        ),
        (
            "See [our old page](/1).",
            "See [our new page](/1).",
            'See <a href="/1">our <del>old</del><ins>new</ins> page</a>.',
        ),
        (
            "データを提供します。",
            "データを提供しません。",
            "データを提供<del>します</del><ins>しません</ins>。",
        ),
    ],
)
def test_changes_read_as_a_person_would_mark_them(old: str, new: str, inside: str) -> None:
    assert compare(old, new).html == f"<p>{inside}</p>\n"


def test_items_and_rules_are_marked_where_marks_may_stand() -> None:
    html = compare("* one thing\n* three things\n\n***", "* one thing\n* two things\n* three things\n").html
    assert '</li>\n<li class="np-inserted"><ins>two things</ins></li>\n<li>' in html
    assert html.endswith("</ul>\n<del><hr /></del>\n")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"* {COLLECT}\n* {RETAIN}\n", f"* {RETAIN}\n* {COLLECT}\n"),
        (f"{COLLECT} {RETAIN}", f"{COLLECT}\n\n{RETAIN}"),
        (f"{COLLECT}\n\n{RETAIN}", f"{COLLECT} {RETAIN}"),
        (
            f"## Use\n\n{COLLECT}\n\n{RIGHTS}\n\n## Logs\n\n{RETAIN}\n",
            f"## Logs\n\n{RETAIN}\n\n## Use\n\n{COLLECT}\n\n{RIGHTS}\n",
        ),
    ],
    ids=["items swapped", "paragraph split", "paragraphs merged", "section moved with its heading"],
)
def test_what_only_moved_is_not_shown_as_new(old: str, new: str) -> None:
    assert {op for op, text in compare(old, new).ops if text.strip()} == {"=", "<", ">"}


def test_a_rewritten_paragraph_is_replaced_whole() -> None:
    redline = compare("## A\n\n" + COLLECT, "## A\n\nNothing of your former words remains in an altogether other text.")
    assert [op for op, _ in redline.ops] == ["=", "-", "+", "="]
    assert redline.ops[-1][1].strip() == "."


def test_a_table_with_another_column_is_replaced_whole() -> None:
    old = "| Data | Kept |\n|---|---|\n| Email | 30 days |\n"
    redline = compare(old, "| Data | Why | Kept |\n|---|---|---|\n| Email | Login | 30 days |\n")
    assert redline.html.count("<table") == 2


def test_a_break_within_a_line_is_not_mistaken_for_one_in_code() -> None:
    redline = compare("```\na\nb\n```\n\none\\\ntwo", "```\na\nb\n```\n\none two")
    assert "one<del><br />\n</del> two" in redline.html


def test_words_are_never_cut() -> None:
    redline = compare(
        "नीति लागू होती है। Übermäßig don\u2019t 1,000.50", "नीतियाँ लागू होती है। Übermut didn\u2019t 1,000.75"
    )
    changed = [text.strip() for op, text in redline.ops if op != "="]
    assert changed == ["नीति", "नीतियाँ", "Übermäßig don\u2019t 1,000.50", "Übermut didn\u2019t 1,000.75"]


def test_front_matter_is_no_part_of_a_text() -> None:
    assert diff("---\ntitle: a\n---\nx y", "---\ntitle: b\n---\nx y")["changes"] == []


def test_json_holds_plain_data() -> None:
    data = to_json(compare("We may.", "We must."))
    assert set(data) == {"kind", "ops", "html", "changes"}
    assert data["ops"] == [["=", "We "], ["-", "may"], ["+", "must"], ["=", ".\n"]]
    assert json.loads(json.dumps(data)) is not None


def list_words(redline: Redline, ops: str) -> list[str]:
    return [line for op, text in redline.ops if op in ops for line in text.split("\n") if line]


def list_lines(old: str, new: str) -> list[str]:
    """What a reader sees, a line for each block: struck ones with a dash, new ones with a plus."""
    return [
        f"{op} {line}" for op, text in compare(old, new).ops for line in text.removesuffix("\n").split("\n") if line
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "## Use {#use}\n\nOur former words!\n\n## Contact {#contact}\n\nA quiet street.\n\n## End {#end}",
            (
                "## Use {#use}\n\nEntirely different.\n\n### Tests {#tests}\n\nDaily.\n\n"
                "## Seal {#seal}\n\nGold.\n\n## End {#end}"
            ),
            (
                "= Use;- Our former words!;+ Entirely different.;+ Tests;+ Daily.;"
                "- Contact;- A quiet street.;+ Seal;+ Gold.;= End"
            ),
        ),
        (
            "## Use {#use}\n\n## Contact {#contact}\n\n### Mail {#mail}\n\nA quiet street.",
            "## Use {#use}\n\nA quiet street.\n\n### Tests {#tests}\n\nDaily.",
            "= Use;+ A quiet street.;+ Tests;+ Daily.;- Contact;- Mail;- A quiet street.",
        ),
        (
            f"## Use {{#use}}\n\n{COLLECT}\n\n{RETAIN}",
            f"## Use {{#use}}\n\n{COLLECT}\n\n## Logs {{#logs}}\n\n{RETAIN}",
            f"= Use;= {COLLECT};+ Logs;= {RETAIN}",
        ),
    ],
    ids=["a section between others", "the same words in a section that went", "a section cut in two"],
)
def test_nothing_of_a_section_stands_under_the_struck_heading_of_another(old: str, new: str, expected: str) -> None:
    assert list_lines(old, new) == expected.split(";")


STOCK = "をご希望の場合は、お問い合わせいただくことができます。"


def test_a_stock_phrase_of_a_script_without_spaces_did_not_move() -> None:
    old = f"## 甲 {{#a}}\n\n情報の削除{STOCK}\n\n## 乙 {{#b}}\n\n犬が庭を走る。"
    stranger = "請求書の再発行をご希望の場合は、電話で連絡することができます。"
    new = f"## 甲 {{#a}}\n\n猫は窓辺で眠る。\n\n## 乙 {{#b}}\n\n犬が庭を走る。{stranger}"
    assert list_words(compare(old, new), "<>") == []


@pytest.mark.parametrize("moved", ["当社は法令に基づきこの情報を保管します。", "この情報は第三者に提供しません。"])
def test_a_whole_sentence_of_a_script_without_spaces_moves(moved: str) -> None:
    old = f"## 甲 {{#a}}\n\n猫は窓辺で眠る。{moved}\n\n## 乙 {{#b}}\n\n犬が庭を走る。"
    new = f"## 甲 {{#a}}\n\n猫は窓辺で眠る。\n\n## 乙 {{#b}}\n\n犬が庭を走る。{moved}"
    assert list_words(compare(old, new), "<") == list_words(compare(old, new), ">") == [moved]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("クリアGIFを使用", "クリア GIF を使用"),
        ("Read (the) rules", "Read ( the) rules"),
        ("One/two of three", "One / two or three"),
        ("[Cookies](/a)and logs", "[Cookies](/a) and logs"),
    ],
)
def test_a_space_that_came_or_went_is_a_change_at_its_place(old: str, new: str) -> None:
    for before, after in ((old, new), (new, old)):
        ops = compare(before, after).ops
        assert "".join(text for op, text in ops if op in "=-<").strip() == before.replace("[", "").replace("](/a)", "")
        assert "".join(text for op, text in ops if op in "=+>").strip() == after.replace("[", "").replace("](/a)", "")
