"""All rows of one person, found through the models themselves: no list that somebody forgets."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import inspect, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.redaction import is_secret_name
from app.models.base import PRIVATE, Base
from app.models.encrypted import Ciphertext, Encrypted

OWNER = "owner_id"


async def get_owned(session: AsyncSession, *, owner_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """Return what belongs to a person, by table, oldest first."""
    owned: dict[str, list[dict[str, Any]]] = {}
    for model in _owned_models():
        columns = inspect(model).columns
        mine = select(model).where(columns[OWNER] == owner_id).order_by(*columns["id"].base_columns)
        rows = await session.scalars(mine)
        owned[model.__tablename__] = [to_dict(row) for row in rows]
    return owned


def to_dict(row: Base) -> dict[str, Any]:
    """Return the values of a row that its owner may see, decrypted."""
    model = type(row)
    plain = {name: getattr(row, name) for name in _shown_columns(model)}
    return plain | {name: getattr(row, name) for name in _encrypted(model)}


def _owned_models() -> Iterator[type[Base]]:
    for mapper in sorted(Base.registry.mappers, key=lambda mapped: mapped.class_.__tablename__):
        if OWNER in mapper.columns:
            yield mapper.class_


def _shown_columns(model: type[Base]) -> Iterator[str]:
    indexes = {field.index for field in _encrypted(model).values()}
    for name, column in inspect(model).columns.items():
        # The name is a second net, for whoever forgets to mark a column.
        is_private = column.info == PRIVATE or is_secret_name(name)
        if not (is_private or isinstance(column.type, Ciphertext) or name in {OWNER, *indexes}):
            yield name


def _encrypted(model: type[Base]) -> Mapping[str, Encrypted]:
    return {name: value for name, value in vars(model).items() if isinstance(value, Encrypted)}
