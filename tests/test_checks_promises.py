"""How people learn of changes: promises, consent, mail and feeds; each mistake found, its near miss left alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from noticepress.checks import Built
from noticepress.feeds import feed_files
from noticepress.library import load_library
from noticepress.manifest import Lines
from noticepress.model import AsOf
from tests import acme, factories
from tests.findings import (
    ANNOUNCED,
    AR,
    DE,
    EN,
    ES,
    JA,
    LATER,
    NEXT,
    NOTICE,
    ORIGIN,
    SAID,
    SCOPE,
    SETTINGS,
    Case,
    Edit,
    assert_case,
    choose,
    find,
    prepare,
    write_next,
)

MAIL = "templates/mail/change.txt"

PROMISE = "channels: {any_of: [email, site-notice]}, timing: before-effect"


def promise(words: str) -> Edit:
    """Make Acme's first version promise something else, before it is sealed."""
    return (NOTICE, PROMISE, words)


def mail(check: str, text: str, *told: str, path: str = "mail/change.txt") -> Case:
    return Case(check, told=told, built=Built(templates={path: text}))


HEADERS = (
    "From: notices@acme.example\nSubject: {{ title }}\nAuto-Submitted: auto-generated\n"
    "List-Id: <notices.acme.example>\n"
    "List-Unsubscribe: <https://acme.example/leave>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n\n{{ url }}\n"
)


def publish(site: Path, as_of: AsOf = LATER) -> dict[str, Any]:
    """The feed of all changes that a site built on a day tells."""
    library = load_library(site)
    lines: Lines = factories.make_lines(library.versions[acme.NOTICE], as_of)
    found: dict[str, Any] = json.loads(dict(feed_files(lines, library.settings))["changes.json"])
    return found


def serve(feed: Mapping[str, Any]) -> Built:
    return Built(published={"changes.json": json.dumps(feed)})


def publish_entry_more(site: Path) -> Built:
    """A feed with an entry for a language in which nothing is sealed."""
    feed = publish(site)
    entry = next(item for item in feed["items"] if item["id"].endswith("2024-05-20/americas/en"))
    return serve(feed | {"items": [*feed["items"], entry | {"id": entry["id"].removesuffix("en") + "de"}]})


