"""What fields are made of: each type with the bounds of its column, in bodies and in queries."""

import json
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    HttpUrl,
    JsonValue,
    PlainSerializer,
    TypeAdapter,
)

from app.schemas.base import InputId, Int32, Int64
from app.schemas.texts import TEXT_MAX_LENGTH, compose, harmless

URL_MAX_LENGTH = 2048
SECRET_MAX_LENGTH = 1_000
JSON_MAX_BYTES = 16_384
IDS_MAX_LENGTH = 100
# Every number of so many digits survives the way through a float and back.
EXACT_FLOAT_DIGITS = 15

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INTEGER = re.compile(r"-?\d{1,19}", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,40}(?:\.\d{1,40})?", re.ASCII)
_FLOAT = re.compile(r"-?\d{1,40}(?:\.\d{1,40})?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_TRUTH = {"true": True, "false": False}
_HTML = Field(json_schema_extra={"contentMediaType": "text/html"})
_urls = TypeAdapter(HttpUrl)


def _require_date(value: object) -> object:
    # Pydantic would also take seconds since 1970, and a time at midnight.
    if isinstance(value, str) and _DATE.fullmatch(value):
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError("is not a date in ISO 8601")


def _read_decimal(value: object) -> Decimal:
    if isinstance(value, Decimal) or (isinstance(value, str) and _DECIMAL.fullmatch(value)):
        return Decimal(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, float):
        number = Decimal(repr(value))
        if len(number.as_tuple().digits) <= EXACT_FLOAT_DIGITS:
            return number
        raise ValueError("has too many digits for a JSON number; send it as text")
    raise ValueError("is not a decimal number")


def _read_integer(value: object) -> object:
    if isinstance(value, str):
        if not _INTEGER.fullmatch(value):
            raise ValueError("is not a number of plain digits")
        return int(value)
    return value


def _read_float(value: object) -> object:
    if isinstance(value, str):
        if not _FLOAT.fullmatch(value):
            raise ValueError("is not a number")
        return float(value)
    return value


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

Float = Annotated[float, Field(allow_inf_nan=False)]
Exact = Annotated[Decimal, Field(strict=False), BeforeValidator(_read_decimal)]
"""A number without rounding; ``Annotated[Exact, Field(max_digits=..., decimal_places=...)]``."""

ExactOut = Annotated[Decimal, PlainSerializer(lambda value: format(value, "f"), return_type=str)]
"""In an answer: all digits, as a client may send them back, and no exponent."""

Date = Annotated[date, Field(strict=False), BeforeValidator(_require_date)]
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
QueryInt32 = Annotated[Int32, BeforeValidator(_read_integer)]
QueryInt64 = Annotated[Int64, BeforeValidator(_read_integer)]
QueryFloat = Annotated[Float, BeforeValidator(_read_float)]
QueryBool = Annotated[bool, BeforeValidator(_read_truth)]
