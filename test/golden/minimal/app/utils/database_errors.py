"""What a failing database means to a client: try another value, or try again later."""

from typing import Any

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm.exc import StaleDataError

from app.core.errors import AppError, Conflict, InvalidRequest, ServiceUnavailable

RETRY_SECONDS = 2

# SQLSTATE classes and codes, PostgreSQL appendix A.
NOT_NULL_OR_CHECK = ("23502", "23514")
# A value of the wrong kind or size, also for an index.
BAD_VALUE_CLASSES = ("22", "54")
TRANSIENT_CLASSES = (
    "08",  # connection
    "25P03",  # idle in transaction for too long
    "40",  # serialization failure, deadlock
    "53",  # out of connections, memory or disk
    "55P03",  # lock timeout
    "57",  # statement timeout, shutdown, starting up
    "28",  # the server refuses our role
    "3D000",  # the database is not there (yet)
)
SQLITE_TRANSIENT = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_FULL")


def refusal_for(error: Exception) -> AppError | None:
    """Return what to answer; None for a mistake of ours. Nothing of the error is repeated."""
    if isinstance(error, PoolTimeoutError):
        return ServiceUnavailable(retry_after=RETRY_SECONDS)
    cause: Any = error.orig if isinstance(error, DBAPIError) else error
    code = str(getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", ""))
    if code.startswith((*TRANSIENT_CLASSES, *SQLITE_TRANSIENT)) or _lost_connection(error):
        return ServiceUnavailable(retry_after=RETRY_SECONDS)
    if isinstance(error, DataError) or code.startswith(BAD_VALUE_CLASSES):
        return InvalidRequest("A value cannot be stored.")
    if isinstance(error, IntegrityError):
        if code in NOT_NULL_OR_CHECK or code in (
            "SQLITE_CONSTRAINT_NOTNULL",
            "SQLITE_CONSTRAINT_CHECK",
        ):
            return InvalidRequest("A value cannot be stored.")
        return Conflict()
    # Somebody else deleted the row between our reading and our writing.
    return Conflict() if isinstance(error, StaleDataError) else None


def _lost_connection(error: Exception) -> bool:
    return isinstance(error, DBAPIError) and error.connection_invalidated
