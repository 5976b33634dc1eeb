"""A fresh, migrated database for every test.

``TEST_DATABASE_URL`` chooses a PostgreSQL server; its role must be allowed to create databases.
The database that it names is only connected to, never written to.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Protocol

from tests.support.alembic import Alembic
from tests.support.postgres import PostgresDatabases

POSTGRES_URL = os.environ.get("TEST_DATABASE_URL", "")


class Databases(Protocol):
    """Where test databases come from."""

    def empty(self) -> str:
        """Make a database without a table and return its URL."""

    def migrated(self) -> str:
        """Make a database at the newest revision and return its URL."""

    def drop(self, url: str) -> None: ...


class SqliteDatabases:
    """Files in a temporary folder: migrated once, then copied."""

    def __init__(self, alembic: Alembic, folder: Path) -> None:
        self._alembic = alembic
        self._folder = folder
        self._numbers = count(1)
        self._free: list[Path] = []
        self._template = folder / "template.db"

    def empty(self) -> str:
        return f"sqlite:///{self._next()}"

    def migrated(self) -> str:
        if not self._template.exists():
            self._alembic.upgrade(f"sqlite:///{self._template}")
        copy = self._next()
        shutil.copyfile(self._template, copy)
        return f"sqlite:///{copy}"

    def drop(self, url: str) -> None:
        file = Path(url.removeprefix("sqlite:///"))
        for path in file.parent.glob(f"{file.name}*"):
            path.unlink()
        self._free.append(file)

    def _next(self) -> Path:
        """Take a name again where one is free: for a known name, engines know their statements."""
        return self._free.pop() if self._free else self._folder / f"test-{next(self._numbers)}.db"


@contextmanager
def make_databases(alembic: Alembic, folder: Path) -> Iterator[Databases]:
    if not POSTGRES_URL:
        yield SqliteDatabases(alembic, folder)
        return
    databases = PostgresDatabases(alembic, POSTGRES_URL)
    try:
        yield databases
    finally:
        databases.close()
