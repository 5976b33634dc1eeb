"""Queries on confirmed addresses."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import VerifiedEmail


async def is_verified(session: AsyncSession, email: str, *, owner_id: UUID) -> bool:
    found = exists().where(VerifiedEmail.owner_id == owner_id, VerifiedEmail.email == email)
    return bool(await session.scalar(select(found)))


async def replace(session: AsyncSession, email: str, *, owner_id: UUID, now: datetime) -> None:
    """Note the address in the place of the one before. Lock the account first."""
    await session.execute(delete(VerifiedEmail).where(VerifiedEmail.owner_id == owner_id))
    session.add(VerifiedEmail(owner_id=owner_id, email=email, verified_at=now))
    await session.flush()
