"""The checks by id: how bad a finding is, what it finds, and why that matters. The ids are permanent."""

from __future__ import annotations

from dataclasses import dataclass

from noticepress.errors import Severity


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its id, how bad its worst finding is, what it finds in a sentence, and why that matters."""

    id: str
    severity: Severity
    finds: str
    why: str


CHECKS = (
    Check(
        "AX01",
        "error",
        "A text without content, a heading without words, without an id of its own or of a skipped level, raw HTML.",
        "Readers find their way by headings and cite sections by their ids, screen readers first of all.",
    ),
    Check(
        "CE07",
        "error",
        "A notice that supplements itself, or one that does not exist.",
        "Whoever reads a supplementary notice must find the one it adds to.",
    ),
    Check(
        "CN01",
        "error",
        "A release without a change record.",
        "Nobody can tell people about a change whose class and summary are unknown.",
    ),
    Check(
        "DV01",
        "warning",
        "A date that is written out in a working text.",
        "It goes stale, and is not written as the other languages write dates.",
    ),
    Check(
        "DV02",
        "error",
        "An announcement after the effective date, or versions that do not follow one another.",
        "People are told before a notice applies, and one version applies at a time.",
    ),
    Check(
        "DV05",
        "error",
        "A sealed file that differs from what was sealed, is missing or was added, and a broken chain of versions.",
        "What was published is evidence: it must be what people read, to the byte.",
    ),
    Check(
        "DV06",
        "error",
        "A version that is sealed already, or a day on which no version is in force.",
        "On every day exactly one version applies.",
    ),
    Check(
        "FE03",
        "error",
        "An entity without a legal name.",
        "People must be told exactly who answers for their data.",
    ),
    Check(
        "FE05",
        "error",
        "A placeholder that names nothing, is empty or cannot be read; a fact that is written out in a text.",
        "A gap in a legal text misleads its readers, and so does an address that stays when the company has moved.",
    ),
    Check(
        "LC01",
        "warning",
        'A link without words, or one that says only "here".',
        "Whoever hears only the links of a page must know where they lead.",
    ),
    Check(
        "LC02",
        "warning",
        "A link that is not protected (http).",
        "Others can read and change what is sent over it.",
    ),
    Check(
        "LC03",
        "error",
        "A link to a section or page that does not exist, a relative link, or one of an unknown kind.",
        "A notice that points at its complaint form must get its readers there.",
    ),
    Check(
        "LC05",
        "warning",
        "An image from another host.",
        "Reading a privacy notice must not tell a third party about its readers.",
    ),
    Check(
        "RG01",
        "error",
        "A territory that several regions hold, or a region for which several entities answer without saying jointly.",
        "Each reader must be told one answer.",
    ),
    Check(
        "RG02",
        "error",
        "A territory that no region holds, or a region for which no entity answers.",
        "Each reader must be told an answer.",
    ),
    Check(
        "RG03",
        "error",
        "A territory, group or region that does not exist.",
        "A name that nobody defined may mean one thing to its writer and another to its readers.",
    ),
    Check(
        "TEXT",
        "error",
        "A file that is missing, not UTF-8, too large, outside the site, or holds control characters.",
        "A file that programs read differently says different things to different readers.",
    ),
    Check(
        "TR01",
        "error",
        "A text that is missing in the source language, in a required language, or in another one of the site.",
        "People must be told in a language that they understand.",
    ),
    Check(
        "TR03",
        "error",
        "Sections that differ from those of the source text, and ids that are used twice.",
        "Links, language switches and redlines go from section to section.",
    ),
    Check(
        "TR06",
        "error",
        "A language that does not exist or is not one of the site's.",
        "Nobody is shown a text in a language that the site does not have.",
    ),
    Check(
        "YAML",
        "error",
        "A YAML file that cannot be read, a repeated or unknown key, a value of the wrong kind.",
        "What is misread is misstated.",
    ),
)
"""Every check that exists, by id. Some findings of an error are warnings only, as docs/checks.md tells."""
