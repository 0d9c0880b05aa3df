"""Mail about changes, as its templates make it: about the change alone, with its sender and the way to leave."""

from __future__ import annotations

import re
from collections.abc import Iterator

from noticepress.checks.desk import Desk
from noticepress.errors import Problem, Source

_FOLDER = re.compile(r"(?:templates/)?(mail/.*)")
_BLOCK = re.compile(r"\{%-?\s*block\s+(\w+)")
_PROMOTION = re.compile(
    r"(?<![^\W_])(?:offers?|promos?|promotions?|promotional|marketing|adverts?|ads?|upsell|discounts?|deals?|coupons?"
    r"|campaigns?|ofertas?|descuentos?|promoción|angebote?|rabatte?|werbung)(?![^\W_])|キャンペーン|割引|セール",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"^Subject:[ \t]*(.*)|\{%-?\s*block\s+subject\s*-?%\}([^{\n]*)", re.IGNORECASE | re.MULTILINE)
_IMAGE = re.compile(
    r"<img\b[^<>]{0,2000}?\bsrc\s*=\s*[\"']?+(?!cid:|data:)([^\"'\s<>]*)"
    r"|\bbackground\s*=\s*[\"']?(https?:[^\"'\s<>]*)|\burl\(\s*[\"']?(https?:[^\"')\s]*)",
    re.IGNORECASE,
)
_LINKED = re.compile(r"compare|url|link|href|https?:", re.IGNORECASE)
_HEADER = re.compile(r"^([A-Za-z][A-Za-z-]{1,60}):[ \t]*(.*)$", re.MULTILINE)
_MAIL_HEADERS = frozenset({"from", "to", "list-id", "list-unsubscribe", "list-unsubscribe-post", "auto-submitted"})


def _list_templates(desk: Desk) -> Iterator[tuple[str, str]]:
    """Every template of a mail, and what it holds."""
    for path, text in desk.built.templates.items():
        if found := _FOLDER.fullmatch(path):
            yield f"templates/{found[1]}", text


def _locate(path: str, text: str, offset: int) -> Source:
    return Source(path, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


# ---- what a mail says


def find_promotion(desk: Desk) -> Iterator[Problem]:
    """Blocks and subjects that sell something, images that are loaded from elsewhere, a change without a link to it."""
    for path, text in _list_templates(desk):
        for found in _BLOCK.finditer(text):
            if _PROMOTION.search(found[1]):
                hint = "send it in a mail of its own, to people who asked for it"
                yield Problem("CN06", _locate(path, text, found.start()), f"template has block {found[1]!r}", hint)
        for found in _SUBJECT.finditer(text):
            if word := _PROMOTION.search(found[1] or found[2] or ""):
                told = f"the subject says {word[0]!r}: it is to be about the change"
                place = _locate(path, text, found.start())
                yield Problem("CN06", place, told, "name the notice, and say that it changes", "warning")
        for found in _IMAGE.finditer(text):
            told = f"an image from elsewhere tells its sender who reads: {found[1] or found[2] or found[3]!r}"
            yield Problem("CN06", _locate(path, text, found.start()), told, "leave it out, or send it along (cid:)")
        if "summary" in text and not _LINKED.search(text):
            told = "tells of a change without a link to it"
            yield Problem("CN06", Source(path), told, "link the whole text and what changed", "warning")


# ---- how it is sent


def find_header_faults(desk: Desk) -> Iterator[Problem]:
    """Headers that are missing, or that contradict one another, in templates that hold a mail's headers."""
    for path, text in _list_templates(desk):
        head = text.partition("\n\n")[0]
        headers = {found[1].casefold(): found for found in _HEADER.finditer(head)}
        if "subject" in headers and _MAIL_HEADERS & headers.keys():
            for name, told, hint in _judge_headers(path, {name: found[2] for name, found in headers.items()}):
                place = _locate(path, text, headers[name].start()) if name in headers else Source(path)
                yield Problem("CN07", place, told, hint)


def _judge_headers(path: str, headers: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """The header that is wrong, what is wrong with it, and the next step."""
    leaving = headers.get("list-unsubscribe")
    is_mandatory = "mandatory" in path
    if not headers.get("from"):
        yield "from", "no sender address: From is missing", "add From: with an address that is read"
    if not headers.get("auto-submitted", "").startswith("auto-"):
        yield "auto-submitted", "no Auto-Submitted: programs may answer it", "add Auto-Submitted: auto-generated"
    if is_mandatory and leaving is not None:
        told = "a mail that people must get offers to leave the list"
        yield "list-unsubscribe", told, "take List-Unsubscribe out: only lists that people asked for have it"
    if not is_mandatory and leaving is None:
        yield "list-unsubscribe", "no List-Unsubscribe: nobody can leave", "add List-Unsubscribe: with an https address"
    if not is_mandatory and "list-id" not in headers:
        yield "list-id", "no List-Id: nobody can tell the list", "add List-Id:"
    if "list-unsubscribe-post" in headers and not re.search(r"https:|\{\{", leaving or ""):
        told = "List-Unsubscribe-Post is set, but List-Unsubscribe has no https address"
        yield "list-unsubscribe-post", told, "give one that unsubscribes by a POST, or take this header out"