FOUND = [
    # CN03
    prepare(
        "CN03", "material", SAID, f"{NEXT}:1:1: version 2024-05-20 promises email or site-notice before effect (change-"
    ),
    prepare(
        "CN03",
        "material",
        f"{SAID}announced: 2024-07-20T10:00:00+00:00\n",
        f"{NEXT}:6:1: version 2024-05-20 promises email or site-notice before effect (change-material): announced at",
        f"{NEXT}:6:1: version 2024-05-20 promises email or site-notice before effect (change-material): announced at",
    ),
    # CN04
    prepare(
        "CN04",
        "material",
        f"{SAID}applies_to: existing-data\n{ANNOUNCED}",
        f"{NEXT}:6:1: w applies_to: existing-data, us: consent is missing",
    ),
    prepare(
        "CN04",
        "material",
        f"{SAID}applies_to: existing-data\n{ANNOUNCED}",
        f"{NEXT}:6:1: applies_to: existing-data, us-co: consent is missing",
        edits=(choose("us-states", "eu"),),
    ),
    # CN05: what was promised before
    Case(
        "CN05",
        [(NOTICE, "{any_of: [email, site-notice]}, timing: before-effect", "{any_of: [site-notice]}")],
        [
            f"{NOTICE}:8:1: w version 2024-05-20 promised more (change-material): no email any more",
            f"{NOTICE}:8:1: w version 2024-05-20 promised more (change-material): no longer before effect",
        ],
        has_history=True,
    ),
    Case(
        "CN05",
        [(NOTICE, "id: change-material, covers: material", "id: other, covers: ownership")],
        [f"{NOTICE}:8:1: w version 2024-05-20 promised more (change-material): nothing is promised about material any"],
        has_history=True,
    ),
    # CN05: what the text says
    Case(
        "CN05",
        [(EN, SCOPE, "We may change it. We encourage you to periodically review this page, which applies")],
        [f"{EN}:7:32: w 'you to periodically review': it is the reader who has to look"],
    ),
    Case(
        "CN05", [(EN, SCOPE, "Please review this site\nperiodically. It applies")], [f"{EN}:7:1: w 'Please review this"]
    ),
    Case(
        "CN05",
        [(EN, SCOPE, "If you continue to use this site, you will be deemed to have accepted it. It applies")],
        [f"{EN}:7:8: w 'continue to use this site, you will be deemed to have accept': silence is taken for consent"],
    ),
    Case(
        "CN05",
        [(ES, "Abarca", "Le recomendamos que consulte esta página periódicamente. Abarca")],
        [f"{ES}:7:1: w 'Le"],
    ),
    Case(
        "CN05", [(ES, "Abarca", "El uso continuado del sitio implica que acepta. Abarca")], [f"{ES}:7:4: w 'uso conti"]
    ),
    Case(
        "CN05",
        [(JA, "この通知は当社", "定期的にこのページをご確認ください。この通知は当社")],
        [f"{JA}:7:1: w '定期的に"],
    ),
    Case(
        "CN05",
        [(JA, "この通知は当社", "引き続き利用される場合、同意したものとみなします。この通知は当社")],
        [f"{JA}:7:1: w"],
    ),
    Case("CN05", [(AR, "يشمل", "يرجى مراجعة هذه الصفحة بانتظام. يشمل")], [f"{AR}:7:1: w 'يرجى"]),
    # CN06
    mail("CN06", "{{ url }}\n{% block offer %}x{% endblock %}\n", f"{MAIL}:2:1: template has block 'offer'"),
    mail("CN06", "Subject: A special offer\n\n{{ url }}\n", f"{MAIL}:1:1: w the subject says 'offer'"),
    mail(
        "CN06",
        '<a href="{{ url }}">x</a>\n <img alt="" src="https://t.example/p.gif">',
        "templates/mail/change.html:2:2: an image from elsewhere tells its sender who reads: 'https://t.example/p.gif'",
        path="mail/change.html",
    ),
    mail("CN06", "{{ summary }}\n", f"{MAIL}:1:1: w tells of a change without a link to it"),
    # CN07
    mail(
        "CN07", HEADERS.replace("https:", "mailto:"), f"{MAIL}:6:1: List-Unsubscribe-Post is set, but List-Unsubscribe"
    ),
    mail("CN07", HEADERS.replace("List-Id: <notices.acme.example>\n", ""), f"{MAIL}:1:1: no List-Id"),
    mail("CN07", HEADERS.replace("Auto-Submitted", "X-Auto"), f"{MAIL}:1:1: no Auto-Submitted"),
    mail("CN07", HEADERS.replace("From:", "To:"), f"{MAIL}:1:1: no sender address: From is missing"),
    mail(
        "CN07",
        HEADERS,
        "templates/mail/mandatory.txt:5:1: a mail that people must get offers to leave the list",
        path="mail/mandatory.txt",
    ),
    # CN08
    Case(
        "CN08",
        has_history=True,
        as_of=LATER,
        built=publish_entry_more,
        told=["content/website/versions/2024-05-20/version.yml:1:1: entry tag:privacy.acme.example,"],
    ),
]

