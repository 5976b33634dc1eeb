"""Decimal numbers that stay exact, in every database."""

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from sqlalchemy import BigInteger, Numeric, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

# What fits into 64 bits, whatever the digits are.
BIGINT_DIGITS = 18
# The usual context rounds to 28 digits.
UNROUNDED = Context(prec=80)


class ExactDecimal(TypeDecorator[Decimal]):
    """NUMERIC, which SQLite would turn into a float: there it is a count of the smallest unit.

    With more digits than an integer has, the count is written as text of one length, moved up
    so that none is negative: its order is the order of the numbers.
    """

    impl = Numeric
    cache_ok = True

    def __init__(self, precision: int, scale: int) -> None:
        super().__init__(precision, scale)
        self.precision = precision
        self.scale = scale

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name != "sqlite":
            return dialect.type_descriptor(Numeric(self.precision, self.scale))
        small = self.precision <= BIGINT_DIGITS
        return dialect.type_descriptor(BigInteger() if small else String(self.precision + 1))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        # As PostgreSQL rounds. To cut off would keep 1.99 of 1.999 here and 2.00 there.
        units = int(value.scaleb(self.scale, UNROUNDED).to_integral_value(ROUND_HALF_UP))
        if self.precision <= BIGINT_DIGITS:
            return units
        return str(units + 10**self.precision).zfill(self.precision + 1)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        units = int(value)
        if self.precision > BIGINT_DIGITS:
            units -= 10**self.precision
        return Decimal(units).scaleb(-self.scale, UNROUNDED)
