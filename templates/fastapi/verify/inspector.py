"""A second connection to the project's databases, for `create-secure-api verify`.

Reads one request a line from stdin, as JSON, and answers each with one line on stdout. It runs on
the libraries that the project has installed, and on nothing of the project itself.
"""

import asyncio
import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import bcrypt
from argon2 import PasswordHasher
from sqlalchemy import URL, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from tables import OPERATIONS, Values, matching, reflect

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
engines: dict[str, AsyncEngine] = {}
locks: dict[int, AsyncConnection] = {}


def engine_of(url: str) -> AsyncEngine:
    if url not in engines:
        parsed = make_url(url)
        driver = DRIVERS[parsed.get_backend_name()]
        # Somebody else's settings of TLS: this is the database that the test run was given.
        parsed = parsed.set(drivername=driver).difference_update_query(["sslmode", "sslrootcert"])
        engines[url] = create_async_engine(parsed, poolclass=NullPool)
    return engines[url]


async def lock(ask: Values) -> int:
    connection = await engine_of(ask["url"]).connect()
    if connection.dialect.name == "sqlite":
        await connection.exec_driver_sql("BEGIN IMMEDIATE")
    table = await connection.run_sync(reflect, ask["table"])
    await connection.execute(select(table).where(*matching(table, ask["where"])).with_for_update())
    locks[id(connection)] = connection
    return id(connection)


async def unlock(ask: Values) -> None:
    connection = locks.pop(ask["lock"])
    await connection.rollback()
    await connection.close()


async def make(ask: Values) -> str:
    """Make a database beside the given one; a copy of another, where one is named."""
    server, template = make_url(ask["url"]), ask.get("template")
    if server.get_backend_name() == "sqlite":
        file = Path(str(server.database)).parent / f"{ask['name']}.db"
        if template:
            old = sqlite3.connect(str(make_url(template).database))
            with closing(old), closing(sqlite3.connect(file)) as new:
                old.backup(new)
        return f"sqlite:///{file}"
    copied = f' TEMPLATE "{make_url(template).database}"' if template else ""
    await on_server(server, f'CREATE DATABASE "{ask["name"]}"{copied}')
    return server.set(database=ask["name"]).render_as_string(hide_password=False)


async def drop(ask: Values) -> None:
    server = make_url(ask["url"])
    if server.get_backend_name() != "sqlite":
        await on_server(server, f'DROP DATABASE IF EXISTS "{ask["name"]}" WITH (FORCE)')


async def on_server(server: URL, statement: str) -> None:
    engine = engine_of(server.render_as_string(hide_password=False))
    async with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        await connection.execute(text(statement))


async def old_hash(ask: Values) -> str:
    """Hash as a system that came before, at a cost that is too low today."""
    password = str(ask["password"])
    if ask["kind"] == "bcrypt":
        return bcrypt.hashpw(password.encode(), bcrypt.gensalt(10)).decode()
    return PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(password)


OTHERS = {"lock": lock, "unlock": unlock, "make": make, "drop": drop, "oldHash": old_hash}


async def answer(ask: Values) -> Any:
    work = OPERATIONS.get(ask["do"])
    if work is None:
        return await OTHERS[ask["do"]](ask)
    async with engine_of(ask["url"]).begin() as connection:
        return await connection.run_sync(work, ask)


async def main() -> None:
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        try:
            reply = {"ok": True, "result": await answer(json.loads(line))}
        except Exception as error:
            reply = {"ok": False, "error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(f"{json.dumps(reply, default=str)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
