"""What a record of processing leaves open, held against the text and the law of the day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from noticepress.checks.coverage import Duty, find_texts, find_uncovered, list_sections
from noticepress.checks.desk import Desk
from noticepress.checks.packs import Mechanism, load_mechanisms
from noticepress.checks.passages import list_passages
from noticepress.errors import Problem, Source
from noticepress.processing import Processing, Purpose
from noticepress.territories import expand

RECORD = "processing.yml"

FEATURE_PURPOSES = {
    "subscriptions": ("subscriptions", "change-notifications"),
    "contact-form": ("contact-form", "contact"),
    "logging": ("logging", "logs"),
}
"""What the purpose of a feature may be called, or its section."""


def _place(record: Processing, kind: str, name: str) -> Source:
    return Source(record.path, record.find_line(kind, name))


# ---- data from others


def find_untold_sources(desk: Desk, duty: Duty, record: Processing) -> Iterator[Problem]:
    """Data that others provide, where no section covers what people are told of it."""
    elements = [element for element in duty.pack.list_elements(duty.day) if element.check == "CE02"]
    missing = [element for element in elements if find_uncovered(desk, duty, element)]
    for data in record.data if missing else ():
        if data.source == "third-party":
            names = " and ".join(element.name for element in missing)
            told = f"data {data.id!r} comes from others: no section covers {duty.pack.id} {names}"
            tags = " ".join(element.tag for element in missing)
            hint = f'add covers="{tags}" to the heading of the section that tells of {missing[0].words}'
            place = _place(record, "data", data.id)
            yield Problem("CE02", place, told, hint, duty.severity, duty.pack.jurisdiction)


# ---- what allows a use


def find_baseless_purposes(desk: Desk, duty: Duty, record: Processing) -> Iterator[Problem]:
    """Purposes of which the record does not say what allows them."""
    special = {data.id for data in record.data if data.special}
    texts = [text for region in duty.regions for text in find_texts(desk, duty.notice, region.id) or ()]
    for purpose in record.purposes:
        for told, hint in _judge_purpose(purpose, special, list_sections(texts) if texts else None):
            place = _place(record, "purposes", purpose.id)
            message = f"purpose {purpose.id!r}: {told}"
            yield Problem("CE03", place, message, hint, duty.severity, duty.pack.jurisdiction)


def _judge_purpose(purpose: Purpose, special: set[str], known: frozenset[str] | None) -> Iterator[tuple[str, str]]:
    if not purpose.basis:
        yield "no basis", "add 'basis:': consent, contract, legal-obligation, legitimate-interests …"
    if purpose.basis == "legitimate-interests" and not purpose.interest:
        yield "no interest is named", "add 'interest:', and say in the text which it is"
    if purpose.basis == "consent" and not purpose.withdrawal:
        yield "no section says how consent is withdrawn", "add 'withdrawal:' with the id of that section"
    elif purpose.withdrawal and known is not None and purpose.withdrawal not in known:
        yield f"withdrawal: there is no section #{purpose.withdrawal}", "use the id of the section that tells of it"
    if not purpose.condition and (uses := [name for name in purpose.data if name in special]):
        yield f"no condition for special data ({', '.join(uses)})", "add 'condition:': what allows the use"


# ---- transfers

_WORD = re.compile(r"[^\W_]+")


def find_unfounded_transfers(duty: Duty, record: Processing) -> Iterator[Problem]:
    """Recipients abroad without a mechanism, or with one that did not hold on the day."""
    near = expand(("eea", "uk"), duty.day)
    for recipient in record.recipients:
        place = _place(record, "recipients", recipient.id)
        if recipient.country and recipient.country not in near and not recipient.mechanism:
            told = f"recipient {recipient.id!r} in {recipient.country}: no mechanism for the transfer"
            hint = "add 'mechanism:', such as standard-contractual-clauses or adequacy"
            yield Problem("CE04", place, told, hint, duty.severity, duty.pack.jurisdiction)
        for mechanism in load_mechanisms():
            if names_mechanism(recipient.mechanism, mechanism) and (when := tell_when(mechanism, duty)):
                told = f"recipient {recipient.id!r} relies on {mechanism.name}, which {when} (date unverified)"
                hint = "look the date up, and name what allows the transfer now"
                yield Problem("CE04", place, told, hint, duty.severity, duty.pack.jurisdiction)


def names_mechanism(written: str, mechanism: Mechanism) -> bool:
    """Whether what a record says is a mechanism with dates, however it is spelled."""
    words = " ".join(_WORD.findall(written.casefold()))
    return any(f" {name} " in f" {words} " for name in mechanism.names)


def tell_when(mechanism: Mechanism, duty: Duty) -> str:
    """Why a mechanism does not hold on the day of a duty; empty where it does."""
    if mechanism.until and duty.day >= mechanism.until:
        return f"ended on {mechanism.until}"
    if mechanism.since and duty.day < mechanism.since:
        return f"began on {mechanism.since}"
    return ""


# A certification programme for children's data is called a safe harbor too, and is none of these.
_ENDED_NAMES = {
    "safe-harbor": re.compile(
        r"\b(?:EU|US|U\.S\.|Swiss)[\s-]{1,3}Safe Harbou?r\b"
        r"|\bSafe Harbou?r (?:Framework|Privacy Principles|Principles|Agreement|Decision)\b",
        re.IGNORECASE,
    ),
    "privacy-shield": re.compile(r"\bPrivacy[\s-]Shield\b", re.IGNORECASE),
}
_TOLD_AS_ENDED = re.compile(
    r"\b(?:no longer|invalid\w*|ended|former\w*|until|ya no|anulad\w+|invalidad\w+|hasta|nicht mehr|ungültig\w*"
    r"|früher\w*|bis)\b|無効|失効|かつて",
    re.IGNORECASE,
)


def find_ended_names(desk: Desk, duty: Duty) -> Iterator[Problem]:
    """A text that names a mechanism after its end, as if it still held."""
    ended = [found for found in load_mechanisms() if found.until and found.until <= duty.day]
    for draft, region, _, composed in desk.composed_texts():
        if draft.version.notice != duty.notice or region not in {there.id for there in duty.regions}:
            continue
        for passage in list_passages(composed.text):
            for mechanism in ended:
                found = _ENDED_NAMES[mechanism.id].search(passage.text)
                if found and not _TOLD_AS_ENDED.search(passage.text):
                    place = passage.locate(composed, found.start(), found[0])
                    told = f'"{found[0]}" is named, which ended on {mechanism.until} (date unverified)'
                    hint = "look the date up, and name what allows the transfer now"
                    yield Problem("CE04", place, told, hint, "warning", duty.pack.jurisdiction)


# ---- features


def find_purposeless_features(record: Processing) -> Iterator[Problem]:
    """What a site offers that uses data itself, where no purpose is for it."""
    covered = {name for purpose in record.purposes for name in (purpose.id, purpose.section)}
    for feature in record.features:
        names = FEATURE_PURPOSES.get(feature, (feature,))
        if not covered.intersection(names):
            told = f"feature {feature!r}: no purpose {names[-1]!r}"
            hint = f"add a purpose with the id {' or '.join(names)}, or one whose section has that id"
            yield Problem("CE08", _place(record, "features", feature), told, hint, "warning")
