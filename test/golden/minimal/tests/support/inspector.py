"""Looks at what is stored, past the application and its session."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Executable,
    MetaData,
    Row,
    func,
    inspect,
    make_url,
    select,
    table,
    text,
)
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}


class Inspector:
    """A second connection for every question, so that only what was committed is seen."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        self.url = url
        self.backend = parsed.get_backend_name()
        self._engine = _engine(parsed.set(drivername=DRIVERS[self.backend]))

    async def rows(self, statement: Executable | str, **values: object) -> Sequence[Row[Any]]:
        async with self._engine.connect() as connection:
            return (await connection.execute(_executable(statement), values)).all()

    async def scalar(self, statement: Executable | str, **values: object) -> Any:
        rows = await self.rows(statement, **values)
        return rows[0][0] if rows else None

    async def count(self, name: str) -> int:
        return int(await self.scalar(select(func.count()).select_from(table(name))))

    async def tables(self) -> set[str]:
        async with self._engine.connect() as connection:
            return set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))

    async def execute(self, statement: Executable | str, **values: object) -> int:
        """Change what is stored behind the application's back; tell how many rows changed."""
        async with self._engine.begin() as connection:
            return (await connection.execute(_executable(statement), values)).rowcount

    @asynccontextmanager
    async def holding(self, statement: Executable | str, **values: object) -> AsyncIterator[None]:
        """Change something and commit when the block ends: until then it is locked."""
        async with self._engine.begin() as connection:
            await connection.execute(_executable(statement), values)
            yield

    async def dump(self) -> str:
        """Write every row of every table as text, to look for what must not be there."""
        async with self._engine.connect() as connection:
            return await connection.run_sync(_dump)


@lru_cache(maxsize=64)
def _engine(url: URL) -> AsyncEngine:
    return create_async_engine(url, poolclass=NullPool)


def _executable(statement: Executable | str) -> Executable:
    return text(statement) if isinstance(statement, str) else statement


def _dump(connection: Connection) -> str:
    metadata = MetaData()
    metadata.reflect(connection)
    return "\n".join(
        f"{name}: {tuple(row)}"
        for name, reflected in metadata.tables.items()
        for row in connection.execute(select(reflected))
    )
