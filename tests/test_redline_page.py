"""The redline for readers: what its HTML says to eyes, to ears and to a keyboard, before any browser sees it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from noticepress.localize import words
from noticepress.markdown import parse
from noticepress.marking import ChangedFact, find_words, list_changed_facts, render_flat, render_page, summarize
from noticepress.model import Address, Facts
from noticepress.redline import compare
from tests.redlined import NEW, OLD
from tests.test_redline import COLLECT, NOTICES, RETAIN, RIGHTS, read_body, see

WORDS = find_words("en")
SHARE = "We share personal data with the hosts of our servers, who may read them only as far as their work needs it."
OUTSIDE = {"np-old", "np-fold", "np-move", "np-hidden", "np-remark"}


def render(old: str, new: str) -> str:
    return render_page(compare(old, new), WORDS)


def strip(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", "", html).split())


def read_classes(element: Any) -> set[str]:  # noqa: ANN401  the trees of html5lib have no type of their own
    return set((element.get("class") or "").split())


def read(element: Any, without: set[str]) -> str:  # noqa: ANN401
    """The words of a tree without what is named: elements and classes."""
    if element.tag in without or read_classes(element) & without:
        return ""
    inside = (element.text or "") + "".join(read(child, without) + (child.tail or "") for child in element)
    return inside if element.tag in {"ins", "del", "em", "strong", "a", "code", "s", "span", "sup"} else f"{inside}\n"


def squeeze(text: str) -> str:
    return "".join(text.split())


# ---- laws


@given(NOTICES, NOTICES)
def test_a_page_is_valid_and_names_nothing_twice(old: str, new: str) -> None:
    html = render(old, new)
    body = read_body(html)
    for parent in body.iter():
        for child in parent:
            if child.tag in {"ins", "del"}:
                assert parent.tag not in {"ul", "ol", "table", "thead", "tbody", "tr", "ins", "del"}
                inner = {element.tag for element in child.iter()} - {child.tag}
                assert not inner & {"p", "li", "ul", "ol", "table", "td", "th", "ins", "del", "blockquote", "div"}
            if read_classes(parent) & {"np-old"}:
                assert not [element for element in parent.iter() if element.get("id")]
    names = [element.get("id") for element in body.iter() if element.get("id")]
    assert len(names) == len(set(names))
    targets = {name.removeprefix("#") for name in re.findall(r'href="(#moved[^"]*)"', html)}
    assert targets <= set(names)


@given(NOTICES.filter(lambda text: "[^n]" not in text), NOTICES.filter(lambda text: "[^n]" not in text))
def test_what_is_left_for_the_view_of_the_new_text_is_the_new_text(old: str, new: str) -> None:
    body = read_body(render(old, new))
    assert squeeze(read(body, {*OUTSIDE, "np-gone", "del", "np-deleted", "np-moved-away"})) == squeeze(see(parse(new)))


@given(NOTICES.filter(lambda text: "[^n]" not in text), NOTICES.filter(lambda text: "[^n]" not in text))
def test_the_left_side_is_the_old_text(old: str, new: str) -> None:
    body = read_body(render(old, new))
    for edit in [element for element in body.iter() if "np-edit" in read_classes(element)]:
        for child in [child for child in edit if not read_classes(child) & {"np-old", "np-gone"}]:
            edit.remove(child)
    assert squeeze(read(body, {*(OUTSIDE - {"np-old"}), "summary"})) == squeeze(see(parse(old)))


@given(NOTICES)
def test_a_text_against_itself_has_no_change_to_show(text: str) -> None:
    html = render(text, text)
    assert not re.search(r"<ins|<del|np-edit|np-move|np-remark|np-hidden|change-", html)


@given(NOTICES, NOTICES)
def test_the_same_pair_gives_the_same_page(old: str, new: str) -> None:
    assert render(old, new) == render(old + "\n", new)


# ---- words for those who hear the page


def test_readers_hear_where_each_run_begins_and_ends() -> None:
    html = render("We keep *your* logs.", "We keep **all of our** logs.")
    merged = html.partition("</div>")[2]
    assert strip(merged) == ("We keep [deleted: your end of deletion][inserted: all of our end of insertion] logs.")
    assert merged.count('class="np-hidden"') == 4


@pytest.mark.parametrize(
    "block",
    [
        "- one\n- two\n- three",
        "| Data | Kept |\n|---|---|\n| Email | a year |",
        "> Two paragraphs.\n>\n> In a quotation.",
    ],
)
def test_a_block_that_came_or_went_whole_is_one_run(block: str) -> None:
    for old, new, first, last in (
        (COLLECT, f"{COLLECT}\n\n{block}", "[inserted:", "end of insertion]"),
        (f"{COLLECT}\n\n{block}", COLLECT, "[deleted:", "end of deletion]"),
    ):
        told = strip(render(old, new))
        assert (told.count(first), told.count(last)) == (1, 1)


def test_a_row_that_came_is_one_run_in_its_table() -> None:
    table = "| Data | Kept |\n|---|---|\n| Email | a year |\n"
    html = (
        render(table, table + "| Name | two years |\n")
        .partition('<div class="np-old">')[2]
        .partition("</div>\n</div>")[2]
    )
    assert strip(html).endswith("[inserted: Nametwo years end of insertion]")


def test_words_of_the_page_name_their_language_in_a_text_of_another() -> None:
    html = render_page(compare("We may.", "We must."), find_words("ar", "en"))
    assert 'class="np-hidden" lang="ar" dir="rtl"' in html
    assert "lang=" not in render("We may.", "We must.")


# ---- anchors and folding


def test_each_change_has_an_anchor() -> None:
    old = f"## Use {{#use}}\n\n{COLLECT}\n\n## Old {{#old}}\n\n{RETAIN}\n"
    new = f"## Using {{#use}}\n\n{COLLECT} Now.\n\n## New {{#new}}\n\n{RIGHTS}\n"
    redline = compare(old, new)
    assert len(redline.changes) == 4
    for html in (render_page(redline, WORDS), render_flat(redline, WORDS)):
        assert all(html.count(f'id="change-{number}"') == 1 for number in range(1, 5))
        assert 'id="use"' in html
        assert 'id="old"' not in html


def test_what_is_folded_is_said() -> None:
    rights = f"## Rights & more {{#rights}}\n\n{RIGHTS}\n\n"
    old = f"{COLLECT}\n\n## Logs {{#logs}}\n\n{RETAIN}\n\n{rights}## End {{#end}}\n\nA."
    html = render(old, old.replace("A.", "B."))
    fold = re.findall(r'<p class="np-fold">(.*?)</p>', html)
    assert fold == [
        '3 sections unchanged: Introduction, <a href="#logs">Logs</a>, and <a href="#rights">Rights &amp; more</a>'
    ]
    assert html.index('<h2 id="rights">') < html.index("</div>") < html.index('<h2 id="end">')


def test_a_section_is_not_folded_when_its_subsection_changed() -> None:
    old = f"## Data {{#data}}\n\n{COLLECT}\n\n### Logs {{#logs}}\n\nA.\n\n## Rights {{#rights}}\n\n{RIGHTS}"
    assert re.findall(r'<p class="np-fold">(.*?)</p>', render(old, old.replace("A.", "B."))) == [
        '1 section unchanged: <a href="#rights">Rights</a>'
    ]


# ---- moves


def list_notices(html: str) -> list[str]:
    return [strip(notice) for notice in re.findall(r'<p class="np-move"[^>]*>.*?</p>', html)]


def test_a_moved_section_has_a_notice_at_both_ends_and_its_edits_are_marked() -> None:
    sharing = f"## Sharing {{#sharing}}\n\n{SHARE}\n\n"
    rest = f"## Data {{#data}}\n\n{COLLECT}\n\n{RETAIN}\n\n## Rights {{#rights}}\n\n{RIGHTS} {RETAIN}\n\n"
    html = render(rest + sharing, sharing.replace("work needs", "contract allows") + rest)
    assert list_notices(html) == [
        "This section was moved here; it stood after Rights.",
        "The section Sharing was moved; it now stands after Introduction.",
    ]
    assert html.index('href="#moved-1-from"') < html.index('id="moved-1-from"')
    here, _, away = html.partition('<div class="np-same">')
    assert '<ins class="np-moved-here">' in here
    assert re.search(r"<del><span[^>]*>\[deleted: </span>work needs", here)
    assert re.search(r"<ins><span[^>]*>\[inserted: </span>contract allows", here)
    folded = away.partition('<details class="np-away">')[2].partition("</details>")[0]
    assert "as far as their work needs it." in folded
    assert "[deleted:" not in folded


def test_a_moved_passage_tells_the_sections_it_left_and_came_to() -> None:
    data, rights = f"## Data {{#data}}\n\n{COLLECT} {RETAIN}\n\n", f"## Rights {{#rights}}\n\n{RIGHTS} {COLLECT}\n\n"
    html = render(f"{data}{SHARE}\n\n{rights}", f"{data}{rights}{SHARE}\n")
    assert list_notices(html) == ["Moved to Rights.", "Moved here from Data."]
    assert '<a href="#moved-1">Rights</a>' in html


def test_what_moved_within_a_list_is_told_once() -> None:
    items = [f"- {text}\n" for text in (COLLECT, RETAIN, RIGHTS, SHARE, "Short.", "Shorter still.")]
    html = render("".join(items), "".join([*items[1:4], items[0], *items[4:]]))
    assert list_notices(html) == ["Text stands in another order here."]
    assert {'id="moved-1"', 'id="moved-1-from"'} <= set(re.findall(r'id="moved[^"]*"', html))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (f"{COLLECT} {RIGHTS}", f"{COLLECT}\n\n{RIGHTS}", "Paragraph split here."),
        (f"{COLLECT}\n\n{RIGHTS}", f"{COLLECT} {RIGHTS}", "Two paragraphs were joined into this one."),
    ],
)
def test_a_paragraph_that_was_split_or_joined_is_no_move(old: str, new: str, told: str) -> None:
    html = render(f"## A {{#a}}\n\n{old}\n\nEnd.", f"## A {{#a}}\n\n{new}\n\nEnd.")
    assert list_notices(html) == [told]
    assert not re.search("<ins|<del|np-moved", html)


def test_two_texts_that_both_apply_are_not_told_as_before_and_after() -> None:
    words_beside = replace(WORDS, is_beside=True)
    sharing = f"## Sharing {{#sharing}}\n\n{SHARE} See [it](/a). **Now.**\n\n"
    rest = f"## Data {{#data}}\n\n{COLLECT}\n\n{RETAIN}\n\n## Rights {{#rights}}\n\n{RIGHTS} [Ask](/a) **now**.\n\n"
    changed = rest.replace("(/a)", "(/b)").replace("**now**", "now")
    html = render_page(compare(rest + sharing, sharing + changed), words_beside)
    assert list_notices(html) == [
        "In the other text this section stands after Rights.",
        "In this text the section Sharing stands after Introduction.",
    ]
    assert [strip(remark) for remark in re.findall(r'<span class="np-remark">.*?</span>', html)] == [
        "(other emphasis in the other text; link leads to /b, in the other text to /a)"
    ]


# ---- other forms of the same words


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("See [here](/a).", "See [here](/b).", "(link now leads to /b, before /a)"),
        ("See here.", "See [here](/b).", "(now a link to /b)"),
        ("See [here](/a).", "See here.", "(no longer a link; it led to /a)"),
        ("You must go.", "You **must** go.", "(now bold)"),
        ("You ***must*** go.", "You `must` go.", "(now set as code; no longer bold; no longer in italics)"),
        ("You ~~must~~ go.", "You must go.", "(no longer struck through)"),
        ("## Data {#data}", "### Data {#data}", "(heading level 2 → 3)"),
        ("See [our list](/a).", "See [the new list](/b).", "(link now leads to /b, before /a)"),
    ],
)
def test_another_form_is_told_in_words(old: str, new: str, told: str) -> None:
    html = render(f"## A {{#a}}\n\n{old}", f"## A {{#a}}\n\n{new}")
    assert [strip(remark) for remark in re.findall(r'<span class="np-remark">.*?</span>', html)] == [told]


def test_a_word_that_stayed_beside_a_change_is_no_other_form() -> None:
    old, new = "当社の連絡先は、次のとおりです。", "この通知において当社とは、次の会社を総称したものです。"
    html = render(old, new).partition("</div>")[2]
    assert "np-remark" not in html
    assert "other form" not in html
    assert (html.count("<del>"), html.count("<ins>")) == (1, 1)
    assert strip(html).endswith("ものです end of insertion]。")


def test_words_in_another_form_are_read_once() -> None:
    html = render("You must go now.", "You **must** go now.").partition("</div>")[2]
    assert "<del>" not in html
    assert strip(html).startswith("You [same words, other form: must end of other form] (now bold) go now.")


def test_a_column_that_came_stands_in_the_same_table() -> None:
    old = "| Data | Kept |\n|---|---|\n| Email | a year |\n| Name | a year |\n"
    new = "| Data | Why | Kept |\n|---|---|---|\n| Email | Login | a year |\n| Name | Mail | two years |\n"
    for before, after, tag in ((old, new, "ins"), (new, old, "del")):
        merged = render(before, after).partition('<div class="np-old">')[2].partition("</table></div>")[2]
        assert merged.count("<table") == 1
        assert {len(re.findall("<t[hd]", row)) for row in re.findall("<tr.*?</tr>", merged)} == {3}
        assert re.search(rf"<th [^>]*>(<span[^>]*></span>)?<{tag}><span[^>]*>[^<]*</span>Why", merged)


def test_a_row_of_one_side_fills_the_columns_of_both() -> None:
    old = "| Data | Kept |\n|---|---|\n| Email address | a year |\n| Name and post | a year |\n"
    new = "| Data | Why | Kept |\n|---|---|---|\n| Email address | Login | a year |\n| Quite another | x | y |\n"
    merged = render(old, new).partition('<div class="np-old">')[2].partition("</table></div>")[2]
    assert {len(re.findall("<t[hd]", row)) for row in re.findall("<tr.*?</tr>", merged)} == {3}


def test_a_list_that_is_numbered_now_says_so() -> None:
    old = "- one thing\n- another thing\n"
    html = render(old, "1. one thing\n2. another thing\n")
    assert list_notices(html) == ["This list is numbered now."]


# ---- the summary


@pytest.mark.parametrize(
    ("locale", "headline"),
    [
        ("en", "1 section changed, 1 added, 1 removed; 4 words added, 4 removed"),
        ("de", "1 Abschnitt geändert, 1 hinzugefügt, 1 entfernt; 4 Wörter hinzugefügt, 4 entfernt"),
        ("es", "1 sección modificada, 1 añadida, 1 eliminada; 4 palabras añadidas, 4 eliminadas"),
        ("ja", "1項目を変更、1項目を追加、1項目を削除；4語を追加、4語を削除"),  # noqa: RUF001 - Japanese signs
        ("ar", "قسم واحد معدَّل، واحد مضاف، واحد محذوف؛ 4 كلمات مضافة، 4 محذوفة"),
    ],
)
def test_the_headline_counts_in_the_language_of_the_page(locale: str, headline: str) -> None:
    old = f"## Gone {{#gone}}\n\nOld words.\n\n## Data {{#data}}\n\n{COLLECT} For 30 days."
    new = f"## Data {{#data}}\n\n{COLLECT} For 90 days.\n\n## Come {{#come}}\n\nNew terms."
    summary = summarize(compare(old, new), words(locale))
    assert summary.headline == headline


def test_a_text_in_which_nothing_can_be_seen_to_change_says_so() -> None:
    summary = summarize(compare("a b", "a  b"), words("en"))
    assert (summary.headline, list(summary.lines)) == ("Nothing changed that a reader can see.", [])


def test_japanese_is_counted_in_characters() -> None:
    summary = summarize(compare("## A\n\n第三者に提供します。", "## A\n\n第三者に提供しません。"), words("en"))
    assert re.fullmatch(r"1 section changed; \d characters? added, \d removed", summary.headline)
    assert "字を追加" in summarize(compare("## A\n\n提供する。", "## A\n\n一切提供しない。"), words("ja")).headline


def test_a_line_tells_what_happened_and_which_promises_it_touches() -> None:
    old = f"## Data {{#data}}\n\nWe keep it for 30 days. {COLLECT}\n\n## Sharing {{#sharing}}\n\nWe may share it."
    new = old.replace("## Data", "## Your data").replace("30", "90").replace("We may share", "We may not share")
    first, second = summarize(compare(old, new), words("en")).lines
    assert (first.title, first.former, first.address, first.kinds) == (
        "Your data",
        "Data",
        "#change-1",
        ["renamed", "changed"],
    )
    assert [strip(token) for token in first.tokens] == ["“30 days” is now “90 days”"]
    assert second.counts == "1 word added"
    assert [strip(token) for token in second.tokens] == ["new: “not”"]


def make_facts(**changed: Any) -> Facts:  # noqa: ANN401
    given = {
        "entity": "acme",
        "since": date(2024, 1, 1),
        "legal_name": "Acme Research Inc.",
        "address": Address("12 Harbor Street", "Boston", "MA", "02110", "US"),
        "contacts": {"privacy": "privacy@acme.example"},
    }
    return Facts(**{**given, **changed})


def test_a_changed_fact_is_named_where_its_words_changed() -> None:
    moved = make_facts(address=Address("80 Summit Avenue", "Denver", "CO", "80202", "US"))
    facts = list_changed_facts([make_facts()], [moved], "en")
    assert [(fact.entity, fact.kind) for fact in facts] == [("Acme Research Inc.", "address")]
    old = f"## Data {{#data}}\n\n{COLLECT}\n\n## Contact {{#contact}}\n\nWrite to {facts[0].old}."
    new = f"## Data {{#data}}\n\n{COLLECT} Now.\n\n## Contact {{#contact}}\n\nWrite to {facts[0].new}."
    data, contact = summarize(compare(old, new), words("en"), facts).lines
    assert list(data.facts) == []
    assert [strip(fact) for fact in contact.facts] == [
        f"Fact: address of Acme Research Inc.: “{facts[0].old}” → “{facts[0].new}”",
    ]
    assert list(contact.tokens) == []


def test_a_fact_of_several_entities_is_told_once() -> None:
    before = [make_facts(legal_name="Acme Inc."), make_facts(entity="other", legal_name="Acme & Sons")]
    after = [
        make_facts(legal_name="Acme Inc.", contacts={"privacy": "data@acme.example", "rights": "data@acme.example"}),
        make_facts(entity="other", legal_name="Acme & Sons", contacts={"privacy": "data@acme.example"}),
    ]
    facts = list_changed_facts(before, after, "en")
    old, new = "## A {#a}\n\nWrite to privacy@acme.example.", "## A {#a}\n\nWrite to data@acme.example."
    (line,) = summarize(compare(old, new), words("en"), facts).lines
    assert [strip(fact) for fact in line.facts] == [
        "Fact: contact (for privacy) of Acme Inc. and Acme &amp; Sons: “privacy@acme.example” → “data@acme.example”",
        "Fact: contact (for your rights) of Acme Inc.: now “data@acme.example”",
    ]


def test_a_fact_that_the_changed_words_do_not_tell_is_not_named() -> None:
    facts = (ChangedFact("Acme", "legal_name", "Acme Ltd", "Acme Inc", ("Acme Ltd",), ("Acme Inc",)),)
    (line,) = summarize(compare("Acme Inc may.", "Acme Inc must."), words("en"), facts).lines
    assert list(line.facts) == []


# ---- the whole


def test_a_page_is_not_much_longer_than_its_text() -> None:
    filler = "\n\n".join(f"{COLLECT} {RETAIN} {RIGHTS} {number}." for number in range(40))
    old, new = (text.replace("We set one cookie.", f"We set one cookie.\n\n{filler}") for text in (OLD, NEW))
    assert len(render(old, new)) < 2.5 * len(render(new, new))
