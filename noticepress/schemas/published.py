"""What the site publishes: its manifest, its index of notices, its feeds."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from noticepress.history import State
from noticepress.model import ChangeClass
from noticepress.schemas.parts import EntryKind, Instant, Output, SchemaLink, Sha256, SitePath, Url, VersionId


class ManifestVersion(Output):
    """A public version's link in the chain: its `version.yml`, the one before (null for the first), its facts.

    `withdrawn` is there only where it was cancelled before it applied.
    """

    notice: str
    version: VersionId
    sha256: Sha256
    previous: Sha256 | None
    facts: Sha256
    withdrawn: Instant | None = None


class ManifestEdition(Output):
    """A published edition: where its page and its sealed text stand, and the text's hash.

    `removed` is there only where the text had to be taken away; the hash is still that of what was published.
    """

    notice: str
    version: VersionId
    region: str
    locale: str
    page: SitePath
    text: SitePath
    sha256: Sha256
    removed: Instant | None = None


class ManifestOutput(Output):
    """/manifest.json: every published edition's hash, and the chain.

    `root` is the SHA-256 of `{"editions": …, "versions": …}` written as JSON in UTF-8 with sorted keys and no spaces.
    """

    schema_: SchemaLink = None
    format: Literal[1]
    root: Sha256
    versions: list[ManifestVersion]
    editions: list[ManifestEdition]


class FeedAddresses(Output):
    """Where changes can be followed."""

    atom: Url
    json_: Url


class NoticesEdition(Output):
    """A published edition; `changed` is false where it says what its predecessor said."""

    url: Url
    text: Url
    sha256: Sha256
    changed: bool


class NoticesVersion(Output):
    """A version in one region. `effective` is its first instant there, `date` the calendar day in `zone`.

    `zone_assumed` says that no entity states a zone, so the site's is used. `superseded` is the first instant at which
    it no longer applies, null where no successor is public; `withdrawn` that at which it was cancelled.
    """

    version: VersionId
    region: str
    state: State
    class_: ChangeClass
    date: date
    zone: str
    zone_assumed: bool
    effective: Instant
    announced: Instant | None
    superseded: Instant | None
    withdrawn: Instant | None = None
    entities: list[str]
    editions: dict[str, NoticesEdition]


class NoticesLine(Output):
    """A notice in one region through time, oldest version first; addresses and feeds are by locale."""

    region: str
    names: dict[str, str]
    in_force: VersionId | None
    urls: dict[str, Url]
    feeds: dict[str, FeedAddresses]
    versions: list[NoticesVersion]


class NoticesNotice(Output):
    """A notice and its lines."""

    notice: str
    titles: dict[str, str]
    audiences: dict[str, str]
    supplements: str | None
    lines: list[NoticesLine]


class NoticesEntity(Output):
    """An entity as it is now."""

    entity: str
    legal_name: str
    aliases: list[str]
    answers_for: list[str]
    urls: dict[str, Url]


class NoticesRegion(Output):
    """A region as it is now: its territories (a country stands for all of its subdivisions), and who answers."""

    region: str
    names: dict[str, str]
    territories: list[str]
    entities: list[str]


class NoticesOutput(Output):
    """/notices.json: notices, entities, regions, territories, versions, dates, addresses, hashes."""

    schema_: SchemaLink = None
    format: Literal[1]
    organisation: str
    locales: list[str]
    feeds: FeedAddresses
    notices: list[NoticesNotice]
    entities: list[NoticesEntity]
    regions: list[NoticesRegion]


class FeedChange(Output):
    """What a program needs to know of a change. `announced` is null where it is not known, then nothing is mailed.

    `effective` carries the offset of its zone, so its date part is the effective date; `compare` is null where there is
    nothing to compare with. `summary` is in `summary_locale`, which is the item's unless nobody translated it.
    `kind` is absent for a version, `correction` for a revision with other words, `translation-added` for one that adds
    a language, `withdrawn` for a version that was cancelled: then `announced` is that moment, and `summary` the reason.
    """

    notice: str
    version: VersionId
    region: str
    locale: str
    class_: ChangeClass
    announced: Instant | None
    effective: Instant
    effective_date: date
    summary: str
    summary_locale: str
    compare: Url | None
    sha256: Sha256
    kind: EntryKind = "version"


class FeedAuthor(Output):
    """Who publishes."""

    name: str


class FeedItem(Output):
    """An edition that changed. `date_published` is the announcement, and absent where that is unknown."""

    id: Annotated[str, Field(pattern=r"^tag:")]
    url: Url
    title: str
    content_html: str
    summary: str | None = None
    date_published: Instant | None = None
    date_modified: Instant
    language: str
    tags: list[str]
    noticepress: Annotated[FeedChange, Field(alias="_noticepress")]


class FeedOutput(Output):
    """changes.json: JSON Feed 1.1 (jsonfeed.org), and what Noticepress adds to each item."""

    version: Literal["https://jsonfeed.org/version/1.1"]
    title: str
    home_page_url: Url | None = None
    feed_url: Url | None = None
    next_url: Url | None = None
    language: str
    authors: list[FeedAuthor]
    items: list[FeedItem]


class SearchPlace(Output):
    """An edition that sections stand in. `title`, `place` (the region) and `period` are in the file's language."""

    notice: str
    region: str
    version: VersionId
    state: State
    title: str
    place: str
    period: str
    page: SitePath


class SearchSection(Output):
    """A section in one wording: its anchor on the page (empty for what stands before the first heading), its words.

    `places` are the editions that hold it word for word: runs of numbers in the list of places, each as first and last.
    """

    id: str
    title: str
    words: str
    places: list[tuple[int, int]]


class SearchOutput(Output):
    """/<locale>/search.json and search-archive.json: what is searched in a language.

    The first holds what is in force; the second all other versions that are public, announced ones among them.
    """

    schema_: SchemaLink = None
    format: Literal[1]
    locale: str
    scope: Literal["in-force", "archive"]
    places: list[SearchPlace]
    sections: list[SearchSection]


class SectionsVersion(Output):
    """A version that a reader of this language may be led to; `address` is relative to the file."""

    date: str
    address: str


class MissingSection(Output):
    """A section that a version lacks: its title, the version to read it in, and the id to go to instead (or empty).

    It `continues` there under that id, or is `gone` or comes `later`, and that is the nearest one.
    """

    title: str
    version: VersionId
    to: str
    how: Literal["continues", "gone", "later"]


class SectionsOutput(Output):
    """sections.json of a line: what became of its sections, by version; `titles` are told where they change."""

    words: dict[str, str]
    versions: dict[str, SectionsVersion]
    titles: dict[str, dict[str, str]]
    missing: dict[str, dict[str, MissingSection]]
