"""Plain language: sentences, words and punctuation. Heuristics; none decides."""

# ruff: noqa: RUF001 - signs that resemble others are what readers of many languages write

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise

from noticepress.checks.check import check
from noticepress.checks.desk import Desk
from noticepress.checks.passages import Passage, find_language, read_texts
from noticepress.checks.proofreading import find_missing_stop, find_odd_spaces, find_slips
from noticepress.checks.readability import find_limits, score_reading, split_sentences
from noticepress.checks.terms import (
    choose_terms,
    find_capitals,
    find_strays,
    find_unused_definitions,
    find_uses,
    list_definitions,
)
from noticepress.checks.vagueness import MANY_HEDGES, choose_passages, find_hedges, find_vague_phrases
from noticepress.compose import Composed
from noticepress.errors import Problem, Source
from noticepress.model import Address, Facts, Library


@check(
    "PL01",
    "warning",
    why="Whoever loses the thread of a sentence does not learn what it says about their data.",
    wrong="We reserve the right to disclose … as required by law and when we believe … and to any other third party.",
    right="We disclose your information where the law requires it. We also disclose it in these cases: …",
    jurisdictions=("eu", "uk", "us-ca", "ca-qc"),
    decides=False,
    by_notice=True,
)
def find_hard_sentences(desk: Desk) -> Iterator[Problem]:
    """A sentence of more than 35 words (in Japanese: 120 characters), fewer for children; a hard text."""
    scored: set[str] = set()  # the score can differ from region to region: once is enough
    for draft, composed, passages in read_texts(desk):
        processing = draft.version.processing
        limits = find_limits(find_language(composed), is_for_children=bool(processing and processing.children))
        sentences = [
            (passage, sentence)
            for passage in passages
            if passage.block.kind != "heading"
            for sentence in split_sentences(passage.text)
        ]
        for passage, sentence in sentences:
            limit, unit = (limits.characters, "characters") if sentence.is_unspaced else (limits.words, "words")
            if sentence.exceeds(limit):
                place = passage.locate(composed, sentence.start, sentence.text.split(" ")[0])
                told = f"a sentence of {sentence.length} {unit}"
                yield Problem("PL01", place, told, f"make sentences of at most {limit}; use a list", "warning")
        score = score_reading((sentence for _, sentence in sentences), find_language(composed))
        if score is not None and score < limits.ease and composed.working.path not in scored:
            scored.add(composed.working.path)
            told = f"hard to read: {score:.0f} on a scale from 0 to 100 (Flesch), at least {limits.ease} is asked for"
            hint = "shorter sentences and shorter words"
            yield Problem("PL01", Source(composed.working.path), told, hint, "info")


@check(
    "PL02",
    "warning",
    why="Readers must be able to foresee what is done with their data, for how long and by whom.",
    wrong="We keep your data as needed.",
    right="We keep your data for one year.",
    jurisdictions=("eu", "uk"),
    decides=False,
    by_notice=True,
)
def find_vague_words(desk: Desk) -> Iterator[Problem]:
    """Words that leave purposes, retention or recipients open: "as needed", "from time to time", "might"."""
    for _, composed, passages in read_texts(desk):
        language = find_language(composed)
        chosen = choose_passages(passages)
        for passage in chosen:
            section = f" in #{passage.section[0].id}" if passage.section else ""
            for offset, words in find_vague_phrases(passage, language):
                place = passage.locate(composed, offset, words)
                told = f"{words!r}{section} leaves it open"
                yield Problem("PL02", place, told, "say when, how long or to whom", "warning")
        hedges = list(find_hedges(chosen, language))
        if len(hedges) >= MANY_HEDGES:
            counts = ", ".join(f"{words!r} {count}×" for words, count in Counter(h[2] for h in hedges).most_common())
            passage, offset, words = hedges[0]
            place = passage.locate(composed, offset, words)
            yield Problem("PL02", place, f"many words that weaken: {counts}", "say what is done", "info")


