"""Queries on audit events. There is none that changes or deletes one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from app.core.audit_chain import Entry
from app.core.constants import AuditEvent, Outcome
from app.crud.pagination import Order, PageRequest, Slice, fetch_page
from app.models.audit import AuditHead, AuditRecord

HEAD_ID = 1


@dataclass(frozen=True, slots=True)
class Filters:
    event: AuditEvent | None = None
    actor_id: UUID | None = None
    outcome: Outcome | None = None
    since: datetime | None = None
    until: datetime | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Say which rows; ``since`` is included, ``until`` is not, so that spans join up."""
        equal = {
            AuditRecord.event: self.event,
            AuditRecord.actor_id: self.actor_id,
            AuditRecord.outcome: self.outcome,
        }
        wanted = [column == value for column, value in equal.items() if value is not None]
        if self.since is not None:
            wanted.append(AuditRecord.created_at >= self.since)
        if self.until is not None:
            wanted.append(AuditRecord.created_at < self.until)
        return wanted


async def lock_head(session: AsyncSession) -> tuple[int, str]:
    """Return the last number and MAC; whoever comes next waits until this one has committed.

    SQLite knows no FOR UPDATE: there the unit of work has begun as the only writer.
    """
    head = select(AuditHead.seq, AuditHead.row_mac).where(AuditHead.id == HEAD_ID)
    seq, row_mac = (await session.execute(head.with_for_update())).one()
    return seq, row_mac


async def append(session: AsyncSession, entry: Entry, mac: str, head_mac: str) -> None:
    # Not dataclasses.asdict, which would copy the details once more.
    values = {name: getattr(entry, name) for name in Entry.__slots__}
    await session.execute(insert(AuditRecord).values(mac=mac, **values))
    moved = update(AuditHead).where(AuditHead.id == HEAD_ID)
    await session.execute(moved.values(seq=entry.seq, row_mac=mac, mac=head_mac))


async def is_recorded(
    session: AsyncSession, event: AuditEvent, target: str, since: datetime
) -> bool:
    found = exists().where(
        AuditRecord.target == target, AuditRecord.event == event, AuditRecord.created_at >= since
    )
    return bool(await session.scalar(select(found)))


async def get_page(
    session: AsyncSession, filters: Filters, page: PageRequest
) -> Slice[AuditRecord]:
    statement = select(AuditRecord).where(*filters.conditions())
    return await fetch_page(session, statement, [Order(AuditRecord.seq, descending=True)], page)


async def get_about(
    session: AsyncSession, *, user_id: UUID, newest: int, limit: int
) -> Sequence[AuditRecord]:
    """Return what a person did and what was done to them, newest first, from a number on."""
    about = (AuditRecord.actor_id == user_id) | (AuditRecord.target == str(user_id))
    statement = select(AuditRecord).where(about, AuditRecord.seq <= newest)
    return (await session.scalars(statement.order_by(AuditRecord.seq.desc()).limit(limit))).all()


async def get_head(connection: AsyncConnection) -> tuple[int, str, str] | None:
    statement = select(AuditHead.seq, AuditHead.row_mac, AuditHead.mac)
    row = (await connection.execute(statement.where(AuditHead.id == HEAD_ID))).one_or_none()
    return None if row is None else (row.seq, row.row_mac, row.mac)


async def get_batch(
    connection: AsyncConnection, after: int, limit: int
) -> Sequence[tuple[Entry, str]]:
    """Return the rows that follow a number, in the order of the chain."""
    columns = [getattr(AuditRecord, name) for name in Entry.__slots__]
    statement = select(*columns, AuditRecord.mac).where(AuditRecord.seq > after)
    rows = await connection.execute(statement.order_by(AuditRecord.seq).limit(limit))
    return [(Entry(*row[:-1]), row[-1]) for row in rows]