NEAR = [
    prepare("CN03", "minor", ""),  # the promise is about material changes
    prepare("CN03", "material", f"{SAID}{ANNOUNCED}"),
    prepare("CN03", "material", f"{SAID}{ORIGIN}"),
    prepare("CN04", "material", f"{SAID}applies_to: existing-data\nconsent: asked at the next sign-in\n{ANNOUNCED}"),
    prepare("CN04", "material", f"{SAID}applies_to: new-data\n{ANNOUNCED}", edits=(choose("us-states"),)),
    prepare("CN04", "minor", f"applies_to: existing-data\n{ANNOUNCED}", edits=(choose("us-states"),)),
    Case("CN04", [(NEXT, "approved_by", "applies_to: existing-data\napproved_by")]),  # a first version
    Case("CN05", has_history=True),
    Case("CN05", [(NOTICE, "[email, site-notice]", "[email, site-notice, post]")], has_history=True),
    Case("CN05", [(NOTICE, "id: change-material", "id: renamed")], has_history=True),
    Case("CN05", [(EN, SCOPE, "We regularly review this page, and tell you of changes. It applies")]),
    Case("CN05", [(EN, SCOPE, "You may continue to use this site if you do not accept cookies. It applies")]),
    Case("CN05", [(EN, SCOPE, "Please read this page. We check our security periodically. It applies")]),
    Case("CN05", [(ES, "Abarca", "Revisamos esta página periódicamente. Abarca")]),
    Case("CN05", [(JA, "この通知は当社", "当社は定期的にこの通知を確認します。この通知は当社")]),
    mail("CN06", "{{ url }}\n{% block offers_nothing %}{% endblock %}", path="pages/offer.html"),
    mail("CN06", '{{ summary }} {{ url }}\n<img src="cid:logo">{% block footer %}{% endblock %}'),
    mail("CN06", "Subject: {{ title }} changes\n\nWe coffered it: {{ url }}\n"),
    mail("CN07", HEADERS),
    mail("CN07", "Subject: {{ title }}\n\n{{ url }}\n"),  # the headers are made elsewhere
    mail("CN07", HEADERS.replace("<https://acme.example/leave>", "<{{ leave }}>")),
    Case("CN08", has_history=True, as_of=LATER, built=lambda site: serve(publish(site, date(2024, 2, 1)))),
]


@pytest.mark.parametrize("case", FOUND, ids=str)
def test_a_mistake_about_a_change_is_found_at_its_place(tmp_path: Path, case: Case) -> None:
    assert_case(tmp_path, case)


@pytest.mark.parametrize("case", NEAR, ids=str)
def test_a_change_that_is_told_well_is_left_alone(tmp_path: Path, case: Case) -> None:
    assert_case(tmp_path, case)


# ---- promises that were sealed


def make_promising(folder: Path, words: str, change_class: str = "material") -> Path:
    """Acme's site with one sealed version that promises this, and another one being prepared."""
    site = acme.make_site(folder)
    acme.replace_text(site, *promise(words))
    acme.release(site)
    for path, text in write_next(change_class, f"{SAID}{ANNOUNCED}").items():
        acme.write_file(site, path, text)
    return site


@pytest.mark.parametrize(
    ("words", "channels", "told"),
    [
        ("channels: {all_of: [email, post]}", "[]", "promises email and post (change-material): the plan has none"),
        ("channels: {all_of: [email, post]}", "[e-mail]", "promises post (change-material): the plan has none"),
        ("channels: {all_of: [email, site]}", "[Email]", ""),
        ("channels: {any_of: [email, post]}", "[]", "promises email or post (change-material): the plan has none"),
        ("channels: {any_of: [email, post]}", "[post]", ""),
        ("channels: {any_of: [email, Site Notice]}", "[]", ""),
        ("timing: unstated", "[]", ""),
    ],
)
def test_every_channel_or_one_of_them_was_promised(tmp_path: Path, words: str, channels: str, told: str) -> None:
    site = make_promising(tmp_path, words)
    acme.replace_text(site, NEXT, "announced:", f"channels: {channels}\nannounced:")
    assert find(site, "CN03", LATER) == ([f"{NEXT}:6:1: version 2024-01-10 {told}"] if told else [])


def test_a_promised_number_of_days_is_part_of_the_lead_time(tmp_path: Path) -> None:
    site = make_promising(tmp_path, "timing: 45-days")
    told = "a material change: 43 whole days between announcement (2024-06-06) and effect (2024-07-20)"
    assert find(site, "DV03", LATER) == [f"{NEXT}:1:1: {told} in americas and elsewhere; 45 are needed"]
    assert find(make_promising(tmp_path / "other", "timing: 43-days"), "DV03", LATER) == []


