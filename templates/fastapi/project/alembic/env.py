"""Run the migrations with the settings and the engine of the application."""

import asyncio
from typing import Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from app.config import settings_or_exit
from app.db.base import metadata
from app.db.engine import create_migration_engine
from app.models.base import UTCDateTime
from app.models.encrypted import Ciphertext
from app.models.numbers import BIGINT_DIGITS, ExactDecimal


def render_item(kind: str, item: object, _: AutogenContext) -> str | Literal[False]:
    """Write plain SQLAlchemy types: a migration must still run when our classes have moved on."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, ExactDecimal):
        return exact_decimal(item)
    if kind == "type" and isinstance(item, Ciphertext):
        return "sa.Text()"
    if kind == "type" and isinstance(item, sa.Enum) and not item.native_enum:
        return f"sa.String({item.length})"
    return False


def exact_decimal(item: ExactDecimal) -> str:
    units = "BigInteger()" if item.precision <= BIGINT_DIGITS else f"String({item.precision + 1})"
    return f'sa.Numeric({item.precision}, {item.scale}).with_variant(sa.{units}, "sqlite")'


def configure(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_item=render_item,
        # SQLite cannot alter most of a table: Alembic then copies it.
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=True,
    )


def migrate(connection: Connection) -> None:
    configure(connection)
    with context.begin_transaction():
        context.run_migrations()


def leave_children(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Let SQLite copy a table: dropping the old one would delete the rows that refer to it."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    cursor.close()


async def run_online() -> None:
    engine = create_migration_engine(settings_or_exit())
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", leave_children)
    async with engine.connect() as connection:
        await connection.run_sync(migrate)
    await engine.dispose()


if context.is_offline_mode():
    settings = settings_or_exit()
    context.configure(
        dialect_name=settings.migrations_database.url.get_backend_name(),
        target_metadata=metadata,
        literal_binds=True,
    )
    with context.begin_transaction():
        context.run_migrations()
else:
    asyncio.run(run_online())
