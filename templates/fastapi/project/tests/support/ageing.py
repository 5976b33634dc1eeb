"""Makes stored things older, since the application's clock cannot be moved."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update

from app.models import LoginThrottle, RefreshToken, Session
from app.models.base import Base
from tests.support.inspector import Inspector


async def age_sessions(database: Inspector, by: timedelta) -> None:
    """Move every sign-in into the past, with all that was true of it."""
    await shift(database, Session, ("created_at", "last_used_at", "expires_at"), by)
    await age_tokens(database, by)


async def age_tokens(database: Inspector, by: timedelta) -> None:
    await shift(database, RefreshToken, ("created_at", "expires_at", "used_at"), by)


async def age_throttles(database: Inspector, by: timedelta) -> None:
    await shift(database, LoginThrottle, ("failed_at", "blocked_until"), by)


async def shift(
    database: Inspector, model: type[Base], names: tuple[str, ...], by: timedelta
) -> None:
    """Move the named times of every row of a table into the past."""
    table = model.__table__
    key: ColumnElement[object] = next(iter(table.primary_key))
    columns = [table.c[name] for name in names]
    for row in await database.rows(select(key, *columns)):
        old: dict[str, datetime | None] = dict(zip(names, row[1:], strict=True))
        times = {name: at - by for name, at in old.items() if at is not None}
        if times:
            await database.execute(update(model).where(key == row[0]).values(times))
