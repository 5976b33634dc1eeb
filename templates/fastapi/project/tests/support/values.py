"""Values that differ from each other as much as their type lets them."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

Create = Callable[..., Awaitable[dict[str, Any]]]
"""What stores a row for somebody and returns it as it was answered."""

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def without_database(create: Create) -> Create:
    """Let it be called like those that have to look into the database."""

    async def create_alone(person: Any, _: object) -> dict[str, Any]:
        return await create(person)

    return create_alone


def text_of(number: int, length: int) -> str:
    """Write a number in so many letters and digits; those that follow each other differ."""
    text = ""
    while number and len(text) < length:
        number, digit = divmod(number, len(DIGITS))
        text = DIGITS[digit] + text
    return text or DIGITS[0]


def decimal_of(number: int, digits: int, places: int) -> str:
    return format(Decimal(number % 10**digits).scaleb(-places), "f")


def day_of(number: int) -> str:
    return (date(2026, 1, 1) + timedelta(days=number)).isoformat()


def moment_of(number: int) -> str:
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number)
    return moment.isoformat().replace("+00:00", "Z")
