"""A statement that is given up or refused leaves no lock, and lets nobody wait for one."""

import asyncio
import gc
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.db.sqlite_driver import Connection, connect


@pytest.fixture
async def writer(tmp_path: Path) -> AsyncIterator[Connection]:
    connection = await open_file(tmp_path)
    yield connection
    await connection.close()


async def open_file(folder: Path) -> Connection:
    connection = connect(f"{folder}/a.db", isolation_level=None, check_same_thread=False)
    await connection
    return connection


async def run(connection: Connection, statement: str) -> None:
    cursor = await connection.cursor()
    await cursor.execute(statement)


async def test_a_cancelled_begin_leaves_no_lock(writer: Connection, tmp_path: Path) -> None:
    """DOS-06: the thread goes on with what nobody waits for any more."""
    await run(writer, "BEGIN IMMEDIATE")
    other = await open_file(tmp_path)
    waiting = asyncio.create_task(run(other, "BEGIN IMMEDIATE"))
    await asyncio.sleep(0.1)
    waiting.cancel()
    ended = asyncio.create_task(other.rollback())
    await asyncio.sleep(0.1)

    await writer.rollback()
    await ended
    await asyncio.sleep(0.5)

    assert not other.in_transaction
    await other.close()


async def test_the_loop_frees_no_refused_statement(writer: Connection, tmp_path: Path) -> None:
    """It would wait for its connection, and that for a lock whose owner waits for the loop."""
    await run(writer, "CREATE TABLE t (i INTEGER PRIMARY KEY)")
    await run(writer, "INSERT INTO t VALUES (1)")
    other = await open_file(tmp_path)
    with pytest.raises(sqlite3.IntegrityError) as refused:
        await run(other, "INSERT INTO t VALUES (1)")
    await run(writer, "BEGIN IMMEDIATE")
    waiting = asyncio.create_task(run(other, "BEGIN IMMEDIATE"))
    await asyncio.sleep(0.1)

    del refused
    gc.collect()
    await writer.rollback()

    await waiting
    await other.close()
