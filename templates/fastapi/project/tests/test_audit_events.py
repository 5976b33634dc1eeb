"""What is recorded, and how often."""

from uuid import uuid4

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.config import Settings
from app.core.constants import AuditEvent, Outcome
from app.core.context import RequestContext, request_context
from app.db.session import create_sessions
from app.services import audit
from tests.support.audit import EVENTS
from tests.support.inspector import Inspector
from tests.support.people import Person, log_in


async def test_a_row_says_who_what_when_and_from_where(alice: Person, database: Inspector) -> None:
    """LOG-02: UTC time, actor, action, object, outcome, shortened address, request id."""
    request_id = str(uuid4())

    await alice.client.post("/auth/logout-all", headers={"X-Request-ID": request_id})

    (row,) = await database.rows(EVENTS, event="logout")
    shown = row._mapping
    assert str(shown["actor_id"]).replace("-", "") == alice.id.hex
    assert (shown["target"], shown["outcome"]) == (str(alice.id), "success")
    assert (shown["ip"], shown["request_id"]) == ("127.0.0.0/24", request_id)


async def test_unknown_names_and_full_addresses_are_not_kept(
    client: AsyncClient, database: Inspector
) -> None:
    """DATA-05: the log is pseudonymous without a key that is not in the database."""
    await log_in(client, "nobody-knows-me@example.com")

    assert len(await database.rows(EVENTS, event="login_failed")) == 1
    dump = await database.dump()
    assert "nobody-knows-me" not in dump
    assert "127.0.0.1" not in dump


async def test_repeated_refusals_are_one_row_and_no_further_write(
    api: FastAPI, database: Inspector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RATE-07, LOG-02: one row for each key and window; the repeats touch no database."""

    async def refuse(key: str) -> None:
        await audit.record_once(
            api.state.sessions,
            AuditEvent.RATE_LIMITED,
            Outcome.FAILURE,
            key=key,
            window_seconds=86_400,
        )

    with request_context(RequestContext("", "203.0.113.7")):
        await refuse("203.0.113.7")
        await refuse("203.0.113.8")
        sessions_opened: list[object] = []
        monkeypatch.setattr(audit, "unit_of_work", sessions_opened.append)
        for _ in range(200):
            await refuse("203.0.113.7")

    rows = await database.rows(EVENTS, event="rate_limited")
    assert (len(rows), sessions_opened) == (2, [])
    assert "203.0.113.7" not in await database.dump()


async def test_another_worker_adds_no_second_row(
    api: FastAPI, settings: Settings, database: Inspector
) -> None:
    """RATE-07: a worker that has not seen the first refusal finds its row."""
    for _ in range(3):
        sessions = create_sessions(api.state.engine, settings)
        await audit.record_once(
            sessions, AuditEvent.LOGIN_LOCKED, Outcome.FAILURE, key="k", window_seconds=86_400
        )

    assert len(await database.rows(EVENTS, event="login_locked")) == 1
