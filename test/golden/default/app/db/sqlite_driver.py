"""aiosqlite that asks its thread once for a statement, and survives a cancelled request.

aiosqlite hands every call to a thread, and SQLAlchemy makes five of them for one query: open a
cursor, run, fetch, close, roll back. Each costs more than most queries do. And what was cancelled
goes on in the thread: what it began would keep its lock, unless the rollback waits for it.
"""

import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import closing
from itertools import islice
from typing import Any, Self

import aiosqlite
from aiosqlite.context import Result

# How many rows an iteration takes at a time of those that are fetched already.
ROWS_AT_ONCE = 1_000


def connect(database: str, **options: Any) -> "Connection":
    return Connection(lambda: sqlite3.connect(database, **options))


class Connection(aiosqlite.Connection):
    """Opens cursors without asking the thread, and rolls nothing back where nothing has begun."""

    def __init__(self, open_database: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(open_database, iter_chunk_size=ROWS_AT_ONCE)
        # The thread must not keep the program alive.
        self._thread.daemon = True
        # The library leaves it without types.
        self._in_thread: Callable[..., Awaitable[None]] = self._execute
        self._is_settled = True

    def cursor(self) -> Result[aiosqlite.Cursor]:
        return Result(self._new_cursor())

    async def _new_cursor(self) -> aiosqlite.Cursor:
        return Cursor(self, self._conn.cursor())

    async def rollback(self) -> None:
        # What was cancelled goes on in the thread, and may yet begin a transaction.
        if self.in_transaction or not self._is_settled:
            await super().rollback()
            self._is_settled = True

    async def ask(self, call: Callable[..., None], *arguments: object) -> None:
        """Have the thread do something, and see the end of it."""
        self._is_settled = False
        try:
            await self._in_thread(call, *arguments)
        except sqlite3.Error:
            self._is_settled = True
            raise
        self._is_settled = True


class Cursor(aiosqlite.Cursor):
    """Runs a statement and fetches all it finds in one go.

    What SQLite holds for the statement is freed in the thread. Freed by the event loop it would
    wait there for what the thread does next: perhaps for a lock that only the loop can release.
    """

    def __init__(self, connection: Connection, cursor: sqlite3.Cursor) -> None:
        super().__init__(connection, cursor)
        self._connection = connection
        self._rows: Iterator[sqlite3.Row] = iter(())

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> Self:
        await self._connection.ask(self._run, sqlite3.Cursor.execute, sql, parameters or ())
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> Self:
        await self._connection.ask(self._run, sqlite3.Cursor.executemany, sql, parameters)
        return self

    async def fetchall(self) -> list[sqlite3.Row]:
        return list(self._rows)

    async def fetchmany(self, size: int | None = None) -> list[sqlite3.Row]:
        return list(islice(self._rows, size or self.arraysize))

    async def fetchone(self) -> sqlite3.Row | None:
        return next(self._rows, None)

    async def close(self) -> None:
        self._rows = iter(())

    def _run(self, run: Callable[..., sqlite3.Cursor], sql: str, parameters: Iterable[Any]) -> None:
        self._cursor = self._cursor.connection.cursor()
        with closing(self._cursor) as cursor:
            run(cursor, sql, parameters)
            self._rows = iter(cursor.fetchall())
