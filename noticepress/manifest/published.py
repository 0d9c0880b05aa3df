"""What is public, where it stands, and how its instants are written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from noticepress.history import Line, Standing, order_of
from noticepress.model import Edition, Effective, Settings

Lines = Mapping[str, Mapping[str, Line]]
"""Every line of a site, by notice and region."""

FORMAT = 1
"""Goes up when a key of manifest.json or notices.json changes its meaning."""


def line_path(locale: str, notice: str, region: str) -> str:
    """Where the edition in force stands, relative to the site: `en/website-visitors/eu/`."""
    return f"{locale}/{notice}/{region}/"


def edition_path(edition: Edition) -> str:
    """An edition's permanent address, relative to the site: `en/website-visitors/eu/2012-03-09/`."""
    return f"{line_path(edition.locale, edition.notice, edition.region)}{edition.version}/"


def text_path(edition: Edition) -> str:
    """Where the sealed text stands, beside its page."""
    return f"{edition_path(edition)}notice.md"


def format_utc(instant: datetime) -> str:
    """An instant as RFC 3339 in UTC: `2012-03-09T08:00:00Z`."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def format_effective(effective: Effective) -> str:
    """The first instant as RFC 3339 with its zone's offset, so that its date is the effective date."""
    return effective.instant.astimezone(ZoneInfo(effective.zone)).isoformat()


def find_published(lines: Lines) -> tuple[Standing, ...]:
    """Each version in each of its regions that a visitor may see, once, by notice, region and age.

    A region's line goes on under its successor's name too; what counts is the line of the region's own name.
    """
    found: dict[tuple[str, str, tuple[str, int]], Standing] = {}
    for notice, by_region in lines.items():
        for line in by_region.values():
            for standing in line.visible:
                key = (notice, standing.region, order_of(standing.version.id))
                if key not in found or standing.region == line.region:
                    found[key] = standing
    return tuple(found[key] for key in sorted(found))


def list_editions(standing: Standing, settings: Settings) -> list[Edition]:
    """The editions of a version in one region that have pages: those in the site's languages, in their order."""
    return [edition for locale in settings.locales if (edition := standing.edition(locale))]
