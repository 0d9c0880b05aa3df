"""The shape of what a site's owners set about its look."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from noticepress.documents.parts import Document, key, maybe
from noticepress.values import Color, LocaleTag, Word


def _named(told: str) -> Any:  # noqa: ANN401 - see parts.key
    """A colour that may be left out. It is no colour but an empty text then: a key without a value is a mistake."""
    return Field(default="", description=told)


class SchemeDocument(Document):
    """The colours of a scheme."""

    accent: Color = _named("Links, and what is chosen; what is derived from it follows.")
    paper: Color = _named("The ground of pages.")
    tint: Color = _named("The ground of code and of what stands apart.")
    ink: Color = _named("Words.")
    quiet: Color = _named("Words that stand back: labels, dates.")
    line: Color = _named("Lines between parts.")


class ColorsDocument(SchemeDocument):
    """The colours of the light scheme, and of the dark one where they are not derived."""

    dark: SchemeDocument = Field(default_factory=SchemeDocument, description="The same for the dark scheme.")


class LogoDocument(Document):
    """A logo for each scheme: files of the site, SVG or PNG."""

    light: Word = key("The file for light grounds, such as brand/logo.svg.")
    dark: Word | None = maybe("The file for dark grounds; the same where it is left out.")


def _take_light(value: object) -> object:
    return {"light": value} if isinstance(value, str) else value


_LOGO_SCHEMA = {"anyOf": [{"type": "string"}, LogoDocument.model_json_schema()]}


class LookDocument(Document):
    """Colours, logo and words of a site's own."""

    colors: ColorsDocument = Field(default_factory=ColorsDocument, description="Colours, by what they are for.")
    logo: Annotated[LogoDocument, BeforeValidator(_take_light), WithJsonSchema(_LOGO_SCHEMA)] | None = maybe(
        "A picture before the name of the site: an SVG or PNG file of the site."
    )
    words: dict[LocaleTag, dict[Word, Word]] = Field(
        default={}, description="Words of the interface in place of ours, by language and by the English message."
    )
