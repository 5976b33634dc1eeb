"""Queries on the mails that wait."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.mail_kinds import MailKind
from app.models import OutgoingMail


async def add(session: AsyncSession, mail: OutgoingMail) -> None:
    session.add(mail)
    await session.flush()


async def is_waiting(session: AsyncSession, kind: MailKind, *, owner_id: UUID) -> bool:
    found = exists().where(OutgoingMail.owner_id == owner_id, OutgoingMail.kind == kind)
    return bool(await session.scalar(select(found)))


async def claim(session: AsyncSession, now: datetime) -> OutgoingMail | None:
    """Lock the mail that waits longest; workers pass over what another one holds.

    SQLite knows no SKIP LOCKED: there the unit of work has begun as the only writer.
    """
    return await session.scalar(
        select(OutgoingMail)
        .where(OutgoingMail.due_at <= now)
        .order_by(OutgoingMail.due_at, OutgoingMail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


async def fetch(session: AsyncSession, mail_id: UUID) -> OutgoingMail | None:
    return await session.get(OutgoingMail, mail_id)


async def remove(session: AsyncSession, mail_id: UUID) -> None:
    await session.execute(delete(OutgoingMail).where(OutgoingMail.id == mail_id))


async def remove_before(session: AsyncSession, moment: datetime) -> Sequence[UUID]:
    """Delete what waits since before a moment; pass over what is being claimed."""
    old = select(OutgoingMail.id).where(OutgoingMail.created_at < moment)
    removed = delete(OutgoingMail).where(OutgoingMail.id.in_(old.with_for_update(skip_locked=True)))
    return (await session.scalars(removed.returning(OutgoingMail.id))).all()


async def make_due(session: AsyncSession, now: datetime, *, idle_since: datetime) -> None:
    """Do not wait for the next attempt, but leave alone what is being sent at this moment."""
    idle = update(OutgoingMail).where(OutgoingMail.updated_at < idle_since)
    await session.execute(idle.values(due_at=now))


async def tally(session: AsyncSession) -> tuple[int, int, datetime | None]:
    """Return how many wait, how many of them have failed before, and since when the oldest."""
    failed = func.count().filter(OutgoingMail.attempts > 0)
    columns = select(func.count(), failed, func.min(OutgoingMail.created_at))
    waiting, failing, oldest = (await session.execute(columns.select_from(OutgoingMail))).one()
    return waiting, failing, oldest
