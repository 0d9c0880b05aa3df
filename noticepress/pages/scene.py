"""One page being made: what its template may ask, from words and dates to addresses of other pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from markupsafe import Markup

from noticepress.compose import DRAFT
from noticepress.errata import concerns
from noticepress.history import Line, Standing, starts_midday
from noticepress.localize import (
    Words,
    format_address,
    format_date,
    join_names,
    language_name,
    pick,
    text_direction,
    zone_name,
)
from noticepress.model import Address, Edition, Effective, Erratum, Facts, Texts
from noticepress.pages.plan import Page, entity_page
from noticepress.pages.view import View


def find_way(here: str, path: str) -> str:
    """The way from a folder of the site to a page or file of it, as a link writes it; both from the root."""
    come, go = here.split("/") if here else [], path.split("/")
    *folders, name = go
    shared = 0
    for one, other in zip(come, folders, strict=False):
        if one != other:
            break
        shared += 1
    way = [".."] * (len(come) - shared) + folders[shared:]
    return "/".join([*(way or ["."] if not name else way), name])


@dataclass(frozen=True, slots=True)
class Scene:
    """A page, the view it belongs to, and the locale its interface speaks."""

    page: Page
    view: View

    @property
    def locale(self) -> str:
        """The locale of the interface."""
        return self.page.locale

    @property
    def words(self) -> Words:
        """The interface's words."""
        return self.view.words(self.page.locale)

    # ---- addresses

    def link(self, target: Page | str) -> str:
        """The address of a page or file of the site as this page writes it: relative, so that it works anywhere."""
        path = target.path if isinstance(target, Page) else target
        if self.page.kind == "not-found":
            # The server shows it at every depth.
            return (urlsplit(self.view.library.settings.site_url).path or "/") + path
        return find_way(self.page.path.rpartition("/")[0], path)

    def address(self, target: Page | str) -> str:
        """The whole address where the site knows its own, else the relative one."""
        path = target.path if isinstance(target, Page) else target
        site_url = self.view.library.settings.site_url
        return site_url + path if site_url else self.link(target)

    # ---- words

    def pick(self, texts: Texts) -> tuple[str, str]:
        """What was written for people, and the locale it is in."""
        return pick(texts, self.locale, self.view.library.settings.source_locale)

    def plain(self, texts: Texts) -> str:
        """What was written for people, as a heading or a label begins: with a capital."""
        text = self.pick(texts)[0].strip()
        return text[:1].upper() + text[1:]

    def text(self, texts: Texts, *, capital: bool = False) -> Markup:
        """What was written for people; marked with its language where that is not the page's."""
        text, tag = self.pick(texts)
        text = self.plain(texts) if capital else text.strip()
        if tag == self.locale:
            return Markup.escape(text)
        return Markup('<span lang="{}" dir="{}">{}</span>').format(tag, text_direction(tag), text)

    def join(self, items: Iterable[str]) -> Markup:
        """Names or links as a list in running text."""
        parts = [Markup.escape(item) for item in items]
        keys = [f"\ue000{index}\ue001" for index in range(len(parts))]
        joined = str(Markup.escape(join_names(keys, self.locale)))
        for key, part in zip(keys, parts, strict=True):
            joined = joined.replace(key, part)
        return Markup(joined)  # noqa: S704  made of escaped parts

    def errata(self, standing: Standing) -> list[Erratum]:
        """What a revision corrects in the edition that is read here."""
        edition = find_edition(standing, self.locale, self.view.library.settings.source_locale)
        locale = edition.locale if edition else ""
        return [item for item in standing.version.errata if concerns(item, standing.region, locale)]

    def language(self, tag: str) -> str:
        """The name of a language, in the page's."""
        return language_name(tag, self.locale)

    # ---- dates

    def date(self, day: date) -> Markup:
        """A calendar day, for people and machines."""
        return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), format_date(day, self.locale))

    def day_of(self, instant: datetime, zone: str) -> Markup:
        """The calendar day of an instant in a zone."""
        day = instant.astimezone(ZoneInfo(zone)).date()
        return Markup('<time datetime="{}">{}</time>').format(instant.isoformat(), format_date(day, self.locale))

    def start(self, effective: Effective, zone: str = "") -> Markup:
        """The day on which something begins: with the time where that is not 00:00, and the zone where it is another.

        `zone` is the one that the page names, once, for all its dates.
        """
        told: str = self.date(effective.day)
        if starts_midday(effective):
            local = effective.instant.astimezone(ZoneInfo(effective.zone))
            told = self.words.gettext("{date}, {time}", date=told, time=f"{local:%H:%M}")
        if zone and effective.zone != zone:
            told = self.words.gettext("{date} ({zone})", date=told, zone=self.zone(effective.zone))
        return Markup(told)  # noqa: S704 - the words of a catalogue, and values that are escaped

    def moment(self, effective: Effective) -> Markup:
        """The clock time and the zone at which a version begins to apply: not every day has a midnight."""
        local = effective.instant.astimezone(ZoneInfo(effective.zone))
        told = self.words.gettext("{time}, {zone}", time=f"{local:%H:%M}", zone=self.zone(effective.zone))
        return Markup('<time datetime="{}">{}</time>').format(effective.instant.isoformat(), told)

    def zone(self, zone: str) -> str:
        """The name of a time zone."""
        return zone_name(zone, self.locale)

    def zones(self, zones: Iterable[str]) -> Markup:
        """The names of several zones, as a list in running text."""
        return self.join(dict.fromkeys(map(self.zone, zones)))

    def version(self, name: str) -> Markup:
        """A version's name, kept on one line; a draft has none yet."""
        told = self.words.pgettext("version", "draft") if name == DRAFT else name
        return Markup('<span class="np-version">{}</span>').format(told)

    # ---- people

    def entity(self, facts: Facts) -> Markup:
        """An entity by the name it bore then, linked to its page."""
        if facts.entity not in self.view.library.entities:
            return Markup.escape(facts.legal_name)
        address = self.link(entity_page(self.locale, facts.entity))
        return Markup('<a href="{}">{}</a>').format(address, facts.legal_name)

    def entities(self, roster: Sequence[Facts]) -> Markup:
        """Several of them, as a list in running text."""
        return self.join(self.entity(facts) for facts in roster)

    def lines_of(self, address: Address) -> list[str]:
        """A postal address, line by line."""
        return format_address(address, self.locale, lines=True)


def find_standing(line: Line) -> Standing:
    """What the address of a line shows: what is in force, else what ended last, else what comes first.

    A line in which nothing is public yet has only its draft.
    """
    shown = [s for s in line.visible if s.state != "withdrawn"] or list(line.visible)
    begun = [s for s in shown if s.has_applied and s.state != "announced"]
    return line.in_force or (begun or shown or line.standings[::-1])[-1 if begun else 0]


def find_edition(standing: Standing, locale: str, source_locale: str) -> Edition | None:
    """The edition a reader is given: theirs, else the authoritative one, else the source's. Never another version's."""
    authoritative = standing.version.authoritative.get(standing.region, source_locale)
    for tag in (locale, authoritative, source_locale, *standing.version.locales):
        if (edition := standing.edition(tag)) is not None:
            return edition
    return None
