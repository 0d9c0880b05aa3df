"""The people who answer: legal persons, their facts in time, and the regions they answer for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from noticepress.errors import Source

Texts = Mapping[str, str]
"""Words by locale (BCP 47, with a hyphen)."""


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; `country` is an ISO 3166-1 code. What is unknown is empty."""

    street: str = ""
    locality: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """Where a company is registered, and under which number."""

    name: str = ""
    number: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Seal:
    """A certification: who gave it, who holds it, what it covers (by locale), and until when."""

    issuer: str
    holder: str = ""
    id: str = ""
    scope: Texts = field(default_factory=dict)
    verify_url: str = ""
    complaint_url: str = ""
    requirements_url: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true of an entity from a day on, until its next slice.

    `contacts` maps a role (`privacy`, `rights`, `post` …) to a mail address, a telephone number or a postal address.
    `representatives` maps a jurisdiction (`eu`, `uk`) to who represents the entity there.
    """

    entity: str
    since: date
    legal_name: str
    aliases: tuple[str, ...] = ()
    form: str = ""
    answers_for: tuple[str, ...] = ()
    jointly: bool = False
    address: Address | None = None
    register: Register | None = None
    zone: str = ""
    contacts: Mapping[str, str | Address] = field(default_factory=dict)
    seals: tuple[Seal, ...] = ()
    owner: str = ""
    succession: str = ""
    representatives: Mapping[str, str] = field(default_factory=dict)
    source: Source = field(default=Source(""), compare=False)


@dataclass(frozen=True, slots=True)
class Entity:
    """A legal person: its slices of facts in time, oldest first, each whole (nothing left to inherit)."""

    id: str
    slices: tuple[Facts, ...]
    source: Source = field(default=Source(""), compare=False)

    def facts_on(self, day: date) -> Facts | None:
        """The slice that holds on a day; None before the first one."""
        known = [facts for facts in self.slices if facts.since <= day]
        return known[-1] if known else None


@dataclass(frozen=True, slots=True)
class Region:
    """A set of territories that the same entities answer for.

    `rule` is what was written (`("001", "-US")`, or `("rest",)`); which territories that makes on a day, the module
    `territories` says. `succeeds` names the regions whose history this one continues. `lead_days` holds only what
    differs from the site's.
    """

    id: str
    names: Texts
    rule: tuple[str, ...]
    required_locales: tuple[str, ...] = ()
    succeeds: tuple[str, ...] = ()
    lead_days: Mapping[str, int] = field(default_factory=dict)
    source: Source = field(default=Source(""), compare=False)
