"""Queries on API keys. They are found by their hash; the keys are not stored."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, RowMapping, bindparam, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.crud.pagination import Order, PageRequest, Slice, fetch_page
from app.crud.session import ACCOUNT
from app.models import ApiKey, User

NEWEST_FIRST = (Order(ApiKey.created_at, descending=True), Order(ApiKey.id, descending=True))

# Made once: it runs for every request that shows a key.
_PRESENTED = (
    select(*ACCOUNT, ApiKey.id.label("key_id"), ApiKey.scopes, ApiKey.last_used_at)
    .join(ApiKey, ApiKey.owner_id == User.id)
    .where(
        ApiKey.key_hash == bindparam("key_hash"),
        ApiKey.expires_at > bindparam("now"),
        User.is_active,
    )
)


def match_presented(connection: Connection, *, key_hash: str, now: datetime) -> RowMapping | None:
    """Load a live key and whose it is by one indexed query."""
    values = {"key_hash": key_hash, "now": now}
    return connection.execute(_PRESENTED, values).mappings().one_or_none()


async def get_page(session: AsyncSession, *, owner_id: UUID, page: PageRequest) -> Slice[ApiKey]:
    own = select(ApiKey).where(ApiKey.owner_id == owner_id)
    return await fetch_page(session, own, NEWEST_FIRST, page)


async def count(session: AsyncSession, *, owner_id: UUID) -> int:
    own = select(func.count()).select_from(ApiKey).where(ApiKey.owner_id == owner_id)
    return await session.scalar(own) or 0


async def add(session: AsyncSession, key: ApiKey) -> ApiKey:
    session.add(key)
    await session.flush()
    return key


async def remove(session: AsyncSession, key_id: UUID, *, owner_id: UUID) -> bool:
    """Delete one key; False when there was none."""
    own = delete(ApiKey).where(ApiKey.id == key_id, ApiKey.owner_id == owner_id)
    return await session.scalar(own.returning(ApiKey.id)) is not None


async def remove_all(session: AsyncSession, *, owner_id: UUID) -> None:
    await session.execute(delete(ApiKey).where(ApiKey.owner_id == owner_id))


async def mark_used(
    session: AsyncSession, key_id: UUID, *, now: datetime, unless_since: datetime
) -> None:
    """Write down a use, unless another worker has done so a moment ago."""
    stale = or_(ApiKey.last_used_at.is_(None), ApiKey.last_used_at <= unless_since)
    await session.execute(update(ApiKey).where(ApiKey.id == key_id, stale).values(last_used_at=now))