@check(
    "PL03",
    "warning",
    why="Where two words stand for one thing, readers look for a difference; where a capital does, for a definition.",
    wrong="This privacy policy … See our privacy statement. The Site …",
    right="This privacy notice … See our privacy notice. Our website (“the site”) …",
    decides=False,
    by_notice=True,
)
def find_loose_terms(desk: Desk) -> Iterator[Problem]:
    """Two terms for one thing, capitals without a definition (English), a definition that is never used."""
    synonyms = desk.library.settings.synonyms
    names = desk.remember("proper names", partial(_list_names, desk.library))
    told: set[tuple[str, str]] = set()  # the counts can differ from region to region: once is enough
    for _, composed, passages in read_texts(desk):
        language, locale = find_language(composed), composed.working.locale
        spoken = [passage for passage in passages if passage.block.kind != "heading" and "quote" not in passage.within]
        defined = list_definitions(passages)
        found: list[tuple[str, Problem]] = []
        for terms, is_declared in choose_terms(synonyms.get(locale, synonyms.get(language, ())), language):
            taken = terms if is_declared else tuple(term for term in terms if term.casefold() not in defined)
            if not taken[1:]:
                continue
            uses = find_uses(spoken, taken, language)
            strays = find_strays(uses, taken, is_declared=is_declared)
            if strays:
                counts = Counter(use.term for use in uses)
                listed = ", ".join(f"“{term}” {counts[term]}×" for term in terms if counts[term])
                first = strays[0]
                place = first.passage.locate(composed, first.offset, first.words)
                hint = f"use “{terms[0]}” throughout" if is_declared else "use one of them throughout"
                found.append((terms[0], Problem("PL03", place, f"terms for one thing: {listed}", hint, "warning")))
        if language == "en":
            found.extend(_judge_capitals(composed, passages, names))
        for passage, offset, term in find_unused_definitions(passages, language):
            place = passage.locate(composed, offset, term)
            fault = f"“{term}” is defined and never used"
            found.append((term, Problem("PL03", place, fault, "use it, or remove the definition", "warning")))
        for term, problem in found:
            key = (composed.working.path, term)
            if key not in told:
                told.add(key)
                yield problem


def _judge_capitals(
    composed: Composed, passages: Sequence[Passage], names: frozenset[str]
) -> Iterator[tuple[str, Problem]]:
    for capital in find_capitals(passages, names):
        place = capital.passage.locate(composed, capital.offset, capital.words)
        fault = f"“{capital.words}” has a capital ({capital.count}×) and is nowhere defined"
        hint = f"define it: (“{capital.words}”), or write it small"
        yield capital.words, Problem("PL03", place, fault, hint, "warning")


def _list_names(library: Library) -> frozenset[str]:
    """Proper names that facts put into texts, or that texts write themselves."""
    slices = [facts for entity in library.entities.values() for facts in entity.slices]
    names = {name for facts in slices for name in _name_facts(facts)}
    return frozenset({library.settings.organisation, *names, *_list_titles(library)} - {""})


def _name_facts(facts: Facts) -> Iterator[str]:
    yield from (facts.legal_name, *facts.aliases, facts.owner, *facts.representatives.values())
    for seal in facts.seals:
        yield from (seal.issuer, seal.holder)
    for address in (facts.address, *facts.contacts.values()):
        if isinstance(address, Address):
            yield from (address.street, address.locality, address.region)
    if facts.register:
        yield facts.register.name


def _list_titles(library: Library) -> Iterator[str]:
    for notice in library.notices.values():
        yield from notice.titles.values()
    for region in library.regions.values():
        yield from region.names.values()


@check(
    "PL04",
    "warning",
    why="A slip in a legal text can change what it says, and makes readers doubt the rest.",
    wrong="that company is will be prohibited",
    right="that company is prohibited",
    decides=False,
    by_notice=True,
)
def find_slips_of_the_pen(desk: Desk) -> Iterator[Problem]:
    """A word written twice, a missing full stop, an odd space, a quotation mark or bracket without its partner."""
    for _, composed, passages in read_texts(desk):
        language = find_language(composed)
        for passage, following in pairwise((*passages, None)):
            if passage is None or "quote" in passage.within:
                continue
            slips = [*find_slips(passage, language)]
            if stop := find_missing_stop(passage, _name_follower(following), language):
                slips.append(stop)
            for slip in slips:
                place = passage.locate(composed, slip.offset, slip.words)
                yield Problem("PL04", place, slip.told, slip.hint, slip.severity)
    for working in desk.working_texts():
        language = working.locale.partition("-")[0]
        for number, line in enumerate(working.text.split("\n"), 1):
            if odd := find_odd_spaces(line, language):
                column, named, count = odd
                told = f"{count} odd spaces, the first a {named}" if count > 1 else f"a {named}"
                hint = "write a plain space: others hinder search and comparison"
                yield Problem("PL04", Source(working.path, number, column + 1), told, hint, "info")


def _name_follower(following: Passage | None) -> str:
    """The kind of the block after a paragraph, as far as it matters: a list or table that it introduces."""
    return following.within[0] if following and following.within else ""
