"""References between rows, found through the models themselves."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Column, Table, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.crud.conflicts import StillReferenced
from app.models.base import DELETED, Record

R = TypeVar("R", bound=Record)
OWNER = "owner_id"


async def get_own(
    session: AsyncSession, model: type[R], ids: Collection[UUID], *, owner_id: UUID
) -> Sequence[R]:
    """Return those of the rows that somebody may refer to, kept as they are until the commit.

    Their own where rows have an owner, any where they have none, and none that is deleted.
    """
    columns = model.metadata.tables[model.__tablename__].columns
    wanted = select(model).where(columns["id"].in_(ids)).order_by(columns["id"])
    if OWNER in columns:
        wanted = wanted.where(columns[OWNER] == owner_id)
    if DELETED in columns:
        wanted = wanted.where(columns[DELETED].is_(None))
    return (await session.scalars(wanted.with_for_update(read=True, of=model))).all()


async def detach(session: AsyncSession, row: Record) -> None:
    """Do what the foreign keys would do if the row went: empty them, or refuse."""
    for table, column in _referring(row.__tablename__):
        refers = column == row.id
        if column.primary_key:
            # A link between two rows goes with either of them.
            await session.execute(delete(table).where(refers))
        elif column.nullable:
            await session.execute(update(table).where(refers).values({column: None}))
        else:
            await _refuse_if_any(session, table, refers)


async def _refuse_if_any(session: AsyncSession, table: Table, refers: Any) -> None:
    if DELETED in table.columns:
        refers &= table.columns[DELETED].is_(None)
    if await session.scalar(select(exists().where(refers))):
        raise StillReferenced


def _referring(name: str) -> Iterator[tuple[Table, Column[Any]]]:
    for table in Record.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == name:
                yield table, key.parent
