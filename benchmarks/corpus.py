# ruff: noqa: INP001, T201, S311  a program to run, not a package; its chance is the same on every machine
"""A site of any size, the same on every machine: for measuring builds, never for reading.

    python benchmarks/corpus.py --pages N [--versions V] [--locales L] [--regions R] [--seed S] --out DIR

`--pages` is about how many pages the built site has. With `--versions 1` there are no redlines: many notices of one
version, each for a region of its own. Otherwise notices for all regions and languages have V versions each, and about
half of the pages hold two texts against each other.

Texts are about 2,500 words of 20 sections, with lists, links and a table, in invented words with the lengths and the
repetition of real ones; scripts without spaces have their own. A version differs from the one before in some 3.6 % of
its words (median), now and then it is a rewrite, and sometimes a region keeps its words.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from noticepress.history import first_instant
from noticepress.model import Address, ChangeRecord, Edition, Effective, Facts, Library, SealedRegion, Settings, Version
from noticepress.sealing import lay_out_files
from noticepress.territories import expand

LOCALES = (
    "en", "es", "de", "ja", "ar", "fr", "it", "pt-BR", "nl", "pl", "cs", "sv", "da", "fi", "hu", "ro", "tr", "ko",
    "zh-Hans", "el",
)  # fmt: skip
REGIONS = {"africa": "002", "americas": "019", "asia": "142", "europe": "150", "oceania": "009"}
ZONE = "America/New_York"
SECTIONS = 20
WORDS = 2500
VOCABULARY = 1800
MEDIAN_CHANGE = 0.036
"""Of the words, from one version to the next: measured on real notices."""

REWRITE = 0.06
"""How often a version is written anew by a third to two thirds."""

QUIET = 0.1
"""How often a version leaves a region as it was."""

ROUGH_LINE = 6
"""Pages of a line that do not grow with its versions: edition, history, choice, and what compares it with others."""

_LETTERS = {
    "ar": ("ابتجدرسعفقكلمنهوي", (2, 6)),
    "el": ("αεηικλμνοπρστυδγ", (2, 9)),
    "ja": ("のにはをたがでてとしれさ情報個人利用提供者保護目的取得管理", (2, 4)),
    "ko": ("의이가은는을를에정보개인용처리목적제공", (2, 4)),
    "zh-Hans": ("的个人信息使用我们您提供处理目收集保护权利第三方", (2, 4)),
}
_HEADS = ("b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "st", "pr", "tr", "cl")
_HEARTS = ("a", "e", "i", "o", "u", "ai", "ou")
_SPACELESS = {"ja", "zh-Hans"}
_COMES_OR_GOES = 0.35
"""How many of the sentences that a version touches are new, or gone."""

_COLUMNS = 3
_FLAT = 12
"""How far the commonest words are from ruling all (Mandelbrot)."""


@dataclass(frozen=True)
class Tongue:
    """A language to write in: its words, the commonest first, and how they are joined."""

    locale: str
    words: tuple[str, ...]
    space: str
    stop: str

    @classmethod
    def invent(cls, locale: str, seed: int) -> Tongue:
        """Words of a language: always the same for a seed."""
        chance = random.Random(f"{seed} {locale}")
        words: dict[str, None] = {}
        while len(words) < VOCABULARY:
            # What is said often is short.
            longest = 1 + len(words) * 3 // VOCABULARY
            words[_invent_word(chance, locale, longest)] = None
        is_spaceless = locale in _SPACELESS
        return cls(locale, tuple(words), "" if is_spaceless else " ", "。" if is_spaceless else ". ")

    def say(self, chance: random.Random, count: int) -> list[str]:
        """So many words, as often as Zipf found."""
        bottom, top = math.log(_FLAT), math.log(len(self.words) + _FLAT)
        return [self.words[int(math.exp(chance.uniform(bottom, top)) - _FLAT)] for _ in range(count)]


def _invent_word(chance: random.Random, locale: str, syllables: int) -> str:
    if locale in _LETTERS:
        letters, (least, most) = _LETTERS[locale]
        return "".join(chance.choices(letters, k=chance.randint(least, most)))
    parts = [chance.choice(_HEADS) + chance.choice(_HEARTS) for _ in range(chance.randint(1, syllables))]
    return "".join(parts) + chance.choice(["", "n", "s", "r", "t"])


@dataclass(frozen=True)
class Sentence:
    """Words, and where in them a link lies (from, to); none where these are the same."""

    words: tuple[str, ...]
    link: tuple[int, int, str] = (0, 0, "")


@dataclass(frozen=True)
class Text:
    """A notice in plain form: per section a title and blocks, each a kind (`p`, `ul`, `table`) and sentences."""

    title: tuple[str, ...]
    sections: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, tuple[Sentence, ...]], ...]], ...]


def write_text(tongue: Tongue, chance: random.Random) -> Text:
    """A first version."""
    sections = []
    for number in range(SECTIONS):
        blocks = [("p", tuple(_write_sentence(tongue, chance) for _ in range(chance.randint(2, 4)))) for _ in range(2)]
        if number % 2 == 0:
            # Every language links the same sections, as translations do.
            linked = Sentence(tuple(tongue.say(chance, 9)), (3, 6, f"#s{(number + 7) % SECTIONS}"))
            blocks[0] = ("p", (linked, *blocks[0][1]))
        if number % 3 == 0:
            blocks.append(
                ("ul", tuple(_write_sentence(tongue, chance, short=True) for _ in range(chance.randint(3, 6))))
            )
        if number == SECTIONS // 2:
            blocks.append(("table", tuple(_write_sentence(tongue, chance, short=True) for _ in range(12))))
        sections.append((f"s{number}", tuple(tongue.say(chance, chance.randint(1, 4))), tuple(blocks)))
    return Text(tuple(tongue.say(chance, 3)), tuple(sections))


def _write_sentence(tongue: Tongue, chance: random.Random, *, short: bool = False) -> Sentence:
    count = chance.randint(3, 10) if short else max(5, round(chance.lognormvariate(2.85, 0.45)))
    return Sentence(tuple(tongue.say(chance, count)))


def revise(text: Text, tongue: Tongue, chance: random.Random) -> Text:
    """The next version: a few sentences differ in some words, some come and go; now and then much does."""
    is_rewrite = chance.random() < REWRITE
    share = chance.uniform(0.33, 0.66) if is_rewrite else min(0.3, 1.15 * MEDIAN_CHANGE * chance.lognormvariate(0, 1))
    # A sentence that is touched changes in about 60 % of its words.
    touched = share / 0.6
    sections = []
    for name, title, blocks in text.sections:
        changed = [
            (kind, tuple(_revise_sentences(sentences, kind, tongue, chance, touched))) for kind, sentences in blocks
        ]
        sections.append((name, title, tuple(changed)))
    return replace(text, sections=tuple(sections))


def _revise_sentences(
    sentences: tuple[Sentence, ...], kind: str, tongue: Tongue, chance: random.Random, touched: float
) -> Iterator[Sentence]:
    for sentence in sentences:
        if chance.random() >= touched or sentence.link[2]:
            yield sentence
        elif kind != "table" and chance.random() < _COMES_OR_GOES:
            if len(sentences) == 1 or chance.choice((True, False)):
                yield sentence
                yield _write_sentence(tongue, chance, short=kind == "ul")
        else:
            words = list(sentence.words)
            start = chance.randrange(len(words))
            length = max(1, round(len(words) * chance.uniform(0.2, 0.8)))
            words[start : start + length] = tongue.say(chance, length)
            yield Sentence(tuple(words))


def mark_up(text: Text, tongue: Tongue) -> str:
    """CommonMark of a text."""
    lines = [f"# {_join(text.title, tongue)}", ""]
    for name, title, blocks in text.sections:
        lines += [f"## {_join(title, tongue)} {{#{name}}}", ""]
        for kind, sentences in blocks:
            told = [_tell(sentence, tongue) for sentence in sentences]
            if kind == "p":
                lines += [tongue.stop.join(told).strip() + tongue.stop.strip(), ""]
            elif kind == "ul":
                lines += [*(f"- {item}" for item in told), ""]
            else:
                rows = [told[at : at + 3] for at in range(0, len(told), 3)]
                lines += [
                    "| a | b | c |",
                    "|---|---|---|",
                    *(f"| {' | '.join(row)} |" for row in rows if len(row) == _COLUMNS),
                    "",
                ]
    return "\n".join(lines).rstrip() + "\n"


def _join(words: tuple[str, ...], tongue: Tongue) -> str:
    joined = tongue.space.join(words)
    return joined[:1].upper() + joined[1:]


def _tell(sentence: Sentence, tongue: Tongue) -> str:
    start, end, target = sentence.link
    words = list(sentence.words)
    if target:
        words[start:end] = [f"[{tongue.space.join(words[start:end])}]({target})"]
    return _join(tuple(words), tongue)


# ---- the site


@dataclass(frozen=True)
class Plan:
    """How large a site is: notices, versions of each, languages, and the regions of each notice."""

    notices: int
    versions: int
    locales: tuple[str, ...]
    regions: tuple[str, ...]

    @property
    def is_parted(self) -> bool:
        """Whether each notice is for one region, so that no page compares two."""
        return self.versions == 1

    def regions_of(self, notice: int) -> tuple[str, ...]:
        """The regions that a notice speaks to."""
        return (self.regions[notice % len(self.regions)],) if self.is_parted else self.regions

    @classmethod
    def fit(cls, pages: int, versions: int, locales: int, regions: int) -> Plan:
        """The plan that comes nearest to a number of pages."""
        wanted = max(1, min(locales, len(LOCALES)))
        if versions == 1:
            notices = max(1, round(pages / wanted / 3))
        else:
            # Each version has a permanent page, a redline to the one before and one to the version in force.
            line = 3 * versions - 3 + ROUGH_LINE
            wanted = max(1, min(wanted, round(pages / regions / line)))
            notices = max(1, round(pages / wanted / regions / line))
        return cls(notices, versions, LOCALES[:wanted], tuple(REGIONS)[:regions])


def write_site(plan: Plan, out: Path, seed: int = 1) -> None:
    """Write a site with sealed versions, whole and valid."""
    for name, content in _write_settings(plan).items():
        _put(out / name, content.encode())
    tongues = {locale: Tongue.invent(locale, seed) for locale in plan.locales}
    for number in range(plan.notices):
        for folder, content in seal_notice(plan, number, tongues, seed):
            _put(out / folder, content)


def seal_notice(plan: Plan, number: int, tongues: dict[str, Tongue], seed: int) -> Iterator[tuple[str, bytes]]:
    """The files of a notice's versions, oldest first, in one chain."""
    notice = f"notice-{number}"
    regions = plan.regions_of(number)
    titles = dict.fromkeys(plan.locales, f"Notice {number}")
    names = "\n".join(f"  {locale}: {title}" for locale, title in titles.items())
    yield f"content/{notice}/notice.yml", f"title:\n{names}\nregions: [{', '.join(regions)}]\n".encode()
    settings = Settings("Example", "en", plan.locales, ZONE, {})
    texts: dict[tuple[str, str], Text] = {}
    sealed: list[Version] = []
    for place in range(plan.versions):
        day = date(2015, 1, 1) + timedelta(days=75 * place + number % 60)
        for region in regions:
            for locale, tongue in tongues.items():
                chance = random.Random(f"{seed} {notice} {region} {locale} {place}")
                old = texts.get((region, locale))
                if old is None:
                    # Regions differ a little, as they do.
                    base = write_text(tongue, random.Random(f"{seed} {notice} {locale}"))
                    texts[region, locale] = revise(base, tongue, chance) if region != regions[0] else base
                elif random.Random(f"{seed} {notice} {region} {place}").random() >= QUIET:
                    texts[region, locale] = revise(old, tongue, chance)
        marked = {(region, locale): mark_up(text, tongues[locale]) for (region, locale), text in texts.items()}
        version = _make_version(notice, day, titles, marked)
        library = Library(settings, {}, {}, {}, {}, {}, {notice: tuple(sealed)})
        sealing = lay_out_files(library, version, "next.yml")
        for name, content in sealing.files.items():
            yield f"{sealing.folder}/{name}", content
        digest = hashlib.sha256(sealing.files["version.yml"]).hexdigest()
        sealed.append(replace(version, sha256=digest, previous=sealed[-1].sha256 if sealed else ""))
    for locale, tongue in tongues.items():
        yield f"content/{notice}/{locale}.md", mark_up(texts[regions[0], locale], tongue).encode()


