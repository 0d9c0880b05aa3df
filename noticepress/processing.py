"""What is done with personal data, as far as a notice's authors wrote it down: the facts behind the words.

A record of processing (`content/<notice>/processing.yml`) is optional. Checks that need it say nothing without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

DataSource = Literal["subject", "observed", "third-party"]
Basis = Literal["consent", "contract", "legal-obligation", "vital-interests", "public-task", "legitimate-interests"]
RecipientRole = Literal["processor", "controller", "joint", "authority", "public"]
Feature = Literal["subscriptions", "contact-form", "logging"]


@dataclass(frozen=True, slots=True)
class DataCategory:
    """A category of data and where it comes from; `special` is that of Art. 9 GDPR."""

    id: str
    source: DataSource = "subject"
    special: bool = False


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why data is used, and what allows it. What is not known is empty.

    `withdrawal` and `section` are ids of sections: where a reader learns how to withdraw consent, and of the purpose
    itself. `condition` is that of Art. 9 for special data, `interest` the legitimate interest.
    """

    id: str
    data: tuple[str, ...] = ()
    basis: str = ""
    interest: str = ""
    condition: str = ""
    withdrawal: str = ""
    retention: str = ""
    section: str = ""
    automated: bool = False


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who receives data: a category or a name; `mechanism` allows the transfer to `country` (ISO 3166-1)."""

    id: str
    role: str = ""
    purposes: tuple[str, ...] = ()
    country: str = ""
    mechanism: str = ""


@dataclass(frozen=True, slots=True)
class Processing:
    """The record of processing of one notice; `children` says whether it is about children's data.

    `lines` gives the line of `processing.yml` on which an item stands, by kind and id (`("purposes", "newsletter")`);
    empty for what was sealed.
    """

    data: tuple[DataCategory, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    features: tuple[str, ...] = ()
    children: bool = False
    path: str = ""
    lines: Mapping[tuple[str, str], int] | None = None

    def find_line(self, kind: str, name: str) -> int:
        """The line of an item; 1 where it is not known."""
        return (self.lines or {}).get((kind, name), 1)
