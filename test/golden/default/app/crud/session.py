"""Queries on sessions. Every one names the user, so none can end a stranger's session."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, RowMapping, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.crud.pagination import Order, PageRequest, Slice, fetch_page
from app.crud.session_life import LIVE, LifeLimits, live
from app.models import RefreshToken, Session, User

NEWEST_FIRST = (Order(Session.created_at, descending=True), Order(Session.id, descending=True))

# What a ``Caller`` holds of the account, whatever they have shown.
ACCOUNT = (
    User.id.label("user_id"),
    User.email,
    User.username,
    User.role,
    User.is_active,
    User.created_at,
    User.updated_at,
    User.phone_ciphertext.label("phone_ciphertext"),
)
_LIVE_CALLER = (
    select(
        *ACCOUNT,
        Session.id.label("session_id"),
        Session.created_at.label("signed_in_at"),
    )
    .join(Session, Session.user_id == User.id)
    .where(LIVE)
)
# Made once: it runs for every request that is signed in.
_CALLER = _LIVE_CALLER.where(Session.id == bindparam("session_id"), User.id == bindparam("user_id"))
_HOLDER = _LIVE_CALLER.join(RefreshToken, RefreshToken.session_id == Session.id).where(
    RefreshToken.token_hash == bindparam("token_hash"),
    RefreshToken.used_at.is_(None),
    RefreshToken.expires_at > bindparam("now"),
)


def get_caller(
    connection: Connection, *, user_id: UUID, session_id: UUID, limits: LifeLimits
) -> RowMapping | None:
    """Load session and user by one indexed query, as columns: entities cost three times more."""
    values = {"user_id": user_id, "session_id": session_id, **limits}
    return connection.execute(_CALLER, values).mappings().one_or_none()


def get_holder(connection: Connection, *, token_hash: str, limits: LifeLimits) -> RowMapping | None:
    """Load who holds a refresh token that may still be used; nothing is locked, nor changed."""
    values = {"token_hash": token_hash, **limits}
    return connection.execute(_HOLDER, values).mappings().one_or_none()


async def get_page(
    session: AsyncSession, *, owner_id: UUID, limits: LifeLimits, page: PageRequest
) -> Slice[Session]:
    mine = (
        select(Session)
        .join(User, User.id == Session.user_id)
        .where(Session.user_id == owner_id, live(limits))
    )
    return await fetch_page(session, mine, NEWEST_FIRST, page)


async def get_all(session: AsyncSession, *, owner_id: UUID) -> Sequence[Session]:
    """Return every row that is kept, of ended sessions too."""
    kept = select(Session).where(Session.user_id == owner_id).order_by(Session.created_at.desc())
    return (await session.scalars(kept)).all()


async def add(session: AsyncSession, opened: Session) -> Session:
    session.add(opened)
    await session.flush()
    return opened


async def revoke(session: AsyncSession, opened_id: UUID, *, owner_id: UUID, now: datetime) -> bool:
    """End one session; False when there was none to end."""
    ended = await session.scalar(
        update(Session)
        .where(
            Session.id == opened_id,
            Session.user_id == owner_id,
            Session.revoked_at.is_(None),
            Session.expires_at > now,
        )
        .values(revoked_at=now)
        .returning(Session.id)
    )
    return ended is not None


async def revoke_all(
    session: AsyncSession, *, owner_id: UUID, now: datetime, except_id: UUID | None = None
) -> int:
    """End the sessions of a user, all but one where one may stay; return how many."""
    ended = update(Session).where(Session.user_id == owner_id, Session.revoked_at.is_(None))
    if except_id is not None:
        ended = ended.where(Session.id != except_id)
    return len((await session.scalars(ended.values(revoked_at=now).returning(Session.id))).all())


async def keep_newest(
    session: AsyncSession, *, owner_id: UUID, count: int, limits: LifeLimits
) -> None:
    """Delete the dead sessions of a user, and the oldest live ones beyond a number."""
    newest = (
        select(Session.id)
        .join(User, User.id == Session.user_id)
        .where(Session.user_id == owner_id, live(limits))
        .order_by(Session.created_at.desc(), Session.id.desc())
        .limit(count)
    )
    await session.execute(
        delete(Session).where(Session.user_id == owner_id, Session.id.not_in(newest))
    )


async def remove_dead(session: AsyncSession, limits: LifeLimits) -> int:
    """Delete what no request can use any more, of all users; return how many."""
    alive = select(Session.id).join(User, User.id == Session.user_id).where(live(limits))
    dead = delete(Session).where(Session.id.not_in(alive))
    return len((await session.scalars(dead.returning(Session.id))).all())
