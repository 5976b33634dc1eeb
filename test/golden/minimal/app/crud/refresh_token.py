"""Queries on refresh tokens. They are found by their hash; the tokens are not stored."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.crud.session_life import LifeLimits, live
from app.models import RefreshToken, Session, User


@dataclass(frozen=True, slots=True)
class Presented:
    """A token that somebody sent, with the session that it belongs to and its user."""

    token: RefreshToken
    session: Session
    user: User


def get_session_id(connection: Connection, *, token_hash: str) -> UUID | None:
    """Return the session of a token without a lock: for counting, not for deciding."""
    of_token = select(RefreshToken.session_id).where(RefreshToken.token_hash == token_hash)
    return connection.scalar(of_token)


async def find(session: AsyncSession, token_hash: str) -> Presented | None:
    """Load token, session and user, whether the session is alive or not."""
    return await _load(session, RefreshToken.token_hash == token_hash)


async def find_live(session: AsyncSession, token_hash: str, limits: LifeLimits) -> Presented | None:
    """Load token, session and user, where the session is alive; the token may be used."""
    return await _load(session, RefreshToken.token_hash == token_hash, live(limits))


async def _load(session: AsyncSession, *conditions: ColumnElement[bool]) -> Presented | None:
    """Lock the session's row until the transaction ends.

    Refreshes of one session take turns there, and wait for whoever ends the session.
    """
    found = await session.execute(
        select(RefreshToken, Session, User)
        .join(Session, Session.id == RefreshToken.session_id)
        .join(User, User.id == Session.user_id)
        .where(*conditions)
        .with_for_update(of=Session)
    )
    row = found.one_or_none()
    return None if row is None else Presented(*row)


async def add(session: AsyncSession, token: RefreshToken) -> RefreshToken:
    session.add(token)
    await session.flush()
    return token


async def use(session: AsyncSession, token_id: UUID, now: datetime) -> bool:
    """Mark as used; False when somebody else was first. Reading before would let two win."""
    used = await session.scalar(
        update(RefreshToken)
        .where(RefreshToken.id == token_id, RefreshToken.used_at.is_(None))
        .values(used_at=now)
        .returning(RefreshToken.id)
        .execution_options(synchronize_session=False)
    )
    return used is not None


async def used_at(session: AsyncSession, token_id: UUID) -> datetime | None:
    return await session.scalar(select(RefreshToken.used_at).where(RefreshToken.id == token_id))


async def retire(session: AsyncSession, token_hash: str, now: datetime) -> None:
    await session.execute(
        update(RefreshToken)
        .where(RefreshToken.token_hash == token_hash, RefreshToken.used_at.is_(None))
        .values(used_at=now)
    )


async def remove_expired(session: AsyncSession, now: datetime) -> int:
    dead = delete(RefreshToken).where(RefreshToken.expires_at <= now)
    return len((await session.scalars(dead.returning(RefreshToken.id))).all())
