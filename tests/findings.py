"""What the tests of the checks have in common: a case is a small change to Acme's site, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from noticepress.checks import Built, find_problems
from noticepress.checks.packs import load_packs
from noticepress.errors import Problem
from noticepress.library import read_library
from noticepress.model import AsOf
from tests import acme

EN, ES, JA, AR, DE = (f"content/website/{locale}.md" for locale in ("en", "es", "ja", "ar", "de"))
NEXT = "content/website/next.yml"
NOTICE = "content/website/notice.yml"
RECORD = "content/website/processing.yml"
SETTINGS = "mkdocs.yml"
REGIONS = "entities/regions.yml"
INC, EUROPE, IBERIA = (f"entities/acme-{name}.yml" for name in ("inc", "europe", "iberia"))

SCOPE = "It covers our website, and applies"
"""How line 7 of the English text begins."""

Edit = tuple[str, str, str]
"""A file, what stands in it, and what is put in its place."""

MARKS = {"error": "", "warning": "w ", "info": "i "}


@dataclass(frozen=True)
class Case:
    """Changes to Acme's site, and what one check then tells: the beginning of each finding; none for a near miss.

    A finding is written `path:line:column: message`, with `w ` before the message of a warning, `i ` of an info.
    `files` are written whole before `edits` are made. `has_history` begins from the site with two sealed versions.
    `built` is what the site was built to, or makes that of the site.
    """

    check: str
    edits: Sequence[Edit] = ()
    told: Sequence[str] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    as_of: AsOf = acme.DRAFTING
    has_history: bool = False
    built: Built | Callable[[Path], Built] | None = None

    def __str__(self) -> str:
        return self.check


def make_case(folder: Path, case: Case) -> Path:
    """The site that a case is about."""
    site = acme.make_history(folder) if case.has_history else acme.make_site(folder)
    for path, text in case.files.items():
        acme.write_file(site, path, text)
    for path, old, new in case.edits:
        acme.replace_text(site, path, old, new)
    return site


def tell(problem: Problem) -> str:
    return f"{problem.source}: {MARKS[problem.severity]}{problem.message}"


def find(site: Path, check: str, as_of: AsOf = acme.DRAFTING, built: Built | None = None) -> list[str]:
    """What one check tells of a site."""
    return [tell(p) for p in find_problems(read_library(site), as_of, built) if p.id == check]


def assert_case(folder: Path, case: Case) -> None:
    """A case finds what it says, each finding beginning as told, and nothing else of its check."""
    site = make_case(folder, case)
    built = case.built(site) if callable(case.built) else case.built
    found = find(site, case.check, case.as_of, built)
    assert len(found) == len(case.told), found
    for line, beginning in zip(found, case.told, strict=True):
        assert line.startswith(beginning), f"{line!r} does not begin with {beginning!r}"


def in_every_text(old: str, new: str, locales: Sequence[str] = acme.LOCALES) -> list[Edit]:
    """The same change in every language."""
    return [(f"content/website/{locale}.md", old, new) for locale in locales]


LATER = date(2024, 6, 1)
"""A day after both of Acme's versions."""


# ---- changes that many cases begin with


ARCHIVED: Edit = (NEXT, "class: material", "class: material\norigin: {archived: 2024-02-01}")
"""What is being prepared was taken over from an archive."""

PREPARED = acme.FILES[NEXT].replace(acme.FIRST, "2024-06-01") + "options: {en: Write to us., es: Puede escribirnos.}\n"
"""A next.yml for a day after both of Acme's versions."""


def choose(*packs: str) -> Edit:
    """Choose the site's packs."""
    return (SETTINGS, "lead_days:", f"packs: [{', '.join(packs)}]\n    lead_days:")


def say(words: str) -> Edit:
    """The English text says something else on line 7, from its first column on."""
    return (EN, SCOPE, f"{words} applies")


def add(path: str, lines: str) -> Edit:
    """More lines at the end of a file of an entity."""
    last = acme.FILES[path].rstrip("\n").splitlines()[-1] + "\n"
    assert acme.FILES[path].count(last) == 1
    return (path, last, last + lines)


def seal(holder: str, dates: str = "") -> Edit:
    """Acme Research Inc. has a certification."""
    return add(INC, make_seal(holder, dates))


def make_seal(holder: str, dates: str = "") -> str:
    return f"    seals:\n      - {{issuer: SealCo, holder: {holder}, scope: {{en: our website}}{dates}}}\n"


# ---- what the law of a day asks for


REPRESENTED: Edit = (INC, "contacts:", "representatives: {eu: Acme Europe GmbH}\n    contacts:")
"""French Guiana and others lie in the Americas, and in the European Union."""

WHOLE_RECORD = """\
data:
  - {id: age, source: third-party}
  - {id: diet, special: true}
purposes:
  - {id: news, basis: consent, withdrawal: rights, section: contact-form}
  - {id: fraud, basis: legitimate-interests, interest: safety}
  - {id: menu, basis: contract, data: [diet], condition: explicit consent}
recipients:
  - {id: printer, country: NO}
  - {id: mailer, country: US, mechanism: standard-contractual-clauses}
  - {id: cloud, country: US, mechanism: data-privacy-framework}
  - {id: office, country: GB}
  - {id: unknown}
features: [contact-form]
"""


def write_record(text: str) -> dict[str, str]:
    return {RECORD: text}


def cover(*tags: str) -> list[Edit]:
    """Tags for the section on rights, in every language."""
    return in_every_text("{#rights}", f'{{#rights covers="{" ".join(tags)}"}}')


def cover_pack(pack: str, *but: str) -> list[Edit]:
    """Every tag of a pack but some."""
    return cover(*(element.tag for element in load_packs()[pack].elements if element.name not in but))


# ---- a version being prepared after Acme's two sealed ones


ANNOUNCED = "announced: 2024-06-06T10:00:00+00:00\n"
ORIGIN = "origin: {archived: 2012-11-19}\n"
SAID = "impact: {en: Longer., es: Más.}\noptions: {en: Write to us., es: Escriba.}\n"
"""What a material change needs besides its summary: lines 4 and 5."""


def write_next(
    change_class: str = "minor", more: str = ANNOUNCED, summary: str = "{en: More., es: Más.}"
) -> Mapping[str, str]:
    """A next.yml: line 1 effective, 2 class, 3 summary, then what is given."""
    return {NEXT: f"effective: 2024-07-20\nclass: {change_class}\nsummary: {summary}\n{more}"}


def prepare(check: str, change_class: str, more: str = ANNOUNCED, *told: str, edits: tuple[Edit, ...] = ()) -> Case:
    return Case(check, edits, told, write_next(change_class, more), LATER, has_history=True)
