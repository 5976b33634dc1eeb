"""Numbers: the range of each type of column, and how a query may spell them."""

import re
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainSerializer

LONGEST_NUMBER = 19
# Every number of so many digits survives the way through a float and back.
EXACT_FLOAT_DIGITS = 15

_INTEGER = re.compile(r"-?\d{1,19}", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,40}(?:\.\d{1,40})?", re.ASCII)
_FLOAT = re.compile(r"-?\d{1,40}(?:\.\d{1,40})?(?:[eE][+-]?\d{1,3})?", re.ASCII)


def _read_digits(value: object) -> object:
    """Take a number from a query only as plain digits: not 1e3, 1_000, +1 or Arabic ones."""
    if isinstance(value, str):
        if not (value.isascii() and value.isdigit() and len(value) <= LONGEST_NUMBER):
            raise ValueError("is not a number of plain digits")
        return int(value)
    return value


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


# The ranges of the column types: PostgreSQL's integer and bigint.
Int32 = Annotated[int, Field(ge=-(2**31), le=2**31 - 1)]
Int64 = Annotated[int, Field(ge=-(2**63), le=2**63 - 1)]
Float = Annotated[float, Field(allow_inf_nan=False)]

Exact = Annotated[Decimal, Field(strict=False), BeforeValidator(_read_decimal)]
"""A number without rounding; ``Annotated[Exact, Field(max_digits=..., decimal_places=...)]``."""

ExactOut = Annotated[Decimal, PlainSerializer(lambda value: format(value, "f"), return_type=str)]
"""In an answer: all digits, as a client may send them back, and no exponent."""

# A query has texts only; a strict model would refuse them all.
QueryInt = Annotated[int, BeforeValidator(_read_digits)]
QueryInt32 = Annotated[Int32, BeforeValidator(_read_integer)]
QueryInt64 = Annotated[Int64, BeforeValidator(_read_integer)]
QueryFloat = Annotated[Float, BeforeValidator(_read_float)]
