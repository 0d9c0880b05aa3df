"""The library that holds it all, and the settings that it is read with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from noticepress.errors import Severity, Source
from noticepress.model.look import Look
from noticepress.model.notices import Correction, NextVersion, Notice, Pin, Waiver, WorkingText
from noticepress.model.people import Entity, Region
from noticepress.model.versions import Version
from noticepress.processing import Processing


@dataclass(frozen=True, slots=True)
class Settings:
    """`mkdocs.yml`, as far as Noticepress reads it. `site_url` ends with a slash, or is empty.

    `packs` are the rule packs that notices are checked with, None where none are chosen. `severities` are what the
    site's people made of findings, by check. `synonyms` are sets of terms that mean the same, by locale: the first of
    each is the one to use. `pdf` is whether editions are also printed: `auto` is where that can be done. `look` is what
    its owners changed of the theme.
    """

    organisation: str
    source_locale: str
    locales: tuple[str, ...]
    zone: str
    lead_days: Mapping[str, int]
    site_name: str = ""
    site_url: str = ""
    packs: tuple[str, ...] | None = None
    severities: Mapping[str, Severity | Literal["off"]] = field(default_factory=dict)
    synonyms: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    pdf: Literal["always", "auto", "never"] = "never"
    look: Look = field(default_factory=Look)
    source: Source = field(default=Source("mkdocs.yml"), compare=False)
    places: Mapping[str, Source] = field(default_factory=dict, compare=False)

    def find_place(self, key: str) -> Source:
        """Where one of Noticepress's settings stands (`severities.FE04` too); their block where it is absent."""
        return self.places.get(key, self.source)


@dataclass(frozen=True, slots=True)
class Library:
    """Everything a site is made of, read and checked for form. Orders are fixed, so that what follows is too.

    `texts` is keyed by (notice, locale), `pins` by (notice, locale) and then by section. `versions` holds each notice's
    sealed versions, oldest first.
    """

    settings: Settings
    entities: Mapping[str, Entity]
    regions: Mapping[str, Region]
    notices: Mapping[str, Notice]
    texts: Mapping[tuple[str, str], WorkingText]
    next_versions: Mapping[str, NextVersion]
    versions: Mapping[str, tuple[Version, ...]]
    processing: Mapping[str, Processing] = field(default_factory=dict)
    corrections: Mapping[str, Correction] = field(default_factory=dict)
    pins: Mapping[tuple[str, str], Mapping[str, Pin]] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()

    def list_living(self, notice: str) -> tuple[Version, ...]:
        """The sealed versions of a notice that were not withdrawn, oldest first."""
        return tuple(version for version in self.versions.get(notice, ()) if version.withdrawn is None)

    def find_newest(self, notice: str) -> Version | None:
        """The newest of them; None where there is none."""
        return next(reversed(self.list_living(notice)), None)
