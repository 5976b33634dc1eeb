"""What each connection is told, and what happens when the server ends it."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine

from app.config import Settings
from app.db import postgres, sqlite
from app.db.engine import POOL_SIZE, create_engine
from app.db.session import reading

# Before the tests get more time than the program has.
PRAGMAS, LIMITS = sqlite.PRAGMAS, postgres.SESSION_LIMITS


@pytest.fixture
async def engine(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[AsyncEngine]:
    monkeypatch.setattr(sqlite, "PRAGMAS", PRAGMAS)
    monkeypatch.setattr(postgres, "SESSION_LIMITS", LIMITS)
    engine = create_engine(settings)
    yield engine
    await engine.dispose()


async def test_a_connection_that_the_server_closed_is_replaced(
    engine: AsyncEngine, database_url: str
) -> None:
    """ERR-06: after a restart of the database no request has to fail first."""
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no server")
    async with reading(engine) as connection:
        pid = await connection.scalar(text("SELECT pg_backend_pid()"))
    other = await asyncpg.connect(database_url)
    await other.execute("SELECT pg_terminate_backend($1)", pid)
    await other.close()
    await asyncio.sleep(0.1)

    async with reading(engine) as connection:
        assert await connection.scalar(text("SELECT pg_backend_pid()")) != pid


async def test_a_burst_opens_each_connection_once(engine: AsyncEngine) -> None:
    """A pool that closes what is more than usual opens it again for the next request."""
    opened: list[object] = []
    event.listen(engine.sync_engine, "connect", lambda connection, _: opened.append(connection))

    async def read(all_are_here: asyncio.Barrier) -> None:
        async with reading(engine):
            await all_are_here.wait()

    for _ in range(2):
        all_are_here = asyncio.Barrier(POOL_SIZE)
        await asyncio.gather(*(read(all_are_here) for _ in range(POOL_SIZE)))

    assert len(opened) == POOL_SIZE == 10


async def test_sqlite_is_told_to_be_strict(engine: AsyncEngine) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL needs no telling")
    wanted = {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 5000, "trusted_schema": 0}

    async with reading(engine) as connection:
        told = {name: await connection.scalar(text(f"PRAGMA {name}")) for name in wanted}

    assert told == wanted


async def test_postgres_limits_every_session(engine: AsyncEngine) -> None:
    """DOS-07."""
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite has a busy timeout only")
    wanted = {"statement_timeout": "5s", "lock_timeout": "2s"}
    wanted["idle_in_transaction_session_timeout"] = "10s"

    async with reading(engine) as connection:
        told = {name: await connection.scalar(text(f"SHOW {name}")) for name in wanted}

    assert told == wanted
