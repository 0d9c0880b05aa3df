"""Errata: words that were wrong and the right ones, put into published editions or found between two texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from noticepress.model import Erratum

Texts = Mapping[tuple[str, str], str]
"""The words of editions, by region and locale."""


@dataclass(frozen=True, slots=True)
class Missing:
    """An erratum, by its place in the list, whose old words do not stand in some of the editions that it is about."""

    index: int
    editions: tuple[tuple[str, str], ...]


def concerns(erratum: Erratum, region: str, locale: str) -> bool:
    """Whether an erratum is about an edition."""
    return erratum.region in {"", region} and erratum.locale in {"", locale}


def apply_errata(texts: Texts, errata: Iterable[Erratum]) -> tuple[dict[tuple[str, str], str], list[Missing]]:
    """The texts with the right words, one erratum after the other, and the errata whose old words are not there."""
    mended, missing = dict(texts), []
    for index, erratum in enumerate(errata):
        concerned = [key for key in mended if concerns(erratum, *key)]
        if absent := tuple(key for key in concerned if erratum.old not in mended[key]):
            missing.append(Missing(index, absent))
        mended |= {key: mended[key].replace(erratum.old, erratum.new) for key in concerned}
    return mended, missing


def find_errata(old: Texts, new: Texts) -> tuple[Erratum, ...]:
    """What must be replaced in the old texts to get the new ones: line by line, cut to the words that differ.

    The same change in every region of a locale is one erratum.
    """
    found: dict[tuple[str, str, str], list[str]] = {}
    for (region, locale), text in new.items():
        for before, after in _find_replacements(old[region, locale], text):
            found.setdefault((locale, before, after), []).append(region)
    errata = []
    for (locale, before, after), regions in found.items():
        everywhere = {name for name, loc in new if loc == locale} == set(regions)
        errata += [Erratum(before, after, name, locale) for name in ([""] if everywhere else dict.fromkeys(regions))]
    return tuple(errata)


def _find_replacements(old: str, new: str) -> Iterator[tuple[str, str]]:
    before, after = old.split("\n"), new.split("\n")
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        gone, come = before[start:end], after[new_start:new_end]
        if len(gone) == len(come) and all(bool(a.strip()) == bool(b.strip()) for a, b in zip(gone, come, strict=True)):
            yield from (
                _cut_to_words(*pair) for pair in zip(gone, come, strict=True) if pair[0].split() != pair[1].split()
            )
        else:
            yield _join_neighbours(before, after, (start, end), (new_start, new_end))


def _join_neighbours(
    before: list[str], after: list[str], old: tuple[int, int], new: tuple[int, int]
) -> tuple[str, str]:
    """Lines that came or went, with the line before them (or behind, at the start) that tells where: none is empty."""
    start, end = old
    new_start, new_end = new
    while (
        start and new_start and not ("".join(before[start:end]).strip() and "".join(after[new_start:new_end]).strip())
    ):
        start, new_start = start - 1, new_start - 1
    while end < len(before) and not ("".join(before[start:end]).strip() and "".join(after[new_start:new_end]).strip()):
        end, new_end = end + 1, new_end + 1
    return "\n".join(before[start:end]).strip(), "\n".join(after[new_start:new_end]).strip()


def _cut_to_words(old: str, new: str) -> tuple[str, str]:
    """The words in which two lines differ, and one on either side where nothing would be left of one of them."""
    before, after = old.split(), new.split()
    first = 0
    while first < min(len(before), len(after)) and before[first] == after[first]:
        first += 1
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last] == after[-1 - last]:
        last += 1
    while not (before[first : len(before) - last] and after[first : len(after) - last]):
        if first:
            first -= 1
        elif last:
            last -= 1
        else:  # only blanks differ
            return old.strip(), new.strip()
    return " ".join(before[first : len(before) - last]), " ".join(after[first : len(after) - last])
