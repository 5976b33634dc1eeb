"""What each connection is told, and what happens when the server ends it."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from app.config import Settings
from app.db.session import create_engine, reading


@pytest.fixture
async def engine(settings: Settings) -> AsyncIterator[AsyncEngine]:
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
