"""PostgreSQL databases for tests. To make one takes a second, so each is washed and used again."""

import asyncio
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import asyncpg
from sqlalchemy import make_url

from app.db.base import metadata
from tests.support.alembic import Alembic

TABLES = [table.name for table in metadata.sorted_tables]
# The rows that the migrations leave behind, put aside to be put back.
KEEP = [
    "CREATE SCHEMA pristine",
    *(f'CREATE TABLE pristine."{name}" AS TABLE public."{name}"' for name in TABLES),
]
WASH = [
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()",
    "SET lock_timeout = '5s'",
    *(f'ALTER TABLE "{name}" DISABLE TRIGGER USER' for name in TABLES),
    *(f'DELETE FROM "{name}"' for name in reversed(TABLES)),
    *(f'INSERT INTO "{name}" SELECT * FROM pristine."{name}"' for name in TABLES),
    *(f'ALTER TABLE "{name}" ENABLE TRIGGER USER' for name in TABLES),
]
# A test that changed the schema itself leaves a database that no other may have.
FINGERPRINT = """
    SELECT md5(
        (SELECT string_agg(concat_ws(' ', table_name, column_name, data_type), ','
                           ORDER BY table_name, column_name)
         FROM information_schema.columns WHERE table_schema = 'public')
        || (SELECT string_agg(concat(tgname, tgenabled), ',' ORDER BY tgname)
            FROM pg_trigger WHERE NOT tgisinternal)
        || (SELECT string_agg(version_num, ',') FROM alembic_version))
"""


class PostgresDatabases:
    """Databases beside the one that ``TEST_DATABASE_URL`` names."""

    def __init__(self, alembic: Alembic, url: str) -> None:
        self._alembic = alembic
        self._url = make_url(url).set(drivername="postgresql")
        self._numbers = count(1)
        self._template = ""
        self._fingerprint = ""
        self._made: set[str] = set()
        self._clean: list[str] = []

    def empty(self) -> str:
        return self._create("template0")

    def migrated(self) -> str:
        if self._clean:
            return self._clean.pop()
        if not self._template:
            url = self.empty()
            self._alembic.upgrade(url)
            self._fingerprint = self._run(url, [*KEEP, FINGERPRINT])
            self._template = str(make_url(url).database)
        return self._create(self._template)

    def drop(self, url: str) -> None:
        if self._wash(url):
            self._clean.append(url)
        else:
            self._drop(url)

    def close(self) -> None:
        for url in list(self._made):
            self._drop(url)

    def _wash(self, url: str) -> bool:
        try:
            self._run(url, WASH)
            return self._run(url, [FINGERPRINT]) == self._fingerprint
        except asyncpg.PostgresError:
            return False

    def _create(self, template: str) -> str:
        name = f"{self._url.database}_{os.getpid()}_{next(self._numbers)}"
        url = self._url.set(database=name).render_as_string(hide_password=False)
        self._drop(url)
        self._run(self._server, [f'CREATE DATABASE "{name}" TEMPLATE "{template}"'])
        self._made.add(url)
        return url

    def _drop(self, url: str) -> None:
        name = make_url(url).database
        self._run(self._server, [f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'])
        self._made.discard(url)

    @property
    def _server(self) -> str:
        return self._url.render_as_string(hide_password=False)

    @staticmethod
    def _run(url: str, statements: Sequence[str]) -> str:
        """Run statements; return what the last one selects."""

        async def run() -> str:
            connection = await asyncpg.connect(url)
            try:
                if len(statements) == 1:
                    # CREATE DATABASE refuses to run in a transaction.
                    return str(await connection.fetch(statements[0]))
                async with connection.transaction():
                    return str([await connection.fetch(statement) for statement in statements][-1])
            finally:
                await connection.close()

        # A loop of its own in a thread of its own: callers may be inside a running loop.
        with ThreadPoolExecutor(max_workers=1) as thread:
            return thread.submit(asyncio.run, run()).result()
