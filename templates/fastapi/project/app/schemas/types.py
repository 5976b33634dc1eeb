"""What fields are made of beside numbers and times: each type with the bounds of its column."""

import json
import re
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, HttpUrl, JsonValue, TypeAdapter

from app.schemas.base import InputId
from app.schemas.texts import TEXT_MAX_LENGTH, compose, harmless

URL_MAX_LENGTH = 2048
SECRET_MAX_LENGTH = 1_000
JSON_MAX_BYTES = 16_384
IDS_MAX_LENGTH = 100
_TRUTH = {"true": True, "false": False}
_HTML = Field(json_schema_extra={"contentMediaType": "text/html"})
_urls = TypeAdapter(HttpUrl)


def _read_truth(value: object) -> object:
    if isinstance(value, str):
        if value not in _TRUTH:
            raise ValueError("is neither true nor false")
        return _TRUTH[value]
    return value


def _web_address(text: str) -> str:
    """Return the one spelling of an address; a browser would skip blanks and tabs inside it."""
    if re.search(r"[\x00-\x20\x7f\\]", text):
        raise ValueError("is not a web address")
    address = _urls.validate_python(text)
    if address.username is not None or address.password is not None:
        raise ValueError("must not hold a user name or a password")
    if len(str(address)) > URL_MAX_LENGTH:
        raise ValueError("is too long")
    return str(address)


def _bounded_json(value: JsonValue) -> JsonValue:
    if value is None:
        raise ValueError("cannot be null")
    if len(json.dumps(value, ensure_ascii=False).encode()) > JSON_MAX_BYTES:
        raise ValueError(f"is larger than {JSON_MAX_BYTES} bytes")
    return value


def _without_repetition(ids: list[UUID]) -> list[UUID]:
    if len(set(ids)) < len(ids):
        raise ValueError("names a row twice")
    return ids


Composed = Annotated[str, BeforeValidator(compose)]
"""For what is unique: an accent that is typed apart from its letter makes no other value."""

Text = Annotated[str, Field(max_length=TEXT_MAX_LENGTH)]
Html = Annotated[str, Field(max_length=TEXT_MAX_LENGTH), _HTML, BeforeValidator(harmless)]
Secret = Annotated[str, Field(min_length=1, max_length=SECRET_MAX_LENGTH)]
"""For an encrypted column."""

Url = Annotated[
    str,
    Field(min_length=1, max_length=URL_MAX_LENGTH, json_schema_extra={"format": "uri"}),
    AfterValidator(_web_address),
]
"""http or https, and nothing that a script or a file hides in."""

Json = Annotated[JsonValue, AfterValidator(_bounded_json)]
Ids = Annotated[
    list[InputId], Field(max_length=IDS_MAX_LENGTH), AfterValidator(_without_repetition)
]

# A query has texts only; a strict model would refuse them all.
QueryBool = Annotated[bool, BeforeValidator(_read_truth)]
