"""What the shapes of outputs are made of."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, WithJsonSchema

# The pattern says what `format` may leave unsaid: many validators do not look at it.
_INSTANT = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$"
Instant = Annotated[AwareDatetime, WithJsonSchema({"type": "string", "format": "date-time", "pattern": _INSTANT})]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
VersionId = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}(\.\d+)?$")]
SitePath = Annotated[str, Field(description="relative to the root of the site, without a leading slash")]
Url = Annotated[str, Field(description="absolute where the site's own address is known")]
SchemaLink = Annotated[str | None, Field(alias="$schema")]
EntryKind = Literal["version", "correction", "translation-added", "withdrawn"]


class Output(BaseModel):
    """An object with at least these keys; a trailing underscore only keeps Python's own words apart."""

    model_config = ConfigDict(frozen=True, alias_generator=lambda name: name.rstrip("_"))
