"""What every PostgreSQL connection is told."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Dialect, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from app.core.constants import PROJECT_SLUG
from app.db.url import Database

# Execution options of statements without a transaction around them.
READING: dict[str, Any] = {"isolation_level": "AUTOCOMMIT"}

CONNECT_TIMEOUT_SECONDS = 5
# No request may hold a statement, a lock or an open transaction for longer (ASVS 13.2.6).
SESSION_LIMITS = {
    "statement_timeout": "5s",
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "10s",
}
# A migration may work for long, but must not make the application wait behind it for a lock.
MIGRATION_LIMITS = {"lock_timeout": "5s"}


def connect_args(database: Database) -> dict[str, Any]:
    return _arguments(database, SESSION_LIMITS)


def migration_connect_args(database: Database) -> dict[str, Any]:
    return _arguments(database, MIGRATION_LIMITS)


def _arguments(database: Database, limits: dict[str, str]) -> dict[str, Any]:
    arguments: dict[str, Any] = {
        "timeout": CONNECT_TIMEOUT_SECONDS,
        "server_settings": {"application_name": PROJECT_SLUG} | limits,
    }
    tls = database.tls()
    if tls is not None:
        arguments["ssl"] = tls
    return arguments


def install(engine: Engine) -> None:
    event.listen(engine, "checkout", _replace_closed)
    event.listen(engine, "do_connect", _connect)


def _replace_closed(
    connection: DBAPIConnection, _: ConnectionPoolEntry, __: PoolProxiedConnection
) -> None:
    # asyncpg sees at once that the server went away. Asking it costs nothing, where
    # pool_pre_ping would put a round trip in front of every request.
    if connection.driver_connection.is_closed():
        raise DisconnectionError


def _connect(
    dialect: Dialect, _: ConnectionPoolEntry, args: Sequence[Any], options: dict[str, Any]
) -> DBAPIConnection:
    """Say that it was the database: asyncpg passes on what the socket raises, as it is.

    A refused connection, an unknown name, a timeout, a certificate: each of them is an error of
    files and of other services as well. Of an open connection the driver has errors of its own.
    """
    try:
        return dialect.connect(*args, **options)
    except OSError as error:
        raise OperationalError(None, None, error, connection_invalidated=True) from error
