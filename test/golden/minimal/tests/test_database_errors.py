"""What a client hears about an error of the database."""

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm.exc import StaleDataError

from app.core.errors import Conflict, InvalidRequest, ServiceUnavailable
from app.utils.database_errors import refusal_for


class Driver(Exception):
    """What a driver raises: with a code, and with the value that did not fit."""

    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate
        super().__init__("duplicate key value violates uq_users_email: hunter2")


@pytest.mark.parametrize(
    ("error", "refusal"),
    [
        (IntegrityError("insert", {}, Driver("23505")), Conflict),
        (StaleDataError("somebody else has deleted the row"), Conflict),
        (IntegrityError("insert", {}, Driver("23503")), Conflict),
        (IntegrityError("insert", {}, Driver("23514")), InvalidRequest),
        (DBAPIError("insert", {}, Driver("22003")), InvalidRequest),
        (DBAPIError("select", {}, Driver("40001")), ServiceUnavailable),
        (DBAPIError("select", {}, Driver("40P01")), ServiceUnavailable),
        (DBAPIError("select", {}, Driver("55P03")), ServiceUnavailable),
        (DBAPIError("select", {}, Driver("57014")), ServiceUnavailable),
        (OperationalError("select", {}, Driver("53300")), ServiceUnavailable),
        (InterfaceError("select", {}, Driver(""), connection_invalidated=True), ServiceUnavailable),
        (PoolTimeoutError(), ServiceUnavailable),
        (ConnectionRefusedError(), type(None)),
        (DBAPIError("select", {}, Driver("42P01")), type(None)),
    ],
)
def test_a_database_error_says_what_a_client_can_do(error: Exception, refusal: type) -> None:
    """ERR-05: never which constraint, and never what the value was."""
    found = refusal_for(error)

    assert type(found) is refusal
    if found is not None:
        assert "uq_" not in found.public_detail
        assert ("Retry-After" in found.headers) is (refusal is ServiceUnavailable)
