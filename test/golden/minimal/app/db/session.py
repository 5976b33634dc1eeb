"""Sessions and transactions. This is the only module that commits."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, async_sessionmaker
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.util import greenlet_spawn

from app.core.errors import AppError
from app.db import postgres, sqlite
from app.db.settings import DatabaseSettings

Sessions = async_sessionmaker[AsyncSession]
T = TypeVar("T")
_readers: WeakKeyDictionary[AsyncEngine, AsyncEngine] = WeakKeyDictionary()


def create_sessions(engine: AsyncEngine, settings: DatabaseSettings) -> Sessions:
    return async_sessionmaker(
        engine.execution_options(**sqlite.WRITING),
        expire_on_commit=False,
        # For what is written with a key, such as the MACs of audit events.
        info={"settings": settings},
    )


@asynccontextmanager
async def unit_of_work(sessions: Sessions) -> AsyncIterator[AsyncSession]:
    """One transaction: committed at the end, rolled back by an error.

    An error that ``keeps_writes`` commits before it travels on, so that a refused login
    still counts and a revoked token family stays revoked.
    """
    async with sessions() as session:
        try:
            yield session
        except AppError as error:
            if error.keeps_writes:
                await session.commit()
            raise
        await session.commit()


@asynccontextmanager
async def reading(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """One connection for single SELECTs: no transaction around them, two round trips less.

    Each statement sees what is committed when it runs, and never waits for a writer.
    """
    async with _reader(engine).connect() as connection:
        yield connection


async def read_at_once(engine: AsyncEngine, query: Callable[[Connection], T]) -> T:
    """``reading`` for the query that every request makes: one switch to the driver, not four."""
    reader = _reader(engine).sync_engine

    def run() -> T:
        with reader.connect() as connection:
            return query(connection)

    return await greenlet_spawn(run)


@asynccontextmanager
async def read_session(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    """``reading`` for entities. A write through it is a bug, and raises."""
    async with AsyncSession(_reader(engine), sync_session_class=ReadOnlySession) as session:
        yield session


class ReadOnlySession(Session):
    """Nothing written here would be committed, so it is refused instead of lost."""


@event.listens_for(ReadOnlySession, "before_flush")
def _refuse_flush(*_: object) -> None:
    raise RuntimeError("this session only reads; write in a unit_of_work")


@event.listens_for(ReadOnlySession, "do_orm_execute")
def _refuse_statement(state: ORMExecuteState) -> None:
    if not state.is_select:
        raise RuntimeError("this session only reads; write in a unit_of_work")


def _reader(engine: AsyncEngine) -> AsyncEngine:
    """Return the same pool without transactions; made once, since that costs like a query."""
    reader = _readers.get(engine)
    if reader is None:
        options = sqlite.READING if engine.dialect.name == "sqlite" else postgres.READING
        _readers[engine] = reader = engine.execution_options(**options)
    return reader
