"""A comparison that leaves the house: a page, and a Word file read without Word; test_libreoffice.py opens it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from random import Random
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticepress.handouts import Handout, write_docx, write_page, write_parallel_page
from noticepress.redline import compare
from tests.editing import make_pair, make_strangers
from tests.tongues import ARABIC, ENGLISH, GERMAN, HINDI, JAPANESE, Tongue
from tests.tracked import R, W, find_faults, list_lines, read_document, read_parts, settle

HANDOUT = Handout("Berths", "2024-01-10", "2024-05-20", author="Acme Harbour")

EVERY_KIND_OLD = """\
# Berths

We keep **names** and `codes` of [boats](https://port.example/boats).

## Cameras {#cameras}

1. Pictures are kept 14 days.
2. Sound is *never* recorded.
   - not by day
   - not at night

| What | How long |
|---|--:|
| Pictures | 14 days |
| Log books | a year |

> The port authority says so.

```
berth = 7
wind  >  9
```

---

Fees are told at the gate.[^1] See [cameras](#cameras).

<b>raw</b>

![A map](map.png)

[^1]: Since 1998.
"""
EVERY_KIND_NEW = """\
# Berths

We keep **names**, ages and `codes` of [boats](https://port.example/all-boats).

### Cameras {#cameras}

1. Pictures are kept 30 days.
3. Smells too.
   - not by day
   - never

| What | How long |
|---|--:|
| Pictures | 30 days |
| Cards | a month |

> The port authority wrote so.

```
berth = 8
wind  >  9
```

Fees are told at the gate,\\
and at the office.[^2][^1] See [cameras](#cameras).

![A plan](plan.png)

[^1]: Since 1999.
[^2]: On weekdays.
"""

PIER = "Cameras watch the outer pier at night, and their pictures are wiped after two weeks unless there was a theft."
FUEL = "Whoever fuels here leaves a card number, which our bank keeps and which we never see in the office at all."
LOGS = "The harbour master may read your log book where the coast guard asks for it in writing, and tells you so."
FEES = "Fees are paid at the gate on any weekday before noon, in coins, by card or with a letter from your bank."
MOVED = {
    "section": (
        f"# Berths\n\n{FEES}\n\n## Cameras {{#c}}\n\n{PIER}\n\n- one {LOGS}\n\n## Fuel {{#f}}\n\n{FUEL}\n\n{FEES}\n",
        f"# Berths\n\n{FEES}\n\n## Fuel {{#f}}\n\n{FUEL}\n\n{FEES}\n\n## Cameras {{#c}}\n\n{PIER}\n\n- one {LOGS}\n",
    ),
    "paragraph": (
        f"## Cameras {{#c}}\n\n{PIER}\n\n{LOGS}\n\n## Fuel {{#f}}\n\n{FUEL}\n\n{FEES}\n",
        f"## Cameras {{#c}}\n\n{LOGS}\n\n## Fuel {{#f}}\n\n{FUEL}\n\n{FEES}\n\n{PIER}\n",
    ),
    "sentence": (f"{PIER} {LOGS}\n\n{FEES} {FUEL}\n", f"{LOGS}\n\n{FEES} {PIER} {FUEL}\n"),
    "split": (f"{PIER} {LOGS} {FUEL}\n\n{FEES}\n", f"{PIER} {LOGS}\n\n{FUEL}\n\n{FEES}\n"),
    "into-table": (
        f"{PIER}\n\n{FEES}\n\n| a |\n|---|\n| {LOGS} |\n",
        f"{FEES}\n\n| a |\n|---|\n| {LOGS} |\n| {PIER} |\n",
    ),
}


HTML_TABLES = (
    """\
<table><tr><th colspan="2">A</th></tr>
<tr><td rowspan="2"><p>b</p><ul><li>c</li></ul></td><td>d</td></tr>
<tr><td>e</td></tr></table>
""",
    """\
<table><tr><th colspan="2">A</th></tr>
<tr><td rowspan="2"><p>b</p><ul><li>c</li><li>f</li></ul></td><td>g</td></tr>
<tr><td><table><tr><td>h</td></tr></table></td></tr></table>
""",
)


def make_docx(old: str, new: str, handout: Handout = HANDOUT) -> bytes:
    return write_docx(compare(old, new), handout)


def check(old: str, new: str, handout: Handout = HANDOUT) -> bytes:
    docx = make_docx(old, new, handout)
    assert settle(docx, accept=True) == list_lines(new)
    assert settle(docx, accept=False) == list_lines(old)
    assert find_faults(docx) == []
    return docx


def test_every_kind_of_block_can_be_accepted_and_rejected() -> None:
    check(EVERY_KIND_OLD, EVERY_KIND_NEW)
    check(EVERY_KIND_NEW, EVERY_KIND_OLD)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "# Berths\n"),
        ("# Berths\n", ""),
        ("", ""),
        ("-\n- a\n", "- a\n-\n"),
        ("- - a\n", "- - a\n  - b\n"),
        ("- | a |\n  |---|\n  | b |\n", "- | a |\n  |---|\n  | c |\n"),
        ("| a |\n|---|\n| b |\n", "| a | c |\n|---|---|\n| b | d |\n"),
        ("a\n\n| a |\n|---|\n", "b\n\n> > - c\n"),
        HTML_TABLES,
        ("H<sub>2</sub>O <kbd>K</kbd> <mark>m</mark>\n", "H<sup>2</sup>O <u>K</u> <small>m</small>\n"),
        ("[^a]: never referred to\n", "x[^a]\n\n[^a]: never referred to\n"),
        ("\t a  b\n", "\t a b\n"),
        ("[x](javascript:alert(1)) [](y) [z](#nowhere)\n", "[x](data:,) [](w) [z](/b)\n"),
    ],
)
def test_odd_texts_can_be_accepted_and_rejected(old: str, new: str) -> None:
    check(old, new)


@given(st.randoms(use_true_random=False), st.booleans())
def test_any_pair_can_be_accepted_and_rejected(chance: Random, related: bool) -> None:  # noqa: FBT001
    old, new = make_pair(chance) if related else make_strangers(chance)
    check(old, new)


def test_the_same_pair_gives_the_same_bytes() -> None:
    docx = make_docx(EVERY_KIND_OLD, EVERY_KIND_NEW)
    assert make_docx(EVERY_KIND_OLD, EVERY_KIND_NEW) == docx
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert b"dcterms" not in archive.read("docProps/core.xml")


# ---- what stands in it


def find_tags(docx: bytes, name: str) -> list[ET.Element]:
    return list(read_document(docx).iter(f"{W}{name}"))


def read_words(elements: Sequence[ET.Element]) -> list[str]:
    return ["".join(t.text or "" for t in e.iter() if t.tag in {f"{W}t", f"{W}delText"}) for e in elements]


def test_changes_are_signed_and_dated() -> None:
    docx = make_docx("We keep it 14 days.\n", "We keep it 30 days.\n")
    (gone,), (come,) = find_tags(docx, "del"), find_tags(docx, "ins")
    assert (read_words([gone]), read_words([come])) == (["14"], ["30"])
    assert gone.get(f"{W}author") == come.get(f"{W}author") == "Acme Harbour"
    assert gone.get(f"{W}date") is None
    dated = replace(HANDOUT, changed=datetime(2024, 5, 20, 5, tzinfo=UTC))
    (come,) = find_tags(make_docx("We keep it 14 days.\n", "We keep it 30 days.\n", dated), "ins")
    assert come.get(f"{W}date") == "2024-05-20T05:00:00Z"


def test_a_whole_paragraph_goes_with_its_mark_and_a_row_with_its_own() -> None:
    rows = "| What we keep |\n|---|\n| Pictures of boats |\n| Names of owners |\n| Berths and fees |\n"
    docx = make_docx(f"a b c\n\n{rows}| Log books |\n", f"a b c\n\nd e f\n\n{rows}")
    paragraph = next(p for p in find_tags(docx, "p") if read_words([p]) == ["d e f"])
    assert paragraph.find(f"{W}pPr/{W}rPr/{W}ins") is not None
    gone = [row for row in find_tags(docx, "tr") if row.find(f"{W}trPr/{W}del") is not None]
    assert read_words(gone) == ["Log books"]


def test_a_link_with_another_target_is_deleted_and_inserted() -> None:
    docx = make_docx("See [boats](https://port.example/a) now.\n", "See [boats](https://port.example/b) now.\n")
    before, after = find_tags(docx, "hyperlink")
    assert (before[0].tag, after[0].tag) == (f"{W}del", f"{W}ins")
    relations = read_parts(docx)["word/_rels/document.xml.rels"]
    targets = {relation.get("Id"): relation.get("Target") for relation in relations}
    assert targets[before.get(f"{R}id")] == "https://port.example/a"
    assert targets[after.get(f"{R}id")] == "https://port.example/b"


def test_links_lead_from_the_file_to_where_they_lead_from_the_page() -> None:
    links = "[in](#cameras) [up](../fees/) [top](/en/boats/all/) [mail](mailto:quay@port.example) [no](javascript:x)"
    text = f"## Cameras {{#cameras}}\n\n{links}\n"
    there = replace(HANDOUT, site="https://port.example/legal/", page="en/berths/all/")
    for handout, count in ((there, 4), (HANDOUT, 2)):
        found = find_tags(check(text, text, handout), "hyperlink")
        assert len(found) == count
        assert found[0].get(f"{W}anchor") == "section1"
    with zipfile.ZipFile(BytesIO(make_docx(text, text, there))) as archive:
        relations = archive.read("word/_rels/document.xml.rels").decode()
    assert 'Target="https://port.example/legal/en/berths/fees/"' in relations
    assert 'Target="https://port.example/legal/en/boats/all/"' in relations


def test_lists_are_numbered_as_they_are_written() -> None:
    docx = check("3. c\n4. d\n   - x\n", "3. c\n4. d\n   - x\n   - y\n")
    levels = [(p, p.find(f".//{W}ilvl")) for p in find_tags(docx, "p")]
    items = [(p.findtext(f".//{W}t"), level.get(f"{W}val")) for p, level in levels if level is not None]
    assert items == [("c", "0"), ("d", "0"), ("x", "1"), ("y", "1")]
    starts = [start.get(f"{W}val") for start in read_parts(docx)["word/numbering.xml"].iter(f"{W}startOverride")]
    assert starts == ["3", "1", "1"]  # the last is that of footnotes


@pytest.mark.parametrize(("tongue", "key"), [(ARABIC, "bidi"), (JAPANESE, "eastAsia"), (ENGLISH, "val")])
def test_words_are_in_their_language_and_direction(tongue: Tongue, key: str) -> None:
    name = tongue.name
    docx = check(*make_pair(Random(3), tongue), replace(HANDOUT, locale=name))  # noqa: S311  nothing to guess here
    assert {lang.get(f"{W}{key}") for lang in find_tags(docx, "lang")} == {name}
    runs = find_tags(docx, "r")
    assert len(find_tags(docx, "rtl")) >= (len(runs) if name == "ar" else 0)
    assert bool(find_tags(docx, "bidi")) == (name == "ar")


@pytest.mark.parametrize("name", MOVED)
def test_what_moved_is_tracked_as_moved(name: str) -> None:
    old, new = MOVED[name]
    docx = check(old, new)
    check(new, old)
    left, come = read_words(find_tags(docx, "moveFrom")), read_words(find_tags(docx, "moveTo"))
    words = {"section": f"Cameras {PIER} one {LOGS}", "paragraph": PIER, "sentence": PIER, "split": FUEL}.get(name, "")
    assert " ".join("".join(left).split()).replace(" ", "") == words.replace(" ", "")
    assert "".join(come).replace(" ", "") == words.replace(" ", "")
    starts = [mark.get(f"{W}name") for mark in find_tags(docx, "moveFromRangeStart")]
    assert len(starts) == bool(words)


# ---- the checks themselves


def test_a_broken_file_is_seen() -> None:
    docx = make_docx(EVERY_KIND_OLD, EVERY_KIND_NEW)

    def spoil(name: str, old: str, new: str) -> list[str]:
        stream = BytesIO()
        with zipfile.ZipFile(BytesIO(docx)) as archive, zipfile.ZipFile(stream, "w") as spoilt:
            for entry in archive.namelist():
                text = archive.read(entry).decode()
                assert entry != name or old in text
                spoilt.writestr(entry, text.replace(old, new, 1) if entry == name else text)
        return find_faults(stream.getvalue())

    document = "word/document.xml"
    assert spoil(document, 'w:pStyle w:val="Text"', 'w:pStyle w:val="Other"') == ["no style Other"]
    assert "number 1 twice" in spoil(document, 'w:id="2"', 'w:id="1"')
    assert spoil(document, 'r:id="link1"', 'r:id="link99"') == ["no relationship link99"]
    assert spoil("word/_rels/document.xml.rels", "styles.xml", "style.xml") == ["style.xml is not there"]
    assert spoil(document, "<w:pStyle", "<w:jc/><w:pStyle") != []


def test_a_cell_reaches_over_columns_and_rows() -> None:
    old, _ = HTML_TABLES
    docx = check(old, f"{old}\nMore.\n")
    assert [span.get(f"{W}val") for span in find_tags(docx, "gridSpan")] == ["2"]
    assert [reach.get(f"{W}val") for reach in find_tags(docx, "vMerge")] == ["restart", None]
    # What is left of a table that lost a row could not hold such a cell.
    assert find_tags(check(old, old.replace("</tr></table>", "</tr><tr><td>n</td></tr></table>")), "vMerge") == []


# ---- a page that stands alone


def read_page(html: str) -> str:
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL).split())


@pytest.mark.parametrize("tongue", [ENGLISH, GERMAN, JAPANESE, ARABIC, HINDI], ids=lambda tongue: tongue.name)
def test_a_page_stands_alone_in_every_language(tongue: Tongue) -> None:
    old, new = make_pair(Random(8), tongue)  # noqa: S311  nothing to guess here
    page = write_page(compare(old, new), replace(HANDOUT, locale=tongue.name))
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    parser.parse(page)
    # Hindi has no words of the interface yet, so the page says what it says in English, and the text is in Hindi.
    spoken = "en" if tongue is HINDI else tongue.name
    direction = "rtl" if tongue is ARABIC else "ltr"
    assert f'<html lang="{spoken}" dir="{direction}">' in page
    assert f'<div class="np-text" lang="{tongue.name}" dir="{direction}">' in page
    assert re.search(r"<(script|link|img|iframe|object)\b|@import|url\(", page) is None
    ids = re.findall(r'\bid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert [name for name in re.findall(r'href="#([^"]*)"', page) if unquote(name) not in ids] == []
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page


def test_a_page_says_what_is_compared_and_what_changed() -> None:
    told = read_page(write_page(compare(EVERY_KIND_OLD, EVERY_KIND_NEW), replace(HANDOUT, common=("all", "English"))))
    assert told.startswith("Berths: 2024-01-10 → 2024-05-20 Berths 2024-01-10 → 2024-05-20 all · English")
    for words in ("sections changed", "Legend: inserted deleted", "[deleted: 14 end of deletion]"):
        assert words in told


def test_a_page_without_changes_says_so() -> None:
    told = read_page(write_page(compare("# Berths\n\nOne.\n", "# Berths\n\nOne.\n"), HANDOUT))
    assert "The text of both versions is the same, word for word." in told
    assert "Legend" not in told


def test_links_of_a_page_lead_to_the_site_or_nowhere() -> None:
    text = "[up](../fees/) [top](/en/boats/all/) [out](https://a.example/?b=1&c=2) [no](javascript:x)\n"
    there = replace(HANDOUT, site="https://port.example/legal/", page="en/berths/all/2024-05-20/")
    page = write_page(compare(text, text), there)
    assert re.findall(r'href="(https[^"]*)"', page) == [
        "https://port.example/legal/en/berths/all/fees/",
        "https://port.example/legal/en/boats/all/",
        "https://a.example/?b=1&amp;c=2",
    ]
    assert re.findall(r'href="([^"]*)"', write_page(compare(text, text), HANDOUT)) == ["https://a.example/?b=1&amp;c=2"]


def test_two_languages_stand_side_by_side_on_a_page() -> None:
    old = "# Berths\n\n## Fees {#f}\n\nSee [cameras](#c).[^1]\n\n## Cameras {#c}\n\nAt night.\n\n[^1]: Cash.\n"
    new = "# المراسي\n\n## الكاميرات {#c}\n\nفي الليل.\n"
    page = write_parallel_page(old, new, replace(HANDOUT, locale="ar"), ("en", "ar"))
    html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    assert '<html lang="ar" dir="rtl">' in page
    assert page.count('<td lang="ar" dir="rtl">') == 1
    assert page.count('<td lang="en" dir="ltr">') == 2
    assert page.count('<td class="np-missing">') == 1
    ids = re.findall(r'\bid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
