"""Queries on how much somebody has stored."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import User
from app.models.base import DELETED, Record


async def lock_owner(session: AsyncSession, *, owner_id: UUID) -> None:
    """Let one request at a time count and add; others of the same person wait for the commit."""
    await session.execute(
        select(User.id).where(User.id == owner_id).with_for_update(key_share=True)
    )


async def count_owned(session: AsyncSession, model: type[Record], *, owner_id: UUID) -> int:
    """Count the rows that are there for their owner, not those that are deleted and kept."""
    table = model.metadata.tables[model.__tablename__]
    columns = table.columns
    mine = select(func.count()).select_from(table).where(columns["owner_id"] == owner_id)
    if DELETED in columns:
        mine = mine.where(columns[DELETED].is_(None))
    return await session.scalar(mine) or 0