def test_parents_are_told_of_a_material_change_to_what_is_done_with_childrens_data(tmp_path: Path) -> None:
    site = make_promising(tmp_path, "timing: unstated")
    assert find(site, "CN04", LATER) == []
    acme.write_file(site, "content/website/processing.yml", "children: true\n")
    assert find(site, "CN04", LATER) == [f"{NEXT}:2:1: w data of children: a direct notice to parents is missing"]
    acme.replace_text(site, *choose("us-coppa"))
    assert find(site, "CN04", LATER) == [f"{NEXT}:2:1: data of children: a direct notice to parents is missing"]
    acme.replace_text(site, NEXT, "announced:", "parents: a letter to each\nannounced:")
    assert find(site, "CN04", LATER) == []


def test_a_german_text_must_not_leave_changes_to_its_readers(tmp_path: Path) -> None:
    site = acme.make_site(tmp_path)
    acme.replace_text(site, SETTINGS, "[en, es, ja, ar]", "[en, es, ja, ar, de]")
    text = (site / EN).read_text(encoding="utf-8")
    poor = "Bitte lesen Sie diese Seite regelmäßig, um sich zu informieren. Die weitere Nutzung gilt als Zustimmung."
    acme.write_file(site, DE, text.replace(SCOPE, f"Wir prüfen das regelmäßig. {poor} It applies"))
    review, deemed = find(site, "CN05")
    assert review.startswith(f"{DE}:7:28: w 'Bitte lesen Sie diese Seite regelmäßig")
    assert deemed.startswith(f"{DE}:7:96: w 'weitere Nutzung gilt als Zustimm': silence is taken for consent")


# ---- CN08: the feed that was read


def judge(site: Path, feed: Mapping[str, Any], as_of: AsOf = LATER) -> list[str]:
    return find(site, "CN08", as_of, serve(feed))


def test_a_feed_that_only_grew_is_left_alone(tmp_path: Path) -> None:
    site = acme.make_history(tmp_path)
    assert judge(site, publish(site)) == []
    assert judge(site, publish(site, date(2024, 2, 1))) == []
    assert judge(site, publish(site), date(2024, 2, 1)) == []  # asked for a day before some of it was there
    assert find(site, "CN08", LATER, Built(published={"changes.json": "[]"})) == []


def test_an_entry_that_vanished_is_told(tmp_path: Path) -> None:
    site = acme.make_history(tmp_path)
    feed = publish(site)
    acme.replace_text(site, SETTINGS, "[en, es, ja, ar]", "[en, es, ja]")
    (site / AR).unlink()
    gone = [item["id"] for item in feed["items"] if item["_noticepress"]["locale"] == "ar"]
    assert gone
    assert sorted(line.split(": ")[1] for line in judge(site, feed)) == sorted(
        f"entry {name} vanished" for name in gone
    )


@pytest.mark.parametrize(
    ("item", "own", "told"),
    [
        ({}, {"region": "elsewhere"}, "was used for website 2024-05-20 in elsewhere, en: an id is never used again"),
        ({}, {"sha256": "0" * 64}, "stands for other words: sha256 "),
        (
            {"date_published": "2024-05-07T00:00:00Z"},
            {},
            "was published 2024-05-07 00:00:00+00:00, announced 2024-05-06",
        ),
        (
            {"date_modified": "2024-05-07T00:00:00Z"},
            {},
            "moves back: updated 2024-05-06 08:30:00+00:00, read as 2024-05-07",
        ),
    ],
)
def test_an_entry_that_changed_is_told(tmp_path: Path, item: dict[str, str], own: dict[str, str], told: str) -> None:
    site = acme.make_history(tmp_path)
    feed = publish(site)
    [entry] = [i for i in feed["items"] if i["id"].endswith("website/2024-05-20/americas/en")]
    entry |= item
    entry["_noticepress"] |= own
    [line] = judge(site, feed)
    assert line.startswith(f"content/website/versions/2024-05-20/version.yml:1:1: entry {entry['id']} {told}")
