"""Keyset pagination: a page starts after a row, not after a number of rows.

A page costs the same wherever it is, and rows that come or go in between are neither
repeated nor skipped. The order must end with a unique column.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, UnaryExpression, and_, false, literal, or_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from app.core.errors import InvalidRequest
from app.utils.cursor import Value, decode_cursor, encode_cursor

T = TypeVar("T")


class InvalidCursor(InvalidRequest):
    code = "invalid_cursor"
    detail = "The cursor does not belong to this list."


@dataclass(frozen=True, slots=True)
class PageRequest:
    """How much of a list is wanted, and from where; made by ``app.api.deps``."""

    limit: int
    cursor: str | None
    caller_id: UUID | None
    keys: Sequence[bytes]
    """The first seals cursors; one that an earlier key has sealed goes on (CONF-06)."""
    query: str = ""
    """The rest of what was asked for: a cursor is good for the same filters only."""


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """A page of rows, and where the next one begins."""

    items: Sequence[T]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Order:
    """One column of an order, such as ``Order(Note.created_at, descending=True)``."""

    column: InstrumentedAttribute[Any]
    descending: bool = False

    @property
    def is_nullable(self) -> bool:
        return bool(self.column.property.columns[0].nullable)

    def expression(self) -> UnaryExpression[Any]:
        ordered = self.column.desc() if self.descending else self.column.asc()
        # The databases disagree on where nulls go. Elsewhere the words would hide the index.
        return ordered.nulls_last() if self.is_nullable else ordered

    def equals(self, value: Value) -> ColumnElement[bool]:
        return self.column.is_(None) if value is None else self.column == value

    def follows(self, value: Value) -> ColumnElement[bool]:
        """Tell whether a row comes after the value in this column alone."""
        if value is None:
            return false()
        # Python's own true and false have no order in SQL; a parameter of the column's type has.
        bound = literal(value, self.column.type)
        beyond = self.column < bound if self.descending else self.column > bound
        return or_(beyond, self.column.is_(None)) if self.is_nullable else beyond


async def fetch_page(
    session: AsyncSession, statement: Select[T], order: Sequence[Order], page: PageRequest
) -> Slice[T]:
    """Run one statement for a page."""
    scope = _scope(order, page)
    if page.cursor is not None:
        statement = statement.where(_after(order, _position(order, scope, page)))
    ordered = statement.order_by(*(part.expression() for part in order))
    # One row more than asked for tells whether there is a next page.
    rows = (await session.scalars(ordered.limit(page.limit + 1))).all()
    if len(rows) <= page.limit:
        return Slice(rows, next_cursor=None)
    rows = rows[: page.limit]
    values = [getattr(rows[-1], part.column.key) for part in order]
    return Slice(rows, encode_cursor(page.keys[0], scope, values))


def _scope(order: Sequence[Order], page: PageRequest) -> str:
    columns = [f"{part.column}:{part.descending}" for part in order]
    return " ".join([str(page.caller_id), *columns, page.query])


def _position(order: Sequence[Order], scope: str, page: PageRequest) -> list[Value]:
    try:
        position = decode_cursor(page.keys, scope, page.cursor or "")
    except ValueError:
        raise InvalidCursor from None
    if len(position) != len(order):
        raise InvalidCursor
    return position


def _after(order: Sequence[Order], position: Sequence[Value]) -> ColumnElement[bool]:
    """Say "after this row" for columns of mixed direction, of which some may be null."""
    pairs = list(zip(order, position, strict=True))
    steps = [
        and_(*(earlier.equals(known) for earlier, known in pairs[:depth]), part.follows(value))
        for depth, (part, value) in enumerate(pairs)
    ]
    first, value = pairs[0]
    # Implied by the rest, but an index understands only this.
    bound = or_(first.equals(value), first.follows(value))
    return and_(bound, or_(*steps))
