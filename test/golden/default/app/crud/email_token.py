"""Queries on mailed tokens, which are known by their digest only."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.mail_kinds import TokenPurpose
from app.models import EmailToken

Purposes = Sequence[TokenPurpose]


class Taken(NamedTuple):
    purpose: TokenPurpose
    email: str
    password_digest: str


async def replace(session: AsyncSession, token: EmailToken) -> None:
    """Store a token in the place of the one before it, which is void. Lock the account first."""
    same = (EmailToken.owner_id == token.owner_id, EmailToken.purpose == token.purpose)
    await session.execute(delete(EmailToken).where(*same))
    session.add(token)
    await session.flush()


async def owner_of(
    session: AsyncSession, purposes: Purposes, token_hash: str, now: datetime
) -> UUID | None:
    usable = _usable(purposes, token_hash, now)
    return await session.scalar(select(EmailToken.owner_id).where(*usable))


async def take(
    session: AsyncSession, purposes: Purposes, token_hash: str, now: datetime
) -> Taken | None:
    """Use a token up: of parallel attempts only one gets it. Lock the account first."""
    used = delete(EmailToken).where(*_usable(purposes, token_hash, now))
    found = used.returning(EmailToken.purpose, EmailToken.email, EmailToken.password_digest)
    row = (await session.execute(found)).one_or_none()
    return None if row is None else Taken(TokenPurpose(row[0]), row[1], row[2])


async def is_recent(
    session: AsyncSession, purpose: TokenPurpose, since: datetime, *, owner_id: UUID
) -> bool:
    found = exists().where(
        EmailToken.owner_id == owner_id,
        EmailToken.purpose == purpose,
        EmailToken.created_at > since,
    )
    return bool(await session.scalar(select(found)))


async def remove_all(session: AsyncSession, *, owner_id: UUID) -> None:
    await session.execute(delete(EmailToken).where(EmailToken.owner_id == owner_id))


async def remove_expired(session: AsyncSession, now: datetime) -> None:
    """Pass over what somebody else holds: then no two transactions wait for each other."""
    expired = select(EmailToken.id).where(EmailToken.expires_at <= now)
    unlocked = expired.with_for_update(skip_locked=True)
    await session.execute(delete(EmailToken).where(EmailToken.id.in_(unlocked)))


def _usable(purposes: Purposes, token_hash: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        EmailToken.token_hash == token_hash,
        EmailToken.purpose.in_(purposes),
        EmailToken.expires_at > now,
    )
