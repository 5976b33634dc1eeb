"""SQLite as a development database that behaves like the real one."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from app.db.sqlite_driver import connect

# Execution options: a transaction that means to write, and statements without a transaction.
WRITING: dict[str, Any] = {"writing": True}
READING: dict[str, Any] = {"reading": True}

CONNECT_ARGS: dict[str, Any] = {"async_creator_fn": connect}

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
    # Functions and virtual tables named in a tampered schema are not run.
    "PRAGMA trusted_schema=OFF",
)


def install(engine: Engine) -> None:
    event.listen(engine, "do_connect", _create_private_file)
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)


def _create_private_file(
    _: Dialect, __: ConnectionPoolEntry, args: list[Any], ___: dict[str, Any]
) -> None:
    file = Path(args[0])
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # SQLite gives its -wal and -shm files the mode of the database. An existing file is not even
    # opened: closing it again would drop the locks that this process holds on it, and then
    # another process may damage it (sqlite.org/howtocorrupt.html, 2.2).
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _configure(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # The driver would begin on its own, too late for a consistent read. See _begin.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("reading"):
        return
    # A transaction that reads first and writes later fails when another one wrote in between,
    # without waiting. Whoever means to write queues for the lock at the start.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writing") else "BEGIN")
