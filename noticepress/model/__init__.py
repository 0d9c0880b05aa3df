"""The words of the house as values: frozen, without behaviour that needs a disk, a clock or a network.

Read from top to bottom: the people who answer (`people`: entities, regions), what they say (`notices`: notices,
working texts, paperwork), what was said (`versions`: versions, editions), and the library that holds it all.
"""

from __future__ import annotations

from noticepress.model.library import Library, Settings
from noticepress.model.look import Logo, Look
from noticepress.model.notices import (
    ChangeClass,
    ChangeRecord,
    Commitment,
    Correction,
    Erratum,
    NextVersion,
    Notice,
    Origin,
    Pin,
    PinState,
    Waiver,
    WorkingText,
)
from noticepress.model.people import Address, Entity, Facts, Region, Register, Seal, Texts
from noticepress.model.versions import AsOf, Edition, Effective, SealedRegion, Version, Withdrawal

__all__ = [
    "Address",
    "AsOf",
    "ChangeClass",
    "ChangeRecord",
    "Commitment",
    "Correction",
    "Edition",
    "Effective",
    "Entity",
    "Erratum",
    "Facts",
    "Library",
    "Logo",
    "Look",
    "NextVersion",
    "Notice",
    "Origin",
    "Pin",
    "PinState",
    "Region",
    "Register",
    "Seal",
    "SealedRegion",
    "Settings",
    "Texts",
    "Version",
    "Waiver",
    "Withdrawal",
    "WorkingText",
]
