"""The shape of every file that people write and of the sealed ones: pydantic models, from which the JSON Schemas come.

A model says what may stand in a file; `library` and `sealed` turn it into the values of `model`.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from noticepress.documents.authored import (
    REGIONS,
    EntityDocument,
    NextDocument,
    NoticeDocument,
    RegionDocument,
    SettingsDocument,
    SliceDocument,
)
from noticepress.documents.desk import (
    PINS,
    CorrectionDocument,
    ErratumDocument,
    PinDocument,
    ProcessingDocument,
    WaiversDocument,
)
from noticepress.documents.look import LookDocument
from noticepress.documents.parts import (
    AddressDocument,
    ChannelsDocument,
    CommitmentDocument,
    OriginDocument,
    RegisterDocument,
    SealDocument,
)
from noticepress.documents.sealed import (
    FactsDocument,
    RemovedDocument,
    SealedChange,
    SealedEffective,
    SealedRegionDocument,
    VersionDocument,
    WithdrawnDocument,
)

__all__ = [
    "PINS",
    "REGIONS",
    "AddressDocument",
    "ChannelsDocument",
    "CommitmentDocument",
    "CorrectionDocument",
    "EntityDocument",
    "ErratumDocument",
    "FactsDocument",
    "LookDocument",
    "NextDocument",
    "NoticeDocument",
    "OriginDocument",
    "PinDocument",
    "ProcessingDocument",
    "RegionDocument",
    "RegisterDocument",
    "RemovedDocument",
    "SealDocument",
    "SealedChange",
    "SealedEffective",
    "SealedRegionDocument",
    "SettingsDocument",
    "SliceDocument",
    "VersionDocument",
    "WaiversDocument",
    "WithdrawnDocument",
    "input_schemas",
]

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def input_schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema (2020-12) of every authored and sealed file, by the file name it has under /schemas/."""
    models: dict[str, type[BaseModel]] = {
        "entity.json": EntityDocument,
        "notice.json": NoticeDocument,
        "next.json": NextDocument,
        "settings.json": SettingsDocument,
        "version.json": VersionDocument,
        "facts.json": FactsDocument,
        "processing.json": ProcessingDocument,
        "correction.json": CorrectionDocument,
        "waivers.json": WaiversDocument,
        "withdrawn.json": WithdrawnDocument,
        "removed.json": RemovedDocument,
    }
    schemas = {name: model.model_json_schema() for name, model in models.items()}
    told = "`entities/regions.yml`: the regions by id; together they are the world, without overlap or gap."
    named = {"title": "RegionsDocument", "description": told, "additionalProperties": False}
    schemas["regions.json"] = {**named, **REGIONS.json_schema()}
    pins = "`content/<notice>/translations.yml`: by language and section, the source section that it translates."
    schemas["translations.json"] = {"title": "TranslationsDocument", "description": pins, **PINS.json_schema()}
    return {name: {"$schema": DRAFT, **schema} for name, schema in sorted(schemas.items())}
