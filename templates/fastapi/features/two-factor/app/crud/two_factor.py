"""Queries on second factors. Whether a code is used up is decided by one statement."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import RecoveryCode, TwoFactor


async def get(session: AsyncSession, *, owner_id: UUID) -> TwoFactor | None:
    return await session.scalar(select(TwoFactor).where(TwoFactor.owner_id == owner_id))


async def add(session: AsyncSession, two_factor: TwoFactor) -> None:
    session.add(two_factor)
    await session.flush()


async def use_step(session: AsyncSession, step: int, *, owner_id: UUID) -> bool:
    """Use up a step and all before it; False when that was done already."""
    used = await session.scalar(
        update(TwoFactor)
        .where(
            TwoFactor.owner_id == owner_id,
            or_(TwoFactor.last_step.is_(None), TwoFactor.last_step < step),
        )
        .values(last_step=step)
        .returning(TwoFactor.id)
    )
    return used is not None


async def use_recovery_code(session: AsyncSession, code_hash: str, *, owner_id: UUID) -> bool:
    used = await session.scalar(
        delete(RecoveryCode)
        .where(RecoveryCode.owner_id == owner_id, RecoveryCode.code_hash == code_hash)
        .returning(RecoveryCode.id)
    )
    return used is not None


async def count_recovery_codes(session: AsyncSession, *, owner_id: UUID) -> int:
    left = select(func.count()).where(RecoveryCode.owner_id == owner_id)
    return await session.scalar(left) or 0


async def replace_recovery_codes(
    session: AsyncSession, hashes: Iterable[str], *, owner_id: UUID, now: datetime
) -> None:
    """Write a new set; whatever is left of the old one goes."""
    await remove_recovery_codes(session, owner_id=owner_id)
    session.add_all(
        RecoveryCode(owner_id=owner_id, code_hash=code_hash, created_at=now) for code_hash in hashes
    )
    await session.flush()


async def remove_recovery_codes(session: AsyncSession, *, owner_id: UUID) -> None:
    await session.execute(delete(RecoveryCode).where(RecoveryCode.owner_id == owner_id))


async def remove(session: AsyncSession, two_factor: TwoFactor) -> None:
    await remove_recovery_codes(session, owner_id=two_factor.owner_id)
    await session.delete(two_factor)
    await session.flush()
