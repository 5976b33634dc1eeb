"""Queries on users. A person is named by id, by address or by user name; the rules are above."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.constants import Role
from app.crud.pagination import Order, PageRequest, Slice, fetch_page
from app.models import User

NEWEST_FIRST = (Order(User.created_at, descending=True), Order(User.id, descending=True))


async def get(session: AsyncSession, user_id: UUID) -> User | None:
    return await session.get(User, user_id)


async def get_locked(session: AsyncSession, user_id: UUID) -> User | None:
    """Read the row and keep others from changing it until the transaction ends."""
    locked = select(User).where(User.id == user_id).with_for_update()
    # As it is stored now, also where this session has read the row before.
    return await session.scalar(locked.execution_options(populate_existing=True))


async def get_by_name(session: AsyncSession, name: str) -> User | None:
    """Find by a ``sign_in_name``: one statement of one cost, whatever kind of name it is."""
    return await session.scalar(
        select(User).where(or_(User.email == name, User.username_key == name))
    )


async def has_email(session: AsyncSession, email: str, *, except_id: UUID | None = None) -> bool:
    found = await session.scalar(select(User.id).where(User.email == email))
    return found not in (None, except_id)


async def has_username(session: AsyncSession, key: str, *, except_id: UUID | None = None) -> bool:
    found = await session.scalar(select(User.id).where(User.username_key == key))
    return found not in (None, except_id)


async def get_page(session: AsyncSession, page: PageRequest) -> Slice[User]:
    return await fetch_page(session, select(User), NEWEST_FIRST, page)


async def lock_active_admins(session: AsyncSession) -> Sequence[UUID]:
    """Return the administrators that can sign in, kept as they are until the transaction ends."""
    return (
        await session.scalars(
            select(User.id)
            .where(User.role == Role.ADMIN, User.is_active)
            # In one order, so that two requests wait for each other and never in a circle.
            .order_by(User.id)
            .with_for_update()
        )
    ).all()


async def add(session: AsyncSession, user: User) -> bool:
    """Write a new user; False when somebody else has the address or the name.

    Inside a savepoint: only the unique constraints decide between parallel requests, and the
    transaction has to survive their no.
    """
    try:
        async with session.begin_nested():
            session.add(user)
    except IntegrityError:
        return False
    return True


async def change(session: AsyncSession, user: User, changes: Mapping[str, str]) -> bool:
    """Write changes of address or name; False when somebody else has them. See ``add``."""
    try:
        async with session.begin_nested():
            for name, value in changes.items():
                setattr(user, name, value)
    except IntegrityError:
        return False
    return True


async def remove(session: AsyncSession, user: User) -> None:
    await session.delete(user)
    await session.flush()
