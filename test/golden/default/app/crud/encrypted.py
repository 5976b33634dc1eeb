"""Queries on encrypted columns, for the rotation of keys."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import inspect, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models.base import Base
from app.models.encrypted import Encrypted

Sealed = tuple[UUID, str]


def encrypted_fields() -> Iterator[tuple[type[Base], Encrypted]]:
    """Find every encrypted field through the models, so that rotation forgets none."""
    for mapper in sorted(Base.registry.mappers, key=lambda mapped: mapped.class_.__name__):
        for value in vars(mapper.class_).values():
            if isinstance(value, Encrypted):
                yield mapper.class_, value


async def get_outdated(
    session: AsyncSession,
    field: tuple[type[Base], Encrypted],
    *,
    prefix: str,
    after: UUID | None,
    limit: int,
) -> Sequence[Sealed]:
    """Lock and return the next rows whose value does not begin with the current key's id."""
    model, encrypted = field
    columns = inspect(model).columns
    row_id, sealed = columns["id"], columns[encrypted.ciphertext]
    outdated = (
        select(row_id, sealed)
        .where(sealed.is_not(None), sealed.not_like(f"{_literal(prefix)}%", escape="\\"))
        .order_by(row_id)
        .limit(limit)
        .with_for_update()
    )
    if after is not None:
        outdated = outdated.where(row_id > after)
    return [(found[0], found[1]) for found in await session.execute(outdated)]


async def replace(
    session: AsyncSession, model: type[Base], row_id: UUID, values: Mapping[str, Any]
) -> None:
    """Store other ciphertext of the same plain text: the row does not count as changed."""
    columns = inspect(model).columns
    unchanged = {"updated_at": columns["updated_at"]} if "updated_at" in columns else {}
    changed = update(model).where(columns["id"] == row_id).values({**values, **unchanged})
    await session.execute(changed, execution_options={"synchronize_session": False})


def _literal(text: str) -> str:
    """Take LIKE's wildcards for what they are; an id of a key may hold an underscore."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
