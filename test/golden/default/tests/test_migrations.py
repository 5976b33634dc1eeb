"""CONF-07: from an empty database to the models and back, on the configured database."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.db.base import metadata
from app.db.revision import newest_revision
from tests.support.alembic import Alembic
from tests.support.databases import Databases
from tests.support.environment import ROOT
from tests.support.inspector import Inspector

VERSIONS = sorted((ROOT / "alembic" / "versions").glob("*.py"))


@pytest.fixture
def empty_url(databases: Databases) -> Iterator[str]:
    url = databases.empty()
    yield url
    databases.drop(url)


async def test_the_migrations_make_exactly_the_models(alembic: Alembic, database_url: str) -> None:
    """CONF-07: nothing is left for autogenerate to do."""
    result = alembic.run(database_url, "check")

    assert result.returncode == 0, result.stdout + result.stderr
    assert "No new upgrade operations detected" in result.stdout + result.stderr


async def test_every_migration_can_be_taken_back(alembic: Alembic, empty_url: str) -> None:
    """CONF-07: down to nothing, and up again."""
    stored = Inspector(empty_url)
    alembic.upgrade(empty_url)

    result = alembic.run(empty_url, "downgrade", "base")
    assert result.returncode == 0, result.stdout + result.stderr
    assert await stored.tables() == {"alembic_version"}

    alembic.upgrade(empty_url)
    assert await stored.count("users") == 0


def test_migrating_twice_changes_nothing(alembic: Alembic, database_url: str) -> None:
    result = alembic.run(database_url, "upgrade", "head")

    assert result.returncode == 0
    assert "Running upgrade" not in result.stdout + result.stderr


def test_the_sql_for_a_database_administrator_can_be_written(alembic: Alembic) -> None:
    """Where only an administrator may change the schema, they get the statements as text."""
    result = alembic.run("postgresql://nobody@127.0.0.1/nothing", "upgrade", "head", "--sql")

    assert result.returncode == 0, result.stderr
    assert "CREATE TABLE users" in result.stdout


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_a_migration_is_dated_reversible_and_free_of_models(path: Path) -> None:
    """A migration that imports a model breaks on the day that the model moves on."""
    source = path.read_text(encoding="utf-8")

    assert re.fullmatch(r"\d{8}_\d{4}_[a-z0-9_]+", path.stem)
    assert not re.search(r"def downgrade\(\) -> None:\n    pass", source)
    assert "from app" not in source


def test_every_constraint_has_a_name() -> None:
    """SQLite and PostgreSQL name them differently, and a nameless one cannot be dropped."""
    nameless = [
        f"{table.name}: {constraint}"
        for table in metadata.tables.values()
        for constraint in table.constraints
        if constraint.name is None
    ]

    assert not nameless


def test_there_is_one_newest_migration(alembic: Alembic, database_url: str) -> None:
    """CONF-07: a server on an older schema knows that it is not ready."""
    heads = alembic.run(database_url, "heads").stdout.splitlines()

    assert [head.split()[0] for head in heads] == [newest_revision()]
