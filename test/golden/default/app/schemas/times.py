"""Dates and times, in ISO 8601 alone."""

import re
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field

from app.core.constants import TIMESTAMP_MAX_LENGTH

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _require_date(value: object) -> object:
    # Pydantic would also take seconds since 1970, and a time at midnight.
    if isinstance(value, str) and _DATE.fullmatch(value):
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError("is not a date in ISO 8601")


def _require_timestamp(value: object) -> object:
    # Pydantic would also take seconds since 1970, which 1e20 turns into an error elsewhere.
    if isinstance(value, str) and len(value) <= TIMESTAMP_MAX_LENGTH and "t" in value.lower():
        return value
    if isinstance(value, datetime):
        return value
    raise ValueError("is not a date and time in ISO 8601")


def _to_utc(value: datetime) -> datetime:
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError("is out of range in UTC") from None


Date = Annotated[date, Field(strict=False), BeforeValidator(_require_date)]
UTCTime = Annotated[
    AwareDatetime, Field(strict=False), BeforeValidator(_require_timestamp), AfterValidator(_to_utc)
]
"""A date and time with its zone, as text; it is stored in UTC."""
