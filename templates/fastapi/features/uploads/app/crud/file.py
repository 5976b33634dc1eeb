"""Queries on files. Every one that a person asks for names the owner."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.crud.pagination import Order, PageRequest, Slice, fetch_page
from app.models import File

NEWEST_FIRST = (Order(File.created_at, descending=True), Order(File.id, descending=True))


async def get(session: AsyncSession, file_id: UUID, *, owner_id: UUID) -> File | None:
    return await session.scalar(select(File).where(File.id == file_id, File.owner_id == owner_id))


async def get_page(session: AsyncSession, *, owner_id: UUID, page: PageRequest) -> Slice[File]:
    mine = select(File).where(File.owner_id == owner_id)
    return await fetch_page(session, mine, NEWEST_FIRST, page)


async def get_usage(session: AsyncSession, *, owner_id: UUID) -> tuple[int, int]:
    """Return how many files somebody has, and their bytes."""
    used = select(func.count(), func.coalesce(func.sum(File.size), 0))
    count, size = (await session.execute(used.where(File.owner_id == owner_id))).one()
    return int(count), int(size)


async def get_keys(session: AsyncSession, *, owner_id: UUID) -> Sequence[str]:
    return (await session.scalars(select(File.storage_key).where(File.owner_id == owner_id))).all()


async def add(session: AsyncSession, file: File) -> File:
    session.add(file)
    await session.flush()
    return file


async def remove(session: AsyncSession, file_id: UUID, *, owner_id: UUID) -> str | None:
    """Delete a row and return what its content is stored under; None when there is none.

    One statement: of two deletions at once, one finds nothing.
    """
    mine = delete(File).where(File.id == file_id, File.owner_id == owner_id)
    return await session.scalar(mine.returning(File.storage_key))


async def known_keys(session: AsyncSession, keys: Collection[str]) -> set[str]:
    """Return which of the names in the storage belong to a row, whoever's it is."""
    known = select(File.storage_key).where(File.storage_key.in_(keys))
    return set((await session.scalars(known)).all())
