"""Encrypted columns: plain text on the model, ciphertext in the table.

A column type alone cannot do it. It sees a value, but not the row that the value belongs to::

    phone_ciphertext: Mapped[str | None] = mapped_column("phone", Ciphertext)
    phone = Encrypted("phone_ciphertext")

With ``index="phone_index"``, a second text column, ``Model.phone.matches(value)`` finds rows by
equality. There is no order and no part of a value to search by.
"""

from typing import Any, Self, overload
from uuid import UUID

from sqlalchemy import ColumnElement, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from app.core.encryption import VERSION, key_ring, open_field, seal_field


class Ciphertext(TypeDecorator[str]):
    """Text that was sealed; anything else is refused before it reaches the table in clear."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is not None and not value.startswith(f"{VERSION}."):
            raise ValueError("only sealed text may be stored here")
        return value


class Encrypted:
    """The plain text of a ``Ciphertext`` column, sealed when set and opened when read."""

    def __init__(self, ciphertext: str, index: str | None = None) -> None:
        self.ciphertext = ciphertext
        self.index = index

    def __set_name__(self, owner: type[DeclarativeBase], name: str) -> None:
        self._owner = owner
        self.column = f"{owner.__tablename__}.{name}"

    @overload
    def __get__(self, row: None, owner: type[Any]) -> Self: ...
    @overload
    def __get__(self, row: DeclarativeBase, owner: type[Any]) -> str | None: ...
    def __get__(self, row: DeclarativeBase | None, owner: type[Any]) -> Self | str | None:
        if row is None:
            return self
        return open_field(self.column, _row_id(row), getattr(row, self.ciphertext))

    def __set__(self, row: DeclarativeBase, text: str | None) -> None:
        setattr(row, self.ciphertext, seal_field(self.column, _row_id(row), text))
        if self.index is not None:
            setattr(row, self.index, self.indexed(text))

    def indexed(self, text: str | None) -> str | None:
        return None if text is None else key_ring().blind_index(self.column, text)

    def matches(self, text: str) -> ColumnElement[bool]:
        """Say "equals" in a query. Normalise the text as it was before it was stored."""
        if self.index is None:
            raise TypeError(f"{self.column} has no blind index")
        column: ColumnElement[str] = getattr(self._owner, self.index)
        return column.in_(key_ring().blind_indexes(self.column, text))


def _row_id(row: DeclarativeBase) -> UUID:
    row_id: UUID | None = getattr(row, "id", None)
    if row_id is None:
        raise ValueError("a row needs its id before an encrypted value can be bound to it")
    return row_id
