"""Certifications: who holds one, until when, what it covers, and what its issuer has to agree to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial

from noticepress.checks.desk import Desk
from noticepress.checks.passages import find_language, read_texts
from noticepress.checks.prepared import find_previous, is_unreleased, list_unreleased
from noticepress.checks.rosters import list_answering
from noticepress.compose import Draft
from noticepress.errors import Problem
from noticepress.history import trace_notice
from noticepress.localize import pick
from noticepress.model import Facts, Library, Seal

# What a certification may be limited to, and what a notice may be about beyond it.
_WEBSITE = {
    "en": r"\b(?:web ?site|this site)\b",
    "es": r"\bsitios? web\b",
    "de": r"\b(?:Website|Webseite|Internetseite)\b",
    "ja": r"ウェブサイト|サイト",
}
_MORE = {
    "en": r"\b(?:products?|services?|apps?|applications?|software)\b",
    "es": r"\b(?:productos?|servicios?|aplicaci[óo]n(?:es)?|software)\b",
    "de": r"\b(?:Produkte?n?|Dienste?n?|Apps?|Software)\b",
    "ja": r"製品|サービス|アプリ|ソフトウェア",
}
_APPLIES = {
    "en": r"\b(?:appl(?:y|ies) to|covers?)\b",
    "es": r"\b(?:se aplica|aplicable|abarca|cubre)\b",
    "de": r"\bgelten? (?:für|auch)\b",
    "ja": r"適用",
}
_ONLY = {"en": r"\bonly\b", "es": r"\b(?:solo|sólo|únicamente)\b", "de": r"\bnur\b", "ja": r"のみ|だけ|限"}
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=。)|\n")


def holds_on(seal: Seal, day: date) -> bool:
    """Whether a certification holds on a day; one without dates does."""
    return (seal.valid_from or date.min) <= day <= (seal.valid_to or date.max)


def list_seals(draft: Draft) -> Iterator[tuple[Facts, Seal]]:
    """The certifications of those who answer in a draft that hold on its day."""
    for facts in list_answering(draft.version).values():
        yield from ((facts, seal) for seal in facts.seals if holds_on(seal, draft.version.day))


def find_wrong_holders(desk: Desk) -> Iterator[Problem]:
    """Certifications in the facts of answering entities that are held by none of them."""
    for draft in list_unreleased(desk):
        shown = list_answering(draft.version).values()
        names = {name for facts in shown for name in (facts.legal_name, *facts.aliases)}
        for facts, seal in list_seals(draft):
            if seal.holder and seal.holder not in names:
                told = f'{seal.issuer}: seal holder "{seal.holder}" ≠ "{facts.legal_name}"'
                hint = "show it where its holder answers, or add the name to aliases if it is the same company"
                severity = desk.words_severity(draft.version.notice)
                yield Problem("FE08", facts.source, told, hint, severity)


def find_missing_approvals(desk: Desk) -> Iterator[Problem]:
    """Material changes of certified notices without the certifier's approval. A first version changes nothing."""
    for draft in list_unreleased(desk):
        following = desk.library.next_versions.get(draft.version.notice)
        if following is None or following.record.change_class != "material" or following.record.certifier:
            continue
        if find_previous(desk, draft):
            for issuer in dict.fromkeys(seal.issuer for _, seal in list_seals(draft)):
                told = f"a material change, and no approval by {issuer} is recorded"
                hint = "say under certifier: where the approval is kept"
                severity = desk.words_severity(draft.version.notice)
                yield Problem("FE08", following.find_place("class"), told, hint, severity)


def find_expired_seals(desk: Desk) -> Iterator[Problem]:
    """Certifications that have run out, in notices that are in force and name them."""
    for name, notice in desk.library.notices.items():
        for line in trace_notice(name, desk.library.versions.get(name, ()), desk.today).values():
            if standing := line.in_force:
                editions = [standing.edition(locale) for locale in standing.version.locales]
                words = "\n".join(edition.text for edition in editions if edition)
                for seal in (seal for facts in standing.sealed_region.entities for seal in facts.seals):
                    if seal.valid_to and seal.valid_to < desk.today and seal.issuer in words:
                        told = f"{standing.version.id} shows a seal of {seal.issuer} that ended on {seal.valid_to}"
                        yield Problem("FE08", notice.source, told, "release a version without it", "warning")


def find_unheld_seals(desk: Desk) -> Iterator[Problem]:
    """Issuers that a text names, though nobody has a certification of theirs on its day. A hint."""
    for draft, composed, passages in read_texts(desk):
        if not is_unreleased(desk, draft.version.notice):
            continue
        day = draft.version.day
        for issuer in desk.remember(("unheld seals", day), partial(_list_unheld, desk.library, day)):
            pattern = re.compile(rf"(?<!\w){re.escape(issuer)}(?!\w)", re.ASCII)
            for passage in passages:
                if found := pattern.search(passage.text):
                    told = f'"{found[0]}" is named, and no entity has a seal of it on {day}'
                    hint = "remove it, or add the seal to the facts of its holder"
                    yield Problem("FE08", passage.locate(composed, found.start(), found[0]), told, hint, "warning")
                    break


def _list_unheld(library: Library, day: date) -> list[str]:
    entities = library.entities.values()
    held = {seal.issuer for e in entities if (f := e.facts_on(day)) for seal in f.seals if holds_on(seal, day)}
    known = {seal.issuer for entity in entities for facts in entity.slices for seal in facts.seals}
    return sorted(known - held)


def find_narrow_scopes(desk: Desk) -> Iterator[Problem]:
    """Certifications of the website alone, in texts that are about products and services too. A hint."""
    for draft, composed, passages in read_texts(desk):
        language = find_language(composed)
        seals = {seal.issuer: seal for _, seal in list_seals(draft)}
        if not seals or language not in _APPLIES or not is_unreleased(desk, draft.version.notice):
            continue
        sentences = [(passage, sentence) for passage in passages for sentence in _SENTENCE.split(passage.text)]
        about = next((said for _, said in sentences if _is_wide(said, language, seals)), "")
        for issuer, seal in seals.items() if about else ():
            declared = pick(seal.scope, composed.working.locale, desk.library.settings.source_locale)[0]
            named = [(passage, said) for passage, said in sentences if issuer in said]
            limits = [(passage, said) for passage, said in named if _is_narrow(said, language, _ONLY)]
            if limits or (named and _is_narrow(declared, language)):
                passage, said = (limits or named)[0]
                scope = _quote(said if limits else declared, language, _WEBSITE)
                told = f'seal of {issuer}: scope "{scope}" < notice scope "{_quote(about, language, _MORE)}"'
                place = passage.locate(composed, passage.text.find(said), said)
                yield Problem("FE08", place, told, "say what the seal does not cover", "warning")


def _is_wide(said: str, language: str, issuers: Iterable[str]) -> bool:
    """Whether a sentence says that the notice applies to products or services; one on a certification does not."""
    return _says(said, language, _APPLIES, _MORE) and not any(issuer in said for issuer in issuers)


def _is_narrow(said: str, language: str, *also: Mapping[str, str]) -> bool:
    return _says(said, language, _WEBSITE, *also) and not _says(said, language, _MORE)


def _says(said: str, language: str, *words: Mapping[str, str]) -> bool:
    return all(re.search(listed[language], said, re.IGNORECASE) for listed in words)


def _quote(said: str, language: str, words: Mapping[str, str]) -> str:
    """What a sentence names of some words: "products, services"."""
    return ", ".join(dict.fromkeys(found[0] for found in re.finditer(words[language], said, re.IGNORECASE)))
