"""One question to the driver's thread for each statement, with nothing lost by that."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from app.db import sqlite
from app.db.sqlite_driver import ROWS_AT_ONCE, Connection

MANY = 2 * ROWS_AT_ONCE + 500
COUNT = text(
    f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY})"
    "SELECT i FROM n"
)


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    engine = create_async_engine(
        f"sqlite+aiosqlite:///{tmp_path}/a.db", connect_args=sqlite.CONNECT_ARGS
    )
    sqlite.install(engine.sync_engine)
    yield engine
    await engine.dispose()


async def test_a_statement_is_one_question(
    engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    ask = Connection.ask

    async def count(self: Connection, call: Callable[..., None], *arguments: object) -> None:
        asked.append(call)
        await ask(self, call, *arguments)

    async with engine.execution_options(**sqlite.READING).connect() as connection:
        await connection.execute(text("SELECT 1"))
        monkeypatch.setattr(Connection, "ask", count)
        assert (await connection.execute(text("SELECT 2"))).all() == [(2,)]

    assert len(asked) == 1


async def test_a_large_result_is_complete(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        numbers = (await connection.scalars(COUNT)).all()

    assert numbers == list(range(1, MANY + 1))


async def test_a_result_can_be_read_piece_by_piece(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        streamed = await connection.stream_scalars(COUNT)
        pieces = [piece async for piece in streamed.partitions(700)]
        await connection.rollback()

    assert [len(piece) for piece in pieces] == [700, 700, 700, 400]
    assert [number for piece in pieces for number in piece] == list(range(1, MANY + 1))


async def test_the_number_of_changed_rows_is_known(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE t (i INTEGER)"))
        await connection.execute(text("INSERT INTO t VALUES (:i)"), [{"i": 1}, {"i": 2}, {"i": 3}])
        changed = await connection.execute(text("UPDATE t SET i = 0 WHERE i > 1"))
        returned = await connection.execute(text("DELETE FROM t WHERE i = 0 RETURNING i"))

    assert changed.rowcount == 2
    assert returned.all() == [(0,), (0,)]


async def test_what_has_begun_is_rolled_back(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE t (i INTEGER)"))
    async with engine.connect() as connection:
        await connection.execute(text("INSERT INTO t VALUES (1)"))

    async with engine.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM t")) == 0


async def test_an_error_leaves_the_connection_usable(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        for _ in range(3):
            with pytest.raises(Exception, match="no such table"):
                await connection.execute(text("SELECT * FROM missing"))
        assert await connection.scalar(text("SELECT 1")) == 1
