"""Engines: where the database is, and how many connections there are to it."""

from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from app.db import postgres, sqlite
from app.db.settings import DatabaseSettings
from app.db.url import Database

# None beyond these: what a pool opens for a burst it closes after it, and then opens again.
POOL_SIZE = 10
# A request that finds no connection in this time gets a 503 instead of piling up.
POOL_TIMEOUT_SECONDS = 5.0
POOL_RECYCLE_SECONDS = 1800


def create_engine(settings: DatabaseSettings) -> AsyncEngine:
    """Make the engine of the application; it connects when the first query needs it."""
    database = settings.database
    engine = create_async_engine(
        database.url,
        connect_args=sqlite.CONNECT_ARGS if database.is_sqlite else postgres.connect_args(database),
        pool_size=POOL_SIZE,
        max_overflow=0,
        pool_timeout=POOL_TIMEOUT_SECONDS,
        pool_recycle=POOL_RECYCLE_SECONDS,
        # Parameters are personal data: they appear in no exception and in no log.
        hide_parameters=True,
    )
    return _prepared(engine, database)


def create_migration_engine(settings: DatabaseSettings) -> AsyncEngine:
    """Make an engine for the role that may change the schema, without time limits."""
    database = settings.migrations_database
    arguments = {} if database.is_sqlite else postgres.migration_connect_args(database)
    engine = create_async_engine(
        database.url, connect_args=arguments, poolclass=NullPool, hide_parameters=True
    )
    return _prepared(engine, database)


def _prepared(engine: AsyncEngine, database: Database) -> AsyncEngine:
    (sqlite if database.is_sqlite else postgres).install(engine.sync_engine)
    return engine
