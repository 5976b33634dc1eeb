"""How units of work and reads share the database. Each test has a database of its own."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from app.config import Settings
from app.core.errors import Conflict, InvalidCredentials
from app.db.engine import create_engine
from app.db.session import Sessions, create_sessions, read_session, reading
from app.db.session import unit_of_work as unit
from app.models import LoginThrottle
from app.utils.helpers import utc_now


@pytest.fixture
async def engine(settings: Settings) -> AsyncIterator[AsyncEngine]:
    engine = create_engine(settings)
    yield engine
    await engine.dispose()


@pytest.fixture
def sessions(engine: AsyncEngine, settings: Settings) -> Sessions:
    return create_sessions(engine, settings)


def row(key: str) -> LoginThrottle:
    return LoginThrottle(key=key, failures=1, failed_at=utc_now())


async def count(engine: AsyncEngine) -> int:
    async with reading(engine) as connection:
        return int(await connection.scalar(text("SELECT count(*) FROM login_throttles")) or 0)


async def write_and_fail(sessions: Sessions, error: type[Exception]) -> None:
    async with unit(sessions) as session:
        session.add(row("one"))
        await session.flush()
        raise error


@pytest.mark.parametrize(("error", "rows"), [(InvalidCredentials, 1), (Conflict, 0)])
async def test_an_error_says_whether_its_writes_survive(
    engine: AsyncEngine, sessions: Sessions, error: type[Exception], rows: int
) -> None:
    with pytest.raises(error):
        await write_and_fail(sessions, error)

    assert await count(engine) == rows


async def test_readers_do_not_wait_for_a_writer(engine: AsyncEngine, sessions: Sessions) -> None:
    async with unit(sessions) as session:
        session.add(row("one"))
        await session.flush()
        assert await asyncio.wait_for(count(engine), 30) == 0

    assert await count(engine) == 1


async def test_writers_that_read_first_queue_instead_of_failing(sessions: Sessions) -> None:
    """A deferred transaction would end with "database is locked" here, on SQLite."""

    async def read_then_write(key: str) -> None:
        async with unit(sessions) as session:
            await session.execute(text("SELECT count(*) FROM login_throttles"))
            await asyncio.sleep(0.01)
            session.add(row(key))

    await asyncio.gather(*(read_then_write(f"key {number}") for number in range(10)))


async def test_a_reading_session_refuses_to_write(engine: AsyncEngine) -> None:
    """What it wrote would be lost without a word."""
    async with read_session(engine) as session:
        session.add(row("one"))
        with pytest.raises(RuntimeError):
            await session.flush()
    async with read_session(engine) as session:
        with pytest.raises(RuntimeError):
            await session.execute(text("DELETE FROM login_throttles"))

    assert await count(engine) == 0


async def test_a_connection_is_as_it_was_after_a_read(
    engine: AsyncEngine, sessions: Sessions
) -> None:
    """A pooled connection that forgot its transactions would commit a refused request."""
    for _ in range(12):
        await count(engine)
    with pytest.raises(Conflict):
        await write_and_fail(sessions, Conflict)

    assert await count(engine) == 0


async def test_the_pool_is_whole_after_cancelled_requests(
    engine: AsyncEngine, sessions: Sessions
) -> None:
    """DOS-06: clients that hang up take no connection with them."""

    async def slow() -> None:
        async with unit(sessions) as session:
            await session.execute(text("SELECT count(*) FROM login_throttles"))
            await asyncio.sleep(10)

    for _ in range(15):
        task = asyncio.create_task(slow())
        await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    assert await asyncio.wait_for(count(engine), 30) == 0
