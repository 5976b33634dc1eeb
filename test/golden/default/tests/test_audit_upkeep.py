"""What the audit log owes when its database fails."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from fastapi import FastAPI
from sqlalchemy.exc import OperationalError

from app.core.constants import AuditEvent, Outcome
from app.services import audit
from tests.support.inspector import Inspector

LIMITED = "SELECT count(*) FROM audit_events WHERE event = 'rate_limited'"


@asynccontextmanager
async def away(_: object) -> AsyncIterator[None]:
    raise OperationalError("BEGIN", None, Exception("the database is away"))
    yield


async def refuse(api: FastAPI) -> None:
    await audit.record_once(
        api.state.sessions,
        AuditEvent.RATE_LIMITED,
        Outcome.FAILURE,
        key="203.0.113.7",
        window_seconds=86_400,
    )


async def test_a_row_that_could_not_be_written_is_owed(
    api: FastAPI, database: Inspector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LOG-02: the refusal after the outage is recorded, in the same window."""
    with monkeypatch.context() as outage:
        outage.setattr(audit, "unit_of_work", away)
        await refuse(api)

    await refuse(api)
    await refuse(api)

    assert await database.scalar(LIMITED) == 1


async def test_a_row_that_was_given_up_is_owed(
    api: FastAPI, database: Inspector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LOG-02: a request may run out of time while its row waits for another one's."""

    @asynccontextmanager
    async def standing_still(_: object) -> AsyncIterator[None]:
        await asyncio.sleep(60)
        yield

    with monkeypatch.context() as outage:
        outage.setattr(audit, "unit_of_work", standing_still)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(refuse(api), 0.05)

    await refuse(api)

    assert await database.scalar(LIMITED) == 1
