"""Queries on requests that may be repeated. Every one on a single request names its user."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import IdempotencyKey
from app.utils.helpers import new_id

# SQLAlchemy has ON CONFLICT only in the dialects, under one name with one interface.
_INSERTS: dict[str, Callable[[type[IdempotencyKey]], sqlite.Insert | postgresql.Insert]] = {
    "postgresql": postgresql.insert,
    "sqlite": sqlite.insert,
}


async def claim(
    session: AsyncSession, *, user_id: UUID, key: str, fingerprint: str, now: datetime
) -> bool:
    """Take a key; False when it is taken. Whoever comes second waits for the first to commit."""
    insert = _INSERTS[session.get_bind().dialect.name]
    taken = (
        insert(IdempotencyKey)
        .values(id=new_id(), created_at=now, user_id=user_id, key=key, fingerprint=fingerprint)
        .on_conflict_do_nothing(index_elements=["user_id", "key"])
        .returning(IdempotencyKey.id)
    )
    return await session.scalar(taken) is not None


async def get(session: AsyncSession, *, user_id: UUID, key: str) -> IdempotencyKey | None:
    return await session.scalar(
        select(IdempotencyKey).where(IdempotencyKey.user_id == user_id, IdempotencyKey.key == key)
    )


async def remove_key(session: AsyncSession, *, user_id: UUID, key: str, before: datetime) -> None:
    """Forget a key that is too old to be meant again."""
    await session.execute(
        delete(IdempotencyKey).where(
            IdempotencyKey.user_id == user_id,
            IdempotencyKey.key == key,
            IdempotencyKey.created_at < before,
        )
    )


async def remove_before(session: AsyncSession, moment: datetime) -> int:
    """Delete the keys of everybody that are older; return how many."""
    old = delete(IdempotencyKey).where(IdempotencyKey.created_at < moment)
    return len((await session.scalars(old.returning(IdempotencyKey.id))).all())
