"""Small cases that each show one thing, and hostile ones that must end: what changed, and nothing else, is marked."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from noticepress.changes import compare_texts
from noticepress.markdown import render_html
from noticepress.redline import compare
from tests.redlines import NEW, OLD, find_faults, is_shown, outline, read_lines, read_side

PUMP = "The pump at the fuel pier keeps every receipt until the end of the season."
GATE = "Nobody opens the gate of the winter yard without a key from the harbour office."
BUOY = "Buoys in the bay are painted each spring, and we log who owns the boat beside them."


@dataclass(frozen=True)
class Probe:
    """Two texts, and the operations in a line; what stands elsewhere or looks otherwise is `<` and `>`."""

    old: str
    new: str
    ops: str


PROBES: Mapping[str, Probe] = {
    "number": Probe("Ropes last 20 weeks.", "Ropes last 50 weeks.", "= Ropes last |- 20|+ 50|=  weeks."),
    "negation": Probe("We do tow boats.", "We do not tow boats.", "= We do|+  not|=  tow boats."),
    "punctuation and word": Probe(
        "We tow boats, rafts and canoes.", "We tow boats and canoes.", "= We tow boats|- , rafts|=  and canoes."
    ),
    "comma": Probe(
        "Ropes and chains are yours.", "Ropes, and chains are yours.", "= Ropes|+ ,|=  and chains are yours."
    ),
    "heading renamed": Probe(
        f"# H\n\n## What we tow\n\n{PUMP}\n\n## Keys\n\n{GATE}",
        f"# H\n\n## What we pull\n\n{PUMP}\n\n## Keys\n\n{GATE}",
        f"= H¶What we |- tow|+ pull|= {PUMP}¶Keys¶{GATE}",
    ),
    "heading level": Probe(
        f"# H\n\n## Winter yard\n\n{GATE}",
        f"# H\n\n### Winter yard\n\n{GATE}",
        f"= H|< Winter yard|> Winter yard|= {GATE}",
    ),
    "item inserted": Probe(
        f"* {PUMP}\n* {GATE}\n", f"* {PUMP}\n* Spare anchors\n* {GATE}\n", f"= {PUMP}|+ Spare anchors|= {GATE}"
    ),
    "item deleted": Probe("* Rope\n* Anchor chain\n* Lamp\n", "* Rope\n* Lamp\n", "= Rope|- Anchor chain|= Lamp"),
    "item edited": Probe(
        "* Rope and hook\n* Anchor\n", "* Rope and wire\n* Anchor\n", "= Rope and |- hook|+ wire|= Anchor"
    ),
    "items swapped": Probe(f"* {PUMP}\n* {BUOY}\n", f"* {BUOY}\n* {PUMP}\n", f"< {PUMP}|= {BUOY}|> {PUMP}"),
    "cell": Probe(
        "| Boat | Fee |\n|---|---|\n| Raft | 3 coins |\n| Tug | 8 coins |\n",
        "| Boat | Fee |\n|---|---|\n| Raft | 5 coins |\n| Tug | 8 coins |\n",
        "= Boat¶Fee¶Raft|- 3|+ 5|=  coins¶Tug¶8 coins",
    ),
    "row": Probe(
        "| Boat | Fee |\n|---|---|\n| Raft | 3 coins |\n| Tug | 8 coins |\n",
        "| Boat | Fee |\n|---|---|\n| Raft | 3 coins |\n| Canoe | one coin |\n| Tug | 8 coins |\n",
        "= Boat¶Fee¶Raft¶3 coins|+ Canoe¶one coin|= Tug¶8 coins",
    ),
    "column": Probe(
        "| Boat | Fee |\n|---|---|\n| Raft | 3 coins |\n| Tug | 8 coins |\n",
        "| Boat | Crew | Fee |\n|---|---|---|\n| Raft | nobody | 3 coins |\n| Tug | sailors | 8 coins |\n",
        "= Boat|+ Crew|= Fee¶Raft|+ nobody|= 3 coins¶Tug|+ sailors|= 8 coins",
    ),
    "link target": Probe(
        "Read the [berth rules](/rules/1) first.",
        "Read the [berth rules](/rules/2) first.",
        "= Read the |< berth rules|> berth rules|=  first.",
    ),
    "bold": Probe("Engines stay off here.", "Engines stay **off** here.", "= Engines stay |< off|> off|=  here."),
    "split": Probe(f"{PUMP} {GATE}", f"{PUMP}\n\n{GATE}", f"= {PUMP}|<  {GATE}|> {GATE}"),
    "merge": Probe(f"{PUMP}\n\n{GATE}", f"{PUMP} {GATE}", f"= {PUMP}|>  {GATE}|< {GATE}"),
    "section moved": Probe(
        f"# H\n\n## Fuel\n\n{PUMP}\n\n## Yard\n\n{GATE}\n\n## Bay\n\n{BUOY}\n",
        f"# H\n\n## Bay\n\n{BUOY}\n\n## Fuel\n\n{PUMP}\n\n## Yard\n\n{GATE}\n",
        f"= H|> Bay¶{BUOY}|= Fuel¶{PUMP}¶Yard¶{GATE}|< Bay¶{BUOY}",
    ),
    "moved and edited": Probe(
        f"# H\n\n{PUMP}\n\n{GATE}\n\n{BUOY}\n",
        f"# H\n\n{BUOY.replace('painted', 'repaired')}\n\n{PUMP}\n\n{GATE}\n",
        "= H|> Buoys in the bay are|+  repaired|>  each spring, and we log who owns the boat beside them."
        f"|= {PUMP}¶{GATE}"
        "|< Buoys in the bay are|-  painted|<  each spring, and we log who owns the boat beside them.",
    ),
    "Japanese": Probe(
        "灯台の料金は船長が支払います。期限は二十日です。",
        "灯台の料金は船主が支払います。期限は二十日です。",
        "= 灯台の料金は|- 船長|+ 船主|= が支払います。期限は二十日です。",
    ),
    "Chinese": Probe(
        "我们会保存您的船名和付款记录。",
        "我们会保存您的船名和支付记录。",
        "= 我们会保存您的船名和|- 付款|+ 支付|= 记录。",
    ),
    "Thai": Probe(
        "เราเก็บชื่อเรือของคุณไว้ที่ท่าเรือ",
        "เราเก็บชื่อเรือของคุณไว้ที่ธนาคาร",
        "= เราเก็บชื่อเรือของคุณไว้ที่|- ท่าเรือ|+ ธนาคาร",
    ),
    "Arabic": Probe(
        "نحفظ سجل القارب عشرين يومًا.", "نحفظ سجل القارب ثلاثين يومًا.", "= نحفظ سجل القارب |- عشرين|+ ثلاثين|=  يومًا."
    ),
    "Russian": Probe(
        "Мы держим шлюз открытым до ночи.",
        "Мы держим шлюз закрытым до ночи.",
        "= Мы держим шлюз |- открытым|+ закрытым|=  до ночи.",
    ),
    "Hindi": Probe(
        "हम नाव की सूची रखते हैं।",
        "हम नावों की सूची रखते हैं।",
        "= हम |- नाव|+ नावों|=  की सूची रखते हैं।",
    ),
    "Korean": Probe(
        "항구는 배의 이름을 적습니다.", "항구는 배의 길이를 적습니다.", "= 항구는 배의 |- 이름을|+ 길이를|=  적습니다."
    ),
    "rewrite": Probe(
        "Sailors who moor overnight must show their papers to the guard on duty.",
        "Every Sunday a brass band plays on the terrace beside our small museum!",
        "- Sailors who moor overnight must show their papers to the guard on duty."
        "|+ Every Sunday a brass band plays on the terrace beside our small museum!",
    ),
}


def tell_ops(old: str, new: str) -> str:
    """The operations in one line; a block edge counts only between equal words."""
    ops = ((op, text.removeprefix("\n").removesuffix("\n").replace("\n", "¶")) for op, text in compare(old, new).ops)
    return "|".join(f"{op} {text}" for op, text in ops if text)


@pytest.mark.parametrize("name", PROBES)
def test_what_changed_is_marked_and_nothing_else(name: str) -> None:
    probe = PROBES[name]
    assert tell_ops(probe.old, probe.new) == probe.ops


@pytest.mark.parametrize("name", PROBES)
def test_a_probe_is_valid_html_and_either_document_can_be_had_back(name: str) -> None:
    probe = PROBES[name]
    redline = compare(probe.old, probe.new)
    assert is_shown(redline)
    assert find_faults(redline.html) == []
    for dropped, text in (("ins", probe.old), ("del", probe.new)):
        assert outline(redline.html, dropped) == outline(render_html(text))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"## Fuel {{#fuel}}\n\n{PUMP}", f"## Fuel {{#pumps}}\n\n{PUMP}"),
        (f"## Fuel\n\n{PUMP}", f"## Fuel {{#fuel-pier}}\n\n{PUMP}"),
        ("Tugs[^a] tow.\n\n[^a]: Small ones.", "Tugs[^b] tow.\n\n[^b]: Small ones."),
        ("| Boat |\n|---|\n| Tug |", "| Boat |\n|--:|\n| Tug |"),
        (f"{PUMP} {GATE}", f"{PUMP}\n   {GATE}  "),
        ("See [it](/a).", "See [it][1].\n\n[1]: /a"),
        ("We &amp; you \\* \u00e9", "We & you * \u00e9"),
    ],
    ids=["id changed", "id written", "label of a note", "side of a column", "white space", "form of a link", "escapes"],
)
def test_what_no_reader_can_tell_apart_is_left_out(old: str, new: str) -> None:
    redline = compare(old, new)
    assert not is_shown(redline)
    assert redline.changes == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"<p>{PUMP}</p>", f"<div>{PUMP}</div>"),
        (f"<ul><li>{PUMP}</li></ul>", f"* {PUMP}\n\n* {GATE}"),
        ("<table><tr><td>Tug</td></tr></table>", "<table><tr><td><p>Tug</p><p>Pier</p></td></tr></table>"),
        (
            "| Boat | Fee |\n|---|---|\n| Tug | 3 |",
            "<table><tr><th>Boat</th><th>Fee</th></tr><tr><td>Tug</td></tr></table>",
        ),
        (f"{PUMP}<br>{GATE}", f"{PUMP}\n\n{GATE}"),
        ("<table><tr><td>Tug", "Tug <b>and</b> pier"),
    ],
)
def test_raw_html_can_be_had_back_either_way(old: str, new: str) -> None:
    for before, after in ((old, new), (new, old)):
        html = compare(before, after).html
        assert find_faults(html) == []
        assert outline(html, "ins") == outline(render_html(before))
        assert outline(html, "del") == outline(render_html(after))


def test_footnotes_stay_in_the_order_of_either_text() -> None:
    old = f"One[^1], two[^2].\n\n[^1]: {PUMP}\n\n[^2]: {GATE}\n"
    new = f"Oh[^1], nought[^2], one[^3].\n\n[^1]: {BUOY}\n\n[^2]: Ropes are yours.\n\n[^3]: {PUMP}\n"
    html = compare(old, new).html
    assert read_lines(html, "ins") == read_lines(render_html(old))
    assert read_lines(html, "del") == read_lines(render_html(new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("| A b c |\n|---|\n| A b c |\n| A b c |\n", "| D |\n|---|\n| A b c |\n"),
        ("| Boat |\n|---|\n| Tug of war |\n", "| Fee |\n|---|\n| Tug of war |\n"),
        ("| Boat |\n|---|\n| Tug of war |\n", "| Tug of war |\n|---|\n| Boat |\n"),
    ],
)
def test_a_header_that_is_rewritten_stays_a_header(old: str, new: str) -> None:
    html = compare(old, new).html
    for dropped, text in (("ins", old), ("del", new)):
        assert outline(html, dropped) == outline(render_html(text))


def test_tables_with_other_columns_do_not_take_each_others_words() -> None:
    def write(*tables: str) -> str:
        return f"\n{PUMP}\n\n".join(f"| {table} |\n|{'---|' * (table.count('|') + 1)}\n" for table in tables)

    old = write("Berths | Berths | Cameras", "Berths | Berths | Berths", "Fees | Boats", "Keys | Lamps | Ropes")
    new = write("Tugs | Berths | Berths | Cameras", "Berths | Berths", "Fees | Rafts | Boats", "Keys | Ropes")
    told = set()
    for _ in range(20):
        compare_texts.cache_clear()
        told.add(compare(old, new).ops)
    assert len(told) == 1
    (ops,) = told
    changed = [(op, text.strip()) for op, text in ops if op != "="]
    assert changed == [("+", "Tugs"), ("-", "Berths"), ("+", "Rafts"), ("-", "Lamps")]


def check_ends(old: str, new: str, seconds: float) -> None:
    """A redline in time (of the processor: others may be at work too), from which both texts can be had back."""
    start = time.process_time()
    redline = compare(old, new)
    took = time.process_time() - start
    for side, text in ((OLD, old), (NEW, new)):
        assert read_side(redline, side).split() == " ".join(read_lines(render_html(text))).split()
    assert took < seconds


def write_words(stem: str, count: int, sentence: int = 11) -> str:
    """Prose of as many words, none of which is said twice: a paragraph for each ten sentences."""
    letters = str.maketrans("0123456789", "abdegiklnr")
    words = [stem + str(number).translate(letters) for number in range(count)]
    sentences = [" ".join(words[start : start + sentence]) + "." for start in range(0, count, sentence)]
    return "\n\n".join(" ".join(sentences[start : start + 10]) for start in range(0, len(sentences), 10)) + "\n"


@pytest.mark.slow
def test_two_large_texts_with_nothing_in_common_end() -> None:
    old, new = write_words("anker", 100_000), write_words("boje", 110_000)
    assert min(len(old), len(new)) > 1_000_000
    check_ends(old, new, 5)


@pytest.mark.slow
def test_two_large_paragraphs_with_nothing_in_common_end() -> None:
    old, new = (write_words(stem, 110_000).replace("\n\n", " ") for stem in ("anker", "boje"))
    check_ends(old, new, 5)


@pytest.mark.slow
def test_two_large_texts_of_the_same_few_words_end() -> None:
    old = "\n\n".join(f"{'tide ' * (7 + number % 5)}and ebb {'wind ' * (number % 3)}." for number in range(18_000))
    new = "\n\n".join(f"{'wind ' * (5 + number % 7)}and tide {'ebb ' * (number % 4)}." for number in range(18_000))
    check_ends(old, new, 5)


@pytest.mark.slow
def test_one_word_forty_thousand_times_ends() -> None:
    check_ends("tide " * 40_000, "tide " * 39_000 + "ebb", 5)


@pytest.mark.slow
def test_deep_nesting_ends() -> None:
    old = "\n".join(f"{'  ' * depth}- level {depth}" for depth in range(60))
    check_ends(old, old.replace("level 30", "floor 30"), 2)
    quoted = "".join(f"{'> ' * depth}depth {depth}\n\n" for depth in range(1, 60))
    check_ends(quoted, quoted.replace("depth 30", "fathom 30"), 2)


@pytest.mark.slow
def test_a_table_of_two_thousand_rows_ends() -> None:
    rows = [f"| boat {number} | {number % 7} coins | berth {number * 3} |" for number in range(2000)]
    head = ["| Boat | Fee | Berth |", "|---|---|---|"]
    edited = [row.replace("coins", "notes") if number % 50 == 0 else row for number, row in enumerate(rows)]
    del edited[700:720]
    check_ends("\n".join(head + rows), "\n".join(head + edited), 5)
    check_ends("\n".join(head + rows), "\n".join(head + rows[::-1]), 5)


@pytest.mark.slow
@pytest.mark.parametrize("written", ["", " {{#s{number}}}"], ids=["without ids", "with ids"])
def test_three_thousand_sections_in_reverse_end(written: str) -> None:
    sections = [
        f"## Pier {number}{written.format(number=number)}\n\nIt holds {number * 7} boats of type {number % 9}.\n"
        for number in range(3000)
    ]
    check_ends("\n".join(sections), "\n".join(sections[::-1]), 5)
