"""The query that keeps connections honest: which sign-ins of their users are alive."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.crud.session_life import LifeLimits, live
from app.models import Session, User


async def get_live(
    connection: AsyncConnection, user_ids: Iterable[UUID], limits: LifeLimits
) -> dict[UUID, set[UUID]]:
    """Return the live sessions by user; who is inactive or gone has none."""
    found: dict[UUID, set[UUID]] = {user_id: set() for user_id in user_ids}
    rows = await connection.execute(
        select(Session.user_id, Session.id)
        .join(User, User.id == Session.user_id)
        .where(Session.user_id.in_(found), live(limits))
    )
    for user_id, session_id in rows:
        found[user_id].add(session_id)
    return found