def _make_version(notice: str, day: date, titles: dict[str, str], marked: dict[tuple[str, str], str]) -> Version:
    editions = {
        (region, locale): Edition(
            notice, day.isoformat(), region, locale, words, hashlib.sha256(words.encode()).hexdigest()
        )
        for (region, locale), words in marked.items()
    }
    effective = Effective(day, ZONE, first_instant(day, ZONE))
    shown = {
        region: SealedRegion(
            region,
            {"en": region.capitalize()},
            tuple(sorted(expand([REGIONS[region]], day))),
            (_make_facts(region),),
            effective=effective,
        )
        for region in dict.fromkeys(region for region, _ in marked)
    }
    record = ChangeRecord("minor", {"en": "Some words of some sections."})
    announced = datetime.combine(day - timedelta(days=20), datetime.min.time(), UTC)
    return Version(notice, day.isoformat(), day, titles, {}, record, shown, editions, announced)


def _make_facts(region: str) -> Facts:
    return Facts(
        f"example-{region}",
        date(2010, 1, 1),
        f"Example {region.capitalize()}",
        answers_for=(region,),
        address=Address("1 Main Street", "Springfield", country="US"),
        zone=ZONE,
        contacts={"privacy": "privacy@example.org"},
    )


def _write_settings(plan: Plan) -> dict[str, str]:
    regions = {
        name: {"name": {"en": name.capitalize()}, "territories": [REGIONS[name]] if place else "rest"}
        for place, name in enumerate(plan.regions)
    }
    files = {
        "mkdocs.yml": f"""\
site_name: Example privacy
site_url: https://privacy.example.org/
docs_dir: content
theme:
  name: material
plugins: []
extra:
  noticepress:
    organisation: Example
    source_locale: en
    locales: [{", ".join(plan.locales)}]
    zone: {ZONE}
""",
        "entities/regions.yml": json.dumps(regions, indent=1),
    }
    for name in plan.regions:
        files[f"entities/example-{name}.yml"] = f"""\
facts:
  - from: 2010-01-01
    legal_name: Example {name.capitalize()}
    answers_for: [{name}]
    address: {{street: 1 Main Street, locality: Springfield, country: US}}
    zone: {ZONE}
    contacts: {{privacy: privacy@example.org}}
"""
    return files


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def main() -> int:
    """Write a site, and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, required=True, metavar="N", help="about how many pages the site has")
    parser.add_argument("--versions", type=int, default=50, metavar="V", help="versions of each notice (default: 50)")
    parser.add_argument("--locales", type=int, default=len(LOCALES), metavar="L", help="languages at most (20)")
    parser.add_argument("--regions", type=int, default=len(REGIONS), metavar="R", help="regions at most (5)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    asked = parser.parse_args()
    plan = Plan.fit(asked.pages, asked.versions, asked.locales, asked.regions)
    write_site(plan, asked.out, asked.seed)
    editions = sum(plan.versions * len(plan.regions_of(n)) * len(plan.locales) for n in range(plan.notices))
    told = (
        f"{plan.notices} notices, {plan.versions} versions, {len(plan.regions)} regions, {len(plan.locales)} languages"
    )
    print(f"{asked.out}: {told}; {editions:,} editions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
