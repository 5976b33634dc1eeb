"""All rows of one person, found through the models themselves: no list that somebody forgets."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, inspect, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.secret_shapes import is_secret_name
from app.models.base import PRIVATE, Base
from app.models.encrypted import Ciphertext, Encrypted

OWNER = "owner_id"
ID = "id"


def owned_models() -> Iterator[type[Base]]:
    """Return every table that has an owner, by name."""
    for mapper in sorted(Base.registry.mappers, key=lambda mapped: mapped.class_.__tablename__):
        if OWNER in mapper.columns:
            yield mapper.class_


async def get_batch(
    session: AsyncSession, *, model: type[Base], owner_id: UUID, after: UUID | None, limit: int
) -> Sequence[Base]:
    """Return rows of a person that follow a row of theirs, oldest first."""
    columns = inspect(model).columns
    mine = select(model).where(columns[OWNER] == owner_id)
    if after is not None:
        mine = mine.where(columns[ID] > after)
    return (await session.scalars(mine.order_by(columns[ID]).limit(limit))).all()


def id_of(row: Base) -> UUID:
    found: UUID = getattr(row, ID)
    return found


def to_dict(row: Base) -> dict[str, Any]:
    """Return the values of a row that its owner may see, decrypted."""
    model = type(row)
    plain = {name: getattr(row, name) for name in _shown_columns(model)}
    return plain | {name: getattr(row, name) for name in _shown_encrypted(model)}


def _shown_columns(model: type[Base]) -> Iterator[str]:
    indexes = {field.index for field in _encrypted(model).values()}
    for name, column in inspect(model).columns.items():
        is_sealed = isinstance(column.type, Ciphertext)
        if not (_is_private(name, column) or is_sealed or name in {OWNER, *indexes}):
            yield name


def _shown_encrypted(model: type[Base]) -> Iterator[str]:
    columns = inspect(model).columns
    for name, field in _encrypted(model).items():
        if not _is_private(name, columns[field.ciphertext]):
            yield name


def _is_private(name: str, column: ColumnElement[Any]) -> bool:
    # The name is a second net, for whoever forgets to mark a column.
    return column.info == PRIVATE or is_secret_name(name)


def _encrypted(model: type[Base]) -> Mapping[str, Encrypted]:
    return {name: value for name, value in vars(model).items() if isinstance(value, Encrypted)}
