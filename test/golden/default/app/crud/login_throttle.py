"""Queries on the counters of failed sign-ins."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import and_, delete, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import LoginThrottle

# SQLAlchemy has ON CONFLICT only in the dialects, under one name with one interface.
_INSERTS: dict[str, Callable[[type[LoginThrottle]], sqlite.Insert | postgresql.Insert]] = {
    "postgresql": postgresql.insert,
    "sqlite": sqlite.insert,
}


async def get(session: AsyncSession, key: str) -> LoginThrottle | None:
    # As it is stored now: others count while we look.
    return await session.get(LoginThrottle, key, populate_existing=True)


async def count(session: AsyncSession, key: str, *, now: datetime, most: int) -> int | None:
    """Count one more attempt and return the total; None when none is allowed at the moment.

    One statement: of parallel attempts each gets its own number, and none slips past a block.
    """
    insert = _INSERTS[session.get_bind().dialect.name]
    may_try = or_(LoginThrottle.blocked_until.is_(None), LoginThrottle.blocked_until <= now)
    return await session.scalar(
        insert(LoginThrottle)
        .values(key=key, failures=1, failed_at=now)
        .on_conflict_do_update(
            index_elements=[LoginThrottle.key],
            set_={"failures": LoginThrottle.failures + 1, "failed_at": now},
            where=and_(may_try, LoginThrottle.failures < most),
        )
        .returning(LoginThrottle.failures)
    )


async def carry_over(session: AsyncSession, key: str, earlier: Sequence[str]) -> None:
    """Go on with a counter that was kept under an earlier key, unless one of today is there."""
    insert = _INSERTS[session.get_bind().dialect.name]
    table = LoginThrottle
    kept = (
        select(literal(key), table.failures, table.failed_at, table.blocked_until)
        .where(table.key.in_(earlier))
        .order_by(table.failures.desc())
        .limit(1)
    )
    columns = ["key", "failures", "failed_at", "blocked_until"]
    await session.execute(insert(table).from_select(columns, kept).on_conflict_do_nothing())


async def block(session: AsyncSession, key: str, until: datetime) -> None:
    await session.execute(
        update(LoginThrottle).where(LoginThrottle.key == key).values(blocked_until=until)
    )


async def clear(session: AsyncSession, keys: Sequence[str]) -> None:
    await session.execute(delete(LoginThrottle).where(LoginThrottle.key.in_(keys)))


async def remove_before(session: AsyncSession, moment: datetime) -> int:
    stale = delete(LoginThrottle).where(LoginThrottle.failed_at < moment)
    return len((await session.scalars(stale.returning(LoginThrottle.key))).all())
